"""How long a system takes: until the first sentence of a stream, for 100 KB, and for ten times as much."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from speakbench.cases import Case, Event
from speakbench.systems import System

SMALL, LARGE, TRIES = 100_000, 1_000_000, 3
PIECE = 64
"""Characters of one piece of a streamed text."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, the best of some tries, and ratios."""

    first_ms: float
    """To the first sentence of 100 KB; where a system does not stream, of the whole call."""
    whole_ms: float
    large_ms: float
    """1 MB in one call."""
    text_growth: float
    """1 MB in the time of 100 KB, of an answer."""
    events_growth: float


def measure(told: System, cases: Sequence[Case]) -> Times:
    """Put the bench's own answers, as one long text, through the system."""
    small, large = _text(cases, SMALL), _text(cases, LARGE)
    whole, much = _best(lambda: told.again(small)), _best(lambda: told.again(large))
    few, many = (_best(lambda size=size: told.tell(_turn(size))) for size in (small, large))  # type: ignore[misc]
    first = min(first_sentence_ms(told, small) for _ in range(TRIES)) if told.stream else whole
    return Times(first, whole, much, much / whole, many / few)


def first_sentence_ms(told: System, text: str) -> float:
    """From the first piece to the first sentence; infinite where none comes before the end."""
    assert told.stream is not None
    pieces = (text[at : at + PIECE] for at in range(0, len(text), PIECE))
    begun = time.perf_counter()
    said = next(told.stream(pieces), "")
    waited = next(pieces, None) is None
    return inf if waited or not said else (time.perf_counter() - begun) * 1000


def _best(run: Callable[[], object]) -> float:
    spent = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        run()
        spent.append((time.perf_counter() - begun) * 1000)
    return max(min(spent), 1e-3)


def _text(cases: Sequence[Case], size: int) -> str:
    texts = [case.final_text for case in cases if case.final_text] or ["Nothing to say."]
    whole = "\n\n".join(texts) + "\n\n"
    return (whole * (size // len(whole) + 1))[:size]


def _turn(text: str) -> Case:
    """The text as what a command printed and as what the agent says of it."""
    turn: Event = {"session": "s", "turn": "t"}
    call: Event = {**turn, "call": "c", "tool": "bash", "command": "make"}
    events: tuple[Event, ...] = (
        {"type": "turn_started", **turn, "text": "", "ours": True},
        {"type": "tool_started", **call},
        {"type": "tool_finished", **call, "ok": True, "exit_code": 0, "output": text},
        {"type": "text", **turn, "part": "p", "delta": text},
        {"type": "text_ended", **turn, "part": "p", "text": text},
        {"type": "turn_ended", "session": "s", "turns": ["t"], "outcome": "done"},
    )
    return Case("timing", "timing", "claude", "work", "", events, (), (), 80, "normal", "info")
