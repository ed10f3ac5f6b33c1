"""espeak-ng from its wheel: instant, robotic, everywhere.

The library is GPL-3; it is loaded only in a process of its own, which talks with the daemon over pipes.
"""

from __future__ import annotations

import importlib.util
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, ClassVar

from pipecat.frames.frames import ErrorFrame, Frame, TTSAudioRawFrame
from pipecat.services.settings import TTSSettings
from pipecat.services.tts_service import TTSService
from pydantic import Field

from aidevops_voice.adapter import Adapter, Engine, Options, Probe, Workplace
from aidevops_voice.errors import MissingExtra, SpeechError
from aidevops_voice_adapters.tts._espeak_engine import Sentence, Voice

CURE = "pip install 'aidevops-voice[espeak]'"
SAMPLE_RATE = 22050
"""The library's own; the transport resamples."""
SLOWEST, FASTEST = 80, 450
"""Words per minute that the library takes."""


class EspeakOptions(Options):
    """How it sounds."""

    voice: str = "en-us"
    """Name of an espeak-ng voice, with a variant after a plus sign if wanted: en-us+f3."""
    rate: int = Field(default=175, ge=SLOWEST, le=FASTEST)
    """Words per minute."""
    pitch: int = Field(default=50, ge=0, le=99)
    """From 0 to 99, 50 is the voice's own."""
    volume: int = Field(default=100, ge=0, le=200)
    """Percent."""


class EspeakService(TTSService):
    """One call's voice; the library is shared with every other call."""

    takes_rate: ClassVar[bool] = True

    def __init__(self, voice: Voice, options: EspeakOptions) -> None:
        super().__init__(
            sample_rate=SAMPLE_RATE,
            push_start_frame=True,
            push_stop_frames=True,
            # A sentence of nothing but symbols makes no sound and is no reason to give the voice up.
            max_consecutive_zero_audio_contexts=0,
            settings=TTSSettings(model="espeak-ng", voice=options.voice, language=None),
        )
        self._espeak = voice
        self._usual = self._rate = options.rate
        self._making: dict[str, Sentence] = {}

    def can_generate_metrics(self) -> bool:
        """Time to first byte is measured."""
        return True

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        """Audio as it is made."""
        try:
            self._making[context_id] = sentence = self._espeak.begin(text, self._rate)
            async with aclosing(self._espeak.chunks(sentence)) as chunks:
                async for chunk in chunks:
                    await self.stop_ttfb_metrics()
                    yield TTSAudioRawFrame(chunk, SAMPLE_RATE, 1, context_id=context_id)
        except SpeechError as error:
            yield ErrorFrame(error=error.message, exception=error)
        finally:
            self._making.pop(context_id, None)

    async def _update_settings(self, delta: Any) -> dict[str, Any]:
        if times := delta.extra.get("rate"):
            self._rate = min(max(round(self._usual * times), SLOWEST), FASTEST)
        return await super()._update_settings(delta)

    async def on_audio_context_interrupted(self, context_id: str) -> None:
        """Talking stops the voice, in the library too."""
        sentence = self._making.pop(context_id, None)
        if sentence is not None:
            self._espeak.drop(sentence)


class EspeakEngine:
    """The voice and its calls."""

    def __init__(self, options: EspeakOptions) -> None:
        self._options = options
        self.voice = Voice(options.model_dump())

    async def warm(self) -> None:
        """Raises MissingExtra or VoiceFailed."""
        if not _installed():
            raise MissingExtra("espeakng-loader is not installed", cure=CURE)
        await self.voice.warm()

    def service(self) -> TTSService:
        """A new call's service."""
        return EspeakService(self.voice, self._options)

    async def aclose(self) -> None:
        """End the process."""
        await self.voice.aclose()


def _installed() -> bool:
    return importlib.util.find_spec("espeakng_loader") is not None


def _probe(options: EspeakOptions, workplace: Workplace) -> Probe:
    if _installed():
        return Probe(True, "its voices are in the wheel")
    return Probe(False, "espeakng-loader is not installed", CURE)


def _build(options: EspeakOptions, workplace: Workplace) -> Engine[TTSService]:
    return EspeakEngine(options)


ADAPTER = Adapter(
    options=EspeakOptions,
    build=_build,
    summary="espeak-ng on this machine's CPU: robotic, but at once",
    extra="espeak",
    capabilities=frozenset({"local"}),
    probe=_probe,
)
