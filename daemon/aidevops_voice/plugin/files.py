"""Files of the user's that are read and changed: in one step, with the mode they had, never through a link outwards."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aidevops_voice.errors import PluginBlocked


def read(path: Path) -> str:
    """Empty where there is none; line ends as they are."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError):
        raise PluginBlocked(f"{path} cannot be read.", cure="Look at that file.") from None


def write(path: Path, text: str) -> bool:
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


def check_inside(root: Path, path: Path) -> None:
    """A project may hold a link that leads our writing into another place."""
    if not path.resolve().is_relative_to(root.resolve()):
        cure = "Replace the link by a folder or file of its own."
        raise PluginBlocked(f"{path} leads out of {root} through a link.", cure=cure)


@contextmanager
def writing(base: Path) -> Iterator[None]:
    """What cannot be changed is told as PluginBlocked."""
    try:
        yield
    except OSError as error:
        cure = "Make that folder writable for you."
        raise PluginBlocked(f"{error.filename or base} cannot be changed ({error.strerror}).", cure=cure) from None
