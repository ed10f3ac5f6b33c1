"""Progress of one turn: which piece of news is worth a word and when; the newest replaces what waits; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from aidevops_voice.languages import Language
from aidevops_voice.narration import Narration
from aidevops_voice.narrator import outcome, progress
from aidevops_voice.narrator.answer import filler
from aidevops_voice.narrator.repeats import Told
from aidevops_voice.ports import ToolFinished, ToolStarted
from aidevops_voice.reports import Report
from aidevops_voice.words.wording import elapsed

ASKS_S = 0.5
"""So long after its beginning it is known whether an action waits to be allowed."""
JOIN_S = 3.0
"""A result waits so long for what is done about it, and everything for a text that is being written."""
_STALE_S = 8.0
"""After its end an action is no longer what the agent does."""
_RUNNING = 32


@dataclass(slots=True)
class News:
    """What waits to be told of a turn's work, and what was told."""

    told: Told
    pieces: int = 0
    beats: int = 0
    running: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Calls that run -> what they do, since when."""
    result: str = ""
    action: str = ""
    own: list[str] = field(default_factory=list)
    """What the agent itself wrote of it."""
    trouble: str = ""
    """Holds up everything else until the next sign of life."""
    _call: str = ""
    _acted: float = -inf
    _came: float = -inf
    _ended: float = inf
    _written: float = -inf
    _last: str = ""

    def started(self, tool: ToolStarted, own: Sequence[str], language: Language, now: float) -> None:
        """The agent does something; the same call may come again with more known of it."""
        action = progress.describe(tool, language)
        known = self.running.pop(tool.call, None)
        doing = action or (known[0] if known else "")
        self.running[tool.call] = (doing, known[1] if known else now)
        if len(self.running) > _RUNNING:
            del self.running[next(iter(self.running))]
        self.trouble, self._written = "", -inf
        if own:
            self.own = list(own)
        if action and (not known or known[0] != action) and not self._told_of(tool.call):
            # Where one action follows the other the news still comes.
            self._acted = self._acted if self.action else now
            self.action, self._call, self._ended = action, tool.call, inf

    def asked(self) -> None:
        """It is not done yet: it waits to be allowed, which is asked in words of its own."""
        self.action = ""

    def finished(self, tool: ToolFinished, report: Report | None, language: Language, now: float) -> None:
        """The agent did it; a result takes the place of what led to it."""
        self.running.pop(tool.call, None)
        self.trouble = ""
        result = progress.result(tool, report, language)
        if result:
            self.result, self._came = result, now
        if tool.call == self._call:
            self._ended = min(self._ended, now)
            if result or not tool.ok:
                self.action = ""
        if result:
            self.own = []

    def writing(self, now: float) -> None:
        """The agent writes, so that its own words may come soon."""
        self.trouble, self._written = "", now

    def clear(self) -> None:
        """What was wanted is not done."""
        self.result = self.action = self.trouble = ""
        self.own = []
        self.running.clear()

    def due(self, narration: Narration, last: float) -> float:
        """When the next piece is told, monotonic seconds."""
        if not (self.result or self.action or self.own or self.trouble):
            return inf
        due = max(last + narration.gap_s(self.pieces), self._written + JOIN_S)
        due = max(due, self._acted + ASKS_S) if self.action else due
        alone = self.result and not (self.action or self.own or self.trouble)
        return max(due, self._came + JOIN_S) if alone and narration.level != "chatty" else due

    def take(self, narration: Narration, language: Language, now: float) -> str:
        """What waits, told from now on; empty when it is old, or was the last thing told."""
        if now > self._ended + _STALE_S:
            self.action = ""
        self.trouble = "" if self.trouble == self._last else self.trouble
        text = self.trouble or self._composed(narration, language)
        if not self.trouble:
            self.result = self.action = ""
            self.own = []
        self.trouble = ""
        if not text or text == self._last:
            return ""
        self._last = text
        self.pieces += 1
        return text

    def still(self, began: float, language: Language, now: float) -> str:
        """That work goes on, and for how long."""
        self.beats += 1
        doing, since = next(reversed(self.running.values()), ("", began))
        if not doing.split(" ")[0].endswith(_phrase("narrator.gerund", language)):
            return _phrase("narrator.still_working", language).format(time=elapsed(now - began, language))
        return _phrase("narrator.still", language).format(doing=doing, time=elapsed(now - since, language))

    def _told_of(self, call: str) -> bool:
        return bool(call) and call == self._call and not self.action

    def _composed(self, narration: Narration, language: Language) -> str:
        facts = ", ".join(filter(None, (self.result, self.action)))
        own = [sentence for sentence in self.own if not self.told.again(sentence, language)]
        own = own if narration.level == "chatty" else own[:1]
        if not own or (facts and narration.level != "chatty" and filler(own[0], language)):
            return facts
        verdict = any(outcome.is_bad(one, language) or outcome.is_good(one, language) for one in own)
        return " ".join([*([spoken(self.result)] if self.result and not verdict else []), *own])


def spoken(text: str) -> str:
    """As a sentence."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _phrase(key: str, language: Language) -> str:
    return str(language.phrases[key])
