"""The adapter with the real OpenCode on a scripted model."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from opencode_binary import isolated_environment, opencode_binary
from wire.opencode_parts import Watched, watched, workplace
from wire.scripted_model import Reply, ScriptedModel, provider_config, text, tool

from aidevops_voice.errors import (
    AgentFailed,
    AgentLost,
    AgentUnreachable,
    AgentUnsafe,
    ClosedAsk,
    UnknownAsk,
    UnknownSession,
)
from aidevops_voice.ports import (
    AgentChanged,
    AgentNotice,
    Ask,
    AskClosed,
    Compacting,
    Reply as Answer,
    Retrying,
    Text,
    TextEnded,
    TodoChanged,
    ToolFinished,
    ToolProgress,
    ToolStarted,
    TurnEnded,
    TurnStarted,
)
from aidevops_voice_adapters.agent._opencode_settings import discover
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
    (folder / "notes.txt").write_text("hello\n")
    return folder


@pytest.fixture
async def watch(
    model: ScriptedModel, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Watched, None]:
    for name, value in isolated_environment(tmp_path, provider_config(model.base_url)).items():
        monkeypatch.setenv(name, value)
    async with watched(OpenCodeOptions(binary=opencode_binary()), workplace(project)) as watch:
        yield watch


async def test_a_text_turn_streams_and_ends_once(watch: Watched, model: ScriptedModel) -> None:
    model.add(Reply([{"reasoning": "secret thoughts"}, {"text": "Hello "}, {"text": "there."}]))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "one", "say hello")
    end = await watch.ended(turn)
    assert end == TurnEnded(session.id, (turn,), "done")
    assert watch.all(TurnStarted) == [TurnStarted(session.id, turn, "say hello", True)]
    assert watch.said() == "Hello there."
    assert [e.text for e in watch.all(TextEnded)] == ["Hello there."]
    asked = await model.asked_times(1)
    assert asked.text == "say hello"
    assert "recognition errors" in asked.system
    assert "read aloud" in asked.system
    assert "Spoken" not in asked.system


async def test_typed_text_gets_only_the_read_aloud_part(watch: Watched, model: ScriptedModel) -> None:
    model.add(text("Yes."))
    session = await watch.agent.open(None)
    await watch.ended(await watch.prompt(session.id, "typed", spoken=False))
    asked = await model.asked_times(1)
    assert "read aloud" in asked.system
    assert "recognition errors" not in asked.system


async def test_bash_asks_runs_and_an_edit_changes_the_file(watch: Watched, model: ScriptedModel, project: Path) -> None:
    todos = [{"content": "change it", "status": "in_progress", "priority": "high"}]
    model.add(
        tool("todowrite", todos=todos),
        tool("bash", command="echo counting; ls | wc -l; exit 3", description="count files"),
        tool("edit", filePath=str(project / "notes.txt"), oldString="hello", newString="goodbye"),
        tool("write", filePath=str(project / "new.txt"), content="fresh\n"),
        text("All changed."),
    )
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "work")

    bash = await watch.asked("bash")
    assert bash.command == "echo counting; ls | wc -l; exit 3"
    assert (bash.turn, bash.ours, bash.session, bash.child) == (turn, True, session.id, "")
    await watch.agent.answer(bash.id, Answer("allow"))
    edit = await watch.asked("edit")
    assert edit.path.endswith("notes.txt")
    assert "+goodbye" in edit.diff
    assert (project / "notes.txt").read_text() == "hello\n"
    await watch.agent.answer(edit.id, Answer("allow"))
    write = await watch.asked("edit", watch.events.index(edit) + 1)
    await watch.agent.answer(write.id, Answer("allow"))

    assert (await watch.ended(turn)).outcome == "done"
    assert (project / "notes.txt").read_text() == "goodbye\n"
    tools = {event.tool: event for event in watch.all(ToolFinished)}
    assert (tools["bash"].ok, tools["bash"].exit_code, tools["bash"].title) == (False, 3, "count files")
    assert tools["bash"].output.startswith("counting")
    assert watch.all(ToolProgress)[0].output.startswith("counting")
    assert [change.status for change in tools["write"].files] == ["added"]
    assert [(c.path, c.additions, c.deletions) for c in tools["edit"].files] == [(str(project / "notes.txt"), 1, 1)]
    assert watch.all(TodoChanged)[0].items[0].text == "change it"
    assert [event.closing for event in watch.all(AskClosed)] == ["allow"] * 3
    assert [event.command for event in watch.all(ToolStarted) if event.tool == "bash"] == ["", bash.command]
    assert not watch.all(AgentNotice)
    with pytest.raises(ClosedAsk):
        await watch.agent.answer(bash.id, Answer("deny"))
    with pytest.raises(UnknownAsk):
        await watch.agent.answer("per_nobody", Answer("deny"))


async def test_a_denial_is_told_to_the_model_and_the_turn_goes_on(
    watch: Watched, model: ScriptedModel, project: Path
) -> None:
    model.add(tool("bash", command="touch made", description="x"), text("I did not do it."))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "told")
    ask = await watch.asked("bash")
    await watch.agent.answer(ask.id, Answer("deny", "rather not"))
    assert (await watch.ended(turn)).outcome == "done"
    assert any("rather not" in str(message) for message in (await model.asked_times(2)).messages)
    assert not (project / "made").exists()


def bash(command: str) -> dict[str, object]:
    return {"tool": "bash", "input": {"command": command, "description": "x"}}


async def two_at_once(watch: Watched, model: ScriptedModel, session: str, name: str) -> tuple[str, list[Ask]]:
    model.add(Reply([bash(f"touch {name}-a"), bash(f"touch {name}-b")]))
    turn = await watch.prompt(session, name)
    await watch.until(Ask, lambda ask: ask.command.endswith(f"{name}-b"))
    return turn, [ask for ask in watch.all(Ask) if ask.turn == turn]


async def test_with_a_denial_its_sibling_falls_and_the_turn_of_our_own_server_goes_on(
    watch: Watched, model: ScriptedModel, project: Path
) -> None:
    session = await watch.agent.open(None)
    turn, (first, second) = await two_at_once(watch, model, session.id, "both")
    model.add(text("I made neither."))
    await watch.agent.answer(first.id, Answer("deny", "rather not"))
    assert await watch.ended(turn) == TurnEnded(session.id, (turn,), "done")
    assert [(event.id, event.closing) for event in watch.all(AskClosed)] == [(first.id, "deny"), (second.id, "deny")]
    results = [str(each["content"]) for each in (await model.asked_times(2)).messages if each["role"] == "tool"]
    assert "rather not" in results[0]
    assert "rejected" in results[1]
    assert not (project / "both-a").exists()
    assert not (project / "both-b").exists()


async def test_with_a_denial_its_sibling_falls_and_another_server_ends_the_turn(
    model: ScriptedModel, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {**provider_config(model.base_url), "experimental": {"continue_loop_on_deny": False}}
    for name, value in isolated_environment(tmp_path, config).items():
        monkeypatch.setenv(name, value)
    async with watched(OpenCodeOptions(binary=opencode_binary()), workplace(project)) as watch:
        session = await watch.agent.open(None)
        turn, (first, _) = await two_at_once(watch, model, session.id, "both")
        await watch.agent.answer(first.id, Answer("deny", "rather not"))
        assert await watch.ended(turn) == TurnEnded(session.id, (turn,), "stopped", denied=True)
        assert len(watch.all(AskClosed)) == 2
        assert len(model.asked) == 1


async def test_questions_are_answered_or_dismissed(watch: Watched, model: ScriptedModel) -> None:
    options = [{"label": "SQLite", "description": "small"}, {"label": "Postgres", "description": "big"}]
    question = {"question": "Which database?", "header": "Database", "options": options}
    model.add(tool("question", questions=[question]), text("SQLite it is."))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "choose")
    ask = await watch.until(Ask)
    assert (ask.kind, ask.questions[0].text, ask.questions[0].options[1].label) == (
        "question",
        "Which database?",
        "Postgres",
    )
    await watch.agent.answer(ask.id, Answer("allow", answers=(("SQLite",),)))
    assert (await watch.ended(turn)).outcome == "done"
    assert any("SQLite" in str(each) for each in (await model.asked_times(2)).messages if each["role"] == "tool")

    model.add(tool("question", questions=[question]), text("Then I choose."))
    mark = len(watch.events)
    turn = await watch.prompt(session.id, "dismiss")
    await watch.agent.answer((await watch.until(Ask, after=mark)).id, Answer("deny"))
    assert (await watch.ended(turn)).outcome == "done"
    assert [event.closing for event in watch.all(AskClosed)] == ["answered", "deny"]


async def test_a_subagents_bash_asks_and_its_end_is_not_the_turns(watch: Watched, model: ScriptedModel) -> None:
    model.add(
        tool("task", description="look around", prompt="CHILD go", subagent_type="general"),
        tool("bash", match="CHILD", command="echo from the child", description="speak"),
        Reply([{"text": "Child words."}], match="CHILD"),
        Reply([{"gate": "parent"}, {"text": "Both are done."}]),
    )
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "delegate")
    ask = await watch.asked("bash")
    assert (ask.session, ask.child, ask.turn, ask.ours) == (session.id, "look around", turn, True)
    await watch.agent.answer(ask.id, Answer("allow"))
    await model.at_gate("parent")
    assert not watch.all(TurnEnded)
    model.open_gate("parent")
    assert (await watch.ended(turn)).outcome == "done"
    bash = next(event for event in watch.all(ToolFinished) if event.tool == "bash")
    assert (bash.session, bash.child, bash.ok) == (session.id, "look around", True)
    assert watch.said() == "Both are done."


def running(command: str) -> bool:
    """Whether a process of this exact command line is alive."""
    wanted = command.encode().replace(b" ", b"\0") + b"\0"
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if entry.read_bytes() == wanted:
                return True
        except OSError:
            continue
    return False


def command_line(pid: int) -> str:
    """Arguments of a process, empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


