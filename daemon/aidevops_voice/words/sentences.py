"""One sentence or line of Markdown -> words, and the sentences in a line; pure."""

from __future__ import annotations

import re

from aidevops_voice import languages as tongues
from aidevops_voice.languages import Language
from aidevops_voice.log import redact
from aidevops_voice.words import asides, characters, cuts, markdown, number_words, wording
from aidevops_voice.words.names import Places

LONGEST = 20
"""Words of one sentence that an ear follows."""
END = re.compile(
    r"[.!?…](?=[\"')\]*_`»”]*(?:\s|$))[\"')\]*_`»”]*|[。！？]"
    r"|(?<=\w )(?:[\u2705\u274c\u2728\U0001f300-\U0001faff]\ufe0f?)+(?=\s+[`*¿¡]{0,2}[A-ZÁÉÍÓÚÑ])"
)
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|approx|aprox|resp|incl|no|fig|mr|mrs|dr|sr|sra|st|ej|núm|pág|\d{1,3}|"
    r"(?<![^\s(.])[a-z])\.$",
    re.I,
)
_LABEL = re.compile(r"\s*\*\*(?:root )?(?!yes|no\b|done)[^\W\d_]{2,20}\.\*\*", re.I)
"""`**Cause.** …`"""
_OPENS = frozenset("`¿¡“«*")
"""What a sentence begins with beside a capital."""
_INNER_STOP = re.compile(r"(\w*)[.!?] (?=\S)")


def render(text: str, language: Language | None = None, places: Places | None = None) -> str:
    """One sentence or line of Markdown as words, without secrets; empty when nothing of it can be said."""
    # A secret is known by where a word begins, and marks that are dropped join two.
    text = redact(characters.plain(text))
    language = language or tongues.guess(text)
    bare = markdown.bare(asides.without(markdown.judged(text, language), language), language)
    return wording.render(bare, language, places) if bare != text else wording.worded(bare, language, places)


def sentence(text: str, language: Language | None = None, places: Places | None = None) -> str:
    """Rendered, begun with a capital and ended with a stop."""
    return finished(_INNER_STOP.sub(_joined, render(text, language, places)))


def _joined(m: re.Match[str]) -> str:
    """Nothing but the last stop ends a sentence: what is abbreviated goes on, all else is a clause."""
    return f"{m[1]} " if _ABBREVIATION.search(f"{m[1]}.") and len(m[1]) > 1 else f"{m[1]}, "


def finished(words_: str) -> str:
    """Words as a sentence: begun with a capital, ended with a stop."""
    if not words_:
        return ""
    at = 1 if words_[0] in "¿¡" and len(words_) > 1 else 0
    capital = words_[at].upper()
    words_ = words_[:at] + (capital if len(capital) == 1 else words_[at]) + words_[at + 1 :]  # ß has none
    return words_ if words_[-1] in ".?!" else f"{words_}."


def identifier(name: str, language: Language | None = None) -> str:
    """`parse_config`, `HTTPServer`, `dry-run` -> words."""
    return wording.name(name, language or tongues.named("en"))


def file_name(path: str, language: Language | None = None) -> str:
    """The last part of a path as words, `src/app/main.py` -> main dot py."""
    return wording.name(path, language or tongues.named("en"))


def clauses(said: str, limit: int = LONGEST, language: Language | None = None, raw: str = "") -> list[str]:
    """A rendered sentence as sentences of at most `limit` words, cut where a clause ends; only an `and` is lost."""
    if words(said) <= limit:
        return [said]
    language = language or tongues.named("en")
    first, *others = parts(said, raw, limit, language)
    return [part for part in map(finished, (first, *(cuts.resumed(one, language) for one in others))) if part]


ASIDE = re.compile(r" \((?P<aside>[^()\n]{1,80})\)(?=[^\n]*\w)")
BRIEF = 8
"""Words of an aside that no cut parts from what it is about."""
_CODE = re.compile(r"`[^`\n]*`")
_TIED = "\N{NO-BREAK SPACE}"
"""Stands between the words that no cut parts while a sentence is cut."""


def parts(said: str, raw: str, limit: int, language: Language) -> list[str]:
    """A rendered sentence cut where a clause ends, but in no name or brief aside of what was written."""
    for name in {render(one, language) for one in _CODE.findall(raw)}:
        said = said.replace(name, name.replace(" ", _TIED)) if name else said
    goes_on = "|".join(language.marks[mark].pattern for mark in ("also", "conjunction"))
    for aside in {render(found["aside"], language) for found in ASIDE.finditer(raw)}:
        if 0 < words(aside) <= BRIEF:
            tied = f",{_TIED}{aside.replace(' ', _TIED)},{_TIED}"
            said = re.sub(rf", {re.escape(aside)}, (?!(?:{goes_on}) )", tied, said)
    return [one.replace(_TIED, " ") for one in cuts.cut(said, limit, language)]


def boundary(text: str) -> int | None:
    """Index after the first sentence that is surely over: a stop and white space behind it."""
    for match in END.finditer(text):
        unsure = text[match.start() - 1].isdecimal() or text[: match.start()][-2:].lower() == "no"
        if match.end() >= len(text) or (unsure and not text[match.end() :].strip()):
            return None
        if not _abbreviated(text, 0, match):
            return match.end()
    return None


def _abbreviated(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a stop ends no sentence; behind a number it does where a new one begins, unless it marks an item."""
    if _LABEL.fullmatch(text[start : stop.end()]) or text.count("`", start, stop.start()) % 2:
        return True
    found = _ABBREVIATION.search(text[max(start, stop.start() - 12) : stop.start() + 1])
    if found and found.group().lower() == "no." and not text[stop.end() :].lstrip()[:1].isdecimal():
        return False
    if not found or not found.group()[0].isdecimal():
        return bool(found)
    behind = text[stop.end() :].lstrip()[:1]
    marks_item = not text[start : stop.start() - len(found.group()) + 1].strip(" *_")
    return marks_item or not (behind.isupper() or behind in _OPENS)


def split(text: str) -> list[str]:
    """One line -> its sentences, unrendered."""
    pieces, start = [], 0
    for match in END.finditer(text):
        if not _abbreviated(text, start, match):
            pieces.append(text[start : match.end()].strip())
            start = match.end()
    return [piece for piece in (*pieces, text[start:].strip()) if piece]


def words(text: str) -> int:
    """How many words."""
    return len(text.split())


def shortened(text: str, limit: int) -> str:
    """At most `limit` words, cut at a comma where there is one late enough."""
    found = text.split()
    if len(found) <= limit:
        return text
    head = " ".join(number_words.begun(found, limit) or found[:limit])
    comma = head.rfind(",")
    head = head[:comma] if comma > len(head) // 2 else head
    return f"{head.rstrip(' ,.')}."


def count(n: int, noun: str, plural: str = "") -> str:
    """`2, file` -> two files; `0, file` -> no files."""
    number = tongues.named("en").cardinal(n) if n else "no"
    return f"{number} {noun if n == 1 else plural or noun + 's'}"
