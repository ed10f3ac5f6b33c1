"""Sentences -> units, the least that is kept or left out, and what each of them is worth to a listener."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aidevops_voice.languages import Language
from aidevops_voice.words import captions, emphasis, signals, worth as worths
from aidevops_voice.words.clauses import Clause, clauses
from aidevops_voice.words.layout import Layout, Spot, laid_out
from aidevops_voice.words.sections import Place
from aidevops_voice.words.speakable import LONGEST, Piece, render, words
from aidevops_voice.words.trims import brief

_CLAUSE = 7
"""Words from which on a clause is taken to have a subject of its own."""
TOLD = 2.0
"""What a unit must weigh to be told."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a part of one, the least that is kept or left out."""

    text: str
    """Without its stop, except a question mark."""
    worth: float
    group: int
    """Those of one sentence or list may stand in one sentence."""
    place: int = 0
    section: int = 0
    """The heading it stands under."""
    block: int = 0
    """The paragraph or item it stands in."""
    facts: frozenset[str] = frozenset()
    """Numbers and names, which need not be told twice."""
    short: str = ""
    """What stands in front of the dash or colon of a list item."""
    brief: str = ""
    """Without what it adds at its end: `…, which is a bigger change`."""
    name: str = ""
    """What a list item begins with, in code or bold."""
    headed: bool = False
    """A list item that begins with a statement in bold."""
    lead: bool = False
    """It ends with a colon."""
    leads: int = -1
    """The group of the list without which it means nothing; -1 for none."""
    needs: int = -1
    """The place of the unit without which this one means nothing; -1 for none."""
    leans: bool = False
    """It is no sentence of its own."""
    bound: bool = False
    """What stands before it says something else without it."""
    promised: bool = False
    """The colon before it promises it."""
    torn: bool = False
    """It has no subject and no verb, and stands in one sentence with what is before it."""
    clings: bool = False
    """It would be heard as the reason or condition of whatever follows: `because …`."""
    contrasts: bool = False
    """It is held against what stands before it: `…, while that is slow`."""
    asks: bool = False
    offers: bool = False
    """What it asks is whether to do more."""
    loud: bool = False
    """Failure, loss or a request: left out last."""
    troubled: bool = False
    """It tells of a failure."""
    negated: bool = False
    wanted: bool = False
    """It names what failed, which no other did before it."""
    must: bool = False
    """One of the choices that the closing question is about."""
    length: int = 0

    @property
    def weight(self) -> float:
        """With what it names."""
        return self.worth + 1.5 * min(len(self.facts), 2)

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list."""
        return self.group % 1000 == 0


_HEAD = re.compile(
    r"^\s*(?:(?:[-*+•]|\d+[.)])\s+)?((?:`[^`\n]{2,80}`|\*\*[^*\n]{2,80}\*\*)"
    r"(?:(?:,| and| y)+ (?:`[^`\n]{2,80}`|\*\*[^*\n]{2,80}\*\*))*)[^:–—\n]{0,60}?(?::|–|—|\s-\s)"
)
_NEVER = re.compile(r"(?!)")
_SIGNS = {":": 1.0, "(": -2.0}
"""What is worth more behind a colon, which promises it, and less in parentheses; both need what stands before them."""
_PIECE = -2
"""Stands for the sentence before it where a unit has to say which it needs, as 0 does for the clause."""
_CORRECTS = 5.0
"""What is worth more that says what is so, where the first sentence says what is not."""
_BESIDE = 2.0
"""What the reason of the first sentence is worth more."""


def units_of(pieces: list[Piece], above: Mapping[int, Place], language: Language) -> list[Unit]:
    """The units of what is worth telling, in order; `above` is what `standing` gives."""
    layout = laid_out(pieces, above, language)
    units = [unit for spot in layout.spots for unit in _told(spot, layout, language)]
    placed = [replace(unit, place=at, needs=_needed(at, units)) for at, unit in enumerate(units)]
    answering = [(-unit.weight, unit.place) for unit in placed if unit.block in layout.answers]
    best = min(answering, default=(0.0, -1))[1]
    return _advised([replace(unit, must=unit.place == best) for unit in placed], language)


def _told(spot: Spot, layout: Layout, language: Language) -> list[Unit]:
    """The units of one piece where it stands."""
    name = _name(spot.piece, language)
    units = [replace(one, section=spot.place.section, name=name) for one in _of(spot, language)]
    units = _bold(units, spot.piece, language) if spot.bold else units
    units = _judged(units, spot.mark)
    if spot.reason or (spot.second and layout.failed):
        units = _followed(units, spot.reason, language)
    if spot.at == 0:
        units = units[:1] + _followed(units[1:], False, language)
    if spot.corrects:
        units[0] = replace(units[0], worth=units[0].worth + _CORRECTS)
    if spot.points:
        # The cause of a failure is told with it.
        units[0] = replace(units[0], needs=_PIECE, leans=spot.listed or spot.hangs)
    if language.marks["steps"].match(spot.piece.text):
        units = [replace(one, clings=True) for one in units]
    # What is to be done about a failure.
    cures = language.marks["advice"] if layout.failed and not (spot.listed and layout.asks) else _NEVER
    loud = spot.loud or (spot.at == 0 and any(unit.loud for unit in units))
    return [replace(unit, loud=unit.loud or loud or bool(cures.search(unit.text))) for unit in units]


def _followed(units: list[Unit], reason: bool, language: Language) -> list[Unit]:
    """What stands right behind the first sentence is worth more, as its reason or in its paragraph."""
    explains = language.marks["explaining"]
    return [replace(one, worth=one.worth + 2.0 * bool(explains.search(one.text)) + _BESIDE * reason) for one in units]


def _bold(units: list[Unit], piece: Piece, language: Language) -> list[Unit]:
    """With what its bold words are worth."""
    return [replace(one, worth=one.worth + emphasis.heavy(one.text, piece.raw, language)) for one in units]


def _judged(units: list[Unit], worth: float) -> list[Unit]:
    return [replace(one, worth=one.worth + worth, loud=one.loud or worth > 0) for one in units] if worth else units


def _needed(at: int, units: list[Unit]) -> int:
    """What a unit goes on with; what is not worth telling names nothing that is told."""
    if not at or units[at].needs != _PIECE:
        return at - 1 if at and not units[at].needs else -1
    before = [one for one in units[:at] if (one.group, one.block) == (units[at - 1].group, units[at - 1].block)]
    told = units[at].leans or before[0].weight >= TOLD or before[-1].lead
    return at - len(before) if told else -1


def _advised(units: list[Unit], language: Language) -> list[Unit]:
    """What `This is what I'd do` points back at is the advice."""
    points = {unit.place for unit in units if unit.place and language.marks["pointing"].search(unit.text)}
    meant = {place - 1 for place in points} | {units[place - 1].needs for place in points}
    return [replace(unit, worth=unit.worth + 5 * ((unit.place in meant) - (unit.place in points))) for unit in units]


def _of(spot: Spot, language: Language) -> list[Unit]:
    """The units of one piece: it as a whole where it is short enough, else its clauses."""
    if words(spot.piece.text) <= LONGEST:
        return [_unit(spot.piece.text, spot.piece, spot.group, spot.worth, language)]
    piece, weighty = captions.unlabelled(spot.piece, language)
    parts = clauses(piece, language)
    standing = [spot.worth + weighty, *(spot.worth - spot.remark for _ in parts[1:])]
    units = [
        _unit(part.text, replace(piece, raw=part.raw), spot.group, worth, language)
        for part, worth in zip(parts, standing, strict=True)
    ]
    leaning = [_leaning(unit, part, piece, language) for unit, part in zip(units, parts, strict=True)]
    if len(units) > 1 and captions.announces(units[0].text, language):
        leaning[1] = replace(leaning[1], bound=True)
    return units[:1] + leaning[1:]


def _leaning(unit: Unit, part: Clause, piece: Piece, language: Language) -> Unit:
    """A part of a sentence that does not begin it."""
    promised = part.sign in _SIGNS and not unit.asks
    stands = unit.loud and _whole(unit, language.marks["against"])
    leans = language.marks["leaning"].match(unit.text) and not stands
    torn = piece.raw.count(" → ") > 1 or bool(language.marks["torn"].match(unit.text))
    leans = leans or torn
    return replace(
        unit,
        needs=0 if promised or leans or language.marks["pointed"].search(unit.text) else -1,
        leans=True,
        torn=torn,
        promised=part.sign == ":",
        loud=unit.loud and part.sign != "(",
        worth=unit.worth + _SIGNS.get(part.sign, 0),
        clings=bool(language.marks["clinging"].match(unit.text)),
        contrasts=f", {unit.text}" in piece.text,
        bound=not part.sign and bool(language.marks["bound"].match(unit.text)),
    )


def _whole(unit: Unit, against: re.Pattern[str]) -> bool:
    """Whether what `but …` says stands without what it is held against."""
    return unit.length >= _CLAUSE and bool(against.match(unit.text))


def _unit(part: str, piece: Piece, group: int, standing: float, language: Language) -> Unit:
    asks = part.rstrip().endswith("?")
    text = part.strip() if asks else part.strip().rstrip(".!,").removeprefix("¡")
    return Unit(
        text=text,
        worth=max(worths.worth(one, language) for one in {text, _unnamed(text, piece, language)}) + standing,
        group=group,
        block=piece.block,
        facts=worths.facts(piece.raw, text, language),
        short=_short(piece, text, language),
        brief="" if asks else brief(text, language, item=piece.kind == "item") or captions.head_of(piece, language),
        headed=piece.kind == "item" and bool(_HEADED.match(piece.raw)),
        lead=piece.kind == "lead",
        asks=asks,
        offers=asks and any(language.marks[mark].search(text) for mark in ("offer", "future")),
        loud=worths.is_loud(text, language, step=piece.kind == "item"),
        troubled=signals.troubled(text, language),
        negated=bool(language.marks["negation"].search(text)),
        length=words(text),
    )


def _unnamed(text: str, piece: Piece, language: Language) -> str:
    """What is said of an item behind its name: `Captions, use …`."""
    name = _name(piece, language)
    return text.removeprefix(f"{name}, ") if name else text


_HEADED = re.compile(r"\W*\*\*[^\W\d_]\S* \S+ [^*\n]*\*\*")
_WHEN = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{4}-\d\d-\d\d\b")
"""A moment names nothing that happened in it."""


_BEGUN = re.compile(r"(?:`([^`\n]{2,60})`|\*\*([^*\n]{2,60})\*\*)")


def _name(piece: Piece, language: Language) -> str:
    """What an item begins with, marked as its name."""
    found = _BEGUN.match(piece.raw.lstrip()) if piece.kind == "item" else None
    return render(found[1] or found[2], language).strip(" .,:") if found else ""


def _short(piece: Piece, text: str, language: Language) -> str:
    """The name at the head of a list item, in front of its explanation."""
    if piece.kind != "item" or not (head := _HEAD.match(piece.raw)):
        return ""
    short = render(head.group(1).replace("**", ""), language).strip(" .,")
    if _WHEN.search(head.group(1)):
        return ""
    return short if 1 < words(short) < words(text) else ""
