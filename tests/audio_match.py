"""Whether recorded sound is some sentences, word for word: each is made again by the same voice and compared.

The sound came over a codec and a jitter buffer, which stretch and colour it, so spectra are compared along the
cheapest way through both (dynamic time warping). Silence and earcons are left out. Samples are mono at `RATE`, ±1.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import cast

import av
import numpy as np
from numpy.typing import NDArray

from aidevops_voice_adapters.tts.espeak import SAMPLE_RATE, EspeakEngine, EspeakOptions

RATE = 16_000
HOP = RATE // 100
"""Samples from one column of a spectrum to the next: 10 ms."""
_WINDOW = 512
_BANDS = 40
_LOUD_DB = 35.0
"""Below the loudest columns by so much it is silence."""
_FLOOR_DB = 50.0
_WAY = 0.1
"""Part of the length by which one may be ahead of the other, and at least `_LEAST` columns."""
_LEAST = 40
_PURE = 0.97
"""Part of a column's power in one tone that makes it an earcon."""
_NOTES_HZ = (280, 920)
"""Of earcons; a hum of the voice is lower."""
_AROUND = 3
"""Columns on both sides of an earcon that are left out with it: the window reaches into it."""
_UNLIKE = 8.0
"""Columns' worth of difference below which it is the same sentence: over Chromium and WebRTC on a busy machine 0.1 to
5, one word more or less 10 and up."""
_NEARER = 0.2
"""Part of the way between two sentences by which a stretch has to be nearer to its own; measured 0.6 to 1."""
_LONGER = 28
"""Columns by which a stretch may differ from its sentence; the shortest sentence, "Done.", has 32."""
_SWAPS = (
    "one two", "two three", "three two", "four nine", "five nine", "six five", "seven eleven", "eight eighty",
    "nine five", "ten eleven", "zero eight", "hundred thousand", "pass fail", "passes fails", "passed failed",
    "fail pass", "fails passes", "failed passed", "not now", "done none", "added deleted", "run read", "allow deny",
    "nothing everything",
)  # fmt: skip

Samples = NDArray[np.float64]


def decoded(recording: bytes) -> Samples:
    """Of a WebM or WAV file."""
    resampler = av.AudioResampler("flt", "mono", RATE)
    with av.open(io.BytesIO(recording), "r") as file:
        frames = [piece for frame in file.decode(audio=0) for piece in resampler.resample(frame)]
    return _joined([*frames, *resampler.resample(None)])


