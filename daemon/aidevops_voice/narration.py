"""How much is said, and how often: the level and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Literal, get_args

from aidevops_voice.ports import Command

Level = Literal["quiet", "normal", "chatty"]
"""Outcomes only; the work too; every step of it."""
LEVELS: tuple[Level, ...] = get_args(Level)

_GAP_S: dict[Level, float] = {"quiet": inf, "normal": 4.0, "chatty": 2.0}
"""Between two spoken pieces of progress."""
_GROWTH = 1.5
_GAP_AT_MOST_S: dict[Level, float] = {"quiet": inf, "normal": 15.0, "chatty": 6.0}
_BEAT: dict[Level, float] = {"quiet": inf, "normal": 1.0, "chatty": 0.6}


@dataclass(frozen=True, slots=True)
class Narration:
    """How much is said."""

    max_words: int = 80
    """Words of one outcome or answer."""
    ack_after_s: float = 0.7
    heartbeat_s: float = 25.0
    """First sign of life of a long silent run; grows by half each time; 0 is never."""
    level: Level = "normal"
    earcons: bool = True
    language: str = "auto"
    """Code of the language that is spoken, or auto for the one that the user and the agent write."""

    @property
    def quiet(self) -> bool:
        """Whether only outcomes, requests, failures and answers are said."""
        return self.level == "quiet"

    def gap_s(self, said: int) -> float:
        """Between two pieces of progress, after so many; the longer a turn, the rarer."""
        return min(_GAP_S[self.level] * _GROWTH ** min(said, 20), _GAP_AT_MOST_S[self.level])

    def silence_s(self, beats: int) -> float:
        """Without a word until the next sign of life, after so many of them."""
        if self.quiet or not self.heartbeat_s:
            return inf
        return self.heartbeat_s * _BEAT[self.level] * _GROWTH ** min(beats, 20)

    def stepped(self, command: Command) -> Narration:
        """As the user wants it from now on; a command about something else changes nothing."""
        match command:
            case Command.QUIET | Command.NORMAL | Command.CHATTY:
                return replace(self, level=LEVELS[LEVELS.index(command.value)])
            case Command.FEWER:
                return replace(self, level=LEVELS[max(0, LEVELS.index(self.level) - 1)])
            case Command.SOUNDS_OFF | Command.SOUNDS_ON:
                return replace(self, earcons=command is Command.SOUNDS_ON)
            case _:
                return self
