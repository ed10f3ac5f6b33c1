"""What the feed keeps, and what its readers get."""

from __future__ import annotations

import asyncio

from hypothesis import given, strategies as st

from aidevops_voice.feed import Feed


def seqs(feed: Feed, after: int = 0) -> list[int]:
    return [event["seq"] for event in feed.after(after)]


def test_the_oldest_events_fall_out_by_number() -> None:
    feed = Feed(kept=3)
    for _ in range(5):
        feed.put("heard")
    assert (seqs(feed), feed.seq) == ([3, 4, 5], 5)


def test_the_oldest_events_fall_out_by_size() -> None:
    feed = Feed(kept_characters=100)
    for _ in range(4):
        feed.put("agent", text="x" * 35)
    assert seqs(feed) == [3, 4]


def test_nested_texts_count() -> None:
    feed = Feed(kept_characters=100)
    feed.put("agent", files=[{"diff": "x" * 60}], items=("y" * 30,))
    feed.put("agent", text="z" * 30)
    assert seqs(feed) == [2]


def test_the_newest_event_stays_whatever_its_size() -> None:
    feed = Feed(kept_characters=10)
    feed.put("heard")
    feed.put("agent", text="x" * 1000)
    assert seqs(feed) == [2]


@given(kept=st.integers(1, 6), count=st.integers(0, 12), after=st.integers(-2, 14))
def test_after_gives_what_is_kept_and_newer(kept: int, count: int, after: int) -> None:
    feed = Feed(kept)
    for _ in range(count):
        feed.put("heard")
    assert seqs(feed, after) == [seq for seq in range(max(1, count - kept + 1), count + 1) if seq > after]


async def test_a_reader_gets_old_and_new_events_until_the_end() -> None:
    feed, found = Feed(), list[int]()
    feed.put("heard")
    feed.put("heard")
    async with asyncio.timeout(5):
        async for event in feed.read(after=1):
            found.append(event["seq"])
            if len(found) == 1:
                feed.put("heard")
            elif len(found) == 2:
                asyncio.get_running_loop().call_soon(feed.put, "heard")
            elif len(found) == 3:
                feed.put("heard")
                feed.close()
    assert found == [2, 3, 4, 5]


async def test_a_slow_reader_does_not_hold_what_fell_out() -> None:
    feed = Feed(kept=2)
    for _ in range(2):
        feed.put("heard")
    reader = feed.read()
    first = await anext(reader)
    for _ in range(4):
        feed.put("heard")
    feed.close()
    assert [first["seq"], *[event["seq"] async for event in reader]] == [1, 5, 6]


async def test_readers_do_not_take_from_each_other() -> None:
    feed, found = Feed(), list[list[int]]()

    async def read() -> None:
        found.append([event["seq"] async for event in feed.read()])

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(read())
        tasks.create_task(read())
        feed.put("heard")
        await asyncio.sleep(0)
        feed.put("heard")
        feed.close()
    assert found == [[1, 2], [1, 2]]
