"""What every cloud speech service over WebSocket needs beside Pipecat's client: key, safe address, nose for death.

Pipecat's client reconnects at once but then waits 4 to 10 s and gives up after three tries, notices a dead peer only
after 40 s, and hands vendor errors without the expected fields to nobody.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit

from pipecat.frames.frames import ErrorFrame
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.websocket_service import ReportErrorCallback, WebsocketService, _BoundedConnection
from pipecat.utils.errors import ErrorCategory, classify_http_exception
from pydantic import AfterValidator
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from aidevops_voice.adapter import Options, Probe, Workplace
from aidevops_voice.errors import MissingSecret, SetupError, SpeechError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
PATIENCE = {"reconnect_backoff_min_wait": 1.0, "reconnect_backoff_max_wait": 5.0}
"""Seconds between tries to reconnect: 1, 2, 4, then 5; the first try comes at once."""
TRIES = 8
"""About half a minute; each failed try is told upstream, the last one makes the service unusable."""
PING_S = 5.0
_QUOTED = 200

Sieve = Callable[[str | bytes], Awaitable[str | bytes | None]]


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "wss" and not (parts.scheme == "ws" and parts.hostname in LOOPBACK):
        raise ValueError("must be wss://…, or ws:// on loopback: the key and the user's voice travel on it")
    return url


SocketUrl = Annotated[str, AfterValidator(_checked)]
"""A WebSocket address on which a key may travel."""


class CloudOptions(Options):
    """Settings of every cloud service."""

    url: SocketUrl
    """Address of the vendor's WebSocket, of a proxy to it, or of a loopback server."""


def api_key(workplace: Workplace, name: str) -> str:
    """The secret `name`; raises MissingSecret."""
    key = workplace.secrets.get(name, "")
    if not key:
        raise MissingSecret(
            f"{name} is not set.",
            cure=f"Run in a terminal: aidevops secret set {name}   (or set {name} in the environment)",
        )
    return key


def refuse_offline(options: CloudOptions, workplace: Workplace) -> None:
    """Raise SetupError for an address beyond this machine when the network is switched off."""
    if workplace.offline and urlsplit(options.url).hostname not in LOOPBACK:
        raise SetupError(
            f"{urlsplit(options.url).hostname} is on the network, and --offline forbids it.",
            cure="Start without --offline, or with the embedded profile: --profile embedded",
        )


def probe(name: str) -> Callable[[CloudOptions, Workplace], Probe]:
    """A probe that looks for the secret `name` and for --offline; asks no server."""

    def look(options: CloudOptions, workplace: Workplace) -> Probe:
        try:
            api_key(workplace, name)
            refuse_offline(options, workplace)
        except SetupError as error:
            return Probe(False, error.message, error.cure)
        return Probe(True, "the key is there")

    return look


class _Connection(_BoundedConnection):
    """Lets the receive loop tell of a closed connection: it alone reads the vendor's reason."""

    async def send(self, *args: Any, **kwargs: Any) -> None:
        with suppress(ConnectionClosed):
            await super().send(*args, **kwargs)


class _Sifted:
    """A connection whose incoming messages pass through a sieve first."""

    def __init__(self, websocket: Any, sieve: Sieve) -> None:
        self._websocket = websocket
        self._sieve = sieve

    async def send(self, message: str | bytes) -> None:
        await self._websocket.send(message)

    async def __aiter__(self) -> AsyncGenerator[str | bytes, None]:
        async for message in self._websocket:
            sifted = await self._sieve(message)
            if sifted is not None:
                yield sifted


