"""What the bot said last, and whether it was still speaking at some moment."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

BACK_S = 2.0
"""Seconds for which a sentence may still come back through the microphone when others were said behind it."""
_SENTENCES = 8


@dataclass(frozen=True, slots=True)
class BotSound:
    """What the bot was doing at one moment."""

    speaking: bool
    silent_ms: float | None
    last_said: str


@dataclass(slots=True)
class LastWords:
    """`until` is the monotonic second at which words last sounded; earcons are no words."""

    speaking: bool = False
    until: float | None = None
    _said: deque[tuple[str, float]] = field(default_factory=lambda: deque(maxlen=_SENTENCES))

    def sounded(self, text: str, now: float) -> None:
        """Some of this sentence was played."""
        if self._said and self._said[-1][0] == text:
            self._said.pop()
        self._said.append((text, now))
        self.until = now

    def at(self, moment: float) -> BotSound:
        """At a monotonic moment not long ago: the last sentence, and those before it that may still come back."""
        speaking = self.speaking or (self.until is not None and self.until >= moment)
        silent_ms = None if speaking or self.until is None else (moment - self.until) * 1000
        *before, last = [*self._said] or [("", 0.0)]
        still = [text for text, until in before if until >= moment - BACK_S]
        return BotSound(speaking, silent_ms, " ".join([*still, last[0]]))
