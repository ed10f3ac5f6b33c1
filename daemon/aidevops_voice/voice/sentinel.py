"""Before a speech service: hears of its failures at once and in order, and gives a lost one a new try with new work."""

from __future__ import annotations

import time
from collections.abc import Callable

from pipecat.frames.frames import ErrorFrame, Frame, VADUserStartedSpeakingFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.utils.errors import ErrorCategory

from aidevops_voice.errors import RecogniserFailed, SpeechError, VoiceError, VoiceFailed
from aidevops_voice.ports import Clock, Ears
from aidevops_voice.voice.mouth import SPOKEN

QUIET_S = 10.0
"""Between two tellings that the recogniser fails."""
_CHARACTERS = 200
_CURES = {
    ErrorCategory.AUTHENTICATION: "Check the key of this profile, then run: aidevops-voice restart",
    ErrorCategory.AUTHORIZATION: "Check what the key of this profile may do, then run: aidevops-voice restart",
    ErrorCategory.INVALID_REQUEST: "Check the options of this profile in the configuration.",
    ErrorCategory.QUOTA: "Look at your account there, or choose another profile: aidevops-voice profiles",
    ErrorCategory.CONNECTIVITY: "Check the network; it is tried again by itself. Meanwhile everything is on the page.",
}


class Sentinel(FrameProcessor):
    """Direct mode: runs inside the service's own task, so that an error is told before what follows it."""

    def __init__(
        self,
        service: FrameProcessor,
        on_error: Callable[[ErrorFrame], None],
        on_speech: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(enable_direct_mode=True)
        self._service = service
        self._on_error = on_error
        self._on_speech = on_speech

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Pipecat gives no more work to a service that failed for good; for us each utterance is a new try."""
        await super().process_frame(frame, direction)
        if isinstance(frame, ErrorFrame) and frame.processor is self._service:
            self._on_error(frame)
            return
        if isinstance(frame, VADUserStartedSpeakingFrame):
            self._on_speech()
            await self._service.set_usable(True)
        await self.push_frame(frame, direction)


def voice_failure(frame: ErrorFrame) -> VoiceError:
    """What the page and the ear are told; an adapter that knows better puts a VoiceError into the frame."""
    return _failure(frame, VoiceFailed, "The voice reports", SPOKEN)


def recogniser_failure(frame: ErrorFrame) -> VoiceError:
    """The same of the recogniser."""
    return _failure(frame, RecogniserFailed, "The recogniser reports", RecogniserFailed.spoken)


def _failure(frame: ErrorFrame, kind: type[SpeechError], who: str, spoken: str) -> VoiceError:
    if isinstance(frame.exception, VoiceError):
        return frame.exception
    cure = _CURES.get(frame.category, "") if frame.category else ""
    return kind(f"{who}: {frame.error[:_CHARACTERS]}", cure=cure, spoken=spoken)


class Deafness:
    """Tells once that the recogniser fails; again only when the user has spoken in vain since then."""

    def __init__(self, ears: Ears, clock: Clock = time.monotonic) -> None:
        self._ears = ears
        self._clock = clock
        self._listening = False
        self._untold: VoiceError | None = None
        self._told: float | None = None
        self._spoken_to = False

    def listened_to(self) -> None:
        """Someone hears what is told from now on."""
        self._listening = True
        if error := self._untold:
            self._untold = None
            self.failed(error)

    def user_spoke(self) -> None:
        """There was something to hear."""
        self._spoken_to = True

    def failed(self, error: VoiceError) -> None:
        """The recogniser reports an error."""
        now = self._clock()
        if not self._listening:
            self._untold = self._untold or error
        elif self._told is None or (self._spoken_to and now - self._told >= QUIET_S):
            self._told, self._spoken_to = now, False
            self._ears.trouble(error)
