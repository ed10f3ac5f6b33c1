"""Keeps one server at hand: starts our own and starts it again, or reaches one at an address."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aidevops_voice.errors import (
    AgentError,
    AgentFailed,
    AgentLost,
    AgentRefused,
    AgentUnreachable,
    AgentUnsafe,
    AgentUnsupported,
    ScreenClosed,
    ScreenOpened,
)
from aidevops_voice.ports import AgentChanged, AgentState
from aidevops_voice_adapters.agent import _opencode_owner
from aidevops_voice_adapters.agent._opencode_book import Book
from aidevops_voice_adapters.agent._opencode_child import CURE, INSTALL, CannotRun, OwnServer
from aidevops_voice_adapters.agent._opencode_follow import Follower
from aidevops_voice_adapters.agent._opencode_link import USER, Link, Silent, check_address
from aidevops_voice_adapters.agent._opencode_outbox import Outbox
from aidevops_voice_adapters.agent._opencode_screen import Screen
from aidevops_voice_adapters.agent._opencode_settings import find_binary, serving
from aidevops_voice_adapters.agent._opencode_tui import Tui, joinable

_LOG = logging.getLogger(__name__)
_FATAL = (AgentRefused, AgentUnsupported, AgentUnsafe, CannotRun)
_WAITS_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
_LOST_AFTER_S = 1.0
_SILENT_AFTER_S = 5.0
_HUNG_AFTER_S = 10.0
_STARTS = 3
_LOOK_S = 0.5
"""How often a server of our own looks for a terminal to work in."""
_SHORT_LIFE_S = 30.0
"""A server of our own that ends sooner counts like one that does not start."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is and how to log in."""

    url: str
    user: str = USER
    password: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """How our own server is started."""

    binary: str | None
    offline: bool
    patience_s: float
    withheld: tuple[str, ...] = ()
    """Variables that it does not get."""
    cards: Path | None = None
    """Our state folder, where terminals that can be joined leave their cards; None joins none."""
    own: bool = True
    """Whether a server is started while there is no terminal; else one is waited for."""


