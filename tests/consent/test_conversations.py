"""Consent in whole conversations: a scripted agent asks, a mouth plays as far as the test lets it, somebody answers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from unit.scripted_agent import ScriptedAgent
from unit.stage import S, Stage, stage

from aidevops_voice.consent.rules import USUAL, Rules
from aidevops_voice.conversation.places import Alone
from aidevops_voice.journal import entries
from aidevops_voice.languages import listed
from aidevops_voice.listener import Around
from aidevops_voice.ports import (
    Ask,
    AskClosed,
    Heard,
    Option,
    Question,
    Reply,
    TextEnded,
    ToolFinished,
    ToolStarted,
    TurnEnded,
    TurnStarted,
    Utterance,
)

EDIT = Ask("per_1", S, "permission", "edit", path="src/app.py", diff="-a\n+b\n", always=("*",))
REMOVE = Ask("per_1", S, "permission", "bash", "rm -rf build", always=("rm *",))
TEST = Ask("per_1", S, "permission", "bash", "npm test", always=("npm test *",))
SOON_S = 3.0
FUZZ = int(os.environ.get("FUZZ", "2000"))
"""Utterances, in conversations of up to forty."""
ROUND = 2000


class Mouth:
    """Speaks a sentence when the test says so; its clock is the conversation's."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.waiting: list[Utterance] = []
        self.said: list[str] = []
        self.spoke_at = -100.0

    def say(self, utterance: Utterance) -> None:
        if utterance.text:
            self.waiting.append(utterance)

    def hush(self) -> None:
        self.waiting.clear()

    def withdraw(self, about: str, *, begun: bool = True) -> None:
        gone = [one for one in self.waiting if one.about == about]
        self.waiting = [one for one in self.waiting if one.about != about]
        for one in gone:
            self._scene.conversation.voiced(one, "dropped")

    def settle(self, *, resume: bool) -> None:
        """Nothing is cut here."""

    def pace(self, rate: float) -> None:
        """Nobody hears how fast."""

    def play(self) -> None:
        """Everything that waits, to its end."""
        while self.waiting:
            one = self.waiting.pop(0)
            self._scene.conversation.voiced(one, "begun")
            self._scene.now += 2.0
            self.said.append(one.text)
            self.spoke_at = self._scene.now
            self._scene.conversation.voiced(one, "said")


class Scene:
    """A conversation whose time the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.stage: Stage
        self.mouth = Mouth(self)

    @property
    def conversation(self) -> Any:
        return self.stage.conversation

    @property
    def replies(self) -> list[tuple[str, Reply]]:
        return self.stage.agent.replies

    @property
    def decisions(self) -> list[str]:
        return [reply.decision for _, reply in self.replies]

    def consents(self, step: str) -> list[dict[str, Any]]:
        """Entries of the journal about requests."""
        found = entries(self.stage.journal.path)
        return [each for each in found if each["what"] == "consent" and each["step"] == step]

    async def turn(self) -> None:
        """Let everything that is due happen."""
        for _ in range(6):
            self.conversation._inquiries._alarm.rearm()  # the clock is ours, so nobody else wakes it
            await asyncio.sleep(0)
        await asyncio.sleep(0.005)

    async def ask(self, *asks: Ask) -> None:
        """The agent asks, and what is read of the first request is known."""
        known = len(self.conversation.status()["pending"])
        self.stage.agent.tell(*asks)
        await self.stage.until(lambda: len(self.conversation.status()["pending"]) >= known + len(asks))

    async def read(self) -> None:
        """All of it is played: the request and, after a pause, its phrase."""
        for _ in range(3):
            await self.turn()
            self.mouth.play()
            await self.turn()
            self.now += 1.0
        self.now -= 1.0

    async def say(self, text: str, after: float = 2.0, **facts: Any) -> None:
        """The user says it, so long after the voice's last sound, and it is considered."""
        self.now = max(self.now, self.mouth.spoke_at + after)
        silent_ms = (self.now - self.mouth.spoke_at) * 1000
        last = self.mouth.said[-1] if self.mouth.said else ""
        heard = Heard(text, trusted=True, certain=True, began=self.now, bot_silent_ms=silent_ms, bot_last_said=last)
        before = len([each for each in entries(self.stage.journal.path) if each["what"] == "heard"])
        self.conversation.hear(replace(heard, **facts))
        await self.stage.until(
            lambda: len([each for each in entries(self.stage.journal.path) if each["what"] == "heard"]) > before
        )
        await self.turn()

    async def answered(self, many: int = 1) -> None:
        """Wait until the agent has so many replies."""
        await self.stage.until(lambda: len(self.replies) >= many)

    @property
    def phrase(self) -> str:
        """The words of the phrase as the page shows them."""
        return " ".join(self.conversation.status()["pending"][0]["challenge"])


