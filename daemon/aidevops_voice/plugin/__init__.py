"""The OpenCode plugin: put beside a project or into OpenCode's own configuration, and taken out without a trace."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from aidevops_voice import paths
from aidevops_voice.errors import PluginBlocked
from aidevops_voice.plugin import files, jsonc, npmrc, stalls

Scope = Literal["project", "global"]
OURS = "aidevops-voice"
ENTRY = "aidevops-voice.ts"
LISTED = f"./{OURS}/tui.ts"
"""How `tui.json` names the terminal half; paths are relative to that file."""
_SETTINGS = "settings.json"
_SCHEMA = "https://opencode.ai/tui.json"
_ALONE = json.dumps({"$schema": _SCHEMA, "plugin": [LISTED]}, indent=2) + "\n"
_LEFT_BY_OPENCODE = ("node_modules", "package.json", "package-lock.json", "bun.lock", ".gitignore")
_IGNORED = {"node_modules", "package.json", "package-lock.json", "bun.lock", ".gitignore"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one installation stands."""

    scope: Scope
    base: Path
    """`.opencode` of the project, or OpenCode's configuration folder."""
    root: Path
    """Nothing is written outside of it."""

    @property
    def folder(self) -> Path:
        """All files that are ours alone, but for the entry."""
        return self.base / OURS

    @property
    def installed(self) -> bool:
        """Whether the plugin stands here."""
        return (self.folder / _SETTINGS).is_file()


@dataclass(slots=True)
class Done:
    """What became of it, for the command line."""

    base: Path
    changed: bool = False
    notes: list[str] = field(default_factory=list)


def place(scope: Scope, project: Path, environ: Mapping[str, str] = os.environ) -> Place:
    """Where OpenCode looks for plugins of this project, or of this user."""
    if scope == "project":
        root = project.resolve()
        return Place(scope, root / ".opencode", root)
    named = environ.get("OPENCODE_CONFIG_DIR", "")
    base = Path(named).expanduser().absolute() if named else stalls.config_folder(environ)
    return Place(scope, base, base.resolve())


def program() -> list[str]:
    """How the plugin calls us: by place, for its PATH may be another one."""
    return [sys.executable, "-P", "-m", "aidevops_voice"]


# --- install ----------------------------------------------------------------------------------------------------


def install(
    where: Place, *, autostart: bool, environ: Mapping[str, str] = os.environ, command: Sequence[str] = ()
) -> Done:
    """Write or renew everything; the same again changes nothing; raises PluginBlocked before anything is written."""
    done = Done(where.base)
    texts = _files(where)
    for path in (*texts, _terminal_file(where), where.folder / _SETTINGS):
        files.check_inside(where.root, path)
    listed, npm = _listed(where), stalls.npm_settings(where.base, environ)
    with files.writing(where.base):
        made = _made(where, texts, stalls.config_folder(environ))
        settings = {"program": list(command or program()), "autostart": autostart, "made": made}
        texts[where.folder / _SETTINGS] = json.dumps(settings, indent=2) + "\n"
        for path, text in texts.items():
            done.changed |= files.write(path, text)
        done.changed |= files.write(_terminal_file(where), listed)
        _keep_npm_quick(npm, done)
    if living := stalls.free_locks(environ):
        numbers = ", ".join(map(str, living))
        done.notes.append(f"OpenCode still has npm at work (process {numbers}); one started meanwhile waits for it.")
    return done


def trouble(where: Place, environ: Mapping[str, str] = os.environ) -> str:
    """What keeps an installation from working with this version, empty when nothing does; raises PluginBlocked."""
    if any(files.read(path) != text for path, text in _files(where).items()):
        return "is of another version"
    if _listed(where) != files.read(_terminal_file(where)):
        return f"is not listed in {_terminal_file(where).name}"
    for file, text in stalls.npm_settings(where.base, environ).items():
        if text not in (None, files.read(file)):
            return f"is held up by npm in {file.parent} while there is no network"
    called = [str(word) for word in _settings(where).get("program", [])]
    return "" if called and shutil.which(called[0]) else "calls a program that is gone"


def autostart(where: Place) -> bool:
    """Whether the daemon is started with OpenCode."""
    return bool(_settings(where).get("autostart"))


def _files(where: Place) -> dict[Path, str]:
    source = _source()
    ours = {where.folder / file.name: file.read_text("utf-8") for file in sorted((source / OURS).glob("*.ts"))}
    entry = _entry_folder(where.base) / ENTRY
    return {**ours, entry: (source / "plugin" / ENTRY).read_text("utf-8")}


def _source() -> Path:
    packed = paths.assets() / "opencode_plugin"
    return packed if packed.is_dir() else paths.assets() / "client" / "opencode-plugin"


def _entry_folder(base: Path) -> Path:
    """OpenCode reads both names."""
    names = [name for name in ("plugin", "plugins") if (base / name).is_dir()]
    return base / (names[0] if names else "plugin")


def _terminal_file(where: Place) -> Path:
    names = ("tui.json", "tui.jsonc")
    return next((where.base / name for name in names if (where.base / name).exists()), where.base / names[0])


