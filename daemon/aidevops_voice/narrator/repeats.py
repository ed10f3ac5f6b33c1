"""What was told already, so that text which comes again after a retry is not told twice; pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from aidevops_voice.languages import Language
from aidevops_voice.words import signals

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_READ = 60
"""Words of one sentence that are compared."""
_KEPT = 400
"""Words told that are kept: more than a turn says."""
_ALIKE = 0.8
_STEM, _LEAST, _COVERED = 5, 3, 0.8
"""Letters by which two forms are one word; words of content, and the share of them, by which one tells the other."""
_EXTRA = 2
"""Small words by which one telling may differ from the other."""


class Told:
    """The sentences of one turn."""

    def __init__(self) -> None:
        self._sentences: list[tuple[list[str], list[str]]] = []
        self._run: list[str] = []

    def add(self, sentence: str, language: Language) -> None:
        """It was said."""
        words = _words(sentence)
        self._sentences = [*self._sentences[-_READ:], (words, _doubts(sentence, language))]
        self._run = [*self._run, *words][-_KEPT:]

    def again(self, sentence: str, language: Language) -> bool:
        """Whether it tells nothing new: said before, cut otherwise, or with other small words."""
        words = _words(sentence)
        if not words or f" {' '.join(words)} " in f" {' '.join(self._run)} ":
            return True
        doubts = _doubts(sentence, language)
        return any(doubts == known and _alike(words, old, language) for old, known in self._sentences)

    def covers(self, sentence: str, language: Language) -> bool:
        """Whether one of them tells all of it in other words: no new content, number or denial, not a new verdict."""
        content = _content(sentence, language)
        verdict = (_verdict(sentence, language), _doubts(sentence, language))
        return len(content) >= _LEAST and any(
            len(content & frozenset(word[:_STEM] for word in old)) >= _COVERED * len(content)
            and verdict == (_verdict(" ".join(old), language), doubts)
            and set(signals.facts(sentence.lower(), language)) <= set(signals.facts(" ".join(old), language))
            for old, doubts in self._sentences
        )


def _content(sentence: str, language: Language) -> frozenset[str]:
    found = (word for word in _words(sentence) if len(word) >= _STEM - 1 and word not in language.common)
    return frozenset(word[:_STEM] for word in found)


def _verdict(sentence: str, language: Language) -> tuple[bool, bool]:
    return bool(language.good.search(sentence)), bool(language.bad.search(language.not_bad.sub("", sentence)))


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence.lower())[:_READ]


def _doubts(sentence: str, language: Language) -> list[str]:
    """What turns the meaning of a sentence round."""
    return [found.group().lower() for found in language.doubt.finditer(sentence)]


def _alike(new: list[str], old: list[str], language: Language) -> bool:
    known = set(old)
    extra = [word for word in new if word not in known]
    # A number or a name is no small word, so what differs in one of them is told.
    if len(extra) > _EXTRA or not language.common.issuperset(extra):
        return False
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _ALIKE
