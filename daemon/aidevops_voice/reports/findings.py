"""What a checker of any kind found: its first finding, with the place in front, and how many it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidevops_voice.languages import Saying
from aidevops_voice.reports import causes
from aidevops_voice.reports.report import Report, brief, said, spot, weight
from aidevops_voice.reports.run import Run

_FOUND = re.compile(
    r"^ {0,4}(?:[✗✘✖×❌•*-]\ufe0f? +)?(?P<file>(?:[\w.@-]+/){0,12}[\w@-][\w.@-]{0,80}\.[A-Za-z]\w{0,7})"
    r"(?::|\(|, line )(?P<line>\d{1,7})(?:[:,]\d{1,5})?\)?(?:: ?| +[-–—] +| {1,8})"
    r"(?P<message>(?!(?:in|at|from) [`'<\w])[^\W\d_][^\n]{4,200})(?<![{;:(,=])$"
)
_TALLY = re.compile(
    r"^\W{0,4}(?:[^\W\d_]+:? ){0,3}(?<![\d.])[1-9][\d,]{0,9} (?:[^\W\d_]+ ){0,2}(?:problems?|issues?|violations?"
    r"|findings?|offen[cs]es?|mistakes?|complaints?|warnings?|problemas?|incidencias?|infracciones|hallazgos?|avisos?)\b[^\n]{0,60}$",
    re.I,
)
_READ, _LAST, _WORDS = 400, 4, 14


def told(run: Run, reason: Report | None) -> Report | None:
    """The first finding, in place of a reason that is only its line or its count as printed."""
    lines = run.lines[:_READ]
    listed = [match for line in lines if (match := _FOUND.match(line[:400]))]
    if not listed or not (reason or tally(run.lines) or 2 * len(listed) >= len(lines)):
        return reason
    found = listed[0]
    if reason and reason.error not in found.string.strip() and not _TALLY.match(reason.error):
        return reason
    place = f"{found['file']}:{found['line']}"
    message = said("error.message", message=brief(found["message"].strip().rstrip(".")))
    return Report("exit", "bad", (message, *spot(place)), error=found.string.strip()[:300], place=place)


def tally(lines: Sequence[str]) -> tuple[Saying, ...]:
    """How many it counts, in one of the last lines."""
    for line in reversed(lines[-_LAST:]):
        text = causes.bare(line[:160]).strip(" .!:")
        if _TALLY.match(text) and weight(text) <= _WORDS and not _FOUND.match(line[:400]):
            return (said("items.counts", message=text),)
    return ()
