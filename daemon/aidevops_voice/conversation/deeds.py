"""What was done in a run, as sentences: files, commands, tests and errors; pure, only what the record holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from aidevops_voice import losses, reports
from aidevops_voice.chronicle import Account
from aidevops_voice.events import FileChange, ToolFinished
from aidevops_voice.languages import Language, Saying
from aidevops_voice.narrator import progress
from aidevops_voice.reports import Report
from aidevops_voice.risk.steps import steps
from aidevops_voice.words import wording
from aidevops_voice.words.speakable import clauses, sentences

NAMED = 5
"""Names of one answer; the rest is counted."""
DETAILED = 3
"""Files, and commands, told one by one."""
_LATEST = 40
"""Tools whose results are looked at."""
BREATH = 20
"""Words of one sentence."""


# --- sentences --------------------------------------------------------------------------------------------------


def told(language: Language, key: str, n: int | None = None, **fields: str | int) -> str:
    """A phrase with its fields, to stand inside a sentence."""
    return wording.told(Saying(key, n, fields), language)


def sentence(text: str) -> str:
    """Begun with a capital and ended with a stop; empty stays empty."""
    text = text.strip(" ,")
    begin = next((i for i, char in enumerate(text) if char.isalnum()), None)
    if begin is None:
        return ""
    text = text[:begin] + text[begin].upper() + text[begin + 1 :]
    return text if text[-1] in ".?!" else f"{text}."


def say(language: Language, key: str, n: int | None = None, **fields: str | int) -> list[str]:
    """A phrase as a sentence, or as several where it is long."""
    return breaths(sentence(told(language, key, n, **fields)))


def breaths(text: str) -> list[str]:
    """Sentences of at most `BREATH` words; no word is lost."""
    return [sentence(clause) for clause in clauses(text, BREATH)] if text else []


def joined(names: list[str], language: Language) -> str:
    """`one, two and three`."""
    if len(names) < 2:
        return "".join(names)
    return told(language, "recall.and", first=", ".join(names[:-1]), last=names[-1])


# --- files ------------------------------------------------------------------------------------------------------


def changes(account: Account) -> list[FileChange]:
    """Each file once, with what became of it in the end; one that came and went is left out."""
    found: dict[str, FileChange] = {}
    for change in (change for tool in account.tools for change in tool.files):
        old = found.pop(change.path, None)
        if old is None:
            found[change.path] = change
        elif not (old.status == "added" and change.status == "deleted"):
            found[change.path] = _merged(old, change)
    return list(found.values())


def _merged(old: FileChange, new: FileChange) -> FileChange:
    status = new.status
    if old.status == "added":
        status = "added"
    elif old.status == "deleted" and new.status == "added":
        status = "changed"
    added, removed = old.additions + new.additions, old.deletions + new.deletions
    return replace(new, status=status, additions=added, deletions=removed)


def files(account: Account, language: Language) -> list[str]:
    """Names by what became of them, `NAMED` at most, the rest counted."""
    changed = changes(account)
    if not changed:
        return say(language, "recall.no_files")
    names = _names(changed, language)
    shown = {change.path for change in changed[:NAMED]}
    said = []
    for status in ("added", "changed", "deleted"):
        group = [change.path for change in changed if change.status == status]
        if group:
            said += say(language, f"recall.{status}", len(group), names=_some(group, shown, names, language))
    return said


def _some(group: list[str], shown: set[str], names: dict[str, str], language: Language) -> str:
    told_of = [names[path] for path in group if path in shown]
    rest = len(group) - len(told_of)
    if not told_of:
        return names[group[0]] if rest == 1 else told(language, "recall.more", rest - 1, names=names[group[0]])
    return told(language, "recall.more", rest, names=", ".join(told_of)) if rest else joined(told_of, language)


def _names(changed: list[FileChange], language: Language) -> dict[str, str]:
    """Path -> words; the folder is said only where two names are alike."""
    lasts = Counter(_last(change.path) for change in changed)
    return {
        change.path: _name(change.path, language, in_folder=lasts[_last(change.path)] > 1) for change in changed
    }  # fmt: skip


def _last(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def _name(path: str, language: Language, *, in_folder: bool = False) -> str:
    name = wording.name(_last(path), language)
    folder = path.replace("\\", "/").rstrip("/").split("/")[-2:-1]
    if not (in_folder and folder and folder[0]):
        return name
    return told(language, "recall.in", name=name, folder=wording.name(folder[0], language))


def _file_details(account: Account, language: Language) -> list[str]:
    changed = changes(account)
    names = _names(changed, language)
    said = []
    for change in changed[:DETAILED]:
        lines = [
            told(language, f"recall.lines_{what}", n)
            for what, n in (("added", change.additions), ("removed", change.deletions))
            if n
        ]
        what = told(language, f"recall.file_{change.status}", name=names[change.path])
        said += breaths(sentence(", ".join([what, *([joined(lines, language)] if lines else [])])))
    more = len(changed) - DETAILED
    return said + (say(language, "recall.more_files", more) if more > 0 else [])


# --- commands ---------------------------------------------------------------------------------------------------

_SETTING = frozenset(
    {"cd", "pushd", "popd", "export", "set", "unset", "source", ".", "if", "then", "else", "fi", "for", "while", "do",
     "done", "true", ":", "[", "#"}
)  # fmt: skip
"""What only prepares or steers the commands that count."""
_WITH_TEXT = frozenset({"-m", "-c", "-e", "--message"})
"""Options whose value is no target."""
_TARGET = re.compile(r"^[\w./@~][\w./@:~+-]*$")
_PARTS = 4
"""Words of a command that are said: the program and its targets."""
_MOST_STEPS = 6
"""Commands of one line."""


def programs(command: str, language: Language) -> list[str]:
    """`cd x && pytest -q tests/test_a.py` -> pytest test a dot py: programs and targets, neither options nor texts."""
    written = command.strip()
    found = [step for step in steps(written) if not step.piped and step.program not in _SETTING]
    return list(filter(None, (_program(step.words, language) for step in found[:_MOST_STEPS])))


def _program(words: tuple[str, ...], language: Language) -> str:
    if words[1:2] == ("-m",) and _last(words[0]).startswith("python"):
        words = words[2:]
    targets = [word for before, word in zip(("", *words), words, strict=False) if before not in _WITH_TEXT]
    names = [_last(word) for word in targets if _TARGET.match(word) and any(char.isalpha() for char in _last(word))]
    return " ".join(wording.name(name, language) for name in names[:_PARTS])


def ran(account: Account, language: Language) -> list[str]:
    """The commands by name, with how often."""
    counted: Counter[str] = Counter()
    for tool in account.tools:
        if tool.tool == "bash":
            counted.update(programs(tool.command, language) or [told(language, "recall.a_command")])
    if not counted:
        return say(language, "recall.not_run")
    names = [_often(name, n, language) for name, n in list(counted.items())[:NAMED]]
    more = len(counted) - NAMED
    said = say(language, "recall.ran", what=joined(names, language))
    return said + (say(language, "recall.more_commands", more) if more > 0 else [])


def _often(name: str, n: int, language: Language) -> str:
    if n == 1:
        return name
    return told(language, "recall.twice", what=name) if n == 2 else told(language, "recall.times", n, what=name)


def _command_details(account: Account, language: Language) -> list[str]:
    """The last results of the commands that did something."""
    last: dict[str, list[str]] = {}
    for tool in reversed(account.tools[-_LATEST:]):
        name = joined(programs(tool.command, language)[:2], language) or told(language, "recall.a_command")
        if tool.tool == "bash" and name not in last and (result := _result(tool, name, language)):
            last[name] = result
        if len(last) == DETAILED:
            break
    return [one for name in reversed(last) for one in last[name]]


def _result(tool: ToolFinished, name: str, language: Language) -> list[str]:
    report = _read(tool)
    if report and report.sayings:
        return say(language, "recall.result", what=name, result=wording.told(report.sayings[0], language))
    if tool.exit_code:
        return say(language, "recall.ran_bad", what=name, code=abs(tool.exit_code))
    if not tool.ok:
        return say(language, "recall.ran_failed", what=name)
    return say(language, "recall.ran", what=name) if progress.works(tool) else []


def details(account: Account, language: Language) -> list[str]:
    """What exactly was done, or why it failed."""
    said = failure(account, language) if account.outcome == "failed" else []
    if account.outcome == "stopped":
        said = say(language, "recall.stopped")
    did = _file_details(account, language) + _lost(account, language) + _command_details(account, language)
    if not (did or said):
        return say(language, "recall.only_looked" if account.tools else "recall.only_answered")
    return said + did


def _lost(account: Account, language: Language) -> list[str]:
    """What was destroyed, but for the files that are told with all others."""
    found = [fact for fact in losses.losses(account.tools[-_LATEST:]) if fact.key != "losses.file"]
    return [one for fact in found[:DETAILED] for one in breaths(sentence(wording.told(fact, language)))]


# --- tests and errors -------------------------------------------------------------------------------------------


def _read(tool: ToolFinished) -> Report | None:
    return reports.read(tool.output, tool.command, tool.exit_code) if tool.tool == "bash" else None


def tests(account: Account, language: Language) -> list[str]:
    """The counts and names of the last test run."""
    for tool in reversed(account.tools):
        report = _read(tool)
        if report and report.kind == "tests":
            return _sayings(report, language) or say(language, "recall.tests_ran")
    return say(language, "recall.no_tests")


def _sayings(report: Report, language: Language) -> list[str]:
    return [one for saying in report.sayings[:3] for one in breaths(sentence(wording.told(saying, language)))]


def error(account: Account, language: Language) -> list[str]:
    """The error of the run, else of the last command that failed."""
    if account.outcome == "failed" and account.error_told:
        return failure(account, language)
    for tool in reversed(account.tools):
        report = _read(tool)
        if not tool.ok or tool.exit_code or (report and report.verdict == "bad"):
            return _tool_error(tool, report, language)
    return say(language, "recall.no_error")


_SHOWN_AS_IS = ("tests", "trace", "exit")
"""Reports of which the error's own words are the error."""


