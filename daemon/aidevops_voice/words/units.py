"""Units behind a number, in the spellings that people use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from aidevops_voice.languages import Language


def names(language: Language) -> Mapping[str, tuple[str, str]]:
    """The units as they are usually written: `KB`, `kB`, `kb` are one; `dB` is only one, and `DB` a database."""
    return _spellings(language.code, tuple(language.units.items()))


def pattern(language: Language) -> str:
    """What stands behind an amount."""
    return _pattern(language.code, tuple(names(language)))


def bare(language: Language) -> str:
    """Units without a number that no other word is written like: `kΩ`, `pF`, `kHz`."""
    return _bare(language.code, tuple(names(language)))


def attributive(m: re.Match[str], language: Language) -> bool:
    """Whether an amount says of what kind a thing is, `a 40 GB disk`."""
    behind = language.marks["qualifying"].search(m.string, max(0, m.start() - 12), m.start())
    return bool(behind and language.marks["qualified"].match(m.string, m.end()))


def lasts(m: re.Match[str], language: Language) -> bool:
    """Whether `40 m` are minutes: `2 h 40 m`, `took 40 m`."""
    behind = m.string[max(0, m.start() - 40) : m.start()]
    in_hours = re.search(r"[0-9] ?h(?:r?s?|oras?|ours?) $", behind)
    if language.marks["stretching"].match(m.string, m.end()):
        return False
    return bool(
        in_hours or language.marks["lasting"].search(behind) or language.marks["lasted"].match(m.string, m.end())
    )


@cache
def _bare(code: str, units: tuple[str, ...]) -> str:
    found = sorted((unit for unit in units if _MIXED.fullmatch(unit)), key=len, reverse=True)
    return rf"(?<![^\W_])(?P<bare_unit>{'|'.join(map(re.escape, found)) or '(?!)'})(?![^\W_])"


_MIXED = re.compile(
    r"[mkM]?Ω|[pnuμ]F|[nuμm]H|[nuμm]A|[mk]?Wh|m?Ah|[mkuμ]V|[mk]W|[kMG]?Hz|dBm?|μ[ms]|[KMGT]iB|[hk]Pa|[kMG]bit"
)


@cache
def _pattern(code: str, units: tuple[str, ...]) -> str:
    longest = sorted(units, key=len, reverse=True)
    spaced = "|".join(re.escape(unit) for unit in longest if len(unit) > 1 or unit in "sh%WVΩ")
    joined = "|".join(re.escape(unit) for unit in longest)
    # Only parts of a time follow each other without a space: `1h30m`, but not `1k8s`; a lone A behind a whole
    # number may be an article.
    return (
        rf"(?P<unit>(?:(?<=\d)(?:{joined})|(?<= )(?:{spaced})|(?<=[.,]\d )A|(?<=[.,]\d\d )A))(?![^\W\d_])"
        rf"(?:(?<=[0-9 ][hmsd])|(?![0-9]))"
    )


@cache
def _spellings(code: str, units: tuple[tuple[str, tuple[str, str]], ...]) -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for unit, names in units:
        for form in (unit, unit.replace("µ", "μ")):
            found[form] = names
            if len(form) > 1 and form == form.lower():
                found |= {form.upper(): names, form.capitalize(): names, f"{form[0]}{form[1:].upper()}": names}
                found |= {form[:-1].upper() + form[-1]: names, form[0] + form[1].upper() + form[2:]: names}
                found |= {form[0].upper() + form[1:-1] + form[-1].upper(): names}
    return found
