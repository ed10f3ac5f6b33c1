"""`python tests/speakbench/score.py`: spoken summaries of agent turns, ours beside a text filter, against the gates.

Exits 1 when ours is below a gate, 2 when a program cannot be scored. `--system 'CMD …'` scores any program that reads
one case as JSON on stdin (`{"id", "kind", "text" or "events"}`) and prints `{"spoken": ["…"]}`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "daemon")]

from speakbench.cases import DEVELOPMENT, HELD_OUT, Case, load  # noqa: E402
from speakbench.judging import Verdict, judge  # noqa: E402
from speakbench.stability import variants  # noqa: E402
from speakbench.systems import BadSystem, System, system  # noqa: E402
from speakbench.table import Row, rows, table  # noqa: E402
from speakbench.timing import measure as measured  # noqa: E402

FOLDERS: Mapping[str, Sequence[Path]] = {
    "cases": [DEVELOPMENT],
    "held_out": [HELD_OUT],
    "all": [DEVELOPMENT, HELD_OUT],
}


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured of one system."""

    system: str
    verdicts: list[Verdict]
    rows: list[Row]


def score(told: System, cases: Sequence[Case]) -> Result:
    """Put every case through the system, thrice more in other clothes, and measure what it says; raises BadSystem."""
    verdicts = [
        judge(case, told.tell(case), told.again, [(name, told.tell(other)) for name, other in variants(case)])
        for case in cases
    ]
    return Result(told.name, verdicts, rows(verdicts, measured(told, cases)))


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
    try:
        results = [score(system(name), cases) for name in args.system or ["ours", "baseline"]]
    except BadSystem as error:
        print(error, file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1))
    else:
        print(f"{len(cases)} turns\n{table({result.system: result.rows for result in results})}")
        for result in results if args.verbose else [result for result in results if result.system == "ours"]:
            print(shortfalls(result))
        if args.verbose:
            print(*(f"\n{v.id}\n  {r.system}: {v.spoken}" for r in results for v in r.verdicts), sep="")
    return int(any(not row.holds for result in results if result.system == "ours" for row in result.rows))


if __name__ == "__main__":
    sys.exit(main())
