"""Synthetic voices: espeak-ng through our own adapter, and flite where it is installed; 16 kHz, as float arrays."""

from __future__ import annotations

import asyncio
import io
import shutil
import wave
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path
from random import Random

import numpy as np
from echo.acoustics import RATE, Sound

from aidevops_voice_adapters.tts._espeak_engine import Voice
from aidevops_voice_adapters.tts.espeak import SAMPLE_RATE, EspeakOptions

ESPEAK = (
    EspeakOptions(),
    EspeakOptions(voice="en-us+f3", rate=160),
    EspeakOptions(voice="en-us+m3", rate=200, pitch=35),
    EspeakOptions(rate=350),
)
AUDIO = Path(__file__).parents[1] / "audio"
FLITE = ("slt", "rms", "kal16")
LEVEL = 9000.0
"""Loudest sample of every sentence."""


class Speakers:
    """Every voice that is there, each in a process of its own."""

    def __init__(self) -> None:
        self._espeak = [Voice(options.model_dump()) for options in ESPEAK]
        self._flite = FLITE if shutil.which("flite") else ()
        self._made: dict[tuple[str, str], Sound] = {}

    @property
    def names(self) -> Sequence[str]:
        """Of the voices; those of flite come three times, as the recogniser understands them and hardly espeak's."""
        return (
            *(f"espeak {number}" for number in range(len(self._espeak))),
            *[f"flite {name}" for name in self._flite] * 3,
        )

    async def __aenter__(self) -> Speakers:
        await asyncio.gather(*(voice.warm() for voice in self._espeak))
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(voice.aclose() for voice in self._espeak))

    async def say(self, name: str, text: str) -> Sound:
        """One sentence."""
        if (name, text) not in self._made:
            self._made[name, text] = await self._make(name, text)
        return self._made[name, text]

    async def _make(self, name: str, text: str) -> Sound:
        kind, which = name.split()
        sound = await (self._by_espeak(self._espeak[int(which)], text) if kind == "espeak" else _by_flite(which, text))
        return sound * (LEVEL / max(1.0, float(np.max(np.abs(sound), initial=0.0))))

    async def _by_espeak(self, voice: Voice, text: str) -> Sound:
        async with aclosing(voice.chunks(voice.begin(text))) as chunks:
            return _resampled(b"".join([chunk async for chunk in chunks]), SAMPLE_RATE)


async def _by_flite(voice: str, text: str) -> Sound:
    command = ("flite", "-voice", voice, "-t", text, "-o", "/dev/stdout")
    flite = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    sound, _ = await flite.communicate()
    # Into a pipe flite writes no length; wave would believe it.
    with wave.open(io.BytesIO(sound)) as file:
        return _resampled(sound[44:], file.getframerate())


def recorded(dice: Random, name: str) -> Sound:
    """One of the committed recordings."""
    with wave.open(str(AUDIO / dice.choice(FLITE) / f"{name}.wav")) as file:
        return _resampled(file.readframes(file.getnframes()), file.getframerate())


def _resampled(audio: bytes, rate: int) -> Sound:
    samples = np.frombuffer(audio[: len(audio) // 2 * 2], "<i2").astype(float)
    wanted = int(len(samples) * RATE / rate)
    at = np.arange(wanted) * (rate / RATE)
    resampled: Sound = np.interp(at, np.arange(len(samples)), samples) if len(samples) else np.zeros(0)
    return resampled
