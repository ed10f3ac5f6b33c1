"""The agent's events without secrets: what the ear, the journal and the record get of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from aidevops_voice.errors import VoiceError
from aidevops_voice.ports import AgentEvent, Option, Question, Text, TextEnded, TurnEnded
from aidevops_voice.redaction import Sieve, hide, telling
from aidevops_voice.redaction.nearby import answered
from aidevops_voice.reports.run import CUT, buried, marked_at

CAP = 16 * 1024
"""Characters of one text that are read; of a longer one head and tail."""
DIFF_CAP = 2 * 1024
LIST_CAP = 64
ANSWER_CAP = 256 * 1024
"""Characters of one part of an answer that are kept."""
_BEFORE, _AROUND = 200, 1000
"""Characters that are read in front of a part, and on both sides of a mark of an error."""
_LEARNED = 100
"""Secrets of a conversation that are looked for in all that comes after them."""
_PLACES = frozenset({"id", "session", "turn", "turns", "call", "part", "kind", "status", "closing", "outcome", "state"})
"""Fields that name something and are compared with others."""

E = TypeVar("E")


@dataclass(slots=True)
class _Part:
    """A part of an answer that streams."""

    sieve: Sieve
    redact: Callable[[str], str]
    received: int = 0
    told: list[str] = field(default_factory=list)
    kept: int = 0

    def add(self, piece: str) -> str:
        """The next stretch without secrets."""
        self.received += len(piece)
        return self._keep(self.sieve.feed(self._capped(piece)))

    def end(self, text: str) -> str:
        """All of it; `text` is the whole as the agent tells it at the end."""
        rest = text[self.received :]
        self._keep(self.sieve.feed(self._capped(rest)))
        self._keep(self.sieve.close())
        return "".join(self.told)

    def _capped(self, piece: str) -> str:
        return piece if len(piece) <= CAP else _ends(piece, CAP, self.redact)

    def _keep(self, clean: str) -> str:
        if clean and self.kept < ANSWER_CAP:
            self.told.append(clean)
            self.kept += len(clean)
        return clean


class Veil:
    """One per conversation; `redact` takes the secrets out of a text."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        self._given = redact
        self._learned: dict[str, None] = {}
        """Secrets that stood behind a telling word, and may come again without it."""
        self._parts: dict[str, _Part] = {}

    def event(self, event: AgentEvent) -> AgentEvent:
        """The same event without secrets; of streaming text the last word waits for what comes next."""
        match event:
            case Text():
                return replace(event, delta=self._part(event.part).add(event.delta))
            case TextEnded():
                text = self._part(event.part).end(event.text)
                del self._parts[event.part]
                return replace(event, text=text)
            case TurnEnded():
                self._parts.clear()
            case _:
                pass
        return self._clean(event)

    def text(self, text: str, cap: int = CAP) -> str:
        """One text without secrets, head and tail of a long one."""
        return _ends(text, cap, self._redact) if text else text

    def _redact(self, text: str) -> str:
        clean = self._given(text)
        if clean != text and len(self._learned) < _LEARNED:
            self._learned.update(dict.fromkeys(telling(text)))
        return hide(clean, self._learned) if self._learned else clean

    def _part(self, part: str) -> _Part:
        return self._parts.setdefault(part, _Part(Sieve(self._redact, self._learned), self._redact))

    def _clean(self, value: E) -> E:
        changed: dict[str, Any] = {}
        for each in fields(value):  # type: ignore[arg-type]
            old = getattr(value, each.name)
            if each.name == "output":
                new = _output(old, self._redact) if old else old
            else:
                new = old if each.name in _PLACES else self._plain(old, DIFF_CAP if each.name == "diff" else CAP)
            if new is not old:
                changed[each.name] = new
        return replace(value, **changed) if changed else value  # type: ignore[type-var]

    def _plain(self, value: Any, cap: int) -> Any:
        match value:
            case str():
                return value if (text := self.text(value, cap)) == value else text
            case VoiceError():
                return _error(value, self.text)
            case tuple() if value:
                clean = tuple(self._plain(item, cap) for item in value[:LIST_CAP])
                return value if clean == value else clean
            case Question():
                question = self._clean(value)
                return replace(question, options=tuple(self._option(value.text, each) for each in question.options))
            case _ if is_dataclass(value) and not isinstance(value, type):
                return self._clean(value)
            case _:
                return value

    def _option(self, question: str, option: Option) -> Option:
        """What is answered to `Which password?` is one."""
        label, description = (answered(question, text, self._redact) for text in (option.label, option.description))
        return replace(option, label=label, description=description)


def _error(error: VoiceError, clean: Callable[[str], str]) -> VoiceError:
    """The same failure with clean words."""
    words = {name: clean(getattr(error, name)) for name in ("message", "cure", "spoken")}
    if all(getattr(error, name) == text for name, text in words.items()):
        return error
    return type(error)(words["message"], cure=words["cure"], spoken=words["spoken"])


def _output(text: str, redact: Callable[[str], str]) -> str:
    """Head and tail, and between them the last line that is marked as an error."""
    found = marked_at(text[CAP // 2 : -CAP // 2]) + CAP // 2 if len(text) > CAP else -1
    marked = buried(_excerpt(text, max(found - _AROUND, 0), found + _AROUND, redact)) if found >= CAP // 2 else ""
    return _ends(text, CAP, redact, f"\n{CUT}\n{marked}\n{CUT}\n" if marked else f"\n{CUT}\n")


def _ends(text: str, cap: int, redact: Callable[[str], str], between: str = "\n") -> str:
    """A text without secrets, of a long one head and tail."""
    if len(text) <= cap:
        return redact(text)
    tail = _excerpt(text, len(text) - (cap - cap // 2), len(text), redact)
    return f"{_excerpt(text, 0, cap // 2, redact)}{between}{tail}"


def _excerpt(text: str, start: int, end: int, redact: Callable[[str], str]) -> str:
    """A part of a text, cut between words, read with what before it may tell that it begins with a secret."""
    before = min(start, _BEFORE)
    part = redact(text[start - before : end])
    if start:
        part = part[before:]
        part = part[min((at for at in (part.find(" "), part.find("\n")) if at >= 0), default=0) :].lstrip()
    return part if end >= len(text) else part[: max(part.rfind(" "), part.rfind("\n"), 0)]
