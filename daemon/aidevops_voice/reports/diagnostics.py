"""Compilers, type checkers and linters: how many problems, in which files, and the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aidevops_voice.languages import Saying
from aidevops_voice.reports.report import Report, brief, said, spot
from aidevops_voice.reports.run import Run


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem that a tool points at."""

    file: str
    line: str
    message: str
    severity: str = "error"

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (hint, re.compile(pattern, re.M))
    for hint, pattern in (
        # gcc, clang, mypy, javac, swiftc, shellcheck -f gcc
        (
            ": ",
            r"^(?P<file>[^\s:][^:\n]{0,200}):(?P<line>\d+):(?:\d+:)? "
            r"(?P<severity>fatal error|error|warning): (?P<message>.*)$",
        ),
        # rustc, clippy
        (
            "\n --> ",
            r"^(?P<severity>error|warning)(?:\[[\w:]+\])?: (?P<message>.*)\n *--> (?P<file>[^:\n]+):(?P<line>\d+):\d+$",
        ),
        (
            "\n  --> ",
            r"^(?P<severity>error|warning)(?:\[[\w:]+\])?: (?P<message>.*)\n *--> (?P<file>[^:\n]+):(?P<line>\d+):\d+$",
        ),
        # ruff
        (
            "--> ",
            r"^(?:[A-Z]{1,4}\d{2,4}|invalid-syntax):? (?:\[\*\] "
            r")?(?P<message>.*)\n *--> (?P<file>[^:\n]+):(?P<line>\d+):\d+$",
        ),
        # tsc, msbuild, dotnet build
        (
            "): error ",
            r"^(?P<file>[^\s(][^(\n]{0,200})\((?P<line>\d+),\d+\): (?P<severity>error|warning) \w+: (?P<message>.*)$",
        ),
        # tsc --pretty
        (
            " - error ",
            r"^(?P<file>[^\s:][^:\n]{0,200}):(?P<line>\d+):\d+ - (?P<severity>error|warning) TS\d+: (?P<message>.*)$",
        ),
        # pyright
        (
            " - error: ",
            r"^ +(?P<file>[^\s:][^:\n]{0,200}):(?P<line>\d+):\d+ - (?P<severity>error|warning): (?P<message>.*)$",
        ),
        # flake8, pycodestyle, pylint, ruff concise
        (": ", r"^(?P<file>[^\s:][^:\n]{0,200}):(?P<line>\d+):\d+: [A-Z]{1,4}\d{2,4}:? (?:\[\*\] )?(?P<message>.*)$"),
        # rubocop
        (": ", r"^(?P<file>[^\s:][^:\n]{0,200}):(?P<line>\d+):\d+: [CWEFR]: (?:\[\w+\] )?[\w/]+: (?P<message>.*)$"),
        # go build, go vet
        (".go:", r"^(?:vet: )?(?P<file>[^\s:]{1,200}\.go):(?P<line>\d+):\d+: (?P<message>.*)$"),
        # maven
        ("[ERROR] ", r"^\[ERROR\] (?P<file>[^\s:\[]{1,200}):\[(?P<line>\d+),\d+\] (?P<message>.*)$"),
        # kotlin
        ("e: ", r"^e: (?:file://)?(?P<file>[^\s:]{1,200}):(?P<line>\d+):\d+:? (?P<message>.*)$"),
        # cmake
        (
            "CMake Error",
            r"^CMake (?P<severity>Error) at (?P<file>[^:\n]+):(?P<line>\d+) \(\w+\):\n+ +(?P<message>.*)$",
        ),
        # shellcheck
        ("SC", r"^In (?P<file>\S+) line (?P<line>\d+):\n.*\n[^\n]*SC\d+ \((?P<severity>\w+)\): (?P<message>.*)$"),
        # vite, rolldown, esbuild
        ("ERROR]", r"^. \[(?P<severity>ERROR)\] (?P<message>.*)\n\n +(?P<file>[^:\n]+):(?P<line>\d+):\d+:$"),
        ("╭─[", r"^\[\w+\] (?P<message>.*)\n +╭─\[ (?P<file>[^:\n]+):(?P<line>\d+):\d+ \]$"),
        # next, vite 5
        ("rror: ", r"^\.?/?(?P<file>[^\s:]+):(?P<line>\d+):\d+\n(?:\w+ )?[Ee]rror: (?P<message>.*)$"),
        ("file: ", r"^(?:\S+ \([\d:]+\): )?(?P<message>.*)\nfile: (?P<file>[^\s:]+):(?P<line>\d+):\d+$"),
        # webpack
        ("ERROR in ", r"^ERROR in (?:\./)?(?P<file>[^\s:]+) (?P<line>\d+):\d+(?:-\d+)?\n(?P<message>.*)$"),
        # PHP lint and perl
        (
            " on line ",
            r"^(?:PHP )?(?:Parse|Fatal) (?P<severity>error): +(?P<message>.*) in (?P<file>\S+) on line (?P<line>\d+)$",
        ),
    )
)
_ESLINT_FILE = re.compile(r"^(/?[^\s:][^:\n]*\.\w+)$")
_ESLINT = re.compile(r"^ +(\d+):\d+ +(error|warning) +(\S.*?)(?:  +\S+)?$")
_TOTALS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (hint, re.compile(pattern, re.M))
    for hint, pattern in (
        ("Found ", r"^(?:❌ )?Found (?P<errors>\d+) errors?\b"),
        ("problem", r"^✖ (?P<problems>\d+) problems? \((?P<errors>\d+) errors?, (?P<warnings>\d+) warnings?\)"),
        ("informations", r"^(?P<errors>\d+) errors?, (?P<warnings>\d+) warnings?, \d+ informations?"),
        (" offense", r"^\d+ files? inspected, (?P<errors>\d+) offenses?\b"),
        ("previous error", r"due to (?:(?P<errors>\d+) )?previous errors?(?:; (?P<warnings>\d+) warnings? emitted)?"),
        ("compiled with", r"compiled with (?P<errors>\d+) errors?"),
        ("Error(s)", r"^ +(?P<errors>\d+) Error\(s\)"),
        (" generated", r"^(?:(?P<warnings>\d+) warnings? and )?(?P<errors>\d+) errors? generated\.$"),
        (" error", r"^(?P<errors>\d+) errors?$"),
    )
)


