"""What the output of one command says, as facts that are not words yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from aidevops_voice.languages import Saying

Verdict = Literal["good", "bad", "none"]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a command, read off its output."""

    kind: str
    """`tests`, `trace`, `build`, `lint`, `packages`, `git`, `http`, `infra`, `shell`, `exit`, `sum`,
    `log`, `value` or `listing`."""
    verdict: Verdict
    """`none` where the output tells neither of success nor of failure."""
    sayings: tuple[Saying, ...] = ()
    """Most important first: the result, names, cause."""
    failures: tuple[str, ...] = ()
    """Raw names of tests or steps that failed."""
    error: str = ""
    """Raw, one line."""
    place: str = ""
    """Raw `file:line` of the project, not of a library."""
    files: tuple[str, ...] = ()
    """Raw paths that the output is about."""
    counts: Mapping[str, int] = field(default_factory=dict)
    cure: Saying | None = None
    """What is to be done about a failure, where the output names it."""


def said(key: str, n: int | None = None, **fields: str | int) -> Saying:
    """A saying, its fields by keyword."""
    return Saying(key, n, fields)


_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d|[=+%@&]|[^\W\d_](?=\W?$)|\w\.(?=\w)")


def weight(text: str) -> int:
    """About how many words it takes to say; digits may be said one by one."""
    return len(_WORD.findall(text))


def brief(message: str, words: int = 13) -> str:
    """The beginning of a message that takes so many spoken words at most, cut between words."""
    kept: list[str] = []
    left = words
    for token in message[:400].split():
        left -= max(weight(token), 1)
        if kept and left < 0:
            break
        kept.append(token)
    else:
        return _closed(" ".join(kept)[:200])
    while len(kept) > 2 and _LOOSE.fullmatch(kept[-1]):
        kept.pop()
    return _closed(" ".join(kept)[:200])


def short(message: str, most: int = 13) -> str:
    """So many words at most: of a chain `what: why: reason` the end is kept, that tells most."""
    parts = re.split(r": (?=\S)", message)[-2 * most :]
    while len(parts) > 1 and weight(" ".join(parts)) > most:
        parts = parts[1:]
    return brief(": ".join(parts), most)


_LOOSE = re.compile(
    r"(?:an?|the|of|to|at|in|on|by|for|with|and|or|from|as|is|was|be|into|than|that|which|its|this|your|using"
    r"|una?|el|las?|los|del?|al|en|por|para|con|y|o|que|es|fue|su)",
    re.I,
)
"""Words that want another one behind them."""
_POSITION = re.compile(r" ?\((?:char|at char|position|offset|code) \d+\)| \([a-z]+[A-Z]\w*\)$")


def _closed(text: str) -> str:
    """Without a bracket that was opened and not closed, and what only a program reads."""
    text = _POSITION.sub("", text)
    opened = text.rfind("(")
    text = text[:opened] if opened > 0 and ")" not in text[opened:] else text
    # A question is the agent's to ask.
    return text.replace("? ", ". ").rstrip(" ,;:.-(?")


def spot(place: str) -> tuple[Saying, ...]:
    """Where it happened, from `file:line`."""
    file, _, line = place.rpartition(":")
    if not file:
        return (said("error.file", file=place),) if place else ()
    return (said("error.place", file=file, line=int(line)),)


def cause(error: str, message: str, place: str = "") -> tuple[Saying, ...]:
    """An error, its message and its place; whatever is there of them."""
    short = brief(message)
    if error and short:
        return (said("error.named", error=error, message=short), *spot(place))
    return (*((said("error.message", message=error or short),) if error or short else ()), *spot(place))
