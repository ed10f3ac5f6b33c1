"""The single result that a short command prints: a size, a count, a date, how many steps were done."""

from __future__ import annotations

import re

from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.rules import first, rule
from aidevops_voice.reports.run import Run

_DONE = (
    rule("values.migrated", "good", "Applying ", r"^ *Applying \S+\.\.\. ?OK"),
    rule("values.migrated", "good", "Running upgrade", r"Running upgrade \S* ?.*-> \w+, \S"),
    rule("values.migrated", "good", ": migrated", r"^== (?:\d+ )?\w+: migrated"),
    rule(
        "values.reclaimed",
        "good",
        "reclaimed space",
        r"^Total reclaimed space: (?P<size>[1-9][\d.]*) ?(?P<unit>[kKMGT]?B)$",
    ),
    rule("values.rolled_back", "good", " rolled back", r"^[\w.]+/(?P<name>\S+) rolled back$"),
    rule("values.scaled", "good", " scaled", r"^[\w.]+/(?P<name>\S+) scaled$"),
    rule("values.restarted", "good", " restarted", r"^[\w.]+/(?P<name>\S+) restarted$"),
    rule("values.valid", "good", " is valid", r"^(?:Success! )?The configuration is valid"),
)
_TOTAL = re.compile(
    r"^ *text\s+data\s+bss\s+dec\s+hex\s+filename\n(?:\s*\d+){3}\s+(?P<n>\d+)\s+\w+\s+(?P<file>\S+)$", re.M
)
_DISK = re.compile(r"^(?P<n>\d[\d.]*)(?P<unit>[KMGT])i?B?\s+(?P<file>\S[^\n]*)$")
_LONG = re.compile(r"^-[rwxsStT-]{9}[.+@]? +\d+ \S+ +\S+ +(?P<n>\d[\d.]*)(?P<unit>[KMGT]?) .*?(?P<file>[^\s/]+)$")
_NUMBER = re.compile(r"^\s*(?P<n>\d{1,12}(?:\.\d{1,4})?)\s*$")
_COUNTED = re.compile(
    r"\bcount\s*\(|\bstat (?:-\w+ )*(?:-c|-f|--format=?) ?['\"]?%[sz]|^soxi -|^wc -c|--count\b|^ffprobe |^nproc\b", re.I
)


def read(run: Run) -> Report | None:
    """Of a command that succeeded and printed little beside it."""
    if run.exit_code not in (0, None) or not run.command or run.cut:
        return None
    if measured := size(run):
        return measured
    if not run.shows and (done := first(_DONE, run)):
        return done
    number = _NUMBER.match(run.text) if _COUNTED.search(run.command) and len(run.lines) == 1 else None
    return Report("value", "none", (said("values.number", number=_plain(number["n"])),)) if number else None


def _plain(number: str) -> int | str:
    return int(number) if number.isdecimal() else number


def size(run: Run) -> Report | None:
    """Of a program that was built, a file or a folder."""
    if found := _TOTAL.search(run.text):
        return Report("value", "none", (said("values.bytes", int(found["n"]), file=found["file"]),))
    if len(run.lines) != 1:
        return None
    found = _DISK.match(run.text) if run.runs("du ") else _LONG.match(run.text) if run.runs("ls ") else None
    if found is None:
        return None
    if not found["unit"]:
        return Report("value", "none", (said("values.bytes", int(float(found["n"])), file=found["file"]),))
    return Report("value", "none", (said("values.size", size=f"{found['n']} {found['unit']}B", file=found["file"]),))
