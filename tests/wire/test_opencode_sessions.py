"""Several sessions of the real OpenCode: typed elsewhere, owned by another process, of another folder, left a note."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from opencode_binary import isolated_environment, opencode_binary
from wire.opencode_parts import Watched, watched, workplace
from wire.scripted_model import Reply, ScriptedModel, provider_config, text, tool

from aidevops_voice.conversation.turns import new_id
from aidevops_voice.errors import SessionElsewhere, WrongFolder
from aidevops_voice.ports import Ask, Reply as Answer, TextEnded, Turn, TurnEnded, TurnStarted
from aidevops_voice_adapters.agent import _opencode_owner
from aidevops_voice_adapters.agent._opencode_link import Link
from aidevops_voice_adapters.agent.opencode import OpenCodeOptions

pytestmark = pytest.mark.e2e


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel, None]:
    async with ScriptedModel() as model:
        yield model


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
async def watch(
    model: ScriptedModel, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Watched, None]:
    for name, value in isolated_environment(tmp_path, provider_config(model.base_url)).items():
        monkeypatch.setenv(name, value)
    async with watched(OpenCodeOptions(binary=opencode_binary()), workplace(project)) as watch:
        await watch.ready()
        yield watch


async def raw(watch: Watched) -> Link:
    """Another client of the same server."""
    return (await watch.agent._host.follower(10)).link


async def typed(link: Link, session: str, words: str) -> None:
    """As a terminal of the user's sends it."""
    await link.post(f"/session/{session}/prompt_async", {"parts": [{"type": "text", "text": words}]})


async def test_a_note_is_kept_without_a_turn_and_read_with_the_next_prompt(
    watch: Watched, model: ScriptedModel
) -> None:
    session = await watch.agent.open(None)
    model.add(text("Done."))
    await watch.ended(await watch.prompt(session.id, "one"))
    await watch.agent.leave_note(session.id, "Note of a voice call.")
    stored = await (await raw(watch)).items(f"/session/{session.id}/message")
    assert [part["text"] for part in stored[-1]["parts"]] == ["Note of a voice call."]
    assert len(model.asked) == 1

    model.add(text("Again."))
    ended = await watch.ended(await watch.prompt(session.id, "two", "go on"))
    assert ended == TurnEnded(session.id, ("msg_two",), "done")
    assert [event.turn for event in watch.all(TurnStarted)] == ["msg_one", "msg_two"]
    assert "Note of a voice call." in str((await model.asked_times(2)).messages)


async def test_a_session_that_begins_elsewhere_is_followed(watch: Watched, model: ScriptedModel) -> None:
    mine = await watch.agent.open(None)
    link = await raw(watch)
    made = (await link.post("/session", {}))["id"]
    model.add(text("Typed there."))
    await typed(link, made, "hello")
    ended = await watch.until(TurnEnded, lambda event: event.session == made)
    assert ended.outcome == "done"
    assert [(event.text, event.ours) for event in watch.all(TurnStarted)] == [("hello", False)]
    assert [event.text for event in watch.all(TextEnded)] == ["Typed there."]
    assert [each.id for each in await watch.agent.sessions()] == [made, mine.id]


async def test_an_older_session_that_goes_on_elsewhere_is_followed_with_its_requests(
    watch: Watched, model: ScriptedModel, project: Path, tmp_path: Path
) -> None:
    first = await watch.agent.open(None)
    model.add(text("Old."))
    await watch.ended(await watch.prompt(first.id, "old"))
    argv, secrets = watch.agent.attach_command()
    async with watched(OpenCodeOptions(url=argv[2]), workplace(project, **secrets)) as later:
        await later.ready()
        model.add(
            tool("task", description="look", prompt="CHILD", subagent_type="general"),
            tool("bash", match="CHILD", command="echo x", description="x"),
            text("All done."),
        )
        rules = [{"permission": "bash", "pattern": "*", "action": "ask"}]
        await (await raw(watch)).post(f"/session/{first.id}", {"permission": rules}, method="PATCH")
        await typed(await raw(watch), first.id, "go on")
        started = await later.until(TurnStarted)
        assert (started.session, started.text, started.ours) == (first.id, "go on", False)
        ask = await later.until(Ask, lambda event: event.permission in ("task", "bash"))
        assert (ask.session, ask.ours) == (first.id, False)
        assert {event.session for event in later.all(TurnStarted)} == {first.id}


