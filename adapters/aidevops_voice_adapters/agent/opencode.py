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
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError, field_validator

from aidevops_voice.errors import AgentFailed, AgentUnreachable, ClosedAsk, UnknownAsk, UnknownSession
from aidevops_voice.ports import (
    Adapter,
    AgentEvent,
    AgentNotice,
    Ask,
    Closing,
    Options,
    Probe,
    Reply,
    SessionInfo,
    Turn,
    Workplace,
)
from aidevops_voice_adapters.agent._opencode_book import Book
from aidevops_voice_adapters.agent._opencode_child import INSTALL
from aidevops_voice_adapters.agent._opencode_follow import Follower
from aidevops_voice_adapters.agent._opencode_forms import known, where
from aidevops_voice_adapters.agent._opencode_host import Host, Start, login
from aidevops_voice_adapters.agent._opencode_link import Link, NotFound
from aidevops_voice_adapters.agent._opencode_outbox import Outbox
from aidevops_voice_adapters.agent._opencode_prompt import prompt_body
from aidevops_voice_adapters.agent._opencode_rules import Agent, lenient, session_rules, warning
from aidevops_voice_adapters.agent._opencode_settings import chosen_model, discover, find_binary
from aidevops_voice_adapters.agent._opencode_wire import Session

_AGENT = TypeAdapter(Agent)
_SESSION = re.compile(r"ses\w{1,100}")
_RETRY_S = 0.1
_DELIVER_S = 20.0
_STOP_S = 10.0


class OpenCodeOptions(Options):
    """Where OpenCode is and what it works with."""

    url: str | None = None
    """Address of a running server; without it one is started."""
    binary: str | None = None
    """Program to start; else `opencode` on PATH."""
    model: str | None = None
    """`provider/model`; else what OpenCode is configured with."""
    agent: str | None = None
    """Name of OpenCode's agent (build, plan …); else its default."""
    startup_s: float = 60.0
    """Longest wait for our own server, seconds."""

    @field_validator("url")
    @classmethod
    def _plain(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "http://localhost")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("give it as http://HOST:PORT")
        if parts.username or parts.password:
            raise ValueError("the password belongs into OPENCODE_SERVER_PASSWORD, not into the address")
        return url

    @field_validator("model")
    @classmethod
    def _with_provider(cls, model: str | None) -> str | None:
        if model is not None and not all(model.partition("/")):
            raise ValueError("give it as provider/model")
        return model


class OpenCodeAgent:
    """The sessions of one server for one project; restarts and reconnects by itself."""

    def __init__(self, options: OpenCodeOptions, workplace: Workplace) -> None:
        self._options = options
        self._system = workplace.prompts.get("opencode", "")
        self._project = workplace.project.resolve()
        self._book = Book(time.time)
        self._out = Outbox()
        start = Start(options.binary, workplace.offline, options.startup_s, workplace.withheld)
        how = login(workplace.secrets, options.url) if options.url else start
        self._host = Host(how, self._project, self._book, self._out)
        self._runner: asyncio.Task[None] | None = None
        self._session = ""
        self._warned = 0

    @property
    def describe(self) -> str:
        """One line: version, address and model."""
        version = f" {self._host.version}" if self._host.version else ""
        where = f"at {self._options.url}" if self._options.url else "started here"
        model = f", model {self._options.model}" if self._options.model else ""
        return f"OpenCode{version} {where}{model}"

    def attach_command(self, session: str | None = None) -> tuple[list[str], dict[str, str]]:
        """Arguments and environment of a terminal that shows the session; raises AgentUnreachable."""
        address = self._host.address
        if address is None:
            raise AgentUnreachable("OpenCode is not running yet.")
        binary = find_binary(self._options.binary) or "opencode"
        argv = [binary, "attach", address.url, "--dir", str(self._project)]
        if named := session or self._session:
            argv += ["-s", named]
        if not address.password:
            return argv, {}
        return argv, {"OPENCODE_SERVER_USERNAME": address.user, "OPENCODE_SERVER_PASSWORD": address.password}

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
        if session is None:
            found = await self._new(follower.link)
        else:
            found = await self._existing(follower.link, session)
            if found.id not in self._book.stories:
                await self._join(follower, found.id)
        self._session = found.id
        return _info(found)

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
        path, body, closing = _reply(request, reply)
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
        ours = self._options.url is None
        if ours and (names := lenient(agents)) and self._warned != self._host.servers:
            self._warned = self._host.servers
            self._out.put([AgentNotice(warning(names))])
        permission = session_rules(agents, self._options.agent or "build", ours)
        found = _session(await link.post("/session", {"permission": permission}))
        self._book.follow(found.id)
        return found

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
            raise UnknownSession(f"That session belongs to {found.directory}.", cure="Start in that folder.")
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


def _reply(ask: Ask, reply: Reply) -> tuple[str, dict[str, Any], Closing]:
    """Path, body and how the request is then closed."""
    if ask.kind == "permission":
        word = {"allow": "once", "always": "always", "deny": "reject"}[reply.decision]
        message = {"message": reply.message} if reply.message and word == "reject" else {}
        return f"/permission/{ask.id}/reply", {"reply": word, **message}, reply.decision
    if reply.decision == "deny":
        return f"/question/{ask.id}/reject", {}, "deny"
    answers = [list(each) for each in reply.answers]
    answers += [[] for _ in ask.questions[len(answers) :]]
    return f"/question/{ask.id}/reply", {"answers": answers}, "answered"


def _build(options: OpenCodeOptions, workplace: Workplace) -> OpenCodeAgent:
    return OpenCodeAgent(options, workplace)


def probe(options: OpenCodeOptions, workplace: Workplace) -> Probe:
    """Ready with an address, or with the program and a model that the user chose."""
    if options.url:
        return Probe(True, f"the OpenCode server at {options.url} was named")
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
