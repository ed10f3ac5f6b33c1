"""Whether a turn is over by what was said: mid-thought, a moment asked for, or `over` at its end; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aidevops_voice.floor.plain import bare, begins, consists, ends, phrases

_ENOUGH = 3
"""Words before `over` that a sentence has; in a shorter one it belongs to the verb, unless a pause was written."""
_PAUSE = (",", ".", ";", ":", "!", "?", "…", "—", "-")


@dataclass(frozen=True, slots=True)
class Ending:
    """What was said without the words that were only about the turn, and whether the turn is over."""

    text: str
    then: Literal["end", "now", "wait", "hold"] = "end"
    """`end`: as the voice sounds; `now`: at once; `wait`: it is mid-thought; `hold`: the user asked for time."""


def read(text: str) -> Ending:
    """How these words end."""
    tokens = text.split()
    said = [bare(token) for token in tokens]
    if held := _held(said):
        return Ending(_without(tokens, held), "hold")
    if spoken := _over(tokens, said):
        return Ending(_without(tokens, spoken), "now")
    return Ending(text, "wait" if _unfinished(said) else "end")


def asks_for_time(text: str) -> bool:
    """Whether it is nothing but that."""
    said = bare(text).split()
    return bool(said) and _held(said) == len(said)


def _held(said: list[str]) -> int:
    """Words at the end that ask for a moment: all of them, or an unmistakable phrase."""
    if consists(said, "hold", "hold_alone", "fillers") and ends(_content(said), "hold", "hold_alone"):
        return len(said)
    held = 0
    while size := ends(said[: len(said) - held], "hold"):
        held += size
    return held


def _content(said: list[str]) -> list[str]:
    left = list(said)
    while size := ends(left, "fillers"):
        left = left[: len(left) - size]
    return left


def _over(tokens: list[str], said: list[str]) -> int:
    """Words of `over` or `send it` at the end, where they do not belong to the sentence."""
    size = ends(said, "over")
    before = said[: len(said) - size]
    if not size or not before:
        return 0
    if tokens[len(before) - 1].endswith(_PAUSE):
        return size
    joined = ends(before, "not_over") or len(before) < _ENOUGH
    return 0 if joined else size


def _without(tokens: list[str], size: int) -> str:
    return " ".join(tokens[: len(tokens) - size]).rstrip(" ,;:-—")


def _unfinished(said: list[str]) -> bool:
    """Whether a thought must follow; a preposition ends many a question, and many a verb."""
    if not said:
        return False
    if ends(said, "unfinished"):
        return True
    loose = ends(said, "loose")
    if not loose or begins(said, "asking"):
        return False
    before = said[: len(said) - loose]
    return bool(before) and (before[-1],) not in phrases("taking_loose")
