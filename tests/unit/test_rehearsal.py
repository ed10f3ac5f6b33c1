"""Whole turns of the rehearsal agent: consent, files that it writes, and golden lists of events."""

from __future__ import annotations

from pathlib import Path

import pytest
from unit.rehearsal_talk import (
    ALLOW,
    ALWAYS,
    DENY,
    everything,
    finished,
    golden,
    make_project,
    said,
    talk_in,
)

from aidevops_voice.ports import (
    Ask,
    FileChange,
    Text,
    TextEnded,
    TurnEnded,
    TurnStarted,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


async def test_a_question_is_answered_from_a_command(project: Path) -> None:
    async with talk_in(project) as talk:
        assert await golden(talk, "Which branch are we on?") == [
            ("turn", "msg_1", "Which branch are we on?", True),
            ("tool", "bash", "git branch --show-current"),
            ("done", "bash", True, 0),
            ("text", "You are on branch main."),
            ("said", "You are on branch main."),
            ("ended", ("msg_1",), "done"),
        ]
        assert finished(talk.heard).output == "main\n"


async def test_tests_run_after_consent(project: Path) -> None:
    answer = "1 test failed, 1 passed. First failing: test_parser."
    async with talk_in(project) as talk:
        assert await golden(talk, "run the tests", ALLOW) == [
            ("turn", "msg_1", "run the tests", True),
            ("tool", "bash", "pytest -q"),
            ("ask", "bash", "pytest -q", ("pytest -q",)),
            ("closed", "allow"),
            ("done", "bash", False, 1),
            ("text", answer),
            ("said", answer),
            ("ended", ("msg_1",), "done"),
        ]


async def test_a_denied_command_does_not_run(project: Path) -> None:
    (project / "test_a.py").write_text("open('ran', 'w')")
    async with talk_in(project) as talk:
        assert (await golden(talk, "run the tests", DENY))[3:] == [
            ("closed", "deny"),
            ("done", "bash", False, None),
            ("text", "I did not run the tests."),
            ("said", "I did not run the tests."),
            ("ended", ("msg_1",), "done"),
        ]
        assert not (project / "ran").exists()


async def test_always_holds_for_this_kind_alone_and_for_this_run(project: Path) -> None:
    async with talk_in(project) as talk:
        assert ("closed", "always") in await golden(talk, "run the tests", ALWAYS)
        again = await golden(talk, "run the tests again")
        assert [line[0] for line in again] == ["turn", "tool", "done", "text", "said", "ended"]
        asked = await golden(talk, "create a file named notes.txt", DENY)
        assert ("ask", "edit", "notes.txt", ("create new files",)) in asked
    async with talk_in(project) as talk:
        assert ("closed", "deny") in await golden(talk, "run the tests", DENY)


async def test_a_file_is_created_and_taken_back(project: Path) -> None:
    added = FileChange("notes.txt", "added", 1, 0, "--- /dev/null\n+++ b/notes.txt\n@@ -0,0 +1,1 @@\n+Buy milk\n")
    deleted = FileChange("notes.txt", "deleted", 0, 1, "--- a/notes.txt\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-Buy milk\n")
    text = "create a file named notes dot text saying Buy milk"
    async with talk_in(project) as talk:
        assert await golden(talk, text, ALLOW) == [
            ("turn", "msg_1", text, True),
            ("tool", "write", "notes.txt"),
            ("ask", "edit", "notes.txt", ("create new files",)),
            ("closed", "allow"),
            ("done", "write", True, None, added),
            ("text", "I created notes.txt."),
            ("said", "I created notes.txt."),
            ("ended", ("msg_1",), "done"),
        ]
        assert (project / "notes.txt").read_text() == "Buy milk\n"
        asked = next(event for event in talk.heard if isinstance(event, Ask))
        assert asked.diff == added.diff
        assert await golden(talk, "undo that", ALLOW) == [
            ("turn", "msg_2", "undo that", True),
            ("tool", "edit", "notes.txt"),
            ("ask", "delete", "notes.txt", ("remove files created here",)),
            ("closed", "allow"),
            ("done", "edit", True, None, deleted),
            ("text", "I removed notes.txt again."),
            ("said", "I removed notes.txt again."),
            ("ended", ("msg_2",), "done"),
        ]
        assert not (project / "notes.txt").exists()
        assert "nothing to undo" in await talk.answer_to("undo that")


async def test_undo_leaves_alone_what_was_changed_or_denied(project: Path) -> None:
    async with talk_in(project) as talk:
        assert await talk.answer_to("create a file named notes", ALLOW) == "I created notes, an empty file."
        assert await talk.answer_to("undo that", DENY) == "I left notes as it is."
        (project / "notes").write_text("mine now")
        assert await talk.answer_to("undo that") == "notes was changed since I created it, so I left it as it is."
        (project / "notes").unlink()
        assert await talk.answer_to("undo that") == "notes is gone already."
        assert "nothing to undo" in await talk.answer_to("undo that")


async def test_a_file_that_appears_while_the_user_thinks_is_not_overwritten(project: Path) -> None:
    async with talk_in(project) as talk:
        turn = await talk.say("create a file named notes.txt saying hello")
        asked = await talk.until(lambda event: isinstance(event, Ask))
        (project / "notes.txt").write_text("mine")
        assert isinstance(asked, Ask)
        await talk.agent.answer(asked.id, ALLOW)
        await talk.until(lambda event: isinstance(event, TurnEnded) and turn in event.turns)
        assert said(talk.heard) == "notes.txt is there already, so I left it as it is."
        assert not finished(talk.heard).ok
        assert (project / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["../x", "/tmp/x", "a.py", "out/x", ".git/hooks/pre-commit", "no/where"])
async def test_bad_names_are_refused_unasked(project: Path, tmp_path: Path, name: str) -> None:
    (project / "out").symlink_to(tmp_path)
    before = everything(tmp_path)
    async with talk_in(project) as talk:
        events = await talk.ask(f"create a file named {name} saying hello")
    assert [type(event) for event in events] == [TurnStarted, Text, TextEnded, TurnEnded]
    assert "created" not in said(events)
    assert everything(tmp_path) == before
