"""Who has the floor: phantoms, endings, corrections, the wake phrase, and what the conversation makes of them."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from pathlib import Path

import pytest
from unit.scripted_agent import ScriptedAgent
from unit.stage import S, spoken, stage

from aidevops_voice.conversation.attention import Attention
from aidevops_voice.floor import endings
from aidevops_voice.floor.endings import Ending
from aidevops_voice.floor.phantoms import collapsed, phantom
from aidevops_voice.floor.steering import steers
from aidevops_voice.floor.waking import Listening, called
from aidevops_voice.listener import Act, Ignored, Prompt, Situation, Steer, explain, understand
from aidevops_voice.ports import Command, FileChange, Heard, ToolFinished, TurnEnded, TurnStarted

RUNNING = Situation(running=True)


@pytest.mark.parametrize(
    "text",
    [
        "you", "You.", "Bye.", "Thank you for watching!", "Thanks for watching.", "thank you so much for watching",
        "Please subscribe.", "Don't forget to like and subscribe", "I'll see you next time.", "[Music]", "(applause)",
        "♪ la la la ♪", "*coughs*", "um", "Uh...", "Mm-hm.", "hmm", "eh", "Uh, um", "run run run run",
        "I don't know. I don't know. I don't know. I don't know.", "Subtitles by the Amara.org community",
        "Subtítulos realizados por la comunidad de Amara.org", "¡Gracias por ver el vídeo!", "Suscríbete al canal",
        "Gracias.", "Transcripción por Whisper",
    ],
)  # fmt: skip
def test_what_was_never_said_is_ignored(text: str) -> None:
    assert phantom(Heard(text), awaited=False)
    assert isinstance(understand(Heard(text), Situation()), Ignored)


@pytest.mark.parametrize(
    "text",
    [
        "yes", "Yes.", "no", "no no no no no", "okay", "two", "the second", "second", "7", "twenty one", "mm-hm",
        "stop stop stop stop", "stop", "sí", "dos", "la segunda", "ninguno", "always", "neither", "cancel",
    ],
)  # fmt: skip
def test_an_answer_is_never_a_phantom_while_one_is_awaited(text: str) -> None:
    assert phantom(Heard(text), awaited=True) == ""


@pytest.mark.parametrize(
    "text",
    ["run the tests", "thank the reviewers in the readme", "you broke the build", "yes", "no", "subscribe it to a bus"],
)
def test_what_was_said_is_no_phantom(text: str) -> None:
    assert phantom(Heard(text), awaited=False) == ""


def test_more_words_than_can_be_said_are_a_phantom() -> None:
    text = "this is a long sentence that nobody said"
    assert phantom(Heard(text, began=1.0, ended=1.4), awaited=False)
    assert not phantom(Heard(text, began=1.0, ended=3.4), awaited=False)


def test_a_command_said_several_times_is_the_command() -> None:
    assert collapsed("Stop, stop, stop!") == "stop"
    assert understand(Heard("stop stop stop stop", certain=True), Situation()) == Act(Command.HUSH)
    assert understand(Heard("bye", certain=True), Situation()) == Act(Command.GOODBYE)


@pytest.mark.parametrize("text", ["mm-hm", "okay", "right, yeah", "got it", "vale", "sí, claro"])
def test_what_is_said_along_while_the_voice_speaks_is_ignored(text: str) -> None:
    assert isinstance(understand(Heard(text, bot_speaking=True, certain=True), Situation()), Ignored)


def test_noise_is_not_answered_but_soft_words_are() -> None:
    assert isinstance(understand(Heard("", bot_speaking=True), Situation()), Ignored)
    assert isinstance(understand(Heard("", began=1.0, ended=1.3), Situation()), Ignored)
    over = Heard("please", bot_speaking=True, began=1.0, ended=1.4)
    assert isinstance(understand(over, Situation(confirm_guesses=False)), Ignored)
    assert understand(replace(over, text="help", certain=True), Situation()) == Prompt("help")
    assert not isinstance(understand(Heard("", began=1.0, ended=3.0), Situation()), Ignored)


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("rename the file and", "wait"), ("fix the", "wait"), ("fix the bug in the file", "wait"), ("add it to", "end"),
        ("copy this to", "end"), ("put the tests into", "wait"), ("change it because", "wait"),
        ("I want you to", "wait"),
        ("open the file called", "wait"), ("run the tests, um", "wait"), ("move the parser from", "wait"),
        ("which branch am I on", "end"), ("what is it for", "end"), ("turn it on", "end"), ("log in", "end"),
        ("run the tests please", "end"), ("what is it called", "end"), ("that's what I think", "end"),
        ("run the tests", "end"), ("yes", "end"), ("go on", "end"), ("send it", "end"), ("over", "end"),
        ("hold on, I'm thinking", "hold"), ("Hold on.", "hold"), ("let me think", "hold"), ("Wait.", "hold"),
        ("rename the file, hold on", "hold"), ("um, one second", "hold"), ("hold on, let me think about it", "hold"),
        ("set the timeout to one second", "end"), ("wait for the server", "end"), ("let me see the diff", "end"),
        ("run the tests, over", "now"), ("Run the tests. Over.", "now"), ("rename it to main send it", "now"),
        ("run all of the tests over", "now"), ("start over", "end"), ("do it over", "end"), ("loop over", "end"),
        ("fix the mail and send it", "end"), ("iterate over", "end"), ("hand it over", "end"),
        ("renombra el archivo y", "wait"), ("cambia el color de", "wait"), ("ejecuta las pruebas", "end"),
        ("espera, estoy pensando", "hold"), ("déjame pensar", "hold"), ("ejecuta las pruebas, cambio", "now"),
        ("haz el cambio", "end"), ("quiero que", "wait"), ("en el archivo", "wait"), ("¿qué es esto?", "end"),
    ],
)  # fmt: skip
def test_whether_a_turn_is_over(text: str, then: str) -> None:
    assert endings.read(text).then == then


def test_words_about_the_turn_are_taken_off() -> None:
    assert endings.read("Run the tests, over.") == Ending("Run the tests", "now")
    assert endings.read("Rename the file. Hold on, I'm thinking.").text == "Rename the file."
    assert endings.read("hold on").text == ""
    assert endings.read("Haz las pruebas, cambio y corto").text == "Haz las pruebas"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Actually, use tabs instead.", True), ("wait, use the other file", True),
        ("no, not that one, the second", True),
        ("no, don't touch the readme", True), ("hold on, only the parser", True),
        ("scratch that, keep the old name", True),
        ("I meant the other branch", True), ("stop, use the other file", True), ("um, actually leave it", True),
        ("also add a test for it", True), ("en realidad usa el otro archivo", True),
        ("no, mejor en la otra rama", True),
        ("actually", False), ("wait", False), ("no", False), ("wait for the server to start", False),
        ("wait, hold on", False), ("no, okay", False), ("run the tests", False), ("stop the server", False),
        ("what does it actually do", False), ("espera a que termine", False),
    ],
)  # fmt: skip
def test_corrections(text: str, expected: bool) -> None:
    assert steers(text) is expected
    assert isinstance(understand(Heard(text, certain=True), RUNNING), Steer) is expected
    assert not isinstance(understand(Heard(text, certain=True), Situation()), Steer)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("hey devops", ""), ("Hey DevOps, run the tests.", "run the tests."), ("hey dev ops", ""),
        ("a devops what changed", "what changed"), ("hey the vops", ""), ("hay dev obs run it", "run it"),
        ("Hey, Dev Ops! Stop", "Stop"), ("oye devops para", "para"),
        ("ey devops ejecuta las pruebas", "ejecuta las pruebas"),
        ("he dev hops", ""), ("hey developers should fix this", None), ("hey devils", None), ("run the tests", None),
        ("the devops pipeline is red", None), ("devops", None), ("hey", None), ("hey there", None), ("", None),
        ("please tell hey devops", None),
    ],
)  # fmt: skip
def test_the_wake_phrase_as_recognisers_write_it(text: str, rest: str | None) -> None:
    assert called(text, "hey devops") == rest


def test_other_wake_phrases() -> None:
    assert called("computer, run it", "computer") == "run it"
    assert called("okay jarvis", "ok jarvis") == ""
    assert called("commuter train", "jarvis") is None


def attention(listening: Listening) -> tuple[Attention, list[float]]:
    now = [100.0]
    return Attention(listening, clock=lambda: now[0]), now


def ignored(it: Attention, text: str, *, asked: bool = False) -> bool:
    return it.admit(Heard(text, certain=True), asked=asked)[1] == Ignored("asleep")


def test_in_wake_mode_the_phrase_comes_first_and_counts_for_a_while() -> None:
    it, now = attention(Listening("wake", awake_s=30))
    assert it.status() == {"mode": "wake", "state": "asleep", "wake_phrase": "hey devops"}
    assert ignored(it, "run the tests")
    assert it.admit(Heard("hey dev ops, run the tests"), asked=False)[0].text == "run the tests"
    now[0] += 29
    assert not ignored(it, "which branch")
    now[0] += 29
    it.said()
    now[0] += 29
    assert it.state == "awake"
    now[0] += 2
    assert ignored(it, "which branch")
    assert not ignored(it, "stop the agent")
    assert it.admit(Heard("hey devops"), asked=False)[1] == Act(Command.WAKE)


def test_a_request_needs_no_wake_phrase_but_sleep_by_voice_lets_only_a_no_through() -> None:
    it, _ = attention(Listening("wake"))
    assert not ignored(it, "yes", asked=True)
    it, _ = attention(Listening("open"))
    it.sleep()
    assert it.status()["state"] == "asleep"
    for text in ("yes", "go ahead", "run the tests", "allow it"):
        assert ignored(it, text, asked=True), text
    for text in ("no", "stop the agent", "Wake up!", "hey devops", "don't do that"):
        assert not ignored(it, text, asked=True), text
    it, _ = attention(Listening("open"))
    it.sleep()
    assert ignored(it, "no")
    assert it.admit(Heard("hello", source="typed"), asked=False)[1] is None


def test_who_holds_a_key_or_answers_needs_no_patience() -> None:
    it, _ = attention(Listening("push"))
    assert it.patience("rename the", asked=False).then == "end"
    it, _ = attention(Listening())
    assert it.patience("rename the", asked=False).then == "wait"
    assert it.patience("wait", asked=True).then == "end"
    assert it.patience("wait", asked=False).then == "hold"


def test_hear_shows_corrections_and_noise() -> None:
    assert explain("actually use tabs instead", None)["kind"] == "steer"
    assert explain("thank you for watching", None)["kind"] == "ignored"
    assert "silence" in explain("thank you for watching", None)["reason"]
    assert explain("hold on, I'm thinking", None)["kind"] == "ignored"
    assert explain("run all the tests, over", None) | {"text": "run all the tests", "kind": "prompt"} == explain(
        "run all the tests, over", None
    )
    assert explain("go to sleep", None)["command"] == "sleep"


# --- through the conversation -----------------------------------------------------------------------------------


async def test_noise_lets_the_sentence_go_on_and_reaches_nobody(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        for text in ("", "mm-hm", "thank you for watching"):
            s.conversation.hear(spoken(text, bot_speaking=True, began=1.0, ended=1.3))
        await s.until(lambda: len(s.mouth.settled) == 3)
        assert s.mouth.settled == [True, True, True]
        s.conversation.hear(spoken("run the tests"))
        await s.until(lambda: agent.submitted)
        assert s.mouth.settled[-1] is False
        assert [turn.text for turn in agent.submitted] == ["run the tests"]
        reasons = [h["reason"] for h in s.events("heard") if h["state"] == "ignored"]
        assert reasons == ["a noise, no words", "only a filler", "what recognisers make of silence"]


@pytest.mark.parametrize(
    ("joins", "mode", "told"), [(True, "steer", "Added to what it is doing."), (False, "queue", "Queued.")]
)
async def test_the_ear_is_told_what_becomes_of_words_said_in_mid_work(
    tmp_path: Path, joins: bool, mode: str, told: str
) -> None:
    agent = ScriptedAgent(lambda turn: [TurnStarted(S, turn.id, turn.text, True)])
    agent.steers = joins
    async with stage(tmp_path, agent) as s:
        s.conversation.hear(spoken("run the tests"))
        await s.until(lambda: s.conversation.status()["agent_state"] == "working")
        s.conversation.hear(spoken("wait, use the other file"))
        await s.until(lambda: len(agent.submitted) == 2)
        assert agent.submitted[1].mode == mode
        await s.until(lambda: told in s.mouth.words)
        s.conversation.hear(spoken("quiet mode"))
        s.conversation.hear(spoken("also add a test for it"))
        await s.until(lambda: len(agent.submitted) == 3)
        assert s.mouth.words.count(told) == 1


async def test_an_addition_joins_a_prompt_that_the_agent_does_not_have(tmp_path: Path) -> None:
    agent = ScriptedAgent()
    agent.opening.clear()
    now = [100.0]
    async with stage(tmp_path, agent, joined=False, clock=lambda: now[0]) as s:
        s.conversation.hear(spoken("run the tests"))
        now[0] += 1.5
        s.conversation.hear(spoken("in the parser folder"))
        await s.until(lambda: len(s.events("turn")) >= 2)
        now[0] += 2.5
        s.conversation.hear(spoken("which branch am I on"))
        await s.until(lambda: len([h for h in s.events("heard") if h["state"] == "sent"]) == 3)
        agent.opening.set()
        await s.until(lambda: len(agent.submitted) == 2)
        assert [turn.text for turn in agent.submitted] == ["run the tests in the parser folder", "which branch am I on"]
        assert len({turn.id for turn in agent.submitted}) == 2


class SlowStop(ScriptedAgent):
    """Tells the end of the turn before what it started is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.gone = asyncio.Event()

    async def stop(self, session: str) -> None:
        await super().stop(session)
        await self.gone.wait()


