"""Number words of English and Spanish as digits: cardinals, ordinals, years, decimals, and digits said one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BREAKS = frozenset(",;:!?.—–|()\n")
"""Marks that end a number; one is kept where it stands between two numbers."""


def _from(first: int, step: int, words: str) -> dict[str, int]:
    return {word: first + step * at for at, word in enumerate(words.split())}


@dataclass(frozen=True, slots=True)
class Numerals:
    """The number words of one language."""

    small: Mapping[str, int]
    scales: Mapping[str, int]
    ordinals: Mapping[str, int]
    joint: str
    """Between hundreds and tens in English, between tens and ones in Spanish."""
    points: frozenset[str]
    zeros: frozenset[str]
    """Letters that stand for zero between numbers."""


ENGLISH = Numerals(
    small=_from(
        0,
        1,
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
    )
    | _from(20, 10, "twenty thirty forty fifty sixty seventy eighty ninety"),
    scales={"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    ordinals={"first": 1}
    | _from(
        3,
        1,
        "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth",
    )
    | _from(20, 10, "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"),
    joint="and",
    points=frozenset({"point", "dot"}),
    zeros=frozenset({"oh", "o"}),
)
SPANISH = Numerals(
    small=_from(
        0,
        1,
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
        "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
        "veintiocho veintinueve",
    )
    | _from(30, 10, "treinta cuarenta cincuenta sesenta setenta ochenta noventa")
    | _from(
        200,
        100,
        "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
    )
    | _from(
        200,
        100,
        "doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas novecientas",
    )
    | {"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21, "cien": 100, "ciento": 100},
    scales={"mil": 1000, "millon": 10**6, "millones": 10**6, "billon": 10**12, "billones": 10**12},
    ordinals={"primero": 1},
    joint="y",
    points=frozenset({"punto", "coma", "point"}),
    zeros=frozenset(),
)
MONTHS: Mapping[str, int] = (
    _from(1, 1, "january february march april may june july august september october november december")
    | _from(1, 1, "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
    | _from(1, 1, "jan feb mar apr may jun jul aug sep oct nov dec")
)
ORDINAL_ENDS = ("st", "nd", "rd", "th")


def numbered(found: Sequence[str], *, spanish: bool = False) -> list[str]:
    """Words with number words as digits, ordinals as `20th`; digits behind a point keep their zeros."""
    words = SPANISH if spanish else ENGLISH
    out: list[str] = []
    at = 0
    while at < len(found):
        word = found[at]
        behind_point = bool(out) and out[-1] == "point"
        value, after, ordinal = _number(found, at, words, whole=not behind_point)
        if after > at:
            out.append(f"{value}th" if ordinal else str(value))
            at = after
            continue
        number = _begins_number(found, at + 1, words)
        if word in words.points and number and _is_number(out):
            out.append("point")
        elif word in words.zeros and number and (_is_number(out) or behind_point):
            out.append("0")
        elif word in BREAKS:
            out += [","] if number and _is_number(out) else []
        else:
            out.append(_plain_number(word, behind_point))
        at += 1
    return ["dot" if spanish and word == "punto" else word for word in out]


def _is_number(out: Sequence[str]) -> bool:
    return bool(out) and out[-1].isdecimal()


def _plain_number(word: str, behind_point: bool) -> str:
    if word[:-2].isdecimal() and word[-2:] in ORDINAL_ENDS:
        return f"{int(word[:-2])}th"
    if not (word.isdecimal() and word.isascii() and len(word) < 16):
        return word
    return word if behind_point else str(int(word))


def _begins_number(found: Sequence[str], at: int, words: Numerals) -> bool:
    if at >= len(found):
        return False
    return found[at] in words.small or found[at] in words.zeros or found[at].isdecimal()


def _number(found: Sequence[str], at: int, words: Numerals, *, whole: bool) -> tuple[int, int, bool]:
    """The number that begins at this word, the place after it, and whether it is an ordinal.

    The place is this one where there is none; `whole` is false behind a point, where `two million` is a two.
    """
    total = part = group = last = 0
    room = 10**12
    begun, after, ordinal = False, at, False
    if found[at] in ("a", "an") and at + 1 < len(found) and found[at + 1] in words.scales:
        group, begun, after = 1, True, at + 1
    while after < len(found) and not ordinal:
        word = found[after]
        if begun and word == words.joint and _joins(found, after + 1, words, room):
            after += 1
            continue
        scale = _scale(word, words) if whole and (begun or word == "mil") else 0
        if words.small.get(word, room) < room and (room != 10 or words.joint != "y" or found[after - 1] == "y"):
            group += (value := words.small[word])
            room = 100 if value >= 100 else 10 if value >= 20 and value % 10 == 0 else 0
            room = 0 if word == "cien" else room
        elif words.ordinals.get(word, room) < room or _is_second(found, after, begun and room == 10):
            group += words.ordinals.get(word, 2)
            ordinal = True
        elif scale == 100:
            group, room = group * 100, 100
        elif scale and (scale == 1000 or not last or scale < last):
            amount = part + group or int(total > 0 or not begun)
            total, part = (total, amount * scale) if scale == 1000 else (total + amount * scale, 0)
            group, room, last = 0, scale, last if scale == 1000 else scale
        else:
            break
        ordinal = ordinal or bool(scale and word not in words.scales)
        begun, after = True, after + 1
    return total + part + group, after, ordinal


def _scale(word: str, words: Numerals) -> int:
    """Hundred, thousand, and as ordinals: two hundredth."""
    return words.scales.get(word) or (words.scales.get(word.removesuffix("th"), 0) if words is ENGLISH else 0)


def _joins(found: Sequence[str], at: int, words: Numerals, room: int) -> bool:
    if at >= len(found) or words.small.get(found[at], room) >= room:
        return False
    return words.joint == "y" or room >= 100


def _is_second(found: Sequence[str], at: int, after_tens: bool) -> bool:
    """`second` is a unit of time, but in a date."""
    if found[at] != "second":
        return False
    before = found[at - 1 - after_tens] if at > after_tens else ""
    month = found[at + 2] if found[at + 1 : at + 2] == ["of"] and at + 2 < len(found) else ""
    return before in MONTHS or month in MONTHS


def joined(words: Sequence[str]) -> list[str]:
    """Digits said one by one put together: `4 0 4` is 404; behind a point zeros stay."""
    out: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1 and word.isdecimal():
            run += word
            continue
        if run:
            out.append(run if out and out[-1] == "point" else str(int(run)))
        run = ""
        out.append(word)
    return out[:-1]


def cardinals(words: Sequence[str]) -> list[str]:
    """Ordinals as plain numbers: `20th` is 20."""
    return [word[:-2] if word[:-2].isdecimal() and word.endswith("th") else word for word in words]


def unknown(words: Sequence[str], known: frozenset[str] | set[str]) -> list[str]:
    """Runs of numbers that cannot be parted into known ones: `20 25` is fine where 2025 is known, or 20 and 25.

    An ordinal ends its run.
    """
    wrong: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        nth = word[:-2].isdecimal() and word.endswith("th")
        if word.isdecimal() or nth:
            run.append(word[:-2] if nth else word)
        if word.isdecimal():
            continue
        if run and not _parts(run, known):
            wrong.append(" ".join(run))
        run = []
    return wrong


def _parts(run: Sequence[str], known: frozenset[str] | set[str]) -> bool:
    reached = {0}
    for end in range(1, len(run) + 1):
        for begin in range(max(0, end - 24), end):
            if begin in reached and str(int("".join(run[begin:end])[:400])) in known:
                reached.add(end)
                break
    return len(run) in reached
