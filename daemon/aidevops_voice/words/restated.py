"""An amount and the same in another unit behind it, `86400 s (24 hours)`: one of them is enough."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from aidevops_voice.languages import Language
from aidevops_voice.words import units

_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "sec": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0,
            "hr": 3600.0, "d": 86400.0}  # fmt: skip
_BYTES = {"b": 1.0, "kb": 1e3, "kib": 2.0**10, "mb": 1e6, "mib": 2.0**20, "gb": 1e9, "gib": 2.0**30, "tb": 1e12,
          "tib": 2.0**40}  # fmt: skip
_AMOUNT = (
    r"[0-9]{1,3}(?:(?P<gap{n}>[,.' ])[0-9]{3}(?![0-9]))(?:(?P=gap{n})[0-9]{3}(?![0-9])){0,3}"
    r"(?:[.,][0-9]{1,3})?|[0-9]{1,15}(?:[.,][0-9]{1,6})?"
)
_CLOSE = 0.06
"""By how much two ways to write one amount may differ: rounded, or a kilobyte of 1000 and of 1024 bytes."""


def once(text: str, language: Language, said: Callable[[str], str]) -> str:
    """The text with the shorter to say of each two such amounts; `said` puts an amount into words."""
    if "(" not in text or not language.code:
        return text
    return _pattern(language).sub(lambda m: _shorter(m, language, said), text)


def _shorter(m: re.Match[str], language: Language, said: Callable[[str], str]) -> str:
    sizes = _sizes(language)
    first, second = m["first_unit"], m["second_unit"]
    kinds = {kind for kind, _ in (sizes[first], sizes[second])}
    a, b = _value(m["first"], language), _value(m["second"], language)
    if len(kinds) > 1 or a is None or b is None:
        return m.group()
    left, right = a * sizes[first][1], b * sizes[second][1]
    if not left or not right or abs(left - right) > _CLOSE * max(left, right):
        return m.group()
    one, other = f"{m['first']} {first}", f"{m['second']} {second}"
    return one if len(said(one).split()) <= len(said(other).split()) else other


def _value(text: str, language: Language) -> float | None:
    grouped = re.fullmatch(r"\d{1,3}(?:[,.' ]\d{3})+", text)
    if grouped and (language.decimal not in text or text.count(language.decimal) > 1 or " " in text):
        return float(re.sub(r"\D", "", text))
    other = "," if language.decimal == "." else "."
    plain = re.sub(r"[' ]", "", text)
    plain = plain.replace(other, "") if language.decimal in plain else plain.replace(other, ".")
    plain = plain.replace(",", ".")
    return float(plain) if plain.count(".") < 2 else None


@cache
def _sizes(language: Language) -> Mapping[str, tuple[str, float]]:
    """Units as they are written, short or in full -> what they measure, and how much of it."""
    known = units.names(language)
    found: dict[str, tuple[str, float]] = {}
    for kind, table in (("time", _SECONDS), ("size", _BYTES)):
        for short, size in table.items():
            one, many = language.units[short]
            forms = [form for form in known if known[form] == (one, many)]
            found |= dict.fromkeys([*forms, one, many], (kind, size))
    return found


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    unit = "|".join(sorted(map(re.escape, _sizes(language)), key=len, reverse=True))
    about = r"(?:[~≈=]|about |around |roughly |or |i\.e\. |es decir,? |o |unos |unas )?"
    first, second = _AMOUNT.replace("{n}", "1"), _AMOUNT.replace("{n}", "2")
    return re.compile(
        rf"(?<![\w.,])(?P<first>{first}) ?(?P<first_unit>{unit})(?!\w)"
        rf" \({about}(?P<second>{second}) ?(?P<second_unit>{unit})(?!\w)\)"
    )
