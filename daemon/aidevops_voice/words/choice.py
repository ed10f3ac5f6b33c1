"""Many sentences -> the three that matter: verdict, loss, numbers, names, what is left to do, and the closing question.

Deterministic and pure. A text that is short enough goes through as it is, so what was chosen once is chosen again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from aidevops_voice.languages import Language
from aidevops_voice.words import cuts, signals
from aidevops_voice.words.asked import Asked
from aidevops_voice.words.body import only_numbers, worthwhile
from aidevops_voice.words.clauses import parted
from aidevops_voice.words.lists import arranged
from aidevops_voice.words.packing import length, packed, strange
from aidevops_voice.words.sections import standing
from aidevops_voice.words.speakable import LONGEST, Piece, sentence, words
from aidevops_voice.words.statements import TOLD, Unit, units_of
from aidevops_voice.words.titles import TITLE
from aidevops_voice.words.trims import trimmed, uncoded

SENTENCES = 3
_ROOM, _NAMED, _MOST = 45, 46, 50
"""Words of a text that had to be cut: of one just too long, of one that names what failed, and of any."""
_SHORT, _LOUD = 30, 43
"""Words of a list that is told as a whole, and of one with a failure; of prose and a pair as many as there is room."""
_PAIR, _STATEMENT = 2, 7
"""Items of a list that is told like prose, and words of each."""
_ALIKE, _ALIKE_WORTH = 0.6, 4.0
"""Share of words in common from which a sentence is another of the same, unless it is worth that much."""
_WANTED = 6.0
"""What the name of what failed adds."""
_READ = 40
"""Sentences that are looked at; of a longer text those at its beginning and its end."""


_TYPED = re.compile(r"\w://[^\s/`]{1,200}@|^(?:If|Si) [^`]{1,40}`[^`]{1,80} --[\w-]{1,40} [^`]{1,80}`")
"""An address with a user's name is for the page, and so is a long command that may be of use."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said, and whether something that matters is not."""

    said: list[str]
    left: bool = False


