"""One contestant in a process of its own: `server.py ours|bare`; prints READY and its port, serves until killed."""

from __future__ import annotations

import asyncio
import importlib
import socket
import sys
import time
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "daemon"), str(ROOT / "tests")]

import uvicorn  # noqa: E402
from bench.contestant import Contestant, Flood  # noqa: E402
from fastapi import FastAPI, Response  # noqa: E402
from fastapi.responses import StreamingResponse  # noqa: E402
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection  # noqa: E402

LOOK_S = 0.5
"""The loop is watched for as long without the flood, and after it."""
_TICK_S = 0.005


class Stall:
    """The longest time that the event loop was held, and the longest that it held itself; milliseconds.

    The first also counts what other programs and threads take away, so it says little on a busy machine.
    """

    def __init__(self) -> None:
        self._held = self._work = 0.0

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            began, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(_TICK_S)
            late = (time.perf_counter() - began - _TICK_S) * 1000
            self._held = max(self._held, late)
            self._work = max(self._work, min(late, (time.thread_time() - worked) * 1000))

    def take(self) -> tuple[float, float]:
        """Read both and start anew."""
        held, work, self._held, self._work = self._held, self._work, 0.0, 0.0
        return held, work


def application(contestant: Contestant, stall: Stall) -> FastAPI:
    """Offers and the switches of the harness."""
    app = FastAPI()

    @app.get("/healthz")
    async def healthz() -> dict[str, bool]:
        return {"ok": True}

    @app.post("/offer")
    async def offer(body: dict[str, str]) -> dict[str, str]:
        connection = SmallWebRTCConnection(ice_servers=[])
        await connection.initialize(body["sdp"], body["type"])
        await contestant.connect(connection)
        answer: dict[str, str] = connection.get_answer()
        return answer

    @app.post("/delay")
    async def delay(body: dict[str, float]) -> None:
        contestant.delay_s = body["seconds"]

    @app.post("/flood")
    async def flood(body: dict[Literal["kind"], Flood]) -> dict[str, tuple[float, float]]:
        contestant.prepare(body["kind"])
        stall.take()
        await asyncio.sleep(LOOK_S)
        before = stall.take()
        await contestant.flood()
        await asyncio.sleep(LOOK_S)
        return {"flooded": stall.take(), "before": before}

    @app.post("/hush")
    async def hush() -> None:
        contestant.hush()

    @app.get("/events")
    async def events() -> Response:
        return StreamingResponse(contestant.events(), media_type="text/event-stream")

    return app


async def main(name: str) -> None:
    """Serve until killed."""
    contestant: Contestant = importlib.import_module(f"bench.{name}").CONTESTANT()
    stall = Stall()
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(contestant, stall), log_level="error", lifespan="off"))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(contestant.run())
        await contestant.warm()
        tasks.create_task(server.serve([listening]))
        tasks.create_task(stall.watch())
        print("READY", listening.getsockname()[1], flush=True)


if __name__ == "__main__":
    from loguru import logger

    logger.remove()
    asyncio.run(main(sys.argv[1]))
