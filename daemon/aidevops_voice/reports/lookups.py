"""The one thing that a command which only looks was run for: a date, a version, a measurement, a line of git."""

from __future__ import annotations

import re

from aidevops_voice.languages import Saying
from aidevops_voice.reports.report import Report, brief, weight
from aidevops_voice.reports.run import Run

_ASKS_VERSION = re.compile(r"^\S+(?: \S+)? (?:--version|-[vV]|version)$")
_VERSION = re.compile(r"(?<![\d.])v?(?P<number>\d{1,4}(?:\.\d{1,5}){1,3})(?![\d.]*\d)")
_GIT = re.compile(
    r"git (?:-\S+ )*(?:log|show (?:-s|--no-patch)|describe|branch --show-current|rev-parse --abbrev-ref|shortlog)\b"
)
_HASH = re.compile(r"\b[0-9a-f]{7,40}\b")
_AMOUNT = (
    r"\d[\d.,]*(?: ?(?:[nuµμm]?s|secs?|seconds?|min|fps|%|[kKMG]i?B)(?:/s)?"
    r"| (?:req|ops|rows|iter)\w*/s(?:ec)?)(?![\w/])"
)
_MEASURED = re.compile(
    r"^ *(?P<message>(?:\w[^:=\n]{0,40}[:=] *)?(?:median|mean|average|avg|p\d\d|throughput)[ :=]+"
    rf"{_AMOUNT}[^\n]{{0,80}})$",
    re.M | re.I,
)
_CRITERION = re.compile(rf"^(?P<name>\S[^\n]{{0,60}}?)?\s+time: +\[\d[\d.]* \S+ (?P<n>{_AMOUNT}) ", re.M)
_HYPERFINE = re.compile(rf"^ +Time \(mean ± σ\): +(?P<n>{_AMOUNT})", re.M)
_DISK = re.compile(r"^\S+ .*? (?P<free>\d[\d.]*)(?P<unit>[KMGT])i? +(?P<percent>\d{1,3})% +(?P<place>/\S*)$")
_ALONE = re.compile(rf"^\s*{_AMOUNT}\s*$")
_LINES, _WORDS = 40, 18


def read(run: Run) -> Report | None:
    """Of a command that succeeded."""
    if run.exit_code not in (0, None) or not run.command or run.cut:
        return None
    if run.runs("df ") and len(run.lines) == 2 and (disk := _DISK.match(run.lines[-1])):
        free = f"{disk['free']} {disk['unit']}B"
        return _value("values.full", message=f"{disk['percent']}%", size=free)
    if run.shows:
        return None
    if _ASKS_VERSION.match(run.last) and (version := _VERSION.search(run.lines[0] if run.lines else "")):
        return _value("values.version", number=version["number"])
    if len(run.lines) == 1 and _ALONE.match(run.lines[0]):
        return _value("values.result", message=re.sub(r"(?<=\d)(?=[^\W\d])", " ", run.lines[0].strip()))
    if _GIT.match(run.last) and len(run.lines) == 1:
        return _line(run.lines[0])
    return _measured(run)


def _value(key: str, **fields: str) -> Report:
    return Report("value", "none", (Saying(key, fields=fields),))


def _line(line: str) -> Report | None:
    """What git printed in the form that it was told, without the numbers of commits."""
    text = " ".join(_HASH.sub("", line).split()).strip("-:| ")
    return _value("values.line", message=text) if re.search(r"[^\W\d_]{2}", text) and weight(text) <= _WORDS else None


def _measured(run: Run) -> Report | None:
    text = "\n".join(run.lines[-_LINES:])
    if found := _CRITERION.search(text):
        return _value("values.takes", name=found["name"] or "", number=found["n"]) if found["name"] else None
    if found := _HYPERFINE.search(text):
        return _value("values.mean", number=found["n"])
    lines = [re.sub(r"(?<=\w)[:=] *(?=\d)", " ", match["message"]) for match in _MEASURED.finditer(text)]
    return _value("values.line", message=brief(", ".join(lines), _WORDS)) if lines and len(lines) < 3 else None
