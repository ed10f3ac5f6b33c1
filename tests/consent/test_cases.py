"""Every utterance of the corpus with its context, and odd ones by the thousand: nothing is allowed by accident."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace

import pytest
from consent.score import ALLOWING, MOST_DENIED, Scored, scored
from hypothesis import HealthCheck, example, given, settings, strategies as st

from aidevops_voice.consent.assent import judge
from aidevops_voice.consent.petition import Request
from aidevops_voice.consent.tongues import tongues
from aidevops_voice.consent.utterance import Words, words
from aidevops_voice.languages import listed
from aidevops_voice.ports import Heard, Option, Question

CASES = {each.case["id"]: each for each in scored("cases")}
FUZZ = int(os.environ.get("FUZZ", "2000"))
"""Utterances for each property."""
ROUND = 2000
"""Of one run of Hypothesis, which remembers all that it tried; the runs are shared out among the cores."""
in_rounds = pytest.mark.parametrize("fuzz", [f"fuzz {number}" for number in range(-(-FUZZ // ROUND))])
many = settings(max_examples=min(FUZZ, ROUND), deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_judged_as_written_down(case: str) -> None:
    found: Scored = CASES[case]
    assert found.agrees, f"{found.judged}, wanted {found.wanted} {found.case.get('answer', '')}"


def test_nothing_is_allowed_that_must_not_be() -> None:
    assert len(CASES) >= 400
    assert [each.case["id"] for each in CASES.values() if each.false_allow] == []


def test_a_plain_yes_is_taken() -> None:
    plain = [each for each in CASES.values() if each.plain_yes]
    missed = [each.case["id"] for each in plain if each.judged.verdict not in ALLOWING]
    assert len(plain) > 100
    assert len(missed) <= MOST_DENIED * len(plain), missed


# --- odd utterances -----------------------------------------------------------------------------------------------

CHALLENGE = ("confirm", "maple", "seven")
ASKED = Request(
    "per_1",
    "0" * 64,
    command="rm -rf build",
    permission="bash",
    always=("rm *",),
    challenge=CHALLENGE,
    asked_at=100.0,
    played_at=104.0,
    spoken=True,
)
SPOKEN = Heard("", trusted=True, bot_silent_ms=5000.0, bot_last_said="To let it happen, say: confirm maple seven.")
TYPED = replace(SPOKEN, source="typed")


def _phrases(*names: str) -> list[str]:
    return sorted({" ".join(one) for tongue in tongues() for name in names for one in tongue.phrases[name]})


CONSENT = st.sampled_from(_phrases("yes", "always", "alone", "after", "before", "joint", "around", "typed_yes"))
SHORT_YES = st.sampled_from(
    ["yes", "sí", "si", "ok", "y", "go ahead", "adelante", "always", "do it", "permission granted"]
)
DENIALS = st.sampled_from(
    [*_phrases("deny"), "don't do it", "isn't", "cancelled", "rejecting", "never mind", "para nada"]
)
PARTS = st.sampled_from(
    listed(
        "confirm maple seven 7 confirmo six eleven seventy 17 maples sevenths the and say said if unless not yes? "
        "rm -rf build push main confirmed, … ♪ [noise] (no)"
    )
)
WILD = st.text(max_size=12)
GLUE = st.sampled_from([" ", " ", " ", ", ", ". ", "… ", "-", "\u200b", "\u00a0", "\n"])
MIXED = st.lists(st.tuples(st.one_of(CONSENT, SHORT_YES, PARTS, PARTS, PARTS, DENIALS, WILD), GLUE), max_size=9)


def _text(parts: Iterable[tuple[str, str]]) -> str:
    return "".join(word + glue for word, glue in parts)


def _has_phrase(said: Words) -> bool:
    """Known from nowhere but here: the three words, one after the other."""
    return any(
        said[at : at + 2] == CHALLENGE[:2] and said[at + 2] in ("seven", "7") for at in range(max(0, len(said) - 2))
    )


@in_rounds
@many
@given(parts=MIXED, heard=st.sampled_from([SPOKEN, TYPED]))
@example(parts=[("y", "")], heard=TYPED)
@example(parts=[("si", "")], heard=SPOKEN)
@example(parts=[("always", " "), ("confirm maple seven", "")], heard=SPOKEN)
def test_without_its_exact_phrase_a_challenge_allows_nothing(
    fuzz: str, parts: list[tuple[str, str]], heard: Heard
) -> None:
    text = _text(parts)
    verdict = judge(ASKED, replace(heard, text=text), 108.0).verdict
    assert verdict != "always"
    if verdict == "allow":
        assert _has_phrase(words(text)), text


@in_rounds
@many
@given(before=MIXED, after=MIXED, denial=DENIALS, challenged=st.booleans(), heard=st.sampled_from([SPOKEN, TYPED]))
def test_a_deny_anywhere_never_allows(
    fuzz: str,
    before: list[tuple[str, str]],
    after: list[tuple[str, str]],
    denial: str,
    challenged: bool,
    heard: Heard,
) -> None:
    request = ASKED if challenged else replace(ASKED, challenge=None)
    text = f"{_text(before)} {denial} {_text(after)}"
    assert judge(request, replace(heard, text=text), 108.0).verdict not in ALLOWING, text


PLAIN = replace(ASKED, challenge=None)
BARRED = [
    (PLAIN, replace(SPOKEN, trusted=False), 108.0),
    (replace(PLAIN, played_at=None), SPOKEN, 108.0),
    (replace(PLAIN, asked_at=None), SPOKEN, 108.0),
    (PLAIN, SPOKEN, 150.0),
    (PLAIN, replace(SPOKEN, bot_speaking=True), 108.0),
    (PLAIN, replace(SPOKEN, bot_silent_ms=599.0), 108.0),
    (PLAIN, replace(SPOKEN, bot_silent_ms=None), 108.0),
    (PLAIN, replace(SPOKEN, began=103.0), 108.0),
    (replace(PLAIN, spoken=False), SPOKEN, 108.0),
    (replace(PLAIN, challenge=()), SPOKEN, 108.0),
    (replace(PLAIN, spent=True), SPOKEN, 108.0),
]
"""An untrusted recogniser, a request not heard to its end, too late, while the voice speaks, decided already."""


@in_rounds
@many
@given(
    parts=st.lists(st.tuples(st.one_of(CONSENT, SHORT_YES), GLUE), min_size=1, max_size=4),
    bars=st.sets(st.sampled_from(range(len(BARRED))), min_size=2, max_size=4),
)
def test_what_cannot_allow_never_does(fuzz: str, parts: list[tuple[str, str]], bars: set[int]) -> None:
    text = _text(parts)
    tried = [judge(request, replace(heard, text=text), now) for request, heard, now in (BARRED[at] for at in bars)]
    assert not {judged.verdict for judged in tried} & set(ALLOWING), text


@in_rounds
@many
@given(text=st.one_of(st.text(max_size=300), MIXED.map(_text)), heard=st.sampled_from([SPOKEN, TYPED]))
def test_a_question_takes_any_utterance(fuzz: str, text: str, heard: Heard) -> None:
    asked = Question("Which?", options=(Option("Yes, all"), Option("No"), Option("2 spaces")), multiple=True)
    request = replace(ASKED, kind="question", challenge=None, questions=(asked,))
    judged = judge(request, replace(heard, text=text), 108.0)
    assert judged.verdict not in ALLOWING
    assert bool(judged.answers) == (judged.verdict == "answer")
