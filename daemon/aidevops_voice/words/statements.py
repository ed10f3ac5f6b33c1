"""Sentences -> units, the least that is kept or left out, and what each of them is worth to a listener."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from aidevops_voice.languages import Language
from aidevops_voice.words import captions, emphasis, signals, worth as worths
from aidevops_voice.words.clauses import clauses
from aidevops_voice.words.sections import Place
from aidevops_voice.words.speakable import LONGEST, Piece, render, words
from aidevops_voice.words.titles import TITLE
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


_WHOLLY = re.compile(r"\s*\*\*[^*\n]+\*\*\s*$")
"""A numbered title in bold is what its paragraph is about."""
_HEAD = re.compile(
    r"^\s*(?:(?:[-*+•]|\d+[.)])\s+)?((?:`[^`\n]{2,80}`|\*\*[^*\n]{2,80}\*\*)"
    r"(?:(?:,| and| y)+ (?:`[^`\n]{2,80}`|\*\*[^*\n]{2,80}\*\*))*)[^:–—\n]{0,60}?(?::|–|—|\s-\s)"
)
_LESS = {"item": 2.5, "lead": 1.0, "table": 1.0}
_NEVER = re.compile(r"(?!)")
_SIGNS = {":": 1.0, "(": -2.0}
"""What is worth more behind a colon, which promises it, and less in parentheses; both need what stands before them."""
_TYPED = re.compile(r"`[^`\n]+ [^`\n]+`")
"""A command to type is for the page."""
_LOST, _BESIDE = 6.0, 2.0
"""What an item under `What was lost` is worth more, and what stands beside the first sentence."""
_CURE = 6.0
"""What the first of several steps to take is worth more."""
_STEP, _ANSWER, _REMARK = 3.0, 2.0, 4.0
"""What a title in bold is worth, what stands under a heading that says that it answers, and a `heads-up`."""
_LIST = 3
"""Items up to which a list is read; those of a longer one are details."""


def units_of(pieces: list[Piece], above: Mapping[str, Place], language: Language) -> list[Unit]:
    """The units of what is worth telling, in order; `above` is what `standing` gives."""
    items = sum(piece.kind == "item" for piece in pieces)
    marked = sum(piece.kind == "item" and "**" in piece.raw for piece in pieces)
    last = max((at for at, piece in enumerate(pieces) if piece.kind != "item"), default=0)
    units: list[Unit] = []
    summed = any(piece.kind != "item" and language.marks["sum"].search(piece.text) for piece in pieces)
    answers = _answers(pieces, above, language)
    failed = bool(pieces) and pieces[0].kind == "prose" and signals.troubled(pieces[0].text, language)
    judged = _judgements(pieces, language)
    first = int(bool(pieces) and pieces[0].block == TITLE and len(pieces) > 1)
    group, blamed, yours = 0, False, False
    for at, piece in enumerate(pieces):
        listed = piece.kind == "item"
        apart = at > 0 and above.get(piece.text, Place()).section != above.get(pieces[at - 1].text, Place()).section
        if apart or not (listed and at and pieces[at - 1].kind == "item"):
            group += 1
            led = pieces[at - 1].text if at > 0 and pieces[at - 1].kind == "lead" else ""
            blamed, yours = _blames(led, language), bool(language.marks["yours"].search(led))
        worth = 4.0 * (at <= first and not answers) + 1.0 * (at == last) + above.get(piece.text, Place()).worth
        worth += _ANSWER * bool(answers) * ((piece.block in answers) - listed)
        worth += _REMARK * bool(language.marks["remark"].search(piece.text))
        worth -= 4.0 * (listed and summed)
        worth += listed * (2.0 * blamed + 4.0 * yours) - _less(piece, items)
        worth += _STEP * bool(listed and _WHOLLY.match(piece.raw))
        lost = above.get(piece.text, Place()).lost
        worth += _LOST * lost
        heads = listed and (apart or not at or pieces[at - 1].kind != "item")
        worth += _CURE * (heads and above.get(piece.text, Place()).cures and not _TYPED.search(piece.raw))
        leads = piece.kind == "lead" and pieces[at + 1 : at + 2] and pieces[at + 1].kind == "item"
        worth -= 4.0 * bool(leads and language.marks["yours"].search(piece.text))
        parts = _of(piece, group * 1000 + (0 if listed else at + 1), worth, language)
        parts = [replace(one, name=_name(piece, language)) for one in parts]
        parts = _marked(parts, piece, language, bold=marked == 1 or not listed)
        parts = _judged(parts, judged.get(at, 0.0))
        beside = at == first + 1 and not listed and _beside(piece, pieces[first], language)
        if beside or (at == first + 1 and not listed and failed):
            parts = _followed(parts, beside, language)
        # The cause of a failure is told with it.
        points = at and _points(piece, pieces[at - 1], language)
        leans = bool(points and listed)
        parts = [replace(one, needs=0, leans=leans) if points and one is parts[0] else one for one in parts]
        if language.marks["steps"].match(piece.text):
            parts = [replace(one, clings=True) for one in parts]
        parts = [replace(one, section=above.get(piece.text, Place()).section) for one in parts]
        loud = lost or (listed and yours) or (at == 0 and any(part.loud for part in parts))
        # What is to be done about it.
        cures = language.marks["advice"] if failed and not (listed and pieces[-1].text.endswith("?")) else _NEVER
        units += [replace(part, loud=part.loud or loud or bool(cures.search(part.text))) for part in parts]
    placed = [replace(unit, place=at, needs=_needed(at, units)) for at, unit in enumerate(units)]
    answering = [(-unit.weight, unit.place) for unit in placed if unit.block in answers]
    best = min(answering, default=(0.0, -1))[1]
    return _advised([replace(unit, must=unit.place == best) for unit in placed], language)


_SAYS = ("advice", "negation", "result", "blame", "protect", "gone", "gist", "trouble", "error")
"""What a first sentence says that is itself an answer."""


def _answers(pieces: list[Piece], above: Mapping[str, Place], language: Language) -> set[int]:
    """The paragraphs that answer, under a heading that says so, where the first sentence does not."""
    answers = {piece.block for piece in pieces if above.get(piece.text, Place()).answers and piece.text[-1:] != "?"}
    first = pieces[0] if pieces else Piece("", "", "prose")
    says = signals.has_number(first.text, language) or any(language.marks[mark].search(first.text) for mark in _SAYS)
    return set() if says or "**" in first.raw or first.block in answers else answers


def _followed(units: list[Unit], together: bool, language: Language) -> list[Unit]:
    """What stands right behind the first sentence is worth more, as its reason or in its paragraph."""
    explains = language.marks["explaining"]
    return [replace(one, worth=one.worth + 2.0 * bool(explains.search(one.text)) + _BESIDE * together) for one in units]


def _marked(units: list[Unit], piece: Piece, language: Language, *, bold: bool) -> list[Unit]:
    """With what the author marks."""
    whole = len(units) > 1 and units[1].bound
    texts = [piece.text if whole and one is units[0] else one.text for one in units]
    return [
        replace(one, worth=one.worth + emphasis.worth(text, piece.raw, language, bold=bold))
        for one, text in zip(units, texts, strict=True)
    ]


def _judgements(pieces: list[Piece], language: Language) -> dict[int, float]:
    """What the ticks and crosses of each list are worth, by the places of its items."""
    found: dict[int, float] = {}
    for listed, run in groupby(enumerate(pieces), lambda one: one[1].kind == "item"):
        if listed:
            items = list(run)
            worths = emphasis.judged([piece for _, piece in items], language)
            found |= {at: worth for (at, _), worth in zip(items, worths, strict=True)}
    return found


def _judged(units: list[Unit], worth: float) -> list[Unit]:
    return [replace(one, worth=one.worth + worth, loud=one.loud or worth > 0) for one in units] if worth else units


def _together(one: Piece, other: Piece) -> bool:
    """Whether they stand in one paragraph, as a statement and its reason do."""
    return one.kind == other.kind == "prose" and one.block == other.block


def _beside(one: Piece, before: Piece, language: Language) -> bool:
    """Whether it is the reason of what stands before it, in its paragraph or behind a recommendation."""
    return _together(one, before) or (one.kind == "prose" and bool(language.marks["advice"].search(before.text)))


def _needed(at: int, units: list[Unit]) -> int:
    """What a unit goes on with; what is not worth telling names nothing that is told."""
    return at - 1 if at and units[at].needs == 0 and (units[at].leans or units[at - 1].weight >= TOLD) else -1


def _points(piece: Piece, before: Piece, language: Language) -> bool:
    """Whether it speaks of what the sentence before it names: `it is …`, `I'd run it at night`."""
    onward = any(language.marks[mark].match(piece.text) for mark in ("anaphor", "onward"))
    if piece.kind == before.kind == "prose" and onward:
        return True
    if piece.kind == before.kind == "item" and piece.block == before.block:
        return any(language.marks[mark].match(piece.text) for mark in ("clinging", "anaphor"))
    beside = piece.block == before.block or piece.kind == before.kind == "prose"
    return beside and bool(language.marks["pointed"].search(piece.text.rstrip(".!")))


def _advised(units: list[Unit], language: Language) -> list[Unit]:
    """What `This is what I'd do` points back at is the advice."""
    points = {unit.place for unit in units if unit.place and language.marks["pointing"].search(unit.text)}
    meant = {place - 1 for place in points} | {units[place - 1].needs for place in points}
    return [replace(unit, worth=unit.worth + 5 * ((unit.place in meant) - (unit.place in points))) for unit in units]


def _less(piece: Piece, items: int) -> float:
    """What a piece is worth less for its place in the structure."""
    less = _LESS.get(piece.kind, 0.0)
    if piece.kind == "item":
        less += min(2.0, 0.5 * max(0, items - _LIST))
    return less


def _of(piece: Piece, group: int, standing: float, language: Language) -> list[Unit]:
    """The units of one piece: it as a whole where it is short enough, else its clauses."""
    if words(piece.text) <= LONGEST:
        return [_unit(piece.text, piece, group, standing, language)]
    piece, weighty = captions.unlabelled(piece, language)
    parts = clauses(piece, language)
    standing += weighty
    units = [_unit(part.text, replace(piece, raw=part.raw), group, standing, language) for part in parts]
    leaning, clinging = language.marks["leaning"], language.marks["clinging"]
    against, pointed, bound = (language.marks[mark] for mark in ("against", "pointed", "bound"))
    return units[:1] + [
        replace(
            unit,
            needs=0
            if (part.sign in _SIGNS and not unit.asks)
            or pointed.search(unit.text)
            or (leaning.match(unit.text) and not (unit.loud and _whole(unit, against)))
            else -1,
            leans=True,
            loud=unit.loud and part.sign != "(",
            worth=unit.worth + _SIGNS.get(part.sign, 0),
            clings=bool(clinging.match(unit.text)),
            contrasts=f", {unit.text}" in piece.text,
            bound=not part.sign and bool(bound.match(unit.text)),
        )
        for unit, part in zip(units[1:], parts[1:], strict=True)
    ]


def _whole(unit: Unit, against: re.Pattern[str]) -> bool:
    """Whether what `but …` says stands without what it is held against."""
    return unit.length >= _CLAUSE and bool(against.match(unit.text))


def _unit(part: str, piece: Piece, group: int, standing: float, language: Language) -> Unit:
    asks = part.rstrip().endswith("?")
    text = part.strip() if asks else part.strip().rstrip(".!,").removeprefix("¡")
    return Unit(
        text=text,
        worth=worths.worth(text, language) + standing,
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


def _blames(lead: str, language: Language) -> bool:
    """Whether what a line leads to is what is wrong: `three of the four are not well`."""
    counted = signals.has_number(lead, language) or language.marks["leadin"].match(lead)
    counted = counted and language.marks["negation"].search(lead)
    return worths.is_loud(lead, language) or bool(counted)


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
