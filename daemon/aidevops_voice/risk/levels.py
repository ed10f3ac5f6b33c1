"""The classes of risk in their order, and one thing that a command does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from aidevops_voice.languages import Saying

APART = "\x1f"
"""Between the names in a field of a saying."""


class Level(IntEnum):
    READ = 0
    WRITE = 1
    OUTSIDE = 2
    NETWORK = 3
    CREDENTIALS = 4
    DESTRUCTIVE = 5


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    saying: Saying
    """What it does, with its targets."""
    why: str
    """The key of the reason for its class."""


@dataclass(frozen=True, slots=True)
class Risk:
    """What a command could do, at its worst."""

    risk: str
    why: Saying
    actions: tuple[Saying, ...]
    """The worst first."""
