"""What one sentence tells: failure, loss, numbers, names, nothing; by the tables of its language."""

from __future__ import annotations

import re
from functools import cache

from aidevops_voice.languages import Language, guess, languages

_CODE = re.compile(r"`[^`\n]*`")


def language_of(text: str) -> Language:
    """By its prose, not by the names in it."""
    return guess(_CODE.sub(" ", text[:4000]))


def is_filler(sentence: str, language: Language) -> bool:
    """Whether it says nothing once something follows: `Sure!`, `Let me look at …`."""
    return bool(language.marks["filler"].search(sentence))


def unopened(sentence: str, language: Language) -> str:
    """Without `Sure,` in front."""
    rest = language.marks["opener"].sub("", sentence, count=1)
    return rest[:1].upper() + rest[1:] if rest else sentence


def facts(sentence: str, language: Language) -> list[str]:
    """The numbers and the names of files in a sentence, as they are said."""
    return [found.group().strip() for found in _told_facts(language.code).finditer(sentence)]


@cache
def _told_facts(code: str) -> re.Pattern[str]:
    language = languages().get(code) or languages()["en"]
    some = (*range(30), *range(30, 1000, 10), 10**3, 10**6)
    counted = {word for n in some for word in re.findall(r"\w+", language.cardinal(n))}
    glue = "|".join(re.escape(language.terms[key]) for key in ("point", "and", "dot"))
    number = rf"(?:\d+|{'|'.join(sorted(counted, key=len, reverse=True))})"
    dot = re.escape(language.terms["dot"])
    return re.compile(rf"\b{number}(?:[ -](?:(?:{glue}) )?{number})*\b|\b\w+(?: \w+)? {dot} [a-z]{{1,5}}\b", re.I)


def troubled(text: str, language: Language) -> bool:
    """Whether it speaks of failure, or of something that is wrong."""
    told = language.not_bad.sub("", text)
    return bool(language.bad.search(told) or language.marks["trouble"].search(told))


def has_share(text: str, language: Language) -> bool:
    """Whether it counts a part: `two of the three`."""
    number = numbers(language.code).pattern.removeprefix("\\b").removesuffix("\\b")
    one = re.escape(language.cardinal(1))
    return bool(re.search(rf"(?:{number}|\b{one}) {language.terms['of']} (?:\w+ )?{number}", text, re.I))


def has_number(text: str, language: Language) -> bool:
    """Whether it counts something, beyond one."""
    return bool(numbers(language.code).search(text))


@cache
def numbers(code: str) -> re.Pattern[str]:
    """Whole numbers above one, in digits or words."""
    language = languages().get(code)
    cardinals = {language.cardinal(n) for n in (*range(2, 21), *range(30, 100, 10))} if language else set()
    return re.compile(rf"\b(?:\d+|{'|'.join(sorted(cardinals) or ['0'])})\b", re.I)
