"""The way from the mouth to the loudspeaker: utterances become frames, and marks tell how far each got."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from pipecat.frames.frames import (
    DataFrame,
    Frame,
    InterruptionFrame,
    OutputAudioRawFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
    TTSUpdateSettingsFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.settings import TTSSettings

from aidevops_voice.ports import Utterance
from aidevops_voice.voice.earcon import SAMPLE_RATE, sound
from aidevops_voice.voice.mouth import SpeakGate

_log = logging.getLogger(__name__)


@dataclass
class Mark(DataFrame):
    """Travels in order with the audio: what follows belongs to this utterance, or it ended."""

    utterance: str = ""
    ended: bool = False


class Playout:
    """The `Voice` of one call; `run` carries its frames into the synthesiser."""

    def __init__(self) -> None:
        self._frames: asyncio.Queue[Frame] = asyncio.Queue()
        self._rate = self._set_rate = 1.0

    def speak(self, utterance: Utterance) -> None:
        """Queue it behind what was handed over; the mouth hands over two at most."""
        for frame in _frames(utterance):
            self._frames.put_nowait(frame)

    def pace(self, rate: float) -> None:
        """From the next sentence on."""
        self._rate = rate

    def silence(self) -> None:
        """An interruption that starts at the synthesiser, so that the recogniser keeps listening."""
        while not self._frames.empty():
            self._frames.get_nowait()
        self._frames.put_nowait(InterruptionFrame())

    async def run(self, synthesiser: FrameProcessor) -> None:
        """Until cancelled."""
        while True:
            frame = await self._frames.get()
            if isinstance(frame, TTSSpeakFrame):
                if not synthesiser.is_usable:
                    # Three sentences without sound and Pipecat gives up on a service for ever; each one is a new try.
                    await synthesiser.set_usable(True)
                await self._keep_pace(synthesiser)
            await synthesiser.queue_frame(frame)

    async def _keep_pace(self, synthesiser: FrameProcessor) -> None:
        if self._rate == self._set_rate:
            return
        self._set_rate = self._rate
        if getattr(synthesiser, "takes_rate", False):
            delta = TTSSettings(extra={"rate": self._rate})
            await synthesiser.queue_frame(TTSUpdateSettingsFrame(delta=delta))
        else:
            _log.debug("%s has no rate of its own: the pace stays", synthesiser.name)


def _frames(utterance: Utterance) -> list[Frame]:
    frames: list[Frame] = [Mark(utterance.id)]
    if utterance.earcon:
        frames.append(OutputAudioRawFrame(sound(utterance.earcon), SAMPLE_RATE, 1))
    if utterance.text.strip():
        frames.append(TTSSpeakFrame(utterance.text, append_to_context=False))
    return [*frames, Mark(utterance.id, ended=True)]


def milliseconds(frame: OutputAudioRawFrame) -> float:
    """Length of a frame of 16-bit audio."""
    return 1000 * len(frame.audio) / (2 * frame.num_channels * frame.sample_rate)


class Made(FrameProcessor):
    """After the synthesiser: counts the sound of each utterance and swallows what is no longer wanted."""

    def __init__(self, gate: SpeakGate) -> None:
        super().__init__(enable_direct_mode=True)
        self._gate = gate
        self._current = ""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Runs inside the task that pushes, so that order is kept."""
        await super().process_frame(frame, direction)
        match frame:
            case Mark(utterance=utterance, ended=False):
                self._current = utterance
            case Mark(utterance=utterance):
                self._gate.made_all(utterance)
            case OutputAudioRawFrame():
                if not self._gate.expects(self._current):
                    return
                self._gate.made(self._current, milliseconds(frame), cue=not isinstance(frame, TTSAudioRawFrame))
        await self.push_frame(frame, direction)


class Played(FrameProcessor):
    """After the transport, which passes a frame on once the connection took it."""

    def __init__(self, gate: SpeakGate, on_speech: Callable[[], None]) -> None:
        super().__init__(enable_direct_mode=True)
        self._gate = gate
        self._on_speech = on_speech
        self._current = ""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Runs inside the transport's audio task."""
        await super().process_frame(frame, direction)
        match frame:
            case Mark(utterance=utterance, ended=False):
                self._current = utterance
            case Mark(utterance=utterance):
                self._current = ""
                self._gate.ended(utterance)
            case OutputAudioRawFrame() if self._current:
                speech = isinstance(frame, TTSAudioRawFrame)
                self._gate.played(self._current, milliseconds(frame), cue=not speech)
                if speech:
                    self._on_speech()
            case InterruptionFrame():
                self._current = ""
        await self.push_frame(frame, direction)
