"""The systems on the bench: ours, a text filter as a voice pipeline ships it, and any program that reads a case."""

from __future__ import annotations

import asyncio
import json
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from speakbench.cases import Case

TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a system says of one turn, and the verdict it gives, if any."""

    text: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """Something that turns agent turns into words."""

    name: str
    tell: Callable[[Case], Spoken]
    again: Callable[[str], str]
    """Its own words, put through once more."""


def system(name: str) -> System:
    """By name, or a command line that reads one case as JSON on stdin and prints `{"spoken": […]}`."""
    match name:
        case "ours":
            return _ours()
        case "baseline":
            return _baseline()
        case command:
            return _command(command)


def _ours() -> System:
    from aidevops_voice.narrated import narrate_events, narrate_text

    def tell(case: Case) -> Spoken:
        narrated = narrate_text(case.text) if case.text else narrate_events(case.lines)
        return Spoken(" ".join(narrated.spoken), narrated.outcome)

    return System("ours", tell, lambda text: " ".join(narrate_text(text).spoken))


def _baseline() -> System:
    from pipecat.utils.text.transforms import VoiceFormatter, strip_markdown

    formatter = VoiceFormatter()

    def filtered(text: str) -> str:
        async def transform() -> str:
            return str(await formatter(await strip_markdown(text, "*"), "*"))

        return asyncio.run(transform()).strip()

    return System("baseline", lambda case: Spoken(filtered(case.final_text)), filtered)


def _command(command: str) -> System:
    def run(given: str) -> Spoken:
        done = subprocess.run(
            shlex.split(command), input=given, capture_output=True, text=True, check=True, timeout=TIMEOUT_S
        )
        answer = json.loads(done.stdout)
        return Spoken(" ".join(answer["spoken"]), str(answer.get("outcome", "")))

    def again(text: str) -> str:
        return run(json.dumps({"id": "again", "kind": "answer", "text": text})).text

    return System(command.split()[0], lambda case: run(case.as_input()), again)
