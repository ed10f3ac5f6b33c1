"""A loopback server that speaks Cartesia's TTS WebSocket protocol, version 2026-03-01, and says everything as a tone.

Protocol: https://docs.cartesia.ai/api-reference/tts/websocket, /use-the-api/tts-websocket/contexts and
/use-the-api/api-errors: key and version in headers (a wrong key is HTTP 401), JSON requests grouped by `context_id`,
`continue: false` closes a context, a closed context ends with `done`, `cancel` ends it without; 250 ms of sound per
word unless told otherwise, sent faster than it plays, with the times of its words.

In a test: `async with CartesiaServer() as server: … server.url`.
As a program: `python tests/wire/cartesia_server.py --port 0 --fault stall:3`; prints one JSON line with its `url` when
it listens, then with --journal one JSON line into that file for everything it gets.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import math
from array import array
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, cast

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

PATH = "/tts/websocket"
VERSION = "2026-03-01"
MODELS = ("sonic-3", "sonic-latest")
WORD_MS = 250
CHUNK_MS = 50
RATES = frozenset({8000, 16000, 22050, 24000, 44100, 48000})
FREE = frozenset({"transcript", "continue", "context_id", "max_buffer_delay_ms"})
"""Fields that may differ between requests of one context."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong in the first `times` contexts, `after` chunks of 50 ms into each."""

    kind: Literal["drop", "close", "stall", "mute", "error", "anonymous", "shut"]
    """drop: cut the connection; close: close it properly; stall: go silent; mute: done without any sound;
    error: refuse with `status`; anonymous: the same without naming the context; shut: close each connection at once."""
    after: int = 0
    times: int = 1
    status: int = 500


@dataclass(slots=True)
class Context:
    """What one context was asked to say, and how it ended."""

    id: str
    request: dict[str, Any]
    transcripts: list[str] = field(default_factory=list)
    state: Literal["open", "closed", "done", "cancelled", "failed"] = "open"
    sent_ms: int = 0


class Refused(Exception):
    """An error of the protocol: status, stable code, title, message."""


@cache
def tone(rate: int, ms: int) -> bytes:
    """A soft 220 Hz tone, 16 bit mono PCM."""
    count = rate * ms // 1000
    return array("h", [round(6000 * math.sin(2 * math.pi * 220 * n / rate)) for n in range(count)]).tobytes()


