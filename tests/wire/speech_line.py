"""One speech service in a real Pipecat pipeline of its own, every frame that leaves it kept."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeVar

from pipecat.frames.frames import (
    DataFrame,
    ErrorFrame,
    Frame,
    InputAudioRawFrame,
    TTSSpeakFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.workers.runner import WorkerRunner

F = TypeVar("F", bound=Frame)
contacted: list[Any] = []
"""Every address that this process asked the resolver or the kernel for since the last `clear()`."""


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        contacted.append(args[1])
    elif event == "socket.getaddrinfo":
        contacted.append(args[:2])


sys.addaudithook(_watch)


@dataclass
class _Mark(DataFrame):
    """Comes out behind everything that went in before it."""


class _Tap(FrameProcessor):
    def __init__(self, line: SpeechLine) -> None:
        super().__init__(enable_direct_mode=True)
        self._line = line

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        await self._line.take(frame)
        await self.push_frame(frame, direction)


class SpeechLine:
    """Runs the pipeline while its `async with` block runs."""

    def __init__(self, service: FrameProcessor, *before: FrameProcessor, rate: int = 16000) -> None:
        self.service = service
        self.before = before
        self.rate = rate
        self.frames: list[Frame] = []
        self._news = asyncio.Condition()
        self._open = AsyncExitStack()

    def of(self, kind: type[F]) -> list[F]:
        """Frames of one kind that left the service, oldest first."""
        return [frame for frame in self.frames if isinstance(frame, kind)]

    async def take(self, frame: Frame) -> None:
        """Keep a frame."""
        self.frames.append(frame)
        async with self._news:
            self._news.notify_all()

    async def until(self, condition: Callable[[], Any], seconds: float = 8) -> None:
        """Wait until the frames so far make `condition` true."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(lambda: bool(condition()))

    async def first(self, kind: type[F], seconds: float = 8) -> F:
        """Wait for the first frame of one kind."""
        await self.until(lambda: self.of(kind), seconds)
        return self.of(kind)[0]

    async def error(self, part: str, seconds: float = 8) -> ErrorFrame:
        """Wait for an error whose text holds `part`."""
        await self.until(lambda: any(part in frame.error for frame in self.of(ErrorFrame)), seconds)
        return next(frame for frame in self.of(ErrorFrame) if part in frame.error)

    async def settled(self) -> None:
        """Wait until the service has dealt with everything that was sent, and no task of it tries to connect."""
        mark = _Mark()
        await self.send(mark)
        await self.until(lambda: sum(frame is mark for frame in self.frames) == 2)
        if task := self.service._receive_task:  # type: ignore[attr-defined]
            async with asyncio.timeout(8):
                await asyncio.wait([task])

    async def send(self, *frames: Frame) -> None:
        """Queue frames at the start of the pipeline."""
        for frame in frames:
            await self._worker.queue_frame(frame)

    async def speak(self, audio: bytes, *, begin: bool = True, end: bool = True) -> None:
        """The user says `audio`: what a VAD tells, and the sound in frames of 20 ms."""
        await self.send(*[VADUserStartedSpeakingFrame(start_secs=0.2)] * begin)
        await self.hear(audio)
        await self.send(*[VADUserStoppedSpeakingFrame(stop_secs=0.2)] * end)

    async def hear(self, audio: bytes) -> None:
        """Sound from the microphone in frames of 20 ms."""
        step = self.rate // 50 * 2
        starts = range(0, len(audio), step)
        await self.send(*[InputAudioRawFrame(audio[start : start + step], self.rate, 1) for start in starts])

    async def say(self, text: str) -> None:
        """Have `text` spoken as an utterance of its own."""
        await self.send(TTSSpeakFrame(text))

    async def __aenter__(self) -> Self:
        pipeline = Pipeline([_Tap(self), *self.before, self.service, _Tap(self)])
        params = PipelineParams(audio_in_sample_rate=self.rate, audio_out_sample_rate=self.rate)
        self._worker = PipelineWorker(pipeline, params=params, enable_rtvi=False, idle_timeout_secs=None)
        started = asyncio.Event()

        async def on_started(worker: PipelineWorker, frame: Frame) -> None:
            started.set()

        self._worker.add_event_handler("on_pipeline_started", on_started)
        runner = WorkerRunner(handle_sigint=False)
        await runner.add_workers(self._worker)
        running = asyncio.create_task(runner.run())
        self._open.push_async_callback(_finished, running)
        self._open.push_async_callback(self._worker.cancel)
        async with asyncio.timeout(10):
            await started.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()


async def _finished(running: asyncio.Task[None]) -> None:
    async with asyncio.timeout(10):
        await running
