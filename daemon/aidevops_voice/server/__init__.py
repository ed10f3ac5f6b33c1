"""The HTTP surface: routes behind the guard, the page, and errors in their one form."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator
from typing import Any

import h11
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from aidevops_voice import paths
from aidevops_voice.errors import BadRequest, PageNotBuilt, VoiceError
from aidevops_voice.server.routes import Desk, add_routes
from aidevops_voice.server.security import Guard, error_response

REQUEST_S = 10.0
"""In which a request has to arrive; a slow one is given up after twice as long at most."""

_LOG = logging.getLogger(__name__)

_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>aidevops voice</title>
<h1>The page is not built</h1><p>The daemon runs, but its page was not built into it.
<p>In the checkout run <code>make client</code> and load this page again. Until then:
<code>aidevops-voice ask "what changed"</code></html>"""


def create_app(desk: Desk) -> ASGIApp:
    """The whole surface of one daemon; nothing in it is reached but through the guard."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    add_routes(app, desk)
    _add_page(app, desk)
    _add_errors(app)
    return Guard(app, desk.tickets, desk.url, desk.port)


def routes_of(guarded: ASGIApp) -> list[Any]:
    """The route table behind the guard."""
    assert isinstance(guarded, Guard)
    app = guarded.app
    assert isinstance(app, FastAPI)
    return list(app.routes)


def _add_page(app: FastAPI, desk: Desk) -> None:
    @app.get("/healthz")
    async def healthz() -> dict[str, Any]:
        return {"ok": True, "boot_id": desk.boot_id, "version": desk.version}

    @app.get("/", response_class=Response)
    def page() -> Response:
        index = paths.static() / "index.html"
        if index.is_file():
            return FileResponse(index, media_type="text/html")
        return HTMLResponse(_NOT_BUILT, status_code=PageNotBuilt.status)

    # Looked at with each request, so that a page built later is served without a restart.
    app.mount("/assets", StaticFiles(directory=paths.static() / "assets", check_dir=False))


def _add_errors(app: FastAPI) -> None:
    """Every failure leaves as `{code, message, cure}`; what was sent is never repeated in it."""

    @app.exception_handler(VoiceError)
    async def ours(request: Request, error: VoiceError) -> Response:
        return error_response(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "body"
        return error_response(BadRequest(f"{place}: {first['msg']}."))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if isinstance(error.__cause__, VoiceError):
            # FastAPI wraps whatever stops the reading of a body.
            return error_response(error.__cause__)
        response = error_response(BadRequest(f"{error.detail}."))
        response.status_code = error.status_code
        return response

    @app.exception_handler(500)
    async def broken(request: Request, error: Exception) -> Response:
        return error_response(VoiceError("The daemon failed at this request."))


class _Brisk(H11Protocol):
    """Hangs up on who never finishes a request: silent connections of another user would shut everybody out."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._timer:
            self._timer.cancel()

    def _look_later(self) -> None:
        self._timer = self.loop.call_later(REQUEST_S, self._look, self.cycle)

    def _look(self, before: object) -> None:
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY) and self.cycle is before:
            self.transport.close()
        else:
            self._look_later()


class HttpServer(uvicorn.Server):
    """Uvicorn on a socket that is already bound; leaves the signals to the service."""

    def __init__(self, app: ASGIApp, listening: socket.socket) -> None:
        config = uvicorn.Config(
            app,
            http=_Brisk,
            access_log=False,
            log_config=None,
            server_header=False,
            lifespan="off",
            ws="none",
            proxy_headers=False,
            timeout_graceful_shutdown=1,
            limit_concurrency=100,
        )
        super().__init__(config)
        self._listening = listening
        self._serving = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: the service stops the server last."""
        yield

    async def run_until_stopped(self) -> None:
        """Serve until `should_exit` is set."""
        await self.serve(sockets=[self._listening])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell when it is done."""
        await super().startup(sockets)
        self._serving.set()

    async def started_serving(self) -> None:
        """Return when requests are taken."""
        await self._serving.wait()
