"""The real HTTP surface on a real loopback port, with a conversation that only remembers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from aidevops_voice.errors import ClosedAsk, UnknownAsk, UnknownSession
from aidevops_voice.feed import Feed
from aidevops_voice.ports import Reply
from aidevops_voice.server import HttpServer, create_app
from aidevops_voice.server.routes import Desk
from aidevops_voice.server.tickets import Tickets

STATUS = {"state": "ready", "pending": [], "degraded": [], "clients": 0}


@dataclass(frozen=True)
class Told:
    """What an asked turn came to."""

    text: str

    def as_dict(self) -> dict[str, Any]:
        """As the real one."""
        return {"spoken": [self.text], "text": self.text, "outcome": "done", "pending": []}


@dataclass
class Memory:
    """Remembers every call; knows one open and one closed request."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    release: asyncio.Event = field(default_factory=asyncio.Event)
    """Holds back the answer to the text `wait`."""
    waiting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    """Released by each that is held back."""

    async def ask(self, text: str) -> Told:
        """Answers with the question."""
        self.calls.append(("ask", text))
        if text == "wait":
            self.waiting.release()
            await self.release.wait()
        return Told(text)

    def tell(self, text: str) -> None:
        """Remember."""
        self.calls.append(("tell", text))

    async def answer(self, ask_id: str, reply: Reply) -> None:
        """Takes `open` alone."""
        if ask_id == "closed":
            raise ClosedAsk("already answered")
        if ask_id != "open":
            raise UnknownAsk("no such request")
        self.calls.append(("answer", ask_id, reply))

    async def visit(self, session: str) -> None:
        """Knows `ses_1` alone."""
        if session != "ses_1":
            raise UnknownSession("no such session")
        self.calls.append(("visit", session))

    def hush(self) -> None:
        """Remember."""
        self.calls.append(("hush",))

    async def stop_agent(self, session: str | None) -> None:
        """Remember."""
        self.calls.append(("stop", session))


@dataclass
class Served:
    """A running surface and how to call it."""

    desk: Desk
    talk: Memory
    feed: Feed
    app: Any
    client: httpx.AsyncClient

    @property
    def bearer(self) -> dict[str, str]:
        """Header of the command line."""
        return {"Authorization": f"Bearer {self.desk.tickets.token}"}

    @property
    def page(self) -> dict[str, str]:
        """Headers that our own page sends with a write."""
        return {"Origin": self.desk.url, "X-Aidevops-Voice": "1", "Content-Type": "application/json"}

    async def login(self) -> None:
        """Give the client a cookie."""
        answer = await self.client.post("/api/login", json={"ticket": self.desk.tickets.issue()})
        assert answer.status_code == 204


@asynccontextmanager
async def served(folder: Path) -> AsyncGenerator[Served, None]:
    """Serve until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        talk, feed = Memory(), Feed(kept=5)
        desk = Desk(
            port=port,
            url=f"http://127.0.0.1:{port}",
            boot_id="b00t",
            version="9.9",
            tickets=Tickets(folder / "logins.json"),
            feed=feed,
            talk=talk,
            status=lambda: dict(STATUS),
            profiles=list,
            metrics=lambda: "aidevops_voice_clients 0\n",
            attach=lambda: {"argv": ["opencode", "attach"], "env": {"OPENCODE_SERVER_PASSWORD": "hidden"}},
        )
        app = create_app(desk)
        server = HttpServer(app, listening)
        serving = asyncio.create_task(server.run_until_stopped())
        await server.started_serving()
        try:
            async with httpx.AsyncClient(base_url=desk.url, timeout=10, trust_env=False) as client:
                yield Served(desk, talk, feed, app, client)
        finally:
            feed.close()
            server.should_exit = True
            await serving
