"""An agent without a model: a dozen plain requests done with real commands in the project, behind the same consent."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import time
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aidevops_voice.adapter import Adapter, Options, Workplace
from aidevops_voice.errors import AgentError, AgentFailed, ClosedAsk, UnknownAsk, UnknownSession
from aidevops_voice.ports import AgentChanged, AgentEvent, AskClosed, Reply, SessionInfo, Turn, TurnEnded, TurnStarted
from aidevops_voice_adapters.agent._rehearsal_desk import Consents, Desk, Outbox
from aidevops_voice_adapters.agent._rehearsal_files import Created
from aidevops_voice_adapters.agent._rehearsal_requests import PHRASES, understand
from aidevops_voice_adapters.agent._rehearsal_work import perform

__all__ = ["ADAPTER", "PHRASES", "Rehearsal", "RehearsalOptions", "understand"]

WAITING = 20
"""Prompts that may wait in a session."""

_TITLE = 60
"""Characters of the first prompt that name a session."""

_LOG = logging.getLogger(__name__)


class RehearsalOptions(Options):
    """Settings of the rehearsal agent."""

    timeout_s: float = 120.0
    """Seconds after which a command is ended."""


@dataclass(slots=True)
class _Session:
    id: str
    updated: float
    title: str = ""
    waiting: deque[Turn] = field(default_factory=deque)
    seen: deque[str] = field(default_factory=lambda: deque(maxlen=1000))
    created: list[Created] = field(default_factory=list)
    current: Turn | None = None
    runner: asyncio.Task[None] | None = None


class Rehearsal:
    """The agent; `always` is remembered as long as it lives, created files as long as their session."""

    def __init__(self, project: Path, environ: Mapping[str, str], options: RehearsalOptions) -> None:
        self._project = project
        self._environ = environ
        self._options = options
        self._outbox = Outbox()
        self._consents = Consents()
        self._sessions: dict[str, _Session] = {}
        self._closed = False

    @property
    def describe(self) -> str:
        """One line for terminal and page."""
        return "rehearsal: plain requests done with real commands, no model"

    @property
    def steers(self) -> bool:
        """One request after the other."""
        return False

    async def events(self) -> AsyncGenerator[AgentEvent, None]:
        """Everything that happens, until `aclose`."""
        yield AgentChanged("ready")
        async for event in self._outbox.read():
            yield event

    async def sessions(self) -> list[SessionInfo]:
        """Those of this run, newest first."""
        return [self._info(session) for session in sorted(self._sessions.values(), key=lambda each: -each.updated)]

    async def open(self, session: str | None) -> SessionInfo:
        """Join one or make a new one; raises UnknownSession."""
        if session is None:
            new = _Session(f"reh_{secrets.token_hex(8)}", time.time())
            self._sessions[new.id] = new
            return self._info(new)
        return self._info(self._session(session))

    async def submit(self, turn: Turn) -> None:
        """Queue a prompt; raises UnknownSession, and AgentError when too many wait."""
        session = self._session(turn.session)
        if turn.id in session.seen:
            return
        if self._closed:
            raise AgentError("the rehearsal agent is closed")
        if len(session.waiting) >= WAITING:
            raise AgentError(
                f"{WAITING} requests are waiting already",
                cure="Wait for them, or stop the agent.",
                spoken="Too many requests are waiting.",
            )
        session.title = session.title or " ".join(turn.text.split())[:_TITLE]
        session.seen.append(turn.id)
        session.updated = time.time()
        session.waiting.append(turn)
        self._go_on(session)

    async def answer(self, ask: str, reply: Reply) -> None:
        """Answer a permission; raises UnknownAsk or ClosedAsk."""
        if ask in self._consents.closed:
            raise ClosedAsk(f"{ask} is closed")
        if ask not in self._consents.open:
            raise UnknownAsk(f"no request {ask}")
        asked, answered = self._consents.open.pop(ask)
        self._consents.closed.append(ask)
        answered.set_result(reply.decision)
        self._outbox.put(AskClosed(ask, asked.session, reply.decision))

    async def stop(self, session: str) -> None:
        """End the running command with its tree and drop what waits; returns when nothing of it is left."""
        stopped = self._session(session)
        runner = stopped.runner
        if runner is None or runner.done():
            return
        turns = [stopped.current] if stopped.current else []
        turns += stopped.waiting
        stopped.current = None
        stopped.waiting.clear()
        runner.cancel()
        await asyncio.wait({runner})
        if turns:
            ids = tuple(turn.id for turn in turns)
            self._outbox.put(TurnEnded(stopped.id, ids, "stopped", unread=ids[1:]))
        self._go_on(stopped)

    async def aclose(self) -> None:
        """Stop everything and end `events`."""
        self._closed = True
        for session in self._sessions.values():
            await self.stop(session.id)
        self._outbox.close()

    def _go_on(self, session: _Session) -> None:
        if session.waiting and (session.runner is None or session.runner.done()):
            session.runner = asyncio.create_task(self._serve(session), name=f"rehearsal {session.id}")

    async def _serve(self, session: _Session) -> None:
        while session.waiting:
            await self._outbox.room()
            turn = session.current = session.waiting.popleft()
            self._outbox.put(TurnStarted(turn.session, turn.id, turn.text, ours=True))
            ended = TurnEnded(turn.session, (turn.id,), "failed", AgentFailed("the rehearsal agent failed"))
            try:
                ended = await self._answer(session, turn)
            finally:
                if session.current is turn:
                    session.current = None
                    self._outbox.put(ended)

    async def _answer(self, session: _Session, turn: Turn) -> TurnEnded:
        desk = Desk(
            self._project, self._environ, self._options.timeout_s, turn, self._outbox, self._consents, session.created
        )
        try:
            request = await asyncio.to_thread(understand, turn.text, self._project)
            desk.say(await perform(request, desk))
        except OSError as error:
            _LOG.warning("a request failed: %s", error.strerror)
            return TurnEnded(turn.session, (turn.id,), "failed", AgentFailed(f"the system refused: {error.strerror}"))
        return TurnEnded(turn.session, (turn.id,), "done")

    def _session(self, session: str) -> _Session:
        try:
            return self._sessions[session]
        except KeyError:
            raise UnknownSession(f"no session {session}") from None

    def _info(self, session: _Session) -> SessionInfo:
        return SessionInfo(session.id, session.title, str(self._project), session.updated)


def _build(options: RehearsalOptions, workplace: Workplace) -> Rehearsal:
    return Rehearsal(workplace.project, dict(os.environ), options)


ADAPTER = Adapter(
    options=RehearsalOptions,
    build=_build,
    summary="a dozen plain requests done with real commands; no model, no key",
    capabilities=frozenset({"local", "rehearsal"}),
    phrases=PHRASES,
)
