"""What was said as words: lower case, no punctuation, numbers alike; and how much of it the voice has just said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache

from aidevops_voice.languages import Language

Words = tuple[str, ...]

_ASIDE = re.compile(r"\s*(?:(?:\[[^\[\]]*\]|\([^()]*\)|\*[^*]*\*|<[^<>]*>)[\s.]*)+")
"""How recognisers write a sound that is no word."""
_SONG = re.compile(r"[♩♪♫♬]")
_GRUNT = re.compile(r"\b(uh|nuh|unh|mm+|mh?|hm+)-(uh|huh|h?m+)\b")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_PAUSE = re.compile(r"[.,;:!…—-]")
_ALIKE = 0.8
"""Of the letters; then two words may be one word heard twice."""
_SHARE = 0.75
"""Of the words that stand in the same order in what the voice said."""
_HIGHEST = 99
_HEAD, _TAIL = 40, 20
"""Words of an utterance that are looked at; a longer one is no answer, but may end in a no."""
_HEAD_CHARS, _TAIL_CHARS = 1200, 600
_TOLD = 200
"""Words of what the voice said last that can still come back."""
_LONG = 16
"""Words; a longer run is compared by its words alone, not by their order."""


def words(text: str) -> Words:
    """The words of an utterance; of a song, or a sound in brackets alone, none."""
    if len(text) > _HEAD_CHARS + _TAIL_CHARS:
        text = f"{text[:_HEAD_CHARS]} {text[-_TAIL_CHARS:]}"
    plain = _plain(text)
    if _SONG.search(plain) or _ASIDE.fullmatch(plain):
        return ()
    found = _WORD.findall(_GRUNT.sub(r"\1\2", plain))
    return tuple(found if len(found) <= _HEAD + _TAIL else [*found[:_HEAD], *found[-_TAIL:]])


def told(text: str) -> Words:
    """The last words of what the voice said."""
    return tuple(_WORD.findall(_GRUNT.sub(r"\1\2", _plain(text[-_TOLD * 20 :])))[-_TOLD:])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.lower().replace("’", "'").replace("`", "'"))


def asks(text: str) -> bool:
    """Whether it was written down as a question."""
    return "?" in text or "¿" in text or "？" in text


def pauses_before_last(text: str, last: str) -> bool:
    """Whether a pause was heard before the last words: `print it, no`."""
    before, found, _ = text.lower().replace("’", "'").rpartition(last)
    return bool(found) and bool(_PAUSE.search(before.rstrip()[-3:]))


def bare(word: str) -> str:
    """Without accents."""
    return _ACCENT.sub("", unicodedata.normalize("NFD", word))


def starts(said: Sequence[str], phrase: Sequence[str], at: int = 0) -> bool:
    """Whether the phrase stands there."""
    return tuple(said[at : at + len(phrase)]) == tuple(phrase)


def numbered(said: Sequence[str], language: Language) -> Words:
    """Number words of the language as digits, so that `seven` is `7`."""
    digits = _digits(language)
    return tuple(digits.get(word, word) for word in said)


@cache
def _digits(language: Language) -> Mapping[str, str]:
    return {language.cardinal(n): str(n) for n in range(_HIGHEST + 1) if language.cardinal(n).isalpha()}


@cache
def ordinals(language: Language) -> Mapping[str, int]:
    """`second`, `2nd`, `segunda` -> 2."""
    named = {language.ordinal(n, feminine): n for n in range(1, 21) for feminine in (False, True)}
    return {bare(word): n for word, n in named.items()} | {f"{n}{end}": n for n in range(1, 21) for end in _ENDS}


_ENDS = ("st", "nd", "rd", "th", "º", "ª")


def resembles(said: Words, told: Words) -> bool:
    """Whether what was said is, nearly word for word, a run of what the voice told."""
    if not said or not told:
        return False
    if len(said) > _LONG:
        return sum(word in set(told) for word in said) >= _SHARE * len(said)
    width, first = len(said) + len(said) // 3, said[: len(said) // 4 + 1]
    begins = (at for at, word in enumerate(told) if any(alike(one, word) for one in first))
    return any(_shared(said, told[at : at + width]) >= _SHARE * len(said) for at in begins)


def _shared(said: Words, told: Words) -> int:
    """How many words stand in both in the same order."""
    row = [0] * (len(told) + 1)
    for word in said:
        diagonal = 0
        for column, other in enumerate(told, 1):
            best = diagonal + 1 if alike(word, other) else max(row[column], row[column - 1])
            diagonal, row[column] = row[column], best
    return row[-1]


@cache
def alike(one: str, other: str) -> bool:
    """Whether two words may be one word heard twice."""
    if one == other:
        return True
    if one[0] != other[0] and one[-1] != other[-1]:
        return False
    short, unequal = min(len(one), len(other)) < 4, abs(len(one) - len(other)) > 2
    return not short and not unequal and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
