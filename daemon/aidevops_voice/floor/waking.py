"""The wake phrase, as recognisers write it: `hey dev ops`, `a devops`, `hey the vops`; pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from aidevops_voice.floor.plain import bare, phrases

Mode = Literal["open", "push", "wake"]

NAME_ALIKE = 0.76
"""Of the letters of the name; `developers` for `devops` is below."""
FIRST_ALIKE = 0.6
_SPLIT = 2
"""Words that a recogniser may make of one."""
_FOLD = str.maketrans({"b": "v", "z": "s", "c": "k", "q": "k", "y": "i", "h": None})


@dataclass(frozen=True, slots=True)
class Listening:
    """When the microphone counts."""

    mode: Mode = "open"
    wake_phrase: str = "hey devops"
    awake_s: float = 30.0
    """Seconds after the last exchange in which no wake phrase is needed."""


def called(text: str, phrase: str) -> str | None:
    """What follows the wake phrase at the beginning, empty when nothing does; None when it was not said."""
    tokens = text.split()
    said = [bare(token) for token in tokens]
    wanted = bare(phrase).split()
    name, first = wanted[-1], wanted[:-1]
    best: tuple[float, int] | None = None
    for size in range(len(first) + 1, min(len(said), len(wanted) + _SPLIT) + 1):
        score = _score(said[:size], first, name)
        if score is not None and (best is None or score > best[0]):
            best = score, size
    return None if best is None else " ".join(tokens[best[1] :]).lstrip(" ,;:.!-—")


def _score(said: list[str], first: list[str], name: str) -> float | None:
    """How much these words are the phrase; None when they are not."""
    alike = [_first(one, other) for one, other in zip(said, first, strict=False)]
    if not all(alike):
        return None
    tail = said[len(first) :]
    if len("".join(tail)) < len(name) - _SPLIT:
        return None
    ratio = _ratio("".join(tail), name)
    return ratio if ratio >= NAME_ALIKE else None


def _first(one: str, other: str) -> bool:
    greeting = (other,) in phrases("hey") and (one,) in phrases("hey", "like_hey")
    return greeting or one == other or _ratio(one, other) >= FIRST_ALIKE


def _ratio(one: str, other: str) -> float:
    one, other = one.translate(_FOLD), other.translate(_FOLD)
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
