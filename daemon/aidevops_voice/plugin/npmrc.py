"""One line in npm's settings beside OpenCode: without a network npm would retry for 70 s before a plugin loads."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

NAME = ".npmrc"
KEY = "fetch-retries"
SETTING = f"{KEY}=0"
_MARK = "# aidevops-voice:"
_WHY = f"{_MARK} without a network OpenCode starts at once; `aidevops-voice plugin remove` takes this out"
_MADE = f"{_MARK} file made for the lines above"
_OURS = re.compile(rf"^{_MARK}.*(?:\n|\Z)(?:{SETTING}[ \t\r]*(?:\n|\Z))?", re.MULTILINE)
_SET = re.compile(rf"^[ \t]*{KEY}[ \t]*=", re.MULTILINE)


def is_set(text: str) -> bool:
    """Whether a value stands there."""
    return bool(_SET.search(text))


def add(text: str | None, base: Path) -> str | None:
    """The text with our lines, None where the user has a value; `text` is None while there is no file.

    Our lines stand first, and name every installation that needs them, so that the rest stays as it is.
    """
    bases, rest, made = _parts(text or "")
    if is_set(rest):
        return None
    return _joined([*bases, *([] if str(base) in bases else [str(base)])], rest, made or text is None)


def take(text: str, base: Path) -> str | None:
    """The text without what this installation needs, None when the file is not needed at all."""
    bases, rest, made = _parts(text)
    left = [each for each in bases if each != str(base) and (Path(each) / "aidevops-voice").is_dir()]
    if left or not bases:
        return _joined(left, rest, made) if left else text
    return None if made and not rest else rest


def _joined(bases: list[str], rest: str, made: bool) -> str:
    # As JSON: a line break in the name of a folder must not begin a setting.
    lines = [_WHY, *(f"{_MARK} {json.dumps(each)}" for each in bases), SETTING, *([_MADE] if made else [])]
    return "\n".join(lines) + "\n" + rest


def _parts(text: str) -> tuple[list[str], str, bool]:
    """Installations, everything that is not ours, whether the file is; a value that the user changed is the user's."""
    ours = [found[0] for found in _OURS.finditer(text)]
    return [base for each in ours if (base := _base(each))], _OURS.sub("", text), any(_MADE in each for each in ours)


def _base(line: str) -> str:
    with suppress(ValueError):
        return str(json.loads(line.splitlines()[0].removeprefix(_MARK)))
    return ""
