"""Tests of Go, whose runner prints no totals."""

from __future__ import annotations

import re

from aidevops_voice.reports.cases import failed_tests
from aidevops_voice.reports.failures import first_failure
from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.run import Run
from aidevops_voice.reports.suites import named

_PACKAGE = re.compile(r"^(ok|FAIL)(?:  )?\t\S+[\t ](?:[\d.]+s|\(cached\)|\[(build|setup) failed\])", re.M)
_TOP = re.compile(r"^--- (PASS|FAIL|SKIP): ", re.M)
_BUILD = re.compile(r"^(\S+\.go):(\d+):\d+: (.*)$", re.M)


def read(run: Run) -> Report | None:
    """Counted tests where they are printed, else packages."""
    if run.shows or ("\t" not in run.text and "--- FAIL" not in run.text):
        return None
    packages = _PACKAGE.findall(run.text)
    tests = [match[1] for match in _TOP.finditer(run.text)]
    if not packages and not tests:
        return None
    if "FAIL" not in tests and any(outcome == "FAIL" for outcome, _ in packages):
        return _unbuilt(run, sum(outcome == "FAIL" for outcome, _ in packages))
    return _counted(run, tests, sum(outcome == "ok" for outcome, _ in packages))


def _counted(run: Run, tests: list[str], packages: int) -> Report:
    failed, passed = tests.count("FAIL"), tests.count("PASS")
    if not failed:
        first = said("tests.passed", passed) if passed and not run.cut else said("tests.packages", packages)
        return Report("tests", "good", (first,), counts={"passed": passed} if passed else {"packages": packages})
    names, detail = failed_tests("go", run.text), first_failure("go", run.text)
    first = said("tests.failed_passed", failed, passed=passed) if passed else said("tests.failed", failed)
    counts = {"failed": failed} | ({"passed": passed} if passed else {})
    if run.cut:
        first, counts = said("tests.bad"), {}
    return Report(
        "tests", "bad", (first, *named(names), *detail.sayings), names, detail.line, detail.place, counts=counts
    )


def _unbuilt(run: Run, failed: int) -> Report:
    """Packages that failed without a failing test: they were not built, or crashed."""
    found = _BUILD.search(run.text)
    detail = first_failure("go", run.text) if not found else None
    place = f"{found[1]}:{found[2]}" if found else detail.place if detail else ""
    error = found[3] if found else detail.line if detail else ""
    from_error = (said("error.message", message=error),) if found else detail.sayings if detail else ()
    return Report("tests", "bad", (said("tests.packages_failed", failed), *from_error), error=error, place=place)
