"""Short soft sounds, synthesised: 16-bit mono at the output's sample rate, about -20 dBFS."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 24_000
"""Hz; the transport's, so that nothing is resampled."""
BLOCK = SAMPLE_RATE // 50
"""Samples in 20 ms; the transport holds back what does not fill its block, so sounds are whole blocks."""

_PEAK = 0.1 * 32767
_FADE_S = 0.015
_NOTES: dict[str, tuple[tuple[float, float], ...]] = {
    "working": ((523.25, 0.08),),
    "listening": ((659.25, 0.06),),
    "done": ((523.25, 0.06), (783.99, 0.08)),
    "failed": ((392.0, 0.06), (293.66, 0.08)),
    "needs-you": ((659.25, 0.06), (880.0, 0.08)),
}
"""Name to notes of (Hz, seconds)."""
NAMES = tuple(_NOTES)


@cache
def sound(name: str) -> bytes:
    """The sound of that name; an unknown name gets the plain one."""
    tone = np.concatenate([_note(hertz, seconds) for hertz, seconds in _NOTES.get(name, _NOTES["working"])])
    padded = np.pad(tone, (0, -len(tone) % BLOCK))
    return padded.astype("<i2").tobytes()


def _note(hertz: float, seconds: float) -> NDArray[np.float64]:
    at = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    fade = np.clip(np.minimum(at, seconds - at) / _FADE_S, 0, 1)
    tone: NDArray[np.float64] = _PEAK * np.sin(2 * np.pi * hertz * at) * np.sin(fade * np.pi / 2) ** 2
    return tone