class Host:
    """`run` is the life of it; `follower` waits for the stream to be up."""

    def __init__(self, how: Address | Start, project: Path, book: Book, out: Outbox) -> None:
        self._how = how
        self._project = project
        self._book = book
        self._out = out
        self._follower: Follower | None = None
        self._own: OwnServer | None = None
        self._news = asyncio.Event()
        self._problem: AgentError = AgentUnreachable("OpenCode is still starting.")
        self.state: AgentState = "starting"
        self.address: Address | None = None
        self.version = ""
        self.servers = 0
        """Counts them: what one stored when it died is not being worked on."""
        self._up_since = 0.0
        self.screen = Screen(project, book, out)
        self._strange = set[str]()
        """Addresses on cards at which no OpenCode answers that we know."""

    @property
    def own(self) -> OwnServer | None:
        """The server that was started here, while there is one."""
        return self._own

    async def run(self) -> None:
        """Serve until cancelled, or until it is clear that it cannot be."""
        self._change("starting")
        try:
            match self._how:
                case Address() as address:
                    await self._follow(address)
                case Start() as start:
                    await self._keep(start)
        except _FATAL as error:
            self._fail(error)

    async def follower(self, timeout: float, impatient: bool = False) -> Follower:
        """The open connection; `impatient` does not wait for a server at an address that is not there."""
        given_up = ("failed", "lost") if impatient and isinstance(self._how, Address) else ("failed",)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while self._follower is None and self.state not in given_up:
                    await self._news.wait()
        if self._follower is None:
            raise self._problem
        return self._follower

    async def check_owner(self, link: Link, session: str) -> None:
        """Raises SessionElsewhere when another process works in the session, or shows it."""
        mine = {process.pid for process in (self._own, self.screen.tui) if process}
        if isinstance(self._how, Address):
            mine |= await asyncio.to_thread(serving, urlsplit(self._how.url).port or 0)
        cards = self._how.cards if isinstance(self._how, Start) else None
        story = self._book.stories.get(session)
        await _opencode_owner.check(link, session, self._project, cards, mine, story.answers if story else ())

    async def aclose(self) -> None:
        """End our own server with all it started."""
        if self._own:
            await self._own.stop()

    # --- our own server

    async def _keep(self, start: Start) -> None:
        failures = 0
        while True:
            before = self.servers
            problem = await self._life(start)
            lasted = self.servers > before and time.monotonic() - self._up_since >= _SHORT_LIFE_S
            # The user may open and close terminals as often as they like.
            failures = 0 if lasted or isinstance(problem, ScreenClosed | ScreenOpened) else failures + 1
            if failures == _STARTS:
                break
            self._lose(problem)
            await asyncio.sleep(_WAITS_S[failures])
        if isinstance(problem, AgentLost):
            problem = AgentFailed("OpenCode ends again and again soon after its start.", cure=CURE)
        self._fail(problem)

    async def _life(self, start: Start) -> AgentError:
        """One server, or visit in a terminal, from its start to its end, and why it ended."""
        try:
            if start.cards and (tui := self._open_terminal(start.cards)):
                return await self._visit(start, start.cards, tui)
            if not start.own:
                return await self._wait_for_terminal(start)
            async with self._started(start) as server:
                return await self._serve(start, Address(server.url, USER, server.password))
        except AgentFailed as error:
            return error

    @asynccontextmanager
    async def _started(self, start: Start) -> AsyncGenerator[OwnServer, None]:
        binary = find(start.binary)
        self._own = server = await OwnServer.start(
            binary, self._project, start.offline, start.patience_s, start.withheld
        )
        try:
            yield server
        finally:
            await server.stop()
            self._own = None

    async def _serve(self, start: Start, address: Address) -> AgentError:
        """Work with our own server until it ends, or until there is a terminal and nothing is being worked on."""
        ended = asyncio.create_task(self._follow(address), name="opencode own server")
        opened = asyncio.create_task(self._opened(start), name="opencode terminals")
        try:
            await asyncio.wait([ended, opened], return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                return ScreenOpened("OpenCode was opened in a terminal of this project.")
        finally:
            for task in (ended, opened):
                task.cancel()
            await asyncio.wait([ended, opened])
        ended.result()
        return AgentLost("OpenCode ended; it is started again.")

    async def _ended(self, since: float) -> bool:
        if self._own is None:
            return isinstance(self._how, Start) and self.screen.tui is None
        hung = time.monotonic() - since > _HUNG_AFTER_S
        return hung or await self._own.wait_gone(0.05)

    # --- a terminal of the user's

    def _open_terminal(self, cards: Path) -> Tui | None:
        return next((tui for tui in joinable(cards, self._project) if tui.url not in self._strange), None)

    async def _opened(self, start: Start) -> None:
        """Return once a terminal is open and nothing is being worked on; never where none is joined."""
        if start.cards is None:
            await asyncio.Event().wait()
        while not (start.cards and self._book.idle and self._open_terminal(start.cards)):  # noqa: ASYNC110 - files
            await asyncio.sleep(_LOOK_S)

    async def _wait_for_terminal(self, start: Start) -> AgentError:
        self._lose(_NO_TERMINAL)
        await self._opened(start)
        return ScreenOpened("OpenCode was opened in a terminal of this project.")

    async def _visit(self, start: Start, cards: Path, tui: Tui) -> AgentError:
        """Work in a terminal until it is closed."""
        self.screen.see(tui)
        watcher = asyncio.create_task(self.screen.watch(cards, tui), name="opencode screen")
        try:
            await self._follow(Address(tui.url, USER, tui.token))
        except _FATAL as error:
            self._strange.add(tui.url)
            return AgentLost(f"An OpenCode terminal cannot be joined: {error.message}", cure=error.cure)
        finally:
            self.screen.see(None)
            watcher.cancel()
            await asyncio.wait([watcher])
        after = "A server of our own takes over" if start.own else "The next one is waited for"
        return ScreenClosed(f"The OpenCode terminal was closed. {after}.")

    # --- any server

    async def _follow(self, address: Address) -> None:
        """Keep a stream to this server; returns when it is our own and gone."""
        if self._own is None:
            check_address(address.url, address.password)
        self.address = address
        link = Link(address.url, address.password, address.user, self._project)
        try:
            await self._reconnect(link)
        finally:
            self._follower = None
            await link.aclose()

    async def _reconnect(self, link: Link) -> None:
        tries, since = 0, time.monotonic()
        while True:
            problem = await self._connection(link)
            if self._follower is not None:
                self._follower, tries, since = None, 0, time.monotonic()
                self._book.gap()
            _LOG.info("no event stream: %s", problem.message)
            if await self._ended(since):
                return
            patience = _SILENT_AFTER_S if isinstance(problem, Silent) else _LOST_AFTER_S
            if time.monotonic() - since >= patience and self._own is None:
                self._lose(_SUSPENDED if self.screen.tui else problem)
            await asyncio.sleep(_WAITS_S[min(tries, len(_WAITS_S) - 1)])
            tries += 1

    async def _connection(self, link: Link) -> AgentError:
        """One connection from its start to its end, which is always a problem."""
        follower = Follower(link, self._book, self._out)
        try:
            await link.probe()
            return await follower.run(lambda: self._up(follower))
        except _FATAL:
            raise
        except AgentError as error:
            return error

    def _up(self, follower: Follower) -> None:
        self._follower = follower
        self.version = follower.link.version
        if self.state != "ready":
            self.servers += 1
            self._up_since = time.monotonic()
            self._change("ready")
        self._notify()

    # --- telling

    def _lose(self, problem: AgentError) -> None:
        self._problem = problem
        if self.state in ("ready", "starting"):
            was_ready = self.state == "ready"
            lost = problem if isinstance(problem, AgentLost) else AgentLost(problem.message, cure=problem.cure)
            self._out.put(self._book.lost(lost))
            self._change("lost", lost if was_ready else problem)

    def _fail(self, error: AgentError) -> None:
        self._problem = error
        self._out.put(self._book.lost(AgentLost(error.message, cure=error.cure)))
        self._change("failed", error)

    def _change(self, state: AgentState, error: AgentError | None = None) -> None:
        self.state = state
        self._out.put([AgentChanged(state, error)])
        self._notify()

    def _notify(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


_SUSPENDED = AgentUnreachable(
    "The OpenCode terminal does not answer.", cure="If you suspended it, bring it back with: fg. Or close it."
)
_NO_TERMINAL = AgentUnreachable(
    "No OpenCode terminal with our plugin is open in this project.",
    cure="Run there: aidevops-voice plugin install, then opencode.",
)


def find(binary: str | None) -> str:
    """The program's path; raises CannotRun."""
    found = find_binary(binary)
    if found is None:
        raise CannotRun(f"{binary or 'opencode'} is not installed.", cure=INSTALL)
    return found


def login(secrets: Mapping[str, str], url: str) -> Address:
    """The address with what the environment gives to log in."""
    return Address(url, secrets.get("OPENCODE_SERVER_USERNAME") or USER, secrets.get("OPENCODE_SERVER_PASSWORD", ""))
