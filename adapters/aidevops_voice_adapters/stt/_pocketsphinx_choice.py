"""What was said: the phrase that the grammar forced on the audio, or the words of the free decoder; pure."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

FILLERS = frozenset({"huh", "hm", "hmm", "uh", "um", "mhm"})
"""Breath at the end of an utterance comes out of the free decoder as one of these."""

# Measured in four synthetic voices. Of 88 phrases said, these bounds pass 68. Of 264 other utterances, most of them
# look-alikes, they pass 5 as phrases: four times "know" for "no", once "count the lions" for its neighbour. Of the 88
# decoded by a grammar without the very phrase, none.
SOUNDS_APART = 0.35
"""Largest edit distance between the sounds of both hypotheses, per sound of the phrase."""
WORST_WORD = -9.0
"""Lowest mean acoustic score of a word of the phrase, natural log per 10 ms frame."""
SCORE_BEHIND = -1.4
"""How far the phrase's mean acoustic score may fall behind that of the free words."""
COVERAGE = (0.85, 1.1)
"""Length of the phrase's words over that of the free words."""
GUESSED_BEHIND = -0.9
"""SCORE_BEHIND where the free words cannot sound alike; of four flite voices in three levels of noise, "hey devops" was
behind by at most 0.87 where its grammar heard it, but for one noisy take; 23 look-alikes by 0.97 or out of COVERAGE."""


Sounds = tuple[str, ...]
"""ARPABET."""


@dataclass(frozen=True, slots=True)
class Word:
    """One decoded word; `score` is the natural log of its acoustic likelihood, summed over `frames` of 10 ms."""

    text: str
    sounds: Sounds
    score: float
    frames: int


Decoded = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The final text; `certain` only for a whole phrase of the grammar."""

    text: str
    certain: bool


def choose(phrase: Decoded, free: Decoded, first: Sounds = (), guessed: Container[str] = ()) -> Choice:
    """The phrase if the free decode of the same audio supports it, else the free words as a guess.

    `first` are the sounds of the free decoder's first pass: worse words, but often nearer sounds.
    `guessed` are the words of the phrases that the free decoder lacks.
    """
    free = without_breath(free)
    if not free:
        return Choice("", False)
    if phrase and agree(phrase, free, first, guessed):
        return Choice(text_of(phrase), True)
    return Choice(text_of(free), False)


def agree(phrase: Decoded, free: Decoded, first: Sounds = (), guessed: Container[str] = ()) -> bool:
    """Whether two independent decodes of one utterance mean the same phrase."""
    return text_of(phrase) == text_of(free) or (
        fits(phrase, free, first, guessed)
        and min(word.score / max(1, word.frames) for word in phrase) >= WORST_WORD
        and COVERAGE[0] <= frames_of(phrase) / max(1, frames_of(free)) <= COVERAGE[1]
    )


def fits(phrase: Decoded, free: Decoded, first: Sounds, guessed: Container[str]) -> bool:
    """Whether the phrase is about as likely as the free words and, where those could say it, sounds like them."""
    behind = mean_score(phrase) - mean_score(free)
    if any(word.text in guessed for word in phrase):
        # The free decoder must put other words in the place of one that it lacks, and they may sound like anything.
        return behind >= GUESSED_BEHIND
    sounds = sounds_of(phrase)
    apart = min(distance(sounds, sounds_of(free)), distance(sounds, first))
    return behind >= SCORE_BEHIND and apart <= SOUNDS_APART * len(sounds)


def without_breath(words: Decoded) -> Decoded:
    """The words up to the last one that means something."""
    end = len(words)
    while end and words[end - 1].text in FILLERS:
        end -= 1
    return words[:end]


def text_of(words: Decoded) -> str:
    """Plain lower-case words."""
    return " ".join(word.text for word in words)


def sounds_of(words: Decoded) -> Sounds:
    """All sounds in order."""
    return tuple(sound for word in words for sound in word.sounds)


def frames_of(words: Decoded) -> int:
    """Length without pauses, in frames of 10 ms."""
    return sum(word.frames for word in words)


def mean_score(words: Decoded) -> float:
    """Natural log per frame."""
    return sum(word.score for word in words) / max(1, frames_of(words))


def distance(left: Sequence[str], right: Sequence[str]) -> int:
    """Least number of inserted, dropped and changed items."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(right, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (a != b))
    return row[-1]
