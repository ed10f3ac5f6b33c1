"""The embedded voice: the real library in its process, a real pipeline."""

from __future__ import annotations

import os
import signal
from array import array
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest
from pipecat.frames.frames import (
    InterruptionFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
    TTSUpdateSettingsFrame,
)
from pipecat.services.settings import TTSSettings
from wire.embedded_call import call, has, of

from aidevops_voice.adapter import Workplace
from aidevops_voice.errors import VoiceFailed
from aidevops_voice_adapters.tts.espeak import ADAPTER, SAMPLE_RATE, EspeakEngine, EspeakOptions

LONG = "All tests pass, and the page shows what was changed in each of the files. " * 20
SHORT = "Done."


def build(options: EspeakOptions, folder: Path) -> EspeakEngine:
    engine = ADAPTER.build(options, Workplace(folder, folder))
    assert isinstance(engine, EspeakEngine)
    return engine


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncGenerator[EspeakEngine, None]:
    engine = build(EspeakOptions(), tmp_path)
    await engine.warm()
    yield engine
    await engine.aclose()


async def spoken(engine: EspeakEngine, text: str) -> bytes:
    voice = engine.voice
    async with aclosing(voice.chunks(voice.begin(text))) as chunks:
        return b"".join([chunk async for chunk in chunks])


def loudest(audio: bytes) -> int:
    return max(map(abs, array("h", audio)))


def same_length(one: bytes, other: bytes) -> bool:
    """The library's pauses differ by some samples from one time to the next."""
    return abs(len(one) - len(other)) < SAMPLE_RATE * 2 // 50


def pid(engine: EspeakEngine) -> int:
    number = engine.voice.process.pid
    assert number is not None
    return number


async def test_a_sentence_comes_out_of_the_pipeline_as_sound(engine: EspeakEngine) -> None:
    async with call(engine.service()) as line:
        await line.send(TTSSpeakFrame("All tests pass."))
        frames = await line.sink.until(has(TTSStoppedFrame))
    started, audio = of(TTSStartedFrame, frames), of(TTSAudioRawFrame, frames)
    assert len(started) == 1
    assert {(frame.sample_rate, frame.num_channels, frame.context_id) for frame in audio} == {
        (SAMPLE_RATE, 1, started[0].context_id)
    }
    assert max(len(frame.audio) for frame in audio) <= SAMPLE_RATE * 2 * 61 // 1000
    assert loudest(b"".join(frame.audio for frame in audio)) > 5000


async def test_the_first_sound_comes_before_the_sentence_is_made(engine: EspeakEngine) -> None:
    voice = engine.voice
    async with aclosing(voice.chunks(voice.begin(LONG))) as chunks:
        assert await anext(chunks)
        # Had all of it been made already, the death of the process would go unnoticed.
        os.kill(pid(engine), signal.SIGKILL)
        with pytest.raises(VoiceFailed):
            async for _ in chunks:
                pass
    assert loudest(await spoken(engine, SHORT)) > 5000


async def test_an_idle_engine_that_dies_is_back_for_the_next_sentence(engine: EspeakEngine) -> None:
    before = pid(engine)
    os.kill(before, signal.SIGKILL)
    assert loudest(await spoken(engine, SHORT)) > 5000
    assert pid(engine) != before


async def test_leaving_in_mid_sentence_frees_the_voice_at_once(engine: EspeakEngine) -> None:
    alone = await spoken(engine, SHORT)
    voice = engine.voice
    async with aclosing(voice.chunks(voice.begin(LONG))) as chunks:
        assert await anext(chunks)
    assert same_length(await spoken(engine, SHORT), alone)


async def test_talking_over_it_stops_it_and_the_next_sentence_is_whole(engine: EspeakEngine) -> None:
    alone = await spoken(engine, SHORT)
    async with call(engine.service()) as line:
        await line.send(TTSSpeakFrame(LONG))
        await line.sink.until(has(TTSAudioRawFrame))
        await line.send(InterruptionFrame())
        await line.sink.until(has(InterruptionFrame))
        heard = len(line.sink.frames)
        await line.send(TTSSpeakFrame(SHORT))
        frames = await line.sink.until(lambda frames: has(TTSStoppedFrame)(frames[heard:]))
    after = b"".join(frame.audio for frame in of(TTSAudioRawFrame, frames[heard:]))
    assert same_length(after, alone)


async def test_text_is_only_text(engine: EspeakEngine) -> None:
    five_seconds = SAMPLE_RATE * 2 * 5
    assert len(await spoken(engine, 'Wait <break time="20s"/> here.')) < five_seconds
    plain = await spoken(engine, "One")
    assert len(await spoken(engine, "One\0 and two and three")) > len(plain)


async def test_symbols_alone_make_no_failure(engine: EspeakEngine) -> None:
    async with call(engine.service()) as line:
        for _ in range(4):
            await line.send(TTSSpeakFrame("…"))
        await line.send(TTSSpeakFrame(SHORT))
        frames = await line.sink.until(has(TTSAudioRawFrame, 5))
    assert of(TTSAudioRawFrame, frames)


async def test_options_are_heard(tmp_path: Path) -> None:
    lengths = []
    for rate in (120, 300):
        engine = build(EspeakOptions(rate=rate, voice="en-us+f3"), tmp_path)
        await engine.warm()
        lengths.append(len(await spoken(engine, "All tests pass.")))
        await engine.aclose()
    assert lengths[0] > 1.5 * lengths[1]


async def test_a_quicker_pace_makes_the_same_sentence_shorter_and_the_next_call_begins_as_usual(
    engine: EspeakEngine,
) -> None:
    sentence = "All tests pass, and the page shows what was changed in each of the files."
    lengths = []
    async with call(engine.service()) as line:
        for number, rate in enumerate((1.0, 1.5, 0.75, 1.0)):
            heard = len(line.sink.frames)
            await line.send(TTSUpdateSettingsFrame(delta=TTSSettings(extra={"rate": rate})), TTSSpeakFrame(sentence))
            frames = await line.sink.until(has(TTSStoppedFrame, number + 1))
            lengths.append(sum(len(frame.audio) for frame in of(TTSAudioRawFrame, frames[heard:])) / SAMPLE_RATE / 2)
    async with call(engine.service()) as line:
        await line.send(TTSSpeakFrame(sentence))
        frames = await line.sink.until(has(TTSStoppedFrame))
        lengths.append(sum(len(frame.audio) for frame in of(TTSAudioRawFrame, frames)) / SAMPLE_RATE / 2)
    usual, quick, slow, again, later = lengths
    assert 1.3 < usual / quick < 1.6
    assert 0.65 < usual / slow < 0.85
    assert (again, later) == pytest.approx((usual, usual), abs=0.02)


async def test_an_unknown_voice_is_named(tmp_path: Path) -> None:
    engine = build(EspeakOptions(voice="martian"), tmp_path)
    with pytest.raises(VoiceFailed, match="martian"):
        await engine.warm()
    await engine.aclose()


async def test_a_closed_voice_says_so(engine: EspeakEngine) -> None:
    await engine.aclose()
    with pytest.raises(VoiceFailed):
        await spoken(engine, SHORT)
