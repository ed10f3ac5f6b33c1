"""What is to be done about a failure, where the tool itself names it: known steps in plain words, else a command."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.reports.report import Report, said, weight
from aidevops_voice.reports.run import Run

_KNOWN: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (key, cure, re.compile(pattern))
    for key, cure, pattern in (
        ("git.rejected", "cure.pull", r"\((?:fetch first|non-fast-forward)\)"),
        ("git.rejected", "cure.fetch", r"\(stale info\)"),
        ("git.no_upstream", "cure.upstream", r"--set-upstream"),
        ("git.would_overwrite", "cure.stash", r"commit your changes or stash them"),
        ("git.would_overwrite", "cure.move", r"move or remove them"),
        ("git.diverged_pull", "cure.reconcile", r"pull\.rebase"),
        ("git.no_fast_forward", "cure.reconcile", r"fast-forward"),
        ("packages.managed", "cure.venv", r"virtual environment"),
        ("infra.no_docker", "cure.docker", r"Is the docker daemon running"),
        ("infra.no_image", "cure.image", r"docker login"),
        ("git.fatal", "cure.identity", r"Please tell me who you are"),
        ("git.fatal", "cure.safe", r"safe\.directory"),
    )
)
"""The saying that a failure begins with, what is told, and what of it stands in the output."""
_PROGRAM = (
    r"(?:sudo )?(?:(?:npm|npx|pnpm|yarn|pip3?|python3?|terraform|tofu|go|cargo|rustup|bundle|rails|rake|docker|gh|aws"
    r"|gcloud|az|helm|poetry|uv|composer|php|dpkg|apt|apt-get|brew|systemctl|alembic|prisma|flask|make|nvm|dotnet"
    r"|playwright|corepack|flyctl|vercel|supabase|minikube|conda|mix|gem|git lfs)(?= )|bin/rails|\./\w+)"
)
_NAMED = re.compile(
    r"\b(?:[Rr]un(?:ning)?|[Tt]ry|[Uu]se|[Ee]xecute|[Uu]sing|with|(?:[Rr]un )?the following command[^:\n]{0,40}"
    rf"|to (?:add|update|install|fix|refresh) \w+):?\s+[`'\"“]?(?P<command>{_PROGRAM}[^`'\"”\n,;]{{0,60}})"
)
_END = re.compile(r"  | (?:to|for|and|or|in|first|before|again|if|with)\b|[.)]+(?= |$)|: | [A-Z_]+=")
_UNSAID = re.compile(r" -\w\b| -+(?=\w)")
"""A flag of one letter has no words."""
_FRAME = re.compile(r"^(?:npm (?:error|ERR!)|[ │║╷╵|]+) ?| *║$", re.M)
_RISKY = re.compile(
    r" -(?:-force|f|D|-hard|-no-verify|-break-system-packages|-legacy-peer-deps|-help|h|-verbose|-debug|-stacktrace)\b"
    r"|\b(?:unlock|rm|delete|destroy|prune|reset|status|help|audit|doctor|logs?|explain|fund|repl|view)\b"
)
_PASSING = re.compile(
    r"\b(?:[Tt]o (?:see|list|view|show|skip|ignore)|notice|WARN\w*|[Ww]arning|details|more information|deprecated)\b"
)
_MOST = 7
"""Words of a command that is read aloud."""


def cured(report: Report, run: Run) -> Report:
    """With what to do about it."""
    keys = {one.key for one in report.sayings}
    cure = next((cure for key, cure, pattern in _KNOWN if key in keys and pattern.search(run.text)), "")
    if not cure and report.kind != "tests" and (command := _command(run)):
        return replace(report, cure=said("cure.run", command=command))
    return replace(report, cure=said(cure)) if cure else report


def _command(run: Run) -> str:
    """The first that the output says to run, and that nothing is lost by."""
    text = _FRAME.sub("", run.text)
    for found in _NAMED.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.end()]
        command = _END.split(found["command"])[0].strip()
        if _RISKY.search(command) or _PASSING.search(line) or command == run.first:
            continue
        command = _UNSAID.sub(lambda flag: " " if flag[0].endswith("-") else "", command)
        if " " in command and weight(command) <= _MOST:
            return command
    return ""
