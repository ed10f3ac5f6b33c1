"""What the author of a text marks: bold words, ticks and crosses; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidevops_voice.languages import Language
from aidevops_voice.words.speakable import Piece, render

_BOLD = re.compile(r"(?<=[\w,;)(] )\(?\*\*([^*\n]+)\*\*")
_NUMBER = re.compile(r"\d")
_GOOD = re.compile("[✅✔✓☑🟢]")
_BAD = re.compile("[❌✗✘✖🔴⛔🚫⚠🟡⏭]")

_HEAVY, _HEAVIER = 2.5, 1.0
"""What bold words are worth, and more where one of them is a number."""


_OPENING = re.compile(r"\s*\*\*([^*\n]+)\*\*")
_HEAD = 12
"""Letters by which it is known where it begins."""
_STATEMENT = 3
"""Words from which on bold ones state something."""


def heavy(text: str, raw: str, language: Language) -> float:
    """What the bold words in one part of a sentence are worth, `raw` being all of it as written."""
    opening = _OPENING.match(raw)
    if opening and language.marks["negation"].search(opening[1]) and len(opening[1].split()) >= _STATEMENT:
        return _HEAVY + _HEAVIER if text.lower().startswith(render(opening[1], language).lower()[:_HEAD]) else 0.0
    if not any(one in text.lower() for one in bolds(raw, language)):
        return 0.0
    return _HEAVY + _HEAVIER * any(_NUMBER.search(found[1]) for found in _BOLD.finditer(raw))


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
