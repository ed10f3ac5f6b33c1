"""While the agent is being stopped: what it tells of the end waits until nothing of it runs any more."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from aidevops_voice.ports import AgentEvent, CodingAgent, TurnEnded

KEPT = 2000
"""Events; more than that are told though the stop has not returned."""


class Halting:
    """`tell` is handed every event of the session, in its order."""

    def __init__(self, agent: CodingAgent, tell: Callable[[AgentEvent], None]) -> None:
        self._agent, self._tell = agent, tell
        self._stopping = 0
        self._held: deque[AgentEvent] = deque()

    def on(self, event: AgentEvent) -> None:
        """Tell it now, or after the stop from the end of a turn on."""
        if self._stopping and (self._held or isinstance(event, TurnEnded)):
            self._held.append(event)
            if len(self._held) <= KEPT:
                return
            self._release()
            return
        self._tell(event)

    async def stop(self, session: str) -> None:
        """Abort what runs; raises VoiceError when nobody knows whether it ended."""
        self._stopping += 1
        try:
            await self._agent.stop(session)
        finally:
            self._stopping -= 1
            if not self._stopping:
                self._release()

    def _release(self) -> None:
        held, self._held = self._held, deque()
        for event in held:
            self._tell(event)
