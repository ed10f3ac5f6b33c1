"""What the shell and the system say: not found, denied, killed, no space."""

from __future__ import annotations

from dataclasses import replace

from aidevops_voice.reports import causes
from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.rules import first, many, rule
from aidevops_voice.reports.run import Run

_BROKEN = (
    rule(
        "items.hunks",
        "bad",
        "hunk",
        r"^(?P<n>\d+) out of (?P<total>\d+) hunks? (?:FAILED|failed|ignored).* (?P<file>\S+)\.rej$",
    ),
    rule(
        "shell.memory",
        "bad",
        "ut of memory",
        r"^(?:.*[:\]] )?(?:fatal: |FATAL ERROR: .*)?(?:JavaScript heap o|O|o)ut of memory\b",
    ),
    rule("shell.disk", "bad", "No space left on device", r"No space left on device"),
    rule("shell.disk", "bad", "ENOSPC", r"ENOSPC: no space left"),
    rule("shell.segfault", "bad", "Segmentation fault", r"Segmentation fault(?: \(core dumped\))?"),
    rule(
        "shell.not_found",
        "bad",
        "command not found",
        r"^(?:[\w./-]+: )*(?:line \d+: )?(?P<name>[^\s:]+): command not found$",
    ),
    rule("shell.not_found", "bad", "command not found", r"^zsh: command not found: (?P<name>\S+)$"),
    rule("shell.not_found", "bad", ": not found", r"^(?:\S+: )?\d+: (?P<name>[^\s:]+): not found$"),
    rule(
        "shell.not_found",
        "bad",
        "No such file or directory",
        r"^env: [‘'](?P<name>[^’'\n]+)[’']: No such file or directory$",
    ),
    rule(
        "shell.denied",
        "bad",
        "ermission denied",
        r"^(?:[\w./-]+: )*?(?:line \d+: )?(?:cannot \w+ )?[‘'`]?(?P<file>[^\s:‘’'`]+)[’'`]?: Permission denied$",
    ),
    rule(
        "shell.no_file",
        "bad",
        "No such file or directory",
        r"^(?:[\w./-]+: )*?(?:line \d+: )?(?:cannot [\w ]+ "
        r")?[‘'`]?(?P<file>[^\s:‘’'`]+)[’'`]?: No such file or directory$",
    ),
    rule("shell.no_file", "bad", "can't open file", r"can't open file '(?P<file>[^'\n]+)'"),
    rule("shell.no_file", "bad", "Cannot find module", r"^Error: Cannot find module '(?P<file>/[^'\n]+)'"),
    rule("shell.is_folder", "bad", "Is a directory", r"^(?:[\w./-]+: )+(?P<file>[^\s:]+): Is a directory$"),
    rule("shell.read_only", "bad", "Read-only file system", r"Read-only file system"),
    rule("shell.many_files", "bad", "Too many open files", r"Too many open files"),
    rule("shell.no_host", "bad", "Name or service not known", r"(?P<name>[\w.-]+): Name or service not known"),
    rule("shell.no_host", "bad", "ENOTFOUND", r"getaddrinfo ENOTFOUND (?P<name>\S+)"),
    rule(
        "shell.no_host",
        "bad",
        "ailure in name resolution",
        r"[Tt]emporary failure (?:in name resolution|resolving) ?'?(?P<name>[\w.-]+)",
    ),
    rule("shell.refused", "bad", "ECONNREFUSED", r"ECONNREFUSED \S*?:(?P<port>\d+)\b"),
    rule(
        "shell.port_used",
        "bad",
        "ddress already in use",
        r"ddress already in use[^\n\d]{0,40}(?:\S{0,40}:)?(?P<port>\d{2,5})\b",
    ),
    rule("shell.killed", "bad", "Killed", r"^(?:.*line \d+: +\d+ )?Killed\b"),
    rule(
        "shell.aborted",
        "bad",
        "core dumped",
        r"^(?:.*line \d+: +\d+ )?(?:Aborted|Bus error|Floating point exception) \(core dumped\)",
    ),
    rule("shell.syntax", "bad", "syntax error", r"^(?:[\w./-]+: )*line (?P<line>\d+): syntax error near"),
    rule("shell.json", "bad", "parse error: ", r"^(?:jq: )?parse error: (?P<message>.*)$"),
    rule("shell.jq", "bad", "jq: error", r"^jq: error[^:\n]*: (?P<message>.*)$"),
)


_REMOVED = (many("shell.removed", "good", "removed '", r"^removed '(?P<file>[^'\n]+)'$"),)


def read(run: Run) -> Report | None:
    """Only of a command that failed: a probe that finds nothing is no failure."""
    if run.exit_code == 0 and run.runs("rm ", "find "):
        return first(_REMOVED, run) if run.command else None
    if run.exit_code in (0, None) and run.command:
        return None
    if not run.command and len(run.lines) > 3:
        return None
    found = first(_BROKEN, replace(run, text=causes.blamed(run.text)))
    return replace(found, sayings=(said("shell.failed"), *found.sayings)) if found else None
