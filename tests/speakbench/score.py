"""`python tests/speakbench/score.py`: spoken summaries of agent turns, ours beside a text filter, against the gates.

Exits 1 when ours is below a gate. `--system 'CMD …'` scores any program that reads one case as JSON on stdin
(`{"id", "kind", "text" or "events"}`) and prints `{"spoken": ["…"]}`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "daemon")]

from speakbench import metrics  # noqa: E402
from speakbench.cases import DEVELOPMENT, HELD_OUT, Case, load  # noqa: E402
from speakbench.polarity import turned  # noqa: E402
from speakbench.systems import Spoken, System, system  # noqa: E402

PREFIX_BYTES, PREFIX_TRIES = 100_000, 3
FOLDERS: Mapping[str, Sequence[Path]] = {
    "cases": [DEVELOPMENT],
    "held_out": [HELD_OUT],
    "all": [DEVELOPMENT, HELD_OUT],
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One case told by one system, measured; each list names what is wrong."""

    id: str
    spoken: str
    words: int
    facts: int
    critical: bool
    secret: bool
    wrong: Mapping[str, list[str]]


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


def judge(case: Case, spoken: Spoken, again: Callable[[str], str]) -> Verdict:
    """Every measure of one told case."""
    text = spoken.text
    wrong: dict[str, list[str]] = {
        "leakage": metrics.leaks(text),
        "not vocalisable": metrics.unvoiced(text),
        "must not be said": metrics.forbidden(case, text),
        "secrets": metrics.betrayed(case, text),
        "length": metrics.too_long(case, text),
        "front": ["too late"] if metrics.outcome_comes_late(case, text) else [],
        "lost facts": metrics.lost(case, text),
        "fabrication": metrics.invented(case, text),
        "polarity": turned(case, text, spoken.outcome),
        "idempotence": [] if (twice := again(text)) == text else [twice[:200]],
    }
    return Verdict(
        id=case.id,
        spoken=text,
        words=metrics.count_words(text),
        facts=len(case.keep),
        critical=case.critical,
        secret=bool(metrics.secrets_of(case)),
        wrong={name: found for name, found in wrong.items() if found},
    )


def rows(verdicts: Sequence[Verdict], prefix_ms: float) -> list[Row]:
    """The table of one system."""
    words = sorted(verdict.words for verdict in verdicts)
    critical = [verdict for verdict in verdicts if verdict.critical]
    told = sum(verdict.secret for verdict in verdicts)
    return [
        _count("leakage", "leakage", verdicts),
        _count("non-vocalisable", "not vocalisable", verdicts),
        _count("must not be said", "must not be said", verdicts),
        Row("words, median", statistics.median(words), 35),
        Row("words, 95 of 100", words[min(len(words) - 1, int(len(words) * 0.95))], 60),
        Row("words, most", words[-1], 80),
        _share("length in budget", "length", verdicts, 100),
        _share("outcome first", "front", verdicts, 95),
        _facts("facts kept", verdicts, 90),
        _facts("facts kept, critical", critical, 100),
        _count("fabrication", "fabrication", verdicts),
        _share("polarity", "polarity", verdicts, 100),
        _count(f"secrets told, of {told}", "secrets", verdicts),
        _share("idempotence", "idempotence", verdicts, 100),
        Row("first sentence of 100 KB", round(prefix_ms, 1), 30, unit=" ms"),
    ]


def _failing(measure: str, verdicts: Sequence[Verdict]) -> list[str]:
    return [verdict.id for verdict in verdicts if measure in verdict.wrong]


def _count(name: str, measure: str, verdicts: Sequence[Verdict]) -> Row:
    cases = _failing(measure, verdicts)
    return Row(name, len(cases), 0, cases=cases)


def _share(name: str, measure: str, verdicts: Sequence[Verdict], gate: float) -> Row:
    cases = _failing(measure, verdicts)
    share = 100 * (1 - len(cases) / max(len(verdicts), 1))
    return Row(name, round(share, 1), gate, "at least", " %", cases)


