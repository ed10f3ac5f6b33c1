"""Agent events -> utterances: what is worth saying, when, in how few words; pure, the clock is handed in.

Until a turn has used a tool its text is spoken as it streams, sentence by sentence. After a tool a text is held:
another tool behind it makes it progress, the end of the turn makes it the outcome, told result first.
"""

from __future__ import annotations

from itertools import count as counter
from math import inf

from aidevops_voice.consent import reading
from aidevops_voice.consent.warning import warning
from aidevops_voice.errors import AgentLost
from aidevops_voice.languages import Language, guess, named
from aidevops_voice.narration import Narration as Narration
from aidevops_voice.narrator import endings, outcome
from aidevops_voice.narrator.answer import Answer
from aidevops_voice.narrator.news import News, spoken
from aidevops_voice.narrator.tale import Tale
from aidevops_voice.ports import (
    AgentChanged,
    AgentEvent,
    AgentNotice,
    Ask,
    AskClosed,
    Compacting,
    Kind,
    Retrying,
    Text,
    TextEnded,
    ToolFinished,
    ToolStarted,
    Turn,
    TurnEnded,
    TurnStarted,
    Utterance,
)
from aidevops_voice.words import wording
from aidevops_voice.words.speakable import sentences

EARCON_AFTER_S = 0.05
"""A sound says that the prompt was taken, unless words come sooner."""
_ACK_S, _NEWS_S = 2.0, 8.0
"""After these what was not begun is stale."""
_ACKS = ("narrator.ack", "narrator.ack_2", "narrator.ack_3")
_RECENT_S = 20.0
"""So long it is remembered well what was said of a finding."""
_OWN, _WITH_REQUEST = 2, 3
"""Sentences said of a text that turns out to be progress, and of a request with what is left to say in front of it."""
_TRIES = (1, 4)
"""Attempts of the model's provider that are told; the later one at every level."""


