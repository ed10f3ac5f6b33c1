"""PocketSphinx: a small recogniser with its English models in the wheel; good for phrases, poor for free speech."""

from __future__ import annotations

import asyncio
import importlib.util
from array import array
from collections import deque
from collections.abc import AsyncGenerator
from typing import Any

from pipecat.audio.utils import create_stream_resampler
from pipecat.frames.frames import (
    CancelFrame,
    EndFrame,
    Frame,
    InputAudioRawFrame,
    InterimTranscriptionFrame,
    StartFrame,
    TranscriptionFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection
from pipecat.services.settings import STTSettings
from pipecat.services.stt_service import STTService
from pipecat.transcriptions.language import Language
from pipecat.utils.time import time_now_iso8601

from aidevops_voice.adapter import Adapter, Engine, Options, Probe, Recognised, Workplace
from aidevops_voice.errors import MissingExtra
from aidevops_voice_adapters.stt._pocketsphinx_engine import Final, Interim, Lost, News, Recogniser, Utterance

CURE = "pip install 'aidevops-voice[pocketsphinx]'"
SAMPLE_RATE = 16000
PREROLL_BYTES = SAMPLE_RATE
"""Half a second before the VAD was sure."""
NEWS_LIMIT = 64
"""News of the recogniser that wait for the pipeline; the oldest are dropped beyond."""
FINAL_P99_S = 0.4
"""End of speech to final text, the VAD's 0.2 s included; measured 0.23 median, 0.33 at worst."""


class PocketSphinxOptions(Options):
    """The models are those of the wheel."""

    grammar: bool = True
    """Whether the commands and known requests are recognised as whole phrases beside free speech."""


class PocketSphinxService(STTService):
    """One call's ear; the decoders are shared with every other call."""

    def __init__(self, recogniser: Recogniser) -> None:
        super().__init__(
            sample_rate=SAMPLE_RATE,
            ttfs_p99_latency=FINAL_P99_S,
            settings=STTSettings(model="en-us", language=Language.EN_US),
        )
        self._recogniser = recogniser
        self._resampler = create_stream_resampler()
        self._utterance: Utterance | None = None
        """The newest; it stays until the next begins."""
        self._preroll: deque[bytes] = deque()
        self._preroll_bytes = 0
        self._news: asyncio.Queue[tuple[Utterance, News]] = asyncio.Queue(NEWS_LIMIT)
        self._teller: asyncio.Task[Any] | None = None

    async def start(self, frame: StartFrame) -> None:
        """Begin to pass news on."""
        await super().start(frame)
        self._teller = self.create_task(self._tell(), name="pocketsphinx news")

    async def stop(self, frame: EndFrame) -> None:
        """The call is over."""
        await super().stop(frame)
        await self._leave()

    async def cancel(self, frame: CancelFrame) -> None:
        """The call is over now."""
        await super().cancel(frame)
        await self._leave()

    async def cleanup(self) -> None:
        """The pipeline is torn down, whatever happened before."""
        await super().cleanup()  # type: ignore[no-untyped-call]
        await self._leave()

    async def process_audio_frame(self, frame: InputAudioRawFrame, direction: FrameDirection) -> None:
        """Bring foreign formats to 16 kHz mono first."""
        if frame.num_channels != 1 or frame.sample_rate != SAMPLE_RATE:
            mono = array("h", frame.audio)[:: frame.num_channels].tobytes()
            audio = await self._resampler.resample(mono, frame.sample_rate, SAMPLE_RATE)
            if not audio:
                return
            frame = InputAudioRawFrame(audio=audio, sample_rate=SAMPLE_RATE, num_channels=1)
        await super().process_audio_frame(frame, direction)

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """Feed the open utterance, or keep a little for the next one."""
        if self._utterance is not None and not self._utterance.ended:
            self._recogniser.feed(self._utterance, audio)
        else:
            self._keep(audio)
        yield None

    async def _handle_vad_user_started_speaking(self, frame: VADUserStartedSpeakingFrame) -> None:
        await super()._handle_vad_user_started_speaking(frame)
        self._close()
        self._utterance = self._recogniser.begin(self._hear)
        self._recogniser.feed(self._utterance, b"".join(self._preroll))
        self._preroll.clear()
        self._preroll_bytes = 0

    async def _handle_vad_user_stopped_speaking(self, frame: VADUserStoppedSpeakingFrame) -> None:
        await super()._handle_vad_user_stopped_speaking(frame)
        self.request_finalize()  # type: ignore[no-untyped-call]
        self._close()

    def _close(self) -> None:
        if self._utterance is not None and not self._utterance.ended:
            self._recogniser.end(self._utterance)

    def _keep(self, audio: bytes) -> None:
        self._preroll.append(audio)
        self._preroll_bytes += len(audio)
        while self._preroll_bytes > PREROLL_BYTES + len(self._preroll[0]):
            self._preroll_bytes -= len(self._preroll.popleft())

    def _hear(self, utterance: Utterance, news: News) -> None:
        if self._news.full():
            self._news.get_nowait()
        self._news.put_nowait((utterance, news))

    async def _tell(self) -> None:
        while True:
            utterance, news = await self._news.get()
            match news:
                case Interim(text):
                    if utterance is self._utterance:
                        await self.push_frame(InterimTranscriptionFrame(text, self._user_id, time_now_iso8601()))
                case Final(text, certain):
                    await self._tell_final(utterance, text, certain)
                case Lost(error):
                    await self.push_error(error.message, exception=error)

    async def _tell_final(self, utterance: Utterance, text: str, certain: bool) -> None:
        # While the user talks on, the text of what came before must not end the turn.
        if utterance is self._utterance:
            self.confirm_finalize()  # type: ignore[no-untyped-call]
        if text:
            result = Recognised(certain=certain)
            await self.push_frame(TranscriptionFrame(text, self._user_id, time_now_iso8601(), result=result))
        await self.emit_stt_usage_metrics()  # type: ignore[no-untyped-call]

    async def _leave(self) -> None:
        if self._utterance is not None:
            self._recogniser.forget(self._utterance)
            self._utterance = None
        if self._teller is not None:
            teller, self._teller = self._teller, None
            await self.cancel_task(teller)


class PocketSphinxEngine:
    """The recogniser and its calls."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self.recogniser = Recogniser(phrases)

    async def warm(self) -> None:
        """Raises MissingExtra or RecogniserFailed."""
        if not _installed():
            raise MissingExtra("pocketsphinx is not installed", cure=CURE)
        await self.recogniser.warm()

    def service(self) -> STTService:
        """A new call's service."""
        return PocketSphinxService(self.recogniser)

    async def aclose(self) -> None:
        """End the process."""
        await self.recogniser.aclose()


def _installed() -> bool:
    return importlib.util.find_spec("pocketsphinx") is not None


def _probe(options: PocketSphinxOptions, workplace: Workplace) -> Probe:
    if _installed():
        return Probe(True, "its models are in the wheel")
    return Probe(False, "pocketsphinx is not installed", CURE)


def _build(options: PocketSphinxOptions, workplace: Workplace) -> Engine[STTService]:
    return PocketSphinxEngine(workplace.phrases if options.grammar else ())


ADAPTER = Adapter(
    options=PocketSphinxOptions,
    build=_build,
    summary="on this machine's CPU, commands and plain requests; may deny and stop, never allow",
    extra="pocketsphinx",
    capabilities=frozenset({"local"}),
    probe=_probe,
)