def _listed(where: Place) -> str:
    path = _terminal_file(where)
    if not path.exists():
        return _ALONE
    with _understood(path, f'Add "{LISTED}" to the list "plugin" in it by hand, then run this again.'):
        return jsonc.add(files.read(path), "plugin", LISTED)


def _made(where: Place, texts: Mapping[Path, str], config: Path) -> list[str]:
    """Folders that were not there before the first installation, relative to `base` where they are below it."""
    if where.installed:
        return _made_before(where)
    folders = [where.base, *(path.parent for path in texts), config]
    above = dict.fromkeys(each for folder in folders for each in (*reversed(folder.parents), folder))
    return [_relative(folder, where.base) for folder in above if not folder.exists()]


def _relative(folder: Path, base: Path) -> str:
    return str(folder.relative_to(base) if folder.is_relative_to(base) else folder)


def _made_before(where: Place) -> list[str]:
    return [str(name) for name in _settings(where).get("made", [])]


def _keep_npm_quick(npm: Mapping[Path, str | None], done: Done) -> None:
    for file, text in npm.items():
        if text is not None:
            done.changed |= files.write(file, text)
        elif file.is_symlink():
            done.notes.append(f"{file} is a link and was left alone; {npmrc.SETTING} in it makes offline starts quick.")
        else:
            done.notes.append(f"npm's own {npmrc.KEY} is set already and was left alone.")
    done.notes[:] = dict.fromkeys(done.notes)


# --- remove -----------------------------------------------------------------------------------------------------


def remove(where: Place, environ: Mapping[str, str] = os.environ) -> Done:
    """Take out what `install` wrote and what OpenCode put beside it; not installed is fine; raises PluginBlocked."""
    done = Done(where.base)
    made = _made_before(where)
    for path in (where.folder, _terminal_file(where), *_entries(where)):
        files.check_inside(where.root, path)
    with files.writing(where.base):
        done.changed = _unlist(where) | _drop_files(where)
        for file in stalls.npm_files(where.base, environ):
            done.changed |= _forget_npm(file, where.base)
        _forget_state(where, environ)
        if "." in made:
            _tidy(where.base)
        for folder in sorted((where.base / name for name in made), key=lambda path: -len(path.parts)):
            with suppress(OSError):
                folder.rmdir()
    if where.base.is_dir() and where.folder.exists():
        done.notes.append(f"{where.folder} holds files that are not of this program; they were left.")
    return done


def _entries(where: Place) -> list[Path]:
    return [where.base / name / ENTRY for name in ("plugin", "plugins")]


def _unlist(where: Place) -> bool:
    path = _terminal_file(where)
    if not path.exists():
        return False
    text = files.read(path)
    if text == _ALONE:
        path.unlink()
        return True
    with _understood(path, f'Take "{LISTED}" out of it by hand.'):
        fresh = jsonc.take(text, "plugin", LISTED)
    return files.write(path, fresh)


def _drop_files(where: Place) -> bool:
    names = [path.name for path in (_source() / OURS).glob("*.ts")]
    ours = [*(where.folder / name for name in (*names, _SETTINGS)), *_entries(where)]
    there = [path for path in ours if path.is_file()]
    for path in there:
        path.unlink()
    with suppress(OSError):
        where.folder.rmdir()
    return bool(there)


def _forget_npm(file: Path, base: Path) -> bool:
    if not file.is_file() or file.is_symlink():
        return False
    text = files.read(file)
    fresh = npmrc.take(text, base)
    if fresh is None:
        file.unlink()
        return True
    return files.write(file, fresh)


def _forget_state(where: Place, environ: Mapping[str, str]) -> None:
    """OpenCode notes each terminal plugin that it ever loaded."""
    file = stalls.state_folder(environ) / "plugin-meta.json"
    with suppress(OSError, ValueError, AttributeError):
        noted: dict[str, Any] = json.loads(file.read_text("utf-8"))
        if where.folder.as_uri() not in str(noted.get(OURS, {}).get("spec")):
            return
        del noted[OURS]
        if noted:
            files.write(file, json.dumps(noted, indent=2))
        else:
            file.unlink()


def _tidy(base: Path) -> None:
    """What OpenCode installs for itself into a folder that would not be there without us."""
    if set(files.read(base / ".gitignore").split()) <= _IGNORED and _is_opencodes(base / "package.json"):
        for name in _LEFT_BY_OPENCODE:
            path = base / name
            if path.is_symlink() or path.is_file():
                path.unlink()
            elif path.is_dir():
                shutil.rmtree(path)


def _is_opencodes(package: Path) -> bool:
    if not package.exists():
        return True
    with suppress(ValueError, AttributeError):
        found = json.loads(files.read(package))
        return set(found) <= {"dependencies"} and set(found.get("dependencies", {})) <= {"@opencode-ai/plugin"}
    return False


# --- files ------------------------------------------------------------------------------------------------------


def _settings(where: Place) -> dict[str, Any]:
    with suppress(ValueError):
        found = json.loads(files.read(where.folder / _SETTINGS))
        return found if isinstance(found, dict) else {}
    return {}


@contextmanager
def _understood(path: Path, cure: str) -> Iterator[None]:
    try:
        yield
    except jsonc.Unclear as error:
        raise PluginBlocked(f"{path} cannot be changed safely: {error}.", cure=cure) from None
