"""What git threw away: branches, tags, stashes, changes that were in no commit, and commits on the remote."""

from __future__ import annotations

import re

from aidevops_voice.losses.files import parted
from aidevops_voice.losses.loss import Loss, branch
from aidevops_voice.reports.run import Run
from aidevops_voice.risk.steps import Step

_BRANCH = re.compile(r"^Deleted branch (\S+) \(was [0-9a-f]+\)", re.M)
_TAG = re.compile(r"^Deleted tag '([^'\n]+)' \(was", re.M)
_REMOTE = re.compile(r"^ - \[deleted\] +(?!\(none\))(\S+)$", re.M)
_STASH = re.compile(r"^Dropped (?:refs/)?\w*@?\{?\d*\}? ?(?=.*\b[0-9a-f]{7,40}\b)", re.M)
_FORCED = re.compile(r"^ \+ [0-9a-f]+\.\.\.[0-9a-f]+ +(\S+) -> \S+ \(forced update\)", re.M)
_CLEANED = re.compile(r"^Removing (.+)$", re.M)
_UNTRACKED = re.compile(r"^rm '([^'\n]*)'$", re.M)
_UPDATED = re.compile(r"^Updated (\d+) paths? from ", re.M)
_VALUED = frozenset({"-C", "-c", "--git-dir", "--work-tree"})
_BACK = re.compile(r"(?:HEAD|@)(?:~(\d{1,3})|(\^+))$")


def verb(step: Step) -> tuple[str, list[str]]:
    """The subcommand and what follows it."""
    rest = list(step.words[1:])
    while rest and rest[0].startswith("-"):
        del rest[: 2 if rest[0] in _VALUED else 1]
    return (rest[0], rest[1:]) if rest else ("", [])


def read(steps: list[Step], run: Run, sure: bool) -> list[Loss]:
    """What is printed counts always, what was asked for only where it succeeded and nothing is printed."""
    asked = [loss for step in steps if step.program == "git" and sure for loss in _asked(*verb(step), run)]
    sure_of = {loss.key for loss in asked} if run.sifted else set[str]()
    told = [loss for loss in _printed(steps, run) if loss.key not in sure_of] if not run.shows else []
    seen = {loss.key for loss in told}
    seen |= {"forced_any"} if "forced" in seen else set()
    return told + [loss for loss in asked if loss.key not in seen]


def _printed(steps: list[Step], run: Run) -> list[Loss]:
    verbs = {verb(step)[0] for step in steps if step.program == "git"}
    found = [Loss("branch", tuple(map(branch, names))) for names in [_BRANCH.findall(run.text)] if names]
    found += [Loss("tag", tuple(map(branch, names))) for names in [_TAG.findall(run.text)] if names]
    if "fetch" not in verbs or "push" in verbs:
        found += [Loss("remote", tuple(map(branch, names))) for names in [_REMOTE.findall(run.text)] if names]
        forced = [] if verbs & {"fetch", "pull"} else _FORCED.findall(run.text)
        found += [Loss("forced", tuple(map(branch, forced)))] if forced else []
    if (dropped := len(_STASH.findall(run.text))) and not re.search(r"\bstash\b.*\b(?:pop|branch)\b", run.command):
        found.append(Loss("stash", n=dropped))
    return found


