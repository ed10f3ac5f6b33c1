"""What stands in front of a sentence: its label, which says nothing alone, or a statement before the colon; pure."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.languages import Language
from aidevops_voice.words import signals
from aidevops_voice.words.clauses import parted
from aidevops_voice.words.speakable import LONGEST, Piece, render, sentence, words
from aidevops_voice.words.worth import WORTH

_LABELLED = re.compile(r"^\W{0,3}(?:\*\*|__)([^*_\n]{2,60}?)(?::(?:\*\*|__)|(?:\*\*|__):) (?=\S)")


_LABEL = re.compile(r"^\W{0,5}([^*_:`\n]{2,40}): (?=\S)")


def unlabelled(piece: Piece, language: Language) -> tuple[Piece, float]:
    """A sentence too long for its label, which would stand alone, and what the label says of its worth."""
    found = _LABELLED.match(piece.raw) or _LABEL.match(piece.raw)
    remark = bool(found and language.marks["remark"].search(found[1]))
    if not found or not (remark or found.re is _LABELLED) or language.marks["stated"].search(found[1]):
        return piece, 0.0
    weighty = WORTH["weighty"] * (remark or bool(language.marks["weighty"].search(found[1])))
    if piece.kind == "item" and not weighty:
        return piece, 0.0  # It is the name of what the item is about.
    raw = piece.raw[found.end() :]
    return replace(piece, raw=raw, text=sentence(raw, language)), weighty


def head_of(piece: Piece, language: Language) -> str:
    """What stands before the colon of a sentence, where that counts or states something by itself."""
    head, *rest = parted(piece.raw)
    if not rest or rest[0][0] != ":" or piece.kind == "lead" or words(piece.text) > LONGEST:
        return ""
    said = render(head[1], language).strip(" ,.")
    tells = language.marks["stated"].search(said) or signals.has_number(said, language)
    promises = language.marks["remark"].search(said) or announces(said, language)
    return said if tells and not promises else ""


def announces(text: str, language: Language) -> bool:
    """Whether it says no more than that something follows: `There is also a cost`."""
    return bool(language.marks["announcing"].search(text.rstrip(" .:")))
