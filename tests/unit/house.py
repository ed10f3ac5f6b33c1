"""A switchboard with scripted agents of several sessions, and a mouth that plays at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from unit.scripted_agent import RecordingMouth, ScriptedAgent
from unit.stage import spoken

from aidevops_voice.conversation import Conversation
from aidevops_voice.conversation.places import Places
from aidevops_voice.conversation.turns import Asked
from aidevops_voice.errors import UnknownSession
from aidevops_voice.feed import Feed
from aidevops_voice.journal import Journal
from aidevops_voice.ports import CodingAgent, SessionInfo
from aidevops_voice.switchboard import Project, Switchboard


class ManySessions(ScriptedAgent):
    """Keeps sessions by title, newest first, and the notes that are left in them."""

    def __init__(self, folder: str, *titles: str) -> None:
        super().__init__()
        self.folder = folder
        self.titles = {f"ses_{title.split()[-1].lower()}": title for title in titles}
        self.notes: list[tuple[str, str]] = []

    async def sessions(self) -> list[SessionInfo]:
        """All of them."""
        return [SessionInfo(id_, title, self.folder) for id_, title in self.titles.items()]

    async def open(self, session: str | None) -> SessionInfo:
        """One of them, or a new one without a title."""
        self.opened.append(session)
        if self.fail_open:
            raise self.fail_open.pop(0)
        if session is None:
            session = f"ses_new{len(self.titles)}"
            self.titles = {session: "New session - 2026-01-01T10:00:00.000Z", **self.titles}
        if session not in self.titles:
            raise UnknownSession(f"no session {session}")
        return SessionInfo(session, self.titles[session], self.folder)

    async def leave_note(self, session: str, text: str) -> None:
        """Keep it."""
        self.notes.append((session, text))


class House:
    """A switchboard and everything a test looks at."""

    def __init__(self, tmp_path: Path, agent: ManySessions, session: str | None, **options: Any) -> None:
        self.tmp_path, self.agent, self.feed = tmp_path, agent, Feed()
        self.now = 100.0
        self.project = self.added(agent, session)
        self.board = Switchboard(self.project, self.feed, clock=lambda: self.now, **options)
        self.mouth = RecordingMouth(self.board.voiced)
        self.board.use_mouth(self.mouth)

    def added(self, agent: ManySessions, session: str | None = None) -> Project:
        """A project for this agent."""
        name = Path(agent.folder).name

        def furnish(line: CodingAgent, feed: Feed, book: Journal, ses: str | None, places: Places, /) -> Conversation:
            return Conversation(line, feed=feed, journal=book, session=ses, places=places, clock=lambda: self.now)

        return Project(name, Path(agent.folder), agent, Journal(self.tmp_path / name, "test"), furnish, session)

    @property
    def words(self) -> list[str]:
        """What was spoken."""
        return self.mouth.words

    def say(self, text: str) -> None:
        """By voice."""
        self.board.hear(spoken(text))

    async def ask(self, text: str) -> Asked:
        """Typed."""
        return await self.board.ask(text)

    def events(self, type_: str) -> list[dict[str, Any]]:
        """What the page was told of one type."""
        return [event for event in self.feed.after(0) if event["type"] == type_]

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.now += seconds
        for place in self.board.places:
            inquiries: Any = place.conversation._inquiries
            inquiries._alarm.rearm()  # the clock is ours, so nobody else wakes it

    async def until(self, seen: Callable[[], object]) -> None:
        """Wait for something that passes no event of its own."""
        async with asyncio.timeout(5):
            while not seen():  # noqa: ASYNC110 - some of it passes no event
                await asyncio.sleep(0.005)

    async def heard(self, text: str) -> None:
        """Wait for these words."""
        try:
            await self.until(lambda: text in self.words)
        except TimeoutError:
            raise AssertionError(f"{text!r} not in {self.words}") from None


@asynccontextmanager
async def house(
    tmp_path: Path, *titles: str, session: str | None = None, folder: str = "/home/me/shop", **options: Any
) -> AsyncGenerator[House, None]:
    """Runs until the block ends."""
    built = House(tmp_path, ManySessions(folder, *titles), session, **options)
    life = asyncio.create_task(built.board.run())
    await built.until(lambda: built.board.status()["agent_state"] == "idle")
    try:
        yield built
    finally:
        await built.board.drain(1)
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)
