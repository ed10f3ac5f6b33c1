"""A request as it was put to the user, bound to its exact arguments, and what an answer is judged to be."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Literal

from aidevops_voice.consent.utterance import Words, resembles, told
from aidevops_voice.ports import Ask, Heard, Question

Verdict = Literal["allow", "always", "deny", "explain", "wait", "unclear", "answer", "not_consent"]
Risk = Literal["read", "write", "outside", "destructive", "network", "credentials"]

ANSWER_S = 45.0
CHALLENGE_S = 20.0
"""Seconds in which a challenge phrase is taken."""
ECHO_MS = 600.0
"""Milliseconds after the voice's last sound in which nothing is taken for an answer."""
JUST_SAID_MS = 3000.0
"""Milliseconds in which the voice's own words may still come back through the microphone."""


class Cause(StrEnum):
    """Why a judgement is what it is."""

    WORDS = "words"
    """What was said decides."""
    SPENT = "spent"
    NOISE = "noise"
    COMMAND = "command"
    ECHO = "echo"
    UNHEARD = "unheard"
    """The request was not yet played to its end."""
    OVERTAKEN = "overtaken"
    """Something else was said after it."""
    EARLY = "early"
    """While the voice spoke, or just after."""
    LATE = "late"
    UNTRUSTED = "untrusted"
    CHALLENGE = "challenge"
    """The phrase is missing, or not exact."""
    CLICK = "click"
    """No words may allow it."""
    NO_ALWAYS = "no_always"
    """The agent would store nothing."""
    DRAFT = "draft"
    """An answer in words of a recogniser that is not trusted, which the user has to confirm."""
    DOUBT = "doubt"
    ELSE = "else"
    """About something else."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request, or one question of it, as it was put to the user; absent knowledge takes the safe value."""

    id: str
    fingerprint: str
    kind: Literal["permission", "question"] = "permission"
    questions: tuple[Question, ...] = ()
    at: int = 0
    """Which of the questions is put."""
    command: str = ""
    permission: str = ""
    always: tuple[str, ...] = ()
    """What the agent would store; empty: there is no *always*."""
    challenge: tuple[str, ...] | None = None
    risk: Risk = "destructive"
    asked_at: float | None = None
    played_at: float | None = None
    """Monotonic seconds at which it was begun to be put, and was played to its end."""
    overtaken: bool = False
    """It was played to its end, and then something else was."""
    spent: bool = False
    spoken: bool = False
    """Words may allow it: a yes or, where there is one, the challenge phrase; else only a click or a key."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an utterance says about a request."""

    verdict: Verdict
    reason: str
    answers: tuple[str, ...] = ()
    """To the question that is put: labels, or the user's own words."""
    cause: Cause = field(default=Cause.WORDS, compare=False)


def fingerprint(ask: Ask) -> str:
    """SHA-256 over every argument of a request; its id is none of them."""
    facts = [
        ask.kind, ask.session, ask.permission, ask.command, ask.path, ask.diff, ask.patterns, ask.always, ask.child,
        [[each.text, each.header, [[one.label, one.description] for one in each.options], each.multiple, each.custom]
         for each in ask.questions],
    ]  # fmt: skip
    return sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()


def barred(request: Request, heard: Heard, now: float, *, choice: bool = False) -> Judgement | None:
    """Why nothing that is said now can allow or answer, whatever the words; None when it can.

    Here alone an untrusted recogniser is kept from allowing; a `choice` of whole phrases it knows allows nothing.
    """
    typed = heard.source == "typed"
    said_at = now if heard.began is None else heard.began
    if request.overtaken:
        return Judgement("unclear", "something else was said after the request", cause=Cause.OVERTAKEN)
    if request.asked_at is None or request.played_at is None:
        return Judgement("unclear", "the request was not yet heard to its end", cause=Cause.UNHEARD)
    since = max(request.asked_at, request.played_at)
    if said_at - since > ANSWER_S:
        return Judgement("deny", "too late", cause=Cause.LATE)
    if request.challenge and said_at - since > CHALLENGE_S:
        return Judgement("unclear", "the challenge phrase is no longer valid", cause=Cause.LATE)
    if typed:
        return None
    if heard.bot_speaking:
        return Judgement("unclear", "said while the voice was speaking", cause=Cause.EARLY)
    if heard.bot_silent_ms is None or heard.bot_silent_ms < ECHO_MS:
        return Judgement("unclear", "said just after the voice spoke", cause=Cause.EARLY)
    if heard.began is not None and heard.began < request.played_at:
        return Judgement("unclear", "begun before the request was heard to its end", cause=Cause.UNHEARD)
    if not heard.trusted and not choice:
        return Judgement("unclear", "this recogniser may deny, never allow", cause=Cause.UNTRUSTED)
    return None


def echoes(said: Words, heard: Heard) -> bool:
    """Whether the words resemble what the voice has just said."""
    if heard.source == "typed":
        return False
    recent = heard.bot_speaking or heard.bot_silent_ms is None or heard.bot_silent_ms < JUST_SAID_MS
    return recent and resembles(said, told(heard.bot_last_said))
