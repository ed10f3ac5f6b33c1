"""What a tool is doing, and what came of it, in a few words for the ear; pure."""

from __future__ import annotations

import re

from aidevops_voice import reports
from aidevops_voice.languages import Language, Saying, named
from aidevops_voice.ports import ToolFinished, ToolStarted
from aidevops_voice.reports import Report
from aidevops_voice.words.speakable import shortened, words
from aidevops_voice.words.wording import told

_LOOKING = "progress.looking"
_FAILED = Saying("shell.failed")
"""What says less than which command it was."""
_COMMANDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"\b(?:pytest|unittest|jest|vitest|mocha|playwright|cypress|tox|nox|rspec|ctest|phpunit"
            r"|(?:go|cargo|npm|pnpm|yarn|bun|make|mvn|gradle|gradlew|dotnet|mix|deno|swift) (?:run )?(?:\S+ )?"
            r"(?:test|e2e|spec)s?)\b"
        ),
        "progress.testing",
    ),
    (
        re.compile(
            r"\b(?:pip|uv|npm|pnpm|yarn|bun|apt-get|apt|brew|cargo|bundle|gem) (?:\S+ )?"
            r"(?:install|add|ci|sync|lock)\b"
        ),
        "progress.installing",
    ),
    (
        re.compile(
            r"\b(?:(?:npm|pnpm|yarn|bun|make|cargo|go|dotnet|swift) (?:run )?(?:build|compile)"
            r"|docker build|docker compose build|cmake|ninja|tsc|webpack|vite build|javac|gcc|mvn|gradle|gradlew)\b"
            r"|^make\b"
        ),
        "progress.building",
    ),
    (
        re.compile(
            r"\b(?:ruff|eslint|biome|mypy|pyright|flake8|pylint|clippy|prettier|black|shellcheck|lint"
            r"|(?:cargo|go) (?:fmt|vet))\b"
        ),
        "progress.checking",
    ),
    (re.compile(r"\bgit (?:-\S+ )*commit\b"), "progress.committing"),
    (re.compile(r"\bgit (?:-\S+ )*push\b"), "progress.pushing"),
    (re.compile(r"\bgit (?:-\S+ )*(?:pull|fetch|clone)\b"), "progress.fetching"),
    (
        re.compile(
            r"\bgit (?:-\S+ )*(?:status|diff|log|show|blame|remote(?! (?:add|set-|rm|remove|rename|prune))"
            r"|ls-files|rev-parse|describe|grep|shortlog|reflog"
            r"|branch(?: (?:-[avr]+|--\S+))*\s*$|stash list)(?!\S)"
        ),
        _LOOKING,
    ),
    (
        re.compile(
            r"^\s*(?:cd \S+ *(?:&&|;) *)?"
            r"(?:ls|cat|head|tail|wc|find|grep|rg|pwd|stat|tree|sed -n|echo|du|df|file|which|ps|env|date)\b"
        ),
        "",
    ),
)  # fmt: skip
_PROGRAM = re.compile(
    r"(?:\w+=\S* +|sudo +|nohup +|timeout(?: -\S+)* \S+ +|cd \S+ *(?:&&|;) *)*"
    r"(?:(?:python\d?(?:\.\d+)?|node|deno run|bash|sh|ruby|perl|php|(?:uv|poetry) run(?: python)?) "
    r"(?P<script>(?!-)[^\s;|&<>]+\.[a-z]{1,4})(?=\s|$)"
    r"|(?P<whole>(?:git|docker(?: compose)?|kubectl|terraform|npm|npx|cargo|go|helm|aws|gh) [a-z][\w-]*)"
    r"|(?P<name>[^\s;|&<>]+))"
)
_EDITS = frozenset({"edit", "write", "patch", "multiedit", "apply_patch"})
_QUIET = frozenset({"read", "grep", "glob", "list", "todowrite", "todoread", "question", "skill", "invalid"})
_CAP = 2000
_RESULT_WORDS = 20


def describe(tool: ToolStarted | ToolFinished, language: Language | None = None) -> str:
    """`running the tests`, `editing config dot py`; empty for what is not worth a word."""
    doing = saying(tool)
    return told(doing, language or named("en")) if doing else ""


def works(tool: ToolFinished) -> bool:
    """Whether it did something, and not only looked."""
    doing = saying(tool)
    return tool.tool != "task" and doing is not None and doing.key != _LOOKING


def saying(tool: ToolStarted | ToolFinished) -> Saying | None:
    """What it does, not yet in words."""
    if tool.tool in _QUIET:
        return None
    if tool.tool in _EDITS:
        return Saying("progress.editing_file", fields={"file": tool.path}) if tool.path else Saying("progress.editing")
    if tool.tool == "bash":
        return _command(tool.command[:_CAP])
    if tool.tool == "task":
        return (
            Saying("progress.helper_on", fields={"what": _brief(tool.title)})
            if tool.title
            else Saying("progress.helper")
        )
    if tool.tool == "webfetch":
        return Saying("progress.web")
    return Saying("progress.using", fields={"tool": _brief(tool.tool)})


def _command(command: str) -> Saying | None:
    for pattern, key in _COMMANDS:
        if pattern.search(command):
            return Saying(key) if key else None
    program = _PROGRAM.match(command.strip())
    if program is None:
        return Saying("progress.command")
    return Saying("progress.running", fields={"program": _brief(_program(program))})


def _program(found: re.Match[str]) -> str:
    """A script by its name, not by what runs it."""
    return found["script"].rpartition("/")[2] if found["script"] else found["whole"] or found["name"]


def _brief(text: str) -> str:
    return shortened(text, 8)[:80].rstrip(".")


def report(tool: ToolFinished) -> Report | None:
    """What the output of a command says."""
    return reports.read(tool.output, tool.command, tool.exit_code) if tool.tool in ("bash", "webfetch") else None


def result(tool: ToolFinished, found: Report | None, language: Language) -> str:
    """`three tests failed, nine passed`, for a finished command that is worth it; else empty."""
    if found and found.sayings and found.kind != "exit" and found.verdict != "none":
        return told(found.sayings[0], language)
    if tool.tool != "bash" or (tool.ok and tool.exit_code in (0, None)) or (found and found.verdict == "none"):
        return ""
    return ", ".join(failing(saying(tool), found, language)[:2])


def failing(doing: Saying | None, found: Report | None, language: Language) -> list[str]:
    """A failure as clauses of at most 20 words: what failed first, then names and cause."""
    clauses = [told(each, language) for each in found.sayings] if found else []
    if not found or found.kind == "exit" or (doing and found.sayings[:1] == (_FAILED,)):
        what = told(doing or Saying("outcome.command"), language)
        clauses = [told(Saying("outcome.broke", fields={"what": what}), language), *clauses[1:]]
    return [
        shortened(clause, _RESULT_WORDS).rstrip(".") if words(clause) > _RESULT_WORDS else clause
        for clause in clauses
        if clause
    ]
