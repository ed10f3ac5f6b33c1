"""The table of the bench: each measure over all turns, beside its gate."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from speakbench.judging import Verdict
from speakbench.timing import Times

Way = Literal["at most", "at least"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; without a gate it only tells."""

    name: str
    value: float
    gate: float | None = None
    way: Way = "at most"
    unit: str = ""
    cases: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the gate is met."""
        if self.gate is None:
            return True
        return self.value <= self.gate if self.way == "at most" else self.value >= self.gate


def rows(verdicts: Sequence[Verdict], times: Times) -> list[Row]:
    """The table of one system."""
    return [*_said(verdicts), *_kept(verdicts), *_timed(times)]


def _said(verdicts: Sequence[Verdict]) -> list[Row]:
    words = sorted(verdict.words for verdict in verdicts)
    return [
        _count("leakage", "leakage", verdicts),
        _count("non-vocalisable", "not vocalisable", verdicts),
        _count("must not be said", "must not be said", verdicts),
        Row("words, median", statistics.median(words), 35),
        Row("words, 95 of 100", words[min(len(words) - 1, int(len(words) * 0.95))], 60),
        Row("words, most", words[-1], 80),
        Row("sentences, most", max(verdict.sentences for verdict in verdicts), 3),
        Row("words of a sentence, most", max(verdict.longest for verdict in verdicts), 20),
        _share("length in budget", "length", verdicts, 100),
        _share("outcome first", "front", verdicts, 95),
    ]


def _kept(verdicts: Sequence[Verdict]) -> list[Row]:
    critical = [verdict for verdict in verdicts if verdict.critical]
    secrets = sum(verdict.secrets for verdict in verdicts)
    names = sum(verdict.names for verdict in verdicts)
    return [
        _parts("facts kept", "lost facts", verdicts, 90, sum(verdict.facts for verdict in verdicts)),
        _parts("facts kept, critical", "lost facts", critical, 100, sum(verdict.facts for verdict in critical)),
        _count("fabrication", "fabrication", verdicts),
        _share("polarity", "polarity", verdicts, 100),
        _parts("identifiers as words", "identifiers", verdicts, 98, names),
        Row("identifiers said", names),
        Row(f"secrets told, of {secrets}", _wrong("secrets", verdicts), 0, cases=_failing("secrets", verdicts)),
        _share("stability", "stability", verdicts, 100),
        _share("idempotence", "idempotence", verdicts, 100),
    ]


def _timed(times: Times) -> list[Row]:
    return [
        Row("first sentence, 100 KB", round(times.first_ms, 1), 30, unit=" ms"),
        Row("whole call, 100 KB", round(times.whole_ms, 1), unit=" ms"),
        Row("whole call, 1 MB", round(times.large_ms, 1), 250, unit=" ms"),
        Row("1 MB / 100 KB, text", round(times.text_growth, 1), 12),
        Row("1 MB / 100 KB, events", round(times.events_growth, 1), 12),
    ]


def _failing(measure: str, verdicts: Sequence[Verdict]) -> list[str]:
    return [verdict.id for verdict in verdicts if measure in verdict.wrong]


def _wrong(measure: str, verdicts: Sequence[Verdict]) -> int:
    return sum(len(verdict.wrong.get(measure, ())) for verdict in verdicts)


def _count(name: str, measure: str, verdicts: Sequence[Verdict]) -> Row:
    cases = _failing(measure, verdicts)
    return Row(name, len(cases), 0, cases=cases)


def _share(name: str, measure: str, verdicts: Sequence[Verdict], gate: float) -> Row:
    cases = _failing(measure, verdicts)
    return Row(name, _percent(len(cases), len(verdicts)), gate, "at least", " %", cases)


def _parts(name: str, measure: str, verdicts: Sequence[Verdict], gate: float, whole: int) -> Row:
    share = _percent(_wrong(measure, verdicts), whole)
    return Row(name, share, gate, "at least", " %", _failing(measure, verdicts))


def _percent(wrong: int, whole: int) -> float:
    """Never rounded up to a whole that is not there."""
    return int(1000 * (1 - wrong / max(whole, 1))) / 10 if wrong else 100.0


def table(systems: Mapping[str, Sequence[Row]]) -> str:
    """The systems side by side, gates first; `!` marks what is below one."""
    first = next(iter(systems.values()))
    lines = [f"{'':28}{'gate':>10}" + "".join(f"{name[-14:]:>15}" for name in systems)]
    for at, row in enumerate(first):
        gate = "" if row.gate is None else f"{'≤' if row.way == 'at most' else '≥'} {row.gate:g}{row.unit}"
        cells = [f"{one[at].value:g}{one[at].unit}{' ' if one[at].holds else '!'}" for one in systems.values()]
        lines.append(f"{row.name:28}{gate:>10}" + "".join(f"{cell:>15}" for cell in cells))
    return "\n".join(lines)
