"""What tests of the OpenCode adapter share: an agent that runs, and its events as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from aidevops_voice.adapter import Workplace
from aidevops_voice.ports import AgentChanged, AgentEvent, Ask, Text, Turn, TurnEnded
from aidevops_voice_adapters.agent.opencode import ADAPTER, OpenCodeAgent, OpenCodeOptions

E = TypeVar("E", bound=AgentEvent)
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 45


class Watched:
    """A running agent and everything it told."""

    def __init__(self, agent: OpenCodeAgent) -> None:
        self.agent = agent
        self.events: list[AgentEvent] = []
        self._news = asyncio.Condition()

    async def follow(self) -> None:
        """Collect until the agent is closed."""
        async for event in self.agent.events():
            async with self._news:
                self.events.append(event)
                self._news.notify_all()

    async def until(self, kind: type[E], fits: Callable[[E], bool] = lambda _: True, after: int = 0) -> E:
        """The first such event from this position on."""
        found: list[E] = []

        def look() -> bool:
            found[:] = [e for e in self.events[after:] if isinstance(e, kind) and fits(e)]
            return bool(found)

        async with self._news:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._news.wait_for(look)
            except TimeoutError:
                raise AssertionError(f"no {kind.__name__} in:\n" + "\n".join(map(str, self.events))) from None
        return found[0]

    async def ready(self, after: int = 0) -> None:
        """Wait for the server."""
        await self.until(AgentChanged, lambda e: e.state == "ready", after)

    async def ended(self, turn: str) -> TurnEnded:
        """The end of this turn."""
        return await self.until(TurnEnded, lambda e: turn in e.turns)

    async def asked(self, permission: str, after: int = 0) -> Ask:
        """The next request for this permission."""
        return await self.until(Ask, lambda e: e.permission == permission, after)

    def all(self, kind: type[E]) -> list[E]:
        """Every event of a kind so far."""
        return [event for event in self.events if isinstance(event, kind)]

    def said(self) -> str:
        """All streamed text."""
        return "".join(event.delta for event in self.all(Text))

    async def prompt(self, session: str, name: str, text: str = "do it", *, spoken: bool = True) -> str:
        """Hand over a prompt."""
        turn = Turn(f"msg_{name}", session, text, spoken=spoken)
        await self.agent.submit(turn)
        return turn.id


@asynccontextmanager
async def watched(options: OpenCodeOptions, workplace: Workplace) -> AsyncGenerator[Watched, None]:
    """An agent that runs until the block ends."""
    agent = ADAPTER.build(options, workplace)
    watch = Watched(agent)
    following = asyncio.create_task(watch.follow())
    try:
        yield watch
    finally:
        await agent.aclose()
        async with asyncio.timeout(PATIENCE_S):
            await following


def workplace(project: Path, **secrets: str) -> Workplace:
    """What the daemon would hand over."""
    prompt = (ROOT / "prompts" / "opencode.md").read_text("utf-8")
    return Workplace(project, project, secrets, {"opencode": prompt}, offline=True)
