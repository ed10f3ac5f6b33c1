"""Headings that say something: a statement, `Yes, but only just`, or what became of the items below: `✅ Moved`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aidevops_voice.languages import Language
from aidevops_voice.words import signals
from aidevops_voice.words.speakable import Piece, sentence, words

_MARKS = re.compile(r"^[^\w`*¿¡\"'(]+|[^\w`*.!?)\"']+$")
TITLE = -1
"""The block of a title that is told as a sentence."""
_STEM = 4
"""Letters by which two forms of a word are the same."""
_ALIKE = 0.6
"""Share of the words of a heading which a sentence below repeats, from which it says nothing new."""
_BELOW = 4
"""Sentences below in which it may come again."""
_MOST = 14
"""Words of a statement."""
_FEW, _TITLE, _NAMES = 3, 4, 14
"""Items that are told under what became of them, words of such a title, and words of names told in one sentence."""
_BOLD = re.compile(r"\s*\*\*[^*\n]{2,50}[^*\n.?!:]\*\*:?[^\w.?!]*$")
"""A title in bold, with a sign behind it."""
_SHORT = 5
"""Words of an item that is its own name."""
_NAMED = re.compile(r"^\W*(?:\*\*([^*\n]{2,40})\*\*|`([^`\n]{2,40})`)")


def told(pieces: Sequence[Piece], language: Language) -> list[Piece]:
    """With the headings that state something as sentences, those of a list's outcome with its items."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        below = _items_below(at, pieces) if _is_outcome(piece, language) else []
        if below and (sorted_ := _sorted(piece, below, language)):
            found += sorted_
            at += 1 + len(below)
            continue
        found.append(_stated(piece, pieces[at + 1 :], language) if not at else _named(piece, language))
        at += 1
    return found


def _bare(raw: str) -> str:
    return _MARKS.sub("", raw.strip().strip("*_ ")).strip()


def _is_heading(piece: Piece) -> bool:
    return piece.kind == "heading" or (piece.kind == "prose" and bool(_BOLD.match(piece.raw)))


def _stated(piece: Piece, below: Sequence[Piece], language: Language) -> Piece:
    """The title of a text as a sentence where it is one and nothing below says the same."""
    raw = _bare(piece.raw)
    if not _is_heading(piece) or not language.code or words(raw) > _MOST or raw.endswith("?"):
        return piece
    if not below or not _states(raw, language) or _is_repeated(raw, below, language):
        return piece
    raw = _small(raw, language)
    return replace(piece, kind="prose", raw=raw, text=sentence(raw, language), block=TITLE)


def _states(raw: str, language: Language) -> bool:
    """`It works again`, `Fixed: the lamp stays on`."""
    label, _, what = raw.partition(": ")
    became = language.marks["outcome_title"].match(label) and words(what) > words(label)
    return bool(language.marks["stated"].search(raw) or became)


def _named(piece: Piece, language: Language) -> Piece:
    """`The fix: a fixed timestep` as a sentence."""
    if not _is_heading(piece):
        return piece
    label, colon, what = _bare(piece.raw).partition(": ")
    weighty = colon and language.marks["weighty"].search(label) and 1 < words(what) <= _MOST
    if not weighty or what.endswith("?"):
        return piece
    return replace(piece, kind="prose", raw=f"{label}: {what}", text=sentence(f"{label}: {what}", language))


def _is_repeated(raw: str, below: Sequence[Piece], language: Language) -> bool:
    own = _stems(raw, language)
    prose = [piece for piece in below if piece.kind != "heading"][:_BELOW]
    return bool(own) and any(len(own & _stems(piece.raw, language)) >= _ALIKE * len(own) for piece in prose)


def _stems(text: str, language: Language) -> set[str]:
    return {word[:_STEM] for word in re.findall(r"[^\W_]{2,}", text.lower()) if word not in language.common}


def _small(raw: str, language: Language) -> str:
    """`Version 2 Is Out` as a sentence is written."""
    first, *others = raw.split(" ")
    plain = [word for word in others if word.isalpha()]
    if not plain or not all(word[0].isupper() for word in plain):
        return raw
    names = [signals.begins_with_name(one, language) or not one.isalpha() for one in others]
    return " ".join([first, *(one if name else one.lower() for one, name in zip(others, names, strict=True))])


def _items_below(at: int, pieces: Sequence[Piece]) -> list[Piece]:
    end = next((n for n in range(at + 1, len(pieces)) if pieces[n].kind != "item"), len(pieces))
    return list(pieces[at + 1 : end])


def _is_outcome(piece: Piece, language: Language) -> bool:
    raw = _bare(piece.raw).rstrip(":")
    return _is_heading(piece) and 0 < words(raw) <= _TITLE and bool(language.marks["outcome_title"].match(raw))


def _sorted(title: Piece, items: list[Piece], language: Language) -> list[Piece]:
    """`Moved: this, that` by the names of the items; what is not is told with the sentence of each of few items."""
    what = _bare(title.raw).rstrip(":")
    if language.marks["negation"].search(what):
        firsts = list({item.block: item for item in reversed(items)}.values())[::-1]
        named = [item for item in firsts if item is firsts[0] or not _denies(item.raw, language)]
        raws = [f"{what}: {item.raw}" if item in named else item.raw for item in items]
        short = len(firsts) <= _FEW
        return [_said(item, raw, language) for item, raw in zip(items, raws, strict=True)] if short else []
    names = [name for item in items if (name := _name(item))]
    if len(names) != len(items) or sum(map(words, names)) > _NAMES:
        return []
    return [_said(items[0], f"{what}: {', '.join(name.strip(' :.') for name in names)}", language)]


def _name(item: Piece) -> str:
    """What it begins with in bold or code; all of one that is short."""
    found = _NAMED.match(item.raw)
    return (found[1] or found[2]) if found else item.raw if words(item.raw) <= _SHORT else ""


def _denies(text: str, language: Language) -> bool:
    """Whether it says of itself that it is not so."""
    return signals.troubled(text, language) or bool(language.marks["negation"].search(text))


def _said(item: Piece, raw: str, language: Language) -> Piece:
    return replace(item, kind="prose", raw=raw, text=sentence(raw, language) or item.text)
