"""A file `aidevops` for scripts and machines without the framework: `voice` comes to us, all else to the real one."""

from __future__ import annotations

import os
import re
import shlex
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from aidevops_voice import paths
from aidevops_voice.errors import BadValue, NameTaken, SetupError

NAME = "aidevops"
MARKER = '# The shim of aidevops-voice; "aidevops-voice shim remove" deletes it.'
"""Second line of each shim, never to be changed: by it we know what we may replace and delete."""

_MOST = 64 * 1024
"""Bytes that are read of a found file; a shim has about 2,000."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a shim; grave when commands of the user or of the framework fail by it."""

    what: str
    cure: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Shim:
    """A file of ours, and the program that it calls for `voice`."""

    path: Path
    target: Path
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Every `aidevops` here: ours, and others in the order of PATH, then in the framework's own places."""

    shims: tuple[Shim, ...]
    foreign: tuple[Path, ...]


# --- install and remove -----------------------------------------------------------------------------------------


def install(folder: Path | None, *, force: bool, us: Sequence[str], environ: Mapping[str, str] = os.environ) -> Shim:
    """Write the shim, or write it anew; raises NameTaken beside another `aidevops`, BadValue for an unfit folder."""
    place = _place(folder, environ)
    _refuse_foreign(place)
    if not force:
        _refuse_rivals(place, environ)
    try:
        if folder is None:
            place.parent.mkdir(parents=True, exist_ok=True)
        _write(place, os.fsencode(_script(us)))
    except OSError as error:
        cure = "Give an existing folder of yours with --dir."
        raise BadValue(f"{place} cannot be written ({error.strerror}).", cure=cure) from error
    return _shim(place, environ)


