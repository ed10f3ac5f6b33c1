"""A shell command -> the simple commands that it may run, in order, as words; for what is told of it afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aidevops_voice.log import redact
from aidevops_voice.risk.parse import parse
from aidevops_voice.risk.tree import (
    Branches,
    Declare,
    Function,
    Group,
    Loop,
    Node,
    Pipeline,
    Redirect,
    Sequence,
    Simple,
    Unreadable,
    Word,
)

_READ, _CAP = 8 * 1024, 4000
"""Characters of a command that are searched for secrets, and those that are read."""
_RUNNERS = frozenset({"time", "nice", "nohup", "env", "command", "exec", "xargs"})
_ROOT = frozenset({"sudo", "doas"})
_APART = re.compile(r"&&|\|\||[;|\n]")
_FED = re.compile(r"(?:^|\s)\d?[<>]")
_INTO = frozenset({">", ">>", ">|", "&>", "&>>"})
_QUOTED = re.compile(r"([\"'])(.*?)\1|\\(.)", re.S)


@dataclass(frozen=True, slots=True)
class Step:
    """One simple command."""

    words: tuple[str, ...]
    """Without quotes, the program first; assignments and redirections are left out."""
    root: bool = False
    piped: bool = False
    """It reads what the one before prints."""
    files: tuple[str, ...] = ()
    """What it writes into."""

    @property
    def program(self) -> str:
        """Without its folder."""
        return self.words[0].rsplit("/", 1)[-1] if self.words else ""


def steps(command: str) -> list[Step]:
    """Of a line; where the grammar does not understand it, cut at the signs between commands."""
    text = redact(command[:_READ])[:_CAP]
    try:
        return list(_walked(parse(text)))
    except (Unreadable, RecursionError):
        cut = [(_FED.split(part, maxsplit=1)[0].split(), sign == "|") for part, sign in _cut(text)]
        return [step for words, piped in cut for step in _step(list(map(_bare, words)), (), piped)]


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """Parts with the sign before each."""
    at, sign = 0, ""
    for match in _APART.finditer(text):
        yield text[at : match.start()], sign
        at, sign = match.end(), match.group()
    yield text[at:], sign


def _walked(node: Node, piped: bool = False, files: tuple[str, ...] = ()) -> Iterator[Step]:
    match node:
        case Simple():
            yield from _step([_text(word) for word in node.words], (*_into(node.redirects), *files), piped)
        case Declare():
            yield from _step([node.program, *map(_text, node.words)], files, piped)
        case Pipeline():
            for at, part in enumerate(node.parts):
                yield from _walked(part, piped or at > 0, files if at == len(node.parts) - 1 else ())
        case Sequence() | Branches():
            for part in node.parts:
                yield from _walked(part, piped, files)
        case Group():
            yield from _walked(node.body, piped, (*_into(node.redirects), *files))
        case Loop() | Function():
            yield from _walked(node.body, piped, files)


def _into(redirects: tuple[Redirect, ...]) -> tuple[str, ...]:
    return tuple(_text(one.target) for one in redirects if one.op in _INTO)


def _text(word: Word) -> str:
    if all(piece.kind in ("plain", "quoted") for piece in word.pieces):
        return "".join(piece.text for piece in word.pieces)
    return _bare(word.raw)


def _bare(word: str) -> str:
    return _QUOTED.sub(lambda found: found.group(2) or found.group(3) or "", word)


def _step(words: list[str], files: tuple[str, ...], piped: bool) -> list[Step]:
    rest, root = list(words), False
    while rest and (rest[0] in _RUNNERS or rest[0] in _ROOT or re.match(r"[A-Za-z_]\w*=", rest[0])):
        root = root or rest[0] in _ROOT
        rest.pop(0)
        while root and rest and rest[0].startswith("-"):
            rest.pop(0)
    if not rest and not files:
        return []
    return [Step(tuple(rest), root, piped, tuple(one for one in files if one != "/dev/null"))]
