"""The cases of the bench: agent turns in YAML, what must be said of them and what must not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from speakbench.words import word_set

HERE = Path(__file__).parent
DEVELOPMENT, HELD_OUT = HERE / "cases", HERE / "held_out"

Event = Mapping[str, Any]
Style = Literal["claude", "gpt", "gemini", "opencode"]
Kind = Literal["answer", "work"]
Severity = Literal["normal", "failure", "destructive", "permission"]
Outcome = Literal["done", "failed", "needs_you", "info"]

KEYS = word_set("id style kind text events output_file keep not words severity outcome front secrets")
SESSION, TURN = "ses_bench", "msg_bench"


class BadCase(ValueError):
    """A case file says something that the format does not know."""


@dataclass(frozen=True, slots=True)
class Case:
    """One agent turn: either `text` or `events`, and what a good summary of it keeps and leaves out."""

    id: str
    topic: str
    style: Style
    kind: Kind
    text: str
    events: tuple[Event, ...]
    keep: tuple[tuple[str, ...], ...]
    """Facts, each a tuple of acceptable spoken forms."""
    never: tuple[str, ...]
    words: int
    severity: Severity
    outcome: Outcome
    front: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    """What no shape would give away."""

    @property
    def critical(self) -> bool:
        """Losing a fact of this turn could hurt."""
        return self.severity != "normal"

    @property
    def lines(self) -> tuple[str, ...]:
        """The events as `narrate --events` takes them."""
        return tuple(json.dumps(event, ensure_ascii=False) for event in self.events)

    @property
    def source(self) -> str:
        """Everything that a summary may draw on."""
        return self.text or "\n".join(said for event in self.events for said in _strings(event))

    @property
    def final_text(self) -> str:
        """What the agent wrote last: all that a text filter would get."""
        ended = [str(event["text"]) for event in self.events if event["type"] == "text_ended"]
        return self.text or (ended[-1] if ended else "")

    @property
    def prose(self) -> str:
        """What the agent itself wrote or asked, by which its language is known."""
        asked = (
            said for event in self.events if event["type"] == "ask" for said in _strings(event.get("questions", ()))
        )
        written = (str(event["text"]) for event in self.events if event["type"] == "text_ended")
        return self.text or " ".join((*written, *asked))

    def as_input(self) -> str:
        """One JSON object with what a system may know of the case."""
        turn: dict[str, object] = {"text": self.text} if self.text else {"events": list(self.events)}
        return json.dumps({"id": self.id, "kind": self.kind, **turn}, ensure_ascii=False)


def load(folder: Path) -> tuple[Case, ...]:
    """Every case below the folder, by file and position; raises BadCase."""
    cases = tuple(case for path in sorted(folder.glob("*.yaml")) for case in load_file(path))
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise BadCase(f"{case.id}: the id is used twice")
        seen.add(case.id)
    return cases


def load_file(path: Path) -> Iterator[Case]:
    """The cases of one file, its stem being their topic; raises BadCase."""
    for raw in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
        yield _case(raw, path)


def _case(raw: Mapping[str, Any], path: Path) -> Case:
    name = f"{path.name}: {raw.get('id', '?')}"
    if unknown := raw.keys() - KEYS:
        raise BadCase(f"{name}: unknown {', '.join(sorted(unknown))}")
    text, events = _turn(raw, path)
    if bool(text) == bool(events):
        raise BadCase(f"{name}: give either text or events")
    case = Case(
        id=str(raw["id"]),
        topic=path.stem,
        style=_one_of(Style, raw["style"], name),
        kind=_one_of(Kind, raw["kind"], name),
        text=text,
        events=_completed(events, raw),
        keep=tuple(_forms(fact) for fact in raw.get("keep") or ()),
        never=tuple(str(never) for never in raw.get("not") or ()),
        words=_budget(raw, name),
        severity=_one_of(Severity, raw.get("severity", "normal"), name),
        outcome=_one_of(Outcome, raw["outcome"], name),
        front=_forms(raw.get("front") or ()),
        secrets=_forms(raw.get("secrets") or ()),
    )
    if absent := [secret[:4] for secret in case.secrets if secret not in case.source]:
        raise BadCase(f"{name}: a secret that is not in the source: {absent[0]}…")
    return case


def _one_of(kind: Any, value: object, name: str) -> Any:
    if value not in get_args(kind):
        raise BadCase(f"{name}: {value!r} is none of {', '.join(get_args(kind))}")
    return value


def _forms(fact: object) -> tuple[str, ...]:
    return tuple(str(form) for form in fact) if isinstance(fact, list | tuple) else (str(fact),)


def _budget(raw: Mapping[str, Any], name: str) -> int:
    words = int(raw.get("words", 80))
    if not 0 < words <= 80:
        raise BadCase(f"{name}: a budget of {words} words")
    return words


def _turn(raw: Mapping[str, Any], path: Path) -> tuple[str, list[dict[str, Any]]]:
    text = str(raw.get("text") or "")
    events = [_with_output(dict(event), path) for event in raw.get("events") or ()]
    if file := raw.get("output_file"):
        output = _output(str(file), path)
        bare = [event for event in events if event["type"] == "tool_finished" and "output" not in event]
        if bare:
            bare[-1]["output"] = output
        elif not events:
            text = f"{text}\n\n```\n{output}\n```\n" if text else output
    return text, events


def _with_output(event: dict[str, Any], path: Path) -> dict[str, Any]:
    if file := event.pop("output_file", None):
        event["output"] = _output(str(file), path)
    return event


def _output(name: str, path: Path) -> str:
    places = [folder / name for folder in (path.parent / "outputs", path.parent, HERE / "outputs", HERE)]
    for place in places:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise BadCase(f"{path.name}: no output {name}")


def _completed(events: list[dict[str, Any]], raw: Mapping[str, Any]) -> tuple[Event, ...]:
    """The stream an agent would send: a case leaves out ids, the start of tools and the pieces of a text."""
    if not events:
        return ()
    numbers = count(1)
    full = [whole for event in events for whole in _around(event, f"c{next(numbers)}")]
    if full[0]["type"] != "turn_started":
        full.insert(0, {"type": "turn_started", "text": "", "ours": True})
    if full[-1]["type"] not in ("turn_ended", "ask"):
        full.append({"type": "turn_ended", "outcome": "done"})
    return tuple(_addressed(event) for event in full)


def _around(event: dict[str, Any], name: str) -> list[dict[str, Any]]:
    match event["type"]:
        case "tool_started":
            return [{"call": name, **event}]
        case "tool_finished" if "call" not in event:
            finished = {"ok": event.get("exit_code") in (None, 0), **event, "call": name}
            started: dict[str, Any] = {
                key: event[key] for key in ("tool", "title", "command", "path", "child") if key in event
            }
            return [{"type": "tool_started", "call": name, **started}, finished]
        case "tool_finished":
            return [{"ok": event.get("exit_code") in (None, 0), **event}]
        case "text":
            return [{"part": name, **event}]
        case "text_ended" if "part" not in event:
            return [{"type": "text", "part": name, "delta": event["text"]}, {**event, "part": name}]
        case "ask":
            return [{"id": name, **event}]
        case "turn_started":
            return [{"text": "", "ours": True, **event}]
        case "turn_ended":
            return [{"outcome": "done", "turns": [TURN], **event}]
    return [event]


WITHOUT_TURN = frozenset({"tool_progress", "ask_closed", "todo_changed", "retrying", "compacting", "turn_ended"})


def _addressed(event: dict[str, Any]) -> Event:
    kind = event["type"]
    if kind in ("agent_changed",):
        return event
    turn = {} if kind in WITHOUT_TURN or kind in ("resynced", "agent_notice") else {"turn": TURN}
    if kind == "turn_ended":
        turn = {"turns": [TURN]}  # type: ignore[dict-item]
    return {"type": kind, "session": SESSION, **turn, **{key: value for key, value in event.items() if key != "type"}}


IDS = frozenset({"type", "session", "turn", "turns", "call", "part", "id", "outcome", "kind", "status", "ok", "ours"})


def _strings(value: object) -> Iterator[str]:
    match value:
        case Mapping():
            for key, inner in value.items():
                if key not in IDS:
                    yield from _strings(inner)
        case list() | tuple():
            for inner in value:
                yield from _strings(inner)
        case str() | int() | float():
            yield str(value)