def problems(text: str) -> list[Problem]:
    """What the first shape that occurs finds."""
    for hint, pattern in _SHAPES:
        if hint in text and (found := [_problem(match.groupdict()) for match in pattern.finditer(text)]):
            return list(dict.fromkeys(found))
    return list(_eslint(text))


def totals(text: str) -> dict[str, int]:
    """Errors and warnings as the tool itself sums them up; the last sum counts."""
    for hint, pattern in _TOTALS:
        found = list(pattern.finditer(text)) if hint in text else []
        if found:
            groups = {name: int(value) for name, value in found[-1].groupdict().items() if value}
            return groups if "errors" in groups else {"errors": 1} | groups
    return {}


def report(kind: str, found: list[Problem], sums: Mapping[str, int], run: Run) -> Report:
    """Counts, the file, and the first error."""
    errors = [one for one in found if one.severity != "warning"]
    counted = {} if run.cut or sums else {"errors": len(errors), "warnings": len(found) - len(errors)}
    counts = {name: n for name, n in {**counted, **sums}.items() if n or name == "errors"}
    files = tuple(dict.fromkeys(one.file for one in errors or found))
    first = (errors or found)[0] if found else None
    bad = counts.get("errors", 1) > 0 and bool(errors or sums)
    return Report(
        kind,
        "bad" if bad else "none",
        (*_counted(kind, counts, files, bad, run.cut), *_first(first, counts, files), *_warned(counts, bad)),
        error=first.message if first else "",
        place=first.place if first else "",
        files=files,
        counts=counts,
    )


def _counted(kind: str, counts: Mapping[str, int], files: tuple[str, ...], bad: bool, cut: bool) -> tuple[Saying, ...]:
    errors, warnings = counts.get("errors", 0), counts.get("warnings", 0)
    if not bad:
        return (said(f"{kind}.warnings", warnings),) if warnings else ()
    if not errors:
        return (said(f"{kind}.bad"),)
    told = said(f"{kind}.errors", errors)
    if len(files) == 1 and errors > 1:
        told = said(f"{kind}.errors_in", errors, file=files[0])
    elif len(files) > 1 and not cut:
        told = said(f"{kind}.errors_files", errors, files=len(files))
    return (told,)


def _warned(counts: Mapping[str, int], bad: bool) -> tuple[Saying, ...]:
    warnings = counts.get("warnings", 0)
    return (said("build.also_warnings", warnings),) if warnings and bad else ()


def _first(first: Problem | None, counts: Mapping[str, int], files: tuple[str, ...]) -> tuple[Saying, ...]:
    if first is None:
        return ()
    message = brief(re.sub(r"  ?\[[\w-]+\]$| \(\w+\)$|\.$|; to \w+ it:$", "", first.message))
    if counts.get("errors", 0) > 1:
        line = said("error.first_line", message=message, line=int(first.line))
        return (line,) if len(files) == 1 else (said("error.first", message=message), *spot(first.place))
    return (said("error.message", message=message), *spot(first.place))


def _problem(groups: Mapping[str, str | None]) -> Problem:
    severity = (groups.get("severity") or "error").lower()
    return Problem(groups["file"] or "", groups["line"] or "0", (groups["message"] or "").strip(), severity)


def _eslint(text: str) -> Iterator[Problem]:
    """Problems stand below the file that they are in."""
    file = ""
    for line in text.split("\n") if "  error  " in text or "  warning  " in text else ():
        if found := _ESLINT.match(line):
            if file:
                yield Problem(file, found[1], found[3], found[2])
        elif head := _ESLINT_FILE.match(line):
            file = head[1]
