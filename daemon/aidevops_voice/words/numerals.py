"""Digits in the words of a language: counts, decimals, labels, versions, ports and years."""

from __future__ import annotations

import re
from collections.abc import Callable

from aidevops_voice.languages import Language, listed

Handler = Callable[[re.Match[str], Language], str]

LONGEST = 15
"""Digits that are said; a longer run is only named."""
MOST_WORDS = 19
"""A number of more words is only named too, for it fills a sentence."""
_NEXT_WORD = re.compile(r"\s*([^\W\d_]*)")
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s.:=#(*_]{0,5}$")
PORT = frozenset(listed("port ports puerto puertos"))
GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")


def spelled(digits: str, language: Language) -> str:
    """One digit after the other."""
    return " ".join(language.cardinal(int(digit)) for digit in digits)


def whole(digits: str, language: Language, word: str = "") -> str:
    """A run of digits as a number, in the gender of the word behind it; with zeros in front digit by digit."""
    if len(digits) > LONGEST:
        return language.terms["long_number"]
    if digits[0] == "0" and len(digits) > 1:
        return spelled(digits, language)
    said = language.agreeing(int(digits), word)
    return said if said.count(" ") < MOST_WORDS else language.terms["long_number"]


def label(digits: str, language: Language) -> str:
    """A run of digits inside a name: up to two as a number, a year as a year, more of them one by one."""
    if len(digits) > LONGEST:
        return language.terms["long_number"]
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return year(digits, language)
    return whole(digits, language) if len(digits) < 3 else spelled(digits, language)


def version(text: str, language: Language) -> str:
    """`2.13.0` -> two point thirteen point zero."""
    return f" {language.terms['point_of_version']} ".join(label(part, language) for part in text.split("."))


def number(text: str, language: Language, word: str = "") -> str:
    """`1,234`, `-2.5`, `1e-5`; its marks are read as the language writes them."""
    sign = f"{language.terms['minus']} " if text[0] in "-−" else ""
    text, mark, power = text.lstrip("-−+").lower().partition("e")
    exponent = f" {language.terms['times']} {_ten_to(power, language)}" if mark else ""
    return sign + _unsigned(text, language, word) + exponent


def _ten_to(power: str, language: Language) -> str:
    return f"{language.cardinal(10)} {language.terms['power']} {number(power.lstrip('+') or '0', language)}"


def _unsigned(text: str, language: Language, word: str) -> str:
    mark = decimal_mark(text, language)
    if not mark:
        return ", ".join(whole(part, language, word) for part in counts(text, language))
    head, tail = text.split(mark)
    point = language.terms["point" if mark == language.decimal else "point_of_version"]
    if len(tail) > LONGEST:
        return language.terms["long_number"]
    return f"{whole(re.sub(r'[^0-9]', '', head), language)} {point} {spelled(tail, language)}"


def _grouped(text: str, language: Language) -> bool:
    parted = GROUPED.fullmatch(text)
    return bool(parted and (parted.group(1) != language.decimal or text.count(language.decimal) > 1))


def decimal_mark(text: str, language: Language) -> str:
    """The mark before a fraction, where there is one."""
    if _grouped(text, language):
        return ""
    last = max(map(text.rfind, ".,"))
    return next((m for m in (language.decimal, ".") if text.count(m) == 1 and text.rfind(m) == last), "")


def counts(text: str, language: Language) -> list[str]:
    """The digits of a number in groups, or those of several numbers: `1,234`, `1,2`."""
    return [re.sub(r"\D", "", text)] if _grouped(text, language) else re.findall(r"\d+", text)


def before(m: re.Match[str]) -> str:
    """The word before a match, lower case."""
    found = _LAST_WORD.search(m.string[max(0, m.start() - 24) : m.start()])
    return found.group(1).lower() if found else ""


def after(m: re.Match[str]) -> str:
    """The word behind a match."""
    found = _NEXT_WORD.match(m.string, m.end())
    return found.group(1) if found else ""


def port_of(digits: str, language: Language) -> str:
    """Port eight zero eight zero."""
    return f" {language.terms['port']} {ported(digits, language)}"


def ported(digits: str, language: Language) -> str:
    """A port as it is said everywhere: 8080 digit by digit, 3000 as a number."""
    return whole(digits, language) if digits.endswith("00") else spelled(digits, language)


def year(digits: str, language: Language) -> str:
    """`2025` -> twenty twenty-five, where years are said in pairs."""
    first, last = int(digits[:2]), int(digits[2:])
    if language.terms["years"] != "paired" or not 10 <= last <= 99 or not 11 <= first <= 20:
        return whole(digits, language)
    return f"{language.cardinal(first)} {language.cardinal(last)}"


def counted(n: int, unit: str, language: Language) -> str:
    """`2, min` -> two minutes."""
    one, many = language.units[unit]
    return f"{language.agreeing(n, one)} {one if n == 1 else many}"
