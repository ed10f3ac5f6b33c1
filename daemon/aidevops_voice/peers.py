"""Which machines the user has allowed before, remembered for each project in one small file of the state folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from aidevops_voice import project_file

MOST = 500
"""Of one project; the one that was first allowed longest ago is forgotten first."""
_MARK = re.compile(r"[0-9a-f]{32}")


class Peers:
    """Marks that tell nothing of the command they stand for; a file that cannot be used counts as none."""

    def __init__(self, path: Path, project: Path) -> None:
        self._path, self._project = path, project
        found = project_file.read(path, project, [])
        marks = found if isinstance(found, list) else []
        self._marks = dict.fromkeys(one for one in marks[-MOST:] if isinstance(one, str) and _MARK.fullmatch(one))

    def __contains__(self, mark: object) -> bool:
        return mark in self._marks

    def add(self, marks: Iterable[str]) -> None:
        """From now on, and after the next start; writes a small file."""
        fresh = [mark for mark in marks if mark not in self._marks]
        if fresh:
            self._marks = dict.fromkeys([*self._marks, *fresh][-MOST:])
            project_file.keep(self._path, self._project, list(self._marks))
