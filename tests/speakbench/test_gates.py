"""Ours holds the gates on the development and on the held-out cases; times are for `make speakbench`."""

from __future__ import annotations

from pathlib import Path

import pytest
from speakbench.cases import DEVELOPMENT, HELD_OUT, load
from speakbench.judging import judge
from speakbench.stability import variants
from speakbench.systems import system
from speakbench.table import rows
from speakbench.timing import Times

_NO_TIME = Times(0, 0, 0, 0, 0)


@pytest.mark.parametrize("cases", [DEVELOPMENT, HELD_OUT], ids=["development", "held out"])
def test_the_gates_hold(cases: Path) -> None:
    ours = system("ours")
    verdicts = [
        judge(case, ours.tell(case), ours.again, [(name, ours.tell(other)) for name, other in variants(case)])
        for case in load(cases)
    ]
    below = {row.name: (row.value, row.cases) for row in rows(verdicts, _NO_TIME) if not row.holds}
    assert below == {}
