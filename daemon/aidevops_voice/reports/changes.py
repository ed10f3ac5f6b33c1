"""The state that git shows: changed files, lines, branches and commits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aidevops_voice.languages import Saying
from aidevops_voice.reports.report import Report, brief, said
from aidevops_voice.reports.run import Run

_SUMMARY = re.compile(r"^ (\d+) files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?$", re.M)
_STAT_FILE = re.compile(r"^ (\S[^|\n]*?) +\| +(?:\d+|Bin)\b", re.M)
_DIFF_FILE = re.compile(r"^diff --(?:git a/(?:.*) b/|cc |combined )(.*)$", re.M)
_BRANCH = re.compile(r"^On branch (\S+)$|^## (?:No commits yet on )?([^\s.]+(?:\.[^\s.]+)*?)(?:\.\.\.|$)", re.M)
_SECTION_FILE = re.compile(r"^\t(?:[a-z ]+: +)?(\S.*)$")
_SHORT = re.compile(r"^([ MADRCUT?!]{2}) (\S.*)$")
_AHEAD = re.compile(r"is ahead of '[^']+' by (\d+) commit|\[ahead (\d+)\]")
_BEHIND = re.compile(r"is behind '[^']+' by (\d+) commit|\[behind (\d+)\]")
_DIVERGED = re.compile(r"have (\d+) and (\d+) different commits each|\[ahead (\d+), behind (\d+)\]")
_COMMIT = re.compile(r"^[*|/\\ ]*(?:commit [0-9a-f]{40}\b.*|([0-9a-f]{7,12}) (?:\([^)\n]*\) )?(\S.*))$")
_SUBJECT = re.compile(r"^[|/\\ ]* {4}(\S.*)$", re.M)
_CURRENT = re.compile(r"^\* (?!\()(\S+)$", re.M)
_SECTIONS = (
    ("Changes to be committed:", "staged"),
    ("Changes not staged for commit:", "unstaged"),
    ("Untracked files:", "untracked"),
    ("Unmerged paths:", "conflicted"),
)
_UNMERGED = frozenset({"DD", "AU", "UD", "UA", "DU", "AA", "UU"})


def read(run: Run) -> Report | None:
    """What status, diff, log or branch shows; without success or failure."""
    if (
        run.text.startswith("On branch ")
        or "\nOn branch " in run.text
        or "HEAD detached" in run.text
        or "ebase in progress" in run.text
    ):
        return _state(_long(run.lines), run)
    if run.runs("git status") and run.command and (run.text.startswith("## ") or all(map(_SHORT.match, run.lines))):
        return _state(_short(run.lines), run) if run.lines or run.exit_code == 0 else None
    if "diff --" in run.text and (diff := _diff(run)):
        return diff
    return summary(run) if "git diff" in run.command else _log(run) or _branches(run)


def summary(run: Run) -> Report | None:
    """The last line of `--stat`, which commits, merges and pulls print too."""
    found = _SUMMARY.findall(run.text) if " changed" in run.text else []
    if not found:
        return None
    n, added, removed = (int(value or 0) for value in found[-1])
    files = tuple(dict.fromkeys(match[1] for match in _STAT_FILE.finditer(run.text)))
    return _changed(n, added, removed, files if len(files) == n else ())


def _changed(n: int, added: int, removed: int, files: tuple[str, ...]) -> Report:
    told = said("git.changed_one", file=files[0]) if n == 1 and len(files) == 1 else said("git.changed", n)
    counts = {"files": n, "added": added, "removed": removed}
    return Report("git", "none", (told, *_lines(added, removed)), files=files, counts=counts)


def _lines(added: int, removed: int) -> tuple[Saying, ...]:
    if added and removed:
        return (said("git.lines", added, removed=removed),)
    if added:
        return (said("git.lines_added", added),)
    return (said("git.lines_removed", removed),) if removed else ()


def _diff(run: Run) -> Report | None:
    """Counted only where nothing of the diff is missing."""
    files = tuple(dict.fromkeys(match[1] for match in _DIFF_FILE.finditer(run.text)))
    if not files:
        return None
    if run.cut:
        return Report("git", "none", (said("git.large_diff"),), files=files)
    if "diff --cc" in run.text and "++<<<<<<<" in run.text:
        return Report(
            "git",
            "none",
            (said("git.unmerged", len(files)), *which(files)),
            files=files,
            counts={"conflicted": len(files)},
        )
    body = [line for line in run.lines if not line.startswith(("+++", "---"))]
    added, removed = (sum(line.startswith(sign) for line in body) for sign in "+-")
    return _changed(len(files), added, removed, files)


def _long(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for _, name in _SECTIONS}
    section = ""
    for line in lines:
        if not line.startswith(("\t", " ")):
            section = next((name for head, name in _SECTIONS if line == head), "")
        elif section and (match := _SECTION_FILE.match(line)):
            found[section].append(match[1].rpartition(" -> ")[2])
    return found


def _short(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for _, name in _SECTIONS}
    for match in filter(None, map(_SHORT.match, lines)):
        code, file = match[1], match[2].rpartition(" -> ")[2]
        if code in _UNMERGED:
            found["conflicted"].append(file)
        elif code in ("??", "!!"):
            found["untracked"].append(file)
        else:
            found["staged" if code[0] != " " else "unstaged"].append(file)
    return found


def _state(found: dict[str, list[str]], run: Run) -> Report:
    """How many files, of what kind, their names, and how the branch stands to its remote."""
    files = tuple(dict.fromkeys(file for part in found.values() for file in part))
    running = (said("git.rebase_running"),) if "ebase in progress" in run.text else ()
    counts = {name: len(part) for name, part in found.items() if part}
    branch = _BRANCH.search(run.text)
    name = (branch[1] or branch[2]) if branch else ""
    remote = _remote(run.text)
    if not files:
        if running:
            return Report("git", "none", running)
        clean = said("git.clean_on", branch=name.replace("/", " ")) if name else said("git.clean")
        return Report("git", "none", (clean, *remote), counts=counts)
    if run.cut:
        return Report("git", "none", (said("git.many_changes"), *remote), files=files)
    kinds = tuple(said(f"git.{kind}", n) for kind, n in counts.items() if kind != "conflicted")
    first = (said("git.uncommitted", len(files)), *(kinds if len(kinds) > 1 or len(files) > 3 else ()))
    conflicts = (said("git.unmerged", counts["conflicted"]),) if "conflicted" in counts else ()
    only = conflicts if conflicts and counts["conflicted"] == len(files) else (*conflicts, *first)
    return Report("git", "none", (*only, *which(files), *running, *remote), files=files, counts=counts)


def which(files: tuple[str, ...]) -> tuple[Saying, ...]:
    """Their names, where they are few."""
    match files:
        case [one]:
            return (said("git.which_one", first=one),)
        case [one, two]:
            return (said("git.which_two", first=one, second=two),)
        case [one, two, three]:
            return (said("git.which_three", first=one, second=two, third=three),)
    return ()


def _remote(text: str) -> tuple[Saying, ...]:
    if _DIVERGED.search(text):
        return (said("git.diverged"),)
    if found := _AHEAD.search(text):
        return (said("git.ahead", int(found[1] or found[2])),)
    if found := _BEHIND.search(text):
        return (said("git.behind", int(found[1] or found[2])),)
    return ()


def _log(run: Run) -> Report | None:
    if not run.command or not run.runs("git log", "git reflog", "git cherry"):
        return None
    commits = [match for line in run.lines if (match := _COMMIT.match(line))]
    if not commits:
        return None
    subject = commits[0][2] or (found[1] if (found := _SUBJECT.search(run.text)) else "")
    newest = (said("git.newest", subject=brief(subject)),) if subject else ()
    if run.cut:
        return Report("git", "none", newest)
    return Report("git", "none", (said("git.commits", len(commits)), *newest), counts={"commits": len(commits)})


def _branches(run: Run) -> Report | None:
    found = _CURRENT.search(run.text) if run.command and run.runs("git branch") else None
    return Report("git", "none", (said("git.on_branch", branch=found[1]),)) if found else None
