"""The pending file of `aidevops-voice hear` -> a request and what was heard; absent facts take the safe value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aidevops_voice.consent.petition import Request, fingerprint
from aidevops_voice.ports import Ask, Heard, Option, Question


def read(text: str, facts: Mapping[str, Any], now: float = 0.0) -> tuple[Request, Heard]:
    """What is judged, as if it were `now` in monotonic seconds."""
    ask = _ask(facts)
    ago = facts.get("asked_s_ago")
    asked = None if ago is None else now - float(ago)
    challenge = facts.get("challenge")
    request = Request(
        ask.id, fingerprint(ask), ask.kind, ask.questions, 0, ask.command, ask.permission, ask.always,
        tuple(map(str, challenge)) if challenge is not None else None,
        "write" if challenge is None else "destructive",
        asked, asked if facts.get("heard_to_end") is True else None,
        spoken=challenge is None or bool(challenge),
    )  # fmt: skip
    silent = facts.get("bot_silent_ms")
    heard = Heard(
        text,
        source="typed" if facts.get("source") == "typed" else "voice",
        trusted=facts.get("stt_trusted") is True,
        bot_speaking=facts.get("bot_speaking") is not False,
        bot_silent_ms=None if silent is None else float(silent),
        bot_last_said=str(facts.get("bot_last_said") or ""),
    )
    return request, heard


def _ask(facts: Mapping[str, Any]) -> Ask:
    return Ask(
        str(facts.get("id", "")),
        "",
        "question" if facts.get("kind") == "question" else "permission",
        str(facts.get("permission") or ""),
        str(facts.get("command") or ""),
        str(facts.get("path") or ""),
        patterns=tuple(map(str, facts.get("patterns") or ())),
        always=tuple(map(str, facts.get("always") or ())),
        questions=_questions(facts),
    )


def _questions(facts: Mapping[str, Any]) -> tuple[Question, ...]:
    if facts.get("kind") != "question":
        return ()
    labels = [each.get("label", "") if isinstance(each, Mapping) else each for each in facts.get("options") or ()]
    options = tuple(Option(str(label)) for label in labels)
    return (Question(str(facts.get("question", "")), options=options, multiple=facts.get("multiple") is True),)
