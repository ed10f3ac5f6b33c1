"""What a restart comes back to: the projects and sessions that are open, written down whenever they change."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from aidevops_voice import launch, paths
from aidevops_voice.launch import Wanted

_log = logging.getLogger(__name__)


class Comeback:
    """Keeps `launch.last_file` of this state folder; `wanted` is what the daemon was started with, and its port."""

    def __init__(self, state: Path, wanted: Wanted) -> None:
        self._state = state
        self._wanted = replace(wanted, beside=(), sessions=(), focus=None)
        self._beside: dict[str, Wanted] = {}
        self._changed = asyncio.Event()

    def joined(self, wanted: Wanted) -> None:
        """A project came beside the first one."""
        self._beside[wanted.project] = wanted

    def see(self, status: Mapping[str, Any]) -> None:
        """What is open now."""
        # A session without a title was not used; only where one is it is worth another one.
        rows = [row for row in status["sessions"] if row["id"] and (row["title"] or row["focus"])]
        rows.sort(key=lambda row: not row["focus"])
        used = {row["project"]: tuple(one["id"] for one in rows if one["project"] == row["project"]) for row in rows}
        beside = tuple(replace(each, sessions=used.get(each.project, ())) for each in self._beside.values())
        sessions = used.get(self._wanted.project, ())
        now = replace(self._wanted, sessions=sessions, beside=beside, focus=status["session"])
        if now != self._wanted:
            self._wanted = now
            self._changed.set()

    async def run(self) -> None:
        """Until cancelled: write it down."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            writing = asyncio.create_task(asyncio.to_thread(self._write, json.dumps(self._wanted.as_dict())))
            try:
                await asyncio.shield(writing)
            finally:
                # Who stops the daemon removes the file, which must not come back after that.
                await writing

    def _write(self, text: str) -> None:
        try:
            paths.write_private(launch.last_file(self._state), text)
        except OSError as error:
            _log.warning("what is open cannot be written down: %s", error.strerror)
