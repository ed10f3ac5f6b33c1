"""OpenCode over its HTTP API: a server of our own, or one that runs at an address."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from aidevops_voice.adapter import Adapter, Probe, Workplace
from aidevops_voice.errors import (
    AgentFailed,
    AgentUnreachable,
    BadRequest,
    ClosedAsk,
    UnknownAsk,
    UnknownSession,
    WrongFolder,
)
from aidevops_voice.ports import AgentEvent, AgentNotice, Reply, SessionInfo, Turn
from aidevops_voice_adapters.agent._opencode_asks import reply_to
from aidevops_voice_adapters.agent._opencode_book import Book
from aidevops_voice_adapters.agent._opencode_child import INSTALL
from aidevops_voice_adapters.agent._opencode_follow import Follower
from aidevops_voice_adapters.agent._opencode_forms import known, where
from aidevops_voice_adapters.agent._opencode_host import Host, Start, login
from aidevops_voice_adapters.agent._opencode_link import Link, NotFound
from aidevops_voice_adapters.agent._opencode_notes import leave_note
from aidevops_voice_adapters.agent._opencode_options import OpenCodeOptions as OpenCodeOptions
from aidevops_voice_adapters.agent._opencode_outbox import Outbox
from aidevops_voice_adapters.agent._opencode_prompt import prompt_body
from aidevops_voice_adapters.agent._opencode_rules import Agent, lenient, session_rules, warning
from aidevops_voice_adapters.agent._opencode_settings import chosen_model, discover, find_binary
from aidevops_voice_adapters.agent._opencode_tui import joinable
from aidevops_voice_adapters.agent._opencode_wire import Session

_AGENT = TypeAdapter(Agent)
_SESSION = re.compile(r"ses\w{1,100}")
_RETRY_S = 0.1
_DELIVER_S = 20.0
_STOP_S = 10.0


class OpenCodeAgent:
    """The sessions of one server for one project; restarts and reconnects by itself."""

    def __init__(self, options: OpenCodeOptions, workplace: Workplace) -> None:
        self._options = options
        self._system = workplace.prompts.get("opencode", "")
        self._project = workplace.project.resolve()
        self._book = Book(time.time)
        self._out = Outbox()
        cards, own = (None if options.tui == "never" else workplace.state), options.tui != "only"
        start = Start(options.binary, workplace.offline, options.startup_s, workplace.withheld, cards, own)
        how = login(workplace.secrets, options.url) if options.url else start
        self._host = Host(how, self._project, self._book, self._out)
        self._screen = self._host.screen
        self._runner: asyncio.Task[None] | None = None
        self._session = ""
        self._warned = 0
        self._eased = set[str]()
        """Sessions whose rules are those of our own server, where subagents ask too."""

    @property
    def describe(self) -> str:
        """One line: version, address and model."""
        version = f" {self._host.version}" if self._host.version else ""
        own = f"in the terminal with process {self._screen.tui.pid}" if self._screen.tui else "started here"
        where = f"at {self._options.url}" if self._options.url else own
        model = f", model {self._options.model}" if self._options.model else ""
        return f"OpenCode{version} {where}{model}"

    def attach_command(self, session: str | None = None) -> tuple[list[str], dict[str, str]]:
        """Arguments and environment of a terminal that shows the session; raises AgentUnreachable."""
        address = self._host.address
        if address is None:
            raise AgentUnreachable("OpenCode is not running yet.")
        if tui := self._screen.tui:
            message = f"The session is on the screen already: in the terminal with process {tui.pid}."
            raise BadRequest(message, cure="Go to that terminal.")
        binary = find_binary(self._options.binary) or "opencode"
        argv = [binary, "attach", address.url, "--dir", str(self._project)]
        if named := session or self._session:
            argv += ["-s", named]
        if not address.password:
            return argv, {}
        return argv, {"OPENCODE_SERVER_USERNAME": address.user, "OPENCODE_SERVER_PASSWORD": address.password}

    @property
    def steers(self) -> bool:
        """OpenCode takes a prompt in at the next step of what it does."""
        return True

    async def events(self) -> AsyncGenerator[AgentEvent, None]:
        """Run the agent and tell everything it does, until `aclose`."""
        self._runner = runner = asyncio.create_task(self._host.run(), name="opencode")
        runner.add_done_callback(self._ran)
        try:
            async with aclosing(self._out.read()) as events:
                async for event in events:
                    yield event
        finally:
            runner.cancel()
            await asyncio.wait([runner])
        if not runner.cancelled():
            runner.result()

    async def sessions(self) -> list[SessionInfo]:
        """Sessions of the project, newest first."""
        follower = await self._impatient()
        return [_info(_session(each)) for each in await follower.link.items("/session", roots="true", limit=50)]

    async def open(self, session: str | None) -> SessionInfo:
        """Join or make a session once the agent is ready; raises AgentError."""
        follower = await self._impatient()
        return await self._open(follower, session or self._screen.session, blank=True)

    async def new(self) -> SessionInfo:
        """Make a session and bring it up, whatever the screen shows; raises AgentError."""
        return await self._open(await self._impatient(), None, blank=False)

    async def _open(self, follower: Follower, session: str | None, *, blank: bool) -> SessionInfo:
        if session is None:
            found = await self._new(follower.link)
        else:
            found = await self._existing(follower.link, session)
            if found.id not in self._book.stories:
                await self._join(follower, found.id)
        await self._screen.opened(follower.link, found.id, blank=blank and session is None)
        self._session = found.id
        return _info(found)

    async def leave_note(self, session: str, text: str) -> None:
        """Put a text into an idle session, without a turn; raises AgentError."""
        link = (await self._host.follower(_DELIVER_S)).link
        await leave_note(link, self._book.follow(session), text, self._options.agent)

    async def submit(self, turn: Turn) -> None:
        """Hand over a prompt, once however often it is tried; raises AgentError."""
        story = self._book.stories.get(turn.session)
        if story is None:
            raise UnknownSession("That session is not open.")
        doubt, server = turn.id in story.prompts, self._host.servers
        story.expect(turn.id, turn.text)
        path = f"/session/{turn.session}"
        body = prompt_body(turn, self._system, self._options.model, self._options.agent)
        async with _within(_DELIVER_S, "OpenCode did not take the request."):
            while True:
                link = (await self._host.follower(_DELIVER_S)).link
                try:
                    await self._host.check_owner(link, turn.session)
                    await self._visit(link, turn.session)
                    # What a server stored before it died is not worked on: deliver again, the ids make it one.
                    if not (doubt and server == self._host.servers and await _has(link, f"{path}/message/{turn.id}")):
                        await link.post(f"{path}/prompt_async", body)
                    return
                except NotFound:
                    raise UnknownSession("OpenCode has no such session.") from None
                except AgentUnreachable:
                    doubt = True
                    await asyncio.sleep(_RETRY_S)

    async def answer(self, ask: str, reply: Reply) -> None:
        """Answer a request by its id; raises UnknownAsk, ClosedAsk or AgentError."""
        found = self._book.asked(ask)
        if found is None:
            raise ClosedAsk("That request is closed.") if self._book.closed(ask) else UnknownAsk("No such request.")
        story, request = found
        path, body, closing = reply_to(request, reply)
        if not await self._replied(path, body):
            self._out.put(story.asks.close(ask, "dropped"))
            raise ClosedAsk("That request is closed.")
        self._out.put(story.asks.close(ask, closing))

    async def stop(self, session: str) -> None:
        """Abort what runs in the session and its subagents; returns when it stopped; raises AgentError."""
        follower = await self._host.follower(_STOP_S)
        if session in self._book.stories:
            self._book.stories[session].stopping = True
        family = {session, *self._book.children(session)}
        async with _within(_STOP_S, "OpenCode did not stop."):
            await follower.link.post(f"/session/{session}/abort")
            while working := family & set(await follower.link.get("/session/status") or {}):
                await asyncio.sleep(_RETRY_S)
                for each in working:
                    await follower.link.post(f"/session/{each}/abort")

    async def aclose(self) -> None:
        """End the stream and our own server with all it started."""
        self._out.close()
        if self._runner:
            self._runner.cancel()
            await asyncio.wait([self._runner])
        await self._host.aclose()

    # ---

    async def _new(self, link: Link) -> Session:
        agents = known(_AGENT, await link.items("/agent"))
        ours = self._options.url is None and self._screen.tui is None
        if ours and (names := lenient(agents)) and self._warned != self._host.servers:
            self._warned = self._host.servers
            self._out.put([AgentNotice(warning(names))])
        permission = session_rules(agents, self._options.agent or "build", ours)
        self._book.making = True
        try:
            found = _session(await link.post("/session", {"permission": permission}))
            self._book.follow(found.id)
        finally:
            self._book.making = False
        if ours:
            self._eased.add(found.id)
        return found

    async def _visit(self, link: Link, session: str) -> None:
        """A prompt of ours goes into the user's terminal: it is seen there, and its subagents are not ours to trust."""
        if self._screen.tui is None:
            return
        if session in self._eased:
            agents = known(_AGENT, await link.items("/agent"))
            permission = session_rules(agents, self._options.agent or "build", ours=False)
            await link.post(f"/session/{session}", {"permission": permission}, method="PATCH")
            self._eased.discard(session)
        await self._screen.prompted(link, session)

    def _ran(self, runner: asyncio.Task[None]) -> None:
        if runner.cancelled() or runner.exception():
            self._out.close()

    async def _impatient(self) -> Follower:
        return await self._host.follower(self._options.startup_s, impatient=True)

    async def _existing(self, link: Link, session: str) -> Session:
        try:
            found = _session(await link.get(f"/session/{_checked(session)}"))
        except NotFound:
            raise UnknownSession("OpenCode has no such session.", cure=_LIST) from None
        if found.directory and not _same(found.directory, self._project):
            raise WrongFolder(f"That session belongs to {found.directory}, the project is {self._project}.")
        await self._host.check_owner(link, found.id)
        return found

    async def _join(self, follower: Follower, session: str) -> None:
        try:
            await follower.join(self._book.follow(session))
        except BaseException:
            self._book.stories.pop(session, None)
            raise

    async def _replied(self, path: str, body: dict[str, Any]) -> bool:
        doubt = False
        async with _within(_DELIVER_S, "OpenCode did not take the answer."):
            while True:
                link = (await self._host.follower(_DELIVER_S)).link
                try:
                    await link.post(path, body)
                    return True
                except NotFound:
                    return doubt
                except AgentUnreachable:
                    doubt = True
                    await asyncio.sleep(_RETRY_S)


