"""What a microphone in a room gets of a loudspeaker: late, softer, filtered, with the room's answer and noise."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import numpy as np

RATE = 16_000
Sound = np.ndarray


@dataclass(frozen=True, slots=True)
class Room:
    """`delay_s` from what is sent to what comes back; `gain` of the echo; `noise` is the RMS of 16-bit samples."""

    delay_s: float
    gain: float
    answer: Sound
    """Impulse response of loudspeaker, room and microphone, without the delay."""
    noise: float
    colour: str

    @classmethod
    def drawn(cls, dice: Random) -> Room:
        """From a good loudspeaker in a quiet room, of which the recogniser understands most, to a noisy kitchen."""
        bad = dice.choice((0.05, 0.05, 0.3, 1.0))
        return cls(
            delay_s=dice.uniform(0.05, 0.4),
            gain=10 ** (-dice.choice((0.0, 3.0, 6.0, 9.0, 12.0)) / 20),
            answer=_answer(dice, bad),
            noise=3.0 * 10 ** (bad * dice.uniform(0.5, 1.8)),
            colour=dice.choice(("white", "brown", "hum")),
        )

    def echo(self, sound: Sound) -> Sound:
        """All that comes back of a sound, from the moment it is sent."""
        size = 1 << int(len(sound) + len(self.answer)).bit_length()
        both = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(self.answer, size), size)
        late = np.zeros(int(self.delay_s * RATE))
        return np.concatenate([late, self.gain * both[: len(sound) + len(self.answer)]])

    def background(self, samples: int, seed: int) -> Sound:
        """What is heard all the time."""
        white = np.random.default_rng(seed).normal(0.0, 1.0, samples)
        match self.colour:
            case "brown":
                wave = np.convolve(white, np.exp(-np.arange(200) / 40.0), mode="same")
            case "hum":
                wave = 0.3 * white + np.sin(2 * np.pi * 50.0 * np.arange(samples) / RATE)
            case _:
                wave = white
        return self.noise * wave / max(1e-9, float(np.sqrt(np.mean(wave**2))))


def _answer(dice: Random, bad: float) -> Sound:
    """The direct sound, a tail that dies away in 0.1 to 0.6 s, and the band that a small loudspeaker gives."""
    fades_s, share = dice.uniform(0.1, 0.6), 0.5 * bad
    samples = int(fades_s * RATE)
    tail = np.random.default_rng(dice.getrandbits(32)).normal(0.0, 1.0, samples)
    tail *= np.exp(-6.9 * np.arange(samples) / samples)
    answer = share * tail / float(np.sqrt(np.sum(tail**2)))
    answer[0] += 1.0
    low, high = dice.choice((60.0, 150.0, 60.0 + 240.0 * bad)), dice.choice((7600.0, 6000.0, 7600.0 - 4200.0 * bad))
    spectrum = np.fft.rfft(answer)
    hertz = np.fft.rfftfreq(len(answer), 1 / RATE)
    spectrum *= 1.0 / (1.0 + (low / np.maximum(hertz, 1.0)) ** 4) / (1.0 + (hertz / high) ** 8)
    filtered: Sound = np.fft.irfft(spectrum, len(answer))
    return filtered


@dataclass(slots=True)
class Microphone:
    """The sum of all echoes so far; `leaks` are the seconds in which an echo canceller lets them through."""

    room: Room
    seconds: float
    seed: int
    leaks: list[tuple[float, float]] = field(default_factory=list)
    _echoes: Sound = field(init=False)
    _noise: Sound = field(init=False)

    def __post_init__(self) -> None:
        self._echoes = np.zeros(int(self.seconds * RATE))
        self._noise = self.room.background(len(self._echoes), self.seed)

    def sounds(self, sound: Sound, at: float) -> None:
        """The loudspeaker begins it at that second."""
        self._add(self.room.echo(sound), at)

    def stops(self, sound: Sound, begun_at: float, at: float) -> None:
        """It is cut there, and what was to come never sounds."""
        rest = sound.copy()
        rest[: int((at - begun_at) * RATE)] = 0.0
        self._add(-self.room.echo(rest), begun_at)

    def _add(self, echo: Sound, at: float) -> None:
        start = int(at * RATE)
        end = min(len(self._echoes), start + len(echo))
        if end > start:
            self._echoes[start:end] += echo[: end - start]

    def take(self, at: float, samples: int) -> bytes:
        """16-bit samples from that second on."""
        start = round(at * RATE)
        open_ = not self.leaks or any(begin <= at < end for begin, end in self.leaks)
        heard = self._noise[start : start + samples] + (self._echoes[start : start + samples] if open_ else 0.0)
        clipped: bytes = np.clip(heard, -32768, 32767).astype("<i2").tobytes()
        return clipped
