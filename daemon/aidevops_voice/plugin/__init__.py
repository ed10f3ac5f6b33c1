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
from aidevops_voice.plugin import jsonc, npmrc

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
    base = Path(named).expanduser().absolute() if named else _config_folder(environ)
    return Place(scope, base, base.resolve())


def _config_folder(environ: Mapping[str, str]) -> Path:
    base = Path(environ.get("XDG_CONFIG_HOME", ""))
    return (base if base.is_absolute() else paths.home(environ) / ".config") / "opencode"


def program() -> list[str]:
    """How the plugin calls us: by place, for its PATH may be another one."""
    return [sys.executable, "-P", "-m", "aidevops_voice"]


# --- install ----------------------------------------------------------------------------------------------------


def install(
    where: Place, *, autostart: bool, environ: Mapping[str, str] = os.environ, command: Sequence[str] = ()
) -> Done:
    """Write or renew everything; the same again changes nothing; raises PluginBlocked before anything is written."""
    done = Done(where.base)
    files = _files(where)
    for path in (*files, _terminal_file(where), where.folder / _SETTINGS):
        _check_inside(where, path)
    listed = _listed(where)
    with _writing(where.base):
        made = _made(where, files, _config_folder(environ))
        settings = {"program": list(command or program()), "autostart": autostart, "made": made}
        files[where.folder / _SETTINGS] = json.dumps(settings, indent=2) + "\n"
        for path, text in files.items():
            done.changed |= _write(path, text)
        done.changed |= _write(_terminal_file(where), listed)
        _keep_npm_quick(where, environ, done)
    return done


def trouble(where: Place) -> str:
    """What keeps an installation from working with this version, empty when nothing does; raises PluginBlocked."""
    if any(_read(path) != text for path, text in _files(where).items()):
        return "is of another version"
    if _listed(where) != _read(_terminal_file(where)):
        return f"is not listed in {_terminal_file(where).name}"
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
        return jsonc.add(_read(path), "plugin", LISTED)


def _made(where: Place, files: Mapping[Path, str], config: Path) -> list[str]:
    """Folders that were not there before the first installation, relative to `base` where they are below it."""
    if where.installed:
        return _made_before(where)
    folders = [where.base, *(path.parent for path in files), config]
    above = dict.fromkeys(each for folder in folders for each in (*reversed(folder.parents), folder))
    return [_relative(folder, where.base) for folder in above if not folder.exists()]


def _relative(folder: Path, base: Path) -> str:
    return str(folder.relative_to(base) if folder.is_relative_to(base) else folder)


def _made_before(where: Place) -> list[str]:
    return [str(name) for name in _settings(where).get("made", [])]


def _keep_npm_quick(where: Place, environ: Mapping[str, str], done: Done) -> None:
    """Both folders in which OpenCode lets npm install something before it loads a plugin."""
    for folder in dict.fromkeys([_config_folder(environ), where.base]):
        file = folder / npmrc.NAME
        if file.is_symlink():
            done.notes.append(f"{file} is a link and was left alone; {npmrc.SETTING} in it makes offline starts quick.")
            continue
        elsewhere = npmrc.is_set(_read(paths.home(environ) / npmrc.NAME))
        text = _read(file) if file.exists() else None
        fresh = None if elsewhere else npmrc.add(text, where.base)
        if fresh is None:
            done.notes.append(f"npm's own {npmrc.KEY} is set already and was left alone.")
        else:
            done.changed |= _write(file, fresh)


# --- remove -----------------------------------------------------------------------------------------------------


def remove(where: Place, environ: Mapping[str, str] = os.environ) -> Done:
    """Take out what `install` wrote and what OpenCode put beside it; not installed is fine; raises PluginBlocked."""
    done = Done(where.base)
    made = _made_before(where)
    for path in (where.folder, _terminal_file(where), *_entries(where)):
        _check_inside(where, path)
    with _writing(where.base):
        done.changed = _unlist(where) | _drop_files(where)
        for folder in dict.fromkeys([_config_folder(environ), where.base]):
            done.changed |= _forget_npm(folder / npmrc.NAME, where.base)
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
    text = _read(path)
    if text == _ALONE:
        path.unlink()
        return True
    with _understood(path, f'Take "{LISTED}" out of it by hand.'):
        fresh = jsonc.take(text, "plugin", LISTED)
    return _write(path, fresh)


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
    text = _read(file)
    fresh = npmrc.take(text, base)
    if fresh is None:
        file.unlink()
        return True
    return _write(file, fresh)


def _forget_state(where: Place, environ: Mapping[str, str]) -> None:
    """OpenCode notes each terminal plugin that it ever loaded."""
    base = Path(environ.get("XDG_STATE_HOME", ""))
    folder = base if base.is_absolute() else paths.home(environ) / ".local" / "state"
    file = folder / "opencode" / "plugin-meta.json"
    with suppress(OSError, ValueError, AttributeError):
        noted: dict[str, Any] = json.loads(file.read_text("utf-8"))
        if where.folder.as_uri() not in str(noted.get(OURS, {}).get("spec")):
            return
        del noted[OURS]
        if noted:
            _write(file, json.dumps(noted, indent=2))
        else:
            file.unlink()


def _tidy(base: Path) -> None:
    """What OpenCode installs for itself into a folder that would not be there without us."""
    if set(_read(base / ".gitignore").split()) <= _IGNORED and _is_opencodes(base / "package.json"):
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
        found = json.loads(_read(package))
        return set(found) <= {"dependencies"} and set(found.get("dependencies", {})) <= {"@opencode-ai/plugin"}
    return False


# --- files ------------------------------------------------------------------------------------------------------


def _settings(where: Place) -> dict[str, Any]:
    with suppress(ValueError):
        found = json.loads(_read(where.folder / _SETTINGS))
        return found if isinstance(found, dict) else {}
    return {}


def _read(path: Path) -> str:
    """Empty where there is none; line ends as they are."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError):
        raise PluginBlocked(f"{path} cannot be read.", cure="Look at that file.") from None


def _write(path: Path, text: str) -> bool:
    """Whether it was another text; in one step, with the mode it had."""
    fresh = text.encode("utf-8")
    there = path.exists()
    if there and path.read_bytes() == fresh:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    try:
        draft.write_bytes(fresh)
        if there:
            shutil.copymode(path, draft)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return True


def _check_inside(where: Place, path: Path) -> None:
    """A project may hold a link that leads our writing into another place."""
    if not path.resolve().is_relative_to(where.root.resolve()):
        cure = "Replace the link by a folder or file of its own."
        raise PluginBlocked(f"{path} leads out of {where.root} through a link.", cure=cure)


@contextmanager
def _writing(base: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        cure = "Make that folder writable for you."
        raise PluginBlocked(f"{error.filename or base} cannot be changed ({error.strerror}).", cure=cure) from None


@contextmanager
def _understood(path: Path, cure: str) -> Iterator[None]:
    try:
        yield
    except jsonc.Unclear as error:
        raise PluginBlocked(f"{path} cannot be changed safely: {error}.", cure=cure) from None
