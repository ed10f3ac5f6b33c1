"""What went wrong by the agent's own doing, or only in part, is told as that."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidevops_voice import risk
from aidevops_voice.languages import named
from aidevops_voice.narrator import endings
from aidevops_voice.narrator.narrated import Narrated, narrate_events
from aidevops_voice.narrator.outcome import Work
from aidevops_voice.ports import TurnEnded


def told(command: str, output: str, text: str, ended: str = "done", **tool: Any) -> Narrated:
    run = {"call": "c", "tool": "bash", "command": command, "ok": True, "output": output, **tool}
    events = (
        {"type": "turn_started", "text": "tidy up", "ours": True},
        {"type": "tool_finished", **run},
        {"type": "text_ended", "part": "p", "text": text},
        {"type": "turn_ended", "outcome": ended},
    )
    return narrate_events(map(json.dumps, events))


def test_a_slip_is_not_replaced_by_what_it_destroyed() -> None:
    text = "I made a mistake. I deleted `masters` when you meant the previews.\n\nThey are not in git.\n"
    found = told(
        "rm -rv masters", "removed 'masters/a.wav'\nremoved 'masters/b.wav'\nremoved directory 'masters'\n", text
    )
    assert found.outcome == "failed"
    assert found.spoken[0].startswith("I made a mistake")
    assert "two files" in " ".join(found.spoken)


def test_a_slip_sounds_like_a_failure() -> None:
    ended, work = TurnEnded("s", ("t",), "done"), Work(text="I made a mistake.")
    assert endings.sound(ended, ["I made a mistake, I deleted masters."], work, named("en")) == "failed"
    assert endings.sound(ended, ["The masters are restored."], work, named("en")) == "done"


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("I deleted the wrong folder by mistake.", True),
        ("I've accidentally pushed to main.", True),
        ("This was my fault.", True),
        ("Three letters were refused by mistake.", False),
        ("The mistake was in the parser.", False),
    ],
)
def test_only_its_own_slip_is_one(text: str, slip: bool) -> None:
    assert bool(named("en").marks["fault"].search(text)) is slip


@pytest.mark.parametrize("text", ["Borré la carpeta por error.", "Me equivoqué de rama.", "Fue un error mío."])
def test_a_slip_in_spanish(text: str) -> None:
    assert named("es").marks["fault"].search(text)


def test_a_part_that_went_through_is_no_failure_of_the_turn() -> None:
    text = "5 of the 7 letters are printed. Two were refused and wait in the tray.\n"
    output = "printed a\nrefused b  no address\n5 printed, 2 refused\n"
    assert told("python3 letters.py", output, text, ok=False, exit_code=1).outcome == "info"


def test_how_far_it_came_is_told_of_a_turn_that_broke_off() -> None:
    spoken = " ".join(told("ls", "", "12 of the 40 pages are translated.", "failed").spoken)
    assert "welve of the forty pages are translated" in spoken


def test_a_file_that_is_sent_is_told_once() -> None:
    looked = risk.assess("curl -X POST --data-binary @may.csv https://open.example/v1", "/home/ann/shop")
    assert risk.read_back(looked, named("en")) == ["Send may dot csv to open dot example."]
