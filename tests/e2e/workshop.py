"""What the end-to-end tests share: a home whose OpenCode talks to a scripted model, and what the page shows."""

from __future__ import annotations

import asyncio
import os
import subprocess
import wave
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from e2e.browser import Browser, browser
from e2e.daemon import House, RunningDaemon, running
from opencode_binary import isolated_environment, opencode_binary
from playwright.async_api import expect
from wire.scripted_model import ScriptedModel

AUDIO = Path(__file__).resolve().parents[1] / "audio"
OPENCODE = ("--profile", "embedded", "--agent", "opencode", "--offline")
REHEARSAL = ("--profile", "embedded", "--agent", "rehearsal")
PATIENT_MS = 30_000
_LIMIT = {"context": 100_000, "output": 8000}


def sound(target: Path, samples: bytes, rate: int) -> Path:
    """A WAV of 16 bit mono that ends in a second of silence."""
    with wave.open(str(target), "wb") as sink:
        sink.setparams((1, 2, rate, 0, "NONE", "not compressed"))
        sink.writeframes(samples + bytes(2 * rate))
    return target


def grunt(target: Path, seconds: float = 0.7) -> Path:
    """A piece of a voice without a word in it; much shorter ones are no voice for the detector."""
    with wave.open(str(AUDIO / "please-run-all-the-tests.wav")) as source:
        rate = source.getframerate()
        source.readframes(int(0.1 * rate))
        return sound(target, source.readframes(int(seconds * rate)), rate)


def repository(folder: Path) -> Path:
    """A small git project."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "notes.txt").write_text("first line\n")
    (folder / "README.md").write_text("# A small project\n\nIt has notes.\n")
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "Begin"]):
        identity = ["-c", "user.email=a@example.com", "-c", "user.name=A"]
        subprocess.run(["git", *identity, *words], cwd=folder, check=True)
    return folder


def house_with_opencode(home: Path, model: ScriptedModel) -> House:
    """A home in which `opencode` is on PATH and its only model is the scripted one."""
    config = {
        "model": "scripted/scripted",
        "small_model": "scripted/scripted",
        "autoupdate": False,
        "share": "disabled",
        "enabled_providers": ["scripted"],
        "provider": {
            "scripted": {
                "npm": "@ai-sdk/openai-compatible",
                "name": "Scripted",
                "options": {"baseURL": model.base_url, "apiKey": "none"},
                "models": {"scripted": {"name": "Scripted", "tool_call": True, "limit": _LIMIT}},
            }
        },
    }
    path = f"{Path(opencode_binary()).parent}{os.pathsep}{os.environ['PATH']}"
    house = House(home, {**isolated_environment(home, config), "PATH": path})
    repository(house.project)
    return house


@asynccontextmanager
async def spoken_to(
    house: House, flags: tuple[str, ...], microphone: Path | None = None, *, greeted: bool = True
) -> AsyncGenerator[tuple[RunningDaemon, Browser]]:
    """A running daemon and its page with the voice on, the agent ready, and the greeting over where it can be heard."""
    async with running(house, flags) as daemon:
        await daemon.until(agent_state="idle")
        async with browser(microphone) as page:
            await page.open(await daemon.login_url())
            await page.start_voice()
            if greeted and microphone is None:
                await said(page, "Connected to")
            yield daemon, page


async def type_in(page: Browser, text: str) -> None:
    """Send a request through the text box."""
    await page.part("text-box").fill(text)
    await page.part("text-box").press("Enter")


async def allow(page: Browser) -> None:
    """Click the card's first button, once it takes clicks."""
    await page.part("allow-once").first.click(timeout=PATIENT_MS)


async def told(page: Browser, text: str) -> None:
    """Wait until this line was spoken, or is marked as not heard."""
    await expect(page.part("spoken").filter(has_text=text).first).to_be_visible(timeout=PATIENT_MS)


def commands_alive(part: str) -> list[str]:
    """Command lines of living processes that contain this."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) != os.getpid():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if part in line:
                found.append(line)
    return found


async def said(page: Browser, text: str, times: int = 1) -> None:
    """Wait until this line was played to its end, so often."""
    lines = page.lines("said").filter(has_text=text)
    try:
        await expect(lines).to_have_count(times, timeout=PATIENT_MS)
    except AssertionError:
        raise AssertionError(await page.part("conversation").inner_text()) from None


async def until(seen: Callable[[], object]) -> None:
    """Wait for something outside of the page and the daemon."""
    async with asyncio.timeout(PATIENT_MS / 1000):
        while not seen():  # noqa: ASYNC110 - the process table sends no events
            await asyncio.sleep(0.05)
