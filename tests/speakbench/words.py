"""Spoken and written English and Spanish brought to one form, so that `twelve`, `12` and `doce` are the same word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence


def _from(first: int, step: int, words: str) -> dict[str, int]:
    return {word: first + step * at for at, word in enumerate(words.split())}


SMALL = _from(
    0,
    1,
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
) | _from(20, 10, "twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
SMALL_ES = (
    _from(
        0,
        1,
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
        "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
        "veintiocho veintinueve",
    )
    | _from(30, 10, "treinta cuarenta cincuenta sesenta setenta ochenta noventa")
    | _from(
        200,
        100,
        "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
    )
    | {"un": 1, "una": 1, "cien": 100, "ciento": 100}
)
SCALES_ES = {"mil": 1000, "millon": 10**6, "millones": 10**6}
SPANISH = re.compile(r"\b(el|la|los|las|que|del|una|por|con|para|están?|falló|pruebas?|archivos?)\b", re.I)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\([A-Z]")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
LETTERS_AND_DIGITS = re.compile(r"(?<=[a-zA-Z])(?=\d)|(?<=\d)(?=[a-zA-Z])")
SYMBOLS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"(?<=\d)\.(?=\d)"), " point "),
    (re.compile(r"(?<=\w)\.(?=[A-Za-z_])|(?<![\w.])\.(?=[A-Za-z])"), " dot "),
    (re.compile(r"%"), " percent "),
    (re.compile(r"\bcan(?:no|['’])t\b", re.I), "can not"),
    (re.compile(r"\bwon['’]t\b", re.I), "will not"),
    (re.compile(r"n['’]t\b"), " not "),
    (re.compile(r"[’']s\b"), " s "),
)
TOKEN = re.compile(r"[^\W_]+")


def word_set(words: str) -> frozenset[str]:
    """A set of words from one line."""
    return frozenset(words.split())


def is_spanish(text: str) -> bool:
    """Whether the words are read with Spanish numbers, where `once` is eleven."""
    sample = text[:4000]
    return len(SPANISH.findall(sample)) * 12 > len(sample.split())


def tokens(text: str, *, spanish: bool | None = None) -> list[str]:
    """Lower-case words without accents; identifiers split, numbers as digits."""
    spanish = is_spanish(text) if spanish is None else spanish
    text = CAMEL.sub(" ", ESCAPES.sub(" ", text))
    text = LETTERS_AND_DIGITS.sub(" ", text)
    for pattern, instead in SYMBOLS:
        text = pattern.sub(instead, text)
    found = TOKEN.findall(_plain(text.lower()))
    return numbered(found, spanish=spanish)


def numbered(found: Sequence[str], *, spanish: bool = False) -> list[str]:
    """The words with runs of number words turned into digits."""
    small: Mapping[str, int] = SMALL_ES if spanish else SMALL
    scales: Mapping[str, int] = SCALES_ES if spanish else SCALES
    joint = "y" if spanish else "and"
    out: list[str] = []
    at = 0
    while at < len(found):
        value, after = _number(found, at, small, scales, joint)
        if after > at:
            out.append(str(value))
            at = after
            continue
        word = found[at]
        out.append(str(int(word)) if word.isdecimal() and word.isascii() and len(word) < 16 else word)
        at += 1
    return out


def _number(
    found: Sequence[str], at: int, small: Mapping[str, int], scales: Mapping[str, int], joint: str
) -> tuple[int, int]:
    """The number that begins at this word and the place after it; the place itself where there is none."""
    total = group = 0
    room = 10**12
    begun, after = False, at
    while after < len(found):
        word = found[after]
        if begun and word == joint and after + 1 < len(found) and small.get(found[after + 1], room) < room:
            if not (joint == "y" or room >= 100):
                break
            after += 1
            continue
        if word in small and small[word] < room:
            value = small[word]
            group += value
            room = 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 0
        elif word in scales and (begun or word == "mil"):
            scale = scales[word]
            if scale == 100:
                group, room = group * 100, 100
            else:
                total, group, room = total + max(group, 1) * scale, 0, scale
        else:
            break
        begun, after = True, after + 1
    return total + group, after


def joined(words: Sequence[str]) -> list[str]:
    """Digits said one by one put together: `4 0 4` and `4 oh 4` are 404."""
    out: list[str] = []
    run = ""
    for at, word in enumerate(words):
        digit = "0" if word in ("oh", "o") and run and at + 1 < len(words) else word
        if len(digit) == 1 and digit.isdecimal():
            run += digit
            continue
        if run:
            out.append(str(int(run)))
        run = ""
        out.append(word)
    return [*out, str(int(run))] if run else out


def contains(said: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether the phrase stands in what was said, however its letters are parted: `SQ Lite` is `sqlite`."""
    starts, text = {0}, ""
    for word in said:
        text += word
        starts.add(len(text))
    wanted = "".join(phrase)
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        if at in starts and at + len(wanted) in starts:
            return True
        at = text.find(wanted, at + 1)
    return False


def says(text: str, forms: Sequence[str], *, spanish: bool | None = None) -> bool:
    """Whether one of the forms was said, whichever way its numbers are written."""
    spanish = is_spanish(text) if spanish is None else spanish
    said = tokens(text, spanish=spanish)
    together = joined(said)
    for form in forms:
        phrase = tokens(form, spanish=spanish)
        if contains(said, phrase) or contains(together, joined(phrase)):
            return True
    return False


def squashed(text: str, *, spanish: bool = False) -> str:
    """Letters and digits only, so that a secret spelled out is still found."""
    return "".join(numbered(TOKEN.findall(_plain(text.lower())), spanish=spanish))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn" or char == "\u0303")
