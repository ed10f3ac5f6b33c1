"""The daemon from inside: one per user, one group of tasks, a graceful end."""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import logging
import os
import secrets
import shutil
import signal
import socket
import sys
import time
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, runtime_checkable

from aidevops_voice import __version__, assembly, claim, launch, log, meters, paths, profiles
from aidevops_voice.adapter import Engine
from aidevops_voice.assembly import Site
from aidevops_voice.comeback import Comeback
from aidevops_voice.control import Daemon
from aidevops_voice.errors import BadRequest, SpeechError, VoiceError
from aidevops_voice.feed import Feed
from aidevops_voice.launch import STARTED_WITH, Wanted
from aidevops_voice.projects import Projects
from aidevops_voice.report import Pipe, Report, Terminal
from aidevops_voice.server import HttpServer, create_app
from aidevops_voice.server.bodies import Annex
from aidevops_voice.server.routes import Desk
from aidevops_voice.server.tickets import Tickets
from aidevops_voice.switchboard import Switchboard
from aidevops_voice.watchdog import Watchdog

SENTENCE_S = 2.0
"""For the sentence that is being said when the daemon is asked to stop."""
HANG_UP_S = 2.0
AGENT_S = 4.0

_LOG = logging.getLogger(__name__)


@runtime_checkable
class Attachable(Protocol):
    """An agent with a screen of its own."""

    def attach_command(self, session: str | None = None) -> tuple[list[str], dict[str, str]]:
        """Arguments and environment that open it; the password only in the environment."""


class Front(Protocol):
    """The voice front end, as far as the service knows it."""

    @property
    def clients(self) -> int:
        """Connected pages."""

    async def drain(self, timeout_s: float) -> None:
        """Let the running sentence end."""

    async def aclose(self) -> None:
        """End calls and engines."""


def main() -> int:
    """Run the daemon that `STARTED_WITH` describes; returns the exit code."""
    sys.excepthook = _log_crash
    # Until the voice is loaded: almost nothing of what is imported is garbage, and looking takes a tenth of the time.
    gc.disable()
    told = json.loads(os.environ.pop(STARTED_WITH))
    wanted, state = Wanted.of(told["wanted"]), paths.state_dir()
    # Before anything imports Pipecat, which greets on stderr and logs prompts unless told otherwise.
    log.configure(paths.log_file(state), "info", ())
    report: Report = Terminal(state, **told["here"]) if told["here"] else Pipe()
    try:
        claim.only_one(state)
        _live(wanted, state, report)
    except VoiceError as error:
        _LOG.error("cannot start: %s", error.message)
        report.failed(error)
        return error.exit_code
    return 0


def _live(wanted: Wanted, state: Path, report: Report) -> None:
    assembly.clean_environment(offline=wanted.offline)
    report.progress("Looking what is there …")
    site = assembly.prepare(wanted, state, os.environ)
    assembly.clean_environment(offline=site.settings.offline)
    port = claim.port(wanted, state, site.settings.port)
    with claim.listen(site.settings.host, port, any_free=site.settings.port == 0) as listening:
        asyncio.run(_serve(wanted, site, listening, report))


async def _serve(wanted: Wanted, site: Site, listening: socket.socket, report: Report) -> None:
    """Built inside the loop, to which the parts belong."""
    await Service(wanted, site, listening, report).run()


