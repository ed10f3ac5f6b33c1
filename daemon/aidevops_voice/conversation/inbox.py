"""What was heard and waits to be considered, in order, each with the number that the page knows it by."""

from __future__ import annotations

import asyncio
from itertools import count

from aidevops_voice.conversation.page import Page
from aidevops_voice.ports import Heard

MOST = 32
"""Utterances that wait; more at once are refused aloud."""


class Inbox:
    """Interim text is only shown."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._waiting: asyncio.Queue[tuple[str, Heard]] = asyncio.Queue(MOST)
        self._ids = count(1)
        self._hearing = ""

    def number(self) -> str:
        """The next one."""
        return f"h{next(self._ids)}"

    def take(self, heard: Heard) -> bool:
        """False where too much waits already."""
        id_ = self.number()
        if heard.source == "voice":
            id_, self._hearing = self._hearing or id_, "" if heard.final else self._hearing or id_
        if not heard.final:
            self._page.heard(id_, heard, "interim")
            return True
        try:
            self._waiting.put_nowait((id_, heard))
        except asyncio.QueueFull:
            return False
        return True

    async def next(self) -> tuple[str, Heard]:
        """The oldest, once there is one."""
        return await self._waiting.get()

    def emptied(self) -> list[Heard]:
        """What was not considered yet, to be heard elsewhere."""
        return [self._waiting.get_nowait()[1] for _ in range(self._waiting.qsize())]