class CartesiaServer:
    """Listens on loopback while its `async with` block runs; keeps every context in `contexts`, in order."""

    def __init__(
        self,
        *,
        key: str = "cartesia-key",
        voices: frozenset[str] = frozenset({"71a7ad14-091c-4e8e-a314-022ece01c121"}),
        fault: Fault | None = None,
        pace: float = 0.1,
        word_ms: int = WORD_MS,
        expiry_s: float = 1.0,
        port: int = 0,
        journal: Path | None = None,
    ) -> None:
        self.key = key
        self.voices = voices
        self.fault = fault
        self.pace = pace
        """Time to make a chunk, as a part of its length."""
        self.word_ms = word_ms
        """Length of a word, a multiple of 50; may be changed between two sentences."""
        self.expiry_s = expiry_s
        self.port = port
        self.journal = journal
        self.contexts: list[Context] = []
        self.requests: list[dict[str, Any]] = []
        self.handshakes: list[dict[str, str]] = []
        self._connections: set[ServerConnection] = set()
        self._news = asyncio.Condition()
        self._open = AsyncExitStack()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"ws://127.0.0.1:{self.port}{PATH}"

    async def until(self, condition: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until something it was sent or said makes `condition` true."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(condition)

    async def hang_up(self) -> None:
        """Close every connection properly, as the vendor does after five idle minutes."""
        for connection in list(self._connections):
            await connection.close()

    async def note(self, what: str, **more: Any) -> None:
        """Wake who waits, and write the journal."""
        if self.journal:
            with self.journal.open("a") as file:
                file.write(json.dumps({"what": what, **more}) + "\n")
        async with self._news:
            self._news.notify_all()

    async def __aenter__(self) -> Self:
        server = await self._open.enter_async_context(
            serve(self._talk, "127.0.0.1", self.port, process_request=self._admit, close_timeout=0.2)
        )
        self.port = next(iter(server.sockets)).getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        self.handshakes.append(dict(request.headers.raw_items()))
        if request.path != PATH:
            return connection.respond(HTTPStatus.NOT_FOUND, "no such path\n")
        if request.headers.get("X-API-Key") != self.key:
            error = {"error_code": "unauthorized", "title": "Unauthorized", "message": "Invalid API key"}
            return connection.respond(HTTPStatus.UNAUTHORIZED, json.dumps({**error, "request_id": "r"}) + "\n")
        if request.headers.get("Cartesia-Version") != VERSION:
            return connection.respond(HTTPStatus.BAD_REQUEST, "this server speaks " + VERSION + "\n")
        return None

    async def _talk(self, connection: ServerConnection) -> None:
        await self.note("connected")
        if self.fault and self.fault.kind == "shut" and len(self.handshakes) <= self.fault.times:
            return
        talk = _Talk(self, connection)
        self._connections.add(connection)
        try:
            async with asyncio.TaskGroup() as group:
                async for message in connection:
                    await talk.take(json.loads(message), group)
                talk.end()
        except* ConnectionClosed:
            pass
        self._connections.discard(connection)
        await self.note("closed")


class _Talk:
    """The contexts of one connection."""

    def __init__(self, server: CartesiaServer, connection: ServerConnection) -> None:
        self.server = server
        self.connection = connection
        self.contexts: dict[str, Context] = {}
        self.voices: dict[str, asyncio.Task[None]] = {}
        self.input: dict[str, asyncio.Queue[str | None]] = {}

    async def take(self, request: dict[str, Any], group: asyncio.TaskGroup) -> None:
        """One request: more text for a context, or its end."""
        self.server.requests.append(request)
        id_ = str(request.get("context_id", ""))
        try:
            if request.get("cancel"):
                self._cancel(id_)
            else:
                self._say(id_, request, group)
        except Refused as refusal:
            await self._refuse(id_, refusal)
        await self.server.note("request", request=request)

    def end(self) -> None:
        """The client is gone."""
        for voice in self.voices.values():
            voice.cancel()

    def _cancel(self, id_: str) -> None:
        if (context := self.contexts.get(id_)) and context.state in ("open", "closed"):
            context.state = "cancelled"
            self.voices[id_].cancel()

    def _say(self, id_: str, request: dict[str, Any], group: asyncio.TaskGroup) -> None:
        context = self.contexts.get(id_)
        if context is None:
            self._check(request)
            context = self.contexts[id_] = Context(id_, request)
            self.server.contexts.append(context)
            self.input[id_] = asyncio.Queue()
            self.voices[id_] = group.create_task(self._voice(context, self.input[id_]))
        elif context.state != "open":
            raise Refused(400, "context_closed", "Invalid context", "The context has been closed or has expired.")
        elif _fixed(request) != _fixed(context.request):
            raise Refused(400, "context_mismatch", "Invalid context", "Inputs on a context must keep their fields.")
        if request["transcript"]:
            context.transcripts.append(request["transcript"])
            self.input[id_].put_nowait(request["transcript"])
        if not request.get("continue", False):
            context.state = "closed"
            self.input[id_].put_nowait(None)

    def _check(self, request: dict[str, Any]) -> None:
        if not str(request.get("model_id", "")).startswith(MODELS):
            raise Refused(400, "model_not_found", "Invalid model", "The model is not valid.")
        if request.get("voice", {}).get("id") not in self.server.voices:
            raise Refused(404, "voice_not_found", "Voice not found", "The voice does not exist.")
        form = request.get("output_format", {})
        if form not in [{"container": "raw", "encoding": "pcm_s16le", "sample_rate": rate} for rate in RATES]:
            raise Refused(400, "invalid_output_format", "Invalid output format", "This format is not supported.")
        if not 0.6 <= request.get("generation_config", {}).get("speed", 1.0) <= 1.5:
            raise Refused(400, "invalid_speed", "Invalid speed", "Speed must be between 0.6 and 1.5.")

    async def _voice(self, context: Context, texts: asyncio.Queue[str | None]) -> None:
        number = self.server.contexts.index(context)
        fault = self.server.fault if self.server.fault and number < self.server.fault.times else None
        try:
            while (text := await self._text(texts)) is not None:
                await self._utter(context, text, fault)
                await self._send(context, "flush_done", done=False, flush_done=True, flush_id=len(context.transcripts))
            context.state = "done"
            await self._send(context, "done", done=True)
        except Refused as refusal:
            context.state = "failed"
            anonymous = fault is not None and fault.kind == "anonymous"
            await self._refuse("" if anonymous else context.id, refusal)
        await self.server.note("ended", context=context.id, state=context.state, sent_ms=context.sent_ms)

    async def _text(self, texts: asyncio.Queue[str | None]) -> str | None:
        try:
            async with asyncio.timeout(self.server.expiry_s):
                return await texts.get()
        except TimeoutError:
            return None

    async def _utter(self, context: Context, text: str, fault: Fault | None) -> None:
        rate = context.request["output_format"]["sample_rate"]
        word_ms = self.server.word_ms
        for word in text.split():
            for chunk in range(word_ms // CHUNK_MS):
                if fault and context.sent_ms >= fault.after * CHUNK_MS:
                    if fault.kind == "mute":
                        return
                    await _strike(self.connection, fault)
                if chunk == 0:
                    await self._time(context, word, word_ms)
                await asyncio.sleep(CHUNK_MS / 1000 * self.server.pace)
                data = base64.b64encode(tone(rate, CHUNK_MS)).decode()
                await self._send(context, "chunk", done=False, data=data, step_time=1.0)
                context.sent_ms += CHUNK_MS

    async def _time(self, context: Context, word: str, ms: int) -> None:
        start = context.sent_ms / 1000
        times = {"words": [word], "start": [start], "end": [start + ms / 1000]}
        await self._send(context, "timestamps", done=False, word_timestamps=times)

    async def _send(self, context: Context, kind: str, **more: Any) -> None:
        await self.connection.send(json.dumps({"type": kind, "status_code": 206, "context_id": context.id, **more}))
        await self.server.note("said", kind=kind, context=context.id) if kind != "chunk" else None

    async def _refuse(self, id_: str, refusal: Refused) -> None:
        status, code, title, message = refusal.args
        error = {"type": "error", "done": True, "status_code": status, "error_code": code, "title": title}
        named = {"context_id": id_} if id_ else {}
        await self.connection.send(json.dumps({**error, "message": message, "request_id": "r", **named}))


def _fixed(request: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.items() if name not in FREE}


async def _strike(connection: ServerConnection, fault: Fault) -> None:
    match fault.kind:
        case "drop":
            connection.transport.abort()
        case "close":
            await connection.close()
        case "error" | "anonymous":
            raise Refused(fault.status, "internal", "It went wrong", "The server has a problem.")
    await asyncio.Event().wait()  # until the connection ends


def _fault(text: str) -> Fault:
    kind, *numbers = text.split(":")
    return Fault(cast(Any, kind), *map(int, numbers))


async def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description="Cartesia on loopback")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", default="cartesia-key", help="the only accepted API key")
    parser.add_argument("--fault", type=_fault, help="kind[:after[:times[:status]]]")
    parser.add_argument("--journal", type=Path, help="file that gets a JSON line for everything that happens")
    async with CartesiaServer(**vars(parser.parse_args())) as server:
        print(json.dumps({"url": server.url}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
