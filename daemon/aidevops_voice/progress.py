"""What a tool is doing, in a few words for the ear; pure."""

from __future__ import annotations

import re

from aidevops_voice.ports import ToolFinished, ToolStarted
from aidevops_voice.speakable import count, file_name, render, shortened

_TESTS = re.compile(
    r"\b(?:pytest|unittest|jest|vitest|tox|nox|rspec|ctest|(?:go|cargo|npm|pnpm|yarn|make|mvn|gradle) (?:run )?test)\b"
)
_LOOKING = "looking at git"
_COMMANDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_TESTS, "running the tests"),
    (
        re.compile(r"\b(?:pip|uv|npm|pnpm|yarn|apt-get|apt|brew|cargo|bundle) (?:\S+ )?(?:install|add|ci|sync)\b"),
        "installing packages",
    ),
    (
        re.compile(r"\b(?:(?:npm|pnpm|yarn|make|cargo|go) (?:run )?build|docker build|cmake|tsc)\b|^make\b"),
        "building",
    ),
    (re.compile(r"\b(?:ruff|eslint|mypy|flake8|pylint|clippy|prettier|black)\b"), "checking the code"),
    (re.compile(r"\bgit (?:-\S+ )*commit\b"), "committing"),
    (re.compile(r"\bgit (?:-\S+ )*push\b"), "pushing"),
    (re.compile(r"\bgit (?:-\S+ )*(?:pull|fetch|clone)\b"), "fetching from git"),
    (re.compile(r"\bgit\b"), _LOOKING),
    (re.compile(r"^\s*(?:ls|cat|head|tail|wc|find|grep|rg|pwd|stat|tree|sed -n|echo|du|file|which)\b"), ""),
)  # fmt: skip
_EDITS = frozenset({"edit", "write", "patch", "multiedit", "apply_patch"})
_QUIET = frozenset({"read", "grep", "glob", "list", "todowrite", "todoread", "question", "skill", "invalid"})


def describe(tool: ToolStarted | ToolFinished) -> str:
    """`running the tests`, `editing config dot py`; empty for what is not worth a word."""
    if tool.tool in _QUIET:
        return ""
    if tool.tool in _EDITS:
        return f"editing {file_name(tool.path)}" if tool.path else "editing"
    if tool.tool == "bash":
        return _command(tool.command)
    if tool.tool == "task":
        return f"a helper is on {render(tool.title)}" if render(tool.title) else "a helper is at work"
    if tool.tool == "webfetch":
        return "reading a page on the web"
    return f"using {shortened(render(tool.tool), 4)}"


def works(tool: ToolFinished) -> bool:
    """Whether it did something, and not only looked."""
    return tool.tool != "task" and describe(tool) not in ("", _LOOKING)


def _command(command: str) -> str:
    for pattern, words in _COMMANDS:
        if pattern.search(command[:400]):
            return words
    program = render(command.split()[0]) if command.split() else ""
    return f"running {shortened(program, 3)}" if program else "running a command"


_FAILED = re.compile(r"\b(\d+) (?:failed|failing|failures?)\b", re.I)
_BROKEN = re.compile(r"\b(\d+) errors?\b", re.I)
_PASSED = re.compile(r"\b(\d+) (?:passed|passing)\b", re.I)


def tests(output: str) -> tuple[int, int] | None:
    """Failed and passed, read off the last lines of a test run."""
    tail = output[-4000:]
    failed, passed = _FAILED.findall(tail), _PASSED.findall(tail)
    if not failed and (not passed or _BROKEN.search(tail)):
        return None
    return (int(failed[-1]) if failed else 0, int(passed[-1]) if passed else 0)


def result(tool: ToolFinished) -> str:
    """`three tests failed, nine passed`, for a finished tool that is worth it; else empty."""
    if tool.tool != "bash":
        return ""
    counts = tests(tool.output) if _TESTS.search(tool.command) else None
    if counts:
        failed, passed = counts
        return f"{count(failed, 'test')} failed, {passed} passed" if failed else f"{count(passed, 'test')} passed"
    if not tool.ok or tool.exit_code not in (0, None):
        return ", ".join(filter(None, (f"{describe(tool) or 'a command'} failed", cause(tool.output))))
    return ""


_CAUSE = re.compile(
    r"^(?:E +)?(?:[\w.]*(?:Error|Exception|Interrupt)\b:? ?.*"
    r"|(?:\w+: )?(?:fatal|error|ERROR|panicked)\b.*|npm error .*)$",
    re.M,
)
_CAUSE_WORDS = 16


def cause(output: str) -> str:
    """The last line of an output that names an error, as a few words; else empty."""
    found = _CAUSE.findall(output[-4000:])
    return shortened(render(found[-1][:200]), _CAUSE_WORDS).rstrip(".") if found else ""
