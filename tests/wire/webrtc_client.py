"""A page without a browser: an aiortc peer that sends speech and records what it hears, on one monotonic clock."""

from __future__ import annotations

import asyncio
import fractions
import json
import time
import wave
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import numpy as np
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.jitterbuffer import JitterBuffer
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, AudioResampler

RATE = 48_000
BLOCK = RATE // 50
"""20 ms."""
LOUD = 32768 * 10 ** (-35 / 20)
"""RMS above which a block counts as sound."""

Offer = Callable[[dict[str, str]], Awaitable[dict[str, str]]]
"""Carries an SDP offer to the server and brings its answer."""


def load_wav(path: Path) -> np.ndarray:
    """Samples at 48 kHz, 16-bit mono, without the silence behind the last loud sample."""
    with wave.open(str(path)) as file:
        rate, data = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), np.int16)
    frame = AudioFrame.from_ndarray(data[None, :], layout="mono")
    frame.sample_rate = rate
    resampler = AudioResampler("s16", "mono", RATE)
    pieces = [piece.to_ndarray()[0] for piece in [*resampler.resample(frame), *resampler.resample(None)]]
    samples: np.ndarray = np.concatenate(pieces)
    loud = np.flatnonzero(np.abs(samples) > 32768 * 10 ** (-40 / 20))
    return samples[: loud[-1] + 1]