def _asked(what: str, rest: list[str], run: Run) -> list[Loss]:
    flags = [word for word in rest if word.startswith("-")]
    names = tuple(word for word in rest if not word.startswith("-") and "$" not in word)
    short = "".join(flag[1:] for flag in flags if not flag.startswith("--"))
    match what:
        case "branch" if ("d" in short.lower() or "--delete" in flags) and "r" not in short:
            return [Loss("branch", tuple(map(branch, names)))] if names else []
        case "tag" if "d" in short or "--delete" in flags:
            return [Loss("tag", tuple(map(branch, names)))] if names else []
        case "stash" if rest[:1] == ["drop"]:
            return [Loss("stash", n=1)]
        case "stash" if rest[:1] == ["clear"]:
            return [Loss("stashes")]
        case "push" if not {"--dry-run", "-n"} & set(flags):
            return _pushed(flags, short, names, run)
        case "reset" if "--hard" in flags:
            return _reset(names)
        case "clean" if "f" in short or "--force" in flags:
            return _cleaned(short, flags, run)
        case "checkout" | "restore" | "switch":
            return _restored(what, rest, flags, short, run)
        case "filter-branch" | "filter-repo":
            return [Loss("history")]
        case "reflog" | "gc" if "expire" in rest[:1] or any(flag.startswith("--prune=") for flag in flags):
            return [Loss("reflog")]
        case "worktree" if rest[:1] == ["remove"]:
            return [Loss("worktree", names[1:2])] if names[1:2] else []
        case "rm" if "--cached" not in flags:
            return parted("file", _UNTRACKED.findall(run.text) or [name for name in names if "*" not in name])
        case _:
            return []


def _pushed(flags: list[str], short: str, names: tuple[str, ...], run: Run) -> list[Loss]:
    refs = names[1:]
    if "d" in short or "--delete" in flags:
        return [Loss("remote", tuple(map(branch, refs)))] if refs else []
    gone = tuple(branch(ref[1:]) for ref in refs if ref.startswith(":") and ref[1:])
    forced = tuple(branch(ref.lstrip("+").rpartition(":")[2]) for ref in refs if not ref.startswith(":"))
    force = "f" in short or "--mirror" in flags or any(flag.startswith("--force") for flag in flags)
    plus = any(ref.startswith("+") for ref in refs)
    found = [Loss("remote", gone)] if gone else []
    # What was only moved forward is printed with two dots, and nothing was lost.
    if (force or plus) and not re.search(r"up-to-date|\b[0-9a-f]{7,40}\.\.[0-9a-f]{7,40}\b|\[new ", run.text):
        found += [Loss("forced", forced)] if forced and "HEAD" not in forced else [Loss("forced_any")]
    return found


def _reset(names: tuple[str, ...]) -> list[Loss]:
    back = _BACK.search(names[0]) if names else None
    if back is None:
        return [Loss("reset_to", fields={"target": branch(names[0])}) if names and _word(names[0]) else Loss("reset")]
    return [Loss("commits", n=int(back[1]) if back[1] else len(back[2]))]


def _word(name: str) -> bool:
    """Whether it is a name, and not a commit's number."""
    return name not in ("HEAD", "@") and not re.fullmatch(r"[0-9a-f]{6,40}|.*[@^~{].*", name)


def _cleaned(short: str, flags: list[str], run: Run) -> list[Loss]:
    if "n" in short or "--dry-run" in flags:
        return []
    return parted("untracked", _CLEANED.findall(run.text)) or ([Loss("untracked_any")] if "q" in short else [])


def _restored(what: str, rest: list[str], flags: list[str], short: str, run: Run) -> list[Loss]:
    """Files that were put back as they are in a commit; what stood in them is in none."""
    updated = _UPDATED.search(run.text)
    if updated and int(updated[1]) == 0:
        return []
    if what == "restore":
        if ("--staged" in flags or "S" in short) and "--worktree" not in flags and "W" not in short:
            return []
        paths = [word for word in rest if not word.startswith("-")]
    elif "--" in rest:
        paths = rest[rest.index("--") + 1 :]
    else:
        paths = [word for word in rest if word == "."]
    paths = [path for path in paths if "$" not in path]
    if any(path in (".", ":/", "*") for path in paths):
        return [Loss("discarded_n", n=int(updated[1])) if updated else Loss("discarded_any")]
    if paths:
        return [Loss("discarded", tuple(paths))]
    forced = "f" in short or {"--force", "--discard-changes"} & set(flags)
    return [Loss("discarded_any")] if forced and what != "restore" else []
