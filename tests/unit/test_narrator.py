"""Events in, utterances out, on a clock that the test moves."""

from __future__ import annotations

import pytest

from aidevops_voice.errors import AgentFailed
from aidevops_voice.languages import named
from aidevops_voice.narrator import Narration, Narrator
from aidevops_voice.ports import (
    AgentEvent,
    Ask,
    AskClosed,
    FileChange,
    Text,
    TextEnded,
    ToolFinished,
    ToolStarted,
    Turn,
    TurnEnded,
    Utterance,
)

S, T = "s", "t"


def bash(command: str, output: str = "", code: int = 0) -> list[AgentEvent]:
    return [
        ToolStarted(S, T, command, "bash", command=command),
        ToolFinished(S, T, command, "bash", True, command=command, output=output, exit_code=code),
    ]


def edited(*paths: str) -> AgentEvent:
    return ToolFinished(S, T, "e", "edit", True, path=paths[0], files=tuple(FileChange(path) for path in paths))


def text(words: str, part: str = "p") -> list[AgentEvent]:
    return [Text(S, T, part, words), TextEnded(S, T, part, words)]


DONE = TurnEnded(S, (T,), "done")


def denied(path: str) -> list[AgentEvent]:
    return [
        ToolStarted(S, T, "d", "edit", path=path),
        Ask("q", S, "permission", "edit", path=path, turn=T),
        AskClosed("q", S, "deny"),
        ToolFinished(S, T, "d", "edit", False, path=path, output="The user rejected permission"),
    ]


CODE = "```py\nx\n```"

HOW = str(named("en").phrases["consent.how_click"])
TURNS: list[tuple[str, list[AgentEvent], list[str]]] = [
    ("an answer is spoken as it streams", [*text("It is main. No more."), DONE], ["It is main.", "No more."]),
    ("an answer starts with the answer", [*text("Sure! Let me look. It is main."), DONE], ["It is main."]),
    ("what only leads to a tool is not said at once",
     [*text("Let me look."), *bash("pytest"), *text("I fixed it. All 3 tests pass.", "q"), DONE],
     ["(done)", "I fixed it.", "All three tests pass."]),
    ("what is known before a tool is said at once", [*text("The parser is wrong."), *bash("pytest")],
     ["The parser is wrong."]),
    ("lonely politeness is an answer too", [*text("Sure!"), DONE], ["Sure!"]),
    ("what a tool cuts off is no sentence", [Text(S, T, "p", "I moved the helper to "), *bash("pytest")], []),
    ("failure is never called done", [*bash("pytest"), *text("Two tests fail.", "q"), DONE],
     ["(failed)", "Two tests fail."]),
    ("code alone is announced", [*text(CODE), DONE], ["The answer is one line of code, it is on the page."]),
    ("a turn that a denial ended was not stopped by the user",
     [edited("a.py"), *denied("b.py"), TurnEnded(S, (T,), "stopped", denied=True)],
     ["(needs-you)", "The agent wants to edit b dot py.", HOW, "The turn ended.", "It had already edited a dot py."]),
    ("a denied turn without words is not done", [*denied("b.py"), DONE],
     ["(needs-you)", "The agent wants to edit b dot py.", HOW, "The turn ended."]),
    ("nor with a word that says nothing of it", [*denied("b.py"), *text("I left it as it is.", "q"), DONE],
     ["(needs-you)", "The agent wants to edit b dot py.", HOW, "I left it as it is."]),
    ("what was not read when the user stopped is said",
     [edited("a.py"), TurnEnded(S, (T, "t2"), "stopped", unread=("t2",))],
     ["Stopped.", "It had already edited a dot py.", "It had not read what you added."]),
    ("what led to a tool is no outcome of a stopped turn",
     [*bash("ls"), edited("a.py"), *text("I begin the long check.", "q"),
      ToolStarted(S, T, "c", "bash", command="sleep 60"), TurnEnded(S, (T,), "stopped")],
     ["Stopped.", "It had already edited a dot py."]),
    ("stopped makes no sound", [edited("a.py", "b.py"), TurnEnded(S, (T,), "stopped")],
     ["Stopped.", "It had already edited a dot py and b dot py."]),
    ("an answer that fails chimes not", [TurnEnded(S, (T,), "failed", AgentFailed("quota exceeded", cure="Wait."))],
     ["That failed.", "Quota exceeded.", "Wait."]),
    ("work that fails does", [*bash("make"), TurnEnded(S, (T,), "failed", AgentFailed("quota exceeded", cure="Wait."))],
     ["(failed)", "That failed.", "Quota exceeded.", "Wait."]),
    ("a request comes after what was said",
     [Text(S, T, "p", "The build folder is stale."), Ask("a", S, "permission", "bash", "npm test")],
     ["The build folder is stale.", "(needs-you)", "The agent wants to run npm test.", HOW]),
    ("a second request chimes not",
     [Ask("a", S, "permission", "bash", "npm test"), Ask("b", S, "permission", "bash", "pytest")],
     ["(needs-you)", "The agent wants to run npm test.", HOW, "The agent wants to run the tests with pytest.", HOW]),
    ("in Spanish when the answer is", [*text("Está en la rama principal. No hay más que esa y son 3."), DONE],
     ["Está en la rama principal.", "No hay más que esa y son tres."]),
]  # fmt: skip


