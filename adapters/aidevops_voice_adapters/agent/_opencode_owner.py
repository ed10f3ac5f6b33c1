"""Whether another OpenCode process works in a session: all of a user share their sessions, but not who is at work."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter

from aidevops_voice.errors import SessionElsewhere
from aidevops_voice_adapters.agent._opencode_forms import known
from aidevops_voice_adapters.agent._opencode_link import Link
from aidevops_voice_adapters.agent._opencode_settings import processes
from aidevops_voice_adapters.agent._opencode_tui import joinable
from aidevops_voice_adapters.agent._opencode_wire import Stored

_STORED = TypeAdapter(Stored)


async def check(
    link: Link, session: str, project: Path, cards: Path | None, ours: Collection[int], told: Collection[str]
) -> None:
    """Raises SessionElsewhere; `ours` are processes that we talk to, `told` the messages that came by our own stream.

    Another process has the session when its terminal shows it, or when an answer in it is unfinished that our server
    does not work on, while such a process lives in this folder: what a crash left looks the same without one.
    """
    if cards and (pid := await asyncio.to_thread(_shown, session, project, cards, ours)):
        raise SessionElsewhere(f"The session is on the screen of another OpenCode, process {pid}.")
    if not await _unfinished(link, session, told):
        return
    if pid := await asyncio.to_thread(_neighbour, project, ours):
        raise SessionElsewhere(f"Another OpenCode, process {pid}, is working in that session.")


def _shown(session: str, project: Path, cards: Path, ours: Collection[int]) -> int:
    there = joinable(cards, project)
    return next((tui.pid for tui in there if tui.session == session and tui.pid not in ours), 0)


async def _unfinished(link: Link, session: str, told: Collection[str]) -> bool:
    last = known(_STORED, await link.items(f"/session/{session}/message", limit=1))
    if not last or last[-1].info.role != "assistant" or last[-1].info.final or last[-1].info.id in told:
        return False
    return session not in (await link.get("/session/status") or {})


def _neighbour(project: Path, ours: Collection[int]) -> int:
    """Another OpenCode in this folder or below it that is more than a window to a server."""
    return next((pid for pid in processes() if not _below(pid, ours) and _works_in(pid, project)), 0)


def _works_in(pid: int, project: Path) -> bool:
    with suppress(OSError, ValueError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        where = Path(f"/proc/{pid}/cwd").readlink()
        return b"attach" not in words and where.is_relative_to(project)
    return False


def _below(pid: int, ours: Collection[int]) -> bool:
    """Whether a process is one of ours or descends from one."""
    with suppress(OSError, ValueError, IndexError):
        while pid > 1 and pid not in ours:
            pid = int(Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(") ")[2].split()[1])
    return pid in ours
