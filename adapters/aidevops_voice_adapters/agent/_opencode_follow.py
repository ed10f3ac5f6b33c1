"""Following one server's event stream: pump frames into the book, re-read the truth after gaps and doubts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any, Never

from pydantic import TypeAdapter

from aidevops_voice.errors import AgentError, AgentFailed, AgentUnreachable, UnknownSession
from aidevops_voice.ports import AgentEvent, AgentNotice, Resynced
from aidevops_voice_adapters.agent._opencode_book import Book
from aidevops_voice_adapters.agent._opencode_forms import Drifted, known
from aidevops_voice_adapters.agent._opencode_link import Link, NotFound
from aidevops_voice_adapters.agent._opencode_outbox import Outbox
from aidevops_voice_adapters.agent._opencode_story import Story
from aidevops_voice_adapters.agent._opencode_wire import (
    Permission,
    Questions,
    Session,
    Status,
    Stored,
    read_event,
)

_LOG = logging.getLogger(__name__)
_CONNECT_S = 15.0
_CHECKS_S = (0.25, 0.75, 1.5)
"""When to read again after an idle that ends nothing; the last time decides."""
_MESSAGES = 100
_DRIFT_S = 5.0
_STATUSES = TypeAdapter(dict[str, Status])
_STORED = TypeAdapter(Stored)
_PERMISSION = TypeAdapter(Permission)
_SESSION = TypeAdapter(Session)
_QUESTIONS = TypeAdapter(Questions)
_UNLISTED = AgentFailed(
    "OpenCode cannot list its open requests; one that was asked while the connection was down may be missing.",
    cure="If the agent seems to wait for you, stop it and ask again.",
    spoken="I may have missed a request of the agent.",
)

Frame = Any
_WAKE: Frame = ("wake",)


class Follower:
    """One connection to a server's stream; `run` returns only by raising."""

    def __init__(self, link: Link, book: Book, out: Outbox) -> None:
        self.link = link
        self._book = book
        self._out = out
        self._frames: asyncio.Queue[Frame | AgentError] = asyncio.Queue(256)
        self._checks: dict[str, tuple[int, float]] = {}
        self._suspect_at: float | None = None
        self._suspected = 0.0
        self._unlisted = False
        self._joins: dict[str, asyncio.Future[None]] = {}

    async def run(self, connected: Callable[[], None]) -> Never:
        """Connect, re-read, call `connected`, pump; raises AgentUnreachable when the stream ends."""
        async with self._reader():
            async with asyncio.timeout(_CONNECT_S):
                await self._hello()
            await self._resync()
            connected()
            await self._pump()

    async def join(self, story: Story) -> None:
        """Read what stands in a session that is followed from now on; raises AgentError."""
        story.joining = story.doubt = True
        joined = self._joins.setdefault(story.session, asyncio.get_running_loop().create_future())
        if not self._frames.full():
            self._frames.put_nowait(_WAKE)
        await asyncio.shield(joined)

    async def _pump(self) -> Never:
        warming = asyncio.create_task(self._warm_up(), name="opencode warm-up")
        try:
            while True:
                await self._step()
        finally:
            warming.cancel()
            await asyncio.gather(warming, return_exceptions=True)

    async def _warm_up(self) -> None:
        """Have the server load what the first prompt needs; saves about a second of it."""
        for path in ("/config/providers", "/agent", "/command"):
            try:
                await self.link.get(path)
            except AgentError as error:
                _LOG.debug("warming up: %s", error.message)

    @asynccontextmanager
    async def _reader(self) -> AsyncGenerator[None, None]:
        task = asyncio.create_task(self._read(), name="opencode stream")
        try:
            yield
        except TimeoutError:
            raise AgentUnreachable(f"OpenCode at {self.link.url} accepts connections but sends nothing.") from None
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._joined(*self._joins, error=AgentUnreachable(f"OpenCode at {self.link.url} went away."))

    def _joined(self, *sessions: str, error: AgentError | None = None) -> None:
        for session in sessions:
            waiting = self._joins.pop(session, None)
            if waiting is None or waiting.done():
                continue
            if error is None:
                waiting.set_result(None)
            else:
                waiting.set_exception(error)
                waiting.exception()  # whoever waits may be gone

    async def _read(self) -> None:
        try:
            async with aclosing(self.link.frames()) as frames:
                async for frame in frames:
                    await self._frames.put(frame)
        except AgentError as error:
            await self._frames.put(error)

    async def _hello(self) -> None:
        frame = await self._frames.get()
        if isinstance(frame, AgentError):
            raise frame

    async def _step(self) -> None:
        await self._out.room()
        try:
            async with asyncio.timeout_at(self._next_check()):
                frame = await self._frames.get()
        except TimeoutError:
            await self._check_doubts()
            return
        if isinstance(frame, AgentError):
            raise frame
        if frame is not _WAKE:
            self._take(frame)

    def _take(self, frame: Frame) -> None:
        try:
            name, _, event = read_event(frame)
        except Drifted as error:
            _LOG.warning("a frame of the event stream was left out: %s", error)
            now = asyncio.get_running_loop().time()
            self._suspect_at = self._suspect_at or max(now, self._suspected + _DRIFT_S)
            return
        if event is not None:
            self._out.put(self._book.tell(name, event))

    # --- re-reading

    def _suspect_all(self) -> None:
        self._suspect_at, self._suspected = None, asyncio.get_running_loop().time()
        self._book.gap()
        for story in self._book.stories.values():
            story.doubt = True
            self._checks[story.session] = 0, self._suspected

    def _next_check(self) -> float | None:
        now = asyncio.get_running_loop().time()
        doubtful = {story.session: story for story in self._book.doubtful()}
        self._checks = {session: check for session, check in self._checks.items() if session in doubtful}
        for session, story in doubtful.items():
            self._checks.setdefault(session, (0, now + (0 if story.joining or story.busy else _CHECKS_S[0])))
        suspicion = [self._suspect_at] if self._suspect_at else []
        return min((*suspicion, *(due for _, due in self._checks.values())), default=None)

    async def _check_doubts(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._suspect_at and self._suspect_at <= now:
            self._suspect_all()
            await self._relist()
        for session, (count, due) in list(self._checks.items()):
            if due <= now:
                story = self._book.stories[session]
                await self._reread(story, force=count + 1 >= len(_CHECKS_S))
                if story.doubt:
                    following = min(count + 1, len(_CHECKS_S) - 1)
                    self._checks[session] = following, now + _CHECKS_S[following]

    async def _resync(self) -> None:
        for session in await self._statuses():
            self._book.at_work(session)
        followed = [story for story in self._book.stories.values() if not story.joining]
        for story in followed:
            await self._reread(story, force=False)
        await self._relist()
        for story in followed:
            self._out.put([Resynced(story.session, story.busy)])

    async def _reread(self, story: Story, force: bool) -> None:
        joining = story.joining
        try:
            if joining and not await self._root(story.session):
                return
            status = (await self._statuses()).get(story.session)
            messages = await self._messages(story.session)
            if force and status is None:
                status = (await self._statuses()).get(story.session)
        except NotFound:
            error = UnknownSession("The session was deleted.", cure="Start a new session.")
            self._out.put(story.lost(error))
            self._joined(story.session, error=error)
            return
        if joining:
            story.joining = False
            self._out.put(story.history(messages, status is not None))
            await self._relist()
            self._joined(story.session)
        else:
            self._out.put(story.stored(messages, status, force))

    async def _root(self, session: str) -> bool:
        """Whether it is no subagent's; its own are known from here on."""
        (found,) = known(_SESSION, [await self.link.get(f"/session/{session}")]) or (None,)
        if found and found.parent:
            self._book.family(found)
            del self._book.stories[session]
            self._joined(session, error=UnknownSession("That is the session of a subagent."))
            return False
        await self._children(session)
        return True

    async def _children(self, session: str) -> None:
        for found in known(_SESSION, await self.link.items(f"/session/{session}/children")):
            self._book.family(found)

    async def _statuses(self) -> Mapping[str, Status]:
        found = known(_STATUSES, [await self.link.get("/session/status")])
        if not found:
            raise AgentFailed("OpenCode does not tell which sessions work.")
        return found[0]

    async def _messages(self, session: str) -> list[Stored]:
        found = await self.link.items(f"/session/{session}/message", limit=_MESSAGES)
        return known(_STORED, found)

    async def _relist(self) -> None:
        statuses = await self._statuses()
        try:
            self._out.put(
                self._book.listed("permission", known(_PERMISSION, await self.link.items("/permission")), statuses)
            )
            self._out.put(
                self._book.listed("question", known(_QUESTIONS, await self.link.items("/question")), statuses)
            )
            self._unlisted = False
        except AgentUnreachable:
            raise
        except AgentError as error:
            _LOG.warning("open requests cannot be listed: %s", error.message)
            self._out.put(self._degraded())

    def _degraded(self) -> Iterator[AgentEvent]:
        if not self._unlisted:
            self._unlisted = True
            yield AgentNotice(_UNLISTED)
