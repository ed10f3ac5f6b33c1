"""The user's own terminal while it is joined: the session on its screen is the one that the voice talks to."""

from __future__ import annotations

import logging
import time
from contextlib import aclosing
from pathlib import Path

from aidevops_voice.errors import AgentError
from aidevops_voice_adapters.agent._opencode_book import Book
from aidevops_voice_adapters.agent._opencode_link import Link
from aidevops_voice_adapters.agent._opencode_outbox import Outbox
from aidevops_voice_adapters.agent._opencode_tui import Tui, screens

_LOG = logging.getLogger(__name__)
_JUST_NOW_S = 3.0
"""A session that was on the screen so lately is opened because of it: the user, who went on, is not called back."""


class Screen:
    """What is shown, told to who follows it; sessions that the voice chooses are brought up there."""

    def __init__(self, project: Path, book: Book, out: Outbox) -> None:
        self._project, self._book, self._out = project, book, out
        self.tui: Tui | None = None
        """The terminal that is joined, with what it shows."""
        self._followed = False
        self._seen: dict[str, float] = {}
        self._blank = ""

    def see(self, tui: Tui | None) -> None:
        """It shows this now; None: no terminal is joined."""
        last, self.tui = self.tui, tui
        self._book.visiting = tui is not None
        if tui is None or (last is not None and last.session == tui.session):
            return
        if tui.session:
            self._seen[tui.session] = time.monotonic()
        # The home screen of a terminal that has just been opened is no wish for a new session.
        if self._followed and (tui.session or last):
            self._out.put(self._book.shown(tui.session))

    async def watch(self, state: Path, tui: Tui) -> None:
        """Keep `tui` up to date until this terminal, or its bridge, is gone."""
        async with aclosing(screens(state, self._project, tui.pid)) as seen:
            async for now in seen:
                if now is None or now.url != tui.url:
                    break
                self.see(now)
        self.see(None)

    @property
    def session(self) -> str | None:
        """What to open when no session is named: the one that is shown, or one that was made and not used."""
        if self.tui is None:
            return None
        return self.tui.session or self._blank or None

    async def opened(self, link: Link, session: str, *, blank: bool) -> None:
        """The voice talks to this one now; a new one is brought up with its first prompt."""
        self._followed = True
        self._out.put(self._book.released(session))
        if blank:
            self._blank = session
        elif self.tui and session not in (self.tui.session, self._blank) and not self._just_seen(session):
            await self._bring_up(link, session)

    async def prompted(self, link: Link, session: str) -> None:
        """A prompt is about to be handed over; it has to be seen."""
        self._blank = "" if session == self._blank else self._blank
        if self.tui and self.tui.session is None:
            await self._bring_up(link, session)

    def _just_seen(self, session: str) -> bool:
        return time.monotonic() - self._seen.get(session, -_JUST_NOW_S) < _JUST_NOW_S

    async def _bring_up(self, link: Link, session: str) -> None:
        try:
            await link.post("/tui/select-session", {"sessionID": session})
        except AgentError as error:
            _LOG.info("the terminal does not show the session: %s", error.message)
