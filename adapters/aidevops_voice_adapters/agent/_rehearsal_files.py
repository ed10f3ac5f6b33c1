"""New files inside a project and nowhere else: no links followed, nothing overwritten, only our own taken back."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


class Refused(Exception):
    """Why something is not done, as a sentence for the user."""


class Gone(Refused):
    """There is nothing left to take back."""


@dataclass(frozen=True, slots=True)
class Created:
    """A file as this agent wrote it."""

    name: str
    content: bytes
    inode: int


def new_path(project: Path, name: str) -> str:
    """The name below the project, for a file that can be created there; raises Refused."""
    path = _inside(name)
    with _folder(project, path) as folder:
        if _there(path.name, folder):
            raise Refused(f"{path} is there already, so I left it as it is.")
    return str(path)


def create(project: Path, name: str, text: str) -> Created:
    """Write a file that was not there; raises Refused or OSError."""
    path = _inside(name)
    content = (text.rstrip("\n") + "\n" if text else "").encode(errors="replace")
    with _folder(project, path) as folder:
        try:
            target = os.open(path.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666, dir_fd=folder)
        except FileExistsError:
            raise Refused(f"{path} is there already, so I left it as it is.") from None
        with os.fdopen(target, "wb") as file:
            file.write(content)
            return Created(str(path), content, os.fstat(target).st_ino)


def remove(project: Path, created: Created) -> None:
    """Delete a file that is still as it was created; raises Refused or OSError."""
    path = PurePosixPath(created.name)
    with _folder(project, path) as folder:
        check_unchanged(folder, path, created)
        os.unlink(path.name, dir_fd=folder)


def check(project: Path, created: Created) -> None:
    """Raises Refused when the file is gone or no longer as it was created."""
    path = PurePosixPath(created.name)
    with _folder(project, path) as folder:
        check_unchanged(folder, path, created)


def check_unchanged(folder: int, path: PurePosixPath, created: Created) -> None:
    """The same within an open folder."""
    if not _there(path.name, folder):
        raise Gone(f"{path} is gone already.")
    same = False
    if _there(path.name, folder) == (created.inode, stat.S_IFREG):
        source = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
        with os.fdopen(source, "rb") as file:
            same = file.read(len(created.content) + 1) == created.content
    if not same:
        raise Refused(f"{path} was changed since I created it, so I left it as it is.")


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if re.search(r"[\x00-\x1f\x7f\\\ud800-\udfff]", name) or len(name) > 200 or not path.name:
        raise Refused("That is not a name for a file.")
    if path.is_absolute() or name.startswith("~") or ".." in path.parts:
        raise Refused("I only create files inside the project, so I did nothing.")
    if any(part.lower() == ".git" for part in path.parts):
        raise Refused("I do not write into git's own folder.")
    return path


@contextmanager
def _folder(project: Path, path: PurePosixPath) -> Iterator[int]:
    """Descriptor of the folder that holds the file, reached without following a link below the project."""
    flags = os.O_RDONLY | os.O_DIRECTORY
    folder = os.open(project, flags)
    try:
        for part in path.parts[:-1]:
            try:
                inner = os.open(part, flags | os.O_NOFOLLOW, dir_fd=folder)
            except FileNotFoundError:
                raise Refused(f"There is no folder {path.parent}.") from None
            except OSError:
                raise Refused(f"{path.parent} leads elsewhere or is no folder, so I did nothing.") from None
            os.close(folder)
            folder = inner
        yield folder
    finally:
        os.close(folder)


def _there(name: str, folder: int) -> tuple[int, int] | None:
    """Inode and kind of what has this name, links not followed."""
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return found.st_ino, stat.S_IFMT(found.st_mode)
