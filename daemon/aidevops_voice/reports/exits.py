"""What is left when no summary was found: the exit code, and the last line that names an error."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.languages import Saying
from aidevops_voice.reports import causes, findings, items, shares
from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.run import Run

_MEANINGS: dict[int, str] = {
    124: "exit.timeout", 126: "exit.not_executable", 127: "exit.not_found", 130: "exit.interrupted",
    134: "exit.aborted", 137: "exit.killed", 139: "exit.segfault", 143: "exit.terminated",
}  # fmt: skip
_GIT = r"git (?:-C \S+ )?"
_EXCUSED: tuple[tuple[re.Pattern[str], int, str], ...] = tuple(
    (re.compile(pattern), code, key)
    for pattern, code, key in (
        (rf"[efz]?grep |rg |ag |ack |{_GIT}(?:grep|check-ignore|config --get\S*) ", 1, "exit.no_match"),
        (r"(?:pgrep|pidof|lsof|fuser) |kill -0 ", 1, "exit.no_process"),
        (rf"diff |cmp |colordiff |kubectl diff|{_GIT}diff(?:-index|-files|-tree)?(?: |$)", 1, "exit.differ"),
        (r"helm diff .*--detailed-exitcode", 2, "exit.differ"),
        (rf"test |\[ |\[\[ |expr |jq (?:.* )?-e|{_GIT}merge-base .*--is-ancestor|kubectl auth can-i", 1, "exit.untrue"),
        (r"(?:which|type|command|hash|dpkg -s|dpkg-query|rpm -q) ?", 1, "exit.not_installed"),
        (rf"{_GIT}(?:show-ref|rev-parse) .*(?:--verify|-q|--quiet)|tmux has(?:-session)?\b|id ", 1, "exit.absent"),
        (rf"{_GIT}ls-remote .*--exit-code|getent ", 2, "exit.absent"),
        (r"systemctl (?:--\S+ )*(?:is-active|status)", 3, "exit.inactive"),
        (r"systemctl (?:--\S+ )*is-enabled", 1, "exit.disabled"),
        (r"systemctl (?:--\S+ )*is-failed", 1, "exit.not_failed"),
        (r"ping6? ", 1, "exit.no_answer"),
        (r"pg_isready\b", 2, "exit.no_answer"),
        (r"(?:npm|pnpm|yarn) outdated", 1, "exit.outdated"),
        (r"(?:gitleaks|trufflehog|bandit|semgrep) ", 1, "exit.findings"),
    )
)
_MORE = ((re.compile(r"terraform plan .*-detailed-exitcode"), 2), (re.compile(r"(?:npm|pnpm|yarn) audit\b"), 1))
"""A code that says no more than that there is something to read."""
_ERROR = re.compile(
    r"^(?:E +)?(?:[\w.]{0,80}(?:Error|Exception|Interrupt)\b:? ?.*"
    r"|(?:[\w./-]{1,60}: )?(?:fatal|error|ERROR|FATAL|Fatal|FAILED)\b.*"
    r"|npm (?:error|ERR!) .*"
    r"|.{0,120}\b(?:[Cc]annot|[Cc]ould not|[Ff]ailed to|[Uu]nable to|not found|denied|refused)\b.*)$",
    re.M,
)
_NOTHING = re.compile(r"\b(?:0|no) (?:error|fail)", re.I)


def excused(run: Run) -> Report | None:
    """A code that the tool uses for something other than failure."""
    for pattern, code, key in _EXCUSED:
        if run.exit_code == code and pattern.match(run.last):
            return Report("exit", "none", (said(key),))
    return None


def weighed(run: Run) -> Run:
    """As one that succeeded, where its code tells only that there is something to read."""
    told = any(run.exit_code == code and pattern.match(run.last) for pattern, code in _MORE)
    return replace(run, exit_code=0) if told else run


def result(run: Run) -> tuple[Saying, ...]:
    """That the command failed, and how."""
    code = run.exit_code or 1
    return (said("shell.failed"), said(_MEANINGS[code])) if code in _MEANINGS else (said("exit.code", code=code),)


def read(run: Run) -> Report | None:
    """A failed command without a summary."""
    if run.exit_code in (0, None):
        return None
    reason = why(run)
    if reason is None:
        return Report("exit", "bad", result(run), error=last_error(run.text))
    return replace(reason, sayings=(*result(run), *reason.sayings))


def why(run: Run) -> Report | None:
    """How much of it went through, what failed, and the reason: at the end of an output, else in its middle."""
    counted, line = shares.share(run.lines)
    listed = items.failed(run)
    share = (counted,) if counted else shares.tally(run, listed) or findings.tally(run.lines)
    found = findings.told(run, causes.find(run.text, run.command, but=line))
    if listed and not (found and found.place):
        found = _listed(listed, found, run)
    elif run.buried and (found is None or not found.error):
        found = causes.find(run.buried, run.command) or found
    if found is None:
        return Report("exit", "bad", share) if share else None
    counts = [_message(one) for one in share]
    return replace(found, sayings=(*share, *(one for one in found.sayings if _message(one) not in counts)))


def _message(saying: Saying) -> str:
    return str(saying.fields.get("message", saying.key)).strip(" .!:")


def _listed(listed: list[items.Item], found: Report | None, run: Run) -> Report:
    """What failed, by name, and the reason at the end of the output where that is another line."""
    own = found is None or any(found.error in one.line.strip() for one in listed)
    more = found.sayings if found and not own else ()
    told = (*items.told(listed, run.cut), *more)
    return Report("exit", "bad", told, error=found.error if found else listed[-1].line.strip())


_LAST = 6_000


def last_error(text: str) -> str:
    """The last line that names an error, raw; else empty."""
    found = [line for match in _ERROR.finditer(text[-_LAST:]) if not _NOTHING.search(line := match.group())]
    return found[-1].strip()[:300] if found else ""
