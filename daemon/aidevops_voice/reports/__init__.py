"""Tool output -> report: what a command's output says, without a model, in bounded time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aidevops_voice.reports import (
    builds,
    certificates,
    checks,
    cures,
    exits,
    git,
    go,
    infra,
    listings,
    lookups,
    migrations,
    packages,
    pipelines,
    shares,
    shell,
    suites,
    traces,
    values,
    web,
)
from aidevops_voice.reports.report import Report
from aidevops_voice.reports.run import Run

__all__ = ["Report", "read"]

_READERS: tuple[Callable[[Run], Report | None], ...] = (
    certificates.read,
    git.read,
    suites.read,
    go.read,
    migrations.read,
    checks.read,
    packages.read,
    web.read,
    builds.read,
    infra.read,
    infra.state,
    traces.read,
    shell.read,
    listings.read,
    values.read,
    lookups.read,
)


def read(output: str, command: str = "", exit_code: int | None = None) -> Report | None:
    """What is worth telling of a finished command; none where that is nothing."""
    run = exits.weighed(Run.of(output, command, exit_code))
    found = _read(run)
    return cures.cured(found, run) if found and found.verdict == "bad" else found


def _read(run: Run) -> Report | None:
    if shown := _shown(run):
        return shown
    if found := exits.excused(run):
        return infra.service(run) or found
    found = next((report for reader in _READERS if (report := reader(run))), None)
    if found and (found.kind, found.verdict) == ("build", "good") and (size := values.size(run)):
        return replace(found, sayings=(*found.sayings, *size.sayings))
    if found is None:
        return exits.read(run) or shares.summed(run)
    if run.exit_code in (0, None) or found.verdict == "bad" or found.kind == "exit":
        return found
    front = () if found.kind in ("tests", "git") and found.verdict == "none" else exits.result(run)
    return replace(
        found, verdict="bad", sayings=(*front, *found.sayings), error=found.error or exits.last_error(run.text)
    )


def _shown(run: Run) -> Report | None:
    """What ran on a server and is only looked at here."""
    if inner := pipelines.log(run):
        found = _read(inner) or exits.why(inner)
        return replace(found, kind="log", verdict="none") if found else None
    return pipelines.read(run)
