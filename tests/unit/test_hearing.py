"""From frames to `Heard`, and the turn model asked early; real models, no transport."""

import asyncio
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pipecat.audio.turn.base_turn_analyzer import EndOfTurnState
from pipecat.audio.vad.vad_analyzer import VADState
from pipecat.frames.frames import (
    Frame,
    InterimTranscriptionFrame,
    TranscriptionFrame,
    UserStartedSpeakingFrame,
    UserStoppedSpeakingFrame,
    VADUserStartedSpeakingFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection

from aidevops_voice.adapter import Recognised
from aidevops_voice.errors import VoiceError
from aidevops_voice.ports import Heard, Utterance, Voiced
from aidevops_voice.voice.ear import Ear
from aidevops_voice.voice.hearing import SAMPLE_RATE, Hearing, Listeners
from aidevops_voice.voice.metrics import ReplyTimer
from aidevops_voice.voice.mouth import SpeakGate

SPEECH = Path(__file__).parents[1] / "audio" / "please-run-all-the-tests.wav"


class Notebook:
    """Ears that keep what was heard and in which order things happened."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.order: list[str] = []
        self.latencies: list[float] = []

    def hear(self, heard: Heard) -> None:
        self.heard.append(heard)
        self.order.append("final" if heard.final else "interim")

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        self.order.append(f"{utterance.id} {state}")

    def voice_state(self, state: str) -> None:
        self.order.append(state)

    def measured(self, reply_ms: float) -> None:
        self.latencies.append(reply_ms)

    def trouble(self, error: VoiceError) -> None:
        raise error


class Room:
    """An ear with frames pushed into it by hand, at times of our own."""

    def __init__(self, *, trusted: bool = False) -> None:
        self.now = 50.0
        self.notes = Notebook()
        self.gate = SpeakGate(self.notes, clock=lambda: self.now)
        self.timer = ReplyTimer(self.notes, clock=lambda: self.now)
        self.ear = Ear(self.notes, self.gate, self.timer, trusted=trusted, clock=lambda: self.now)

    async def take(self, *frames: Frame) -> None:
        for frame in frames:
            await self.ear.process_frame(frame, FrameDirection.DOWNSTREAM)

    async def begin(self) -> None:
        await self.take(VADUserStartedSpeakingFrame(start_secs=0.2), UserStartedSpeakingFrame())

    async def end(self) -> None:
        await self.take(VADUserStoppedSpeakingFrame(stop_secs=0.2), UserStoppedSpeakingFrame())

    @property
    def finals(self) -> list[Heard]:
        return [heard for heard in self.notes.heard if heard.final]


def final(text: str, *, certain: bool | None = None) -> TranscriptionFrame:
    result = None if certain is None else Recognised(certain)
    return TranscriptionFrame(text, "user", "", result=result, finalized=True)


async def test_one_final_per_turn_joined_from_its_pieces() -> None:
    room = Room()
    await room.begin()
    await room.take(InterimTranscriptionFrame("run", "user", ""), final("run the tests ", certain=True))
    await room.take(InterimTranscriptionFrame("and", "user", ""), final("and tell me", certain=True))
    room.now = 53.0
    await room.end()

    assert [heard.text for heard in room.notes.heard] == [
        "run",
        "run the tests",
        "run the tests and",
        "run the tests and tell me",
        "run the tests and tell me",
    ]
    (heard,) = room.finals
    assert (heard.began, heard.ended) == (49.8, 52.8)
    assert heard.certain
    assert not heard.trusted


@pytest.mark.parametrize(
    ("trusted", "marks", "certain"),
    [
        (False, (True, True), True),
        (False, (True, False), False),
        (False, (True, None), False),
        (True, (None, None), True),
        (True, (False, False), True),
    ],
)
async def test_certain_is_the_whole_turn_or_nothing(
    trusted: bool, marks: tuple[bool | None, ...], certain: bool
) -> None:
    room = Room(trusted=trusted)
    await room.begin()
    await room.take(*(final("word", certain=mark) for mark in marks))
    await room.end()
    assert [(heard.certain, heard.trusted) for heard in room.finals] == [(certain, trusted)]
    assert not any(heard.certain for heard in room.notes.heard if not heard.final)


async def test_speech_without_words_is_told_once_and_is_nothing_certain() -> None:
    room = Room(trusted=True)
    await room.begin()
    await room.end()
    assert [(heard.text, heard.certain) for heard in room.notes.heard] == [("", False)]


async def test_words_that_come_after_their_turn_are_not_lost() -> None:
    room = Room()
    await room.begin()
    await room.end()
    await room.take(final("  "), final("too late", certain=True))
    assert [heard.text for heard in room.finals] == ["", "too late"]


async def test_words_of_an_unknown_moment_may_be_the_voices_own() -> None:
    room = Room(trusted=True)

    class Voice:
        def speak(self, utterance: Utterance) -> None:
            pass

        def silence(self) -> None:
            pass

        def pace(self, rate: float) -> None:
            assert rate == 1.0

    room.gate.attach(Voice())
    room.gate.say(Utterance("u", "say confirm maple seven", "needs-you"))
    room.gate.played("u", 100)
    room.gate.ended("u")
    room.now += 2.0
    await room.take(final("confirm maple seven"))
    (heard,) = room.finals
    assert heard.began is None
    assert heard.bot_silent_ms is None
    assert heard.bot_last_said == "say confirm maple seven"


async def test_the_words_come_before_the_mouth_may_speak_again() -> None:
    room = Room()

    class Voice:
        def speak(self, utterance: Utterance) -> None:
            room.notes.order.append(f"{utterance.id} handed")

        def silence(self) -> None:
            raise AssertionError

        def pace(self, rate: float) -> None:
            assert rate == 1.0

    room.gate.attach(Voice())
    await room.begin()
    room.gate.say(Utterance("u", "hello", "answer"))
    await room.take(final("run the tests"))
    await room.end()
    assert room.notes.order == ["user_speaking", "interim", "user_silent", "final", "u handed"]


async def test_what_the_bot_was_doing_is_taken_at_the_onset() -> None:
    room = Room()

    class Voice:
        def speak(self, utterance: Utterance) -> None:
            pass

        def silence(self) -> None:
            pass

        def pace(self, rate: float) -> None:
            assert rate == 1.0

    room.gate.attach(Voice())
    room.gate.say(Utterance("u", "may I run it", "needs-you"))
    room.gate.played("u", 100)
    await room.begin()
    room.now = 55.0
    await room.take(final("yes"))
    await room.end()
    (heard,) = room.finals
    assert heard.bot_speaking
    assert heard.bot_silent_ms is None
    assert heard.bot_last_said == "may I run it"


async def test_the_reply_is_measured_from_the_last_pause_and_once() -> None:
    room = Room()
    await room.begin()
    await room.take(VADUserStoppedSpeakingFrame(stop_secs=0.2), VADUserStartedSpeakingFrame(start_secs=0.2))
    room.timer.sounded()
    room.now = 51.0
    await room.end()
    room.now = 51.3
    room.timer.sounded()
    room.timer.sounded()
    assert room.notes.latencies == [pytest.approx(500)]


# --- the models --------------------------------------------------------------------------------------------------


def speech() -> np.ndarray:
    with wave.open(str(SPEECH)) as file:
        assert file.getframerate() == SAMPLE_RATE
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    loud = np.flatnonzero(np.abs(samples) > 300)
    return samples[: loud[-1] + 1]


def room_noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(3).normal(0, 3, int(seconds * SAMPLE_RATE)).astype(np.int16)


async def listen(listeners: Listeners, samples: np.ndarray) -> list[VADState]:
    """As the pipeline does it: 20 ms to the turn model, then to the VAD."""
    states, speaking = [VADState.QUIET], False
    for at in range(0, len(samples) - 319, 320):
        audio = samples[at : at + 320].tobytes()
        listeners.turn.append_audio(audio, speaking)
        states.append(await listeners.vad.analyze_audio(audio))
        speaking = states[-1] in (VADState.SPEAKING, VADState.STOPPING)
    return states


def overhear(listeners: Listeners) -> list[np.ndarray]:
    """Keeps what the model is asked; it still answers itself."""
    asked: list[np.ndarray] = []
    predict = listeners.turn._predict_endpoint

    def asking(audio: np.ndarray) -> dict[str, Any]:
        asked.append(audio)
        return predict(audio)

    listeners.turn._predict_endpoint = asking  # type: ignore[method-assign, assignment]
    return asked


@pytest.fixture
async def listeners() -> Listeners:
    loaded = await asyncio.to_thread(Listeners.load, Hearing())
    loaded.turn.update_vad_start_secs(0.2)
    return loaded


async def test_the_turn_model_has_answered_before_the_silence_is_over(listeners: Listeners) -> None:
    asked = overhear(listeners)
    states = await listen(listeners, np.concatenate([room_noise(0.6), speech(), room_noise(0.2)]))
    assert states[-1] is VADState.STOPPING
    state, metrics = await listeners.turn.analyze_end_of_turn()
    assert state is EndOfTurnState.COMPLETE
    assert metrics is not None
    assert len(asked) == 1
    assert not asked[0][-1000:].any(), "asked before all of the silence was heard"
    await listeners.close()


async def test_an_early_answer_is_void_when_the_user_goes_on(listeners: Listeners) -> None:
    asked = overhear(listeners)
    words = speech()
    await listen(listeners, np.concatenate([room_noise(0.6), words, room_noise(0.14), words, room_noise(0.06)]))
    await listeners.turn.analyze_end_of_turn()
    assert asked[-1][-1000:].any(), "asked with what was heard, to its end"
    assert len(asked[-1]) > 1.5 * len(words)
    await listeners.close()