class Microphone(MediaStreamTrack):
    """The noise of a quiet room (-80 dBFS), until `say` puts speech in; paced by the clock.

    In digital silence the turn model doubts sentences that it takes for complete in any real room.
    """

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._began = time.monotonic()
        self._sent = 0
        self._room = np.random.default_rng(7).normal(0, 3, 50 * BLOCK).astype(np.int16)
        self._queue: deque[tuple[np.ndarray, asyncio.Future[float] | None]] = deque()

    def say(self, samples: np.ndarray) -> tuple[asyncio.Future[float], asyncio.Future[float]]:
        """Futures of the monotonic seconds at which the first and the last sample leave."""
        loop = asyncio.get_running_loop()
        first, last = loop.create_future(), loop.create_future()
        blocks = [samples[at : at + BLOCK] for at in range(0, len(samples), BLOCK)]
        loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 32768 * 10 ** (-40 / 20))
        onset = int(loud[0]) // BLOCK if len(loud) else 0
        for index, block in enumerate(blocks):
            padded = np.pad(block, (0, BLOCK - len(block)))
            self._queue.append((padded, last if index == len(blocks) - 1 else first if index == onset else None))
        return first, last

    async def recv(self) -> AudioFrame:
        """The next 20 ms."""
        due = self._began + self._sent / RATE
        if (wait := due - time.monotonic()) > 0:
            await asyncio.sleep(wait)
        at = self._sent % len(self._room)
        room = self._room[at : at + BLOCK]
        block, moment = self._queue.popleft() if self._queue else (np.zeros(BLOCK, np.int16), None)
        if moment is not None and not moment.done():
            moment.set_result(time.monotonic())
        frame = AudioFrame.from_ndarray((block + room)[None, :], layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._sent, fractions.Fraction(1, RATE)
        self._sent += BLOCK
        return frame


class Listener:
    """Level and pitch of every 20 ms heard, with the time of arrival."""

    def __init__(self) -> None:
        self.blocks: list[tuple[float, float, float]] = []
        """Monotonic seconds, RMS, strongest Hz."""
        self._news = asyncio.Event()

    async def run(self, track: MediaStreamTrack) -> None:
        """Until the track ends."""
        resampler = AudioResampler("s16", "mono", RATE)
        while True:
            try:
                frame = cast(AudioFrame, await track.recv())
            except MediaStreamError:
                return
            now = time.monotonic()
            samples = np.concatenate([piece.to_ndarray()[0] for piece in resampler.resample(frame)] or [np.zeros(1)])
            rms = float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
            hertz = float(np.argmax(np.abs(np.fft.rfft(samples)))) * RATE / max(1, len(samples)) if rms > LOUD else 0.0
            self.blocks.append((now, rms, hertz))
            self._news.set()

    async def sound_after(self, moment: float, timeout_s: float = 5.0, hertz: tuple[float, float] = (0, 1e9)) -> float:
        """When the first sound after a moment arrived."""
        async with asyncio.timeout(timeout_s):
            while True:
                for at, rms, pitch in self.blocks:
                    if at > moment and rms > LOUD and hertz[0] <= pitch <= hertz[1]:
                        return at
                await self._next()

    async def silence_after(self, moment: float, for_s: float = 0.3, timeout_s: float = 10.0) -> float:
        """When the last sound before `for_s` of silence arrived, seen from a moment on."""
        async with asyncio.timeout(timeout_s):
            while True:
                loud = [at for at, rms, _ in self.blocks if rms > LOUD]
                last = max([at for at in loud if at >= moment] or [moment])
                if self.blocks and self.blocks[-1][0] - last >= for_s:
                    return last
                await self._next()

    def loud_ms(self, since: float, until: float = float("inf")) -> float:
        """How much sound was heard in between."""
        return 20.0 * sum(1 for at, rms, _ in self.blocks if since <= at <= until and rms > LOUD)

    async def _next(self) -> None:
        self._news.clear()
        await self._news.wait()


class Page:
    """One connected peer."""

    def __init__(self) -> None:
        # An empty list: with None aiortc asks a public STUN server.
        self.pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.microphone = Microphone()
        self.heard = Listener()
        self.messages: list[dict[str, Any]] = []
        self.closed = asyncio.Event()
        self.connected = asyncio.Event()
        self._channel = self.pc.createDataChannel("signalling")
        self._tasks: list[asyncio.Task[None]] = []
        self._news = asyncio.Event()
        self.pc.addTrack(self.microphone)
        self.pc.on("track", self._on_track)
        self.pc.on("connectionstatechange", self._on_state)
        self._channel.on("message", self._on_message)
        self.open = asyncio.Event()
        self._channel.on("open", self.open.set)

    async def connect(self, offer: Offer) -> None:
        """Offer, answer, and wait until audio flows."""
        await self.pc.setLocalDescription(await self.pc.createOffer())
        answer = await offer({"sdp": self.pc.localDescription.sdp, "type": self.pc.localDescription.type})
        await self.pc.setRemoteDescription(RTCSessionDescription(answer["sdp"], answer["type"]))
        async with asyncio.timeout(10):
            await self.connected.wait()

    def send(self, type_: str, data: dict[str, Any] | None = None) -> None:
        """One RTVI message."""
        self._channel.send(json.dumps({"label": "rtvi-ai", "type": type_, "id": type_, "data": data or {}}))

    async def message(self, type_: str, timeout_s: float = 5.0) -> dict[str, Any]:
        """The first message of that type."""
        async with asyncio.timeout(timeout_s):
            while True:
                for message in self.messages:
                    if message.get("type") == type_:
                        return message
                self._news.clear()
                await self._news.wait()

    async def close(self) -> None:
        """Hang up."""
        await self.pc.close()
        await asyncio.gather(*self._tasks)

    def _on_track(self, track: MediaStreamTrack) -> None:
        # The harness should add as little delay as it can: one frame instead of aiortc's four.
        receiver = self.pc.getTransceivers()[0].receiver
        receiver._RTCRtpReceiver__jitter_buffer = JitterBuffer(capacity=16, prefetch=0)  # type: ignore[attr-defined]
        self._tasks.append(asyncio.create_task(self.heard.run(track)))

    async def _on_state(self) -> None:
        if self.pc.connectionState == "connected":
            self.connected.set()
        elif self.pc.connectionState in ("closed", "failed"):
            self.closed.set()

    def _on_message(self, message: str) -> None:
        self.messages.append(json.loads(message))
        self._news.set()


@asynccontextmanager
async def page(offer: Offer) -> AsyncGenerator[Page, None]:
    """A page that hangs up at the end."""
    it = Page()
    try:
        await it.connect(offer)
        yield it
    finally:
        await it.close()
