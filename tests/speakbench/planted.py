"""One turn to plant faults in, and a faultless summary of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from speakbench.cases import Case
from speakbench.judging import judge
from speakbench.systems import Spoken

SOURCE = """I fixed `parse_config` in `src/app/main.py:42`. 3 tests failed before, now all 12 tests pass.

The key `sk-proj-m4d3UpK3yAbCdEfGh1jKlMn0` was not changed. Five lines were added and 2 lines removed.

- one
- two
"""
GOOD = "Fixed parse config in main dot py. All twelve tests pass. The key was not changed."


def case(**changes: object) -> Case:
    whole = Case(
        id="planted",
        topic="planted",
        style="claude",
        kind="work",
        text=SOURCE,
        events=(),
        keep=(("parse config",), ("12", "dozen"), ("not changed",)),
        never=("sk-proj",),
        words=30,
        severity="normal",
        outcome="done",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def wrong(spoken: str, told: Case | None = None, outcome: str = "") -> set[str]:
    return set(judge(told or case(), Spoken(spoken, outcome), lambda text: text).wrong)


def write(folder: Path, text: str) -> Path:
    path = folder / "planted.yaml"
    path.write_text(text, encoding="utf-8")
    return path
