"""The systems on the bench: ours, a text filter as a voice pipeline ships it, and any program that reads a case."""

from __future__ import annotations

import asyncio
import json
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator
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
    stream: Callable[[Iterable[str]], Iterator[str]] | None = None
    """Pieces of an answer as they come -> sentences as soon as they can be said; none where all is told at the end."""


class BadSystem(Exception):
    """The program to be scored is not there, failed, or did not print what it should."""


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
    from aidevops_voice.narrator.narrated import narrate_events, narrate_text
    from aidevops_voice.words.speakable import Reader

    def tell(case: Case) -> Spoken:
        narrated = narrate_text(case.text) if case.text else narrate_events(case.lines)
        return Spoken(" ".join(narrated.spoken), narrated.outcome)

    def stream(pieces: Iterable[str]) -> Iterator[str]:
        reader = Reader()
        for piece in pieces:
            yield from reader.feed(piece)
        yield from reader.close()

    return System("ours", tell, lambda text: " ".join(narrate_text(text).spoken), stream)


def _baseline() -> System:
    from pipecat.utils.text.transforms import VoiceFormatter, strip_markdown

    formatter = VoiceFormatter()

    def filtered(text: str) -> str:
        async def transform() -> str:
            return str(await formatter(await strip_markdown(text, "*"), "*"))

        return asyncio.run(transform()).strip()

    return System("baseline", lambda case: Spoken(filtered(case.final_text)), filtered)


def _command(command: str) -> System:
    def run(given: str, name: str) -> Spoken:
        try:
            done = subprocess.run(
                shlex.split(command), input=given, capture_output=True, encoding="utf-8", timeout=TIMEOUT_S
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            raise BadSystem(f"{command}: {error}") from None
        if done.returncode:
            raise BadSystem(f"{command} ended with exit code {done.returncode} at {name}:\n{done.stderr[-2000:]}")
        return _answer(done.stdout, f"{command} at {name}")

    def again(text: str) -> str:
        return run(json.dumps({"id": "again", "kind": "answer", "text": text}), "its own words").text

    return System(command, lambda case: run(case.as_input(), case.id), again)


def _answer(printed: str, where: str) -> Spoken:
    """The one JSON object that was printed; raises BadSystem."""
    wanted = 'one JSON object like {"spoken": ["…"], "outcome": "done"} is wanted'
    try:
        answer = json.loads(printed)
    except ValueError:
        raise BadSystem(f"{where} printed {printed[:200]!r}; {wanted}") from None
    spoken = answer.get("spoken") if isinstance(answer, dict) else None
    if not isinstance(spoken, list) or not all(isinstance(sentence, str) for sentence in spoken):
        raise BadSystem(f"{where} printed {printed[:200]!r}; {wanted}")
    return Spoken(" ".join(spoken), str(answer.get("outcome", "")))