async def test_stop_kills_the_running_command(watch: Watched, model: ScriptedModel) -> None:
    model.add(
        Reply(
            [
                {"text": "Working on it."},
                {"tool": "bash", "input": {"command": "echo on; sleep 301"}},
            ]
        )
    )
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "long")
    await watch.agent.answer((await watch.asked("bash")).id, Answer("allow"))
    await watch.until(ToolProgress)
    assert running("sleep 301")
    await watch.agent.stop(session.id)
    assert not running("sleep 301")
    assert (await watch.ended(turn)) == TurnEnded(session.id, (turn,), "stopped")

    model.add(text("Back again."))
    turn = await watch.prompt(session.id, "next")
    assert (await watch.ended(turn)).outcome == "done"
    assert len(watch.all(TurnEnded)) == 2


async def test_what_was_added_but_not_read_ends_with_the_stop_and_stays_in_the_session(
    watch: Watched, model: ScriptedModel
) -> None:
    model.add(Reply([{"text": "Working on it."}, bash("sleep 302")]))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "long")
    await watch.agent.answer((await watch.asked("bash")).id, Answer("allow"))
    added = await watch.prompt(session.id, "added", "use the other file")
    await watch.until(TurnStarted, lambda event: event.turn == added)
    await watch.agent.stop(session.id)
    assert await watch.ended(added) == TurnEnded(session.id, (turn, added), "stopped", unread=(added,))

    model.add(text("Back again."))
    turn = await watch.prompt(session.id, "next", "where were we")
    assert await watch.ended(turn) == TurnEnded(session.id, (turn,), "done")
    assert "use the other file" in str((await model.asked_times(2)).messages)
    assert len(watch.all(TurnEnded)) == 2