def remove(folder: Path | None, environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Delete the shim of the folder, else each on PATH and in the usual folder; raises NameTaken for a foreign file."""
    if folder is not None:
        place = _place(folder, environ)
        _refuse_foreign(place)
        places = [place] if os.path.lexists(place) else []
    else:
        places = [file for file in _shims(environ) if not file.is_symlink()]
    for place in places:
        try:
            place.unlink()
        except OSError as error:
            raise SetupError(
                f"{place} cannot be removed ({error.strerror}).", cure=f"Remove it as its owner: rm {_quoted(place)}"
            ) from error
    return places


def _place(folder: Path | None, environ: Mapping[str, str]) -> Path:
    chosen = paths.home(environ) / ".local" / "bin" if folder is None else folder.expanduser().absolute()
    return chosen / NAME


def _refuse_foreign(place: Path) -> None:
    """Also for a link: what it leads to may be ours, the link itself is not."""
    if os.path.lexists(place) and not (stat.S_ISREG(place.lstat().st_mode) and _read(place)):
        raise NameTaken(f"{place} is not a shim of ours and was left alone.", cure="Choose another folder with --dir.")


def _refuse_rivals(place: Path, environ: Mapping[str, str]) -> None:
    rivals = [file for file in (*_on_path(environ), *_usual(environ)) if not _same(file, place)]
    if not rivals:
        return
    if _read(rivals[0]):
        cure = f"Remove it with: aidevops-voice shim remove --dir {_quoted(rivals[0].parent)}"
    else:
        cure = "Use shell-init for `aidevops voice …` beside it; --force installs the shim all the same."
    raise NameTaken(f"There is an aidevops already: {rivals[0]}.", cure=cure)


def _write(place: Path, script: bytes) -> None:
    """In one step, so that nobody runs half a script."""
    fresh = place.with_name(f".{NAME}.{os.urandom(8).hex()}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o700), "wb") as file:
            file.write(script)
            os.fchmod(file.fileno(), 0o755)
        fresh.replace(place)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


# --- the file ---------------------------------------------------------------------------------------------------


def _script(us: Sequence[str]) -> str:
    return f"""#!/bin/sh
{MARKER}
if [ "${{1-}}" = voice ]; then
  shift
  if [ -x {shlex.quote(us[0])} ]; then
    exec {shlex.join(us)} "$@"
  fi
  printf '%s\\n' 'aidevops voice: '{shlex.quote(us[0])}' is gone.' "  Install it again, or remove this file: $0" >&2
  exit 127
fi
{_ELSE}"""


# POSIX has no local variables: long names, so that none of the caller's exported ones is changed.
_ELSE = f"""_aidevops_shim_rest=${{PATH:+$PATH:}}
while [ -n "$_aidevops_shim_rest" ]; do
  _aidevops_shim_folder=${{_aidevops_shim_rest%%:*}}
  _aidevops_shim_rest=${{_aidevops_shim_rest#*:}}
  _aidevops_shim_next=${{_aidevops_shim_folder:-.}}/{NAME}
  _aidevops_shim_line=
  [ -f "$_aidevops_shim_next" ] && [ -x "$_aidevops_shim_next" ] || continue
  # Not this file under whatever name, nor another shim, which would call this one back.
  [ "$_aidevops_shim_next" -ef "$0" ] && continue
  {{ read -r _aidevops_shim_line; IFS= read -r _aidevops_shim_line; }} 2>/dev/null <"$_aidevops_shim_next"
  [ "$_aidevops_shim_line" = '{MARKER}' ] && continue
  exec "$_aidevops_shim_next" "$@"
done
printf '%s\\n' 'aidevops: only "aidevops voice" is installed here, the aidevops framework is not on PATH.' \\
  '  Get it from https://github.com/marcusquinn/aidevops' '  and remove this shim with: aidevops-voice shim remove' >&2
exit 127
"""

_CALL = re.compile(r'^    exec (.+?) "\$@"$', re.MULTILINE | re.DOTALL)


def _read(file: Path) -> str:
    """Text of a shim of ours; empty for any other file, which is read and never run."""
    try:
        with file.open("rb") as opened:
            text = os.fsdecode(opened.read(_MOST))
    except OSError:
        return ""
    return text if text.split("\n")[1:2] == [MARKER] else ""


def _target(text: str) -> Path:
    """The program that a shim calls; a name that does not exist when somebody wrote over that line."""
    call = _CALL.search(text)
    try:
        return Path(shlex.split(call[1])[0]) if call else Path("(unknown)")
    except (ValueError, IndexError):
        return Path("(unknown)")


# --- look -------------------------------------------------------------------------------------------------------


def found(environ: Mapping[str, str] = os.environ) -> Found:
    """What the name `aidevops` leads to here, by reading files alone: running one may install the framework."""
    return Found(tuple(_shim(file, environ) for file in _shims(environ)), tuple(_foreign(environ)))


def _shims(environ: Mapping[str, str]) -> list[Path]:
    usual = _place(None, environ)
    files = [file for file in _on_path(environ) if _read(file)]
    away = usual.is_file() and _read(usual) and not any(_same(file, usual) for file in files)
    return [*files, usual] if away else files


def _foreign(environ: Mapping[str, str]) -> Iterator[Path]:
    on_path = [file for file in _on_path(environ) if not _read(file)]
    yield from on_path
    yield from (file for file in _usual(environ) if not any(_same(file, other) for other in on_path))


def _on_path(environ: Mapping[str, str]) -> list[Path]:
    """Each `aidevops` that a shell would find, in its order."""
    folders: dict[tuple[int, int], Path] = {}
    for entry in environ.get("PATH", "").split(os.pathsep):
        # An empty entry is the current folder.
        folder = Path(entry or ".").absolute()
        if identity := _identity(folder):
            folders.setdefault(identity, folder)
    files = [folder / NAME for folder in folders.values()]
    return [file for file in files if os.access(file, os.X_OK) and file.is_file()]


def _usual(environ: Mapping[str, str]) -> list[Path]:
    """Where the framework's installers and updates put it, on PATH or not; a dangling link counts."""
    home = paths.home(environ)
    places = [
        *(Path(prefix) / "bin" / NAME for prefix in ("/usr/local", "/opt/homebrew", "/home/linuxbrew/.linuxbrew")),
        home / ".local" / "bin" / NAME,
        *(version / "bin" / NAME for version in sorted(home.glob(".nvm/versions/node/*"))),
        home / ".aidevops" / "agents" / "aidevops.sh",
        home / "Git" / "aidevops" / "aidevops.sh",
    ]
    return [place for place in places if os.path.lexists(place) and not (place.is_file() and _read(place))]


def _shim(path: Path, environ: Mapping[str, str]) -> Shim:
    target = _target(_read(path))
    return Shim(path, target, tuple(_troubles(path, target, environ)))


def _troubles(path: Path, target: Path, environ: Mapping[str, str]) -> Iterator[Trouble]:
    folder = _quoted(path.parent)
    away = f"Run: aidevops-voice shim remove --dir {folder}; for `aidevops voice …` use: aidevops-voice shell-init"
    if not os.access(target, os.X_OK):
        yield Trouble(f"calls {target}, which is gone", f"Run: aidevops-voice shim install --dir {folder}", grave=True)
    on_path = _on_path(environ)
    if not any(_same(path, file) for file in on_path):
        # At the end, so that a real one comes first on the day that there is one.
        yield Trouble("is not on PATH", f'Add this to your shell\'s profile: export PATH="$PATH":{folder}')
    elif not _same(path, on_path[0]):
        yield Trouble(f"is never reached: {on_path[0]} comes first", away)
    elif rival := next(_foreign(environ), None):
        yield Trouble(f"stands before {rival}, whose updates then report failure", away, grave=True)


def _same(one: Path, other: Path) -> bool:
    """By place, not by content: a link and what it leads to are two."""
    if one == other or one.name != other.name:
        return one == other
    identity = _identity(one.parent)
    return identity is not None and identity == _identity(other.parent)


def _identity(folder: Path) -> tuple[int, int] | None:
    """By whatever path; None for one that is not there, is a circle of links or may not be looked at."""
    try:
        known = folder.stat()
    except OSError:
        return None
    return known.st_dev, known.st_ino


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
