"""A text without its titles, chatter and repetitions: the sentences that may be told of it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from aidevops_voice.languages import Language
from aidevops_voice.words import names, signals, titles
from aidevops_voice.words.speakable import Piece, sentence, words


def worthwhile(pieces: list[Piece], language: Language) -> list[Piece]:
    """Without headings, fillers, sizes of tables and what was said before; all of them where nothing else is there."""
    titled = _placed(_told_by_titles(titles.told(pieces, language), language), language)
    single = [one for piece in titled for one in _single(_plain(piece, language))]
    single = _answered(single, language)
    single = [piece for piece in single if not language.marks["hostile"].search(piece.text)]
    single = [piece for piece in single if not signals.praises(piece.text, language)] or single
    body = [
        piece for at, piece in enumerate(single) if not is_title(piece, language) or _tells(at, piece, language)
    ] or single
    body = _listed_in_table(body, language)
    body = [piece for piece in body if piece.kind != "table"] if any(piece.kind == "prose" for piece in body) else body
    opened = [replace(piece, text=signals.unopened(piece.text, language)) for piece in body]
    kept = [piece for piece in opened if not signals.is_filler(piece.text, language)] or opened
    told = [piece for at, piece in enumerate(kept) if not _announces(piece, kept[at + 1 : at + 2], language)] or kept
    return list({piece.text: piece for piece in told}.values())


def _listed_in_table(pieces: list[Piece], language: Language) -> list[Piece]:
    """With the line that counts what is wrong the rows of its short table: `Two were skipped: …`."""
    told = list(pieces)
    for at, (lead, table) in enumerate(pairwise(pieces)):
        rows = language.cardinal(table.raw.count(", ") + 1)
        counts = lead.kind == "lead" and f"{rows} " in lead.text.lower() and language.marks["caveat"].search(lead.text)
        if counts and table.kind == "table" and table.raw:
            raw = f"{lead.raw.rstrip(' :')}: {table.raw}"
            told[at] = replace(lead, kind="prose", text=sentence(raw, language), raw=raw)
    return told


_STEPS = re.compile(
    r"^\W*(?P<step>step|phase|stage|part|week|day|paso|fase|etapa|parte|semana|día)\s+\w+\s*[:.–—-]+\s*(?P<what>\w.*?)\W*$",
    re.I,
)
_STEPS_FOLLOW = re.compile(r"\b(?:these|the following|estos|los siguientes) (?:steps|pasos)\W*$", re.I)
_ASIDE = re.compile(r"\s*\([^()]*\)?\W*$")
_COUNTED = re.compile(r"^[\W_]*(?P<what>[^\W\d_][^()\n]{1,40}?)\s*\((?P<n>\d{1,4})\)\W*$")


def _told_by_titles(pieces: list[Piece], language: Language) -> list[Piece]:
    """Titles that are the steps of a plan, and those that count what stands under them, as one sentence each."""
    short = [(at, piece) for at, piece in enumerate(pieces) if len(piece.raw) < _TITLE]
    steps = [(at, found) for at, piece in short if (found := _STEPS.match(piece.raw))]
    counted = [
        (at, found)
        for at, piece in short
        if at + 1 < len(pieces) and pieces[at + 1].kind == "item" and (found := _COUNTED.match(piece.raw))
    ]
    told = dict(enumerate(pieces))
    if len(steps) > 1:
        for under in (n for at, _ in steps for n in _items_under(at, pieces)):
            del told[under]
        first, *others = [_ASIDE.sub("", found["what"]).strip(" *_") for _, found in steps]
        whats = [first, *(one[:1].lower() + one[1:] if one[1:2].islower() else one for one in others)]
        many = f"{len(steps)} {steps[0][1]['step'].lower()}s"
        told_of = f"{language.cardinal(len(steps))} {many.split(' ')[1]}"
        many = "" if any(told_of in piece.text.lower() for piece in pieces) else f"{many}: "
        _together(told, [at for at, _ in steps], f"{many}{', '.join(whats)}", language)
    if len(counted) > 1:
        raw = ", ".join(f"{found['n']} {found['what'].lower()}" for _, found in counted)
        _together(told, [at for at, _ in counted], raw, language)
    return list(told.values())


def _together(told: dict[int, Piece], places: list[int], raw: str, language: Language) -> None:
    """The first of these pieces says what all of them say."""
    for at in places[1:]:
        del told[at]
    told[places[0]] = replace(told[places[0]], kind="prose", text=sentence(raw, language), raw=raw)


def _items_under(at: int, pieces: list[Piece]) -> list[int]:
    """The list below a title."""
    end = next((n for n in range(at + 1, len(pieces)) if pieces[n].kind != "item"), len(pieces))
    return list(range(at + 1, end))


def _placed(pieces: list[Piece], language: Language) -> list[Piece]:
    """What stands under the name of a file is told with it, and items that say what it does under any short title."""
    found, file, title = list[Piece](), "", ""
    for piece in pieces:
        named = piece.raw.strip("`*_: ")
        if is_title(piece, language):
            file = named if names.is_file(named) and " " not in named else ""
            title = named if words(named) < _LEAST_TOLD else ""
        elif file and piece.kind != "table":
            piece, file, title = _under(file, piece, language), "", ""
        elif piece.kind == "item" and title and language.marks["subjectless"].search(piece.raw):
            piece = _under(title, piece, language)
        found.append(piece)
    return found


def _under(title: str, piece: Piece, language: Language) -> Piece:
    raw = f"{title}, {piece.raw[:1].lower() if piece.raw[1:2].islower() else piece.raw[:1]}{piece.raw[1:]}"
    return replace(piece, text=sentence(raw, language) or piece.text, raw=raw)


_HEADING = re.compile(r"\W*\*\*[^*\n]*\?\*\*\W*$")
"""A question in bold."""


def _answered(pieces: list[Piece], language: Language) -> list[Piece]:
    """Without questions that are the headings of their answers, and without answers that say nothing alone."""
    found, heads = list[Piece](), False
    for at, piece in enumerate(pieces):
        behind = pieces[at + 1 : at + 2]
        fragment = heads and language.marks["elliptic"].match(piece.text)
        below = piece.text.endswith("?") and behind and behind[0].kind == "prose" and behind[0].text[-1:] != "?"
        heads = bool(below and _HEADING.match(piece.raw) and not language.marks["to_user"].search(piece.text))
        found += [piece] if not (heads or fragment) else []
    return found or pieces


_TITLE = 80
"""Characters of a title."""
_ENDED = re.compile(r"(?<=[.?!]) ")
_LEAST_TOLD = 3
"""Words of a heading that says something."""
_BOLD = re.compile(r"\s*(\*\*|__)[^*_\n]{0,50}[^*_\n.?!]\1:?[^\w.?!]*$")

_STATED = re.compile(r"^\s*(?:\*\*|__)[^*_\n]*[.!?](?:\*\*|__)\s*$")
"""A sentence in bold is no heading."""
_CODE = re.compile(r" ?\(`?(?:[A-Z][A-Z0-9_]{5,}|[A-Z]{1,4}\d{3,5})`?\)")
"""The name of an error behind its plain words."""


def _plain(piece: Piece, language: Language) -> Piece:
    """Without codes that repeat what the words say."""
    if not _CODE.search(piece.raw):
        return piece
    raw = _CODE.sub("", piece.raw)
    return replace(piece, text=sentence(raw, language) or piece.text, raw=raw)


def _single(piece: Piece) -> list[Piece]:
    """One sentence each."""
    texts = _ENDED.split(piece.text)
    return [piece] if len(texts) == 1 else [replace(piece, text=text, raw=text) for text in texts]


def is_title(piece: Piece, language: Language) -> bool:
    """A heading that tells no failure of its own."""
    if piece.kind != "heading" and not (piece.kind == "prose" and _BOLD.match(piece.raw)):
        return False
    if words(piece.text) < _LEAST_TOLD:
        return True
    if _STATED.search(piece.raw) or (piece.raw.startswith("**") and language.marks["advice"].search(piece.text)):
        return False
    # A sign in it is said in words, and tells of no more than the title does.
    return not language.bad.search(language.not_bad.sub("", piece.raw))


def _tells(at: int, piece: Piece, language: Language) -> bool:
    """Whether it is the title of all, and says what came of it: `Apply stopped part-way`."""
    return at == 0 and words(piece.text) >= _LEAST_TOLD and bool(language.marks["failing"].search(piece.raw))


def _announces(piece: Piece, behind: list[Piece], language: Language) -> bool:
    """The line in front of code, which says nothing without it."""
    if piece.kind != "lead" or (behind and behind[0].kind == "item"):
        return piece.kind == "lead" and bool(_STEPS_FOLLOW.search(piece.raw))
    return bool(language.marks["announce"].search(piece.text)) and not signals.has_number(piece.text, language)


_NUMBERS = re.compile(r"(?:#?\d[\d.]*(?:, (?:and |y )?| and | y )){4,}#?\d")
"""More than four numbers in a row."""


def only_numbers(piece: Piece, language: Language) -> bool:
    """Whether nothing but many numbers stands there: `Their ids are 3, 20, 37, …`."""
    if not _NUMBERS.search(piece.raw) or signals.troubled(piece.text, language):
        return False
    marks = ("negation", "result", "did", "gone", "due")
    return not any(language.marks[mark].search(_NUMBERS.sub("", piece.raw)) for mark in marks)
