"""JSON read as it arrives: over-long strings lose their middle on the way in, so no document is ever large."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

STEP = 4 * 1024
"""Bytes scanned without a pause."""
_LITERAL = 64 * 1024
_TIGHT = 2 * 1024
_CROWDED = 128 * 1024
"""Once a document holds this many bytes, its further strings get the tight limit."""
_HARD = 512 * 1024
"""A document that is still larger is given up."""
_DEPTH = 100

CUT = "\n…\u2063\n"
"""Stands where the middle of a string was dropped."""
_CUT_JSON = b"\\n\\u2026\\u2063\\n"

_INSIDE = re.compile(rb'(?:[^"\\\n]++|\\[^\n])*+')
_OUTSIDE = re.compile(rb'[^"{}\[\]]*+')
_WHOLE = re.compile(rb"(?:[^\\]++|\\u[0-9a-fA-F]{4}|\\[^u])*+")
_LOW = re.compile(rb"\\u[dD][c-fC-F]")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class Broken(ValueError):
    """Not JSON, too deep or too large."""


class Documents:
    """Splits a byte stream into JSON objects and arrays standing `level` brackets deep."""

    def __init__(self, level: int = 0) -> None:
        self._level = level
        self.reset()

    def reset(self) -> None:
        """Forget an unfinished document."""
        self._depth = 0
        self._done = bytearray()
        self._literal: _Literal | None = None
        self._rest = b""
        self.stray = False

    @property
    def unfinished(self) -> bool:
        """Whether a document began and did not end."""
        return self._depth > self._level or self._literal is not None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Each document that ends within `data`, squeezed; raises Broken."""
        data, self._rest = self._rest + data, b""
        at = 0
        while at < len(data):
            if self._literal is not None:
                at = self._string(data, at, self._literal)
                if self._rest:
                    return
                continue
            end = _OUTSIDE.match(data, at).end()  # type: ignore[union-attr]  # it matches the empty string
            self._keep(data[at:end])
            at = end + 1
            if end < len(data) and self._bracket(data[end : end + 1]):
                yield bytes(self._done)
                self._done.clear()

    def _string(self, data: bytes, at: int, literal: _Literal) -> int:
        end = _INSIDE.match(data, at).end()  # type: ignore[union-attr]  # it matches the empty string
        literal.add(data[at:end])
        if end == len(data):
            return end
        if data[end : end + 1] == b'"':
            self._literal = None
            self._keep(literal.squeezed() + b'"')
            return end + 1
        if data[end : end + 1] == b"\\" and end + 1 == len(data):
            self._rest = data[end:]
            return end
        raise Broken("a line break within a string")

    def _bracket(self, mark: bytes) -> bool:
        if mark == b'"':
            self._keep(mark)
            self._literal = _Literal(_LITERAL if len(self._done) < _CROWDED else _TIGHT)
            return False
        before = self._depth
        self._depth += (mark in b"{[") - (mark in b"}]")
        if not 0 <= self._depth <= _DEPTH:
            raise Broken("brackets that do not match, or too deep")
        if max(before, self._depth) > self._level:
            self._done += mark
        return before > self._depth == self._level

    def _keep(self, piece: bytes) -> None:
        if self._depth > self._level:
            self._done += piece
        elif self._level == 0 and piece.strip():
            self.stray = True
        if len(self._done) > _HARD:
            raise Broken("too large")


class _Literal:
    """One string being read: all of it, or a head and a tail."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._head = bytearray()
        self._tail: bytearray | None = None

    def add(self, piece: bytes) -> None:
        if self._tail is None:
            self._head += piece
            if len(self._head) > self._limit:
                self._split()
            return
        self._tail += piece
        if len(self._tail) > 2 * self._limit:
            self._tail = _last(self._tail, self._limit // 2)

    def squeezed(self) -> bytes:
        if self._tail is None:
            return bytes(self._head)
        return bytes(self._head) + _CUT_JSON + bytes(_last(self._tail, self._limit // 2))

    def _split(self) -> None:
        # The last bytes of a piece may be the first half of an escape's digits: the tail keeps them.
        cut = _boundary(self._head, self._limit // 2)
        self._tail = self._head[cut:]
        del self._head[cut:]


def _last(data: bytearray, size: int) -> bytearray:
    return data[_boundary(data, len(data) - size) :] if len(data) > size else data


def _boundary(data: bytearray, near: int) -> int:
    """The last place at or before `near` between two whole characters; `data` begins with a whole one."""
    found = _WHOLE.match(data, 0, near)
    position = found.end() if found else 0
    if position < near - 6:
        return near
    while position and 0x80 <= data[position] < 0xC0:
        position -= 1
    return position - 6 if position >= 6 and _LOW.match(data, position) else position


def parse(document: bytes) -> Any:
    """A squeezed document as Python values, wrong UTF-8 and lone surrogates replaced; raises Broken."""
    try:
        value = json.loads(document.decode(errors="replace"), strict=False)
    except (ValueError, RecursionError) as error:
        raise Broken("not JSON") from error
    return _paired(value) if _SURROGATE.search(document) else value


def _paired(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_paired(each) for each in value]
    if isinstance(value, dict):
        return {_paired(key): _paired(each) for key, each in value.items()}
    return value


class Frames:
    """Server-sent events whose data is one JSON document each; every other field and comment is skipped."""

    def __init__(self) -> None:
        self._documents = Documents()
        self._field = bytearray()
        self._data: bool | None = None
        self._found = False
        self._bad = False

    def feed(self, data: bytes) -> Iterator[bytes | None]:
        """Each document that ends within `data`; `None` stands for a frame that is broken."""
        for index, line in enumerate(data.split(b"\n")):
            if index:
                yield from self._line_end()
            yield from self._piece(line)

    def _piece(self, piece: bytes) -> Iterator[bytes]:
        if self._data is None:
            room = 16 - len(self._field)
            self._field += piece[:room]
            name, colon, begun = bytes(self._field).partition(b":")
            if not colon and len(self._field) < 16:
                return
            self._data = name == b"data"
            piece = begun + piece[room:]
        if self._data and not self._bad:
            yield from self._documents_in(piece)

    def _documents_in(self, piece: bytes) -> Iterator[bytes]:
        try:
            for document in self._documents.feed(piece):
                self._found = True
                yield document
        except Broken:
            self._bad = True

    def _line_end(self) -> Iterator[None]:
        blank = self._data is None and bytes(self._field) in (b"", b"\r")
        self._field.clear()
        self._data = None
        if not blank:
            return
        if self._bad or self._documents.unfinished or (self._documents.stray and not self._found):
            yield None
        self._documents.reset()
        self._found = self._bad = False
