"""What a text says of work that the work itself belies: success over a failure, nothing where much is known."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language
from aidevops_voice.reports import Report
from aidevops_voice.words import signals
from aidevops_voice.words.speakable import LONGEST, Piece, words
from aidevops_voice.words.wording import told

_ROOM = 38
"""Words with which a failure is told."""
_BARE = 1
"""Words of a sentence that tells nothing."""
_KNOWN = 0.34
"""Share of the words of a fact from which a text tells it already."""
_TELLING = re.compile(r"[^\W_]{4,}")
_SIDE = ("tests.skipped", "error.place", "error.file")
"""What is told of a failure last."""


def admitted(found: list[Piece], language: Language) -> bool:
    """Whether some sentence tells of a failure, and not only of one that was mended."""
    return any(admits(piece.text, language) for piece in found)


def admits(sentence: str, language: Language) -> bool:
    """Whether a sentence tells of a failure or of something that could not be done."""
    marks = language.marks
    left = language.not_bad.sub("", sentence)
    if not language.code or language.bad.search(left):
        return signals.troubled(sentence, language)
    left = marks["boast"].sub("", left)
    if marks["spared"].search(left) or marks["mending"].search(left):
        return False
    return bool(marks["trouble"].search(left) or marks["negation"].search(left))


def sober(found: list[Piece], language: Language) -> list[Piece]:
    """Without the sentences that claim success, and those that only tell what was begun."""
    return [
        piece
        for piece in found
        if piece.kind != "heading"
        and not any(language.marks[mark].search(piece.text) for mark in ("boast", "activity", "began"))
        and not signals.is_filler(piece.text, language)
    ]


def empty(found: list[Piece], language: Language) -> bool:
    """Whether nothing is told beyond that it is done."""
    return all(
        words(piece.text) <= _BARE
        or any(language.marks[mark].search(piece.text) for mark in ("activity", "began"))
        or signals.is_filler(piece.text, language)
        for piece in found
    )


def ordered(report: Report | None) -> Report | None:
    """With what matters most of a failure first: the result, the names, the cause."""
    if report is None:
        return None
    first, rest = report.sayings[:1], report.sayings[1:]
    late = [one for one in rest if one.key in _SIDE]
    return Report(
        report.kind, report.verdict, (*first, *(one for one in rest if one.key not in _SIDE), *late), report.failures,
        report.error, report.place, report.files, report.counts,
    )  # fmt: skip


_NAMES = re.compile(r"[\w.-]*(?:\d|\w_\w|[a-z][A-Z]|\w\.[a-z])[\w.-]*")


def names(report: Report | None) -> frozenset[str]:
    """What a failure is about, as written, in small letters: tests, files, identifiers of its message."""
    found = ordered(report)
    if found is None:
        return frozenset()
    named = (*found.failures[:3], *_NAMES.findall(found.error), found.place.rpartition(":")[0].rpartition("/")[2])
    return frozenset(name.lower() for name in named if name)


def lacking(report: Report | None, said: list[str], most: int, language: Language) -> list[str]:
    """What is known of a failure and not said of it, as clauses: its count, names and cause."""
    found = ordered(report)
    if found is None or found.verdict != "bad" or found.kind == "exit":
        return []
    room, added = _ROOM - sum(map(words, said)), list[str]()
    for at, saying in enumerate(found.sayings[:3]):
        clause = told(saying, language)
        known = (found.kind != "tests" or _counts(found, said, language)) if at == 0 else _tells(said, clause, language)
        if len(said) + len(added) < most and words(clause) <= min(room, LONGEST) and not (known or saying.key in _SIDE):
            added.append(clause)
            room -= words(clause)
    return added


def _counts(report: Report, said: list[str], language: Language) -> bool:
    """Whether the number of failures is said."""
    failed, text = report.counts.get("failed") or report.counts.get("errors"), " ".join(said)
    if failed is None or any(signals.has_share(one, language) for one in said):
        return True
    return bool(re.search(rf"\b(?:{failed}|{language.cardinal(failed)})\b", text, re.I))


def _tells(said: list[str], clause: str, language: Language) -> bool:
    own = {word for word in _TELLING.findall(clause.lower()) if word not in language.common}
    heard = set(_TELLING.findall(" ".join(said).lower()))
    return not own or len(own & heard) > _KNOWN * len(own)
