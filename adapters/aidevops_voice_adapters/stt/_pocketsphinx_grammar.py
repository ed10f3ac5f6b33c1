"""Phrases to a JSGF grammar, and how an unknown word probably sounds; pure, and imported by the engine process."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

Lookup = Callable[[str], str | None]
"""A word's sounds in ARPABET, or None when the dictionary lacks it."""

# Words of the trade that spelling rules get wrong.
KNOWN = {
    "readme": "R IY D M IY", "todo": "T UW D UW", "json": "JH EY S AH N", "yaml": "Y AE M AH L", "sudo": "S UW D UW",
    "pytest": "P AY T EH S T", "github": "G IH T HH AH B", "async": "EY S IH NG K", "makefile": "M EY K F AY L",
    "changelog": "CH EY N JH L AO G", "typescript": "T AY P S K R IH P T",
}  # fmt: skip

# Spelling to sounds, longest first; rough, but near enough to choose between some dozens of phrases.
SPELLINGS = {
    "tion": "SH AH N", "igh": "AY", "tch": "CH",
    "ch": "CH", "sh": "SH", "th": "TH", "ph": "F", "ck": "K", "qu": "K W", "wh": "W", "ng": "NG", "kn": "N", "wr": "R",
    "ee": "IY", "ea": "IY", "oo": "UW", "ou": "AW", "ow": "OW", "oa": "OW", "ai": "EY", "ay": "EY", "oy": "OY",
    "oi": "OY", "au": "AO", "aw": "AO", "ar": "AA R", "er": "ER", "ir": "ER", "or": "AO R", "ur": "ER",
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K",
    "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "AH", "v": "V",
    "w": "W", "x": "K S", "y": "IY", "z": "Z", "'": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grammar:
    """A grammar without pronunciations that the dictionary has; `skipped` are phrases that cannot be spoken."""

    jsgf: str
    phrases: frozenset[str]
    """As they are spoken."""
    guessed: dict[str, str]
    """Words to add, with their sounds."""
    skipped: tuple[str, ...]


def build(phrases: Iterable[str], lookup: Lookup) -> Grammar:
    """The grammar of whole phrases; one bad phrase costs only itself."""
    spoken: dict[str, None] = {}
    skipped: list[str] = []
    guessed: dict[str, str] = {}
    for phrase in phrases:
        words = speakable_words(phrase)
        if not words:
            skipped.append(phrase)
            continue
        spoken[" ".join(words)] = None
        guessed |= {word: guess(word, lookup) for word in words if lookup(word) is None}
    return Grammar(jsgf(spoken), frozenset(spoken), guessed, tuple(skipped))


def jsgf(phrases: Iterable[str]) -> str:
    """Empty without phrases, as a grammar cannot be."""
    rule = " | ".join(phrases)
    return f"#JSGF V1.0;\ngrammar phrases;\npublic <phrase> = {rule};\n" if rule else ""


def speakable_words(phrase: str) -> list[str]:
    """Lower-case words of letters and apostrophes; empty when something in the phrase has no words."""
    text = re.sub(r"[0-9]", lambda digit: f" {DIGITS[int(digit.group())]} ", phrase.lower())
    text = re.sub(r"[-_/.,!?;:]+", " ", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    words = text.split()
    return words if all(re.fullmatch(r"[a-z][a-z']*", word) for word in words) else []


def guess(word: str, lookup: Lookup) -> str:
    """Sounds of a word that the dictionary lacks: known here, of two words that it has, else by spelling."""
    if word in KNOWN:
        return KNOWN[word]
    for cut in sorted(range(2, len(word) - 1), key=lambda at: abs(2 * at - len(word))):
        head, tail = lookup(word[:cut]), lookup(word[cut:])
        if head and tail:
            return f"{head} {tail}"
    return " ".join(_spelled(word))


def _spelled(word: str) -> list[str]:
    sounds: list[str] = []
    at = 0
    while at < len(word):
        size = next(size for size in (4, 3, 2, 1) if word[at : at + size] in SPELLINGS)
        sounds += SPELLINGS[word[at : at + size]].split()
        at += size
    return sounds or ["AH"]
