"""Units -> sentences of at most 20 words: what belongs together stays together, what would be misheard apart; pure."""

from __future__ import annotations

from itertools import pairwise

from aidevops_voice.words.speakable import LONGEST
from aidevops_voice.words.statements import Unit


def packed(units: list[Unit], most: int) -> list[list[Unit]] | None:
    """Sentences of at most 20 words; parts of one sentence stay together where they can."""
    packs: list[list[Unit]] = []
    for unit in units:
        if unit.length > LONGEST:
            return None
        near = bool(packs) and (packs[-1][-1].group == unit.group or _leads(packs[-1], unit, units))
        if near and length(packs[-1]) + unit.length <= LONGEST:
            packs[-1].append(unit)
        elif unit.torn and packs:
            return None
        else:
            packs.append([unit])
    while len(packs) > most:
        pairs = [
            (length(one) + length(other) + 100 * other[-1].asks + 50 * _turns(one, other), at)
            for at, (one, other) in enumerate(pairwise(packs))
            if length(one) + length(other) <= LONGEST
            and not (one[-1].asks or _apart(one, other) or _drowns(one, other))
        ]
        if not pairs:
            return None
        _, at = min(pairs)
        packs[at : at + 2] = [packs[at] + packs[at + 1]]
    return packs


def _leads(pack: list[Unit], item: Unit, units: list[Unit]) -> bool:
    """Whether it leads to a list that has room beside it, or names what its items are about."""
    listed = [unit for unit in units if unit.group == item.group]
    room = bool(pack[-1].facts) or length(pack) + length(listed) <= LONGEST
    return pack[-1].leads == item.group and room


def _turns(one: list[Unit], other: list[Unit]) -> bool:
    """Whether a negation of the one would be heard of the other."""
    return any(unit.negated for unit in one) != any(unit.negated for unit in other)


def _apart(one: list[Unit], other: list[Unit]) -> bool:
    """Whether an item would be heard of another list, or of what is told of another heading, or `because …`."""
    first, second = one[-1], other[0]
    if first.group == second.group:
        return False
    if second.leads >= 0 or (first.leads >= 0 and first.leads != second.group):
        return True
    turned = (first.troubled and second.text == second.short) or (second.troubled and not first.troubled)
    if second.listed and second.text == second.short and not first.lead:
        return True  # A name alone is heard as the end of what stands before it.
    beside = second.listed and first.section != second.section and turned
    return (first.listed and second.listed) or beside or one[0].clings


_BRIEF = 3
"""Words of a question, or of what leads to it, that stand in one sentence."""


def _drowns(one: list[Unit], other: list[Unit]) -> bool:
    """Whether a question would be heard as the end of a list."""
    return other[-1].asks and one[-1].listed and not one[-1].must and min(length(one), length(other)) > _BRIEF


def strange(packs: list[list[Unit]]) -> bool:
    """Whether some sentence is made of several."""
    return any(one.group != other.group and one.leads != other.group for pack in packs for one, other in pairwise(pack))


def length(units: list[Unit]) -> int:
    """Words."""
    return sum(unit.length for unit in units)
