"""What a failing test died of, for the runners whose lines a table can read."""

from __future__ import annotations

import re
from collections.abc import Mapping

_VALUE = r"\S.{0,40}?"
_TABLE: Mapping[str, tuple[str, ...]] = {
    "prove": (
        r"^# +at (?P<file>\S+) line (?P<line>\d+)\.$",
        rf"^# +got: '?(?P<received>{_VALUE})'?\n# +expected: '?(?P<expected>{_VALUE})'?$",
        r"^(?P<message>(?!#|BEGIN failed)\S.*?)(?: \(.*)? at (?P<file>\S+\.t) line (?P<line>\d+)\.$",
    ),
    "tap": (
        r"^# +at (?P<file>\S+) line (?P<line>\d+)\.$",
        r"^# \(in test file (?P<file>\S+), line (?P<line>\d+)\)$",
        rf"^# +got: '?(?P<received>{_VALUE})'?\n# +expected: '?(?P<expected>{_VALUE})'?$",
    ),
    "unittest": (r"^ASSERT:.*expected:<(?P<expected>[^>\n]{1,40})> but was:<(?P<received>[^>\n]{1,40})>$",),
    "minitest": (
        rf"^Expected: (?P<expected>{_VALUE})\n +Actual: (?P<received>{_VALUE})$",
        r"^\w+#\w+ \[(?P<file>[^\s:\]]+):(?P<line>\d+)\]:$",
    ),
    "exunit": (r"^ *\(in test file (?P<file>\S+), line (?P<line>\d+)\)$",),
    "busted": (
        rf"^Passed in:\n\(\w+\) '?(?P<received>{_VALUE})'?\nExpected:\n\(\w+\) '?(?P<expected>{_VALUE})'?$",
        r"^(?P<file>\S+\.lua):(?P<line>\d+): (?P<message>\S.*)$",
    ),
    "pest": (
        r"^ +FAILED +.*\n(?P<message> *\S.*)$",
        r"^ +at (?P<file>\S+\.php):(?P<line>\d+)$",
    ),
    "vstest": (
        rf"^ +Expected: +(?P<expected>{_VALUE})\n +Actual: +(?P<received>{_VALUE})$",
        r"^ *(?P<file>\S+)\((?P<line>\d+)\): error TESTERROR: .*?Error Message: (?P<message>.*)$",
    ),
    "swift": (
        rf"Expectation failed: \([^\n]{{1,80}} → (?P<left>{_VALUE})\) == (?P<right>{_VALUE})$",
        r" recorded an issue at (?P<file>[^\s:]+):(?P<line>\d+):\d+: (?:Expectation failed: )?(?P<message>.*)$",
    ),
    "deno": (
        r"^\S.* => \./(?P<file>\S+?):(?P<line>\d+):\d+$",
        rf"^- +(?P<received>{_VALUE})\n\+ +(?P<expected>{_VALUE})$",
        r"^error: (?:(?P<error>\w+Error): )?(?P<message>.*)$",
    ),
    "elm": (rf"^ +(?P<left>{_VALUE})\n +╷\n +│ Expect\.equal\n +╵\n +(?P<right>{_VALUE})$",),
    "doctest": (
        r"^File \"(?P<file>[^\"\n]+)\", line (?P<line>\d+), in ",
        rf"^Expected:\n +(?P<expected>{_VALUE})\nGot:\n +(?P<received>{_VALUE})$",
    ),
    "gtest": (
        r"^(?P<file>[^\s:]+):(?P<line>\d+): Failure$",
        rf"^Expected equality of these values:\n +(?:.{{1,80}}\n    Which is: )?(?P<left>{_VALUE})\n  "
        rf"(?:.{{1,80}}\n    Which is: )?(?P<right>\S.{{0,40}}?)"
        r"(?:\n    Which is: .*)?$",
        rf"^ +Actual: +(?P<received>{_VALUE})\n *Expected: +(?P<expected>{_VALUE})$",
    ),
    "catch2": (
        r"^(?P<file>[^\s:]+):(?P<line>\d+): FAILED:$",
        rf"^with expansion:\n +(?P<left>{_VALUE})\n? +==\n? +(?P<right>{_VALUE})$",
        r"^with expansion:\n +(?P<message>\S.*)$",
    ),
    "doctest-cpp": (
        r"^(?P<file>[^\s:]+):(?P<line>\d+): (?:FATAL )?ERROR: ",
        rf"^ +values: \w+\( (?P<left>{_VALUE}) == (?P<right>{_VALUE}) \)$",
        r"^ +values: \w+\( (?P<message>.*) \)$",
    ),
    "cucumber": (
        r"^ +[A-Z]\w+ (?:\[\w+\])?: (?P<left>\S.{0,30}) ==+ (?P<right>\S.{0,30})$",
        r"^ +(?:[A-Z]\w*Error(?: \[\w+\])?|Assertion Failed): (?P<message>.*)$",
    ),
    "zig": (
        r"^error: '[^'\n]+' failed: (?:expected (?P<expected>\S+), found (?P<received>\S+)|(?P<message>.*))$",
        r"^(?P<file>\S+\.zig):(?P<line>\d+):\d+: ",
    ),
    "dart": (
        rf"^ *Expected: +<?(?P<expected>{_VALUE})>?\n +Actual: +<?(?P<received>{_VALUE})>?$",
        r"^ +(?P<file>\S+\.dart) (?P<line>\d+):\d+ ",
    ),
    "scalatest": (r"^\[info\] +(?P<message>\S.*) \((?P<file>\w+\.scala):(?P<line>\d+)\)$",),
    "clojure": (
        r"^ +actual: \(not \(= (?P<expected>[^\s()]{1,40}) (?P<received>[^\s()]{1,40})\)\)$",
        r"^(?:FAIL|ERROR) in \([^)\n]*\) \((?P<file>[^\s:]+):(?P<line>\d+)\)$",
    ),
    "julia": (
        r"Test Failed at (?P<file>[^\s:]+):(?P<line>\d+)$",
        rf"^ +Evaluated: (?P<left>{_VALUE}) == (?P<right>{_VALUE})$",
    ),
    "testthat": (
        r"^(?:── )?(?:Failure|Error) \((?P<file>[^\s:()]+):(?P<line>\d+)[^)\n]*\): ",
        rf"^(?P<left>{_VALUE}) \(`actual`\) (?:is )?not (?:equal|identical) to (?P<right>{_VALUE}) \(`expected`\)\.$",
        r"^(?:Failure|Error) \(.*\n(?P<message>\S.*)$",
    ),
    "pester": (
        rf"^ +Expected (?P<expected>{_VALUE}), but got (?P<received>{_VALUE})\.$",
        r", (?P<file>/\S+\.ps1):(?P<line>\d+)$",
    ),
    "newman": (r"^ *\d+\. +\w+ +\S.*\n +(?P<message>\S.*)$",),
    "robot": (r"^\S.* \| FAIL \|\n(?P<message>\S.*)$",),
    "karma": (r"^\s+(?:Error: )?(?P<message>Expected \S.*?)\.?$",),
    "luaunit": (
        rf"^(?P<file>\S+\.lua):(?P<line>\d+): expected: (?P<expected>{_VALUE}), actual: (?P<received>{_VALUE})$",
        r"^(?P<file>\S+\.lua):(?P<line>\d+): (?P<message>\S.*)$",
    ),
}
_PATTERNS = {runner: tuple(re.compile(pattern, re.M) for pattern in patterns) for runner, patterns in _TABLE.items()}


def find(runner: str, text: str) -> Mapping[str, str]:
    """`message`, `expected`, `received`, `left`, `right`, `error`, `file` and `line`, as far as there are any."""
    found: dict[str, str] = {}
    for pattern in _PATTERNS.get(runner, ()):
        match = pattern.search(text)
        groups = match.groupdict() if match else {}
        found = {**{name: value.strip() for name, value in groups.items() if value}, **found}
    return found
