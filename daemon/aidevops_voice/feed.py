"""What the page shows: a numbered, bounded, replayable list of events; `GET /api/events` is this list as it grows.

Every event is `{seq, type, …}`. The types and their fields:

heard      id, text, final, source (voice|typed), state (interim|sent|draft|command|reply|ignored), command, reason
           The same id comes again when its state or text changes: interim → final; draft → sent.
spoken     id, text, kind (ack|progress|needs-you|outcome|answer|notice), about, state (queued|begun|said|cut|
           dropped|unvoiced), heard
agent      session, turn, what, and by `what`:
           text      part, text (appended piece), done        tool     call, tool, title, command, path, child,
           todo      items [{text, status}]                            state (running|done|failed), output (tail),
           retry     attempt, reason, wait_s                           exit_code, seconds, files [{path, status,
           compacting  done                                            additions, deletions, diff}]
ask        id, session, kind (permission|question), title (what was read aloud), permission, command, path, diff,
           patterns, always, child, ours, questions [{text, header, options [{label, description}], multiple, custom}]
ask_closed id, session, closing (allow|always|deny|answered|dropped)
turn       id, session, text, state (submitted|running|done|failed|stopped), ours, reason, reply_ms
state      the whole object of `GET /api/status`
notice     id, code, message, cure, level (info|warning|error)
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from itertools import islice
from typing import Any

FeedEvent = dict[str, Any]

KEPT = 2000
"""Events kept for a page that comes back; older ones are dropped and `gap` tells it."""
KEPT_CHARACTERS = 8 * 1024 * 1024
"""Text of all kept events together, so that a flood costs replay and not memory; the newest event always stays."""


class Feed:
    """One writer, many readers; a slow reader loses nothing that is still kept, and holds nothing that is not."""

    def __init__(self, kept: int = KEPT, kept_characters: int = KEPT_CHARACTERS) -> None:
        self._kept, self._kept_characters = kept, kept_characters
        self._events: deque[FeedEvent] = deque()
        self._sizes: deque[int] = deque()
        self._characters = 0
        self._seq = 0
        self._news = asyncio.Event()
        self._closed = False

    @property
    def seq(self) -> int:
        """Number of the newest event."""
        return self._seq

    def put(self, type_: str, **fields: Any) -> FeedEvent:
        """Add an event and wake the readers."""
        self._seq += 1
        event: FeedEvent = {"seq": self._seq, "type": type_, **fields}
        self._events.append(event)
        self._sizes.append(size := _characters(event))
        self._characters += size
        while len(self._events) > 1 and (len(self._events) > self._kept or self._characters > self._kept_characters):
            self._events.popleft()
            self._characters -= self._sizes.popleft()
        self._wake()
        return event

    def after(self, seq: int) -> list[FeedEvent]:
        """Kept events newer than `seq`, oldest first."""
        return list(islice(self._events, self._place_after(seq), None))

    async def read(self, after: int = 0) -> AsyncGenerator[FeedEvent, None]:
        """Events newer than `after`, then each new one, until the feed is closed; what fell out is missing."""
        while True:
            news, closed = self._news, self._closed
            while (place := self._place_after(after)) < len(self._events):
                event = self._events[place]
                after = event["seq"]
                yield event
            if closed:
                return
            await news.wait()

    def close(self) -> None:
        """Let every reader end after what is left."""
        self._closed = True
        self._wake()

    def _place_after(self, seq: int) -> int:
        """Index of the first kept event that is newer."""
        oldest = self._seq - len(self._events) + 1
        return min(max(0, seq - oldest + 1), len(self._events))

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


def _characters(value: Any) -> int:
    match value:
        case str():
            return len(value)
        case dict():
            return sum(map(_characters, value.values()))
        case list() | tuple():
            return sum(map(_characters, value))
        case _:
            return 0
