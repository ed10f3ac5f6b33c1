"""What the first failing test died of, for each test runner."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aidevops_voice.languages import Saying
from aidevops_voice.reports import details, traces
from aidevops_voice.reports.report import brief, said, spot


@dataclass(frozen=True, slots=True)
class Failure:
    """What one test died of."""

    error: str = ""
    message: str = ""
    place: str = ""
    expected: str = ""
    received: str = ""

    @property
    def sayings(self) -> tuple[Saying, ...]:
        """What was expected, else the error, and where."""
        pair = _UNEQUAL.match(self.message)
        if self.expected and self.received:
            key, values = "tests.expected", {"expected": self.expected, "received": self.received}
        elif pair:
            left, right = (_bare(value) for value in pair.groups() if value)
            key, values = "tests.unequal", {"left": left, "right": right}
        else:
            return self._died
        if any(map(_is_opaque, values.values())):
            return spot(self.place)
        if len({_heard(value) for value in values.values()}) == 1:
            return (said("tests.alike"), *spot(self.place))
        return (Saying(key, None, {name: _value(raw) for name, raw in values.items()}), *spot(self.place))

    @property
    def _died(self) -> tuple[Saying, ...]:
        """The error, its message and where."""
        if self.message.startswith("assert "):
            return (said("tests.untrue", message=brief(self.message[7:])), *spot(self.place))
        if self.error or self.message:
            return traces.known(traces.Trace(self.error, self.message, self.place))
        return spot(self.place)

    @property
    def line(self) -> str:
        """Raw: the error with its message."""
        if self.expected and not self.message:
            return f"expected {self.expected}, got {self.received}"
        return ": ".join(filter(None, (self.error, self.message)))


_UNEQUAL = re.compile(r"(?:(?:assert )?(.{1,40}?) == (.{1,40})|(.{1,40}?) != (.{1,40}))$")
_WRAPPED = re.compile(r"\w+\('([^']*)'\)$")


def _heard(value: str) -> str:
    """What of a value can be told apart by ear."""
    return re.sub(r"[^\w.−]|_|\.(?!\d)", "", _MINUS.sub("−", value)).casefold()


_MINUS = re.compile(r"(?<![\w.)\]])[-−](?=[$€£¥]?\.?\d|inf\b)|(?<=[$€£¥])[-−](?=\.?\d)", re.I)


_OPAQUE = re.compile(
    r"(?<![\w.])-?(?!\d{1,6}0+(?!\d))\d{7,}(?![\w.])|0[xX][0-9a-fA-F]{5,}"
    r"|(?<!\w)(?=[a-f]{0,20}\d)(?=\d{0,20}[a-f])[0-9a-f]{10,}(?!\w)"
)
"""A checksum, an address, a time in seconds: no ear compares it with another."""


def _is_opaque(value: str) -> bool:
    """Whether a value holds such a number and no words beside it."""
    return bool(_OPAQUE.search(value)) and not re.search(r"[^\W\d_]{3,} [^\W\d_]{2,}", value)


def _value(raw: str) -> str | int:
    """A whole number is said as one."""
    return int(raw) if re.fullmatch(r"[1-9]\d{0,11}|0", raw) else raw


def _bare(value: str) -> str:
    """The text of a value: without quotes and the name of its type."""
    value = value.strip()
    found = _WRAPPED.match(value)
    return found[1] if found else value.strip("'\"") or value


def first_failure(runner: str, text: str) -> Failure:
    """What the first failing test died of, as far as the output tells."""
    reader = _DETAILS.get(runner)
    found = reader(text) if reader else Failure()
    return found if found != Failure() else _tabled(details.find(runner, text))


def _tabled(found: Mapping[str, str]) -> Failure:
    """From the groups of a table."""
    where = ":".join(found[name] for name in ("file", "line") if name in found)
    unequal = f"{found['left']} != {found['right']}" if "right" in found else ""
    return Failure(
        found.get("error", ""),
        unequal or found.get("message", ""),
        where,
        found.get("expected", ""),
        found.get("received", ""),
    )


_PYTEST_ERROR = re.compile(
    r"^E +([A-Z][\w.]*(?:Error|Exception|Exit|Interrupt|Warning|Failed)|[a-z]\w*(?:\.\w+)+|Failed)(?:: (.*))?$", re.M
)
_PYTEST_SHORT = re.compile(
    r"^(?:FAILED|ERROR) \S.*? - (?:([A-Z]\w*(?:Error|Exception|Failed)|Failed)(?:: )?)?(.*)$", re.M
)
_PYTEST_ASSERT = re.compile(r"^E +(assert .*)$", re.M)
_PYTEST_PLACE = re.compile(r"^(\S+?\.py):(\d+): ", re.M)


def _pytest(text: str) -> Failure:
    text = text[max(text.find("= FAILURES ="), 0) :]
    places = [(match[1], match[2]) for match in _PYTEST_PLACE.finditer(text)]
    place = traces.ours(iter(_first_test(places, text)), last=True)
    found = [match for match in (_PYTEST_ERROR.search(text), _PYTEST_ASSERT.search(text)) if match]
    if found:
        return _raised(min(found, key=re.Match.start), place)
    short = _PYTEST_SHORT.search(text)
    return Failure(short[1] or "", short[2].removesuffix("..."), place) if short else Failure(place=place)


def _raised(match: re.Match[str], place: str) -> Failure:
    """A bare `assert` has no name of an error in front."""
    if match.re is _PYTEST_ASSERT:
        return Failure("AssertionError", match[1], place)
    return Failure(match[1].rpartition(".")[2], (match[2] or "").strip(), place)


_PYTEST_END = re.compile(r"^(\S+?\.py):(\d+): [A-Z]\w*", re.M)


def _first_test(places: list[tuple[str, str]], text: str) -> list[tuple[str, str]]:
    """The frames of the first failing test: they end where the error's name stands behind the place."""
    end = _PYTEST_END.search(text)
    if not end:
        return places[:4]
    last = (end[1], end[2])
    return places[: places.index(last) + 1] if last in places else [last]


