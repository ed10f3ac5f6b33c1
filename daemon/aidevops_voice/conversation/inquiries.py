"""The requests of the agent while they are open: put to the user one after the other, answered once, each step kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aidevops_voice import listener
from aidevops_voice.consent import assent, inquiry
from aidevops_voice.consent.appraisal import NOWHERE
from aidevops_voice.consent.petition import Cause
from aidevops_voice.consent.rules import Rules
from aidevops_voice.consent.steps import (
    AskAgain,
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
from aidevops_voice.conversation import putting
from aidevops_voice.conversation.alarm import Alarm
from aidevops_voice.conversation.putting import Putting
from aidevops_voice.conversation.recital import Recital
from aidevops_voice.conversation.study import Study
from aidevops_voice.conversation.telling import Telling
from aidevops_voice.errors import VoiceError
from aidevops_voice.journal import Journal
from aidevops_voice.listener import Ignored
from aidevops_voice.ports import (
    AgentEvent,
    Ask,
    AskClosed,
    Clock,
    CodingAgent,
    Command,
    Heard,
    Reply,
    TextEnded,
    TurnEnded,
    Utterance,
)

FALL_S = 0.6
"""After a denial: what falls with it is told by the agent before the next request is read."""
_FORBIDDEN = "The user's settings forbid this. Do not do it; go on without it."

Beside = Callable[[Awaitable[object], str], asyncio.Task[None]]


@dataclass(frozen=True, slots=True)
class Answered:
    """It was said to a request."""

    step: Step
    reason: str


class Inquiries:
    """`project` is the folder that decides what is inside and outside."""

    def __init__(
        self,
        telling: Telling,
        agent: CodingAgent,
        journal: Journal,
        clock: Clock,
        beside: Beside,
        *,
        rules: Rules | None = None,
        project: str = NOWHERE,
    ) -> None:
        self._telling, self._agent, self._journal, self._clock = telling, agent, journal, clock
        self._beside, self._rules = beside, rules or Rules()
        self._asks = telling.asks
        self._open: dict[str, Putting] = {}
        self._falling: set[str] = set()
        self._study = Study(self._rules, project, clock, lambda step: journal.write("consent", **step))
        self._alarm = Alarm(clock, self._deadline, self._deny_late)
        self._recital = Recital(telling, self._rules, self._alarm, self._open.get)
        telling.asks.facts = self._facts

    async def keep_time(self) -> None:
        """Until cancelled: deny what was not answered, and do what comes after a pause."""
        await asyncio.to_thread(assent.warm)
        await self._alarm.ring()

    def _deadline(self) -> float | None:
        times = [put.inquiry.deadline for put in self._open.values() if put.inquiry.deadline is not None]
        return min(times, default=None)

    def _deny_late(self) -> None:
        for put in list(self._open.values()):
            if decided := put.inquiry.due():
                self._decide(put, decided)

    # --- what the agent tells -----------------------------------------------------------------------------------

    def on(self, event: AgentEvent) -> None:
        """Every other event of the conversation's session."""
        match event:
            case AskClosed():
                self._closed(event)
            case _:
                if isinstance(event, TextEnded):
                    self._study.read(event.text)
                self._telling.on(event)
                if isinstance(event, TurnEnded):
                    self._sweep()
        self._alarm.rearm()

    async def asked(self, ask: Ask) -> None:
        """A request, or one that the agent sends again."""
        known = self._open.get(ask.id)
        if known is None and self._asks.knows(ask.id):
            return
        seen, language = self._telling.seen(ask), self._telling.language.code or "en"
        if known is None:
            put = self._open[ask.id] = await self._study.opened(ask, seen, language, self._telling.held)
            self._take(put)
        elif await self._study.renewed(known, ask, seen, language):
            self._take(known)
        self._alarm.rearm()

    def _take(self, put: Putting) -> None:
        """Show it, and decide who answers: the settings, or the user, now or behind the request before it."""
        ask, mode = put.inquiry.ask, self._study.mode(put)
        silent = ask.ours and mode in ("allow", "deny")
        self._telling.asked(ask, silent=silent)
        if silent:
            self._by_rule(put, allow=mode == "allow")
            return
        if put.guarded:
            put.guard()
        if not ask.ours:
            self._recital.announce(put)
        elif self._recital.current in (None, put):
            self._recital.begin(put)
        self._telling.changed()

    def _by_rule(self, put: Putting, *, allow: bool) -> None:
        reply = Reply("allow") if allow else Reply("deny", _FORBIDDEN)
        decided = put.inquiry.settled(reply, f"the settings decide {put.look.level}")
        if decided:
            self._decide(put, decided)
            if not allow:
                self._telling.notice("consent.denied_rule")

    def _closed(self, event: AskClosed) -> None:
        put = self._open.pop(event.id, None)
        taken = self._asks.taken(event.id)
        if put:
            put.inquiry.closed(event.closing)
        self._telling.on(event)
        if put and not taken and event.id in self._falling and event.closing in ("deny", "dropped"):
            self._tell_fallen(put)
        self._falling.discard(event.id)
        self._leave(put)

    def _tell_fallen(self, put: Putting) -> None:
        self._telling.notify(put.fell(self._telling.language))
        self._lapse(put)

    def _lapse(self, put: Putting) -> None:
        """It ended without the user, who may not have been there."""
        self._telling.lapsed(put.fell(self._telling.language, "consent.lapsed"))

    def _sweep(self) -> None:
        """Requests that fell with their turn."""
        still = {ask.id for ask in self._asks.open}
        for id_ in [id_ for id_ in self._open if id_ not in still]:
            put = self._open.pop(id_)
            put.inquiry.closed("dropped")
            self._leave(put)

    def _leave(self, put: Putting | None) -> None:
        if put is not None and put is self._recital.current:
            self._recital.current = None
            self._alarm.after(0.0, self._next)

    def _next(self) -> None:
        """The oldest that still waits is read."""
        if self._recital.current is not None:
            return
        waiting = [put for put in self._open.values() if put.inquiry.ask.ours and put.inquiry.state != "decided"]
        if waiting:
            self._recital.begin(waiting[0])
            self._telling.changed()

    # --- answering ----------------------------------------------------------------------------------------------

    def voice_state(self, state: str) -> None:
        """Someone came to listen, and hears it from its beginning, or left."""
        if state == "connected":
            self._recital.again()
            for put in self._open.values():
                if not put.inquiry.ask.ours:
                    self._recital.announce(put)
        elif state == "disconnected":
            self._recital.left()

    def hear(self, heard: Heard, *, elsewhere: bool = False) -> Answered | Ignored | None:
        """What is said while a request waits; None: it is not meant for it.

        `elsewhere`: what the user heard last is a request of another session.
        """
        put = self._recital.current
        if put is None or not heard.final:
            return None
        if elsewhere and heard.source == "voice":
            self._recital.left(overtaken=True)
        self._alarm.rearm()
        if put.inquiry.drafted and (step := self._confirming(put, heard)):
            return Answered(step, "the answer that was read back")
        match step := put.inquiry.hear(heard):
            case Pass(cause=Cause.NOISE | Cause.ECHO as cause):
                return Ignored("no words" if cause is Cause.NOISE else "the voice's own words")
            case Pass():
                return None
            case AskAgain() | Tell() | Decided():
                return Answered(step, step.reason)
            case _:
                return Answered(step, type(step).__name__.lower())

    def _confirming(self, put: Putting, heard: Heard) -> Step | None:
        known = listener.command(heard.text)
        if known is Command.SEND:
            return put.inquiry.confirmed(heard)
        if known is Command.DISCARD:
            put.inquiry.discarded()
            return Hold()
        return None

    def carry_out(self, answered: Answered) -> list[Utterance]:
        """What follows from an answer."""
        put, language = self._recital.current, self._telling.language
        if put is None:
            return []
        match answered.step:
            case Decided() as decided:
                return self._decide(put, decided)
            case AskAgain() as again:
                return self._recital.read(put, putting.reason(again, language))
            case Explain():
                return self._recital.read(put, *put.explained(language))
            case NextQuestion():
                return self._recital.read(put)
            case Scope():
                return self._widen(put)
            case Confirm(text):
                return self._telling.notice("consent.draft", put.id, text=text)
            case Tell() as tell:
                return self._say_why(put, tell)
            case _:
                return []

    def _widen(self, put: Putting) -> list[Utterance]:
        """What *always* lets through may need a phrase where this one request did not, or be forbidden."""
        mode = self._rules.mode(put.look.scope)
        if mode == "deny":
            put.inquiry.narrowed()
            return self._recital.read(put, putting.phrase("consent.no_always_rule", self._telling.language))
        if mode == "challenge":
            put.guard()
        return self._recital.read(put)

    def _say_why(self, put: Putting, tell: Tell) -> list[Utterance]:
        if tell.cause is Cause.UNTRUSTED:
            if put.warned:
                return []
            put.warned = True
        said = putting.reason(tell, self._telling.language)
        return self._telling.notify(said, put.id) if said else []

    def click(self, ask: str, reply: Reply) -> Awaitable[None]:
        """By page, key or command line; raises UnknownAsk or ClosedAsk."""
        self._asks.take(ask)
        put = self._open.get(ask)
        decided = put.inquiry.click(reply) if put else None
        if put and decided:
            self._settle(put, decided)
            reply = decided.reply
        return self._deliver(ask, reply, put)

    def _decide(self, put: Putting, decided: Decided) -> list[Utterance]:
        bound = decided.ask == put.id and decided.fingerprint == put.inquiry.fingerprint
        if not bound or self._asks.taken(put.id) or put.id not in self._open:
            return []
        self._asks.take(put.id)
        self._settle(put, decided)
        self._beside(self._deliver(put.id, decided.reply, put), f"answer {put.id}")
        if decided.by == "rule":
            return []
        if decided.by == "time":
            self._lapse(put)
        answers = ", ".join(one for each in decided.reply.answers for one in each)
        fields = {"answer": answers} if answers else {}
        key = putting.outcome(decided.by, decided.reply, put.inquiry.ask)
        return self._telling.notice(key, **fields)

    def _settle(self, put: Putting, decided: Decided) -> None:
        """Nothing more is said of it; the next one comes after what falls with it."""
        self._recital.stop(put)
        ask, denied = put.inquiry.ask, decided.reply.decision == "deny"
        if denied:
            self._falling |= {one.id for one in inquiry.fallen(ask, [each.inquiry.ask for each in self._open.values()])}
        if put is self._recital.current:
            self._recital.current = None
            self._alarm.after(FALL_S if denied else 0.0, self._next)

    async def _deliver(self, ask: str, reply: Reply, put: Putting | None) -> None:
        self._journal.write("answered", ask=ask, decision=reply.decision, message=reply.message, answers=reply.answers)
        try:
            await self._agent.answer(ask, reply)
        except VoiceError as error:
            self._asks.untake(ask)
            if put and put.id in self._open:
                put.inquiry.untaken(error.message)
                self._alarm.after(0.0, self._next)
            raise
        self._telling.asks_changed()
        self._telling.changed()
        if put and reply.decision != "deny" and put.inquiry.ask.kind == "permission":
            await asyncio.to_thread(self._rules.allowed, put.look.level, put.look.risk.actions)

    # --- showing ------------------------------------------------------------------------------------------------

    def _facts(self, ask: Ask) -> dict[str, Any]:
        put = self._open.get(ask.id)
        return put.facts(self._telling.language, self._clock(), trusted=self._rules.trusted) if put else {}
