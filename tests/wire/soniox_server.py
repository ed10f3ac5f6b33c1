"""A loopback server that speaks Soniox's real-time protocol and hears what its script says.

Protocol: https://soniox.com/docs/stt/api-reference/websocket-api, /docs/guides/websocket-authentication and
/docs/stt/rt/error-handling: key in the Authorization header, one JSON configuration, binary audio, `finalize` answered
with a final `<fin>` token, an empty message answered with `finished`; an error is one JSON message before the close.

In a test: `async with SonioxServer(say=["run the tests"]) as server: … server.url`.
As a program: `python tests/wire/soniox_server.py --port 0 --say "run the tests" --fault drop:800`; prints one JSON line
with its `url` when it listens, then with --journal one JSON line into that file for everything it gets.

Each finalize after at least 200 ms of sound yields the next text of `say`; later ones hear nothing. With `levels`
the server really listens: each word is a stretch of a square wave of its own amplitude (see `coded`), so that lost or
doubled audio becomes a lost or doubled word; words are final one second after they were heard.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from array import array
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, cast

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

PATH = "/transcribe-websocket"
MODELS = frozenset({"stt-rt-v5", "stt-rt-v4"})
IDLE_S = 20.0
LOUD = 300
WORD_MS = 300
FINAL_AFTER_MS = 1000
TELL_EVERY_MS = 60
Token = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong on the first `times` connections, `after_ms` of audio into each."""

    kind: Literal["drop", "hang", "busy"]
    """drop: cut without a closing frame; hang: stay connected, never answer again; busy: error 503, then close."""
    after_ms: int = 0
    times: int = 1


@dataclass(slots=True)
class Call:
    """What one connection sent."""

    key: str
    config: dict[str, Any] = field(default_factory=dict)
    audio: bytearray = field(default_factory=bytearray)
    controls: list[str] = field(default_factory=list)
    """finalize, keepalive, end; in order."""


class Refused(Exception):
    """An error of the protocol: HTTP status, stable type, message."""


