"""Finds keys where the aidevops framework keeps them.

Order: environment, active tenant (gopass, then its file), gopass, `credentials.sh`, which is read and never run.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import stat
import subprocess
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from aidevops_voice.errors import UnsafeSecret
from aidevops_voice.paths import home
from aidevops_voice.redaction import HIDDEN as HIDDEN, redact as redact

GOPASS_TIMEOUT_S = 5.0
MAX_FILE_BYTES = 256 * 1024
MIN_EXPORTED = 8
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,110}_(KEY|KEY_ID|TOKEN|SECRET|SID|PASSWORD|USERNAME|CREDENTIALS)")
_TELLING = re.compile(
    r"(?:KEY|KEY_ID|TOKEN|SECRET|SID|PASSWORD|PASSPHRASE|PASSWD|_PASS|_PWD|_PAT|_DSN|CREDENTIALS?|SECRET_KEY_BASE|_JWT)$"
    r"|API_?KEY|ACCESS_KEY|PRIVATE_KEY|PASSWORD"
)
_PLACE = re.compile(r"[~.]{0,2}/|[0-9]*$|true$|false$", re.I)
_PASSWORD = re.compile(r"\w://[^\s:/@]*:([^\s/@]{4,})@")
_TENANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_ASSIGNMENT = re.compile(
    r"export[ \t]+([A-Z][A-Z0-9_]*)=(?:\"((?:[^\"\\]|\\.)*+)\"|'([^']*)'|([^\s\"';]*))[ \t]*(?:[;#].*)?"
)
_ESCAPED = re.compile(r"\\([\\\"])")


@dataclass(frozen=True, slots=True)
class Secret:
    """A key and the place it came from; the value is in no repr."""

    name: str
    value: str = field(repr=False)
    source: str


def allowed(name: str) -> bool:
    """Whether an adapter may declare this name: one that plainly holds a credential."""
    return _NAME.fullmatch(name) is not None


def find(
    names: Iterable[str], environ: Mapping[str, str], project: Path, use_gopass: bool = True, *, reveal: bool = True
) -> dict[str, Secret]:
    """The keys that exist; blocks up to 5 s for gopass; raises UnsafeSecret for a file that others may read.

    Without `reveal` gopass is only asked for its list, so that nobody has to type a passphrase; the value is then
    a stand-in.
    """
    wanted = list(dict.fromkeys(names))
    if refused := [name for name in wanted if not allowed(name)]:
        raise ValueError(f"not the name of a credential: {refused}")
    found = {name: Secret(name, environ[name], "environment") for name in wanted if environ.get(name)}
    if missing := [name for name in wanted if name not in found]:
        sources = _sources(environ, project, _Gopass(environ, reveal) if use_gopass else None)
        found |= {secret.name: secret for name in missing if (secret := _first(name, sources))}
    return found


def values(found: Mapping[str, Secret]) -> tuple[str, ...]:
    """What a log must never show; a user name is no secret, and hiding `opencode` everywhere would help nobody."""
    return tuple(secret.value for secret in found.values() if not secret.name.endswith("_USERNAME"))


def exported(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Values of variables that by their name hold a credential, whoever they are meant for; passwords in addresses."""
    found = [value for name, value in environ.items() if _TELLING.search(name) and not _PLACE.match(value)]
    found += [password for value in environ.values() for password in _PASSWORD.findall(value)]
    return tuple(dict.fromkeys(value for value in found if len(value) >= MIN_EXPORTED))


Lookup = Callable[[str], str | None]


def _first(name: str, sources: list[tuple[str, Lookup]]) -> Secret | None:
    for source, lookup in sources:
        if value := lookup(name):
            return Secret(name, value, source)
    return None