async def test_stop_drops_what_was_asked(watch: Watched, model: ScriptedModel) -> None:
    model.add(tool("bash", command="echo never", description="x"))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "asking")
    ask = await watch.asked("bash")
    await watch.agent.stop(session.id)
    assert (await watch.ended(turn)).outcome == "stopped"
    assert watch.all(AskClosed) == [AskClosed(ask.id, session.id, "dropped")]
    with pytest.raises(ClosedAsk):
        await watch.agent.answer(ask.id, Answer("allow"))


async def test_provider_trouble_is_told(watch: Watched, model: ScriptedModel) -> None:
    model.add(Reply([{"status": 500}]), Reply([{"status": 500}]))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "trouble")
    retry = await watch.until(Retrying)
    assert retry.attempt == 1
    assert 0 < retry.wait_s < 5
    await watch.agent.stop(session.id)
    assert (await watch.ended(turn)).outcome == "stopped"

    model.replies.clear()
    model.add(Reply([{"status": 401}]))
    turn = await watch.prompt(session.id, "key")
    end = await watch.ended(turn)
    assert end.outcome == "failed"
    assert isinstance(end.error, AgentFailed)
    assert "key" in end.error.spoken


async def test_a_dropped_model_stream_is_tried_again(watch: Watched, model: ScriptedModel) -> None:
    model.add(Reply([{"text": "Half an "}, {"gate": "told"}, {"drop": True}]), text("Half an answer."))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "dropped")
    await watch.until(Text)
    model.open_gate("told")
    assert (await watch.ended(turn)).outcome == "done"
    kinds = [type(event) for event in watch.events if isinstance(event, Text | Retrying)]
    assert kinds == [Text, Retrying, Text]
    assert [event.text for event in watch.all(TextEnded)] == ["Half an answer."]


