"""A whole conversation with a scripted agent and a mouth that plays at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from unit.scripted_agent import RecordingMouth, ScriptedAgent

from aidevops_voice.conversation import Conversation
from aidevops_voice.feed import Feed
from aidevops_voice.journal import Journal
from aidevops_voice.ports import AgentEvent, Heard, Text, TextEnded, Turn, TurnEnded

S = "ses_1"


class Stage:
    """A conversation with everything a test looks at."""

    def __init__(self, conversation: Conversation, agent: ScriptedAgent, feed: Feed, journal: Journal) -> None:
        self.conversation, self.agent, self.feed, self.journal = conversation, agent, feed, journal
        self.mouth = RecordingMouth(conversation.voiced)
        conversation.use_mouth(self.mouth)

    def events(self, type_: str) -> list[dict[str, Any]]:
        """What the page was told of one type."""
        return [event for event in self.feed.after(0) if event["type"] == type_]

    async def until(self, seen: Callable[[], object]) -> None:
        """Wait on the feed, which every step of the conversation reaches."""
        async with asyncio.timeout(5):
            while not seen():  # noqa: ASYNC110 - some of it passes no event
                await asyncio.sleep(0.005)


@asynccontextmanager
async def stage(
    tmp_path: Path, agent: ScriptedAgent, *, joined: bool = True, **options: Any
) -> AsyncGenerator[Stage, None]:
    """Runs until the block ends."""
    feed, journal = Feed(), Journal(tmp_path, "test", options.get("redact", str))
    conversation = Conversation(agent, feed=feed, journal=journal, **options)
    life = asyncio.create_task(conversation.run())
    set_up = Stage(conversation, agent, feed, journal)
    await set_up.until(lambda: not joined or conversation.status()["agent_state"] == "idle")
    try:
        yield set_up
    finally:
        await conversation.drain(1)
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)


def last_said(mouth: RecordingMouth, text: str) -> bool:
    """Whether these were the last words."""
    return bool(mouth.said) and mouth.said[-1].text == text


def spoken(text: str, **facts: Any) -> Heard:
    """Said by voice, and understood."""
    return Heard(text, **{"certain": True, **facts})


def answering(*deltas: str) -> Callable[[Turn], list[AgentEvent]]:
    """An agent that only answers."""

    def events(turn: Turn) -> list[AgentEvent]:
        parts: list[AgentEvent] = [Text(S, turn.id, "p1", delta) for delta in deltas]
        return [*parts, TextEnded(S, turn.id, "p1", "".join(deltas)), TurnEnded(S, (turn.id,), "done")]

    return events
