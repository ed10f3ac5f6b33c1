"""The same turn in other clothes: what a listener learns must not hang on white space, colours or an extra block."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from speakbench.cases import Case, Event

Change = Callable[[str], str]
FENCE = re.compile(r"^\s*(```|~~~)")
BLOCK = "```sh\nls -la build\n```"
READ: Mapping[str, Any] = {"session": "ses_bench", "turn": "msg_bench", "call": "padding", "tool": "read"}
PIECE = 9
"""Characters of one piece of a streamed text."""


def variants(case: Case) -> Iterator[tuple[str, Case]]:
    """The case spaced, coloured and interrupted, each by what was done to it."""
    yield "spaced", _changed(case, spaced, spaced)
    yield "coloured", _changed(case, coloured, coloured)
    yield "interrupted", _interrupted(case)


def spaced(text: str) -> str:
    """Windows line ends, blanks at the end of lines, more empty lines."""
    lines = [f"{line}  " if line else "\r\n" for line in text.split("\n")]
    return "\r\n\r\n" + "\r\n".join(lines) + "\r\n\r\n"


def coloured(text: str) -> str:
    """Each line in terminal colours, with a link and a title around them; code stays code."""
    inside, lines = False, []
    for line in text.split("\n"):
        fence = bool(FENCE.match(line))
        inside ^= fence
        lines.append(line if fence or inside or not line.strip() else f"\x1b[1;32m{line}\x1b[0m")
    return "\x1b]0;build\x07" + "\n".join(lines) + "\x1b[K"


def interrupted(text: str) -> str:
    """A block of code between two paragraphs in the middle, or at the end where there is one only."""
    lines = text.split("\n")
    inside, places = False, []
    for at, line in enumerate(lines):
        inside ^= bool(FENCE.match(line))
        if not inside and not line.strip() and 0 < at < len(lines) - 1:
            places.append(at)
    if not places:
        return f"{text}\n\n{BLOCK}\n"
    middle = min(places, key=lambda at: abs(at - len(lines) // 2))
    return "\n".join([*lines[:middle], "", BLOCK, "", *lines[middle:]])


def _changed(case: Case, written: Change, printed: Change) -> Case:
    if case.text:
        return replace(case, text=written(case.text))
    return replace(case, events=tuple(_told(event, case, written, printed) for event in case.events))


def _told(event: Event, case: Case, written: Change, printed: Change) -> Event:
    match event["type"]:
        case "text_ended" if _is_whole(event, case):
            return {**event, "text": written(event["text"])}
        case "text" if _is_whole(event, case):
            return {**event, "delta": written(event["delta"])}
        case "tool_finished" if event.get("output"):
            return {**event, "output": printed(event["output"])}
    return event


def _is_whole(event: Event, case: Case) -> bool:
    """The part came as one piece: its text and its pieces can be changed alike."""
    same = [other for other in case.events if other.get("part") == event.get("part")]
    deltas = [other["delta"] for other in same if other["type"] == "text"]
    return deltas == [other["text"] for other in same if other["type"] == "text_ended"]


def _interrupted(case: Case) -> Case:
    """Code in the middle; a stream comes in small pieces, after a file that was only looked at."""
    if case.text:
        return replace(case, text=interrupted(case.text))
    changed = _changed(case, interrupted, str)
    looked: tuple[Event, ...] = (
        {"type": "tool_started", **READ, "path": "notes.txt"},
        {"type": "tool_finished", **READ, "path": "notes.txt", "ok": True, "output": "nothing of note"},
    )
    first, *rest = [piece for event in changed.events for piece in _pieces(event)]
    return replace(case, events=(first, *looked, *rest))


def _pieces(event: Event) -> Iterator[Event]:
    if event["type"] != "text":
        yield event
        return
    delta = str(event["delta"])
    for at in range(0, len(delta), PIECE):
        yield {**event, "delta": delta[at : at + PIECE]}
