"""The voice reads a request, the microphone hears it back, and what the recogniser makes of it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from echo.acoustics import RATE, Microphone, Room, Sound
from echo.asking import Said
from echo.speakers import Speakers
from pipecat.audio.vad.vad_analyzer import VADState
from pipecat.frames.frames import (
    Frame,
    TranscriptionFrame,
    UserStartedSpeakingFrame,
    UserStoppedSpeakingFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection

from aidevops_voice.adapter import Recognised
from aidevops_voice.consent.inquiry import Inquiry
from aidevops_voice.consent.steps import Decided, NextQuestion, Scope, Step
from aidevops_voice.conversation.recital import PAUSE_S
from aidevops_voice.errors import VoiceError
from aidevops_voice.floor.endings import Ending
from aidevops_voice.ports import Heard, Utterance, Voiced
from aidevops_voice.voice.bot_sound import BotSound
from aidevops_voice.voice.ear import Ear
from aidevops_voice.voice.hearing import Hearing, PauseVad
from aidevops_voice.voice.metrics import ReplyTimer
from aidevops_voice.voice.mouth import SpeakGate
from aidevops_voice_adapters.stt._pocketsphinx_worker import Ear as Recogniser

STEP_S, STEP = 0.02, RATE // 50
AFTER_S = 1.6
"""How long the microphone stays open behind the last word."""
BEFORE_S = 0.5
"""What the recogniser is given of the sound before the VAD was sure."""
UNSURE_S = 1.5
"""Silence that ends a turn which sounded unfinished."""
LONGEST_S = 25.0
"""Time enough for the longest reading, and for one that is cut and said once more."""


@dataclass(slots=True)
class Asked:
    """A request and how far it was put to the user, from which inquiries in that very state are made."""

    said: Said
    begun_at: float | None = None
    played_at: float | None = None

    def inquiry(self, now: float) -> Inquiry:
        """As it stands."""
        time, words = {"now": self.begun_at}, self.said.challenge
        draw = (lambda: words) if words else None
        made = Inquiry(self.said.ask, clock=lambda: time["now"] or 0.0, write=_forget, spoken=True, draw=draw)
        if self.begun_at is not None:
            made.asked()
        if self.played_at is not None:
            time["now"] = self.played_at
            made.played()
        time["now"] = now
        return made

    def answers(self, heard: Heard, now: float) -> bool:
        """Whether it would be allowed or answered with a recogniser that may allow."""
        return lets(self.inquiry(now).hear(replace(heard, trusted=True, certain=True)))


def _forget(step: dict[str, Any]) -> None:
    pass


def lets(step: Step) -> bool:
    """Whether the agent gets more than a no."""
    match step:
        case Decided(reply=reply):
            return reply.decision != "deny"
        case Scope() | NextQuestion():
            return True
        case _:
            return False


@dataclass(slots=True)
class Result:
    """What came of one loop."""

    seconds: float = 0.0
    finals: list[Heard] = field(default_factory=list)
    played: bool = False
    allowed: list[str] = field(default_factory=list)
    """Must stay empty."""
    unguarded: int = 0
    """Of the same words, those that would allow if nothing were known of the voice and of time."""


class Mouth:
    """What the ear knows of the mouth; a `stubborn` one hears of no interruption, and so reads to the end."""

    def __init__(self, gate: SpeakGate, silence: Callable[[], None], *, stubborn: bool) -> None:
        self._gate, self._silence, self._stubborn = gate, silence, stubborn

    def bot_at(self, moment: float) -> BotSound:
        """As the real one knows it."""
        return self._gate.bot_at(moment)

    def user_began(self) -> None:
        """The voice stops, as the pipeline stops it."""
        if not self._stubborn:
            self._gate.user_began()
            self._silence()

    def user_ended(self) -> None:
        """It may go on."""
        if not self._stubborn:
            self._gate.user_ended()


class Loop:
    """One request read in one voice in one room; time is that of the sound."""

    def __init__(self, said: Said, clips: dict[str, Sound], room: Room, dice: Random, *, stubborn: bool) -> None:
        self.now = 100.0
        self.asked = Asked(said)
        self.result = Result()
        self._clips, self._dice = clips, dice
        self._gate = SpeakGate(self, clock=lambda: self.now)
        mouth: Any = Mouth(self._gate, self.silence, stubborn=stubborn)
        timer = ReplyTimer(self, clock=lambda: self.now)
        self._ear = Ear(self, mouth, timer, trusted=False, patience=Ending, clock=lambda: self.now)
        self._start = self.now
        self.microphone = Microphone(room, LONGEST_S + AFTER_S + 1, dice.getrandbits(32))
        self._playing: list[tuple[Utterance, Sound]] = []
        self._begun_at: float | None = None
        self._phrase_at: float | None = None
        self._ends_at = self.now + LONGEST_S
        self._row: dict[bool, Inquiry] = {}
        self._last = ""

    # --- what the mouth tells, as ears and as the voice of the call ----------------------------------------------

    def speak(self, utterance: Utterance) -> None:
        """Behind what plays."""
        self._playing.append((utterance, self._clips[utterance.text]))

    def silence(self) -> None:
        """At once."""
        if self._playing and self._begun_at is not None:
            _, sound = self._playing[0]
            self.microphone.stops(sound, self._begun_at - self._start, self.now - self._start)
        self._playing.clear()
        self._begun_at = None

    def pace(self, rate: float) -> None:
        """The voice has its own."""

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        """The request is begun, or was heard to its end."""
        if state == "begun" and self.asked.begun_at is None:
            self.asked.begun_at = self.now
            for inquiry in self._row.values():
                inquiry.asked()
        if state == "said" and utterance.id == self._last:
            self._read_out()

    def voice_state(self, state: str) -> None:
        """Nobody looks."""

    def measured(self, reply_ms: float) -> None:
        """Nobody looks."""

    def trouble(self, error: VoiceError) -> None:
        """There is none."""
        raise error

    def hear(self, heard: Heard) -> None:
        """Each by itself, and all of them in a row to a recogniser that may allow and to one that may not."""
        if not heard.final:
            return
        self.result.finals.append(heard)
        if self.asked.answers(heard, self.now):
            self.result.allowed.append(f"{heard} of {self.asked.said}")
        for trusted, inquiry in self._row.items():
            if lets(inquiry.hear(replace(heard, trusted=trusted, certain=True))):
                self.result.allowed.append(f"{heard} of {self.asked.said}, in a row, trusted={trusted}")
        self.result.unguarded += unguarded(self.asked.said, heard, self.now)

    # --- its course -----------------------------------------------------------------------------------------------

    async def run(self, vad: PauseVad, recogniser: Recogniser) -> Result:
        """From the first word to some seconds behind the last."""
        self._row = {trusted: self._inquiry() for trusted in (False, True)}
        self._gate.attach(self)
        self._say(self.asked.said.sentences)
        hearing = _Hearing(vad, recogniser, self._ear, self._dice)
        while self.now < self._ends_at:
            self._play()
            audio = self.microphone.take(self.now - self._start, STEP)
            self.now += STEP_S
            await hearing.take(audio)
            self._gate.check()
            self._phrase()
        await hearing.end()
        self.result.seconds = self.now - self._start
        self.result.played = self.asked.played_at is not None
        return self.result

    def _inquiry(self) -> Inquiry:
        words = self.asked.said.challenge
        draw = (lambda: words) if words else None
        return Inquiry(self.asked.said.ask, clock=lambda: self.now, write=_forget, spoken=True, draw=draw)

    def _say(self, sentences: tuple[str, ...]) -> None:
        made = [Utterance(f"u{number}{text}", text, "needs-you", "per_1") for number, text in enumerate(sentences)]
        self._last = made[-1].id
        for one in made:
            self._gate.say(one)

    def _play(self) -> None:
        """The next 20 ms leave for the loudspeaker."""
        if not self._playing:
            return
        utterance, sound = self._playing[0]
        if self._begun_at is None:
            self._begun_at = self.now
            self.microphone.sounds(sound, self.now - self._start)
            self._gate.made(utterance.id, 1000 * len(sound) / RATE)
            self._gate.made_all(utterance.id)
        if self.now - self._begun_at >= len(sound) / RATE:
            self._playing.pop(0)
            self._begun_at = None
            self._gate.ended(utterance.id)
        else:
            self._gate.played(utterance.id, 1000 * STEP_S)

    def _read_out(self) -> None:
        if self.asked.said.phrase and self._phrase_at is None:
            self._phrase_at = self.now + PAUSE_S
            return
        self.asked.played_at = self.now
        for inquiry in self._row.values():
            inquiry.played()
        self._ends_at = min(self._ends_at, self.now + AFTER_S)

    def _phrase(self) -> None:
        if self._phrase_at is not None and self.now >= self._phrase_at and self._last != "phrase":
            self._last = "phrase"
            self._gate.say(Utterance("phrase", self.asked.said.phrase, "needs-you", "per_1"))


class _Hearing:
    """VAD, recogniser and the end of turns before the ear; how sure a pause ends a turn is thrown for each."""

    def __init__(self, vad: PauseVad, recogniser: Recogniser, ear: Ear, dice: Random) -> None:
        self._vad, self._recogniser, self._ear, self._dice = vad, recogniser, ear, dice
        self._before: list[bytes] = []
        self._speaking = False
        self._open_for: float | None = None

    async def take(self, audio: bytes) -> None:
        """20 ms of the microphone."""
        if self._speaking:
            self._recogniser.hear(audio)
        else:
            self._before = [*self._before, audio][-int(BEFORE_S / STEP_S) :]
        state = await self._vad.analyze_audio(audio)
        if state is VADState.SPEAKING and not self._speaking:
            await self._begin()
        elif state is VADState.QUIET and self._speaking:
            await self._stop()
        elif self._open_for is not None and not self._speaking:
            self._open_for -= STEP_S
            if self._open_for <= 0:
                await self._decide()

    async def end(self) -> None:
        """The microphone is closed."""
        if self._speaking:
            await self._stop()
        if self._open_for is not None:
            await self._decide()

    async def _begin(self) -> None:
        self._speaking = True
        self._recogniser.begin()
        self._recogniser.hear(b"".join(self._before))
        self._before.clear()
        await self._tell(VADUserStartedSpeakingFrame(start_secs=Hearing().start_s))
        if self._open_for is None:
            await self._tell(UserStartedSpeakingFrame())
        self._open_for = UNSURE_S

    async def _stop(self) -> None:
        self._speaking = False
        await self._tell(VADUserStoppedSpeakingFrame(stop_secs=Hearing().stop_s))
        final = self._recogniser.end()
        if final.text:
            result = Recognised(final.certain)
            await self._tell(TranscriptionFrame(final.text, "user", "", result=result, finalized=True))
        if self._dice.random() < 0.5:
            await self._decide()
        else:
            self._open_for = UNSURE_S

    async def _decide(self) -> None:
        self._open_for = None
        await self._tell(UserStoppedSpeakingFrame())

    async def _tell(self, frame: Frame) -> None:
        await self._ear.process_frame(frame, FrameDirection.DOWNSTREAM)


async def clips(speakers: Speakers, voice: str, said: Said) -> dict[str, Sound]:
    """The sound of each sentence."""
    texts = [*said.sentences, *([said.phrase] if said.phrase else [])]
    return {text: await speakers.say(voice, text) for text in texts}


def words_at(said: Said, made: dict[str, Sound]) -> tuple[float, float]:
    """Seconds into the reading at which the words of the phrase are said: they end the last sentence."""
    before = sum(len(made[text]) for text in said.sentences) / RATE
    whole = len(made[said.phrase]) / RATE
    share = len(" ".join(said.challenge)) / len(said.phrase)
    return before + PAUSE_S + whole * (1 - share), before + PAUSE_S + whole


def answered(asked: Asked, sound: Sound, room: Room, recogniser: Recogniser) -> bool:
    """Whether a user who says this in the same room, a second after the reading, gets it allowed."""
    microphone = Microphone(room, len(sound) / RATE + 2.0, 1)
    microphone.sounds(sound, 0.2)
    recogniser.begin()
    recogniser.hear(microphone.take(0.0, len(sound) + RATE))
    played = 106.0
    heard = Heard(
        recogniser.end().text, began=played + 1.0, bot_silent_ms=1000.0, bot_last_said=asked.said.sentences[-1]
    )
    return replace(asked, begun_at=100.0, played_at=played).answers(heard, played + 3.0)


def unguarded(said: Said, heard: Heard, now: float) -> bool:
    """Whether the same words, of which nothing is known that speaks against them, would allow."""
    known = Asked(said, now - 9.0, now - 6.0)
    open_ = replace(heard, began=now - 1.0, bot_speaking=False, bot_silent_ms=5000.0, bot_last_said="")
    return bool(heard.text) and known.answers(open_, now)
