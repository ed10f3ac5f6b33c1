"""Which words make up spoken numbers, so that none is cut in two and no two are heard as one."""

from __future__ import annotations

import re
from functools import cache

from aidevops_voice.languages import languages, listed

_ARTICLES = frozenset(listed("un una"))
"""Numbers that stand before any other word: `un 5 %`."""


@cache
def _number_words() -> frozenset[str]:
    said = (
        one.cardinal(n)
        for one in languages().values()
        for n in (*range(100), *range(100, 1000, 100), 10**3, 10**6, 2 * 10**6, 10**9, 10**12)
    )
    joints = (one.terms[term] for one in languages().values() for term in ("point", "point_of_version", "minus"))
    return frozenset(word for words in (*said, *joints) for part in words.split() for word in (part, *part.split("-")))


def in_number(before: str, after: str) -> bool:
    """Whether a cut between two spoken words would make another number of theirs."""
    words = _number_words()
    return before.lower() in words and after.lower().rstrip(".,?!") in words


@cache
def _endings() -> tuple[frozenset[str], frozenset[str]]:
    """The last words of numbers, and those of them that make a number in front of them greater: thousand."""
    last, greater = set[str](), set[str]()
    for one in languages().values():
        small = {word for n in range(100) for word in re.split(r"[ -]", one.cardinal(n))}
        great = {word for n in (100, 1000, 10**6, 2 * 10**6, 10**9, 10**12) for word in one.cardinal(n).split()}
        nth = (one.ordinal(n, feminine) for n in range(1, 32) for feminine in (False, True))
        ordinals = {re.split(r"[ -]", said)[-1] for said in nth}
        last |= (small | great | ordinals) - {one.terms["and"], *_ARTICLES}
        greater |= great - small - _ARTICLES
    return frozenset(last), frozenset(greater)


def runs_on(before: str, after: str, begins: bool) -> bool:
    """Whether two words would be heard as one number; `begins` where the second is known to begin one."""
    last, greater = _endings()
    first = after.lower().partition("-")[0].rstrip(".,?!")
    heard = first in last or first in _number_words() if begins else first in last - greater
    return heard and before.lower().rpartition("-")[2] in last
