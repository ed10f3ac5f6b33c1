"""The other contestant: Pipecat as its quick-start has it, its models loaded before it is ready."""

from __future__ import annotations

import asyncio
from typing import Any

from bench.contestant import ANSWER, REQUEST, Contestant
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    Frame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    LLMTextFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair, LLMUserAggregatorParams
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.transports.base_transport import TransportParams
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.transports.smallwebrtc.transport import SmallWebRTCTransport
from pipecat.turns.user_stop import TurnAnalyzerUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.workers.runner import WorkerRunner
from wire.speech_fakes import Script, ScriptedSTT, ToneTTS, VoiceHealth


class InstantLLM(FrameProcessor):
    """Answers every context at once."""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame):
            await self.push_frame(LLMFullResponseStartFrame())
            await self.push_frame(LLMTextFrame(ANSWER))
            await self.push_frame(LLMFullResponseEndFrame())
        else:
            await self.push_frame(frame, direction)


class Bare(Contestant):
    """One pair of models is kept for the next call, as ours does."""

    def __init__(self) -> None:
        self._spare: list[tuple[SileroVADAnalyzer, LocalSmartTurnAnalyzerV3]] = []
        self._calls: set[asyncio.Task[None]] = set()

    async def warm(self) -> None:
        self._spare.append(await asyncio.to_thread(_models))

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def connect(self, connection: SmallWebRTCConnection) -> None:
        models = self._spare.pop() if self._spare else await asyncio.to_thread(_models)
        transport = SmallWebRTCTransport(connection, TransportParams(audio_in_enabled=True, audio_out_enabled=True))
        worker = _worker(transport, *models)

        async def gone(*_: Any) -> None:
            await worker.cancel()

        transport.add_event_handler("on_client_disconnected", gone)
        runner = WorkerRunner(handle_sigint=False)
        await runner.add_workers(worker)
        task = asyncio.create_task(runner.run())
        self._calls.add(task)
        task.add_done_callback(self._calls.discard)
        self._spare.append(await asyncio.to_thread(_models))


def _models() -> tuple[SileroVADAnalyzer, LocalSmartTurnAnalyzerV3]:
    return SileroVADAnalyzer(), LocalSmartTurnAnalyzerV3()


def _worker(transport: SmallWebRTCTransport, vad: SileroVADAnalyzer, turn: LocalSmartTurnAnalyzerV3) -> PipelineWorker:
    pair = LLMContextAggregatorPair(
        LLMContext(),
        user_params=LLMUserAggregatorParams(
            vad_analyzer=vad,
            user_turn_strategies=UserTurnStrategies(stop=[TurnAnalyzerUserTurnStopStrategy(turn_analyzer=turn)]),
        ),
    )
    return PipelineWorker(
        Pipeline(
            [
                transport.input(),
                ScriptedSTT(Script([REQUEST])),
                pair.user(),
                InstantLLM(),
                ToneTTS(VoiceHealth()),
                transport.output(),
                pair.assistant(),
            ]
        ),
        params=PipelineParams(enable_metrics=True, enable_usage_metrics=True),
    )


CONTESTANT = Bare
