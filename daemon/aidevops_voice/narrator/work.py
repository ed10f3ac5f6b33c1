"""What a turn did: its words, its files, its commands, and what of them is still broken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aidevops_voice import risk
from aidevops_voice.consent.appraisal import NOWHERE
from aidevops_voice.languages import Saying
from aidevops_voice.losses import Ledger
from aidevops_voice.narrator import progress
from aidevops_voice.ports import ToolFinished
from aidevops_voice.reports import Report
from aidevops_voice.reports.causes import names_it

_REPEATED = frozenset({"progress.testing", "progress.checking", "progress.building"})
"""What is run again and again until it succeeds; its failure is not healed by anything else."""

_READ = 1000
"""Characters of a command that are weighed."""
_SHOWN = 4000
"""Characters of an output in which is looked for what was refused."""
_ABSENT = frozenset({"packages.no_script", "shell.not_found"})

_GIT = re.compile(r"git (?:-\S+ )*(?P<verb>[a-z-]+)(?P<rest>(?: [^;&|\n]*)?)$")
_FLAG = re.compile(r"\s(?!--(?:abort|quit)\b)-\S+")
_MERGED = re.compile(r"(?: *\d?>&\d)+$")
_LOOSE = re.compile(r"[;|\n]")
"""What stands in front of one of these may have failed unseen."""
_ENDED_BY_COMMIT = ("git merge", "git cherry-pick", "git revert", "git stash pop")
_BUILDS = re.compile(
    r"\b(?:cargo|go|mvn|gradle|gradlew|dotnet|swift|mix|bazel|zig|stack|cabal|sbt|make|ninja) (?:\S+ )?(?:test|check)\b"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One finished tool that did something."""

    doing: Saying | None
    command: str
    failed: bool
    report: Report | None
    refused: str = ""
    """The lines of its output that name an error."""

    @property
    def healed_by(self) -> str:
        """Two deeds with the same one are tries of the same thing."""
        if self.doing and self.doing.key in _REPEATED:
            return self.doing.key
        return _try(self.command) or repr(self.doing)

    @property
    def heals(self) -> frozenset[str]:
        """What is over once this succeeded: each step of a chain; who tests with the tool that builds, has built."""
        build = self.healed_by == "progress.testing" and _BUILDS.search(self.command)
        chained = [] if _LOOSE.search(self.command) else map(_try, self.command.split("&&"))
        return frozenset({self.healed_by, *chained, *(["progress.building"] if build else [])})

    def ends(self, other: Deed) -> bool:
        """Whether it brings to its end what stopped half-way: `git rebase --continue`, `git commit` of a merge."""
        mine, found = _GIT.search(self.command.strip()), _GIT.search(other.command.strip())
        if mine is None or found is None:
            return False
        if "--continue" in mine["rest"] or "--skip" in mine["rest"]:
            return mine["verb"] in (found["verb"], *(["rebase"] if found["verb"] == "pull" else []))
        return mine["verb"] == "commit" and f"git {found['verb']}{found['rest']}".startswith(_ENDED_BY_COMMIT)

    def made_good(self, later: list[Deed]) -> bool:
        """Whether something that went well later makes up for it."""
        return self._redone(later) or any(one.ends(self) for one in later)

    def _redone(self, later: list[Deed]) -> bool:
        """Whether git did later what this could not, forced or put another way: `branch -D` after `-d`."""
        done = [one for deed in later for one in _verbs(deed.command)]
        mine = _verbs(self.command)
        return bool(mine) and all(_covered(verb, names, done, self.refused) for verb, names in mine)

    @property
    def runs(self) -> bool:
        """Whether it was a command that can stand for one that failed before; a mere look cannot."""
        if not self.command or self.doing is None or self.command.lstrip().startswith("git "):
            return False
        return risk.assess(self.command, NOWHERE).risk != "read"

    @property
    def began(self) -> bool:
        """Whether there was anything to run; what is not there has not failed a check."""
        sayings = self.report.sayings if self.report else ()
        return not any(one.key in _ABSENT for one in sayings)

    @property
    def passing(self) -> bool:
        """Whether its failure is over once something else succeeded."""
        return bool(self.command) and (self.doing is None or self.doing.key not in _REPEATED)


def _try(command: str) -> str:
    """Without what may be another when it is tried again: `branch -d`, then `-D`."""
    command = _MERGED.sub("", command.strip())
    return _FLAG.sub("", command) if _GIT.fullmatch(command) else command


