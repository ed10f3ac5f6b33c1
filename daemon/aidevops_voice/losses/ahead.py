"""What a branch held alone before it was reset: commits that were not pushed, files that were not committed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aidevops_voice.losses.loss import Loss
from aidevops_voice.reports.run import Run

_LOG = re.compile(r"\bgit (?:-\S+ )*(?:log|rev-list|cherry)\b[^;&|\n]*?(?:@\{u\w*\}|\b[\w-]+/[\w./-]+)(?:\.\.)?")
_COUNTS = re.compile(r"\brev-list\b[^;&|\n]*--count")
_COMMIT = re.compile(r"^(?:commit |\+ )?[0-9a-f]{7,40}\b", re.M)
_NUMBER = re.compile(r"^(\d{1,4})$", re.M)
_AHEAD = re.compile(r"is ahead of '[^'\n]+' by (\d{1,4}) commits?|\[ahead (\d{1,4})|\bhave (\d{1,4}) and \d+ different")
_DIFF = re.compile(r"\bgit (?:-\S+ )*(?:diff(?! \S*\.\.)|status)\b")
_CHANGED = re.compile(
    r"^ (\S[^|\n]{0,120}?) +\| +(?:\d|Bin)|^\t(?:both )?modified: +(\S.*)$|^(?: M|M |MM) (\S.*)$", re.M
)
_REMOTE = re.compile(r"@\{u\w*\}|[\w.-]+/\S+|[\w.-]+ \S+")
_READ, _MOST = 8000, 20


@dataclass(frozen=True, slots=True)
class Ahead:
    """The last that was seen of it."""

    commits: int = 0
    files: tuple[str, ...] = ()

    def seen(self, command: str, output: str) -> Ahead:
        """After a look at the log, the status or the changes."""
        command = command[:1000]
        if "git " not in command:
            return self
        output = Run.of(output[:_READ], command, 0).text
        if re.search(r"\bgit (?:-\S+ )*(?:push|reset --hard|pull)\b", command):
            return Ahead()
        return Ahead(_commits(command, output) or self.commits, _files(command, output) or self.files)

    def of(self, lost: Sequence[Loss]) -> list[Loss]:
        """Losses with what a reset took away, where that is known."""
        return [one for loss in lost for one in self._known(loss)]

    def _known(self, loss: Loss) -> list[Loss]:
        if loss.key not in ("reset", "reset_to") or not (self.commits or self.files):
            return [loss]
        target = loss.fields.get("target", "")
        unpushed = self.commits if _REMOTE.fullmatch(target) else 0
        if not self.files:
            return [Loss("unpushed_also", n=unpushed)] if unpushed else [loss]
        files = Loss("discarded", self.files)
        return [Loss("unpushed", n=unpushed), files] if unpushed else [files]


def _commits(command: str, output: str) -> int:
    if found := _AHEAD.search(output):
        return int(next(filter(None, found.groups())))
    if not _LOG.search(command):
        return 0
    if _COUNTS.search(command):
        counted = _NUMBER.search(output)
        return int(counted[1]) if counted else 0
    return len(_COMMIT.findall(output))


def _files(command: str, output: str) -> tuple[str, ...]:
    if not _DIFF.search(command):
        return ()
    return tuple(next(filter(None, groups)).strip() for groups in _CHANGED.findall(output)[:_MOST])
