"""Earcons are short, soft, without a click, and fill the transport's blocks."""

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


def test_names_differ_and_unknown_ones_still_sound() -> None:
    assert len({earcon.sound(name) for name in earcon.NAMES}) == len(earcon.NAMES)
    assert earcon.sound("of no known name") == earcon.sound("working")
