"""Questions about the last turn and orders about the voice, through the whole conversation; the agent hears of none."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from unit.scripted_agent import ScriptedAgent
from unit.stage import S, Stage, answering, spoken, stage

from aidevops_voice import journal
from aidevops_voice.chronicle import Account, restored
from aidevops_voice.errors import AgentFailed
from aidevops_voice.journal import Journal, entries
from aidevops_voice.narration import Narration
from aidevops_voice.ports import (
    AgentEvent,
    Ask,
    Command,
    FileChange,
    Option,
    Question,
    Reply,
    TextEnded,
    ToolFinished,
    ToolStarted,
    Turn,
    TurnEnded,
    TurnStarted,
)
from aidevops_voice.preferences import Preferences

ROOT = Path(__file__).parents[2]


ANSWER = """\
One test fails. I changed `parse_port` in `src/parser.py` so that it takes names as well as numbers.
The limit is ninety.
Callers of the old function stay as they are for now. The old name is gone from the documentation and the examples.
The configuration reads the new name first. Nothing else in the project uses the port."""


def worked(turn: Turn) -> list[AgentEvent]:
    """A turn that edits, tests and tells."""
    changed = (FileChange("src/parser.py", "changed", 3, 1),)
    return [
        ToolFinished(S, turn.id, "c1", "edit", True, path="src/parser.py", files=changed),
        ToolStarted(S, turn.id, "c2", "bash", command="pytest -q"),
        ToolFinished(S, turn.id, "c2", "bash", False, command="pytest -q", exit_code=1,
                     output="FAILED tests/test_a.py::test_b - ValueError: no port\n1 failed, 9 passed in 0.31s\n"),
        TextEnded(S, turn.id, "p", ANSWER),
        TurnEnded(S, (turn.id,), "done"),
    ]  # fmt: skip


async def said(s: Stage, text: str) -> list[str]:
    """What is spoken for it."""
    s.mouth.said.clear()
    asked = await s.conversation.ask(text)
    assert asked.outcome == "done"
    assert list(asked.spoken) == s.mouth.words
    return s.mouth.words


async def test_every_question_is_answered_from_the_record(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent(worked)) as s:
        await s.conversation.ask("fix the parser")
        assert await said(s, "which files") == ["One file edited, parser dot py."]
        assert await said(s, "What did you run?") == ["Ran pytest."]
        assert await said(s, "how many tests failed") != []
        assert "failed" in " ".join(await said(s, "how many tests"))
        assert "no port" in " ".join(await said(s, "read the error")).lower()
        assert (await said(s, "what did you do"))[0] == "Parser dot py edited, three lines added and one line removed."
        assert (await said(s, "qué archivos"))[0] == "One file edited, parser dot py."
        assert (await said(s, "what are you doing"))[0] == "Nothing is running."
        assert (await said(s, "how long has it been"))[0].startswith("The last turn took")
        assert {u.kind for u in s.mouth.said} == {"answer"}
        assert [turn.text for turn in agent.submitted] == ["fix the parser"]


async def test_more_goes_on_by_voice_until_that_was_all(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent(worked)) as s:
        outcome = list((await s.conversation.ask("fix the parser")).spoken)
        told: list[str] = []
        for _ in range(5):
            s.mouth.said.clear()
            s.conversation.hear(spoken("tell me more"))
            await s.until(lambda: s.mouth.words)
            told += s.mouth.words
        assert told[-1] == "That was all."
        assert len(told) > 3
        assert len(set(told)) >= len(told) - 3, "nothing is told twice but the end"
        assert not set(told) & set(outcome)
        everything = " ".join([*outcome, *told])
        for sentence in ("The limit is ninety", "Callers of the old function", "reads the new name first"):
            assert sentence in everything
        assert len(agent.submitted) == 1


async def test_what_was_dropped_is_told_by_more(tmp_path: Path) -> None:
    async with stage(tmp_path, ScriptedAgent(answering("One is red. Two is blue."))) as s:
        await s.conversation.ask("which colours")
        s.conversation.voiced(s.mouth.said[-1], "dropped")
        assert await said(s, "more") == ["Two is blue."]


async def test_the_last_answer_is_read_in_full_spelled_and_said_again(tmp_path: Path) -> None:
    async with stage(tmp_path, ScriptedAgent(answering("The name is `parse_port`. It is new."))) as s:
        await s.conversation.ask("what is it called")
        full = await said(s, "read the last answer in full")
        assert full == ["The name is parse port.", "It is new."]
        assert await said(s, "spell that") == ["Parse port.", s.mouth.words[-1]]
        spelled = s.mouth.words
        assert "underscore" in spelled[1]
        assert await said(s, "say that again") == spelled


async def test_while_a_request_waits_questions_are_answered_and_nothing_is_decided(tmp_path: Path) -> None:
    asks: list[AgentEvent] = [
        Ask("per_1", S, "permission", "bash", "rm -rf build"),
        Ask("que_1", S, "question", questions=(Question("Which?", options=(Option("A"), Option("B"))),)),
    ]
    async with stage(tmp_path, agent := ScriptedAgent(lambda turn: asks)) as s:
        await s.conversation.ask("clean up")
        await s.until(lambda: len(s.conversation.status()["pending"]) == 2)
        for text in ("what are you doing", "which files", "más", "slower", "fewer updates", "read the error"):
            s.mouth.said.clear()
            s.conversation.hear(spoken(text))
            await s.until(lambda: s.mouth.words)
        await s.conversation.ask("what exactly")
        assert agent.replies == []
        assert len(agent.submitted) == 1
        assert len(s.conversation.status()["pending"]) == 2
        await s.conversation.answer("per_1", Reply("deny"))


async def test_an_answer_about_a_running_turn_is_none_of_its_own(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        running = asyncio.create_task(s.conversation.ask("run the tests"))
        await s.until(lambda: agent.submitted)
        turn = agent.submitted[0].id
        agent.tell(ToolStarted(S, turn, "c", "bash", command="pytest -q"))
        await s.until(lambda: s.events("agent"))
        assert (await said(s, "what are you doing"))[0].startswith("Running the tests, for ")
        agent.tell(TextEnded(S, turn, "p", "All is well."), TurnEnded(S, (turn,), "done"))
        assert not any("Running the tests, for" in sentence for sentence in (await running).spoken)


async def test_a_turn_typed_elsewhere_can_be_asked_about(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        agent.tell(
            TurnStarted(S, "msg_theirs", "fix it", ours=False),
            ToolFinished(S, "msg_theirs", "c", "edit", True, path="a.py", files=(FileChange("a.py"),)),
            TurnEnded(S, ("msg_theirs",), "done"),
        )
        await s.until(lambda: any(event["state"] == "done" for event in s.events("turn")))
        assert await said(s, "which files did you change") == ["One file edited, a dot py."]


async def test_before_the_first_turn_a_plain_sentence_is_said(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        assert await said(s, "more") == ["Nothing has been done yet."]
        assert await said(s, "what are you doing") == ["Nothing is running."]
        assert agent.submitted == []


async def test_slower_and_faster_are_bounded_and_remembered(tmp_path: Path) -> None:
    file = tmp_path / "preferences.json"
    remembered = Preferences.load(file, tmp_path)
    async with stage(tmp_path / "journal", ScriptedAgent(), preferences=remembered) as s:
        assert await said(s, "slower") == ["Slower."]
        assert s.mouth.paces[-1] == 0.85
        assert [*await said(s, "more slowly"), *await said(s, "speak slower")] == [
            "Slower.", "That is as slow as I can speak.",
        ]  # fmt: skip
        assert s.mouth.paces[-1] == 0.7
        assert await said(s, "habla más rápido") == ["Faster."]
    assert Preferences.load(file, tmp_path).pace == 0.85
    async with stage(tmp_path / "journal", ScriptedAgent(), preferences=Preferences.load(file, tmp_path)) as s:
        assert s.mouth.paces[-1] == 0.85, "a new voice speaks as fast as the one before"


async def test_how_much_is_said_is_chosen_by_voice_and_remembered(tmp_path: Path) -> None:
    file = tmp_path / "preferences.json"
    async with stage(tmp_path / "journal", ScriptedAgent(), preferences=Preferences.load(file, tmp_path)) as s:
        assert await said(s, "keep me posted") == ["All right, I will keep you posted."]
        assert await said(s, "fewer updates") == ["All right, the usual updates."]
        assert await said(s, "Tell me when it's done.") == ["All right, only the results."]
        assert await said(s, "sounds off") == ["Sounds are off."]
    kept = Preferences.load(file, tmp_path)
    assert (kept.level, kept.sounds) == ("quiet", False)


async def test_the_set_language_is_that_of_our_own_words(tmp_path: Path) -> None:
    async with stage(tmp_path, ScriptedAgent(worked), narration=Narration(language="es")) as s:
        await s.conversation.ask("arregla el parser")
        assert await said(s, "which files") == ["Un archivo editado, parser punto py."]
        assert await said(s, "adiós") == ["Adiós."]


async def test_a_failed_turn_can_be_asked_about(tmp_path: Path) -> None:
    agent = ScriptedAgent()
    agent.fail_submit = AgentFailed("the model refuses the key", cure="Set the key and try again.")
    async with stage(tmp_path, agent) as s:
        await s.conversation.ask("run the tests")
        assert await said(s, "what was the error") == ["That failed.", "The model refuses the key."]


def remembered(folder: Path) -> Account:
    account = restored(journal.last_turns(folder))
    assert account is not None
    return account


async def test_the_last_turn_can_be_asked_about_after_a_restart(tmp_path: Path) -> None:
    async with stage(tmp_path, ScriptedAgent(worked)) as s:
        before = list((await s.conversation.ask("fix the parser")).spoken)
        details = await said(s, "what did you do")
    empty = Journal(tmp_path, "z-without-a-turn")
    empty.write("stopped")
    empty.close()
    async with stage(tmp_path / "next", agent := ScriptedAgent(), last=remembered(tmp_path)) as s:
        assert await said(s, "what did you do") == details
        assert not set(await said(s, "more")) & set(before), "what was said before the restart is not said again"
        assert agent.submitted == []


KILLED = """
import asyncio, sys
from pathlib import Path
from unit.scripted_agent import ScriptedAgent
from unit.stage import S, stage
from aidevops_voice.ports import FileChange, ToolFinished, ToolStarted

