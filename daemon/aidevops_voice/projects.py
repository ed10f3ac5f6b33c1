"""The projects of one daemon: the first one, those that join it, and those that a restart comes back to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from aidevops_voice import assembly, paths
from aidevops_voice.assembly import Choice, Site
from aidevops_voice.comeback import Comeback
from aidevops_voice.errors import VoiceError
from aidevops_voice.launch import Wanted
from aidevops_voice.switchboard import Project, Switchboard

_log = logging.getLogger(__name__)


class Projects:
    """`wanted` is what the daemon was started with."""

    def __init__(self, site: Site, wanted: Wanted, boot_id: str) -> None:
        self._site, self._wanted, self._boot_id = site, wanted, boot_id
        self._joining = asyncio.Lock()
        self._choices: dict[Project, Choice] = {}
        self.first = self._built(site, paths.journal_dir(site.state), wanted)

    def choice(self, project: Project) -> Choice:
        """Of its agent, and why."""
        return self._choices[project]

    async def join(self, wanted: Wanted, talk: Switchboard, comeback: Comeback) -> None:
        """A project more; one that is here already is left as it is; raises VoiceError."""
        async with self._joining:
            folder = str(await asyncio.to_thread(Path(wanted.project).resolve))
            if folder in talk.status()["projects"]:
                return
            site = await asyncio.to_thread(assembly.annex, wanted, self._site)
            project = self._built(site, paths.annex_journal_dir(site.state, site.settings.project), wanted)
            comeback.joined(replace(wanted, project=folder))
            await talk.add(project)

    async def come_back(
        self, talk: Switchboard, comeback: Comeback, trouble: Callable[[str, VoiceError], None]
    ) -> None:
        """Everything that was open before a restart, and the user where he was."""
        for wanted in self._wanted.beside:
            try:
                await self.join(wanted, talk, comeback)
            except VoiceError as error:
                _log.error("%s does not come back: %s", wanted.project, error.message)
                trouble(wanted.project, error)
        if self._wanted.focus:
            await talk.resume(self._wanted.focus)

    def _built(self, site: Site, book: Path, wanted: Wanted) -> Project:
        project = assembly.project(site, assembly.agent(site), self._boot_id, book, wanted.sessions)
        self._choices[project] = site.choice
        return project