async def test_waiting_prompts_are_answered_together(watch: Watched, model: ScriptedModel) -> None:
    model.add(Reply([{"text": "First "}, {"gate": "busy"}, {"text": "part."}]), text("All three."))
    session = await watch.agent.open(None)
    first = await watch.prompt(session.id, "m1", "one")
    await model.at_gate("busy")
    second = await watch.prompt(session.id, "m2", "two")
    third = await watch.prompt(session.id, "m3", "three")
    model.open_gate("busy")
    assert (await watch.ended(third)).turns == (first, second, third)
    assert len(watch.all(TurnEnded)) == 1
    assert [event.turn for event in watch.all(TurnStarted)] == [first, second, third]


async def test_the_server_killed_in_a_turn_is_noticed_and_started_again(watch: Watched, model: ScriptedModel) -> None:
    model.add(Reply([{"text": "I begin "}, {"gate": "never"}]))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "killed")
    await watch.until(Text)
    own = watch.agent._host.own
    assert own is not None
    mark = len(watch.events)
    os.kill(own.pid, signal.SIGKILL)
    end = await watch.ended(turn)
    assert (end.outcome, type(end.error)) == ("failed", AgentLost)
    lost = await watch.until(AgentChanged, after=mark)
    assert (lost.state, type(lost.error)) == ("lost", AgentLost)
    await watch.ready(mark)

    model.add(text("Here again."))
    again = await watch.prompt(session.id, "again")
    assert (await watch.ended(again)).outcome == "done"
    assert watch.said() == "I begin Here again."
    assert [event.turns for event in watch.all(TurnEnded)] == [(turn,), (again,)]


async def test_a_prompt_given_twice_arrives_once(watch: Watched, model: ScriptedModel) -> None:
    model.add(text("Once."))
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "twice")
    await watch.prompt(session.id, "twice")
    await watch.ended(turn)
    await watch.prompt(session.id, "twice")
    model.add(text("Other."))
    await watch.ended(await watch.prompt(session.id, "other"))
    assert len(model.asked) == 2
    assert len(watch.all(TurnStarted)) == 2


