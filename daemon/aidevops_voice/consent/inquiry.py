"""The life of one request: asked, played, answered or not, decided once; it keeps no time and starts nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Literal

from aidevops_voice.consent.assent import Judgement, judge, once
from aidevops_voice.consent.petition import ANSWER_S, Cause, Request, Risk, barred, fingerprint
from aidevops_voice.consent.steps import (
    AskAgain,
    By,
    Confirm,
    Decided,
    Explain,
    Hold,
    NextQuestion,
    Pass,
    Scope,
    Step,
    Tell,
)
from aidevops_voice.ports import Ask, Clock, Closing, Decision, Heard, Reply

_HOLDS = 4
"""Times that `wait` or `explain` gives 45 s more."""
_EARLY = 3
"""Answers before the request was heard to its end that are asked for again, and not counted as unclear."""
_TEXT = 1000
"""Characters of what was heard that are kept."""
_MESSAGES = {
    "deny": "The user said no. Do not do this; go on without it.",
    "late": "The user did not answer in time, so this was denied. Do not do this; go on without it.",
    "unclear": "The user's answer was not understood twice, so this was denied. Do not do this; go on without it.",
    "remark": "The user said no to this, in these words: {text}",
}
"""Told to the agent with a denial, so that its turn goes on."""
_SHORT_NO = 3
"""Words; a longer no says more than no, which the agent is told."""

State = Literal["new", "asked", "played", "decided"]
Draw = Callable[[], tuple[str, ...]]


class Inquiry:
    """One request that waits for the user; `write` takes one journal entry per step."""

    def __init__(
        self,
        ask: Ask,
        *,
        clock: Clock,
        write: Callable[[dict[str, Any]], None],
        risk: Risk = "destructive",
        spoken: bool = False,
        draw: Draw | None = None,
    ) -> None:
        self.ask, self.risk = ask, risk
        self.state: State = "new"
        self._clock, self._write, self._draw, self._spoken = clock, write, draw, spoken
        self._fingerprint = fingerprint(ask)
        self._challenge: tuple[str, ...] | None = None
        self._asked_at: float | None = None
        self._played_at: float | None = None
        self._until: float | None = None
        self._unclear = self._early = self._holds = 0
        self._answers: list[tuple[str, ...]] = []
        self._shown_at: float | None = None
        self._words: tuple[str, ...] = ()
        self._always = self._overtaken = False
        self._note("opened", risk=risk, ours=ask.ours, permission=ask.permission, kind=ask.kind)

    # --- what it looks like ---------------------------------------------------------------------------------------

    @property
    def request(self) -> Request:
        """As it is judged now."""
        ask = self.ask
        return Request(
            ask.id, self._fingerprint, ask.kind, ask.questions, len(self._answers), ask.command, ask.permission,
            ask.always, self._challenge, self.risk, self._asked_at, self._played_at,
            overtaken=self._overtaken, spent=self.state == "decided", spoken=self._spoken,
        )  # fmt: skip

    @property
    def challenge(self) -> tuple[str, ...] | None:
        """The words of the phrase that allows it; empty: only a click does; None: a yes is enough."""
        return self._challenge

    @property
    def fingerprint(self) -> str:
        """Of the arguments that a decision is for."""
        return self._fingerprint

    @property
    def at(self) -> int:
        """Which of its questions is put."""
        return len(self._answers)

    @property
    def always(self) -> bool:
        """The user was told what *always* stores, and is asked for it."""
        return self._always

    @property
    def drafted(self) -> bool:
        """Words wait to be confirmed as the answer."""
        return bool(self._words)

    @property
    def deadline(self) -> float | None:
        """Monotonic seconds at which it is denied; None while it was not asked, and for turns typed elsewhere."""
        return self._until if self.ask.ours and self.state != "decided" else None

    # --- what happens to it ---------------------------------------------------------------------------------------

    def asked(self, read_back: str = "") -> None:
        """Its reading begins, or it is shown to one who cannot hear; each time with a new challenge phrase."""
        if self.state == "decided":
            return
        self.state, self._played_at, self._shown_at, self._words = "asked", None, None, ()
        self._overtaken = False
        self._asked_at = self._clock()
        self._until = self._asked_at + ANSWER_S
        if self._draw is not None:
            self._challenge = self._draw()
        self._note("asked", read_back=read_back, challenge=None if self._challenge is None else list(self._challenge))

    def shown(self) -> None:
        """It stands on the page and nobody heard it: what is typed may answer it, what is said may not."""
        if self.state == "asked":
            self._shown_at = self._clock()
            self._until = self._shown_at + ANSWER_S
            self._note("shown")

    def played(self) -> None:
        """It was heard to its end."""
        if self.state != "asked":
            return
        self.state, self._played_at = "played", self._clock()
        self._until = self._played_at + ANSWER_S
        self._note("played")

    def hear(self, heard: Heard) -> Step:
        """Judge one final utterance, and what follows from it."""
        if not self.ask.ours or self.state == "decided" or not heard.final:
            return Pass(Cause.SPENT if self.state == "decided" else Cause.ELSE)
        judged = judge(self._seen_by(heard), heard, self._clock())
        self._note("heard", heard=heard.text[:_TEXT], source=heard.source, verdict=judged.verdict,
                   reason=judged.reason, cause=judged.cause.value)  # fmt: skip
        match judged.verdict:
            case "allow" if self._always and not once(heard.text):
                return self._decide(Reply("always"), judged.reason, "said")
            case "always" if not self._always:
                return self._widened()
            case "allow" | "always" | "deny" as decision:
                return self._decide(Reply(decision, _message(judged, heard)), judged.reason, "said")
            case "answer":
                return self._answered(judged)
            case "explain":
                return self._kept(Explain())
            case "wait":
                return self._kept(Hold())
            case "unclear":
                return self._doubted(judged)
            case "not_consent":
                return Pass(judged.cause)

    def unheard(self, *, overtaken: bool = False) -> None:
        """What was heard of it no longer counts; who types has it before the eyes."""
        if self.state == "played":
            self._overtaken = overtaken
            self.state, self._shown_at, self._played_at, self._words = "asked", self._played_at, None, ()
            self._note("unheard")

    def confirmed(self, heard: Heard) -> Step:
        """The user wants the words that were read back sent as the answer."""
        if bar := barred(self._seen_by(heard), heard, self._clock(), choice=True):
            return Pass(Cause.ECHO) if bar.cause is Cause.EARLY else AskAgain(bar.reason, bar.cause)
        words, self._words = self._words, ()
        return self._answered(Judgement("answer", "the user's own words, confirmed", words)) if words else Hold()

    def discarded(self) -> None:
        """They are not the answer; the request stays open."""
        self._words = ()

    def narrowed(self) -> None:
        """*Always* is not to be had; the request itself is asked again."""
        self._always = False

    def guard(self, draw: Draw) -> None:
        """From its next reading on only a phrase allows it."""
        self._draw = draw

    def click(self, reply: Reply) -> Decided | None:
        """By button, key or command line, which need no challenge; None when it is decided already."""
        if self.state == "decided":
            return None
        if reply.decision == "deny" and not reply.message:
            reply = Reply("deny", _MESSAGES["deny"])
        return self._decide(reply, "a click or a key", "click")

    def settled(self, reply: Reply, reason: str) -> Decided | None:
        """By the user's settings, without a word."""
        return None if self.state == "decided" else self._decide(reply, reason, "rule")

    def due(self) -> Decided | None:
        """Denied, once its time is over."""
        if self.deadline is None or self._clock() < self.deadline:
            return None
        return self._decide(Reply("deny", _MESSAGES["late"]), f"no valid answer in {ANSWER_S:.0f} s", "time")

    def renewed(self, ask: Ask, risk: Risk = "destructive") -> bool:
        """The agent sent it again; True when its arguments are others, and it must be asked from the start."""
        new = fingerprint(ask)
        if new == self._fingerprint or self.state == "decided":
            return False
        self.ask, self.risk, self._fingerprint, self.state = ask, risk, new, "new"
        self._asked_at = self._played_at = self._shown_at = self._until = self._challenge = None
        self._words, self._always = (), False
        self._unclear = self._early = self._holds = 0
        self._answers.clear()
        self._note("changed")
        return True

    def untaken(self, reason: str) -> None:
        """The decision did not reach the agent: it is open again, and must be asked again."""
        if self.state == "decided":
            self.state, self._asked_at, self._played_at, self._until = "new", None, None, None
            self._shown_at, self._words, self._always = None, (), False
            self._answers.clear()
            self._note("open again", reason=reason)

    def closed(self, closing: Closing) -> None:
        """It was answered elsewhere, or fell."""
        if self.state != "decided":
            self.state = "decided"
            self._note("closed", decision=closing)

    # --- deciding -------------------------------------------------------------------------------------------------

    def _answered(self, judged: Judgement) -> Step:
        self._answers.append(judged.answers)
        if len(self._answers) < len(self.ask.questions):
            self.state, self._asked_at, self._played_at, self._unclear = "new", None, None, 0
            self._until = self._clock() + ANSWER_S
            return NextQuestion()
        return self._decide(Reply("allow", answers=tuple(self._answers)), judged.reason, "said")

    def _seen_by(self, heard: Heard) -> Request:
        """Who types has it before the eyes."""
        request = self.request
        if heard.source == "typed" and self._played_at is None and self._shown_at is not None:
            return replace(request, played_at=self._shown_at, overtaken=False)
        return request

    def _widened(self) -> Step:
        """*Always* is granted only after the user was told what it stores."""
        self._always, self.state, self._played_at, self._unclear = True, "new", None, 0
        self._until = self._clock() + ANSWER_S
        return Scope()

    def _kept(self, step: Explain | Hold) -> Step:
        """More time, but not for ever; a phrase does not live longer for it."""
        if self._holds < _HOLDS and self._until is not None:
            self._holds += 1
            now = self._clock()
            self._until = now + ANSWER_S
            if self._played_at is not None and not self._challenge:
                self._played_at = now
        return step

    def _doubted(self, judged: Judgement) -> Step:
        if judged.cause is Cause.DRAFT:
            self._words = judged.answers
            self._until = self._clock() + ANSWER_S
            return Confirm(", ".join(judged.answers))
        if judged.cause in (Cause.UNTRUSTED, Cause.CLICK, Cause.NO_ALWAYS, Cause.ECHO):
            return Tell(judged.reason, judged.cause)
        if judged.cause in (Cause.UNHEARD, Cause.OVERTAKEN, Cause.EARLY) and self._early < _EARLY:
            self._early += 1
            return AskAgain(judged.reason, judged.cause)
        self._unclear += 1
        if self._unclear > 1:
            return self._decide(Reply("deny", _MESSAGES["unclear"]), f"twice unclear: {judged.reason}", "doubt")
        return AskAgain(judged.reason, judged.cause)

    def _decide(self, reply: Reply, reason: str, by: By) -> Decided:
        self.state = "decided"
        answers = [list(one) for one in reply.answers]
        self._note("decided", decision=reply.decision, reason=reason, by=by, answers=answers)
        return Decided(self.ask.id, self._fingerprint, reply, reason, by)

    def _note(self, step: str, **facts: Any) -> None:
        self._write({"ask": self.ask.id, "hash": self._fingerprint, "step": step, **facts})


def _message(judged: Judgement, heard: Heard) -> str:
    """What the agent is told with a denial; nothing with an allow."""
    decision: Decision | str = judged.verdict
    if decision != "deny":
        return ""
    if judged.cause is Cause.LATE:
        return _MESSAGES["late"]
    if len(heard.text.split()) > _SHORT_NO:
        return _MESSAGES["remark"].format(text=heard.text.strip()[:_TEXT])
    return _MESSAGES["deny"]


def fallen(rejected: Ask, open_: Iterable[Ask]) -> list[Ask]:
    """Which other requests end with a rejected one: OpenCode drops every permission of its session.

    A rejected question ends the turn, and with it whatever else the session waits for.
    """
    others = [ask for ask in open_ if ask.id != rejected.id and ask.session == rejected.session]
    return [ask for ask in others if rejected.kind == "question" or ask.kind == "permission"]
