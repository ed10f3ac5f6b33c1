"""Any text -> sentences for the ear: no Markdown, code, paths, hashes or signs are left; deterministic and linear.

`Reader` takes Markdown as it streams and gives whole sentences; what concerns one sentence is passed on from below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from aidevops_voice import languages as tongues, reports
from aidevops_voice.languages import Language, Saying
from aidevops_voice.words import markdown, wording
from aidevops_voice.words.characters import plain as plain
from aidevops_voice.words.excerpt import excerpt as excerpt
from aidevops_voice.words.markdown import Block
from aidevops_voice.words.names import Places
from aidevops_voice.words.sentences import (
    LONGEST as LONGEST,
    boundary,
    clauses as clauses,
    count as count,
    file_name as file_name,
    finished,
    identifier as identifier,
    render as render,
    sentence as sentence,
    shortened as shortened,
    split,
    words as words,
)
from aidevops_voice.words.tables import Table

Kind = Literal["prose", "heading", "item", "lead", "table"]

CAP = 64 * 1024
"""Characters read of one text; of a longer one the head and the tail."""
_LINE_CAP = 2000
_SAMPLE = 600
"""Characters by which the language of a stream is settled."""
_WRAPPED = 50
"""Characters from which on a line without a stop is taken to go on in the next."""
_OVER = re.compile(r"[.!?…。！？][\"')\]*_`»”]*$")
_COLONS = (":", "：")
_LABELLED = re.compile(r"\W*[\w -]{1,30}[*_]*:[*_]*\s\S+$")
"""A label and one word: `SHA-256: 5afa…`."""
_TELLING = frozenset("|<$\\[#~`")
"""Signs with which a line begins that is known at its end only."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of a text, as said and as written."""

    text: str
    raw: str
    kind: Kind
    """`lead` ends with a colon and introduces what follows; `table` is our own sentence about one."""
    block: int = 0
    """The paragraph or item that it stands in."""
    language: Language | None = None
    """That it was read in, which more of the text may change."""


