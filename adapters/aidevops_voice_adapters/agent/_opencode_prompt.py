"""The body of a prompt: our own ids, so that a repeated delivery changes nothing, and how to answer a listener."""

from __future__ import annotations

import json
import re
from typing import Any

from aidevops_voice.ports import Turn

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"^#+ *(.+?) *$\n?", re.MULTILINE)
_SPOKEN = "spoken"


def system_text(prompt: str, turn: Turn) -> str:
    """The prompt file's text for this turn: its section `Spoken` only when the text was spoken."""
    before, *sections = _HEADING.split(_FRONT.sub("", prompt))
    texts = [before]
    for title, text in zip(sections[::2], sections[1::2], strict=True):
        if turn.spoken or title.lower() != _SPOKEN:
            texts.append(text)
    if turn.spoken and turn.guesses:
        texts.append(f"Words that may have been misheard: {json.dumps(turn.guesses[:20], ensure_ascii=False)}")
    return "\n\n".join(text.strip() for text in texts if text.strip())


def prompt_body(turn: Turn, prompt: str, model: str | None, agent: str | None) -> dict[str, Any]:
    """What `prompt_async` takes."""
    part = {"id": f"prt_{turn.id.removeprefix('msg_')}", "type": "text", "text": turn.text}
    body: dict[str, Any] = {"messageID": turn.id, "parts": [part]}
    if system := system_text(prompt, turn):
        body["system"] = system
    if model:
        provider, _, name = model.partition("/")
        body["model"] = {"providerID": provider, "modelID": name}
    if agent:
        body["agent"] = agent
    return body
