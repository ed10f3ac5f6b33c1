"""Who listens: what is told on coming, and what is left in the sessions on going."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from aidevops_voice.errors import AgentError
from aidevops_voice.ports import Clock, NoteTaker
from aidevops_voice.switchboard.away import Away
from aidevops_voice.switchboard.place import Place

_log = logging.getLogger(__name__)

Beside = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]


class Board(Protocol):
    """What presence needs of the switchboard."""

    places: list[Place]
    focus: Place


class Presence:
    """Who is back within `grace_s` seconds has not been away."""

    def __init__(
        self, board: Board, beside: Beside, clock: Clock, grace_s: float, redact: Callable[[str], str]
    ) -> None:
        self._board, self._beside, self._grace_s, self._redact = board, beside, grace_s, redact
        self._away = Away(clock, grace_s)
        self._leaving: asyncio.Task[None] | None = None
        self.here = False
        """Somebody listens."""

    def came(self) -> None:
        """Tell what nobody heard."""
        self.here = True
        if self._leaving:
            self._leaving.cancel()
            self._leaving = None
        for place in self._board.places:
            place.note_due = False
        telling = self._board.focus.conversation.telling
        if said := self._away.returned(self._board.focus, telling.language):
            telling.recall(said)

    def went(self) -> None:
        """The notes are written unless somebody is back soon."""
        self.here = False
        self._away.left()
        self._leaving = self._beside(self._leave_later(), "hand back")

    async def _leave_later(self) -> None:
        await asyncio.sleep(self._grace_s)
        await self.hand_back()

    def goodbye(self) -> None:
        """The notes are written now."""
        self._beside(self.hand_back(), "hand back")

    def news(self, place: Place, sentence: str) -> None:
        """It is told on return, where nobody hears it."""
        if not self.here:
            self._away.came(place, sentence)

    def ended(self, place: Place) -> None:
        """Work ended there."""
        if place.note_due and not place.running:
            self._beside(self._leave(place, place.note()), "note")

    async def hand_back(self) -> None:
        """A note in each session in which something was asked; where the agent works, at the end of that."""
        for place in self._board.places:
            text = place.note()
            place.note_due = bool(text) and place.running
            if text:
                place.project.journal.write("handback", session=place.session or "", text=text)
            if text and not place.running:
                await self._leave(place, text)

    async def _leave(self, place: Place, text: str) -> None:
        place.note_due = False
        place.call.over()
        agent = place.project.agent
        if not isinstance(agent, NoteTaker) or place.session is None:
            return
        try:
            await agent.leave_note(place.session, self._redact(text))
        except AgentError as error:
            _log.warning("no note could be left: %s: %s", error.code, error.message)
