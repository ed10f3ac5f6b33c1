"""What holds OpenCode up before it loads a plugin: npm without a network, and the lock of one that was closed then."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from aidevops_voice import paths
from aidevops_voice.plugin import files, npmrc

_PROJECT = ".opencode"
_STALE_S = 60.0
"""OpenCode breaks a lock itself whose owner gave no sign for so long."""


def config_folder(environ: Mapping[str, str]) -> Path:
    """OpenCode's own, with the settings for every project."""
    return _xdg(environ, "XDG_CONFIG_HOME", ".config")


def state_folder(environ: Mapping[str, str]) -> Path:
    """What OpenCode remembers."""
    return _xdg(environ, "XDG_STATE_HOME", ".local/state")


def _xdg(environ: Mapping[str, str], name: str, usual: str) -> Path:
    base = Path(environ.get(name, ""))
    return (base if base.is_absolute() else paths.home(environ) / usual) / "opencode"


# --- npm --------------------------------------------------------------------------------------------------------


def npm_settings(base: Path, environ: Mapping[str, str]) -> dict[Path, str | None]:
    """Each file of npm's settings that counts, with the text that it should have; None for one to be left alone."""
    set_for_all = npmrc.is_set(files.read(paths.home(environ) / npmrc.NAME))
    found: dict[Path, str | None] = {}
    for file in npm_files(base, environ):
        text = files.read(file) if file.exists() else None
        found[file] = None if set_for_all or file.is_symlink() else npmrc.add(text, base)
    return found


def npm_files(base: Path, environ: Mapping[str, str]) -> list[Path]:
    """One in every folder in which OpenCode has npm install something: some of them were there before us."""
    others = [folder / _PROJECT for folder in (*base.parent.parents, paths.home(environ))]
    if named := environ.get("OPENCODE_CONFIG_DIR"):
        others.append(Path(named).expanduser().absolute())
    folders = [config_folder(environ), base, *filter(_is_ours, others)]
    return [folder / npmrc.NAME for folder in dict.fromkeys(folders)]


def _is_ours(folder: Path) -> bool:
    """No folder, and no link, that another user put above the project; as OpenCode, none that cannot be written to."""
    with suppress(OSError):
        owners = {folder.lstat().st_uid, folder.stat().st_uid}
        return owners == {os.getuid()} and folder.is_dir() and os.access(folder, os.W_OK)
    return False


# --- locks ------------------------------------------------------------------------------------------------------


def free_locks(environ: Mapping[str, str]) -> list[int]:
    """Remove those of processes that have ended; the numbers of those that live and may hold the next start up."""
    living: list[int] = []
    for lock in _fresh(state_folder(environ) / "locks"):
        owner = _owner(lock)
        if owner and _lives(owner):
            living.append(owner)
        elif owner:
            _break(lock, owner)
    return living


def _fresh(folder: Path) -> Iterator[Path]:
    for lock in sorted(folder.glob("*.lock")):
        with suppress(OSError):
            if time.time() - (lock / "heartbeat").stat().st_mtime < _STALE_S:
                yield lock


def _owner(lock: Path) -> int | None:
    """A process of this machine."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        noted = json.loads((lock / "meta.json").read_bytes())
        return int(noted["pid"]) if noted["hostname"] == os.uname().nodename else None
    return None


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _break(lock: Path, owner: int) -> None:
    """By OpenCode's own rule: only who makes the folder beside it may remove the lock."""
    breaker = lock.with_name(f"{lock.name}.breaker")
    with suppress(OSError):
        breaker.mkdir(mode=0o700)
        try:
            if _owner(lock) == owner:
                shutil.rmtree(lock)
        finally:
            breaker.rmdir()
