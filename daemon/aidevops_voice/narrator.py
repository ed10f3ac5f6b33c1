"""Agent events -> utterances: what is worth saying, when, in how few words; pure, the clock is handed in.

Until a turn has used a tool its text is spoken as it streams, sentence by sentence. After a tool a text is held:
another tool behind it makes it progress, the end of the turn makes it the outcome, told result first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count as counter
from math import inf

from aidevops_voice import consent, outcome, progress
from aidevops_voice.errors import AgentLost
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
from aidevops_voice.speakable import CAP, Reader, words

EARCON_AFTER_S = 0.05
"""A sound says that the prompt was taken, unless words come sooner."""
PAUSE_S = 0.2
"""Without a new piece for so long, what ends like a sentence is spoken."""
PROGRESS_GAP_S = 4.0
"""Between two spoken pieces of progress."""
_READ_CAP = 3 * 1024
"""Characters of one event that are read for the ear, head and tail: some 500 words, of which 80 are said.

Reading takes about 1 ms per 1000 characters of prose, three times as long for what is mostly signs.
"""
_SLICE = 512
"""Read at once; what follows the last word that is said is not read at all."""
ACKS = ("On it.", "Working on it.", "All right, one moment.")


@dataclass(frozen=True, slots=True)
class Narration:
    """How much is said."""

    max_words: int = 80
    """Words of one outcome or answer."""
    ack_after_s: float = 0.7
    heartbeat_s: float = 25.0
    """First sign of life of a long silent run; grows by half each time; 0 is never."""


@dataclass(slots=True)
class _Telling:
    """The telling of one turn."""

    turn: str
    began: float
    ours: bool
    heartbeat_s: float
    last_words: float | None = None
    said_words: int = 0
    earcon: bool = False
    acked: bool = False
    full: bool = False
    tool_used: bool = False
    part: str = ""
    reader: Reader = field(default_factory=Reader)
    read: int = 0
    """Characters of the part that the reader has had."""
    fed_at: float | None = None
    held: str = ""
    doing: str = ""
    pending: str = ""
    told: set[str] = field(default_factory=set)
    repeating: bool = False
    work: outcome.Work = field(default_factory=outcome.Work)


class Narrator:
    """One session's events in, utterances out."""

    def __init__(self, narration: Narration) -> None:
        self._narration = narration
        self._ids = counter(1)
        self._acks = counter()
        self._telling: _Telling | None = None
        self._asking = False
        self._lost = False

    @property
    def running(self) -> bool:
        """Whether a turn is being told."""
        return self._telling is not None

    def submitted(self, turn: Turn, now: float) -> None:
        """The user's prompt was taken; several in one run are told as one."""
        if self._telling is None:
            self._telling = self._begin(turn.id, now, ours=True)
        else:
            self._telling.ours = True

    def say(self, text: str, kind: Kind, about: str = "", expires: float | None = None) -> Utterance:
        """An utterance of the conversation's own."""
        return Utterance(f"u{next(self._ids)}", text, kind, about, expires)

    def due(self) -> float | None:
        """When `tick` has something to do, monotonic seconds."""
        t = self._telling
        if t is None:
            return None
        times = [t.fed_at + PAUSE_S] if t.fed_at is not None else []
        if t.ours and not self._asking:
            if t.last_words is None and not t.earcon:
                times.append(t.began + EARCON_AFTER_S)
            if t.last_words is None and not t.acked:
                times.append(t.began + self._narration.ack_after_s)
        if not self._asking:
            last = t.last_words or t.began
            times.append(last + (PROGRESS_GAP_S if t.pending else t.heartbeat_s))
        return min(times, default=None)

    def tick(self, now: float) -> list[Utterance]:
        """What the passing of time makes worth saying."""
        t = self._telling
        if t is None:
            return []
        if t.fed_at is not None and now >= t.fed_at + PAUSE_S:
            t.fed_at = None
            return self._answer(t, t.reader.pause(), now)
        if self._asking:
            return []
        return self._acknowledge(t, now) or self._progress(t, now)

    def feed(self, event: AgentEvent, now: float) -> list[Utterance]:
        """What an event makes worth saying."""
        match event:
            case TurnStarted() if self._telling is None:
                self._telling = self._begin(event.turn, now, ours=event.ours)
                return []
            case Text():
                return self._text(event.part, event.delta, now)
            case TextEnded():
                return self._text_ended(event, now)
            case ToolStarted():
                return self._tool_started(event, now)
            case ToolFinished():
                self._tool_finished(event)
                return []
            case TurnEnded():
                return self._ended(event, now)
            case AskClosed(closing="deny" | "dropped") if self._telling:
                self._telling.pending = self._telling.doing = ""
                return []
            case Ask():
                return self._ask(event, now)
            case _:
                return self._news(event, now)

    def asks_open(self, some: bool) -> None:
        """While a request is open nothing else is announced by the clock."""
        self._asking = some

    # --- text ---------------------------------------------------------------------------------------------------

    def _text(self, part: str, delta: str, now: float) -> list[Utterance]:
        t = self._telling or self._foreign(now)
        self._turn_to(t, part)
        if t.tool_used:
            return []
        t.read += len(delta)
        t.fed_at = now
        return self._read(t, delta, now)

    def _text_ended(self, event: TextEnded, now: float) -> list[Utterance]:
        t = self._telling or self._foreign(now)
        self._turn_to(t, event.part)
        t.work.text = _excerpt(event.text)
        if t.tool_used:
            t.held = t.work.text
            return []
        t.fed_at = None
        said, t.read = self._read(t, event.text[t.read :], now), len(event.text)
        return said if t.full else said + self._answer(t, t.reader.close(), now)

    def _read(self, t: _Telling, text: str, now: float) -> list[Utterance]:
        text, told = _excerpt(text), list[Utterance]()
        for at in range(0, len(text), _SLICE):
            if t.full:
                break
            told += self._answer(t, t.reader.feed(text[at : at + _SLICE]), now)
        return told

    def _turn_to(self, t: _Telling, part: str) -> None:
        if part != t.part:
            t.part, t.reader, t.read, t.fed_at = part, Reader(), 0, None

    def _answer(self, t: _Telling, said: list[str], now: float) -> list[Utterance]:
        told = []
        for sentence in said:
            if t.repeating and sentence in t.told:
                continue
            if t.said_words + words(sentence) > self._narration.max_words and t.said_words:
                t.full = True
                told.append(self._told(t, "The rest is on the page.", "answer", now))
                break
            told.append(self._told(t, sentence, "answer", now))
        return told

    def _told(self, t: _Telling, sentence: str, kind: Kind, now: float) -> Utterance:
        t.last_words, t.acked, t.earcon = now, True, True
        t.said_words += words(sentence) if kind == "answer" else 0
        t.told.add(sentence)
        return self.say(sentence, kind, t.turn)

    # --- tools and time -----------------------------------------------------------------------------------------

    def _tool_started(self, event: ToolStarted, now: float) -> list[Utterance]:
        t = self._telling or self._foreign(now)
        said = [] if t.tool_used or t.full else self._answer(t, t.reader.close(), now)
        t.fed_at, t.part = None, ""
        t.tool_used = True
        held, t.held = t.held, ""
        doing = outcome.first_sentence(held) or progress.describe(event)
        if doing and doing != t.doing:
            t.doing = progress.describe(event) or t.doing
            t.pending = doing
        return said

    def _tool_finished(self, event: ToolFinished) -> None:
        if self._telling:
            self._telling.pending = ""
            self._telling.work.add(event)

    def _acknowledge(self, t: _Telling, now: float) -> list[Utterance]:
        if not t.ours or t.last_words is not None:
            return []
        if not t.acked and now >= t.began + self._narration.ack_after_s:
            t.acked = t.earcon = True
            words_ = ACKS[next(self._acks) % len(ACKS)]
            return [self.say(words_, "ack", t.turn, expires=now + 2.0)]
        if not t.earcon and now >= t.began + EARCON_AFTER_S:
            t.earcon = True
            return [Utterance(f"u{next(self._ids)}", "", "ack", t.turn, now + 1.0, "working")]
        return []

    def _progress(self, t: _Telling, now: float) -> list[Utterance]:
        last = t.last_words or t.began
        if t.pending and now >= last + PROGRESS_GAP_S:
            text, t.pending, t.last_words = t.pending, "", now
            return [self.say(_spoken(text), "progress", t.turn, expires=now + 8.0)]
        if now >= last + t.heartbeat_s:
            t.heartbeat_s *= 1.5
            t.last_words = now
            text = f"still {t.doing}" if t.doing.split(" ")[0].endswith("ing") else "still working"
            return [self.say(_spoken(text), "progress", t.turn, expires=now + 8.0)]
        return []

    # --- ends and news ------------------------------------------------------------------------------------------

    def _ended(self, event: TurnEnded, now: float) -> list[Utterance]:
        t, self._telling, self._asking = self._telling or self._begin(event.turns[-1], now, ours=False), None, False
        # The end of the turn tells the loss already.
        self._lost = self._lost or isinstance(event.error, AgentLost)
        if event.outcome == "done" and not t.tool_used:
            return self._answer(t, t.reader.close(), now) or self._left(t)
        said = outcome.tell(t.work, event, self._narration.max_words)
        return [self.say(sentence, "outcome", t.turn) for sentence in said]

    def _left(self, t: _Telling) -> list[Utterance]:
        """An answer of which nothing could be said is at least announced."""
        if t.said_words:
            return []
        what = " and ".join(sorted(t.reader.left_out))
        return [self.say(f"The answer is {what}, it is on the page." if what else "Done.", "outcome", t.turn)]

    def _ask(self, event: Ask, now: float) -> list[Utterance]:
        t = self._telling
        said = [] if t is None or t.tool_used or t.full else self._answer(t, t.reader.close(), now)
        if t:
            t.last_words = now
        self._asking = self._asking or event.ours
        return said + [self.say(sentence, "needs-you", event.id) for sentence in consent.read_back(event)]

    def _news(self, event: AgentEvent, now: float) -> list[Utterance]:
        match event:
            case Retrying(attempt=attempt):
                if self._telling:
                    self._telling.repeating = True
                return [self.say("The model does not answer, trying again.", "progress")] if attempt in (1, 4) else []
            case Compacting(done=False):
                return [self.say("Tidying up its memory.", "progress")]
            case AgentNotice(error=error):
                return [self.say(error.spoken, "notice")]
            case AgentChanged(state="ready") if self._lost:
                self._lost = False
                return [self.say("The coding agent is back.", "notice")]
            case AgentChanged(state="lost" | "failed", error=error) if not self._lost:
                self._lost = True
                return [self.say(error.spoken if error else "I lost the coding agent.", "notice")]
            case _:
                return []

    def _begin(self, turn: str, now: float, *, ours: bool) -> _Telling:
        return _Telling(turn, now, ours, self._narration.heartbeat_s or inf)

    def _foreign(self, now: float) -> _Telling:
        self._telling = self._begin("", now, ours=False)
        return self._telling


def _excerpt(text: str) -> str:
    """Head and tail; a fence that opens or closes between them counts, or code would be read aloud."""
    if len(text) <= _READ_CAP:
        return text
    if len(text) > CAP:
        return text[:_READ_CAP]
    half = _READ_CAP // 2
    fence = "```\n" if text.count("\n```", half, -half) % 2 else ""
    return f"{text[:half]}\n\n{fence}{text[-half:]}"


def _spoken(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
