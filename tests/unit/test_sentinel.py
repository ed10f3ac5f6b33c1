"""When a failure of the recogniser is told, and in which words a speech service's error is."""

from __future__ import annotations

import pytest
from pipecat.frames.frames import ErrorFrame
from pipecat.utils.errors import ErrorCategory

from aidevops_voice.errors import RecogniserFailed, VoiceError, VoiceFailed
from aidevops_voice.ports import Heard, Utterance, Voiced
from aidevops_voice.voice.sentinel import QUIET_S, Deafness, recogniser_failure, voice_failure


class Told:
    """Ears that keep the troubles."""

    def __init__(self) -> None:
        self.troubles: list[VoiceError] = []
        self.now = 50.0
        self.deafness = Deafness(self, lambda: self.now)

    def hear(self, heard: Heard) -> None: ...
    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None: ...
    def voice_state(self, state: str) -> None: ...
    def measured(self, reply_ms: float) -> None: ...
    def trouble(self, error: VoiceError) -> None:
        self.troubles.append(error)


def test_a_failure_before_anybody_listens_is_told_when_somebody_does() -> None:
    told = Told()
    told.deafness.failed(RecogniserFailed("the first reason"))
    told.deafness.failed(RecogniserFailed("another"))
    assert told.troubles == []
    told.deafness.listened_to()
    assert [error.message for error in told.troubles] == ["the first reason"]


def test_while_the_user_is_silent_it_is_told_once() -> None:
    told = Told()
    told.deafness.listened_to()
    for _ in range(20):
        told.deafness.failed(RecogniserFailed("away"))
        told.now += 60
    assert len(told.troubles) == 1


def test_who_speaks_in_vain_is_told_again_but_not_at_once() -> None:
    told = Told()
    told.deafness.listened_to()
    told.deafness.failed(RecogniserFailed("away"))
    told.deafness.user_spoke()
    told.deafness.failed(RecogniserFailed("away"))
    assert len(told.troubles) == 1
    told.now += QUIET_S
    told.deafness.failed(RecogniserFailed("away"))
    told.deafness.failed(RecogniserFailed("away"))
    assert len(told.troubles) == 2


def test_what_an_adapter_says_of_its_failure_is_told_as_it_is() -> None:
    known = VoiceFailed("the key is wrong", cure="set it")
    assert voice_failure(ErrorFrame("x", exception=known)) is known


@pytest.mark.parametrize("category", [None, *ErrorCategory])
def test_any_other_error_gets_a_cure_and_is_cut_short(category: ErrorCategory | None) -> None:
    for failure in voice_failure, recogniser_failure:
        error = failure(ErrorFrame("long " * 1000, category=category))
        assert error.cure
        assert len(error.message) < 300
