"""A loopback OpenAI-compatible chat-completions server whose answers are a script; also `python scripted_model.py`.

A script is a list of replies; a reply is `{"match": REGEX or absent, "steps": [STEP, …]}` and a step is one of
`{"text": …}` `{"reasoning": …}` `{"tool": NAME, "input": {…}}` `{"wait": seconds}` `{"gate": NAME}` `{"status": N}`
`{"drop": true}`. A request takes the first unused reply whose `match` is found in its last user message; requests for
a title are answered apart. As a program: `GET /requests` lists what was asked, `POST /gate/NAME` opens a gate.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

Step = Mapping[str, Any]
_CALLS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """One request as read from a loopback socket; header names are lower-case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body, `None` when empty."""
        return json.loads(self.body) if self.body else None


class HttpReply:
    """Writes one HTTP/1.1 answer; the connection closes after it."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    async def send(self, status: int, body: bytes = b"", kind: str = "application/json", **headers: str) -> None:
        """A whole answer with its length."""
        self._head(status, {"content-type": kind, "content-length": str(len(body)), **headers})
        self.writer.write(body)
        await self.writer.drain()

    async def json(self, status: int, value: object) -> None:
        """A whole answer as JSON."""
        await self.send(status, json.dumps(value).encode())

    async def begin(self, kind: str = "text/event-stream") -> None:
        """Start a chunked answer."""
        self._head(200, {"content-type": kind, "transfer-encoding": "chunked"})
        await self.writer.drain()

    async def chunk(self, data: bytes) -> None:
        """One chunk of a chunked answer; empty ends it."""
        self.writer.write(b"%x\r\n%b\r\n" % (len(data), data))
        await self.writer.drain()

    def drop(self) -> None:
        """Cut the connection in the middle of the answer."""
        self.writer.transport.abort()

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        lines = [
            f"HTTP/1.1 {status} X",
            "connection: close",
            *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
        ]
        self.writer.write("\r\n".join([*lines, "", ""]).encode())


Handler = Callable[[HttpRequest, HttpReply], Coroutine[Any, Any, None]]


class LoopbackServer:
    """The few lines of HTTP that scripted servers need; one request per connection."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and cut what is open."""
        if self._server:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def cut(self) -> None:
        """Cut every open connection and go on listening."""
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._handler(await _read_request(reader), HttpReply(writer))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _read_request(reader: asyncio.StreamReader) -> HttpRequest:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.rstrip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.strip().lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    path, _, query = target.partition("?")
    return HttpRequest(method, path, query, headers, body)