def _sources(environ: Mapping[str, str], project: Path, gopass: _Gopass | None) -> list[tuple[str, Lookup]]:
    folder = home(environ) / ".config" / "aidevops"
    tenant = _active_tenant(project, folder)
    own = _File(folder / "tenants" / tenant / "credentials.sh")
    everyone = _File(folder / "credentials.sh")
    sources: list[tuple[str, Lookup]] = [(f"tenant {tenant}", own.value), ("credentials.sh", everyone.value)]
    if gopass:
        sources.insert(0, (f"gopass, tenant {tenant}", lambda name: gopass.value(f"aidevops/tenants/{tenant}/{name}")))
        sources.insert(2, ("gopass", lambda name: gopass.value(f"aidevops/{name}")))
    return sources


def _active_tenant(project: Path, folder: Path) -> str:
    for file in (project / ".aidevops-tenant", folder / "active-tenant"):
        with suppress(FileNotFoundError, NotADirectoryError):
            if name := _read(file, private=False).strip():
                if not _TENANT.fullmatch(name):
                    raise UnsafeSecret(
                        f"{file} does not hold the name of a tenant.",
                        cure=f"Write one word of letters, digits, - and _ into {file}, or remove it.",
                    )
                return name
    return "default"


# --- files ------------------------------------------------------------------------------------------------------


class _File:
    """One credentials file, read when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, str] | None = None

    def value(self, name: str) -> str | None:
        if self._values is None:
            try:
                self._values = parse(_read(self._path, private=True))
            except (FileNotFoundError, NotADirectoryError):
                self._values = {}
        return self._values.get(name)


def parse(text: str) -> dict[str, str]:
    """`export NAME=value` lines, the last one of a name winning; nothing is expanded, other lines are ignored."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        if match := _ASSIGNMENT.fullmatch(line.rstrip("\r")):
            name, double, single, bare = match.groups()
            found[name] = _ESCAPED.sub(r"\1", double) if double is not None else single or bare or ""
    return found


def _read(path: Path, *, private: bool) -> str:
    # Opened before it is looked at, so that nobody can swap it in between; a pipe must not block us.
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        raise _unsafe(path, f"cannot be opened ({error.strerror})") from error
    try:
        _check(path, os.fstat(handle), private)
        return os.read(handle, MAX_FILE_BYTES).decode("utf-8", "replace")
    finally:
        os.close(handle)


def _check(path: Path, found: os.stat_result, private: bool) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _unsafe(path, "is not a regular file")
    if found.st_size > MAX_FILE_BYTES:
        raise _unsafe(path, "is far too large")
    if private and found.st_uid != os.getuid():
        raise _unsafe(path, "belongs to another user")
    if private and found.st_mode & 0o077:
        raise _unsafe(path, "can be read by others", cure=f"Run: chmod 600 {path}")


def _unsafe(path: Path, why: str, cure: str = "") -> UnsafeSecret:
    cure = cure or f"Make {path} a regular file of your own with mode 600."
    return UnsafeSecret(f"{path} {why}.", cure=cure)


# --- gopass -----------------------------------------------------------------------------------------------------


class _Gopass:
    """The password store; after one time-out it is not asked again, since a hidden pinentry would block each time."""

    def __init__(self, environ: Mapping[str, str], reveal: bool) -> None:
        self._environ = dict(environ)
        self._program = shutil.which("gopass", path=environ.get("PATH", ""))
        self._reveal = reveal
        self._listed: frozenset[str] | None = None

    def value(self, path: str) -> str | None:
        if self._reveal:
            return self._ask("show", "-o", path)
        if self._listed is None:
            self._listed = frozenset((self._ask("ls", "--flat") or "").splitlines())
        return HIDDEN if path in self._listed else None

    def _ask(self, *arguments: str) -> str | None:
        if self._program is None:
            return None
        with subprocess.Popen(
            [self._program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self._environ,
            start_new_session=True,
        ) as process:
            try:
                output, _ = process.communicate(timeout=GOPASS_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._program = None
                os.killpg(process.pid, signal.SIGKILL)
                return None
        return output.decode("utf-8", "replace").strip("\r\n") if process.returncode == 0 else None
