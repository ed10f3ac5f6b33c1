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


def standing(pieces: list[Piece], language: Language) -> Mapping[str, Place]:
    """The place of each piece, by its words."""
    places: dict[str, Place] = {}
    above, section = 0.0, 0
    for piece in pieces:
        if is_title(piece, language):
            section += 1
            # Under a heading with a cross stands what failed.
            above = 4.0 * signals.troubled(piece.text, language)
            above = above or 2.0 * bool(language.marks["plan"].search(piece.text))
            above = above or -2.0 * bool(language.marks["detail"].search(piece.text))
        places[signals.unopened(piece.text, language)] = Place(section, above)
    return places
