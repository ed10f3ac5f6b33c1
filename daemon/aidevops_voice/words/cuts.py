"""A sentence that is too long for the ear -> clauses that are not, without losing a word."""

from __future__ import annotations

import re
from functools import cache

from aidevops_voice.languages import Language, named
from aidevops_voice.words import number_words

_COSTS = {
    "joint": 0.0, "purpose": 2.0, "relation": 3.0, "bare": 3.0, "comma": 4.0, "hinge": 6.0, "also": 7.0, "glue": 12.0,
    "bound": 14.0, "tight": 18.0,
}  # fmt: skip
"""What it costs to cut at a comma with a conjunction or a pronoun, a conjunction, a comma, an `and`, a preposition.

Purpose stands by itself behind a comma: `so that`; bound is what the words before it need: `that`, `whose`.
"""
_UNEVEN = 0.2
"""For each word by which the first part is not as long as the others."""
_LEAST = 3
"""Words that stand alone."""
_CAP = 4000
_BLANKS = re.compile(r"[ \t\r\n]+")


def cut(said: str, limit: int, language: Language | None = None) -> list[str]:
    """Parts of at most `limit` words each, in order; conjunctions stay in front of what they lead."""
    language = language or named("en")
    parts, waiting = [], [_BLANKS.sub(" ", said[:_CAP])]
    while waiting:
        text = waiting.pop()
        if len(text.split()) <= limit:
            parts.append(text)
            continue
        head, tail = _halves(text, limit, language)
        waiting += [tail, head]
    return parts


def resumed(clause: str, language: Language, limit: int = 20) -> str:
    """A clause that goes on with the one before it as a sentence of its own: without `and`, `that` for `which`."""
    clause = language.marks["additive"].sub("", clause, count=1)
    for mark in ("resumed_many", "resumed", "reason", "purpose", "place", "contrasted"):
        told = language.marks[mark].sub(f"{language.terms[mark]} ", clause, count=1).lstrip()
        clause = told if len(told.split()) <= limit else clause
    return clause


def _halves(text: str, limit: int, language: Language) -> tuple[str, str]:
    total = len(text.split())
    window = " ".join(text.split(" ")[: 2 * limit])
    ideal = total / -(-total // limit)
    best: tuple[float, int, int] | None = None
    for joint in _joints(language.code).finditer(window):
        head = len(window[: joint.start()].split())
        if window[joint.start()] != "," and _in_number(window[: joint.start()], window[joint.end() :], language):
            continue
        if head < _LEAST or total - head < _LEAST:
            continue
        spans = _spans(window[: joint.start()], window[joint.end() :], language)
        hangs = window[joint.start()] != "," and language.marks["hanging"].search(window[: joint.start()])
        spans += _SPAN * bool(hangs)
        cost = _COSTS[joint.lastgroup or "glue"] + 2 * max(0, head - limit) + _UNEVEN * abs(head - ideal) + spans
        if best is None or cost < best[0]:
            best = (cost, joint.start(), joint.end())
    pieces = text.split()
    if best is None:
        at = next((at for at in range(limit, 0, -1) if not _in_number(*_around(pieces, at), language)), limit)
        return " ".join(pieces[:at]), " ".join(pieces[at:])
    return text[: best[1]].rstrip(" ,"), text[best[2] :].lstrip(" ,")


_SPAN = 12.0
"""What it costs to cut in the midst of `from … to …`."""


def _spans(head: str, tail: str, language: Language) -> float:
    """Of a cut that parts two ends that belong together, or leaves `so that` hanging."""
    marks = named(language.code or "en").marks
    begun = marks["spanning"].search(head)
    hangs = any(marks[mark].search(head) for mark in ("left_open", "hedged"))
    governed = marks["governing"].search(head) and marks["also"].match(tail)
    return _SPAN * bool(hangs or governed or (begun and tail.split(" ", 1)[0] == language.terms["to"]))


def _around(pieces: list[str], at: int) -> tuple[str, str]:
    """Two words on either side."""
    return " ".join(pieces[at - 2 : at]), " ".join(pieces[at : at + 2])


def _in_number(head: str, tail: str, language: Language) -> bool:
    """Whether one number would become two: `forty-two point | zero`."""
    joint = language.terms["and"]
    follows = tail.split(" ", 2)
    first = follows[1] if follows[0] == joint and len(follows) > 1 else follows[0]
    *before, last = head.rsplit(" ", 2)[-2:]
    last = before[-1] if before and last == joint else last
    power = language.terms["power"].rsplit(" ", 1)[0]
    return head.endswith(f" {power}") or number_words.in_number(last, first)


@cache
def _joints(code: str) -> re.Pattern[str]:
    language = named(code or "en")
    power, whole = re.escape(language.terms["power"]), rf"(?!(?:{language.marks['and_up'].pattern})\b)"
    conjunctions, also, glue, relation, restrictive, intent, tight = (
        language.marks[mark].pattern
        for mark in ("conjunction", "also", "glue", "relation", "restrictive", "intent", "tight")
    )
    return re.compile(
        rf"(?P<relation>, (?=(?:{relation}) ))|(?P<purpose>, (?=(?:{intent}) ))|(?P<bound> (?=(?:{restrictive}) ))"
        rf"|(?P<hinge> (?=(?:{language.marks['hinge'].pattern}) ))"
        rf"|(?P<joint>, {whole}(?=(?:{also}|{conjunctions}) ))|(?P<comma>, {whole}(?=\w))"
        rf"|(?P<bare> (?=(?:{conjunctions}) ))|(?P<also> {whole}(?=(?:{also}) ))"
        rf"|(?P<tight> (?=(?:{tight}) ))|(?P<glue> (?!{power})(?=(?:{glue}) ))",
        re.I,
    )
