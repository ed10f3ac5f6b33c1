"""Signs between names and numbers, and what is written in letters but read as a sign: NaN, a unit alone, `no. 5`."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language
from aidevops_voice.words import names, units
from aidevops_voice.words.names import Handler, Places

_PRINTS = re.compile(r"(?<!\w)(?:echo|cat|printf|curl|grep|ls|sort|tee)\s[^.!?;]*$")
_MENU = re.compile(r"(?:^|[^\w])[A-Z][a-z]{2,}\s?$")
_OF_ONE, _NOUN = re.compile(r"\b(?:a|an|the|one)\s$", re.I), re.compile(r"[ -][a-z]{3,}")
_TOKEN = re.compile(r"[^\s<>]*")
_REDIRECTED = re.compile(r"[\w&./~$-]*[/.]|[12]?&|/dev\b")


def _comparison(m: re.Match[str], language: Language, places: Places) -> str:
    return f" {language.signs[m.group()]} "


def _tight(m: re.Match[str], language: Language, places: Places) -> str:
    """`x>y`, but neither a menu, `File>Open`, nor where output goes, `echo a>b.txt`, nor a type, `List<int>`."""
    sign, behind, ahead = m.group(), m.string[: m.start()][-40:], m.string[m.end() : m.end() + 60]
    if sign == ">":
        if _MENU.search(behind) and ahead[:1].isupper():
            return ", "
        last = _TOKEN.match(ahead)
        written = last.group() if last else ""
        typed = _PRINTS.search(behind) or "<" in behind.rsplit(" ", 1)[-1]
        if typed or names.is_file(written.rstrip(".,;:!?)")) or (_REDIRECTED.match(ahead) and "." not in behind[-1:]):
            return " "
    return f" {language.signs[sign]} "


def _nan(m: re.Match[str], language: Language, places: Places) -> str:
    return language.terms["nan"] + ("s" if m.group()[-1] == "s" else "")


def _infinity(m: re.Match[str], language: Language, places: Places) -> str:
    sign = {"-": "minus", "−": "minus", "+": "plus"}.get(m.group()[0])
    return f" {language.terms[sign]} {language.terms['infinity']} " if sign else f" {language.terms['infinity']} "


def _unit(m: re.Match[str], language: Language, places: Places) -> str:
    one, many = units.names(language)[m["bare_unit"]]
    return one if _OF_ONE.search(m.string[: m.start()][-8:]) and _NOUN.match(m.string, m.end()) else many


def _numbered(m: re.Match[str], language: Language, places: Places) -> str:
    return f"{language.terms['hash']} "


def lettered(language: Language) -> list[tuple[str, str, Handler]]:
    """Name, pattern and handler of what looks like a word and is none; tried before the words."""
    return [
        ("nan", r"(?<![^\W_])NaNs?(?![^\W_])", _nan),
        ("infinity", r"(?<![\w.-])(?:[-−+](?i:inf(?:inity)?)|[Ii]nf(?=[,;)]|[.!?]?\s|[.!?]?$))(?![\w.-]\w)", _infinity),
        ("bare_unit", units.bare(language), _unit),
        ("numbered", r"(?<=[a-záéíóúñ] )(?<!\bis )(?<!\bwas )(?<!\bsay )(?<!\bes )(?<!\bor )(?<!\by )(?<!\band )"
                     r"(?:[Nn](?:o|r|úm|um)\.|[Nn]º|n\.º) ?(?=[0-9])", _numbered),
    ]  # fmt: skip


def _reference(m: re.Match[str], language: Language, places: Places) -> str:
    """`&str`, `&'a mut self`: a kind of pointer, which its name tells without it."""
    return " "


COMPARISONS: tuple[tuple[str, str, Handler], ...] = (
    ("reference", r"(?<![^\s(\[<{,|:`'\"“‘])&(?:'[a-z_]\w{0,20} )?(?=[A-Za-z_(\[*])", _reference),
    ("comparison", r"(?<![^\s(\w,])[<>](?=\s?[0-9])(?![^<>\s]{0,20}>)|(?<=\s)[<>](?=\s)", _comparison),
    ("tight", r"(?<=[\w)\]])(?:>|<(?![^<>\s]{0,40}>)(?!\w+, ?[^<>\n]{0,60}>))(?=[A-Za-z_(])", _tight),
)
