"""Runs on a server, as `gh` and `glab` show them: whether they passed, what of them failed, and their logs."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.languages import Saying
from aidevops_voice.reports import items
from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.run import Run

_SHOWN = ("gh run ", "gh pr checks", "glab ci ", "glab pipeline ")
_LOGGED = re.compile(r"^[^\t\n]*\t[^\t\n]*\t\ufeff?(?:\d{4}-\d\d-\d\dT[\d:.]+Z )?", re.M)
_MARKER = re.compile(r"##\[(?:error|group|endgroup|command|debug)\]")
_CHECK = re.compile(r"^(?P<name>[^\t\n]+)\t(?P<state>pass|fail|pending|skipping|cancel\w*)\t", re.M)
_JOB = re.compile(r"^(?P<mark>[X✗✓]) (?P<name>\S[^\n]{0,80}?) in \d[\dhms]*(?: |$)", re.M)
_ROW = re.compile(r"^(?P<status>completed|in_progress|queued|waiting|requested|pending)\t(?P<end>\w*)\t")
_KEYED = re.compile(r"\"conclusion\": ?\"(?P<end>\w*)\"")
_BAD = frozenset({"failure", "timed_out", "startup_failure", "cancelled"})


def log(run: Run) -> Run | None:
    """The log of a run without what stands in front of each line, as an output of its own."""
    if not run.command or not run.runs(*_SHOWN) or "log" not in run.command or not _LOGGED.match(run.text):
        return None
    return replace(run, text=_MARKER.sub("", _LOGGED.sub("", run.text)), command="", exit_code=None)


def read(run: Run) -> Report | None:
    """Of a look at a run, never of the run itself, so nothing of it is a failure of the command."""
    if not run.command or not run.runs(*_SHOWN):
        return None
    checks = [(match["name"].strip(), match["state"]) for match in _CHECK.finditer(run.text)]
    jobs = [(match["name"], "pass" if match["mark"] == "✓" else "fail") for match in _JOB.finditer(run.text)]
    if checks or jobs:
        return _checks(checks or jobs, run)
    row = _ROW.match(run.text)
    ended = row["end"] if row else found["end"] if (found := _KEYED.search(run.text)) else None
    return _told(_ended(ended)) if ended is not None else None


def _ended(end: str) -> Saying:
    if end in _BAD:
        return said("runs.bad")
    return said("runs.good" if end == "success" else "runs.open" if not end else "runs.other")


def _checks(found: list[tuple[str, str]], run: Run) -> Report:
    bad = [items.Item(name, "", name) for name, state in found if state == "fail" or state.startswith("cancel")]
    if bad:
        return _told(said("runs.checks_bad", len(bad), total=len(found)), *items.told(bad, run.cut))
    waiting = sum(1 for _, state in found if state == "pending")
    return _told(said("runs.checks_open", waiting) if waiting else said("runs.checks_good", len(found)))


def _told(*sayings: Saying) -> Report:
    return Report("log", "none", sayings)
