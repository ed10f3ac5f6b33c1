"""`make bench`: our daemon beside a bare Pipecat quick-start, interleaved in one run, measured in the received audio.

Exits 1 when a median is worse than its ratio to bare allows, or a flood of agent output holds the loop or the voice.
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
from dataclasses import astuple, dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "daemon"), str(ROOT / "tests")]

import httpx  # noqa: E402
from bench.contestant import FLOODS, Flood  # noqa: E402
from e2e.daemon import EMBEDDED, House  # noqa: E402
from wire.webrtc_client import BLOCK, RATE, Page, load_wav, page  # noqa: E402

SPEECH = load_wav(ROOT / "tests" / "audio" / "please-run-all-the-tests.wav")
TURNS = 4
"""Spoken requests of one connection; every one but the first talks over the answer to the one before."""
CONTENT_HZ = (950.0, 1050.0)
AGENT_S = 3.0
START, DAEMON_START = "start, pieces", "start, whole daemon"
LIMITS = {"first content": 1.0, "any sound, agent 3 s": 1.0, "barge-in": 1.0, START: 1.3, DAEMON_START: 1.3}
"""Measures and the ratio to bare that is allowed.

The pieces are conversation and cascade with engines that need no loading. The whole daemon is `aidevops-voice start`
with the embedded profile and the rehearsal agent until it returns, speech warm; bare is the same as above.
"""
STALL_MS, GAP_MS = 10.0, 40.0
NAMES = ("ours", "bare")
FLOODED_ROUNDS = 2


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

    async def read_events(self) -> None:
        """As an open page does; until cancelled."""
        async with self._http.stream("GET", "/events", timeout=None) as answer:
            async for _ in answer.aiter_raw():
                pass

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


@dataclass(frozen=True)
class Held:
    """Milliseconds while the agent printed 10 MB, and just before it."""

    stall: float
    stall_before: float
    work: float
    """Of the stall, what the loop did itself."""
    work_before: float
    gap: float
    gap_before: float


async def floods(server: Server) -> dict[Flood, Held]:
    """Each kind during a call and an answer, with a page that reads the events."""
    reader = asyncio.create_task(server.read_events())
    try:
        return {kind: await flood(server, kind) for kind in FLOODS}
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)


async def flood(server: Server, kind: Flood) -> Held:
    """The same answer twice, the second time with a flood behind it."""
    gaps, told = [], {"flooded": (0.0, 0.0), "before": (0.0, 0.0)}
    async with page(server.offer) as it:
        await quiet(it, 0.8)
        for flooded in (False, True):
            ended = await it.microphone.say(SPEECH)[1]
            content = await it.heard.sound_after(ended, timeout_s=12, hertz=CONTENT_HZ)
            if flooded:
                told = await server.post("/flood", {"kind": kind})
            await quiet(it, max(0.0, content + 3.5 - time.monotonic()))
            loud = [at for at, rms, _ in it.heard.blocks if content <= at <= content + 3.5 and rms > 500]
            gaps.append((max(later - earlier for earlier, later in pairwise(loud)) - BLOCK / RATE) * 1000)
            await server.post("/hush")
            await it.heard.silence_after(content, timeout_s=30)
    (stall, work), (stall_before, work_before) = told["flooded"], told["before"]
    return Held(stall, stall_before, work, work_before, gaps[1], gaps[0])


async def daemon_start(results: Results) -> None:
    """The command as a user gives it."""
    with TemporaryDirectory(prefix="voice-bench-") as home:
        house = House(Path(home))
        began = time.monotonic()
        started = await house.run("start", *EMBEDDED, "--port", "0", "--no-open", "--offline", "--json")
        results.add(DAEMON_START, "ours", (time.monotonic() - began) * 1000)
        await house.run("stop")
        if started.code or started.json["degraded"]:
            raise SystemExit(f"the daemon did not start well: {started.out} {started.err}")


async def quiet(it: Page, seconds: float) -> None:
    """Let the line be for a while; the length is part of the scene, not a wait for something."""
    await asyncio.sleep(seconds)


async def measure(rounds: int) -> int:
    """Everything, interleaved ABBA; prints and returns the exit code."""
    results = Results()
    held: dict[Flood, list[Held]] = {kind: [] for kind in FLOODS}
    for number in range(rounds):
        for name in NAMES if number % 2 == 0 else NAMES[::-1]:
            async with contestant(name) as server:
                results.add(START, name, server.ready_ms)
                if name == "bare":
                    results.add(DAEMON_START, name, server.ready_ms)
                await spoken_turns(name, server, results)
                await slow_agent(name, server, results)
                if name == "ours" and number < FLOODED_ROUNDS:
                    for kind, one in (await floods(server)).items():
                        held[kind].append(one)
            if name == "ours":
                await daemon_start(results)
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return report(results, held)


def report(results: Results, held: Mapping[Flood, list[Held]]) -> int:
    """Print; the exit code."""
    print(
        "milliseconds, measured in the audio that a WebRTC peer received; every engine and the agent answer at once\n"
    )
    print(results.table())
    print(f"\n{'10 MB of agent output':24}{'loop held':>18}{'by its own work':>18}{'hole in the voice':>20}")
    failed = results.failed()
    for kind, each in held.items():
        worst = Held(*(max(column) for column in zip(*map(astuple, each), strict=True)))
        stall, work = f"{worst.stall:.0f} ({worst.stall_before:.0f})", f"{worst.work:.1f} ({worst.work_before:.1f})"
        print(f"{kind:24}{stall:>18}{work:>18}{f'{worst.gap:.0f} ({worst.gap_before:.0f})':>20}")
        # What happens without a flood as well, is not of the flood.
        if worst.work > max(STALL_MS, worst.work_before) or worst.gap > max(GAP_MS, worst.gap_before):
            failed.append(kind)
    print(f"{'at most (without flood)':42}{STALL_MS:18.0f}{GAP_MS:20.0f}")
    for name in failed:
        print(f"TOO SLOW: {name}")
    return 1 if failed else 0


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="server starts of each contestant (default 6)")
    sys.exit(asyncio.run(measure(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
