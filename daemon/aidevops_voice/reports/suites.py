"""Test runs: how many tests failed and passed, which, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from aidevops_voice.languages import Saying
from aidevops_voice.reports.cases import case, failed_tests, spoken
from aidevops_voice.reports.failures import first_failure
from aidevops_voice.reports.report import Report, said, weight
from aidevops_voice.reports.run import Run
from aidevops_voice.reports.runners import RUNNERS, Runner, counts


def read(run: Run) -> Report | None:
    """The last test run of an output."""
    if run.shows:
        return None
    for runner in RUNNERS:
        if runner.hint in run.text and (summaries := list(runner.summary.finditer(run.text))):
            return _report(
                runner, run, counts(runner, summaries), {k: v for k, v in summaries[-1].groupdict().items() if v}
            )
    return _tap(run) or _none(run)


_NOTHING_RAN = re.compile(r"^(?:No tests? (?:files )?found|No test files found|No tests were found)", re.M)


_PLAIN_TAP = next(runner for runner in RUNNERS if runner.name == "tap")
_TAP_PLAN = re.compile(r"^1\.\.\d+", re.M)
_TAP = re.compile(r"^(not )?ok \d+\b(?!.*# (?:skip|SKIP))(.*# TODO)?", re.M)
_TAP_SKIPPED = re.compile(r"^ok \d+\b.*# (?:skip|SKIP)", re.M)


def _tap(run: Run) -> Report | None:
    """Without a summary the lines are counted."""
    if run.cut or not _TAP_PLAN.search(run.text):
        return None
    ran = [match for match in _TAP.finditer(run.text) if not match[2]]
    found = Counter(failed=sum(match[1] is not None for match in ran), skipped=len(_TAP_SKIPPED.findall(run.text)))
    found["passed"] = len(ran) - found["failed"]
    return _report(_PLAIN_TAP, run, found, {}) if ran else None


def _none(run: Run) -> Report | None:
    found = _NOTHING_RAN.search(run.text) if "o test" in run.text else None
    return Report("tests", "none", (said("tests.none"),)) if found else None


def _report(runner: Runner, run: Run, found: Counter[str], groups: Mapping[str, str]) -> Report:
    bad = found["failed"] + found["errors"] > 0 or "bad" in groups or _suites_failed(run.text) > 0
    bad = bad or bool(_MISSING.search(run.text) or _COVERAGE.search(run.text))
    names = failed_tests(runner.name, run.text) if bad else ()
    detail = first_failure(runner.name, run.text) if bad else None
    return Report(
        "tests",
        "bad" if bad else "good" if found["passed"] or _ran(found) or ("good" in groups and found["total"]) else "none",
        (*_result(found, run, bad), *named(names), *(detail.sayings if detail else ())),
        names,
        detail.line if detail else "",
        detail.place if detail else "",
        counts={word: n for word, n in found.items() if n},
    )


_SUITES = re.compile(r"^(?:Test Suites: +| *Test Files +)(\d+) failed", re.M)
_NOT_COLLECTED = re.compile(r"\d+ errors? during collection")
_MISSING = re.compile(r"^ERROR: (?:file or directory not found|not found): (\S+)", re.M)
_COVERAGE = re.compile(
    r"^(?:FAIL Required test coverage of|(?:ERROR: )?Coverage failure: "
    r"total of|Jest: .{0,80}coverage threshold|ERROR: Coverage for \w+ \()",
    re.M,
)


_REACHED = tuple(
    re.compile(pattern, re.M)
    for pattern in (
        r"^FAIL Required test coverage of (?P<required>[\d.]{1,8})% not reached\. "
        r"Total coverage: (?P<reached>[\d.]{1,8})%",
        r"^(?:ERROR: )?Coverage failure: total of (?P<reached>[\d.]{1,8}) "
        r"is less than fail[-_]under=(?P<required>[\d.]{1,8})$",
        r"coverage threshold for \w+ \((?P<required>[\d.]{1,8})%\) not met: (?P<reached>[\d.]{1,8})%",
        r"^ERROR: Coverage for \w+ \((?P<reached>[\d.]{1,8})%\) does not meet (?:\S+ )?(?:\S+ )?threshold "
        r"\((?P<required>[\d.]{1,8})%\)",
    )
)


def _coverage(text: str) -> Saying:
    found = next((match for pattern in _REACHED if (match := pattern.search(text))), None)
    if found is None:
        return said("tests.coverage")
    return said("tests.coverage_of", reached=found["reached"], required=found["required"])


def _suites_failed(text: str) -> int:
    found = _SUITES.search(text) if "Test Suites: " in text or "Test Files" in text else None
    return int(found[1]) if found else 0


def _result(found: Counter[str], run: Run, bad: bool) -> tuple[Saying, ...]:
    """The counts in one sentence, as printed, and skipped tests in a second."""
    failed, errors, passed = found["failed"], found["errors"], found["passed"]
    skipped = (said("tests.skipped", found["skipped"]),) if found["skipped"] else ()
    if errors and not failed and _NOT_COLLECTED.search(run.text):
        return (said("tests.not_collected", errors),)
    if not passed and bool(failed) != bool(errors) and found["total"] > failed + errors:
        key = "tests.failed_of" if failed else "tests.errors_of"
        return (said(key, failed or errors, total=found["total"]), *skipped)
    if failed and errors:
        both = (
            said("tests.failed_errors", failed, errors=errors),
            *((said("tests.passed", passed),) if passed else _total(found)),
        )
        return (*both, *skipped)
    if failed:
        return (
            said("tests.failed_passed", failed, passed=passed) if passed else said("tests.failed", failed),
            *skipped,
        )
    if errors:
        return (
            said("tests.errors_passed", errors, passed=passed) if passed else said("tests.errors", errors),
            *skipped,
        )
    if bad and (suites := _suites_failed(run.text)):
        return (said("tests.suites", suites), *((said("tests.passed", passed),) if passed else ()))
    if bad and passed and _COVERAGE.search(run.text):
        return (_coverage(run.text), said("tests.passed", passed))
    if bad and (missing := _MISSING.search(run.text)):
        return (said("tests.not_found"), said("error.message", message=missing[1]))
    if bad:
        return (said("tests.bad"),)
    if passed:
        return (said("tests.passed", passed), *skipped)
    return (said("tests.ran", found["total"]), *skipped) if _ran(found) else _nothing(found)


def _ran(found: Counter[str]) -> int:
    """How many ran well or were expected to fail, where only all of them and the others are counted."""
    return found["total"] - found["skipped"] - found["todo"] if "passed" not in found else 0


def _total(found: Counter[str]) -> tuple[Saying, ...]:
    return (said("tests.total", found["total"]),) if found["total"] > found["failed"] + found["errors"] else ()


def _nothing(found: Counter[str]) -> tuple[Saying, ...]:
    if found["deselected"]:
        return (said("tests.deselected", found["deselected"]),)
    return (said("tests.all_skipped", found["skipped"]),) if found["skipped"] else (said("tests.none"),)


def _cases(names: tuple[str, ...]) -> list[str]:
    """Of one test with parameters the name with the first, and the others alone; none where they are many."""
    *others, last = cases = [case(name) for name in dict.fromkeys(names)] or [""]
    if not all(cases) or len({spoken(name) for name in names}) > 1 or len(cases) > 2 + (not last.isdecimal()):
        return []
    called = f"{spoken(names[0])} {', '.join(others or cases)}"
    return [called, last] if others else [called]


def named(names: tuple[str, ...]) -> tuple[Saying, ...]:
    """The first failing names, two at most."""
    distinct = _cases(names) or list(dict.fromkeys(spoken(name) for name in names))
    match distinct:
        case []:
            return ()
        case [one]:
            return (said("tests.name", first=one),)
        case [one, *_] if weight(" ".join(distinct[:2])) > 14:
            return (said("tests.name_first", first=one),)
        case [one, two]:
            return (said("tests.names", first=one, second=two),)
        case [one, two, *_]:
            return (said("tests.first", first=one, second=two),)
    return ()
