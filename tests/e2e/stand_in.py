"""The stand-in daemon as a process, and the built page in a real Chromium that talks to it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
from e2e.browser import chromium as program
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

ROOT = Path(__file__).parents[2]
_FLAGS = ["--disable-gpu", "--disable-background-networking", "--use-fake-device-for-media-stream"]


class StandIn:
    """The stand-in daemon as a process, and its remote control."""

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self.url = url
        self._client = client

    async def put(self, *events: dict[str, Any]) -> None:
        """Add events to the feed."""
        (await self._client.post("/dev/put", json=list(events))).raise_for_status()

    async def rtvi(self, kind: str) -> None:
        """Tell the page something over WebRTC."""
        (await self._client.post("/dev/rtvi", json={"type": kind})).raise_for_status()

    async def restart(self) -> None:
        """Become another boot."""
        (await self._client.post("/dev/restart")).raise_for_status()

    async def refuse(self, **paths: int) -> None:
        """Answer these API verbs with an error status."""
        refused = {f"/api/{verb}": status for verb, status in paths.items()}
        (await self._client.post("/dev/refuse", json=refused)).raise_for_status()

    async def look(self) -> dict[str, Any]:
        """What came from the page."""
        found: dict[str, Any] = (await self._client.get("/dev/posts")).json()
        return found

    async def posted(self, count: int) -> list[dict[str, Any]]:
        """What the page posted, once it is this many."""
        found = await self._client.get("/dev/posts", params={"count": count})
        return list(found.json()["posts"])

    async def hears(self, seconds: float) -> None:
        """Wait until this much of the page's microphone arrived."""
        (await self._client.get("/dev/posts", params={"heard_s": seconds})).raise_for_status()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answers(client: httpx.AsyncClient) -> None:
    """Wait until the stand-in serves."""
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(httpx.TransportError):
                (await client.get("/healthz")).raise_for_status()
                return
            await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def standing_in() -> AsyncGenerator[StandIn]:
    """A fresh stand-in; the page must have been built."""
    assert (ROOT / "daemon/aidevops_voice/static/index.html").is_file(), "build the page first: make client"
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, ROOT / "client/dev/stand_in.py", str(port))
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=15) as client:
            await answers(client)
            yield StandIn(f"http://127.0.0.1:{port}", client)
    finally:
        process.terminate()
        await process.wait()


@contextlib.asynccontextmanager
async def chromium(*flags: str) -> AsyncGenerator[Browser]:
    """Chromium of the system, else Playwright's own; as root it runs without its sandbox."""
    arguments = [*_FLAGS, *flags, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program() or None, args=arguments)
        try:
            yield browser
        finally:
            await browser.close()


@contextlib.asynccontextmanager
async def logged_in(context: BrowserContext, stand_in: StandIn) -> AsyncGenerator[Page]:
    """The page with its link followed; errors in it fail the test, and so does any request to elsewhere."""
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if not is_ours(request.url, stand_in.url) else None)
    await page.goto(f"{stand_in.url}/#ticket=good")
    await expect(page.get_by_test_id("connection")).to_have_text("Connected")
    yield page
    assert wrong == []


def is_ours(address: str, own: str) -> bool:
    """Whether a request stays on the machine."""
    return address.startswith((own, "data:", "blob:"))


async def word(page: Page, expected: str) -> None:
    """Wait for the state of the microphone."""
    await expect(page.locator("body")).to_have_attribute("data-voice", expected, timeout=15_000)


async def listen(page: Page) -> None:
    """Turn the voice on."""
    await page.get_by_test_id("mic-button").click()
    await word(page, "listening")
