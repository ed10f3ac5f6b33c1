"""A stand-in for the daemon, to try the page alone: `python client/dev/stand_in.py [PORT]`, then open the printed link.

It serves the built page and speaks the daemon's HTTP, events and WebRTC; `/dev/*` is its remote control:
`POST /dev/put` adds events, `POST /dev/rtvi` tells the page over WebRTC, `POST /dev/restart` is another boot,
`GET /dev/posts?count=N&heard_s=S` waits for that much and tells what the page posted.
"""

from __future__ import annotations

import asyncio
import contextlib
import fractions
import json
import sys
import uuid
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
from aiortc import MediaStreamTrack, RTCDataChannel, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame
from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse

STATIC = Path(__file__).parents[2] / "daemon" / "aidevops_voice" / "static"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
RATE = 48_000
CHUNK = RATE // 50


class Tone(MediaStreamTrack):
    """A quiet 440 Hz tone in 20 ms frames."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self._sent = 0
        self._began = asyncio.get_running_loop().time()

    async def recv(self) -> AudioFrame:
        """The next frame, in real time."""
        due = self._began + self._sent / RATE
        await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
        times = np.arange(self._sent, self._sent + CHUNK) / RATE
        samples = (np.sin(2 * np.pi * 440 * times) * 3000).astype(np.int16)
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._sent, fractions.Fraction(1, RATE)
        self._sent += CHUNK
        return frame


class Stage:
    """Everything the stand-in remembers."""

    def __init__(self) -> None:
        self.boot = uuid.uuid4().hex
        self.events: list[dict[str, Any]] = []
        self.posts: list[dict[str, Any]] = []
        self.status: dict[str, Any] = {"state": "ready"}
        self.news = asyncio.Event()
        self.peers: list[RTCPeerConnection] = []
        self.channels: list[RTCDataChannel] = []
        self.refuse: dict[str, int] = {}
        self.heard_s = 0.0

    def put(self, event: dict[str, Any]) -> None:
        """Number an event and tell the readers."""
        self.events.append({"seq": len(self.events) + 1, **event})
        if event["type"] == "state":
            self.status = {key: value for key, value in event.items() if key != "type"}
        self.wake()

    def wake(self) -> None:
        """Let every reader look again."""
        news, self.news = self.news, asyncio.Event()
        news.set()

    async def restart(self) -> None:
        """Another boot: no events, no calls."""
        self.boot, self.events = uuid.uuid4().hex, []
        peers, self.peers, self.channels = self.peers, [], []
        await asyncio.gather(*(peer.close() for peer in peers))
        self.wake()

    def tell(self, message: dict[str, Any]) -> None:
        """Send an RTVI message to every call."""
        for channel in self.channels:
            if channel.readyState == "open":
                channel.send(json.dumps({"label": "rtvi-ai", "id": uuid.uuid4().hex[:8], **message}))


def sse(event: dict[str, Any]) -> str:
    """One frame of the event stream."""
    return f"id: {event['seq']}\ndata: {json.dumps(event)}\n\n"


async def frames(stage: Stage, after: int) -> AsyncGenerator[str, None]:
    """What is kept, then what comes, until another boot."""
    boot = stage.boot
    while boot == stage.boot:
        news = stage.news
        for event in stage.events[after:]:
            after += 1
            yield sse(event)
        await news.wait()


async def answer(stage: Stage, offer: dict[str, Any]) -> dict[str, str]:
    """Answer an offer with a tone, and be ready when the page is."""
    peer = RTCPeerConnection()
    stage.peers.append(peer)

    @peer.on("datachannel")
    def opened(channel: RTCDataChannel) -> None:
        stage.channels.append(channel)

        @channel.on("message")
        def told(message: str) -> None:
            if '"client-ready"' in message:
                stage.tell({"type": "bot-ready", "data": {"version": "2.2.0"}})

    @peer.on("track")
    async def heard(track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):
            while track.kind == "audio":
                await track.recv()
                stage.heard_s += 0.02
                stage.wake()

    await peer.setRemoteDescription(RTCSessionDescription(offer["sdp"], offer["type"]))
    for transceiver in peer.getTransceivers():
        if transceiver.kind == "audio":
            transceiver.sender.replaceTrack(Tone())
            transceiver.direction = "sendrecv"
    await peer.setLocalDescription(await peer.createAnswer())
    local = peer.localDescription
    return {"sdp": local.sdp, "type": local.type, "pc_id": uuid.uuid4().hex}


def controls(app: FastAPI, stage: Stage) -> None:
    """The remote control of tests."""

    @app.post("/dev/put")
    async def put(request: Request) -> None:
        for event in await request.json():
            stage.put(event)

    @app.post("/dev/rtvi")
    async def rtvi(request: Request) -> None:
        stage.tell(await request.json())

    @app.post("/dev/restart")
    async def restart() -> None:
        await stage.restart()

    @app.post("/dev/refuse")
    async def refuse(request: Request) -> None:
        stage.refuse = await request.json()

    @app.get("/dev/posts")
    async def posts(count: int = 0, heard_s: float = 0.0) -> dict[str, Any]:
        while len(stage.posts) < count or stage.heard_s < heard_s:
            await stage.news.wait()
        return {"posts": stage.posts, "peers": len(stage.peers), "heard_s": stage.heard_s}


def surface(app: FastAPI, stage: Stage) -> None:
    """The daemon's own routes."""

    @app.middleware("http")
    async def guard(request: Request, forward: Any) -> Response:
        path = request.url.path
        closed = path.startswith("/api/") and path != "/api/login" and "login" not in request.cookies
        if closed or path in stage.refuse:
            told = {"code": "stand-in", "message": f"Refused {path}.", "cure": "Try again."}
            return JSONResponse(told, 401 if closed else stage.refuse[path])
        response: Response = await forward(request)
        response.headers["Content-Security-Policy"] = CSP
        return response

    @app.get("/healthz")
    async def health() -> dict[str, Any]:
        return {"ok": True, "boot_id": stage.boot, "version": "0"}

    @app.post("/api/login")
    async def login(request: Request) -> Response:
        told = await request.json()
        reply = Response(status_code=204 if told["ticket"] == "good" else 401)
        if reply.status_code == 204:
            reply.set_cookie("login", "yes", httponly=True, samesite="strict")
        return reply

    @app.get("/api/status")
    async def status() -> dict[str, Any]:
        return stage.status

    @app.get("/api/events")
    async def events(request: Request) -> Response:
        after = int(request.headers.get("last-event-id", "0"))
        return StreamingResponse(frames(stage, after), media_type="text/event-stream")

    @app.api_route("/api/offer", methods=["POST", "PATCH"])
    async def offer(request: Request) -> Any:
        assert request.headers["x-aidevops-voice"] == "1"
        return await answer(stage, await request.json()) if request.method == "POST" else {}

    @app.post("/api/{verb}")
    async def verb(verb: str, request: Request) -> Response:
        assert request.headers["x-aidevops-voice"] == "1"
        stage.posts.append({"verb": verb, **(await request.json())})
        stage.wake()
        return JSONResponse({}, 202)

    @app.get("/{path:path}")
    async def page(path: str) -> Response:
        file = (STATIC / (path or "index.html")).resolve()
        return FileResponse(file) if file.is_relative_to(STATIC) and file.is_file() else Response(status_code=404)


def main() -> None:
    """Serve on loopback until interrupted."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 7800
    app, stage = FastAPI(), Stage()
    controls(app, stage)
    surface(app, stage)
    print(f"http://127.0.0.1:{port}/#ticket=good", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main()
