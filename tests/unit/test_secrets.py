"""Keys are found where the aidevops framework keeps them, and are taken out of every text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from aidevops_voice import secrets
from aidevops_voice.errors import UnsafeSecret
from aidevops_voice.secrets import HIDDEN, find, parse, redact

KEY = "SONIOX_API_KEY"
OTHER = "CARTESIA_API_KEY"


@dataclass(frozen=True)
class Home:
    """A home with a project, and a `gopass` that is a real program."""

    path: Path

    @property
    def project(self) -> Path:
        return self.path / "project"

    @property
    def config(self) -> Path:
        return self.path / ".config" / "aidevops"

    @property
    def environ(self) -> dict[str, str]:
        return {"HOME": str(self.path), "PATH": f"{self.path}/bin:/usr/bin:/bin"}

    def write(self, name: str, text: str, mode: int = 0o600) -> Path:
        file = self.config / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)
        return file

    def tenant(self, name: str, **keys: str) -> None:
        text = "".join(f'export {key}="{value}"\n' for key, value in keys.items())
        self.write(f"tenants/{name}/credentials.sh", text)

    def gopass(self, store: dict[str, str], before: str = "") -> Path:
        """Notes its arguments, its standard input and its process; answers from the store."""
        (self.path / "bin").mkdir(exist_ok=True)
        calls = self.path / "calls"
        cases = "\n".join(f"  'show -o {path}') echo '{value}' ;;" for path, value in store.items())
        listed = "\n".join(store)
        program = self.path / "bin" / "gopass"
        program.write_text(
            f'#!/bin/sh\necho "$*|$(cat)" >> {calls}\n{before}\n'
            f"case \"$*\" in\n{cases}\n  'ls --flat') echo '{listed}' ;;\n  *) echo none >&2; exit 11 ;;\nesac\n"
        )
        program.chmod(0o755)
        return calls


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "project").mkdir()
    return Home(tmp_path)


def test_each_source_hides_the_ones_below(home: Home) -> None:
    home.write("credentials.sh", f'export {KEY}="from the file"\n')
    steps = [("credentials.sh", "from the file")]
    found = find([KEY], home.environ, home.project)
    assert (found[KEY].source, found[KEY].value) == steps[-1]

    home.gopass({f"aidevops/{KEY}": "from gopass"})
    found = find([KEY], home.environ, home.project)
    assert (found[KEY].source, found[KEY].value) == ("gopass", "from gopass")

    home.tenant("default", **{KEY: "from the tenant"})
    found = find([KEY], home.environ, home.project)
    assert (found[KEY].source, found[KEY].value) == ("tenant default", "from the tenant")

    home.gopass({f"aidevops/{KEY}": "from gopass", f"aidevops/tenants/default/{KEY}": "from a gopass of its own"})
    found = find([KEY], home.environ, home.project)
    assert (found[KEY].source, found[KEY].value) == ("gopass, tenant default", "from a gopass of its own")

    found = find([KEY], {**home.environ, KEY: "from the environment"}, home.project)
    assert (found[KEY].source, found[KEY].value) == ("environment", "from the environment")


def test_an_empty_value_is_none(home: Home) -> None:
    home.write("credentials.sh", f'export {KEY}="kept"\nexport {OTHER}="once"\nexport {OTHER}=""\n')
    found = find([KEY, OTHER], {**home.environ, KEY: ""}, home.project)
    assert {name: secret.value for name, secret in found.items()} == {KEY: "kept"}


def test_the_active_tenant_counts_and_not_the_first(home: Home) -> None:
    home.tenant("acme", **{KEY: "acme's"})
    home.tenant("beta", **{KEY: "beta's"})
    home.tenant("project", **{KEY: "project's"})
    home.write("active-tenant", "beta\n", mode=0o644)
    assert find([KEY], home.environ, home.project)[KEY].value == "beta's"
    (home.project / ".aidevops-tenant").write_text("project\n")
    assert find([KEY], home.environ, home.project)[KEY].value == "project's"


@pytest.mark.parametrize("name", ["../../etc", "a/b", "-rf", "two words", "ä", "." * 5])
def test_a_tenant_is_one_plain_word(home: Home, name: str) -> None:
    (home.project / ".aidevops-tenant").write_text(name)
    with pytest.raises(UnsafeSecret) as caught:
        find([KEY], home.environ, home.project)
    assert ".aidevops-tenant" in caught.value.message
    assert name not in caught.value.message


def test_keys_appended_to_the_loader_of_tenants_are_found(home: Home) -> None:
    loader = f'#!/bin/bash\nsource "$HOME/.config/aidevops/tenants/default/credentials.sh"\nexport {KEY}="appended"\n'
    home.write("credentials.sh", loader, mode=0o600)
    assert find([KEY], home.environ, home.project)[KEY].source == "credentials.sh"


@pytest.mark.parametrize("name", ["credentials.sh", "tenants/default/credentials.sh"])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o602])
def test_a_file_that_others_may_touch_is_refused_with_the_fix(home: Home, name: str, mode: int) -> None:
    file = home.write(name, f'export {KEY}="do-not-tell"\n', mode=mode)
    with pytest.raises(UnsafeSecret) as caught:
        find([KEY], home.environ, home.project)
    assert caught.value.cure == f"Run: chmod 600 {file}"
    assert "do-not-tell" not in f"{caught.value!r} {caught.value.as_dict()}"


def test_a_link_a_pipe_and_a_folder_are_refused(home: Home) -> None:
    real = home.write("real.sh", f'export {KEY}="x"\n')
    place = home.config / "credentials.sh"
    place.symlink_to(real)
    with pytest.raises(UnsafeSecret, match="cannot be opened"):
        find([KEY], home.environ, home.project)
    place.unlink()
    os.mkfifo(place, 0o600)
    with pytest.raises(UnsafeSecret, match="regular file"):
        find([KEY], home.environ, home.project)
    place.unlink()
    place.mkdir(mode=0o700)
    with pytest.raises(UnsafeSecret, match="regular file"):
        find([KEY], home.environ, home.project)


def test_a_file_without_end_is_refused(home: Home) -> None:
    home.write("credentials.sh", "#" * (secrets.MAX_FILE_BYTES + 1))
    with pytest.raises(UnsafeSecret, match="too large"):
        find([KEY], home.environ, home.project)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_another_users_file_is_refused(home: Home) -> None:
    os.chown(home.write("credentials.sh", ""), 12345, -1)
    with pytest.raises(UnsafeSecret, match="another user"):
        find([KEY], home.environ, home.project)


def test_files_are_left_alone_when_the_environment_has_it_all(home: Home) -> None:
    home.write("credentials.sh", "", mode=0o644)
    assert find([KEY], {**home.environ, KEY: "here"}, home.project)[KEY].value == "here"


@pytest.mark.parametrize(
    "name", ["PATH", "HOME", "LD_PRELOAD", "soniox_api_key", "A KEY", "_KEY", "X_KEY\n", "A" * 200]
)
def test_only_names_of_credentials_are_looked_up(home: Home, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a credential"):
        find([name], home.environ, home.project)


def test_a_value_is_in_no_repr(home: Home) -> None:
    found = find([KEY], {**home.environ, KEY: "do-not-tell"}, home.project)
    assert "do-not-tell" not in repr(found)


# --- the file's language ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('export A_KEY="plain"', "plain"),
        (r'export A_KEY="back\\slash and \"quote\""', r'back\slash and "quote"'),
        ('export A_KEY="$HOME `id` $(id) ${X} !x"', "$HOME `id` $(id) ${X} !x"),
        (r'export A_KEY="\n stays \$"', r"\n stays \$"),
        ("export A_KEY='single \"and\" \\ raw'", 'single "and" \\ raw'),
        ("export A_KEY=bare-word_1.2", "bare-word_1.2"),
        ("export A_KEY=bare; echo other", "bare"),
        ('export A_KEY="x"   # why', "x"),
        ('export A_KEY="has # inside"', "has # inside"),
        ('export A_KEY="crlf"\r', "crlf"),
        ('export\t A_KEY="tab"', "tab"),
        ('export A_KEY=""', ""),
        ("export A_KEY=", ""),
        ('export A_KEY="first"\nexport A_KEY="last"', "last"),
        ('export A_KEY="kept"\nexport A_KEY="never closed', "kept"),
        ('export A_KEY="ünï"', "ünï"),
    ],
)
def test_assignments_are_read_as_the_shell_would_but_never_run(line: str, value: str) -> None:
    assert parse(line) == {"A_KEY": value}


@pytest.mark.parametrize(
    "line",
    [
        'A_KEY="no export"',
        '  export A_KEY="indented"',
        '# export A_KEY="comment"',
        'export a_key="lower"',
        'export A-KEY="dash"',
        'export A_KEY ="space"',
        'echo x; export A_KEY="y"',
        'export A_KEY="a"b',
        "if true; then",
    ],
)
def test_other_lines_are_ignored(line: str) -> None:
    assert parse(line) == {}


@given(st.text(st.characters(exclude_characters="\n\r\0", exclude_categories=["Cs"])))
def test_whatever_the_framework_writes_is_read_back(value: str) -> None:
    written = value.replace("\\", "\\\\").replace('"', '\\"')
    assert parse(f'export A_KEY="{written}"\n') == {"A_KEY": value}


@given(st.from_regex(r"[A-Za-z0-9_./:+=-]{1,40}", fullmatch=True))
def test_a_shell_agrees_on_plain_values(value: str) -> None:
    lines = [f'export A_KEY="{value}"', f"export A_KEY='{value}'", f"export A_KEY={value}"]
    assert [parse(line) for line in lines] == [{"A_KEY": value}] * 3


def test_a_real_shell_agrees() -> None:
    values = ["a b", "it's", 'say "hi"', "back\\slash", "tab\there", "#hash"]
    for value in values:
        line = 'export A_KEY="' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        shell = subprocess.run(
            ["/bin/sh", "-c", f'{line}\nprintf %s "$A_KEY"'], capture_output=True, text=True, check=True
        )
        assert parse(line) == {"A_KEY": shell.stdout}


# --- gopass -----------------------------------------------------------------------------------------------------


def test_gopass_is_asked_by_argument_list_with_nothing_on_its_input(home: Home) -> None:
    calls = home.gopass({f"aidevops/{OTHER}": "spoken $(id) `x`"})
    assert find([OTHER], home.environ, home.project)[OTHER].value == "spoken $(id) `x`"
    assert calls.read_text().splitlines() == [
        f"show -o aidevops/tenants/default/{OTHER}|",
        f"show -o aidevops/{OTHER}|",
    ]


def test_gopass_can_be_switched_off(home: Home) -> None:
    calls = home.gopass({f"aidevops/{KEY}": "x"})
    assert find([KEY], home.environ, home.project, use_gopass=False) == {}
    assert not calls.exists()


def test_gopass_from_elsewhere_than_the_given_path_is_not_run(home: Home) -> None:
    calls = home.gopass({f"aidevops/{KEY}": "x"})
    assert find([KEY], {**home.environ, "PATH": "/usr/bin:/bin"}, home.project) == {}
    assert not calls.exists()


def test_looking_reveals_nothing(home: Home) -> None:
    calls = home.gopass({f"aidevops/{KEY}": "do-not-tell"})
    found = find([KEY, OTHER], home.environ, home.project, reveal=False)
    assert (found[KEY].source, found[KEY].value) == ("gopass", HIDDEN)
    assert set(found) == {KEY}
    assert calls.read_text().splitlines() == ["ls --flat|"]


def test_a_gopass_that_waits_for_a_passphrase_is_ended_and_not_asked_again(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "GOPASS_TIMEOUT_S", 0.5)
    child = home.path / "child"
    calls = home.gopass({}, before=f"sleep 600 & echo $! > {child}; wait")
    home.write("credentials.sh", f'export {KEY}="from the file"\n')
    assert find([KEY, OTHER], home.environ, home.project)[KEY].value == "from the file"
    assert len(calls.read_text().splitlines()) == 1
    wait_until_gone(int(child.read_text()))


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while _runs(pid):
        assert time.monotonic() < deadline, "its child still runs"
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


# --- taking secrets out of text ---------------------------------------------------------------------------------

SHOWN = [
    "sk-ant-api03-AAAAbbbb1111CCCCdddd2222",
    "sk-proj-abcDEF123456abcDEF123456",
    "sk_live_51Habcdefghijklmnop",
    "ghp_0123456789abcdefghijABCDEFGHIJ012345",
    "github_pat_11ABCDEFG0123456789_abcdef",
    "glpat-abcDEF1234567890abcd",
    "AKIAIOSFODNN7EXAMPLE",
    "AIzaSyA1234567890abcdefghijklmnopqrstuv",
    "xoxb-123456789012-abcdefABCDEF",
    "hf_abcdefghijklmnopqrstuvwxyz",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
]


@pytest.mark.parametrize("key", SHOWN)
@pytest.mark.parametrize("frame", ["{}", "key={}", 'the "{}" there', "a\n{}\nb", "({}),", "X={}&y=1", "{{'k': '{}'}}"])
def test_what_looks_like_a_key_is_hidden(key: str, frame: str) -> None:
    clean = redact(frame.format(key))
    assert key not in clean
    assert key[6:] not in clean
    assert HIDDEN in clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Authorization: Bearer abcdef123456", f"Authorization: Bearer {HIDDEN}"),
        ("authorization: bearer abc.def-123_456~", f"authorization: bearer {HIDDEN}"),
        ("Authorization: Basic b3BlbmNvZGU6cGFzc3dvcmQ=", f"Authorization: Basic {HIDDEN}"),
        ("http://ann:pass@host/x?a=b@c", f"http://{HIDDEN}@host/x?a=b@c"),
        ("postgres://u:p%40ss@db:5432/x and y@z", f"postgres://{HIDDEN}@db:5432/x and y@z"),
        ("http://127.0.0.1:7865/#ticket=Ab-c_9", f"http://127.0.0.1:7865/#ticket={HIDDEN}"),
        ('{"url": "http://h/#ticket=abc", "n": 1}', f'{{"url": "http://h/#ticket={HIDDEN}", "n": 1}}'),
        ('export FOO_API_KEY="abcd1234efgh"', f'export FOO_API_KEY="{HIDDEN}"'),
        ("DB_PASSWORD=hunter2hunter2 next", f"DB_PASSWORD={HIDDEN} next"),
        ('"GITHUB_TOKEN": "zzzz1111yyyy"', f'"GITHUB_TOKEN": "{HIDDEN}"'),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES-128\nMIIabc+/=\n-----END RSA PRIVATE KEY-----\nafter",
            f"{HIDDEN}\nafter",
        ),
        ("x -----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk", f"x {HIDDEN}"),
    ],
)
def test_the_words_around_it_stay(text: str, clean: str) -> None:
    assert redact(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "I changed sk-learn-compatible-estimator in task-list-of-yesterday.",
        "See https://example.org/a:b/c@d and mail ann@example.org.",
        "password: required, token = next_token(), my_key = value",
        'os.environ["API_KEY"] = load_key()',
        "-----BEGIN CERTIFICATE-----",
        "the bearer of bad news; basic understanding",
        "ghost in the shell, highlights_of_the_day_and_more",
        "commit 3f786850e387550fdab836ed7e6dc881de23001b",
        "risk-assessment-of-2024-q3-report",
    ],
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "value", ["hunter2!", "p@ss/w:rd &x", 'quote"d', "back\\slash", "ünï-cöde", "two\nlines", "a.*b"]
)
def test_known_values_are_hidden_in_every_spelling(value: str) -> None:
    for spelled in (value, repr(value)[1:-1], json.dumps(value)[1:-1]):
        assert redact(f"<{spelled}>", [value]) == f"<{HIDDEN}>"


def test_short_values_are_left_since_they_are_everywhere() -> None:
    assert redact("a cat sat", ["cat", "", "at"]) == "a cat sat"


def test_a_value_within_another_leaves_no_rest() -> None:
    assert redact("secret-long", ["secret", "secret-long"]) == HIDDEN


def test_user_names_are_no_secret(home: Home) -> None:
    environ = {**home.environ, "OPENCODE_SERVER_USERNAME": "opencode", "OPENCODE_SERVER_PASSWORD": "hunter2"}
    found = find(["OPENCODE_SERVER_USERNAME", "OPENCODE_SERVER_PASSWORD"], environ, home.project)
    assert secrets.values(found) == ("hunter2",)


@given(st.text(), st.text(min_size=4), st.text())
def test_a_known_value_is_never_left(before: str, value: str, after: str) -> None:
    clean = redact(before + value + after, [value])
    assert value not in re.sub(re.escape(HIDDEN), "", clean) or value in HIDDEN


@given(st.text())
def test_redacting_twice_is_redacting_once(text: str) -> None:
    assert redact(redact(text)) == redact(text)


@given(
    st.dictionaries(st.text(), st.sampled_from([*SHOWN, "http://a:b@c", "x ticket=1", "-----BEGIN PRIVATE KEY-----a"]))
)
def test_a_line_of_json_stays_json(entry: dict[str, str]) -> None:
    assert isinstance(json.loads(redact(json.dumps(entry))), dict)


HOSTILE = [
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN " + "A " * 30,
    "-----BEGIN PRIVATE KEY-----" + "a-b" * 20,
    *("://", "://a", "://a:", "a@", ":", "/"),
    *("sk-", "sk-a", "sk_live_", "sk-aaaaaaaaaaaaaaaaaaaa.", "glpat-", "ghp_", "hf_", "AKIA", "AIza", "AIza-"),
    *("eyJ", "eyJa-", "eyJ.", "eyJaaaaaaaa.", "eyJaaaaaaaa.bbbbbbbb."),
    *("A_KEY", "A_KEY=", "_TOKEN = ", "_KEY='", "Bearer ", "Bearer aaaaaaaa", "basic aaaaaaaaaaaa", "ticket="),
    *("known-", "known-valu", "a", "-", " ", "\n", '"', "'", "`", "\\", '\\"', "Aa1", "Aa1-", "0" * 32, "[redacted]"),
    *(
        "-----END PRIVATE KEY-----",
        "AAAA\n-----END PRIVATE KEY-----",
        "AAAA\n",
        "-----BEGIN",
        "AGE-",
        "Private-Lines: 9\n",
    ),
    *(
        "password",
        "password=",
        "password is ",
        "password is the ",
        "password: a",
        "password a b c d e f ",
        "token ",
        "key=",
    ),
    *("key: x\n", "authorization: a ", "cookie: a=b; ", "cookie: ", "?key=a&", "-u a:", "mysql -p", "docker login "),
    *("login a password ", "machine a ", "a:1:b:c:d\n", "echo a | ", "IDENTIFIED BY '", "password '", "AccountKey=a"),
    *("kind: Secret\n", "kind: Secret\ndata:\n  a: b\n", "data:\n", "seed abandon ", "mnemonic ", "mnemonic: a "),
    *("ghp_aaa ", "ghp_a1b \n", "$2a$10$", "*a", "\x1b[0m", "\u200b", "%3A%2F%2F", "-us1", "Maaaaaaaaaaaaaaaaaaaaaa."),
    *('password="a" "b" ', "<password>a", ";pwd=a", "abandon ability "),
]


def test_the_work_grows_with_the_text_and_not_with_its_square() -> None:
    script = "import json, sys; from aidevops_voice.secrets import redact\n"
    script += "for unit in json.load(sys.stdin): redact(unit * (200_000 // len(unit)), ['known-value', 'known-values'])"
    environ = {"PYTHONPATH": str(Path(secrets.__file__).parents[1])}
    # Linear work takes a minute at most, quadratic work hours; the time limit only ends a run that hangs.
    subprocess.run(
        [sys.executable, "-c", script], input=json.dumps(HOSTILE), text=True, env=environ, check=True, timeout=300
    )
