"""A program tied to our life: it and every descendant end with it, with `stop` or however this process dies."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

_LOG = logging.getLogger(__name__)
_CHILD = Path(__file__).with_name("_leash_child.py")
UNREAD_S = 0.1
"""How long `stop` leaves a pipe open that is full because nobody reads it."""
_FOR_PYTHON = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


class Leash:
    """One running program; read `stdout` to its end or call `stop`, else its pipe stays open."""

    def __init__(self, supervisor: subprocess.Popen[bytes], line: _Line) -> None:
        self._supervisor = supervisor
        self._line = line
        self._output: asyncio.ReadTransport | None = None
        self._printed: _Output | None = None
        self.stdout: asyncio.StreamReader | None = None
        self.pid = 0
        """Of the program itself, which leads its own session."""

    @classmethod
    async def start(
        cls,
        argv: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        stdout: int | None = subprocess.PIPE,
        merge_stderr: bool = True,
    ) -> Self:
        """Run it without a terminal, stdin empty, with just this environment; raises OSError if it cannot be run."""
        request = _request(argv, env)
        ours, theirs = socket.socketpair()
        with theirs:
            supervisor = _supervise(theirs, cwd, stdout, merge_stderr, ours)
        leash = cls(supervisor, _Line())
        begin = asyncio.ensure_future(leash._begin(ours, request))
        try:
            await asyncio.shield(begin)
        except asyncio.CancelledError:
            await asyncio.wait([begin])
            await leash.stop(0)
            raise
        except OSError:
            await leash.stop(0)
            raise
        return leash

    async def wait(self) -> int:
        """Exit code of the program, negative for a signal; returns when leftovers of its tree are gone too."""
        await asyncio.shield(self._line.closed)
        await self._bury()
        return -signal.SIGKILL if self._line.exit_code is None else self._line.exit_code

    async def stop(self, grace_s: float = 2.0) -> None:
        """TERM to the whole tree, KILL after the grace; returns when all are gone; may be called again."""
        self._line.send(f"stop {max(0.0, grace_s):.3f}\n".encode())
        await asyncio.shield(self._line.closed)
        await self._bury()
        if self._output is not None and self._printed is not None:
            await asyncio.wait({self._printed.ended}, timeout=UNREAD_S)
            self._output.close()

    async def _begin(self, ours: socket.socket, request: bytes) -> None:
        loop = asyncio.get_running_loop()
        await loop.create_unix_connection(lambda: self._line, sock=ours)
        if self._supervisor.stdout is not None:
            self.stdout = reader = asyncio.StreamReader()
            self._output, self._printed = await loop.connect_read_pipe(lambda: _Output(reader), self._supervisor.stdout)
        self.pid = await self._line.ask(request)

    async def _bury(self) -> None:
        code = await asyncio.to_thread(self._supervisor.wait)
        if code == 0 or self._line.mourned:
            return
        self._line.mourned = True
        if code == 1:
            _LOG.error("a process under %d cannot be killed", self.pid)
        elif self.pid:
            _LOG.warning("the supervisor of %d was killed", self.pid)
            _kill_group(self.pid)


class _Output(asyncio.StreamReaderProtocol):
    """What the program prints; `ended` is done when all of it was taken from the pipe."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        super().__init__(reader)
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if not self.ended.done():
            self.ended.set_result(None)


class _Line(asyncio.Protocol):
    """Our end of the supervisor's socket; `closed` is done when the tree is gone."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.transport: asyncio.WriteTransport | None = None
        self.closed: asyncio.Future[None] = loop.create_future()
        self.exit_code: int | None = None
        self.mourned = False
        self._answered: asyncio.Future[str] = loop.create_future()
        self._heard = b""

    async def ask(self, request: bytes) -> int:
        """Pid of the program that was started; raises OSError."""
        self.send(request)
        word, _, value = (await self._answered).partition(" ")
        if word == "pid":
            return int(value)
        raise OSError(int(value), os.strerror(int(value)))

    def send(self, data: bytes) -> None:
        """Lost without a word when the supervisor is gone."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(data)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        *lines, self._heard = (self._heard + data).split(b"\n")
        for line in lines:
            self._take(line.decode())

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.closed.done():
            self.closed.set_result(None)
        if not self._answered.done():
            self._answered.set_result("error 3")

    def _take(self, line: str) -> None:
        word, _, value = line.partition(" ")
        if word == "exit":
            self.exit_code = int(value)
        elif not self._answered.done():
            self._answered.set_result(line)


def _request(argv: Sequence[str], env: Mapping[str, str]) -> bytes:
    words = [str(len(argv)), *argv, *(f"{key}={value}" for key, value in env.items())]
    if not argv or any("\0" in word for word in words):
        raise ValueError("a program needs a name, and no argument may hold a NUL")
    body = os.fsencode("\0".join(words))
    return b"%d\n" % len(body) + body


def _supervise(
    theirs: socket.socket, cwd: Path, stdout: int | None, merge_stderr: bool, ours: socket.socket
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(_CHILD)],
            cwd=cwd,
            env={name: os.environ[name] for name in _FOR_PYTHON if name in os.environ},
            stdin=theirs.fileno(),
            stdout=stdout,
            stderr=subprocess.STDOUT if merge_stderr else subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        ours.close()
        raise


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except OSError:
        return
