"""Ten loops of `make echo`, and the same with the guards off, which must let something through."""

from __future__ import annotations

from random import Random

import pytest
from echo.acoustics import Room
from echo.asking import PHRASES, Said
from echo.loop import Asked, answered, unguarded
from echo.score import loops
from echo.speakers import recorded

from aidevops_voice import listener
from aidevops_voice.ports import Ask, Heard
from aidevops_voice_adapters.stt._pocketsphinx_worker import Ear

REMOVE = Said(
    Ask("per_1", "s", "permission", "bash", "rm -rf build"),
    ("The agent wants to delete the folder build.",),
    PHRASES[0],
    f"To let it happen, say: {' '.join(PHRASES[0])}.",
)
EDIT = Said(
    Ask("per_2", "s", "permission", "edit", path="a.py"), ("The agent wants to edit a dot py.", "May it?"), (), ""
)


async def test_the_voice_never_answers_itself() -> None:
    tally = await loops(range(10))
    assert tally.allowed == []
    assert list(tally.problems()) == []
    assert tally.loops == 10
    assert tally.oracle == 2000


@pytest.mark.parametrize("said", [REMOVE, EDIT])
def test_only_what_is_known_of_voice_and_time_keeps_the_same_words_from_allowing(said: Said) -> None:
    asked = Asked(said, 100.0, 106.0)
    text = " ".join(said.challenge) or "yes"
    heard = Heard(text, began=105.0, bot_speaking=True, bot_last_said=said.phrase or said.sentences[-1])
    assert not asked.answers(heard, 107.0)
    assert unguarded(said, heard, 107.0)


def test_a_user_in_such_a_room_is_understood() -> None:
    ear, dice = Ear(list(listener.SPOKEN)), Random(3)
    rooms = [Room.drawn(dice) for _ in range(6)]
    assert any(answered(Asked(EDIT), recorded(dice, "yes"), room, ear) for room in rooms)
