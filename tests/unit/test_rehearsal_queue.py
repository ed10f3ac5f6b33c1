"""Prompts that wait, and what stop, timeouts and closing leave behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from unit.rehearsal_talk import (
    ALLOW,
    DENY,
    HANG,
    fake_pytest,
    finished,
    lives,
    make_project,
    pids_in,
    said,
    stripped,
    talk_in,
)

from aidevops_voice.adapter import Workplace
from aidevops_voice.errors import AgentError, ClosedAsk, UnknownAsk, UnknownSession
from aidevops_voice.ports import Ask, TextEnded, ToolProgress, Turn, TurnEnded, TurnStarted
from aidevops_voice_adapters.agent.rehearsal import ADAPTER


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


async def test_prompts_wait_their_turn_and_twenty_may(project: Path) -> None:
    async with talk_in(project) as talk:
        first = await talk.say("create a file named notes")
        await talk.until(lambda event: isinstance(event, Ask))
        waiting = [await talk.say("which branch") for _ in range(20)]
        with pytest.raises(AgentError, match="20 requests are waiting"):
            await talk.say("which branch")
        asked = next(event for event in talk.heard if isinstance(event, Ask))
        await talk.agent.answer(asked.id, DENY)
        await talk.until(lambda event: isinstance(event, TurnEnded) and waiting[-1] in event.turns)
        order = [(type(e), e.turn) for e in talk.heard if isinstance(e, TurnStarted | TextEnded)]
        assert order == [(kind, turn) for turn in [first, *waiting] for kind in (TurnStarted, TextEnded)]


async def test_a_repeated_id_does_nothing(project: Path) -> None:
    async with talk_in(project) as talk:
        turn = Turn("msg_same", talk.session, "which branch")
        await talk.agent.submit(turn)
        await talk.agent.submit(turn)
        await talk.until(lambda event: isinstance(event, TurnEnded))
        await talk.agent.submit(turn)
        await talk.ask("help")
        assert sum(isinstance(event, TurnStarted) and event.turn == "msg_same" for event in talk.heard) == 1


async def test_stop_ends_the_command_and_what_waits(project: Path) -> None:
    (project / "test_a.py").write_text(HANG)
    async with talk_in(project) as talk:
        talk.reply = ALLOW
        turns = [await talk.say("run the tests"), await talk.say("which branch")]
        pids = await pids_in(project / "pids")
        await talk.agent.stop(talk.session)
        assert [pid for pid in pids if lives(pid)] == []
        ended = await talk.until(lambda event: isinstance(event, TurnEnded))
        assert ended == TurnEnded(talk.session, tuple(turns), "stopped", unread=(turns[1],))
        assert not finished(talk.heard).ok
        await talk.agent.stop(talk.session)
        assert await talk.answer_to("which branch") == "You are on branch main."
        assert sum(isinstance(event, TurnEnded) for event in talk.heard) == 2


async def test_stop_drops_open_requests(project: Path) -> None:
    async with talk_in(project) as talk:
        turn = await talk.say("run the tests")
        asked = await talk.until(lambda event: isinstance(event, Ask))
        assert isinstance(asked, Ask)
        await talk.agent.stop(talk.session)
        await talk.until(lambda event: isinstance(event, TurnEnded))
        assert [stripped(event) for event in talk.heard[-3:]] == [
            ("closed", "dropped"),
            ("done", "bash", False, None),
            ("ended", (turn,), "stopped"),
        ]
        with pytest.raises(ClosedAsk):
            await talk.agent.answer(asked.id, ALLOW)


async def test_a_request_is_answered_once(project: Path) -> None:
    async with talk_in(project) as talk:
        with pytest.raises(UnknownAsk):
            await talk.agent.answer("per_none", ALLOW)
        await talk.ask("create a file named notes", DENY)
        asked = next(event for event in talk.heard if isinstance(event, Ask))
        with pytest.raises(ClosedAsk):
            await talk.agent.answer(asked.id, ALLOW)
        assert not (project / "notes").exists()


async def test_a_timeout_is_said(project: Path) -> None:
    path = fake_pytest(project, "trap '' TERM; setsid sleep 600 & echo $$ $! > pids; wait; sleep 600")
    async with talk_in(project, timeout_s=2, path=path) as talk:
        events = await talk.ask("run the tests", ALLOW)
        assert said(events) == "I stopped that after 2 seconds; it had not finished."
        assert (finished(events).ok, finished(events).exit_code) == (False, None)
        assert [pid for pid in await pids_in(project / "pids") if lives(pid)] == []


async def test_ten_megabytes_of_output_are_capped_and_the_numbers_stay_true(project: Path) -> None:
    flood = f"{sys.executable} -c \"print(('x' * 99 + chr(10)) * 100000, end='')\""
    path = fake_pytest(project, f"{flood}; {sys.executable} -m pytest -q")
    async with talk_in(project, path=path) as talk:
        events = await talk.ask("run the tests", ALLOW)
        assert said(events) == "1 test failed, 1 passed. First failing: test_parser."
        output = finished(events).output
        assert output.startswith("x" * 99 + "\n")
        assert "bytes left out" in output
        assert len(output) < 70_000


async def test_progress_of_a_long_command_is_told(project: Path) -> None:
    path = fake_pytest(project, "echo collecting; until [ -e go ]; do sleep 0.02; done")
    async with talk_in(project, path=path) as talk:
        talk.reply = ALLOW
        await talk.say("run the tests")
        progress = await talk.until(lambda event: isinstance(event, ToolProgress))
        (project / "go").touch()
        await talk.until(lambda event: isinstance(event, TurnEnded))
        assert progress == ToolProgress(talk.session, finished(talk.heard).call, "collecting\n")
        assert said(talk.heard) == "The tests passed."


async def test_sessions_are_kept_apart(project: Path) -> None:
    async with talk_in(project) as talk:
        other = await talk.agent.open(None)
        assert (await talk.agent.open(other.id)).id == other.id != talk.session
        assert {info.id for info in await talk.agent.sessions()} == {other.id, talk.session}
        assert other.directory == str(project)
        assert other.id.startswith("reh_")
        await talk.ask("create a file named notes", ALLOW)
        talk.session = other.id
        assert "nothing to undo" in await talk.answer_to("undo that")
        assert (await talk.agent.sessions())[0].id == other.id
        for act in (talk.agent.open("reh_no"), talk.agent.stop("reh_no"), talk.agent.submit(Turn("m", "reh_no", "x"))):
            with pytest.raises(UnknownSession):
                await act


async def test_closing_ends_commands_and_events(project: Path) -> None:
    (project / "test_a.py").write_text(HANG)
    async with talk_in(project) as talk:
        talk.reply = ALLOW
        await talk.say("run the tests")
        pids = await pids_in(project / "pids")
    assert [pid for pid in pids if lives(pid)] == []
    assert isinstance(talk.heard[-1], TurnEnded)
    with pytest.raises(AgentError, match="closed"):
        await talk.say("which branch")


async def test_the_adapter_builds_an_agent_that_is_always_ready(tmp_path: Path) -> None:
    workplace = Workplace(tmp_path, tmp_path)
    options = ADAPTER.options()
    assert ADAPTER.probe(options, workplace).ready
    assert ADAPTER.capabilities == {"local", "rehearsal"}
    agent = ADAPTER.build(options, workplace)
    assert "no model" in agent.describe
    assert await agent.sessions() == []
    await agent.aclose()
