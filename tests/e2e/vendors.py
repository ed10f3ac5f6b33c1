"""A home whose cloud profile talks to loopback servers that speak the vendors' protocols."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from e2e.browser import Browser
from e2e.daemon import KEYS, House, RunningDaemon
from e2e.workshop import repository, spoken_to
from wire.cartesia_server import CartesiaServer
from wire.soniox_server import SonioxServer

CLOUD = ("--profile", "cloud", "--agent", "rehearsal")
SONIOX_KEY, CARTESIA_KEY = KEYS["SONIOX_API_KEY"], KEYS["CARTESIA_API_KEY"]


def house(home: Path, ears: SonioxServer, voice: CartesiaServer, **environ: str) -> House:
    """A home with a project, both keys and the addresses of both servers."""
    stages = {"stt": {"use": "soniox", "url": ears.url}, "tts": {"use": "cartesia", "url": voice.url}}
    settings = {"version": 1, "voice": {"secrets": {"gopass": False}, "profiles": {"cloud": stages}}}
    file = home / ".config" / "aidevops" / "voice.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(settings))
    made = House(home, {**KEYS, **environ})
    repository(made.project)
    return made


@asynccontextmanager
async def call(
    home: Path, ears: SonioxServer, voice: CartesiaServer, **environ: str
) -> AsyncGenerator[tuple[RunningDaemon, Browser], None]:
    """Both servers, the daemon and its page with the voice on; `environ` may hold other keys."""
    greeted = "CARTESIA_API_KEY" not in environ
    async with ears, voice, spoken_to(house(home, ears, voice, **environ), CLOUD, greeted=greeted) as (daemon, page):
        yield daemon, page


def spoken(voice: CartesiaServer) -> list[str]:
    """Everything that the vendor was asked to say, in order."""
    return ["".join(context.transcripts) for context in voice.contexts]


async def fate(daemon: RunningDaemon, text: str, times: int) -> list[str]:
    """What became of a spoken line, state by state, until it was said so often."""
    states: list[str] = []
    async with asyncio.timeout(20), daemon.client() as client, client.stream("GET", "/api/events") as events:
        async for line in events.aiter_lines():
            event = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if event.get("type") == "spoken" and event["text"] == text:
                states.append(event["state"])
            if states.count("said") == times:
                break
    return states
