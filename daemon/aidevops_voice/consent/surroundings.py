"""What only the project's files tell of a request: how many it deletes, the lines it changes, the branch it pushes.

Looking blocks for some 10 ms; nothing of the project is run.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from aidevops_voice.consent.appraisal import Appraisal, targets
from aidevops_voice.languages import Saying
from aidevops_voice.ports import Ask
from aidevops_voice.risk.levels import APART
from aidevops_voice.risk.paths import HOLE

MOST_FILES = 1000
"""Of a folder, that are counted."""
_DIFF = 16 * 1024
"""Characters of a change whose lines are counted; a longer one was cut."""
_GIT_S = 0.5
"""Seconds that git has to list files."""
_STAYS = re.compile(r"add\w*|commit\w*|push_\w+")
"""What leaves the current branch the one it is."""


def counted(appraised: Appraisal, ask: Ask, project: str) -> Appraisal:
    """With what is known of its surroundings."""
    actions = appraised.risk.actions
    stays = all(_STAYS.fullmatch(str(one.fields.get("deed", ""))) or _goes_nowhere(one) for one in actions)
    told = tuple(_looked_up(one, ask, project, stays) for one in actions)
    return replace(appraised, risk=replace(appraised.risk, actions=told))


def _goes_nowhere(action: Saying) -> bool:
    return action.key == "risk.folder" and action.fields.get("what") == "."


def _looked_up(action: Saying, ask: Ask, project: str, stays: bool) -> Saying:
    deed = str(action.fields.get("deed", ""))
    cwd = str(action.fields.get("cwd", project))
    if "where" in action.fields or HOLE in cwd:
        return action
    if action.key == "risk.delete":
        return _folders(action, project, cwd)
    if deed.startswith("clean"):
        return _untracked(action, cwd)
    if deed in _PUSHES and stays and cwd == project:
        return _branch(action, Path(project))
    if action.key == "risk.edit_file" and 0 < len(ask.diff) <= _DIFF and len(targets(ask)) == 1:
        lines = _lines(ask.diff)
        return Saying("risk.edit_lines", lines, action.fields) if lines else action
    return action


def _lines(diff: str) -> int:
    """How many lines a unified diff touches: those that are added, or removed where more are."""
    body = [line for line in diff.splitlines() if not line.startswith(("+++", "---"))]
    return max(sum(line.startswith(sign) for line in body) for sign in "+-")


# --- files that go --------------------------------------------------------------------------------------------------


def _folders(action: Saying, project: str, cwd: str) -> Saying:
    names = [name for name in str(action.fields.get("what", "")).split(APART) if name]
    folders = [folder for name in names if (folder := _folder(name, project, cwd))]
    if not folders or len(folders) != len(names):
        return action
    files = sum(1 for _ in islice(_files(folders), MOST_FILES + 1))
    key = "risk.delete_folder" if len(names) == 1 else action.key
    return Saying(key, action.n, {**action.fields, "files": files})


def _folder(name: str, project: str, cwd: str) -> Path | None:
    """A real folder inside the project, neither the project itself nor a link."""
    if any(char in name for char in "*?[{$~\0"):
        return None
    try:
        folder, top = Path(cwd, name), Path(project).resolve()
        real = folder.resolve()
        deletable = real != top and real.is_relative_to(top) and folder.is_dir() and not folder.is_symlink()
        return folder if deletable else None
    except (OSError, ValueError):
        return None


def _files(folders: list[Path]) -> Iterable[str]:
    for folder in folders:
        for _, _, files in os.walk(folder):
            yield from files


_LISTED: Mapping[str, list[str]] = {
    "clean": ["--exclude-standard"], "clean_ignored": [], "clean_only_ignored": ["--ignored", "--exclude-standard"],
}  # fmt: skip


def _untracked(action: Saying, cwd: str) -> Saying:
    """As git itself lists them; without `-d` it leaves whole folders alone."""
    deep = re.search(r"(?:^|\x1f)d(?:\x1f|$)", str(action.fields.get("given", ""))) is not None
    names = [name for name in str(action.fields.get("path", "")).split(APART) if name]
    if any(HOLE in name for name in names):
        return action
    asked = ["git", "-c", "core.fsmonitor=false", "ls-files", "-z", "--others", *_LISTED[str(action.fields["deed"])]]
    try:
        found = subprocess.run(
            [*asked, *([] if deep else ["--directory"]), "--", *names], cwd=cwd, capture_output=True, timeout=_GIT_S,
            check=True, stdin=subprocess.DEVNULL, env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError, ValueError):
        return action
    files = [name for name in found.stdout.split(b"\0") if name and not name.endswith(b"/")]
    return Saying(action.key, action.n, {**action.fields, "files": len(files)})


# --- the branch -----------------------------------------------------------------------------------------------------

_PUSHES = {
    "push_here": "push",
    "push_here_to": "push",
    "push_force_here": "push_force",
    "push_force_here_to": "push_force",
}
_REDIRECTS = re.compile(r"^\s*\[(?:push|include\w*)\b|^\s*push(?:default|remote)\b|^\s*push\s*=", re.I | re.M)
"""Settings that may send another branch, or the same one elsewhere."""


def _branch(action: Saying, project: Path) -> Saying:
    """A push that names no branch pushes the one that is checked out, to where it comes from."""
    try:
        folder = project / ".git"
        if folder.is_file():
            folder = project / folder.read_text().removeprefix("gitdir:").strip()
        head = (folder / "HEAD").read_text()
        shared = folder / (folder / "commondir").read_text().strip() if (folder / "commondir").exists() else folder
        settings = (shared / "config").read_text()
        own = Path("~/.gitconfig").expanduser()
        usual = own.read_text() if own.exists() else ""
    except (OSError, ValueError):
        return action
    name = head.strip().removeprefix("ref: refs/heads/")
    if not head.startswith("ref: refs/heads/") or _REDIRECTS.search(settings) or _REDIRECTS.search(usual):
        return action
    deed = _PUSHES[str(action.fields["deed"])]
    goal = str(action.fields.get("goal", "")) or _upstream(settings, name)
    fields = {**action.fields, "name": name, "goal": goal, "deed": deed if goal else f"{deed}_alone"}
    return Saying(action.key, action.n, fields)


def _upstream(settings: str, branch: str) -> str:
    """The remote that has a branch of that name for it; empty where there is none."""
    section = re.search(rf'^\[branch "{re.escape(branch)}"\]\n((?:\s+.*\n?)*)', settings, re.M)
    pairs = dict(re.findall(r"^\s+(\w+)\s*=\s*(\S+)", section[1], re.M)) if section else {}
    return pairs.get("remote", "") if pairs.get("merge") == f"refs/heads/{branch}" else ""
