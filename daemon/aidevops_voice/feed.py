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
from typing import Any

FeedEvent = dict[str, Any]

KEPT = 2000
"""Events kept for a page that comes back; older ones are dropped and `gap` tells it."""


class Feed:
    """One writer, many readers; a slow reader loses nothing that is still kept."""

    def __init__(self, kept: int = KEPT) -> None:
        self._events: deque[FeedEvent] = deque(maxlen=kept)
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
        self._wake()
        return event

    def after(self, seq: int) -> list[FeedEvent]:
        """Kept events newer than `seq`, oldest first."""
        return [event for event in self._events if event["seq"] > seq]

    async def read(self, after: int = 0) -> AsyncGenerator[FeedEvent, None]:
        """Events newer than `after`, then each new one, until the feed is closed."""
        while True:
            news, closed = self._news, self._closed
            for event in self.after(after):
                after = event["seq"]
                yield event
            if closed:
                return
            await news.wait()

    def close(self) -> None:
        """Let every reader end after what is left."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