def resampled(pcm: bytes, rate: int) -> Samples:
    """16-bit mono at another rate."""
    frame = av.AudioFrame.from_ndarray(np.frombuffer(pcm, "<i2")[None, :], layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler("flt", "mono", RATE)
    return _joined([*resampler.resample(frame), *resampler.resample(None)])


def _joined(frames: Sequence[av.AudioFrame]) -> Samples:
    return np.concatenate([frame.to_ndarray()[0] for frame in frames]).astype(np.float64)


def speech(samples: Samples) -> NDArray[np.float64]:
    """Log-mel columns of what sounds and is no earcon, dB above the floor, each column of length 1."""
    count = max(0, (len(samples) - _WINDOW) // HOP)
    at = np.arange(count)[:, None] * HOP + np.arange(_WINDOW)
    power = np.abs(np.fft.rfft(samples[at] * np.hanning(_WINDOW))) ** 2
    level = 10 * np.log10(power.sum(1) + 1e-12)
    loud = level > np.percentile(level, 98) - _LOUD_DB
    earcon = np.convolve(loud & _pure(power), np.ones(2 * _AROUND + 1), "same") > 0
    columns = 10 * np.log10(power[loud & ~earcon] @ _mel().T + 1e-12)
    columns = np.maximum(columns - columns.max(1, keepdims=True) + _FLOOR_DB, 0)
    return cast("NDArray[np.float64]", columns / np.linalg.norm(columns, axis=1, keepdims=True))


def _pure(power: NDArray[np.float64]) -> NDArray[np.bool_]:
    peak = np.argmax(power, axis=1)
    near = np.clip(peak[:, None] + np.arange(-2, 3), 0, power.shape[1] - 1)
    alone = np.take_along_axis(power, near, 1).sum(1) > _PURE * power.sum(1)
    hertz = peak * RATE / _WINDOW
    return cast("NDArray[np.bool_]", alone & (hertz > _NOTES_HZ[0]) & (hertz < _NOTES_HZ[1]))


def _mel() -> NDArray[np.float64]:
    hertz = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    top = 2595 * np.log10(1 + 7000 / 700)
    edges = 700 * (10 ** (np.linspace(0, top, _BANDS + 2) / 2595) - 1)
    up = (hertz - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    down = (edges[2:, None] - hertz) / (edges[2:] - edges[1:-1])[:, None]
    return cast("NDArray[np.float64]", np.clip(np.minimum(up, down), 0, None))


@dataclass(frozen=True, slots=True)
class Way:
    """The cheapest way through two spectra."""

    difference: float
    """Distances along it summed up, in columns that have nothing in common."""
    reached: NDArray[np.int_]
    """For each column of the first the last column of the second that it was laid on."""


def way(one: NDArray[np.float64], other: NDArray[np.float64]) -> Way:
    """Both from begin to end."""
    rows, columns = len(one), len(other)
    reach = max(_LEAST, int(_WAY * max(rows, columns))) + abs(rows - columns)
    cost = np.full((rows + 1, columns + 1), np.inf)
    cost[0, 0] = 0.0
    for total in range(2, rows + columns + 1):
        first = max(1, total - columns, (total - reach) // 2)
        i = np.arange(first, min(rows, total - 1, (total + reach) // 2 + 1) + 1)
        j = total - i
        step = 1 - np.einsum("ij,ij->i", one[i - 1], other[j - 1])
        best = np.minimum(np.minimum(cost[i - 1, j], cost[i, j - 1]) + step, cost[i - 1, j - 1] + 2 * step)
        cost[i, j] = best
    return Way(float(cost[rows, columns]) / 2, _back(cost))


def _back(cost: NDArray[np.float64]) -> NDArray[np.int_]:
    i, j = cost.shape[0] - 1, cost.shape[1] - 1
    reached = np.zeros(i, int)
    while i > 0 and j > 0:
        reached[i - 1] = max(reached[i - 1], j)
        steps = {(i - 1, j - 1): cost[i - 1, j - 1], (i - 1, j): cost[i - 1, j], (i, j - 1): cost[i, j - 1]}
        i, j = min(steps, key=lambda place: (steps[place], place[0]))
    return reached


# --- sentences ---------------------------------------------------------------------------------------------------


async def rendered(sentences: Iterable[str]) -> dict[str, Samples]:
    """Each as the embedded voice says it."""
    engine = EspeakEngine(EspeakOptions())
    await engine.warm()
    made = {}
    for sentence in sentences:
        async with aclosing(engine.voice.chunks(engine.voice.begin(sentence))) as chunks:
            made[sentence] = resampled(b"".join([chunk async for chunk in chunks]), SAMPLE_RATE)
    await engine.aclose()
    return made


def variants(sentence: str) -> list[str]:
    """The same with one word changed that matters: a number, a verdict, a name's last word left out."""
    words = sentence.split()
    changed = [" ".join(words[:-1])] if len(words) > 2 else []
    for old, new in (swap.split() for swap in _SWAPS):
        for at, word in enumerate(words):
            if word.strip(",.").lower() == old:
                changed.append(" ".join([*words[:at], word.lower().replace(old, new), *words[at + 1 :]]))
    return changed


@dataclass(frozen=True, slots=True)
class Match:
    """One stretch of a recording beside the sentence that belongs there."""

    said: str
    rival: str
    """The other sentence that it sounds most like."""
    nearer: float
    """1: it is the sentence, 0: as far from it as from the rival, below: it is rather the rival."""
    difference: float
    longer: int
    """Columns by which the stretch is longer than the sentence."""
    columns: int

    @property
    def right(self) -> bool:
        """Whether the stretch is this sentence and nothing more."""
        whole = abs(self.longer) <= min(_LONGER, 12 + 0.08 * self.columns)
        # A jitter buffer that fills up plays slower: longer by far, but nowhere unlike (by 1.1; "Done." in it: 1.9).
        slower = 0 < self.longer <= 0.2 * self.columns and self.difference <= max(1.4, 0.004 * self.columns)
        return self.nearer > _NEARER and self.difference < _UNLIKE and (whole or slower)


def matches(recording: Samples, said: Sequence[str], sounds: Mapping[str, Samples]) -> list[Match]:
    """Lay the sentences on the recording in their order, all of them on all of it, and look at each stretch."""
    spectra = {sentence: speech(sound) for sentence, sound in sounds.items()}
    heard, expected = speech(recording), np.concatenate([spectra[sentence] for sentence in said])
    reached = way(expected, heard).reached
    ends = np.cumsum([len(spectra[sentence]) for sentence in said])
    starts = [0, *(int(reached[end - 1]) for end in ends[:-1])]
    stretches = [heard[start:end] for start, end in zip(starts, [*starts[1:], len(heard)], strict=True)]
    return [_match(sentence, stretch, spectra) for sentence, stretch in zip(said, stretches, strict=True)]


def _match(said: str, stretch: NDArray[np.float64], spectra: Mapping[str, NDArray[np.float64]]) -> Match:
    sentence, rivals = spectra[said], {name: spectrum for name, spectrum in spectra.items() if name != said}
    longer = len(stretch) - len(sentence)
    if abs(longer) > len(sentence):
        return Match(said, "", 0.0, np.inf, longer, len(sentence))
    own = way(sentence, stretch).difference
    near = [
        ((way(spectrum, stretch).difference - own) / way(sentence, spectrum).difference, name)
        for name, spectrum in rivals.items()
        if abs(len(spectrum) - len(stretch)) <= 20 + 0.3 * len(stretch)  # another length is another sentence
    ]
    nearer, rival = min(near, default=(1.0, ""))
    return Match(said, rival, nearer, own, longer, len(sentence))
