"""The agents' own screens: the voice talks to the session that is shown there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from aidevops_voice.errors import AgentError
from aidevops_voice.ports import Utterance
from aidevops_voice.switchboard.line import opened
from aidevops_voice.switchboard.place import Place, Project

_log = logging.getLogger(__name__)

Beside = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]


class Board(Protocol):
    """What a screen moves."""

    focus: Place

    def of(self, project: Project, session: str) -> Place:
        """Where a session is talked to."""

    def turn_to(self, place: Place) -> None:
        """Put it in focus without a word."""

    def go(self, place: Place) -> list[Utterance]:
        """Put it in focus and say where one is."""

    def publish(self) -> None:
        """Show the whole status to the page."""


class Screens:
    """`refresh` reads the titles of a project."""

    def __init__(self, board: Board, beside: Beside, refresh: Callable[[Project], Coroutine[Any, Any, None]]) -> None:
        self._board, self._beside, self._refresh = board, beside, refresh
        self._shown: str | None = None

    def show(self, project: Project, session: str | None) -> None:
        """Told before the events of that session; None is the home screen."""
        here = self._board.focus
        if here.project is not project:
            return
        self._shown = session
        if session is None:
            self._beside(self._home(project), "home screen")
        elif here.session is None:
            here.line.take(session)
        elif session != here.session:
            self._board.turn_to(self._board.of(project, session))
            self._beside(self._greet(project, self._board.focus), "greeting")

    async def _home(self, project: Project) -> None:
        """What is said next begins a session."""
        try:
            info = await opened(project.agent, project.folder, None)
        except AgentError as error:
            _log.warning("no session could be made: %s: %s", error.code, error.message)
            return
        if self._shown is None and self._board.focus.project is project:
            self._board.turn_to(self._board.of(project, info.id))
            self._board.publish()

    async def _greet(self, project: Project, place: Place) -> None:
        await self._refresh(project)
        if place is self._board.focus and not place.greeted:
            self._board.go(place)
