"""How prompts reach the agent: join a session, then one prompt after the other, each written down before it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from aidevops_voice.errors import AgentUnreachable, SessionElsewhere, UnknownSession, VoiceError
from aidevops_voice.journal import Journal
from aidevops_voice.ports import AgentState, CodingAgent, SessionInfo, Turn

BOOT_S = 120.0
"""A prompt waits so long for an agent that is still starting."""
DOWN_S = 15.0
"""And so long for one that is away."""
_AGAIN_S = (1.0, 2.0, 5.0, 10.0)


class Delivery:
    """The way to one session of one agent; `changed` is called with each new state."""

    def __init__(
        self,
        agent: CodingAgent,
        journal: Journal,
        session: str | None,
        changed: Callable[[AgentState, VoiceError | None], None],
    ) -> None:
        self._agent, self._journal, self._wanted, self._changed = agent, journal, session, changed
        self._opened = asyncio.Event()
        self._joining, self._order = asyncio.Lock(), asyncio.Lock()
        self.given = ""
        """The turn that was handed to the agent last: it cannot be called back any more."""
        self.session: SessionInfo | None = None
        self.state: AgentState = "starting"
        self.error: VoiceError | None = None

    @property
    def session_id(self) -> str:
        """The joined session, or the one that is wanted: its requests may come before joining it has returned."""
        return self.session.id if self.session else self._wanted or ""

    async def join(self) -> None:
        """Open the session, again and again while the agent is away; an unknown one is given up."""
        async with self._joining:
            for attempt in count():
                if self.session is not None:
                    return
                try:
                    found = await self._agent.open(self._wanted)
                    break
                except VoiceError as error:
                    self.become("failed", error)
                    if isinstance(error, UnknownSession):
                        return
                await asyncio.sleep(_AGAIN_S[min(attempt, len(_AGAIN_S) - 1)])
            self.session = found
            self._opened.set()
            self.become("ready", None)

    def become(self, state: AgentState, error: VoiceError | None) -> None:
        """Take over what the agent says of itself; it is ready only once a session is joined."""
        if state == "ready" and self.session is None:
            return
        known = (self.state, self.error and self.error.code)
        self.state, self.error = state, error
        if known != (state, error and error.code):
            self._changed(state, error)

    async def deliver(self, turn: Turn) -> None:
        """Send one prompt to the session that is open by then; raises VoiceError."""
        async with self._order:
            await self._ready()
            await self._journal.sync()
            self.given = turn.id
            await self._agent.submit(replace(turn, session=self.session_id))
            self._journal.write("sent", turn=turn.id)

    async def _ready(self) -> None:
        if isinstance(self.error, UnknownSession | SessionElsewhere):
            raise self.error
        try:
            async with asyncio.timeout(BOOT_S if self.state == "starting" else DOWN_S):
                await self._opened.wait()
        except TimeoutError:
            raise self.error or AgentUnreachable("the agent is not ready") from None
