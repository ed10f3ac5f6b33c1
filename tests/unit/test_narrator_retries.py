"""After a retry of the model's provider the text comes again: nothing is told twice, and nothing new is lost."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import named
from aidevops_voice.narrator import Narration, Narrator
from aidevops_voice.narrator.repeats import Told
from aidevops_voice.ports import (
    AgentEvent,
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
AGAIN = Retrying(S, 1, "overloaded", 2.0)
DONE = TurnEnded(S, (T,), "done")


def piece(words: str, part: str = "p") -> AgentEvent:
    return Text(S, T, part, words)


def whole(words: str, part: str = "p") -> AgentEvent:
    return TextEnded(S, T, part, words)


def tool() -> list[AgentEvent]:
    change = (FileChange("src/format.ts"),)
    return [
        ToolStarted(S, T, "e", "edit", path="src/format.ts"),
        ToolFinished(S, T, "e", "edit", True, path="src/format.ts", files=change),
    ]


FIRST = "The parser drops commas. It fails on two files. "
STREAMS: list[tuple[str, list[AgentEvent], list[str]]] = [
    ("the same from its beginning, in another part",
     [piece(FIRST), AGAIN, piece(FIRST, "q"), whole(FIRST + "I know why.", "q"), DONE],
     ["The parser drops commas.", "It fails on two files.", "I know why."]),
    ("the same from its beginning, in the same part",
     [piece(FIRST), AGAIN, piece(FIRST), whole(FIRST + "I know why."), DONE],
     ["The parser drops commas.", "It fails on two files.", "I know why."]),
    ("the same part, going on where it was",
     [piece(FIRST), AGAIN, piece("I know why. "), whole(FIRST + "I know why. Shall I?"), DONE],
     ["The parser drops commas.", "It fails on two files.", "I know why.", "Shall I?"]),
    ("the same part, as a whole only",
     [piece(FIRST), AGAIN, whole(FIRST + "I know why."), DONE],
     ["The parser drops commas.", "It fails on two files.", "I know why."]),
    ("cut in the middle of a sentence",
     [piece("The parser drops com"), AGAIN, piece("The parser drops commas. Al", "q"), AGAIN,
      whole("The parser drops commas. Always.", "r"), DONE],
     ["The parser drops commas.", "Always."]),
    ("two sentences become one",
     [piece(FIRST), AGAIN, whole("The parser drops commas, it fails on two files. I know why.", "q"), DONE],
     ["The parser drops commas.", "It fails on two files.", "I know why."]),
    ("one sentence becomes two",
     [piece("The parser drops commas and it fails on two files. "), AGAIN,
      whole("The parser drops commas. It fails on two files. I know why.", "q"), DONE],
     ["The parser drops commas and it fails on two files.", "I know why."]),
    ("other Markdown", [piece("The `parser` drops commas. "), AGAIN, whole("- **The parser** drops commas.", "q"),
      DONE],
     ["The parser drops commas."]),
    ("other small words", [piece("The parser drops all the commas. "), AGAIN,
      whole("The parser drops the commas now.", "q"), DONE],
     ["The parser drops all the commas."]),
    ("another number is told", [piece("It fails on two files. "), AGAIN, whole("It fails on 3 files.", "q"), DONE],
     ["It fails on two files.", "It fails on three files."]),
    ("a number that was not there is told",
     [piece("It fails on some files. "), AGAIN, whole("It fails on some files, 12 of them.", "q"), DONE],
     ["It fails on some files.", "It fails on some files, twelve of them."]),
    ("another name is told", [piece("It is in parser.py now. "), AGAIN, whole("It is in lexer.py now.", "q"), DONE],
     ["It is in parser dot py now.", "It is in lexer dot py now."]),
    ("a denial is told", [piece("That is the cause of it all. "), AGAIN,
      whole("That is not the cause of it all.", "q"), DONE],
     ["That is the cause of it all.", "That is not the cause of it all."]),
    ("passed is not failed", [piece("The tests of it all pass. "), AGAIN, whole("The tests of it all fail.", "q"),
      DONE],
     ["The tests of it all pass.", "The tests of it all fail."]),
    ("without a retry a sentence may come again", [piece("Wait. Now go. "), whole("Wait. Now go. Wait. Now go."), DONE],
     ["Wait.", "Now go.", "Wait.", "Now go."]),
    ("a retry behind a tool", [piece("The parser is wrong. "), *tool(), piece("I moved the ", "q"), AGAIN,
      whole("I moved the helper.", "r"), DONE],
     ["The parser is wrong.", "I moved the helper."]),
    ("a tool behind a retry",
     [piece("I moved the helper. "), AGAIN, *tool(), whole("I moved the helper. The build is green.", "q"), DONE],
     ["I moved the helper.", "The build is green."]),
    ("nothing new is an outcome all the same", [piece("I moved the helper. "), AGAIN, *tool(),
      whole("I moved the helper.", "q"), DONE],
     ["I moved the helper.", "I moved the helper."]),
    ("a text that a tool cut off is no outcome", [*tool(), piece("I moved the ", "q"), *tool(),
      whole("It is in place.", "r"), DONE],
     ["Done.", "It is in place."]),
    ("a text without an end is one", [*tool(), piece("I moved the helper. ", "q"), piece("It works.", "q"), DONE],
     ["I moved the helper.", "It works."]),
]  # fmt: skip


@pytest.mark.parametrize(("events", "said"), [one[1:] for one in STREAMS], ids=[one[0] for one in STREAMS])
def test_nothing_is_told_twice(events: list[AgentEvent], said: list[str]) -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    assert [u.text for event in events for u in narrator.feed(event, 0.01) if u.text] == said


def test_what_was_held_back_is_not_said_twice_either() -> None:
    narrator = Narrator(Narration(level="quiet"))
    narrator.submitted(Turn(T, S, ""), 0.0)
    events = [piece(FIRST), AGAIN, whole(FIRST + "I know why.", "q"), DONE]
    said = [u.text for event in events for u in narrator.feed(event, 0.01)]
    assert said == ["The parser drops commas.", "It fails on two files.", "I know why."]


@pytest.mark.parametrize(
    ("told", "new", "again"),
    [
        ("Dos pruebas fallan en el archivo.", "Dos pruebas fallan en este archivo.", True),
        ("Dos pruebas fallan en el archivo.", "Tres pruebas fallan en el archivo.", False),
        ("Dos pruebas fallan en el archivo.", "Dos pruebas no fallan en el archivo.", False),
        ("Fertig.", "Fertig.", True),
        ("A.", "", True),
    ],
)
def test_repeats_in_other_languages(told: str, new: str, again: bool) -> None:
    known = Told()
    known.add(told, named("es"))
    assert known.again(new, named("es")) is again
