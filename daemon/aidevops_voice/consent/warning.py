"""What the agent itself wrote that its request destroys: told as its words, which may only add to caution."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language, guess
from aidevops_voice.words.choice import lowered
from aidevops_voice.words.speakable import pieces, shortened, words

_READ = 2000
"""Characters of the text in front of the request."""
_LONGEST = 18
"""Words behind `it says`."""
_APART = re.compile(r"(?<=;)\s+|\n+")
_CLAUSE = re.compile(r"[,:] ")


def warning(text: str, usual: Language) -> str:
    """The last sentence that tells of a loss, as words; empty where none does."""
    language = guess(text, usual)
    if not language.code or language is not usual:
        return ""
    parts = [part for part in _APART.split(text[-_READ:]) if part.strip()]
    found = [one for part in parts for piece in pieces(part, language)[0] if _warns(one := piece.text, language)]
    return lowered(_fitted(found[-1], language), language).rstrip(".,!?") if found else ""


def _warns(said: str, language: Language) -> bool:
    return bool(language.marks["warns"].search(said)) and not said.endswith("?")


def _fitted(said: str, language: Language) -> str:
    """What of a long sentence tells of it, to its end."""
    if words(said) <= _LONGEST:
        return said
    ends = [match.end() for match in _CLAUSE.finditer(said)]
    tails = [said[at:] for at in ends if _warns(said[at:], language) and words(said[at:]) <= _LONGEST]
    return tails[0] if tails else shortened(said, _LONGEST)
