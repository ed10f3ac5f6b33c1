"""The feed as server-sent events: resumes after `Last-Event-ID`, tells of a gap, beats when nothing happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

from aidevops_voice.feed import Feed, FeedEvent

HEARTBEAT_S = 15.0
_BEAT = b": beat\n\n"


async def server_sent(feed: Feed, last: int | None, heartbeat_s: float = HEARTBEAT_S) -> AsyncGenerator[bytes, None]:
    """Every kept event after `last`, or all of them without it, then each new one until the feed closes."""
    if last is not None and last > feed.seq:
        # The number is of an earlier daemon.
        yield _gap(0)
        last = None
    seen = last
    async with aclosing(feed.read(seen or 0)) as events:
        async for event in _with_beats(events, heartbeat_s):
            if event is None:
                yield _BEAT
                continue
            if seen is not None and event["seq"] > seen + 1:
                yield _gap(event["seq"] - 1)
            seen = event["seq"]
            # An agent may print half a surrogate pair, which has no UTF-8.
            yield f"id: {seen}\ndata: {_json(event)}\n\n".encode(errors="replace")


async def _with_beats(events: AsyncGenerator[FeedEvent, None], beat_s: float) -> AsyncGenerator[FeedEvent | None, None]:
    """The events, and None whenever there was none for `beat_s` seconds."""
    while True:
        upcoming = asyncio.ensure_future(anext(events, None))
        try:
            while not (await asyncio.wait({upcoming}, timeout=beat_s))[0]:
                yield None
        finally:
            # Also when the reader goes away while nothing happens.
            if not upcoming.done():
                upcoming.cancel()
                await asyncio.wait({upcoming})
        event = upcoming.result()
        if event is None:
            return
        yield event


def _gap(seq: int) -> bytes:
    return f"data: {_json({'seq': seq, 'type': 'gap'})}\n\n".encode()


def _json(event: FeedEvent) -> str:
    return json.dumps(event, separators=(",", ":"), ensure_ascii=False)
