"""What a text is divided into by its headings, and what its pieces are worth for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


def standing(pieces: list[Piece], language: Language) -> Mapping[str, Place]:
    """The place of each piece, by its words."""
    places: dict[str, Place] = {}
    above, section, answers, lost, cures = 0.0, 0, False, False, False
    for piece in pieces:
        if is_title(piece, language):
            section += 1
            answers = bool(language.marks["verdict"].search(piece.text))
            lost = bool(language.marks["lost_title"].search(piece.text))
            cures = bool(language.marks["cure_title"].search(piece.text))
            above = _worth(piece.text, section, language)
        told = signals.unopened(piece.text, language)
        places[told] = Place(section, above, answers and piece.kind == "prose", lost and piece.kind == "item", cures)
    return places


def _worth(title: str, section: int, language: Language) -> float:
    """Of what stands under a title; under one with a cross stands what failed."""
    if signals.troubled(title, language):
        return 4.0
    if language.marks["extra_title"].search(title):
        return -3.0
    if section == 1 and language.marks["cause_title"].search(title):
        return 3.0
    return 2.0 * bool(language.marks["plan"].search(title)) or -2.0 * bool(language.marks["detail"].search(title))