def _unittest(text: str) -> Failure:
    start = re.search(r"^(?:FAIL|ERROR): ", text, re.M)
    section = text[start.start() :].partition("\n======")[0] if start else text
    trace = traces.find(section)
    return Failure(trace.error, trace.message, trace.place) if trace else Failure()


_JS_ERROR = re.compile(r"^ *(?:Error: )?([A-Z]\w*(?:Error|Exception)|Error)(?: \[\w+\])?: (.+)$", re.M)
_PAIR = re.compile(r"^ *Expected(?: \w+)?: +(\S.{0,40})\n+ *Received(?: \w+)?: +(\S.{0,40})$", re.M)
_JS_PLACE = re.compile(r"^ *(?:at (?:[^\n(]*\()?|❯ (?:\S+ )?)((?:file://)?[^\s():]+):(\d+):\d+\)?$", re.M)
_JS_UNEQUAL = re.compile(r"^ *(\S.{0,38}) !== (.{1,40})$", re.M)
_JS_START = re.compile(r"^ +● |^ +FAIL  |^ +1\) |^ *not ok |^✖ failing tests:", re.M)
_TAP_ERROR = re.compile(r"^ +error: (?:'(.*)'|\|-\n((?: +[^\n]*\n|\n){1,4}))", re.M)


def _javascript(text: str) -> Failure:
    start = _JS_START.search(text)
    text = text[start.start() :] if start else text
    place = traces.ours((match[1], match[2]) for match in _JS_PLACE.finditer(text))
    if pair := _PAIR.search(text):
        return Failure(place=place, expected=pair[1], received=pair[2])
    error = _JS_ERROR.search(text)
    if error and (unequal := _JS_UNEQUAL.search(text, error.end())) and "strictly equal" in error[2]:
        return Failure(error[1], f"{unequal[1]} != {unequal[2]}", place)
    return Failure(error[1], error[2].partition(" // ")[0].strip(), place) if error else Failure(place=place)


def _tap(text: str) -> Failure:
    found = _TAP_ERROR.search(text)
    place = re.search(r"^ +(?:location: '|at .*?\()([^\n':]+\.\w+):(\d+)", text, re.M)
    where = traces.ours(iter([(place[1], place[2])])) if place else ""
    message = re.sub(r"\s+", " ", found[1] or found[2]).strip() if found else ""
    if pair := re.search(r"strictly equal: (.{1,40}) !== (.{1,40})$", message):
        return Failure("", f"{pair[1]} != {pair[2]}", where)
    return Failure("", message.removesuffix(":"), where)


_GO_LINE = re.compile(r"^\s+(\w+_test\.go):(\d+): (.*)$", re.M)
_SUREFIRE = re.compile(r"^(?:\[ERROR\])? {2,3}(\w+)(?:\.\w+)+:(\d+)(?:->\S+)? (?:» )?(.*)$", re.M)
_BUT_WAS = re.compile(r"expected:? ?<(.{1,40}?)> but was:? ?<(.{1,40}?)>")
_RSPEC = re.compile(r"^ +expected: (.{1,40})\n +(?:but )?got: (.{1,40})$", re.M)
_RSPEC_PLACE = re.compile(r"^ +# \./(\S+?):(\d+):in", re.M)
_PHPUNIT_PLACE = re.compile(r"^(/?\S+\.php):(\d+)$", re.M)
_PHPUNIT = re.compile(r"^\d+\) \S+\n(.+)$", re.M)


def _go(text: str) -> Failure:
    found = _GO_LINE.search(text)
    if found:
        return Failure("", found[3].strip(), f"{found[1]}:{found[2]}")
    trace = traces.find(text)
    return Failure(trace.error, trace.message, trace.place) if trace else Failure()


