"""The cascade against a real WebRTC peer: speech in, sound out, and what the conversation is told."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from wire.refused_messages import refused_messages
from wire.speech_fakes import FakeEngine, Script, ScriptedSTT, ToneTTS, VoiceHealth
from wire.webrtc_client import LOUD, RATE, Page, load_wav, page

from aidevops_voice.errors import SpeechError, VoiceError
from aidevops_voice.ports import Heard, Kind, Utterance, Voiced
from aidevops_voice.voice.cascade import Cascade

SPEECH = load_wav(Path(__file__).parents[1] / "audio" / "please-run-all-the-tests.wav")
SENTENCE = "all of the tests pass now"
NOTES = {"done": (523, 784), "failed": (392, 294), "needs-you": (659, 880)}
"""Hz of the first and the last note."""
Check = Callable[["Talk"], bool]


class Talk:
    """A cascade with fake engines; its ears keep everything and wake whoever waits."""

    def __init__(self) -> None:
        self.script = Script()
        self.health = VoiceHealth()
        self.stt = FakeEngine(lambda: ScriptedSTT(self.script))
        self.tts = FakeEngine(lambda: ToneTTS(self.health))
        self.cascade = Cascade(self, self.stt, self.tts, trusted=False)
        self.heard: list[Heard] = []
        self.told: list[tuple[str, Voiced, str]] = []
        self.states: list[str] = []
        self.latencies: list[float] = []
        self.troubles: list[VoiceError] = []
        self.reply: Callable[[Heard], None] = lambda _: None
        self._news = asyncio.Event()

    def hear(self, heard: Heard) -> None:
        self.heard.append(heard)
        if heard.final:
            self.cascade.mouth.settle(resume=False)
            self.reply(heard)
        self._news.set()

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        self.told.append((utterance.id, state, heard))
        self._news.set()

    def voice_state(self, state: str) -> None:
        self.states.append(state)
        self._news.set()

    def measured(self, reply_ms: float) -> None:
        self.latencies.append(reply_ms)

    def trouble(self, error: VoiceError) -> None:
        self.troubles.append(error)
        self._news.set()

    @property
    def finals(self) -> list[str]:
        return [heard.text for heard in self.heard if heard.final]

    def state_of(self, id_: str) -> list[Voiced]:
        return [state for told, state, _ in self.told if told == id_]

    def say(self, id_: str, kind: Kind = "answer", text: str = SENTENCE, **more: Any) -> None:
        self.cascade.mouth.say(Utterance(id_, text, kind, **more))

    async def until(self, check: Check, timeout_s: float = 8.0) -> None:
        """Wait until something told makes it true."""
        async with asyncio.timeout(timeout_s):
            while not check(self):
                self._news.clear()
                await self._news.wait()

    async def offer(self, offer: dict[str, str]) -> dict[str, str]:
        connection = SmallWebRTCConnection(ice_servers=[])
        await connection.initialize(offer["sdp"], offer["type"])
        await self.cascade.connect(connection)
        answer: dict[str, str] = connection.get_answer()
        return answer

    def page(self) -> AbstractAsyncContextManager[Page]:
        return page(self.offer)


@pytest.fixture
async def talk() -> AsyncGenerator[Talk, None]:
    it = Talk()
    await it.cascade.warm()
    yield it
    await it.cascade.aclose()
    assert (it.stt.closed, it.tts.closed) == (1, 1)


@pytest.fixture
async def peer(talk: Talk) -> AsyncGenerator[Page, None]:
    async with talk.page() as it:
        await talk.until(lambda t: "connected" in t.states)
        yield it


async def test_a_spoken_request_is_heard_once(talk: Talk, peer: Page) -> None:
    first, last = peer.microphone.say(SPEECH)
    began, ended = await first, await last
    await talk.until(lambda t: bool(t.finals))
    await peer.heard.silence_after(time.monotonic())

    assert talk.finals == ["run the tests"]
    heard = talk.heard[-1]
    assert heard.certain
    assert not heard.trusted
    assert heard.began == pytest.approx(began, abs=0.4)
    assert heard.ended == pytest.approx(ended, abs=0.4)
    assert talk.states == ["connected", "user_speaking", "user_silent"]
    assert talk.cascade.clients == 1


async def test_an_utterance_is_heard_and_reported(talk: Talk, peer: Page) -> None:
    asked = time.monotonic()
    talk.say("u")
    began = await peer.heard.sound_after(asked, hertz=(950, 1050))
    await talk.until(lambda t: "said" in t.state_of("u"))
    await peer.heard.silence_after(began)

    assert talk.state_of("u") == ["begun", "said"]
    assert talk.health.texts == [SENTENCE]
    assert peer.heard.loud_ms(asked) == pytest.approx(6 * 300, abs=120)
    assert talk.states == ["connected", "bot_speaking", "bot_silent"]


async def test_barge_in_cuts_and_repeats_what_needs_the_user(talk: Talk, peer: Page) -> None:
    long = "may I run a long command that has very many words in it so that it lasts"
    talk.say("ask", "needs-you", text=long)
    talk.say("later", "answer")
    await peer.heard.sound_after(0)
    await peer.microphone.say(SPEECH)[1]
    await talk.until(lambda t: bool(t.finals))
    cut = next(heard for told, state, heard in talk.told if (told, state) == ("ask", "cut"))
    assert long.startswith(cut)
    assert 0 < len(cut.split()) < len(long.split())
    assert talk.state_of("later") == ["dropped"]
    assert talk.heard[-1].bot_speaking
    assert talk.heard[-1].bot_last_said == long

    await talk.until(lambda t: t.state_of("ask") == ["begun", "cut", "begun"])
    await peer.heard.sound_after(time.monotonic())
    assert talk.finals == ["run the tests"]


async def test_noise_sends_nothing(talk: Talk, peer: Page) -> None:
    burst = (np.random.default_rng(1).normal(0, 6000, RATE // 4)).astype(np.int16)
    await peer.microphone.say(burst)[1]
    await peer.microphone.say(SPEECH)[1]
    await talk.until(lambda t: bool(t.finals))
    assert talk.finals == ["run the tests"]
    assert talk.states.count("user_speaking") == 1


async def test_speech_that_is_not_understood_is_told_without_words(talk: Talk, peer: Page) -> None:
    talk.script.texts = []
    await peer.microphone.say(SPEECH)[1]
    await talk.until(lambda t: bool(t.finals))
    talk.script.texts = ["now it works"]
    await peer.microphone.say(SPEECH)[1]
    await talk.until(lambda t: len(t.finals) > 1)
    assert talk.finals == ["", "now it works"]


async def test_the_mouth_waits_for_the_user(talk: Talk, peer: Page) -> None:
    last = peer.microphone.say(SPEECH)[1]
    await talk.until(lambda t: "user_speaking" in t.states)
    talk.say("u")
    ended = await last
    began = await peer.heard.sound_after(0)
    assert began > ended
    await talk.until(lambda t: "begun" in t.state_of("u"))
    assert talk.finals == ["run the tests"]


async def test_hush(talk: Talk, peer: Page) -> None:
    talk.say("u", text="word " * 30)
    talk.say("v")
    await peer.heard.sound_after(0)
    hushed = time.monotonic()
    talk.cascade.mouth.hush()
    assert "cut" in talk.state_of("u")
    assert talk.state_of("v") == ["dropped"]
    silent = await peer.heard.silence_after(hushed)
    assert peer.heard.loud_ms(hushed) < 1000
    talk.say("w")
    await peer.heard.sound_after(silent + 0.1)
    await talk.until(lambda t: "said" in t.state_of("w"))


async def test_an_earcon_sounds_between_sentences(talk: Talk, peer: Page) -> None:
    talk.say("e", "ack", text="", earcon="working")
    await peer.heard.sound_after(0, hertz=(450, 600))
    await talk.until(lambda t: "said" in t.state_of("e"))
    talk.say("u")
    await peer.heard.sound_after(0, hertz=(950, 1050))
    await talk.until(lambda t: "said" in t.state_of("u"))
    assert talk.health.texts == [SENTENCE]


@pytest.mark.parametrize("name", ["done", "failed", "needs-you"])
async def test_a_cue_is_heard_right_before_its_words(talk: Talk, peer: Page, name: str) -> None:
    kind: Kind = "needs-you" if name == "needs-you" else "outcome"
    first, last = NOTES[name]
    talk.say("e", kind, text="", earcon=name, about="t")
    talk.say("u", kind, about="t")
    await talk.until(lambda t: "said" in t.state_of("u"))
    await peer.heard.silence_after(time.monotonic())
    loud = [at for at, (_, rms, _) in enumerate(peer.heard.blocks) if rms > LOUD]
    pitches = [peer.heard.blocks[at][2] for at in loud]
    words = next(at for at, pitch in zip(loud, pitches, strict=True) if 950 <= pitch <= 1050)
    cue = [pitch for at, pitch in zip(loud, pitches, strict=True) if at < words]
    assert 4 <= len(cue) <= 9, "80 to 180 ms"
    assert cue[0] == pytest.approx(first, abs=60)
    assert cue[-1] == pytest.approx(last, abs=60)
    assert words - loud[len(cue) - 1] <= 4, "the words were made while it played"
    assert talk.told == [("u", "begun", ""), ("u", "said", "")]
    assert talk.states == ["connected", "bot_speaking", "bot_silent"]


async def test_the_pace_changes_with_the_next_sentence_and_outlives_the_call(talk: Talk, peer: Page) -> None:
    lengths = []
    talk.say("usual")
    await talk.until(lambda t: "said" in t.state_of("usual"))
    lengths.append(peer.heard.loud_ms(0))
    talk.cascade.mouth.pace(2.0)
    talk.cascade.mouth.hush()
    quick = await peer.heard.silence_after(time.monotonic())
    talk.say("quick")
    await talk.until(lambda t: "said" in t.state_of("quick"))
    await peer.heard.silence_after(time.monotonic())
    lengths.append(peer.heard.loud_ms(quick + 0.1))
    async with talk.page() as newer:
        await talk.until(lambda t: t.states.count("connected") == 2)
        talk.say("later")
        await talk.until(lambda t: "said" in t.state_of("later"))
        await newer.heard.silence_after(time.monotonic())
        lengths.append(newer.heard.loud_ms(0))
    assert lengths == pytest.approx([1800, 900, 900], abs=120)
    assert talk.health.rates == [2.0, 2.0]


async def test_a_voice_without_a_rate_speaks_on(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "aidevops_voice")
    talk.health.takes_rate = False
    async with talk.page():
        await talk.until(lambda t: "connected" in t.states)
        talk.cascade.mouth.pace(1.5)
        talk.say("u")
        await talk.until(lambda t: "said" in t.state_of("u"))
    assert talk.health.rates == []
    assert talk.troubles == []
    assert "has no rate of its own" in caplog.text


@pytest.mark.parametrize("illness", ["error", "mute"])
async def test_a_dead_voice_is_told_and_may_come_back(talk: Talk, peer: Page, illness: str) -> None:
    talk.health.state = illness
    for id_ in ("a", "b", "c", "d"):
        talk.say(id_)
    await talk.until(lambda t: t.state_of("d") == ["unvoiced"], timeout_s=15)
    assert [error.code for error in talk.troubles] == ["speech.tts"]
    assert [talk.state_of(id_) for id_ in "abc"] == [["unvoiced"]] * 3
    talk.health.state = "well"
    talk.say("e")
    await talk.until(lambda t: "said" in t.state_of("e"))
    assert peer.heard.loud_ms(0) > 1000


async def test_a_deaf_recogniser_is_told_once_and_may_come_back(talk: Talk, peer: Page) -> None:
    talk.script.texts = ["error one", "error two", "now it works"]
    for turns in (1, 2, 3):
        await peer.microphone.say(SPEECH)[1]
        await talk.until(lambda t, turns=turns: len(t.finals) == turns)  # type: ignore[misc]
    assert talk.finals == ["", "", "now it works"]
    assert [error.code for error in talk.troubles] == ["speech.stt"]


async def test_the_newest_call_wins(talk: Talk, peer: Page) -> None:
    async with talk.page() as newer:
        await talk.until(lambda t: t.states.count("connected") == 2)
        async with asyncio.timeout(5):
            await peer.closed.wait()
        assert {"type": "replaced"} in [message.get("data") for message in peer.messages]
        asked = time.monotonic()
        talk.say("u")
        await newer.heard.sound_after(asked)
        assert peer.heard.loud_ms(asked) == 0
        assert talk.cascade.clients == 1
    await talk.until(lambda t: t.states[-1] == "disconnected")
    assert talk.states.count("disconnected") == 1
    talk.say("v")
    assert talk.state_of("v") == ["unvoiced"]


async def test_ten_turns_on_one_connection(talk: Talk, peer: Page) -> None:
    talk.script.texts = [f"request {number}" for number in range(10)]
    talk.reply = lambda heard: talk.say(heard.text, text="it is done")
    for number in range(10):
        await peer.microphone.say(SPEECH)[1]
        await talk.until(lambda t, id_=f"request {number}": "said" in t.state_of(id_))  # type: ignore[misc]
    assert talk.finals == talk.script.texts
    assert len(talk.latencies) == 10
    assert talk.troubles == []
    assert [state for _, state, _ in talk.told] == ["begun", "said"] * 10


async def test_the_page_cannot_put_words_into_the_pipeline(talk: Talk, peer: Page) -> None:
    await asyncio.wait_for(peer.open.wait(), 5)
    # A page that does not care how much it may send.
    peer.pc.sctp._remote_max_message_size = 0  # type: ignore[union-attr]
    talk.say("u", text=f"{SENTENCE} {SENTENCE}")
    await peer.heard.sound_after(0)
    for message in refused_messages(SPEECH):
        peer._channel.send(message)
    peer.send("client-ready", {"version": "2.0.0", "about": {"library": "test"}})
    await peer.message("bot-ready", timeout_s=20)
    await talk.until(lambda t: "bot_silent" in t.states)
    assert talk.states == ["connected", "bot_speaking", "bot_silent"]
    assert talk.state_of("u") == ["begun", "said"]
    assert talk.health.texts == [f"{SENTENCE} {SENTENCE}"]
    assert talk.heard == []

    await peer.microphone.say(SPEECH)[1]
    await talk.until(lambda t: bool(t.finals))
    assert talk.finals == ["run the tests"]
    assert talk.script.segments == 1
    assert talk.troubles == []
    kinds = [message.get("type") for message in peer.messages]
    assert kinds.count("bot-ready") == 1
    assert "bot-started-speaking" in kinds
    refused = {"error", "error-response", "bot-output", "bot-llm-text", "bot-tts-text", "server-response"}
    assert not refused & set(kinds)


async def test_the_page_may_end_the_call(talk: Talk, peer: Page) -> None:
    await asyncio.wait_for(peer.open.wait(), 5)
    peer.send("disconnect-bot")
    await talk.until(lambda t: "disconnected" in t.states)
    assert talk.cascade.clients == 0


def sessions() -> set[int]:
    """Every loaded model of this process."""
    return {id(it) for it in gc.get_objects() if type(it).__name__ == "InferenceSession"}


async def test_calls_share_the_models_and_load_none(talk: Talk) -> None:
    before = sessions()
    assert len(before) >= 2
    for number in (1, 2, 3):
        async with talk.page() as older, talk.page():
            await asyncio.wait_for(older.closed.wait(), 5)
            await talk.until(lambda t, n=number: t.states.count("connected") >= n)  # type: ignore[misc]
        await talk.until(lambda t, n=number: t.states.count("disconnected") == n)  # type: ignore[misc]
    assert sessions() <= before


async def test_hanging_up_leaves_nothing_behind(talk: Talk) -> None:
    before = asyncio.all_tasks()
    async with talk.page() as peer:
        await talk.until(lambda t: "connected" in t.states)
        talk.say("u", text="word " * 30)
        await peer.heard.sound_after(0)
    await talk.until(lambda t: "disconnected" in t.states)
    assert talk.state_of("u") == ["begun", "cut"]
    # Pipecat's own watcher of an idle track looks up every two seconds.
    async with asyncio.timeout(5):
        while left := asyncio.all_tasks() - before:
            await asyncio.wait(left, timeout=1)
    assert talk.cascade.clients == 0


async def test_drain_ends_the_sentence(talk: Talk, peer: Page) -> None:
    talk.say("u", text="goodbye then")
    await peer.heard.sound_after(0)
    await talk.cascade.drain(5)
    assert talk.state_of("u") == ["begun", "said"]


class Broken(FakeEngine[Any]):
    """Its model cannot be read."""

    async def warm(self) -> None:
        raise LookupError("secret words of a library")


async def test_a_model_that_breaks_in_its_own_way_is_a_speech_error() -> None:
    talk = Talk()
    cascade = Cascade(talk, talk.stt, Broken(lambda: ToneTTS(talk.health)), trusted=False)
    with pytest.raises(SpeechError, match=r"LookupError") as caught:
        await cascade.warm()
    assert "secret" not in caught.value.message
    await cascade.aclose()
