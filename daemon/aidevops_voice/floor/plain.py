"""Words as they are compared: lower case, no punctuation or accents; and the phrases of every language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from aidevops_voice.languages import languages

_NOT_WORDS = re.compile(r"[^\w\s']+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")

Words = tuple[str, ...]


def bare(text: str) -> str:
    """Lower case, no punctuation or accents, single spaces."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower().replace("’", "'")))
    return " ".join(_NOT_WORDS.sub(" ", plain).split())


@cache
def phrases(*tables: str) -> frozenset[Words]:
    """All that stands in these tables of `Language.floor`, of every language."""
    return frozenset(
        tuple(bare(phrase).split())
        for language in languages().values()
        for table in tables
        for phrase in language.floor[table]
    )


@cache
def _longest(*tables: str) -> int:
    return max(map(len, phrases(*tables)))


def begins(said: Sequence[str], *tables: str) -> int:
    """Words of the longest phrase that it begins with."""
    known = phrases(*tables)
    longest = min(len(said), _longest(*tables))
    return next((size for size in range(longest, 0, -1) if tuple(said[:size]) in known), 0)


def ends(said: Sequence[str], *tables: str) -> int:
    """Words of the longest phrase that it ends with."""
    known = phrases(*tables)
    longest = min(len(said), _longest(*tables))
    return next((size for size in range(longest, 0, -1) if tuple(said[len(said) - size :]) in known), 0)


def consists(said: Sequence[str], *tables: str) -> bool:
    """Whether it is nothing but phrases of these tables, one after the other."""
    at = 0
    while at < len(said):
        size = begins(said[at:], *tables)
        if not size:
            return False
        at += size
    return bool(said)
