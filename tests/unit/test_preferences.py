"""What was chosen by voice is there again at the next start, for this project, and no file can break a start."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest

from aidevops_voice.narration import Narration
from aidevops_voice.ports import Command
from aidevops_voice.preferences import Preferences
from aidevops_voice.project_file import KEPT


def choices(kept: Preferences) -> tuple[object, ...]:
    return kept.level, kept.sounds, kept.pace


NEVER = (None, None, 1.0)


def test_each_project_has_its_own(tmp_path: Path) -> None:
    file, here, there = tmp_path / "preferences.json", Path("/srv/here"), Path("/srv/there")
    kept = Preferences.load(file, here)
    assert choices(kept) == NEVER
    kept.remember(level="quiet")
    kept.remember(sounds=False, pace=1.25)
    Preferences.load(file, there).remember(level="chatty")
    assert choices(kept) == choices(Preferences.load(file, here)) == ("quiet", False, 1.25)
    assert choices(Preferences.load(file, there)) == ("chatty", None, 1.0)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize(("said", "held"), [(0.1, 0.5), (9.0, 2.0), (1.5, 1.5)])
def test_the_pace_stays_within_what_a_voice_can(tmp_path: Path, said: float, held: float) -> None:
    kept = Preferences.load(tmp_path / "p", tmp_path)
    kept.remember(pace=said)
    assert kept.pace == Preferences.load(tmp_path / "p", tmp_path).pace == held


@pytest.mark.parametrize(
    "text",
    [
        "", "no json", "[]", "5", "null", '{"projects": 5}', '{"projects": []}', '{"version": 2}', "\x00",
        "[" * 100_000,
        '{"projects": {"HERE": 5}}', '{"projects": {"HERE": {"level": "loud"}}}',
        '{"projects": {"HERE": {"pace": NaN}}}',
        '{"projects": {"HERE": {"pace": true}}}', '{"projects": {"HERE": {"pace": 3}}}',
        '{"projects": {"HERE": {"sounds": "no"}}}', '{"projects": {"HERE": {"pace": 1' + "0" * 5000 + "}}}",
        '{"projects": {"HERE": {"level": "quiet"}}}' + " " * 300_000,
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_counts_as_none(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "preferences.json"
    file.write_text(text.replace("HERE", str(tmp_path)))
    with caplog.at_level(logging.WARNING):
        kept = Preferences.load(file, tmp_path)
    assert choices(kept) == NEVER
    (logged,) = caplog.records
    assert logged.name in ("aidevops_voice.preferences", "aidevops_voice.project_file")
    kept.remember(level="chatty")
    assert Preferences.load(file, tmp_path).level == "chatty"


def test_what_else_stands_there_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "preferences.json"
    file.write_text('{"projects": {"/other": {"level": "of a later version"}}}')
    Preferences.load(file, tmp_path).remember(level="quiet")
    assert json.loads(file.read_text())["projects"]["/other"] == {"level": "of a later version"}


@pytest.mark.parametrize("place", ["a link", "a pipe", "a folder", "not text"])
def test_nothing_but_a_file_is_read(tmp_path: Path, place: str) -> None:
    file, other = tmp_path / "preferences.json", tmp_path / "other"
    other.write_text(json.dumps({"projects": {str(tmp_path): {"level": "quiet"}}}))
    match place:
        case "a link":
            file.symlink_to(other)
        case "a pipe":
            os.mkfifo(file)
        case "a folder":
            file.mkdir()
        case _:
            file.write_bytes(b"\xff\xfe{}")
    assert choices(Preferences.load(file, tmp_path)) == NEVER


def test_a_file_that_cannot_be_written_is_only_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept = Preferences.load(tmp_path / "gone" / "preferences.json", tmp_path)
    kept.remember(level="quiet")
    assert kept.level == "quiet"
    assert "cannot be written" in caplog.text


def test_the_projects_are_bounded_and_the_oldest_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "preferences.json"
    for number in range(KEPT + 5):
        Preferences.load(file, Path(f"/p{number}")).remember(level="quiet")
    Preferences.load(file, Path("/p7")).remember(pace=1.5)
    Preferences.load(file, Path("/new")).remember(level="quiet")
    projects = list(json.loads(file.read_text())["projects"])
    assert len(projects) == KEPT
    assert projects[:2] == ["/p6", "/p8"]
    assert projects[-2:] == ["/p7", "/new"]


def test_what_is_written_can_always_be_read_again(tmp_path: Path) -> None:
    file = tmp_path / "preferences.json"
    for number in range(KEPT):
        Preferences.load(file, Path(f"/{'é' * 4000}{number}")).remember(level="quiet")
    assert Preferences.load(file, Path(f"/{'é' * 4000}{KEPT - 1}")).level == "quiet"


STEPS: list[tuple[str, str, str]] = [
    ("chatty", "fewer", "normal"), ("normal", "fewer", "quiet"), ("quiet", "fewer", "quiet"),
    ("quiet", "normal", "normal"), ("normal", "chatty", "chatty"), ("chatty", "quiet", "quiet"),
    ("normal", "more", "normal"),
]  # fmt: skip


@pytest.mark.parametrize(("level", "command", "then"), STEPS)
def test_a_command_changes_the_level(level: str, command: str, then: str) -> None:
    now = Narration(max_words=40, level=level)  # type: ignore[arg-type] # a plain table
    assert now.stepped(Command(command)) == Narration(max_words=40, level=then)  # type: ignore[arg-type]


def test_sounds_go_off_and_on_and_the_level_stays() -> None:
    chatty = Narration(level="chatty")
    off = chatty.stepped(Command.SOUNDS_OFF)
    assert (off.earcons, off.level) == (False, "chatty")
    assert off.stepped(Command.SOUNDS_ON) == chatty
