"""What a page was really sent as sound, beside what the daemon says that it spoke."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from typing import Any

from audio_match import decoded, matches, rendered, variants
from e2e.browser import Browser
from e2e.daemon import RunningDaemon
from e2e.workshop import PATIENT_MS
from playwright.async_api import expect

Event = dict[str, Any]
_OTHERS = ("I am still working.", "The tests pass.", "Nothing was changed.", "One test fails.", "What shall I do?")
_TOOL = ("session", "turn", "call", "tool", "title", "command", "path", "child")


async def all_said(page: Browser) -> None:
    """Wait until something was spoken, and nothing more is or waits to be."""
    unsaid = page.page.locator('[data-testid="spoken"]:is([data-state="queued"], [data-state="begun"])')
    await expect(page.part("spoken").first).to_be_visible(timeout=PATIENT_MS)
    await expect(unsaid).to_have_count(0, timeout=PATIENT_MS)
    await page.silent_for(1600)  # a recorded track plays a second late


async def feed(daemon: RunningDaemon, enough: Callable[[list[Event]], bool]) -> list[Event]:
    """Everything that the page was told, once it is enough."""
    events: list[Event] = []
    patient = asyncio.timeout(PATIENT_MS / 1000)
    async with patient, daemon.client() as client, client.stream("GET", "/api/events") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                events.append(json.loads(line.removeprefix("data:")))
                if enough(events):
                    break
    return events


def spoken(events: Iterable[Event], state: str = "said") -> list[Event]:
    """Lines of which this became, in that order."""
    return [event for event in events if event["type"] == "spoken" and event["state"] == state]


async def heard_word_for_word(page: Browser, said: list[str]) -> None:
    """The recording is these sentences in this order, each told from its like, and nothing else."""
    recording = decoded(await page.recorded())
    candidates = dict.fromkeys([*said, *_OTHERS, *(other for sentence in said for other in variants(sentence))])
    assert len(candidates) >= 10 + len(said)
    found = await asyncio.to_thread(matches, recording, said, await rendered(candidates))
    assert all(match.right for match in found), found


def as_agent_events(events: Iterable[Event]) -> str:
    """What the page was told of the agent, as lines for `narrate --events`."""
    texts: dict[str, str] = {}
    return "\n".join(json.dumps(line) for event in events for line in _agent_event(event, texts))


def _agent_event(event: Event, texts: dict[str, str]) -> list[Event]:
    match event:
        case {"type": "agent", "what": "text", "part": part, "text": text, "done": done}:
            texts[part] = texts.get(part, "") + text
            piece = {**_of(event, "session", "turn", "part"), "type": "text", "delta": text}
            ended = {**_of(event, "session", "turn", "part"), "type": "text_ended", "text": texts[part]}
            return [piece, ended] if done else [piece]
        case {"type": "agent", "what": "tool", "state": "running"}:
            return [{**_of(event, *_TOOL), "type": "tool_started"}]
        case {"type": "agent", "what": "tool", "state": "done" | "failed" as state}:
            rest = _of(event, *_TOOL, "output", "exit_code", "seconds", "files")
            return [{**rest, "type": "tool_finished", "ok": state == "done"}]
        case {"type": "turn", "state": "running"}:
            return [{**_of(event, "session", "text", "ours"), "type": "turn_started", "turn": event["id"]}]
        case {"type": "turn", "state": "done" | "failed" | "stopped" as state}:
            return [{"type": "turn_ended", "outcome": state}]
        case {"type": "ask" | "ask_closed"}:
            return [{name: value for name, value in event.items() if name not in ("seq", "title")}]
        case _:
            return []


def _of(event: Event, *names: str) -> Event:
    return {name: event[name] for name in names}
