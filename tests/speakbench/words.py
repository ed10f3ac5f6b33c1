"""Spoken and written English and Spanish brought to one form, so that `twelve`, `12` and `doce` are the same word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from speakbench.numerals import cardinals, joined, numbered

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\([A-Z]")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
LETTERS_AND_DIGITS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])(?!(?:st|nd|rd|th)\b)")
WORDLESS = re.compile(r"([\u3040-\u30ff\u3400-\u9fff])")
"""Written without spaces between words: each sign is one."""
IN_ENGLISH: Sequence[tuple[re.Pattern[str], str]] = ((re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),)
IN_SPANISH: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"(?<=\d)\.(?=(?:\d{3}\.)*\d{3}\b(?!\.\d))"), ""),
    (re.compile(r"(?<=\d),(?=\d)"), " point "),
    (re.compile(r"\bpor ciento\b", re.I), " percent "),
)
SYMBOLS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"(?<=\d)\.(?=\d)"), " point "),
    (re.compile(r"(?<=\w)\.(?=[A-Za-z_])|(?<![\w.])\.(?=[A-Za-z])"), " dot "),
    (re.compile(r"%"), " percent "),
    (re.compile(r"\bcan(?:no|['’])t\b", re.I), "can not"),
    (re.compile(r"\bwon['’]t\b", re.I), "will not"),
    (re.compile(r"n['’]t\b"), " not "),
    (re.compile(r"[’']s\b"), " s "),
)
WORD = re.compile(r"[^\W_]+")
TOKEN = re.compile(r"[^\W_]+|[,;:!?.](?=\s|$)|[—–|()\n]")


def word_set(words: str) -> frozenset[str]:
    """A set of words from one line."""
    return frozenset(words.split())


COMMON: Mapping[str, frozenset[str]] = {
    "en": word_set(
        "the is are was were of and to in it that this with for not you your have has be an on at by from which all "
        "i i'm i've it's pass passed passes fail failed fails test tests file files error errors done fixed"
    ),
    "es": word_set(
        "el los las que del una por con para esta estan es y en se su lo al hay mas pero fallo prueba pruebas archivo "
        "archivos hecho listo pasan pasaron fallan fallaron todas todos quieres puedo hago linea dos tres cuatro cinco "
        "seis siete ocho nueve diez doce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien"
    ),
    "de": word_set("der die und ist nicht das den ein eine mit auf für fur von wird wurde sind im zu es ich sie alle"),
    "fr": word_set("le les des est une pas dans pour avec sur et du ne qui au sont j'ai il ce vous nous tous en deux"),
    "pt": word_set("os um uma não nao em foi com para da dos das são sao mas você voce que ao"),
    "it": word_set("il gli di che non una per con sono del della nel ho tutti stato questo"),
}


def language(text: str) -> str:
    """en or es, by the usual words; another code, or empty, where numbers need not be words."""
    sample = _bare(text[:8000].lower())
    letters = [char for char in sample if char.isalpha()]
    if letters and sum(char.isascii() for char in letters) * 2 < len(letters):
        return ""
    found = re.findall(r"[^\W\d_]+(?:'[a-z]+)?", sample)
    hits = {code: sum(word in words for word in found) for code, words in COMMON.items()}
    best = max(hits, key=lambda code: hits[code])
    return best if hits[best] > (best not in ("en", "es")) else "en"


def is_spanish(text: str) -> bool:
    """Whether the words are read with Spanish numbers, where `once` is eleven."""
    return language(text) == "es"


def tokens(text: str, *, spanish: bool | None = None, split: bool = True) -> list[str]:
    """Lower-case words without accents; numbers as digits, ordinals as `20th`.

    `parse_config` and `main.py` are split; without `split` they stay one word, as they were written.
    """
    spanish = is_spanish(text) if spanish is None else spanish
    text = WORDLESS.sub(r" \1 ", ESCAPES.sub(" ", text))
    text = LETTERS_AND_DIGITS.sub(" ", CAMEL.sub(" ", text)) if split else text
    for pattern, instead in (*(IN_SPANISH if spanish else IN_ENGLISH), *SYMBOLS):
        glued = not split and instead in (" point ", " dot ")
        text = pattern.sub(instead.strip() if glued else instead, text)
    text = text if split else text.replace("_", "")
    return numbered(TOKEN.findall(_bare(text.lower())), spanish=spanish)


def contains(said: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the phrase stands in what was said, however its letters are parted: `SQ Lite` is `sqlite`."""
    return bool(places(said, phrase))


def places(said: Sequence[str], phrase: Sequence[str]) -> list[tuple[int, int]]:
    """Where the phrase begins and ends among the letters of what was said, at whole words."""
    starts, text = {0}, ""
    for word in said:
        text += word
        starts.add(len(text))
    wanted = "".join(phrase)
    found = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        if at in starts and at + len(wanted) in starts:
            found.append((at, at + len(wanted)))
        at = text.find(wanted, at + 1)
    return found


STEM = 5
"""Letters of a form of one word that may go on: `expir` is said by `expires` and `expired`."""


def says(text: str, forms: Sequence[str], *, spanish: bool | None = None) -> bool:
    """Whether one of the forms was said, whichever way its numbers are written and its only word ends."""
    spanish = is_spanish(text) if spanish is None else spanish
    said = cardinals(tokens(text, spanish=spanish))
    together = joined(said)
    for form in forms:
        phrase = cardinals(tokens(form, spanish=spanish))
        if contains(said, phrase) or contains(together, joined(phrase)) or _begins(said, phrase):
            return True
    return False


def _begins(said: Sequence[str], phrase: Sequence[str]) -> bool:
    stem = phrase[0] if len(phrase) == 1 and phrase[0].isalpha() else ""
    return len(stem) >= STEM and any(word.startswith(stem) for word in said)


SPELLING = word_set("capital upper lower case letter dash hyphen minus underscore dot point slash plus equals")


def squashed(text: str, *, spanish: bool = False, spelled: bool = False) -> str:
    """Letters and digits only, so that a secret spelled out is still found; `spelled` drops the names of signs."""
    return "".join(squashable(text, spanish=spanish, spelled=spelled))


def squashable(text: str, *, spanish: bool = False, spelled: bool = False) -> list[str]:
    """The words of which it is made."""
    found = numbered(WORD.findall(_bare(text.lower())), spanish=spanish)
    return cardinals([word for word in found if not (spelled and word in SPELLING)])


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
