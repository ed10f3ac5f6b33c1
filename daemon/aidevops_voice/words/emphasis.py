"""What the author of a text marks as weighty: bold words, labels, before and after, ticks and crosses; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from aidevops_voice.languages import Language
from aidevops_voice.words.speakable import Piece, render

_BOLD = re.compile(r"(?<=[\w,;)(] )\(?\*\*([^*\n]+)\*\*")
_NUMBER = re.compile(r"\d")
_GOOD = re.compile("[✅✔✓☑🟢]")
_BAD = re.compile("[❌✗✘✖🔴⛔🚫⚠🟡⏭]")

_BOTH = 2

WORTH: Mapping[str, float] = {
    "bold": 2.5,
    "number": 1.0,
    "compared": 4.0,
    "weighty": 3.0,
    "causes": 1.0,
    "perhaps": -6.0,
    "cure": 4.0,
}
"""What a part of a text is worth more, or less, for each of these."""


def worth(text: str, raw: str, language: Language, *, bold: bool = True) -> float:
    """Of one part of a sentence, `raw` being all of it as written."""
    marked = [one for one in bolds(raw, language) if one in text.lower()] if bold else []
    found = {
        "bold": bool(marked),
        "number": any(_NUMBER.search(part[1]) for part in _BOLD.finditer(raw)) and bool(marked),
        "compared": _sets_beside(text, language) or bool(language.marks["compared"].search(text)),
        **{mark: bool(language.marks[mark].search(text)) for mark in ("weighty", "causes", "perhaps", "cure")},
    }
    return sum(points for name, points in WORTH.items() if found[name])


def _sets_beside(text: str, language: Language) -> bool:
    """Whether it has two amounts of one unit: `this 61 seconds, that 1.4 seconds`."""
    found = [word.strip(",.") for word in text.split()]
    plurals = {many for _, many in language.units.values() if " " not in many}
    begun = text.split(",", 1)[0].split()
    return any(found.count(one) == _BOTH for one in plurals.intersection(found).difference(begun))


def bolds(raw: str, language: Language) -> list[str]:
    """The bold words in the midst of a sentence, as they are said."""
    return [said for found in _BOLD.finditer(raw) if (said := render(found[1], language).lower())]


_COUNTED = re.compile(r"\W*\d")
_FAILED, _FINE = 5.0, -4.0
"""What a crossed item is worth more where others of its list are ticked, and those less."""


def judged(items: Sequence[Piece], language: Language) -> list[float]:
    """For each item of one list what its mark is worth; nothing where all of them went the same way."""
    bad = [is_bad(item, language) for item in items]
    if not any(bad) or not any(_GOOD.search(item.raw) and not one for one, item in zip(bad, items, strict=True)):
        return [0.0] * len(items)
    ticked = [bool(_GOOD.search(item.raw)) and not _COUNTED.match(item.raw) for item in items]
    good = [not one and other for one, other in zip(bad, ticked, strict=True)]
    return [_FAILED * one + _FINE * other for one, other in zip(bad, good, strict=True)]


def is_bad(item: Piece, language: Language) -> bool:
    """Whether an item is marked as failed, skipped or doubtful."""
    return bool(_BAD.search(item.raw))
