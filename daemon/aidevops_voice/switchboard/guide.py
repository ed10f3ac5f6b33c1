"""Where the user is, what else there is, and the way there: carries out the commands about sessions and projects."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from aidevops_voice import whereabouts
from aidevops_voice.conversation.deeds import say, told
from aidevops_voice.errors import AgentError
from aidevops_voice.listener import Around, SwitchTo
from aidevops_voice.narrator import progress
from aidevops_voice.ports import Clock, Command, SessionInfo, Utterance
from aidevops_voice.switchboard.line import inside
from aidevops_voice.switchboard.place import Place, Project, titled
from aidevops_voice.whereabouts import Wish

READ = 5
"""Sessions read aloud; the rest is counted."""
OFFER_S = 45.0
"""So long a number means one of the sessions that were read."""


class Board(Protocol):
    """What the guide needs of the switchboard."""

    places: list[Place]
    focus: Place
    previous: Place | None

    @property
    def projects(self) -> Sequence[Project]:
        """The one of the start first."""

    def go(self, place: Place) -> list[Utterance]:
        """Put another session in focus."""

    def remote(self, project: Project, session: str) -> Place | None:
        """A session that is followed without being joined."""

    def turn_to(self, place: Place) -> None:
        """Put it in focus without a word."""

    def publish(self) -> None:
        """Show the whole status to the page."""

    async def enter(self, project: Project, session: str | None) -> Place:
        """Join a session, or make a new one; raises AgentError."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere to go: a session, or a project as a whole."""

    project: Project
    title: str
    session: str | None = None
    place: Place | None = None


