"""What a sentence adds to what it says, and is told without where there is no room: `(…)`, `, which …`, `, so …`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from aidevops_voice.languages import Language, named
from aidevops_voice.words import signals
from aidevops_voice.words.clauses import parted
from aidevops_voice.words.speakable import Piece, sentence, words

_LEAST, _MOST = 4, 8
"""Words of a statement, and of what adds little to it."""
_ADDED = re.compile(r" \([^()\n]*\)(?=[\s.,;:!?]|$)")
_SPANS = re.compile(r"`[^`\n]*`")


def trimmed(pieces: list[Piece], room: int, language: Language) -> list[Piece]:
    """With the least left out that makes them fit; as they are where nothing does."""
    left = pieces
    for kind in ("added", "relation", "follows", "instead"):
        for at in reversed(range(len(left))):
            if sum(words(piece.text) for piece in left) <= room:
                return left
            shorter = _without(kind, left[at], language)
            if shorter and (at or kind == "added"):
                left = [*left[:at], shorter, *left[at + 1 :]]
    return left if sum(words(piece.text) for piece in left) <= room else pieces


def uncoded(piece: Piece, language: Language) -> Piece:
    """Without the part of it that is code."""
    code = language.terms["some_code"]
    if code not in piece.text.lower():
        return piece
    raw = _ADDED.sub(lambda m: "" if code in sentence(m.group(), language).lower() else m.group(), piece.raw)
    parts = [part for _, part in parted(raw) if code not in sentence(part, language).lower()]
    raw = ", ".join(part.rstrip(".") for part in parts)
    return replace(piece, raw=raw, text=sentence(raw, language)) if words(raw) >= _LEAST else piece


def brief(text: str, language: Language, *, item: bool = False) -> str:
    """Without `which …` at its end, an item also without `so …` and `because …`; empty where nothing is added."""
    kinds = ("relation", "follows", "reasons") if item else ("relation",)
    found = next(filter(None, (_ends(language.code, kind).fullmatch(text) for kind in kinds)), None)
    return found["said"] if found and words(found["said"]) >= _LEAST else ""


def _without(kind: str, piece: Piece, language: Language) -> Piece | None:
    """One sentence without what it adds in one way."""
    if piece.text.endswith("?"):
        return None
    if kind == "added":
        raw = _ADDED.sub("", piece.raw)
        return replace(piece, text=sentence(raw, language), raw=raw) if raw != piece.raw else None
    found = _ends(language.code, kind).fullmatch(piece.text.rstrip("."))
    if not found or words(found["said"]) < _LEAST:
        return None
    added = found.group()[found.end("said") :].strip(" ,")
    if words(added) > _MOST or signals.troubled(added, language) or language.marks["negation"].search(added):
        return None
    return replace(piece, text=f"{found['said']}.")


@cache
def _ends(code: str, kind: str) -> re.Pattern[str]:
    language = named(code or "en")
    comma, rest = ("" if kind == "instead" else ","), (r"[^,]+" if kind in ("relation", "instead") else r".+")
    return re.compile(rf"(?P<said>.+?){comma} (?:{language.marks[kind].pattern}) {rest}", re.I)
