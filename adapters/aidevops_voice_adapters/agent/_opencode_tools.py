"""Tool calls as OpenCode shows them, retold as started, progress and finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aidevops_voice.ports import AgentEvent, FileChange, ToolFinished, ToolProgress, ToolStarted
from aidevops_voice_adapters.agent._opencode_json import CUT
from aidevops_voice_adapters.agent._opencode_wire import ToolPart

OUTPUT = 64 * 1024
"""Characters of output and diff handed on."""
_PROGRESS = 4 * 1024
_RANK = {"pending": 0, "running": 1, "completed": 2, "error": 2}
_PERMISSION = {
    "bash": "bash",
    "webfetch": "webfetch",
    **dict.fromkeys(("edit", "write", "patch", "multiedit", "apply_patch"), "edit"),
}


def capped(text: str, limit: int = OUTPUT) -> str:
    """Head and tail when it is longer."""
    return text if len(text) <= limit else text[: limit // 2] + CUT + text[-limit // 2 :]


def words(value: object) -> str:
    """A field that should be text; anything else is empty."""
    return value if isinstance(value, str) else ""


def guarded(tool: str) -> str:
    """The permission that must be asked for a tool, empty when none must."""
    return _PERMISSION.get(tool, "")


@dataclass(slots=True)
class ToolTale:
    """How far one call was told; named by its part, as some models repeat the ids of calls."""

    tool: str
    rank: int = -1
    details: tuple[str, str, str] = ("", "", "")
    progress: str = ""
    turn: str = ""
    child: str = ""

    def tell(self, part: ToolPart, session: str, turn: str, child: str) -> Iterator[AgentEvent]:
        """What this frame adds."""
        rank = _RANK[part.state.status]
        if rank < self.rank or self.rank == 2:
            return
        details = _details(part)
        fresh, self.rank = self.rank < 0, rank
        self.turn, self.child = turn, child
        if rank < 2:
            if fresh or details != self.details:
                self.details = details
                title, command, path = details
                yield ToolStarted(session, turn, part.id, self.tool, title, command, path, child)
            yield from self._progress(part, session)
        else:
            self.details, self.progress = details, ""
            yield self._finished(part, session)

    def lost(self, call: str, session: str) -> Iterator[AgentEvent]:
        """Its end when the server is gone; nothing when it had ended."""
        if self.rank < 2:
            self.rank = 2
            title, command, path = self.details
            out = self.progress
            yield ToolFinished(session, self.turn, call, self.tool, False, title, command, path, out, child=self.child)

    def _progress(self, part: ToolPart, session: str) -> Iterator[AgentEvent]:
        output = words(part.state.metadata.get("output"))[-_PROGRESS:]
        if output and output != self.progress:
            self.progress = output
            yield ToolProgress(session, part.id, output)

    def _finished(self, part: ToolPart, session: str) -> ToolFinished:
        state = part.state
        title, command, path = self.details
        code = state.metadata.get("exit")
        return ToolFinished(
            session,
            self.turn,
            part.id,
            self.tool,
            ok=state.status == "completed" and (code == 0 or "exit" not in state.metadata),
            title=title,
            command=command,
            path=path,
            output=capped(state.output or state.error),
            exit_code=code if isinstance(code, int) else None,
            files=_files(self.tool, state.metadata),
            seconds=max(0.0, ((state.time.end or 0) - state.time.start) / 1000) if state.time.end else 0.0,
            child=self.child,
        )


def _details(part: ToolPart) -> tuple[str, str, str]:
    given = part.state.input
    title = (
        words(given.get("description")) or part.state.title or words(given.get("url")) or words(given.get("pattern"))
    )
    path = words(given.get("filePath")) or words(given.get("path"))
    return capped(title, 500), capped(words(given.get("command"))), path


def _files(tool: str, metadata: dict[str, Any]) -> tuple[FileChange, ...]:
    many = metadata.get("files")
    if isinstance(many, list):
        return tuple(_change(each) for each in many[:50] if isinstance(each, dict))
    one = metadata.get("filediff")
    if isinstance(one, dict):
        return (_change(one),)
    if tool == "write" and (path := words(metadata.get("filepath"))):
        status = "changed" if metadata.get("exists") else "added"
        return (_change({"file": path, "status": status, "patch": metadata.get("diff")}),)
    return ()


def _change(found: dict[str, Any]) -> FileChange:
    kind = words(found.get("status")) or words(found.get("type"))
    path = words(found.get("file")) or words(found.get("filePath")) or words(found.get("relativePath"))
    added, deleted = kind in ("added", "add"), kind in ("deleted", "delete")
    return FileChange(
        path,
        "added" if added else "deleted" if deleted else "changed",
        _count(found.get("additions")),
        _count(found.get("deletions")),
        capped(words(found.get("patch")) or words(found.get("diff"))),
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