async def main() -> None:
    agent = ScriptedAgent()
    async with stage(Path(sys.argv[1]), agent) as s:
        s.conversation.tell("rename the module")
        await s.until(lambda: agent.submitted)
        turn = agent.submitted[0].id
        changed = (FileChange("src/new_name.py", "added", 7, 0),)
        agent.tell(ToolFinished(S, turn, "c", "write", True, path="src/new_name.py", files=changed),
                   ToolStarted(S, turn, "d", "bash", command="pytest"))
        await s.until(lambda: len(s.events("agent")) == 2)
        print("working", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_process_that_was_killed_in_mid_turn_leaves_its_record(tmp_path: Path) -> None:
    paths = os.pathsep.join(str(ROOT / part) for part in ("daemon", "adapters", "tests"))
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(tmp_path), stdout=asyncio.subprocess.PIPE, env={"PYTHONPATH": paths}
    )
    assert killed.stdout is not None
    try:
        async with asyncio.timeout(20):
            assert await killed.stdout.readline() == b"working\n"
    finally:
        killed.send_signal(signal.SIGKILL)
        await killed.wait()
    async with stage(tmp_path / "next", agent := ScriptedAgent(), last=remembered(tmp_path)) as s:
        assert await said(s, "what did you do") == [
            "That turn was cut off before its end.", "New file new name dot py, seven lines added.",
        ]  # fmt: skip
        assert agent.submitted == []


