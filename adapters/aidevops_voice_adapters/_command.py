"""Runs one command for an agent: no terminal, no secrets, capped output, and nothing of it left when it is over."""

from __future__ import annotations

import asyncio
import codecs
import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from aidevops_voice_adapters._leash import Leash

GRACE_S = 1.5
"""From TERM to KILL."""
TELL_S = 0.25
"""Between two reports of what was printed."""
TOLD = 4096
"""Bytes of the tail in such a report."""

_KEPT = re.compile(
    r"PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMP|TEMP|TMPDIR|XDG_\w+"
    r"|VIRTUAL_ENV|CONDA_PREFIX|CONDA_DEFAULT_ENV|PYENV_\w+|PYTHONPATH|PYTHONDONTWRITEBYTECODE"
    r"|NVM_\w+|VOLTA_HOME|FNM_\w+|NODE_PATH|NODE_ENV|PNPM_HOME|BUN_INSTALL|GOPATH|GOROOT|GOBIN|GOCACHE|GOMODCACHE|GOFLAGS"
    r"|CARGO_HOME|CARGO_TARGET_DIR|RUSTUP_\w+|JAVA_HOME|GEM_HOME|ASDF_\w+|MISE_\w+|NIX_PATH|NIX_PROFILES"
    r"|LD_LIBRARY_PATH|DYLD_\w+|PKG_CONFIG_PATH|SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE"
)
_SECRET_NAME = re.compile(r"key|token|secret|passw|passphrase|credential|auth|cookie|private", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"://[^/\s]*:[^/\s]*@")
_FORCED = {
    "TERM": "dumb",
    "CI": "1",
    "NO_COLOR": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    # A repository may name a program here that `git status` would start.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "core.fsmonitor",
    "GIT_CONFIG_VALUE_0": "false",
}


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that is over; all processes that it started are gone."""

    argv: tuple[str, ...]
    exit_code: int | None
    """Negative for a signal; None when it was ended by us."""
    output: str
    """Both streams as they came, head and tail kept."""
    truncated: bool
    seconds: float
    timed_out: bool
    stopped: bool


def shell(command: str) -> list[str]:
    """The same for a line of shell."""
    return ["/bin/bash", "-c", command]


def scrubbed(environ: Mapping[str, str]) -> dict[str, str]:
    """What commands may know of our environment, by list of names; nothing that looks like a secret."""
    kept = {name: value for name, value in environ.items() if _harmless(name, value)}
    if "PATH" in kept:
        # A relative entry would be one of the project, which could hold a `git` of its own.
        kept["PATH"] = os.pathsep.join(entry for entry in kept["PATH"].split(os.pathsep) if Path(entry).is_absolute())
    return kept | _FORCED


def _harmless(name: str, value: str) -> bool:
    return bool(_KEPT.fullmatch(name)) and not _SECRET_NAME.search(name) and not _SECRET_VALUE.search(value)


async def run(
    argv: Sequence[str],
    *,
    cwd: Path,
    environ: Mapping[str, str],
    timeout_s: float = 120.0,
    cap: int = 256 * 1024,
    on_output: Callable[[str], None] | None = None,
    stop: asyncio.Event | None = None,
) -> Finished:
    """Run it to its end, `stop`, the timeout or cancellation; `environ` is scrubbed, `cap` is in bytes.

    `on_output` is given the tail of what was printed so far, at most four times a second and not for what is over
    sooner. Raises OSError when the program cannot be run.
    """
    began = time.monotonic()
    leash = await Leash.start(argv, cwd=cwd, env=scrubbed(environ))
    printed = Printed(cap)
    async with asyncio.TaskGroup() as group:
        assert leash.stdout is not None
        reading = group.create_task(_read(leash.stdout, printed))
        telling = group.create_task(_tell(printed, on_output)) if on_output else None
        try:
            end = await _watch(leash, stop, timeout_s)
        finally:
            await leash.stop(GRACE_S)
            await asyncio.wait({reading})
            if telling:
                telling.cancel()
    return Finished(
        argv=tuple(argv),
        exit_code=await leash.wait() if end == "ended" else None,
        output=printed.text(),
        truncated=printed.left_out > 0,
        seconds=time.monotonic() - began,
        timed_out=end == "timed_out",
        stopped=end == "stopped",
    )


async def _watch(
    leash: Leash, stop: asyncio.Event | None, timeout_s: float
) -> Literal["ended", "stopped", "timed_out"]:
    async with asyncio.TaskGroup() as group:
        ended = group.create_task(leash.wait())
        told = group.create_task((stop or asyncio.Event()).wait())
        await asyncio.wait({ended, told}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        result: Literal["ended", "stopped", "timed_out"]
        result = "ended" if ended.done() else "stopped" if told.done() else "timed_out"
        ended.cancel()
        told.cancel()
    return result


async def _read(stream: asyncio.StreamReader, printed: Printed) -> None:
    while chunk := await stream.read(1 << 16):
        printed.add(chunk)


async def _tell(printed: Printed, on_output: Callable[[str], None]) -> None:
    while True:
        await printed.news.wait()
        await asyncio.sleep(TELL_S)
        printed.news.clear()
        on_output(printed.tail(TOLD))


class Printed:
    """The head and the tail of what a command prints, each half of the cap."""

    def __init__(self, cap: int) -> None:
        self.news = asyncio.Event()
        self.left_out = 0
        """Bytes."""
        self._half = cap // 2
        self._head = bytearray()
        self._tail = bytearray()

    def add(self, chunk: bytes) -> None:
        """Take what came."""
        self.news.set()
        room = self._half - len(self._head)
        self._head += chunk[:room]
        self._tail += chunk[room:]
        if len(self._tail) > 2 * self._half:
            self._trim()

    def text(self) -> str:
        """All that was kept, and where something is missing a line that says so."""
        self._trim()
        if not self.left_out:
            return (self._head + self._tail).decode(errors="replace")
        head = codecs.getincrementaldecoder("utf-8")("replace").decode(bytes(self._head))
        return f"{head}\n[... {self.left_out} bytes left out ...]\n{_from_whole_letter(self._tail)}"

    def tail(self, size: int) -> str:
        """The last bytes as text."""
        kept = self._tail if len(self._tail) >= size else self._head + self._tail
        return _from_whole_letter(kept[-size:])

    def _trim(self) -> None:
        excess = len(self._tail) - self._half
        if excess > 0:
            self.left_out += excess
            del self._tail[:excess]


def _from_whole_letter(data: bytes | bytearray) -> str:
    skip = 0
    while skip < min(3, len(data)) and data[skip] & 0xC0 == 0x80:
        skip += 1
    return data[skip:].decode(errors="replace")
