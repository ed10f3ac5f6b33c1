"""What the user's prompt asks for, and how much a sentence answers of it; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidevops_voice.languages import Language, guess
from aidevops_voice.words import signals

_READ = 600
"""Characters of a prompt that are read."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters by which two forms of a word are one."""
_SHARED, _NEAR, _KIND = 0.75, 1.0, 1.5
"""What a word of the prompt is worth, a word near to one, and an answer of the kind that is asked for."""
_TELLING = 5
"""Words of a sentence that is more than a title."""
_WORDS = 2
"""Words of the prompt that count."""
_NEARS = ("size", "speed", "money", "failure", "safety", "waiting", "memory", "trial")


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a prompt a sentence can answer."""

    words: frozenset[str]
    """Beginnings of its content words, in small letters."""
    near: frozenset[str]
    """Fields of meaning that it speaks of."""
    count: bool = False
    cause: bool = False
    name: bool = False

    def weight(self, sentence: str, language: Language) -> float:
        """From 0 to 3, beside about 4 for a loss or a first sentence."""
        if len(sentence.split()) < _TELLING:
            return 0.0
        shared = min(len(self.words & stems(sentence, language)), _WORDS)
        near = any(language.marks[f"near_{one}"].search(sentence) for one in self.near)
        # A word of the prompt is often the one that is near to it.
        worth = max(_SHARED * shared, _NEAR * near)
        if worth and self._kind(sentence, language):
            worth += _KIND
        return worth

    def _kind(self, sentence: str, language: Language) -> bool:
        """Whether it has a number, a reason or a name, where one is asked for."""
        return bool(
            (self.count and signals.has_number(sentence, language))
            or (self.cause and language.marks["tells_cause"].search(sentence))
            or (self.name and signals.facts(sentence, language))
        )


def asked(prompt: str, usual: Language) -> Asked | None:
    """None for a prompt that says nothing by which one sentence could matter more than another."""
    text = prompt[:_READ]
    language = guess(text, usual)
    if not language.code:
        return None
    kinds = [bool(language.marks[f"asks_{one}"].search(text)) for one in ("count", "cause", "name")]
    near = frozenset(one for one in _NEARS if language.marks[f"near_{one}"].search(text))
    found = Asked(stems(text, language), near, *kinds)
    return found if found.words or near else None


def is_question(prompt: str, usual: Language) -> bool:
    """Whether an answer is wanted and no work: `how many requests failed`, and not `fix it and say how many`."""
    text = prompt.strip()[:_READ]
    return bool(guess(text, usual).marks["asks"].search(text))


def stems(text: str, language: Language) -> frozenset[str]:
    """The content words of a text by their beginnings."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()) if word not in language.common)
