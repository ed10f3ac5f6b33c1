"""A request of the agent, looked at before anything is said of it: what it could do, and which phrases are free."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from aidevops_voice.consent import challenge
from aidevops_voice.consent.appraisal import Appraisal, appraise
from aidevops_voice.consent.inquiry import Inquiry
from aidevops_voice.consent.rules import Mode, Rules
from aidevops_voice.consent.surroundings import counted
from aidevops_voice.consent.warning import warning
from aidevops_voice.conversation import putting
from aidevops_voice.conversation.putting import Putting
from aidevops_voice.languages import named
from aidevops_voice.ports import Ask, Clock

_PHRASES = 10
"""Drawn ahead for one request; when all are used only a click is left."""
_TEXT, _TEXTS = 4000, 3
"""Characters of the agent's last texts, and how many, whose words no phrase holds."""


class Study:
    """`write` takes one journal entry per step in the life of a request."""

    def __init__(self, rules: Rules, project: str, clock: Clock, write: Callable[[dict[str, Any]], None]) -> None:
        self._rules, self._project, self._clock, self._write = rules, project, clock, write
        self._texts: deque[str] = deque(maxlen=_TEXTS)

    def read(self, text: str) -> None:
        """The agent wrote it, so its words are in no phrase."""
        self._texts.append(text[-_TEXT:])

    async def opened(self, ask: Ask, seen: Ask, language: str, held: str) -> Putting:
        """A new request; `seen`, and the text `held` in front of it, are without secrets."""
        look, told, phrases = await asyncio.to_thread(self._looked, ask, seen, language)
        loss = await asyncio.to_thread(warning, held, named(language)) if held else ""
        inquiry = Inquiry(ask, clock=self._clock, write=self._write, risk=look.level, spoken=True)
        put = Putting(inquiry, seen, look, told, phrases, loss=loss)
        put.guarded = self.mode(put) == "challenge"
        return put

    async def renewed(self, put: Putting, ask: Ask, seen: Ask, language: str) -> bool:
        """One that the agent sent again; True when it is another one now."""
        look, told, phrases = await asyncio.to_thread(self._looked, ask, seen, language)
        if not put.inquiry.renewed(ask, look.level):
            return False
        put.seen, put.look, put.told, put.phrases = seen, look, told, phrases
        put.guarded = self.mode(put) == "challenge"
        return True

    def mode(self, put: Putting) -> Mode:
        """Who decides it."""
        if put.inquiry.ask.kind == "question":
            return "ask"
        return self._rules.mode(put.look.level, put.look.risk.actions)

    def _looked(self, ask: Ask, seen: Ask, language: str) -> tuple[Appraisal, Appraisal, list[tuple[str, ...]]]:
        """Off the loop: it parses, looks at folders and compares words."""
        if ask.kind == "question" or not ask.ours:
            look = appraise(ask, self._project)
            return look, appraise(seen, self._project), []
        look = counted(appraise(ask, self._project), ask, self._project)
        told = look if seen == ask else counted(appraise(seen, self._project), seen, self._project)
        avoid = [text[:_TEXT] for text in (*putting.texts(ask), *self._texts) if text]
        found = dict.fromkeys(challenge.draw(avoid=avoid, language=language) for _ in range(_PHRASES))
        return look, told, [words for words in found if words]
