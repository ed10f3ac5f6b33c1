"""What the page is told: agent events and our own as feed events, streamed text gathered, everything capped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
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

GATHER_S = 0.06
"""Streamed text is shown this often."""
PART_CAP = 256 * 1024
"""Characters of one part of an answer that reach the page; what is beyond is left out and told so."""
OUTPUT_CAP = 16 * 1024
_LEFT_OUT = "\n\n… the rest is too long for the page …\n"


class Page:
    """Translates for the feed; `redact` takes secrets out of every text."""

    def __init__(self, feed: Feed, redact: Callable[[str], str] = str) -> None:
        self._feed = feed
        self._redact = redact
        self._gathered: dict[str, tuple[Text, list[str]]] = {}
        self._shown: dict[str, int] = {}
        self._tools: dict[str, ToolStarted] = {}

    # --- our own ------------------------------------------------------------------------------------------------

    def heard(self, id_: str, heard: Heard, state: str, command: str = "", reason: str = "") -> None:
        """What the user said and what became of it."""
        self._feed.put(
            "heard", id=id_, text=self._redact(heard.text), final=heard.final, source=heard.source, state=state,
            command=command, reason=reason,
        )  # fmt: skip

    def spoken(self, utterance: Utterance, state: str, heard: str = "") -> None:
        """A line for the ear and what became of it."""
        text, kind, about = self._redact(utterance.text), utterance.kind, utterance.about
        self._feed.put("spoken", id=utterance.id, text=text, kind=kind, about=about, state=state, heard=heard)

    def submitted(self, turn: str, session: str, text: str) -> None:
        """A prompt of ours is on its way."""
        self._feed.put("turn", id=turn, session=session, text=self._redact(text), state="submitted", ours=True)

    def measured(self, turn: str, reply_ms: float) -> None:
        """How long the reply to a turn took."""
        self._feed.put("turn", id=turn, reply_ms=round(reply_ms))

    def notice(self, error: VoiceError, level: str) -> None:
        """A failure with its cure."""
        message = self._redact(error.message)
        id_ = f"n{self._feed.seq}"
        self._feed.put("notice", id=id_, code=error.code, message=message, cure=error.cure, level=level)

    def state(self, status: dict[str, Any]) -> None:
        """The whole status."""
        self._feed.put("state", **status)

    # --- the agent's --------------------------------------------------------------------------------------------

    @property
    def gathering(self) -> bool:
        """Whether `flush` has something to show."""
        return bool(self._gathered)

    def show(self, event: AgentEvent, title: str = "") -> None:
        """Put an event on the page; `title` is the request as read aloud."""
        if isinstance(event, Text):
            self._gathered.setdefault(event.part, (event, []))[1].append(event.delta)
            return
        self.flush()
        match event:
            case TextEnded():
                self._text_ended(event)
            case ToolStarted():
                self._tools[event.call] = event
                self._agent(event, "tool", **_tool(event), state="running")
            case ToolProgress():
                if started := self._tools.get(event.call):
                    self._agent(started, "tool", **_tool(started), state="running", output=self._tail(event.output))
            case ToolFinished():
                self._tool_finished(event)
            case TodoChanged():
                self._agent(event, "todo", items=[asdict(item) for item in event.items])
            case Retrying():
                reason = self._redact(event.reason)
                self._agent(event, "retry", attempt=event.attempt, reason=reason, wait_s=event.wait_s)
            case Compacting():
                self._agent(event, "compacting", done=event.done)
            case Ask():
                self._feed.put("ask", title=title, **self._clean(asdict(event)))
            case AskClosed():
                self._feed.put("ask_closed", **asdict(event))
            case TurnStarted():
                text, ours = self._redact(event.text), event.ours
                self._feed.put("turn", id=event.turn, session=event.session, text=text, state="running", ours=ours)
            case TurnEnded():
                self._turn_ended(event)
            case _:
                pass

    def flush(self) -> None:
        """Show the text that was gathered."""
        gathered, self._gathered = self._gathered, {}
        for event, pieces in gathered.values():
            self._append(event, "".join(pieces), done=False)

    def _text_ended(self, event: TextEnded) -> None:
        shown = self._shown.get(event.part, 0)
        self._append(event, event.text[shown:] if shown < PART_CAP else "", done=True)
        self._shown.pop(event.part, None)

    def _append(self, event: Text | TextEnded, piece: str, *, done: bool) -> None:
        shown = self._shown.get(event.part, 0)
        self._shown[event.part] = shown + len(piece)
        if shown < PART_CAP < shown + len(piece):
            piece = piece[: PART_CAP - shown] + _LEFT_OUT
        elif shown >= PART_CAP:
            piece = ""
        if piece or done:
            self._agent(event, "text", part=event.part, text=self._redact(piece), done=done)

    def _tool_finished(self, event: ToolFinished) -> None:
        self._tools.pop(event.call, None)
        files = [self._clean(asdict(change)) for change in event.files]
        self._agent(
            event,
            "tool",
            **_tool(event),
            state="done" if event.ok else "failed",
            output=self._tail(event.output),
            exit_code=event.exit_code,
            seconds=round(event.seconds, 1),
            files=files,
        )

    def _turn_ended(self, event: TurnEnded) -> None:
        reason = event.error.message if event.error else ""
        for turn in event.turns:
            self._feed.put("turn", id=turn, session=event.session, state=event.outcome, reason=self._redact(reason))

    def _agent(self, event: Any, what: str, **fields: Any) -> None:
        self._feed.put("agent", session=event.session, turn=getattr(event, "turn", ""), what=what, **fields)

    def _tail(self, output: str) -> str:
        return self._redact(output[-OUTPUT_CAP:])

    def _clean(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {k: self._redact(v[:OUTPUT_CAP]) if isinstance(v, str) else v for k, v in fields.items()}


def _tool(event: ToolStarted | ToolFinished) -> dict[str, Any]:
    return {
        "call": event.call,
        "tool": event.tool,
        "title": event.title,
        "command": event.command[:OUTPUT_CAP],
        "path": event.path,
        "child": event.child,
    }
