"""Which session or project is meant by what was said; pure, texts come normalised: lower case, no marks, no accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from aidevops_voice.languages import Language, languages

LAST = "*last"
"""The name of the session that one comes from."""
MOST_WORDS = 14
"""Of an utterance that is a wish to go somewhere."""
_LIKE = 0.82
_STEM = 4
"""Letters; so many of a word's beginning name it."""
_COUNTED = 30
_MARKS = re.compile(r"[^\w\s]+|_")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_KINDS = {"session": "session", "project": "project", "sesion": "session", "proyecto": "project"}


@dataclass(frozen=True, slots=True)
class Wish:
    """Where the user wants to go."""

    name: str
    """As said, a number in digits, or `LAST`."""
    kind: str = ""
    """session, project, or empty when it was not said."""
    sure: bool = False
    """It can be meant for nothing else; else it counts only when such a place is known."""


def bare(text: str) -> str:
    """Lower case, without marks and accents."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower()))
    return " ".join(_MARKS.sub(" ", plain).split())


def wish(said: str) -> Wish | None:
    """Where a whole utterance wants to go."""
    if len(said.split()) > MOST_WORDS:
        return None
    for language in languages().values():
        if found := language.marks["switch"].fullmatch(said):
            return _wish(found, language)
    return None


def _wish(found: re.Match[str], language: Language) -> Wish:
    strict, name = bool(found["verb"] or found["open"]), found["name"] or found["loose"] or found["open"]
    if strict and language.marks["switch_last"].fullmatch(name):
        return Wish(LAST, "session", sure=True)
    kind = ""
    if said := language.marks["switch_kind"].fullmatch(name):
        name = said["name"] or said["name2"]
        kind = _KINDS[said["kind"] or said["kind2"]]
    number = place(name)
    return Wish(str(number) if number else name, kind, sure=strict and bool(kind or number))


def place(said: str) -> int:
    """`two`, `number two`, `the second one` -> 2; 0 for what is no number."""
    return next((found for one in languages().values() if (found := _numbers(one).get(_core(said, one), 0))), 0)


def _core(said: str, language: Language) -> str:
    return language.marks["switch_around"].sub("", said) if said not in ("one", "uno", "una") else said


@cache
def _numbers(language: Language) -> dict[str, int]:
    known: dict[str, int] = {}
    for n in range(_COUNTED, 0, -1):
        words = (str(n), language.cardinal(n), language.agreeing(n, "sesión"))
        for word in (*words, language.ordinal(n, False), language.ordinal(n, True)):
            known[bare(word)] = n
    return known


def matching(said: str, titles: Sequence[str]) -> list[int]:
    """Indexes of the titles that the words may mean: all of the words are in them, else the one that sounds alike."""
    names, wanted = [bare(title) for title in titles], _words(said)
    if not wanted:
        return []
    if exact := [at for at, name in enumerate(names) if name == said or _words(name) == wanted]:
        return exact
    if within := [at for at, name in enumerate(names) if _within(wanted, name.split())]:
        return within
    return _alike("".join(wanted), names)


def _words(said: str) -> list[str]:
    cores = {_core(said, language) for language in languages().values()}
    return min(cores, key=len).split()


def _within(wanted: list[str], name: list[str]) -> bool:
    return all(any(word == each or (len(word) >= _STEM and each.startswith(word)) for each in name) for word in wanted)


def _alike(said: str, names: list[str]) -> list[int]:
    marks = [SequenceMatcher(None, said, name.replace(" ", ""), autojunk=False).ratio() for name in names]
    best = max(marks, default=0.0)
    return [marks.index(best)] if best >= _LIKE and len(said) >= _STEM else []
