"""The speak-gate without sound: order, silence while the user speaks, what is told about each utterance."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, strategies as st

from aidevops_voice.errors import VoiceError, VoiceFailed
from aidevops_voice.ports import Heard, Kind, Utterance, Voiced
from aidevops_voice.voice.handed import goes_on_at, words_played
from aidevops_voice.voice.mouth import AHEAD, QUIET_S, REPEAT_S, SpeakGate
from aidevops_voice.voice.waiting import KEPT, Waiting


class Told:
    """Ears that write everything down."""

    def __init__(self) -> None:
        self.voiced_: list[tuple[str, Voiced, str]] = []
        self.states: list[str] = []
        self.troubles: list[VoiceError] = []

    def hear(self, heard: Heard) -> None:
        raise AssertionError("the mouth hears nothing")

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        self.voiced_.append((utterance.id, state, heard))

    def voice_state(self, state: str) -> None:
        self.states.append(state)

    def measured(self, reply_ms: float) -> None:
        raise AssertionError("the mouth measures nothing")

    def trouble(self, error: VoiceError) -> None:
        self.troubles.append(error)


class Stage:
    """A gate with a voice that only notes what it is given, and a clock that stands still."""

    def __init__(self, *, connected: bool = True) -> None:
        self.now = 100.0
        self.told = Told()
        self.spoken: list[str] = []
        self.texts: list[str] = []
        self.cues: dict[str, str] = {}
        self.silences = 0
        self.paces: list[float] = []
        self.gate = SpeakGate(self.told, clock=lambda: self.now)
        if connected:
            self.gate.attach(self)

    def speak(self, utterance: Utterance) -> None:
        self.spoken.append(utterance.id)
        self.texts.append(utterance.text)
        self.cues[utterance.id] = utterance.earcon

    def silence(self) -> None:
        self.silences += 1

    def pace(self, rate: float) -> None:
        self.paces.append(rate)

    def say(self, id_: str, kind: Kind = "answer", text: str = "one two three four", **more: Any) -> None:
        self.gate.say(Utterance(id_, text, kind, **more))

    def plays(self, id_: str, ms: float = 100.0, *, of: float = 1000.0) -> None:
        self.gate.made(id_, of)
        self.gate.made_all(id_)
        self.gate.played(id_, ms)

    def finishes(self, id_: str) -> None:
        self.plays(id_, 1000.0)
        self.gate.ended(id_)

    def passes(self, seconds: float) -> None:
        self.now += seconds
        self.gate.check()


def test_nobody_listens() -> None:
    stage = Stage(connected=False)
    stage.say("a")
    assert stage.told.voiced_ == [("a", "unvoiced", "")]


def test_begun_with_the_first_sound_and_said_with_the_last() -> None:
    stage = Stage()
    stage.say("a")
    assert stage.told.voiced_ == []
    stage.plays("a", 20)
    stage.plays("a", 20)
    assert stage.told.voiced_ == [("a", "begun", "")]
    stage.gate.ended("a")
    assert stage.told.voiced_ == [("a", "begun", ""), ("a", "said", "")]
    assert stage.told.states == ["bot_speaking", "bot_silent"]


def test_two_are_handed_over_and_the_rest_can_change_order() -> None:
    stage = Stage()
    for id_ in ("p1", "p2"):
        stage.say(id_, "progress", about=id_)
    stage.say("ack", "ack", about="x")
    stage.say("answer", "answer", about="y")
    stage.say("ask", "needs-you", about="z")
    assert stage.spoken == ["p1", "p2"]
    assert len(stage.spoken) == AHEAD
    for id_ in ("p1", "p2", "ask", "answer", "ack"):
        stage.finishes(id_)
    assert stage.spoken == ["p1", "p2", "ask", "answer", "ack"]


def test_never_begins_while_the_user_speaks() -> None:
    stage = Stage()
    stage.gate.user_began()
    stage.say("a")
    assert stage.spoken == []
    stage.gate.user_ended()
    assert stage.spoken == ["a"]


def test_interruption_cuts_drops_and_tells_the_words_heard() -> None:
    stage = Stage()
    for id_ in ("a", "b", "c"):
        stage.say(id_)
    stage.plays("a", 520)
    stage.gate.user_began()
    assert stage.told.voiced_[1:] == [("a", "cut", "one two")]
    stage.gate.settle(resume=False)
    assert stage.told.voiced_[2:] == [("b", "dropped", ""), ("c", "dropped", "")]
    stage.gate.user_ended()
    stage.passes(REPEAT_S + 1)
    assert stage.spoken == ["a", "b"]


def test_late_sound_of_a_cut_utterance_is_not_wanted() -> None:
    stage = Stage()
    stage.say("a")
    assert stage.gate.expects("a")
    stage.gate.user_began()
    assert not stage.gate.expects("a")
    stage.plays("a")
    stage.gate.ended("a")
    stage.gate.settle(resume=False)
    assert stage.told.voiced_ == [("a", "dropped", "")]


def test_a_request_that_was_cut_is_repeated_once_after_the_turn() -> None:
    stage = Stage()
    stage.say("ask1", "needs-you", about="per_1")
    stage.say("ask2", "needs-you", about="per_1")
    stage.plays("ask1", 300)
    stage.gate.user_began()
    stage.gate.user_ended()
    assert stage.spoken == ["ask1", "ask2"], "there is time to act on what the user said"
    stage.passes(REPEAT_S)
    assert stage.spoken == ["ask1", "ask2", "ask1", "ask2"]
    stage.plays("ask1", 300)
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.gate.settle(resume=False)
    stage.passes(REPEAT_S)
    assert len(stage.spoken) == 4
    assert stage.told.voiced_[-2:] == [("ask1", "cut", "one"), ("ask2", "dropped", "")]


SENTENCE = "I changed two files, then I ran the tests, and all of them pass now"


def test_after_a_cough_the_sentence_goes_on_where_it_was_cut() -> None:
    stage = Stage()
    stage.say("a", text=SENTENCE)
    stage.say("b")
    stage.say("c")
    stage.plays("a", 600)
    stage.gate.user_began()
    stage.gate.user_ended()
    assert stage.spoken == ["a", "b"], "nobody knows yet whether it was a cough"
    stage.gate.settle(resume=True)
    assert stage.texts == [
        SENTENCE,
        "one two three four",
        "then I ran the tests, and all of them pass now",
        *["one two three four"],
    ]
    stage.plays("a", 300)
    stage.gate.user_began()
    assert stage.told.voiced_[-1] == ("a", "cut", "I changed two files, then I ran")
    stage.gate.user_ended()
    stage.gate.settle(resume=True)
    assert stage.texts[-2] == "then I ran the tests, and all of them pass now"
    stage.finishes("a")
    assert [state for id_, state, _ in stage.told.voiced_ if id_ == "a"] == [
        "begun",
        "cut",
        "begun",
        "cut",
        "begun",
        "said",
    ]
    stage.finishes("b")
    stage.finishes("c")
    assert stage.told.voiced_[-1] == ("c", "said", "")


def test_words_of_the_user_end_what_they_cut() -> None:
    stage = Stage()
    stage.say("a", text=SENTENCE)
    stage.say("b")
    stage.plays("a", 600)
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.gate.settle(resume=False)
    stage.gate.settle(resume=True)
    stage.passes(REPEAT_S + 1)
    assert stage.spoken == ["a", "b"]


def test_two_coughs_and_a_cough_before_words() -> None:
    stage = Stage()
    stage.say("a", text=SENTENCE)
    stage.say("b")
    stage.plays("a", 600)
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.gate.user_began()
    stage.gate.settle(resume=True)
    assert stage.spoken == ["a", "b"], "the user speaks again"
    stage.gate.user_ended()
    stage.gate.settle(resume=True)
    assert stage.spoken == ["a", "b", "a", "b"]
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.gate.user_began()
    stage.gate.settle(resume=True)
    stage.gate.user_ended()
    stage.gate.settle(resume=False)
    assert stage.spoken == ["a", "b", "a", "b"]


def test_a_cough_costs_a_request_no_repetition() -> None:
    stage = Stage()
    stage.say("ask", "needs-you", about="per_1")
    for times in range(2, 5):
        stage.plays("ask", 300)
        stage.gate.user_began()
        stage.gate.user_ended()
        stage.gate.settle(resume=True)
        stage.passes(REPEAT_S)
        assert stage.spoken == ["ask"] * times, "it is read whole again"


def test_news_that_became_stale_meanwhile_do_not_go_on() -> None:
    stage = Stage()
    stage.say("p", "progress", about="t")
    stage.plays("p", 500)
    stage.gate.user_began()
    stage.say("o", "outcome", about="t")
    stage.gate.user_ended()
    stage.gate.settle(resume=True)
    assert stage.spoken == ["p", "o"]


@pytest.mark.parametrize(
    ("heard", "left"),
    [
        (0, SENTENCE),
        (3, SENTENCE),
        (5, "then I ran the tests, and all of them pass now"),
        (9, "and all of them pass now"),
        (11, "and all of them pass now"),
        (15, ""),
    ],
)
def test_where_a_sentence_goes_on(heard: int, left: str) -> None:
    words = SENTENCE.split()
    assert " ".join(words[goes_on_at(SENTENCE, " ".join(words[:heard])) :]) == left


def test_a_long_clause_goes_on_two_words_before_the_cut() -> None:
    text = " ".join(f"w{number}" for number in range(20))
    assert goes_on_at(text, " ".join(text.split()[:12])) == 10


def test_a_request_answered_by_the_turn_is_not_repeated() -> None:
    stage = Stage()
    stage.say("ask", "needs-you", about="per_1")
    stage.plays("ask")
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.gate.withdraw("per_1")
    stage.passes(REPEAT_S + 1)
    assert stage.spoken == ["ask"]
    assert stage.told.voiced_[-1] == ("ask", "dropped", "")


def test_what_is_no_longer_asked_is_cut_and_the_next_sentence_follows() -> None:
    stage = Stage()
    stage.say("ask", "needs-you", about="per_1")
    stage.say("a")
    stage.plays("ask", 260)
    stage.gate.withdraw("per_1")
    assert stage.silences == 1
    assert stage.told.voiced_[-1][:2] == ("ask", "cut")
    assert stage.spoken[-1] == "a"


def test_of_a_turn_that_is_left_only_what_has_not_begun_falls() -> None:
    stage = Stage()
    for sentence in ("a", "b", "c"):
        stage.say(sentence, about="m1")
    stage.say("other", about="m0")
    stage.plays("a", 260)
    stage.gate.withdraw("m1", begun=False)
    stage.say("ask", "needs-you", about="per_1")
    assert stage.silences == 0
    assert stage.told.voiced_[-1] == ("c", "dropped", "")
    for sentence in ("a", "b", "ask"):
        stage.finishes(sentence)
    assert stage.spoken == ["a", "b", "ask", "other"]


def test_a_sentence_about_something_else_sounds_on() -> None:
    stage = Stage()
    stage.say("a")
    stage.say("b", about="per_1")
    stage.plays("a", 260)
    stage.gate.withdraw("per_1")
    assert stage.silences == 0


def test_hush_keeps_requests_until_after_the_next_turn() -> None:
    stage = Stage()
    stage.say("a")
    stage.say("b")
    stage.say("ask", "needs-you")
    stage.plays("a", 260)
    stage.gate.user_began()
    stage.gate.hush()
    stage.gate.user_ended()
    stage.passes(REPEAT_S + 1)
    assert stage.spoken == ["a", "b"]
    assert stage.silences == 1
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.passes(REPEAT_S)
    assert stage.spoken == ["a", "b", "ask"]


def test_hush_by_button_then_new_words() -> None:
    stage = Stage()
    stage.say("a")
    stage.plays("a")
    stage.gate.hush()
    assert stage.told.voiced_[-1][:2] == ("a", "cut")
    stage.say("b")
    assert stage.spoken == ["a", "b"]


def test_expired_and_superseded_news_are_dropped() -> None:
    stage = Stage()
    stage.say("x")
    stage.say("y")
    stage.say("old", "progress", about="t1")
    stage.say("new", "progress", about="t1", expires=110.0)
    stage.say("other", "progress", about="t2", expires=105.0)
    assert stage.told.voiced_ == [("old", "dropped", "")]
    stage.now = 106.0
    stage.finishes("x")
    assert ("other", "dropped", "") in stage.told.voiced_
    stage.say("ack", "ack", about="t9")
    stage.say("outcome", "outcome", about="t9")
    assert ("ack", "dropped", "") in stage.told.voiced_
    assert stage.spoken == ["x", "y", "new"]


def test_no_sound_in_time_is_told_once_and_the_sentence_is_tried_again() -> None:
    stage = Stage()
    for id_ in ("a", "b", "c"):
        stage.say(id_)
    stage.passes(1.3)
    assert stage.silences == 1
    assert stage.spoken == ["a", "b", "a", "b"]
    assert stage.told.voiced_ == [("a", "unvoiced", "")]
    stage.finishes("a")
    assert stage.told.voiced_ == [("a", "unvoiced", ""), ("a", "begun", ""), ("a", "said", "")]
    assert [error.code for error in stage.told.troubles] == ["speech.tts"]


def test_a_voice_that_stays_silent_is_told_once_and_each_sentence_is_marked_once() -> None:
    stage = Stage()
    for id_ in ("a", "b", "c"):
        stage.say(id_)
    for _ in range(8):
        stage.passes(1.3)
    assert stage.told.voiced_ == [("a", "unvoiced", ""), ("b", "unvoiced", ""), ("c", "unvoiced", "")]
    assert stage.spoken.count("a") == 2
    assert len(stage.told.troubles) == 1


def test_a_voice_that_flickers_is_told_once_in_a_while() -> None:
    stage = Stage()
    for number in range(4):
        stage.say(f"bad{number}", "progress", about=str(number))
        stage.passes(1.3)
        stage.say(f"good{number}")
        stage.finishes(f"good{number}")
    assert len(stage.told.troubles) == 1
    stage.passes(QUIET_S)
    stage.say("bad", "progress")
    stage.passes(1.3)
    assert len(stage.told.troubles) == 2


def test_a_sentence_that_breaks_off_is_not_claimed_as_said_and_is_said_once_more() -> None:
    stage = Stage()
    stage.say("a", text="one two three four five six")
    stage.say("b")
    stage.gate.made("a", 700.0)
    stage.gate.fail(VoiceFailed("cut off"))
    stage.gate.made_all("a")
    stage.gate.played("a", 700.0)
    stage.gate.ended("a")
    assert stage.told.voiced_ == [("a", "begun", ""), ("a", "cut", "one two")]
    stage.passes(1.3)
    assert stage.spoken == ["a", "b", "a", "b"]
    stage.finishes("a")
    stage.finishes("b")
    assert stage.told.voiced_[2:] == [(id_, state, "") for id_ in "ab" for state in ("begun", "said")]
    assert [error.message for error in stage.told.troubles] == ["cut off"]


def test_a_sentence_that_always_breaks_off_is_said_twice_at_most() -> None:
    stage = Stage()
    stage.say("a", text="one two three four five six")
    for _ in range(5):
        stage.gate.played("a", 700.0)
        stage.passes(1.3)
    assert stage.spoken == ["a", "a"]
    assert stage.told.voiced_ == [("a", "begun", ""), ("a", "cut", "one two")] * 2


def test_an_error_for_the_next_sentence_leaves_the_one_that_plays() -> None:
    stage = Stage()
    stage.say("a")
    stage.say("b")
    stage.plays("a", 500)
    stage.gate.fail(VoiceFailed("the second is refused"))
    stage.gate.made_all("b")
    assert stage.silences == 0
    stage.gate.played("a", 500)
    stage.gate.ended("a")
    stage.gate.ended("b")
    assert stage.told.voiced_ == [("a", "begun", ""), ("a", "said", ""), ("b", "unvoiced", "")]


def test_a_lost_sentence_that_the_user_talks_over_is_told_once() -> None:
    stage = Stage()
    stage.say("a")
    stage.gate.fail(VoiceFailed("lost"))
    stage.gate.ended("a")
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.passes(2)
    assert stage.spoken == ["a"]
    assert stage.told.voiced_ == [("a", "unvoiced", "")]


def test_lost_progress_is_not_said_late() -> None:
    stage = Stage()
    stage.say("a", "progress")
    stage.passes(1.3)
    stage.passes(1.3)
    assert stage.spoken == ["a"]


def test_waiting_behind_a_long_sentence_is_no_failure() -> None:
    stage = Stage()
    stage.say("a")
    stage.say("b")
    stage.plays("a")
    stage.passes(30)
    stage.gate.ended("a")
    stage.passes(1.0)
    assert stage.told.troubles == []


def test_an_end_without_sound_is_a_failure() -> None:
    stage = Stage()
    stage.say("a")
    stage.gate.ended("a")
    assert stage.told.voiced_ == [("a", "unvoiced", "")]
    assert len(stage.told.troubles) == 1


def test_disconnected_in_the_middle() -> None:
    stage = Stage()
    for id_ in ("a", "b", "c"):
        stage.say(id_)
    stage.plays("a", 260)
    stage.gate.detach(stage)
    assert stage.told.voiced_[1:] == [("a", "cut", "one"), ("b", "unvoiced", ""), ("c", "unvoiced", "")]
    stage.gate.detach(stage)
    stage.say("d")
    assert stage.told.voiced_[-1] == ("d", "unvoiced", "")


def test_an_older_call_cannot_take_the_mouth_from_a_newer_one() -> None:
    stage, newer = Stage(), Stage(connected=False)
    stage.gate.attach(newer)
    stage.gate.detach(stage)
    stage.say("a")
    assert newer.spoken == ["a"]


def test_what_the_bot_was_doing_when_the_user_began() -> None:
    stage = Stage()
    assert stage.gate.bot_at(100.0).silent_ms is None
    stage.say("a", text="first")
    stage.plays("a")
    assert stage.gate.bot_at(100.0).speaking
    stage.gate.ended("a")
    stage.now = 102.0
    assert stage.gate.bot_at(99.5).speaking, "the speech began before the last sound"
    sound = stage.gate.bot_at(101.5)
    assert (sound.speaking, sound.silent_ms, sound.last_said) == (False, 1500.0, "first")
    stage.say("b", text="second")
    stage.plays("b")
    stage.gate.ended("b")
    assert stage.gate.bot_at(101.5).last_said == "first second", "both may still come back through the microphone"
    assert stage.gate.bot_at(102.5).last_said == "second"


def test_an_earcon_is_no_speech() -> None:
    stage = Stage()
    stage.say("e", "ack", text="", earcon="working")
    stage.plays("e")
    stage.gate.ended("e")
    assert stage.told.states == []
    assert stage.told.voiced_ == [("e", "begun", ""), ("e", "said", "")]
    assert stage.gate.bot_at(100.0).silent_ms is None


def test_a_cue_is_a_part_of_the_words_behind_it() -> None:
    stage = Stage()
    stage.say("e", "outcome", text="", earcon="done", about="t")
    assert stage.spoken == []
    stage.say("a", "outcome", about="t")
    stage.say("b", "outcome", about="t")
    assert stage.spoken == ["a", "b"]
    assert [stage.cues[id_] for id_ in "ab"] == ["done", ""]
    stage.gate.made("a", 140, cue=True)
    stage.gate.played("a", 140, cue=True)
    assert stage.told.voiced_ == [], "words begin with their own first sound"
    assert stage.told.states == []
    assert stage.gate.bot_at(100.0).silent_ms is None
    stage.plays("a", 520)
    stage.gate.user_began()
    assert stage.told.voiced_[:2] == [("a", "begun", ""), ("a", "cut", "one two")]


def test_a_cue_stays_in_front_of_its_words_when_something_overtakes_them() -> None:
    stage = Stage()
    for id_ in ("x", "y"):
        stage.say(id_)
    stage.say("e", "outcome", text="", earcon="failed", about="t")
    stage.say("a", "outcome", about="t")
    stage.say("e2", "needs-you", text="", earcon="needs-you", about="per")
    stage.say("ask", "needs-you", about="per")
    for id_ in ("x", "y", "ask", "a"):
        stage.finishes(id_)
    assert stage.spoken == ["x", "y", "ask", "a"]
    assert (stage.cues["ask"], stage.cues["a"]) == ("needs-you", "failed")


@pytest.mark.parametrize("how", ["hush", "withdraw", "expire", "user", "leave"])
def test_a_cue_falls_with_its_words(how: str) -> None:
    stage = Stage()
    for id_ in ("x", "y"):
        stage.say(id_)
    stage.say("e", "outcome", text="", earcon="done", about="t")
    stage.say("a", "outcome", about="t", expires=110.0)
    match how:
        case "hush":
            stage.gate.hush()
        case "withdraw":
            stage.gate.withdraw("t")
        case "expire":
            stage.now = 111.0
        case "user":
            stage.gate.user_began()
            stage.gate.user_ended()
            stage.gate.settle(resume=False)
        case "leave":
            stage.gate.detach(stage)
            stage.gate.attach(stage)
    for id_ in ("x", "y"):
        stage.finishes(id_)
    stage.passes(1)
    assert stage.spoken == ["x", "y"]
    assert ("a", "unvoiced" if how == "leave" else "dropped", "") in stage.told.voiced_


def test_a_cue_waits_for_the_user_with_its_words() -> None:
    stage = Stage()
    stage.gate.user_began()
    stage.say("e", "outcome", text="", earcon="done", about="t")
    stage.say("a", "outcome", about="t")
    assert stage.spoken == []
    stage.gate.user_ended()
    assert (stage.spoken, stage.cues["a"]) == (["a"], "done")


def test_a_request_is_repeated_without_its_cue() -> None:
    stage = Stage()
    stage.say("e", "needs-you", text="", earcon="needs-you", about="per")
    stage.say("ask", "needs-you", about="per")
    assert stage.cues["ask"] == "needs-you"
    stage.plays("ask", 300)
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.passes(REPEAT_S)
    assert (stage.spoken, stage.cues["ask"]) == (["ask", "ask"], "")


def test_words_that_get_lost_are_said_again_without_their_cue() -> None:
    stage = Stage()
    stage.say("e", "outcome", text="", earcon="done", about="t")
    stage.say("a", "outcome", about="t")
    stage.gate.played("a", 140, cue=True)
    stage.passes(1.3)
    assert stage.told.voiced_ == [("a", "unvoiced", "")]
    assert (stage.spoken, stage.cues["a"]) == (["a", "a"], "")


def test_a_cue_alone_costs_no_request_its_words() -> None:
    stage = Stage()
    for id_ in ("e1", "e2"):
        stage.say(id_, "needs-you", text="", earcon="needs-you", about="per")
        stage.passes(0.1)
        stage.gate.played(id_, 60, cue=True)
        stage.gate.user_began()
        stage.gate.user_ended()
        stage.passes(REPEAT_S)
    stage.say("ask", "needs-you", about="per")
    assert stage.spoken == ["e1", "e2", "ask"]
    assert stage.told.voiced_ == [(id_, state, "") for id_ in ("e1", "e2") for state in ("begun", "cut")]


def test_a_cue_without_words_sounds_alone() -> None:
    stage = Stage()
    stage.say("e", "outcome", text="", earcon="done", about="t")
    stage.passes(0.1)
    assert stage.spoken == ["e"]
    stage.gate.played("e", 140, cue=True)
    stage.gate.ended("e")
    assert stage.told.voiced_ == [("e", "begun", ""), ("e", "said", "")]
    assert stage.told.troubles == []
    stage.say("e2", "outcome", text="", earcon="done", about="t")
    stage.say("a", "answer", about="other")
    assert stage.spoken == ["e", "e2", "a"]


def test_the_pace_holds_for_this_call_and_the_next() -> None:
    stage, later = Stage(), Stage(connected=False)
    stage.gate.pace(1.5)
    stage.gate.detach(stage)
    stage.gate.attach(later)
    stage.gate.pace(9.0)
    assert (stage.paces, later.paces) == ([1.0, 1.5], [1.5, 2.0])


def test_a_slow_voice_is_not_taken_for_further_than_it_is() -> None:
    stage = Stage()
    stage.gate.pace(0.5)
    stage.say("a", text="one two three four")  # 18 characters take 1260 ms at the usual pace
    stage.gate.played("a", 1260)
    stage.gate.user_began()
    assert stage.told.voiced_[-1] == ("a", "cut", "one two")


def test_a_long_reading_is_heard_in_order_and_a_request_comes_between() -> None:
    stage = Stage()
    reading = [f"s{number}" for number in range(60)]
    for id_ in reading:
        stage.say(id_, about="t")
    for id_ in reading[:30]:
        stage.finishes(id_)
    stage.say("ask", "needs-you", about="per")
    for id_ in [*reading[30:32], "ask", *reading[32:]]:
        stage.finishes(id_)
    assert stage.spoken == [*reading[:32], "ask", *reading[32:]]
    assert [id_ for id_, state, _ in stage.told.voiced_ if state == "said"] == stage.spoken


def test_hush_ends_all_of_a_long_reading() -> None:
    stage = Stage()
    reading = [f"s{number}" for number in range(60)]
    for id_ in reading:
        stage.say(id_, about="t")
    stage.plays("s0")
    stage.gate.hush()
    stage.passes(10)
    assert stage.spoken == ["s0", "s1"]
    assert [told[:2] for told in stage.told.voiced_[1:]] == [("s0", "cut"), *((id_, "dropped") for id_ in reading[1:])]


def test_a_reading_that_is_too_long_loses_its_end_and_says_so() -> None:
    stage = Stage()
    reading = [f"s{number}" for number in range(KEPT + AHEAD + 2)]
    for id_ in reading:
        stage.say(id_, about="t")
    assert stage.told.voiced_ == [(id_, "dropped", "") for id_ in reading[-2:]]


async def test_drain_lets_what_was_handed_over_end() -> None:
    stage = Stage()
    for id_ in ("a", "b", "c"):
        stage.say(id_)
    draining = asyncio.create_task(stage.gate.drain())
    await asyncio.sleep(0)
    stage.finishes("a")
    assert not draining.done()
    stage.finishes("b")
    await asyncio.wait_for(draining, 1)
    assert stage.spoken == ["a", "b"]


def test_room_is_made_by_dropping_progress_first() -> None:
    waiting = Waiting()
    base = Utterance("", "text", "outcome")
    for number in range(KEPT - 1):
        assert waiting.put(replace(base, id=str(number), about=str(number))) == []
    news = Utterance("news", "text", "progress", about="n")
    assert waiting.put(news) == []
    assert waiting.put(Utterance("last", "text", "outcome")) == [news]
    assert len(waiting) == KEPT


def test_what_waits_for_the_user_is_not_told_as_going_on() -> None:
    waiting = Waiting()
    news, answer = Utterance("news", "text", "progress", about="t"), Utterance("answer", "text", "answer", about="s")
    assert waiting.put(news) + waiting.put(answer) == []
    assert waiting.put(Utterance("ask", "text", "needs-you", about="q")) == [news]


@given(st.text(alphabet="ab ", max_size=60), st.floats(0, 5000), st.floats(0, 5000), st.booleans())
def test_words_played_are_a_prefix(text: str, played: float, made: float, whole: bool) -> None:
    words = text.split()
    heard = words_played(text, min(played, made), made, whole).split()
    assert heard == words[: len(heard)]


@pytest.mark.parametrize(
    ("played", "expected"), [(0, ""), (190, ""), (200, "aaa"), (999, "aaa bbb ccc"), (1000, "aaa bbb ccc ddd")]
)
def test_words_are_rounded_down(played: float, expected: str) -> None:
    assert words_played("aaa bbb ccc ddd", played, 1000, whole=True) == expected


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("say"), st.sampled_from(["needs-you", "outcome", "answer", "progress", "ack", "notice"])),
            st.tuples(
                st.sampled_from(["began", "ended", "hush", "play", "end", "wait", "leave", "come", "noise", "words"]),
                st.just(""),
            ),
        ),
        max_size=60,
    )
)
def test_every_utterance_gets_an_end(steps: list[tuple[str, Kind]]) -> None:
    stage, speaking = Stage(), False
    said: list[str] = []
    for number, (step, kind) in enumerate(steps):
        current = stage.gate._handed[0].utterance.id if stage.gate._handed else None
        match step:
            case "say":
                said.append(str(number))
                before = len(stage.spoken)
                if number % 2:
                    stage.say(f"cue{number}", kind, text="", earcon="done", about=str(number % 3))
                stage.say(str(number), kind, about=str(number % 3))
                assert not speaking or len(stage.spoken) == before
            case "began":
                speaking = True
                stage.gate.user_began()
            case "ended":
                speaking = False
                stage.gate.user_ended()
            case "hush":
                stage.gate.hush()
            case "noise" | "words":
                stage.gate.settle(resume=step == "noise")
            case "play" if current:
                stage.plays(current)
            case "end" if current:
                stage.finishes(current)
            case "wait":
                stage.passes(1.3)
            case "leave":
                stage.gate.detach(stage)
            case "come":
                speaking = False
                stage.gate.attach(stage)
    stage.gate.detach(stage)
    for id_ in said:
        states = [state for told, state, _ in stage.told.voiced_ if told == id_]
        if states[-2:] == ["cut", "unvoiced"]:  # a request whose repetition nobody waited for
            states.pop()
        ends = [state for state in states if state not in ("begun", "cut")]
        assert ends in ([], ["said"], ["dropped"], ["unvoiced"], ["unvoiced", "said"])
        assert states[-1:] not in ([], ["begun"]), f"{id_} was forgotten"


def test_nothing_is_remembered_of_a_call_that_is_over() -> None:
    stage = Stage()
    stage.say("n", "needs-you", about="a1")
    stage.gate.played("n", 100.0)
    stage.gate.user_began()
    stage.gate.withdraw("a1")
    assert not stage.gate._repeated
    stage.gate.user_ended()
    stage.say("m", "needs-you", about="a2")
    stage.gate.played("m", 100.0)
    stage.gate.user_began()
    stage.gate.user_ended()
    stage.say("lost")
    stage.gate.ended("lost")
    assert (stage.gate._repeated, stage.gate._tried) == ({"m"}, {"lost"})
    stage.gate.detach(stage)
    assert not stage.gate._repeated | stage.gate._tried
