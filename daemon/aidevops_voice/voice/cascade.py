"""The cascade: recogniser, conversation, synthesiser. One call is one pipeline."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from pipecat.frames.frames import ErrorFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.audio.vad_processor import VADProcessor
from pipecat.services.stt_service import STTService
from pipecat.services.tts_service import TTSService
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.workers.runner import WorkerRunner

from aidevops_voice.adapter import Engine
from aidevops_voice.errors import SpeechError, VoiceError
from aidevops_voice.floor import endings
from aidevops_voice.ports import Ears
from aidevops_voice.voice import earcon, link
from aidevops_voice.voice.ear import Ear, Patience
from aidevops_voice.voice.hearing import SAMPLE_RATE, Hearing, Listeners, turn_decision
from aidevops_voice.voice.metrics import ReplyTimer
from aidevops_voice.voice.mouth import SpeakGate
from aidevops_voice.voice.playout import Made, Played, Playout
from aidevops_voice.voice.sentinel import Deafness, Sentinel, recogniser_failure, voice_failure

_log = logging.getLogger(__name__)
_CHECK_S = 0.1
_ERROR_CHARACTERS = 200


class Call:
    """One connected page, from its offer to its end."""

    def __init__(
        self,
        connection: SmallWebRTCConnection,
        services: tuple[STTService, TTSService],
        listeners: Listeners,
        gate: SpeakGate,
        ears: Ears,
        hearing: Hearing,
        *,
        trusted: bool,
        patience: Patience,
    ) -> None:
        self._connection = connection
        self._stt, self._tts = services
        self._gate = gate
        self._ears = ears
        self._playout = Playout()
        self._connected, self._started = asyncio.Event(), asyncio.Event()
        self._deafness = Deafness(ears)
        transport = link.transport(connection)
        timer = ReplyTimer(ears)
        self._worker = PipelineWorker(
            Pipeline(
                [
                    link.Doorman(self._error),
                    transport.input(),
                    VADProcessor(vad_analyzer=listeners.vad),
                    Sentinel(self._stt, self._deaf, self._deafness.user_spoke),
                    self._stt,
                    turn_decision(listeners, hearing),
                    Ear(ears, gate, timer, trusted=trusted, hearing=hearing, patience=patience),
                    Sentinel(self._tts, self._mute),
                    self._tts,
                    Made(gate),
                    transport.output(),
                    Played(gate, timer.sounded),
                ]
            ),
            params=PipelineParams(audio_in_sample_rate=SAMPLE_RATE, audio_out_sample_rate=earcon.SAMPLE_RATE),
            # A silent user is normal: the agent may work for an hour.
            idle_timeout_secs=None,
            cancel_on_idle_timeout=False,
            cancel_runner_on_idle_timeout=False,
            enable_turn_tracking=False,
            rtvi_observer_params=link.page_events(),
        )
        transport.add_event_handler("on_client_connected", self._on_connected)
        transport.add_event_handler("on_client_disconnected", self._on_disconnected)
        self._worker.add_event_handler("on_pipeline_started", self._on_started)

    @property
    def connected(self) -> bool:
        """Whether audio can flow."""
        return self._connected.is_set() and self._started.is_set()

    async def run(self) -> None:
        """Until the page goes or `close` is called."""
        runner = WorkerRunner(handle_sigint=False)
        await runner.add_workers(self._worker)
        async with asyncio.TaskGroup() as tasks:
            beside = [tasks.create_task(part) for part in (self._playout.run(self._tts), self._attach(), self._watch())]
            try:
                await runner.run()
            finally:
                self._gate.detach(self._playout)
                for task in beside:
                    task.cancel()

    async def close(self, *, replaced: bool = False) -> None:
        """Ask the call to end; `run` returns soon after."""
        self._gate.detach(self._playout)
        if replaced:
            link.tell_replaced(self._connection)
        await self._worker.cancel()

    async def _attach(self) -> None:
        await self._started.wait()
        await self._connected.wait()
        self._gate.attach(self._playout)
        self._ears.voice_state("connected")
        self._deafness.listened_to()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_CHECK_S)
            self._gate.check()

    async def _on_connected(self, *_: Any) -> None:
        self._connected.set()

    async def _on_started(self, *_: Any) -> None:
        self._started.set()

    async def _on_disconnected(self, *_: Any) -> None:
        await self._worker.cancel()

    def _deaf(self, frame: ErrorFrame) -> None:
        self._deafness.failed(recogniser_failure(frame))

    def _mute(self, frame: ErrorFrame) -> None:
        self._gate.fail(voice_failure(frame))

    def _error(self, frame: ErrorFrame) -> None:
        _log.error("pipeline error in %s: %s", frame.processor, str(frame.error)[:_ERROR_CHARACTERS])


class Cascade:
    """The voice front end for the daemon's life; one call at a time, the newest wins."""

    def __init__(
        self,
        ears: Ears,
        stt: Engine[STTService],
        tts: Engine[TTSService],
        *,
        trusted: bool,
        hearing: Hearing = Hearing(),  # noqa: B008  # frozen
        patience: Patience = endings.read,
    ) -> None:
        self._ears = ears
        self._patience = patience
        self._stt = stt
        self._tts = tts
        self._trusted = trusted
        self._hearing = hearing
        self._gate = SpeakGate(ears)
        self._loading: asyncio.Task[Listeners] | None = None
        self._call: Call | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def mouth(self) -> SpeakGate:
        """Valid for the daemon's life."""
        return self._gate

    @property
    def clients(self) -> int:
        """Pages that hear and are heard."""
        return int(self._call is not None and self._call.connected)

    async def warm(self) -> None:
        """Load every model and start the engines; raises SpeechError or SetupError."""
        # A broken model raises whatever its library likes; the daemon lives on without a voice.
        steps = (self._stt.warm(), self._tts.warm(), asyncio.shield(self._models()))
        ended = await asyncio.gather(*steps, return_exceptions=True)
        failed = [error for error in ended if isinstance(error, BaseException)]
        for error in failed:
            if isinstance(error, VoiceError):
                raise error
        if failed:
            _log.error("the voice cannot be loaded", exc_info=failed[0])
            raise SpeechError(f"The voice cannot be loaded ({type(failed[0]).__name__}).") from failed[0]

    async def connect(self, connection: SmallWebRTCConnection) -> None:
        """Start a call on an initialised connection; an older call is told and closed."""
        link.shorten_buffer(connection)
        link.refuse_large(connection)
        listeners = (await asyncio.shield(self._models())).fresh()
        services = self._stt.service(), self._tts.service()
        call = Call(
            connection, services, listeners, self._gate, self._ears, self._hearing,
            trusted=self._trusted, patience=self._patience,
        )  # fmt: skip
        older, self._call = self._call, call
        if older is not None:
            await older.close(replaced=True)
        task = asyncio.create_task(self._run(call), name="call")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        await asyncio.sleep(0)

    async def drain(self, timeout_s: float) -> None:
        """Let what is being said end; nothing more is begun."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._gate.drain()
        except TimeoutError:
            _log.info("the voice was cut by the end of the daemon")

    async def aclose(self) -> None:
        """End the call and both engines."""
        call, self._call = self._call, None
        if call is not None:
            await call.close()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._loading is not None:
            await asyncio.wait([self._loading])
        await self._stt.aclose()
        await self._tts.aclose()

    async def _run(self, call: Call) -> None:
        try:
            await call.run()
        finally:
            if self._call is call:
                self._call = None
            if self._call is None:
                self._ears.voice_state("disconnected")

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("a call failed", exc_info=error)

    def _models(self) -> asyncio.Task[Listeners]:
        loading = self._loading
        if loading is None or (loading.done() and (loading.cancelled() or loading.exception())):
            loading = asyncio.create_task(asyncio.to_thread(Listeners.load, self._hearing), name="load listeners")
            self._loading = loading
        return loading
