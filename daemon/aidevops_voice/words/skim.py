"""A text of too many statements -> those worth reading for three, as written, among its headings and blocks; pure.

To put a sentence into words costs some twenty times as much as to look for what it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from aidevops_voice.languages import Language
from aidevops_voice.words import markdown
from aidevops_voice.words.sentences import END, split

_MOST, _HEADINGS = 22, 12
"""Statements and headings that are read."""
_CHARS = 2000
"""Characters of the statements that are read."""
_HEAD, _TAIL = 7, 5
"""Of the statements, those that are read for where they stand."""
_LOOKED = 90
"""Statements looked through, at the beginning and the end."""
_LINE = 200
"""Characters of a statement that are looked through."""
_WEIGHTS = {"gone": 3, "trouble": 2, "caveat": 1}


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph or item as its statements, a heading, or lines that are passed on as they are."""

    texts: list[str]
    counts: bool = False
    heading: bool = False


def skimmed(text: str, language: Language) -> str:
    """As it is where it is short enough; else what stands first, last or out."""
    parts = list(_parts(text))
    told = [(at, n) for at, part in enumerate(parts) if part.counts for n in range(len(part.texts))]
    headings = [at for at, part in enumerate(parts) if part.heading]
    if len(told) <= _MOST and len(headings) <= _HEADINGS and len(text) <= _CHARS:
        return text
    near = told if len(told) <= _LOOKED else told[: _LOOKED // 2] + told[-_LOOKED // 2 :]
    weighed = [(-_weight(parts[at].texts[n], language), (at, n)) for at, n in near[_HEAD:-_TAIL]]
    middle = [place for _, place in sorted(weighed, key=itemgetter(0))]
    kept = _fitting([*near[:_HEAD], *near[_HEAD:][-_TAIL:], *middle], parts)
    passed = set(headings[:_HEADINGS])
    lines = [_left(part, at, kept) for at, part in enumerate(parts) if part.counts or not part.heading or at in passed]
    return "\n".join(line for line in lines if line is not None)


def _fitting(places: list[tuple[int, int]], parts: list[_Part]) -> set[tuple[int, int]]:
    """The first of them for which there is room."""
    kept, room = set[tuple[int, int]](), _CHARS
    for at, n in places[:_MOST]:
        size = len(parts[at].texts[n])
        if size <= room or not kept:
            kept.add((at, n))
            room -= size
    return kept


def _left(part: _Part, at: int, kept: set[tuple[int, int]]) -> str | None:
    """What is left of one; without its first statement it must not go on with the line before."""
    if not part.counts:
        return part.texts[0]
    texts = [text for n, text in enumerate(part.texts) if (at, n) in kept]
    if not texts:
        return None
    return " ".join(texts) if texts[0] is part.texts[0] else "\n" + " ".join(texts)


def _weight(statement: str, language: Language) -> int:
    text = statement[:_LINE]
    bad = 4 * bool(language.bad.search(language.not_bad.sub("", text)))
    return bad + sum(points for mark, points in _WEIGHTS.items() if language.marks[mark].search(text))


def _parts(text: str) -> Iterator[_Part]:
    waiting = ""
    for line, is_text in _lines(text):
        heading = is_text and bool(markdown.HEADING.match(line))
        if is_text and not heading and waiting and not _begins(line, waiting):
            waiting += f"\n{line}"
            continue
        if waiting:
            yield _Part(split(waiting) or [waiting], counts=True)
        waiting = line if is_text and not heading else ""
        if not waiting:
            yield _Part([line], heading=heading)
    if waiting:
        yield _Part(split(waiting) or [waiting], counts=True)


def _begins(line: str, before: str) -> bool:
    """Whether a line is a statement of its own, and not the rest of the one before."""
    over = END.search(before[-8:]) or before.endswith((":", "  ", "\\"))
    return bool(over) or markdown.unmarked(line)[1] != "prose" or line.lstrip()[:1] == ">"


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is text; what belongs to a block, a diff or a table is not."""
    block, diff, first = None, False, True
    for line in text.split("\n"):
        if block and not block.is_overtaken(line):
            block = None if block.ends(line) else block
            yield line, False
            continue
        diff = bool((markdown.DIFF_LINE if diff else markdown.DIFF).match(line))
        block = None if diff else markdown.block(line, first)
        table = line.count("|") > 1 or bool(markdown.SEPARATOR.match(line))
        yield line, bool(line.strip()) and not (diff or block or table)
        first = False
