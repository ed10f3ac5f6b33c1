"""A sentence that is too long for the ear -> its clauses, as said and as written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from aidevops_voice.languages import Language, named
from aidevops_voice.words import signals
from aidevops_voice.words.cuts import resumed
from aidevops_voice.words.sentences import ASIDE, BRIEF, parts
from aidevops_voice.words.speakable import LONGEST, Piece, render, sentence, words

_SIGN = re.compile(r"(?<=[\w)`\"'*]):(?:\*\*|__)? (?=\S)|; (?=\S)|(?<=\S) (?P<dash>[—–]) (?=\S)| \((?=[^()\n]*\)\W*$)")
_LEAST = 4
"""Words of a part that is a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The least of a sentence that is told or left out."""

    text: str
    raw: str
    sign: str = ""
    """What it stands behind: `:`, `;`, a dash, `(`."""


def clauses(piece: Piece, language: Language) -> list[Clause]:
    """The clauses of at most 20 words: parted at the signs of the sentence, and else where a cut costs least."""
    found = _parts(piece, language)
    if _clean(found, language):
        return found
    without = _without_asides(piece, language)
    for shorter in (without, _without_instead(piece, language), _without_instead(without, language)):
        parts = found if shorter is piece else _parts(shorter, language)
        if parts is not found and _clean(parts, language):
            return parts
    return found


def _clean(parts: list[Clause], language: Language) -> bool:
    """Whether each of them begins where a clause does."""
    return all(one.sign or _begins(one.text, language) for one in parts[1:])


def _begins(part: str, language: Language) -> bool:
    hangs = any(re.match(rf"(?:{language.marks[mark].pattern}) ", part) for mark in ("restrictive", "instead"))
    if hangs or (language.marks["reason"].match(part) and resumed(part, language) == part):
        return False
    begins = "|".join(language.marks[mark].pattern for mark in ("also", "conjunction", "hinge", "relation"))
    return bool(re.match(rf"(?:{begins}) ", part))


def _parts(piece: Piece, language: Language) -> list[Clause]:
    pieces, found = piece.text.split(), list[Clause]()
    for sign, raw in reversed(parted(piece.raw)[1:]):
        said = render(raw, language).split()
        if not said or _bare(pieces[-len(said) :]) != _bare(said):
            break
        found.append(Clause(" ".join(pieces[-len(said) :]), raw, sign))
        del pieces[-len(said) :]
    found.append(Clause(" ".join(pieces), piece.raw))
    return [one for clause in reversed(found) for one in _cut(clause, language)]


def parted(raw: str) -> list[tuple[str, str]]:
    """A sentence at its colons, semicolons, single dashes and last parenthesis, each part behind the sign before it."""
    found = [one for one in _SIGN.finditer(raw) if not raw.count("`", 0, one.start()) % 2]
    dashes = sum(bool(one["dash"]) for one in found)
    parts, start, sign = list[tuple[str, str]](), 0, ""
    for one in found:
        short = min(words(raw[start : one.start()]), words(raw[one.end() :])) < _LEAST
        if not (short or (dashes > 1 and one["dash"])):
            parts.append((sign, raw[start : one.start()]))
            start, sign = one.end(), one.group().strip(" *_")
    return [*parts, (sign, raw[start:])]


def _without_asides(piece: Piece, language: Language) -> Piece:
    """Without its parentheses, where these tell of nothing bad."""
    asides = [found["aside"] for found in ASIDE.finditer(piece.raw)]
    loud = any(signals.troubled(one, language) or language.marks["negation"].search(one) for one in asides)
    if not asides or loud or max(map(words, asides)) > BRIEF:
        return piece
    raw = ASIDE.sub("", piece.raw)
    return replace(piece, text=sentence(raw, language), raw=raw)


def _without_instead(piece: Piece, language: Language) -> Piece:
    """Without what is not done: `… rather than into the file`."""
    raw = _instead(language.code).sub(r"\g<said>", piece.raw)
    return piece if raw == piece.raw else replace(piece, text=sentence(raw, language), raw=raw)


@cache
def _instead(code: str) -> re.Pattern[str]:
    language = named(code or "en")
    goes_on = "|".join(language.marks[mark].pattern for mark in ("also", "conjunction"))
    return re.compile(
        rf"(?P<said>^(?:\S+ ){{{_LEAST - 1}}}.*?\S),? (?:{language.marks['instead'].pattern}) "
        rf"(?:`[^`\n]*`|[^`,;:()—\n])+?(?=[,;]|\W{{0,8}}$| (?:{goes_on}) )",
        re.I,
    )


def _cut(clause: Clause, language: Language) -> list[Clause]:
    if words(clause.text) <= LONGEST:
        return [clause]
    first, *others = parts(clause.text, clause.raw, LONGEST, language)
    return [Clause(first, first, clause.sign), *(Clause(one, one) for one in others)]


def _bare(said: list[str]) -> list[str]:
    return [word.strip(",.!?").lower() for word in said]
