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
from aidevops_voice.errors import UnknownAsk, VoiceError
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

__all__ = ["Place", "Project", "Switchboard"]

_log = logging.getLogger(__name__)

GRACE_S = 8.0
"""Who is back within so long has not been away: a page that is loaded again, a network that changed."""
JOIN_S = 5.0
MOST_PLACES = 50
"""Sessions that are followed at once."""
_ASKED_S = 30.0
"""So long a yes may be meant for a request of another session that was announced last."""


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
        self._crier = Crier(feed, project.journal, redact, self._cried)
        self._presence = Presence(self, self._beside, clock, grace_s, redact)
        self._guide = Guide(self, clock)
        self._cried_at: float | None = None
        self.places: list[Place] = []
        self.previous: Place | None = None
        self._greeted: Place | None = None
        self.whole_status: Callable[[], dict[str, Any]] = self.status
        """The object of `GET /api/status`; the service puts its own facts around ours."""
        self._connect(project)
        self.focus = self._place(project, project.session)
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
        self._place(project, project.session)
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
            if len(self.places) >= MOST_PLACES:
                _log.warning("more than %s sessions: one is not followed", MOST_PLACES)
                return None
            place = self._place(project, session)
            place.line.remote = True
            self._beside(self._guide.refresh(project), "titles")
            return place.line

        self._exchanges[project] = Exchange(project.agent, unknown, lambda session: self._screen(project, session))

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
        self._turn_to(place)
        self._greeted = place
        said = self._guide.connected()
        if self._presence.here:
            place.conversation.voice_state("connected")
        else:
            said += place.conversation.telling.again()
        self.publish()
        return said

    def _turn_to(self, place: Place) -> None:
        old = self.focus
        if place is old:
            return
        old.booth.hush()
        for ask in old.conversation.telling.asks.open:
            old.booth.withdraw(ask.id)
        old.booth.close()
        if self._presence.here:
            old.conversation.voice_state("disconnected")
        self.previous, self.focus, self._greeted = old, place, None
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
        place = self._at(project, info.id) or self._place(project, info.id)
        place.learn(info)
        place.line.remote = False
        async with _at_most(JOIN_S, "a session"):
            await place.line.joined.wait()
        return place

    def _at(self, project: Project, session: str) -> Place | None:
        here = (place for place in self.places if place.project is project and place.session == session)
        return next(here, None)

    def _screen(self, project: Project, session: str | None) -> Line | None:
        """The agent's own screen shows another session, so the voice talks there."""
        here = self.focus
        if here.project is not project:
            return None
        if session is None or here.session is None:
            # Its delivery makes the next one, or takes this one instead of a new one.
            if session:
                here.line.take(session)
            return here.line
        if session != here.session:
            self._turn_to(self._at(project, session) or self._place(project, session))
            self._beside(self._arrived(project), "greeting")
        # The home screen may have been shown there last: it begins no new one now.
        return self.focus.line

    async def _arrived(self, project: Project) -> None:
        await self._guide.refresh(project)
        if self._greeted is not self.focus:
            self.go(self.focus)

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
            self._call_out()

    def _call_out(self) -> None:
        """What waits in other sessions."""
        for place in self.places:
            for ask in place.waiting if place is not self.focus else ():
                self._crier.needs(place, ask, self.focus)
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
        asked = self._cried_at is not None and self._clock() - self._cried_at < _ASKED_S
        return Around(around.names, around.offered, asked)

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
        self._presence.ended(place, sentence)
        if place is not self.focus:
            self._crier.result(place, sentence, self.focus)
        self._beside(self._guide.refresh(place.project), "titles")

    def spoke(self, utterance: Utterance) -> None:
        """The session in focus said something of its own."""
        if utterance.text and utterance.kind != "ack":
            self._cried_at = None

    def _cried(self, utterance: Utterance) -> None:
        self._cried_at = self._clock() if utterance.kind == "needs-you" else None

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
