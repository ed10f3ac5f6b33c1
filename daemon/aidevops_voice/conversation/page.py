"""What the page is told: agent events and our own as feed events, streamed text gathered, everything capped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from aidevops_voice.errors import VoiceError
from aidevops_voice.feed import Feed
from aidevops_voice.ports import (
    AgentEvent,
    Ask,
    AskClosed,
    Compacting,
    Heard,
    Retrying,
    Text,
    TextEnded,
    TodoChanged,
    ToolFinished,
    ToolProgress,
    ToolStarted,
    TurnEnded,
    TurnStarted,
    Utterance,
)
from aidevops_voice.redaction import HIDDEN, beyond, context, found, last_word

GATHER_S = 0.06
"""Streamed text is shown this often."""
STEP = 8 * 1024
"""Characters of streamed text that are shown at once; redacting more would hold the event loop."""
PART_CAP = 256 * 1024
"""Characters of one part of an answer that reach the page; what is beyond is left out and told so."""
OUTPUT_CAP = 16 * 1024
"""Characters of any other text, of a tool's output the last."""
EVENT_CAP = 64 * 1024
"""Characters of all texts of one event, where it holds a list."""
MOST_ITEMS = 200
"""Of all lists of one event."""
_NAME = 128
"""Characters that a text of such an event may always have."""
_OVERLAP = 4 * 1024
"""Characters read beyond a cut, for half a secret is not taken for one."""
_TOOL = ("call", "tool", "title", "command", "path", "child")
_LEFT_OUT = "\n\n… the rest is too long for the page …\n"

_PLAIN_WORD = re.compile(r"[A-Za-z0-9_.+-]{8,}")
_HARMLESS_WORD = re.compile(r"[\w.+/=:@%~^,*#?!-]+|\$[0-9a-z]{1,9}\$[\w./$=,+-]+")
_LONG_WORD = re.compile(r"[A-Za-z0-9+/=]{16,}")
_PATTERNS = 50

Redact = Callable[[str], str]


