"""Our contestant: the real conversation and cascade with an agent of no delay."""

from __future__ import annotations

import asyncio
import gc
import tempfile
from collections.abc import AsyncGenerator, Iterable
from functools import partial
from pathlib import Path

from bench.contestant import ANSWER, REQUEST, Contestant, Flood
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from wire.speech_fakes import FakeEngine, Script, ScriptedSTT, ToneTTS, VoiceHealth

from aidevops_voice import secrets
from aidevops_voice.conversation import Conversation
from aidevops_voice.feed import Feed
from aidevops_voice.journal import Journal
from aidevops_voice.ports import (
    AgentChanged,
    AgentEvent,
    FileChange,
    Reply,
    SessionInfo,
    Text,
    TextEnded,
    ToolFinished,
    ToolProgress,
    ToolStarted,
    Turn,
    TurnEnded,
    TurnStarted,
)
from aidevops_voice.server.stream import server_sent
from aidevops_voice.voice.cascade import Cascade

SESSION = SessionInfo("ses_1", "bench", "/")
FLOOD = 10_000_000
PIECE = 64 * 1024
TABLE = "| `src/a.py` | 12 | see **there** and https://example.org/x?y=1 |\n"
PROSE = "I changed `src/app/main.py` as you said, and 12 tests pass; the rest, e.g. that of commit 3fa9c21b, waits.\n"
LOG = "2026-01-01 12:00:00 INFO GET http://user:pass@example.org/ api_TOKEN=abcdefgh12345678 200 12 ms\n"


def repeated(line: str, length: int) -> str:
    """So many characters of it."""
    return (line * (length // len(line) + 1))[:length]


def streamed(line: str) -> list[AgentEvent]:
    """10 MB in pieces of one part."""
    piece = repeated(line, PIECE)
    pieces: list[AgentEvent] = [Text(SESSION.id, "msg_flood", "prt_1", piece) for _ in range(FLOOD // PIECE)]
    return [*pieces, TextEnded(SESSION.id, "msg_flood", "prt_1", piece)]


def flood_events(kind: Flood) -> list[AgentEvent]:
    """What stands between the start and the end of such a turn."""
    match kind:
        case "streamed table":
            return streamed(TABLE)
        case "streamed prose":
            return streamed(PROSE)
        case "one text":
            text = repeated(LOG, FLOOD)
            return [Text(SESSION.id, "msg_flood", "prt_1", text), TextEnded(SESSION.id, "msg_flood", "prt_1", text)]
        case "tool output":
            output = repeated(LOG, FLOOD)
            files = tuple(FileChange(f"src/{number}.py", diff=output) for number in range(100))
            return [
                ToolStarted(SESSION.id, "msg_flood", "call_1", "bash", command="make"),
                ToolProgress(SESSION.id, "call_1", output),
                ToolFinished(SESSION.id, "msg_flood", "call_1", "bash", True, output=output, files=files),
            ]


class Instant:
    """A coding agent that has the answer at once, or after `delay_s`."""

    describe = "instant"

    def __init__(self) -> None:
        self.delay_s = 0.0
        self._news: asyncio.Queue[AgentEvent] = asyncio.Queue()
        self._later: set[asyncio.Task[None]] = set()

    steers = True

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

    async def flood(self, events: Iterable[AgentEvent]) -> None:
        """All at once, as if it had waited in the socket; returns when all of it was taken."""
        self._news.put_nowait(TurnStarted(SESSION.id, "msg_flood", "flood", ours=False))
        for event in events:
            self._news.put_nowait(event)
        self._news.put_nowait(TurnEnded(SESSION.id, ("msg_flood",), "done"))
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
        self._flood: list[AgentEvent] = []
        self._feed = Feed()
        redact = partial(secrets.redact, values=("a-key-of-the-user",))
        journal = Journal(Path(self._folder.name), "bench", redact)
        self._conversation = Conversation(
            self._agent, feed=self._feed, journal=journal, confirm_guesses=False, redact=redact
        )
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
        # As the service does when it is ready.
        gc.freeze()

    async def run(self) -> None:
        with self._folder:
            await self._conversation.run()

    async def connect(self, connection: SmallWebRTCConnection) -> None:
        self._agent.delay_s = self.delay_s
        await self._cascade.connect(connection)

    def prepare(self, kind: Flood) -> None:
        self._flood = flood_events(kind)

    async def flood(self) -> None:
        await self._agent.flood(self._flood)

    def hush(self) -> None:
        self._conversation.hush()

    def events(self) -> AsyncGenerator[bytes, None]:
        return server_sent(self._feed, None)


CONTESTANT = Ours
