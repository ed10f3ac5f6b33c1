"""The phrase that allows one dangerous request: drawn anew each time, easy to recognise, hard to say by accident."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from random import Random

from aidevops_voice import languages
from aidevops_voice.consent.utterance import alike, bare, numbered, words

_FEWEST = 500
"""Phrases; with fewer left the request's own text would decide which one is drawn."""


def draw(rng: Random | None = None, avoid: Collection[str] = (), language: str = "en") -> tuple[str, ...]:
    """`("confirm", "maple", "seven")` with no word of `avoid`, the agent's own texts; empty: only a click may allow."""
    source = rng or secrets.SystemRandom()
    table = _table(language)
    free = _Avoided(avoid, language)
    nouns = [word for word in table["challenge"] if free.may(word)]
    lasts = nouns + [number for number in table["challenge_numbers"] if free.may(number)]
    if len(nouns) * (len(lasts) - 1) < _FEWEST:
        return ()
    first = source.choice(nouns)
    return (table["confirm"][0], first, source.choice([word for word in lasts if word != first]))


def phrase(words_: Collection[str], language: str = "en") -> str:
    """The sentence that tells the user what to say; it stands alone, never beside the agent's words."""
    return _table(language)["phrase"][0].format(words=" ".join(words_))


class _Avoided:
    """The texts that no drawn word may stand in."""

    def __init__(self, texts: Collection[str], language: str) -> None:
        self._language = languages.named(language)
        said = [word for text in texts for word in words(text.replace("_", " "))]
        self._words = {bare(word) for word in numbered(said, self._language)} | {bare(word) for word in said}
        self._letters = " ".join(bare(text.lower()) for text in texts)

    def may(self, word: str) -> bool:
        """Whether neither the word nor one that sounds like it is in them."""
        plain = bare(word)
        number = numbered((word,), self._language)[0]
        inside = plain in self._letters or number in self._words
        return not inside and not any(alike(plain, other) for other in self._words)


@cache
def _table(code: str) -> Mapping[str, tuple[str, ...]]:
    """The table of consent of a language; English where there is none."""
    for module in iter_modules(languages.__path__):
        inside = f"{languages.__name__}.{module.name}"
        if import_module(inside).LANGUAGE.code == code:
            table: Mapping[str, tuple[str, ...]] = import_module(f"{inside}.assent").ASSENT
            return table
    return _table("en")
