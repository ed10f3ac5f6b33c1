"""What a question of the agent is answered with: a number, a place, a label, several, or the user's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aidevops_voice.consent.assent import Request, judge
from aidevops_voice.ports import Heard, Option, Question

PUT = Request("que_1", "", kind="question", asked_at=100.0, played_at=104.0, spoken=True)
SAID = Heard("", trusted=True, bot_silent_ms=1500.0, bot_last_said="Which one should it be?")
NOW = 108.0


def asked(*labels: str, multiple: bool = False, custom: bool = True) -> Request:
    question = Question("Which?", options=tuple(map(Option, labels)), multiple=multiple, custom=custom)
    return replace(PUT, questions=(question,))


def verdict(text: str, request: Request, heard: Heard = SAID) -> str:
    return judge(request, replace(heard, text=text), NOW).verdict


def answers(text: str, request: Request, heard: Heard = SAID) -> tuple[str, ...]:
    judged = judge(request, replace(heard, text=text), NOW)
    assert (judged.verdict == "answer") == bool(judged.answers)
    return judged.answers


BASES = asked("PostgreSQL", "SQLite", "MySQL")
MANY = asked("PostgreSQL", "SQLite", "MySQL", multiple=True)
YES_NO = asked("Yes, overwrite", "No, keep it")


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("two", "SQLite"),
        ("number two please", "SQLite"),
        ("the second one", "SQLite"),
        ("option 3", "MySQL"),
        ("the middle one", "SQLite"),
        ("the last", "MySQL"),
        ("I'd take the first one, please", "PostgreSQL"),
        ("post gres", "PostgreSQL"),
        ("postgres", "PostgreSQL"),
        ("let's go with my SQL", "MySQL"),
        ("the latter", "MySQL"),
        ("la segunda", "SQLite"),
        ("el número uno", "PostgreSQL"),
        ("yes, the first one", "PostgreSQL"),
    ],
)
def test_one_choice(text: str, picked: str) -> None:
    assert answers(text, BASES) == (picked,)


@pytest.mark.parametrize(
    "text",
    [
        "one and three",
        "both",
        "five",
        "not the second one",
        "not SQLite",
        "the second or the third",
        "is the second one faster",
        "yes",
        "SQL",
        "redis",
    ],
)
def test_no_single_choice(text: str) -> None:
    assert not set(answers(text, BASES)) & {"PostgreSQL", "SQLite", "MySQL"}


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("one and three", ("PostgreSQL", "MySQL")),
        ("one, two", ("PostgreSQL", "SQLite")),
        ("the second one", ("SQLite",)),
        ("all of them", ("PostgreSQL", "SQLite", "MySQL")),
        ("the first two", ("PostgreSQL", "SQLite")),
        ("postgres and MySQL please", ("PostgreSQL", "MySQL")),
        ("the first and the last", ("PostgreSQL", "MySQL")),
        ("la primera y la tercera", ("PostgreSQL", "MySQL")),
    ],
)
def test_several_choices(text: str, picked: tuple[str, ...]) -> None:
    assert answers(text, MANY) == picked


@pytest.mark.parametrize(
    ("text", "picked"), [("yes", 0), ("go ahead", 0), ("sí", 0), ("no", 1), ("nope, don't", 1), ("keep it", 1)]
)
def test_yes_and_no_pick_what_begins_with_them(text: str, picked: int) -> None:
    assert answers(text, YES_NO) == (YES_NO.questions[0].options[picked].label,)


def test_labels_that_are_numbers_are_not_taken_for_places() -> None:
    spaces = asked("2 spaces", "4 spaces", "8 spaces")
    assert answers("four spaces", spaces) == ("4 spaces",)
    assert answers("number four", spaces) == ()
    ports = asked("2", "1")
    assert answers("two", ports) == ("2",)


def test_the_users_own_words() -> None:
    assert answers("neither", BASES) == ("neither",)
    assert answers("You decide.", BASES) == ("You decide",)
    assert answers("use MariaDB instead.", BASES) == ("use MariaDB instead",)
    assert answers("SQLite but in memory", BASES) == ("SQLite but in memory",)
    assert answers("a dark purple", asked()) == ("a dark purple",)
    assert answers("use MariaDB instead", asked("PostgreSQL", "SQLite", custom=False)) == ()


@pytest.mark.parametrize("text", ["should it be", "be", "which one", "be be"])
def test_the_voices_own_words_are_no_answer(text: str) -> None:
    assert verdict(text, BASES) not in ("answer", "allow")
    assert not judge(BASES, replace(SAID, text=text), NOW).answers


def test_an_answer_needs_what_a_yes_needs() -> None:
    for heard in (replace(SAID, trusted=False), replace(SAID, bot_speaking=True), replace(SAID, bot_silent_ms=300.0)):
        assert verdict("two", BASES, heard) == "unclear"
    assert verdict("two", replace(BASES, played_at=None)) == "unclear"
    assert verdict("two", BASES, replace(SAID, source="typed", trusted=False, bot_speaking=True)) == "answer"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("repeat the options", "explain"),
        ("what's the difference", "explain"),
        ("let me think", "wait"),
        ("cancel", "deny"),
        ("show me the last three commits", "not_consent"),
        ("uh", "not_consent"),
        ("list sessions", "not_consent"),
    ],
)
def test_what_else_is_said_to_a_question(text: str, expected: str) -> None:
    assert judge(BASES, replace(SAID, text=text), NOW).verdict == expected
