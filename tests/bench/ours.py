"""Our contestant: the real conversation and cascade with an agent of no delay."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

from bench.contestant import ANSWER, REQUEST, Contestant
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from wire.speech_fakes import FakeEngine, Script, ScriptedSTT, ToneTTS, VoiceHealth

from aidevops_voice.conversation import Conversation
from aidevops_voice.feed import Feed
from aidevops_voice.journal import Journal
from aidevops_voice.ports import (
    AgentChanged,
    AgentEvent,
    Reply,
    SessionInfo,
    Text,
    TextEnded,
    Turn,
    TurnEnded,
    TurnStarted,
)
from aidevops_voice.voice.cascade import Cascade

SESSION = SessionInfo("ses_1", "bench", "/")
FLOOD_BYTES = 10_000_000
PIECE = ("| `src/a.py` | 12 | see **there** and https://example.org/x?y=1 |\n" * 2000)[: 64 * 1024]


class Instant:
    """A coding agent that has the answer at once, or after `delay_s`."""

    describe = "instant"

    def __init__(self) -> None:
        self.delay_s = 0.0
        self._news: asyncio.Queue[AgentEvent] = asyncio.Queue()
        self._later: set[asyncio.Task[None]] = set()

    async def events(self) -> AsyncGenerator[AgentEvent, None]:
        yield AgentChanged("ready")
        while True:
            yield await self._news.get()
            self._news.task_done()

    async def sessions(self) -> list[SessionInfo]:
        return [SESSION]

    async def open(self, session: str | None) -> SessionInfo:
        return SESSION

    async def submit(self, turn: Turn) -> None:
        self._news.put_nowait(TurnStarted(SESSION.id, turn.id, turn.text, ours=True))
        if not self.delay_s:
            self._answer(turn.id, ANSWER)
            return
        task = asyncio.create_task(self._answer_later(turn.id))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def flood(self) -> None:
        """10 MB of one part without a blank line, as a server streams it."""
        self._news.put_nowait(TurnStarted(SESSION.id, "msg_flood", "flood", ours=False))
        for _ in range(FLOOD_BYTES // len(PIECE)):
            self._news.put_nowait(Text(SESSION.id, "msg_flood", "prt_1", PIECE))
        self._answer("msg_flood", PIECE)
        await self._news.join()

    async def answer(self, ask: str, reply: Reply) -> None:
        raise NotImplementedError

    async def stop(self, session: str) -> None:
        raise NotImplementedError

    async def aclose(self) -> None:
        pass

    async def _answer_later(self, turn: str) -> None:
        await asyncio.sleep(self.delay_s)
        self._answer(turn, ANSWER)

    def _answer(self, turn: str, text: str) -> None:
        self._news.put_nowait(Text(SESSION.id, turn, "prt_1", text))
        self._news.put_nowait(TextEnded(SESSION.id, turn, "prt_1", text))
        self._news.put_nowait(TurnEnded(SESSION.id, (turn,), "done"))


class Ours(Contestant):
    """Daemon pieces without the HTTP surface."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="voice-bench-")
        self._agent = Instant()
        journal = Journal(Path(self._folder.name), "bench")
        self._conversation = Conversation(self._agent, feed=Feed(), journal=journal, confirm_guesses=False)
        script, health = Script([REQUEST]), VoiceHealth()
        self._cascade = Cascade(
            self._conversation,
            FakeEngine(lambda: ScriptedSTT(script)),
            FakeEngine(lambda: ToneTTS(health)),
            trusted=True,
        )
        self._conversation.use_mouth(self._cascade.mouth)

    async def warm(self) -> None:
        await self._cascade.warm()

    async def run(self) -> None:
        with self._folder:
            await self._conversation.run()

    async def connect(self, connection: SmallWebRTCConnection) -> None:
        self._agent.delay_s = self.delay_s
        await self._cascade.connect(connection)

    async def flood(self) -> None:
        await self._agent.flood()


CONTESTANT = Ours