_RUST_PAIR = re.compile(r"^ +left: (.{1,40})\n +right: (.{1,40})$", re.M)


def _rust(text: str) -> Failure:
    trace = traces.find(text) if "panicked at" in text else None
    if not trace:
        return Failure()
    pair = _RUST_PAIR.search(text, text.find("panicked at")) if "assertion" in trace.message else None
    return Failure(trace.error, trace.message, trace.place, *((pair[2], pair[1]) if pair else ()))


def _java(text: str) -> Failure:
    found = _SUREFIRE.search(text)
    pair = _BUT_WAS.search(text)
    place = f"{found[1]}.java:{found[2]}" if found else ""
    return Failure("", found[3] if found else "", place, *(pair.groups() if pair else ()))


def _rspec(text: str) -> Failure:
    place, pair, raised = _RSPEC_PLACE.search(text), _RSPEC.search(text), _RSPEC_RAISED.search(text)
    if raised and not pair:
        return Failure(raised[1].rpartition(":")[2], raised[2], f"{place[1]}:{place[2]}" if place else "")
    return Failure(
        place=f"{place[1]}:{place[2]}" if place else "",
        expected=pair[1] if pair else "",
        received=pair[2] if pair else "",
    )


_RSPEC_RAISED = re.compile(r"^ +([A-Z]\w*(?:::\w+)*(?:Error|Exception)|[A-Z]\w*(?:::\w+)*Error):\n +(\S.*)$", re.M)
_MARKED = re.compile(r"^ *(?:at )?(?:Expected|right): +(.{1,40})\n+ *(?:Actual|left): +(.{1,40})$", re.M)
_LEFT_RIGHT = re.compile(r"^ +left: +(.{1,40})\n +right: +(.{1,40})$", re.M)
_EX_PLACE = re.compile(r"^ +(\S+\.exs?):(\d+): \(test\)|^ +(test/\S+\.exs):(\d+)$", re.M)
_NET_PLACE = re.compile(r" in (\S+):line (\d+)$", re.M)
_NET_ERROR = re.compile(r"^ *Error Message:\n +(?:(?:[\w.]+\.)?(\w+(?:Exception|Error)) : )?(\S.*)$", re.M)
_XCTEST = re.compile(r"^(\S+?):(\d+): error: .*? : (?:XCT\w+ (?:failed|error): )?(.*?)(?: - ?)?$", re.M)
_GRADLE_AT = re.compile(r"^ +([\w.]+(?:Error|Exception|Failure))(?:: (.*?))? at (\S+\.\w+):(\d+)$", re.M)


def _exunit(text: str) -> Failure:
    place, pair = _EX_PLACE.search(text), _LEFT_RIGHT.search(text)
    where = ":".join(part for part in place.groups() if part) if place else ""
    raised = re.search(r"^ +\*\* \((\w[\w.]*)\) (.*)$", text, re.M)
    if pair:
        return Failure(place=where, expected=pair[2], received=pair[1])
    return Failure(raised[1], raised[2], where) if raised else Failure(place=where)


def _dotnet(text: str) -> Failure:
    place, pair, error = _NET_PLACE.search(text), _MARKED.search(text), _NET_ERROR.search(text)
    where = f"{place[1]}:{place[2]}" if place else ""
    if pair:
        return Failure(place=where, expected=pair[1], received=pair[2])
    message = re.sub(r"^Assert\.\w+\(\) Failure:? ?", "", error[2]) if error else ""
    return Failure(error[1] or "" if error else "", message, where)


def _xctest(text: str) -> Failure:
    found = _XCTEST.search(text)
    return Failure("", found[3].replace('("', "").replace('")', ""), f"{found[1]}:{found[2]}") if found else Failure()


def _gradle(text: str) -> Failure:
    found = _GRADLE_AT.search(text)
    if not found or _BUT_WAS.search(text):
        return _java(text)
    name = found[1].rpartition(".")[2]
    return Failure("" if "Assertion" in name else name, found[2] or "", f"{found[3]}:{found[4]}")


def _phpunit(text: str) -> Failure:
    place, message = _PHPUNIT_PLACE.search(text), _PHPUNIT.search(text)
    return Failure("", message[1] if message else "", f"{place[1]}:{place[2]}" if place else "")


_DETAILS: dict[str, Callable[[str], Failure]] = {
    "pytest": _pytest, "unittest": _unittest, "jest": _javascript, "vitest": _javascript, "mocha": _javascript,
    "node": _javascript, "playwright": _javascript, "bun": _javascript, "tap": _tap, "go": _go, "cargo": _rust,
    "nextest": _rust, "surefire": _java, "gradle": _gradle, "exunit": _exunit, "dotnet": _dotnet,
    "xctest": _xctest, "junit": _java, "rspec": _rspec, "phpunit": _phpunit,
}  # fmt: skip
