"""HTTP to one OpenCode server for one project folder; every failure comes out as an AgentError."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from aidevops_voice.errors import AgentError, AgentFailed, AgentRefused, AgentUnreachable, AgentUnsafe, AgentUnsupported
from aidevops_voice_adapters.agent._opencode_json import STEP, Broken, Documents, Frames, parse

USER = "opencode"
_PROBE_S = 1.0
"""A request sent while the server boots may never be answered: ask again instead of waiting."""
_CALL_S = 30.0
_QUIET_S = 30.0
"""A heartbeat comes every 10 s; a stream that is silent for longer is dead."""
_VERSION = re.compile(r"(\d+)\.(\d+)\.\d+")
_CURE_VERSION = "Install a version that is known to work with: npm install -g opencode-ai@1.18.33"


class NotFound(AgentError):
    """The server has no such thing (404)."""


class Silent(AgentUnreachable):
    """Something accepts connections and does not answer in time."""


class Link:
    """A client of one server; `url` without a path, no credentials in it."""

    def __init__(self, url: str, password: str, user: str, directory: Path) -> None:
        self.url = url.rstrip("/")
        self.version = ""
        self._client = httpx.AsyncClient(
            base_url=self.url,
            auth=(user or USER, password) if password else None,
            params={"directory": str(directory)},
            timeout=httpx.Timeout(_CALL_S, connect=5.0),
            # The server drops idle connections; a reused one that is just being dropped costs a retry.
            limits=httpx.Limits(keepalive_expiry=2.0),
            trust_env=not is_loopback(url),
        )
        self._password = bool(password)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def probe(self) -> None:
        """Make sure that a known, healthy server answers; raises AgentUnreachable, AgentRefused, AgentUnsupported."""
        try:
            response = await self._client.get("/global/health", timeout=_PROBE_S)
        except httpx.RequestError as error:
            raise self._unreachable(error) from None
        self.version = self._known_version(response)

    async def get(self, path: str, **params: str | int) -> Any:
        """One JSON value; raises NotFound, AgentError."""
        async with aclosing(self._documents(path, params, level=0)) as documents:
            async for document in documents:
                return document
        return None

    async def items(self, path: str, **params: str | int) -> list[Any]:
        """The elements of a JSON list, each read by itself; raises NotFound, AgentError."""
        async with aclosing(self._documents(path, params, level=1)) as documents:
            return [document async for document in documents]

    async def post(
        self, path: str, body: Mapping[str, Any] | None = None, timeout: float = _CALL_S, method: str = "POST"
    ) -> Any:
        """Answer of a write, `None` when empty; raises NotFound, AgentUnreachable when its fate is unknown."""
        try:
            response = await self._client.request(method, path, json=body or {}, timeout=timeout)
        except httpx.RequestError as error:
            raise self._unreachable(error) from None
        self._check(response)
        try:
            return parse(response.content) if response.content else None
        except Broken as error:
            raise _unreadable(path, error) from None

    async def frames(self) -> AsyncGenerator[Any, None]:
        """The event stream: each frame's JSON, `None` for a broken one; raises AgentUnreachable at its end."""
        reader = Frames()
        async with aclosing(self._pieces("/event", timeout=httpx.Timeout(_QUIET_S, connect=5.0))) as pieces:
            async for piece in pieces:
                for document in reader.feed(piece):
                    yield _parsed(document)
        raise AgentUnreachable(f"OpenCode at {self.url} ended the event stream.")

    async def _documents(self, path: str, params: Mapping[str, str | int], level: int) -> AsyncGenerator[Any, None]:
        reader = Documents(level)
        try:
            async with aclosing(self._pieces(path, params=params)) as pieces:
                async for piece in pieces:
                    for document in reader.feed(piece):
                        yield parse(document)
        except Broken as error:
            raise _unreadable(path, error) from None

    async def _pieces(self, path: str, **options: Any) -> AsyncGenerator[bytes, None]:
        """An answer as it comes, in parts that hold up the event loop for a moment only."""
        try:
            async with self._client.stream("GET", path, **options) as response:
                self._check(response)
                async for chunk in response.aiter_bytes():
                    for at in range(0, len(chunk), STEP):
                        yield chunk[at : at + STEP]
                        await asyncio.sleep(0)
        except httpx.RequestError as error:
            raise self._unreachable(error) from None

    def _check(self, response: httpx.Response) -> None:
        if response.is_success and not _is_page(response):
            return
        match response.status_code:
            case 401:
                raise self._refused()
            case 404:
                raise NotFound("OpenCode does not know that.")
            case status if response.is_success:
                raise AgentUnsupported(f"{self.url} answers with a web page.", cure=_CURE_VERSION)
            case status:
                raise AgentFailed(f"OpenCode answered {response.request.url.path} with status {status}.")

    def _known_version(self, response: httpx.Response) -> str:
        if response.status_code == 401:
            raise self._refused()
        if _is_page(response):
            message = f"{self.url} answers with a web page: it is OpenCode 2 or not OpenCode at all."
            raise AgentUnsupported(message, cure=_CURE_VERSION)
        found: Any = None
        with contextlib.suppress(Broken):
            found = parse(response.content[:STEP])
        version = found.get("version") if response.is_success and isinstance(found, dict) else None
        if not isinstance(version, str) or not found.get("healthy"):
            raise AgentUnsupported(f"{self.url} is not an OpenCode server.", cure="Check the address.")
        number = _VERSION.match(version)
        if not number or not (1, 18) <= (int(number[1]), int(number[2])) < (2, 0):
            message = f"{self.url} runs OpenCode {version[:20]}; this program knows 1.18 and later 1.x."
            raise AgentUnsupported(message, cure=_CURE_VERSION)
        return version

    def _refused(self) -> AgentRefused:
        what = "refuses the password" if self._password else "asks for a password"
        return AgentRefused(f"OpenCode at {self.url} {what}.")

    def _unreachable(self, error: httpx.RequestError) -> AgentUnreachable:
        kind = Silent if isinstance(error, httpx.ReadTimeout) else AgentUnreachable
        cure = f"Start it with: opencode serve --port {urlsplit(self.url).port or 4096}, or leave out the address."
        return kind(f"OpenCode does not answer at {self.url} ({type(error).__name__}).", cure=cure)


def check_address(url: str, password: str) -> None:
    """Refuse an address off this machine without TLS and a password; raises AgentUnsafe."""
    if is_loopback(url) or (urlsplit(url).scheme == "https" and password):
        return
    raise AgentUnsafe(
        f"{url} is on another machine; that needs https and a password.",
        cure="Forward its port with: ssh -L 4096:127.0.0.1:4096 HOST, and use http://127.0.0.1:4096.",
        spoken="That address is not safe. The page says why.",
    )


def is_loopback(url: str) -> bool:
    """Whether the address cannot leave this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_page(response: httpx.Response) -> bool:
    return "html" in response.headers.get("content-type", "")


def _unreadable(path: str, error: Broken) -> AgentFailed:
    return AgentFailed(f"OpenCode's answer to {path} cannot be read: {error}.")


def _parsed(document: bytes | None) -> Any:
    try:
        return None if document is None else parse(document)
    except Broken:
        return None
