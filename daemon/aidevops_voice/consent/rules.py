"""What the settings decide for each class of risk, and which machines were allowed before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal, Protocol

from aidevops_voice.languages import Saying
from aidevops_voice.risk.levels import APART
from aidevops_voice.risk.paths import HOLE, ITEM

Mode = Literal["allow", "ask", "challenge", "challenge_first", "deny"]
"""Silently; by a yes; by a phrase or a click; the same the first time, then by a yes; never."""

USUAL: Mapping[str, Mode] = {
    "read": "allow", "write": "ask", "outside": "ask", "network": "challenge_first", "credentials": "challenge",
    "destructive": "challenge",
}  # fmt: skip
_WORDS = 3
"""Of a command that name what it talks to: `git push origin`."""


class Known(Protocol):
    """Marks of what was allowed before."""

    def __contains__(self, mark: object) -> bool: ...

    def add(self, marks: Iterable[str]) -> None:
        """They were allowed; may block for a moment."""


class Remembered:
    """As long as it runs."""

    def __init__(self) -> None:
        self._marks: set[str] = set()

    def __contains__(self, mark: object) -> bool:
        return mark in self._marks

    def add(self, marks: Iterable[str]) -> None:
        """They were allowed."""
        self._marks |= set(marks)


@dataclass(slots=True)
class Rules:
    """`modes` by class of risk; a class that is not in it is destructive."""

    modes: Mapping[str, Mode] = field(default_factory=lambda: dict(USUAL))
    trusted: bool = False
    """Words of the recogniser in use may allow something; it decides how one is told to answer, not what counts."""
    known: Known = field(default_factory=Remembered)

    def mode(self, level: str, actions: Iterable[Saying] = ()) -> Mode:
        """What is to be done with a request of this class."""
        mode = self.modes.get(level, self.modes.get("destructive", "challenge"))
        if mode != "challenge_first":
            return mode
        peers = _peers(actions)
        return "ask" if peers and all(mark in self.known for mark in peers) else "challenge"

    def allowed(self, level: str, actions: Iterable[Saying]) -> None:
        """From now on it is not the first time; may block for a moment."""
        if self.modes.get(level) == "challenge_first":
            self.known.add(_peers(actions))


def _peers(actions: Iterable[Saying]) -> list[str]:
    """Marks of what is talked to, each name a part of it; none where something of it is not known."""
    found: dict[str, None] = {}
    for action in actions:
        for name in ("what", "to"):
            words = [word for word in str(action.fields.get(name, "")).split(APART) if word]
            if any(HOLE in word or ITEM in word for word in words):
                return []
            # Of many names each counts: where something goes to stands behind all that is sent.
            first = words[:_WORDS] if action.key == "risk.run" else words
            if first:
                found[sha256(APART.join((action.key, name, *first)).encode()).hexdigest()[:32]] = None
    return list(found)