def _facts(name: str, verdicts: Sequence[Verdict], gate: float) -> Row:
    facts = sum(verdict.facts for verdict in verdicts)
    missed = sum(len(verdict.wrong.get("lost facts", ())) for verdict in verdicts)
    share = 100 * (1 - missed / max(facts, 1))
    return Row(name, round(share, 1), gate, "at least", " %", _failing("lost facts", verdicts))


def prefix_ms(told: System, cases: Sequence[Case]) -> float:
    """Milliseconds until 100 KB of the bench's own answers have been told, the best of some tries: a bound from above
    for its first sentence, as the systems answer at once."""
    texts = [case.final_text for case in cases if case.final_text] or ["Nothing to say."]
    text = ("\n\n".join(texts) + "\n\n") * (PREFIX_BYTES // max(sum(map(len, texts)), 1) + 1)
    spent = []
    for _ in range(PREFIX_TRIES):
        begun = time.perf_counter()
        told.again(text[:PREFIX_BYTES])
        spent.append((time.perf_counter() - begun) * 1000)
    return min(spent)


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured of one system."""

    system: str
    verdicts: list[Verdict]
    rows: list[Row]


def score(told: System, cases: Sequence[Case]) -> Result:
    """Put every case through the system and measure what it says."""
    verdicts = [judge(case, told.tell(case), told.again) for case in cases]
    return Result(told.name, verdicts, rows(verdicts, prefix_ms(told, cases)))


def table(results: Sequence[Result]) -> str:
    """The systems side by side, gates first; `!` marks what is below one."""
    head = f"{'':26}{'gate':>10}" + "".join(f"{result.system[:14]:>15}" for result in results)
    lines = [head]
    for at, first in enumerate(results[0].rows):
        gate = "" if first.gate is None else f"{'≤' if first.way == 'at most' else '≥'} {first.gate:g}{first.unit}"
        cells = [f"{row.value:g}{row.unit}{' ' if row.holds else '!'}" for row in (r.rows[at] for r in results)]
        lines.append(f"{first.name:26}{gate:>10}" + "".join(f"{cell:>15}" for cell in cells))
    return "\n".join(lines)


def shortfalls(result: Result) -> str:
    """For each measure the cases that fail it, with what is wrong."""
    lines: list[str] = []
    measures = dict.fromkeys(name for verdict in result.verdicts for name in verdict.wrong)
    for measure in measures:
        failing = [verdict for verdict in result.verdicts if measure in verdict.wrong]
        lines.append(f"\n{result.system}: {measure} ({len(failing)})")
        lines += [f"  {verdict.id}: {'; '.join(verdict.wrong[measure][:4])}" for verdict in failing]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, and tell whether ours holds the gates."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--system", action="append", metavar="ours|baseline|CMD", help="may be given more than once")
    parser.add_argument("--cases", choices=FOLDERS, default="cases")
    parser.add_argument("--only", metavar="TEXT", default="", help="cases whose id or topic contains this")
    parser.add_argument("--json", action="store_true", help="one JSON object with every case")
    parser.add_argument("--verbose", action="store_true", help="what each case fails, and what was said")
    args = parser.parse_args(arguments)
    found = [case for folder in FOLDERS[args.cases] for case in load(folder)]
    cases = [case for case in found if args.only in case.id or args.only in case.topic]
    if not cases:
        parser.error("no such cases")
    results = [score(system(name), cases) for name in args.system or ["ours", "baseline"]]
    if args.json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1))
    else:
        print(f"{len(cases)} turns\n{table(results)}")
        for result in results if args.verbose else [result for result in results if result.system == "ours"]:
            print(shortfalls(result))
        if args.verbose:
            print(*(f"\n{v.id}\n  {r.system}: {v.spoken}" for r in results for v in r.verdicts), sep="")
    return int(any(not row.holds for result in results if result.system == "ours" for row in result.rows))


if __name__ == "__main__":
    sys.exit(main())
