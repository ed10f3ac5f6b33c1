"""A shell command as a tree of what it runs; parts that are only known when it runs stay marked as such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PieceKind = Literal["plain", "quoted", "variable", "quoted_variable", "output", "quoted_output", "process", "unknown"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word; `text` is the value, or the name of the variable."""

    kind: PieceKind
    text: str = ""
    nodes: tuple[Node, ...] = ()
    """What runs to make this part."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as written."""

    pieces: tuple[Piece, ...]
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """`NAME=value`; of an array the value is not kept."""

    name: str
    value: Word
    known: bool = True


@dataclass(frozen=True, slots=True)
class Redirect:
    """`op` as written; for a here-document or here-string the word is its text."""

    op: str
    target: Word


@dataclass(frozen=True, slots=True)
class Simple:
    """One program with its words."""

    words: tuple[Word, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Declare:
    """`export`, `declare`, `unset` and their kin."""

    program: str
    words: tuple[Word, ...]
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Run one after the other; `sure` is false where a part may be left out."""

    parts: tuple[Node, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Redirected as a whole; its own shell or not."""

    body: Node
    own_shell: bool = False
    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """A variable that takes each word, or none."""

    name: str
    words: tuple[Word, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Branches:
    """Any of them may run, or none."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Function:
    name: str
    body: Node


Node = Simple | Declare | Pipeline | Sequence | Group | Loop | Branches | Function


class Unreadable(Exception):
    """The text is no command, or one that two readers would understand differently."""
