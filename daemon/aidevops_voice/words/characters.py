"""A text without what is not writing: escapes, control, bidi and unseen characters; look-alikes in their usual form."""

from __future__ import annotations

import re
import unicodedata

from aidevops_voice.log import redact

_ESCAPE = re.compile(
    r"(?:\x1b(?!\[redacted\])\[|\x9b)[0-9;:?<=>!]{0,64}[ -/]{0,8}[@-~]?"
    r"|(?:\x1b[\]P_^X]|[\x9d\x90\x9f\x9e\x98])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]{0,4}(?!\[redacted\])[0-~]?|\\(?:x1b|u001b|033|e)\[[0-9;]{0,32}[A-Za-z]",
    re.I,
)
_UNSEEN = re.compile(r"[^\x20-\x7e\n\t]+")
_UPPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_RAISED = re.compile(r"(?<=[\w)])[⁻⁰¹²³⁴-⁹]+")
_PARTED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[\u00a0\u2009\u202f]\d{3}(?!\d))+")
"""Thousands apart by a blank that does not break a line."""
_FRACTION = "[¼-¾⅐-⅞↉]"
_VULGAR = re.compile(rf"(?<=\w)(?={_FRACTION}|⅟)|(?<={_FRACTION})(?=\w)")
_MODIFIERS = re.compile(r"[\u02b0-\u02ff]")
"""Signs that Unicode counts as letters; what was a letter is one again by now."""
_KEPT = frozenset("ºª…")
"""Compatibility characters that mean more than what they decompose to."""
_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\u034f")
_TOO_MANY_MARKS = 3


def has_escapes(text: str) -> bool:
    """Whether a terminal would not show it all."""
    return "\x1b" in text or (not text.isascii() and any(mark in text for mark in "\x9b\x90\x9d"))


def without_escapes(text: str) -> str:
    """Without what steers a terminal; as it may take the first letter of a secret with it, secrets go first."""
    return _ESCAPE.sub("", redact(text) if "\x1b" in text else text)


def plain(text: str) -> str:
    """Without escapes, control, private, bidi and other unseen characters; compatibility forms made usual ones."""
    if "\x1b" in text or "\\" in text or not text.isascii():
        text = without_escapes(text)
    if not text.isascii():
        text = _PARTED.sub(lambda m: re.sub(r"\D", "", m.group()), text)
        text = _RAISED.sub(_power, _VULGAR.sub(" ", unicodedata.normalize("NFC", text)))
    return _UNSEEN.sub(lambda m: _seen(m.group()), text)


def _power(m: re.Match[str]) -> str:
    before = m.string[max(0, m.start() - 2) : m.start()]
    digits = m.group().translate(_UPPER)
    # Behind a word it is the mark of a footnote.
    return "" if len(before) == 2 and before.isalpha() else f"^{digits}"


def _seen(run: str) -> str:
    if run.isascii():
        return " " if "\r" in run or "\x0c" in run or "\x0b" in run else ""
    usual = "".join(char if char in _KEPT else unicodedata.normalize("NFKC", char) for char in run)
    usual = _MODIFIERS.sub("", usual.replace("\u02bc", "'"))
    kept: list[str] = []
    marks = 0
    for char in usual:
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks <= _TOO_MANY_MARKS and not (marks and _decorates(char)):
            kept.append(_usual(char))
    return "".join(kept)


def _usual(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isnumeric() and not char.isalpha():
        return " "
    if char.isspace():
        return " " if char != "\n" else char
    return char if char.isprintable() and char not in _FILLERS else ""


def _decorates(char: str) -> bool:
    """Marks that no spelling needs once letters are composed, and variation selectors."""
    return (
        "\u0300" <= char <= "\u036f"
        or "\u1ab0" <= char <= "\u1aff"
        or "\u1dc0" <= char <= "\u1dff"
        or "\u20d0" <= char <= "\u20ff"
        or "\ufe00" <= char <= "\ufe2f"
        or char >= "\U000e0000"
    )
