"""One agent that several conversations talk to: each has a line of its own, which carries its session's events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

from aidevops_voice.errors import UnknownSession, WrongFolder
from aidevops_voice.events import AgentChanged, AgentEvent, ScreenChanged
from aidevops_voice.ports import CodingAgent, Reply, SessionInfo, Starter, Turn

WAITING = 256
"""Events on one line; beyond that the agent waits."""


class Line:
    """Implements `ports.CodingAgent` for one session; `told` is called when an event was dealt with."""

    def __init__(
        self,
        agent: CodingAgent,
        folder: Path,
        session: str | None,
        told: Callable[[AgentEvent], None],
        sent: Callable[[Turn], None],
    ) -> None:
        self._agent, self._folder, self._told, self._sent = agent, folder, told, sent
        self._events: asyncio.Queue[AgentEvent | None] = asyncio.Queue(WAITING)
        self.session = session
        """None while a new one is being made."""
        self.title = ""
        """As the agent called it last."""
        self.remote = False
        """It goes on elsewhere and was not joined: opening it could bring it to the user's screen."""
        self.resumed = False
        """It was there before a restart; if it is no more, a new one takes its place."""
        self.joined = asyncio.Event()

    @property
    def describe(self) -> str:
        """That of the agent."""
        return self._agent.describe

    @property
    def steers(self) -> bool:
        """As the agent does."""
        return self._agent.steers

    def carries(self, session: str) -> bool:
        """Whether the session is this one."""
        return session == self.session

    def take(self, session: str) -> None:
        """Join this one instead of the new one that is being made."""
        self.session = session

    def begin(self, state: AgentChanged) -> None:
        """How the agent is, before anything else."""
        self._events.put_nowait(state)

    async def put(self, event: AgentEvent | None) -> None:
        """An event for this conversation; None ends it."""
        await self._events.put(event)

    async def events(self) -> AsyncGenerator[AgentEvent, None]:
        """What the agent does in this session, and what becomes of the agent."""
        while (event := await self._events.get()) is not None:
            yield event
            self._told(event)

    async def sessions(self) -> list[SessionInfo]:
        """All of the agent's."""
        return await self._agent.sessions()

    async def open(self, session: str | None) -> SessionInfo:
        """Join it, or make a new one; raises AgentError, WrongFolder."""
        if self.remote and session:
            found = SessionInfo(session, "", "")
        else:
            found = await self._opened(self.session or session)
            if self.session not in (None, found.id):
                found = await self._opened(self.session)
        self.session, self.title = found.id, found.title or self.title
        self.joined.set()
        return found

    async def _opened(self, session: str | None) -> SessionInfo:
        try:
            return await opened(self._agent, self._folder, session)
        except UnknownSession:
            if not self.resumed:
                raise
        self.session = None
        return await opened(self._agent, self._folder, None)

    async def submit(self, turn: Turn) -> None:
        """Hand over a prompt; raises AgentError."""
        await self._agent.submit(turn)
        self._sent(turn)

    async def answer(self, ask: str, reply: Reply) -> None:
        """Answer a request; raises UnknownAsk, ClosedAsk or AgentError."""
        await self._agent.answer(ask, reply)

    async def stop(self, session: str) -> None:
        """Abort what runs there."""
        await self._agent.stop(session)

    async def aclose(self) -> None:
        """The agent lives on; it is ended by who owns it."""


async def begun(agent: CodingAgent, folder: Path) -> SessionInfo:
    """Make a new one; raises AgentError."""
    return await agent.new() if isinstance(agent, Starter) else await opened(agent, folder, None)


async def opened(agent: CodingAgent, folder: Path, session: str | None) -> SessionInfo:
    """Join a session or make one; raises AgentError, and WrongFolder for one of another project."""
    found = await agent.open(session)
    if not inside(found, folder):
        raise WrongFolder(f"That session works in {found.directory}, this project is {folder}.")
    return found


def inside(info: SessionInfo, folder: Path) -> bool:
    """Whether a session works in this very folder."""
    return not info.directory or Path(info.directory).resolve() == folder


class Exchange:
    """Brings each event to its line; `unknown` makes a line for a session that is new here, or None."""

    def __init__(
        self, agent: CodingAgent, unknown: Callable[[str], Line | None], screen: Callable[[str | None], None]
    ) -> None:
        self.agent = agent
        self._unknown, self._screen = unknown, screen
        self._lines: list[Line] = []
        self._state: AgentChanged | None = None

    def connect(self, line: Line) -> None:
        """A new line; it is told how the agent is."""
        self._lines.append(line)
        if self._state is not None:
            line.begin(self._state)

    async def run(self) -> None:
        """Until the agent ends."""
        async for event in self.agent.events():
            await self._bring(event)
        for line in self._lines:
            await line.put(None)

    async def _bring(self, event: AgentEvent) -> None:
        match event:
            case AgentChanged():
                self._state = event
                for line in self._lines:
                    await line.put(event)
            case ScreenChanged(session=session):
                self._screen(session)
            case _:
                if found := self._line(event.session):
                    await found.put(event)

    def _line(self, session: str) -> Line | None:
        """Where an event of a session goes; one of the agent as a whole goes to the first."""
        if not session:
            return self._lines[0] if self._lines else None
        found = next((line for line in self._lines if line.carries(session)), None)
        return found or self._unknown(session)
