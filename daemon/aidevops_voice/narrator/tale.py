"""What is known of one turn while it is told: since when, what was said of it, which text waits for what follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import inf

from aidevops_voice.languages import Language
from aidevops_voice.narrator import outcome
from aidevops_voice.narrator.answer import READ_CAP, Answer
from aidevops_voice.narrator.news import News
from aidevops_voice.narrator.refusals import Refusals
from aidevops_voice.ports import Text, TextEnded
from aidevops_voice.words.speakable import excerpt

_WHOLE = re.compile(r".*[.!?…][\"')\]*`_]*(?=\s|$)", re.S)
PAUSE_S = 0.2
"""Without a new piece for so long, what ends like a sentence is spoken."""
_PREAMBLE = 600
"""Characters read of a text that turns out to be progress."""


@dataclass(slots=True)
class Tale:
    """The telling of one turn."""

    turn: str
    began: float
    ours: bool
    language: Language
    answer: Answer
    news: News
    last_words: float | None = None
    earcon: bool = False
    acked: bool = False
    tool_used: bool = False
    fed_at: float | None = None
    answered_at: float = -inf
    work: outcome.Work = field(default_factory=outcome.Work)
    refusals: Refusals = field(default_factory=Refusals)
    _held: str = ""
    _led: str = ""
    """The same behind which a tool has started."""
    _part: str = ""
    """Of which the end is not there yet."""

    @property
    def silent_since(self) -> float:
        """The last words, else the beginning."""
        return self.began if self.last_words is None else self.last_words

    @property
    def pause_due(self) -> float:
        """When what ends like a sentence is one."""
        return inf if self.fed_at is None else self.fed_at + PAUSE_S

    @property
    def held(self) -> str:
        """The last text, also while the tool behind it waits for leave."""
        return self._held or self._led

    def spoke(self, now: float) -> None:
        """Words came, so that nothing else has to say that the prompt was taken."""
        self.last_words, self.answered_at, self.acked, self.earcon = now, now, True, True

    def asked(self, prompt: str) -> None:
        """The user's words, of one prompt or of several that are told as one."""
        if prompt.strip() and prompt not in self.work.prompt:
            self.work.prompt = f"{self.work.prompt} {prompt}".strip()[:_PREAMBLE]

    def used(self) -> None:
        """A tool has finished."""
        self.tool_used, self._led = True, ""

    def hold(self, event: Text) -> None:
        """Text behind a tool: progress or outcome, by what follows it."""
        before = self._held if event.part == self._part else ""
        self._held = self.work.text = (before + event.delta)[:READ_CAP]
        self._part = event.part

    def ended(self, event: TextEnded) -> None:
        """All of a part."""
        self._held = self.work.text = excerpt(event.text, READ_CAP)
        self._part = ""

    def stopped(self) -> None:
        """Of what the agent wrote last only whole sentences are told, and nothing that only led to a tool."""
        whole = _WHOLE.match(self._held) if self._part else None
        self.work.text = whole[0] if whole else "" if self._part else self._held

    def broken(self) -> None:
        """What has no end will have none."""
        if self._part:
            self._held = self.work.text = self._part = ""

    def lead(self) -> str:
        """The text behind which a tool starts."""
        self.broken()
        self._led = self.held
        text, self._held, self.tool_used, self.fed_at = self._held, "", True, None
        return text[:_PREAMBLE]
