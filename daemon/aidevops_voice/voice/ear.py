"""The bridge from transcripts to `Heard`: one for each turn, which lasts as long as its words are unfinished."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    InterimTranscriptionFrame,
    TranscriptionFrame,
    UserStartedSpeakingFrame,
    UserStoppedSpeakingFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

from aidevops_voice.adapter import Recognised
from aidevops_voice.floor import endings
from aidevops_voice.floor.endings import Ending
from aidevops_voice.ports import Clock, Ears, Heard
from aidevops_voice.voice.bot_sound import BotSound
from aidevops_voice.voice.hearing import Hearing
from aidevops_voice.voice.metrics import ReplyTimer
from aidevops_voice.voice.mouth import SpeakGate

Patience = Callable[[str], Ending]
"""Whether a turn of these words is over."""
_NOTHING = BotSound(speaking=False, silent_ms=None, last_said="")


@dataclass(slots=True)
class TurnText:
    """What was understood in one user turn."""

    began: float | None = None
    ended: float | None = None
    bot: BotSound = _NOTHING
    pieces: list[str] = field(default_factory=list)
    certain: bool = True

    @property
    def text(self) -> str:
        """All pieces."""
        return " ".join(self.pieces)

    def become(self, text: str) -> None:
        """Without words that were only about the turn."""
        self.pieces = [text] if text else []

    def add(self, text: str, result: Any) -> None:
        """A final piece."""
        if text.strip():
            self.pieces.append(text.strip())
            self.certain = self.certain and isinstance(result, Recognised) and result.certain

    def heard(self, *, trusted: bool, final: bool, interim: str = "") -> Heard:
        """All of it, with an interim piece behind."""
        return Heard(
            text=" ".join([*self.pieces, *([interim.strip()] if interim.strip() else [])]),
            final=final,
            trusted=trusted,
            certain=final and bool(self.pieces) and (trusted or self.certain),
            began=self.began,
            ended=self.ended,
            bot_speaking=self.bot.speaking,
            bot_silent_ms=self.bot.silent_ms,
            bot_last_said=self.bot.last_said,
        )


class Ear(FrameProcessor):
    """After the turn decision: tells the conversation what was heard, and the mouth when the user speaks.

    Runs inside the task that pushes (direct mode): with a queue of its own the end of a turn, a system frame, would
    overtake the transcript that ended it. Between pauses the user keeps the floor as long as `patience` says.
    """

    def __init__(
        self,
        ears: Ears,
        gate: SpeakGate,
        timer: ReplyTimer,
        *,
        trusted: bool,
        hearing: Hearing = Hearing(),  # noqa: B008  # frozen
        patience: Patience = endings.read,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(enable_direct_mode=True)
        self._hearing, self._patience = hearing, patience
        self._kept: asyncio.TimerHandle | None = None
        self._ears = ears
        self._gate = gate
        self._timer = timer
        self._trusted = trusted
        self._clock = clock
        self._open = False
        self._text = TurnText()

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Everything but audio and transcripts goes on."""
        await super().process_frame(frame, direction)
        if direction is FrameDirection.DOWNSTREAM:
            self._listen(frame)
            if isinstance(frame, (InputAudioRawFrame, TranscriptionFrame, InterimTranscriptionFrame)):
                return
        await self.push_frame(frame, direction)

    def _listen(self, frame: Frame) -> None:
        match frame:
            case VADUserStartedSpeakingFrame(start_secs=start_s):
                self._speech_began(self._clock() - start_s)
            case VADUserStoppedSpeakingFrame(stop_secs=stop_s):
                self._text.ended = self._clock() - stop_s
                self._timer.speech_ended(self._text.ended)
            case UserStartedSpeakingFrame():
                self._turn_began()
            case UserStoppedSpeakingFrame():
                self._turn_decided()
            case InterimTranscriptionFrame(text=text):
                self._ears.hear(self._text.heard(trusted=self._trusted, final=False, interim=text))
            case TranscriptionFrame(text=text, result=result):
                self._understood(text, result)

    async def cleanup(self) -> None:
        """Nobody waits for the rest of a turn of a call that is over."""
        self._stop_waiting()
        await super().cleanup()  # type: ignore[no-untyped-call]

    def _speech_began(self, at: float) -> None:
        self._stop_waiting()
        if self._text.began is None:
            self._text.began = at
            self._text.bot = self._gate.bot_at(at)

    def _turn_began(self) -> None:
        self._open = True
        self._timer.turn_began()
        self._gate.user_began()
        self._ears.voice_state("user_speaking")

    def _understood(self, text: str, result: Any) -> None:
        if text.strip() and (before := self._patience(self._text.text)).then == "hold":
            self._text.become(before.text)
        self._text.add(text, result)
        if self._open:
            self._ears.hear(self._text.heard(trusted=self._trusted, final=False))
        elif self._kept is not None:
            self._stop_waiting()
            self._keep_or_tell()
        elif self._text.pieces:
            # Too late for its turn, or too soft for the VAD: it is not lost.
            if self._text.began is None:
                # Nobody knows when it was said, so the voice may have been speaking: it must not allow anything.
                self._text.bot = replace(self._gate.bot_at(self._clock()), silent_ms=None)
            self._tell_final()

    def _turn_decided(self) -> None:
        self._open = False
        self._keep_or_tell()

    def _keep_or_tell(self) -> None:
        ending = self._patience(self._text.text)
        if wait_s := self._wait_s(ending):
            self._kept = asyncio.get_running_loop().call_later(wait_s, self._give_up_floor)
            self._ears.voice_state("user_holding")
            return
        if ending.then == "now":
            self._text.become(ending.text)
        self._give_up_floor()

    def _wait_s(self, ending: Ending) -> float:
        """Seconds from now for which the user keeps the floor."""
        match ending.then:
            case "hold":
                return self._hearing.hold_s
            case "wait" if self._trusted or not self._text.certain:
                silent_s = self._clock() - (self._clock() if self._text.ended is None else self._text.ended)
                return max(0.0, self._hearing.unfinished_s - silent_s)
            case _:
                return 0.0

    def _stop_waiting(self) -> None:
        if self._kept is not None:
            self._kept.cancel()
            self._kept = None

    def _give_up_floor(self) -> None:
        self._stop_waiting()
        self._timer.turn_decided()
        self._ears.voice_state("user_silent")
        self._tell_final()
        # After the words: an answer to a request must close it before the mouth would repeat it.
        self._gate.user_ended()

    def _tell_final(self) -> None:
        text, self._text = self._text, TurnText()
        self._ears.hear(text.heard(trusted=self._trusted, final=True))
