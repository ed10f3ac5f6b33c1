"""Which words make up spoken numbers, so that none is cut in two and no two are heard as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from aidevops_voice.languages import Language, languages, listed

_ARTICLES = frozenset(listed("un una"))
"""Numbers that stand before any other word: `un 5 %`."""
_HUNDREDS = (*range(100, 1000, 100), *range(101, 1000, 100))
_GREAT = (10**3, 10**6, 2 * 10**6, 10**9, 2 * 10**9, 10**12, 2 * 10**12)
_GLUE = ("point", "point_of_version", "minus", "times")


def _said(language: Language, numbers: Iterable[int]) -> Iterator[str]:
    """Words of numbers, also before a noun: `ochocientas`, `veintiún`."""
    nouns = [language.units[unit][0] for unit in ("h", "min")]
    for n in numbers:
        for said in (language.cardinal(n), *(language.agreeing(n, noun) for noun in nouns)):
            yield from said.split()


@cache
def _number_words() -> frozenset[str]:
    said = {word for one in languages().values() for word in _said(one, (*range(100), *_HUNDREDS, *_GREAT))}
    said |= {word for one in languages().values() for term in _GLUE for word in one.terms[term].split()}
    said |= {word for one in languages().values() for word in one.signs["%"].split()}
    return frozenset(part for word in said for part in (word, *word.split("-")))


def in_number(before: str, after: str) -> bool:
    """Whether a cut between two spoken words would make another number of theirs."""
    words = _number_words()
    return before.lower() in words and after.lower().rstrip(".,?!") in words


def begun(found: list[str], limit: int) -> list[str]:
    """The first words of a text, less those of a number that the cut falls into; none where it is nothing else."""
    while 0 < limit < len(found) and in_number(found[limit - 1], found[limit]):
        limit -= 1
    return found[:limit]


def told_apart(said: list[str]) -> str:
    """Texts in a row, with a comma where two numbers would be one: `20`, `1`; digits one by one have none."""
    text = ""
    for one in filter(None, said):
        last = text.rpartition(" ")[2]
        text += f"{',' if goes_on(last, one.split(' ', 1)[0]) else ''} {one}"
    return text.strip()


def goes_on(before: str, after: str) -> bool:
    """Whether a number goes on with the next word: twenty, one; not seven, seven."""
    return before.lower() in _roomy() and in_number(before, after)


_STOPS = re.compile(r"(?P<before>[^\s.,?!]*)[.,?!]+(?=\s+(?P<after>\S+)|\s*$)")


def unstopped(said: str) -> str:
    """Without stops and commas, but for those between numbers that would be one without."""
    return _STOPS.sub(
        lambda m: f"{m['before']}," if m["after"] and goes_on(m["before"], m["after"]) else m["before"], said
    )


@cache
def _roomy() -> frozenset[str]:
    """Words behind which a number may go on: twenty, hundred."""
    return frozenset(
        word for one in languages().values() for word in _said(one, (*range(20, 100, 10), *_HUNDREDS, *_GREAT))
    ) - frozenset(word for one in languages().values() for word in _said(one, range(20)))


@cache
def _endings() -> tuple[frozenset[str], frozenset[str]]:
    """The last words of numbers, and those of them that make a number in front of them greater: thousand."""
    last, greater = set[str](), set[str]()
    for one in languages().values():
        small = {part for word in _said(one, range(100)) for part in word.split("-")}
        great = {*_said(one, _HUNDREDS), *_said(one, _GREAT)}
        nth = (one.ordinal(n, feminine) for n in (*range(1, 101), *_GREAT) for feminine in (False, True))
        last |= {*small, *great, *(re.split(r"[ -]", said)[-1] for said in nth)} - {one.terms["and"], *_ARTICLES}
        greater |= {*_said(one, (100, *_GREAT))} - small
    return frozenset(last), frozenset(greater)


@cache
def _is_unit(word: str) -> bool:
    """Whether a number counts it: `second`."""
    return any(word.rstrip(".,?!") in names for one in languages().values() for names in one.units.values())


def runs_on(before: str, after: str, begins: bool) -> bool:
    """Whether two words would be heard as one number; `begins` where the second is known to begin one."""
    last, greater = _endings()
    if not begins and _is_unit(after):
        return False
    end = before.lower().rpartition("-")[2]
    first = after.lower().partition("-")[0].rstrip(".,?!")
    if first in _ARTICLES and not begins:
        return end in last
    heard = first in last or first in _number_words() if begins else first in last - greater
    return heard and end in last


def merge(first: str, second: str, language: Language) -> bool:
    """Whether two numbers in digits, said one behind the other, are a third: eighty, one."""
    if max(len(first), len(second)) > 3 or int(second) >= int(first):
        return False
    apart = f"{language.cardinal(int(first))} {language.cardinal(int(second))}"
    return _plain(apart) == _plain(language.cardinal(int(first) + int(second)))


def _plain(said: str) -> str:
    return said.replace("-", " ")