async def test_stopped_is_said_only_when_nothing_runs_any_more(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := SlowStop()) as s:
        s.conversation.hear(spoken("change the parser"))
        await s.until(lambda: agent.submitted)
        for name in ("src/parser.py", "src/lexer.py"):
            agent.tell(ToolFinished(S, "t", name, "edit", True, path=name, files=(FileChange(name),)))
        await s.until(lambda: len(s.events("agent")) == 2)
        s.conversation.hear(spoken("stop the agent"))
        await s.until(lambda: agent.stopped)
        agent.tell(ToolFinished("elsewhere", "t", "c", "bash", True))
        for _ in range(20):
            await asyncio.sleep(0)
        assert "Stopped." not in s.mouth.words
        agent.gone.set()
        await s.until(lambda: "Stopped." in s.mouth.words)
        assert s.mouth.words[-2:] == ["Stopped.", "It had already edited parser dot py and lexer dot py."]
        assert s.conversation.status()["agent_state"] == "idle"


async def test_sleep_and_wake_by_voice(tmp_path: Path) -> None:
    async with stage(tmp_path, agent := ScriptedAgent()) as s:
        s.conversation.hear(spoken("go to sleep"))
        await s.until(lambda: s.conversation.status()["listening"]["state"] == "asleep")
        s.conversation.hear(spoken("run the tests"))
        s.conversation.hear(spoken("hey dev ops, which branch am I on"))
        await s.until(lambda: agent.submitted)
        assert [turn.text for turn in agent.submitted] == ["which branch am I on"]
        assert "I am asleep. Say hey devops, and I listen." in s.mouth.words
        assert s.conversation.status()["listening"]["state"] == "awake"
        assert [h["reason"] for h in s.events("heard") if h["state"] == "ignored"] == ["asleep"]


def test_nothing_is_awake_for_ever() -> None:
    it, now = attention(Listening("wake", awake_s=5))
    it.wake()
    now[0] += 5.1
    assert it.asleep
    assert math.isclose(now[0], 105.1)


def test_prompts_keep_their_words() -> None:
    assert understand(Heard("Run the tests", certain=True), RUNNING) == Prompt("Run the tests")
    assert TurnEnded(S, ("t",), "stopped").outcome == "stopped"
