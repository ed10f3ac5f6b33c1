"""`make echo`: the voice's own sound in the microphone while it reads requests; exit 1 if anything is allowed by it.

Also if it proves nothing: without the guards there must be allows, and users in the same rooms must be understood.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
sys.path[:0] = [str(TESTS), str(ROOT / "daemon"), str(ROOT / "adapters")]

from echo.acoustics import Room  # noqa: E402
from echo.asking import PHRASES, Said, commands, drawn  # noqa: E402
from echo.loop import Asked, Loop, answered, clips, unguarded, words_at  # noqa: E402
from echo.oracle import Reading  # noqa: E402
from echo.speakers import Speakers, recorded  # noqa: E402
from loguru import logger  # noqa: E402

from aidevops_voice import listener  # noqa: E402
from aidevops_voice.voice.hearing import Hearing, Listeners  # noqa: E402
from aidevops_voice_adapters.stt._pocketsphinx_worker import Ear as Recogniser  # noqa: E402

MANY = 200
"""Loops, from which on the real recogniser must have heard a yes or a phrase in an echo."""
ORACLE = 100
"""Times that the perfect recogniser is asked in each loop, in each of its ways."""
LONGEST_DELAY_S = 1.0
"""Of an echo whose words the perfect recogniser knows; a room and a call make 0.4 of it."""


NUMBERS = (
    "loops", "seconds", "readings", "words", "turns", "unguarded", "oracle", "oracle_unguarded", "users", "taken",
)  # fmt: skip


@dataclass
class Tally:
    """What came of many loops."""

    loops: int = 0
    seconds: float = 0.0
    readings: int = 0
    """Loops in which the request was played to its end."""
    words: int = 0
    """Loops in which the recogniser understood something."""
    turns: int = 0
    unguarded: int = 0
    oracle: int = 0
    oracle_unguarded: int = 0
    users: int = 0
    """Who say the phrase, or yes, after the reading."""
    taken: int = 0
    allowed: list[str] = field(default_factory=list)
    voices: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """The loops of another process."""
        for name in NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.allowed += other.allowed
        self.voices += other.voices

    def problems(self) -> Iterator[str]:
        """Why this proves that the guards fail, or proves nothing."""
        yield from self.allowed
        if self.words * 2 < self.loops:
            yield "in most loops nothing was understood"
        if not self.oracle_unguarded or (self.loops >= MANY and not self.unguarded):
            yield "without the guards nothing would have been allowed either"
        if not self.taken:
            yield "no user was understood either"


async def loops(numbers: range) -> Tally:
    """These loops; each is its number's alone."""
    tally, known = Tally(), commands()
    listeners = Listeners.load(Hearing())
    phrases = [" ".join(words) for words in PHRASES]
    ears = Recogniser(list(dict.fromkeys((*listener.SPOKEN, *phrases)))), Recogniser([])
    async with Speakers() as speakers:
        for number in numbers:
            await one(number, tally, known, listeners, ears[number // 4 % len(ears)], speakers)
    await listeners.close()
    return tally


async def one(
    number: int, tally: Tally, known: list[str], listeners: Listeners, ear: Recogniser, speakers: Speakers
) -> None:
    """One loop, and the perfect recogniser at the same reading."""
    dice = Random(number)
    said = drawn(dice, known)
    voice = dice.choice(speakers.names)
    made = await clips(speakers, voice, said)
    room = Room.drawn(dice)
    loop = Loop(said, made, room, dice, stubborn=number % 4 != 0)
    if said.phrase and number % 4 == 1:
        # An echo canceller that works, and fails when the phrase comes.
        begins, ends = words_at(said, made)
        loop.microphone.leaks = [(begins + room.delay_s - 0.15, ends + 1.5)]
    fresh = listeners.fresh()
    result = await loop.run(fresh.vad, ear)
    await fresh.close()
    tally.loops += 1
    tally.seconds += result.seconds
    tally.readings += result.played
    tally.turns += len(result.finals)
    tally.words += any(heard.text for heard in result.finals)
    tally.unguarded += result.unguarded
    tally.allowed += result.allowed
    tally.voices[voice] += 1
    if said.ask.kind == "permission":
        tally.users += 1
        own = await speakers.say(voice, " ".join(said.challenge)) if said.challenge else recorded(dice, "yes")
        tally.taken += answered(Asked(said), own, room, ear)
    perfect(Reading(said, made), said, dice, tally)


def perfect(reading: Reading, said: Said, dice: Random, tally: Tally) -> None:
    """The recogniser that hears every word."""
    for heard, asked, now in (*reading.echoed(dice, ORACLE, LONGEST_DELAY_S), *reading.anywhere(dice, ORACLE)):
        tally.oracle += 1
        tally.oracle_unguarded += unguarded(said, heard, now)
        if asked.answers(heard, now):
            tally.allowed.append(f"{heard} of {said}, perfectly heard")


def share(numbers: range) -> Tally:
    """In a process of its own, without Pipecat's own log."""
    logger.remove()
    return asyncio.run(loops(numbers))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loops", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="number of the first loop: what it is follows from it")
    args = parser.parse_args()
    begun, tally = time.monotonic(), Tally()
    parts = [range(at, min(at + 25, args.first + args.loops)) for at in range(args.first, args.first + args.loops, 25)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done in pool.map(share, parts):
            tally.add(done)
            print(f"\r{tally.loops} loops, {len(tally.allowed)} allowed", end="", flush=True)
    took = time.monotonic() - begun
    print(f"\r{tally.loops} loops of {tally.seconds / 60:.0f} minutes of sound in {took / 60:.1f} minutes")
    print("voices              " + ", ".join(f"{name} {many}" for name, many in sorted(tally.voices.items())))
    print(f"read to the end     {tally.readings} loops (in the others the echo stopped the voice)")
    print(f"understood anything {tally.words} loops; {tally.turns} turns, {tally.unguarded} would allow without guards")
    print(f"perfect recogniser  {tally.oracle} utterances, {tally.oracle_unguarded} would allow without guards")
    print(
        f"users in the rooms  {tally.taken} of {tally.users} said yes, or the phrase, and were understood and allowed"
    )
    print(f"allowed             {len(tally.allowed)}")
    problems = list(tally.problems())
    print("\n".join(problems[:20]))
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
