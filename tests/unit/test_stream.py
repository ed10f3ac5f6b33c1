"""The bytes of the event stream where a page is slow or an agent prints nonsense."""

from __future__ import annotations

import json
from typing import Any

from aidevops_voice.feed import Feed
from aidevops_voice.server.stream import server_sent


async def blocks(feed: Feed, last: int | None = None) -> list[dict[str, Any]]:
    """All that a closed feed still has."""
    feed.close()
    return [json.loads(block.partition(b"data: ")[2]) async for block in server_sent(feed, last)]


async def test_half_a_surrogate_pair_does_not_end_the_stream() -> None:
    feed = Feed()
    feed.put("agent", text="before \ud83d after")
    feed.put("agent", text="next")
    assert [event["text"] for event in await blocks(feed)] == ["before ? after", "next"]


async def test_line_ends_stay_inside_their_event() -> None:
    feed = Feed()
    feed.put("agent", text="a\n\ndata: {}\r\n\u2028b")
    assert [event["text"] for event in await blocks(feed)] == ["a\n\ndata: {}\r\n\u2028b"]


async def test_a_page_that_reads_too_slowly_is_told_of_the_gap() -> None:
    feed = Feed(kept=2)
    feed.put("heard")
    stream = server_sent(feed, None)
    assert b'"seq":1' in await anext(stream)
    for _ in range(4):
        feed.put("heard")
    feed.close()
    assert [block async for block in stream] == [
        b'data: {"seq":3,"type":"gap"}\n\n',
        b'id: 4\ndata: {"seq":4,"type":"heard"}\n\n',
        b'id: 5\ndata: {"seq":5,"type":"heard"}\n\n',
    ]