def choose(
    pieces: list[Piece],
    language: Language,
    room: int,
    most: int = SENTENCES,
    wanted: frozenset[str] = frozenset(),
    asked: Asked | None = None,
) -> Choice:
    """At most `most` sentences of at most 20 words within `room` words, in the order of the text.

    `wanted` are names as written, lower case, that matter most.
    """
    kept = worthwhile(pieces, language)
    if sum(words(piece.text) for piece in kept) > _SHORT:
        kept = [piece for one in kept for piece in _untyped(one, language)] or kept
    names = names_in(kept)
    kept = [replace(piece, text=_eased(piece.text, language, names)) for piece in kept]
    said = [piece.text for piece in kept]
    if sum(map(words, said)) > _ROOM:
        kept = [replace(piece, text=language.marks["helpless"].sub(".", piece.text)) for piece in kept]
        kept = trimmed([uncoded(piece, language) for piece in kept], _ROOM, language) if len(kept) <= most else kept
        said = [piece.text for piece in kept]
    whole = fits(said, room, most)
    if whole and sum(map(words, said)) <= _MOST:
        return Choice(said)
    kept = [_found(piece, language) for piece in kept if not only_numbers(piece, language)] or kept
    kept = [piece for piece in kept if not language.marks["activity"].search(piece.text)] or kept
    if len(kept) > _READ:
        kept = kept[: _READ // 2] + kept[-_READ // 2 :]
    kept = [uncoded(piece, language) for piece in kept]
    units = arranged(units_of(kept, standing(pieces, language), language), pieces, language)
    units = _naming(units, wanted, language)
    units = [replace(one, worth=one.worth + asked.weight(one.text, language)) for one in units] if asked else units
    units = _without_code(units, language)
    total = sum(unit.length for unit in units)
    items = [unit.length for unit in units if unit.listed]
    prose = not items or (len(items) <= _PAIR and min(items) >= _STATEMENT)
    loud = _LOUD if len({unit.block for unit in units if unit.listed}) > _PAIR else _ROOM
    told = _ROOM if prose else loud if any(unit.loud for unit in units) else _SHORT
    told = _MOST if all(unit.loud for unit in units) else told
    if total <= min(room, told) and (packs := packed(units, most)):
        return Choice(_sentences(packs, language, names))
    room = min(room, _NAMED if any(unit.wanted for unit in units) else _MOST, max(_ROOM, _ROOM + (total - _ROOM) // 2))
    chosen = _chosen(units, room, most)
    taken = {unit.place for unit in chosen}
    left = max((unit.weight for unit in units if unit.place not in taken), default=0.0)
    if whole and left >= _WEIGHS:
        return Choice(said)
    found = _sentences(packed(chosen, most) or [], language, names)
    return Choice(found or said[:1], left >= _MATTERS)


def _untyped(piece: Piece, language: Language) -> list[Piece]:
    """A sentence without the part of it that is for the page."""
    if not _TYPED.search(piece.raw):
        return [piece]
    parts = [raw for _, raw in parted(piece.raw) if not _TYPED.search(raw)]
    told = [replace(piece, text=sentence(raw, language), raw=raw) for raw in parts[:1]]
    return [one for one in told if not language.marks["pointed"].search(one.text.rstrip(".!"))]


def _found(piece: Piece, language: Language) -> Piece:
    """What was found without how: `I ran it again: the total falls to nine`."""
    parts = parted(piece.raw) if language.marks["activity"].search(piece.text) else []
    if len(parts) < 2 or parts[1][0] != ":":
        return piece
    raw = piece.raw[piece.raw.index(parts[1][1]) :]
    return replace(piece, text=sentence(raw, language), raw=raw)


def _naming(units: list[Unit], wanted: frozenset[str], language: Language) -> list[Unit]:
    """With more worth for what names the wanted, and most for what names one of them first; not for advice on it."""
    found, named, lead = list[Unit](), set[str](), 0
    for at, unit in enumerate(units):
        lead = lead if unit.listed else at
        fine = unit.listed and bool(language.good.search(unit.text)) and not (unit.negated or unit.troubled)
        here = {one for one in wanted if one in (unit.text.lower() if " " in one else unit.facts) and not fine}
        beside = [one for one in units if one.group == unit.group]
        blamed = bool(wanted) and unit.listed and units[lead].troubled and not fine
        blamed = blamed and (unit.troubled or not any(one.troubled for one in beside))
        if (here or blamed) and not language.marks["advice"].search(unit.text):
            few = blamed and len(beside) <= SENTENCES
            unit = replace(unit, worth=unit.worth + _WANTED * bool(here), wanted=few or not here <= named)
            named |= here
            if blamed:
                found[lead] = replace(found[lead], wanted=True)
        found.append(unit)
    return found


_ERROR = re.compile(r"\b[A-Z]\w+ (?:Error|Exception)\b")


def _without_code(units: list[Unit], language: Language) -> list[Unit]:
    """Of what is no short text nothing that code is a part of, and nothing that goes on with it."""
    if sum(unit.length for unit in units) <= _SHORT:
        return units
    code, gone, kept = language.terms["some_code"], set[int](), list[Unit]()
    for whole in units:
        text = language.marks["by_code"].sub("", whole.text)
        unit = replace(whole, text=text, length=words(text))
        nameless = unit.group != units[0].group and unit.text.lower().startswith(code)
        told = unit.asks or (unit.loud and (not nameless or bool(_ERROR.search(unit.text))))
        if unit.needs in gone or (unit.place and not told and code in unit.text.lower()):
            gone.add(unit.place)
        else:
            kept.append(unit)
    places = {unit.place: at for at, unit in enumerate(kept)}
    return [replace(unit, place=at, needs=places.get(unit.needs, -1)) for at, unit in enumerate(kept)]


def fits(said: list[str], room: int, most: int = SENTENCES) -> bool:
    """Whether all of it may be said."""
    return len(said) <= most and all(words(one) <= LONGEST for one in said) and sum(map(words, said)) <= room


# --- what is taken ----------------------------------------------------------------------------------------------

_LINKS = 3
"""Units that are told together because one means nothing without another."""
_MERGED, _LISTED, _MATTERS, _WEIGHS = 3.0, 6.0, 5.0, 7.0
"""What a unit must weigh to share a sentence with others, the same for a list item, to be missed, and to be kept."""


def _chosen(units: list[Unit], room: int, most: int) -> list[Unit]:
    """The most that fits: first sentence and closing question first, then by worth."""
    taken: dict[int, Unit] = {}
    first = next((unit for unit in units if unit.worth >= TOLD), units[0])
    must = [unit.place for unit in units if unit.must] or [first.place]
    if units[0].block == TITLE and must == [0] and not units[0].troubled:
        must += [unit.place for unit in units[1:2]]
    for asked in [unit for unit in units if _closes(unit, units[-1])][-1:]:
        must.append(asked.place)
        must += [asked.place - 1] if asked.length <= 2 and asked.place else []
    for place in must:
        _take(taken, units[place], room, most)
    waiting = {unit.place: unit for unit in units if unit.place not in taken}
    while near := {unit.place: chain for unit in waiting.values() if (chain := _whole(unit, units, waiting, taken))}:
        told = frozenset[str]().union(*(one.facts for one in taken.values()))
        best = -max((_value(units[place], chain, told), -place) for place, chain in near.items())[1]
        unit = waiting.pop(best)
        if unit.weight >= TOLD and not _again(unit, taken):
            _take_all(taken, near[best], room, most)
            _take_lead(taken, unit, waiting, room, most)
    return [taken[place] for place in sorted(taken)]


def _take_lead(taken: dict[int, Unit], item: Unit, waiting: dict[int, Unit], room: int, most: int) -> None:
    """With an item the line that leads to its list, where that names something."""
    lead = next((one for one in waiting.values() if one.leads == item.group and one.facts), None)
    if (
        lead
        and item.listed
        and item.place in taken
        and not any(one.listed for one in taken.values() if one is not item)
    ):
        _take(taken, waiting.pop(lead.place), room, most)


def _closes(unit: Unit, last: Unit) -> bool:
    """Whether it is a question that a text ends with, or with what follows from the answer."""
    return unit.asks and not unit.offers and unit.block == last.block


def _again(unit: Unit, taken: dict[int, Unit]) -> bool:
    """Whether something so alike is told that this adds little."""
    if unit.loud or unit.worth >= _ALIKE_WORTH:
        return False
    own = set(unit.text.lower().split())
    return any(
        len(own & other) > _ALIKE * len(own | other)
        for other in (set(one.text.lower().split()) for one in taken.values())
    )


def _least(unit: Unit) -> float:
    """What a unit must weigh to share a sentence with others."""
    return _LISTED if unit.listed and unit.text != unit.short else _MERGED


def _chain(unit: Unit, waiting: dict[int, Unit], taken: dict[int, Unit]) -> list[Unit]:
    """What has to be taken for a unit that matters to be understood; empty for one that nobody would understand."""
    if unit.leads >= 0 and not any(one.group == unit.leads for one in taken.values()):
        return []
    chain = [unit]
    while chain[0].needs >= 0 and chain[0].needs not in taken:
        before = waiting.get(chain[0].needs)
        hangs = len(chain) > 1 and (chain[0].leans or len(chain) == _LINKS)
        if not before or hangs or not (unit.loud or unit.listed):
            return []
        chain.insert(0, before)
    return chain


def _whole(unit: Unit, units: list[Unit], waiting: dict[int, Unit], taken: dict[int, Unit]) -> list[Unit]:
    """The same with what it would say something else without: `… unless it is empty`."""
    chain = _chain(unit, waiting, taken)
    if not chain or unit.bound:
        return chain
    behind = takewhile(lambda one: one.bound and one.group == unit.group, units[unit.place + 1 :])
    return [*chain, *(one for one in behind if one.place in waiting)]


def _value(unit: Unit, chain: list[Unit], told: frozenset[str]) -> float:
    """Worth per word; what was told already adds nothing."""
    together = unit.promised or (unit.loud and not unit.leans)
    worth = unit.worth + sum(max(0.0, one.worth) for one in chain[:-1] if together)
    worth += 1.5 * min(len(unit.facts - told), 3)
    return worth / (length(chain) + 12) + unit.loud + 1.5 * (unit.wanted and len(chain) == 1)


def _take_all(taken: dict[int, Unit], chain: list[Unit], room: int, most: int) -> None:
    """All of them or none."""
    before = dict(taken)
    for unit in chain:
        _take(taken, unit, room, most)
    if not all(unit.place in taken for unit in chain):
        taken.clear()
        taken.update(before)


def _take(taken: dict[int, Unit], unit: Unit, room: int, most: int) -> None:
    for text in filter(None, (unit.text, unit.brief, _alone(unit, taken))):
        tried = replace(unit, text=text, length=words(text))
        together = [*taken.values(), tried]
        quiet = sum(one.length for one in together if not one.asks)
        calm = _NAMED if room == _NAMED else _ROOM
        if sum(one.length for one in together) > room or (quiet > calm and not (unit.loud or unit.must)):
            continue
        packs = packed(sorted(together, key=lambda one: one.place), most)
        if packs is not None and (tried.weight >= _least(tried) or not strange(packs)):
            taken[unit.place] = tried
            return


def _alone(unit: Unit, taken: dict[int, Unit]) -> str:
    """The name of a list item beside others of its list, or behind what leads to it, where none is told in full."""
    beside = [one for one in taken.values() if unit.listed and one.group == unit.group]
    led = any(one.leads == unit.group or one.place == unit.place - 1 for one in taken.values())
    return unit.short if (beside or led) and all(one.text == one.short for one in beside) else ""


# --- sentences --------------------------------------------------------------------------------------------------


def _sentences(packs: list[list[Unit]], language: Language, names: frozenset[str]) -> list[str]:
    told = {unit.place for pack in packs for unit in pack}
    return [_joined(pack, _opened(pack[0], told, language), language, names) for pack in packs]


def _opened(unit: Unit, told: set[int], language: Language) -> str:
    """As it begins a sentence: what was `while …`, `which …` or `but …` in one too long stands by itself."""
    if unit.asks:
        return unit.text
    text = language.marks["contrast"].sub("", unit.text) if unit.contrasts else unit.text
    text = text if unit.place - 1 in told else language.marks["coupling"].sub("", text, count=1)
    return cuts.resumed(text, language)


def _joined(units: list[Unit], text: str, language: Language, names: frozenset[str]) -> str:
    for unit in units[1:]:
        text = f"{text.rstrip('.!,')}, {lowered(unit.text, language, names)}"
    text = text[:1].upper() + text[1:]
    return text if text.endswith(("?", "!", ".")) else f"{text}."


_NAME = re.compile(r"(?<=[\w,;)] )[A-ZÁÉÍÓÚÑ]\w+")


def names_in(pieces: list[Piece]) -> frozenset[str]:
    """Words with a capital that do not stand at the beginning of a sentence."""
    return frozenset(name for piece in pieces if piece.kind != "heading" for name in _NAME.findall(piece.raw))


_BEGUN = re.compile(r", (?=[¿¡]?[A-ZÁÉÍÓÚÑ])")


def _eased(text: str, language: Language, names: frozenset[str]) -> str:
    """What was a sentence of its own goes on in small letters behind a comma; choices are as they can be chosen."""
    if text.endswith("?"):
        return text
    first, *rest = _BEGUN.split(text)
    return ", ".join([first, *(lowered(part, language, names) for part in rest)])


def lowered(text: str, language: Language, names: frozenset[str] = frozenset()) -> str:
    """As it stands inside a sentence: names keep their capital."""
    at = 1 if text[:1] in ("¿", "¡") else 0
    if not language.code or signals.begins_with_name(text[at:], language, names):
        return text
    return text[:at] + text[at : at + 1].lower() + text[at + 1 :]
