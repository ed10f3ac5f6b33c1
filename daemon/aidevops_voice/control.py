"""The daemon from outside: whether it runs, how to call it and how to end it; standard library only."""

from __future__ import annotations

import fcntl
import http.client
import json
import os
import shlex
import shutil
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aidevops_voice import errors, paths
from aidevops_voice.errors import NotRunning, VoiceError

STOP_S = 20.0
POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Daemon:
    """The content of `daemon.json`."""

    pid: int
    url: str
    token: str = field(repr=False)
    boot_id: str
    version: str


# --- is it there ------------------------------------------------------------------------------------------------


def running(state: Path) -> Daemon | None:
    """The daemon that holds the lock; a file left behind by a crash does not count."""
    if not is_locked(state):
        return None
    return _read_daemon(state)


def is_locked(state: Path) -> bool:
    """Whether a daemon lives; the kernel frees the lock however it died."""
    try:
        with paths.lock_file(state).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return False
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True


def _read_daemon(state: Path) -> Daemon | None:
    try:
        return Daemon(**json.loads(paths.daemon_file(state).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def connect(state: Path) -> Daemon:
    """The running daemon; raises NotRunning."""
    daemon = running(state)
    if daemon is None:
        raise NotRunning("No daemon is running.")
    return daemon


# --- call it ----------------------------------------------------------------------------------------------------


def request(daemon: Daemon, method: str, path: str, body: Any = None, timeout: float | None = 30.0) -> Any:
    """Answer of the daemon as JSON, None when it is empty; raises what the daemon says, or NotRunning."""
    host, _, port = daemon.url.removeprefix("http://").rpartition(":")
    connection = http.client.HTTPConnection(host.strip("[]"), int(port), timeout=timeout)
    headers = {"Authorization": f"Bearer {daemon.token}", "Content-Type": "application/json"}
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise NotRunning("The daemon went away or does not answer.") from error
    finally:
        connection.close()
    if answer.status >= 400:
        raise _remote(content)
    return json.loads(content) if content else None


def _remote(content: bytes) -> VoiceError:
    try:
        told = json.loads(content)
        return error_from(told)
    except (ValueError, TypeError, KeyError, AttributeError):
        return VoiceError("The daemon answers what cannot be understood.")


def error_from(told: Mapping[str, str]) -> VoiceError:
    """The error that was sent as `{code, message, cure}`; an unknown code becomes the root."""
    drawn = (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, VoiceError))
    kinds = {kind.code: kind for kind in drawn}
    return kinds.get(told["code"], VoiceError)(told["message"], cure=told["cure"])


# --- stop it ----------------------------------------------------------------------------------------------------


def stop(state: Path) -> bool:
    """End the daemon and wait until it is gone; False when none was running."""
    if not is_locked(state):
        return False
    daemon = _wait_for_file(state)
    if daemon is None:
        return not is_locked(state)
    _signal(daemon.pid, signal.SIGTERM)
    if not _gone(state, STOP_S):
        _signal(daemon.pid, signal.SIGKILL)
        _gone(state, STOP_S)
    return True


def _wait_for_file(state: Path) -> Daemon | None:
    """A daemon that just starts holds the lock before its address is known."""
    deadline = time.monotonic() + STOP_S
    while is_locked(state) and time.monotonic() < deadline:
        if daemon := running(state):
            return daemon
        time.sleep(POLL_S)
    return None


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        # It ended by itself meanwhile.
        return


def _gone(state: Path, timeout_s: float) -> bool:
    deadline = time.monotonic() + timeout_s
    while is_locked(state):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True


# --- say it -----------------------------------------------------------------------------------------------------


_NAME = "aidevops-voice"


def program() -> str:
    """How this program is called here: by name where it is on PATH, else by its place."""
    here = Path(sys.argv[0])
    return shlex.quote(str(here)) if here.name == _NAME and here.is_file() and not shutil.which(_NAME) else _NAME


def typed(text: str) -> str:
    """The text with commands of ours as they are typed here."""
    return text.replace(f"{_NAME} ", f"{program()} ")


def complain(error: VoiceError, as_json: bool) -> int:
    """Print an error in the form of every command; returns the exit code."""
    if as_json:
        print(json.dumps(error.as_dict()), flush=True)
    else:
        print(f"{_NAME}: {error.message}\n  {typed(error.cure)}", file=sys.stderr, flush=True)
    return error.exit_code


def session_id(status: Mapping[str, Any]) -> str | None:
    """The agent's session of a status; None while there is none."""
    session = status["session"]
    return str(session) if session else None


def trouble_line(trouble: Mapping[str, str]) -> str:
    """An error of `degraded` in one line."""
    return f"{trouble['message']} {trouble['cure']}"
