"""A speech engine in a process of its own: started once, started again when it dies, gone when the daemon is gone."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from aidevops_voice.errors import SpeechError
from aidevops_voice_adapters._engine_pipe import CONFIG, HEADER, PAYLOAD_LIMIT, READY, Message, with_fields

logger = logging.getLogger(__name__)

START_LIMIT_S = 30.0
GOODBYE_LIMIT_S = 2.0
UNSENT_LIMIT = 1 << 21
"""Bytes waiting for a child that does not keep up (a minute of speech); what comes then is dropped, newest first."""
CRASHES = 3
CRASH_WINDOW_S = 60.0
STDERR_LINE_LIMIT = 400

Received = Callable[[Message], Awaitable[None]]


class EngineProcess:
    """Runs `module` with this interpreter; `received` is awaited for each message, so it can hold back."""

    def __init__(
        self,
        module: str,
        config: Mapping[str, Any],
        *,
        received: Received,
        revived: Callable[[], None],
        lost: Callable[[SpeechError], None],
        failure: type[SpeechError],
    ) -> None:
        self._module = module
        self._config = config
        self._received = received
        self._revived = revived
        self._lost = lost
        self._failure = failure
        self._process: asyncio.subprocess.Process | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._crashes: deque[float] = deque(maxlen=CRASHES)
        self._dropping = False
        self.ready: dict[str, Any] = {}
        """What the child told about itself when it was ready."""

    @property
    def alive(self) -> bool:
        """Whether it runs or is being started again."""
        return self._supervisor is not None and not self._supervisor.done()

    @property
    def pid(self) -> int | None:
        """Of the running child."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Return when the child is ready; raises the SpeechError given as `failure`."""
        async with self._starting:
            if self.alive:
                return
            self._crashes.clear()
            await self._spawn()
            self._supervisor = asyncio.create_task(self._supervise(), name=f"{self._module} supervisor")
            self._supervisor.add_done_callback(self._supervised)

    def send(self, message: Message) -> bool:
        """Queue for the child without blocking; False when it was dropped."""
        process = self._process
        if process is None or process.returncode is not None or process.stdin is None or process.stdin.is_closing():
            return False
        full = process.stdin.transport.get_write_buffer_size() > UNSENT_LIMIT
        if full and not self._dropping:
            logger.warning("%s does not keep up; speech is dropped", self._module)
        self._dropping = full
        if not full:
            process.stdin.write(message.pack())
        return not full

    def kill(self) -> None:
        """End a child that hangs; it is started again."""
        if self.pid is not None and self._process is not None:
            self._process.kill()

    async def aclose(self) -> None:
        """End the child, at first by closing its stdin."""
        async with self._starting:
            if self._supervisor is not None:
                self._supervisor.cancel()
                await asyncio.wait([self._supervisor])
                self._supervisor = None
            await self._end()

    def _supervised(self, supervisor: asyncio.Task[None]) -> None:
        """Without its supervisor nobody reads what the child says, and who waits for that would wait for ever."""
        if supervisor.cancelled() or (error := supervisor.exception()) is None:
            return
        logger.error("%s is given up", self._module, exc_info=error)
        self.kill()
        self._lost(self._failure(f"{self._module} is given up after an error in the daemon"))

    async def _supervise(self) -> None:
        while True:
            code = await self._attend()
            logger.warning("%s ended with code %s and is started again", self._module, code)
            error = await self._revive()
            if error is not None:
                logger.error("%s is given up: %s", self._module, error.message)
                self._lost(error)
                return
            self._revived()

    async def _attend(self) -> int:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        assert process.stderr is not None
        async with asyncio.TaskGroup() as group:
            group.create_task(_log_lines(self._module, process.stderr))
            while message := await _receive(process.stdout):
                await self._received(message)
            # A child that closed its stdout but lives on would never be noticed.
            if process.returncode is None:
                await self._end()
        return await process.wait()

    async def _revive(self) -> SpeechError | None:
        while True:
            now = time.monotonic()
            self._crashes.append(now)
            if len(self._crashes) == CRASHES and now - self._crashes[0] < CRASH_WINDOW_S:
                return self._failure(f"{self._module} died {CRASHES} times within {CRASH_WINDOW_S:.0f} seconds")
            try:
                await self._spawn()
            except SpeechError as error:
                logger.warning("%s", error.message)
            else:
                return None

    async def _spawn(self) -> None:
        self._process = process = await self._launch()
        try:
            async with asyncio.timeout(START_LIMIT_S):
                await self._shake_hands(process)
        except TimeoutError:
            await self._end()
            raise self._failure(f"{self._module} was not ready after {START_LIMIT_S:.0f} seconds") from None
        except BaseException:
            await self._end()
            raise

    async def _launch(self) -> asyncio.subprocess.Process:
        try:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-s", "-P", "-m", self._module),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            raise self._failure(f"{self._module} could not be started: {error.strerror}") from error

    async def _shake_hands(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self.send(with_fields(CONFIG, 0, self._config))
        while message := await _receive(process.stdout):
            if message.kind == READY:
                self.ready = message.fields()
                return
        tail = (await process.stderr.read()).decode(errors="replace").strip().splitlines()
        why = tail[-1][:STDERR_LINE_LIMIT] if tail else "it said nothing"
        raise self._failure(f"{self._module} did not start: {why}")

    async def _end(self) -> None:
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(GOODBYE_LIMIT_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


def _environment() -> dict[str, str]:
    """No secret of the daemon reaches the child, and it finds our package however that is installed."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONUTF8": "1", "PYTHONPATH": str(Path(__file__).parents[1])}


async def _receive(stream: asyncio.StreamReader) -> Message | None:
    """The next message; None when the child is gone or out of step."""
    try:
        kind, number, length = HEADER.unpack(await stream.readexactly(HEADER.size))
        if length > PAYLOAD_LIMIT:
            return None
        return Message(kind, number, await stream.readexactly(length))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


async def _log_lines(name: str, stream: asyncio.StreamReader) -> None:
    while line := await stream.read(STDERR_LINE_LIMIT):
        logger.warning("%s: %s", name, line.decode(errors="replace").strip())
