"""Linters, type checkers and formatters."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.reports import diagnostics
from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.rules import Rule, first, rule
from aidevops_voice.reports.run import Run

_TOOLS = (
    "ruff",
    "mypy",
    "pyright",
    "eslint",
    "flake8",
    "pylint",
    "cargo clippy",
    "cargo fmt",
    "rustfmt",
    "prettier",
    "black",
    "isort",
    "shellcheck",
    "stylelint",
    "golangci-lint",
    "go vet",
    "gofmt",
    "biome",
    "oxlint",
    "rubocop",
    "phpstan",
    "hadolint",
    "yamllint",
    "npm run lint",
    "yarn lint",
    "pnpm lint",
    "pnpm run lint",
    "make lint",
    "pre-commit",
    "basedpyright",
    "ty check",
    "vue-tsc",
    "lint-imports",
)
_CLEAN: tuple[Rule, ...] = (
    rule("lint.clean", "good", "All checks passed", r"^All checks passed!$"),
    rule("lint.clean_files", "good", "no issues found", r"^Success: no issues found in (?P<n>\d+) source files?$"),
    rule("lint.clean", "good", "0 errors, ", r"^0 errors, 0 warnings, 0 informations"),
    rule("lint.clean", "good", "no offenses", r"^\d+ files? inspected, no offenses detected$"),
    rule("lint.formatted", "good", "Prettier code style!", r"^All matched files use Prettier code style!$"),
    rule("lint.unformatted", "bad", "would be reformatted", r"^(?P<n>\d+) files? would be reformatted"),
    rule(
        "lint.unformatted_some",
        "bad",
        "Code style issues",
        r"^\[warn\] Code style issues found in (?:the above|\d+) files?",
    ),
    rule("lint.reformatted", "good", " reformatted", r"^(?P<n>\d+) files? reformatted"),
    rule("lint.formatted", "good", "already formatted", r"^\d+ files? already formatted$"),
    rule(
        "lint.formatted",
        "good",
        "left unchanged",
        r"^\d+ files? would be left unchanged\.$|^\d+ files? left unchanged\.$",
    ),
    rule("lint.fixed", "good", " fixed, 0 remaining", r"^Found \d+ errors? \((?P<n>\d+) fixed, 0 remaining\)\.$"),
    rule(
        "lint.left",
        "bad",
        " remaining)",
        r"^Found (?P<total>\d+) errors? \((?P<fixed>\d+) fixed, (?P<n>\d+) remaining\)\.$",
    ),
    rule("lint.contracts", "good", "Contracts: ", r"^Contracts: (?P<n>\d+) kept, 0 broken\.$"),
    rule("lint.contracts_broken", "bad", "Contracts: ", r"^Contracts: \d+ kept, (?P<n>\d+) broken\.$"),
)
_UNFORMATTED = re.compile(
    r"^(?:[Ww]ould reformat:? |\[warn\] (?!Code style)|Diff in )(?P<file>[^\s:]+?)(?::\d+:?| at line \d+:)?$", re.M
)


def read(run: Run) -> Report | None:
    """Clean, unformatted, or so many problems."""
    if run.shows or not run.runs(*_TOOLS, "npm", "make", "tox", "nox", "uv"):
        return None
    if found := first(_CLEAN, run):
        return _unformatted(run) or _named(found, run) if found.verdict == "bad" else found
    if not run.command or not run.runs(*_TOOLS):
        return None
    if report := _unformatted(run):
        return report
    problems, sums = diagnostics.problems(run.text), diagnostics.totals(run.text)
    if problems or sums.get("errors"):
        return diagnostics.report("lint", problems, sums, run)
    return Report("lint", "good", (said("lint.clean"),)) if run.exit_code == 0 and _silent(run) else None


def _named(report: Report, run: Run) -> Report:
    """With the first of the problems that are left."""
    problems = diagnostics.problems(run.text)
    if not problems:
        return report
    named = diagnostics.report("lint", problems, {"errors": report.counts.get("n", 1)}, run)
    return replace(named, sayings=(*report.sayings, *named.sayings[1:]), counts={**named.counts, **report.counts})


def _silent(run: Run) -> bool:
    """Most of them print nothing when there is nothing to say."""
    return not run.text.strip() and len(run.programs) == 1


def _unformatted(run: Run) -> Report | None:
    files = tuple(dict.fromkeys(match["file"] for match in _UNFORMATTED.finditer(run.text)))
    if not files:
        return None
    counts = {} if run.cut else {"files": len(files)}
    told = said("lint.unformatted_file", file=files[0]) if len(files) == 1 else said("lint.unformatted", len(files))
    if len(files) == 2:
        told = said("lint.unformatted_two", first=files[0], second=files[1])
    return Report("lint", "bad", (said("lint.unformatted_some") if run.cut else told,), files=files, counts=counts)
