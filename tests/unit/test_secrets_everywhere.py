"""An agent that leaks secrets in every place of every event: none of them reaches ear, page, journal, log or caller."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from unit.scripted_agent import ScriptedAgent
from unit.secret_rows import BLOCKS, SECRETS
from unit.stage import S, spoken, stage

from aidevops_voice import log
from aidevops_voice.errors import AgentFailed
from aidevops_voice.journal import Journal
from aidevops_voice.ports import (
    AgentEvent,
    AgentNotice,
    Ask,
    FileChange,
    Heard,
    Option,
    Question,
    Retrying,
    Text,
    TextEnded,
    Todo,
    TodoChanged,
    ToolFinished,
    ToolProgress,
    ToolStarted,
    Turn,
    TurnEnded,
)
from aidevops_voice.redaction import HIDDEN, Sieve, redact
from aidevops_voice.veil import CAP, Veil

WINDOW = 8
HELD = "tangerine-dream-of-the-daemon"
BARE = [row for row in SECRETS if len(row[2]) >= 12 and " " not in row[2] and "\n" not in row[1]]
CHOSEN = [*BARE[::4][:49], ("held", f"it says {HELD} here", HELD)]


def parts(secret: str) -> set[str]:
    size = min(WINDOW, len(secret))
    return {secret[at : at + size] for at in range(len(secret) - size + 1)}


def squashed(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def leaked(secret: str, *sinks: str) -> list[str]:
    """Stretches of eight characters that stand in a sink, as written or spelled."""
    found = {piece for sink in sinks for piece in parts(secret) if piece in sink}
    spelled = [squashed(sink) for sink in sinks]
    found |= {piece for sink in spelled for piece in parts(squashed(secret)) if len(piece) >= WINDOW and piece in sink}
    return sorted(found)


def leaking(text: str) -> Callable[[Turn], list[AgentEvent]]:
    """A turn that shows the text wherever an event has one."""

    def events(turn: Turn) -> list[AgentEvent]:
        t = turn.id
        answer = f"I looked at it. {text}\nAll 3 tests pass now.\n\n```\n{text}\n```\n"
        answer += f"\n| a | b |\n|---|---|\n| x | {text} |\n"
        told: list[AgentEvent] = [Text(S, t, "p1", answer[at : at + 5]) for at in range(0, len(answer), 5)]
        return [
            *told,
            TextEnded(S, t, "p1", answer),
            ToolStarted(S, t, "c1", "bash", text, text, text, text),
            ToolProgress(S, "c1", text),
            ToolFinished(
                S, t, "c1", "bash", False, text, text, text, f"{text}\nError: cannot use {text}\n", 1,
                (FileChange(f"src/{text}", diff=f"+{text}\n"),), child=text,
            ),
            ToolFinished(S, t, "c2", "task", True, title=text, output=text),
            TodoChanged(S, (Todo(text, "in_progress"),)),
            Retrying(S, 1, text, 1.0),
            AgentNotice(AgentFailed(text, cure=text, spoken=f"It failed: {text}")),
            Ask("q1", S, "question", questions=(Question(text, text, (Option(text, text),)),), turn=t, child=text),
            Ask("p1", S, "permission", "edit", path=f"src/{text}", diff=text, turn=t, child=text),
            TextEnded(S, t, "p2", f"Done: {text}"),
            TurnEnded(S, (t,), "failed", AgentFailed(text, cure=text, spoken=f"It failed: {text}")),
        ]  # fmt: skip

    return events


QUESTIONS = ["more", "what exactly", "read the error", "what did you run", "which files", "spell that", "say again"]
QUESTIONS += ["read the last answer in full", "what are you doing"]


@pytest.mark.parametrize("row", CHOSEN, ids=[name for name, _, _ in CHOSEN])
async def test_nothing_of_it_gets_out(
    row: tuple[str, str, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _, text, secret = row
    clean = partial(redact, values=(HELD,))
    agent = ScriptedAgent(leaking(text))
    caplog.set_level(logging.DEBUG)
    async with stage(tmp_path, agent, redact=clean) as s:
        object.__setattr__(s.journal, "_redact", clean)
        s.conversation.hear(Heard(f"please use {text} now", source="typed"))
        await s.until(lambda: [turn for turn in s.events("turn") if turn.get("state") == "failed"])
        for question in QUESTIONS:
            s.conversation.hear(spoken(question))
        s.conversation.hear(Heard(f"I heard {text}", certain=False))
        agent.fail_submit = AgentFailed(text, cure=text, spoken=f"It failed: {text}")
        asked = await s.conversation.ask("once more")
        told = len(s.mouth.said)
        s.conversation.publish()
        status = s.conversation.status()
    assert told >= 4
    sinks = {
        "speech": "\n".join(utterance.text for utterance in s.mouth.said),
        "page": json.dumps(s.feed.after(0), ensure_ascii=False),
        "journal": s.journal.path.read_text("utf-8"),
        "status": json.dumps(status, ensure_ascii=False),
        "ask": json.dumps(asked.as_dict(), ensure_ascii=False),
        "log": clean(caplog.text),
    }
    assert {name: found for name, sink in sinks.items() if (found := leaked(secret, sink))} == {}
    assert HIDDEN in sinks["page"]
    assert HIDDEN in sinks["journal"]


async def test_what_is_asked_for_is_answered_without_secrets(tmp_path: Path) -> None:
    _, text, secret = CHOSEN[0]

    def events(turn: Turn) -> list[AgentEvent]:
        ask = Ask("p1", S, "permission", "bash", f"deploy {text}", f"/x/{text}", patterns=(text,), always=(text,))
        return [TextEnded(S, turn.id, "p1", text), ask]

    async with stage(tmp_path, ScriptedAgent(events), redact=redact) as s:
        asked = await s.conversation.ask("go")
        status = s.conversation.status()
    for sink in (json.dumps(asked.as_dict()), json.dumps(status), json.dumps(s.events("state"))):
        assert not leaked(secret, sink)
    assert asked.pending


# --- streams -----------------------------------------------------------------------------------------------------


STREAMED = [row for row in SECRETS if not row[1].startswith("echo ")][::3]
"""What tells that a word is a password stands behind it there, and cannot be known in time."""


@pytest.mark.parametrize("size", [1, 4, 17, 400])
@pytest.mark.parametrize("row", [*STREAMED, ("key", f"Here:\n{BLOCKS[1]}\nRevoke it.", BLOCKS[1].splitlines()[30])])
def test_a_secret_is_hidden_however_it_streams(row: tuple[str, str, str], size: int) -> None:
    _, text, secret = row
    sieve = Sieve(redact)
    whole = f"Some words before it.\n{text}\nAnd some behind it."
    told = [sieve.feed(whole[at : at + size]) for at in range(0, len(whole), size)]
    shown = "".join([*told, sieve.close()])
    assert not [piece for piece in parts(secret) if piece in shown]
    assert shown.startswith("Some words before it.")
    assert shown.endswith("And some behind it.")


def test_a_stream_without_secrets_passes_whole() -> None:
    text = Path(__file__).read_text("utf-8").partition("import json")[0] * 30
    sieve = Sieve(redact)
    assert "".join([*(sieve.feed(text[at : at + 7]) for at in range(0, len(text), 7)), sieve.close()]) == text


# --- the veil ----------------------------------------------------------------------------------------------------


def test_an_event_without_secrets_stays_itself() -> None:
    event = ToolFinished(
        S, "t", "c", "bash", True, "Run it", "npm test", "src/x.py", "12 passed", 0, (FileChange("a.py"),)
    )
    assert Veil(redact).event(event) is event


def test_streamed_text_and_its_end_agree() -> None:
    key = CHOSEN[0][2]
    veil, whole = Veil(redact), f"The key is {key} and that is all. Nothing else."
    told: list[str] = []
    for at in range(0, len(whole), 3):
        event = veil.event(Text(S, "t", "p", whole[at : at + 3]))
        assert isinstance(event, Text)
        told.append(event.delta)
    ended = veil.event(TextEnded(S, "t", "p", whole))
    assert isinstance(ended, TextEnded)
    assert ended.text.startswith("".join(told))
    assert ended.text == f"The key is {HIDDEN} and that is all. Nothing else."


def test_a_secret_shown_in_colours_is_known_when_it_comes_again_plain() -> None:
    veil = Veil(redact)
    shown = "\x1b[1;32mSMTP_PASSWORD=walnut-Harbor-92-kite\x1b[0m\n"
    veil.event(ToolFinished(S, "t", "c", "bash", True, command="cat .env", output=shown))
    told = veil.event(TextEnded(S, "t", "p", "The mail password (`walnut-Harbor-92-kite`) is fine."))
    assert isinstance(told, TextEnded)
    assert told.text == f"The mail password (`{HIDDEN}`) is fine."


def test_ids_are_not_touched() -> None:
    key = CHOSEN[0][2]
    event = Veil(redact).event(Ask(key, key, "permission", "bash", f"x {key}", turn=key))
    assert isinstance(event, Ask)
    assert (event.id, event.session, event.turn, event.command) == (key, key, key, f"x {HIDDEN}")


def test_a_failure_keeps_its_kind() -> None:
    key = CHOSEN[0][2]
    event = Veil(redact).event(TurnEnded(S, ("t",), "failed", AgentFailed(f"no {key}")))
    assert isinstance(event, TurnEnded)
    assert isinstance(event.error, AgentFailed)
    assert event.error.message == f"no {HIDDEN}"
    assert event.error.cure == AgentFailed.cure


def test_huge_texts_are_cut_between_words() -> None:
    key = CHOSEN[0][2]
    for before in range(0, 60, 7):
        output = "word " * 1600 + "x" * before + f" {key} " + "word " * 20_000 + f"{key} tail"
        event = Veil(redact).event(ToolFinished(S, "t", "c", "bash", True, output=output))
        assert isinstance(event, ToolFinished)
        assert not leaked(key, event.output)
        assert len(event.output) < 20_000


@pytest.mark.parametrize("behind", ["", " ERROR: refused"])
def test_a_secret_is_known_by_the_words_before_a_cut(behind: str) -> None:
    secret = "Gorse-Lantern-61"
    shown = {"": CAP // 2, " ERROR: refused": 400}[behind]
    rest = "\nfine" * 4000 if behind else ""
    for filled in range(shown - 60, shown + 8):
        output = f"{'fine ' * 4000}login password: {secret} {'x' * filled}{behind}{rest}"
        event = Veil(redact).event(ToolFinished(S, "t", "c", "bash", False, output=output))
        assert isinstance(event, ToolFinished)
        assert not leaked(secret, event.output)
        assert behind.strip() in event.output


def test_the_log_file_is_clean(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "x", log.redact)
    for _, text, _ in CHOSEN[:-1]:
        journal.write("said", text=text, more=[text, {"deep": text}])
    journal.close()
    written = journal.path.read_text("utf-8")
    assert not [name for name, _, secret in CHOSEN[:-1] if leaked(secret, written)]
    assert len([json.loads(line) for line in written.splitlines()]) == len(CHOSEN) - 1


ANSWERS = [
    ("Which password shall I set?", "Winter!Kater42", f"{HIDDEN}"),
    ("¿Qué contraseña pongo?", "Usar Winter!Kater42", f"Usar {HIDDEN}"),
    ("Which API key shall I use?", "k9-Zx81-qq7T", f"{HIDDEN}"),
    ("Which password shall I set?", "Ask me later", "Ask me later"),
    ("How are passwords hashed?", "argon2", "argon2"),
    ("Where is the token read from?", ".env on port 8080", ".env on port 8080"),
    ("Which name shall it have?", "Winter!Kater42", "Winter!Kater42"),
]


@pytest.mark.parametrize(("question", "label", "left"), ANSWERS)
def test_what_answers_a_question_for_a_secret_is_one(question: str, label: str, left: str) -> None:
    asked = Ask("a", S, "question", questions=(Question(question, options=(Option(label, label),)),))
    clean = Veil(redact).event(asked)
    assert isinstance(clean, Ask)
    assert clean.questions[0].options == (Option(left, left),)


@pytest.mark.parametrize("secret", ["oyster7basket", "tulip harbour"])
@pytest.mark.parametrize("size", [3, 200])
def test_what_was_a_secret_in_an_output_stays_one(secret: str, size: int) -> None:
    veil = Veil(redact)
    address = f"postgres://captain:{secret.replace(' ', '%20')}@db-1/ferry"
    veil.event(ToolFinished(S, "t", "c", "bash", True, output=address))
    whole = f"It rejects captain:{secret} since Monday. Ask for another one."
    told = "".join(
        one.delta for at in range(0, len(whole), size)
        if isinstance(one := veil.event(Text(S, "t", "p", whole[at : at + size])), Text)
    )  # fmt: skip
    ended = veil.event(TextEnded(S, "t", "p", whole))
    assert isinstance(ended, TextEnded)
    for said in (told, ended.text):
        assert not any(word in said for word in secret.split()), said
    assert ended.text.endswith("Ask for another one.")
