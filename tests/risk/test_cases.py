"""Every case of the corpus: never lower than allowed, harmless ones not higher, and what is read back."""

from __future__ import annotations

import pytest
from risk.score import Case, cases, english, missing

from aidevops_voice.risk import Level, read_back

CASES = cases("cases")
OPENED = cases("held_out")
"""Was held out until it was scored for the first time; since then it only guards against a lower class."""
UNSAYABLE = {
    "rm-brace-makes-rm",  # the grammar has no braces in the place of a program, so the command counts as unreadable
    "xargs-sed-inplace",  # asks for a word that does not stand in the command
}


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 300


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_class_is_never_lower_than_allowed_and_no_false_alarm(case: Case) -> None:
    level = Level[case.assessed().risk.upper()]
    assert level >= case.at_least
    if case.firm:
        assert level == case.risk


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_read_back_names_the_action_and_its_targets_in_short_sentences(case: Case) -> None:
    language = english()
    said = read_back(case.assessed(), language)
    assert all(len(sentence.split()) <= 20 for sentence in said)
    if case.id not in UNSAYABLE:
        assert not missing(case, said, language), said


@pytest.mark.parametrize("case", OPENED, ids=lambda case: case.id)
def test_no_case_of_the_opened_corpus_is_classed_lower_than_allowed(case: Case) -> None:
    assert Level[case.assessed().risk.upper()] >= case.at_least