def coded(words: Sequence[int], rate: int = 16000, gap_ms: int = 100) -> bytes:
    """Sound in which a server with `levels` hears the words of these numbers; 16 bit mono PCM."""
    out = bytearray()
    for word in words:
        level = 1000 * (word + 1)
        out += array("h", [level if n // 20 % 2 else -level for n in range(rate * WORD_MS // 1000)]).tobytes()
        out += bytes(rate * gap_ms // 1000 * 2)
    return bytes(out)


class Ear:
    """The words in the audio of one connection so far, with the millisecond at which each ends."""

    def __init__(self, rate: int, levels: Sequence[str]) -> None:
        self.rate = rate
        self.levels = levels
        self.ms = 0
        self.loud_ms = 0
        self.words: list[tuple[str, int]] = []
        self._rest = b""
        self._run: tuple[int, int] = (0, 0)

    def hear(self, audio: bytes) -> None:
        """Take more audio, in steps of 10 ms."""
        step = self.rate // 100 * 2
        audio = self._rest + audio
        for start in range(0, len(audio) - step + 1, step):
            self._step(array("h", audio[start : start + step]))
        self._rest = audio[len(audio) - len(audio) % step :]

    def _step(self, samples: array[int]) -> None:
        self.ms += 10
        level = sum(map(abs, samples)) // len(samples)
        self.loud_ms += 10 if level > LOUD else 0
        number = round(level / 1000) if level > LOUD else 0
        known, length = self._run
        self._run = (number, length + 10 if number == known else 10)
        if self.levels and number and self._run[1] == WORD_MS - 50:
            self.words.append((" " + self.levels[number - 1], self.ms))


class SonioxServer:
    """Listens on loopback while its `async with` block runs; keeps everything it was sent in `calls`."""

    def __init__(
        self,
        say: Sequence[str] = (),
        *,
        levels: Sequence[str] = (),
        key: str = "soniox-key",
        wrong_key: Literal["handshake", "message", "bare"] = "message",
        fault: Fault | None = None,
        port: int = 0,
        journal: Path | None = None,
    ) -> None:
        self.say = list(say)
        self.levels = levels
        self.key = key
        self.wrong_key = wrong_key
        self.fault = fault
        self.port = port
        self.journal = journal
        self.calls: list[Call] = []
        self._connections: set[ServerConnection] = set()
        self._news = asyncio.Condition()
        self._open = AsyncExitStack()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"ws://127.0.0.1:{self.port}{PATH}"

    async def until(self, condition: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until something it was sent makes `condition` true."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(condition)

    def cut(self) -> None:
        """Drop every connection without a closing frame."""
        for connection in self._connections:
            connection.transport.abort()

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
        if request.path != PATH:
            return connection.respond(HTTPStatus.NOT_FOUND, "no such path\n")
        if self.wrong_key == "handshake" and _key(request) != self.key:
            return connection.respond(HTTPStatus.UNAUTHORIZED, '{"error_code": 401, "error_type": "unauthenticated"}\n')
        return None

    async def _talk(self, connection: ServerConnection) -> None:
        call = Call(_key(cast(Request, connection.request)))
        self.calls.append(call)
        self._connections.add(connection)
        await self._note(call, "connected")
        fault = self.fault if self.fault and len(self.calls) <= self.fault.times else None
        try:
            await self._session(connection, call, fault)
        except Refused as refusal:
            await self._refuse(connection, *refusal.args)
        except ConnectionClosed:
            pass
        self._connections.discard(connection)
        await self._note(call, "closed")

    async def _session(self, connection: ServerConnection, call: Call, fault: Fault | None) -> None:
        if call.key != self.key:
            raise Refused(401, "unauthenticated", "Incorrect API key provided.")
        call.config = _configuration(await connection.recv())
        await self._note(call, "config", config=call.config)
        talk = _Talk(self, connection, Ear(call.config["sample_rate"], self.levels))
        while True:
            if fault and talk.ear.ms >= fault.after_ms and (call.audio or not fault.after_ms):
                await _strike(connection, fault)
            message = await _next(connection)
            if isinstance(message, bytes) and message:
                call.audio += message
                await talk.listen(message)
                await self._note(call, "audio", bytes=len(message), quiet=True)
                continue
            control = _control(message)
            call.controls.append(control)
            await self._note(call, control)
            if control != "keepalive":
                await talk.finish(control)
            if control == "end":
                return

    async def _refuse(self, connection: ServerConnection, code: int, kind: str, message: str) -> None:
        error: dict[str, Any] = {"tokens": [], "error_code": code, "error_type": kind, "error_message": message}
        if self.wrong_key == "bare":  # the error page of the documentation shows errors without tokens
            del error["tokens"]
        await connection.send(json.dumps(error))
        await connection.close()

    async def _note(self, call: Call, what: str, *, quiet: bool = False, **more: Any) -> None:
        if self.journal and not quiet:
            line = json.dumps({"call": self.calls.index(call), "what": what, "bytes": len(call.audio), **more})
            with self.journal.open("a") as file:
                file.write(line + "\n")
        async with self._news:
            self._news.notify_all()


class _Talk:
    """The answers of one connection."""

    def __init__(self, server: SonioxServer, connection: ServerConnection, ear: Ear) -> None:
        self.server = server
        self.connection = connection
        self.ear = ear
        self.told_words = 0
        self.told_ms = 0
        self.final_ms = 0
        self.answered_loud_ms = 0

    async def listen(self, audio: bytes) -> None:
        """Hear and tell the words so far, the old ones as final."""
        self.ear.hear(audio)
        if self.ear.ms < self.told_ms + TELL_EVERY_MS:
            return
        self.told_ms = self.ear.ms
        words = self._words()
        ripe = [word for word in words if self.server.levels and word[1] <= self.ear.ms - FINAL_AFTER_MS]
        self.told_words += len(ripe)
        self.final_ms = ripe[-1][1] if ripe else self.final_ms
        await self._tell([_token(*word, final=word in ripe) for word in words])

    async def finish(self, control: str) -> None:
        """Make everything final."""
        tokens = [_token(*word, final=True) for word in self._words()]
        if not self.server.levels and tokens:
            self.server.say.pop(0)
        self.told_words = len(self.ear.words)
        self.answered_loud_ms = self.ear.loud_ms
        self.final_ms = self.ear.ms
        if control == "finalize":
            await self._tell([*tokens, {"text": "<fin>", "is_final": True}])
            return
        await self._tell(tokens)
        await self._tell([], finished=True)

    def _words(self) -> list[tuple[str, int]]:
        if self.server.levels:
            return self.ear.words[self.told_words :]
        loud = self.ear.loud_ms - self.answered_loud_ms
        if loud < 200 or not self.server.say:
            return []
        return [(piece, self.ear.ms) for piece in _pieces(self.server.say[0])]

    async def _tell(self, tokens: list[Token], **more: Any) -> None:
        times = {"final_audio_proc_ms": self.final_ms, "total_audio_proc_ms": self.ear.ms}
        await self.connection.send(json.dumps({"tokens": tokens, **times, **more}))


def _pieces(text: str) -> list[str]:
    first, *rest = text.split(" ")
    return [first, *(" " + word for word in rest)]


def _token(text: str, end_ms: int, *, final: bool) -> Token:
    return {"text": text, "start_ms": end_ms - 200, "end_ms": end_ms, "confidence": 0.97, "is_final": final}


def _key(request: Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


async def _next(connection: ServerConnection) -> str | bytes:
    try:
        async with asyncio.timeout(IDLE_S):
            return await connection.recv()
    except TimeoutError:
        raise Refused(408, "request_timeout", "Request timeout.") from None


async def _strike(connection: ServerConnection, fault: Fault) -> None:
    match fault.kind:
        case "drop":
            connection.transport.abort()
            await connection.wait_closed()
        case "hang":
            async for _ in connection:
                pass
        case "busy":
            raise Refused(503, "service_unavailable", "Cannot continue request (code 1). Please restart the request.")


def _configuration(message: str | bytes) -> dict[str, Any]:
    try:
        config: dict[str, Any] = json.loads(message)
    except ValueError:
        raise Refused(400, "invalid_request", "Start request is malformed.") from None
    if config.get("model") not in MODELS:
        raise Refused(400, "model_not_available", "Invalid model specified.")
    if config.get("audio_format") != "pcm_s16le" or config.get("num_channels") != 1:
        raise Refused(400, "invalid_request", "Audio data channels must be specified for PCM formats")
    if not isinstance(config.get("sample_rate"), int):
        raise Refused(400, "invalid_request", "Audio data sample rate must be specified for PCM formats")
    if any(len(hint) != 2 for hint in config.get("language_hints") or ()):
        raise Refused(400, "invalid_request", "Invalid language hint.")
    return config


def _control(message: str | bytes) -> str:
    if not message:
        return "end"
    try:
        kind = json.loads(message)["type"]
    except (ValueError, KeyError, TypeError):
        raise Refused(400, "invalid_request", "Control request is malformed.") from None
    if kind not in ("finalize", "keepalive"):
        raise Refused(400, "invalid_request", "Control request invalid type.")
    return str(kind)


def _fault(text: str) -> Fault:
    kind, *numbers = text.split(":")
    return Fault(cast(Any, kind), *map(int, numbers))


async def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description="Soniox on loopback")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--say", action="append", default=[], help="what the next utterance is heard as; repeatable")
    parser.add_argument("--key", default="soniox-key", help="the only accepted API key")
    parser.add_argument("--wrong-key", choices=("handshake", "message", "bare"), default="message")
    parser.add_argument("--fault", type=_fault, help="drop|hang|busy[:after_ms[:times]]")
    parser.add_argument("--journal", type=Path, help="file that gets a JSON line for everything that is received")
    options = vars(parser.parse_args())
    async with SonioxServer(options.pop("say"), **options) as server:
        print(json.dumps({"url": server.url}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
