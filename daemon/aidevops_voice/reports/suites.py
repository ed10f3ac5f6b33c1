"""Test runs: how many tests failed and passed, which, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from aidevops_voice.languages import Saying
from aidevops_voice.reports.failures import case, failed_tests, first_failure, spoken
from aidevops_voice.reports.report import Report, said, weight
from aidevops_voice.reports.run import Run

_WORDS = {
    "failed": "failed", "failing": "failed", "failure": "failed", "failures": "failed", "fail": "failed",
    "error": "errors", "errors": "errors", "errored": "errors", "errors occurred": "errors",
    "passed": "passed", "passing": "passed", "passes": "passed", "pass": "passed", "successes": "passed",
    "skipped": "skipped", "skips": "skipped", "pending": "skipped", "ignored": "skipped", "todo": "todo",
    "disabled": "skipped", "incomplete": "skipped", "skip": "skipped", "xfailed": "expected",
    "expected failures": "expected",
    "xpassed": "unexpected", "unexpected successes": "unexpected", "deselected": "deselected", "flaky": "flaky",
    "did not run": "skipped",
    "tests": "total", "test": "total", "total": "total", "examples": "total", "example": "total", "runs": "total",
    "tests run": "total", "tests completed": "total", "cancelled": "errors", "interrupted": "errors",
    "exceptions": "errors",
    "timed out": "failed",
}  # fmt: skip
_NAMES = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_BEFORE = re.compile(rf"\b(\d+) ({_NAMES})\b", re.I)
_AFTER = re.compile(rf"\b({_NAMES})(?:[:=]\"?)? *(\d+)\b", re.I)


@dataclass(frozen=True, slots=True)
class Runner:
    """How one test runner sums up."""

    name: str
    hint: str
    """Stands in each such output; looked for first, because it is cheap."""
    summary: re.Pattern[str]
    """A group named as a count is that count; a group `bad` or `good` is the verdict."""
    parts: str = "last"
    """`last`: the last summary counts; `sum`: one for each suite; `all`: each line has a number of its own."""
    order: str = "before"
    """Whether a number stands before or after its word."""


def _runner(name: str, hint: str, summary: str, parts: str = "last", order: str = "before") -> Runner:
    return Runner(name, hint, re.compile(summary, re.M), parts, order)


RUNNERS: tuple[Runner, ...] = (
    _runner(
        "pytest",
        " in ",
        r"^=* ?(?:\d+ [a-z]+(?:, \d+ [a-z ]+)*|no tests " r"(?:ran|collected)[^\n=]*?) in [\d.]+s\b.*$",
    ),
    _runner(
        "unittest",
        "Ran ",
        r"^Ran (?P<total>\d+) tests? in " r".*\n+(?:(?P<good>OK)|(?P<bad>FAILED)|NO TESTS RAN).*$",
        "last",
        "after",
    ),
    _runner("jest", "Tests: ", r"^Tests: +\d.*total$"),
    _runner("vitest", "Tests  ", r"^ *Tests  +(?:\d.*\)|no tests)$"),
    _runner("cargo", "test result: ", r"^test result: (?:(?P<good>ok)|(?P<bad>FAILED))\. .*$", "sum"),
    _runner("nextest", " run: ", r"^ *Summary \[[^\]\n]*\] +\d+(?:/\d+)? tests? run: .*$"),
    _runner("mocha", " passing (", r"^ +\d+ passing \(.*$(?:\n+ +\d+ (?:pending|failing)$)*"),
    _runner("tap", "# pass", r"^# (?:tests|pass|fail|skipped|todo|cancelled) +\d+$", "all", "after"),
    _runner("node", "ℹ pass", r"^ℹ (?:tests|pass|fail|skipped|todo|cancelled) +\d+$", "all", "after"),
    _runner(
        "surefire",
        "Tests run: ",
        r"^(?:\[\w+\] )?Tests run: \d+, Failures: \d+, " r"Errors: \d+(?:, Skipped: \d+)?$",
        "last",
        "after",
    ),
    _runner(
        "surefire", "Time elapsed", r"^(?:\[\w+\] )?Tests run: \d+, " r"Failures: \d+.*Time elapsed.*$", "sum", "after"
    ),
    _runner("junit", "Tests run: ", r"^Tests run: \d+,  Failures: \d+$", "last", "after"),
    _runner("junit", "OK (", r"^(?P<good>OK) \(\d+ tests?\)$"),
    _runner("gradle", " completed", r"^\d+ tests? completed.*$"),
    _runner("rspec", " example", r"^\d+ examples?, \d+ failures?.*$"),
    _runner("phpunit", "Assertions: ", r"^Tests: \d+, Assertions: .*$", "last", "after"),
    _runner("phpunit", " assertion", r"^(?P<good>OK) \((?P<total>\d+) tests?, \d+ assertions?\)$"),
    _runner("minitest", " assertions, ", r"^\d+ (?:runs|tests), \d+ assertions, .*$"),
    _runner("dotnet", "Failed: ", r"^(?:(?P<bad>Failed)|(?P<good>Passed))! +- Failed: .*$", "sum", "after"),
    _runner("ctest", " tests passed", r"^\d+% tests passed, (?P<failed>\d+) tests? failed out of (?P<total>\d+)$"),
    _runner(
        "playwright",
        "  ",
        r"^  \d+ " r"(?:passed|failed|flaky|skipped|interrupted|did not run)(?: \([\d.]+m?s?\))?$",
        "all",
    ),
    _runner("bun", " pass", r"^ \d+ (?:pass|fail|skip|todo|errors?)$", "all"),
    _runner("deno", " passed", r"^(?:(?P<good>ok)|(?P<bad>FAILED)) \| .*$"),
    _runner("xctest", "Executed ", r"^\s*Executed \d+ tests?, with .*$"),
    _runner("exunit", " failure", r"^(?:\d+ doctests?, )?\d+ tests?, \d+ failures?.*$"),
    _runner("junitxml", "<testsuite ", r"<testsuite [^<>\n]{1,600}>", "sum", "after"),
)


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


_SUMMARIES = 300


def counts(runner: Runner, summaries: list[re.Match[str]]) -> Counter[str]:
    """Failed, passed and the like; what was not said is worked out from the total."""
    found: Counter[str] = Counter()
    for summary in summaries[-1:] if runner.parts == "last" else summaries[-_SUMMARIES:]:
        one = _counted(runner, summary)
        found.update(one) if runner.parts == "sum" else found.update({k: n - found[k] for k, n in one.items()})
    if "total" in found and "passed" not in found:
        rest = sum(found[word] for word in ("failed", "errors", "skipped", "todo", "expected", "unexpected"))
        found["passed"] = max(found["total"] - rest, 0)
        found["derived"] = 1
    return found


def _counted(runner: Runner, summary: re.Match[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    pattern, number, word = (_BEFORE, 1, 2) if runner.order == "before" else (_AFTER, 2, 1)
    for match in pattern.finditer(summary.group()):
        found[_WORDS[match[word].lower()]] += int(match[number])
    found.update({k: int(v) - found[k] for k, v in summary.groupdict().items() if v and k in ("total", "failed")})
    return found


def _report(runner: Runner, run: Run, found: Counter[str], groups: Mapping[str, str]) -> Report:
    derived = bool(found.pop("derived", 0))
    bad = found["failed"] + found["errors"] > 0 or "bad" in groups or _suites_failed(run.text) > 0
    bad = bad or bool(_MISSING.search(run.text) or _COVERAGE.search(run.text))
    names = failed_tests(runner.name, run.text) if bad else ()
    detail = first_failure(runner.name, run.text) if bad else None
    return Report(
        "tests",
        "bad" if bad else "good" if found["passed"] or ("good" in groups and found["total"]) else "none",
        (*_result(found, run, bad, derived), *named(names), *(detail.sayings if detail else ())),
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


def _result(found: Counter[str], run: Run, bad: bool, derived: bool) -> tuple[Saying, ...]:
    """The counts in one sentence, as printed, and skipped tests in a second."""
    failed, errors, passed = found["failed"], found["errors"], found["passed"]
    skipped = (said("tests.skipped", found["skipped"]),) if found["skipped"] else ()
    if errors and not failed and _NOT_COLLECTED.search(run.text):
        return (said("tests.not_collected", errors),)
    if derived and bool(failed) != bool(errors) and passed:
        key = "tests.failed_of" if failed else "tests.errors_of"
        return (said(key, failed or errors, total=found["total"]), *skipped)
    if failed and errors:
        both = (
            said("tests.failed_errors", failed, errors=errors),
            *((said("tests.passed", passed),) if passed else ()),
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
    return _nothing(found)


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
