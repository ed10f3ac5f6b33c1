"""`make bench`: our daemon beside a bare Pipecat quick-start, interleaved in one run, measured in the received audio.

Exits 1 when a median is worse than its ratio to bare allows.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "daemon"), str(ROOT / "tests")]

import httpx  # noqa: E402
from wire.webrtc_client import BLOCK, RATE, Page, load_wav, page  # noqa: E402

SPEECH = load_wav(ROOT / "tests" / "wire" / "please-run-all-the-tests.wav")
TURNS = 4
"""Spoken requests of one connection; every one but the first talks over the answer to the one before."""
CONTENT_HZ = (950.0, 1050.0)
AGENT_S = 3.0
LIMITS = {"first content": 1.0, "any sound, agent 3 s": 1.0, "barge-in": 1.0, "start to ready": 1.3}
STALL_MS, GAP_MS = 10.0, 40.0
NAMES = ("ours", "bare")


@dataclass
class Results:
    """Milliseconds by measure and contestant."""

    values: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, measure: str, name: str, ms: float) -> None:
        """One sample."""
        self.values[measure, name].append(ms)

    def table(self) -> str:
        """One line per measure and contestant, then the ratios."""
        lines = [f"{'':24}{'':6}{'n':>4}{'median':>9}{'p95':>9}{'max':>9}"]
        for measure in LIMITS:
            for name in NAMES:
                ms = sorted(self.values[measure, name])
                p95 = ms[min(len(ms) - 1, int(0.95 * len(ms)))]
                row = f"{measure:24}{name:6}{len(ms):4}{statistics.median(ms):9.0f}{p95:9.0f}{ms[-1]:9.0f}"
                lines.append(row)
            lines.append(f"{'':24}ratio of medians {self.ratio(measure):.2f} (at most {LIMITS[measure]})")
        return "\n".join(lines)

    def ratio(self, measure: str) -> float:
        """Ours by bare."""
        medians = [statistics.median(self.values[measure, name]) for name in NAMES]
        return medians[0] / medians[1]

    def failed(self) -> list[str]:
        """Measures whose ratio is too high."""
        return [measure for measure, limit in LIMITS.items() if self.ratio(measure) > limit]


class Server:
    """A contestant that runs."""

    ready_ms = 0.0

    def __init__(self, port: int) -> None:
        self._http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)

    async def offer(self, offer: dict[str, str]) -> dict[str, str]:
        """Signalling."""
        answer: dict[str, str] = await self.post("/offer", offer)
        return answer

    async def post(self, path: str, body: Mapping[str, object] | None = None) -> Any:
        """One of the switches; what it answers."""
        return (await self._http.post(path, json=body)).raise_for_status().json()

    async def answers(self) -> None:
        """Raises unless a request is answered."""
        (await self._http.get("/healthz")).raise_for_status()

    async def aclose(self) -> None:
        await self._http.aclose()


@asynccontextmanager
async def contestant(name: str) -> AsyncGenerator[Server, None]:
    """Start until a request is answered, models loaded, is measured; killed at the end."""
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", str(Path(__file__).with_name("server.py")), name, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = ""
    while not line.startswith("READY"):
        line = (await process.stdout.readline()).decode()
        if not line:
            raise SystemExit(f"{name} did not start")
    server = Server(int(line.split()[1]))
    try:
        await server.answers()
        server.ready_ms = (time.monotonic() - began) * 1000
        yield server
    finally:
        await server.aclose()
        process.kill()
        await process.wait()


async def spoken_turns(name: str, server: Server, results: Results) -> None:
    """Each request but the first is spoken over the answer to the one before."""
    async with page(server.offer) as it:
        await quiet(it, 0.8)
        talking = False
        for _ in range(TURNS):
            onset, end = it.microphone.say(SPEECH)
            began, ended = await onset, await end
            content = await it.heard.sound_after(ended, timeout_s=12, hertz=CONTENT_HZ)
            results.add("first content", name, (content - ended) * 1000)
            if talking:
                last = max(at for at, rms, _ in it.heard.blocks if began <= at <= ended and rms > 500)
                results.add("barge-in", name, (last - began) * 1000)
            await quiet(it, 1.0)
            talking = True


async def slow_agent(name: str, server: Server, results: Results) -> None:
    """Ours: any sound while the agent takes three seconds. Bare: its content without any delay."""
    await server.post("/delay", {"seconds": AGENT_S if name == "ours" else 0.0})
    for _ in range(2):
        async with page(server.offer) as it:
            await quiet(it, 0.8)
            ended = await it.microphone.say(SPEECH)[1]
            sound = await it.heard.sound_after(ended, timeout_s=12)
            results.add("any sound, agent 3 s", name, (sound - ended) * 1000)
    await server.post("/delay", {"seconds": 0.0})


async def flood(server: Server) -> tuple[float, float, float]:
    """While the agent prints 10 MB, milliseconds: loop stall, the same just before, the longest hole in the voice."""
    async with page(server.offer) as it:
        await quiet(it, 0.8)
        ended = await it.microphone.say(SPEECH)[1]
        content = await it.heard.sound_after(ended, timeout_s=12, hertz=CONTENT_HZ)
        told = await server.post("/flood")
        await it.heard.silence_after(content, timeout_s=30)
        speech = [(at, rms) for at, rms, _ in it.heard.blocks if content <= at <= content + 3.5]
        loud = [at for at, rms in speech if rms > 500]
        holes = [later - earlier for earlier, later in pairwise(loud)]
        return float(told["stall_ms"]), float(told["quiet_ms"]), (max(holes) - BLOCK / RATE) * 1000


async def quiet(it: Page, seconds: float) -> None:
    """Let the line be for a while; the length is part of the scene, not a wait for something."""
    await asyncio.sleep(seconds)


async def measure(rounds: int) -> int:
    """Everything, interleaved ABBA; prints and returns the exit code."""
    results = Results()
    stalls: list[tuple[float, float, float]] = []
    for number in range(rounds):
        for name in NAMES if number % 2 == 0 else NAMES[::-1]:
            async with contestant(name) as server:
                results.add("start to ready", name, server.ready_ms)
                await spoken_turns(name, server, results)
                await slow_agent(name, server, results)
                if name == "ours" and number < 2:
                    stalls.append(await flood(server))
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    print(
        "milliseconds, measured in the audio that a WebRTC peer received; every engine and the agent answer at once\n"
    )
    print(results.table())
    stall, before, gap = (max(column) for column in zip(*stalls, strict=True))
    print(
        f"\n10 MB of agent output: loop held {stall:.1f} ms (at most {STALL_MS:.0f}; without it {before:.1f}), ", end=""
    )
    print(f"longest hole in the voice {gap:.0f} ms (at most {GAP_MS:.0f})")
    for failed in results.failed():
        print(f"TOO SLOW: {failed}")
    return 1 if results.failed() else 0


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="server starts of each contestant (default 6)")
    sys.exit(asyncio.run(measure(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