@asynccontextmanager
async def scene(tmp_path: Path, *, trusted: bool = True, **options: Any) -> AsyncGenerator[Scene, None]:
    """With a recogniser that may allow, unless said otherwise."""
    made = Scene()
    rules = options.pop("rules", None) or Rules(trusted=trusted)
    options = {"clock": lambda: made.now, "rules": rules, **options}
    async with stage(tmp_path, ScriptedAgent(), **options) as set_up:
        made.stage = set_up
        set_up.conversation.use_mouth(made.mouth)
        yield made


async def test_a_yes_after_the_whole_request_allows_once(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(EDIT)
        await s.read()
        assert s.mouth.said == ["The agent wants to edit one line of app dot py in src.", "May it?"]
        await s.say("yes, go ahead")
        await s.answered()
        assert s.replies == [("per_1", Reply("allow"))]
        await s.say("yes")
        assert len(s.replies) == 1, "only once"
        assert [each["decision"] for each in s.consents("decided")] == ["allow"]
        assert s.consents("asked")[0]["read_back"].startswith("The agent wants to edit one line")
        assert [each["heard"] for each in s.consents("heard")] == ["yes, go ahead"]


async def test_what_the_agent_said_before_a_request_is_not_said_after_it(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        text = "The cache is broken. It is of no use to anybody. I will build it anew. That takes a minute."
        s.stage.agent.tell(TurnStarted(S, "m1", "clean up", ours=True), TextEnded(S, "m1", "p1", text))
        await s.stage.until(lambda: len(s.mouth.waiting) == 4)
        s.conversation.voiced(s.mouth.waiting.pop(0), "begun")
        await s.ask(EDIT)
        await s.read()
        assert s.mouth.said == ["The agent wants to edit one line of app dot py in src.", "May it?"]
        await s.say("yes")
        await s.answered()
        assert s.decisions == ["allow"]


async def test_a_loss_that_the_agent_tells_of_is_part_of_the_request(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        s.stage.agent.tell(
            TurnStarted(S, "m1", "tidy the script", ours=True),
            ToolStarted(S, "m1", "c1", "read"),
            ToolFinished(S, "m1", "c1", "read", True),
            TextEnded(S, "m1", "p1", "One line has to go. This also loses your own comment."),
            ToolStarted(S, "m1", "c2", "edit"),
            ToolStarted(S, "m1", "c2", "edit", path="src/app.py"),
        )
        await s.ask(EDIT)
        await s.read()
        assert s.mouth.said[1:] == ["It says, this also loses your own comment.", "May it?"]
        await s.say("yes")
        await s.answered()
        assert s.decisions == ["allow"]


async def test_a_yes_before_its_end_does_nothing_and_it_is_read_again(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.turn()
        first = s.mouth.waiting.pop(0)
        s.conversation.voiced(first, "begun")
        await s.say("yes", bot_speaking=True, bot_silent_ms=None)
        assert s.replies == []
        await s.read()
        assert "The agent wants to run npm test." in s.mouth.said
        await s.say("yes")
        await s.answered()
        assert s.decisions == ["allow"]


@pytest.mark.parametrize("after", [0.1, 0.59])
async def test_a_yes_just_after_the_voice_does_nothing(tmp_path: Path, after: float) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        s.mouth.spoke_at = s.now
        await s.say("yes", after=after)
        assert s.replies == []


async def test_the_echo_of_the_voice_does_nothing(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(REMOVE)
        await s.read()
        told, phrase = s.mouth.said[-1], s.phrase
        for text in (told, f"say {phrase}", f"let it happen say {phrase}"):
            await s.say(text, bot_silent_ms=700.0, bot_last_said=told)
        for text in (told, phrase, "May it?"):
            await s.say(text, bot_speaking=True, bot_silent_ms=None, bot_last_said=told)
            await s.say(text, bot_silent_ms=300.0, bot_last_said=told)
        assert "allow" not in s.decisions


@pytest.mark.parametrize("said", ["no", "yes, no, wait, no", "don't", "stop", "please go ahead, or rather no"])
async def test_a_deny_anywhere_wins_and_the_turn_goes_on(tmp_path: Path, said: str) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        await s.say(said)
        await s.answered()
        assert s.decisions == ["deny"]
        assert s.replies[0][1].message, "without a message the agent ends its turn"


async def test_a_destructive_request_needs_its_phrase(tmp_path: Path) -> None:
    (tmp_path / "shop" / "build").mkdir(parents=True)
    for name in range(14):
        (tmp_path / "shop" / "build" / f"{name}.o").write_text("")
    async with scene(tmp_path, project=str(tmp_path / "shop")) as s:
        await s.ask(REMOVE)
        await s.read()
        words = s.phrase
        assert s.mouth.said[0] == "The agent wants to delete the folder build, fourteen files."
        assert s.mouth.said[-1] == f"To let it happen, say: {words}."
        assert "build" not in s.mouth.said[-1]
        await s.say("yes")
        assert s.replies == []
        await s.read()
        assert s.phrase != words, "each reading has a phrase of its own"
        await s.say(s.phrase)
        await s.answered()
        assert s.decisions == ["allow"]


async def test_a_wrong_phrase_twice_denies(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(REMOVE)
        await s.read()
        await s.say("confirm maple maple")
        await s.read()
        await s.say("confirm maple maple")
        await s.answered()
        assert s.decisions == ["deny"]


async def test_a_phrase_lives_for_twenty_seconds(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(REMOVE)
        await s.read()
        old = s.phrase
        await s.say(old, after=21.0)
        assert s.replies == []
        await s.read()
        assert s.phrase != old


async def test_no_valid_answer_in_time_denies(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        s.now += 42
        s.conversation.voice_state("disconnected")
        await s.turn()
        assert s.replies == [], "a disconnect does not shorten it"
        s.now += 5
        await s.turn()
        await s.answered()
        assert s.decisions == ["deny"]
        assert "in time" in s.replies[0][1].message


async def test_with_nobody_there_it_counts_from_when_it_is_shown(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        s.conversation.use_mouth(None)
        await s.ask(TEST)
        s.now += 44
        await s.turn()
        assert s.replies == []
        s.now += 2
        await s.turn()
        await s.answered()
        assert s.decisions == ["deny"]


async def test_what_is_typed_answers_what_is_shown(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        s.conversation.use_mouth(None)
        await s.ask(TEST)
        assert (await s.conversation.ask("yes")).outcome == "done"
        await s.answered()
        assert s.decisions == ["allow"]


async def test_of_two_requests_the_one_that_was_read_is_answered_then_the_other_is_read(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST, replace(EDIT, id="per_2", path="README.md"))
        await s.read()
        assert not any("README" in line for line in s.mouth.said)
        await s.say("yes")
        await s.answered()
        assert s.replies == [("per_1", Reply("allow"))]
        s.stage.agent.tell(AskClosed("per_1", S, "allow"))
        await s.read()
        assert any("README" in line for line in s.mouth.said)
        await s.say("yes")
        await s.answered(2)
        assert s.replies[1] == ("per_2", Reply("allow"))


async def test_what_falls_with_a_denied_request_is_said(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST, replace(EDIT, id="per_2", path="README.md"))
        await s.read()
        await s.say("no")
        await s.answered()
        s.stage.agent.tell(AskClosed("per_1", S, "deny"), AskClosed("per_2", S, "deny"))
        await s.stage.until(lambda: not s.conversation.status()["pending"])
        s.mouth.play()
        assert any(line.startswith("With it fell the request to edit") for line in s.mouth.said), s.mouth.said


async def test_a_subagents_request_names_it(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(replace(TEST, child="explore"))
        await s.read()
        assert s.mouth.said[0] == "The subagent explore wants to run npm test."
        await s.say("yes")
        await s.answered()
        assert s.decisions == ["allow"]


async def test_a_request_of_a_turn_typed_elsewhere_is_announced_and_stays_open(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(replace(TEST, ours=False))
        await s.read()
        assert s.mouth.said[-1] == "It was started elsewhere, so answer it there."
        await s.say("yes")
        s.now += 100
        await s.turn()
        assert s.replies == []
        assert s.conversation.status()["pending"]


async def test_an_untrusted_recogniser_never_allows_and_says_so_once(tmp_path: Path) -> None:
    async with scene(tmp_path, trusted=False) as s:
        await s.ask(TEST)
        await s.read()
        assert s.mouth.said[-1] == "Press Y, or say no."
        for said in ("yes", "go ahead", "allow it", "always"):
            await s.say(said, trusted=False)
            s.mouth.play()
        assert s.replies == []
        assert len([line for line in s.mouth.said if "press Y" in line]) == 1
        await s.say("no", trusted=False)
        await s.answered()
        assert s.decisions == ["deny"]


@pytest.mark.parametrize("trusted", [True, False])
async def test_the_page_names_a_phrase_only_where_it_could_be_understood(tmp_path: Path, trusted: bool) -> None:
    async with scene(tmp_path, trusted=trusted) as s:
        await s.ask(REMOVE)
        await s.read()
        shown = s.conversation.status()["pending"][0]
        assert (bool(shown["challenge"]), shown["click_only"]) == (trusted, not trusted)


async def test_always_says_what_is_stored_and_asks_once_more(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        await s.say("always for this command")
        assert s.replies == []
        await s.read()
        assert "npm test with anything behind it" in " ".join(s.mouth.said)
        await s.say("yes")
        await s.answered()
        assert s.decisions == ["always"]


async def test_always_for_what_may_destroy_needs_a_phrase(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(replace(TEST, command="git add notes.txt", always=("git *",)))
        await s.read()
        await s.say("always")
        await s.read()
        await s.say("yes")
        assert s.replies == []
        await s.read()
        await s.say(s.phrase)
        await s.answered()
        assert s.decisions == ["always"]


async def test_other_arguments_are_asked_anew(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        s.stage.agent.tell(replace(TEST, command="npm publish"))
        await s.stage.until(lambda: s.conversation.status()["pending"][0]["command"] == "npm publish")
        await s.say("yes")
        assert s.replies == []


async def test_reads_are_allowed_silently_and_kept(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(replace(TEST, command="git status"))
        await s.answered()
        assert s.replies == [("per_1", Reply("allow"))]
        assert s.mouth.waiting == []
        assert s.consents("decided")[0]["by"] == "rule"
        assert s.stage.events("ask")[0]["command"] == "git status"


@pytest.mark.parametrize(("mode", "decision"), [("deny", "deny"), ("allow", "allow")])
async def test_the_settings_decide_by_class(tmp_path: Path, mode: str, decision: str) -> None:
    modes: Any = {**USUAL, "write": mode}
    async with scene(tmp_path, rules=Rules(modes, trusted=True)) as s:
        await s.ask(TEST)
        await s.answered()
        assert s.decisions == [decision]


async def test_the_second_time_a_machine_is_talked_to_a_yes_is_enough(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        for number, needs_phrase in enumerate((True, False)):
            await s.ask(replace(TEST, id=f"per_{number}", command=f"curl https://api.example.com/v{number}"))
            await s.read()
            assert bool(s.phrase) == needs_phrase
            await s.say(s.phrase or "yes")
            await s.answered(number + 1)
            s.stage.agent.tell(AskClosed(f"per_{number}", S, "allow"))
            await s.stage.until(lambda: not s.conversation.status()["pending"])
        assert s.decisions == ["allow", "allow"]


async def test_explain_tells_more_and_asks_again(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        await s.say("what does it do")
        await s.read()
        assert s.mouth.said.count("The agent wants to run npm test.") == 2
        assert "It changes files of the project." in s.mouth.said


async def test_time_to_think_is_given(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        await s.say("wait, let me think", after=40)
        await s.turn()
        s.now += 40
        await s.turn()
        assert s.replies == []
        await s.say("yes", after=0)
        await s.answered()
        assert s.decisions == ["allow"]


QUESTIONS = Ask(
    "que_1", S, "question",
    questions=(
        Question("Which database?", options=(Option("SQLite", "a file"), Option("Postgres", "a server"))),
        Question("Which parts?", options=(Option("Tests"), Option("Docs"), Option("Code")), multiple=True),
    ),
)  # fmt: skip


async def test_questions_are_answered_one_after_the_other(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(QUESTIONS)
        await s.read()
        assert "Which database, SQ Lite or Postgres?" in s.mouth.said
        await s.say("the second one")
        await s.read()
        await s.say("one and three")
        await s.answered()
        assert s.replies == [("que_1", Reply("allow", answers=(("Postgres",), ("Tests", "Code"))))]


@pytest.mark.parametrize(
    ("said", "answer"),
    [("neither of them", "neither of them"), ("you decide", "you decide"), ("SQLite please", "SQLite")],
)
async def test_a_question_takes_other_answers_too(tmp_path: Path, said: str, answer: str) -> None:
    async with scene(tmp_path) as s:
        await s.ask(replace(QUESTIONS, questions=QUESTIONS.questions[:1]))
        await s.read()
        await s.say("explain the choices")
        await s.read()
        assert any("a server" in line for line in s.mouth.said)
        await s.say(said)
        await s.answered()
        assert s.replies[0][1].answers == ((answer,),)


async def test_an_untrusted_recogniser_answers_by_number_and_free_words_are_read_back(tmp_path: Path) -> None:
    async with scene(tmp_path, trusted=False) as s:
        await s.ask(QUESTIONS)
        await s.read()
        await s.say("number two", trusted=False)
        await s.read()
        await s.say("something else, the old scripts", trusted=False)
        await s.turn()
        s.mouth.play()
        assert s.replies == []
        assert "I heard, something else, the old scripts" in s.mouth.said[-2] + s.mouth.said[-1]
        await s.say("send it", trusted=False)
        await s.answered()
        assert s.replies[0][1].answers == (("Postgres",), ("something else, the old scripts",))


async def test_after_a_restart_the_request_is_read_again_and_a_click_still_answers(tmp_path: Path) -> None:
    for _ in range(2):
        async with scene(tmp_path) as s:
            await s.ask(TEST)
            await s.read()
            assert "The agent wants to run npm test." in s.mouth.said
            last = s
    async with scene(tmp_path) as last:
        await last.ask(REMOVE)
        await last.conversation.answer("per_1", Reply("allow"))
        assert last.consents("decided")[-1]["by"] == "click"
        last.stage.agent.tell(TurnEnded(S, ("t",), "done"))


WORDS = st.sampled_from(
    listed(
        "yes yeah ok go ahead always allow it do confirm maple river seven six no if the say run rm build please now "
        "sí adelante confirmo permission granted once send stop more"
    )
)


@pytest.mark.parametrize("fuzz", [f"fuzz {number}" for number in range(-(-FUZZ // ROUND))])
@settings(max_examples=max(10, min(FUZZ, ROUND) // 40), deadline=None, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(said=st.lists(st.lists(WORDS, max_size=6).map(" ".join), min_size=8, max_size=40))
def test_random_words_never_allow_a_destructive_request(fuzz: str, tmp_path_factory: Any, said: list[str]) -> None:
    async def talk() -> None:
        async with scene(tmp_path_factory.mktemp("fuzz")) as s:
            await s.ask(REMOVE)
            await s.read()
            for text in said:
                if s.replies or not s.conversation.status()["pending"]:
                    break
                phrase = s.phrase
                await s.say(text or "um")
                assert "allow" not in s.decisions or (phrase and phrase in text)
                await s.read()
            assert "always" not in s.decisions

    asyncio.run(talk())


# --- what a yes could be meant for besides the request ----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["answer", "outcome", "progress", "needs-you"])
async def test_a_yes_after_the_voice_said_something_else_reads_the_request_again(tmp_path: Path, kind: Any) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        s.mouth.say(Utterance("z1", "Shall I push it too?", kind, "somewhere else"))
        s.mouth.play()
        await s.say("yes")
        assert s.replies == []
        await s.read()
        assert "I have said something else since." in s.mouth.said
        assert s.mouth.said.count("The agent wants to run npm test.") == 2
        await s.say("yes")
        await s.answered()
        assert s.decisions == ["allow"]


async def test_a_yes_to_a_request_of_another_session_allows_none_here(tmp_path: Path) -> None:
    class Beside(Alone):
        asked = False

        def around(self) -> Around:
            return Around(asked=self.asked)

    beside = Beside()
    async with scene(tmp_path, places=beside) as s:
        await s.ask(TEST)
        await s.read()
        beside.asked = True
        await s.say("yes")
        assert s.replies == []
        beside.asked = False
        await s.read()
        await s.say("yes")
        await s.answered()


async def test_who_left_and_came_back_hears_it_again_before_a_yes_counts(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST)
        await s.read()
        s.conversation.voice_state("disconnected")
        await s.say("yes")
        assert s.replies == []
        s.conversation.voice_state("connected")
        await s.say("yes")
        assert s.replies == [], "not before its end"
        await s.read()
        await s.say("yes")
        await s.answered()


async def test_always_is_refused_where_the_settings_forbid_what_it_would_let_through(tmp_path: Path) -> None:
    modes: Any = {**USUAL, "destructive": "deny"}
    async with scene(tmp_path, rules=Rules(modes, trusted=True)) as s:
        await s.ask(replace(TEST, command="mkdir out", always=("*",)))
        await s.read()
        await s.say("always")
        await s.read()
        assert "Your settings forbid what that would let through." in s.mouth.said
        await s.say("yes")
        await s.answered()
        assert s.decisions == ["allow"]


async def test_the_voices_own_send_it_confirms_no_answer(tmp_path: Path) -> None:
    async with scene(tmp_path, trusted=False) as s:
        await s.ask(QUESTIONS)
        await s.read()
        await s.say("number two", trusted=False)
        await s.read()
        await s.say("something else, the old scripts", trusted=False)
        await s.turn()
        s.mouth.play()
        await s.say("send it", trusted=False, bot_speaking=True, bot_silent_ms=None)
        await s.say("send it", trusted=False, bot_silent_ms=100.0)
        assert s.replies == []
        await s.say("send it", trusted=False)
        await s.answered()


@pytest.mark.parametrize("said", ["number one", "yes", "yes delete it"])
async def test_an_untrusted_recogniser_never_picks_a_yes(tmp_path: Path, said: str) -> None:
    async with scene(tmp_path, trusted=False) as s:
        labels = (Option("Yes, delete it"), Option("No, keep it"))
        await s.ask(Ask("que_9", S, "question", questions=(Question("Delete the folder?", options=labels),)))
        await s.read()
        await s.say(said, trusted=False)
        await s.read()
        await s.say("send it", trusted=False)
        assert s.replies == []


async def test_a_request_typed_elsewhere_is_neither_answered_by_words_nor_denied_by_time(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(replace(TEST, ours=False))
        await s.read()
        await s.say("yes")
        await s.say("no")
        s.now += 100.0
        await s.turn()
        assert s.replies == []
        assert len(s.conversation.status()["pending"]) == 1


async def test_the_same_command_twice_is_asked_twice(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.ask(TEST, replace(TEST, id="per_2"))
        await s.read()
        await s.say("yes")
        await s.answered()
        assert [id_ for id_, _ in s.replies] == ["per_1"]
        await s.say("yes")
        assert [id_ for id_, _ in s.replies] == ["per_1"], "the second was not read yet"