@dataclass(slots=True)
class Reply:
    """One answer of the model."""

    steps: Sequence[Step]
    match: str | None = None
    used: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that the model got, titles left out."""

    text: str
    """The last user message."""
    system: str
    messages: Sequence[Mapping[str, Any]]
    session: str
    tools: tuple[str, ...] = field(default=())


def text(*pieces: str) -> Reply:
    """A reply that streams these pieces."""
    return Reply([{"text": piece} for piece in pieces])


def tool(name: str, match: str | None = None, **arguments: object) -> Reply:
    """A reply that calls one tool."""
    return Reply([{"tool": name, "input": arguments}], match)


class ScriptedModel:
    """The server; `async with ScriptedModel(replies) as model` gives `model.base_url`."""

    def __init__(self, replies: Sequence[Reply] = (), title: str = "Scripted title") -> None:
        self.replies: list[Reply] = list(replies)
        self.asked: list[Asked] = []
        self.titles = 0
        self._title = title
        self._gates: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._reached: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._news = asyncio.Condition()
        self._server = LoopbackServer(self._handle)

    @property
    def base_url(self) -> str:
        """Address for an OpenAI-compatible client."""
        return f"http://127.0.0.1:{self._server.port}/v1"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.stop()

    async def start(self, port: int = 0) -> None:
        """Listen."""
        await self._server.start(port)

    def add(self, *replies: Reply) -> None:
        """Append to the script."""
        self.replies.extend(replies)

    def open_gate(self, name: str) -> None:
        """Let the replies that wait at this gate go on, now and later."""
        self._gates[name].set()

    async def at_gate(self, name: str, timeout: float = 30) -> None:
        """Wait until a reply stands at this gate."""
        async with asyncio.timeout(timeout):
            await self._reached[name].wait()

    async def asked_times(self, count: int, timeout: float = 30) -> Asked:
        """Wait for the request of this number, from 1."""
        async with asyncio.timeout(timeout), self._news:
            await self._news.wait_for(lambda: len(self.asked) >= count)
        return self.asked[count - 1]

    async def _handle(self, request: HttpRequest, reply: HttpReply) -> None:
        match request.method, request.path:
            case "POST", "/v1/chat/completions":
                await self._complete(request, reply)
            case "GET", "/requests":
                await reply.json(200, [{"text": a.text, "system": a.system, "session": a.session} for a in self.asked])
            case "POST", path if path.startswith("/gate/"):
                self.open_gate(path.removeprefix("/gate/"))
                await reply.json(200, True)
            case _:
                await reply.json(404, {"error": {"message": "no such path"}})

    async def _complete(self, request: HttpRequest, reply: HttpReply) -> None:
        body = request.json()
        if _is_title(body):
            self.titles += 1
            steps: Sequence[Step] = [{"text": self._title}]
        else:
            asked = _asked(request, body)
            steps = self._choose(asked.text).steps
            async with self._news:
                self.asked.append(asked)
                self._news.notify_all()
        await self._play(steps, reply)

    def _choose(self, last: str) -> Reply:
        for reply in self.replies:
            if not reply.used and (reply.match is None or re.search(reply.match, last)):
                reply.used = True
                return reply
        return text("Nothing more is scripted.")

    async def _play(self, steps: Sequence[Step], reply: HttpReply) -> None:
        stream = _Stream(reply)
        for step in steps:
            match step:
                case {"text": str(words)}:
                    await stream.delta({"content": words})
                case {"reasoning": str(words)}:
                    await stream.delta({"reasoning_content": words})
                case {"tool": str(name), "input": arguments}:
                    await stream.call(name, arguments)
                case {"wait": seconds}:
                    await asyncio.sleep(seconds)
                case {"gate": str(name)}:
                    await stream.open()
                    self._reached[name].set()
                    await self._gates[name].wait()
                case {"status": int(status)}:
                    await reply.json(status, {"error": {"message": f"scripted {status}", "type": "scripted"}})
                    return
                case {"drop": True}:
                    reply.drop()
                    return
        await stream.close()


class _Stream:
    """Chunks of one streamed completion."""

    def __init__(self, reply: HttpReply) -> None:
        self._reply = reply
        self._begun = False
        self._calls = 0

    async def open(self) -> None:
        if not self._begun:
            self._begun = True
            await self._reply.begin()
            await self._chunk({"role": "assistant", "content": ""})

    async def delta(self, delta: Mapping[str, object]) -> None:
        await self.open()
        await self._chunk(delta)

    async def call(self, name: str, arguments: object) -> None:
        function = {"name": name, "arguments": json.dumps(arguments)}
        index, self._calls = self._calls, self._calls + 1
        call = {"index": index, "id": f"call_{next(_CALLS)}", "type": "function", "function": function}
        await self.delta({"tool_calls": [call]})

    async def close(self) -> None:
        await self.open()
        await self._chunk({}, "tool_calls" if self._calls else "stop")
        usage = {"prompt_tokens": 10, "completion_tokens": 10, "total_tokens": 20}
        await self._send({"choices": [], "usage": usage})
        await self._reply.chunk(b"data: [DONE]\n\n")
        await self._reply.chunk(b"")

    async def _chunk(self, delta: Mapping[str, object], finish: str | None = None) -> None:
        await self._send({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    async def _send(self, fields: Mapping[str, object]) -> None:
        frame = {"id": "scripted", "object": "chat.completion.chunk", "created": 0, "model": "scripted", **fields}
        await self._reply.chunk(b"data: " + json.dumps(frame).encode() + b"\n\n")


def _asked(request: HttpRequest, body: Mapping[str, Any]) -> Asked:
    messages = body["messages"]
    last = next((m for m in reversed(messages) if m["role"] == "user"), {"content": ""})
    system = "\n".join(_content(m) for m in messages if m["role"] == "system")
    tools = tuple(each["function"]["name"] for each in body.get("tools") or ())
    return Asked(_content(last), system, messages, request.headers.get("x-session-id", ""), tools)


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "\n".join(part.get("text", "") for part in content)


def _is_title(body: Mapping[str, Any]) -> bool:
    return any(m["role"] == "system" and "title generator" in _content(m) for m in body["messages"])


def provider_config(base_url: str, **more: object) -> dict[str, Any]:
    """An OpenCode configuration whose only model is this server's."""
    model = {"name": "Scripted", "tool_call": True, "reasoning": True, "limit": {"context": 100000, "output": 8000}}
    provider = {
        "npm": "@ai-sdk/openai-compatible",
        "name": "Scripted",
        "options": {"baseURL": base_url, "apiKey": "none"},
        "models": {"scripted": model},
    }
    return {
        "model": "scripted/scripted",
        "small_model": "scripted/scripted",
        "autoupdate": False,
        "share": "disabled",
        "enabled_providers": ["scripted"],
        "provider": {"scripted": provider},
        **more,
    }


def load(path: Path) -> list[Reply]:
    """Replies of a JSON script."""
    return [Reply(each["steps"], each.get("match")) for each in json.loads(path.read_text("utf-8"))]


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", type=Path, required=True)
    options = parser.parse_args()
    model = ScriptedModel(load(options.script))
    await model.start(options.port)
    print(f"listening on {model.base_url}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_main())
