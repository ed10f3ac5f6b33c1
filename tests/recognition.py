"""How well the embedded recogniser understands the WAVs of tests/audio; prints it per voice.

The voices are synthetic and the room is silent: the figures compare changes, they promise nothing about people.
"""

from __future__ import annotations

import asyncio
import random
import sys
import wave
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aidevops_voice_adapters.stt._pocketsphinx_choice import distance
from aidevops_voice_adapters.stt._pocketsphinx_engine import Final, Interim, Lost, News, Recogniser, Utterance

AUDIO = Path(__file__).parent / "audio"
VOICES = ("slt", "rms", "kal16")
CHUNK_BYTES = 640
ANSWER_LIMIT_S = 30.0

OTHER_PHRASES = (
    *("stop it", "quiet", "say that again", "send", "discard that", "no don't", "don't do that", "deny it", "allow it"),
    *("run all the tests", "run the test suite", "what has changed", "show the changes", "show me the last commits"),
    *("which branch", "which branch am i on", "list files", "show the files", "find hello", "find main", "undo"),
    *("how many lines", "how many lines are there", "create a file named hello", "create a file named test", "help"),
    *("undo the last change", "what is the status", "git status", "never mind", "bye", "speak slower", "thank you"),
)
"""Phrases of the grammar that nobody says here: each is one more chance to be wrong."""


@dataclass(frozen=True)
class Request:
    """One line of phrases.txt."""

    name: str
    kind: str
    text: str


@dataclass
class Score:
    """What became of one voice's requests."""

    phrases: int = 0
    hits: int = 0
    """Phrases that came out word for word and certain."""
    certain_and_wrong: list[str] = field(default_factory=list)
    free_words: int = 0
    free_errors: int = 0
    misheard: list[str] = field(default_factory=list)

    @property
    def word_error_rate(self) -> float:
        """Of the requests that are in no grammar."""
        return self.free_errors / max(1, self.free_words)


def requests() -> list[Request]:
    """All of phrases.txt."""
    lines = (line for line in (AUDIO / "phrases.txt").read_text().splitlines() if line and not line.startswith("#"))
    return [Request(*(cell.strip() for cell in line.split("|")[:3])) for line in lines]


def phrases() -> tuple[str, ...]:
    """The grammar that the figures are for."""
    return (*(request.text for request in requests() if request.kind == "grammar"), *OTHER_PHRASES)


def room(milliseconds: int) -> bytes:
    """Faint noise, 16 kHz mono: digital silence is nothing that a microphone gives."""
    dice = random.Random(1)
    return array("h", (dice.randint(-3, 3) for _ in range(16 * milliseconds))).tobytes()


def recording(voice: str, name: str) -> bytes:
    """Half a second of room, the words, and what the VAD needs to be sure of the end."""
    with wave.open(str(AUDIO / voice / f"{name}.wav")) as file:
        words: bytes = file.readframes(file.getnframes())
    return room(300) + words + room(250)


async def recognise(recogniser: Recogniser, audio: bytes, midway: Callable[[], None] | None = None) -> Final:
    """One utterance, as fast as it is taken; `midway` is called in the middle of it."""
    final: asyncio.Future[Final] = asyncio.get_running_loop().create_future()

    def tell(utterance: Utterance, news: News) -> None:
        match news:
            case Interim():
                pass
            case Final():
                final.set_result(news)
            case Lost(error):
                final.set_exception(error)

    utterance = recogniser.begin(tell)
    chunks = [audio[at : at + CHUNK_BYTES] for at in range(0, len(audio), CHUNK_BYTES)]
    for number, chunk in enumerate(chunks):
        if midway is not None and number == len(chunks) // 2:
            midway()
        recogniser.feed(utterance, chunk)
    recogniser.end(utterance)
    return await asyncio.wait_for(final, ANSWER_LIMIT_S)


async def measure(voice: str) -> Score:
    """All requests in one voice, by a recogniser that has never heard it."""
    recogniser = Recogniser(phrases())
    await recogniser.warm()
    score = Score()
    try:
        for request in requests():
            count(score, request, await recognise(recogniser, recording(voice, request.name)))
    finally:
        await recogniser.aclose()
    return score


def count(score: Score, request: Request, final: Final) -> None:
    """Add one answer to the score."""
    right = final.text == request.text
    if final.certain and not right:
        score.certain_and_wrong.append(f"{request.text} -> {final.text}")
    if not right:
        score.misheard.append(f"{request.text} -> {final.text}")
    if request.kind == "grammar":
        score.phrases += 1
        score.hits += right and final.certain
    else:
        score.free_words += len(request.text.split())
        score.free_errors += distance(request.text.split(), final.text.split())


async def main() -> None:
    """Print a line per voice, then what was misheard."""
    for voice in VOICES:
        score = await measure(voice)
        print(
            f"{voice:6} {len(requests())} requests · phrases exact {score.hits}/{score.phrases} · certain and wrong "
            f"{len(score.certain_and_wrong)} · free speech word errors {score.word_error_rate:.0%}"
        )
        if "-v" in sys.argv:
            print("\n".join(f"       {line}" for line in score.misheard))


if __name__ == "__main__":
    asyncio.run(main())
