"""Whether a text tells of a loss already, in whatever words."""

from __future__ import annotations

import re
from functools import cache

from aidevops_voice.languages import Language, Saying, languages
from aidevops_voice.words import signals, wording

_READ = 4000
_RESETS = frozenset({"losses.reset", "losses.reset_to", "losses.commits", "losses.unpushed", "losses.unpushed_also"})
_UNCOMMITTED = frozenset({"losses.reset", "losses.reset_to", "losses.discarded_any"})
"""What is lost of these is what was in no commit."""
_SENTENCE = re.compile(r"[.?!]+\s+|\n+")
_TRIES, _AHEAD = 6, 4
"""Sentences with a word of loss, and those from each on, in which names are looked for."""
_FORCED = "losses.forced"
_NAMING = ("first", "last", "names", "rest")
_SMALL, _NEAR = 12, 4
"""Counts up to the first are said of much; they count within so many words of the word of loss."""


def told(fact: Saying, text: str, language: Language, *, loosely: bool = True) -> bool:
    """Whether a text tells of it: a word of loss, and there the names or the count; `loosely` without what it is of."""
    lost = _words(fact.key, language)
    before = int(fact.key.startswith(_FORCED))  # `It is on main now. The push was refused, so I forced it.`
    said = [one for one in _SENTENCE.split(text[:_READ]) if one.strip()]
    found = [at for at, one in enumerate(said) if lost.search(language.marks["spared"].sub("", one))]
    for at in found[:_TRIES]:
        near = " ".join(wording.render(one, language) for one in said[max(0, at - before) : at + _AHEAD]).lower()
        if _named(fact, near, language):
            return True
        if loosely and _alone(fact, wording.render(said[at], language).lower(), near, lost, language):
            return True
    return False


def _words(key: str, language: Language) -> re.Pattern[str]:
    keys = ("losses.words", "losses.reset_words") if key in _RESETS else ("losses.words",)
    return _listed(", ".join(str(language.phrases[key]) for key in keys))


@cache
def _listed(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases.split(', ')))})\b", re.I)


def _named(fact: Saying, said: str, language: Language) -> bool:
    """By its names and by what it was in, or by how many."""
    words = set(re.findall(r"[^\W_]+", said))
    names = _names(fact, "first", "last", "names")
    counted = fact.n is not None and (fact.n == 1 or bool(_counts(fact.n, said, language)))
    about = [raw for key, raw in fact.fields.items() if isinstance(raw, str) and key not in _NAMING]
    if about and not all(_stands(raw, words, language) for raw in about):
        return False
    if names:
        return all(_stands(raw, words, language) for raw in names) or (counted and fact.n != 1)
    if fact.n is not None:
        return counted
    kind = set(re.findall(r"[^\W_]{4,}", wording.told(fact, language).lower())) - language.common
    return bool(about) or len(kind & words) >= 2


def _names(fact: Saying, *keys: str) -> list[str]:
    listed = [str(fact.fields[key]) for key in keys if fact.fields.get(key)]
    return list(dict.fromkeys(name for raw in listed for name in raw.split(", ")))


def _alone(fact: Saying, own: str, near: str, lost: re.Pattern[str], language: Language) -> bool:
    """By the sentence with the word of loss itself, whatever it calls what is gone."""
    if fact.key in _UNCOMMITTED:
        return bool(_listed(str(language.phrases["losses.uncommitted"])).search(own))
    if fact.key == "losses.some_rows":
        return signals.has_number(own, language)
    words = set(re.findall(r"[^\W_]+", near))
    named = sum(_stands(raw, words, language) for raw in _names(fact, *_NAMING))
    left = (fact.n or 0) - named
    return bool(fact.n and fact.n > 1) and (left <= 0 or _close(left, own, lost, language))


def _close(n: int, said: str, lost: re.Pattern[str], language: Language) -> bool:
    """Whether a count stands beside the word of loss, a large one anywhere in its sentence."""
    found = _counts(n, said, language)
    # `Deleted, before Monday, 551` is a row of a table.
    gone = [
        len(said[: one.start()].split())
        for one in lost.finditer(said)
        if one.start() or said[one.end() : one.end() + 1] != ","
    ]
    if n > _SMALL or not found:
        return bool(found and gone)
    return any(abs(len(said[:at].split()) - one) <= _NEAR for at in found for one in gone)


def _counts(n: int, said: str, language: Language) -> list[int]:
    """Where a number stands, in any gender, and not as a part of a larger one."""
    forms = {language.cardinal(n), *(language.agreeing(n, word) for word in re.findall(r"[^\W\d_]+", said))}
    listed = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    number = _number_words(language.code)
    glued = rf"(?:{re.escape(language.terms['and'])} )?"
    found = re.finditer(rf"(?<![\w-])(?P<n>{listed})(?![\w-])(?P<next>(?: {glued}[\w-]+)?)", said)
    return [
        match.start("n")
        for match in found
        if not number.fullmatch(match["next"].rpartition(" ")[2].partition("-")[0])
        and not number.fullmatch(said[: match.start()].rpartition(" ")[0].rpartition(" ")[2].rstrip() or "-")
    ]


@cache
def _number_words(code: str) -> re.Pattern[str]:
    language = languages()[code] if code in languages() else languages()["en"]
    some = (*range(30), *range(30, 1000, 10), 1000, 10**6)
    words = {word for n in some for word in language.cardinal(n).replace("-", " ").split()}
    return re.compile("|".join(sorted(words - {language.terms["and"]}, key=len, reverse=True)))


def _stands(raw: str, words: set[str], language: Language) -> bool:
    """Whether all words of a name are said, also in the plural."""
    own = set(re.findall(r"[^\W_]+", wording.render(raw, language).lower()))
    return bool(own) and all(one in words or _many(one, words) for one in own)


def _many(one: str, words: set[str]) -> bool:
    stem = one.removesuffix("s")
    return len(stem) > 3 and bool({stem, f"{stem}s", f"{stem}es", stem.removesuffix("e")} & words)
