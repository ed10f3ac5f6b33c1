"""The ear of the end-to-end tests is itself tested: it knows each sentence, and hears what is missing or changed."""

from __future__ import annotations

import asyncio
from io import BytesIO

import av
import numpy as np
import pytest
from audio_match import RATE, Samples, decoded, matches, rendered, resampled, variants
from av import AudioFrame, AudioStream

from aidevops_voice.voice import earcon

SAID = ["Three tests pass and two fail.", "I changed the parser, not the lexer.", "Done.", "Two files were added."]
OTHERS = [
    "The server is up.",
    "Running the tests.",
    "I am still working.",
    *(v for said in SAID for v in variants(said)),
]


@pytest.fixture(scope="module")
def sounds() -> dict[str, Samples]:
    return asyncio.run(rendered(dict.fromkeys([*SAID, *OTHERS])))


def received(*sounds: Samples) -> Samples:
    """A cue, pauses, a little noise, and through the codec of WebRTC."""
    pause, cue = np.zeros(RATE // 5), resampled(earcon.sound("done"), earcon.SAMPLE_RATE)
    sent = np.concatenate([pause, cue, *(part for sound in sounds for part in (sound, pause))])
    noisy = 0.6 * sent + np.random.default_rng(3).normal(0, 3e-4, len(sent))
    frame = AudioFrame.from_ndarray((noisy * 32767).astype(np.int16)[None, :], layout="mono")
    frame.sample_rate = RATE
    sink = BytesIO()
    with av.open(sink, "w", format="webm") as file:
        stream = file.add_stream("libopus", rate=48_000, layout="mono")
        assert isinstance(stream, AudioStream)
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            file.mux(packet)
    return decoded(sink.getvalue())


def test_each_sentence_is_known_among_many(sounds: dict[str, Samples]) -> None:
    found = matches(received(*(sounds[said] for said in SAID)), SAID, sounds)
    assert len(sounds) >= 12
    assert all(match.right for match in found), found


@pytest.mark.parametrize(
    "really",
    [
        SAID[1:],
        SAID[:-1],
        [SAID[0], *SAID[2:]],
        [*SAID, "Running the tests."],
        [*SAID[:2], "Done.", *SAID[2:]],
        [SAID[0], "Done.", *SAID[1:]],
        ["The server is up.", *SAID],
        [SAID[1], SAID[0], *SAID[2:]],
        ["Three tests pass and three fail.", *SAID[1:]],
        [SAID[0], "I changed the parser, now the lexer.", *SAID[2:]],
        [*SAID[:-1], "Two files were"],
    ],
)
def test_what_is_missing_added_swapped_or_changed_is_heard(sounds: dict[str, Samples], really: list[str]) -> None:
    found = matches(received(*(sounds[sentence] for sentence in really)), SAID, sounds)
    assert not all(match.right for match in found)