class Page:
    """Translates for the feed; `redact` takes secrets out of every text."""

    def __init__(self, feed: Feed, redact: Redact = str) -> None:
        self._feed = feed
        self._redact = redact
        self._streams: dict[str, _Stream] = {}
        self._tools: dict[str, ToolStarted] = {}

    # --- our own ------------------------------------------------------------------------------------------------

    def heard(self, id_: str, heard: Heard, state: str, command: str = "", reason: str = "") -> None:
        """What the user said and what became of it."""
        self._feed.put(
            "heard", id=id_, text=self._head(heard.text), final=heard.final, source=heard.source, state=state,
            command=command, reason=reason,
        )  # fmt: skip

    def spoken(self, utterance: Utterance, state: str, heard: str = "") -> None:
        """A line for the ear and what became of it."""
        text, kind, about = self._head(utterance.text), utterance.kind, utterance.about
        heard = self._head(heard)
        self._feed.put("spoken", id=utterance.id, text=text, kind=kind, about=about, state=state, heard=heard)

    def submitted(self, turn: str, session: str, text: str) -> None:
        """A prompt of ours is on its way."""
        self._feed.put("turn", id=turn, session=session, text=self._head(text), state="submitted", ours=True)

    def measured(self, turn: str, reply_ms: float) -> None:
        """How long the reply to a turn took."""
        self._feed.put("turn", id=turn, reply_ms=round(reply_ms))

    def notice(self, error: VoiceError, level: str) -> None:
        """A failure with its cure."""
        id_, message, cure = f"n{self._feed.seq}", self._head(error.message), self._head(error.cure)
        self._feed.put("notice", id=id_, code=error.code, message=message, cure=cure, level=level)

    def state(self, status: dict[str, Any]) -> None:
        """The whole status."""
        self._feed.put("state", **self._clean(status))

    def clean(self, text: str) -> str:
        """A text without secrets."""
        return self._redact(text)

    # --- the agent's --------------------------------------------------------------------------------------------

    @property
    def gathering(self) -> bool:
        """Whether `flush` has something to show."""
        return any(stream.fresh for stream in self._streams.values())

    def show(self, event: AgentEvent, title: str = "") -> None:
        """Put an event on the page; `title` is the request as read aloud."""
        if isinstance(event, Text):
            self._stream(event).add(event.delta)
            return
        if isinstance(event, TextEnded):
            self._stream(event).end(event.text)
        elif isinstance(event, TurnEnded):
            self._let_go(event.session)
        self.flush()
        match event:
            case ToolStarted():
                self._tools[event.call] = event
                self._tool(event, "running")
            case ToolProgress():
                if started := self._tools.get(event.call):
                    self._tool(started, "running", output=self._tail(event.output))
            case ToolFinished():
                self._tool_finished(event)
            case TodoChanged():
                self._agent(event, "todo", items=self._bounded(event.items))
            case Retrying():
                reason = self._head(event.reason)
                self._agent(event, "retry", attempt=event.attempt, reason=reason, wait_s=event.wait_s)
            case Compacting():
                self._agent(event, "compacting", done=event.done)
            case Ask():
                self._ask(event, title)
            case AskClosed():
                self._feed.put("ask_closed", **self._bounded(event))
            case TurnStarted():
                text, ours = self._head(event.text), event.ours
                self._feed.put("turn", id=event.turn, session=event.session, text=text, state="running", ours=ours)
            case TurnEnded():
                self._turn_ended(event)
            case _:
                pass

    def _ask(self, event: Ask, title: str) -> None:
        exact: dict[str, Any] = {}
        for name in ("command", "path", "diff"):
            exact[name] = self._to_the_letter(getattr(event, name))
        for name in ("patterns", "always"):
            shown = [self._to_the_letter(text, _NAME * 2) for text in getattr(event, name)]
            more = [_not_shown(len(shown) - _PATTERNS, "more")] if len(shown) > _PATTERNS else []
            exact[name] = [*shown[:_PATTERNS], *more]
        self._feed.put("ask", title=self._head(title), **{**self._bounded(event), **exact})

    def _to_the_letter(self, text: str, cap: int = OUTPUT_CAP) -> str:
        """What is consented to: a secret is hidden only where it is one plain word, for more would hide a command as
        well; what is left out of a long one is said in its place."""
        if len(text) > cap:
            text = f"{text[: cap // 2]}\n{_not_shown(len(text) - cap, 'characters')}\n{text[-cap // 2 :]}"
        pieces, at = list[str](), 0
        for begin, end in found(text):
            secret = text[begin:end]
            plain = HIDDEN if _HARMLESS_WORD.fullmatch(secret) else _LONG_WORD.sub(HIDDEN, secret)
            pieces += [text[at:begin], plain]
            at = end
        return _PLAIN_WORD.sub(lambda word: self._redact(word.group()), "".join([*pieces, text[at:]]))

    def flush(self) -> None:
        """Show text that was gathered, `STEP` characters at most; `gathering` tells whether some is left."""
        room = STEP
        for part, stream in list(self._streams.items()):
            if room > 0 and stream.fresh:
                text = stream.take(room, self._redact)
                room -= len(text)
                done = stream.ended and not stream.fresh
                if text or done:
                    self._agent(stream.event, "text", part=part, text=text, done=done)
            if stream.released and not stream.fresh:
                del self._streams[part]

    def _stream(self, event: Text | TextEnded) -> _Stream:
        return self._streams.setdefault(event.part, _Stream(event))

    def _let_go(self, session: str) -> None:
        """Parts that a turn left unended are shown to their last word."""
        for stream in self._streams.values():
            if stream.event.session == session:
                stream.release()

    def _tool(self, event: ToolStarted | ToolFinished, state: str, **more: Any) -> None:
        told = {name: self._head(getattr(event, name)) for name in _TOOL}
        self._agent(event, "tool", **told, state=state, **more)

    def _tool_finished(self, event: ToolFinished) -> None:
        self._tools.pop(event.call, None)
        self._tool(
            event,
            "done" if event.ok else "failed",
            output=self._tail(event.output),
            exit_code=event.exit_code,
            seconds=round(event.seconds, 1),
            files=self._bounded(event.files),
        )

    def _turn_ended(self, event: TurnEnded) -> None:
        reason = self._head(event.error.message) if event.error else ""
        for turn in event.turns:
            self._feed.put("turn", id=turn, session=event.session, state=event.outcome, reason=reason)

    def _agent(self, event: Any, what: str, **fields: Any) -> None:
        self._feed.put("agent", session=event.session, turn=getattr(event, "turn", ""), what=what, **fields)

    # --- sizes and secrets --------------------------------------------------------------------------------------

    def _head(self, text: str, cap: int = OUTPUT_CAP) -> str:
        room = cap + min(cap, _OVERLAP)
        return self._redact(text if len(text) <= room else text[: last_word(text[:room])])[:cap]

    def _tail(self, output: str) -> str:
        text = output[-OUTPUT_CAP - _OVERLAP :]
        if len(text) < len(output):
            # What begins in the middle of a word may be half a secret.
            text = text[len(text[:_OVERLAP].split(None, 1)[0]) :] if text[:_OVERLAP].strip() else text
        return self._redact(text)[-OUTPUT_CAP:]

    def _clean(self, value: Any) -> Any:
        match value:
            case str():
                return self._head(value)
            case dict():
                return {name: self._clean(each) for name, each in value.items()}
            case list() | tuple():
                return [self._clean(each) for each in value]
            case _:
                return value

    def _bounded(self, value: Any) -> Any:
        """As plain JSON; what is beyond the caps is left out."""
        return self._plain(value, _Room())

    def _plain(self, value: Any, room: _Room) -> Any:
        match value:
            case str():
                return self._head(value, room.take(len(value)))
            case tuple() | list():
                return [self._plain(item, room) for item in value[: room.count(len(value))]]
            case _ if is_dataclass(value):
                return {each.name: self._plain(getattr(value, each.name), room) for each in fields(value)}
            case _:
                return value


