"""What one turn of the rehearsal agent works with: commands, files and the user's consent, told as events."""

from __future__ import annotations

import asyncio
import shlex
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from aidevops_voice.ports import (
    AgentEvent,
    Ask,
    AskClosed,
    Decision,
    FileChange,
    Text,
    TextEnded,
    ToolFinished,
    ToolProgress,
    ToolStarted,
    Turn,
)
from aidevops_voice_adapters._command import Finished, run
from aidevops_voice_adapters.agent._rehearsal_files import Created, Refused

CAP = 64 * 1024
"""Bytes of a command's output that are kept, told and looked at."""
UNREAD = 500
"""Events that may wait for their reader before the next turn is held back."""

T = TypeVar("T")


class Outbox:
    """Events on their way to the one reader; it stays short because turns wait for `room` and progress is dropped."""

    def __init__(self) -> None:
        self._events: deque[AgentEvent] = deque()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._closed = False

    def put(self, event: AgentEvent) -> None:
        """Never blocks; progress that nobody reads is dropped."""
        if isinstance(event, ToolProgress) and len(self._events) >= UNREAD:
            return
        self._events.append(event)
        self._news.set()
        if len(self._events) >= UNREAD:
            self._room.clear()

    async def room(self) -> None:
        """Until the reader has caught up."""
        await self._room.wait()

    async def read(self) -> AsyncGenerator[AgentEvent, None]:
        """Each event once, until `close` and what was put before it."""
        while True:
            while self._events:
                yield self._events.popleft()
                self._room.set()
            if self._closed:
                return
            await self._news.wait()
            self._news.clear()

    def close(self) -> None:
        """Let the reader end."""
        self._closed = True
        self._news.set()
        self._room.set()


@dataclass(slots=True)
class Consents:
    """Open questions to the user, and what was allowed for good."""

    open: dict[str, tuple[Ask, asyncio.Future[Decision]]] = field(default_factory=dict)
    closed: deque[str] = field(default_factory=lambda: deque(maxlen=1000))
    always: set[tuple[str, ...]] = field(default_factory=set)


@dataclass(slots=True)
class Desk:
    """One turn; `created` is the session's list of files to take back."""

    project: Path
    environ: Mapping[str, str]
    timeout_s: float
    turn: Turn
    outbox: Outbox
    consents: Consents
    created: list[Created]
    calls: int = 0

    async def run(
        self, argv: Sequence[str], title: str, *, shown: str = "", fine: tuple[int, ...] = (0,), denied: str = ""
    ) -> Finished:
        """Run a command, after consent when `denied` says what is told without it; raises Refused.

        `fine` are the exit codes of success.
        """
        command = shown or shlex.join(argv)
        call = self._call()
        self._put(ToolStarted(self.turn.session, self.turn.id, call, "bash", title, command))
        began = time.monotonic()
        finished: Finished | None = None
        refusal = ""
        try:
            if denied:
                await self._consent(denied, permission="bash", command=command, patterns=(command,), always=(command,))
            finished = await self._run(argv, call)
        except Refused as error:
            refusal = str(error)
            raise
        except OSError as error:
            missing = isinstance(error, FileNotFoundError) and error.filename is None
            refusal = f"{argv[0]} is not installed here." if missing else f"That did not start: {error.strerror}."
            raise Refused(refusal) from error
        finally:
            self._put(
                ToolFinished(
                    self.turn.session,
                    self.turn.id,
                    call,
                    "bash",
                    ok=finished is not None and finished.exit_code in fine,
                    title=title,
                    command=command,
                    output=finished.output if finished else refusal,
                    exit_code=finished.exit_code if finished else None,
                    seconds=time.monotonic() - began,
                )
            )
        if finished.timed_out:
            raise Refused(f"I stopped that after {_spoken_time(self.timeout_s)}; it had not finished.")
        return finished

    async def _run(self, argv: Sequence[str], call: str) -> Finished:
        def tell(tail: str) -> None:
            self._put(ToolProgress(self.turn.session, call, tail))

        environ = {**self.environ, "LANGUAGE": "en"}
        return await run(argv, cwd=self.project, environ=environ, timeout_s=self.timeout_s, cap=CAP, on_output=tell)

    async def change(self, change: FileChange, title: str, kind: str, denied: str, act: Callable[[], T]) -> T:
        """Change one file after consent; `kind` names what *always* allows; raises Refused."""
        call, tool, path = self._call(), "write" if change.status == "added" else "edit", change.path
        self._put(ToolStarted(self.turn.session, self.turn.id, call, tool, title, path=path))
        done, refusal = False, ""
        try:
            asked = "delete" if change.status == "deleted" else "edit"
            await self._consent(denied, permission=asked, path=path, diff=change.diff, patterns=(path,), always=(kind,))
            result = await asyncio.to_thread(act)
            done = True
        except Refused as error:
            refusal = str(error)
            raise
        except OSError as error:
            refusal = f"That did not work: {error.strerror}."
            raise Refused(refusal) from error
        finally:
            self._put(
                ToolFinished(
                    self.turn.session,
                    self.turn.id,
                    call,
                    tool,
                    ok=done,
                    title=title,
                    path=path,
                    output=refusal,
                    files=(change,) if done else (),
                )
            )
        return result

    async def _consent(
        self,
        denied: str,
        *,
        permission: str,
        patterns: tuple[str, ...],
        always: tuple[str, ...],
        command: str = "",
        path: str = "",
        diff: str = "",
    ) -> None:
        key = (permission, *always)
        if key in self.consents.always:
            return
        ask = Ask(
            id=f"per_{self._call()}", session=self.turn.session, kind="permission", permission=permission,
            command=command, path=path, diff=diff, patterns=patterns, always=always, turn=self.turn.id,
        )  # fmt: skip
        answered: asyncio.Future[Decision] = asyncio.get_running_loop().create_future()
        self.consents.open[ask.id] = ask, answered
        self._put(ask)
        try:
            decision = await answered
        finally:
            if self.consents.open.pop(ask.id, None):
                self.consents.closed.append(ask.id)
                self._put(AskClosed(ask.id, ask.session, "dropped"))
        if decision == "deny":
            raise Refused(denied)
        if decision == "always":
            self.consents.always.add(key)

    def say(self, text: str) -> None:
        """The answer, as one part."""
        part = self._call()
        self._put(Text(self.turn.session, self.turn.id, part, text))
        self._put(TextEnded(self.turn.session, self.turn.id, part, text))

    def _call(self) -> str:
        self.calls += 1
        return f"{self.turn.session}_{self.turn.id}_{self.calls}"

    def _put(self, event: AgentEvent) -> None:
        self.outbox.put(event)


def _spoken_time(seconds: float) -> str:
    if seconds < 60 or seconds % 60:
        return f"{seconds:g} seconds"
    return "one minute" if seconds == 60 else f"{seconds / 60:g} minutes"
