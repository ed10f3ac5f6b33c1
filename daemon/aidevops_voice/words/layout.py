"""Where each piece of a text stands among the others, and what it is worth for that; pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from aidevops_voice.languages import Language
from aidevops_voice.words import emphasis, signals, worth as worths
from aidevops_voice.words.sections import Place
from aidevops_voice.words.speakable import Piece
from aidevops_voice.words.titles import TITLE

_FIRST, _LAST = 4.0, 1.0
"""What the first sentence is worth, and the last."""
_ANSWER, _REMARK = 2.0, 4.0
"""What stands under a heading that says that it answers, and a `heads-up`."""
_LESS: Mapping[str, float] = {"item": 2.5, "lead": 1.0, "table": 1.0}
_MANY, _MANY_MOST = 0.5, 2.0
"""What each item is worth less for every one above `_LIST`, and at most."""
_LIST = 3
"""Items up to which a list is read; those of a longer one are details."""
_SUMMED, _BLAMED, _YOURS = -4.0, 2.0, 4.0
"""What an item is worth beside a sentence that sums them up, under a line that blames, and under `left for you`."""
_TITLED, _LOST, _CURE = 3.0, 6.0, 6.0
"""What a title in bold is worth, what stands under `What was lost`, and the first under what announces the cure."""
_WHOLLY = re.compile(r"\s*\*\*[^*\n]+\*\*\s*$")
"""A numbered title in bold is what its paragraph is about."""
_CODE = re.compile(r"`([^`\n]+)`")
_SHELL = re.compile(r"(?:\$ )?[\w./-]+(?: [^`]|=)")


@dataclass(frozen=True, slots=True)
class Spot:
    """One piece where it stands."""

    at: int
    piece: Piece
    group: int
    """Those of one sentence or list may stand in one sentence."""
    place: Place
    worth: float
    remark: float = 0.0
    """What of that it is worth for being a remark, as the part of it is which comes first."""
    mark: float = 0.0
    """What its tick or cross is worth beside the others of its list."""
    bold: bool = False
    """Its bold words are weighty, not those of every item."""
    second: bool = False
    """It stands right behind the first sentence."""
    reason: bool = False
    """It stands there as its reason."""
    corrects: bool = False
    """It says what is so, where the first sentence says what is not."""
    points: bool = False
    """It speaks of what the piece before it names."""
    hangs: bool = False
    """It means nothing without that: `Otherwise …`, `Two more were …`."""
    loud: bool = False
    """Lost, or left for the user."""

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list."""
        return self.piece.kind == "item"


@dataclass(frozen=True, slots=True)
class Layout:
    """A text as it is laid out."""

    spots: list[Spot]
    answers: frozenset[int]
    """The paragraphs that answer, under a heading that says so."""
    failed: bool
    """Its first sentence tells of a failure."""
    asks: bool
    """It ends with a question."""


@dataclass(frozen=True, slots=True)
class _List:
    """Pieces in a row that are items of one list, or one that is none."""

    group: int
    blamed: bool
    """The line that leads to it tells of a failure."""
    yours: bool
    """The line that leads to it tells what is left for the user."""
    heads: bool
    """The piece is the first of it."""
    cures: bool = False
    """The line that leads to it announces the cure."""


def laid_out(pieces: Sequence[Piece], above: Mapping[int, Place], language: Language) -> Layout:
    """Each piece in its place; `above` is what `standing` gives."""
    places = [above.get(piece.block, Place()) for piece in pieces]
    answers = _answers(pieces, places, language)
    first = int(bool(pieces) and pieces[0].block == TITLE and len(pieces) > 1)
    last = max((at for at, piece in enumerate(pieces) if piece.kind != "item"), default=0)
    marks, any_item = _marks(pieces, language), _of_items(pieces, language)
    bold = sum(piece.kind == "item" and bool(emphasis.bolds(piece.raw, language)) for piece in pieces) == 1
    ended = [_FIRST * (at <= first and not answers) + _LAST * (at == last) for at in range(len(pieces))]
    spots = list[Spot]()
    runs, code = _lists(pieces, places, language), language.terms["some_code"]
    for at, (piece, place, run) in enumerate(zip(pieces, places, runs, strict=True)):
        listed = piece.kind == "item"
        begins = (
            at > 0
            and run.heads
            and piece.block not in answers
            and not _is_typed(piece)
            and code not in piece.text.lower()
        )
        cures = begins and _cures(place, places[at - 1], run, listed)
        worth = ended[at] + place.worth + _ANSWER * bool(answers) * ((piece.block in answers) - listed)
        remark = _REMARK * bool(language.marks["remark"].search(piece.text))
        worth += remark - _leads_to_yours(piece, pieces[at + 1 : at + 2], language)
        worth += any_item + _of_item(piece, run) if listed else -_LESS.get(piece.kind, 0.0)
        second = at == first + 1 and not listed
        spots.append(
            Spot(
                at=at,
                piece=piece,
                group=run.group * 1000 + (0 if listed else at + 1),
                place=place,
                worth=worth + _LOST * place.lost + _CURE * (cures or (begins and listed and place.next)),
                remark=remark,
                mark=marks.get(at, 0.0),
                bold=bold or not listed,
                second=second,
                corrects=second and _corrects(piece, pieces[first], language),
                reason=second and _gives_reason(piece, pieces[first], language),
                points=at > 0 and _points(piece, pieces[at - 1], language),
                hangs=bool(language.marks["onward"].match(piece.text)),
                loud=place.lost or (listed and run.yours),
            )
        )
    failed = bool(pieces) and pieces[0].kind == "prose" and signals.troubled(pieces[0].text, language)
    return Layout(spots, answers, failed, bool(pieces) and pieces[-1].text.endswith("?"))


