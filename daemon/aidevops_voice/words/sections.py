"""What a text is divided into by its headings, and what its pieces are worth for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aidevops_voice.languages import Language
from aidevops_voice.words import signals
from aidevops_voice.words.body import is_title
from aidevops_voice.words.speakable import Piece


@dataclass(frozen=True, slots=True)
class Place:
    """Under which heading a piece stands, and what it is worth more or less for it."""

    section: int = 0
    worth: float = 0.0
    answers: bool = False
    """What stands there is the answer of the text."""
    lost: bool = False
    """What stands there is gone."""
    cures: bool = False
    """What stands there is what to do about it."""
    next: bool = False
    """What stands there is what to do next."""


_TITLES = ("verdict", "lost_title", "cure_title", "next_title")


def standing(pieces: list[Piece], language: Language) -> Mapping[int, Place]:
    """The place of each piece, by its paragraph or item."""
    places: dict[int, Place] = {}
    at, explained, section = Place(), False, 0
    for piece in pieces:
        if is_title(piece, language):
            section += 1
            marked = (bool(language.marks[mark].search(piece.text)) for mark in _TITLES)
            at = Place(section, _worth(piece.text, section == 1 and not explained, language), *marked)
        explained = explained or bool(language.marks["tells_cause"].search(piece.text))
        answers, lost = at.answers and piece.kind == "prose", at.lost and piece.kind == "item"
        places[piece.block] = replace(at, answers=answers, lost=lost)
    return places


def _worth(title: str, causes: bool, language: Language) -> float:
    """Of what stands under a title; under one with a cross stands what failed."""
    if signals.troubled(title, language):
        return 4.0
    if language.marks["extra_title"].search(title):
        return -3.0
    if language.marks["tip_title"].search(title):
        return -8.0
    if causes and language.marks["cause_title"].search(title):
        return 3.0
    return 2.0 * bool(language.marks["plan"].search(title)) or -2.0 * bool(language.marks["detail"].search(title))
