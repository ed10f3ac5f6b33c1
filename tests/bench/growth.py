"""Second half of `make bench`: time grows with the length of a text and no faster, whatever is repeated in it.

Exits 1 and names each piece whose time for a longer text is out of proportion; ratios of one run, best of three.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2] / "daemon"))

from aidevops_voice.consent import assent
from aidevops_voice.languages import named
from aidevops_voice.ports import Heard
from aidevops_voice.reports import read
from aidevops_voice.risk import assess
from aidevops_voice.words.speakable import Reader
from aidevops_voice.words.wording import render

GROWTH = 8
ALLOWED = 24.0
"""Times as long for eight times the text: linear is 8, quadratic 64."""
FLOOR_S = 0.002
"""What is faster than this is counted as this: below it, a ratio is noise."""


@dataclass(frozen=True)
class Part:
    """What works on a text, the length that it starts at in characters, and what is repeated in it."""

    name: str
    work: Callable[[str], object]
    length: int
    pieces: tuple[str, ...]
    start: str = ""


def _stream(text: str) -> None:
    reader = Reader(named("en"))
    for at in range(0, len(text), 512):
        reader.feed(text[at : at + 512])
    reader.close()


MARKDOWN = (
    "Some prose that goes on. ", "word ", "- item `a_b` in src/a.py\n", "```\nx\n", "| a | b |\n", "# a\n", "> ", "a. ",
    "1. ", "\n", " ", "[a](", "<a ", "**a** ", "\x1b[1m", "{", "✅ ", "a|b ", "-----BEGIN A-----\n", "… ", "$a$ ", "`",
)  # fmt: skip
WORDS = (
    *"`*_#|~<>[](){}:;,.!?-+=/\\$%&@^\"' 1aAé", "a.", "1.", "1,", "1-", "a-", "a/", "/a", "a_", "-a", "1:", "a:", "a::",
    "http://", "a@", "a@a.", "${", "0x", "v1.", "#1", "a1", "e4", "1/", "½", "x²", "aп", "Apr 3, ", "5ms", "1h", "a'",
    "e.g. ",
)  # fmt: skip
OUTPUT = (
    '"', '<testcase name="', "a: ", "at (", "( ", "error: ", "  at a(", "E ", "1 failed, ", "_ ", "FAILED a - ", "../",
    "==", '  File "a", line 1\n', "Traceback (most recent call last):\n", "❯ ", "● ", "1 passed (", "\r", "\x1b]",
    "\x1b[", "a.b", "a:1:1: ", "a(1,1): error", "--> ", " ", "\t", "\n", "x", "Error: ", "goroutine ", "panicked at ",
    "thread '", "ok 1 - a\n", "not ok 1 - a\n", "# pass 1\n", "error[E1]: a\n --> ", "In x line 1:\n", "CONFLICT (",
    "Expected: 1\n", "\n--- FAIL: a", "Permission denied", "undefined reference to `", '"error": "', "1 to add, ",
    " › ",
    "::", "\n  1) a\n       b", "npm error ", 'failed to solve: process "', "connection to server at ",
    "Address already in use ", "Could not resolve '", "peer a@", "DETAIL: ", "1 of 2 ",
)  # fmt: skip
COMMANDS = (
    "ls; ", "ls | ", "a ", "(", "$(", "( < ; ) ", "A=1 ", "{a,b}", "cat <<A <<B ", "\"'",
)  # fmt: skip
UTTERANCES = ("yes ", "no ", "wait let me ", "x", "the agent wants ", "is it? ")


REQUEST = assent.Request("per_1", "", command="rm -rf build", asked_at=100.0, played_at=104.0, spoken=True)
HEARD = Heard("", trusted=True, bot_silent_ms=1500.0, bot_last_said="The agent wants to delete build.")


def _judged(text: str) -> object:
    return assent.judge(REQUEST, replace(HEARD, text=text), 108.0)


def parts() -> Iterator[Part]:
    """All that reads text of somebody else's making."""
    yield Part("a stream of Markdown", _stream, 7_500, MARKDOWN)
    yield Part("words", partial(render, language=named("en")), 1_000, WORDS)
    for start in ("", "Traceback (most recent call last):\n  File 'a'\n", "1 failed in 1s\n"):
        yield Part("the output of a command", lambda text: read(text, "npm test", 1), 4_000, OUTPUT, start)
    yield Part("a command", lambda text: assess(text, "/home/ana/shop"), 400, COMMANDS, "echo ")
    yield Part("an utterance", _judged, 1_000, UTTERANCES)


def seconds(part: Part, text: str) -> float:
    """The best of three."""
    taken = []
    for _ in range(3):
        begun = process_time()
        part.work(text)
        taken.append(process_time() - begun)
    return min(taken)


def growth(part: Part, piece: str) -> float:
    """Time of the longer text by time of the shorter."""
    short, long = (
        seconds(part, part.start + piece * (length // len(piece))) for length in (part.length, GROWTH * part.length)
    )
    return long / max(short, FLOOR_S)


def main() -> int:
    """The worst of each part; 1 when one grows too fast."""
    assent.warm()
    failed = 0
    for part in parts():
        found = {piece: growth(part, piece) for piece in part.pieces}
        worst = max(found, key=lambda piece: found[piece])
        slow = [piece for piece, ratio in found.items() if ratio > ALLOWED]
        failed += len(slow)
        print(f"{part.name:26} worst of {len(found)}: {found[worst]:5.1f} ({worst!r}), at most {ALLOWED:.0f}")
        print(*(f"  too slow: {piece!r} {found[piece]:.0f}" for piece in slow), sep="\n", end="\n" if slow else "")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
