"""Where things lie: run-time state, the user's configuration, and the files that travel with the program."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from aidevops_voice.errors import UnsafeSecret

_PACKAGE = Path(__file__).resolve().parent


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's home, from the given environment where it names one."""
    named = environ.get("HOME", "")
    return Path(named) if Path(named).is_absolute() else Path.home()


def state_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Our own folder, made with mode 0700; raises UnsafeSecret for a link, a file or another user's folder."""
    folder = _state_place(environ)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        _make_private(folder)
    except OSError as error:
        raise _unsafe(folder, f"cannot be used ({error.strerror})") from error
    return folder


def _state_place(environ: Mapping[str, str]) -> Path:
    if own := environ.get("AIDEVOPS_VOICE_HOME"):
        return Path(own).expanduser().absolute()
    base = Path(environ.get("XDG_STATE_HOME", ""))
    # The XDG specification tells to ignore a relative path.
    return (base if base.is_absolute() else home(environ) / ".local" / "state") / "aidevops-voice"


def _make_private(folder: Path) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise _unsafe(folder, "is a link" if stat.S_ISLNK(found.st_mode) else "is not a folder")
    if found.st_uid != os.getuid():
        raise _unsafe(folder, "belongs to another user")
    mode = stat.S_IMODE(found.st_mode)
    if mode != 0o700:
        folder.chmod(0o700)
        if planted := _planted(folder):
            # As it was, so that the next start refuses it too.
            folder.chmod(mode)
            raise _unsafe(folder, f"holds {planted}, which is not a file of yours")


def _planted(folder: Path) -> str:
    """Where others could write, one may have left a login of theirs, or a link to what we would write over."""
    found = ((entry.name, entry.lstat()) for entry in folder.iterdir())
    return next((name for name, of in found if of.st_uid != os.getuid() or stat.S_ISLNK(of.st_mode)), "")


def _unsafe(folder: Path, why: str) -> UnsafeSecret:
    cure = "Set AIDEVOPS_VOICE_HOME to a folder of your own, or leave it unset."
    return UnsafeSecret(f"The state folder {folder} {why}.", cure=cure)


def daemon_file(state: Path) -> Path:
    """Address and token of the running daemon."""
    return state / "daemon.json"


def log_file(state: Path) -> Path:
    """The log; older parts stand beside it as `.1`, `.2` …"""
    return state / "daemon.log"


def journal_dir(state: Path) -> Path:
    """Where conversations are kept; made by the journal."""
    return state / "journal"


def annex_journal_dir(state: Path, project: Path) -> Path:
    """The same for a project that joins a daemon of another one."""
    digest = hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:8]
    return journal_dir(state) / f"{project.name[:40]}-{digest}"


def logins_file(state: Path) -> Path:
    """Hashes of the cookies given out."""
    return state / "logins.json"


def preferences_file(state: Path) -> Path:
    """What the user chose by voice, for each project."""
    return state / "preferences.json"


def peers_file(state: Path) -> Path:
    """Which machines were allowed before, for each project."""
    return state / "peers.json"


def lock_file(state: Path) -> Path:
    """Held by the one daemon of this user."""
    return state / "daemon.lock"


def user_config(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's own configuration, in the folder that the aidevops framework never overwrites."""
    return home(environ) / ".config" / "aidevops" / "voice.yaml"


def project_config(project: Path) -> Path:
    """The configuration that a project carries; untrusted."""
    return project / "aidevops.yaml"


def assets() -> Path:
    """Folder of `prompts/` and the shipped `aidevops.yaml`: inside an installed package, else the checkout."""
    installed = _PACKAGE / "_assets"
    return installed if installed.is_dir() else _PACKAGE.parents[1]


def shipped_config() -> Path:
    """The defaults."""
    return assets() / "aidevops.yaml"


def static() -> Path:
    """The built page; absent until it was built."""
    return _PACKAGE / "static"


def prompts() -> dict[str, str]:
    """Prompt texts by file name without `.md`, front matter taken off."""
    files = sorted((assets() / "prompts").glob("*.md"))
    return {file.stem: _without_front_matter(file.read_text("utf-8")) for file in files}


def _without_front_matter(text: str) -> str:
    lines = text.splitlines()
    if lines and lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() == "---":
                return "\n".join(lines[number + 1 :]).strip()
    return text.strip()


def write_private(path: Path, text: str) -> None:
    """Replace the file in one step, mode 0600; a reader sees the old or the new text, never a part."""
    fresh = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with os.fdopen(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
