"""The phrases that allow: many, far apart in sound, free of the agent's words, and understood when said back."""

from __future__ import annotations

import importlib.util
import random
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from aidevops_voice.consent.assent import judge
from aidevops_voice.consent.challenge import draw, phrase
from aidevops_voice.consent.petition import Request
from aidevops_voice.consent.tongues import tongues
from aidevops_voice.consent.utterance import bare
from aidevops_voice.ports import Heard

CODES = ["en", "es"]
HOMOPHONES = {"one", "two", "four", "eight", "three", "nine", "five"}
"""Won, to, for, ate, tree, and a pair that is taken for each other."""


def table(code: str, name: str) -> list[str]:
    tongue = next(each for each in tongues() if each.language.code == code)
    return sorted({" ".join(one) for one in tongue.phrases[name]})


def distance(one: tuple[str, ...] | str, other: tuple[str, ...] | str) -> int:
    """Sounds that have to be changed, left out or added."""
    row = list(range(len(other) + 1))
    for at, sound in enumerate(one, 1):
        diagonal, row[0] = row[0], at
        for column, heard in enumerate(other, 1):
            diagonal, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, diagonal + (sound != heard))
    return row[-1]


@pytest.mark.parametrize("code", CODES)
def test_there_are_thousands_of_phrases(code: str) -> None:
    nouns = {bare(word) for word in table(code, "challenge")}
    numbers = set(table(code, "challenge_numbers"))
    assert len(nouns) * (len(nouns) - 1 + len(numbers)) >= 2000
    drawn = {draw(random.Random(seed), (), code) for seed in range(3000)}
    assert len(drawn) > 1000
    assert {len(one) for one in drawn} == {3}
    assert len({one[0] for one in drawn}) == 1
    assert all(one[1] != one[2] for one in drawn)


def test_it_is_drawn_from_the_systems_randomness() -> None:
    assert len({draw() for _ in range(40)}) > 30


@pytest.mark.parametrize("code", CODES)
def test_what_is_drawn_is_taken_when_said_back(code: str) -> None:
    for seed in range(200):
        words = draw(random.Random(seed), (), code)
        request = Request("p", "", challenge=words, asked_at=0.0, played_at=1.0, spoken=True)
        for text in (" ".join(words), ", ".join(words).capitalize() + "."):
            heard = Heard(text, trusted=True, bot_silent_ms=900.0, bot_last_said=phrase(words, code))
            assert judge(request, heard, 3.0).verdict == "allow", text


@pytest.mark.parametrize("code", CODES)
def test_no_word_of_the_agent_is_drawn(code: str) -> None:
    nouns = table(code, "challenge")
    texts = [
        f"rm -rf /srv/{nouns[0]}_old",
        f"echo {nouns[1].upper()}",
        f"./{nouns[2]}ctl --{nouns[3]}=7",
        f"{nouns[4]}s",
    ]
    for seed in range(400):
        words = draw(random.Random(seed), texts, code)
        assert not set(words) & {*nouns[:5], "seven", "siete"}, words


@pytest.mark.parametrize("code", CODES)
def test_an_agent_that_writes_all_the_words_leaves_only_the_click(code: str) -> None:
    nouns = table(code, "challenge")
    assert draw(random.Random(1), [" ".join(nouns[4:])], code) == ()
    assert len(draw(random.Random(1), [" ".join(nouns[-4:])], code)) == 3


def test_the_sentence_names_nothing_but_the_phrase() -> None:
    assert phrase(("confirm", "maple", "seven")) == "To let it happen, say: confirm maple seven."
    assert phrase(("confirmo", "arce", "siete"), "es") == "Para que ocurra, di: confirmo arce siete."
    assert phrase(("confirm", "maple", "seven"), "fr") == phrase(("confirm", "maple", "seven"))


# --- sound --------------------------------------------------------------------------------------------------------


def pronunciations() -> tuple[dict[str, set[tuple[str, ...]]], dict[tuple[str, ...], set[str]]]:
    """Words and sounds of the CMU dictionary that comes with the embedded recogniser."""
    found = importlib.util.find_spec("pocketsphinx")
    assert found is not None
    assert found.origin is not None
    words: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    spelled: dict[tuple[str, ...], set[str]] = defaultdict(set)
    dictionary = Path(found.origin).parent / "model" / "en-us" / "cmudict-en-us.dict"
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, *sounds = line.split()
        word, heard = re.sub(r"\(\d+\)$", "", word), tuple(sounds)
        words[word].add(heard)
        spelled[heard].add(word)
    return words, spelled


def test_english_words_have_two_syllables_no_homophone_and_stand_far_apart() -> None:
    words, spelled = pronunciations()
    nouns, numbers = table("en", "challenge"), table("en", "challenge_numbers")
    assert not HOMOPHONES & {*nouns, *numbers}
    for noun in nouns:
        assert {sum(sound[0] in "AEIOU" for sound in one) for one in words[noun]} == {2}, noun
        assert set().union(*(spelled[one] for one in words[noun])) == {noun}
    for one, other in combinations([*nouns, *numbers, "confirm"], 2):
        assert min(distance(a, b) for a in words[one] for b in words[other]) >= 3, (one, other)


SPELT = [
    ("qu", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("z", "s"),
    ("v", "b"),
    ("ll", "y"),
    ("h", ""),
    ("ge", "je"),
    ("gi", "ji"),
    ("c", "k"),
]
"""Spanish is written nearly as it sounds."""


def test_spanish_words_stand_far_apart() -> None:
    sounds = []
    for word in {bare(each) for each in [*table("es", "challenge"), *table("es", "challenge_numbers"), "confirmo"]}:
        for written, sound in SPELT:
            word = word.replace(written, sound)
        sounds.append(word)
    for one, other in combinations(sounds, 2):
        assert distance(one, other) >= 3, (one, other)
