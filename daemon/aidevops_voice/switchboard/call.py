"""What a call was about: what was asked in it and what came of that, for a note in the session and for who returns."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from aidevops_voice.languages import Language
from aidevops_voice.ports import Turn, TurnEnded

MOST = 20
"""Requests of one note."""
ASKED = 300
"""Characters of one request in it."""


@dataclass(slots=True)
class Request:
    """One thing asked, and its end."""

    text: str
    outcome: str = ""
    sentence: str = ""


class Call:
    """What was asked in one session since the last note."""

    def __init__(self) -> None:
        self._requests: OrderedDict[str, Request] = OrderedDict()
        self.first = ""
        """What was asked first of all, by which an untitled session is called."""

    def asked(self, turn: Turn) -> None:
        """A prompt of ours reached the agent; the oldest are forgotten."""
        text = " ".join(turn.text.split())
        self.first = self.first or text
        self._requests[turn.id] = Request(text[:ASKED])
        while len(self._requests) > MOST:
            self._requests.popitem(last=False)

    def ended(self, event: TurnEnded, sentence: str) -> None:
        """What came of it."""
        for turn in event.turns:
            if request := self._requests.get(turn):
                request.outcome, request.sentence = event.outcome, sentence

    def note(self, still_open: Sequence[str], language: Language) -> str:
        """The note; empty when nothing was asked."""
        if not self._requests:
            return ""
        phrase = language.phrases
        lines = [str(phrase["note.head"]).format(time=time.strftime("%H:%M"))]
        for request in self._requests.values():
            lines.append("- " + str(phrase["note.asked"]).format(text=f"“{request.text}”"))
            outcome = str(phrase[f"note.{request.outcome or 'running'}"])
            lines.append("  " + ": ".join(filter(None, (outcome, request.sentence))))
        lines += ["- " + str(phrase["note.open"]).format(text=text) for text in still_open]
        return "\n".join(lines)

    def over(self) -> None:
        """The note was left."""
        self._requests.clear()
