"""Identifiers that are said, and turns in other clothes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from speakbench import identifiers
from speakbench.cases import load_file
from speakbench.judging import judge
from speakbench.planted import GOOD, case, write
from speakbench.stability import variants
from speakbench.systems import Spoken


@pytest.mark.parametrize(
    ("spoken", "wrong_names"),
    [
        ("Fixed parse config in main dot py.", 0),
        ("Fixed parse_config in main dot py.", 1),
        ("Fixed parseconfig in main.py.", 2),
        ("Nothing was fixed.", 0),
    ],
)
def test_identifiers_are_said_as_words(spoken: str, wrong_names: int) -> None:
    count, wrong_ones = identifiers.said(case(), spoken)
    assert len(wrong_ones) == wrong_names
    assert count == (0 if "Nothing" in spoken else 2)


def test_words_lead_back_to_one_identifier_the_one_that_the_agent_wrote() -> None:
    printed: dict[str, object] = {"type": "tool_finished", "tool": "bash", "ok": True, "output": "loadCart load_cart"}
    written: dict[str, object] = {"type": "text_ended", "text": "I renamed `load_cart`."}
    alike = case(text="", events=(printed,))
    assert identifiers.said(alike, "Renamed load cart.") == (1, ["loadCart or load_cart?"])
    assert identifiers.said(replace(alike, events=(printed, written)), "Renamed load cart.") == (1, [])


def test_a_name_inside_a_longer_one_was_not_said() -> None:
    longer = case(text="`cart.py` and `test_cart.py`")
    assert identifiers.said(longer, "Edited test cart dot py.") == (1, [])


def test_a_hash_is_spelled_in_part_only() -> None:
    commit = case(text="commit bc39136e5a5d")
    assert not identifiers.said(commit, "Commit b c three nine one three.")[1]
    assert identifiers.said(commit, "Commit b c three nine one three six e five.")[1]


def test_a_turn_in_other_clothes_says_the_same() -> None:
    told = case(text="# Result\n\nAll **12** tests pass.\n\nThe key was not changed.")
    changed = {name: other.text for name, other in variants(told)}
    assert list(changed) == ["spaced", "coloured", "interrupted"]
    assert "\r\n" in changed["spaced"]
    assert "\x1b[1;32m# Result" in changed["coloured"]
    assert changed["interrupted"].index("```") < changed["interrupted"].index("The key")
    assert all("All **12** tests pass." in text for text in changed.values())


def test_a_changed_stream_still_adds_up(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "- {id: a, style: gpt, kind: work, outcome: done, events: "
        "[{type: tool_finished, tool: bash, output: ok}, {type: text_ended, text: It works and is done.}]}",
    )
    for _, other in variants(next(load_file(path))):
        (ended,) = [event for event in other.events if event["type"] == "text_ended"]
        assert "".join(str(event["delta"]) for event in other.events if event["type"] == "text") == ended["text"]
        assert [other.events[at]["type"] for at in (0, -1)] == ["turn_started", "turn_ended"]


@pytest.mark.parametrize(
    "other",
    [Spoken("Fixed parse config."), Spoken(GOOD, "failed"), Spoken(GOOD + " `x`")],
    ids=["fact", "verdict", "leak"],
)
def test_a_summary_that_hangs_on_white_space_is_seen(other: Spoken) -> None:
    verdict = judge(case(), Spoken(GOOD), lambda text: text, [("spaced", other)])
    assert set(verdict.wrong) == {"stability"}
