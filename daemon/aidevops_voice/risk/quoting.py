"""How bash takes quotes and escapes off a word, and where in a text it would run something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from aidevops_voice.risk.tree import Piece, Unreadable

_ANSI = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c(.)|(.))", re.S)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "E": "\x1b", "f": "\f", "v": "\v"}


def ansi(text: str) -> str:
    """What stands in `$'…'`."""

    def value(match: re.Match[str]) -> str:
        for at, base in ((1, 16), (2, 16), (3, 16), (4, 8)):
            if match[at]:
                code = int(match[at], base)
                return chr(code) if 0 < code < 0x110000 else ""
        if match[5]:
            return chr(ord(match[5]) & 0x1F)
        return _LETTERS.get(match[6], match[6])

    return _ANSI.sub(value, text)


_PLAIN = re.compile(r"\\(\n)|\\(.)|([^\\]+)", re.S)
_META = re.compile(r"[\s;|&<>()`'\"]|\$(?=[\w{(\[@*#?!'\"-])")


def plain(text: str) -> Iterator[Piece]:
    """A part of a word outside of quotes; raises Unreadable where bash would end the word."""
    for match in _PLAIN.finditer(text):
        if match[2]:
            yield Piece("quoted", match[2])
        elif match[3]:
            if _META.search(match[3]):
                raise Unreadable
            yield Piece("plain", match[3])


_INSIDE = re.compile(r"\\([$`\"\\])|\\\n")
_RUNS = re.compile(r"`|\$[({\[]|\$(?=[\w@*#?!-])")
_RUN = re.compile(r"`|\$\(|[<>]\(")


def inside(text: str) -> str:
    """What stands in double quotes between the substitutions; raises Unreadable where there is one more."""
    if _RUNS.search(re.sub(r"\\.", "", text, flags=re.S)) or '"' in re.sub(r"\\.", "", text, flags=re.S):
        raise Unreadable
    return _INSIDE.sub(lambda match: match[1] or "", text)


def check_no_run(text: str) -> None:
    """Raises Unreadable where a text whose value does not matter would run something."""
    if _RUN.search(re.sub(r"\\.", "", text, flags=re.S)):
        raise Unreadable


_EXPANDED = re.compile(
    r"\\(?P<escaped>[$`\\])|`(?P<tick>(?:[^`\\]|\\.)*)`|\$\((?!\()(?P<run>)|\$\{?(?P<name>\w+)\}?|(?P<other>\$\(\("
    r"|\$\{|`)|(?P<text>[^\\`$]+|.)",
    re.S,
)
Part = Literal["run", "quoted", "quoted_variable", "unknown"]


def expanded(text: str) -> Iterator[tuple[Part, str]]:
    """A here-document whose mark is not quoted; `run` holds a command."""
    at = 0
    while at < len(text):
        match = _EXPANDED.match(text, at)
        if match is None:
            raise Unreadable
        at = match.end()
        if match["tick"] is not None:
            yield "run", re.sub(r"\\([`\\$])", r"\1", match["tick"])
        elif match["run"] is not None:
            end = _closing(text, at)
            yield "run", text[at:end]
            at = end + 1
        elif match["name"]:
            yield "quoted_variable", match["name"]
        elif match["other"]:
            raise Unreadable
        else:
            yield "quoted", match["escaped"] or match["text"]


def _closing(text: str, at: int) -> int:
    """The end of `$(`; raises Unreadable where quotes, escapes or comments make it less than plain."""
    depth = 1
    for here in range(at, len(text)):
        if text[here] in "'\"\\#":
            raise Unreadable
        depth += {"(": 1, ")": -1}.get(text[here], 0)
        if not depth:
            return here
    raise Unreadable
