"""The life of one request: asked, heard to its end, decided once, each step written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from aidevops_voice.consent.assent import Cause, fingerprint
from aidevops_voice.consent.inquiry import Inquiry, fallen
from aidevops_voice.consent.steps import AskAgain, Decided, Explain, Hold, NextQuestion, Pass, Scope, Step, Tell
from aidevops_voice.ports import Ask, Heard, Option, Question, Reply

RUN = Ask("per_1", "ses_1", "permission", "bash", "npm test", always=("npm test *",))
REMOVE = replace(RUN, command="rm -rf build")
PHRASES = [("confirm", "maple", "seven"), ("confirm", "falcon", "river"), ("confirm", "zebra", "six")]


class Scene:
    """One inquiry, its clock and its journal."""

    def __init__(self, ask: Ask = RUN, *, challenged: bool = False, spoken: bool = True) -> None:
        self.now = 1000.0
        self.journal: list[dict[str, Any]] = []
        phrases: Iterator[tuple[str, ...]] = iter(PHRASES)
        self.inquiry = Inquiry(
            ask,
            clock=lambda: self.now,
            write=self.journal.append,
            risk="destructive" if challenged else "write",
            spoken=spoken,
            draw=(lambda: next(phrases)) if challenged else None,
        )

    def read(self, text: str = "The agent wants to run npm test.") -> Scene:
        self.inquiry.asked(text)
        self.now += 4
        self.inquiry.played()
        return self

    def say(self, text: str, after: float = 2.0, **facts: Any) -> Step:
        self.now += after
        heard = Heard(text, trusted=True, bot_silent_ms=after * 1000, bot_last_said="The agent wants to run npm test.")
        return self.inquiry.hear(replace(heard, **facts))

    @property
    def steps(self) -> list[str]:
        return [entry["step"] for entry in self.journal]


def decided(step: Step | None) -> Decided:
    assert isinstance(step, Decided)
    return step


# --- decided once -------------------------------------------------------------------------------------------------


def test_a_yes_allows_exactly_this_once() -> None:
    scene = Scene().read()
    step = decided(scene.say("go ahead"))
    assert (step.ask, step.fingerprint, step.reply, step.by) == ("per_1", fingerprint(RUN), Reply("allow"), "said")
    assert scene.say("yes") == Pass(Cause.SPENT)
    assert scene.say("no") == Pass(Cause.SPENT)
    assert scene.inquiry.click(Reply("always")) is None
    assert scene.inquiry.due() is None
    assert scene.steps.count("decided") == 1


def test_always_and_deny() -> None:
    for said, decision in (("yes", "always"), ("always", "always"), ("just this once", "allow"), ("no", "deny")):
        scene = Scene().read()
        assert scene.say("always for this command") == Scope()
        assert isinstance(scene.say("yes"), AskAgain), "the scope was not read yet"
        assert decided(scene.read().say(said)).reply.decision == decision
    step = decided(Scene().read().say("no"))
    assert step.reply.decision == "deny"
    assert "go on without it" in step.reply.message


def test_a_no_with_more_in_it_is_told_to_the_agent() -> None:
    step = decided(Scene().read().say("no, use yarn instead please"))
    assert step.reply.decision == "deny"
    assert "use yarn instead" in step.reply.message


def test_a_no_counts_before_the_request_is_read() -> None:
    assert decided(Scene().say("don't do that", bot_speaking=True, trusted=False)).reply.decision == "deny"


def test_a_click_needs_no_phrase_and_is_taken_once() -> None:
    scene = Scene(REMOVE, challenged=True).read()
    step = scene.inquiry.click(Reply("allow"))
    assert decided(step).by == "click"
    assert scene.inquiry.click(Reply("allow")) is None


def test_closed_elsewhere_is_decided() -> None:
    scene = Scene().read()
    scene.inquiry.closed("allow")
    assert scene.say("yes") == Pass(Cause.SPENT)
    assert scene.journal[-1]["step"] == "closed"


def test_an_answer_that_did_not_arrive_opens_it_again_unread() -> None:
    scene = Scene().read()
    scene.say("yes")
    scene.inquiry.untaken("the agent is gone")
    assert isinstance(scene.say("yes"), AskAgain)
    assert decided(scene.read().say("yes")).reply.decision == "allow"


# --- doubt --------------------------------------------------------------------------------------------------------


def test_unclear_is_asked_once_more_then_denied_with_the_reason() -> None:
    scene = Scene().read()
    assert isinstance(scene.say("yes if the tests pass"), AskAgain)
    step = decided(scene.read().say("maybe"))
    assert (step.reply.decision, step.by) == ("deny", "doubt")
    assert "not understood" in step.reply.message
    assert "twice unclear" in step.reason


def test_an_early_yes_is_asked_again_and_not_held_against_the_user() -> None:
    scene = Scene()
    scene.inquiry.asked()
    for _ in range(3):
        assert isinstance(scene.say("yes", bot_speaking=True), AskAgain)
    assert decided(scene.read().say("yes")).reply.decision == "allow"


def test_early_for_ever_is_denied() -> None:
    scene = Scene()
    scene.inquiry.asked()
    steps = [scene.say("yes", after=0.1, bot_speaking=True) for _ in range(5)]
    assert [type(step) for step in steps] == [AskAgain] * 4 + [Decided]
    assert decided(steps[-1]).reply.decision == "deny"


def test_an_untrusted_recogniser_is_told_so_and_may_deny() -> None:
    scene = Scene().read()
    for _ in range(3):
        step = scene.say("yes", trusted=False)
        assert isinstance(step, Tell)
        assert step.cause is Cause.UNTRUSTED
    assert decided(scene.say("no", trusted=False)).reply.decision == "deny"


def test_the_voices_own_words_are_neither_answer_nor_doubt() -> None:
    scene = Scene().read()
    for _ in range(3):
        assert scene.say("the agent wants to run npm test", after=0.8) == Pass(Cause.ECHO)
    assert decided(scene.say("yes")).reply.decision == "allow"


@pytest.mark.parametrize("text", ["hush", "uh", "show me the last three commits", "stop talking"])
def test_what_is_not_meant_for_it_passes_by(text: str) -> None:
    scene = Scene().read()
    assert isinstance(scene.say(text), Pass)
    assert decided(scene.say("yes")).reply.decision == "allow"


def test_where_words_may_not_allow_the_user_is_told() -> None:
    step = Scene(spoken=False).read().say("yes")
    assert isinstance(step, Tell)
    assert step.cause is Cause.CLICK


# --- the phrase ---------------------------------------------------------------------------------------------------


def test_a_dangerous_request_needs_its_phrase() -> None:
    scene = Scene(REMOVE, challenged=True).read()
    assert scene.inquiry.challenge == PHRASES[0]
    assert isinstance(scene.say("yes"), AskAgain)
    scene.read()
    assert decided(scene.say("confirm falcon river")).reply.decision == "allow"


def test_each_reading_has_its_own_phrase() -> None:
    scene = Scene(REMOVE, challenged=True).read()
    assert isinstance(scene.say("confirm maple seven", after=21), AskAgain)
    scene.read()
    assert decided(scene.say("confirm maple seven")).reply.decision == "deny"


def test_without_words_to_draw_from_only_a_click_allows() -> None:
    journal: list[dict[str, Any]] = []
    inquiry = Inquiry(REMOVE, clock=lambda: 10.0, write=journal.append, spoken=True, draw=lambda: ())
    inquiry.asked()
    inquiry.played()
    heard = Heard("yes", trusted=True, bot_silent_ms=2000.0)
    step = inquiry.hear(heard)
    assert isinstance(step, Tell)
    assert step.cause is Cause.CLICK


# --- time ---------------------------------------------------------------------------------------------------------


def test_silence_denies_after_45_seconds() -> None:
    scene = Scene().read()
    assert scene.inquiry.deadline == scene.now + 45
    scene.now += 44.9
    assert scene.inquiry.due() is None
    scene.now += 0.2
    step = decided(scene.inquiry.due())
    assert (step.reply.decision, step.by) == ("deny", "time")
    assert "did not answer" in step.reply.message


def test_time_runs_although_nobody_heard_it_to_the_end() -> None:
    scene = Scene()
    assert scene.inquiry.deadline is None
    scene.inquiry.asked()
    scene.now += 45
    assert decided(scene.inquiry.due()).by == "time"


def test_who_wants_time_gets_it_but_not_for_ever() -> None:
    scene = Scene().read()
    for _ in range(4):
        assert scene.say("hold on", after=40) == Hold()
    assert scene.say("hold on", after=40) == Hold()
    scene.now += 6
    assert decided(scene.inquiry.due()).by == "time"


def test_an_explanation_costs_nothing() -> None:
    scene = Scene().read()
    for _ in range(3):
        assert scene.say("what does it do") == Explain()
        scene.read()
    assert decided(scene.say("yes")).reply.decision == "allow"


def test_a_yes_that_comes_too_late_denies() -> None:
    step = decided(Scene().read().say("yes", after=46))
    assert (step.reply.decision, step.reason) == ("deny", "too late")


# --- turns typed elsewhere ----------------------------------------------------------------------------------------


def test_a_request_of_a_turn_typed_elsewhere_stays_open() -> None:
    scene = Scene(replace(RUN, ours=False)).read()
    assert isinstance(scene.say("yes"), Pass)
    assert isinstance(scene.say("no"), Pass)
    scene.now += 10_000
    assert scene.inquiry.deadline is None
    assert scene.inquiry.due() is None


# --- other arguments ----------------------------------------------------------------------------------------------


def test_other_arguments_under_the_same_id_are_asked_from_the_start() -> None:
    scene = Scene().read()
    assert not scene.inquiry.renewed(replace(RUN))
    assert scene.inquiry.renewed(REMOVE)
    assert isinstance(scene.say("yes"), AskAgain)
    step = decided(scene.read().say("yes"))
    assert step.fingerprint == fingerprint(REMOVE)
    assert "changed" in scene.steps


# --- questions ----------------------------------------------------------------------------------------------------

QUESTIONS = Ask(
    "que_1",
    "ses_1",
    "question",
    questions=(
        Question("Which base?", options=(Option("PostgreSQL"), Option("SQLite"))),
        Question("Which checks?", options=(Option("Lint"), Option("Types"), Option("Tests")), multiple=True),
    ),
)


def test_questions_are_answered_one_after_the_other() -> None:
    scene = Scene(QUESTIONS).read()
    assert scene.say("the second one") == NextQuestion()
    assert isinstance(scene.say("one and three"), AskAgain)
    scene.read()
    assert scene.inquiry.request.at == 1
    step = decided(scene.say("one and three"))
    assert step.reply == Reply("allow", answers=(("SQLite",), ("Lint", "Tests")))


def test_a_question_may_be_refused() -> None:
    assert decided(Scene(QUESTIONS).read().say("cancel")).reply.decision == "deny"


# --- what falls ---------------------------------------------------------------------------------------------------


def test_a_reject_takes_the_other_permissions_of_its_session_with_it() -> None:
    second = replace(RUN, id="per_2")
    elsewhere = replace(RUN, id="per_3", session="ses_2")
    question = replace(QUESTIONS, id="que_2")
    everything = [RUN, second, elsewhere, question]
    assert fallen(RUN, everything) == [second]
    assert fallen(question, everything) == [RUN, second]


# --- the journal --------------------------------------------------------------------------------------------------


def test_every_step_is_written_down() -> None:
    scene = Scene(REMOVE, challenged=True).read("Delete the folder build, 14 files.")
    scene.say("yes")
    scene.read()
    scene.say("confirm falcon river")
    assert scene.steps == ["opened", "asked", "played", "heard", "asked", "played", "heard", "decided"]
    assert {entry["ask"] for entry in scene.journal} == {"per_1"}
    assert {entry["hash"] for entry in scene.journal} == {fingerprint(REMOVE)}
    asked = scene.journal[1]
    assert asked["read_back"] == "Delete the folder build, 14 files."
    assert asked["challenge"] == list(PHRASES[0])
    heard = scene.journal[3]
    assert (heard["heard"], heard["verdict"], heard["cause"]) == ("yes", "unclear", "challenge")
    assert heard["reason"]
    last = scene.journal[-1]
    assert (last["decision"], last["by"]) == ("allow", "said")
    assert last["reason"] == "the exact phrase"