async def test_a_request_that_was_open_before_a_restart_of_the_daemon_is_still_the_users(
    watch: Watched, model: ScriptedModel, project: Path
) -> None:
    session = await watch.agent.open(None)
    argv, secrets = watch.agent.attach_command()
    model.add(tool("bash", command="touch made", description="x"), text("It is made."))
    turn = Turn(new_id(), session.id, "make it")
    await watch.agent.submit(turn)
    await watch.asked("bash")
    async with watched(OpenCodeOptions(url=argv[2]), workplace(project, **secrets)) as later:
        ask = await later.asked("bash")
        assert (ask.session, ask.turn, ask.ours) == (session.id, turn.id, True)
        assert later.all(TurnStarted) == [TurnStarted(session.id, turn.id, "make it", True)]
        assert (await later.agent.open(session.id)).id == session.id
        await later.agent.answer(ask.id, Answer("allow"))
        assert await later.ended(turn.id) == TurnEnded(session.id, (turn.id,), "done")
    assert (project / "made").exists()


async def test_a_session_in_which_another_process_works_is_refused(
    watch: Watched, model: ScriptedModel, project: Path
) -> None:
    mine = await watch.agent.open(None)
    model.add(text("Mine."))
    await watch.ended(await watch.prompt(mine.id, "mine"))
    async with watched(OpenCodeOptions(binary=opencode_binary()), workplace(project)) as other:
        theirs = await other.agent.open(mine.id)
        assert theirs.id == mine.id
        model.add(Reply([{"text": "Working "}, {"gate": "go"}, {"text": "on."}]))
        turn = await other.prompt(mine.id, "theirs")
        await other.until(TurnStarted)
        await model.asked_times(2)
        with pytest.raises(SessionElsewhere):
            await watch.agent.open(mine.id)
        with pytest.raises(SessionElsewhere):
            await watch.agent.submit(Turn("msg_refused", mine.id, "me too"))
        model.open_gate("go")
        await other.ended(turn)
    model.add(text("Mine again."))
    await watch.ended(await watch.prompt(mine.id, "again"))
    assert len(model.asked) == 3


async def test_what_a_crash_left_unfinished_is_no_other_process(
    watch: Watched, model: ScriptedModel, project: Path
) -> None:
    async with watched(OpenCodeOptions(binary=opencode_binary()), workplace(project)) as other:
        session = await other.agent.open(None)
        model.add(Reply([{"text": "Working "}, {"gate": "never"}]))
        await other.prompt(session.id, "cut")
        await model.asked_times(1)
    joined = await watch.agent.open(session.id)
    model.add(text("Here."))
    assert (await watch.ended(await watch.prompt(joined.id, "here"))).outcome == "done"


async def test_a_session_of_another_folder_is_refused(watch: Watched, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    address = watch.agent._host.address
    assert address is not None
    link = Link(address.url, address.password, address.user, other)
    made = await link.post("/session", {})
    await link.aclose()
    with pytest.raises(WrongFolder) as refused:
        await watch.agent.open(made["id"])
    assert str(other) in refused.value.message


async def test_a_session_on_the_screen_of_another_terminal_is_refused(
    watch: Watched, project: Path, tmp_path: Path
) -> None:
    session = (await watch.agent.open(None)).id
    link = await raw(watch)
    cards = tmp_path / "state"
    (cards / "tuis").mkdir(parents=True)
    sleeper = await asyncio.create_subprocess_exec("sleep", "60")
    card = cards / "tuis" / f"{sleeper.pid}.json"
    shown = {"pid": sleeper.pid, "directory": str(project), "url": "http://127.0.0.1:9", "token": "t", "version": "1"}
    card.touch(0o600)
    card.write_text(json.dumps({**shown, "session": session}))
    try:
        with pytest.raises(SessionElsewhere):
            await _opencode_owner.check(link, session, project, cards, (), ())
        await _opencode_owner.check(link, session, project, cards, {sleeper.pid}, ())
        card.write_text(json.dumps({**shown, "session": "ses_other"}))
        await _opencode_owner.check(link, session, project, cards, (), ())
    finally:
        sleeper.kill()
        await sleeper.wait()
