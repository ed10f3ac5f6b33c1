"""Utterances that wait for the mouth: by rank, then by age; stale ones fall."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aidevops_voice.ports import Kind, Utterance

KEPT = 64
"""Utterances that wait; above it progress is dropped first."""

_RANK: dict[Kind, int] = {"needs-you": 0, "outcome": 1, "answer": 1, "notice": 1, "progress": 2, "ack": 3}
NEWS: frozenset[Kind] = frozenset({"progress", "ack"})
"""What is not worth saying late."""
_SHED: tuple[Kind, ...] = ("progress", "ack", "notice", "answer", "outcome", "needs-you")
_READING: frozenset[Kind] = frozenset({"answer", "outcome"})
"""Of these the last one falls, so that a long reading keeps its beginning."""


class Waiting:
    """Utterances that wait, by rank and then by age; every method returns what it dropped."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._items: list[Utterance] = []

    def __len__(self) -> int:
        return len(self._items)

    def put(self, utterance: Utterance) -> list[Utterance]:
        """Add one, with the cue in front of it; what it makes stale falls, and so does progress without room."""
        dropped = self._remove(lambda old: _makes_stale(utterance, old))
        if self._items and _is_cue_of(self._items[-1], utterance):
            utterance = replace(utterance, earcon=self._items.pop().earcon)
        self._items.append(utterance)
        if len(self._items) > self._kept:
            dropped.append(self._shed())
        return dropped

    def put_back(self, utterances: list[Utterance]) -> None:
        """Before everything else of their rank."""
        self._items[:0] = utterances

    def resume(self, utterances: list[Utterance], spoken: list[Utterance]) -> list[Utterance]:
        """Before everything else of their rank, but for news that what came or is spoken since has made stale."""
        newer = [*self._items, *spoken]
        stale = [old for old in utterances if any(_makes_stale(new, old) for new in newer)]
        self.put_back([old for old in utterances if old not in stale])
        while len(self._items) > self._kept:
            stale.append(self._shed())
        return stale

    def take(self, now: float) -> tuple[Utterance | None, list[Utterance]]:
        """The next to speak, and those that expired meanwhile."""
        dropped = self._remove(lambda old: old.expires is not None and old.expires <= now)
        if not self._items:
            return None, dropped
        best = min(self._items, key=lambda item: _RANK[item.kind])
        self._items.remove(best)
        return best, dropped

    def empty(self) -> list[Utterance]:
        """Take out everything."""
        return self._remove(lambda _: True)

    def withdraw(self, about: str) -> list[Utterance]:
        """Drop what is about one turn or request."""
        return self._remove(lambda old: old.about == about)

    def _shed(self) -> Utterance:
        kind = min((item.kind for item in self._items), key=_SHED.index)
        places = [at for at, item in enumerate(self._items) if item.kind == kind]
        return self._items.pop(places[-1 if kind in _READING else 0])

    def _remove(self, falls: Callable[[Utterance], bool]) -> list[Utterance]:
        dropped = [item for item in self._items if falls(item)]
        self._items = [item for item in self._items if not falls(item)]
        return dropped


def is_cue(utterance: Utterance) -> bool:
    """A sound in front of words, which come next."""
    return bool(utterance.earcon) and not utterance.text and utterance.kind not in NEWS


def _is_cue_of(cue: Utterance, words: Utterance) -> bool:
    return is_cue(cue) and bool(words.text) and (cue.kind, cue.about) == (words.kind, words.about)


def _makes_stale(new: Utterance, old: Utterance) -> bool:
    if new.kind == "needs-you":
        return old.kind == "progress"  # what waits for the user is not going on
    if new.about != old.about or new.id == old.id:
        return False
    match new.kind:
        case "progress" | "outcome" | "answer":
            return old.kind in NEWS
        case "needs-you" | "ack" | "notice":
            return False
