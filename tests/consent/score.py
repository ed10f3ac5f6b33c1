"""How well utterances are judged: `python tests/consent/score.py --cases cases [--verbose]`; fails on a false allow."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "daemon")]

from aidevops_voice.consent.assent import Judgement, judge  # noqa: E402
from aidevops_voice.consent.pending import read  # noqa: E402

ALLOWING = ("allow", "always")
MOST_DENIED = 0.03
"""Of the plain yes, those that may be taken for something else."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One case and what was made of it."""

    case: dict[str, Any]
    judged: Judgement

    @property
    def wanted(self) -> tuple[str, ...]:
        """The verdicts that are right."""
        return (self.case["expect"], *self.case.get("may_also", ()))

    @property
    def agrees(self) -> bool:
        """Whether the verdict, and what was picked, are among the right ones."""
        if self.judged.verdict == "answer" and "answer" in self.case:
            labels = self.case["pending"].get("options") or ()
            if [one for one in self.judged.answers if one in labels] != self.case["answer"]:
                return False
        return self.judged.verdict in self.wanted

    @property
    def exact(self) -> bool:
        """Whether it is what was expected first of all."""
        return self.agrees and self.judged.verdict == self.case["expect"]

    @property
    def false_allow(self) -> bool:
        """The one thing that must never be."""
        return self.judged.verdict in ALLOWING and self.judged.verdict not in self.wanted

    @property
    def plain_yes(self) -> bool:
        """An allow, and nothing else would be right."""
        return self.case["expect"] in ALLOWING and not self.case.get("may_also")


def scored(folder: str) -> Iterator[Scored]:
    """Every case of a folder, judged."""
    for file in sorted((HERE / folder).glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            request, heard = read(case["said"], case["pending"], now=1000.0)
            yield Scored(case, judge(request, heard, 1000.0))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", choices=("cases", "held_out"), default="cases")
    parser.add_argument("--verbose", action="store_true", help="each case that disagrees")
    args = parser.parse_args()
    every = list(scored(args.cases))
    groups = Counter(each.case["group"] for each in every)
    agreeing = Counter(each.case["group"] for each in every if each.agrees)
    exact = Counter(each.case["group"] for each in every if each.exact)
    for group, many in groups.items():
        print(f"{group:16} {agreeing[group]:4} of {many:4} agree, {exact[group]:4} exactly")
    false_allows = [each for each in every if each.false_allow]
    plain = [each for each in every if each.plain_yes]
    denied = [each for each in plain if each.judged.verdict not in ALLOWING]
    print(f"{'all':16} {sum(agreeing.values()):4} of {len(every):4} agree, {sum(exact.values()):4} exactly")
    print(f"false allows {len(false_allows)}; plain yes not taken {len(denied)} of {len(plain)} "
          f"({100 * len(denied) / max(1, len(plain)):.1f} %)")  # fmt: skip
    for each in every if args.verbose else false_allows:
        if not each.agrees:
            case, judged = each.case, each.judged
            print(f"{case['id']}: {case['said']!r} -> {judged.verdict} {list(judged.answers) or ''} "
                  f"({judged.reason}), wanted {' or '.join(each.wanted)} {case.get('answer', '')}")  # fmt: skip
    return int(bool(false_allows) or len(denied) > MOST_DENIED * len(plain))


if __name__ == "__main__":
    sys.exit(main())