@dataclass(slots=True)
class _Room:
    """What may still go into one event."""

    characters: int = EVENT_CAP
    items: int = MOST_ITEMS

    def take(self, wanted: int) -> int:
        """How many characters the next text may have."""
        taken = min(wanted, OUTPUT_CAP, max(self.characters, _NAME))
        self.characters -= taken
        return taken

    def count(self, wanted: int) -> int:
        """How many items the next list may have."""
        taken = min(wanted, self.items)
        self.items -= taken
        return taken


@dataclass(slots=True)
class _Stream:
    """One part of an answer on its way to the page; its last word is held until it is whole, for it may be a key."""

    event: Text | TextEnded
    ended: bool = False
    released: bool = False
    """Nothing more will come."""
    fresh: bool = False
    """Something can be shown."""
    received: int = 0
    waiting: list[str] = field(default_factory=list)
    context: str = ""
    """What was shown last: a key may stand behind its name."""

    def add(self, delta: str) -> None:
        """A piece; beyond the cap it is only counted."""
        room, self.received = PART_CAP - self.received, self.received + len(delta)
        if room >= 0 and delta:
            self.waiting.append(delta if len(delta) <= room else delta[:room] + _LEFT_OUT)
            self.fresh = True

    def end(self, text: str) -> None:
        """The whole text; what had not streamed is added."""
        self.add(text[self.received : self.received + PART_CAP + 1])
        self.ended = True
        self.release()

    def release(self) -> None:
        """Hold nothing back any more."""
        self.released = True
        self.fresh = self.fresh or self.ended or bool(self.waiting)

    def take(self, limit: int, redact: Redact) -> str:
        """The next stretch, redacted together with what stands before it."""
        text = "".join(self.waiting)
        more = len(text) > limit
        cut = limit if more else len(text)
        if more or not self.released:
            cut = last_word(text[:cut])
        piece, rest = text[:cut], text[cut:]
        self.waiting = [rest] if rest else []
        self.fresh = bool(rest) and (more or self.released)
        before, whole = redact(self.context), redact(self.context + piece)
        self.context = context(self.context + piece, _OVERLAP)
        return beyond(before, whole)


def _not_shown(count: int, what: str) -> str:
    return f"⟨… {count} {what} not shown …⟩"
