"""A real Chromium on the real page: a microphone that plays WAVs, and ears on the remote audio track."""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import struct
import wave
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Page, async_playwright, expect

LOUD = 0.01
"""RMS above which the bot is heard."""
_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]
_MICROPHONE = """
(() => {
  let context, sink;
  const ready = () => {
    if (!context) {
      context = new AudioContext({ sampleRate: 48000 });
      sink = context.createMediaStreamDestination();
      const silence = context.createConstantSource();  // a real microphone never pauses, a sink without a source does
      silence.offset.value = 0;
      silence.connect(sink);
      silence.start();
    }
    return context.resume();
  };
  navigator.mediaDevices.getUserMedia = async () => {
    await ready();
    return new MediaStream(sink.stream.getAudioTracks().map((track) => track.clone()));
  };
  window.__say = async (encoded) => {
    await ready();
    const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes.buffer);
    source.connect(sink);
    await new Promise((done) => { source.onended = done; source.start(); });
    return performance.now();
  };
})();
"""
_EARS = """
(() => {
  const calls = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...options) { super(...options); calls.push(this); }
  };
  window.__heard = [];
  let following = null;
  setInterval(() => {
    const stream = document.querySelector('[data-testid="bot-audio"]')?.srcObject;
    const track = stream?.getAudioTracks?.()[0];
    if (!track || track === following?.track) return;
    following?.context.close();
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const rms = Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
      window.__heard.push([performance.now(), rms]);
      if (window.__heard.length > 20000) window.__heard.splice(0, 10000);
    }, 20);
    following = { track, context, timer };
  }, 50);
  let recorder, pieces;
  window.__record = () => {
    if (!following) return false;
    for (const receiver of calls.flatMap((call) => call.getReceivers())) receiver.jitterBufferTarget = 1000;
    pieces = [];
    recorder = new MediaRecorder(new MediaStream([following.track]));
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.start();
    return true;
  };
  window.__recorded = async () => {
    await new Promise((done) => { recorder.onstop = done; recorder.stop(); });
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
})();
"""

MICROPHONE_AND_EARS = _MICROPHONE + _EARS


def chromium() -> str:
    """The program: Debian's or Google's where there is one, else Playwright's own download (empty)."""
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    return ""


@dataclass
class Browser:
    """One page with the daemon's client in it."""

    page: Page
    console: list[str] = field(default_factory=list)

    def part(self, name: str) -> Any:
        """The element with this test id."""
        return self.page.get_by_test_id(name)

    def lines(self, state: str) -> Any:
        """Spoken lines of which this became: said, cut, dropped, unvoiced."""
        return self.page.locator(f'[data-testid="spoken"][data-state="{state}"]')

    async def open(self, login_url: str) -> None:
        """Follow a login link and wait until the page is signed in."""
        await self.page.goto(login_url)
        await expect(self.page.locator("body[data-boot]")).to_be_attached(timeout=10_000)

    async def start_voice(self) -> None:
        """Press the button and wait until the bot listens."""
        await self.part("mic-button").click()
        await expect(self.page.locator('body[data-voice="listening"]')).to_be_attached(timeout=20_000)

    async def say(self, wav: Path) -> float:
        """Play a WAV into the microphone; returns the page's time at its end, ms."""
        encoded = base64.b64encode(await asyncio.to_thread(wav.read_bytes)).decode()
        return float(await self.page.evaluate("(wav) => window.__say(wav)", encoded))

    async def now(self) -> float:
        """The page's clock, ms."""
        return float(await self.page.evaluate("() => performance.now()"))

    async def heard_after(self, since_ms: float, timeout_ms: float = 20_000) -> float:
        """Time of the first loud moment on the remote track after `since_ms`, ms."""
        script = f"(since) => window.__heard.find(([at, rms]) => at > since && rms > {LOUD})?.[0] || false"
        handle = await self.page.wait_for_function(script, arg=since_ms, timeout=timeout_ms)
        return float(await handle.json_value())

    async def record(self) -> None:
        """Keep what the remote track plays from now on, a second late: a busy machine shall leave no gaps in it."""
        await self.page.wait_for_function("() => window.__record()")

    async def recorded(self) -> bytes:
        """What was kept, as a WebM file."""
        return base64.b64decode(await self.page.evaluate("() => window.__recorded()"))

    async def silent_for(self, ms: float = 600, timeout_ms: float = 30_000) -> None:
        """Wait until the remote track was silent for so long."""
        script = (
            f"(ms) => {{ const now = performance.now(); const recent = window.__heard.filter(([at]) => at > now - ms);"
            f" return recent.length > ms / 40 && recent.every(([, rms]) => rms <= {LOUD}); }}"
        )
        await self.page.wait_for_function(script, arg=ms, timeout=timeout_ms)


@asynccontextmanager
async def browser(microphone: Path | None = None, **context: Any) -> AsyncGenerator[Browser, None]:
    """A fresh Chromium; with `microphone` its fake capture device plays that WAV once, else `say` plays WAVs."""
    flags = [*_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    if microphone:
        flags.append(f"--use-file-for-fake-audio-capture={microphone}%noloop")
    async with async_playwright() as playwright:
        program = await playwright.chromium.launch(executable_path=chromium() or None, args=flags)
        tab = await program.new_context(viewport={"width": 1200, "height": 800}, permissions=["microphone"], **context)
        page = await tab.new_page()
        opened = Browser(page)
        page.on("console", lambda message: opened.console.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: opened.console.append(f"error: {error}"))
        await page.add_init_script(_EARS if microphone else MICROPHONE_AND_EARS)
        try:
            yield opened
        finally:
            await program.close()


def padded(wav: Path, target: Path, before_s: float, after_s: float) -> Path:
    """A copy with silence around it, for the fake capture device."""
    with wave.open(str(wav)) as source:
        rate, frames = source.getframerate(), source.readframes(source.getnframes())
    with wave.open(str(target), "wb") as sink:
        sink.setparams((1, 2, rate, 0, "NONE", "not compressed"))
        silence = struct.pack("<h", 0)
        sink.writeframes(silence * int(before_s * rate) + frames + silence * int(after_s * rate))
    return target