def _tool_error(tool: ToolFinished, report: Report | None, language: Language) -> list[str]:
    if report is None:
        written = sentences(tool.output[:400])[0][:2] if tool.tool != "bash" else []
        return [one for text in written for one in breaths(text)] or _unread(tool, language)
    said = [one for text in sentences(report.error)[0][:2] for one in breaths(text)]
    if not said or report.kind not in _SHOWN_AS_IS:
        said = _sayings(report, language) or said
    place = say(language, "recall.place", place=report.place) if report.place else []
    return [*said, *(one for one in place if one not in said)] or _unread(tool, language)


def _unread(tool: ToolFinished, language: Language) -> list[str]:
    name = joined(programs(tool.command, language)[:2], language) or wording.name(tool.tool, language)
    return say(language, "recall.error_unread", what=name)


def failure(account: Account, language: Language) -> list[str]:
    """What the agent reported, and where in our files the last command failed."""
    said = [account.error_told or told(language, "recall.ended_failed")]
    said += [text for text in sentences(account.error)[0][:2] if text.rstrip(".") not in said[0]]
    found = [one for text in said for one in breaths(sentence(text))]
    report = next(
        (report for tool in reversed(account.tools[-_LATEST:]) if (report := _read(tool)) and report.place), None
    )
    if report and report.verdict == "bad":
        found += say(language, "recall.place", place=report.place)
    return found
