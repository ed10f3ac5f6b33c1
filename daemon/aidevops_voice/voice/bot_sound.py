"""What the bot said last, and whether it was still speaking at some moment."""

from __future__ import annotations

from dataclasses import dataclass


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
    text: str = ""

    def at(self, moment: float) -> BotSound:
        """At a monotonic moment not long ago."""
        speaking = self.speaking or (self.until is not None and self.until >= moment)
        silent_ms = None if speaking or self.until is None else (moment - self.until) * 1000
        return BotSound(speaking, silent_ms, self.text)
