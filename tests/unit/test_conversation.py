"""Whole turns through the conversation, as plain Python without sound."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
from unit.scripted_agent import ScriptedAgent
from unit.stage import S, answering, last_said, spoken, stage

from aidevops_voice.errors import AgentFailed, AgentLost, AgentUnreachable, ClosedAsk, MissingProgram, UnknownAsk
from aidevops_voice.journal import entries, unfinished
from aidevops_voice.ports import (
    AgentChanged,
    Ask,
    AskClosed,
    FileChange,
    Heard,
    Reply,
    Text,
    TextEnded,
    ToolFinished,
    ToolProgress,
    ToolStarted,
    TurnEnded,
)


async def test_a_spoken_request_is_sent_and_its_answer_spoken(tmp_path: Path) -> None:
    agent = ScriptedAgent(answering("You are on ", "branch `main`. ", "Nothing changed."))
    async with stage(tmp_path, agent) as s:
        s.conversation.hear(Heard("which", final=False))
        s.conversation.hear(spoken("which branch am I on"))
        await s.until(lambda: s.mouth.words == ["You are on branch main.", "Nothing changed."])
        assert [(turn.text, turn.spoken, turn.session) for turn in agent.submitted] == [
            ("which branch am I on", True, S)
        ]
        assert [(h["id"], h["state"]) for h in s.events("heard")] == [("h1", "interim"), ("h1", "sent")]
        assert "".join(e["text"] for e in s.events("agent")) == "You are on branch `main`. Nothing changed."


async def test_ask_returns_what_is_spoken_and_the_text(tmp_path: Path) -> None:
    async with stage(tmp_path, ScriptedAgent(answering("All 12 tests pass."))) as s:
        asked = await s.conversation.ask("run the tests")
        assert asked.as_dict() == {
            "spoken": ["All twelve tests pass."], "text": "All 12 tests pass.", "outcome": "done", "pending": [],
        }  # fmt: skip


async def test_a_permission_is_read_aloud_and_allowed_by_click(tmp_path: Path) -> None:
    agent = ScriptedAgent(lambda turn: [Ask("per_1", S, "permission", "bash", "npm test", always=("npm *",))])
    async with stage(tmp_path, agent) as s:
        asked = await s.conversation.ask("run the tests")
        assert asked.outcome == "needs_you"
        assert asked.spoken[0] == "The agent wants to run npm test."
        assert asked.pending[0]["id"] == "per_1"
        await s.conversation.answer("per_1", Reply("allow"))
        assert agent.replies == [("per_1", Reply("allow"))]
        with pytest.raises(ClosedAsk):
            await s.conversation.answer("per_1", Reply("allow"))
        with pytest.raises(UnknownAsk):
            await s.conversation.answer("per_2", Reply("allow"))


async def test_ask_does_not_wait_behind_an_open_request(tmp_path: Path) -> None:
    agent = ScriptedAgent(lambda turn: [Ask("per_1", S, "permission", "bash", "npm test")])
    async with stage(tmp_path, agent) as s:
        await s.conversation.ask("run the tests")
        assert (await s.conversation.ask("add a test for the parser")).outcome == "needs_you"
        assert (await s.conversation.ask("what does it do")).outcome == "needs_you"


@pytest.mark.parametrize(("said", "decision"), [("no", "deny"), ("don't do that", "deny"), ("stop", "deny")])
async def test_a_spoken_no_denies(tmp_path: Path, said: str, decision: str) -> None:
    agent = ScriptedAgent(lambda turn: [Ask("per_1", S, "permission", "bash", "rm -rf build")])
    async with stage(tmp_path, agent) as s:
        await s.conversation.ask("clean up")
        s.conversation.hear(spoken(said))
        await s.until(lambda: agent.replies)
        assert agent.replies[0][1].decision == decision
        assert agent.replies[0][1].message, "the agent is told, so that its turn goes on"


@pytest.mark.parametrize("said", ["yes", "go ahead", "allow it once", "always", "run the tests", "is that a yes?"])
async def test_nothing_that_an_untrusted_recogniser_hears_allows(tmp_path: Path, said: str) -> None:
    asked = Ask("per_1", S, "permission", "bash", "npm test")
    agent = ScriptedAgent(lambda turn: [asked] if turn.text == "begin" else [])
    async with stage(tmp_path, agent) as s:
        await s.conversation.ask("begin")
        s.conversation.hear(spoken(said, bot_silent_ms=2000))
        await s.until(lambda: s.events("heard")[-1]["text"] == said and s.events("heard")[-1]["state"] != "interim")
        assert agent.replies == []


async def test_stop_the_agent_aborts_and_says_what_was_edited(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        s.conversation.hear(spoken("change the parser"))
        await s.until(lambda: agent.submitted)
        changed = (FileChange("src/parser.py"),)
        agent.tell(ToolFinished(S, "t", "c", "edit", True, path="src/parser.py", files=changed))
        await s.until(lambda: s.events("agent"))
        s.conversation.hear(spoken("Stop the agent."))
        await s.until(lambda: s.mouth.words[-2:] == ["Stopped.", "It had already edited parser dot py."])
        assert agent.stopped == [S]
        assert s.mouth.hushed == 1


async def test_talking_over_never_stops_the_work(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        s.conversation.hear(spoken("run the tests"))
        await s.until(lambda: agent.submitted)
        for state in ("user_speaking", "user_silent"):
            s.conversation.voice_state(state)
        s.conversation.hear(spoken("hush"))
        await s.until(lambda: s.mouth.hushed)
        assert agent.stopped == []


async def test_silence_is_broken_by_a_sound_then_words_then_progress(tmp_path: Path) -> None:
    now = [100.0]
    async with stage(tmp_path, agent := ScriptedAgent(), clock=lambda: now[0]) as s:
        s.conversation.hear(spoken("run the tests"))
        await s.until(lambda: agent.submitted)
        agent.tell(ToolStarted(S, "t", "c", "bash", command="pytest -q"))
        for seconds, said in (
            (0.1, ""),
            (0.8, "On it."),
            (6, "Running the tests."),
            (40, "Still running the tests, thirty-nine seconds."),
        ):
            now[0] = 100.0 + seconds
            agent.tell(ToolProgress(S, "c", "…"))
            await s.until(partial(last_said, s.mouth, said))
        assert [utterance.earcon for utterance in s.mouth.said] == ["working", "", "", ""]


async def test_a_guess_is_read_back_and_sent_by_voice_or_enter(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        s.conversation.hear(spoken("at a line to notes", certain=False))
        await s.until(lambda: s.mouth.words)
        assert agent.submitted == []
        assert s.mouth.words == ["I heard, at a line to notes. Say send it, or press enter."]
        s.conversation.hear(spoken("send it"))
        await s.until(lambda: agent.submitted)
        assert agent.submitted[0].text == "at a line to notes"
        s.conversation.hear(spoken("open the door", certain=False))
        await s.until(lambda: s.events("heard")[-1]["state"] == "draft")
        s.conversation.tell("open the door")
        await s.until(lambda: len(agent.submitted) == 2)
        assert agent.submitted[1].spoken, "sent by Enter as it was heard, so it may hold recognition errors"
        s.conversation.hear(spoken("at another line", certain=False))
        await s.until(lambda: s.events("heard")[-1]["state"] == "draft")
        s.conversation.tell("add another line")
        await s.until(lambda: len(agent.submitted) == 3)
        assert agent.submitted[2].text == "add another line"
        assert not agent.submitted[2].spoken


async def test_the_rehearsal_needs_no_confirmation(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent(), confirm_guesses=False) as s:
        s.conversation.hear(spoken("run the text", certain=False))
        await s.until(lambda: agent.submitted)


async def test_an_agent_that_fails_is_told_with_its_cure(tmp_path: Path) -> None:
    agent = ScriptedAgent()
    agent.fail_submit = AgentFailed("the model refuses: 401 invalid key", cure="Set the key and try again.")
    async with stage(tmp_path, agent) as s:
        asked = await s.conversation.ask("run the tests")
        assert asked.outcome == "failed"
        assert asked.spoken == (
            "That failed.",
            "The model refuses, four hundred one invalid key.",
            "Set the key and try again.",
        )


async def test_an_agent_that_is_away_at_the_start_is_joined_later(tmp_path: Path) -> None:
    agent = ScriptedAgent()
    agent.fail_open = [AgentUnreachable("nobody answers")]
    async with stage(tmp_path, agent) as s:
        assert agent.opened == [None, None]
        assert any(notice["code"] == "agent.unreachable" for notice in s.events("notice"))


async def test_a_lost_agent_is_announced_once_and_its_return_too(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        lost = AgentLost("the server went away")
        agent.tell(AgentChanged("lost", lost), AgentChanged("lost", lost), AgentChanged("ready"))
        await s.until(lambda: "The coding agent is back." in s.mouth.words)
        assert s.mouth.words == ["I lost the coding agent.", "The coding agent is back."]


async def test_an_addition_that_is_not_taken_leaves_the_running_turn_alone(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        first = asyncio.create_task(s.conversation.ask("one"))
        await s.until(lambda: agent.submitted)
        agent.fail_submit = AgentFailed("it is full")
        assert (await s.conversation.ask("two")).outcome == "failed"
        assert not first.done()
        turn = agent.submitted[0].id
        agent.tell(Text(S, turn, "p", "Here. "), TextEnded(S, turn, "p", "Here. "), TurnEnded(S, (turn,), "done"))
        assert (await first).spoken == ("Here.",)


async def test_stop_calls_back_a_prompt_that_still_waits_for_the_agent(tmp_path: Path) -> None:
    agent = ScriptedAgent()
    agent.opening.clear()
    async with stage(tmp_path, agent, joined=False) as s:
        asked = asyncio.create_task(s.conversation.ask("delete everything"))
        await s.until(lambda: s.conversation.status()["turns"] == 1)
        await s.conversation.stop_agent()
        assert (await asked).outcome == "stopped"
        agent.opening.set()
        await s.until(lambda: s.conversation.status()["agent_state"] == "idle")
        agent.tell_on_submit(answering("Hello."))
        assert (await s.conversation.ask("say hello again")).outcome == "done"
        assert [turn.text for turn in agent.submitted] == ["say hello again"]


async def test_a_missing_program_is_told_and_the_daemon_lives(tmp_path: Path) -> None:
    agent = ScriptedAgent(answering("Here."))
    agent.fail_open = [MissingProgram("opencode is not on PATH")]
    async with stage(tmp_path, agent) as s:
        assert any(notice["code"] == "setup.program" for notice in s.events("notice"))
        agent.fail_submit = MissingProgram("opencode is not on PATH")
        assert (await s.conversation.ask("one")).outcome == "failed"
        agent.fail_submit = None
        assert (await s.conversation.ask("two")).outcome == "done"


async def test_a_request_that_comes_while_a_session_is_joined_is_not_lost(tmp_path: Path) -> None:
    agent = ScriptedAgent()
    agent.opening.clear()
    async with stage(tmp_path, agent, joined=False, session=S) as s:
        agent.tell(Ask("per_1", S, "permission", "bash", "npm test"))
        await s.until(lambda: s.conversation.status()["pending"])
        agent.opening.set()


async def test_a_prompt_that_fails_leaves_the_requests_of_others(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        agent.tell(Ask("per_1", S, "permission", "bash", "npm test", turn="msg_typed_elsewhere", ours=False))
        await s.until(lambda: s.conversation.status()["pending"])
        agent.fail_submit = AgentFailed("it is full")
        await s.conversation.ask("one")
        assert s.conversation.status()["pending"]


async def test_a_slow_denial_holds_nothing_back(tmp_path: Path) -> None:
    agent = ScriptedAgent(lambda turn: [Ask("per_1", S, "permission", "bash", "rm x")])
    async with stage(tmp_path, agent) as s:
        await s.conversation.ask("clean up")
        agent.answering.clear()
        s.conversation.hear(spoken("no"))
        s.conversation.hear(spoken("be quiet"))
        await s.until(lambda: s.mouth.hushed)
        assert agent.replies == []
        agent.answering.set()
        await s.until(lambda: agent.replies)


async def test_a_loss_in_mid_turn_is_said_once(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        s.conversation.tell("one")
        await s.until(lambda: agent.submitted)
        lost = AgentLost("the server went away", cure="It is started again.")
        agent.tell(
            TurnEnded(S, (agent.submitted[0].id,), "failed", lost), AgentChanged("lost", lost), AgentChanged("ready")
        )
        await s.until(lambda: "The coding agent is back." in s.mouth.words)
        assert s.mouth.words.count("I lost the coding agent.") == 1


async def test_merged_prompts_end_together(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        first, second = asyncio.create_task(s.conversation.ask("one")), asyncio.create_task(s.conversation.ask("two"))
        await s.until(lambda: len(agent.submitted) == 2)
        ids = tuple(turn.id for turn in agent.submitted)
        assert [turn.mode for turn in agent.submitted] == ["new", "steer"]
        agent.tell(
            Text(S, ids[1], "p", "Both done."), TextEnded(S, ids[1], "p", "Both done."), TurnEnded(S, ids, "done")
        )
        assert (await first).spoken == (await second).spoken == ("Both done.",)


async def test_an_internal_error_is_said_and_the_next_turn_works(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent(answering("Fine."))) as s:
        agent.tell(TextEnded(S, "t", "p", None))  # type: ignore[arg-type]
        await s.until(lambda: s.events("notice"))
        assert "Something went wrong. The details are on the page." in s.mouth.words
        assert (await s.conversation.ask("are you there")).outcome == "done"


async def test_a_request_is_read_again_to_who_comes_back(tmp_path: Path) -> None:
    ask = Ask("per_1", S, "permission", "edit", path="src/a.py")
    async with stage(tmp_path, agent := ScriptedAgent(lambda turn: [ask])) as s:
        await s.conversation.ask("edit it")
        s.mouth.said.clear()
        s.conversation.voice_state("connected")
        assert s.mouth.words[0] == "The agent wants to edit a dot py."
        agent.tell(AskClosed("per_1", S, "allow"))
        await s.until(lambda: not s.conversation.status()["pending"])


async def test_a_request_that_someone_else_allowed_is_told(tmp_path: Path) -> None:
    ask = Ask("per_1", S, "permission", "bash", "npm test")
    async with stage(tmp_path, agent := ScriptedAgent(lambda turn: [ask])) as s:
        await s.conversation.ask("list it")
        agent.tell(AskClosed("per_1", S, "allow"))
        await s.until(lambda: "That request was allowed elsewhere." in s.mouth.words)


async def test_repeat_says_the_last_answer_again(tmp_path: Path) -> None:
    async with stage(tmp_path, ScriptedAgent(answering("Two files. Both new."))) as s:
        await s.conversation.ask("what changed")
        s.mouth.said.clear()
        s.conversation.hear(spoken("say that again"))
        await s.until(lambda: s.mouth.words == ["Two files.", "Both new."])


async def test_a_crash_leaves_the_last_request_in_the_journal(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        s.conversation.tell("rename the module")
        await s.until(lambda: agent.submitted)
        (tmp_path / "crashed").mkdir()
        (tmp_path / "crashed" / s.journal.path.name).write_text(s.journal.path.read_text() + '{"what": "torn')
        assert unfinished(tmp_path / "crashed") == "rename the module"
    assert unfinished(tmp_path) == "", "a tidy stop leaves nothing to be told"
    assert s.journal.path.stat().st_mode & 0o777 == 0o600
    assert [entry["what"] for entry in entries(s.journal.path)][:2] == ["heard", "prompt"]


async def test_ten_megabytes_of_text_reach_the_page_capped_and_the_ear_short(tmp_path: Path) -> None:
    piece = "A plain sentence of the answer. " * 3200
    async with stage(tmp_path, ScriptedAgent(answering(*[piece] * 100))) as s:
        asked = await s.conversation.ask("tell me everything")
        assert asked.spoken[-1] == "The rest is on the page."
        assert sum(len(sentence.split()) for sentence in asked.spoken) <= 90
        assert sum(len(event["text"]) for event in s.events("agent")) < 300_000
