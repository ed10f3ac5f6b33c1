"""Looks at this machine for everything that a start needs, and says how to get what is missing."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from aidevops_voice import assembly, control, paths, registry, secrets, shim
from aidevops_voice.adapter import Adapter, Workplace
from aidevops_voice.cli import plugging
from aidevops_voice.errors import PageNotBuilt, PortTaken, SetupError, VoiceError
from aidevops_voice.launch import Wanted
from aidevops_voice.profiles import probe_agents, survey
from aidevops_voice.settings import Settings

_NODE = 20
"""Major version that builds the page."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; never holds the value of a secret."""

    what: str
    mark: Literal["ok", "note", "missing"]
    found: str
    cure: str = ""

    def as_dict(self) -> dict[str, str]:
        """Plain JSON."""
        return asdict(self)


def profiles(wanted: Wanted) -> list[dict[str, Any]]:
    """The list of `profiles --json`."""
    _mute_pipecat()
    settings = assembly.load(wanted, os.environ)
    return [state.as_dict() for state in survey(settings, os.environ, settings.project)]


def _mute_pipecat() -> None:
    """Importing it prints a banner."""
    from loguru import logger

    logger.disable("pipecat")


def examine(wanted: Wanted) -> list[Check]:
    """Every check; a broken configuration is one of them, and then those that need it are left out."""
    _mute_pipecat()
    checks = [_python(), _page(), _node(), *_state(), *_spelling()]
    try:
        settings = assembly.load(wanted, os.environ)
        looks = (_port, _agents, _plugin, _notes, _profiles, _keys)
        return [*checks, *(check for look in looks for check in look(settings))]
    except VoiceError as error:
        return [*checks, Check("settings", "missing", error.message, error.cure)]


def _python() -> Check:
    return Check("python", "ok", f"{sys.version.split()[0]} at {sys.executable}")


def _page() -> Check:
    if (paths.static() / "index.html").is_file():
        return Check("page", "ok", "is built")
    return Check("page", "missing", "is not built", PageNotBuilt.cure)


def _node() -> Check:
    if node := shutil.which("node"):
        return Check("node", "ok", f"{node}; only needed to build the page")
    return Check("node", "note", "not on PATH; only needed to build the page", f"Install Node.js {_NODE} or newer.")


def _state() -> Iterator[Check]:
    state = paths.state_dir()
    yield Check("state folder", "ok", str(state))
    for file in (paths.daemon_file(state), paths.logins_file(state), paths.log_file(state)):
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
            yield Check(file.name, "missing", "can be read by others", f"Run: chmod 600 {file}")
    daemon = control.running(state)
    yield Check("daemon", "ok", f"runs at {daemon.url} (pid {daemon.pid})" if daemon else "is not running")


def _spelling() -> Iterator[Check]:
    """What `aidevops` leads to; never by running it."""
    found = shim.found(os.environ)
    for ours in found.shims:
        if not ours.troubles:
            yield Check("shim", "ok", f"{ours.path} calls {ours.target}")
        for trouble in ours.troubles:
            yield Check("shim", "missing" if trouble.grave else "note", f"{ours.path} {trouble.what}", trouble.cure)
    if not found.shims and found.foreign:
        yield Check("aidevops", "ok", f"{found.foreign[0]} is not ours; shell-init puts `aidevops voice` beside it")


def _port(settings: Settings) -> Iterator[Check]:
    daemon = control.running(paths.state_dir())
    if settings.port == 0 or (daemon and daemon.url.endswith(f":{settings.port}")):
        return
    with socket.socket() as probe:
        probe.settimeout(0.5)
        taken = probe.connect_ex(("127.0.0.1", settings.port)) == 0
    if taken:
        yield Check("port", "missing", f"{settings.port} is used by another program", PortTaken.cure)
    else:
        yield Check("port", "ok", f"{settings.port} is free")


def _agents(settings: Settings) -> Iterator[Check]:
    for name, probe in probe_agents(settings, os.environ, settings.project).items():
        yield Check(f"agent {name}", "ok" if probe.ready else "note", probe.why, probe.cure)


def _plugin(settings: Settings) -> Iterator[Check]:
    for well, found, cure in plugging.look(settings.project):
        yield Check("OpenCode plugin", "ok" if well else "note", found, cure)


def _notes(settings: Settings) -> Iterator[Check]:
    here = Workplace(settings.project, paths.state_dir())
    for kind in registry.kinds():
        for name in registry.names(kind):
            if adapter := _adapter(kind, name):
                yield from (Check(f"{kind} {name}", "note", note) for note in adapter.notes(here))


def _profiles(settings: Settings) -> Iterator[Check]:
    for state in survey(settings, os.environ, settings.project):
        cure = "; ".join(dict.fromkeys(lack.cure for lack in state.missing))
        yield Check(f"profile {state.name}", "ok" if state.ready else "note", state.why, cure)


def _keys(settings: Settings) -> Iterator[Check]:
    """Where each key was found, by name."""
    used = [_adapter(kind, use) for kind in registry.kinds() for use in registry.names(kind)]
    names = sorted({name for adapter in used if adapter for name in adapter.secrets})
    found = secrets.find(names, os.environ, settings.project, settings.secrets.gopass, reveal=False)
    for name, secret in found.items():
        yield Check("key", "ok", f"{name} from {secret.source}")


def _adapter(kind: str, name: str) -> Adapter[Any, Any] | None:
    try:
        return registry.adapter(kind, name)
    except SetupError:
        # Told with the profile that uses it.
        return None
