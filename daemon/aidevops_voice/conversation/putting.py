"""One request on its way to the user: what is said of it, and how much of that was heard."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from aidevops_voice.consent import challenge, reading
from aidevops_voice.consent.appraisal import Appraisal
from aidevops_voice.consent.inquiry import Inquiry
from aidevops_voice.consent.petition import Cause
from aidevops_voice.consent.steps import AskAgain, Tell
from aidevops_voice.languages import Language, Saying
from aidevops_voice.ports import Ask, Reply, Utterance, Voiced
from aidevops_voice.risk.spoken import why
from aidevops_voice.words.wording import told

_WHY = {
    Cause.UNHEARD: "unheard", Cause.OVERTAKEN: "overtaken", Cause.EARLY: "early", Cause.LATE: "late",
    Cause.CHALLENGE: "wrong_phrase", Cause.CLICK: "click_only", Cause.NO_ALWAYS: "no_always",
    Cause.UNTRUSTED: "untrusted",
}  # fmt: skip


@dataclass(slots=True)
class Reading:
    """The utterances of one reading, by their ids."""

    waiting: set[str]
    phrase: bool = False
    """It is the phrase, which comes after the request."""
    begun: bool = False
    lost: bool = False
    """Some of it was not heard, and will not be."""

    def voiced(self, utterance: str, state: Voiced) -> bool:
        """What became of one; True once nothing is left of it."""
        if utterance not in self.waiting:
            return False
        if state in ("begun", "cut"):
            return False
        self.lost = self.lost or state != "said"
        self.waiting.discard(utterance)
        return not self.waiting


@dataclass(slots=True)
class Putting:
    """A request of the agent while it is open."""

    inquiry: Inquiry
    seen: Ask
    """Without secrets."""
    look: Appraisal
    told: Appraisal
    """The same of what may be said."""
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    """Drawn ahead, for that takes long beside a long text."""
    loss: str = ""
    """What it destroys, in the agent's words."""
    guarded: bool = False
    """Only a phrase, or a click, allows it."""
    reading: Reading | None = None
    warned: bool = False
    """The user knows that this recogniser may not allow."""
    announced: bool = False

    @property
    def id(self) -> str:
        """Of the request."""
        return self.inquiry.ask.id

    def draw(self) -> tuple[str, ...]:
        """The next phrase; empty when only a click is left."""
        return self.phrases.pop(0) if self.phrases else ()

    def guard(self) -> None:
        """From the next reading on a phrase is needed."""
        self.guarded = True
        self.inquiry.guard(self.draw)

    def sentences(self, language: Language, *, trusted: bool) -> list[str]:
        """What is read, ending in how it is answered."""
        how, ask = self._how(trusted), self.seen
        if ask.kind == "question" and len(ask.questions) > 1:
            said = reading.question(ask, self.inquiry.at, language)
            return [*said, phrase(how, language)]
        if self.inquiry.always:
            return [*reading.scope(ask, language), *([phrase(how, language)] if how else [])]
        return reading.read_back(ask, language, self.told, how, self.loss)

    def _how(self, trusted: bool) -> str:
        ask = self.inquiry.ask
        if ask.kind == "question":
            options = ask.questions[self.inquiry.at].options if self.inquiry.at < len(ask.questions) else ()
            return "consent.how_choose" if options else "consent.how_words" if trusted else "consent.how_type"
        if not trusted:
            return "consent.how_click"
        if self.guarded:
            return "" if self.phrases else "consent.how_page"
        return "consent.how_scope" if self.inquiry.always else "consent.how_voice"

    def phrase(self, language: Language) -> str:
        """The sentence with the words to say; empty when there are none."""
        words = self.inquiry.challenge
        return challenge.phrase(words, language.code or "en") if words else ""

    def explained(self, language: Language) -> list[str]:
        """More about it."""
        return reading.explained(self.seen, self.told, self.inquiry.at, language)

    def fell(self, language: Language, how: str = "consent.fell") -> str:
        """That it ended with another one that was denied, or as this phrase says."""
        return reading.fallen(self.seen, self.told, language, how)

    def facts(self, language: Language, now: float, *, trusted: bool) -> dict[str, Any]:
        """For status and page; there is nothing to say where the recogniser is not trusted."""
        words, deadline = self.inquiry.challenge if trusted else (), self.inquiry.deadline
        permission = self.inquiry.ask.kind == "permission"
        return {
            "title": reading.title(self.seen, language, self.told),
            "risk": self.look.level if permission else "",
            "why": why(self.told.risk, language) if permission else "",
            "challenge": list(words) if words else [],
            "click_only": self.guarded and words == (),
            "answer_s": None if deadline is None else round(max(0.0, deadline - now), 1),
            "answer_by": None if deadline is None else round(time.time() + deadline - now, 1),
            "state": self.inquiry.state,
        }


def phrase(key: str, language: Language) -> str:
    """A sentence of our own."""
    return reading.sentence(told(Saying(key), language))


def reason(step: AskAgain | Tell, language: Language) -> str:
    """Why an answer did not count; empty where the user can see that."""
    key = _WHY.get(step.cause, "doubt")
    return "" if step.cause is Cause.ECHO else phrase(f"consent.{key}", language)


def outcome(by: str, reply: Reply, ask: Ask) -> str:
    """The key of what is said when it is decided."""
    if reply.decision == "deny":
        if by in ("time", "doubt"):
            return f"consent.denied_{by}"
        return "consent.skipped" if ask.kind == "question" else "consent.denied"
    if ask.kind == "question":
        return "consent.answered"
    return "consent.taken_always" if reply.decision == "always" else "consent.taken"


def texts(ask: Ask) -> list[str]:
    """Everything of a request that the agent wrote."""
    options = [text for one in ask.questions for option in one.options for text in (option.label, option.description)]
    asked = [one.text for one in ask.questions]
    return [ask.command, ask.path, ask.diff, ask.child, *ask.patterns, *ask.always, *asked, *options]


def ids(said: Iterable[Utterance]) -> set[str]:
    """Of those that have words."""
    return {utterance.id for utterance in said if utterance.text}
