"""What the page and the command line ask of a running daemon: one function per route."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol

from fastapi import FastAPI, Header, Response
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse

from aidevops_voice.errors import NoCredential, SpeechError, TooMany, VoiceError
from aidevops_voice.feed import Feed
from aidevops_voice.ports import Reply
from aidevops_voice.server.bodies import Annex, Answer, Candidates, Focus, Login, Offer, Question, Stop
from aidevops_voice.server.security import Allowance, cookie_header
from aidevops_voice.server.stream import server_sent
from aidevops_voice.server.tickets import Tickets

_MOST_WAITING = 16
"""Callers that wait for the end of a turn at the same time."""
_MOST_READERS = 32
"""Pages that follow the events at the same time."""
_SEQ = re.compile(r"[0-9]{1,15}")


class Asked(Protocol):
    """What a typed turn came to."""

    def as_dict(self) -> dict[str, Any]:
        """spoken, text, outcome, pending."""


class Talk(Protocol):
    """What the routes need of the conversation."""

    async def ask(self, text: str) -> Asked:
        """A typed turn to its end."""

    def tell(self, text: str) -> None:
        """A typed turn, without waiting."""

    async def answer(self, ask_id: str, reply: Reply) -> None:
        """Answer a request of the agent."""

    async def visit(self, session: str) -> None:
        """Put another session in focus."""

    def hush(self) -> None:
        """Stop the voice."""

    async def stop_agent(self, session: str | None) -> object:
        """Stop the work."""


class OfferDesk(Protocol):
    """Takes the page's WebRTC offers."""

    async def offer(self, offer: Offer) -> dict[str, str]:
        """The answer."""

    async def patch(self, patch: Candidates) -> None:
        """Trickled candidates."""

    async def aclose(self) -> None:
        """End every connection."""


@dataclass
class Desk:
    """Everything the routes reach; the voice is filled in when it is warm."""

    port: int
    url: str
    boot_id: str
    version: str
    tickets: Tickets
    feed: Feed
    talk: Talk
    status: Callable[[], dict[str, Any]]
    profiles: Callable[[], list[dict[str, Any]]]
    """Looks at files and programs, so it is called in a thread."""
    metrics: Callable[[], str]
    attach: Callable[[], dict[str, Any]]
    annex: Callable[[Annex], Awaitable[None]] | None = None
    """Takes in a project more."""
    open_browser: bool = True
    """What the settings say; whether there is a desktop is for the command line to see."""
    offers: OfferDesk | None = None
    no_offers: VoiceError = field(
        default_factory=lambda: SpeechError("Speech is still loading.", cure="Wait a moment.")
    )
    """Why there is no voice, while `offers` is None."""
    waiting: int = 0
    readers: int = 0

    def ticket(self) -> dict[str, Any]:
        """A link with a ticket of its own; behind `#`, so that it reaches no log and no Referer."""
        return {"login_url": f"{self.url}/#ticket={self.tickets.issue()}", "open_browser": self.open_browser}


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Every route that needs a credential, and the login."""
    _add_access(app, desk)
    _add_conversation(app, desk)
    _add_voice(app, desk)
    _add_views(app, desk)


def _add_access(app: FastAPI, desk: Desk) -> None:
    logins = Allowance(burst=20, per_s=1.0)

    @app.post("/api/login")
    async def login(body: Login) -> Response:
        try:
            cookie = cookie_header(desk.port, desk.tickets.redeem(body.ticket))
        except NoCredential:
            # Only who guesses is slowed down, so that nobody can lock the user out.
            logins.spend()
            raise
        return Response(status_code=204, headers={"Set-Cookie": cookie})

    @app.post("/api/ticket")
    async def ticket() -> dict[str, Any]:
        return desk.ticket()

    @app.post("/api/projects")
    async def projects(body: Annex) -> Response:
        if desk.annex is not None:
            await desk.annex(body)
        return Response(status_code=204)

    @app.get("/api/attach")
    async def attach() -> dict[str, Any]:
        return desk.attach()


def _add_conversation(app: FastAPI, desk: Desk) -> None:
    @app.post("/api/ask")
    async def ask(body: Question) -> Response:
        if body.wait:
            return JSONResponse(await _ask(desk, body.text))
        desk.talk.tell(body.text)
        return Response(status_code=202)

    @app.post("/api/answer")
    async def answer(body: Answer) -> Response:
        await desk.talk.answer(body.id, Reply(body.reply, body.message, body.answers))
        return Response(status_code=204)

    @app.post("/api/focus")
    async def focus(body: Focus) -> Response:
        await desk.talk.visit(body.session)
        return Response(status_code=204)

    @app.post("/api/stop")
    async def stop(body: Stop | None = None) -> Response:
        await desk.talk.stop_agent(body.session if body else None)
        return Response(status_code=204)

    @app.post("/api/hush")
    async def hush() -> Response:
        desk.talk.hush()
        return Response(status_code=204)


async def _ask(desk: Desk, text: str) -> dict[str, Any]:
    if desk.waiting >= _MOST_WAITING:
        raise TooMany("Too many callers wait for an answer.")
    desk.waiting += 1
    try:
        return (await desk.talk.ask(text)).as_dict()
    finally:
        desk.waiting -= 1


def _add_voice(app: FastAPI, desk: Desk) -> None:
    @app.post("/api/offer")
    async def offer(body: Offer) -> dict[str, str]:
        return await _offers(desk).offer(body)

    @app.patch("/api/offer")
    async def patch(body: Candidates) -> dict[str, str]:
        await _offers(desk).patch(body)
        return {"status": "success"}


def _offers(desk: Desk) -> OfferDesk:
    if desk.offers is None:
        raise desk.no_offers
    return desk.offers


def _add_views(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/status")
    async def status() -> dict[str, Any]:
        return desk.status()

    @app.get("/api/profiles")
    def profiles() -> list[dict[str, Any]]:
        return desk.profiles()

    @app.get("/api/events")
    async def events(last_event_id: Annotated[str | None, Header()] = None) -> Response:
        if desk.readers >= _MOST_READERS:
            raise TooMany("Too many pages follow the events.")
        last = int(last_event_id) if last_event_id and _SEQ.fullmatch(last_event_id) else None
        return StreamingResponse(_read(desk, last), media_type="text/event-stream")

    @app.get("/metrics")
    async def metrics() -> Response:
        return PlainTextResponse(desk.metrics(), media_type="text/plain; version=0.0.4")


async def _read(desk: Desk, last: int | None) -> AsyncGenerator[bytes, None]:
    desk.readers += 1
    try:
        async with aclosing(server_sent(desk.feed, last)) as events:
            async for event in events:
                yield event
    finally:
        desk.readers -= 1
