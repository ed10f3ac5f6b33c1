"""How each test runner sums up, and the counts in what it prints."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_WORDS = {
    "failed": "failed", "failing": "failed", "failure": "failed", "failures": "failed", "fail": "failed",
    "error": "errors", "errors": "errors", "errored": "errors", "errors occurred": "errors",
    "passed": "passed", "passing": "passed", "passes": "passed", "pass": "passed", "successes": "passed",
    "success": "passed", "succeeded": "passed", "canceled": "skipped",
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
_COUNTS = frozenset(_WORDS.values())
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
    """A group named as a count is that count, `one_failed` and the like is one more; `bad` or `good` is the verdict."""
    parts: str = "last"
    """`last`: the last summary counts; `sum`: one for each suite; `all`: each line has a number of its own."""
    order: str = "before"
    """Whether a number stands before or after its word; `named` where only the groups count."""


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
        r"^Ran (?P<total>\d+) tests?(?: in .*|\.)\n+(?:(?P<good>OK)|(?P<bad>FAILED)|NO TESTS RAN).*$",
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
    _runner(
        "ctest",
        " tests passed",
        r"^\d+% tests passed, (?P<failed>\d+) tests? failed out of (?P<total>\d+)$"
        r"|^\t *\d+ - (?P<one_skipped>\S+) \((?:Skipped|Disabled)\)$",
        "sum",
        "named",
    ),
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
    _runner(
        "prove",
        "Files=",
        r"^Failed (?P<failed>\d+)/\d+ subtests|^Files=\d+, Tests=(?P<total>\d+), "
        r"|^Result: (?:(?P<good>PASS)|(?P<bad>FAIL))$",
        "sum",
        "named",
    ),
    _runner("busted", " pending : ", r"^\d+ success(?:es)? / \d+ failures? / \d+ errors? / \d+ pending : .*$"),
    _runner("pest", " assertion", r"^ +Tests: +\d.*\(\d+ assertions?\)$"),
    _runner("vstest", "Test summary: ", r"^Test summary: total: \d.*$", "last", "after"),
    _runner(
        "swift",
        " Test run with ",
        r"^✘ Test (?!run with)(?P<one_failed>.+?) failed after "
        r"|^[✔✘] Test run with (?P<total>\d+) tests? (?:in \d+ suites? )?(?:(?P<good>passed)|(?P<bad>failed)) after ",
        "sum",
        "named",
    ),
    _runner("elm", "TEST RUN ", r"^(?:Passed|Failed|Skipped|Todo): +\d+$", "all", "after"),
    _runner("doctest", "***Test Failed***", r"^\*\*\*Test Failed\*\*\* (?P<failed>\d+) failures?\.$"),
    _runner(
        "gtest",
        "[==========] ",
        r"^\[  PASSED  \] (?P<passed>\d+) tests?\.$|^\[  FAILED  \] (?P<failed>\d+) tests?, listed below:$"
        r"|^\[  SKIPPED \] (?P<skipped>\d+) tests?, listed below:$",
        "sum",
        "named",
    ),
    _runner("catch2", "test cases: ", r"^test cases: +\d+ \|.*$"),
    _runner("catch2", "All tests passed (", r"^(?P<good>All) tests passed \(.* in (?P<total>\d+) test cases?\)$"),
    _runner("doctest-cpp", "[doctest] test cases: ", r"^\[doctest\] test cases: +\d+ \|.*$"),
    _runner(
        "cucumber",
        " scenario",
        r"^(?:\d+ scenarios? \(\d.*\)|(?P<passed>\d+) scenarios? passed, (?P<failed>\d+) failed.*)$",
    ),
    _runner("zig", "Build Summary: ", r"(?<=; )\d+/\d+ tests passed(?:; \d+ \w+)*$"),
    _runner(
        "dart",
        " tests ",
        r"^\d\d:\d\d \+(?P<passed>\d+)(?: ~(?P<skipped>\d+))?(?: -(?P<failed>\d+))?: "
        r"(?:(?P<bad>Some tests failed\.)|(?P<good>All tests passed!))$",
        "last",
        "named",
    ),
    _runner("scalatest", "Tests: succeeded ", r"^\[info\] Tests: succeeded \d+, failed \d+.*$", "last", "after"),
    _runner("scalatest", ": Total ", r"^\[(?:error|info)\] (?:Failed|Passed): Total \d+, .*$", "last", "after"),
    _runner("clojure", " containing ", r"^Ran (?P<total>\d+) tests containing .*\n\d+ failures?, \d+ errors?\.$"),
    _runner("julia", "tests did not pass", r"^ERROR: Some tests did not pass: .*$"),
    _runner("testthat", "[ FAIL ", r"^\[ FAIL \d+ \| WARN \d+ \| SKIP \d+ \| PASS \d+ \]$", "last", "after"),
    _runner("pester", "Tests Passed: ", r"^Tests Passed: \d+, Failed: \d+.*$", "last", "after"),
    _runner("newman", "assertions │", r"^│ +assertions │ +(?P<total>\d+) │ +(?P<failed>\d+) │$", "last", "named"),
    _runner("robot", " passed, ", r"^\d+ tests?, \d+ passed, \d+ failed.*$"),
    _runner(
        "karma",
        "Executed ",
        r"Executed \d+ of (?P<total>\d+) (?:\((?P<failed>\d+) FAILED\)|(?P<good>SUCCESS)).*$",
        "last",
        "named",
    ),
    _runner(
        "alcotest",
        " run.",
        r"^(?:(?P<failed>\d+) failures?!|(?P<good>Test Successful)) in .*?\. (?P<total>\d+) tests? run\.$",
        "last",
        "named",
    ),
    _runner("luaunit", " success", r"^Ran (?P<total>\d+) tests in [\d.]+ seconds, \d+ success.*$"),
    _runner(
        "tasty",
        " tests ",
        r"^ *(?:(?P<failed>\d+) out of (?P<total>\d+) tests failed|(?P<good>All) (?P<passed>\d+) tests passed)\b.*$",
        "last",
        "named",
    ),
    _runner(
        "ava",
        " test",
        r"^  (?:(?P<failed>\d+) tests? failed|(?P<passed>\d+) tests? passed|(?P<skipped>\d+) tests? skipped)$",
        "sum",
        "named",
    ),
    _runner("junitxml", "<testsuite ", r"<testsuite [^<>\n]{1,600}>", "sum", "after"),
)


_SUMMARIES = 300
_LESS = frozenset(("failed", "errors", "skipped", "todo", "expected", "unexpected"))


def counts(runner: Runner, summaries: list[re.Match[str]]) -> Counter[str]:
    """Failed, passed and the like, as printed: how many of a total passed is not worked out."""
    found: Counter[str] = Counter()
    for summary in summaries[-1:] if runner.parts == "last" else summaries[-_SUMMARIES:]:
        one = _counted(runner, summary)
        found.update(one) if runner.parts == "sum" else found.update({k: n - found[k] for k, n in one.items()})
    if "total" in found and "passed" not in found and not any(found[word] for word in _LESS):
        found["passed"] = found["total"]
    return found


def _counted(runner: Runner, summary: re.Match[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    if runner.order != "named":
        pattern, number, word = (_BEFORE, 1, 2) if runner.order == "before" else (_AFTER, 2, 1)
        for match in pattern.finditer(summary.group()):
            found[_WORDS[match[word].lower()]] += int(match[number])
    groups = {name: text for name, text in summary.groupdict().items() if text is not None}
    found.update({name: int(text) - found[name] for name, text in groups.items() if name in _COUNTS})
    found.update(name.removeprefix("one_") for name in groups if name.startswith("one_"))
    return found
