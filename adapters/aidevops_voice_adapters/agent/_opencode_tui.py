"""Terminals of OpenCode that can be joined: each leaves a card with the address of its bridge and what it shows."""

from __future__ import annotations

import asyncio
import json
import os
import re
import stat
import time
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

FOLDER = "tuis"
_LOOK_S = 0.2
_MOST_BYTES = 16 * 1024
_MOST_CARDS = 64
_NAME = re.compile(r"([0-9]{1,9})\.json")
_URL = re.compile(r"http://127\.0\.0\.1:[0-9]{1,5}")
_CLOCK_S = 2.0
"""How far the clock of files and that of processes may lie apart."""


class _Card(BaseModel):
    """As the plugin writes it."""

    model_config = ConfigDict(frozen=True)

    pid: int
    directory: str
    url: str
    token: str
    version: str
    session: str | None = None
    screen: str = ""


@dataclass(frozen=True, slots=True)
class Tui:
    """One terminal; the token is the password of user `opencode` at its bridge."""

    pid: int
    url: str
    token: str = field(repr=False)
    version: str
    session: str | None
    """What is on the screen; None on any other screen than a session's."""
    changed: float = field(compare=False)
    """When it last showed something else, seconds since the epoch."""


def joinable(state: Path, project: Path) -> list[Tui]:
    """Living terminals of this user in this very folder, the one used last first; a few small files are read."""
    with suppress(OSError):
        names = [entry.name for entry in os.scandir(state / FOLDER)][:_MOST_CARDS]
        found = [tui for name in names if (tui := _read(state / FOLDER, name, project.resolve()))]
        return sorted(found, key=lambda tui: tui.changed, reverse=True)
    return []


async def screens(state: Path, project: Path, pid: int | None = None) -> AsyncGenerator[Tui | None, None]:
    """The terminal that is joined, at once and then whenever it shows something else; None while there is none.

    It stays with one terminal, `pid` or the one used last, until that one ends.
    """
    told: Tui | None = None
    first = True
    while True:
        there = joinable(state, project)
        now = next((tui for tui in there if tui.pid == pid), there[0] if there else None)
        pid = now.pid if now else None
        if first or now != told:
            first, told = False, now
            yield now
        await asyncio.sleep(_LOOK_S)


def _read(folder: Path, name: str, project: Path) -> Tui | None:
    match = _NAME.fullmatch(name)
    if not match:
        return None
    found, changed = _content(folder / name)
    try:
        card = _Card.model_validate(found)
    except ValidationError:
        return None
    if card.pid != int(match[1]) or not _lives(card.pid, changed):
        return None
    if not _URL.fullmatch(card.url) or Path(card.directory).resolve() != project:
        return None
    return Tui(card.pid, card.url, card.token, card.version, card.session, changed)


def _content(path: Path) -> tuple[Any, float]:
    """Nothing from a file that another user could have written or read."""
    with suppress(OSError, ValueError):
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            seen = os.fstat(descriptor)
            if stat.S_ISREG(seen.st_mode) and seen.st_uid == os.getuid() and not seen.st_mode & 0o077:
                return json.loads(file.read(_MOST_BYTES)), seen.st_mtime
    return None, 0.0


def _lives(pid: int, written: float) -> bool:
    """Whether a process of this user has the number, and had it when the card was written."""
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    state, started = _process(pid)
    return state != "Z" and started <= written + _CLOCK_S


def _process(pid: int) -> tuple[str, float]:
    """State and start in seconds since the epoch, from Linux's /proc; nothing is known without it."""
    with suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(") ")[2].split()
        ago = time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return fields[0], time.time() - ago
    return "", 0.0
