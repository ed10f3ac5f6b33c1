"""`make fuzz`: odd texts and turns by the hundred thousand; what fails is made small and printed, and the exit is 1."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from traceback import format_exception_only
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "daemon")]

from hypothesis import HealthCheck, given, seed, settings, strategies as st  # noqa: E402
from speakbench import nasty, properties  # noqa: E402

CUTS = st.lists(st.integers(0, 10_000), max_size=6)
Property = tuple[Callable[..., list[str]], tuple[st.SearchStrategy[Any], ...], int]
PROPERTIES: Mapping[str, Property] = {
    "text": (properties.of_text, (nasty.texts(),), 35),
    "characters": (properties.of_text, (nasty.WILD,), 10),
    "pieces": (properties.of_pieces, (nasty.texts(), CUTS), 25),
    "turn": (properties.of_stream, (nasty.streams(),), 30),
}
"""What holds, of what, and its share of the cases in percent."""
ROUND = 500
"""Cases of one run of Hypothesis, which remembers all that it tried."""


def rounds(cases: int, first: int) -> Iterator[tuple[str, int, int]]:
    """Property, seed and number of cases of each round."""
    for name, (_, _, share) in PROPERTIES.items():
        left = cases * share // 100
        while left > 0:
            yield name, first, min(ROUND, left)
            first, left = first + 1, left - ROUND


def run(task: tuple[str, int, int]) -> None:
    """One round; raises what the first failing case raises, with that case in its notes."""
    name, number, cases = task
    holds, strategies, _ = PROPERTIES[name]

    @seed(number)
    @settings(
        max_examples=cases,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*strategies))
    def tried(given_: tuple[Any, ...]) -> None:
        assert not (found := holds(*given_)), found

    tried()


def main() -> int:
    """Run until the cases are used up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6) * 1000)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    tasks = list(rounds(args.cases, args.seed))
    print(f"{args.cases} cases: python tests/fuzz.py --cases {args.cases} --seed {args.seed}", flush=True)
    begun, failed = time.monotonic(), 0
    with ProcessPoolExecutor(args.workers) as pool:
        runs = [pool.submit(run, task) for task in tasks]
        for (name, number, _), each in zip(tasks, runs, strict=True):
            if error := each.exception():
                print(f"{name}, seed {number}:", *format_exception_only(error), sep="\n", flush=True)
            failed += error is not None
        print(f"{time.monotonic() - begun:.0f} s")
    print(f"{failed} rounds failed" if failed else f"all {args.cases} hold")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
