"""What looks like a secret is hidden wherever it stands; what only speaks of one stays readable."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from unit.innocent_rows import INNOCENT
from unit.secret_rows import BLOCKS, SECRETS, Row, alnum, url_safe

from aidevops_voice import log
from aidevops_voice.secrets import HIDDEN, exported, redact

WINDOW = 8


def left(secret: str, text: str) -> list[str]:
    """Stretches of the secret that stand in the text."""
    size = min(WINDOW, len(secret))
    windows = {secret[at : at + size] for at in range(len(secret) - size + 1)}
    return sorted(window for window in windows if window in text)


def test_there_are_enough_rows() -> None:
    assert len({name for name, _, _ in SECRETS}) == len(SECRETS) >= 200
    assert len(set(INNOCENT)) == len(INNOCENT) >= 100


@pytest.mark.parametrize("row", SECRETS, ids=[name for name, _, _ in SECRETS])
def test_it_is_hidden(row: Row) -> None:
    _, text, secret = row
    clean = redact(text)
    assert HIDDEN in clean
    assert not left(secret, clean), clean
    assert redact(clean) == clean


@pytest.mark.parametrize("text", INNOCENT)
def test_it_stays_readable(text: str) -> None:
    assert redact(text) == text


_PREFIXED = ("github personal", "anthropic", "slack bot", "stripe live", "gitlab personal", "google api")
SURE = [row for row in SECRETS if row[0] in _PREFIXED]


def disguised(key: str) -> Iterator[tuple[str, str]]:
    """The same key as it may stand in a text."""
    half = len(key) // 2
    head, tail = key[:half], key[half:]
    yield "colours inside", f"{head}\x1b[1m{tail}\x1b[0m"
    yield "escaped colours inside", f"{head}\\u001b[1m{tail}"
    yield "no width inside", f"{head}\u200b{tail}"
    yield "soft hyphen inside", f"{head}\u00ad{tail}"
    yield "bidi inside", f"{head}\u202e{tail}\u202c"
    yield "bold inside", f"{head}**{tail}**"
    yield "escaped underscores", key.replace("_", "\\_").replace("-", "\\-")
    yield "wrapped", f"{head}\n{tail}\n"
    yield "wrapped and indented", f"{head}\n      {tail} and more"
    yield "continued", f"{head}\\\n{tail}\n"
    yield "split by a sentence", f"{head}. {tail}"
    yield "escaped newline before", f"x\\n{key}\\n"
    yield "encoded before", f"a%3D{key}"
    yield "in an encoded address", f"u=https%3A%2F%2Fa.example%2F%3Fx%3D{quote(key, safe='')}"
    yield "in code", f"`{key}`"
    yield "in a link", f"[here](https://a.example/{key})"


@pytest.mark.parametrize("row", SURE, ids=[name for name, _, _ in SURE])
def test_no_disguise_helps(row: Row) -> None:
    secret = row[2]
    found = {name: shown for name, text in disguised(secret) if (shown := left(secret, redact(text)))}
    assert not found


# --- private keys ------------------------------------------------------------------------------------------------


def lines_of(block: str) -> list[str]:
    return [line for line in block.splitlines() if not line.startswith("-----")]


@pytest.mark.parametrize("block", BLOCKS, ids=[block[11:40].partition("---")[0] for block in BLOCKS])
@pytest.mark.parametrize("kept", [1.0, 0.5], ids=["whole", "truncated"])
def test_a_private_key_is_hidden(block: str, kept: float) -> None:
    cut = block if kept == 1.0 else block[: int(len(block) * kept)]
    for text in (
        cut,
        cut.replace("\n", "\\n"),
        json.dumps({"private_key": cut, "id": 7}),
        "\n".join(f"+{line}" for line in cut.splitlines()),
        "\n".join(f"    {line}" for line in cut.splitlines()),
        "\n".join(f"> {line}" for line in cut.splitlines()),
        cut.replace("\n", "\r\n"),
    ):
        clean = redact(f"Here it is:\n\n{text}\n\nRevoke it.")
        assert not [line for line in lines_of(block) if left(line, clean)], clean
        assert clean.startswith("Here it is:")
        assert clean.endswith("Revoke it.")


@pytest.mark.parametrize("block", BLOCKS, ids=[block[11:40].partition("---")[0] for block in BLOCKS])
def test_the_end_of_a_private_key_is_hidden(block: str) -> None:
    for cut in (block.splitlines(keepends=True)[3:], block.replace("\n", "\\n").split("\\n", 3)[3:]):
        clean = redact("The last lines:\n" + "".join(cut) + "\nRevoke it.")
        assert not [line for line in lines_of(block)[3:] if left(line, clean)], clean
        assert clean.startswith("The last lines:")
        assert clean.endswith("Revoke it.")


def test_public_parts_stay() -> None:
    block = BLOCKS[0].replace("PRIVATE KEY", "CERTIFICATE")
    assert redact(block) == block


# --- values that are held ----------------------------------------------------------------------------------------

HELD = "pl/ain+w%rd \"of\" 'mine' & <yours>"


@pytest.mark.parametrize(
    "form",
    [
        HELD,
        quote(HELD),
        quote(HELD, safe=""),
        quote(HELD, safe="").lower(),
        json.dumps(HELD)[1:-1],
        json.dumps(json.dumps(HELD)[1:-1])[1:-1],
        repr(HELD)[1:-1],
        HELD.replace("'", "\\'"),
        HELD.replace('"', '\\"'),
        HELD.replace("'", "'\"'\"'"),
        HELD.encode().hex(),
        b64encode(HELD.encode()).decode(),
        b64encode(f"a:{HELD}".encode()).decode(),
        b64encode(f"abc:{HELD}:x".encode()).decode(),
    ],
)
def test_a_held_value_is_hidden_in_every_form(form: str) -> None:
    clean = redact(f"<{form}>", [HELD])
    assert not left(form[8:-6], clean), clean


def test_a_held_value_is_hidden_over_a_wrap_and_through_colours() -> None:
    held = "tangerine-dream"
    for text in ("tangerine-\n  dream", "tange\x1b[0mrine-dream", "tangerine-**dream**", "tangerine\u200b-dream"):
        assert redact(f"a {text} b", [held]).startswith(f"a {HIDDEN}")


def test_what_comes_later_is_concealed_too() -> None:
    late = "of-the-later-" + "kind"
    assert log.redact(late) == late
    log.conceal(late)
    assert log.redact(f"<{late}>") == f"<{HIDDEN}>"


def test_passwords_of_the_environment_are_known_by_name_or_address() -> None:
    environ = {
        "DATABASE_URL": "postgres://shop:swordfish-1@db/shop",
        "MYAPP_PASSPHRASE": "two words of it",
        "GH_PAT": "tangerine-dream",
        "SSH_AUTH_SOCK": "/tmp/agent", "MAX_TOKEN": "100000000", "TERM": "xterm-256color", "APP_TOKEN": "short",
    }  # fmt: skip
    assert sorted(exported(environ)) == ["swordfish-1", "tangerine-dream", "two words of it"]


def test_random_tokens_of_ours_are_known_by_their_look() -> None:
    missed = [token for token in (url_safe(43) for _ in range(500)) if redact(f"it says {token} here").count(token)]
    assert len(missed) <= 1
    assert redact(f"it says {alnum(8)}").startswith("it says ")


@pytest.mark.parametrize("piece", ["key=", "sk-", "api_key: x1y2 ", 'token="', "clave ", "token ", "the token is x "])
def test_of_a_text_that_is_full_of_places_to_judge_the_rest_is_hidden(piece: str) -> None:
    secret = f"password={alnum(24)}"
    for before in ("", f"{secret} "):
        hidden = redact(before + piece * 4000 + secret)
        assert secret[9:] not in hidden
        assert hidden.endswith(HIDDEN)


def test_a_source_that_is_full_of_tokens_stays() -> None:
    source = "        token = self.next_token(token)\n" * 400
    assert redact(source) == source