def _log_crash(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    """To the log, which takes secrets out."""
    _LOG.critical("the daemon crashed", exc_info=(kind, error, traceback))


# --- the life ---------------------------------------------------------------------------------------------------


class Service:
    """One run of the daemon."""

    def __init__(self, wanted: Wanted, site: Site, listening: socket.socket, report: Report) -> None:
        self._wanted, self._site, self._report = wanted, site, report
        self._began = time.monotonic()
        self._state: Literal["starting", "ready", "draining"] = "starting"
        self._stopping = asyncio.Event()
        self._front: Front | None = None
        self._speech_error: VoiceError | None = None
        self._watchdog = Watchdog()
        self._feed = Feed()
        boot_id = secrets.token_hex(8)
        self._projects = Projects(site, wanted, boot_id)
        self._talk = Switchboard(self._projects.first, self._feed, log.redact)
        self._desk = self._furnish(boot_id, listening)
        self._comeback = Comeback(site.state, replace(wanted, port=self._desk.port))
        self._talk.whole_status = self._shown
        self._server = HttpServer(create_app(self._desk), listening)

    def _furnish(self, boot_id: str, listening: socket.socket) -> Desk:
        host, port = listening.getsockname()[:2]
        return Desk(
            port=port,
            url=f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}",
            boot_id=boot_id,
            version=__version__,
            tickets=Tickets(paths.logins_file(self._site.state)),
            feed=self._feed,
            talk=self._talk,
            status=self.status,
            profiles=self._profiles,
            metrics=self._metrics,
            attach=self._attach,
            annex=self._annex,
            open_browser=self._site.settings.open_browser,
        )

    async def run(self) -> None:
        """Until a signal; everything that was begun has ended when it returns."""
        self._listen_for_signals()
        # The socket listens already; who calls now waits in its queue.
        self._write_files()
        async with asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(self._server.run_until_stopped(), name="http")
            await self._server.started_serving()
            comes_back = self._projects.come_back(self._talk, self._comeback, self._missing)
            beside = [
                tasks.create_task(self._talk.run(), name="conversation"),
                tasks.create_task(self._watchdog.run(), name="watchdog"),
                tasks.create_task(self._warm_up(), name="warm up"),
                tasks.create_task(comes_back, name="what was open before"),
                tasks.create_task(self._comeback.run(), name="what is open"),
            ]
            try:
                await self._stopping.wait()
            finally:
                await self._drain()
                for task in beside:
                    task.cancel()
                self._server.should_exit = True
                await serving
        claim.forget_files(self._site.state)

    def _listen_for_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._stopping.set)

    async def _warm_up(self) -> None:
        """Load the voice; without it the page and typed requests still work."""
        self._report.progress("Loading the voice …")
        try:
            await self._load_voice()
        except VoiceError as error:
            self._do_without(error)
        except (ImportError, OSError, RuntimeError) as error:
            _LOG.error("the voice cannot be loaded", exc_info=error)
            self._do_without(SpeechError(f"The voice cannot be loaded ({type(error).__name__})."))
        # Going through all that was imported would hold the loop for 50 to 100 ms now and then.
        gc.freeze()
        gc.enable()
        self._state = "ready"
        self._talk.publish()
        self._report.ready(self._started)

    def _do_without(self, error: VoiceError) -> None:
        _LOG.error("no voice: %s", error.message)
        self._speech_error = self._desk.no_offers = error
        self._feed.put("notice", id="voice", level="error", **error.as_dict())

    async def _load_voice(self) -> None:
        stt, tts, trusted = await asyncio.to_thread(assembly.engines, self._site)
        # Importing Pipecat takes a second; the page is served and the engines load in processes of their own meanwhile.
        # What goes wrong so early is told when the front end asks for it again.
        early = asyncio.gather(stt.warm(), tts.warm(), return_exceptions=True)
        try:
            await asyncio.to_thread(_import_voice)
            await self._load_front(stt, tts, trusted=trusted)
            await early
        except BaseException:
            early.cancel()
            with suppress(asyncio.CancelledError):
                await early
            await asyncio.gather(stt.aclose(), tts.aclose())
            raise

    async def _load_front(self, stt: Engine[Any], tts: Engine[Any], *, trusted: bool) -> None:
        from aidevops_voice.server.offers import Offers
        from aidevops_voice.voice.cascade import Cascade
        from aidevops_voice.voice.hearing import Hearing

        hearing = self._site.settings.hearing
        listening = Hearing(
            start_s=hearing.vad_start_s,
            stop_s=hearing.vad_stop_s,
            confidence=hearing.vad_confidence,
            min_volume=hearing.vad_min_volume,
            unfinished_s=hearing.unfinished_s,
            hold_s=hearing.hold_s,
        )
        patience = self._talk.patience
        front = Cascade(self._talk, stt, tts, trusted=trusted, hearing=listening, patience=patience)
        self._front = front
        await front.warm()
        self._talk.use_mouth(front.mouth)
        self._desk.offers = Offers(front.connect)

    async def _drain(self) -> None:
        """Say what is being said to its end, then end the agent, the journal and the events."""
        self._state = "draining"
        self._talk.publish()
        offers, self._desk.offers = self._desk.offers, None
        self._desk.no_offers = SpeechError("The daemon is stopping.")
        if self._front is not None:
            await self._front.drain(SENTENCE_S)
            await _within(HANG_UP_S, self._front.aclose(), "the voice")
        if offers is not None:
            await _within(HANG_UP_S, offers.aclose(), "the page's connection")
        await self._talk.drain(AGENT_S)

    def _write_files(self) -> None:
        desk = self._desk
        daemon = Daemon(os.getpid(), desk.url, desk.tickets.token, desk.boot_id, desk.version)
        claim.write_files(self._site.state, daemon, self._wanted, desk.port)

    # --- what it tells ------------------------------------------------------------------------------------------

    def status(self) -> dict[str, Any]:
        """The object of `status --json`."""
        talk = self._talk.status()
        if self._speech_error is not None:
            talk["degraded"] = [*talk["degraded"], self._speech_error.as_dict()]
        choice = self._projects.choice(self._talk.focus.project)
        return {
            "state": self._state,
            "uptime_s": round(time.monotonic() - self._began, 1),
            "pid": os.getpid(),
            "url": self._desk.url,
            "profile": choice.profile.name,
            "agent": choice.agent,
            "boot_id": self._desk.boot_id,
            "version": __version__,
            "clients": self._front.clients if self._front else 0,
            "why": {**choice.why, "running": self._talk.agent.describe},
            **talk,
        }

    def _shown(self) -> dict[str, Any]:
        """The same for the page; what is open is remembered."""
        status = self.status()
        self._comeback.see(status)
        return status

    def _started(self) -> dict[str, Any]:
        return launch.started_facts(self.status(), self._desk.ticket())

    def _metrics(self) -> str:
        values = meters.measured(
            self.status(),
            waiting_callers=self._desk.waiting,
            events_total=self._feed.seq,
            loop_stalls_total=self._watchdog.stalls,
            loop_longest_stall_ms=self._watchdog.longest_s * 1000,
        )
        return meters.prometheus(values)

    def _profiles(self) -> list[dict[str, Any]]:
        states = profiles.survey(self._site.settings, self._site.environ, self._site.settings.project)
        return [state.as_dict() for state in states]

    async def _annex(self, asked: Annex) -> None:
        await self._projects.join(Wanted(**asked.model_dump()), self._talk, self._comeback)

    def _missing(self, project: str, error: VoiceError) -> None:
        """A project does not come back."""
        self._feed.put("notice", id=project, level="error", **error.as_dict())

    def _attach(self) -> dict[str, Any]:
        session = self._talk.status()["session"]
        agent = self._talk.agent
        if not isinstance(agent, Attachable) or session is None:
            name = self._projects.choice(self._talk.focus.project).agent
            raise BadRequest(f"The agent {name} has no screen to attach to, or no session yet.")
        argv, env = agent.attach_command(session)
        # Found with the daemon's PATH, which may hold what `make start` installed.
        return {"argv": [shutil.which(argv[0]) or argv[0], *argv[1:]], "env": env}


def _import_voice() -> None:
    for name in ("server.offers", "voice.cascade", "voice.hearing"):
        importlib.import_module(f"aidevops_voice.{name}")


async def _within(seconds: float, step: Awaitable[None], what: str) -> None:
    try:
        async with asyncio.timeout(seconds):
            await step
    except TimeoutError:
        _LOG.warning("%s did not end within %s s", what, seconds)


if __name__ == "__main__":
    sys.exit(main())