def heard(said: list[Utterance]) -> list[str]:
    return [utterance.text or f"({utterance.earcon})" for utterance in said]


@pytest.mark.parametrize(("events", "said"), [turn[1:] for turn in TURNS], ids=[turn[0] for turn in TURNS])
def test_turns(events: list[AgentEvent], said: list[str]) -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    assert heard([u for event in events for u in narrator.feed(event, 0.01)]) == said


def test_a_sound_goes_before_its_words_and_is_of_their_kind() -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    asked = narrator.feed(Ask("a", S, "permission", "bash", "npm test"), 0.1)
    assert {(u.kind, u.about) for u in asked} == {("needs-you", "a")}
    ended = [u for event in [*bash("make a"), *text("I made it."), DONE] for u in narrator.feed(event, 0.2)]
    assert {(u.kind, u.about) for u in ended} == {("outcome", T)}
    assert len({u.id for u in asked + ended}) == len(asked + ended)


def test_what_was_denied_is_not_told_as_going_on() -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    narrator.feed(ToolStarted(S, T, "c", "edit", path="notes.txt"), 0.1)
    narrator.feed(Ask("a", S, "permission", "edit", path="notes.txt"), 0.1)
    narrator.asks_open(True)
    narrator.feed(AskClosed("a", S, "deny"), 5.0)
    narrator.asks_open(False)
    assert narrator.tick(20.0) == []


def test_a_no_is_no_failure_of_the_work() -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    copy = "cp a b"
    denied: list[AgentEvent] = [
        ToolStarted(S, T, "c", "bash", command=copy),
        Ask("a", S, "permission", "bash", copy),
        AskClosed("a", S, "deny"),
        ToolFinished(S, T, "c", "bash", False, command=copy, output="The user rejected permission."),
    ]
    said = [u for event in denied for u in narrator.feed(event, 0.1)]
    again = ToolFinished(S, T, "d", "bash", False, command=copy, output="cp: cannot stat 'a'", exit_code=1)
    told = [u for event in [*text("I left the file as it was."), DONE] for u in narrator.feed(event, 0.2)]
    assert heard(said)[:2] == ["(needs-you)", "The agent wants to copy a to b."]
    assert "I left the file as it was." in heard(told)
    assert "(failed)" not in heard(told)

    narrator.submitted(Turn(T, S, ""), 1.0)
    failed = [*denied, again, *text("I left it.", "q"), DONE]
    assert "(failed)" in heard([u for event in failed for u in narrator.feed(event, 1.1)])


def test_no_heartbeat_when_none_is_wanted() -> None:
    narrator = Narrator(Narration(heartbeat_s=0))
    narrator.submitted(Turn(T, S, ""), 0.0)
    narrator.feed(ToolStarted(S, T, "c", "bash", command="make test"), 0.0)
    said = [u.text for due in (0.1, 0.8, 5.0, 60.0, 3600.0) for u in narrator.tick(due)]
    assert said == ["", "On it.", "Running the tests."]


def test_words_in_time_need_no_acknowledgement() -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    narrator.feed(Text(S, T, "p", "It is main."), 0.01)
    assert [u.text for u in narrator.tick(0.22)] == ["It is main."]
    assert narrator.tick(0.8) == []


def test_long_answers_are_capped() -> None:
    narrator = Narrator(Narration(max_words=10))
    narrator.submitted(Turn(T, S, ""), 0.0)
    said = [u.text for u in narrator.feed(Text(S, T, "p", "Five words are in here. " * 50), 0.1)]
    assert said == ["Five words are in here.", "Five words are in here.", "The rest is on the page."]
    assert narrator.feed(Text(S, T, "p", "More of it. " * 50), 0.2) == []