async def test_sessions_are_listed_joined_and_told_apart(
    watch: Watched, model: ScriptedModel, project: Path, tmp_path: Path
) -> None:
    model.add(text("Kept."))
    session = await watch.agent.open(None)
    await watch.ended(await watch.prompt(session.id, "kept"))
    with pytest.raises(UnknownSession):
        await watch.agent.open("ses_nowhere")
    with pytest.raises(UnknownSession):
        await watch.agent.open("../config")
    assert [each.id for each in await watch.agent.sessions()] == [session.id]

    argv, secrets = watch.agent.attach_command()
    assert argv[1] == "attach"
    assert argv[-2:] == ["-s", session.id]
    assert secrets["OPENCODE_SERVER_PASSWORD"] not in " ".join(argv)
    other = tmp_path / "other"
    other.mkdir()
    for folder, mine in ((project, True), (other, False)):
        async with watched(OpenCodeOptions(url=argv[2]), workplace(folder, **secrets)) as second:
            if not mine:
                with pytest.raises(UnknownSession):
                    await second.agent.open(session.id)
                session = await second.agent.open(None)
            else:
                await second.agent.open(session.id)
            model.add(text("Seen."))
            mark = len(watch.events)
            await second.ended(await second.prompt(session.id, f"by_{folder.name}"))
            assert second.said() == "Seen."
            assert len(second.all(TurnStarted)) == 1
            if mine:
                assert (await watch.until(TurnEnded, after=mark)).turns == ("msg_by_project",)
                assert watch.all(TurnStarted)[-1].ours is False
            else:
                assert len(watch.events) == mark


async def test_a_projects_own_agent_settings_do_not_let_commands_run_unasked(
    watch: Watched, model: ScriptedModel, project: Path
) -> None:
    agents = {name: {"permission": {"bash": "allow"}} for name in ("build", "general")}
    denied = {"bash": {"shred *": "deny"}}
    (project / "opencode.json").write_text(json.dumps({"agent": agents, "permission": denied}))
    model.add(
        tool("bash", command="touch direct", description="x"),
        tool("bash", command="shred notes.txt", description="x"),
        tool("task", description="sneak", prompt="CHILD go", subagent_type="general"),
        tool("bash", match="CHILD", command="touch made", description="x"),
        text("Done."),
    )
    session = await watch.agent.open(None)
    turn = await watch.prompt(session.id, "sneak")
    assert [type(event.error) for event in watch.all(AgentNotice)] == [AgentUnsafe]
    direct = await watch.asked("bash")
    await watch.agent.answer(direct.id, Answer("allow"))
    task = await watch.asked("task")
    await watch.agent.answer(task.id, Answer("deny", "no helpers"))
    assert (await watch.ended(turn)).outcome == "done"
    assert not (project / "made").exists()
    assert (project / "direct").exists()
    assert (project / "notes.txt").read_text() == "hello\n"
    assert len(watch.all(Ask)) == 2


async def test_a_joined_session_with_its_owners_rules_warns_once(
    watch: Watched, model: ScriptedModel, project: Path
) -> None:
    await watch.ready()
    argv, secrets = watch.agent.attach_command()
    link = (await watch.agent._host.follower(5)).link
    allow = [{"permission": "*", "pattern": "*", "action": "allow"}]
    made = await link.post("/session", {"permission": allow})
    async with watched(OpenCodeOptions(url=argv[2]), workplace(project, **secrets)) as second:
        await second.agent.open(made["id"])
        model.add(tool("bash", command="echo a", description="x"), tool("bash", command="echo b", description="x"))
        await second.ended(await second.prompt(made["id"], "unasked"))
        assert [notice.error.code for notice in second.all(AgentNotice)] == ["agent.unsafe"]


