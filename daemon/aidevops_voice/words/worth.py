"""What a sentence is worth to a listener by its words: failure, loss, advice, numbers and names; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from aidevops_voice.languages import Language
from aidevops_voice.words import signals

_NAMED = re.compile(
    r"`([^`\n]+)`|\*\*([^*\n]+)\*\*|\b([\w-]+\.[a-z]{1,5})\b|\b(\w+_\w+|[a-z]+[A-Z]\w*|[A-Z]\w*[a-z][A-Z]\w*|[A-Z]{3,})\b"
)
WORTH: Mapping[str, float] = {
    "gone": 4.0,
    "sum": 5.0,
    "steps": 5.0,
    "step": 3.0,
    "caveat": 3.0,
    "due": 3.0,
    "gist": 2.0,
    "blame": 3.0,
    "protect": 5.0,
    "kept": 3.0,
    "error": 3.0,
    "advice": 2.0,
    "trouble": 1.0,
    "checked": 4.0,
    "unsaved": 4.0,
    "untried": 3.0,
    "future": -4.0,
    "aside": -3.0,
    "activity": -7.0,
    "compared": 4.0,
    "weighty": 3.0,
    "causes": 1.0,
    "perhaps": -6.0,
    "cure": 4.0,
}
"""What a sentence is worth more, or less, for each mark of its language."""
_BOTH = 2


def worth(text: str, language: Language) -> float:
    """The sum of what it speaks of."""
    told = language.not_bad.sub("", text)
    done = language.good.search(text) and not language.marks["negation"].search(text)
    found = 1.0 + 4.0 * bool(language.bad.search(told)) + 2.0 * bool(done)
    marks = {mark for mark in WORTH if language.marks[mark].search(told)}
    marks |= {"compared"} if _sets_beside(text, language) else set()
    return found + sum(WORTH[mark] for mark in marks)


def _sets_beside(text: str, language: Language) -> bool:
    """Whether it has two amounts of one unit: `this 61 seconds, that 1.4 seconds`."""
    found = [word.strip(",.") for word in text.split()]
    plurals = {many for _, many in language.units.values() if " " not in many}
    begun = text.split(",", 1)[0].split()
    return any(found.count(one) == _BOTH for one in plurals.intersection(found).difference(begun))


def is_loud(text: str, language: Language, *, step: bool = False) -> bool:
    """Whether it is left out last: failure, loss or what protects from it; `remove it later` as a step is none."""
    if signals.troubled(text, language) and not language.marks["supposed"].match(text):
        return True
    if step and language.marks["to_remove"].match(text):
        return False
    text = language.not_bad.sub("", text)
    return any(language.marks[mark].search(text) for mark in ("gone", "step", "protect", "blame", "unsaved", "cure"))


def facts(raw: str, text: str, language: Language) -> frozenset[str]:
    """Its numbers and names, which need not be told twice."""
    names = {next(filter(None, found.groups())).lower() for found in _NAMED.finditer(raw)}
    return frozenset(signals.numbers(language.code).findall(text.lower())) | frozenset(names)