@dataclass(frozen=True, slots=True)
class Vendor:
    """Whose service it is, which key it takes, and what its failure is called and sounds like."""

    name: str
    key: str
    failure: type[SpeechError]
    spoken: str

    def told(self, frame: ErrorFrame) -> SpeechError:
        """The failure as user and page are told."""
        quoted = frame.error[:_QUOTED]
        match frame.category:
            case ErrorCategory.AUTHENTICATION | ErrorCategory.AUTHORIZATION:
                why = f"{self.name} refuses the key {self.key}."
                cure = f"Set the right one: aidevops secret set {self.key} · Then run: aidevops-voice restart"
            case ErrorCategory.QUOTA | ErrorCategory.RATE_LIMIT:
                why = f"{self.name} gives this account no more just now: {quoted}"
                cure = "Look at your account there, or take a profile that needs none: --profile embedded"
            case ErrorCategory.INVALID_REQUEST:
                why = f"{self.name} refuses the options of this profile: {quoted}"
                cure = "Check them in ~/.config/aidevops/voice.yaml, then run: aidevops-voice restart"
            case ErrorCategory.CONNECTIVITY:
                why = f"{self.name} does not answer: {quoted}"
                cure = "Check the network; it is tried again by itself. Meanwhile you can type and read."
            case _:
                why = f"{self.name} has a problem: {quoted}"
                cure = "It is tried again by itself. Meanwhile you can type and read."
        return self.failure(why, cure=cure, spoken=self.spoken)


class CloudSocket(FrameProcessor, WebsocketService):
    """Mixed in before a Pipecat WebSocket service: sees each message first, and reports a vendor that falls silent."""

    vendor: ClassVar[Vendor]
    _alarm: asyncio.TimerHandle | None = None
    _receive_task: Any

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._connecting = asyncio.Lock()

    async def push_error_frame(self, error: ErrorFrame, force_treat_as_permanent: bool = False) -> None:
        """Also puts into `exception` what the user is told."""
        if error.category is None and error.exception:
            error.category = classify_http_exception(error.exception)
        error.exception = self.vendor.told(error)
        await super().push_error_frame(error, force_treat_as_permanent)

    async def _connect(self) -> None:
        async with self._connecting:
            pass  # a try to reconnect that is under way
        # Pipecat starts no other receive loop when the first has given up, or sleeps between two tries to reconnect.
        loop = self._receive_task
        if loop and (loop.done() or (self._reconnect_in_progress and not self._is_open())):
            self._receive_task = None
            await self.cancel_task(loop)
        await super()._connect()  # type: ignore[no-untyped-call]  # Pipecat leaves it untyped

    async def _sift(self, message: str | bytes) -> str | bytes | None:
        """The message as Pipecat shall see it, or None to keep it from Pipecat."""
        raise NotImplementedError

    async def _silent(self) -> None:
        """Nothing came for as long as `_expect` said: tell it upstream."""
        raise NotImplementedError

    def _get_websocket(self) -> _Sifted:
        if not self._websocket:
            raise ConnectionError("not connected")
        return _Sifted(self._websocket, self._sift)

    async def _websocket_connect(self, uri: str, **kwargs: Any) -> Any:
        quiet = logging.getLogger(f"{__name__}.wire")
        quiet.setLevel(logging.INFO)  # at DEBUG it would write the handshake, and the key in it
        limits = {"ping_interval": PING_S, "ping_timeout": PING_S, "open_timeout": PING_S}
        return await super()._websocket_connect(uri, create_connection=_Connection, logger=quiet, **limits, **kwargs)

    def _is_open(self) -> bool:
        return self._websocket is not None and self._websocket.state is State.OPEN

    async def _connect_websocket(self) -> None:
        # The receive loop and a sentence to speak may both want a connection.
        async with self._connecting:
            if not self._is_open():
                await self._connect_anew()

    async def _connect_anew(self) -> None:
        await super()._connect_websocket()  # type: ignore[safe-super, no-untyped-call]  # the service mixed into has it

    async def _reconnect_websocket(self, attempt_number: int) -> bool:
        return self._is_open() or await super()._reconnect_websocket(attempt_number)

    async def _try_reconnect(self, max_retries: int = TRIES, report_error: ReportErrorCallback | None = None) -> bool:
        return await super()._try_reconnect(TRIES, report_error)

    async def _disconnect(self) -> None:
        self._calm()
        await super()._disconnect()  # type: ignore[no-untyped-call]  # Pipecat leaves it untyped

    def _expect(self, seconds: float) -> None:
        self._calm()
        self._alarm = asyncio.get_running_loop().call_later(seconds, self._ring)

    def _calm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None

    def _ring(self) -> None:
        self._alarm = None
        self.create_task(self._give_up(), "silence")

    async def _give_up(self) -> None:
        await self._silent()
        if self._websocket:
            # A closing handshake would wait for the silent peer; the receive loop sees the abort and reconnects.
            self._websocket.transport.abort()