async def test_a_wrong_password_is_refused(watch: Watched, project: Path) -> None:
    await watch.ready()
    argv, _ = watch.agent.attach_command()
    for secrets in ({"OPENCODE_SERVER_PASSWORD": "wrong"}, {}):
        async with watched(OpenCodeOptions(url=argv[2]), workplace(project, **secrets)) as second:
            failed = await second.until(AgentChanged, lambda event: event.state == "failed")
            assert failed.error is not None
            assert failed.error.code == "agent.password"
            with pytest.raises(type(failed.error)):
                await second.agent.open(None)


async def test_nothing_is_left_after_closing(watch: Watched, model: ScriptedModel) -> None:
    model.add(tool("bash", command="sleep 302", description="x"))
    session = await watch.agent.open(None)
    await watch.prompt(session.id, "left")
    await watch.agent.answer((await watch.asked("bash")).id, Answer("allow"))
    await watch.until(ToolStarted, lambda event: event.command == "sleep 302")
    own = watch.agent._host.own
    assert own is not None
    assert own.password not in command_line(own.pid)
    await watch.agent.aclose()
    assert not command_line(own.pid)
    assert not running("sleep 302")


async def test_compaction_is_announced_and_its_summary_is_not_told(watch: Watched, model: ScriptedModel) -> None:
    model.add(text("First."), text("A summary of all."))
    session = await watch.agent.open(None)
    await watch.ended(await watch.prompt(session.id, "first"))
    link = (await watch.agent._host.follower(5)).link
    await link.post(f"/session/{session.id}/summarize", {"providerID": "scripted", "modelID": "scripted"})
    await watch.until(Compacting, lambda event: event.done)
    assert [event.done for event in watch.all(Compacting)] == [False, True]
    model.add(text("Second."))
    await watch.ended(await watch.prompt(session.id, "second"))
    assert watch.said() == "First.Second."
    assert [event.turns for event in watch.all(TurnEnded)] == [("msg_first",), ("msg_second",)]


async def test_a_running_server_is_found_and_not_used(watch: Watched, project: Path) -> None:
    await watch.ready()
    own = watch.agent._host.own
    assert own is not None
    found = await asyncio.to_thread(discover, project)
    mine = next(server for server in found if server.url == own.url)
    assert (mine.needs_password, mine.directory) == (True, str(project))
    assert found[0].directory == str(project)


async def test_a_project_without_the_program_fails_with_the_cure(project: Path) -> None:
    async with watched(OpenCodeOptions(binary="no-such-opencode"), workplace(project)) as watch:
        with pytest.raises(AgentUnreachable) as caught:
            await watch.agent.open(None)
        assert "npm install" in caught.value.cure
        failed = await watch.until(AgentChanged, lambda event: event.state == "failed")
        assert failed.error is caught.value


async def test_a_server_that_cannot_start_fails_after_a_few_times(project: Path) -> None:
    async with watched(OpenCodeOptions(binary="false"), workplace(project)) as watch:
        with pytest.raises(AgentFailed):
            await watch.agent.open(None)
        assert watch.all(AgentChanged)[-1].state == "failed"


async def test_the_scripted_model_runs_by_itself(tmp_path: Path) -> None:
    script = tmp_path / "script.json"
    script.write_text(json.dumps([{"match": "hi", "steps": [{"gate": "door"}, {"text": "Hello."}]}]))
    program = Path(__file__).with_name("scripted_model.py")
    argv = [sys.executable, str(program), "--port", "0", "--script", str(script)]
    process = await asyncio.create_subprocess_exec(*argv, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        url = (await process.stdout.readline()).decode().split()[-1]
        root = url.removesuffix("/v1")
        async with httpx.AsyncClient(trust_env=False) as client:
            asked = {"messages": [{"role": "user", "content": "hi"}], "stream": True}
            answer = asyncio.create_task(client.post(f"{url}/chat/completions", json=asked))
            assert (await client.post(f"{root}/gate/door")).json() is True
            assert "Hello." in (await answer).text
            assert (await client.get(f"{root}/requests")).json()[0]["text"] == "hi"
    finally:
        process.kill()
        await process.wait()
