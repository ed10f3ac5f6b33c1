"""A coding agent whose events the test sends itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from aidevops_voice.errors import VoiceError
from aidevops_voice.ports import AgentChanged, AgentEvent, Reply, SessionInfo, Turn, TurnEnded, Utterance, Voiced


class ScriptedAgent:
    """Implements `ports.CodingAgent`."""

    def __init__(self, on_submit: Callable[[Turn], list[AgentEvent]] | None = None) -> None:
        self.submitted: list[Turn] = []
        self.replies: list[tuple[str, Reply]] = []
        self.stopped: list[str] = []
        self.opened: list[str | None] = []
        self.fail_submit: VoiceError | None = None
        self.fail_open: list[VoiceError] = []
        self.opening, self.answering = asyncio.Event(), asyncio.Event()
        self.opening.set()
        self.answering.set()
        self._on_submit = on_submit
        self._queue: asyncio.Queue[AgentEvent | None] = asyncio.Queue()

    describe = "scripted agent"
    steers = True

    def tell(self, *events: AgentEvent) -> None:
        """Send events to the conversation."""
        for event in events:
            self._queue.put_nowait(event)

    def tell_on_submit(self, events: Callable[[Turn], list[AgentEvent]]) -> None:
        """Script the next turns."""
        self._on_submit = events

    async def events(self) -> AsyncGenerator[AgentEvent, None]:
        """What the test tells."""
        yield AgentChanged("ready")
        while (event := await self._queue.get()) is not None:
            yield event

    async def sessions(self) -> list[SessionInfo]:
        """One."""
        return [SessionInfo("ses_1", "first", "/project")]

    async def open(self, session: str | None) -> SessionInfo:
        """Always the same one."""
        self.opened.append(session)
        await self.opening.wait()
        if self.fail_open:
            raise self.fail_open.pop(0)
        return SessionInfo(session or "ses_1", "first", "/project")

    async def submit(self, turn: Turn) -> None:
        """Remember the turn and send its scripted events."""
        if self.fail_submit:
            raise self.fail_submit
        self.submitted.append(turn)
        if self._on_submit:
            self.tell(*self._on_submit(turn))

    async def answer(self, ask: str, reply: Reply) -> None:
        """Remember the reply."""
        await self.answering.wait()
        self.replies.append((ask, reply))

    async def stop(self, session: str) -> None:
        """End what was submitted last."""
        self.stopped.append(session)
        self.tell(TurnEnded(session, tuple(turn.id for turn in self.submitted), "stopped"))

    async def aclose(self) -> None:
        """End the stream."""
        self._queue.put_nowait(None)


class RecordingMouth:
    """Plays everything at once and tells the conversation."""

    def __init__(self, voiced: Callable[[Utterance, Voiced, str], None]) -> None:
        self.said: list[Utterance] = []
        self.hushed = 0
        self.settled: list[bool] = []
        """Whether what each utterance cut went on."""
        self.paces: list[float] = []
        self._voiced = voiced

    def say(self, utterance: Utterance) -> None:
        """Record it."""
        self.said.append(utterance)
        self._voiced(utterance, "said", "")

    def hush(self) -> None:
        """Count it."""
        self.hushed += 1

    def withdraw(self, about: str, *, begun: bool = True) -> None:
        """Nothing waits here."""

    def settle(self, *, resume: bool) -> None:
        """Record it."""
        self.settled.append(resume)

    def pace(self, rate: float) -> None:
        """Record it."""
        self.paces.append(rate)

    @property
    def words(self) -> list[str]:
        """The spoken lines."""
        return [utterance.text for utterance in self.said if utterance.text]
