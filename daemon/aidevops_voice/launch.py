"""Starts the daemon as a process of its own and tells what came of it; standard library only."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

from aidevops_voice import paths
from aidevops_voice.control import (
    POLL_S,
    STOP_S,
    Daemon,
    connect,
    error_from,
    is_locked,
    program,
    request,
    running,
    session_id,
    trouble_line,
)
from aidevops_voice.errors import AlreadyRunning, NotRunning, SetupError

SERVICE = "aidevops_voice.service"
STARTED_WITH = "_AIDEVOPS_VOICE_START"
"""Environment variable with the flags of `start` as JSON, for the child alone."""
READY_S = 180.0
"""Loading models on a slow machine; progress is shown meanwhile."""
_STARTED = ("pid", "url", "profile", "agent", "session", "project", "boot_id", "degraded")

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `start` was asked for; None was not said."""

    project: str
    profile: str | None = None
    agent: str | None = None
    opencode: str | None = None
    session: str | None = None
    host: str | None = None
    port: int | None = None
    config: str | None = None
    offline: bool = False
    sessions: tuple[str, ...] = ()
    """To come back to as far as they are still there, first the one in focus."""
    focus: str | None = None
    beside: tuple[Wanted, ...] = ()
    """Other projects."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Wanted:
        """From `as_dict`; raises TypeError for anything else."""
        beside = tuple(cls.of(each) for each in told.get("beside", ()))
        return cls(**{**told, "sessions": tuple(told.get("sessions", ())), "beside": beside})

    def as_dict(self) -> dict[str, Any]:
        """Only what was said."""
        said = {name: getattr(self, name) for name in self.__slots__}
        said["beside"] = tuple(each.as_dict() for each in self.beside)
        return {name: value for name, value in said.items() if value not in (None, ()) and value is not False}


# --- start it ---------------------------------------------------------------------------------------------------


def start(wanted: Wanted, state: Path, progress: Progress) -> dict[str, Any]:
    """Start the daemon, or find it running; another project joins it; the object of `start --json`.

    Raises whatever the daemon could not start for.
    """
    if is_locked(state):
        return _join(wanted, state, progress)
    try:
        _spawn(wanted, state, progress)
    except AlreadyRunning:
        # Another `start` was quicker.
        return _join(wanted, state, progress)
    return started(connect(state))


def _join(wanted: Wanted, state: Path, progress: Progress) -> dict[str, Any]:
    status = _wait_ready(state, progress)
    if wanted.project not in status["projects"]:
        return _annex(wanted, state, progress)
    if wanted.project != status["project"]:
        return _of_project(started(connect(state)), wanted.project, status)
    runs = {"profile": status["profile"], "agent": status["agent"], "session": session_id(status)}
    for name, current in runs.items():
        asked = getattr(wanted, name)
        if asked not in (None, "auto", "new", current):
            progress(f"It runs with {name} {current}; to change that: aidevops-voice restart --{name} {asked}")
    return started(connect(state))


def _annex(wanted: Wanted, state: Path, progress: Progress) -> dict[str, Any]:
    """One daemon serves several projects: this one joins those that it has."""
    progress("A daemon is running; the project joins it …")
    asked = {name: getattr(wanted, name) for name in ("project", "agent", "opencode", "session", "config")}
    daemon = connect(state)
    request(daemon, "POST", "/api/projects", asked, timeout=READY_S)
    return _of_project(started(daemon), wanted.project, request(daemon, "GET", "/api/status"))


def _of_project(facts: dict[str, Any], project: str, status: Mapping[str, Any]) -> dict[str, Any]:
    """What was started, seen from one of several projects; None where its session is not there yet."""
    ids = [row["id"] for row in status["sessions"] if row["project"] == project]
    return {**facts, "project": project, "session": next(filter(None, ids), None)}


def _wait_ready(state: Path, progress: Progress) -> dict[str, Any]:
    deadline = time.monotonic() + READY_S
    told = False
    while time.monotonic() < deadline:
        daemon = running(state)
        if daemon is not None:
            status: dict[str, Any] = request(daemon, "GET", "/api/status")
            if status["state"] != "starting":
                return status
        elif not is_locked(state):
            raise NotRunning("The daemon ended while it was starting.", cure="See why with: aidevops-voice logs")
        if not told:
            progress("A daemon is starting already …")
            told = True
        time.sleep(POLL_S)
    raise SetupError("The daemon does not become ready.", cure="See why with: aidevops-voice logs")


def started(daemon: Daemon) -> dict[str, Any]:
    """What `start` prints, with a link of its own."""
    return started_facts(request(daemon, "GET", "/api/status"), request(daemon, "POST", "/api/ticket", {}))


def started_facts(status: Mapping[str, Any], ticket: Mapping[str, Any]) -> dict[str, Any]:
    """From the daemon's status and a fresh ticket."""
    return {**{name: status[name] for name in (*_STARTED, "why")}, **ticket}


