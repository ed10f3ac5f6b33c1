"""Why something failed, whatever the tool: known reasons in plain words, else the last line that names one."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.reports.reasons import KNOWN, REASONS
from aidevops_voice.reports.report import Report, said, short
from aidevops_voice.reports.rules import applied
from aidevops_voice.reports.run import Run

_NAMES_IT = re.compile(
    r"error\b|exception\b|could(?:n't| not)\b|doesn't exist|not collected"
    r"|\b(?:errors?:|(?:fatal|cannot|can't|can not|no such|denied|refused|rejected|unable|missing|invalid|unexpected"
    r"|unknown|exceed(?:s|ed)|time(?:d[- ]?out|out)|duplicate|constraint|fail(?:ed|ure|s)?|expired|forbidden"
    r"|unauthori[sz]ed|conflict|panic|must (?:be|have)|require[sd]|undefined|critical|locked|unsupported|unreachable"
    r"|fall(?:ó|id[ao]s?)|no se pudo|no existe|not in|e\d{3,})\b"
    r"|not (?:found|allowed|permitted|exist|supported|a valid|valid|available|enough|reach)"
    r"|too (?:large|big|long|open|many|old)|abort|corrupt|rechazad|denegad|mismatch)"
)
"""Of a line in small letters."""
_NUMBERED = re.compile(r"\b(?:[45]\d\d [A-Z]|E[A-Z]{4,}\b)")
"""`404 Not Found`, `ENOENT`."""
_WRAPS = re.compile(
    r"^(?:make(?:\[\d+\])?: |ninja: |collect2: |error: failed to push some refs|npm (?:error|ERR!) (?:code|errno|path"
    r"|cwd|syscall|command|A complete log|Lifecycle|workspace|location)\b|ERROR: script returned"
    r"|error: (?:script|recipe|task|command) |(?:##\[error\])?Error: Process completed|error Command failed"
    r"|.{0,80}\bexit(?:ed)?(?: with)?(?: (?:status|code))+:? ?\d+|error: aborting due to|Aborting\.?$"
    r"|.{0,40}See .{1,80} for |.{0,12}\bfailed[.!]?$|Build failed|During handling of|The above exception|Traceback"
    r"|rsync error: |(?:[Pp]lease )?[Rr]un [`'\"]|[\"']?[A-Za-z][\w ]{0,24}[\"']? ?[:=] ?\d+[.,]?$"
    r"|nginx: configuration file|.{0,20}Error is not recoverable|ROLLBACK"
    r"|.{0,60}current transaction is aborted|.{0,40}[Ff]ix the (?:upstream|errors?))"
)
_ABSENT = re.compile(
    r"\b(?:0|no|zero|without) (?:\w+ )?(?:errors?|fail(?:ed|ures?)?|problems?|conflicts?)\b"
    r"|\b(?:errors?|failed|failures)[:=] ?0\b"
    r"|\bWARN(?:ING)?\b|^\s*warning:|\bDEBUG\b|\bretry(?:ing)?\b|^\s*(?:[#>$+|]|at |File \")",
    re.I,
)
_PASSING = re.compile(r"\bWARN(?:ING)?\b|\bDEBUG\b|\bretry(?:ing)?\b", re.I)
_CALM = re.compile(r"\b(?:INFO|NOTICE|TRACE|PASSED|PASS)\b|(?:: |^)ok\b")
_STAMP = re.compile(
    r"^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d)?[\d.,]*(?:Z|[+-]\d\d:?\d\d)?\]?"
    r"|\[?\d\d:\d\d:\d\d[\d.,]*\]?|\[\d+[./][\d./]*\])[ :-]*"
)
_LEVEL = re.compile(
    r"^(?:\[?(?:ERROR|FATAL|CRITICAL|SEVERE|ERR|error|fatal|critical|Error|Fatal|E)[\]:]+"
    r"|\[?(?:ERROR|FATAL|CRITICAL|SEVERE|ERR|INFO)\b\]?|npm (?:error|ERR!)|remote:|psql:\S{1,80}:|E  +"
    r"|\[(?:emerg|alert|crit|error|warn)\]|Caused by:|Message *:|Database error:|DETAIL:|hint:"
    r"|[A-Z]{1,4}-?\d{3,5}\b|[×✖✗❌➜!-] )[ :-]*"
)
_COMPONENT = re.compile(r"^ *\[(?!(?i:fail|err|fatal|crit|warn|ko|nok|bad|x\]))[A-Za-z][\w.-]{0,24}\] (?=\w)")
_INSIDE = re.compile(r"\"(?:msg|message|error|detail|reason|stderr)\": ?\"((?:[^\"\\]|\\.){3,300})\"")
_PROGRAM = re.compile(
    r"^(?!(?i:missing|unknown|duplicates?|unexpected|unused|undefined|faltan?|sobran?|desconocid[ao]s?): )"
    r"[\w./-]{1,40}(?:\[\d+\])?: (?=\S)|^(?:[a-z_]\w*\.)+(?=[A-Z])"
)
"""The program, but for a word that says what is wrong with what follows."""
_STATES = re.compile(
    r"(?:[Cc]an(?:no|')t|[Cc]ould(?: not|n't)|[Uu]nable to|[Nn]o such|[Nn]ot? (?:enough|found)|[Ii]nvalid) "
)
_ADVICE = re.compile(
    r"[;.,] (?:if you (?:choose|want|wish|meant)|to (?:add|update|fix) it|(?:please )?(?:run|see|try)\b).*$", re.I
)
_LINES, _WINDOW, _LONGEST = 150, 6, 400


def find(text: str, command: str = "", most: int = 13, but: str = "") -> Report | None:
    """The reason that the end of a text gives, `but` for one line of it; verdict `bad`."""
    lines = [line for line in text.split("\n") if line.strip()][-_LINES:]
    naming = [at for at, line in enumerate(lines) if line != but and names_it(line)]
    if not naming:
        return None
    window = Run("\n".join(line[:_LONGEST] for line in lines[naming[-_WINDOW:][0] :]), command)
    reason = _known(window)
    if reason is None or _later(reason, lines, naming):
        reason = _written(lines[naming[-1]].strip(), most)
    return replace(reason, kind="exit", counts={})


def known(message: str) -> Report | None:
    """The known reason of one message."""
    return _known(Run(message[: 2 * _LONGEST]))


def names_it(line: str) -> bool:
    """Whether a line names an error or a reason, and is not what merely passes one on."""
    line = line[:_LONGEST]
    named = _NAMES_IT.search(line.lower()) or _NUMBERED.search(line)
    return bool(named and not _WRAPS.match(line.strip()) and not calm(line))


def plainly(message: str) -> str:
    """Without what it advises at its end."""
    return _ADVICE.sub("", message)


def states(line: str) -> bool:
    """Whether it is the reason itself, and no name of something: `Can't locate the revision`."""
    return bool(_STATES.match(line))


def calm(line: str) -> bool:
    """Whether a line denies an error, or only warns."""
    return bool(_ABSENT.search(line) or _CALM.search(line))


def blamed(text: str) -> str:
    """Without the lines that only warn, or tell of another try."""
    return "\n".join(line for line in text.split("\n") if not _PASSING.search(line[:_LONGEST]))


def reasoned(report: Report) -> Report:
    """A status without its phrase gets it."""
    first = report.sayings[0]
    code = str(first.fields.get("code", ""))
    if first.key != "cause.http_only" or int(code) not in REASONS:
        return report
    return replace(report, sayings=(said("cause.http", code=code, reason=REASONS[int(code)]), *report.sayings[1:]))


def unstamped(line: str) -> str:
    """Without the time in front, and the name of a component in brackets."""
    return _COMPONENT.sub("", _STAMP.sub("", line), count=1)


def bare(line: str) -> str:
    """A message without time, level and program in front; that of a line of JSON is the message in it."""
    text = unstamped(line.strip()[:_LONGEST]).strip()
    if inside := _INSIDE.search(text):
        text = inside[1].replace("\\", "").strip()
    for _ in range(4):
        text = _LEVEL.sub("", _STAMP.sub("", text)).strip()
    return _LEVEL.sub("", _PROGRAM.sub("", text)).strip() or line.strip()


def _known(window: Run) -> Report | None:
    """The known reason that stands last; of two in a line the more special."""
    found = [(rank, report) for rank, each in enumerate(KNOWN) if (report := applied(each, window))]
    if not found:
        return None
    best = max(found, key=lambda one: (_line_of(window.text, one[1].error), -one[0]))[1]
    line = window.text.split("\n")[_line_of(window.text, best.error)]
    return replace(reasoned(best), error=line.strip()[:300])


def _line_of(text: str, error: str) -> int:
    at = text.rfind(error)
    return text.count("\n", 0, at) if at >= 0 else 0


def _later(reason: Report, lines: list[str], naming: list[int]) -> bool:
    """Whether more than two lines that name a reason follow the known one."""
    after = [at for at in naming if reason.error and reason.error in " ".join(lines[at].split())]
    return bool(after) and len([at for at in naming if at > after[-1]]) > 2


def _written(line: str, most: int) -> Report:
    message = short(plainly(bare(line)), most)
    return Report("exit", "bad", (said("error.message", message=message),) if message else (), error=line[:300])
