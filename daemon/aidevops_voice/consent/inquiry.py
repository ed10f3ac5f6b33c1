"""The life of one request: asked, played, answered or not, decided once; it keeps no time and starts nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from aidevops_voice.consent.assent import Judgement, judge
from aidevops_voice.consent.petition import ANSWER_S, Cause, Request, Risk, fingerprint
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


@dataclass(frozen=True, slots=True)
class Decided:
    """Answer the agent with this, once, for exactly these arguments."""

    ask: str
    fingerprint: str
    reply: Reply
    reason: str
    by: Literal["said", "click", "time", "doubt"]


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Read it again, with the request's new challenge phrase where it has one; first say why."""

    reason: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Explain:
    """Tell the details, then read it again."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The user wants time; nothing is said."""


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """Read the question that `Inquiry.request` now puts."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Say why these words do nothing, and how else to answer; it stays open."""

    reason: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Pass:
    """Not meant for the request: a command, a prompt, or nothing."""

    cause: Cause


Step = Decided | AskAgain | Explain | Hold | NextQuestion | Tell | Pass


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
        self._note("opened", risk=risk, ours=ask.ours, permission=ask.permission, kind=ask.kind)

    # --- what it looks like ---------------------------------------------------------------------------------------

    @property
    def request(self) -> Request:
        """As it is judged now."""
        ask = self.ask
        return Request(
            ask.id, self._fingerprint, ask.kind, ask.questions, len(self._answers), ask.command, ask.permission,
            ask.always, self._challenge, self.risk, self._asked_at, self._played_at,
            spent=self.state == "decided", spoken=self._spoken,
        )  # fmt: skip

    @property
    def challenge(self) -> tuple[str, ...] | None:
        """The words of the phrase that allows it; empty: only a click does; None: a yes is enough."""
        return self._challenge

    @property
    def deadline(self) -> float | None:
        """Monotonic seconds at which it is denied; None while it was not asked, and for turns typed elsewhere."""
        return self._until if self.ask.ours and self.state != "decided" else None

    # --- what happens to it ---------------------------------------------------------------------------------------

    def asked(self, read_back: str = "") -> None:
        """Its reading begins, or it is shown to one who cannot hear; each time with a new challenge phrase."""
        if self.state == "decided":
            return
        self.state, self._played_at = "asked", None
        self._asked_at = self._clock()
        self._until = self._asked_at + ANSWER_S
        if self._draw is not None:
            self._challenge = self._draw()
        self._note("asked", read_back=read_back, challenge=None if self._challenge is None else list(self._challenge))

    def played(self) -> None:
        """It was heard, or shown, to its end."""
        if self.state != "asked":
            return
        self.state, self._played_at = "played", self._clock()
        self._until = self._played_at + ANSWER_S
        self._note("played")

    def hear(self, heard: Heard) -> Step:
        """Judge one final utterance, and what follows from it."""
        if not self.ask.ours or self.state == "decided" or not heard.final:
            return Pass(Cause.SPENT if self.state == "decided" else Cause.ELSE)
        judged = judge(self.request, heard, self._clock())
        self._note("heard", heard=heard.text[:_TEXT], source=heard.source, verdict=judged.verdict,
                   reason=judged.reason, cause=judged.cause.value)  # fmt: skip
        match judged.verdict:
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

    def click(self, reply: Reply) -> Decided | None:
        """By button, key or command line, which need no challenge; None when it is decided already."""
        if self.state == "decided":
            return None
        return self._decide(reply, "a click or a key", "click")

    def due(self) -> Decided | None:
        """Denied, once its time is over."""
        if self.deadline is None or self._clock() < self.deadline:
            return None
        return self._decide(Reply("deny", _MESSAGES["late"]), f"no valid answer in {ANSWER_S:.0f} s", "time")

    def renewed(self, ask: Ask) -> bool:
        """The agent sent it again; True when its arguments are others, and it must be asked from the start."""
        new = fingerprint(ask)
        if new == self._fingerprint or self.state == "decided":
            return False
        self.ask, self._fingerprint, self.state = ask, new, "new"
        self._asked_at = self._played_at = self._until = self._challenge = None
        self._unclear = self._early = self._holds = 0
        self._answers.clear()
        self._note("changed")
        return True

    def untaken(self, reason: str) -> None:
        """The decision did not reach the agent: it is open again, and must be asked again."""
        if self.state == "decided":
            self.state, self._asked_at, self._played_at, self._until = "new", None, None, None
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

    def _kept(self, step: Explain | Hold) -> Step:
        """More time, but not for ever."""
        if self._holds < _HOLDS and self._until is not None:
            self._holds += 1
            self._until = self._clock() + ANSWER_S
        return step

    def _doubted(self, judged: Judgement) -> Step:
        if judged.cause in (Cause.UNTRUSTED, Cause.CLICK, Cause.NO_ALWAYS, Cause.ECHO):
            return Tell(judged.reason, judged.cause)
        if judged.cause in (Cause.UNHEARD, Cause.EARLY) and self._early < _EARLY:
            self._early += 1
            return AskAgain(judged.reason, judged.cause)
        self._unclear += 1
        if self._unclear > 1:
            return self._decide(Reply("deny", _MESSAGES["unclear"]), f"twice unclear: {judged.reason}", "doubt")
        return AskAgain(judged.reason, judged.cause)

    def _decide(self, reply: Reply, reason: str, by: Literal["said", "click", "time", "doubt"]) -> Decided:
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
