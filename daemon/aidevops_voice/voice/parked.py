"""What a turn of the user cut or kept from being said, until it is known whether that turn meant anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aidevops_voice.ports import Utterance, Voiced
from aidevops_voice.voice.handed import Handed

Report = tuple[Utterance, Voiced, str]


class Parked:
    """In the order in which it would have been said; each is told `dropped` unless it was told `cut` before."""

    def __init__(self) -> None:
        self._items: list[Utterance] = []
        self._cut: set[str] = set()
        self._goes_on_at: dict[str, int] = {}

    def cut(self, handed: Iterable[Handed]) -> None:
        """These were handed to the voice; sounds alone, and what was heard to its last word, are over."""
        for item in handed:
            utterance = item.utterance
            if utterance.kind == "needs-you" or not utterance.text:
                continue
            if item.played_ms:
                at = item.goes_on_at
                if at >= len(utterance.text.split()):
                    self._goes_on_at.pop(utterance.id, None)
                    continue
                self._cut.add(utterance.id)
                self._goes_on_at[utterance.id] = at
                utterance = replace(utterance, earcon="", expires=None)
            self._items.append(utterance)

    def add(self, utterance: Utterance, *, cut: bool = False) -> None:
        """This waited behind, or was told to be cut already."""
        self._items.append(utterance)
        if cut:
            self._cut.add(utterance.id)

    def take(self) -> list[Utterance]:
        """Everything, to be said after all."""
        items, self._items = self._items, []
        self._cut.clear()
        return items

    def let_go(self, about: str | None = None) -> list[Report]:
        """Everything, or what is about one thing, is not said any more."""
        gone = [old for old in self._items if about is None or old.about == about]
        self._items = [old for old in self._items if old not in gone]
        told = [old for old in gone if old.id not in self._cut]
        for old in gone:
            self._cut.discard(old.id)
            self._goes_on_at.pop(old.id, None)
        return [(old, "dropped", "") for old in told]

    def skipped(self, utterance: str) -> int:
        """Leading words that were heard already."""
        return self._goes_on_at.get(utterance, 0)

    def forget(self, utterance: str) -> None:
        """It was said to its end."""
        self._goes_on_at.pop(utterance, None)
