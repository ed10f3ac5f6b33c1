"""The tables of consent of each language, compiled: whole utterances are laid out with their phrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from aidevops_voice import languages
from aidevops_voice.consent.utterance import Words, bare, starts, words
from aidevops_voice.languages import Language

YES, ALWAYS, WAIT, ALONE, MORE = 1, 2, 4, 8, 16
"""What a whole utterance consists of; `MORE` adds to a yes and is none itself."""
_COUNTS = {
    "yes": YES, "always": ALWAYS, "wait": WAIT, "alone": ALONE, "after": MORE, "joint": 0, "before": 0, "around": 0,
}  # fmt: skip
_LONGEST = 14
"""Words; a longer utterance is more than an answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """The phrases of one language by what they do."""

    language: Language
    phrases: Mapping[str, frozenset[Words]]
    begun: Mapping[str, Mapping[str, tuple[Words, ...]]]
    """The same by their first word, the longest first."""
    parts: Mapping[Words, frozenset[str]]
    """What each phrase can be inside an answer."""
    reach: int
    """Words of the longest of them."""

    def whole(self, said: Words, *names: str) -> bool:
        """Whether the utterance is a phrase of these tables."""
        return any(said in self.phrases[name] for name in names)

    def first(self, said: Words, *names: str) -> int:
        """Words of the longest phrase of these tables that the utterance begins with."""
        return self._at(said, 0, names)

    def anywhere(self, said: Words, *names: str) -> bool:
        """Whether a phrase of these tables stands in the utterance."""
        return any(self._at(said, at, names) for at in range(len(said)))

    def _at(self, said: Words, at: int, names: Iterable[str]) -> int:
        if at >= len(said):
            return 0
        found = (self.begun[name].get(said[at], ()) for name in names)
        return max((len(one) for phrases in found for one in phrases if starts(said, one, at)), default=0)

    def without(self, said: Words, name: str) -> Words:
        """The utterance with `.` in place of each phrase of the table."""
        left: list[str] = []
        while len(left) < len(said):
            length = self._at(said, len(left), (name,))
            left += ["."] * length if length else [said[len(left)]]
        return tuple(left)

    def denials(self, said: Words) -> set[int]:
        """Where a word or phrase of denial stands, all of its words."""
        stems, ends = self.phrases["deny_stems"], [end for (end,) in self.phrases["deny_ends"] if "'" in end]
        found: set[int] = set()
        for at, word in enumerate(said):
            negated = any(word.startswith(stem) for (stem,) in stems) or any(word.endswith(end) for end in ends)
            length = self._at(said, at, ("deny", "deny_phrases")) or int(negated)
            found |= set(range(at, at + length))
        return found

    def stripped(self, said: Words, *names: str) -> Words:
        """Without the phrases of these tables at its beginning."""
        while said and (found := self.first(said, *names)):
            said = said[found:]
        return said

    def laid_out(self, said: Words, more: Iterable[Words] = ()) -> int:
        """What the whole utterance consists of, as flags; 0 when a word belongs to no phrase."""
        if not said or len(said) > _LONGEST:
            return 0
        own = frozenset(more)
        reach = max([self.reach, *map(len, own)])
        ends: list[set[tuple[int, bool]]] = [set() for _ in range(len(said) + 1)]
        ends[0].add((0, False))
        for at in range(len(said)):
            for flags, _ in ends[at]:
                for length in range(1, min(reach, len(said) - at) + 1):
                    phrase = said[at : at + length]
                    ends[at + length] |= self._next(flags, phrase, phrase in own)
        return max((flags for flags, open_ in ends[-1] if not open_ and _answers(flags)), default=0, key=_rank)

    def _next(self, flags: int, phrase: Words, named: bool) -> set[tuple[int, bool]]:
        """What is said so far, with the phrase; and whether more must follow, as after `and`."""
        kinds = self.parts.get(phrase, frozenset()) | ({"after"} if named else frozenset())
        found = set()
        for kind in kinds:
            if kind in ("after", "joint") and not flags & (YES | ALWAYS):
                continue
            found.add((flags | _COUNTS[kind], kind in ("before", "joint")))
        return found


def _answers(flags: int) -> bool:
    """A lone `si` is a yes only when nothing else is."""
    return not flags & ALONE or not flags & ~ALONE


def _rank(flags: int) -> tuple[int, int]:
    return (flags & WAIT, flags & ALWAYS)


@cache
def tongues() -> tuple[Tongue, ...]:
    """Every language that has a table of consent, English first."""
    found = []
    for module in iter_modules(languages.__path__):
        inside = f"{languages.__name__}.{module.name}"
        found.append(_compiled(import_module(inside).LANGUAGE, import_module(f"{inside}.assent").ASSENT))
    return tuple(sorted(found, key=lambda tongue: tongue.language.code != "en"))


def _compiled(language: Language, table: Mapping[str, tuple[str, ...]]) -> Tongue:
    phrases = {name: frozenset(each for one in entries for each in _variants(one)) for name, entries in table.items()}
    begun = {name: _by_first(entries) for name, entries in phrases.items()}
    parts: dict[Words, set[str]] = {}
    for kind in _COUNTS:
        for phrase in phrases[kind]:
            parts.setdefault(phrase, set()).add(kind)
    reach = max(map(len, parts))
    return Tongue(language, phrases, begun, {phrase: frozenset(kinds) for phrase, kinds in parts.items()}, reach)


def _by_first(phrases: Iterable[Words]) -> Mapping[str, tuple[Words, ...]]:
    found: dict[str, list[Words]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return {word: tuple(each) for word, each in found.items()}


def _variants(phrase: str) -> set[Words]:
    """As written, without apostrophes and without accents, which recognisers leave out; `sí` needs its own."""
    if phrase.isascii() and phrase.replace(" ", "").isalnum():
        return {tuple(phrase.split())}
    said = words(phrase)
    plain = tuple(word if word == "sí" else bare(word) for word in said)
    return {one for one in (said, plain, tuple(word.replace("'", "") for word in said)) if one}
