"""One session and who talks in it: its line, its mouth, its conversation, and what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from aidevops_voice.consent import reading
from aidevops_voice.conversation import Conversation
from aidevops_voice.conversation.places import Places
from aidevops_voice.feed import Feed
from aidevops_voice.journal import Journal
from aidevops_voice.languages import Language
from aidevops_voice.listener import Around, SwitchTo
from aidevops_voice.ports import (
    AgentEvent,
    Ask,
    AskClosed,
    CodingAgent,
    Command,
    SessionInfo,
    TurnEnded,
    Utterance,
)
from aidevops_voice.switchboard.call import Call
from aidevops_voice.switchboard.line import Line
from aidevops_voice.switchboard.views import Booth, Channel, Folio
from aidevops_voice.words.speakable import shortened

_TITLE_WORDS = 7
_UNTITLED = re.compile(r"(?:(?:New|Child) session - \d{4}-.*|Rehearsal)?")
"""Titles that nobody gave."""


class Furnish(Protocol):
    """Makes the conversation of one session."""

    def __call__(
        self, agent: CodingAgent, feed: Feed, journal: Journal, session: str | None, places: Places, /
    ) -> Conversation: ...


class Board(Protocol):
    """What a place tells the switchboard."""

    def around(self, place: Place) -> Around: ...
    async def carry_out(self, place: Place, order: Command | SwitchTo) -> list[Utterance]: ...
    def goodbye(self) -> None: ...
    def asked(self, place: Place, ask: Ask) -> None: ...
    def closed(self, place: Place, closed: AskClosed) -> None: ...
    def ended(self, place: Place, event: TurnEnded, sentence: str) -> None: ...
    def lapsed(self, place: Place, sentence: str) -> None: ...
    def spoke(self, utterance: Utterance) -> None: ...


@dataclass(frozen=True, eq=False)
class Project:
    """A folder, the agent that works in it, and how its conversations are made."""

    name: str
    folder: Path
    agent: CodingAgent
    journal: Journal
    furnish: Furnish
    session: str | None = None
    """The one to begin with; None is the first of `sessions`, else a new one."""
    sessions: tuple[str, ...] = ()
    """Of before, as far as they are still there."""


class Place:
    """Implements `conversation.places.Places` for its conversation."""

    def __init__(self, board: Board, project: Project, session: str | None, number: int, feed: Feed) -> None:
        self._board, self.project = board, project
        self.greeted = False
        """It was said that one is here, since it was put in focus."""
        self.call = Call()
        self.visited = 0.0
        """When it was last put in focus, monotonic seconds."""
        self.note_due = False
        """A note waits for the end of the work."""
        prefix = f"{number}." if number else ""
        self.line = Line(project.agent, project.folder, session, self._told, self.call.asked)
        self.booth = Booth(prefix, board.spoke)
        channel = Channel(feed, self._session, prefix, self._in_focus)
        folio = Folio(project.journal, self._session)
        self.conversation = project.furnish(self.line, channel, folio, session, self)
        self.booth.belong(self.conversation.voiced)
        self.conversation.telling.lapsed = partial(board.lapsed, self)

    def _session(self) -> str:
        return self.line.session or ""

    def _in_focus(self) -> bool:
        return self.booth.focused

    @property
    def session(self) -> str | None:
        """Its id; None while it is being made."""
        return self.line.session

    def learn(self, info: SessionInfo) -> None:
        """What it is called now."""
        self.line.title = info.title

    @property
    def title(self) -> str:
        """As given, else by what was asked first; empty for a new one."""
        return titled(self.line.title) or shortened(self.call.first, _TITLE_WORDS).rstrip(". ")

    def called(self, language: Language) -> str:
        """The same for the ear, never empty."""
        return self.title or str(language.phrases["places.new"])

    @property
    def waiting(self) -> list[Ask]:
        """Requests that the user has to answer."""
        return self.conversation.telling.asks.ours

    @property
    def running(self) -> bool:
        """Whether the agent works here."""
        return self.conversation.telling.running

    def note(self) -> str:
        """What the call was about here."""
        asks = self.conversation.telling.asks.open
        return self.call.note([reading.title(ask) for ask in asks], self.conversation.telling.language)

    def _told(self, event: AgentEvent) -> None:
        """After the conversation dealt with it."""
        match event:
            case Ask():
                self._board.asked(self, event)
            case AskClosed():
                self._board.closed(self, event)
            case TurnEnded():
                self._board.ended(self, event, self.booth.result())
            case _:
                pass

    # --- conversation.places.Places -----------------------------------------------------------------------------

    def around(self) -> Around:
        """What there is beside this session."""
        return self._board.around(self)

    async def carry_out(self, order: Command | SwitchTo) -> list[Utterance]:
        """Go somewhere, or say where one is; raises VoiceError."""
        return await self._board.carry_out(self, order)

    def goodbye(self) -> None:
        """The user leaves."""
        self._board.goodbye()


def titled(title: str) -> str:
    """A title that somebody gave."""
    return "" if _UNTITLED.fullmatch(title) else title.strip()
