"""How each request is done: real commands, then a short answer with the result first and facts from their output."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from aidevops_voice.ports import FileChange
from aidevops_voice_adapters._command import Finished, shell
from aidevops_voice_adapters.agent import _rehearsal_files as files
from aidevops_voice_adapters.agent._rehearsal_desk import Desk
from aidevops_voice_adapters.agent._rehearsal_files import Refused
from aidevops_voice_adapters.agent._rehearsal_git import wary
from aidevops_voice_adapters.agent._rehearsal_requests import (
    Branch,
    Changes,
    Commits,
    CountLines,
    Create,
    Files,
    Find,
    Help,
    LastCommit,
    Readme,
    Request,
    RunTests,
    Undo,
)
from aidevops_voice_adapters.agent._rehearsal_tests import sentence, tally, test_command

NEEDS_MODEL = (
    "I can't do that without a model. Set a key or start OpenCode for it. "
    "I only do plain requests, such as run the tests, or what changed; say help to hear them all."
)
HELP = (
    "I can run the tests, say what changed, show the last commits, name the branch, list the files, read the readme, "
    "find a text, count the lines, create a file, and undo that. For anything else, set a key or start OpenCode."
)
OPENING = 4096
"""Letters of a readme that are looked at for what to say."""
_SKIPPED = ".[!.]*", "node_modules", "venv", "__pycache__", "target", "dist", "build"
_ENDS = {"```": "```", "~~~": "~~~", "<!-": "-->", "---\n": "---"}
"""What closes a block of a readme that is not read out, by how it opens; front matter opens on the first line alone."""
_WORDS = "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"


async def perform(request: Request | None, desk: Desk) -> str:
    """Do it and return the answer; what is refused is an answer too."""
    try:
        return await _perform(request, desk)
    except Refused as refusal:
        return str(refusal)


async def _perform(request: Request | None, desk: Desk) -> str:
    match request:
        case None:
            return NEEDS_MODEL
        case Help():
            return HELP
        case RunTests():
            return await _tests(desk)
        case Changes():
            return await _changes(desk)
        case Commits(count):
            return await _commits(desk, count)
        case LastCommit():
            return await _last_commit(desk)
        case Branch():
            return await _branch(desk)
        case Files():
            return await _files(desk)
        case Readme():
            return await _readme(desk)
        case Find(text):
            return await _find(desk, text)
        case CountLines():
            return await _count(desk)
        case Create(name, text):
            return await _create(desk, name, text)
        case Undo():
            return await _undo(desk)
        case _:
            assert_never(request)


async def _tests(desk: Desk) -> str:
    argv = await asyncio.to_thread(test_command, desk.project, desk.environ)
    if argv is None:
        raise Refused("I found no tests here: no pytest, npm, Go, Cargo or make test that I know.")
    finished = await desk.run(argv, "Run the tests", denied="I did not run the tests.")
    if "No module named pytest" in finished.output:
        raise Refused("The tests did not run, because pytest is not installed for this project.")
    found = await asyncio.to_thread(tally, finished.output, whole=not finished.truncated)
    return sentence(found, finished.exit_code or 0)


async def _changes(desk: Desk) -> str:
    # A submodule has settings of its own, which nobody looked into.
    argv = ["git", "-c", "core.quotePath=false", "status", "--short", "--ignore-submodules=dirty"]
    status = await _git(desk, argv, "What changed")
    lines = [line for line in status.output.splitlines() if re.match(r"[ MADRCUT?!]{2} .", line)]
    if not lines:
        return "Nothing changed since the last commit."
    groups: dict[str, list[str]] = {}
    for line in lines:
        groups.setdefault(_what_happened(line[:2]), []).append(_changed_path(line))
    least = "At least " if status.truncated else ""
    said = "; ".join(_group(len(names), what, names) for what, names in groups.items())
    if set(groups) == {"new"}:
        return f"{least}{said}."
    argv = ["git", "diff", "--no-ext-diff", "--ignore-submodules=dirty", "--stat", "HEAD"]
    diff = await desk.run(argv, "How much changed", fine=(0, 128), denied=await wary(desk))
    return f"{least}{said}.{_size_of(diff.output)}"


def _what_happened(code: str) -> str:
    if "?" in code or "A" in code:
        return "new"
    if "U" in code:
        return "in conflict"
    return "deleted" if "D" in code else "renamed" if "R" in code else "changed"


def _changed_path(line: str) -> str:
    return line[3:].split(" -> ")[-1].strip('"')


def _group(count: int, what: str, names: list[str]) -> str:
    noun = "file" if count == 1 else "files"
    if what == "in conflict":
        return f"{_word(count)} {noun} {'is' if count == 1 else 'are'} in conflict: {_listed(names)}"
    first = f"{_word(count)} new {noun}" if what == "new" else f"{_word(count)} {noun} {what}"
    return f"{first}: {_listed(names)}"


def _size_of(stat: str) -> str:
    plus = re.search(r"(\d+) insertions?\(\+\)", stat)
    minus = re.search(r"(\d+) deletions?\(-\)", stat)
    said = [f"{_many(int(plus[1]), 'line')} added"] if plus else []
    said += [f"{_many(int(minus[1]), 'line')} removed" if not plus else f"{minus[1]} removed"] if minus else []
    return f" {', '.join(said)}." if said else ""


async def _commits(desk: Desk, count: int) -> str:
    argv = ["git", "log", "--no-show-signature", "-n", str(count), "--format=%h%x09%ar%x09%s"]
    log = await _git(desk, argv, "The last commits")
    rows = [line.split("\t", 2) for line in log.output.splitlines() if line.count("\t") >= 2]
    if not rows:
        raise Refused("There are no commits yet.")
    said = "; ".join(f"{_short(subject)}, {when}" for _, when, subject in rows)
    return f"The last commit: {said}." if len(rows) == 1 else f"The last {len(rows)} commits: {said}."


async def _last_commit(desk: Desk) -> str:
    argv = ["git", "show", "--no-show-signature", "--no-ext-diff", "--stat", "--format=%an%x09%ar%x09%s", "HEAD"]
    show = await _git(desk, argv, "The last commit")
    author, when, subject = (*show.output.partition("\n")[0].split("\t", 2), "", "")[:3]
    changed = re.search(r"^ (\d+) files? changed", show.output, re.MULTILINE)
    files_ = f" It changed {_many(int(changed[1]), 'file')}." if changed else ""
    return f"The last commit is {_short(subject)}, by {author}, {when}.{files_}{_size_of(show.output)}"


async def _branch(desk: Desk) -> str:
    name = (await _git(desk, ["git", "branch", "--show-current"], "Which branch")).output.strip()
    if name:
        return f"You are on branch {name}."
    return "You are on no branch: a single commit is checked out."


async def _git(desk: Desk, argv: list[str], title: str) -> Finished:
    finished = await desk.run(argv, title, denied=await wary(desk))
    if finished.exit_code == 0:
        return finished
    if "not a git repository" in finished.output:
        raise Refused("This folder is not a git repository.")
    if re.search(r"does not have any commits yet|ambiguous argument 'HEAD'|bad revision 'HEAD'", finished.output):
        raise Refused("There are no commits yet.")
    if "dubious ownership" in finished.output:
        raise Refused("Git refuses to work here, because the folder belongs to another user.")
    raise Refused(f"Git failed with exit code {finished.exit_code}.")


async def _files(desk: Desk) -> str:
    finished = await desk.run(["ls", "-1p"], "List the files")
    names = finished.output.splitlines()
    if finished.truncated:
        return "There are very many files here; the list is on the page."
    folders = [name.rstrip("/") for name in names if name.endswith("/")]
    plain = [name for name in names if not name.endswith("/")]
    said = [_many(len(plain), "file") + (f": {_listed(plain)}" if plain else "")] if plain else []
    said += [_many(len(folders), "folder") + f": {_listed(folders)}"] if folders else []
    if not said:
        return "The folder is empty."
    be = "is" if said[0].startswith("1 ") else "are"
    return f"There {be} {'; and '.join(said)}."


async def _readme(desk: Desk) -> str:
    name = await asyncio.to_thread(_readme_name, desk.project)
    if not name:
        raise Refused("There is no readme here.")
    finished = await desk.run(["head", "-c", "16384", "--", name], f"Read {name}")
    if finished.exit_code:
        raise Refused(f"I could not read {name}.")
    opening = await asyncio.to_thread(_opening, finished.output[:OPENING])
    return f"{name} says: {opening}" if opening else f"{name} says nothing that can be read out."


def _readme_name(project: Path) -> str:
    """A link out of the project does not count, nor does a name that cannot be shown."""
    root = project.resolve()
    named = (entry for entry in project.iterdir() if entry.stem.lower() == "readme" and entry.name.isprintable())
    found = sorted(entry for entry in named if entry.is_file())
    return next((entry.name for entry in found if entry.resolve().is_relative_to(root)), "")


def _opening(text: str) -> str:
    """Title and first paragraph, without what is for the eye only."""
    blocks = [" ".join(block.split()) for block in "\n".join(_prose(text)).split("\n\n")]
    said = [block for block in blocks if re.search(r"\w\w", block)][:2]
    return _short(" ".join(block if block[-1] in ".!?:" else f"{block}." for block in said), 400)


def _prose(text: str) -> Iterator[str]:
    """Lines without code, comments, tables, pictures and marks; a heading is a block of its own."""
    end = ""
    for number, line in enumerate(text.splitlines()):
        opened = end or _ENDS.get(line[:3] if number or line != "---" else "---\n", "")
        if opened:
            end = "" if opened in (line if end else line[3:]) else opened
            continue
        line = re.sub(r"!\[[^\[\]]*\]\([^()]*\)|<[^<>]*>", "", line)
        line = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", line)
        bare = re.sub(r"[#*`=|>]+", " ", line)
        yield f"\n{bare}\n" if line.startswith("#") else bare


async def _find(desk: Desk, text: str) -> str:
    spellings = [text, *_spellings(text)]
    patterns = [part for spelling in spellings for part in ("-e", spelling)]
    if await asyncio.to_thread(_is_repository, desk):
        argv = ["git", "grep", "-nIiF", "--untracked", *patterns]
    else:
        argv = ["grep", "-rnIiF", *(f"--exclude-dir={name}" for name in _SKIPPED), *patterns, "."]
    finished = await desk.run(argv, f"Find {_short(text, 60)}", fine=(0, 1))
    if finished.exit_code not in (0, 1, 2):
        raise Refused("The search failed; its output is on the page.")
    hits = await asyncio.to_thread(_hits, finished.output)
    return _found(text, hits, finished.truncated)


def _hits(output: str) -> list[tuple[str, int, str]]:
    found = re.finditer(r"^(?:\./)?([^\n:]+):(\d+):([^\n]*)", output, re.MULTILINE)
    return [(hit[1], int(hit[2]), hit[3]) for hit in found]


def _found(text: str, hits: list[tuple[str, int, str]], truncated: bool) -> str:
    if not hits:
        return f"I found {_short(text, 60)} nowhere."
    path, line, found = hits[0]
    count, places = len(hits), len({hit[0] for hit in hits})
    least = "At least " if truncated else ""
    where = f"{path}, line {line}"
    if count == 1:
        return f"{least}{_word(1)} match, in {where}: {_short(found.strip(), 80)}"
    matches = f"{least}{_word(count)} matches in {_many(places, 'file')}"
    return f"{matches}. The first is in {where}: {_short(found.strip(), 80)}"


def _spellings(text: str) -> list[str]:
    """Spoken words as they are joined in code; the search ignores case."""
    words = text.split()
    return [sign.join(words) for sign in ("_", "", "-")] if 1 < len(words) <= 4 else []


async def _count(desk: Desk) -> str:
    count = """awk -F: '$NF { lines += $NF; files++ } END { print files + 0, lines + 0 }'"""
    if await asyncio.to_thread(_is_repository, desk):
        command = f"git grep -Ic -e '' | {count}"
    else:
        skipped = " ".join(f"'--exclude-dir={name}'" for name in _SKIPPED)
        command = f"grep -rIc {skipped} '' . | {count}"
    finished = await desk.run(shell(command), "Count the lines", shown=command)
    numbers = re.fullmatch(r"(\d+) (\d+)\n", finished.output)
    if not numbers:
        raise Refused("The lines could not be counted; the output is on the page.")
    return f"{_many(int(numbers[2]), 'line')} in {_many(int(numbers[1]), 'text file')}."


def _is_repository(desk: Desk) -> bool:
    project = desk.project.resolve()
    inside = any((folder / ".git").exists() for folder in (project, *project.parents))
    return inside and shutil.which("git", path=desk.environ.get("PATH")) is not None


async def _create(desk: Desk, name: str, text: str) -> str:
    path = await asyncio.to_thread(files.new_path, desk.project, name)
    lines = text.rstrip("\n").split("\n") if text else []
    head = f"--- /dev/null\n+++ b/{path}\n@@ -0,0 +1,{len(lines)} @@\n" if lines else ""
    change = FileChange(path, "added", additions=len(lines), diff=head + "".join(f"+{line}\n" for line in lines))
    denied = f"I did not create {path}."
    created = await desk.change(
        change, f"Create {path}", "create new files", denied, lambda: files.create(desk.project, name, text)
    )
    desk.created.append(created)
    return f"I created {path}{'' if text else ', an empty file'}."


async def _undo(desk: Desk) -> str:
    if not desk.created:
        raise Refused("There is nothing to undo: I created no file in this session.")
    last = desk.created[-1]
    lines = last.content.decode(errors="replace").splitlines()
    head = f"--- a/{last.name}\n+++ /dev/null\n@@ -1,{len(lines)} +0,0 @@\n" if lines else ""
    change = FileChange(last.name, "deleted", deletions=len(lines), diff=head + "".join(f"-{line}\n" for line in lines))
    try:
        await asyncio.to_thread(files.check, desk.project, last)
        denied = f"I left {last.name} as it is."
        await desk.change(
            change, f"Remove {last.name}", "remove files created here", denied, lambda: files.remove(desk.project, last)
        )
    except files.Gone:
        desk.created.remove(last)
        raise
    desk.created.remove(last)
    return f"I removed {last.name} again."


def _listed(names: list[str]) -> str:
    if len(names) > 5:
        return f"{', '.join(names[:4])} and {len(names) - 4} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _word(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)


def _short(text: str, limit: int = 100) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
