"""Events on their way to whoever reads them; a slow reader gets pieces joined, and holds up the stream, not us."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from dataclasses import replace

from aidevops_voice.ports import AgentEvent, Text, ToolProgress

_FULL = 500
_JOINED = 16 * 1024
"""Characters of one joined piece of text."""


class Outbox:
    """One writer side, one reader; bounded by `room`, which the stream waits for before it reads on."""

    def __init__(self) -> None:
        self._waiting: deque[AgentEvent] = deque()
        self._news = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._closed = False

    def put(self, events: Iterable[AgentEvent]) -> None:
        """Never blocks."""
        for event in events:
            if not self._join(event):
                self._waiting.append(event)
        if len(self._waiting) >= _FULL:
            self._room.clear()
        self._news.set()

    async def room(self) -> None:
        """Wait while the reader is far behind."""
        await self._room.wait()

    def close(self) -> None:
        """The reader ends after what is left."""
        self._closed = True
        self._room.set()
        self._news.set()

    async def read(self) -> AsyncGenerator[AgentEvent, None]:
        """Everything in order."""
        while True:
            while self._waiting:
                yield self._waiting.popleft()
                if len(self._waiting) < _FULL:
                    self._room.set()
            if self._closed:
                return
            self._news.clear()
            await self._news.wait()

    def _join(self, event: AgentEvent) -> bool:
        match (self._waiting[-1] if self._waiting else None), event:
            case Text() as last, Text() if last.part == event.part and len(last.delta) < _JOINED:
                self._waiting[-1] = replace(last, delta=last.delta + event.delta)
                return True
            case ToolProgress() as last, ToolProgress() if last.call == event.call:
                self._waiting[-1] = event
                return True
        return False
