"""Lists among the units: choices, names that stand for their items, steps in order, and what points at an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from aidevops_voice.languages import Language
from aidevops_voice.words import signals
from aidevops_voice.words.captions import announces
from aidevops_voice.words.speakable import LONGEST, Piece, words
from aidevops_voice.words.statements import Unit

_CHOICES = 3
"""Items in front of a question that are what it asks about."""
_LIST_WORDS, _READ, _LONG_LIST = 12, 25, 40
"""Words up to which a list is read with its explanations, with what follows from them, and with its names alone."""
_ALL_TOLD = 45
"""Words of a failure with all the items that it counts."""
_NAMED_SHARE = 0.7
"""Share of the items that have a name in front of their explanation, from which the names tell the list."""
_STEP, _STEPS = 3.0, 5.0
"""What a name that stands for its item is worth, and the names of all steps."""
_PLAN = 4
"""Items from which on a list of steps is one."""
_TELLING, _COUNTED = ("result", "claim", "gone"), ("caveat", "yours")
"""What a line that leads to a list says by itself, and what where it counts them: `two are still open`."""
_MEANT = 12
"""Words of an item that is told with what points at it."""


def arranged(units: list[Unit], pieces: Sequence[Piece], language: Language) -> list[Unit]:
    """With each list as it is told; `pieces` is the text with its headings."""
    last = max((at for at, piece in enumerate(pieces) if piece.kind == "item"), default=0)
    planned = any(piece.kind != "item" and language.marks["planned"].search(piece.text) for piece in pieces[:last])
    for group in dict.fromkeys(unit.group for unit in units if unit.listed):
        units = _counted(group, units, language)
        units = _steps(group, units, language) if planned else units
        units = _alike(group, units)
        units = _failures(group, units, language)
        units = _evenly(group, units, language)
    units = _reasoned(units, language)
    units = [_leading(unit, units, language) for unit in units]
    for unit in units:
        meant = _meant(unit, units, language)
        # What is told of it twice is no news, and what is told of another is not meant.
        beside = _before(unit, units) if meant.text != unit.text else -1
        units = [meant if one is unit else _passed(one) if one.group == beside else one for one in units]
    return _shortened(_choices(units), language)


def _reasoned(units: list[Unit], language: Language) -> list[Unit]:
    """With more worth for what begins with the very thing that is recommended before it, and with nothing else."""
    at = next((one.place for one in units if not one.listed and language.marks["advice"].search(one.text)), None)
    if at is None:
        return units
    told, behind = f" {units[at].text.lower()} ", units[at + 1 :]
    told = re.sub(r"[,.]", "", told)
    begun = [one for one in behind if (name := _subject(one)) and f" {name} " in told]
    fits = begun and len({_subject(one) for one in begun}) == 1 and not (begun[0].negated or begun[0].troubled)
    return _replaced(units, {begun[0].place: replace(begun[0], worth=begun[0].worth + _STEPS)}) if fits else units


_SUBJECT = re.compile(r"(?:(?:the|an?|el|la|los|las) )?([^\W\d_]{3,} (?!(?:is|are|es|son|de|of)\b)[\w-]+)\b", re.I)


def _subject(unit: Unit) -> str:
    """What a list item is about: its name, or its first words."""
    found = _SUBJECT.match(unit.text) if unit.listed and not unit.name else None
    return (found[1] if found else unit.name).lower()


def _items(group: int, units: list[Unit]) -> list[list[Unit]]:
    """The sentences of each item of a list."""
    blocks: dict[int, list[Unit]] = {}
    for unit in units:
        if unit.group == group:
            blocks.setdefault(unit.block, []).append(unit)
    return list(blocks.values())


def _replaced(units: list[Unit], new: dict[int, Unit]) -> list[Unit]:
    return [new.get(unit.place, unit) for unit in units]


def _counted(group: int, units: list[Unit], language: Language) -> list[Unit]:
    """The names of few long items are told with the line that counts them: `two of them block it, this and that`."""
    items = _items(group, units)
    lead = units[items[0][0].place - 1] if items[0][0].place else items[0][0]
    names = [item[0].name for item in items]
    texts = " ".join(one.text for item in items for one in item)
    picked = language.marks["advice"].search(texts)
    if picked or not _counts(lead, items, language) or not all(names) or not 1 < len(items) <= _CHOICES:
        return units
    text = f"{lead.text}, {_all_of(names, language)}"
    if sum(unit.length for item in items for unit in item) <= _LONG_LIST or words(text) > LONGEST:
        return units
    told = replace(lead, text=text, length=words(text), worth=lead.worth + _STEPS, loud=_any_loud(items), leads=-1)
    return _replaced(units, {told.place: told, **{one.place: _less(one) for item in items for one in item}})


def _any_loud(items: list[list[Unit]]) -> bool:
    return any(unit.loud for item in items for unit in item)


def _less(unit: Unit) -> Unit:
    return replace(unit, worth=unit.worth - _STEP, loud=False)


def _passed(unit: Unit) -> Unit:
    return replace(unit, worth=unit.worth - _STEPS, facts=frozenset(), short="", loud=False)


def _all_of(names: Sequence[str], language: Language) -> str:
    *others, last = names
    return f"{', '.join(others)} {language.terms['and']} {last}" if others else last


def _steps(group: int, units: list[Unit], language: Language) -> list[Unit]:
    """A plan is told by the number and names of its steps, or from its first step on."""
    items = _items(group, units)
    if len(items) < _PLAN:
        return units
    names = [item[0].name for item in items]
    many, small = f"{language.cardinal(len(items))} {language.terms['steps']}", _small(language)
    text = f"{many}, {', '.join(map(small, names))}"
    named = all(names) and words(text) <= LONGEST
    if not named:
        text = f"{many}, {language.ordinal(1, False)} {small(items[0][0].text)}"
    text = text if words(text) <= LONGEST else items[0][0].text
    first = replace(items[0][0], text=text, short="", brief="", length=words(text), worth=_STEPS, loud=False)
    later = {unit.place: replace(unit, worth=unit.worth - _STEP, loud=False) for item in items[1:] for unit in item}
    cruxes = (_crux(n, item, language) for n, item in enumerate(items, 1))
    return _replaced(units, {first.place: first, **later, **{one.place: one for one in cruxes if one}})


def _crux(n: int, item: list[Unit], language: Language) -> Unit | None:
    """What says of a step that it is the long or the risky one, with its name or number."""
    crux = next((unit for unit in item[1:] if language.marks["crux"].search(unit.text)), None)
    if not crux:
        return None
    text = f"{item[0].name or language.terms['step'].format(n=language.cardinal(n))}, {_small(language)(crux.text)}"
    needs = item[0].place if n == 1 else -1
    return replace(crux, text=text, length=words(text), worth=crux.worth + _STEPS, needs=needs)


def _small(language: Language) -> Callable[[str], str]:
    return lambda text: text if signals.begins_with_name(text, language) else text[:1].lower() + text[1:]


def _leading(unit: Unit, units: list[Unit], language: Language) -> Unit:
    """A line that only leads to a list needs some of it."""
    behind = units[unit.place + 1 : unit.place + 2]
    if not (unit.lead and behind and behind[0].listed) or unit.asks:
        return unit
    if announces(unit.text, language) and not (unit.loud or unit.negated):
        return replace(unit, leads=behind[0].group, worth=unit.worth - _STEPS)
    if language.marks["leadin"].match(unit.text):
        return replace(unit, leads=behind[0].group, worth=unit.worth - _STEP * (not unit.facts))
    if unit.loud or unit.negated:
        return unit
    telling = (*_TELLING, *_COUNTED) if signals.has_number(unit.text, language) else _TELLING
    told = language.good.search(unit.text) or any(language.marks[mark].search(unit.text) for mark in telling)
    return unit if told else replace(unit, leads=behind[0].group)


def _evenly(group: int, units: list[Unit], language: Language) -> list[Unit]:
    """Of two or three items of which not all would be told each is told without what follows from it."""
    items = [item for item in _items(group, units) if item]
    if not 1 < len(items) <= _CHOICES or sum(unit.length for item in items for unit in item) <= _READ:
        return units
    lead = units[max(0, items[0][0].place - 1)]
    counted = language.marks["both"].search(lead.text) or _counts(lead, items, language)
    heads = [item[0] for item in items]
    told = [_curt(head) if head.brief and _quiet(head, language) else head for head in heads]
    if told == heads:
        return units
    return _replaced(units, {one.place: replace(one, worth=one.worth + _STEP * bool(counted)) for one in told})


def _alike(group: int, units: list[Unit]) -> list[Unit]:
    """Of two or three items with a statement in bold at their head all heads come before what is said about one."""
    heads = [item[0] for item in _items(group, units)]
    if not 1 < len(heads) <= _CHOICES or not all(head.headed for head in heads):
        return units
    most = max(head.worth for head in heads)
    return _replaced(units, {one.place: replace(one, worth=most - n) for n, one in enumerate(heads)})


def _failures(group: int, units: list[Unit], language: Language) -> list[Unit]:
    """Of two or three items that a failure counts, `two were rejected`, each is told before what to do about it."""
    items = _items(group, units)
    heads = [item[0] for item in items]
    lead = units[max(0, heads[0].place - 1)]
    counted = lead.place == 0 and lead.troubled and _counts(lead, items, language) and not units[-1].asks
    room = lead.length + sum(head.length for head in heads) <= _ALL_TOLD
    if not (1 < len(items) <= _CHOICES and counted and room):
        return units
    most = max(head.worth for head in heads)
    codes = [signals.has_number(one.short, language) for one in heads]
    return _replaced(
        units,
        {
            one.place: replace(one, worth=most, loud=True, short="" if code else one.short)
            for one, code in zip(heads, codes, strict=True)
        },
    )


def _curt(unit: Unit) -> Unit:
    return replace(unit, text=unit.brief, length=words(unit.brief))


def _counts(lead: Unit, items: list[list[Unit]], language: Language) -> bool:
    return not lead.listed and bool(re.search(rf"\b{language.cardinal(len(items))}\b", lead.text.lower()))


def _quiet(unit: Unit, language: Language) -> bool:
    """Whether what it adds tells of nothing that is wrong."""
    added = unit.text[len(unit.brief) :]
    return not (signals.troubled(added, language) or language.marks["negation"].search(added))


def _meant(unit: Unit, units: list[Unit], language: Language) -> Unit:
    """What points at an item, `I'd do the first`, with it, or only behind it."""
    found = None if unit.listed else language.marks["picks"].search(unit.text)
    items = _items(_before(unit, units), units)
    meant = _picked(found, items, language) if found and 1 < len(items) <= _PLAN else []
    if not found or not meant:
        return unit
    ended = found.end() == len(unit.text) or (
        unit.text[found.end()] == "," and " " in unit.text[: found.start()].strip()
    )
    if ended and _advises(unit, language):
        for text in _naming(unit.text, found.end(), _tellings(meant, language)):
            if words(text) <= LONGEST:
                return replace(unit, text=text, length=words(text), worth=unit.worth + _STEP)
    return replace(unit, needs=meant[0][0].place, worth=unit.worth - _STEP) if unit.needs < 0 else unit


def _naming(text: str, at: int, told: list[str]) -> list[str]:
    """A text with what it points at behind the place where it does so, at last without what goes on from there."""
    whole = [f"{text[:at]}, {one}{text[at:]}" for one in reversed(told)] if text[at:] else []
    return [*whole, *(f"{text[:at]}, {one}" for one in told)]


def _before(unit: Unit, units: list[Unit]) -> int:
    """The group of the last list before it."""
    return next((one.group for one in reversed(units[: unit.place]) if one.listed), -1)


def _tellings(items: list[list[Unit]], language: Language) -> list[str]:
    """Items in a few words, the best first: as they are told, and by their names."""
    heads = [item[0] for item in items]
    said = [[one.brief or one.text for one in heads], [one.name or one.short for one in heads]]
    led = [[_small(language)(language.marks["also_led"].sub("", text)) for text in texts] for texts in said]
    return [_all_of(texts, language) for texts in led if all(texts) and sum(map(words, texts)) <= _MEANT * len(texts)]


def _advises(unit: Unit, language: Language) -> bool:
    return unit.asks or any(language.marks[mark].search(unit.text) for mark in ("advice", "due", "gist"))


def _picked(found: re.Match[str], items: list[list[Unit]], language: Language) -> list[list[Unit]]:
    if found["all"]:
        return items
    if found["first"] or found["last"]:
        return [items[0] if found["first"] else items[-1]]
    said = (found["nth"] or found["n"]).lower()
    for n, item in enumerate(items, 1):
        if said in (language.ordinal(n, False), language.ordinal(n, True), language.cardinal(n), "abcd"[n - 1]):
            return [item]
    return []


def _choices(units: list[Unit]) -> list[Unit]:
    """List items in front of a closing question are what it asks about; then their introduction may go."""
    if not units or not units[-1].asks:
        return units
    at = len(units) - 2
    while at >= 0 and units[at].listed:
        at -= 1
    if not 0 < len(units) - 2 - at <= _CHOICES:
        return units
    chosen = [replace(unit, worth=unit.worth + 2, must=at == 0) for unit in units[at + 1 : -1]]
    return [*units[: at + 1], *chosen, units[-1]]


def _differ(items: list[Unit], language: Language) -> bool:
    """Whether one is done and another is not, which their names do not tell."""
    result = language.marks["result"]
    done = any(not one.negated and result.search(one.text, len(one.short)) for one in items)
    return done and any(one.negated for one in items)


def _shortened(units: list[Unit], language: Language) -> list[Unit]:
    """Of a list of names all names are worth more than what is said about one; those of files say little."""
    file = f" {language.terms['dot']} "
    lists: dict[int, list[Unit]] = {}
    for unit in units:
        lists.setdefault(unit.group, []).append(unit)
    named = {
        group
        for group, items in lists.items()
        if sum(bool(one.short) for one in items) > max(1, len(items) * _NAMED_SHARE)
        and sum(one.length for one in items) > _LIST_WORDS
        and (len(items) > _CHOICES or not _differ(items, language))
    }
    return [
        replace(
            unit, text=unit.short, length=words(unit.short), worth=max(unit.worth, _STEP * (file not in unit.short))
        )
        if unit.group in named and unit.short
        else unit
        for unit in units
    ]
