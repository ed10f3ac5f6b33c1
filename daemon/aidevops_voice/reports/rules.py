"""Readings of one line each, as tables: what the line looks like, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aidevops_voice.languages import Saying
from aidevops_voice.reports.report import Report, Verdict, said, short, spot
from aidevops_voice.reports.run import Run

_NUMBERS = frozenset({"n", "line", "exit", "added", "removed", "changed", "total", "passed", "warnings"})
_MESSAGES = frozenset({"message", "error", "subject"})
_NAMING = frozenset({"git.removed", "git.would_remove", "shell.removed"})
"""Counted lines of which a few are told by name."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line and its saying."""

    key: str
    verdict: Verdict
    hint: str
    """Stands in every such line; looked for first, because it is cheap."""
    pattern: re.Pattern[str]
    """Its named groups are the fields; `n` decides between singular and plural, `file` and `line` are the place."""
    counted: bool = False
    """`n` is how many lines there are."""


def rule(key: str, verdict: Verdict, hint: str, pattern: str) -> Rule:
    """A rule from its pattern, matched in every line."""
    return Rule(key, verdict, hint, re.compile(pattern, re.M))


def many(key: str, verdict: Verdict, hint: str, pattern: str) -> Rule:
    """A rule for which the lines are counted; the first line gives the fields."""
    return Rule(key, verdict, hint, re.compile(pattern, re.M), counted=True)


def first(rules: Iterable[Rule], run: Run) -> Report | None:
    """What the first rule that applies says."""
    return next((report for each in rules if (report := applied(each, run))), None)


def every(rules: Iterable[Rule], run: Run) -> list[Report]:
    """What each rule that applies says."""
    return [report for each in rules if (report := applied(each, run))]


def applied(rule: Rule, run: Run) -> Report | None:
    """What a rule says of its last line, or of all of them."""
    if rule.hint not in run.text or (rule.counted and (run.cut or run.sifted)):
        return None
    found = list(rule.pattern.finditer(run.text))
    if not found:
        return None
    return _report(rule, found[0], len(found), found) if rule.counted else _report(rule, found[-1])


def joined(reports: list[Report]) -> Report | None:
    """The first report, with the sayings of the others behind its own."""
    if not reports:
        return None
    sayings: list[Saying] = []
    for each in reports:
        sayings += [one for one in each.sayings if one not in sayings]
    return replace(
        reports[0],
        verdict="bad" if any(each.verdict == "bad" for each in reports) else reports[0].verdict,
        sayings=tuple(sayings),
        error=next((each.error for each in reports if each.error), ""),
        files=tuple(dict.fromkeys(file for each in reports for file in each.files)),
        counts={name: n for each in reversed(reports) for name, n in each.counts.items()},
    )


def _field(name: str, value: str) -> str:
    """A slash in a branch's name is not a folder, and a scope is part of a name."""
    if name == "branch":
        return value.replace("/", " ")
    if name == "name":
        return value.replace("::", " ").strip()
    return short(value) if name in _MESSAGES else value


def _report(rule: Rule, found: re.Match[str], n: int | None = None, matches: Iterable[re.Match[str]] = ()) -> Report:
    groups = {name: value.strip() for name, value in found.groupdict().items() if value is not None}
    numbers = {name: int(re.sub(r"\D", "", value)) for name, value in groups.items() if name in _NUMBERS}
    n = numbers.pop("n", n)
    key = rule.key
    fields = {name: _field(name, value) for name, value in groups.items() if name not in numbers and name != "n"}
    place = f"{groups['file']}:{groups['line']}" if "line" in groups and "file" in groups else ""
    if place:
        fields.pop("file")
    files = [match["file"] for match in matches or (found,)] if "file" in groups else []
    if rule.key in _NAMING and n in (2, 3):
        names = list(dict.fromkeys(file.rstrip("/").rpartition("/")[2] for file in files))
        fields = {"first": ", ".join(names[:-1]), "last": names[-1]}
        key = f"{key}_few" if len(names) == n else key
    counts = {name: number for name, number in numbers.items() if name not in ("line", "exit")}
    return Report(
        rule.key.partition(".")[0],
        rule.verdict,
        (
            said(key, n, **fields, **{name: number for name, number in numbers.items() if name != "line"}),
            *spot(place),
        ),
        error=" ".join(found.group().split()) if rule.verdict == "bad" else "",
        place=place,
        files=tuple(dict.fromkeys(files)),
        counts=counts | ({"n": n} if n is not None else {}),
    )
