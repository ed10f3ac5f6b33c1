"""What a call leaves in the models, the next one does not find."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import AsyncGenerator
from enum import Enum
from pathlib import Path

import numpy as np
import pytest
from pipecat.audio.turn.base_turn_analyzer import EndOfTurnState
from pipecat.audio.vad.vad_analyzer import VADState

from aidevops_voice.voice.hearing import Hearing, Listeners

SPEECH = Path(__file__).parents[1] / "audio" / "please-run-all-the-tests.wav"
IMMUTABLE = (int, float, str, bytes, tuple, Enum, type(None))


def speech() -> bytes:
    with wave.open(str(SPEECH)) as file:
        sound: bytes = file.readframes(file.getnframes())
    return sound


async def hear(listeners: Listeners, sound: bytes) -> list[VADState]:
    """20 ms at a time, and it ends in the middle of a word."""
    states = []
    for at in range(0, len(sound) // 2, 640):
        audio = sound[at : at + 640]
        states.append(await listeners.vad.analyze_audio(audio))
        listeners.turn.append_audio(audio, listeners.vad.speaking)
    return states


def shared(one: object, other: object) -> set[str]:
    """Attributes that both hold and that could carry something over."""
    held = vars(other)
    return {name for name, it in vars(one).items() if held.get(name) is it and not isinstance(it, IMMUTABLE)}


@pytest.fixture
async def loaded() -> AsyncGenerator[Listeners, None]:
    it = await asyncio.to_thread(Listeners.load, Hearing())
    yield it
    await it.close()


async def test_a_fresh_pair_has_heard_nothing(loaded: Listeners) -> None:
    sound = speech()
    used, never_used = loaded.fresh(), await asyncio.to_thread(Listeners.load, Hearing())
    states = await hear(used, sound)
    assert VADState.SPEAKING in states
    assert used.turn.speech_triggered
    fresh = used.fresh()
    assert np.any(used.vad._model._state)
    assert not np.any(fresh.vad._model._state)
    assert not fresh.turn.speech_triggered
    assert await fresh.turn.analyze_end_of_turn() == (EndOfTurnState.INCOMPLETE, None)
    assert await hear(fresh, sound) == await hear(never_used, sound) == states
    for listeners in (used, fresh, never_used):
        await listeners.close()


async def test_a_fresh_pair_shares_nothing_but_what_is_never_written(loaded: Listeners) -> None:
    one, other = loaded.fresh(), loaded.fresh()
    assert shared(one.vad, other.vad) == {"_params"}
    assert shared(one.vad._model, other.vad._model) == {"session", "sample_rates"}
    assert shared(one.turn, other.turn) == {"_params", "_session"}


async def test_two_calls_may_listen_at_once(loaded: Listeners) -> None:
    sound = speech()
    one, other = loaded.fresh(), loaded.fresh()
    alone = await hear(loaded.fresh(), sound)
    both = await asyncio.gather(hear(one, sound), hear(other, sound))
    assert list(both) == [alone, alone]
    await one.close()
    await other.close()
