"""Which text is final, and how phrases become a grammar."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevops_voice.adapter import Workplace
from aidevops_voice_adapters.stt._pocketsphinx_choice import Choice, Decoded, Word, choose, distance, sounds_of
from aidevops_voice_adapters.stt._pocketsphinx_grammar import build, guess, speakable_words
from aidevops_voice_adapters.stt.pocketsphinx import ADAPTER, PocketSphinxOptions

DICTIONARY = {
    "run": "R AH N", "the": "DH AH", "tests": "T EH S T S", "tess": "T EH S", "do": "D UW", "not": "N AA T",
    "no": "N OW", "huh": "HH AH", "list": "L IH S T", "files": "F AY L Z", "weather": "W EH DH ER", "is": "IH Z",
    "fine": "F AY N", "hey": "HH EY", "devops": "D EH V AA P S", "faded": "F EY D AH D", "stuff": "S T AH F",
    "note": "N OW T", "book": "B UH K",
}  # fmt: skip


def said(text: str, score: float = -4.0, frames: int = 10) -> Decoded:
    """Words that took `frames` each with a mean score per frame."""
    return tuple(Word(word, tuple(DICTIONARY[word].split()), score * frames, frames) for word in text.split())


@pytest.mark.parametrize(
    ("phrase", "free", "choice"),
    [
        pytest.param(said("run the tests"), said("run the tests", -2), Choice("run the tests", True), id="same words"),
        pytest.param(said("run the tests"), said("run the tess", -3), Choice("run the tests", True), id="near sounds"),
        pytest.param(said("no"), said("no huh"), Choice("no", True), id="breath at the end"),
        pytest.param(
            said("run the tests"), said("do not run the tests"), Choice("do not run the tests", False), id="negated"
        ),
        pytest.param(said("list files"), said("weather is fine"), Choice("weather is fine", False), id="other words"),
        pytest.param(
            said("run the tests", -6), said("run the tess", -3), Choice("run the tess", False), id="fits far worse"
        ),
        pytest.param(
            (*said("run the", -2), *said("tests", -12)),
            said("run the tess", -4),
            Choice("run the tess", False),
            id="one word does not fit",
        ),
        pytest.param(
            said("run the tests", frames=20), said("run the tess"), Choice("run the tess", False), id="stretched"
        ),
        pytest.param(said("no"), (), Choice("", False), id="nothing heard"),
        pytest.param(said("no"), said("huh huh"), Choice("", False), id="only breath"),
        pytest.param((), said("list files"), Choice("list files", False), id="no phrase"),
    ],
)
def test_choice(phrase: Decoded, free: Decoded, choice: Choice) -> None:
    assert choose(phrase, free) == choice


def test_the_first_pass_may_speak_for_the_phrase() -> None:
    phrase, free = said("run the tests", -4), said("weather is fine", -4)
    assert choose(phrase, free, sounds_of(phrase)).certain
    assert not choose(phrase, free, sounds_of(said("fine"))).certain


@pytest.mark.parametrize(
    ("phrase", "free", "guessed", "certain"),
    [
        pytest.param(said("hey devops", -4.8), said("faded stuff"), {"devops"}, True, id="sounds of other words"),
        pytest.param(said("hey devops", -5), said("faded stuff"), {"devops"}, False, id="fits worse"),
        pytest.param(said("hey devops", -5), said("hey do"), {"devops"}, False, id="fits worse, but sounds near"),
        pytest.param(
            (*said("hey", -3), *said("devops", -9.1)),
            said("faded stuff", -6),
            {"devops"},
            False,
            id="one word does not",
        ),
        pytest.param(said("hey devops"), said("faded stuff", frames=8), {"devops"}, False, id="stretched"),
        pytest.param(said("hey devops"), said("faded stuff", frames=12), {"devops"}, False, id="part of what was said"),
        pytest.param(said("hey devops"), said("faded stuff"), {"readme"}, False, id="the dictionary has its words"),
        pytest.param(said("list files"), said("faded stuff"), {"devops"}, False, id="the word is in another phrase"),
    ],
)
def test_a_phrase_with_a_guessed_word_goes_by_its_score(
    phrase: Decoded, free: Decoded, guessed: set[str], certain: bool
) -> None:
    assert choose(phrase, free, guessed=guessed).certain == certain


@pytest.mark.parametrize(
    ("left", "right", "edits"), [("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("abc", "axcd", 2), ("ab", "ba", 2)]
)
def test_distance(left: str, right: str, edits: int) -> None:
    assert distance(left, right) == distance(right, left) == edits


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("Run the tests!", ["run", "the", "tests"]),
        ("don\N{RIGHT SINGLE QUOTATION MARK}t", ["don't"]),
        ("top-3 files", ["top", "three", "files"]),
        ("read README.md", ["read", "readme", "md"]),
        ("", []),
        ("naïve", []),
        ("a | <b>; import", []),
    ],
)
def test_speakable_words(phrase: str, words: list[str]) -> None:
    assert speakable_words(phrase) == words


def test_build_keeps_what_can_be_spoken() -> None:
    grammar = build(["run the tests", "Run the tests.", "§", "list xyzzy"], DICTIONARY.get)
    assert grammar.jsgf.count("run the tests") == 1
    assert grammar.skipped == ("§",)
    assert set(grammar.guessed) == {"xyzzy"}


def test_no_phrases_no_grammar() -> None:
    assert build([], DICTIONARY.get).jsgf == ""


@pytest.mark.parametrize(
    ("word", "sounds"),
    [("readme", "R IY D M IY"), ("notebook", "N OW T B UH K"), ("chip", "CH IH P"), ("q", "K"), ("''", "AH")],
)
def test_guess(word: str, sounds: str) -> None:
    assert guess(word, DICTIONARY.get) == sounds


def test_the_recogniser_may_not_allow(tmp_path: Path) -> None:
    assert ADAPTER.capabilities == {"local"}
    assert ADAPTER.probe(PocketSphinxOptions(), Workplace(tmp_path, tmp_path)).ready
