"""A real daemon process in a home of its own, as `start --foreground` runs it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

COMMAND = [sys.executable, "-P", "-m", "aidevops_voice"]
KEYS = {"SONIOX_API_KEY": "made-up-soniox-key", "CARTESIA_API_KEY": "made-up-cartesia-key"}
LIGHT = ("--profile", "cloud", "--agent", "rehearsal")
"""A daemon that loads no speech engine and starts no agent; calls nobody until a page connects; needs `KEYS`."""
EMBEDDED = ("--profile", "embedded", "--agent", "rehearsal")
"""A whole daemon that needs nothing but this machine."""
_INHERITED = ("PATH", "LANG", "LC_ALL", "TMPDIR")
START_S = 120.0
_LISTEN = "0A"


@dataclass(frozen=True)
class Done:
    """A command that ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What `--json` printed, and nothing else."""
        return json.loads(self.out)


@dataclass
class House:
    """An isolated home with a project in it."""

    home: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        """The folder that the agent works in."""
        return self.home / "project"

    @property
    def state(self) -> Path:
        """The daemon's own folder."""
        return self.home / "state"

    def environment(self) -> dict[str, str]:
        """Nothing of the user's but the way to programs."""
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        return {**inherited, "HOME": str(self.home), "AIDEVOPS_VOICE_HOME": str(self.state), **self.environ}

    async def run(self, *words: str, cwd: Path | None = None) -> Done:
        """One command to its end."""
        process = await self.spawn(*words, cwd=cwd)
        out, err = await asyncio.wait_for(process.communicate(), START_S)
        return Done(process.returncode or 0, out.decode(), err.decode())

    async def spawn(self, *words: str, cwd: Path | None = None) -> asyncio.subprocess.Process:
        """A command that may go on running."""
        self.project.mkdir(parents=True, exist_ok=True)
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            *COMMAND, *words, cwd=cwd or self.project, env=self.environment(), stdout=pipe, stderr=pipe
        )

    def daemon_file(self) -> dict[str, Any]:
        """`daemon.json`."""
        found: dict[str, Any] = json.loads((self.state / "daemon.json").read_text("utf-8"))
        return found

    def log(self) -> str:
        """The whole log."""
        return "".join(file.read_text("utf-8") for file in sorted(self.state.glob("daemon.log*")))

    def processes(self) -> dict[int, str]:
        """Command lines of living processes that were started in this home."""
        mark = f"HOME={self.home}".encode()
        found: dict[int, str] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and int(entry.name) != os.getpid():
                try:
                    if mark in (entry / "environ").read_bytes().split(b"\0"):
                        found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
                except OSError:
                    # It ended while we looked, or is a zombie.
                    continue
        return found

    def family(self, pid: int) -> set[int]:
        """A process and everything below it."""
        parents = {int(stat.parent.name): _parent(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
        found, more = set[int](), {pid}
        while more:
            found |= more
            more = {child for child, parent in parents.items() if parent in more} - found
        return found

    def listening(self) -> list[tuple[str, str]]:
        """Protocol and local address of every socket that takes connections or datagrams."""
        owners = {target for pid in self.processes() for target in _descriptors(pid)}
        return [
            (kind, _address(row[1]))
            for kind in ("tcp", "tcp6", "udp", "udp6")
            for row in (line.split() for line in Path(f"/proc/net/{kind}").read_text("utf-8").splitlines()[1:])
            if f"socket:[{row[9]}]" in owners and (row[3] == _LISTEN or kind.startswith("udp"))
        ]

    async def nobody_left(self, timeout_s: float = 15.0) -> None:
        """Return when no process of this home lives; fails with their command lines."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while left := self.processes():
            assert asyncio.get_running_loop().time() < deadline, left
            await asyncio.sleep(0.05)


async def all_ended(pids: Iterable[int], timeout_s: float = 10.0) -> None:
    """Return when none of them runs any more; a zombie counts as ended."""
    deadline = asyncio.get_running_loop().time() + timeout_s
    while left := [pid for pid in pids if _program(pid)]:
        assert asyncio.get_running_loop().time() < deadline, left
        await asyncio.sleep(0.05)


def _program(pid: int) -> str:
    with suppress(OSError):
        return str(Path(f"/proc/{pid}/exe").readlink())
    return ""


def _parent(stat: Path) -> int:
    with suppress(OSError):
        return int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    return 0


def _descriptors(pid: int) -> list[str]:
    found: list[str] = []
    # Processes and descriptors may go while we look.
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                found.append(str(link.readlink()))
    return found


def _address(local: str) -> str:
    packed = bytes.fromhex(local.partition(":")[0])
    if len(packed) == 4:
        return socket.inet_ntoa(packed[::-1])
    return socket.inet_ntop(socket.AF_INET6, packed)


@dataclass
class RunningDaemon:
    """A daemon and its surface."""

    house: House
    process: asyncio.subprocess.Process
    facts: dict[str, Any]
    """What `start --json` printed."""
    errors: asyncio.Task[bytes]
    """Everything on stderr, once it ended."""

    @property
    def url(self) -> str:
        """Without a path."""
        return str(self.facts["url"])

    @property
    def port(self) -> int:
        """Of the page."""
        return int(self.url.rpartition(":")[2])

    @property
    def token(self) -> str:
        """Bearer of the command line."""
        return str(self.house.daemon_file()["token"])

    @property
    def pid(self) -> int:
        """Of the daemon itself."""
        return int(self.facts["pid"])

    def client(self) -> httpx.AsyncClient:
        """With the bearer token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=60, trust_env=False)

    async def request(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """One call by bearer."""
        async with self.client() as client:
            return await client.request(method, path, json=body)

    async def login_url(self) -> str:
        """A fresh link."""
        return str((await self.request("POST", "/api/ticket", {})).json()["login_url"])

    async def status(self) -> dict[str, Any]:
        """`GET /api/status`."""
        found: dict[str, Any] = (await self.request("GET", "/api/status")).json()
        return found

    async def until(self, timeout_s: float = 60.0, **wanted: Any) -> dict[str, Any]:
        """The status once these fields have these values."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while True:
            status = await self.status()
            if all(status[name] == value for name, value in wanted.items()):
                return status
            assert asyncio.get_running_loop().time() < deadline, (wanted, status)
            await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """As a crash or the kernel would."""
        self.process.kill()
        await self.process.wait()

    async def terminate(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        try:
            return await asyncio.wait_for(self.process.wait(), 20)
        except TimeoutError:
            self.process.kill()
            raise


@asynccontextmanager
async def running(house: House, flags: Sequence[str] = LIGHT, port: int | None = 0) -> AsyncGenerator[RunningDaemon]:
    """Start in the foreground, wait until it is ready, end it gracefully; `port=None` gives no flag."""
    ports = [] if port is None else ["--port", str(port)]
    words = ["start", "--foreground", "--json", "--no-open", "--project", str(house.project), *ports, *flags]
    process = await house.spawn(*words)
    assert process.stdout is not None
    assert process.stderr is not None
    errors = asyncio.create_task(process.stderr.read())
    try:
        line = await asyncio.wait_for(process.stdout.readline(), START_S)
        assert line, (await errors).decode() + house.log()
        facts = json.loads(line)
        assert "pid" in facts, facts
        yield RunningDaemon(house, process, facts, errors)
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 20)
        except TimeoutError:
            process.kill()
            await process.wait()
        await errors
