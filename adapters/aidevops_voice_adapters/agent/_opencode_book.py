"""All sessions that are followed: brings each event to its story, once, and subagents' events to their root."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from aidevops_voice.errors import AgentError
from aidevops_voice.ports import AgentEvent, Ask, ScreenChanged
from aidevops_voice_adapters.agent._opencode_story import Story
from aidevops_voice_adapters.agent._opencode_wire import (
    Known,
    MessageChanged,
    PartChanged,
    Permission,
    Questions,
    Session,
    SessionChanged,
    Status,
    StatusChanged,
)

_SEEN = 4096
_DEPTH = 10
_HELD = 500


class Book:
    """Stories by root session; pure."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.stories: dict[str, Story] = {}
        self.visiting = False
        """In a terminal of the user's: a session that begins there is what it shows next."""
        self.making = False
        """Unless we make it."""
        self._held: tuple[str, list[AgentEvent]] = "", []
        self._clock = clock
        self._parents: dict[str, tuple[str, str]] = {}
        self._seen: dict[str, None] = {}

    def follow(self, session: str) -> Story:
        """The story of a session, begun when it is new."""
        return self.stories.setdefault(session, Story(session, self._clock))

    def family(self, session: Session) -> None:
        """Remember whose subagent a session is."""
        if session.parent:
            label = session.title.partition(" (@")[0] or session.agent or "subagent"
            self._parents[session.id] = (session.parent, label)
            _bound(self._parents)

    def tell(self, name: str, event: Known) -> Iterator[AgentEvent]:
        """What a live event adds; a frame seen before adds nothing."""
        if name and name in self._seen:
            return
        self._seen[name] = None
        _bound(self._seen)
        if isinstance(event, SessionChanged):
            self.family(event.info)
            if not self.making and event.type == "session.created" and not event.info.parent:
                self._begun(event.info.id)
            return
        self._met(event)
        story, child = self._find(_session_of(event))
        if story is None or story.joining:
            return
        session, held = self._held
        if story.session == session and len(held) < _HELD:
            held += story.tell(event, child)
        else:
            yield from story.tell(event, child)

    def _begun(self, session: str) -> None:
        """Its first prompt comes before the screen is seen to show it: what is told until then is kept."""
        if session not in self.stories:
            self.follow(session)
            if self.visiting:
                self._held = session, []

    def _met(self, event: Known) -> None:
        if isinstance(event, StatusChanged) and event.status.type != "idle":
            self.at_work(event.session)

    def at_work(self, session: str) -> None:
        """Somebody goes on in a session that was there before us; whether it is a subagent's is read with the rest."""
        if not self._find(session)[0]:
            story = self.follow(session)
            story.joining = story.doubt = True

    def shown(self, session: str | None) -> Iterator[AgentEvent]:
        """The terminal shows another session now."""
        yield ScreenChanged(session)
        yield from self.released(session)

    def released(self, session: str | None) -> list[AgentEvent]:
        """What was kept of a session until it is shown."""
        if session != self._held[0]:
            return []
        _, held = self._held
        self._held = "", []
        return held

    def listed(
        self, kind: str, wires: Sequence[Permission] | Sequence[Questions], statuses: Mapping[str, Status]
    ) -> Iterator[AgentEvent]:
        """Requests as the server lists them: new ones of working sessions are told, missing ones fall."""
        names = {wire.id for wire in wires}
        for story in self.stories.values():
            yield from story.asks.missing(kind, names)
        for wire in wires:
            owner, child = self._find(wire.session)
            # An abort leaves its request listed for ever: only a working session can mean it.
            if owner is not None and not owner.joining and owner.session in statuses:
                yield from owner.ask(wire, child)

    @property
    def idle(self) -> bool:
        """Whether nothing is being worked on and nobody is asked."""
        return not any(_working(story) for story in self.stories.values())

    def gap(self) -> None:
        """Frames may be missing from here on."""
        for story in self.stories.values():
            story.gap()

    def lost(self, error: AgentError) -> Iterator[AgentEvent]:
        """The server is gone with all that ran in it."""
        for story in self.stories.values():
            yield from story.lost(error)

    def asked(self, id_: str) -> tuple[Story, Ask] | None:
        """An open request and whose it is."""
        for story in self.stories.values():
            if id_ in story.asks.open:
                return story, story.asks.open[id_]
        return None

    def closed(self, id_: str) -> bool:
        """Whether the request was known and is closed."""
        return any(id_ in story.asks.closed for story in self.stories.values())

    def doubtful(self) -> Collection[Story]:
        """Stories whose truth must be read again."""
        return [story for story in self.stories.values() if story.doubt]

    def children(self, root: str) -> list[str]:
        """Subagents' sessions below a root."""
        return [child for child in self._parents if (found := self._find(child)[0]) and found.session == root]

    def _find(self, session: str) -> tuple[Story | None, str]:
        child = ""
        for _ in range(_DEPTH):
            if session in self.stories:
                return self.stories[session], child
            parent, label = self._parents.get(session, ("", ""))
            session, child = parent, child or label
        return None, ""


def _working(story: Story) -> bool:
    waits = any(prompt.state in ("expected", "open") for prompt in story.prompts.values())
    return story.busy or waits or bool(story.asks.open)


def _session_of(event: Known) -> str:
    match event:
        case MessageChanged(info=info):
            return info.session
        case PartChanged(part=part):
            return part.session
        case SessionChanged(info=session):
            return session.id
        case _:
            return event.session


def _bound(known: dict[str, tuple[str, str]] | dict[str, None]) -> None:
    if len(known) > _SEEN:
        del known[next(iter(known))]
