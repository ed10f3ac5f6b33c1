"""What a conversation knows of the others beside it: what they are called, and who moves the user there."""

from __future__ import annotations

from typing import Protocol

from aidevops_voice.listener import Around, SwitchTo
from aidevops_voice.ports import Command, Utterance

ORDERS = frozenset(
    {
        Command.WHICH_PROJECT, Command.WHICH_SESSION, Command.SESSIONS, Command.NEW_SESSION, Command.RUNNING,
        Command.NEXT_WAITING,
    }
)  # fmt: skip
"""Commands that `Places` carries out."""


class Places(Protocol):
    """Other sessions and projects, as seen from one conversation."""

    def around(self) -> Around:
        """What may be meant by a name, a number or a yes."""

    async def carry_out(self, order: Command | SwitchTo) -> list[Utterance]:
        """Do it and say so; raises VoiceError."""

    def goodbye(self) -> None:
        """The user leaves."""


class Alone:
    """There is no other."""

    def around(self) -> Around:
        """Nothing."""
        return Around()

    async def carry_out(self, order: Command | SwitchTo) -> list[Utterance]:
        """Nowhere to go."""
        return []

    def goodbye(self) -> None:
        """Nobody else has to know."""
