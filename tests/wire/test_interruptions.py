"""Coughs, `mm-hm`, pauses for thought and a held key, in a real pipeline with a real conversation behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from unit.scripted_agent import ScriptedAgent
from unit.stage import S
from wire.speech_fakes import FakeEngine, Script, ScriptedSTT, ToneTTS, VoiceHealth
from wire.webrtc_client import RATE, Page, load_wav, page

from aidevops_voice.conversation import Conversation
from aidevops_voice.conversation.attention import Attention
from aidevops_voice.feed import Feed
from aidevops_voice.floor.waking import Listening
from aidevops_voice.journal import Journal, entries
from aidevops_voice.ports import Text, TextEnded, Turn, TurnEnded, TurnStarted
from aidevops_voice.voice.cascade import Cascade
from aidevops_voice.voice.hearing import Hearing

SPEECH = load_wav(Path(__file__).parents[1] / "audio" / "please-run-all-the-tests.wav")
ANSWER = "It reads one line after the other, then it builds a tree, and at last it prints all of it."
REST = "then it builds a tree, and at last it prints all of it."


def grunt(seconds: float = 0.45) -> np.ndarray:
    """A piece of a voice without a word in it; what is no voice at all does not interrupt to begin with."""
    loud = int(np.flatnonzero(np.abs(SPEECH) > 2000)[0])
    piece: np.ndarray = SPEECH[loud : loud + int(RATE * seconds)]
    return piece


def journal(folder: Path) -> list[dict[str, Any]]:
    """All that was written down."""
    return list(entries(next(folder.glob("*.jsonl"))))


class Line:
    """A call with a conversation, engines that cost no time and an agent that the test speaks for."""

    def __init__(self, folder: Path, **listening: Any) -> None:
        self.script, self.health = Script(), VoiceHealth()
        self.agent, self.feed = ScriptedAgent(), Feed()
        self.folder = folder
        self.talk = Conversation(
            self.agent,
            feed=self.feed,
            journal=Journal(folder, "test", str),
            attention=Attention(Listening(**listening)),
        )
        stt, tts = FakeEngine(lambda: ScriptedSTT(self.script)), FakeEngine(lambda: ToneTTS(self.health))
        self.cascade = Cascade(
            self.talk,
            stt,
            tts,
            trusted=False,
            patience=self.talk.patience,
            hearing=Hearing(hold_s=4.0, unfinished_s=2.5),
        )
        self.talk.use_mouth(self.cascade.mouth)

    async def offer(self, offer: dict[str, str]) -> dict[str, str]:
        connection = SmallWebRTCConnection(ice_servers=[])
        await connection.initialize(offer["sdp"], offer["type"])
        await self.cascade.connect(connection)
        answer: dict[str, str] = connection.get_answer()
        return answer

    def events(self, type_: str, **facts: Any) -> list[dict[str, Any]]:
        found = [event for event in self.feed.after(0) if event["type"] == type_]
        return [event for event in found if all(event[name] == value for name, value in facts.items())]

    async def until(self, seen: Callable[[], object], timeout_s: float = 15.0) -> None:
        async with asyncio.timeout(timeout_s):
            while not seen():  # noqa: ASYNC110 - some of it passes no event
                await asyncio.sleep(0.02)

    async def answers(self, text: str = ANSWER) -> None:
        """The agent says something while it works."""
        self.agent.tell(
            TurnStarted(S, "t", "how does it work", False), Text(S, "t", "p", text), TextEnded(S, "t", "p", text)
        )
        self.agent.tell(TurnEnded(S, ("t",), "done"))
        await self.until(lambda: self.events("spoken", state="begun"))


@asynccontextmanager
async def line(folder: Path, **listening: Any) -> AsyncGenerator[tuple[Line, Page], None]:
    it = Line(folder, **listening)
    life = asyncio.create_task(it.talk.run())
    await it.cascade.warm()
    try:
        async with page(it.offer) as peer:
            await it.until(lambda: it.cascade.clients)
            yield it, peer
    finally:
        await it.cascade.aclose()
        await it.talk.drain(1)
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)


@pytest.mark.parametrize(("text", "certain"), [("", True), ("mm-hm", True), ("thank you for watching", False)])
async def test_after_a_false_interruption_the_sentence_goes_on(tmp_path: Path, text: str, certain: bool) -> None:
    async with line(tmp_path) as (it, peer):
        it.script.texts, it.script.certain = [text] if text else [], certain
        await it.answers()
        begun = await peer.heard.sound_after(0)
        await asyncio.sleep(2.6 - (time.monotonic() - begun))
        await peer.microphone.say(grunt())[1]
        await it.until(lambda: len(it.events("spoken", state="begun")) == 2)
        await peer.heard.sound_after(time.monotonic(), hertz=(950, 1050))
        await it.until(lambda: it.events("spoken", state="said"), 20)
        cut = it.events("spoken", state="cut")[0]["heard"]
        assert cut
        assert ANSWER.startswith(cut)
        assert it.health.texts == [ANSWER, REST]
        assert it.events("spoken", state="said")[0]["text"] == ANSWER
        assert it.agent.submitted == []
        assert it.agent.stopped == []
        heard = [entry for entry in journal(tmp_path) if entry["what"] == "heard"]
        assert [entry["understood"] for entry in heard] == ["ignored"]
        assert heard[0]["why"]


async def test_words_end_what_they_interrupt(tmp_path: Path) -> None:
    async with line(tmp_path) as (it, peer):
        await it.answers()
        await peer.heard.sound_after(0)
        await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.agent.submitted)
        assert it.agent.submitted[0].text == "run the tests"
        assert it.health.texts[0] == ANSWER
        assert REST not in it.health.texts


async def test_a_thought_that_is_not_finished_keeps_the_floor(tmp_path: Path) -> None:
    async with line(tmp_path) as (it, peer):
        it.script.texts, it.script.certain = ["rename the file and", "run the tests"], False
        it.talk._confirm_guesses = False
        await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.script.segments == 1)
        await asyncio.sleep(0.6)
        assert it.agent.submitted == []
        await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.agent.submitted)
        assert [turn.text for turn in it.agent.submitted] == ["rename the file and run the tests"]


async def test_who_asks_for_time_gets_it_and_who_says_over_needs_none(tmp_path: Path) -> None:
    async with line(tmp_path) as (it, peer):
        it.script.texts = ["hold on, I'm thinking", "rename the file, over"]
        await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.talk.status()["listening"]["state"] == "holding")
        await asyncio.sleep(2.2)
        assert it.talk.status()["listening"]["state"] == "holding"
        await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.agent.submitted)
        assert [turn.text for turn in it.agent.submitted] == ["rename the file"]
        assert it.talk.status()["listening"]["state"] == "awake"


async def test_who_asks_for_time_and_says_no_more_sends_nothing(tmp_path: Path) -> None:
    async with line(tmp_path) as (it, peer):
        it.script.texts = ["let me think"]
        await it.answers()
        await peer.heard.sound_after(0)
        await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.events("heard", state="ignored"))
        assert it.events("heard", state="ignored")[0]["reason"] == "asked for a moment"
        await it.until(lambda: it.events("spoken", state="said"), 20)
        assert it.agent.submitted == []


async def test_in_wake_mode_only_the_phrase_is_heard(tmp_path: Path) -> None:
    async with line(tmp_path, mode="wake") as (it, peer):
        it.script.texts = ["run the tests", "hey dev ops, which branch am I on"]
        await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.events("heard", reason="asleep"))
        await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.agent.submitted)
        assert [turn.text for turn in it.agent.submitted] == ["which branch am I on"]
        assert it.talk.status()["listening"] == {"mode": "wake", "state": "awake", "wake_phrase": "hey devops"}


async def test_what_a_held_key_lets_through_is_not_waited_for(tmp_path: Path) -> None:
    async with line(tmp_path, mode="push") as (it, peer):
        it.script.texts, it.script.certain = ["rename the file and"], False
        it.talk._confirm_guesses = False
        said = await peer.microphone.say(SPEECH)[1]
        await it.until(lambda: it.agent.submitted)
        assert it.agent.submitted[0].text == "rename the file and"
        assert said < time.monotonic()
        assert isinstance(it.agent.submitted[0], Turn)
