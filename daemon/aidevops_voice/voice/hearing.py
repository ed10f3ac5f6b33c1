"""When the user speaks and when a turn is over, by its sound."""

from __future__ import annotations

import asyncio
import copy
from dataclasses import dataclass

import numpy as np
from pipecat.audio.turn.base_turn_analyzer import EndOfTurnState
from pipecat.audio.turn.smart_turn.base_smart_turn import BaseSmartTurn, SmartTurnParams
from pipecat.audio.turn.smart_turn.local_smart_turn_v3 import LocalSmartTurnAnalyzerV3
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADAnalyzer, VADParams, VADState
from pipecat.frames.frames import (
    Frame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.metrics.metrics import MetricsData
from pipecat.turns.types import ProcessFrameResult
from pipecat.turns.user_start import VADUserTurnStartStrategy
from pipecat.turns.user_stop import TurnAnalyzerUserTurnStopStrategy
from pipecat.turns.user_stop.base_user_turn_stop_strategy import BaseUserTurnStopStrategy
from pipecat.turns.user_turn_processor import UserTurnProcessor
from pipecat.turns.user_turn_strategies import UserTurnStrategies

from aidevops_voice.adapter import Recognised
from aidevops_voice.floor import endings

SAMPLE_RATE = 16_000
"""Hz, of everything that listens."""
_SHORTEST_PAUSE_S = 0.06


@dataclass(frozen=True, slots=True)
class Hearing:
    """How patiently and how closely to listen; seconds, but for the last three."""

    start_s: float = 0.2
    """Speech needed before it counts, and stops the voice."""
    stop_s: float = 0.2
    """Silence after which the turn model is believed."""
    ahead_s: float = 0.11
    """How long before `stop_s` have passed the turn model is asked; its answer counts only then."""
    unfinished_s: float = 1.5
    """Silence that ends a turn which sounds unfinished, or whose words are."""
    hold_s: float = 20.0
    """Silence that ends a turn in which the user asked for time."""
    wordless_s: float = 2.0
    """Silence that ends a turn of which the recogniser understood nothing."""
    confidence: float = 0.7
    """How sure Silero must be that it hears a voice, 0 to 1."""
    min_volume: float = 0.6
    """How loud it must be, 0 to 1."""
    threads: int = 1
    """Threads of the turn model; two were slower than one on two busy cores."""


class PauseVad(SileroVADAnalyzer):
    """Silero that also tells of a pause before it counts as silence; its own state is published only when settled."""

    @property
    def speaking(self) -> bool:
        """The newest window was speech."""
        return self._vad_state is VADState.SPEAKING

    @property
    def pause_s(self) -> float:
        """Seconds of silence inside what still counts as speech."""
        if self._vad_state is not VADState.STOPPING:
            return 0.0
        return float(self._vad_stopping_count * self._vad_frames / self.sample_rate)

    def fresh(self) -> PauseVad:
        """On the same ONNX session, with nothing heard yet."""
        twin = copy.copy(self)
        VADAnalyzer.__init__(twin, params=self.params)
        twin._model = copy.copy(self._model)
        twin._model.reset_states()
        twin._windows_since_reset = twin._low_confidence_windows = 0
        twin.set_sample_rate(SAMPLE_RATE)
        return twin


class EarlyTurn(LocalSmartTurnAnalyzerV3):
    """Smart Turn asked during the silence that the VAD waits for, so that its 60 to 100 ms cost nothing.

    The missing silence is filled with zeros; on complete and cut-off commands the verdict was the same as after the
    full silence. A verdict of "unfinished" is asked again with the real audio.
    """

    def __init__(self, vad: PauseVad, hearing: Hearing) -> None:
        super().__init__(cpu_count=hearing.threads, params=SmartTurnParams(stop_secs=hearing.unfinished_s))
        self._pauses = vad
        self._early_s = max(_SHORTEST_PAUSE_S, hearing.stop_s - hearing.ahead_s)
        self._fill = (0.0, np.zeros(int(max(0.0, hearing.stop_s - self._early_s) * SAMPLE_RATE), np.int16))
        self._early: asyncio.Future[tuple[EndOfTurnState, MetricsData | None]] | None = None

    def append_audio(self, buffer: bytes, is_speech: bool) -> EndOfTurnState:
        """Also starts or forgets the early question."""
        state = super().append_audio(buffer, is_speech)
        if self._pauses.speaking:
            self._early = None
        elif is_speech and self._early is None and self._pauses.pause_s >= self._early_s:
            audio = [*self._audio_buffer, self._fill]
            loop = asyncio.get_running_loop()
            self._early = loop.run_in_executor(self._model_executor, self._process_speech_segment, audio)
        return state

    async def analyze_end_of_turn(self) -> tuple[EndOfTurnState, MetricsData | None]:
        """The early verdict when it says complete, else a fresh one."""
        early, self._early = self._early, None
        if early is not None:
            state, metrics = await early
            if state is EndOfTurnState.COMPLETE:
                self._clear(state)
                return state, metrics
        return await super().analyze_end_of_turn()

    def fresh(self, vad: PauseVad) -> EarlyTurn:
        """On the same ONNX session, with nothing heard yet."""
        twin = copy.copy(self)
        BaseSmartTurn.__init__(twin, params=self.params)
        twin._pauses, twin._early = vad, None
        twin.set_sample_rate(SAMPLE_RATE)
        return twin


@dataclass(frozen=True, slots=True)
class Listeners:
    """The two models; loaded once and in a thread, which it holds for 100 ms, then each call takes a fresh pair.

    The sessions are shared: they keep no state and may run in many threads, but a new pair of them costs 20 MB that
    do not come back with the end of a call.
    """

    vad: PauseVad
    turn: EarlyTurn

    @classmethod
    def load(cls, hearing: Hearing) -> Listeners:
        """Load both and run each once: the first inference is slower than the rest."""
        params = VADParams(
            confidence=hearing.confidence,
            start_secs=hearing.start_s,
            stop_secs=hearing.stop_s,
            min_volume=hearing.min_volume,
        )
        vad = PauseVad(sample_rate=SAMPLE_RATE, params=params)
        turn = EarlyTurn(vad, hearing)
        vad.set_sample_rate(SAMPLE_RATE)
        turn.set_sample_rate(SAMPLE_RATE)
        vad.voice_confidence(bytes(2 * vad.num_frames_required()))
        turn._predict_endpoint(np.zeros(SAMPLE_RATE, np.float32))
        return cls(vad, turn)

    def fresh(self) -> Listeners:
        """For one call, which closes them; under a millisecond."""
        vad = self.vad.fresh()
        return Listeners(vad, self.turn.fresh(vad))

    async def close(self) -> None:
        """End their threads; the pipeline of a call does so itself."""
        for model in (self.vad, self.turn):
            await model.cleanup()  # type: ignore[no-untyped-call]


class WholePhrase(BaseUserTurnStopStrategy):
    """A whole phrase of the recogniser's grammar, or `over`, is an end whatever the turn model makes of its melody."""

    _speaking = False

    async def process_frame(self, frame: Frame) -> ProcessFrameResult:
        """Ends the turn with the final transcript when it is such a phrase and the user is silent."""
        match frame:
            case VADUserStartedSpeakingFrame():
                self._speaking = True
            case VADUserStoppedSpeakingFrame():
                self._speaking = False
            case TranscriptionFrame(result=Recognised(certain=True)) if not self._speaking:
                await self.trigger_user_turn_stopped()
            case TranscriptionFrame(text=text) if not self._speaking and endings.read(text).then == "now":
                await self.trigger_user_turn_stopped()
        return ProcessFrameResult.CONTINUE


def turn_decision(listeners: Listeners, hearing: Hearing) -> UserTurnProcessor:
    """A turn begins with the VAD and ends with the turn model and a final transcript.

    A transcript alone does not begin a turn: one that comes late would interrupt the answer to itself.
    """
    return UserTurnProcessor(
        user_turn_strategies=UserTurnStrategies(
            start=[VADUserTurnStartStrategy()],
            stop=[WholePhrase(), TurnAnalyzerUserTurnStopStrategy(turn_analyzer=listeners.turn)],
        ),
        user_turn_stop_timeout=hearing.wordless_s,
    )