_LIST = "Leave out --session for a new one, or list them with: opencode session list"


@asynccontextmanager
async def _within(seconds: float, message: str) -> AsyncGenerator[None, None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise AgentUnreachable(message, cure="Try again, or restart the daemon.") from None


async def _has(link: Link, path: str) -> bool:
    with contextlib.suppress(NotFound):
        await link.get(path)
        return True
    return False


def _checked(session: str) -> str:
    if not _SESSION.fullmatch(session):
        raise NotFound("not a session's id")
    return session


def _same(directory: str, project: Path) -> bool:
    return Path(directory).resolve() == project


def _session(found: Any) -> Session:
    try:
        return Session.model_validate(found)
    except ValidationError as error:
        raise AgentFailed(f"OpenCode's session has an unknown form at {where(error)}.") from None


def _info(session: Session) -> SessionInfo:
    return SessionInfo(session.id, session.title, session.directory, session.time.updated / 1000)


def _build(options: OpenCodeOptions, workplace: Workplace) -> OpenCodeAgent:
    return OpenCodeAgent(options, workplace)


def probe(options: OpenCodeOptions, workplace: Workplace) -> Probe:
    """Ready with an address, an open terminal, or with the program and a model that the user chose."""
    if options.url:
        return Probe(True, f"the OpenCode server at {options.url} was named")
    if options.tui != "never" and joinable(workplace.state, workplace.project):
        return Probe(True, "OpenCode with our plugin is open in a terminal of this project")
    if options.tui == "only":
        return Probe(True, "it waits for OpenCode to be opened in a terminal of this project")
    if find_binary(options.binary) is None:
        return Probe(False, f"{options.binary or 'opencode'} is not on PATH", INSTALL)
    if options.model:
        return Probe(True, f"opencode is installed and the model {options.model} was named")
    found = chosen_model(os.environ)
    if found:
        return Probe(True, f"opencode is installed and {found}")
    why = "opencode is installed, but no model of yours is set up; its free public one is used only when named"
    return Probe(False, why, "Log in with: opencode auth login")


def _notes(workplace: Workplace) -> list[str]:
    return [server.sentence for server in discover(workplace.project)]


ADAPTER = Adapter(
    OpenCodeOptions,
    _build,
    summary="OpenCode, the coding agent, over its HTTP API",
    secrets=("OPENCODE_SERVER_USERNAME", "OPENCODE_SERVER_PASSWORD"),
    probe=probe,
    notes=_notes,
)
