"""A small private file of the state folder that keeps something for each project, the newest last."""

from __future__ import annotations

import json
import logging
import stat
from pathlib import Path
from typing import Any

from aidevops_voice.paths import write_private

_log = logging.getLogger(__name__)

KEPT = 50
"""Projects; the one that was changed longest ago is forgotten first."""
_MAX_BYTES = 256 * 1024


def read(path: Path, project: Path, default: Any) -> Any:
    """What is kept for this project."""
    return _projects(path).get(str(project), default)


def keep(path: Path, project: Path, value: Any) -> None:
    """In its place; a file that cannot be written is only logged."""
    projects = _projects(path)
    projects.pop(str(project), None)
    projects[str(project)] = value
    try:
        write_private(path, _text(projects))
    except OSError as error:
        _log.warning("%s cannot be written (%s)", path, error.strerror)


def _projects(path: Path) -> dict[str, Any]:
    """All that the file holds, the newest last; empty when it is no file of ours."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _MAX_BYTES:
            raise ValueError("not a small file")
        projects = json.loads(path.read_text("utf-8"))["projects"]
        return dict(projects.items())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        _log.warning("%s cannot be read, the defaults are used", path)
        return {}


def _text(projects: dict[str, Any]) -> str:
    """Within the size that is read again."""
    names = list(projects)[-KEPT:]
    while True:
        text = json.dumps({"version": 1, "projects": {name: projects[name] for name in names}}, indent=1)
        if len(text) <= _MAX_BYTES or len(names) == 1:
            return text + "\n"
        names = names[(len(names) + 1) // 2 :]
