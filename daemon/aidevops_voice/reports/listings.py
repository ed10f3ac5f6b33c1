"""Listings that are counted: lines found, files, entries."""

from __future__ import annotations

import re

from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.run import Run

_COUNT = re.compile(r"^\s*(\d{1,9})(?: \S+)?\s*$")
_WC = re.compile(r"^\s*(\d{1,9}) total$", re.M)


def read(run: Run) -> Report | None:
    """Only where the number is the point."""
    if run.exit_code not in (0, None) or not run.command or run.cut:
        return None
    if run.last.startswith(("wc -l", "grep -c", "rg -c", "rg --count")) and (
        found := _WC.search(run.text) or _COUNT.match(run.text)
    ):
        kind = "lines" if run.first.startswith(("wc", "grep -c", "rg -c")) else "results"
        return _told(kind, int(found[1]))
    if len(run.programs) > 1:
        return None
    if run.first.startswith(("grep -r", "grep -R", "rg ", "git grep")):
        return _told("matches", len(run.lines)) if run.lines else None
    if run.first.startswith(("find ", "fd ")):
        return _told("results", len(run.lines))
    return None


def _told(kind: str, n: int) -> Report:
    if not n:
        return Report("listing", "none", (said("exit.no_match"),), counts={kind: n})
    return Report("listing", "none", (said(f"listing.{kind}", n),), counts={kind: n})