def _lists(pieces: Sequence[Piece], places: Sequence[Place], language: Language) -> list[_List]:
    """For each piece the list that it stands in; a heading parts two."""
    found = list[_List]()
    for at, piece in enumerate(pieces):
        goes_on = at > 0 and piece.kind == pieces[at - 1].kind == "item"
        if goes_on and places[at].section == places[at - 1].section:
            found.append(replace(found[-1], heads=False))
            continue
        lead = pieces[at - 1].text if at and pieces[at - 1].kind == "lead" else ""
        group = found[-1].group + 1 if found else 1
        yours, cures = (bool(language.marks[mark].search(lead)) for mark in ("yours", "cure_lead"))
        found.append(_List(group, _blames(lead, language), yours, heads=True, cures=cures))
    return found


def _leads_to_yours(piece: Piece, behind: Sequence[Piece], language: Language) -> float:
    """What it is worth less where it only leads to a list of what is left for the user."""
    leads = piece.kind == "lead" and any(one.kind == "item" for one in behind)
    return _YOURS * (leads and bool(language.marks["yours"].search(piece.text)))


def _of_items(pieces: Sequence[Piece], language: Language) -> float:
    """What any item is worth, for how many there are and for what sums them up."""
    items = sum(piece.kind == "item" for piece in pieces)
    summed = any(piece.kind != "item" and language.marks["sum"].search(piece.text) for piece in pieces)
    return -_LESS["item"] - min(_MANY_MOST, _MANY * max(0, items - _LIST)) + _SUMMED * summed


def _of_item(piece: Piece, run: _List) -> float:
    """What one item is worth, for its list."""
    return _BLAMED * run.blamed + _YOURS * run.yours + _TITLED * bool(_WHOLLY.match(piece.raw))


def _cures(place: Place, before: Place, run: _List, listed: bool) -> bool:
    """Whether it is the first, or the first of a list, that stands under what announces the cure."""
    return run.cures or (place.cures and (listed or place.section != before.section))


def _is_typed(piece: Piece) -> bool:
    """Whether it has a command to type, which is for the page."""
    return any(_SHELL.match(found[1]) for found in _CODE.finditer(piece.raw))


_SAYS = ("advice", "negation", "result", "blame", "protect", "gone", "gist", "trouble", "error")
"""What a first sentence says that is itself an answer."""


def _answers(pieces: Sequence[Piece], places: Sequence[Place], language: Language) -> frozenset[int]:
    """The paragraphs that answer, under a heading that says so, where the first sentence does not."""
    marked = [one for one, place in zip(pieces, places, strict=True) if place.answers and one.text[-1:] != "?"]
    answers = frozenset(one.block for one in marked)
    first = pieces[0] if pieces else Piece("", "", "prose")
    says = signals.has_number(first.text, language) or any(language.marks[mark].search(first.text) for mark in _SAYS)
    return frozenset() if says or "**" in first.raw or first.block in answers else answers


def _marks(pieces: Sequence[Piece], language: Language) -> dict[int, float]:
    """What the ticks and crosses of each list are worth, by the places of its items."""
    found: dict[int, float] = {}
    for listed, run in groupby(enumerate(pieces), lambda one: one[1].kind == "item"):
        if listed:
            items = list(run)
            judged = emphasis.judged([piece for _, piece in items], language)
            found |= {at: worth for (at, _), worth in zip(items, judged, strict=True)}
    return found


def _blames(lead: str, language: Language) -> bool:
    """Whether what a line leads to is what is wrong: `three of the four are not well`."""
    counted = signals.has_number(lead, language) or language.marks["leadin"].match(lead)
    counted = counted and language.marks["negation"].search(lead)
    return worths.is_loud(lead, language) or bool(counted)


def _gives_reason(piece: Piece, first: Piece, language: Language) -> bool:
    """Whether it is the reason of the first sentence, in its paragraph or behind a recommendation."""
    together = piece.kind == first.kind == "prose" and piece.block == first.block
    return together or (piece.kind == "prose" and bool(language.marks["advice"].search(first.text)))


def _corrects(piece: Piece, first: Piece, language: Language) -> bool:
    """Whether it goes on from what is not: `The board isn't broken. It's the cable.`"""
    denied = first.kind == piece.kind == "prose" and first.block == piece.block
    denied = denied and bool(language.marks["denied"].search(first.text))
    return denied and bool(language.marks["anaphor"].match(piece.text))


def _points(piece: Piece, before: Piece, language: Language) -> bool:
    """Whether it speaks of what the sentence before it names: `it is …`, `I'd run it at night`."""
    onward = any(language.marks[mark].match(piece.text) for mark in ("anaphor", "onward"))
    if piece.kind == before.kind == "prose" and onward:
        return True
    if piece.kind == before.kind == "item" and piece.block == before.block:
        return onward or any(language.marks[mark].match(piece.text) for mark in ("clinging", "pronoun"))
    beside = piece.block == before.block or (piece.kind == "prose" and before.kind in ("prose", "lead"))
    return beside and bool(language.marks["pointed"].search(piece.text.rstrip(".!")))