_INSTEAD = {"pull": ("merge", "rebase", "reset"), "checkout": ("switch", "restore"), "switch": ("checkout",)}
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def _verbs(command: str) -> list[tuple[str, frozenset[str]]]:
    """The verb of each git command in a chain, and what it is told to act on; none where another command is in it."""
    if _LOOSE.search(command):
        return []
    found = [_GIT.match(_MERGED.sub("", part.strip())) for part in _QUOTED.sub("", command).split("&&")]
    gits = [one for one in found if one]
    return [(one["verb"], _names(one["rest"])) for one in gits] if len(gits) == len(found) else []


def _names(rest: str) -> frozenset[str]:
    return frozenset(word for word in rest.split() if not word.startswith("-"))


def _covered(verb: str, names: frozenset[str], done: list[tuple[str, frozenset[str]]], refused: str) -> bool:
    """Whether what was done is the same, of all that was refused before."""
    same = [acted for by, acted in done if by == verb or by in _INSTEAD.get(verb, ())]
    left = names.difference(*same)
    if not same or verb == "commit":
        return bool(same)
    return (not left or (left != names and bool(refused))) and not any(name in refused for name in left)


@dataclass(slots=True)
class Work:
    """What a turn did, as far as it can be told."""

    text: str = ""
    prompt: str = ""
    """What the user asked for."""
    files: dict[str, str] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    reason: str = ""
    """Why the model was tried again, last."""
    tries: int = 0
    """How often it was."""
    denied: bool = False
    """Something of it was not allowed."""
    worked: bool = False
    """Something was done, and not only looked at."""
    ledger: Ledger = field(default_factory=Ledger)
    """What was destroyed."""

    def add(self, tool: ToolFinished) -> Report | None:
        """Count a finished tool; what its output says."""
        self.ledger.add(tool)
        doing, report = progress.saying(tool), progress.report(tool)
        answered = report is not None and (report.kind, report.verdict) == ("exit", "none")
        self.worked = self.worked or (progress.works(tool) and not answered)
        for change in tool.files:
            self.files[change.path] = self.files.get(change.path, change.status)
        self.reports += [report] if report else []
        failed = _failed(tool, report) and not _reviews(tool, report)
        if doing or report or failed:
            self.deeds.append(Deed(doing, tool.command[:400], failed, report, _refused(tool) if failed else ""))
        return report

    @property
    def mended(self) -> bool:
        """Nothing is left broken, and the last run of tests or the like says so."""
        last = next((report for report in reversed(self.reports) if report.kind != "sum"), None)
        return self.broken is None and last is not None and last.verdict == "good"

    @property
    def broken(self) -> Deed | None:
        """The last failure that nothing made good again."""
        healed: set[str] = set()
        fine: list[Deed] = []
        moved_on = False
        for deed in reversed(self.deeds):
            if not deed.failed:
                healed |= deed.heals
                fine.append(deed)
                moved_on = moved_on or deed.runs
            elif not (deed.healed_by in healed or (moved_on and deed.passing) or deed.made_good(fine)):
                return deed
        return None


def _refused(tool: ToolFinished) -> str:
    return "\n".join(line for line in tool.output[-_SHOWN:].splitlines() if names_it(line))


def _failed(tool: ToolFinished, report: Report | None) -> bool:
    if report and report.verdict != "none":
        return report.verdict == "bad" and not _answers(tool, report)
    return not (report or (tool.ok and tool.exit_code in (0, None)))


def _reviews(tool: ToolFinished, report: Report | None) -> bool:
    """Whether a subagent was told what is wrong with the code, which is what it was to find."""
    if not tool.child or report is None:
        return False
    return report.kind == "lint" or (report.kind == "exit" and tool.exit_code == 1 and _findings(tool.output))


_CRASH = re.compile(
    r"Traceback|^\s+at |\b(?:[\w.]{0,80}(?:Error|Exception)|[Ee]rror|ERROR|[Ff]atal|panicked|[Cc]annot|[Uu]nable)\b",
    re.M,
)


def _findings(output: str) -> bool:
    """Whether a program printed what it was to look for, and no error of its own."""
    return bool(output.strip()) and not _CRASH.search(output[-_SHOWN:])


def _answers(tool: ToolFinished, report: Report) -> bool:
    """Whether a command that only looks ended with the code for no, and names no error."""
    silent = (report.kind, report.error) == ("exit", "") and tool.exit_code == 1
    return silent and risk.assess(tool.command[:_READ], NOWHERE).risk == "read"
