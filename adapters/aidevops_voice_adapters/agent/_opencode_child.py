"""Our own `opencode serve`: a random password by environment only, tied to our life."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from aidevops_voice.errors import AgentFailed, AgentUnreachable
from aidevops_voice_adapters._leash import Leash
from aidevops_voice_adapters.agent._opencode_link import USER
from aidevops_voice_adapters.agent._opencode_rules import PERMISSION
from aidevops_voice_adapters.agent._opencode_settings import relaxed

_OURS = ("AIDEVOPS_VOICE_", "_AIDEVOPS_VOICE_")
_OFFLINE = {
    "OPENCODE_DISABLE_MODELS_FETCH": "1",
    "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
    # A plugin folder in the project makes npm try for 70 s when there is no network.
    "npm_config_fetch_retries": "0",
}
_LISTENING = re.compile(rb"listening on (http://[^\s]+)")
CURE = "Run `opencode serve` in the project to see why."


class CannotRun(AgentUnreachable):
    """The program is not there or cannot be executed."""


class OwnServer:
    """One running child."""

    def __init__(self, leash: Leash, password: str) -> None:
        self._leash = leash
        self.password = password
        self.url = ""
        self._drain: asyncio.Task[None] | None = None
        self._exit = asyncio.create_task(leash.wait(), name="opencode exit")

    @classmethod
    async def start(
        cls, binary: str, project: Path, offline: bool, patience_s: float, withheld: Sequence[str] = ()
    ) -> Self:
        """Start it and wait for its address; raises CannotRun, AgentFailed."""
        password = secrets.token_urlsafe(32)
        env = environment(os.environ, project, password, offline, withheld)
        argv = [binary, "serve", "--port", "0", "--hostname", "127.0.0.1"]
        try:
            leash = await Leash.start(argv, cwd=project, env=env)
        except OSError as error:
            raise CannotRun(f"{binary} cannot be run: {error.strerror}.", cure=INSTALL) from None
        server = cls(leash, password)
        try:
            await server._listening(patience_s)
        except BaseException:
            await server.stop()
            raise
        return server

    @property
    def pid(self) -> int:
        """Of OpenCode itself."""
        return self._leash.pid

    @property
    def gone(self) -> bool:
        """Whether it ended."""
        return self._exit.done()

    async def wait_gone(self, timeout: float) -> bool:
        """Give an ending child the time to be seen as ended."""
        await asyncio.wait([self._exit], timeout=timeout)
        return self.gone

    async def stop(self) -> None:
        """End it and everything it started."""
        await self._leash.stop()
        if self._drain:
            self._drain.cancel()
        tasks = [task for task in (self._drain, self._exit) if task]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _listening(self, patience_s: float) -> None:
        assert self._leash.stdout is not None
        try:
            async with asyncio.timeout(patience_s):
                self.url = await _address(self._leash.stdout)
        except TimeoutError:
            raise AgentFailed(f"OpenCode did not start within {patience_s:.0f} seconds.", cure=CURE) from None
        self._drain = asyncio.create_task(_drain(self._leash.stdout), name="opencode output")


INSTALL = "Install it with: npm install -g opencode-ai@1.18.33"


def environment(
    base: Mapping[str, str], project: Path, password: str, offline: bool, withheld: Sequence[str] = ()
) -> dict[str, str]:
    """What the child sees: the user's environment without what is withheld or our own, and its password."""
    kept = {key: value for key, value in base.items() if key not in withheld and not key.startswith(_OURS)}
    return {
        **kept,
        **(_OFFLINE if offline else {}),
        "PWD": str(project),
        "OPENCODE_DISABLE_AUTOUPDATE": "1",
        "OPENCODE_PERMISSION": json.dumps(PERMISSION),
        "OPENCODE_CONFIG_CONTENT": _going_on(base.get("OPENCODE_CONFIG_CONTENT", "")),
        "OPENCODE_SERVER_USERNAME": USER,
        "OPENCODE_SERVER_PASSWORD": password,
    }


def _going_on(inline: str) -> str:
    """The inline configuration with which a denial ends no turn, even where other requests fall with it."""
    config = relaxed(inline)
    if inline and not config:
        return inline
    own = config.get("experimental")
    return json.dumps({**config, "experimental": {"continue_loop_on_deny": True, **(own if own else {})}})


async def _address(output: asyncio.StreamReader) -> str:
    seen = b""
    while chunk := await output.read(4096):
        seen = (seen + chunk)[-8192:]
        if (found := _LISTENING.search(seen)) and seen[found.end() :]:
            return found[1].decode()
    raise AgentFailed("OpenCode ended while it was starting.", cure=CURE)


async def _drain(output: asyncio.StreamReader) -> None:
    with contextlib.suppress(OSError):
        while await output.read(65536):
            pass
