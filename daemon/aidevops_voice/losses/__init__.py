"""What the commands of a turn really destroyed, from them and what they printed, never from what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aidevops_voice.events import ToolFinished
from aidevops_voice.languages import Saying
from aidevops_voice.losses import files, remote, stored, versions
from aidevops_voice.losses.ahead import Ahead
from aidevops_voice.losses.loss import SHOWN, Loss, merged, saying
from aidevops_voice.losses.said import told
from aidevops_voice.reports.run import Run
from aidevops_voice.risk.steps import Step, steps

__all__ = ["Ledger", "losses", "told"]

_HINT = re.compile(
    r"\b(?:rm|rmdir|rd|unlink|shred|srm|rimraf|del|erase|remove\w*|delet\w*|truncate|drop\w*|destroy\w*|apply|up|down|flush\w*|prune"
    r"|purge|push|stash|branch|tag|reset|clean|checkout|restore|switch|filter-\w+|reflog|gc|worktree|uninstall|unpublish"
    r"|yank|terminate-\w+|sync|mv|rb|rsync|userdel|deluser|crontab|mkfs\S*|wipefs|dd|rmtree|migrate\S*|fresh|dropdb|psql|mysql"
    r"|mariadb|sqlite3?|rmSync|unlinkSync|rm_rf|null|kubectl|unlink|rmi)\b|(?:^|[;&|]\s*|: )> ?\S|DELETE|db:|pg:",
    re.I,
)
_PRINTED = re.compile(
    r"Deleted branch|\[deleted\]|Dropped |forced update|DELETE \d|^DROP |Deleted tag|Deleted Volumes", re.M
)
_DRY = frozenset({"--dry-run", "--dryrun", "--help", "--version", "--no-act", "--what-if", "-WhatIf"})
_WORDS = frozenset({"do", "then", "else", "{", "(", "!", "if", "while", "until"})
_SHELLS = re.compile(r"(?:ba|z|da|k|fi)?sh")
_LOGS = re.compile(r"\blogs?\b|\bjournalctl\b|\brun view\b|\bhistory\b")
_CHARS, _MOST = 3000, 200
"""Characters of a command that are read, and losses that are kept."""
_ORDER = (
    "disk", "database", "database_reset", "schema", "table", "tables_only", "databases_only", "truncated", "every_row",
    "all_rows", "rows", "some_rows", "rows_only", "truncated_only", "redis", "destroyed", "stack", "volume", "cluster",
    "bucket", "object", "cloud", "repository", "app", "forced", "forced_any", "history", "reflog", "remote",
)  # fmt: skip
"""The worst first; all others as they came."""


@dataclass(slots=True)
class Ledger:
    """The losses of one turn."""

    _found: list[Loss] = field(default_factory=list)
    _made: dict[str, None] = field(default_factory=dict)
    """What the turn itself had made: files, folders, branches."""
    _ahead: Ahead = field(default_factory=Ahead)
    """What was on the branch alone, as far as the turn has looked."""

    def add(self, tool: ToolFinished) -> None:
        """Count a finished tool."""
        chain = _chain(tool.command) if tool.command and _HINT.search(tool.command[:4000]) else []
        again = [change.path for change in tool.files if change.status != "deleted"]
        for loss in self._ahead.of(_lost(tool, chain)):
            if (left := loss.without(self._made)) and len(self._found) < _MOST:
                self._found.append(left)
        self._ahead = self._ahead.seen(tool.command, tool.output)
        if again:
            self._found = [left for loss in self._found if (left := _still(loss, again))]
        made = [change.path for change in tool.files if change.status == "added"] + _made(tool.command)
        self._made.update(dict.fromkeys(made[: _MOST - len(self._made)]))

    def sayings(self, lesser: bool = False) -> tuple[Saying, ...]:
        """The losses as facts, the worst first; `lesser` ones, which a build brings back, where there are no others."""
        found = merged(self._found)
        major = [loss for loss in found if not loss.lesser]
        if any(loss.key != "unnamed" for loss in major):
            major = [loss for loss in major if loss.key != "unnamed"]
        chosen = major or (found if lesser else [])
        return tuple(saying(loss) for loss in sorted(chosen, key=_rank))


def losses(tools: Sequence[ToolFinished], lesser: bool = False) -> tuple[Saying, ...]:
    """What some tools destroyed."""
    ledger = Ledger()
    for tool in tools:
        ledger.add(tool)
    return ledger.sayings(lesser)


def _rank(loss: Loss) -> int:
    return _ORDER.index(loss.key) if loss.key in _ORDER else len(_ORDER)


def _still(loss: Loss, again: list[str]) -> Loss | None:
    """Without the files that were written anew."""
    return loss.without(again) if loss.key == "file" else loss


def _lost(tool: ToolFinished, chain: list[Step]) -> list[Loss]:
    deleted = [change.path for change in tool.files if change.status == "deleted"]
    found = files.parted("file", deleted)
    if not tool.command or not (chain or _PRINTED.search(tool.output[:8000])):
        return found
    run = Run.of(tool.output, tool.command, tool.exit_code)
    if _LOGS.search(run.command) and not chain:
        return found
    sure = tool.ok and tool.exit_code in (0, None)
    gone = files.read(chain, run, sure)
    names = {name for loss in gone for name in loss.names}
    if names and deleted and any(loss.key == "folder" or loss.key == "folder_with" for loss in gone):
        found = []
    found += gone + versions.read(chain, run, sure)
    if chain or _PRINTED.search(run.text):
        found += stored.read(run, sure) + remote.read(chain, run, sure)
    return [_uncounted(loss, run.sifted) for loss in found] if run.cut or run.sifted else found


def _uncounted(loss: Loss, sifted: bool) -> Loss:
    """Of an output of which a part is missing nothing is counted."""
    if loss.key == "object":
        return Loss("objects", fields=loss.fields)
    if sifted and loss.key == "untracked":
        return Loss("untracked_any", lesser=loss.lesser)
    if len(loss.names) <= SHOWN:
        return loss
    return Loss("unnamed") if loss.key in ("file", "untracked") else replace(loss, names=loss.names[:SHOWN], n=None)


def _chain(command: str, depth: int = 0) -> list[Step]:
    """The commands of a line with those that a shell or another machine is handed, but for those that only try."""
    found: list[Step] = []
    for step in steps(command[:_CHARS]):
        words = step.words
        while words and words[0] in _WORDS:
            words = words[1:]
        step = Step(words, step.root, step.piped, step.files)
        inner = _inner(step) if depth < 2 else ""
        if inner:
            found += _chain(inner, depth + 1)
        elif not _DRY & {word.partition("=")[0] for word in words}:
            found.append(step)
    return found


def _inner(step: Step) -> str:
    words = step.words
    if _SHELLS.fullmatch(step.program) and len(words) > 2 and words[1].startswith("-") and words[1].endswith("c"):
        return words[2]
    if step.program == "ssh":
        rest = [word for word in words[1:] if not word.startswith("-")]
        return " ".join(rest[1:])
    if step.program in ("docker", "podman", "docker-compose", "kubectl") and "exec" in words:
        rest = [word for word in words[words.index("exec") + 1 :] if not word.startswith("-")]
        return " ".join(f"'{word}'" if " " in word and "'" not in word else word for word in rest[1:])
    return ""


_MAKES = re.compile(
    r"\bmkdir((?: +(?!-)[\w./-]+)+)(?= *(?:$|[;&|]))"
    r"|\bgit (?:checkout -[bB]|switch -[cC]|branch|tag|worktree add) +([\w./-]+)"
    r"|\bcp .* ([\w./-]+)$"
    r"|(?<!>)> ?([\w./-]+)|-o ([\w./-]+)|\bvolume create ([\w-]+)",
    re.M,
)


def _made(command: str) -> list[str]:
    """What a command makes, by name; `mkdir -p` may have found it there."""
    found: list[str] = []
    for groups in _MAKES.findall(command[:1000]):
        found += [word for group in groups for word in group.split()]
    return [word for word in found if not word.startswith("-") and word != "/dev/null"]
