"""Stack traces of many languages: the error, its message, and the place in the project's own code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from aidevops_voice.languages import Saying
from aidevops_voice.reports import causes
from aidevops_voice.reports.report import Report, cause, said, short, spot
from aidevops_voice.reports.run import Run

_FOREIGN = re.compile(
    r"site-packages/|dist-packages/|node_modules/|/lib(?:64)?/(?:python|ruby|jvm)|^node:|^<|^internal/|/rustc/|/\.cargo/|/\.rustup/"
    r"|/pkg/mod/|/usr/local/go/|^\.\./sysdeps/|^/usr/(?:lib|include|src)/|/gems/|\.pnpm/|/vendor/"
)
_PYTHON_FRAME = re.compile(r'^ *File "([^"\n]+)", line (\d+)', re.M)
_PYTHON_ERROR = re.compile(r"^([A-Za-z_][\w.]*)(?:: (.*))?$")
_GROUP = re.compile(r"^ *[|+][ |+-]*(?:\d+ -+)?", re.M)
_NODE_FRAME = re.compile(r"^ +at (?:.*?\()?((?:file://)?[^\s():]*[^\s()]*?):(\d+):\d+\)?(?: \{)?$")
_NODE_ERROR = re.compile(
    r"^ *(?:Uncaught |\[)?(?:\w+ )?([A-Z]\w*(?:Error|Exception|Rejection)|Error)(?: \[\w+\])?(?:: (.*))?$"
)
_JAVA_ERROR = re.compile(r'^(?:Exception in thread "[^"\n]*" |Caused by: )?([\w$]+(?:\.[\w$]+)+)(?:: (.*))?$')
_JAVA_FRAME = re.compile(r"^\s+at (?:[\w.@-]+/)*([\w.$<>]+)\(([\w$]+\.(?:java|kt|scala|groovy)):(\d+)\)")
_JAVA_LIBRARY = re.compile(
    r"(?:javax?|jdk|sun|com\.sun|kotlinx?|scala|groovy|org\.(?:springframework|junit|apache|gradle|hibernate|eclipse))\."
)
_GO_FRAME = re.compile(r"^\t(/?\S+\.go):(\d+)", re.M)
_GO_PANIC = re.compile(r"^(?:panic|fatal error): (.*)$", re.M)
_RUST_PANIC = re.compile(r"^thread '[^'\n]*'(?: \(\d+\))? panicked at (?:'(.*)', )?([^\s:,]+):(\d+):\d+:?$", re.M)
_RUBY = re.compile(r"^([^\s:]+\.rb):(\d+):in [`'][^'\n]*': (.*?) \(([A-Z][\w:]*)\)$", re.M)
_SANITIZER = re.compile(r"^=*\d*=*(?:ERROR|WARNING): (\w+Sanitizer): ([\w-]+)", re.M)
_SANITIZER_FRAME = re.compile(r"^ +#\d+ 0x[0-9a-f]+ in \S+ ([^\s:]+):(\d+)", re.M)
_UNDEFINED = re.compile(r"^([^\s:]+):(\d+):\d+: runtime error: (.*)$", re.M)
_ASSERT = re.compile(r"^\S+: ([^\s:]+):(\d+): [^\n]*: Assertion [`'](.*)' failed\.$", re.M)
_PHP = re.compile(r"^(?:PHP )?Fatal error: +Uncaught ([\w\\]+)(?:: (.*?))? in (\S+?)(?::| on line )(\d+)$", re.M)
_DOTNET = re.compile(r"^Unhandled exception\. ([\w.]+): (.*)$", re.M)
_DOTNET_FRAME = re.compile(r"^ +at .* in (\S+):line (\d+)$", re.M)


@dataclass(frozen=True, slots=True)
class Trace:
    """What a program died of."""

    error: str
    message: str
    place: str = ""
    root: str = ""
    """The error that caused it, where it is another one."""
    end: int = 0
    """Where in the text it ends."""


def read(run: Run) -> Report | None:
    """A program that died; one that lives on after a trace is none."""
    if run.shows or run.succeeded:
        return None
    trace = find(run.text)
    if trace is None or (run.exit_code in (0, None) and _goes_on(run.text[trace.end :])):
        return None
    return report(_deeper(trace, run.text))


_CAUSE = re.compile(r"^ *\[cause\]: (?:([A-Z]\w*(?:Error|Exception)|Error)(?: \[\w+\])?: )(\S.*)$", re.M)
_OF_MANY = re.compile(r"^ *(?:\[errors\]: \[)? *(Error): (connect \S.*)$", re.M)


def _deeper(trace: Trace, text: str) -> Trace:
    """Node tells the reason of `fetch failed` only in its cause."""
    found = list(_CAUSE.finditer(text)) or (list(_OF_MANY.finditer(text)) if trace.error == "AggregateError" else [])
    if not found and "[cause]: AggregateError" in text:
        found = list(_OF_MANY.finditer(text))
    return replace(trace, error=found[-1][1], message=found[-1][2].strip()) if found else trace


def report(trace: Trace) -> Report:
    """What a trace says."""
    root = (said("trace.cause", error=trace.root),) if trace.root else ()
    error = ": ".join(filter(None, (trace.error, trace.message)))
    return Report(
        "trace",
        "bad",
        (said("trace.died"), *known(trace), *root),
        error=error,
        place=trace.place,
        files=(trace.place.rpartition(":")[0],) if trace.place else (),
    )


def find(text: str) -> Trace | None:
    """The last trace of a text, of whatever language."""
    found = next((trace for hint, reader in _READERS if hint in text and (trace := reader(text))), None)
    return replace(found, message=_NUMBERED.sub("", found.message)) if found else None


_NUMBERED = re.compile(r"^(?:\[(?:Errno|WinError) -?\d+\] (?!No such)|\([\w.]+\) )")
"""What a library puts in front of the message of another."""


def ours(frames: Iterator[tuple[str, str]], last: bool = False) -> str:
    """The first or last frame that is not of a library, as `file:line`."""
    found = [f"{file.removeprefix('file://')}:{line}" for file, line in frames if not _FOREIGN.search(file)]
    return found[-1 if last else 0] if found else ""


_PORT_IN_USE = re.compile(r"(?:EADDRINUSE|[Aa]ddress already in use)[^\n]*?[:\s'](\d{2,5})\)?'?$")
_NO_FILE = re.compile(r"(?:ENOENT: no such file or directory, \w+ |\[Errno 2\] No such file or directory: )'([^'\n]+)'")
_NO_MODULE = re.compile(r"(?:No module named|Cannot find (?:module|package)) '([^'\n]+)'")
_REFUSED = re.compile(r"ECONNREFUSED \S*?:(\d{1,5})$")
_BRACKET = re.compile(r"'[(\[{]' was never closed")
_PLAIN = frozenset(
    f"cause.{name}"
    for name in (
        "refused_at", "refused_port", "timeout_at", "no_host", "http", "expired", "self_signed", "issuer", "wrong_name",
    )
)  # fmt: skip
"""Reasons that say more than the name of the error and its message."""
_KNOWN = (
    (_PORT_IN_USE, "trace.port_used", "port"),
    (_NO_FILE, "trace.no_file", "file"),
    (_NO_MODULE, "trace.no_module", "name"),
    (_REFUSED, "trace.refused", "port"),
    (_BRACKET, "trace.bracket", ""),
)


def known(trace: Trace) -> tuple[Saying, ...]:
    """The cause in plain words where the message is one that everybody meets, else as written."""
    for pattern, key, name in _KNOWN:
        found = pattern.search(trace.message)
        if found and not name:
            return (said("error.message", message=trace.error), said(key), *spot(trace.place))
        if found and (value := found.group(1)):
            return (Saying(key, None, {name: value}), *spot(trace.place))
    reason = causes.known(f"{trace.error}: {trace.message}")
    if reason and reason.sayings[0].key in _PLAIN:
        return (*reason.sayings, *spot(trace.place))
    message = short(trace.message) if len(trace.message) > 90 else trace.message
    return cause(trace.error, message, trace.place)


def _goes_on(rest: str) -> bool:
    """Something other than the rest of the trace follows."""
    return len([line for line in rest.split("\n") if line[:1].strip() and line[:1] not in "}])"]) > 3


def _python(text: str) -> Trace | None:
    """From the last header on; an exception group is told by its first leaf."""
    grouped = text.find("Exception Group Traceback")
    if grouped >= 0:
        text = _GROUP.sub("", text[grouped:]).partition("\n------")[0]
    start = max(text.rfind("Traceback (most recent call last):"), 0)
    frames = list(_PYTHON_FRAME.finditer(text, start))
    if not frames:
        return None
    at = frames[-1].end()
    for line in text[at:].split("\n"):
        if line[:1].isalpha() and (found := _PYTHON_ERROR.match(line)):
            place = ours(((frame[1], frame[2]) for frame in frames), last=True)
            return Trace(found[1].rpartition(".")[2], (found[2] or "").strip(), place, end=at + len(line))
        at += len(line) + 1
    return None


def _node(text: str) -> Trace | None:
    lines = text.split("\n")
    for at in range(len(lines) - 1, 0, -1):
        if _NODE_FRAME.match(lines[at]) and not _NODE_FRAME.match(lines[at - 1]):
            error = next((e for line in reversed(lines[max(at - 8, 0) : at]) if (e := _NODE_ERROR.match(line))), None)
            if error:
                frames = (found for line in lines[at : at + 40] if (found := _NODE_FRAME.match(line)))
                place = ours((frame[1], frame[2]) for frame in frames) or _header(lines[max(at - 8, 0) : at])
                message = re.sub(r"^E[A-Z]{3,}: ", "", error[2] or "") if "ENOENT" not in (error[2] or "") else error[2]
                end = sum(len(line) + 1 for line in lines[: at + 1])
                return Trace(error[1], message.strip(), place, end=end)
    return None


def _header(lines: list[str]) -> str:
    """The place that Node prints above a syntax error."""
    found = [line for line in lines if re.match(r"^(?:file://)?/\S+:\d+$", line)]
    return ours((line.rpartition(":")[0], line.rpartition(":")[2]) for line in found)


def _java(text: str) -> Trace | None:
    """The outer error is told, with the innermost cause and the place of that."""
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines[:-1]) if _JAVA_FRAME.match(lines[at + 1]) and _JAVA_ERROR.match(line)]
    if not heads:
        return None
    outer = next((at for at in reversed(heads) if not lines[at].startswith("Caused by")), heads[0])
    first, root = _JAVA_ERROR.match(lines[outer]), _JAVA_ERROR.match(lines[heads[-1]])
    if not first or not root:
        return None
    frames = (frame for line in lines[heads[-1] + 1 :] if (frame := _JAVA_FRAME.match(line)))
    place = next((f"{frame[2]}:{frame[3]}" for frame in frames if not _JAVA_LIBRARY.match(frame[1])), "")
    cause_of = root[1].rpartition(".")[2] if heads[-1] != outer else ""
    return Trace(first[1].rpartition(".")[2], (first[2] or "").strip(), place, cause_of, len(text))


def _go(text: str) -> Trace | None:
    panic = _GO_PANIC.search(text)
    if not panic or "goroutine " not in text:
        return None
    message = panic[1].removeprefix("runtime error: ")
    place = ours((frame[1], frame[2]) for frame in _GO_FRAME.finditer(text, panic.end()))
    return Trace("panic", re.sub(r" \[recovered\].*", "", message), place, end=len(text))


def _rust(text: str) -> Trace | None:
    found = _RUST_PANIC.search(text)
    if not found:
        return None
    message = found[1] or text[found.end() + 1 :].partition("\n")[0]
    return Trace("panic", message.strip(), ours(iter([(found[2], found[3])])), end=len(text))


def _ruby(text: str) -> Trace | None:
    found = _RUBY.search(text)
    return Trace(found[4], found[3], f"{found[1]}:{found[2]}", end=len(text)) if found else None


def _sanitizer(text: str) -> Trace | None:
    found = _SANITIZER.search(text)
    if not found:
        return None
    place = ours((frame[1], frame[2]) for frame in _SANITIZER_FRAME.finditer(text, found.end()))
    return Trace(found[1], found[2].replace("-", " "), place, end=len(text))


def _native(text: str) -> Trace | None:
    if found := _UNDEFINED.search(text):
        return Trace("runtime error", found[3], f"{found[1]}:{found[2]}", end=found.end())
    if found := _ASSERT.search(text):
        return Trace("", f"assertion {found[3]} failed", f"{found[1]}:{found[2]}", end=len(text))
    return None


def _php(text: str) -> Trace | None:
    found = _PHP.search(text)
    return (
        Trace(found[1].rpartition("\\")[2], found[2] or "", f"{found[3]}:{found[4]}", end=len(text)) if found else None
    )


def _dotnet(text: str) -> Trace | None:
    found = _DOTNET.search(text)
    if not found:
        return None
    place = ours((frame[1], frame[2]) for frame in _DOTNET_FRAME.finditer(text, found.end()))
    return Trace(found[1].rpartition(".")[2], found[2], place, end=len(text))


_READERS: tuple[tuple[str, Callable[[str], Trace | None]], ...] = (
    ('  File "', _python),
    ("panicked at", _rust),
    ("goroutine ", _go),
    ("Sanitizer", _sanitizer),
    ("Unhandled exception. ", _dotnet),
    ("\tat ", _java),
    ("    at ", _java),
    ("    at ", _node),
    ("Uncaught ", _php),
    ("runtime error: ", _native),
    ("Assertion ", _native),
    (".rb:", _ruby),
)
