"""Parts of the answer as they stream, told once whatever is lost or repeated on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aidevops_voice.ports import AgentEvent, Text, TextEnded
from aidevops_voice_adapters.agent._opencode_json import CUT
from aidevops_voice_adapters.agent._opencode_tools import capped
from aidevops_voice_adapters.agent._opencode_wire import TextPart

_REMEMBERED = 64 * 1024


@dataclass(slots=True)
class TextTale:
    """How far one part was told; `gapped`: deltas are missing, so the rest waits for the whole text."""

    turn: str
    gapped: bool = False
    ended: bool = False
    told: str = ""
    """Its first 64 K characters."""
    length: int = 0

    def delta(self, session: str, part: str, delta: str) -> Iterator[AgentEvent]:
        """A piece as it streams."""
        if self.ended or self.gapped or not delta:
            return
        self._remember(delta)
        yield Text(session, self.turn, part, delta)

    def whole(self, session: str, part: TextPart, live: bool) -> Iterator[AgentEvent]:
        """The part as the server has it now; only a live one stands in order with the deltas."""
        if self.ended:
            return
        done = part.time is None or part.time.end is not None
        if live and not part.text and not self.length:
            self.gapped = False
        if done or (live and part.text):
            yield from self._rest(session, part)
        if done:
            yield from self.end(session, part.id, part.text)

    def end(self, session: str, part: str, text: str | None = None) -> Iterator[AgentEvent]:
        """Its last word; without `text` what was told is all there will be."""
        if self.ended:
            return
        self.ended = True
        text = self.told if text is None else text
        self.told = ""
        if text:
            yield TextEnded(session, self.turn, part, capped(text))

    def abandon(self) -> None:
        """The provider failed within it: its words come again in another part."""
        self.ended = True
        self.told = ""

    def _rest(self, session: str, part: TextPart) -> Iterator[AgentEvent]:
        at = self.length
        self.gapped = False
        if at >= len(part.text) or (at and CUT in part.text) or not part.text.startswith(self.told):
            return
        rest = part.text[at:]
        self._remember(rest)
        yield Text(session, self.turn, part.id, rest)

    def _remember(self, delta: str) -> None:
        self.length += len(delta)
        if len(self.told) < _REMEMBERED:
            self.told += delta[: _REMEMBERED - len(self.told)]