class Guide:
    """Knows the sessions of every project by what the agents last said of them."""

    def __init__(self, board: Board, clock: Clock = time.monotonic) -> None:
        self._board, self._clock = board, clock
        self._known: dict[Project, list[SessionInfo]] = {}
        self._offered: list[Spot] = []
        self._by_name = False
        self._offered_at = 0.0

    # --- what is known ------------------------------------------------------------------------------------------

    async def refresh(self, project: Project) -> None:
        """Ask for the sessions and their titles; what is known stays when the agent does not answer."""
        try:
            found = await project.agent.sessions()
        except AgentError:
            return
        self._known[project] = [info for info in found if inside(info, project.folder)]
        before = [place.title for place in self._board.places]
        for info in found:
            if place := self._at(project, info.id):
                place.learn(info)
        if before != [place.title for place in self._board.places]:
            self._board.publish()

    async def resume(self, focus: str | None) -> None:
        """Sessions of before that are still there are known again, and the user is where he was."""
        for project in self._board.projects:
            await self.refresh(project)
            for info in self._known.get(project, []):
                if info.id in project.sessions and not self._at(project, info.id):
                    self._board.remote(project, info.id)
            await self.refresh(project)
        places = [place for place in self._board.places if place.session and place.session == focus]
        if places:
            self._board.turn_to(places[0])
        self._board.publish()

    def spots(self, project: Project) -> list[Spot]:
        """Sessions of a project, newest first; one that the agent does not list yet is the newest."""
        known = self._known.get(project, [])
        listed = [Spot(project, self._title(info, project), info.id, self._at(project, info.id)) for info in known]
        names = {info.id for info in known}
        fresh = [
            Spot(project, place.title, place.session, place)
            for place in reversed(self._board.places)
            if place.project is project and place.session not in names
        ]
        return fresh + listed

    def _title(self, info: SessionInfo, project: Project) -> str:
        place = self._at(project, info.id)
        return place.title if place else titled(info.title)

    def _at(self, project: Project, session: str | None) -> Place | None:
        here = (place for place in self._board.places if place.project is project and place.session == session)
        return next(here, None)

    def around(self) -> Around:
        """Names that can be meant, and what was read out to choose from."""
        here = self._board.focus.project
        others = [project for project in self._board.projects if project is not here]
        names = [*(spot.title for spot in self.spots(here)), *(project.name for project in others)]
        offered = self._offered if self._clock() - self._offered_at < OFFER_S else []
        titles = tuple(spot.title if self._by_name else "" for spot in offered)
        return Around(tuple(filter(None, names)), titles)

    # --- commands -----------------------------------------------------------------------------------------------

    async def carry_out(self, order: Command | SwitchTo) -> list[Utterance]:
        """Do it and say so; raises AgentError."""
        here = self._board.focus
        match order:
            case SwitchTo(wish):
                await self.refresh(here.project)
                return await self._switch(wish)
            case Command.WHICH_PROJECT:
                return self._tell("places.project", project=here.project.name)
            case Command.WHICH_SESSION:
                return self._here("places.session")
            case Command.SESSIONS:
                await self.refresh(here.project)
                spots = self.spots(here.project)
                return [*self._tell("places.sessions", len(spots)), *self._offer(spots, by_name=False)]
            case Command.NEW_SESSION:
                return self._board.go(await self._board.enter(here.project, None))
            case Command.RUNNING:
                return self._running()
            case Command.NEXT_WAITING:
                return await self._next()
            case _:
                return []

    def connected(self) -> list[Utterance]:
        """Where the user is, at the begin of a call and after each switch."""
        return self._here("places.connected")

    def _here(self, key: str) -> list[Utterance]:
        here = self._board.focus
        if not here.title:
            return self._tell(f"{key}_new", project=here.project.name)
        return self._tell(key, project=here.project.name, session=here.title)

    def _tell(self, key: str, n: int | None = None, **fields: str | int) -> list[Utterance]:
        telling = self._board.focus.conversation.telling
        return [one for text in say(telling.language, key, n, **fields) for one in telling.notify(text)]

    def _offer(self, spots: list[Spot], *, by_name: bool) -> list[Utterance]:
        """Read some, each with the number by which it can be chosen."""
        language = self._board.focus.conversation.telling.language
        self._offered, self._by_name, self._offered_at = spots, by_name, self._clock()
        said = []
        for number, spot in enumerate(spots[:READ], 1):
            name = spot.title or told(language, "places.new")
            key = "places.line_here" if spot.place is self._board.focus else "places.line"
            said += self._tell(key, number=number, session=name)
        return said + (self._tell("places.more", len(spots) - READ) if len(spots) > READ else [])

    # --- going somewhere ----------------------------------------------------------------------------------------

    async def _switch(self, wish: Wish) -> list[Utterance]:
        found = self._meant(wish)
        if not found:
            name = "" if wish.name == whereabouts.LAST else wish.name
            return self._tell("places.unknown", name=name)
        if len(found) > 1:
            return [*self._tell("places.which"), *self._offer(found, by_name=True)]
        (spot,) = found
        if spot.place is self._board.focus:
            return self._tell("places.here", session=spot.place.called(spot.place.conversation.telling.language))
        self._offered = []
        return self._board.go(await self._joined(spot))

    async def _joined(self, spot: Spot) -> Place:
        """Open it again as well: it may be another process's by now, and the agent's own screen is to show it."""
        if spot.session is None and spot.place:
            return spot.place
        return await self._board.enter(spot.project, spot.session)

    def _meant(self, wish: Wish) -> list[Spot]:
        board = self._board
        here = self.spots(board.focus.project)
        if wish.kind == "project":
            return self._projects(wish.name)
        if wish.name == whereabouts.LAST:
            last = board.previous
            others = [spot for spot in here if spot.place is not board.focus]
            return [Spot(last.project, last.title, last.session, last)] if last else others[:1]
        if wish.name.isdecimal():
            listed = self._offered or here
            at = int(wish.name) - 1
            return [listed[at]] if 0 <= at < len(listed) else []
        among = self._offered if self._offered and self._by_name else here
        found = [among[at] for at in whereabouts.matching(wish.name, [spot.title for spot in among])]
        found = found or [here[at] for at in whereabouts.matching(wish.name, [spot.title for spot in here])]
        return found or ([] if wish.kind == "session" else self._projects(wish.name)) or self._far(wish.name)

    def _projects(self, name: str) -> list[Spot]:
        """Where one was last in a project that is called so."""
        projects = list(self._board.projects)
        spots = []
        for at in whereabouts.matching(name, [project.name for project in projects]):
            places = [place for place in self._board.places if place.project is projects[at]]
            place = max(places, key=lambda each: each.visited, default=None)
            spots.append(Spot(projects[at], projects[at].name, place.session if place else None, place))
        return spots

    def _far(self, name: str) -> list[Spot]:
        """Sessions of other projects that were opened."""
        far = [
            Spot(place.project, place.title, place.session, place)
            for place in self._board.places
            if place.project is not self._board.focus.project
        ]
        return [far[at] for at in whereabouts.matching(name, [spot.title for spot in far])]

    async def _next(self) -> list[Utterance]:
        """The session whose request waits longest, this one after all others."""
        waiting = [place for place in self._board.places if place.waiting]
        others = [place for place in waiting if place is not self._board.focus]
        if not waiting:
            return self._tell("places.nobody_waits")
        return await self.visit(others[0] if others else waiting[0])

    async def visit(self, place: Place) -> list[Utterance]:
        """Go there and say so; raises AgentError."""
        return self._board.go(await self._joined(Spot(place.project, place.title, place.session, place)))

    # --- what is running ----------------------------------------------------------------------------------------

    def _running(self) -> list[Utterance]:
        said = []
        for place in self._board.places:
            if place.running or place.waiting:
                said += self._at_work(place)
        return said or self._tell("places.nothing_runs")

    def _at_work(self, place: Place) -> list[Utterance]:
        language = self._board.focus.conversation.telling.language
        name = place.called(language)
        if place.project is not self._board.focus.project:
            name = f"{name}, {place.project.name}"
        if place.waiting:
            return self._tell("places.waiting", session=name)
        account = place.conversation.telling.scene().current
        tools = reversed(account.running.values()) if account else ()
        what = next((doing for tool, _ in tools if (doing := progress.describe(tool, language))), "")
        if what:
            return self._tell("places.running_what", session=name, what=what)
        return self._tell("places.running", session=name)
