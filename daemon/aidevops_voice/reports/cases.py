"""Which tests failed, by the names that each test runner prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAMES: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.M)
    for name, pattern in {
        "pytest": r"^(?:FAILED|ERROR) (\S.*?)(?: - .*)?$",
        "pytest-sections": r"^_{3,} (?:ERROR (?:at \w+ of|collecting) )?(\S.*?) _{3,}$",
        "unittest": r"^(?:FAIL|ERROR): (\S+)",
        "jest": r"^ {2,4}● (.+)$",
        "vitest": r"^ +FAIL +(?:\|[^|\n]*\| )?(\S+(?: > .+| \[ .+ \]))$",
        "mocha": r"^  \d+\) [^\n]*\n(?: {7,}[^\n]*\n)*? {7,}(\S[^\n]*):$",
        "tap": r"^ *not ok \d+(?: -)? (?!.*# (?:TODO|todo))(.+)$"
        r"(?!\n *---\n(?: +[^\n]*\n){0,4} +failureType: 'subtestsFailed')",
        "node": r"^ *✖ (.+?) \([\d.]+ms\)$",
        "go": r"^ *--- FAIL: (\S+)",
        "cargo": r"^test (\S+)(?: - [^\n.]*)? \.\.\. FAILED$",
        "nextest": r"^ +(?:FAIL|SIGABRT|TIMEOUT) \[[^\]\n]*\] +(?:\([^)\n]*\) )?\S+ (\S+)$",
        "surefire": r"^(?:\[ERROR\])? {2,3}(\w[\w.$]*\.\w+)(?:\([^)\n]*\))?(?::\d+| »)",
        "junit": r"^\d+\) (\w+)\([\w.$]+\)$",
        "gradle": r"^\S[^\n>]* > (\S[^\n]*?)(?:\(\))? FAILED$",
        "rspec": r"^rspec \S+ # (.+)$",
        "hspec": r"^  \d+\) (.+)$",
        "phpunit": r"^\d+\) ([\w\\]+::\w+)",
        "minitest": r"^ *(?:\d+\) )?(?:Failure|Error):\n(\w+#\w+)",
        "dotnet": r"^ +Failed ([^\s\[]+)(?: \[[^\]\n]*\])?$",
        "ctest": r"^\t *\d+ - (\S+) \((?!Skipped|Disabled)\w",
        "playwright": r"^ +(?:\d+\) )?(?:\[[^\]\n]+\] › )?([^\s:]+:\d+(?::\d+)? (?:› )?.*?)(?: ─*)?$",
        "bun": r"^(?:✗|\(fail\)) (.+?)(?: \[[^\]\n]*\])?$",
        "deno": r"^(\S.*?) => \./\S+:\d+:\d+$",
        "junitxml": r"<testcase [^<>]{0,400}?\bname=\"([^\"<>]{1,200})\"[^<>]{0,400}>\s{0,80}<(?:failure|error)\b",
        "exunit": r"^ +\d+\) test (.+) \(\w[\w.]*\)$|^ ✗ (.+)$",
        "xctest": r"^\S+:\d+: error: -?\[?(?:\w+\.)*\w+[ .](\w+)\]? : ",
        "prove": r"^# +Failed (?:TODO )?test '(.+)'$",
        "prove-files": r"^(\S+\.t) +\(Wstat: [1-9]",
        "busted": r"^(?:Failure|Error) → \S+ @ \d+\n(.+)$",
        "pest": r"^ +FAILED +\S+ > (.+?)(?: {2,}.*)?$",
        "vstest": r"error TESTERROR: ([\w.]+) \(",
        "swift": r"^✘ Test \"?(?!run with)(.+?)\"?(?:\(\))? failed after ",
        "elm": r"^✗ (.+)$",
        "doctest": r"^File \"[^\"\n]+\", line \d+, in (\S+)$",
        "gtest": r"^\[  FAILED  \] (\S+?)(?:, where .*)?$",
        "catch2": r"^-{20,}\n(\S.*)\n(?: +\S.*\n){0,4}-{20,}$",
        "doctest-cpp": r"^TEST CASE:  (.+)$",
        "cucumber": r"^\d+\) Scenario: (.+?) #|^  \S+\.feature:\d+ +(.+)$|^cucumber \S+:\d+ # Scenario: (.+)$",
        "zig": r"^error: '(?:\w+\.)*test\.(.+)' failed",
        "dart": r"^\d\d:\d\d \+\d+(?: ~\d+)?(?: -\d+)?: (?:\S+\.dart: )?(.+) \[E\]$",
        "scalatest": r"^\[info\] +- (.+) \*\*\* FAILED \*\*\*",
        "clojure": r"^(?:FAIL|ERROR) in \(([^\s)]+)\)",
        "julia": r"^(\S.*): Test Failed at ",
        "testthat": r"^(?:── )?(?:Failure|Error) \([^)\n]+\): (.+?)(?: ─+)?$",
        "ava": r"^ +✘ \[fail\]: (.+)$",
        "pester": r"^ *\[-\] (.+?) [\d.]+m?s\b",
        "newman": r"^ *\d+\. +\w*(?:Error|Failure) +(\S.*)$",
        "robot": r"^(\S.*?) +\| FAIL \|$",
        "karma": r"^\S.*\) (.+) FAILED$",
        "alcotest": r"^> \[FAIL\] +(\S.*)$",
        "tasty": r"^ +(\S.*?): +FAIL\b",
        "luaunit": r"^\d+\) (\S+)$",
    }.items()
}
_ELSE = {"pytest": "pytest-sections", "rspec": "hspec", "prove": "prove-files"}
"""Where to look when there is none."""
_LAST_PART = re.compile(r" › | > |::|#|/(?=Test|\w+$)")
_QUALIFIED = re.compile(r"(?:[A-Za-z_]\w*\.)+(?!(?:py|[cm]?[jt]sx?|rb|go|rs|php)$)\w+$")
_LISTED = re.compile(r"^\S+\.\w+:\d+(?::\d+)? (?!› )")
_PARAMETERS = re.compile(r"\[[^\[\]]*\]$|\(\)$")


def failed_tests(runner: str, text: str) -> tuple[str, ...]:
    """Names as the runner writes them, without the file, each once."""
    names = [*_found(runner, text)]
    if not names and runner in _ELSE:
        names = [*_found(_ELSE[runner], text)]
    if runner == "go":
        parents = {name.rpartition("/")[0] for name in names}
        names = [name for name in names if name not in parents]
    return tuple(dict.fromkeys(names))


def spoken(name: str) -> str:
    """The last part of a test's name: without file, class and parameters."""
    bare = _PARAMETERS.sub("", _LISTED.sub("", name.strip()))
    if " " in bare and " > " not in bare and " › " not in bare:
        return bare
    if _QUALIFIED.match(bare):
        return bare.rpartition(".")[2]
    parts = [part for part in _LAST_PART.split(bare) if part]
    return parts[-1] if parts else name


_SHORT_PARAMETER = re.compile(r"\[([A-Za-z][a-z]*(?:[ _][A-Za-z]?[a-z]+){0,2}|\d{1,6})\]$")


def case(name: str) -> str:
    """The parameter of a test where it is a few words or a number: `test_size[small box]`."""
    found = _SHORT_PARAMETER.search(name.strip())
    return found[1] if found else ""


def _found(runner: str, text: str) -> Iterator[str]:
    pattern = _NAMES.get(runner)
    text = text[text.find("✖ failing tests:") :] if runner == "node" else text
    for match in pattern.finditer(text) if pattern else ():
        name = (match[match.lastindex or 0] or "").strip()
        if runner.startswith("pytest"):
            name = name.partition(".py::")[2] or name
        if name and name not in ("Console", "Test suite failed to run") and not name.startswith("coverage:"):
            yield name