def run_here(wanted: Wanted, state: Path, *, as_json: bool, browser: bool) -> NoReturn:
    """Become the daemon, for `start --foreground`: no process stands between it and who supervises it."""
    here = {"as_json": as_json, "browser": browser}
    os.chdir(state)
    command = service_command()
    os.execve(command[0], command, service_environment(wanted, os.environ, here))


def _spawn(wanted: Wanted, state: Path, progress: Progress) -> None:
    """Start the child in its own session and follow its reports until it is ready."""
    with os.fdopen(os.open(paths.log_file(state), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
        child = subprocess.Popen(
            service_command(),
            cwd=state,
            env=service_environment(wanted, os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    with _stopped_on_interrupt(child):
        _follow(child, progress)


def service_command() -> list[str]:
    """`-P`: nothing is imported from the working folder."""
    return [sys.executable, "-P", "-m", SERVICE]


def service_environment(
    wanted: Wanted, environ: Mapping[str, str], here: Mapping[str, bool] | None = None
) -> dict[str, str]:
    """Settings travel in the environment, for argv can be read by every user of the machine."""
    return {**environ, STARTED_WITH: json.dumps({"wanted": wanted.as_dict(), "here": here})}


def _follow(child: subprocess.Popen[bytes], progress: Progress) -> None:
    assert child.stdout is not None
    with child.stdout as reports:
        for line in reports:
            match json.loads(line):
                case {"progress": str(text)}:
                    progress(text)
                case {"error": dict(told)}:
                    child.wait()
                    raise error_from(told)
                case {"ready": True}:
                    return
    code = child.wait()
    raise SetupError(f"The daemon ended while it was starting (exit code {code}).")


@contextmanager
def _stopped_on_interrupt(child: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        # Its own session does not get our Ctrl-C.
        child.terminate()
        child.wait(STOP_S)
        raise


# --- start it again ---------------------------------------------------------------------------------------------


def last_file(state: Path) -> Path:
    """What the running daemon was started with, and its port; left behind by a crash."""
    return state / "last.json"


def last_start(state: Path) -> Wanted | None:
    """As `last_file` has it."""
    try:
        return Wanted.of(json.loads(last_file(state).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def merged(last: Wanted, asked: Wanted, *, project_said: bool) -> Wanted:
    """The last start with what is asked now; another project begins afresh, on the same port, and so does a session."""
    if project_said and asked.project != last.project:
        return replace(asked, port=asked.port if asked.port is not None else last.port)
    if asked.session is not None:
        last = replace(last, sessions=(), focus=None)
    return Wanted.of({**last.as_dict(), **asked.as_dict(), "project": last.project})


# --- say it -----------------------------------------------------------------------------------------------------


def announcement(facts: Mapping[str, Any], as_json: bool) -> str:
    """What `start` prints on stdout."""
    if as_json:
        return json.dumps({name: facts[name] for name in (*_STARTED, "login_url")})
    why, here = facts["why"], program()
    lines = [
        f"aidevops voice runs for {facts['project']} (pid {facts['pid']})",
        f"  profile  {why.get('profile', facts['profile'])}",
        f"  agent    {why.get('agent', facts['agent'])}",
        *(f"  trouble  {trouble_line(trouble)}" for trouble in facts["degraded"]),
        *([f"  attach   {here} attach"] if facts["agent"] == "opencode" else []),
        "",
        f"  {facts['login_url']}",
        "",
        f"The link opens the page once, within ten minutes. Another one: {here} open",
        f'For `aidevops voice …` in this shell: eval "$({here} shell-init)"',
    ]
    return "\n".join(lines)
