"""What the user chose by voice, remembered for each project in one small file of the state folder."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError

from aidevops_voice import project_file
from aidevops_voice.narration import Level

_log = logging.getLogger(__name__)

SLOWEST, FASTEST = 0.5, 2.0


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True)

    level: Level | None = None
    sounds: StrictBool | None = None
    pace: Annotated[float, Field(ge=SLOWEST, le=FASTEST, strict=True, allow_inf_nan=False)] = 1.0


class Preferences:
    """The choices of one project; what was never said is None, or 1.0 for the pace."""

    def __init__(self, path: Path, project: Path, said: _Said) -> None:
        self._path, self._project, self._said = path, project, said

    @classmethod
    def load(cls, path: Path, project: Path) -> Preferences:
        """What was said here before; a file that cannot be used counts as none."""
        try:
            said = _Said.model_validate(project_file.read(path, project, {}))
        except ValidationError:
            _log.warning("%s holds no choices that are known here, the defaults are used", path)
            said = _Said()
        return cls(path, project, said)

    @property
    def level(self) -> Level | None:
        """How much is said."""
        return self._said.level

    @property
    def sounds(self) -> bool | None:
        """Whether there are sounds besides words."""
        return self._said.sounds

    @property
    def pace(self) -> float:
        """How fast it speaks, as a multiple of the voice's own speed."""
        return self._said.pace

    def remember(self, *, level: Level | None = None, sounds: bool | None = None, pace: float | None = None) -> None:
        """Keep what was said, and what was said before; a file that cannot be written is only logged."""
        held = None if pace is None else min(max(pace, SLOWEST), FASTEST)
        given = {"level": level, "sounds": sounds, "pace": held}
        self._said = self._said.model_copy(update={name: one for name, one in given.items() if one is not None})
        project_file.keep(self._path, self._project, self._said.model_dump(exclude_none=True))
