"""Migrations of a database that stopped: which, why, and whether it was rolled back."""

from __future__ import annotations

import re

from aidevops_voice.reports import causes, traces
from aidevops_voice.reports.reasons import DATA
from aidevops_voice.reports.report import Report, brief, said, spot
from aidevops_voice.reports.rules import Rule, first, rule
from aidevops_voice.reports.run import Run

_NAME = r"(?P<name>[\w.-]{3,120})"
_STOPPED: tuple[Rule, ...] = (
    rule("items.migration", "bad", "Running upgrade", r"Running (?:up|down)grade \S* -> \w+, (?P<name>\S.{2,80})$"),
    rule("items.migration", "bad", "Applying ", rf"^ *Applying {_NAME}?\.\.\.(?! ?OK)"),
    rule("items.migration", "bad", "Migration name: ", rf"^Migration name: {_NAME}"),
    rule("items.migration", "bad", "Migration of schema",
         r"^ERROR: Migration of schema .{1,80}? \"(?P<name>[^\"\n]+)\" failed"),
    rule("items.migration", "bad", ": migrating", rf"^== (?:\d+ )?{_NAME}: migrating =+$(?![\s\S]*: migrated)"),
    rule("items.migration", "bad", "igration", rf"[Mm]igration (?:file )?[\"'`]?{_NAME}[\"'`]? failed"),
    rule("items.migration", "bad", " FAIL", r"^ *(?P<name>\d{4}_\d\d_\d\d_\d+_\w+) [. ]+.*\bFAIL"),
    rule("items.migration", "bad", "rror running migration", rf"rror running migration {_NAME}"),
)  # fmt: skip
_HINT = re.compile(r"igrat|Applying |alembic|flyway")
_BACK = re.compile(r"rolled back|^ROLLBACK$|transaction (?:was )?rolled", re.M | re.I)
_SERVER = re.compile(r"\b(?:ERROR|Error): +(?P<message>(?!Migration|Script|P\d{4}|An error|A migration)\S.*)$", re.M)


def read(run: Run) -> Report | None:
    """Only of a command that failed; which one comes before why."""
    if run.exit_code in (0, None) or not _HINT.search(f"{run.command}\n{run.text}"):
        return None
    stopped = first(_STOPPED, run)
    if stopped is None:
        return None
    known, server, trace = first(DATA, run), _SERVER.search(run.text), traces.find(run.text)
    if known:
        reason, error = known.sayings[:1], known.error
    elif server:
        reason, error = (said("error.message", message=brief(server["message"])),), server["message"]
    else:
        found = causes.find(run.text, run.command)
        reason, error = (found.sayings, found.error) if found else ((), "")
    back = (said("infra.rolled_back"),) if _BACK.search(run.text) else ()
    place = trace.place if trace and not trace.place.partition(":")[0].endswith("manage.py") else ""
    return Report("infra", "bad", (*stopped.sayings, *reason, *back, *spot(place)), error=error.strip(), place=place)
