"""Words that were put together one by one -> one sentence: single spaces and stops, no two numbers heard as one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from aidevops_voice.languages import Language
from aidevops_voice.words import number_words

EDGE = "\ue000"
"""Stands before and behind a number that was written in digits until all around it is words; no text holds it."""
_ALIKE = frozenset({"GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"})
"""Scripts whose letters look like Latin ones."""
_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+([.,?!])")
_MARKS_RUN = re.compile(r"([.,?!])(?:\s*[.,?!])+")
_TIGHT = re.compile(r"([.,?!])(?=[^\W\d_])")
_LONE_DASH = re.compile(r"(?<![^\W\d_])-+|-+(?![^\W\d_])")
_LONE_QUOTE = re.compile(r"(?<![^\W\d_])'+|'+(?![^\W\d_])")
_POSSESSIVE = re.compile(r"(?<=\w) +'s(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]+")


def tidy(text: str, language: Language) -> str:
    """Without blanks, marks and letters that nobody can say."""
    if "-" in text:
        text = _LONE_DASH.sub(" ", text) if language.code else re.sub(r"(?<!\w)-+|-+(?!\w)", " ", text)
    if "'" in text:
        text = _LONE_QUOTE.sub("", _POSSESSIVE.sub("'s", text))
    if not text.isascii():
        text = _LETTERS.sub(lambda m: _clear(m.group(), language), text)
        text = _opened(text, language).replace("ª", " ").replace("º", " ")
    text = _SPACES.sub(" ", text)
    if EDGE in text:
        text = _apart(text)
    text = _BEFORE_MARK.sub(r"\1", text)
    text = _MARKS_RUN.sub(_strongest, text)
    if language.code:
        text = _TIGHT.sub(r"\1 ", text)
    text = text.strip(" ,-").lstrip(".?! ")
    return text if any(char.isalnum() for char in text) else ""


def _apart(text: str) -> str:
    """A comma between two numbers, for `20 1` is not twenty-one."""
    out: list[str] = []
    for word in text.split(" "):
        begins = word[:1] == EDGE
        if out and (begins or out[-1][-1:] == EDGE):
            apart = number_words.runs_on(out[-1].strip(EDGE), word.strip(EDGE), begins)
            out[-1] += "," if apart else ""
        out.append(word)
    return " ".join(out).replace(EDGE, "")


def _strongest(m: re.Match[str]) -> str:
    marks = m.group()
    return next((mark for mark in "?!." if mark in marks), ",")


def _opened(text: str, language: Language) -> str:
    if "¿" not in language.own:
        return text.replace("¿", " ").replace("¡", " ")
    return re.sub(r"[¿¡]+\s*(?=\w)", lambda m: f" {m.group()[0]}", re.sub(r"[¿¡](?!\s*\w)", " ", text))


def _clear(word: str, language: Language) -> str:
    """A word that mixes look-alike scripts is never spoken as what it looks like."""
    if word.isascii():
        return word
    scripts = {_script(char) for char in word}
    return language.terms["mixed"] if len(scripts) > 1 and scripts & _ALIKE else word


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "?").split()[0]
