"""Files and folders that are gone: rm and its like, find, truncate, and scripts that delete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aidevops_voice.losses.loss import Loss
from aidevops_voice.reports.run import Run
from aidevops_voice.risk.steps import Step

_PROGRAMS = frozenset({"rm", "rmdir", "unlink", "shred", "srm", "rimraf", "del", "erase", "rd", "Remove-Item"})
_FOLDERS = frozenset({"rmdir", "rd"})
_PRODUCTS = re.compile(
    r"(?:^|/)(?:build|_build|dist|out|output|bin|obj|target|node_modules|bower_components|__pycache__|\.?coverage|htmlcov"
    r"|\.(?:pytest_cache|mypy_cache|ruff_cache|next|nuxt|cache|turbo|parcel-cache|tox|nox|eggs|venv|gradle|svelte-kit"
    r"|DS_Store|terraform|angular|vite|hypothesis)|venv|env|[\w.-]+\.egg-info|te?mp|caches?|\.tmp)(?:/|$)"
    r"|\.(?:pyc|pyo|o|obj|class|tmp|swp|orig|rej|log|pid|lock|tsbuildinfo)$|^~?/?(?:var/)?tmp/|(?:^|/)[Cc]ache/",
)
"""What is made again by a build, a run or an installation."""
_REMOVED = re.compile(r"^(?:/\S*?)?removed (?P<folder>directory:? ?)?['‘](?P<name>[^'’\n]+)['’]$", re.M)
_NOT = re.compile(r"(?:cannot remove|failed to remove) ['‘](?P<name>[^'’\n]+)['’]|rm: (?!cannot )(?P<bsd>[^:\n]+): ")
_SCRIPT = re.compile(
    r"(?:rmtree|os\.remove|os\.unlink|rmSync|unlinkSync|rimraf(?:Sync)?|rm_rf|File\.delete|fs\.rm)\(\s*[\"']([^\"'\n]{1,200})"
)
_DELETING = re.compile(r"^(?:\*?deleting +|delete: )(\S.*)$", re.M)
_DEEP = re.compile(r"-\w*[rR]|--recursive|/s$")
_UNKNOWN = re.compile(r"[$`()]")


def lesser(name: str) -> bool:
    """Whether it can be made again."""
    return bool(_PRODUCTS.search(name.rstrip("/")))


def read(steps: list[Step], run: Run, sure: bool) -> list[Loss]:
    """What rm and its like took away; `sure` is whether the command succeeded."""
    found: list[Loss] = []
    for step in steps:
        if step.program in _PROGRAMS:
            found += _removed(step, run, sure)
        elif sure:
            found += _other(step, steps, run)
    if sure and not run.shows:
        found += parted("file", _SCRIPT.findall(run.command))
    return found


def _removed(step: Step, run: Run, sure: bool) -> list[Loss]:
    printed = list(_REMOVED.finditer(run.text))
    if not (sure or printed):
        return []
    kept = {match["name"] or match["bsd"] for match in _NOT.finditer(run.text)}
    raw = [name for name in targets(step) if name not in kept]
    if not sure:
        return parted("file", [match["name"] for match in printed if not match["folder"]])
    deep = step.program in _FOLDERS or any(_DEEP.match(word) for word in step.words)
    return list(_gone(raw, deep, printed, run)) or ([Loss("unnamed")] if not kept and not targets(step) else [])


def _gone(raw: list[str], deep: bool, printed: list[re.Match[str]], run: Run) -> Iterator[Loss]:
    """The targets by what they are: folders, files, patterns."""
    named = [name for name in raw if not _UNKNOWN.search(name)]
    if len(named) < len(raw):
        yield Loss("unnamed")
    for name in [name for name in named if "*" in name or name in (".", "./")]:
        yield from _pattern(name)
    plain = [name for name in named if "*" not in name and name not in (".", "./")]
    seen = {match["name"].rstrip("/") for match in printed if match["folder"]}
    whole = [name for name in plain if name.endswith("/") or (deep and not _suffixed(name))]
    folders = [name for name in plain if name in whole or name.rstrip("/") in seen]
    inside = sum(1 for match in printed if not match["folder"])
    if len(folders) == 1 == len(plain) and inside and not (run.cut or run.sifted):
        yield Loss("folder_with", (), inside, {"folder": folders[0]}, lesser(folders[0]))
    else:
        yield from parted("folder", folders)
    yield from parted("file", [name for name in plain if name not in folders])


def _suffixed(name: str) -> bool:
    last = name.rstrip("/").rsplit("/", 1)[-1]
    return bool(re.search(r"[^.]\.[A-Za-z][A-Za-z0-9]{0,7}$", last))


def parted(key: str, names: Iterable[str]) -> list[Loss]:
    """What matters and what does not, apart."""
    every = tuple(dict.fromkeys(names))
    minor = tuple(name for name in every if lesser(name))
    major = tuple(name for name in every if name not in minor)
    return [Loss(key, group, lesser=group is minor) for group in (major, minor) if group]


def _pattern(name: str) -> list[Loss]:
    """`*.bak` is files of a kind, `uploads/*` all that a folder held."""
    folder, _, last = name.rstrip("/").rpartition("/")
    minor = lesser(f"{folder}/x") or lesser(name)
    if suffix := re.fullmatch(r"\*+(\.\w[\w.]*)", last):
        return [Loss("kind", fields={"suffix": suffix[1]}, lesser=minor)]
    if last.strip("*.") == "":
        inside = folder.rstrip("/*")
        return [Loss("inside", fields={"folder": inside}, lesser=minor) if inside not in ("", ".") else Loss("here")]
    stem = last.strip("*").rstrip("-_.")
    return [Loss("named", fields={"stem": stem}, lesser=minor) if stem and "*" not in stem else Loss("unnamed")]


def targets(step: Step) -> list[str]:
    """What stands behind a program and is no option."""
    rest = list(step.words[1:])
    if "--" in rest:
        at = rest.index("--")
        return [word for word in rest[:at] if not word.startswith("-")] + rest[at + 1 :]
    return [word for word in rest if not word.startswith("-") and not re.fullmatch(r"/[a-z]", word)]


def _other(step: Step, steps: list[Step], run: Run) -> list[Loss]:
    words = step.words
    match step.program:
        case "find" | "fd" if "-delete" in words or re.search(r"-exec(?:dir)? (?:/bin/)?rm\b", " ".join(words)):
            return _found(step, steps, run)
        case "truncate" if re.search(r"(?:-s ?|--size[= ])0\b", " ".join(words)):
            return [Loss("emptied", tuple(name for name in targets(step) if name != "0"))]
        case "rsync" if "--delete" in " ".join(words) and not re.search(r" -\w*n|--dry", " ".join(words)):
            return [Loss("file", tuple(_DELETING.findall(run.text)))] if _DELETING.search(run.text) else []
        case "" | ":" | "true" if step.files:
            return [Loss("emptied", step.files)]
        case "cat" if words[1:] == ("/dev/null",) and step.files:
            return [Loss("emptied", step.files)]
        case _:
            return []


def _found(step: Step, steps: list[Step], run: Run) -> list[Loss]:
    roots = [word for word in targets(step)[:1] if word not in (".", "./")]
    pairs = zip(step.words, step.words[1:], strict=False)
    name = next((word for before, word in pairs if before in ("-name", "-iname")), "")
    printed = tuple(run.lines) if "-print" in step.words and len(steps) == 1 and not run.cut else ()
    if printed:
        return parted("file", printed)
    if "-print" in step.words and len(steps) == 1:
        return []
    if name:
        return _pattern("/".join((*roots, name))) if "*" in name else parted("file", [name])
    return [Loss("some_in", fields={"folder": roots[0]}, lesser=lesser(roots[0]))] if roots else [Loss("unnamed")]
