"""What a daemon claims for itself: the lock of its user, a port, and the files that tell where it is."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import time
from dataclasses import asdict, replace
from pathlib import Path

from aidevops_voice import launch, paths
from aidevops_voice.control import Daemon
from aidevops_voice.errors import AlreadyRunning, PortTaken, SetupError
from aidevops_voice.launch import Wanted

_LOCK_S = 1.0
"""A command line that looks whether we live holds the lock for a moment."""


def only_one(state: Path) -> int:
    """Take the lock; raises AlreadyRunning. Its descriptor is left to the kernel, so that the lock falls last."""
    handle = os.open(paths.lock_file(state), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    _lock(handle)
    # What a crash left behind must not be taken for us.
    paths.daemon_file(state).unlink(missing_ok=True)
    return handle


def _lock(handle: int) -> None:
    deadline = time.monotonic() + _LOCK_S
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                os.close(handle)
                raise AlreadyRunning(
                    "A daemon of this user runs already.", cure="See: aidevops-voice status"
                ) from error
        time.sleep(0.02)


def port(wanted: Wanted, state: Path, usual: int) -> int:
    """The one asked for; after a crash the one of before, on which the page waits."""
    last = launch.last_start(state)
    if last is not None and last.project == wanted.project and last.port and not wanted.port:
        return last.port
    return usual


def listen(host: str, port: int, *, any_free: bool) -> socket.socket:
    """A bound socket that children do not inherit; raises PortTaken unless any free port will do."""
    address = "127.0.0.1" if host == "localhost" else host
    listening = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE and any_free and port:
            return listen(host, 0, any_free=True)
        raise PortTaken(f"Port {port} of {address} cannot be used: {os.strerror(error.errno or 0)}.") from error
    return listening


def write_files(state: Path, daemon: Daemon, wanted: Wanted, port: int) -> None:
    """Address and token for the command line; flags and port for the next start; raises SetupError."""
    try:
        paths.write_private(launch.last_file(state), json.dumps(replace(wanted, port=port).as_dict()))
        paths.write_private(paths.daemon_file(state), json.dumps(asdict(daemon)))
    except OSError as error:
        cure = "Make room there, or name another folder with AIDEVOPS_VOICE_HOME."
        raise SetupError(f"{state} cannot be written to ({error.strerror}).", cure=cure) from error


def forget_files(state: Path) -> None:
    """After a graceful end nothing has to be recovered."""
    for file in (paths.daemon_file(state), launch.last_file(state), state / "open.html"):
        file.unlink(missing_ok=True)
