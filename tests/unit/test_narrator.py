"""Events in, utterances out, on a clock that the test moves."""

from __future__ import annotations

import json

import pytest

from aidevops_voice.errors import AgentFailed, BadRequest
from aidevops_voice.narrated import narrate_events, narrate_text
from aidevops_voice.narrator import Narration, Narrator
from aidevops_voice.ports import (
    AgentEvent,
    Ask,
    AskClosed,
    FileChange,
    Retrying,
    Text,
    TextEnded,
    ToolFinished,
    ToolStarted,
    Turn,
    TurnEnded,
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

TURNS: list[tuple[str, list[AgentEvent], list[str]]] = [
    ("an answer is spoken as it streams", [*text("It is main. No more."), DONE], ["It is main.", "No more."]),
    (
        "after a tool the last text is the outcome",
        [*text("Let me look."), *bash("pytest"), *text("I fixed it. All 3 tests pass.", "q"), DONE],
        ["Let me look.", "I fixed it.", "All 3 tests pass."],
    ),
    (
        "the result comes first",
        [*bash("pytest"), *text("The parser was odd. I changed the loop. All tests pass.", "q"), DONE],
        ["I changed the loop.", "The parser was odd.", "All tests pass."],
    ),
    ("work without a verdict is called done", [*bash("make"), *text("Here it is.", "q"), DONE], ["Done. Here it is."]),
    ("an answer that was looked up starts with the answer", [*bash("git log"), *text("It is main.", "q"), DONE],
     ["It is main."]),
    ("work without a text tells what it did", [*bash("pytest", "3 failed, 9 passed", 1), edited("a.py"), DONE],
     ["Not all went well, three tests failed, 9 passed, one file changed."]),
    ("a failed command is told before a text that hides it",
     [*bash("pytest", "1 failed, 2 passed", 1), *text("Here.", "q"), DONE], ["One test failed, 2 passed. Here."]),
    ("failure is never called done", [*bash("pytest"), *text("Two tests fail.", "q"), DONE], ["Two tests fail."]),
    ("code alone is announced", [*text("```py\nx\n```"), DONE], ["The answer is code, it is on the page."]),
    ("stopped says what was edited", [edited("a.py", "b.py"), TurnEnded(S, (T,), "stopped")],
     ["Stopped. It had already edited two files."]),
    ("a failure has its cause", [TurnEnded(S, (T,), "failed", AgentFailed("quota exceeded", cure="Wait."))],
     ["That failed.", "Quota exceeded.", "Wait."]),
    (
        "text repeated after a retry is not said twice",
        [Text(S, T, "p", "One. Two. "), Retrying(S, 1, "reset", 2.0), *text("One. Two. Three.", "p2"), DONE],
        ["One.", "Two.", "The model does not answer, trying again.", "Three."],
    ),
    (
        "a request comes after what was said",
        [Text(S, T, "p", "I will clean up."), Ask("a", S, "permission", "bash", "rm x")],
        ["I will clean up.", "The agent wants to run the command rm x.", "Press Y or click to allow it, or say no."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("events", "said"), [turn[1:] for turn in TURNS], ids=[turn[0] for turn in TURNS])
def test_turns(events: list[AgentEvent], said: list[str]) -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    assert [u.text for event in events for u in narrator.feed(event, 0.01)] == said


def test_the_clock_gives_a_sound_an_acknowledgement_progress_and_a_heartbeat() -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    heard: list[tuple[float, str]] = []
    narrator.feed(ToolStarted(S, T, "c", "bash", command="make test"), 0.0)
    while (due := narrator.due()) is not None and due < 120:
        heard += [(round(due, 2), u.text or u.earcon) for u in narrator.tick(due)]
    assert [words for _, words in heard] == [
        "working",
        "On it.",
        "Running the tests.",
        *["Still running the tests."] * 2,
    ]
    assert heard[1][0] == 0.7
    assert heard[4][0] - heard[3][0] > heard[3][0] - heard[2][0], "the heartbeat slows down"


def test_what_was_denied_is_not_told_as_going_on() -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    narrator.feed(ToolStarted(S, T, "c", "edit", path="notes.txt"), 0.1)
    narrator.feed(Ask("a", S, "permission", "edit", path="notes.txt"), 0.1)
    narrator.asks_open(True)
    narrator.feed(AskClosed("a", S, "deny"), 5.0)
    narrator.asks_open(False)
    assert narrator.tick(20.0) == []


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


def test_narrate_without_a_daemon() -> None:
    assert narrate_text("I looked. I fixed `a_b` and 12 tests pass.").as_dict() == {
        "spoken": ["I fixed a b and 12 tests pass.", "I looked."], "outcome": "done", "facts": ["12"],
    }  # fmt: skip
    lines = [{"type": "tool_started", "call": "c", "tool": "bash", "command": "make"}, {"type": "turn_ended"}]
    assert narrate_events(map(json.dumps, lines)).spoken == ("Done.",)
    with pytest.raises(BadRequest, match="line 1"):
        narrate_events(['{"type": "nonsense"}'])
