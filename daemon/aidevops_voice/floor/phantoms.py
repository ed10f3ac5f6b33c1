"""Transcripts of what was never said: inventions on silence, single fillers, one phrase again and again; pure."""

from __future__ import annotations

import re
from functools import cache

from aidevops_voice.floor.plain import bare, begins, consists, phrases
from aidevops_voice.languages import languages
from aidevops_voice.ports import Heard

FASTEST = 9.0
"""Words in a second; nobody speaks so fast, but a recogniser invents so."""
_FAST_WORDS = 5
_AGAIN = 4
"""Times in a row, from which a phrase is an invention."""
_PHRASE = 8
"""Words of a phrase that is looked for again and again."""
_HIGHEST = 99
_SOUND = re.compile(r"\s*(?:(?:\[[^\[\]]*\]|\([^()]*\)|\*[^*]*\*|<[^<>]*>)[\s.]*)+|.*[♩♪♫♬].*", re.S)
"""How recognisers write a sound that is no word."""


def phantom(heard: Heard, *, awaited: bool) -> str:
    """Why this was most likely never said, empty if it was; `awaited`: a request or question waits for words."""
    said = bare(heard.text).split()
    if not said or (awaited and _plain(said)):
        return ""
    if _SOUND.fullmatch(heard.text):
        return "a sound, no words"
    if _invented(said):
        return "what recognisers make of silence"
    if not heard.certain and _whole(said, "unsure"):
        return "what recognisers make of silence"
    if consists(said, "fillers"):
        return "only a filler"
    if _repeats(said):
        return "the same words again and again"
    if _too_fast(heard, len(said)):
        return "more words than can be said in that time"
    return ""


def along(heard: Heard) -> bool:
    """Whether it only says that the user listens: `mm-hm`, `okay`, while the voice speaks."""
    return heard.bot_speaking and consists(bare(heard.text).split(), "fillers", "along")


def collapsed(text: str) -> str:
    """A phrase that is said several times in a row, once: `stop stop stop`."""
    said = bare(text).split()
    for size in range(1, min(_PHRASE, len(said) // 2) + 1):
        times, rest = divmod(len(said), size)
        if not rest and said == said[:size] * times:
            return " ".join(said[:size])
    return text


def _plain(said: list[str]) -> bool:
    """A yes, a no, a number or a choice, and nothing that a recogniser invents."""
    once = bare(collapsed(" ".join(said))).split()
    return _whole(once, "replies") or " ".join(once) in _numbers()


def _whole(said: list[str], table: str) -> bool:
    return tuple(said) in phrases(table)


def _invented(said: list[str]) -> bool:
    """Wholly, or begun by one that no sentence of ours begins with."""
    return consists(said, "inventions") or bool(begins(said, "credits"))


def _repeats(said: list[str]) -> bool:
    once = bare(collapsed(" ".join(said))).split()
    times = len(said) // len(once)
    return times >= _AGAIN and not _whole(once, "replies") and not _whole(once, "urgent")


def _too_fast(heard: Heard, words: int) -> bool:
    if heard.began is None or heard.ended is None or words < _FAST_WORDS:
        return False
    return words > FASTEST * max(0.1, heard.ended - heard.began)


@cache
def _numbers() -> frozenset[str]:
    spoken = {bare(one.cardinal(n)) for one in languages().values() for n in range(_HIGHEST + 1)}
    flags = (False, True)
    ordered = {bare(one.ordinal(n, flag)) for one in languages().values() for n in range(1, 21) for flag in flags}
    return frozenset(spoken | ordered | {str(n) for n in range(_HIGHEST + 1)})
