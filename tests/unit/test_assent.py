"""What is a yes: bound to exact arguments, in time, in whole utterances."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from aidevops_voice.consent.assent import Cause, Request, fingerprint, judge
from aidevops_voice.consent.pending import read
from aidevops_voice.consent.tongues import tongues
from aidevops_voice.ports import Ask, Heard, Question

TESTS = Request(
    "per_1",
    "",
    command="npm test",
    permission="bash",
    always=("npm test *",),
    asked_at=100.0,
    played_at=104.0,
    spoken=True,
)
REMOVE = replace(TESTS, command="rm -rf build", challenge=("confirm", "maple", "seven"))
SAID = Heard("", trusted=True, bot_silent_ms=1500.0, bot_last_said="The agent wants to run npm test. May it?")
NOW = 108.0


def verdict(text: str, request: Request = TESTS, heard: Heard = SAID, now: float = NOW) -> str:
    return judge(request, replace(heard, text=text), now).verdict


# --- bound to its arguments ---------------------------------------------------------------------------------------

ASK = Ask("per_1", "ses_1", "permission", "bash", "npm test", always=("npm test *",))


@pytest.mark.parametrize(
    "other",
    [
        replace(ASK, command="npm test; rm -rf ~"),
        replace(ASK, permission="edit"),
        replace(ASK, path="a.py"),
        replace(ASK, diff="+1"),
        replace(ASK, patterns=("npm test",)),
        replace(ASK, always=("npm *",)),
        replace(ASK, session="ses_2"),
        replace(ASK, child="cleanup"),
        replace(ASK, questions=(Question("Which?"),)),
        replace(ASK, command="", path="npm test"),
    ],
)
def test_each_argument_changes_the_fingerprint(other: Ask) -> None:
    assert fingerprint(other) != fingerprint(ASK)


def test_the_id_is_no_argument() -> None:
    assert fingerprint(replace(ASK, id="per_2")) == fingerprint(ASK)
    assert len(fingerprint(ASK)) == 64


# --- when ---------------------------------------------------------------------------------------------------------


def test_a_yes_that_began_before_the_request_was_played_is_none() -> None:
    assert verdict("yes", heard=replace(SAID, began=103.9)) == "unclear"
    assert verdict("yes", heard=replace(SAID, began=105.0)) == "allow"


def test_time_is_counted_to_the_beginning_of_the_answer() -> None:
    assert verdict("yes", heard=replace(SAID, began=148.0), now=151.0) == "allow"
    assert verdict("yes", now=149.5) == "deny"
    assert verdict("confirm maple seven", REMOVE, now=123.0) == "allow"
    assert verdict("confirm maple seven", REMOVE, now=124.5) == "unclear"


def test_a_no_counts_at_any_time_from_anybody() -> None:
    never = Request("per_1", "")
    anybody = Heard("no", trusted=False, bot_speaking=True)
    assert judge(never, anybody, 0.0).verdict == "deny"


def test_a_request_that_words_may_not_allow_needs_a_click() -> None:
    judged = judge(replace(TESTS, spoken=False), replace(SAID, text="yes"), NOW)
    assert (judged.verdict, judged.cause) == ("unclear", Cause.CLICK)
    assert Request("per_1", "").spoken is False


def test_a_decided_request_takes_nothing_more() -> None:
    assert verdict("yes", replace(TESTS, spent=True)) == "not_consent"
    assert verdict("no", replace(TESTS, spent=True)) == "not_consent"


# --- the voice's own words ----------------------------------------------------------------------------------------

OFFER = replace(SAID, bot_last_said="Say allow it, or go ahead and do it, or no.")


@pytest.mark.parametrize("text", ["allow it", "go ahead", "go ahead and do it", "do it"])
def test_what_the_voice_just_said_is_no_yes(text: str) -> None:
    assert verdict(text, heard=OFFER) == "unclear"
    assert verdict(text, heard=replace(OFFER, bot_silent_ms=3500.0)) == "allow"
    assert verdict(text, heard=replace(OFFER, source="typed")) == "allow"


def test_a_misheard_piece_of_it_is_still_the_voice() -> None:
    heard = replace(SAID, bot_last_said="The agent wants to install requests.")
    judged = judge(TESTS, replace(heard, text="the agents wants to install request"), NOW)
    assert (judged.verdict, judged.cause) == ("not_consent", Cause.ECHO)


def test_the_phrase_that_the_voice_told_is_taken_but_not_its_sentence() -> None:
    told = replace(SAID, bot_last_said="Delete the folder build. To let it happen, say: confirm maple seven.")
    assert verdict("confirm maple seven", REMOVE, told) == "allow"
    assert verdict("say confirm maple seven", REMOVE, told) == "unclear"
    assert verdict("to let it happen say confirm maple seven", REMOVE, told) == "unclear"


# --- whole utterances ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "go right ahead",
        "sure, let's do it",
        "yes, you have my approval",
        "I'm totally fine with that",
        "um yes please",
        "allow it, but just this once",
        "yes, run npm test",
        "go ahead and run the tests",
        "yeah, the agent may do that",
        "sí, adelante",
        "claro que si",
        "permítelo esta vez",
        "okay then",
    ],
)
def test_forms_of_yes(text: str) -> None:
    assert verdict(text) == "allow"


@pytest.mark.parametrize(
    "text",
    [
        "yes and",
        "go ahead and",
        "yes well",
        "and then do it",
        "then do it",
        "we'll go ahead",
        "oh okay",
        "okay thanks",
        "yes run npm install",
        "yes run npm test twice",
        "run it on staging",
        "do it later",
        "do it again",
        "yes to both",
        "always allow everything",
        "si puedes hacerlo",
        "si puede",
        "siempre que pasen los tests",
        "yes yes yes yes",
        "go ahead once",
        "say yes",
        "I might allow it",
        "I'd like to allow it",
        "yes?",
        "¿sí?",
        "sure why not",
        "y",
        "yes\u200bno thing",
        "уes",
        "no problem, go ahead",
        "you could do that",
        "that's fine but",
        "accept all",
    ],
)
def test_what_only_looks_like_a_yes(text: str) -> None:
    assert verdict(text) not in ("allow", "always")


@pytest.mark.parametrize("command", ["if tests pass", "unless", "but say no", "what if", "to the other one, later"])
def test_the_agents_command_cannot_make_a_condition_into_a_yes(command: str) -> None:
    assert verdict(f"yes {command}", replace(TESTS, command=command)) not in ("allow", "always")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("add a button that says cancel", "not_consent"),
        ("the parser should not crash on empty input", "not_consent"),
        ("use yarn, not npm", "not_consent"),
        ("print it, no stop", "deny"),
        ("my boss said no", "deny"),
        ("what does deny mean", "unclear"),
        ("añade un botón de cancelar", "not_consent"),
        ("no problem", "unclear"),
        ("no problem, no, stop", "deny"),
        ("wait, use the other file", "not_consent"),
        ("wait for the tests to finish", "wait"),
        ("can you hold on", "wait"),
        ("hold on, explain that", "explain"),
        ("will it delete anything", "explain"),
        ("sorry, what does it do", "explain"),
        ("details", "explain"),
    ],
)
def test_what_else_is_said(text: str, expected: str) -> None:
    assert verdict(text) == expected


def test_always_only_where_something_would_be_stored() -> None:
    assert verdict("always for this command") == "always"
    assert verdict("always", replace(TESTS, always=())) == "unclear"
    assert verdict("always", REMOVE) == "unclear"


@pytest.mark.parametrize(
    ("before", "after"), list(product(["", "um ", "please ", "okay, ", "yes "], ["", " please", ", thank you"]))
)
def test_politeness_may_stand_around_the_phrase(before: str, after: str) -> None:
    for digit in ("seven", "7"):
        assert verdict(f"{before}confirm maple {digit}{after}", REMOVE) == "allow"


def test_numbers_belong_to_their_language() -> None:
    spanish = replace(REMOVE, challenge=("confirmo", "arce", "once"))
    assert verdict("confirmo arce 11", spanish) == "allow"
    assert verdict("confirmo arce eleven", spanish) == "unclear"
    eleven = replace(REMOVE, challenge=("confirm", "maple", "eleven"))
    assert verdict("confirm maple once", eleven) == "unclear"


# --- the tables ---------------------------------------------------------------------------------------------------


def test_no_form_of_yes_holds_a_no() -> None:
    denials = {word for tongue in tongues() for (word,) in (one for one in tongue.phrases["deny"])}
    for tongue in tongues():
        for name in ("yes", "always", "alone", "after", "before", "joint", "around", "plain_yes"):
            held = {" ".join(one) for one in tongue.phrases[name] if set(one) & denials}
            assert not held, (tongue.language.code, name)


def test_fillers_alone_are_no_yes() -> None:
    for tongue in tongues():
        for one in tongue.phrases["before"] | tongue.phrases["around"] | tongue.phrases["after"]:
            if one not in tongue.phrases["yes"]:
                assert not tongue.laid_out(one), one


def test_the_languages_have_the_same_tables() -> None:
    english, *others = tongues()
    assert others
    for other in others:
        assert set(other.phrases) == set(english.phrases)


# --- the pending file ---------------------------------------------------------------------------------------------


def test_absent_facts_take_the_safe_value() -> None:
    request, heard = read("yes", {})
    assert (request.asked_at, request.played_at, request.always) == (None, None, ())
    assert (heard.trusted, heard.bot_speaking, heard.bot_silent_ms, heard.source) == (False, True, None, "voice")
    assert judge(request, heard, 0.0).verdict == "unclear"


def test_an_empty_challenge_means_a_click() -> None:
    facts = {"asked_s_ago": 1, "heard_to_end": True, "bot_speaking": False, "bot_silent_ms": 900, "stt_trusted": True}
    assert judge(*read("yes", facts, NOW), NOW).verdict == "allow"
    assert judge(*read("yes", {**facts, "challenge": []}, NOW), NOW).verdict == "unclear"
