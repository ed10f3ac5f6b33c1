"""The turns of one conversation: what was sent, what would be spoken, who waits for the end."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Literal

Ended = Literal["done", "failed", "stopped", "needs_you"]

KEPT = 100
ANSWER_CAP = 256 * 1024
"""Characters of one turn's answer that are kept for `ask`; parts beyond are on the page only."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one typed turn, as `ask --json` prints it."""

    spoken: tuple[str, ...]
    text: str
    outcome: Ended
    pending: tuple[dict[str, Any], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"spoken": list(self.spoken), "text": self.text, "outcome": self.outcome, "pending": list(self.pending)}


@dataclass(slots=True)
class Record:
    """One turn of ours."""

    id: str
    text: str
    spoken: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    closed: bool = False
    news: asyncio.Future[Ended] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """Set at the end, or as soon as the agent needs the user."""

    def wake(self, outcome: Ended) -> None:
        """Tell who waits."""
        if not self.news.done():
            self.news.set_result(outcome)


def new_id() -> str:
    """A message id of our own: `msg_`, time first, so that ids ascend."""
    return f"msg_{int(time.time() * 1000):012x}{secrets.token_hex(6)}"


class Turns:
    """Records by id, the oldest forgotten."""

    def __init__(self) -> None:
        self._records: OrderedDict[str, Record] = OrderedDict()
        self.count = 0

    def add(self, turn: str, text: str) -> Record:
        """A new turn."""
        record = self._records[turn] = Record(turn, text)
        self.count += 1
        while len(self._records) > KEPT:
            self._records.popitem(last=False)
        return record

    def extend(self, turn: str, text: str) -> Record:
        """The same turn with more words."""
        record = self._records[turn]
        record.text = text
        return record

    @property
    def latest(self) -> str:
        """Id of the newest turn, empty when there is none."""
        return next(reversed(self._records), "")

    def closed(self, turns: tuple[str, ...]) -> bool:
        """Whether all of these are turns of ours that have ended."""
        records = [self._records.get(turn) for turn in turns]
        return bool(records) and all(record is not None and record.closed for record in records)

    @property
    def open(self) -> list[Record]:
        """Turns without an end."""
        return [record for record in self._records.values() if not record.closed]

    def spoke(self, turn: str, sentence: str) -> None:
        """A sentence about a turn; one about a request belongs to every open turn."""
        record = self._records.get(turn)
        for told in [record] if record else self.open:
            told.spoken.append(sentence)

    def answered(self, text: str) -> None:
        """A part of the agent's answer."""
        for record in self.open:
            if sum(map(len, record.answer)) < ANSWER_CAP:
                record.answer.append(text)

    def needs_user(self) -> None:
        """The agent waits for the user."""
        for record in self.open:
            record.wake("needs_you")

    def end(self, turns: tuple[str, ...], outcome: Ended) -> None:
        """Close these turns; merged prompts share what was spoken."""
        records = [self._records[turn] for turn in turns if turn in self._records]
        spoken = list(dict.fromkeys(sentence for record in records for sentence in record.spoken))
        for record in records:
            record.spoken, record.closed = spoken, True
            record.wake(outcome)
