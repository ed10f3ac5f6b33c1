"""A word of a command as the grammar cut it -> its pieces, checked against bash's own rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from aidevops_voice.risk import documents, quoting
from aidevops_voice.risk.documents import Document
from aidevops_voice.risk.tree import Node, Piece, PieceKind, Redirect, Sequence, Simple, Unreadable, Word

if TYPE_CHECKING:
    from tree_sitter import Node as Raw

_SUBSTITUTIONS = frozenset({"command_substitution", "process_substitution"})
REDIRECTS = frozenset({"file_redirect", "herestring_redirect"})
_MARKED = re.compile(f"{documents.MARK}(\\d+){documents.END}")
_IN_QUOTES: dict[PieceKind, PieceKind] = {"variable": "quoted_variable", "output": "quoted_output"}
_EVALUATED = re.compile(r"\w\[[^\]]*(?:\$\(|`)")
"""An index is arithmetic, and that runs what it holds, quoted or not."""
_NOTHING = re.compile("")
_WHOLE = frozenset({"command_substitution", "expansion", "string", "raw_string", "simple_expansion", "ansi_c_string"})


class Lexemes:
    """The words of one source."""

    def __init__(
        self,
        source: bytes,
        found: list[Document],
        sequence: Callable[[Raw], Sequence],
        parse: Callable[[str], Node],
        most: int,
    ) -> None:
        self._source, self._found, self._sequence, self._parse = source, found, sequence, parse
        self._left = most
        self._used: set[int] = set()
        self._strings = 0

    def check_all_seen(self, strings: int) -> None:
        """Raises Unreadable where a here-document or here-string is not where it was taken from."""
        if self._used != set(range(len(self._found))) or self._strings != strings:
            raise Unreadable

    def redirects(self, found: list[Raw]) -> tuple[list[Redirect], list[Word]]:
        """And the words of the command that stand behind them."""
        redirects: list[Redirect] = []
        more: list[Word] = []
        for raw in found:
            if raw.type not in REDIRECTS:
                more += self.words([raw])
                continue
            op = next((self.text(child) for child in raw.children if not child.is_named), "")
            words = self.words([child for child in raw.children if child.is_named and child.type != "file_descriptor"])
            if not words:
                if op not in (">&-", "<&-"):
                    raise Unreadable
                continue
            redirects.append(self._redirect(op, words[0]))
            more += words[1:]
        return redirects, more

    def _redirect(self, op: str, target: Word) -> Redirect:
        first = target.pieces[0] if target.pieces else Piece("quoted")
        if op == "<" and _MARKED.fullmatch(target.raw):
            return Redirect("<<", Word(tuple(self._document(target.raw))))
        if op == "<" and target.raw.startswith(documents.STRING) and first.kind == "plain":
            self._strings += 1
            rest = Piece("plain", first.text.removeprefix(documents.STRING))
            return Redirect("<<<", Word((rest, *target.pieces[1:]), target.raw[1:]))
        if op in (">&", "<&") and any(
            piece.kind == "quoted" and re.search(r"[$`]", piece.text) for piece in target.pieces
        ):
            raise Unreadable  # bash expands what is quoted here once more
        return Redirect(op, target)

    def words(self, raws: list[Raw]) -> list[Word]:
        """What stands together without a blank is one word."""
        words: list[Word] = []
        at = -1
        for raw in raws:
            self._left -= 1
            pieces = tuple(self.pieces(raw))
            if raw.start_byte == at:
                words[-1] = Word(words[-1].pieces + pieces, words[-1].raw + self.text(raw))
            else:
                words.append(Word(pieces, self.text(raw)))
            at = raw.end_byte
        if self._left < 0:
            raise Unreadable
        return words

    def pieces(self, raw: Raw) -> Iterator[Piece]:
        match raw.type:
            case "command_name" | "concatenation":
                yield from self._joined(raw)
            case "raw_string":
                yield Piece("quoted", self.text(raw)[1:-1])
            case "ansi_c_string":
                yield Piece("quoted", quoting.ansi(self.text(raw)[2:-1]))
            case "string" | "translated_string":
                yield from self._string(raw)
            case "simple_expansion":
                yield Piece("variable", self.text(raw)[1:])
            case "expansion":
                yield self._expansion(raw)
            case "command_substitution":
                yield Piece("output", self.text(raw), tuple(self._substituted(raw)))
            case "process_substitution":
                yield Piece("process", self.text(raw)[0], (self._sequence(raw),))
            case "arithmetic_expansion":
                yield Piece("output", "0", tuple(self.run_in(raw)))
            case _ if _MARKED.fullmatch(self.text(raw)):
                yield Piece("unknown")
            case _ if raw.type in _SUBSTITUTIONS or any(child.type in _SUBSTITUTIONS for child in raw.children):
                raise Unreadable
            case _:
                yield from quoting.plain(self.text(raw))

    def _joined(self, raw: Raw) -> Iterator[Piece]:
        at = raw.start_byte
        for child in raw.children:
            self.check_gap(at, child.start_byte, _NOTHING)
            at = child.end_byte
            yield from self.pieces(child)

    def _string(self, raw: Raw) -> Iterator[Piece]:
        """What is written between the substitutions is taken from the source, for blanks are left out of the tree."""
        at = raw.start_byte + len(self.text(raw).split('"')[0].encode()) + 1
        for child in raw.children:
            if child.type in ("string_content", '"', "$", '$"'):
                continue
            yield Piece("quoted", quoting.inside(self._slice(at, child.start_byte)))
            at = child.end_byte
            for piece in self.pieces(child):
                kind = _IN_QUOTES.get(piece.kind, piece.kind)
                yield Piece(kind, piece.text, piece.nodes)
        yield Piece("quoted", quoting.inside(self._slice(at, raw.end_byte - 1)))

    def _expansion(self, raw: Raw) -> Piece:
        text = self.text(raw)
        if re.fullmatch(r"\$\{\w+\}", text):
            return Piece("variable", text[2:-1])
        if re.search(r"[{}()\n'\"`]|@P$", self._bare(raw)[2:-1]):
            raise Unreadable
        name = re.match(r"\$\{[#!]?(\w+)", text)
        return Piece("unknown", name[1] if name else "", tuple(self.run_in(raw)))

    def _bare(self, raw: Raw) -> str:
        """Without what stands in it whole: bash ends it at the first brace that is left."""
        out, at, pending = "", raw.start_byte, list(reversed(raw.children))
        while pending:
            child = pending.pop()
            if child.type in _WHOLE:
                out, at = out + self._slice(at, child.start_byte), child.end_byte
            else:
                pending += reversed(child.children)
        return out + self._slice(at, raw.end_byte)

    def tested(self, raw: Raw) -> list[Word]:
        """What stands in `[ ]` or `[[ ]]`; for bash the first is a command like any other, and may end earlier."""
        bare = re.sub(r"\\.", "", self._bare(raw))
        if _EVALUATED.search(self.text(raw)) or re.search(r"[\n;]" if bare.startswith("[[") else r"[\n;&|<>()#]", bare):
            raise Unreadable
        return [Word((Piece("quoted", word),)) for word in self.text(raw).strip("[] ").split()]

    def _substituted(self, raw: Raw) -> Iterator[Node]:
        text = self.text(raw)
        if text.startswith("`"):
            if re.search(r"(?<!\\)(?:\\\\)*`", text[1:-1]):
                raise Unreadable
            within = raw.parent.type if raw.parent else ""
            if '\\"' in text and within not in ("string", "command", "command_name", "concatenation"):
                raise Unreadable
            inner = re.sub(r"\\([`\\$\"])" if within == "string" else r"\\([`\\$])", r"\1", text[1:-1])
            yield self._parse(inner)
        elif any(child.type in REDIRECTS for child in raw.children):
            redirects, more = self.redirects([child for child in raw.children if child.type in REDIRECTS])
            yield Simple((Word((Piece("plain", "cat"),)), *more), redirects=tuple(redirects))
        else:
            yield self._sequence(raw)

    def _document(self, text: str) -> Iterator[Piece]:
        marked = _MARKED.fullmatch(text)
        if not marked or int(marked[1]) >= len(self._found) or int(marked[1]) in self._used:
            raise Unreadable
        self._used.add(int(marked[1]))
        document = self._found[int(marked[1])]
        if document.quoted or not re.search(r"[$`\\]", document.text):
            yield Piece("quoted", document.text)
            return
        for kind, part in quoting.expanded(document.text):
            yield Piece("output", part, (self._parse(part),)) if kind == "run" else Piece(kind, part)

    def run_in(self, raw: Raw) -> Iterator[Node]:
        """What is run to find the value of something whose value does not matter here."""
        pending = [raw]
        while pending:
            here = pending.pop()
            if here.type == "process_substitution":
                yield self._sequence(here)
            elif here.type == "command_substitution":
                yield from self._substituted(here)
            elif here.children:
                pending += reversed(here.children)
            elif _MARKED.search(self.text(here)):
                raise Unreadable
            elif here.is_named:
                quoting.check_no_run(self.text(here))

    # --- the source ---------------------------------------------------------------------------------------------

    def _slice(self, start: int, end: int) -> str:
        return self._source[start:end].decode("utf-8", "replace")

    def text(self, raw: Raw) -> str:
        return self._slice(raw.start_byte, raw.end_byte)

    def check_gap(self, start: int, end: int, allowed: re.Pattern[str]) -> None:
        if start < end and not allowed.fullmatch(self._slice(start, end)):
            raise Unreadable

    def check_comment(self, raw: Raw) -> None:
        """A comment begins behind a blank that ends the word before it."""
        before = self._slice(max(0, raw.start_byte - 2), raw.start_byte)
        if before and (before[-1] not in " \t\n;&|()" or before[:-1] == "\\"):
            raise Unreadable
