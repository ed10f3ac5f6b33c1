"""Speech engines without delay: the recogniser returns scripted text, the voice is a tone as long as its words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np
from pipecat.frames.frames import ErrorFrame, Frame, TranscriptionFrame, TTSAudioRawFrame
from pipecat.services.settings import STTSettings, TTSSettings
from pipecat.services.stt_service import SegmentedSTTService
from pipecat.services.tts_service import TTSService
from pipecat.utils.time import time_now_iso8601

from aidevops_voice.adapter import Recognised

S = TypeVar("S")
SAMPLE_RATE = 24_000
MS_PER_WORD = 300
CHUNK_MS = 40
TONE_HZ = 1000.0


@dataclass
class Script:
    """What the recogniser understands: one entry per segment, the last for ever; none: nothing; error…: it fails."""

    texts: list[str] = field(default_factory=lambda: ["run the tests"])
    certain: bool = True
    segments: int = 0

    def next(self) -> str:
        """The text of the segment that just ended."""
        text = self.texts[min(self.segments, len(self.texts) - 1)] if self.texts else ""
        self.segments += 1
        return text


class ScriptedSTT(SegmentedSTTService):
    """Answers as soon as the VAD says that speech ended."""

    def __init__(self, script: Script) -> None:
        super().__init__(
            trailing_silence_secs=0, ttfs_p99_latency=0.35, settings=STTSettings(model="scripted", language=None)
        )
        self._script = script

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """One final transcript per segment."""
        text = self._script.next()
        if text.startswith("error"):
            yield ErrorFrame(text)
        elif text:
            yield TranscriptionFrame(text, "user", time_now_iso8601(), result=Recognised(self._script.certain))
        else:
            yield None


def tone(ms: float, hertz: float = TONE_HZ) -> bytes:
    """A sine at half scale, 16-bit mono."""
    at = np.arange(int(SAMPLE_RATE * ms / 1000)) / SAMPLE_RATE
    samples: bytes = (0.5 * 32767 * np.sin(2 * np.pi * hertz * at)).astype("<i2").tobytes()
    return samples


class ToneTTS(TTSService):
    """300 ms of tone per word, all of it at once; changes its pace if the health says that it can."""

    def __init__(self, health: VoiceHealth) -> None:
        super().__init__(
            push_start_frame=True,
            push_stop_frames=True,
            sample_rate=SAMPLE_RATE,
            settings=TTSSettings(model="tone", voice="sine", language=None),
        )
        self._health = health
        self.takes_rate = health.takes_rate

    async def _update_settings(self, delta: Any) -> dict[str, Any]:
        self._health.rates.append(delta.extra["rate"])
        return await super()._update_settings(delta)

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        """Chunks of 40 ms."""
        self._health.texts.append(text)
        match self._health.state:
            case "well":
                sound = tone(MS_PER_WORD * len(text.split()) / self._settings.extra.get("rate", 1.0))
                step = SAMPLE_RATE * CHUNK_MS // 1000 * 2
                for at in range(0, len(sound), step):
                    yield TTSAudioRawFrame(sound[at : at + step], SAMPLE_RATE, 1, context_id=context_id)
            case "error":
                yield ErrorFrame("no voice today")
            case "mute":
                await asyncio.Event().wait()
                yield None
            case other:
                raise AssertionError(other)


@dataclass
class VoiceHealth:
    """well, error (says so) or mute (says nothing); and every text and rate asked for."""

    state: str = "well"
    texts: list[str] = field(default_factory=list)
    takes_rate: bool = True
    rates: list[float] = field(default_factory=list)


@dataclass
class FakeEngine(Generic[S]):
    """Counts what the cascade does with an engine."""

    make: Callable[[], S]
    warmed: int = 0
    closed: int = 0

    async def warm(self) -> None:
        self.warmed += 1

    def service(self) -> S:
        return self.make()

    async def aclose(self) -> None:
        self.closed += 1
