"""Corrections of what the agent is doing: `actually …`, `wait, use the other file`; pure, whole utterances."""

from __future__ import annotations

from aidevops_voice.floor.plain import bare, begins, consists

_REST = 2
"""Words that have to follow."""


def steers(text: str) -> bool:
    """Whether it corrects the work under way: a turn of the speaker's mind, and then what to do."""
    said = bare(text).split()
    while size := begins(said, "fillers"):
        said = said[size:]
    opened = begins(said, "steer")
    rest = said[opened:]
    if not opened or len(rest) < _REST or begins(said, "not_steer"):
        return False
    return not consists(rest, "fillers", "along", "hold", "hold_alone")
