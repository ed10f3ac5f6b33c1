"""One speech service in a real pipeline: frames in at the top, everything that comes out below collected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from pipecat.frames.frames import (
    EndFrame,
    ErrorFrame,
    Frame,
    InputAudioRawFrame,
    StartFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.workers.runner import WorkerRunner

LIMIT_S = 30.0

F = TypeVar("F", bound=Frame)


class Sink(FrameProcessor):
    """Keeps what arrives, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[Frame] = []
        self.news = asyncio.Condition()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Keep and pass on."""
        await super().process_frame(frame, direction)
        await self.keep(frame)
        await self.push_frame(frame, direction)

    async def keep(self, frame: Frame) -> None:
        """Wake those who wait for it."""
        async with self.news:
            self.frames.append(frame)
            self.news.notify_all()

    async def until(self, enough: Callable[[list[Frame]], bool]) -> list[Frame]:
        """What has come, once it is enough."""
        async with asyncio.timeout(LIMIT_S), self.news:
            await self.news.wait_for(lambda: enough(self.frames))
        return self.frames


class Call:
    """A running pipeline with one service of ours."""

    def __init__(self, worker: PipelineWorker, sink: Sink) -> None:
        self._worker = worker
        self.sink = sink

    async def send(self, *frames: Frame) -> None:
        """Queue at the top."""
        for frame in frames:
            await self._worker.queue_frame(frame)

    async def speak(self, audio: bytes, rate: int = 16000, channels: int = 1) -> None:
        """What transport and VAD deliver for one utterance: pre-roll, start, speech, stop."""
        step = rate // 50 * 2 * channels
        chunks = [audio[at : at + step] for at in range(0, len(audio), step)]
        # The VAD is sure 0.2 s after the words began, and the recordings begin with 0.3 s of room.
        for chunk in chunks[:25]:
            await self.send(InputAudioRawFrame(chunk, rate, channels))
        await self.send(VADUserStartedSpeakingFrame(start_secs=0.2))
        for chunk in chunks[25:]:
            await self.send(InputAudioRawFrame(chunk, rate, channels))
        await self.send(VADUserStoppedSpeakingFrame(stop_secs=0.2))


def has(kind: type[Frame], count: int = 1) -> Callable[[list[Frame]], bool]:
    """Whether so many frames of a kind have come."""
    return lambda frames: sum(isinstance(frame, kind) for frame in frames) >= count


def of(kind: type[F], frames: list[Frame]) -> list[F]:
    """Only those."""
    return [frame for frame in frames if isinstance(frame, kind)]


@asynccontextmanager
async def call(service: FrameProcessor) -> AsyncGenerator[Call, None]:
    """A call from start to its graceful end."""
    sink = Sink()
    worker = PipelineWorker(
        Pipeline([service, sink]),
        params=PipelineParams(audio_in_sample_rate=16000, audio_out_sample_rate=24000),
        idle_timeout_secs=None,
        enable_rtvi=False,
    )

    async def on_pipeline_error(worker: PipelineWorker, frame: ErrorFrame) -> None:
        await sink.keep(frame)

    worker.add_event_handler("on_pipeline_error", on_pipeline_error)
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    async with asyncio.TaskGroup() as group:
        group.create_task(runner.run())
        await sink.until(has(StartFrame))
        try:
            yield Call(worker, sink)
        finally:
            await worker.queue_frame(EndFrame())