async def test_the_journal_holds_no_secret_of_the_record(tmp_path: Path) -> None:
    def leaky(turn: Turn) -> list[AgentEvent]:
        return [
            ToolFinished(S, turn.id, "c", "bash", True, command="echo hunter2", output='he said "hunter2\\n"' * 900),
            TextEnded(S, turn.id, "p", "The password is hunter2."),
            TurnEnded(S, (turn.id,), "done"),
        ]

    async with stage(tmp_path, ScriptedAgent(leaky), redact=lambda text: text.replace("hunter2", "[hidden]")) as s:
        asked = await s.conversation.ask("which password is it, hunter2")
        assert "hunter2" not in json.dumps(asked.as_dict())
        for text in ("what did you run", "read everything", "what exactly"):
            assert "hunter" not in " ".join(await said(s, text))
        assert "hunter2" not in s.journal.path.read_text()
        kinds = [entry["what"] for entry in entries(s.journal.path)]
        assert {"prompt", "tool", "text", "ended", "said"} <= set(kinds)
        assert max(len(line) for line in s.journal.path.read_text().splitlines()) < 8_000


@pytest.mark.parametrize("command", list(Command))
async def test_no_command_reaches_the_agent(tmp_path: Path, command: Command) -> None:
    from aidevops_voice.languages import languages

    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        for language in languages().values():
            await s.conversation.ask(language.commands[command.value][0])
        assert agent.submitted == []
