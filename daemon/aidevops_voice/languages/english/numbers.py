"""English: numbers in words."""

from __future__ import annotations

import re

from aidevops_voice.languages import listed

_SMALL = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_LAST = re.compile(r"[a-z]+$")


def cardinal(n: int) -> str:
    """Up to 10**15, without an `and`."""
    if n < 20:
        return _SMALL[n]
    if n < 100:
        ten, one = divmod(n, 10)
        return _TENS[ten - 2] + (f"-{_SMALL[one]}" if one else "")
    size, name = next(scale for scale in _SCALES if n >= scale[0])
    many, rest = divmod(n, size)
    return f"{cardinal(many)} {name}" + (f" {cardinal(rest)}" if rest else "")


def ordinal(n: int, feminine: bool) -> str:
    """`21` -> twenty-first."""

    def last(match: re.Match[str]) -> str:
        word = match.group()
        return _ORDINALS.get(word) or (f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th")

    return _LAST.sub(last, cardinal(n))


def agreeing(n: int, word: str) -> str:
    """No English number changes with its noun."""
    return cardinal(n)