# --- streams ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Reader:
    """Markdown as it streams -> whole sentences; code, diffs and tables are counted, never read.

    A sentence is given once it is over; what is left at the end of a line waits, for the next may go on with it.
    How the text was cut into pieces makes no difference.
    """

    language: Language | None = None
    """None: guessed from the text."""
    default: Language | None = None
    """Where the text is too short to tell."""
    left_out: set[str] = field(default_factory=set)
    """What was not read: code, diff, table."""
    left: list[Saying] = field(default_factory=list)
    """The same as facts, in order."""
    _places: Places = field(default_factory=dict)
    _sample: str = ""
    _guessed: Language | None = None
    _buffer: str = ""
    """The line that is not over, less its sentences that are."""
    _line: Literal["new", "text", "skipped"] = "new"
    _open: str = ""
    """The end of the last line, which the next may go on with."""
    _kind: Literal["prose", "heading", "item"] = "prose"
    _block: Block | None = None
    _table: Table | None = None
    _in_diff: bool = False
    _blank: bool = True
    """The last line was empty."""
    _first: bool = True
    _spoke: bool = False
    _parted: bool = False
    """An empty line or a break came behind the last text."""
    _number: int = 0
    """Of the paragraph or item."""
    _report: str = ""
    """Pasted output, for an answer of nothing else."""
    _taken: int = 0

    def feed(self, delta: str) -> list[str]:
        """Sentences that are complete now."""
        return self._texts(self.read(delta))

    def pause(self) -> list[str]:
        """The writer pauses: what ends like a sentence is one."""
        waits = (self._buffer.strip() or self._open)[-1:]
        return self.close() if waits and waits in ".!?:…" else []

    def close(self) -> list[str]:
        """Everything that is left."""
        return self._texts(self.rest())

    def read(self, delta: str) -> list[Piece]:
        """As `feed`, with what each sentence was."""
        if self._taken > CAP:
            return []
        self._taken += len(delta)
        *lines, rest = (self._buffer + delta).split("\n")
        found = [piece for line in lines for piece in self._advance(line.rstrip("\r"), over=True)]
        return found + self._advance(rest, over=False)

    def rest(self) -> list[Piece]:
        """As `close`, with what each sentence was."""
        found = self._advance(self._buffer, over=True) if self._buffer.strip() else []
        found += [*self._flush(), *self._table_ended()]
        self._buffer = ""
        return found or ([] if self._spoke else self._pasted())

    def _advance(self, line: str, *, over: bool) -> list[Piece]:
        """Go on with a line: its whole sentences, and the end of it once it is over."""
        found: list[Piece] = []
        if over and markdown.has_escapes(line):
            line = markdown.without_escapes(line)
        if not markdown.has_escapes(line) and (self._line != "new" or not self._waits(line)):
            while (cut := boundary(line[:_LINE_CAP])) is not None and not (over and not line[cut:].strip()):
                found += self._chunk(line[:cut], last=False)
                line = line[cut:].lstrip()
        if over:
            found += self._chunk(_cut(line), last=True)
            self._line = "new"
        self._buffer = "" if over else line
        return found

    def _waits(self, line: str) -> bool:
        """Whether only the whole line can tell what it is."""
        start = line.lstrip(" >")[:1]
        return bool(self._block or self._table) or len(line) < 2 or start in _TELLING or markdown.has_escapes(line)

    def _chunk(self, text: str, *, last: bool) -> list[Piece]:
        if self._line == "skipped":
            return []
        if self._line == "text":
            return self._said(text, last)
        found, is_text = self._structure(text)
        self._line = "text" if is_text else "skipped"
        return [*found, *self._begun(text, last)] if is_text else found

    # --- what a line is

    def _structure(self, line: str) -> tuple[list[Piece], bool]:
        """What a new line ends, and whether it is text itself."""
        first, self._first = self._first, False
        blank, self._blank = self._blank, not line.strip()
        if self._block and not self._block.is_overtaken(line):
            return self._skip(line), False
        if not line.strip():
            self._in_diff, self._parted = False, True
            return [*([] if self._kind == "prose" or self._dangles() else self._flush()), *self._table_ended()], False
        if self._diff(line):
            return self._flush(), False
        self._block = markdown.block(line, first)
        if self._block:
            return [*([] if self._dangles() else self._flush()), *self._table_ended()], False
        if markdown.RULE.match(line) or markdown.DEFINITION.match(line) or self._indented(line, blank):
            return self._flush(), False
        if "|" in line and (self._table or markdown.TABLE.match(line) or markdown.SEPARATOR.match(line)):
            return self._row(line), False
        return self._table_ended(), True

    def _skip(self, line: str) -> list[Piece]:
        """A line of a block; behind the last one the sentence that it is a part of: `… run:`."""
        block = self._block
        if block is None or not block.ends(line):
            return []
        self._block, lead, self._open = None, self._open, ""
        if (saying := block.saying()) is not None:
            self.left_out.add("diff" if block.is_diff else "code")
            self.left.append(saying)
            self._report = block.report_source()
        shown = f"`{block.command()}`" if block.command() else self._tongue(lead).terms["on_page"]
        return self._piece(f"{lead[:-1]} {shown}.") if lead else []

    def _diff(self, line: str) -> bool:
        self._in_diff = bool((markdown.DIFF_LINE if self._in_diff else markdown.DIFF).match(line))
        if self._in_diff:
            self.left_out.add("diff")
        return self._in_diff

    def _indented(self, line: str, blank: bool) -> bool:
        """Code by its indent: behind an empty line, and not in a list."""
        code = blank and self._kind != "item" and line.startswith(("    ", "\t"))
        if code:
            self.left_out.add("code")
            self._blank = True
        return code

    def _row(self, line: str) -> list[Piece]:
        found: list[Piece] = []
        if self._table is None:
            self._table, header = Table(), self._open
            self._open = "" if "|" in header and markdown.SEPARATOR.match(line) else header
            found = self._flush()
            if "|" in header and not self._open:
                self._table.add(header)
        if not markdown.SEPARATOR.match(line):
            self._table.add(line)
        self.left_out.add("table")
        return found

    def _table_ended(self) -> list[Piece]:
        table, self._table = self._table, None
        saying = table.saying() if table else None
        if table is None or saying is None:
            return []
        self.left.append(saying)
        self._spoke = True
        said = finished(wording.told(saying, self._tongue("")))
        raw = str(saying.fields.get("what") or ", ".join(table.names))
        return [Piece(said, raw, "prose" if "what" in saying.fields else "table", self._number)]

    def _pasted(self) -> list[Piece]:
        """An answer that is nothing but output is told by what the output says."""
        report = reports.read(self._report) if self._report else None
        if report is None:
            return []
        tongue = self._tongue("")
        return [Piece(finished(wording.told(saying, tongue)), "", "prose") for saying in report.sayings[:2]]

    # --- text

    def _begun(self, line: str, last: bool) -> list[Piece]:
        """The first of a line of text, or all of it."""
        text, kind = markdown.unmarked(line, whole=last)
        found: list[Piece] = []
        if kind == "prose" and self._goes_on(line, text):
            text, kind = f"{self._open} {text}" if self._open else text, self._kind
        else:
            found = self._flush()
            self._number += self._parted or kind != "prose" or kind != self._kind
        self._open, self._kind, self._parted = "", kind, line.endswith(("  ", "\\"))
        return [*found, *self._said(text, last)]

    def _goes_on(self, line: str, text: str) -> bool:
        """Whether a line is the rest of a wrapped one."""
        if not self._open or not text or line.lstrip()[:1] == ">" or self._open.endswith(_COLONS):
            return False
        tongue = self._tongue("")
        hangs = bool(tongue.marks["hanging"].search(self._open))
        if self._parted:
            leans = text.split()[0] in tongue.common or bool(tongue.marks["leaning"].search(text))
            return hangs or (text[0].islower() and leans)
        wrapped = text[0].islower() or len(self._open) >= _WRAPPED or (line[0] == " " and self._kind == "item")
        return (hangs or wrapped) and not markdown.is_output(self._open)

    def _said(self, text: str, last: bool) -> list[Piece]:
        pieces, rest = split(text), ""
        if last and pieces and not _OVER.search(pieces[-1]):
            rest = pieces.pop()
        found = [piece for raw in pieces for piece in self._piece(raw)]
        self._open = rest
        over = self._kind == "heading" or (rest.endswith(_COLONS) and not self._dangles())
        return [*found, *self._flush()] if over else found

    def _dangles(self) -> bool:
        """Whether what is open has its end in a block of code: `… run:`."""
        return self._open.endswith(_COLONS) and bool(self._tongue("").marks["dangling"].search(self._open[:-1]))

    def _flush(self) -> list[Piece]:
        text, self._open = self._open, ""
        return self._piece(text) if text else []

    def _piece(self, raw: str) -> list[Piece]:
        tongue = self._tongue(raw)
        if markdown.is_output(raw):
            self.left_out.add("code")
            return []
        said = sentence(raw, tongue, self._places)
        if self._spoke and _LABELLED.match(raw) and said.endswith(f", {tongue.terms['an_id']}."):
            return []
        self._spoke = self._spoke or bool(said)
        kind: Kind = "lead" if raw.endswith(_COLONS) and self._kind != "heading" else self._kind
        return [Piece(said, raw, kind, self._number, tongue)] if said else []

    def _texts(self, found: list[Piece]) -> list[str]:
        usual = self._settled()
        return [
            part for piece in found for part in clauses(piece.text, language=piece.language or usual, raw=piece.raw)
        ]

    def _tongue(self, raw: str) -> Language:
        if self.language:
            return self.language
        if raw and len(self._sample) < _SAMPLE:
            self._sample, self._guessed = f"{self._sample} {raw[:_SAMPLE]}", None
        return self._settled()

    def _settled(self) -> Language:
        if self.language:
            return self.language
        self._guessed = self._guessed or tongues.guess(self._sample, self.default)
        return self._guessed


def _cut(line: str) -> str:
    """A long line to its cap, without the half of a word at the end."""
    return line if len(line) <= _LINE_CAP else line[:_LINE_CAP].rpartition(" ")[0]


def pieces(
    text: str, language: Language | None = None, default: Language | None = None
) -> tuple[list[Piece], set[str]]:
    """A whole Markdown text -> its sentences with what they are, and what was left out (code, diff, table)."""
    reader = Reader(language, default)
    found = reader.read(excerpt(text, CAP) + "\n")
    return found + reader.rest(), reader.left_out


def sentences(
    text: str, language: Language | None = None, default: Language | None = None
) -> tuple[list[str], set[str]]:
    """A whole Markdown text -> its spoken sentences, and what was left out (code, diff, table)."""
    reader = Reader(language, default)
    said = reader.feed(excerpt(text, CAP) + "\n")
    return said + reader.close(), reader.left_out
