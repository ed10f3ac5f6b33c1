"""Narration without a daemon: agent Markdown or recorded events in, what would be spoken out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from aidevops_voice import outcome, ports
from aidevops_voice.errors import BadRequest
from aidevops_voice.narrator import Narration, Narrator
from aidevops_voice.ports import AgentEvent, Turn, TurnEnded, Utterance
from aidevops_voice.speakable import sentences

_FACT = re.compile(r"\d+(?: (?:dot|point) \d+)*|\b\w+ dot [a-z]{1,5}\b")
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
    outcome: Literal["done", "failed", "needs_you", "info"]
    facts: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON."""
        return {"spoken": list(self.spoken), "outcome": self.outcome, "facts": list(self.facts)}


def narrate_text(text: str, narration: Narration | None = None) -> Narrated:
    """A finished answer, as the end of a turn that did work would be told."""
    ended = TurnEnded("s", ("t",), "done")
    told = outcome.tell(
        outcome.Work(text=text, worked=outcome.is_good(text) or outcome.is_bad(text)),
        ended,
        (narration or Narration()).max_words,
    )
    return _narrated(told, told[-1].endswith("?") if told else False, _verdict(told, sentences(text)[0]))


def narrate_events(lines: Iterable[str], narration: Narration | None = None) -> Narrated:
    """JSON lines of `{type, at?, …}`, type as in ports in snake case, `turn_ended` included; raises BadRequest."""
    narrator = Narrator(narration or Narration())
    said: list[Utterance] = []
    now, asked, broke, ended = 0.0, False, False, "info"
    narrator.submitted(Turn("t", "s", ""), now)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        at, event = _event(line, number)
        now = now if at is None else at
        said += narrator.tick(now) + narrator.feed(event, now)
        if isinstance(event, ports.ToolFinished) and event.tool == "bash":
            broke = not event.ok or event.exit_code not in (0, None)
        asked = isinstance(event, ports.Ask) or (asked and not isinstance(event, TurnEnded))
        if isinstance(event, TurnEnded):
            ended = event.outcome
    told = [utterance.text for utterance in said if utterance.text]
    verdict: Literal["done", "failed", "info"] = (
        "failed" if broke or ended in ("failed", "stopped") else _verdict(told, told)
    )
    return _narrated(told, asked, verdict if ended != "info" else "info")


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


def _verdict(told: list[str], source: list[str]) -> Literal["done", "failed", "info"]:
    if any(map(outcome.is_bad, told)):
        return "failed"
    return "done" if any(map(outcome.is_good, source)) else "info"


def _narrated(told: list[str], asked: bool, verdict: Literal["done", "failed", "info"]) -> Narrated:
    facts = dict.fromkeys(fact.strip() for sentence in told for fact in _FACT.findall(sentence))
    return Narrated(tuple(told), "needs_you" if asked else verdict, tuple(facts))