class Narrator:
    """One session's events in, utterances out."""

    def __init__(self, narration: Narration, *, reads: bool = True) -> None:
        """Without `reads` a request is led up to and read by another."""
        self._narration, self._reads = narration, reads
        self._ids = counter(1)
        self._acks = counter()
        self._telling: Tale | None = None
        self._usual = named("en" if narration.language == "auto" else narration.language)
        self._prompted = False
        self._asking = False
        self._lost = False

    @property
    def turn(self) -> str | None:
        """The turn that is being told."""
        return self._telling.turn if self._telling else None

    @property
    def held(self) -> str:
        """The text that waits for what follows it."""
        return self._telling.held if self._telling else ""

    @property
    def narration(self) -> Narration:
        """How much is said."""
        return self._narration

    @property
    def language(self) -> Language:
        """Of the turn, else of the last one."""
        return self._usual

    def use(self, narration: Narration) -> None:
        """Say so much from now on, in the middle of a turn too."""
        was, self._narration = self._narration, narration
        if narration.language != "auto":
            self._usual = named(narration.language)
        if self._telling:
            self._telling.answer.narration, self._telling.language = narration, self._usual
            self._telling.acked = self._telling.acked or was.quiet

    def submitted(self, turn: Turn, now: float) -> None:
        """The user's prompt was taken; several in one run are told as one."""
        self._prompt(turn.text)
        if self._telling is None:
            self._telling = self._begin(turn.id, now, ours=True)
        self._telling.ours, self._telling.language = True, self._usual
        self._telling.asked(turn.text)

    def say(self, text: str, kind: Kind, about: str = "", expires: float | None = None) -> Utterance:
        """An utterance of the conversation's own."""
        return Utterance(f"u{next(self._ids)}", text, kind, about, expires)

    def asks_open(self, some: bool) -> None:
        """While a request is open nothing else is announced by the clock."""
        self._asking = some

    # --- time ---------------------------------------------------------------------------------------------------

    def due(self) -> float | None:
        """When `tick` has something to do, monotonic seconds."""
        t = self._telling
        if t is None:
            return None
        times = [t.pause_due, self._earcon_due(t), self._ack_due(t), self._news_due(t), self._beat_due(t)]
        return None if min(times) == inf else min(times)

    def tick(self, now: float) -> list[Utterance]:
        """What the passing of time makes worth saying."""
        t = self._telling
        if t is None:
            return []
        if now >= t.pause_due:
            t.fed_at = None
            if said := self._answer(t, t.answer.pause(), now):
                return said
        return self._acknowledge(t, now) or self._progress(t, now)

    def _earcon_due(self, t: Tale) -> float:
        return inf if t.earcon or not self._waits(t) or not self._narration.earcons else t.began + EARCON_AFTER_S

    def _ack_due(self, t: Tale) -> float:
        return inf if t.acked or not self._waits(t) or self._narration.quiet else t.began + self._narration.ack_after_s

    def _waits(self, t: Tale) -> bool:
        """Whether the user has heard nothing yet of a prompt."""
        return t.ours and t.last_words is None and not self._asking

    def _news_due(self, t: Tale) -> float:
        return inf if self._asking else t.news.due(self._narration, t.silent_since)

    def _beat_due(self, t: Tale) -> float:
        return inf if self._asking else t.silent_since + self._narration.silence_s(t.news.beats)

    def _acknowledge(self, t: Tale, now: float) -> list[Utterance]:
        if now >= self._ack_due(t):
            t.acked = t.earcon = True
            words = t.language.phrases[_ACKS[next(self._acks) % len(_ACKS)]]
            return [self.say(str(words), "ack", t.turn, expires=now + _ACK_S)]
        if now >= self._earcon_due(t):
            t.earcon = True
            return [Utterance(f"u{next(self._ids)}", "", "ack", t.turn, now + 1.0, "working")]
        return []

    def _progress(self, t: Tale, now: float) -> list[Utterance]:
        text = ""
        if now >= self._news_due(t):
            text = t.news.take(self._narration, t.language, now)
        if not text and now >= self._beat_due(t):
            text = t.news.still(t.began, t.language, now)
        if not text:
            return []
        t.last_words = now
        return [self.say(spoken(text), "progress", t.turn, expires=now + _NEWS_S)]

    # --- events -------------------------------------------------------------------------------------------------

    def feed(self, event: AgentEvent, now: float) -> list[Utterance]:
        """What an event makes worth saying."""
        match event:
            case TurnStarted():
                self._prompt(event.text)
                self._telling = self._telling or self._begin(event.turn, now, ours=event.ours)
                self._telling.language = self._usual
                self._telling.asked(event.text)
                return []
            case Text():
                return self._text(event, now)
            case TextEnded():
                return self._text_ended(event, now)
            case ToolStarted():
                return self._tool_started(event, now)
            case ToolFinished():
                self._tool_finished(event, now)
                return []
            case TurnEnded():
                return self._ended(event, now)
            case Ask():
                return self._ask(event, now)
            case _:
                return self._of_the_agent(event)

    def _text(self, event: Text, now: float) -> list[Utterance]:
        t = self._telling or self._foreign(now)
        t.news.writing(now)
        if t.tool_used:
            t.hold(event)
            return []
        t.fed_at = now
        return self._answer(t, t.answer.feed(event.part, event.delta), now)

    def _text_ended(self, event: TextEnded, now: float) -> list[Utterance]:
        t = self._telling or self._foreign(now)
        t.news.writing(now)
        t.fed_at = None
        t.ended(event)
        if not self._prompted:
            self._listen(event.text)
        if t.tool_used:
            return []
        return self._answer(t, t.answer.end(event.part, event.text), now)

    def _answer(self, t: Tale, said: list[str], now: float) -> list[Utterance]:
        if said:
            t.spoke(now)
        return [self.say(sentence, "answer", t.turn) for sentence in said]

    def _tool_started(self, event: ToolStarted, now: float) -> list[Utterance]:
        t = self._telling or self._foreign(now)
        said, own = self._break_off(t, now)
        after_tool, text = t.tool_used, t.lead()
        if after_tool and text:
            own = sentences(text, self._fixed or guess(text, t.language))[0][:_OWN]
        t.news.started(event, own, t.language, now)
        return said

    def _break_off(self, t: Tale, now: float) -> tuple[list[Utterance], list[str]]:
        """Something else follows a text: what is said of it at once, and what only a lead to that was."""
        t.fed_at = None
        said, lead = ([], []) if t.tool_used else t.answer.broken_off()
        return self._answer(t, said, now), lead

    def _reasons(self, t: Tale, now: float) -> list[Utterance]:
        """What is said in front of a request: also for what it is wanted."""
        said, lead = self._break_off(t, now)
        return said + self._answer(t, [one for one in lead if not outcome.filler(one, t.language)], now)

    def _tool_finished(self, event: ToolFinished, now: float) -> None:
        if t := self._telling:
            if t.refusals.ended(event):
                return
            t.used()  # whoever joined late has not seen it start
            t.news.finished(event, t.work.add(event), t.language, now)

    def _ask(self, event: Ask, now: float) -> list[Utterance]:
        if t := self._telling:
            t.last_words = now
            t.refusals.on(event)
            t.news.asked()
        cue = [] if self._asking else self._cue("needs-you", "needs-you", event.id)
        self._asking = self._asking or event.ours
        read = reading.read_back(event, self._usual, loss=warning(self.held, self._usual)) if self._reads else []
        # What was not said yet must not keep a request waiting.
        said = self._reasons(t, now)[: max(0, _WITH_REQUEST - (len(read) or 2))] if t else []
        return [*said, *cue, *(self.say(sentence, "needs-you", event.id) for sentence in read)]

    def _cue(self, earcon: str, kind: Kind, about: str) -> list[Utterance]:
        """A sound in front of words."""
        return [Utterance(f"u{next(self._ids)}", "", kind, about, earcon=earcon)] if self._narration.earcons else []

    # --- the end ------------------------------------------------------------------------------------------------

    def _ended(self, event: TurnEnded, now: float) -> list[Utterance]:
        t, self._telling, self._asking = self._telling or self._begin(event.turns[-1], now, ours=False), None, False
        # The end of the turn tells the loss already.
        self._lost = self._lost or isinstance(event.error, AgentLost)
        if event.outcome == "done" and not t.tool_used and not t.work.denied:
            said = self._answer(t, t.answer.finish(), now)
            # An answer of which nothing could be said is at least announced.
            return said if t.answer.said_words else [self.say(t.answer.shown, "outcome", t.turn)]
        if event.outcome == "stopped":
            t.stopped()
        usual = self._fixed or guess(t.work.text, t.language)
        told = t.answer.new(outcome.tell(t.work, event, self._narration.max_words, usual), usual)
        cue = endings.sound(event, told, t.work, usual) if t.tool_used else ""
        if event.outcome == "done" and now - t.answered_at <= _RECENT_S:
            told = t.answer.beside(told, usual, t.work.prompt)
        heard = [self.say(sentence, "outcome", t.turn) for sentence in told]
        return [*self._cue(cue, "outcome", t.turn), *heard] if cue else heard

    # --- the agent itself ---------------------------------------------------------------------------------------

    def _of_the_agent(self, event: AgentEvent) -> list[Utterance]:
        match event:
            case AskClosed(closing="deny" | "dropped") if self._telling:
                self._telling.refusals.on(event)
                self._telling.work.denied = True
                self._telling.news.clear()
            case Retrying():
                return self._retrying(event)
            case Compacting(done=False) if self._telling:
                self._telling.news.trouble = self._phrase("narrator.compacting")
            case AgentNotice(error=error):
                return [self.say(wording.failure(error, self.language), "notice")]
            case AgentChanged(state="ready") if self._lost:
                self._lost = False
                return [self.say(self._phrase("narrator.back"), "notice")]
            case AgentChanged(state="lost" | "failed", error=error) if not self._lost:
                self._lost = True
                lost = wording.failure(error, self.language) if error else self._phrase("narrator.lost")
                return [self.say(lost, "notice")]
        return []

    def _retrying(self, event: Retrying) -> list[Utterance]:
        """Told when it keeps the user waiting; the model has broken off and may begin its text again."""
        t = self._telling
        if t is None:
            return []
        t.answer.retried()
        t.work.reason, t.work.tries = event.reason, event.attempt
        t.broken()
        t.fed_at = None
        if self._narration.quiet and event.attempt == _TRIES[-1]:
            return [self.say(self._phrase("narrator.retrying"), "notice", t.turn)]
        if event.attempt in _TRIES:
            t.news.trouble = self._phrase("narrator.retrying")
        return []

    # ------------------------------------------------------------------------------------------------------------

    def _phrase(self, key: str) -> str:
        return str(self._usual.phrases[key])

    @property
    def _fixed(self) -> Language | None:
        return None if self._narration.language == "auto" else self._usual

    def _listen(self, prompt: str) -> None:
        """The user's language, unless one is set; a text in a language without rules changes nothing."""
        if self._fixed is None and (found := guess(prompt, self._usual)).code:
            self._usual = found

    def _prompt(self, text: str) -> None:
        """The user wrote, whose language counts before the agent's."""
        self._prompted = self._prompted or bool(text.strip())
        self._listen(text)

    def _begin(self, turn: str, now: float, *, ours: bool) -> Tale:
        answer = Answer(self._narration, self._fixed, self._usual)
        return Tale(turn, now, ours, self._usual, answer, News(answer.told))

    def _foreign(self, now: float) -> Tale:
        self._telling = self._begin("", now, ours=False)
        return self._telling
