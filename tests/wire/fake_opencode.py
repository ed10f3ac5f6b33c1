"""A small loopback server with OpenCode's v1 surface, for faults that the real one cannot be made to do."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Sequence
from typing import Any, Self

from wire.scripted_model import HttpReply, HttpRequest, LoopbackServer

SESSION = "ses_fake1"


class FakeOpenCode:
    """One session; tests say what is sent, stored, listed and broken."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.status: dict[str, Any] = {}
        self.permissions: list[dict[str, Any]] | None = []
        """`None`: the list fails."""
        self.prompts: list[dict[str, Any]] = []
        self.created: list[dict[str, Any]] = []
        self.replies: list[tuple[str, Any]] = []
        self.health: tuple[int, str, bytes] = (200, "application/json", b'{"healthy":true,"version":"1.18.33"}')
        self.odd: dict[str, tuple[bytes, dict[str, str]]] = {}
        """Body and headers of a success, by path."""
        self.brought_up: list[str] = []
        """Sessions that the terminal was told to show."""
        self.lose_responses = 0
        """So many prompts are taken without an answer."""
        self.silent = False
        """Streams open and say nothing."""
        self.streams = 0
        self._out: set[asyncio.Queue[bytes | None]] = set()
        self._news = asyncio.Condition()
        self._ids = itertools.count(1)
        self._server = LoopbackServer(self._handle)

    @property
    def url(self) -> str:
        """Address."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._server.port

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listen."""
        await self._server.start(port)

    async def stop(self) -> None:
        """Go away with all connections."""
        await self._server.stop()

    async def streamed(self, count: int) -> None:
        """Wait until the stream was opened this often."""
        async with asyncio.timeout(30), self._news:
            await self._news.wait_for(lambda: self.streams >= count)

    async def prompted(self, count: int) -> None:
        """Wait for this many prompts."""
        async with asyncio.timeout(30), self._news:
            await self._news.wait_for(lambda: len(self.prompts) >= count)

    def raw(self, data: bytes) -> None:
        """Bytes on every open stream."""
        for queue in self._out:
            queue.put_nowait(data)

    def cut(self) -> None:
        """Break every open stream."""
        for queue in self._out:
            queue.put_nowait(None)

    def frame(self, kind: str, **properties: Any) -> bytes:
        """One frame with a fresh id."""
        event = {"id": f"evt_{next(self._ids):06}", "type": kind, "properties": properties}
        return b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n"

    def send(self, kind: str, **properties: Any) -> None:
        """One frame on every open stream."""
        self.raw(self.frame(kind, **properties))

    async def _handle(self, request: HttpRequest, reply: HttpReply) -> None:
        if odd := self.odd.get(request.path):
            await reply.send(200, odd[0], **odd[1])
            return
        match request.method, request.path.strip("/").split("/"):
            case "GET", ["global", "health"]:
                status, kind, body = self.health
                await reply.send(status, body, kind)
            case "GET", ["event"]:
                await self._stream(reply)
            case "GET", ["session", "status"]:
                await reply.json(200, self.status)
            case "GET", ["session", _, "message"]:
                await reply.json(200, self.messages)
            case "GET", ["session", _, "message", name]:
                found = [each for each in self.messages if each["info"]["id"] == name]
                await reply.json(200 if found else 404, found[0] if found else {"name": "NotFoundError"})
            case "GET", ["permission"]:
                listed = self.permissions
                await reply.json(400 if listed is None else 200, listed if listed is not None else {"name": "Bad"})
            case "GET", ["session", name]:
                await reply.json(200, {"id": name, "title": "fake", "directory": ""})
            case "POST", ["tui", "select-session"]:
                self.brought_up.append(request.json()["sessionID"])
                await reply.json(200, True)
            case "POST", ["session"]:
                self.created.append(request.json())
                await reply.json(200, {"id": SESSION, "title": "fake", "directory": ""})
            case "POST", ["session", _, "prompt_async"]:
                await self._prompt(request.json(), reply)
            case "POST", ["session", _, "abort"]:
                self.status = {}
                await reply.json(200, True)
            case "POST", ["permission", name, "reply"]:
                self.replies.append((name, request.json()))
                await reply.json(200, True)
            case "GET", [*_]:
                await reply.json(200, [])
            case _:
                await reply.json(404, {"name": "NotFoundError"})

    async def _prompt(self, body: dict[str, Any], reply: HttpReply) -> None:
        self.messages.append(user(body["messageID"], body["parts"][0]["text"]))
        async with self._news:
            self.prompts.append(body)
            self._news.notify_all()
        if self.lose_responses:
            self.lose_responses -= 1
            reply.drop()
        else:
            await reply.send(204)

    async def _stream(self, reply: HttpReply) -> None:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        await reply.begin()
        if not self.silent:
            await reply.chunk(self.frame("server.connected"))
        self._out.add(queue)
        async with self._news:
            self.streams += 1
            self._news.notify_all()
        try:
            while (data := await queue.get()) is not None:
                await reply.chunk(data)
            reply.drop()
        finally:
            self._out.discard(queue)


def user(name: str, words: str) -> dict[str, Any]:
    """A stored prompt."""
    return {"info": head(name, "user"), "parts": [part(f"prt_{name}", name, words)]}


def head(name: str, role: str, parent: str | None = None, *, done: bool = False, **more: Any) -> dict[str, Any]:
    """The head of a message."""
    time = {"created": 1, **({"completed": 2} if done else {})}
    info = {"id": name, "role": role, "sessionID": SESSION, "time": time, **more}
    return {**info, **({"parentID": parent} if parent else {}), **({"finish": "stop"} if done else {})}


def part(name: str, message: str, words: str, *, end: bool | None = None) -> dict[str, Any]:
    """A text part; `end` is None for the user's."""
    time = {} if end is None else {"time": {"start": 1, **({"end": 2} if end else {})}}
    return {"id": name, "messageID": message, "sessionID": SESSION, "type": "text", "text": words, **time}


def answer(fake: FakeOpenCode, turn: str, words: Sequence[str]) -> list[bytes]:
    """The frames of a whole plain turn."""
    message, text_part = f"msg_a_{turn}", f"prt_a_{turn}"
    whole = "".join(words)
    delta = {"sessionID": SESSION, "messageID": message, "partID": text_part, "field": "text"}
    return [
        fake.frame("message.updated", info=head(turn, "user")),
        fake.frame("message.part.updated", part=part(f"prt_{turn}", turn, "asked")),
        fake.frame("session.status", sessionID=SESSION, status={"type": "busy"}),
        fake.frame("message.updated", info=head(message, "assistant", turn)),
        fake.frame("message.part.updated", part=part(text_part, message, "", end=False)),
        *(fake.frame("message.part.delta", **delta, delta=each) for each in words),
        fake.frame("message.part.updated", part=part(text_part, message, whole, end=True)),
        fake.frame("message.updated", info=head(message, "assistant", turn, done=True)),
        fake.frame("session.status", sessionID=SESSION, status={"type": "idle"}),
        fake.frame("session.idle", sessionID=SESSION),
    ]


def stored(turn: str, words: str, *, done: bool = True) -> list[dict[str, Any]]:
    """The same turn as listed; unfinished text is not stored."""
    message = f"msg_a_{turn}"
    text_part = part(f"prt_a_{turn}", message, words if done else "", end=done)
    return [user(turn, "asked"), {"info": head(message, "assistant", turn, done=done), "parts": [text_part]}]
