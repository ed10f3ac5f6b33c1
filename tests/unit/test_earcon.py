"""Earcons are short, soft, without a click, and fill the transport's blocks."""

from itertools import combinations

import numpy as np
import pytest

from aidevops_voice.voice import earcon


@pytest.mark.parametrize("name", earcon.NAMES)
def test_is_short_soft_and_whole(name: str) -> None:
    samples = np.frombuffer(earcon.sound(name), "<i2").astype(float)

    assert 0.06 <= len(samples) / earcon.SAMPLE_RATE <= 0.16
    assert len(samples) % earcon.BLOCK == 0
    level = 20 * np.log10(np.sqrt(np.mean(samples**2)) / 32768)
    assert -28 < level < -20
    assert abs(samples[0]) < 20
    assert abs(samples[-1]) < 20
    assert np.max(np.abs(np.diff(samples))) < 1000


def spectrum(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Hz and power."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 15)) ** 2
    return np.fft.rfftfreq(1 << 15, 1 / earcon.SAMPLE_RATE), power


def melody(name: str) -> tuple[float, float]:
    """Strongest Hz at the beginning and at the end."""
    samples = np.frombuffer(earcon.sound(name), "<i2").astype(float)
    samples = samples[: np.flatnonzero(samples)[-1] + 1]
    part = int(0.055 * earcon.SAMPLE_RATE)
    tones = []
    for piece in (samples[:part], samples[-part:]):
        hertz, power = spectrum(piece)
        tones.append(float(hertz[np.argmax(power)]))
    return tones[0], tones[1]


@pytest.mark.parametrize("name", earcon.NAMES)
def test_nothing_clicks(name: str) -> None:
    hertz, power = spectrum(np.frombuffer(earcon.sound(name), "<i2").astype(float))
    assert power[hertz > 3000].sum() < 1e-6 * power.sum()
    assert power[hertz < 150].sum() < 1e-3 * power.sum()


def test_each_is_told_from_the_others_by_its_melody() -> None:
    for one, other in combinations(earcon.NAMES, 2):
        steps = [abs(12 * np.log2(a / b)) for a, b in zip(melody(one), melody(other), strict=True)]
        assert max(steps) > 2, f"{one} and {other} differ by less than two semitones"


@pytest.mark.parametrize(("name", "direction"), [("done", 1), ("needs-you", 1), ("failed", -1), ("working", 0)])
def test_good_news_rise_and_bad_news_fall(name: str, direction: int) -> None:
    begin, end = melody(name)
    assert np.sign(round((end - begin) / 20)) == direction


def test_names_differ_and_unknown_ones_still_sound() -> None:
    assert len({earcon.sound(name) for name in earcon.NAMES}) == len(earcon.NAMES)
    assert earcon.sound("of no known name") == earcon.sound("working")
