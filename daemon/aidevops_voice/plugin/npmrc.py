"""One line in npm's settings beside OpenCode: without a network npm would retry for 70 s before a plugin loads."""

from __future__ import annotations

import re
from pathlib import Path

NAME = ".npmrc"
KEY = "fetch-retries"
SETTING = f"{KEY}=0"
_MARK = "# aidevops-voice:"
_WHY = f"{_MARK} without a network OpenCode starts at once; `aidevops-voice plugin remove` takes this out"
_MADE = f"{_MARK} file made for the lines above"
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
    lines = [_WHY, *(f"{_MARK} {each}" for each in bases), SETTING, *([_MADE] if made else [])]
    return "\n".join(lines) + "\n" + rest


def _parts(text: str) -> tuple[list[str], str, bool]:
    """Installations, everything that is not ours, whether the file is."""
    if not text.startswith(f"{_WHY}\n"):
        return [], text, False
    ours, _, rest = text.partition(f"\n{SETTING}\n")
    made = rest.startswith(f"{_MADE}\n")
    bases = [line.removeprefix(_MARK).strip() for line in ours.split("\n")[1:]]
    return bases, rest.removeprefix(f"{_MADE}\n") if made else rest, made
