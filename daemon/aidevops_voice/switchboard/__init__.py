"""All sessions of all projects behind one voice: what is heard goes to the one in focus, the others are announced.

Each session is a conversation of its own, which goes on whether it is in focus or not.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aidevops_voice.conversation.turns import Asked
from aidevops_voice.errors import UnknownAsk, UnknownSession, VoiceError
from aidevops_voice.events import Ask, AskClosed, TurnEnded
from aidevops_voice.feed import Feed
from aidevops_voice.floor.endings import Ending
from aidevops_voice.listener import Around, SwitchTo
from aidevops_voice.ports import Clock, CodingAgent, Command, Heard, Mouth, Reply, Utterance, Voiced
from aidevops_voice.switchboard.crier import Crier
from aidevops_voice.switchboard.guide import Guide
from aidevops_voice.switchboard.line import Exchange, Line, begun, opened
from aidevops_voice.switchboard.overview import overview
from aidevops_voice.switchboard.place import Place, Project
from aidevops_voice.switchboard.presence import Presence
from aidevops_voice.switchboard.screen import Screens

__all__ = ["Place", "Project", "Switchboard"]

_log = logging.getLogger(__name__)

GRACE_S = 8.0
"""Who is back within so long has not been away: a page that is loaded again, a network that changed."""
JOIN_S = 5.0
MOST_PLACES = 50
"""Sessions that are followed at once."""


class Switchboard:
    """Implements `ports.Ears`, what the routes call, and what a place tells."""

    def __init__(
        self,
        project: Project,
        feed: Feed,
        redact: Callable[[str], str] = str,
        clock: Clock = time.monotonic,
        grace_s: float = GRACE_S,
    ) -> None:
        self._feed, self._redact, self._clock = feed, redact, clock
        self._exchanges: dict[Project, Exchange] = {}
        self._mouth: Mouth | None = None
        self._runs = False
        self._tasks = asyncio.TaskGroup()
        self._crier = Crier(feed, project.journal, redact, clock)
        self._presence = Presence(self, self._beside, clock, grace_s, redact)
        self._guide = Guide(self, clock)
        self._screens = Screens(self, self._beside, self._guide.refresh)
        self.places: list[Place] = []
        self.previous: Place | None = None
        self.whole_status: Callable[[], dict[str, Any]] = self.status
        """The object of `GET /api/status`; the service puts its own facts around ours."""
        self._connect(project)
        self.focus = self._first(project)
        self.use_mouth(None)

    # --- life ---------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Until cancelled: every agent and every conversation."""
        async with self._tasks as tasks:
            self._runs = True
            for exchange in self._exchanges.values():
                tasks.create_task(exchange.run(), name="agent events")
            for place in self.places:
                tasks.create_task(place.conversation.run(), name="conversation")

    async def drain(self, timeout_s: float) -> None:
        """Leave the notes, then end the agents, the journals and the feed."""
        async with _at_most(timeout_s / 2, "the notes"):
            await self._presence.hand_back()
        async with _at_most(timeout_s, "the agent"):
            await asyncio.gather(*(project.agent.aclose() for project in self._exchanges))
        for place in self.places:
            await place.conversation.drain(timeout_s)
        for project in self._exchanges:
            project.journal.close()
        self._feed.close()

    async def add(self, project: Project) -> None:
        """A project more; it is announced, and one has to switch to it."""
        self._connect(project)
        self._tasks.create_task(self._exchanges[project].run(), name="agent events")
        self._first(project)
        self.focus.conversation.telling.notice("places.project_added", project=project.name)
        self.publish()

    @property
    def agent(self) -> CodingAgent:
        """Of the project in focus."""
        return self.focus.project.agent

    @property
    def projects(self) -> Sequence[Project]:
        """The one of the start first."""
        return list(self._exchanges)

    def _connect(self, project: Project) -> None:
        def unknown(session: str) -> Line | None:
            place = self.remote(project, session)
            self._beside(self._guide.refresh(project), "titles")
            return place.line if place else None

        self._exchanges[project] = Exchange(
            project.agent, unknown, lambda session: self._screens.show(project, session)
        )

    def _first(self, project: Project) -> Place:
        resumed = next(iter(project.sessions), None) if project.session is None else None
        place = self._place(project, project.session or resumed)
        place.line.resumed = resumed is not None
        return place

    async def resume(self, focus: str | None) -> None:
        """Know what was open before, and be where the user was."""
        await self._guide.resume(focus)

    def remote(self, project: Project, session: str) -> Place | None:
        """A session that is followed without being joined."""
        if len(self.places) >= MOST_PLACES:
            _log.warning("more than %s sessions: one is not followed", MOST_PLACES)
            return None
        place = self._place(project, session)
        place.line.remote = True
        return place

    def _place(self, project: Project, session: str | None) -> Place:
        """A conversation more; whoever carried the session before lets go of it."""
        exchange = self._exchanges[project]
        place = Place(self, project, session, len(self.places), self._feed)
        place.conversation.whole_status = lambda: self.whole_status()
        place.conversation.use_mouth(place.booth)
        exchange.connect(place.line)
        self.places.append(place)
        if self._runs:
            self._tasks.create_task(place.conversation.run(), name="conversation")
        return place

    def _beside(self, step: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Do it without keeping anybody waiting."""
        return self._tasks.create_task(step, name=name)

    # --- focus --------------------------------------------------------------------------------------------------

    def go(self, place: Place) -> list[Utterance]:
        """Put a session in focus: say where one is, and read what waits there."""
        self.turn_to(place)
        place.greeted = True
        said = self._guide.connected()
        if self._presence.here:
            place.conversation.voice_state("connected")
        else:
            said += place.conversation.telling.again()
        self.publish()
        return said

    def turn_to(self, place: Place) -> None:
        """Put it in focus without a word."""
        old = self.focus
        if place is old:
            return
        old.booth.hush()
        for ask in old.conversation.telling.asks.open:
            old.booth.withdraw(ask.id)
        old.booth.close()
        if self._presence.here:
            old.conversation.voice_state("disconnected")
        self.previous, self.focus, place.greeted = old, place, False
        place.line.remote = False
        self.use_mouth(self._mouth)
        place.visited = self._clock()
        for ask in place.conversation.telling.asks.open:
            self._crier.closed(ask.id)
        for heard in old.conversation.unheard():
            place.conversation.hear(heard)

    async def enter(self, project: Project, session: str | None) -> Place:
        """Join a session, or make a new one; raises AgentError."""
        agent, folder = project.agent, project.folder
        info = await (opened(agent, folder, session) if session else begun(agent, folder))
        place = self.of(project, info.id)
        place.learn(info)
        place.line.remote = False
        async with _at_most(JOIN_S, "a session"):
            await place.line.joined.wait()
        return place

    def of(self, project: Project, session: str) -> Place:
        """Where it is talked to; a new one if need be."""
        here = (place for place in self.places if place.project is project and place.session == session)
        return next(here, None) or self._place(project, session)

    # --- ports.Ears ---------------------------------------------------------------------------------------------

    def use_mouth(self, mouth: Mouth | None) -> None:
        """Speak through `mouth` from now on; without one everything is only shown."""
        self._mouth = mouth
        self._crier.booth.open(mouth)
        self.focus.booth.open(mouth)
        self.focus.conversation.use_mouth(self.focus.booth)

    def hear(self, heard: Heard) -> None:
        """For the session in focus."""
        self.focus.conversation.hear(heard)

    def patience(self, text: str) -> Ending:
        """Whether the user has said all, as far as it is known."""
        return self.focus.conversation.patience(text)

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        """What became of an utterance, told to who said it."""
        booths = (self._crier.booth, *(place.booth for place in self.places))
        any(booth.took(utterance, state, heard) for booth in booths)

    def voice_state(self, state: str) -> None:
        """Someone comes, or goes."""
        if state == "connected":
            self._guide.connected()
            self._presence.came()
        elif state == "disconnected":
            self._presence.went()
        self.focus.conversation.voice_state(state)
        if state == "connected":
            self._crier.call_out(self.places, self.focus)
            self._beside(self._guide.refresh(self.focus.project), "titles")

    def measured(self, reply_ms: float) -> None:
        """End of the user's speech to the first sound of the reply."""
        self.focus.conversation.measured(reply_ms)

    def trouble(self, error: VoiceError) -> None:
        """Hearing or speaking failed."""
        self.focus.conversation.trouble(error)

    # --- what places tell ---------------------------------------------------------------------------------------

    def around(self, place: Place) -> Around:
        """What there is beside it."""
        around = self._guide.around()
        return Around(around.names, around.offered, self._crier.asked)

    def goodbye(self) -> None:
        """The user leaves."""
        self._presence.goodbye()

    async def carry_out(self, place: Place, order: Command | SwitchTo) -> list[Utterance]:
        """Go somewhere, or say where one is; raises VoiceError."""
        return await self._guide.carry_out(order)

    def asked(self, place: Place, ask: Ask) -> None:
        """A request was told there."""
        asks = place.conversation.telling.asks
        waits = any(ask.id == one.id for one in asks.open) and not asks.taken(ask.id)
        if place is not self.focus and waits:
            self._crier.needs(place, ask, self.focus)
        self.publish()

    def closed(self, place: Place, closed: AskClosed) -> None:
        """A request is no more."""
        self._crier.closed(closed.id)
        self.publish()

    def ended(self, place: Place, event: TurnEnded, sentence: str) -> None:
        """Work ended there."""
        place.call.ended(event, sentence)
        phrases = self.focus.conversation.telling.language.phrases
        sentence = sentence or str(phrases["places.stopped" if event.outcome == "stopped" else "recall.done"])
        self._news(place, sentence)
        self._presence.ended(place)
        self._beside(self._guide.refresh(place.project), "titles")

    def lapsed(self, place: Place, sentence: str) -> None:
        """A request ended there without an answer of the user."""
        self._news(place, sentence)

    def _news(self, place: Place, sentence: str) -> None:
        self._presence.news(place, sentence)
        if place is not self.focus:
            self._crier.result(place, sentence, self.focus)

    def spoke(self, utterance: Utterance) -> None:
        """The session in focus said something of its own."""
        if utterance.text and utterance.kind != "ack":
            self._crier.overtaken()

    # --- what the page and the command line call ----------------------------------------------------------------

    def tell(self, text: str) -> None:
        """A typed turn, without waiting for its end."""
        self.focus.conversation.tell(text)

    async def ask(self, text: str) -> Asked:
        """A typed turn; returns at its end in its own session, or when that one needs the user."""
        return await self.focus.conversation.ask(text)

    async def answer(self, ask: str, reply: Reply) -> None:
        """Answer a request of any session; raises UnknownAsk, ClosedAsk, AgentError."""
        for place in self.places:
            try:
                return await place.conversation.answer(ask, reply)
            except UnknownAsk:
                continue
        raise UnknownAsk(f"no request has the id {ask}")

    async def visit(self, session: str) -> None:
        """Go there as if it was said; raises UnknownSession, AgentError."""
        place = next((place for place in self.places if (place.session or "") == session), None)
        if place is None:
            raise UnknownSession("No such session is open here.")
        if place is not self.focus:
            await self._guide.visit(place)

    def hush(self) -> None:
        """Stop the voice, never the work."""
        self.focus.conversation.hush()

    async def stop_agent(self, session: str | None = None) -> object:
        """Abort what runs in the session in focus, or in this one."""
        named = next((place for place in self.places if place.session == session), self.focus)
        return await named.conversation.stop_agent(session)

    def status(self) -> dict[str, Any]:
        """Our part of `GET /api/status`: that of the session in focus, and what there is beside it."""
        return overview(self.places, self.focus, self.projects, self._redact)

    def publish(self) -> None:
        """Show the whole status to the page."""
        self.focus.conversation.publish()


@asynccontextmanager
async def _at_most(seconds: float, what: str) -> AsyncGenerator[None, None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        _log.warning("%s did not end within %s s", what, seconds)
