"""Narration without a daemon: agent Markdown or recorded events in, what would be spoken out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from aidevops_voice import ports
from aidevops_voice.errors import BadRequest
from aidevops_voice.languages import Language
from aidevops_voice.log import redact
from aidevops_voice.narrator import Narration, Narrator, endings, outcome
from aidevops_voice.narrator.endings import Verdict
from aidevops_voice.narrator.refusals import Refusals
from aidevops_voice.ports import AgentEvent, Turn, TurnEnded, Utterance
from aidevops_voice.veil import Veil
from aidevops_voice.words import signals
from aidevops_voice.words.speakable import excerpt

_EVENTS: dict[str, Any] = {
    re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower(): TypeAdapter(kind)
    for kind in (
        ports.TurnStarted, ports.Text, ports.TextEnded, ports.ToolStarted, ports.ToolProgress, ports.ToolFinished,
        ports.Ask, ports.AskClosed, ports.TodoChanged, ports.Retrying, ports.Compacting,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Narrated:
    """What `narrate --json` prints."""

    spoken: tuple[str, ...]
    outcome: Verdict
    facts: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"spoken": list(self.spoken), "outcome": self.outcome, "facts": list(self.facts)}


def narrate_text(text: str, narration: Narration | None = None) -> Narrated:
    """A finished answer, as the end of a turn that did work would be told."""
    text = redact(excerpt(text, outcome.READ_CAP))
    language = signals.language_of(text)
    told = outcome.text_only(text, (narration or Narration()).max_words)
    return _narrated(told, endings.verdict(told, outcome.Work(text=text), language), language)


def narrate_events(lines: Iterable[str], narration: Narration | None = None) -> Narrated:
    """JSON lines of `{type, at?, …}`, type as in ports in snake case, `turn_ended` included; raises BadRequest."""
    narrator, veil = Narrator(narration or Narration()), Veil(redact)
    said: list[Heard] = []
    work, refusals = outcome.Work(), Refusals()
    now, asked, ended = 0.0, False, ""
    narrator.submitted(Turn("t", "s", ""), now)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        at, seen = _event(line, number)
        event = veil.event(seen)
        now = now if at is None else at
        fed = narrator.tick(now) + narrator.feed(event, now)
        said += [Heard(one, now) for one in fed]
        refusals.on(event)
        match event:
            case ports.ToolFinished():
                if not refusals.ended(event):
                    work.add(event)
            case ports.TurnStarted():
                work.prompt = event.text
            case ports.TextEnded():
                work.text = event.text
            case ports.Ask():
                said, asked = _awaited(said, event.id, now), True
            case ports.AskClosed():
                asked = False
            case TurnEnded():
                asked, ended = False, event.outcome
            case _:
                pass
    told = [one.utterance.text for one in said if one.utterance.text]
    language = signals.language_of(work.text)
    if asked:
        return _narrated(told, "needs_you", language)
    if ended in ("failed", "stopped"):
        return _narrated(told, "failed", language)
    end = [one.utterance.text for one in said if one.utterance.kind == "outcome" and one.utterance.text] or told
    return _narrated(told, endings.verdict(end, work, language) if ended else "info", language)


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance, and when it was handed to the voice, monotonic seconds."""

    utterance: Utterance
    at: float


_WORDS_A_SECOND = 2.7


def _awaited(said: list[Heard], ask: str, now: float) -> list[Heard]:
    """A request is read before what still waits to be said, and that is left out: an answer is what counts now."""
    left, free = list[Heard](), 0.0
    for one in said:
        begins = max(free, one.at)
        free = begins + len(one.utterance.text.split()) / _WORDS_A_SECOND
        if one.utterance.about == ask or one.utterance.kind != "answer" or begins < now:
            left.append(one)
    return left


def _event(line: str, number: int) -> tuple[float | None, AgentEvent]:
    try:
        fields = json.loads(line)
        kind, at = str(fields.pop("type")), fields.pop("at", None)
    except (ValueError, KeyError, AttributeError):
        raise BadRequest(f"line {number} is not a JSON object with a type") from None
    fields = {"session": "s", "turn": "t"} | fields
    if kind == "turn_ended":
        return at, TurnEnded("s", tuple(fields.get("turns", ("t",))), fields.get("outcome", "done"))
    if kind not in _EVENTS:
        raise BadRequest(f"line {number}: no event is called {kind}", cure=f"Known: {', '.join(_EVENTS)}, turn_ended.")
    try:
        event: AgentEvent = _EVENTS[kind].validate_python(fields)
    except ValidationError as error:
        raise BadRequest(f"line {number}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from None
    return at, event


def _narrated(told: list[str], verdict: Verdict, language: Language) -> Narrated:
    found = dict.fromkeys(_bare(fact, language) for sentence in told for fact in signals.facts(sentence, language))
    return Narrated(tuple(told), verdict, tuple(found))


def _bare(fact: str, language: Language) -> str:
    """The name of a file without the small words in front of it: `your dot env`."""
    dot = language.terms["dot"]
    name, _, end = fact.rpartition(f" {dot} ")
    kept = name.split()
    while kept and kept[0].lower() in language.common:
        del kept[0]
    return " ".join([*kept, dot, end]) if name else fact
