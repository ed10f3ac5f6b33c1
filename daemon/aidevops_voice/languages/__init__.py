"""What a language needs to be spoken, as tables; facts before they are words.

Each module or package in here is a language, by its constant `LANGUAGE`; nothing else names the languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib import import_module
from itertools import product
from pkgutil import iter_modules
from typing import Any, TypeVar

Phrase = str | tuple[str, str]
"""With `{fields}`; two are singular and plural, chosen by `n`."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One fact that is not in words yet: a phrase of the language and what stands in its fields."""

    key: str
    n: int | None = None
    """The number that decides between singular and plural, the field `{n}`."""
    fields: Mapping[str, str | int] = field(default_factory=dict)
    """Raw: names, paths and messages as written, numbers as numbers."""


def _cardinal_only(n: int, about: object) -> str:
    raise NotImplementedError


_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language as tables; what it does not bring is taken from English."""

    code: str
    """ISO 639-1; empty for a text in a language without rules."""
    common: frozenset[str]
    """Frequent short words, by which a text is recognised."""
    cardinal: Callable[[int], str]
    """A whole number, not negative, below 10**15, in words."""
    ordinal: Callable[[int, bool], str] = _cardinal_only
    """`3rd` -> third; the flag is for a feminine one, where there are."""
    agreeing: Callable[[int, str], str] = _cardinal_only
    """A whole number before a word, where it takes that word's gender."""
    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    """What the daemon itself says."""
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values of `ports.Command` -> whole utterances; lower case, no punctuation."""
    floor: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Who has the floor: what is only noise, mid-thought, asking for time, a correction; runs of words by table."""
    polite: tuple[str, ...] = ()
    """What may stand around a command and changes nothing."""
    good: re.Pattern[str] = _NEVER
    """Words of success."""
    bad: re.Pattern[str] = _NEVER
    """Words of failure."""
    not_bad: re.Pattern[str] = _NEVER
    """Words of failure that tell of none: `no errors`."""
    doubt: re.Pattern[str] = _NEVER
    """Words with which an answer is not called done on its behalf."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """The glue between the parts of names and numbers: `dot`, `point`, `line`."""
    signs: Mapping[str, str] = field(default_factory=dict)
    """What is written by a sign -> words, `->`, `%`; other signs are left out."""
    sign_names: Mapping[str, str] = field(default_factory=dict)
    """What a sign is called that is spoken of: `expected ';'`."""
    units: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """As written behind a number -> singular and plural."""
    shorts: Mapping[str, str] = field(default_factory=dict)
    """Abbreviations, lower case -> words."""
    months: tuple[str, ...] = ()
    """Twelve, as written inside a sentence."""
    own: str = ""
    """Letters and marks that of all languages here only this one writes."""
    decimal: str = "."
    """The mark before the fraction; the other one of `.` and `,` parts thousands."""
    marks: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """What makes a sentence worth saying, or not, by name: filler, gone, due …"""


def completed(one: Language, usual: Language) -> Language:
    """With what `usual` has for all that a language does not bring, but for abbreviations, which are its words."""
    added: dict[str, Any] = {}
    for each in fields(Language):
        own, other = getattr(one, each.name), getattr(usual, each.name)
        if each.name == "shorts":
            continue
        if isinstance(other, Mapping):
            added[each.name] = {**other, **own}
        elif own is _NEVER or own == ():
            added[each.name] = other
    if one.ordinal is _cardinal_only:
        added["ordinal"] = lambda n, feminine: one.cardinal(n)
    if one.agreeing is _cardinal_only:
        added["agreeing"] = lambda n, word: one.cardinal(n)
    return replace(one, **added)


def forms(patterns: str) -> tuple[str, ...]:
    """Whole utterances, parted by commas: `which|what files` are two, `read |it_all` may end after its first word."""
    found = [
        " ".join(" ".join(words).replace("_", " ").split())
        for pattern in patterns.split(",")
        for words in product(*(word.split("|") for word in pattern.split()))
    ]
    return tuple(dict.fromkeys(found))


def listed(words: str) -> list[str]:
    """The words of a line of a table."""
    return words.split()


_Entry = TypeVar("_Entry")


def joined(*tables: Mapping[str, _Entry]) -> dict[str, _Entry]:
    """Tables of one kind as one; raises ValueError where two have the same key, of which one would be lost."""
    found: dict[str, _Entry] = {}
    for table in tables:
        if twice := found.keys() & table.keys():
            raise ValueError(f"in two tables: {', '.join(sorted(twice))}")
        found |= table
    return found


_OTHERS = frozenset(
    listed(
        "der die das und ist nicht ein eine einen mit für auf wurde wurden sind wir ich sie werden hat haben auch "
        "les des est et une dans pour qui sur pas avec sont été nous vous il elle ce cette ont aux du je ne dont mais "
        "rien ai "
        "il di che è non per sono della nel alla più questo gli dei anche stato "
        "os um uma não com foi das em ao mais isso "
        "het een van niet zijn wordt werd voor deze naar ook "
        "och att det som inte är på av til ikke og er på ve bir için değil ile bu "
        "nie jest się że jak oraz"
    )
)
"""Frequent words of languages without rules."""
_WORD = re.compile(r"(?<![^\s(\"'«¿¡*])[^\W\d_]+(?![^\s.,;:!?)\"'»*…]|[.:][^\s*])")
_NO_PROSE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\]\([^()\s]*\)", re.S)
_SAMPLE = 4000
"""Characters by which a language is guessed."""


@cache
def languages() -> Mapping[str, Language]:
    """Every language that has a file, English first."""
    found = [import_module(f"{__name__}.{each.name}").LANGUAGE for each in iter_modules(__path__)]
    usual = next(one for one in found if one.code == "en")
    ordered = sorted(found, key=lambda one: (one is not usual, one.code))
    return {one.code: completed(one, usual) for one in ordered}


def named(code: str) -> Language:
    """The language of an ISO 639-1 code, English for what no language is recognised by; raises KeyError."""
    return languages()[code]


@cache
def unruled(phrases_of: str = "en") -> Language:
    """For a text in a language without rules: its structure is removed, its words and digits stay as they are."""
    return replace(named(phrases_of), code="", common=frozenset(), signs={}, units={}, shorts={})


def guess(text: str, default: Language | None = None) -> Language:
    """The language of a text by its common words; `default`, else English, where they say nothing."""
    usual = default or named("en")
    sample = text[:_SAMPLE]
    if _foreign_letters(sample):
        return unruled(usual.code or "en")
    prose = _NO_PROSE.sub(" ", sample) if "`" in sample or "](" in sample else sample
    counted = Counter(_WORD.findall(prose.lower()))
    hits = {code: _count(counted, one.common) for code, one in languages().items()}
    if not sample.isascii():
        hits = {code: n + 2 * any(char in sample for char in languages()[code].own) for code, n in hits.items()}
    others = _count(counted, _OTHERS)
    best = max(hits.values())
    if others > best and others > 1:
        return unruled(usual.code or "en")
    if not best or hits.get(usual.code) == best:
        return usual
    return next(one for code, one in languages().items() if hits[code] == best)


def _count(counted: Mapping[str, int], words: frozenset[str]) -> int:
    return sum(n for word, n in counted.items() if word in words)


def _foreign_letters(text: str) -> bool:
    """Whether most letters are of a script that no language here is written in."""
    if text.isascii():
        return False
    usual = unicodedata.normalize("NFKC", text)
    letters = [char for char in usual if char.isalpha() and char != "μ" and not "\u0250" <= char <= "\u02ff"]
    return sum(char > "\u024f" for char in letters) * 2 > len(letters)
