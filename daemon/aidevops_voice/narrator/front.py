"""The sentence with the result in front of a turn that did work: done, failed, or that a question follows; pure."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language, Saying, guess
from aidevops_voice.narrator import candour, evidence
from aidevops_voice.narrator.work import Work
from aidevops_voice.words import choice, signals
from aidevops_voice.words.characters import without_escapes
from aidevops_voice.words.choice import SENTENCES
from aidevops_voice.words.speakable import LONGEST, render, words
from aidevops_voice.words.wording import told

_FRONT = 12
"""Words within which the result is told."""


def is_bad(text: str, language: Language | None = None) -> bool:
    """Whether it speaks of failure."""
    language = language or guess(text)
    return bool(language.bad.search(language.not_bad.sub("", text)))


def is_good(text: str, language: Language | None = None) -> bool:
    """Whether it speaks of work done."""
    return bool((language or guess(text)).good.search(text))


def verdict(sentence: str, language: Language) -> bool:
    """Whether the result stands in the first words."""
    head = _head(sentence)
    return bool(language.marks["result"].search(head)) or _stands(sentence, language) or denies(head, language)


def _stands(sentence: str, language: Language) -> bool:
    """Whether it says what now is so, and does not praise it: `Your notes are on main now`."""
    return bool(language.marks["stands"].search(_head(sentence))) and not language.marks["boast"].search(sentence)


def denies(text: str, language: Language) -> bool:
    """Whether it tells of trouble, or that something is not so."""
    return signals.troubled(text, language) or bool(language.marks["negation"].search(text))


def _head(sentence: str) -> str:
    return " ".join(sentence.split()[:_FRONT])


def fronted(said: list[str], work: Work, broken: bool, language: Language) -> list[str]:
    """The sentence with the result in front; where there is none, the title, `Done.` or that something is wrong."""
    wanted = _telling(said, broken, work.mended and not broken, language)
    if wanted and not (work.mended and not broken and candour.remarks(said[wanted], language)):
        end = _led(said, wanted, language)
        said = [_uncoupled(said[wanted], language), *said[wanted + 1 : end], *said[:wanted], *said[end:]]
    if said[0].endswith("?") or not language.code:
        return said
    if asked := _asked(said, language):
        return asked
    if broken and not confesses(said[0], language):
        return prefixed(told(Saying("outcome.broken"), language), said, language)
    if broken or verdict(said[0], language):
        return said
    failure = broken or (not _achieved(said[0], language) and _troubled(said, language))
    title = _title(work.text, broken, failure, language)
    did = any(language.marks["did"].search(one) or is_good(one, language) for one in said)
    unsure = work.denied or (not did and not _changed(work) and language.doubt.search(work.text))
    if unsure and not (failure or title):
        return said
    return prefixed(title or told(Saying(_opening(said, failure, language)), language), said, language)


def _opening(said: list[str], failure: bool, language: Language) -> str:
    """The phrase for a result that is not told in the first words."""
    if failure:
        return "outcome.wrong"
    if said[-1].endswith("?"):
        return "outcome.asks"
    return "outcome.partly" if signals.has_share(said[0], language) else "outcome.done"


_TITLE = re.compile(r"\s*(?:#{1,6} +(?P<heading>[^\n]{2,60})|(?P<bold>\*\*[^*\n]{2,60}\*\*))\W*(?:\n|$)")
_TITLE_WORDS, _TITLE_READ = 4, 200


def _title(text: str, broken: bool, failure: bool, language: Language) -> str:
    """The heading of a text where it is no more than its result: `Found it`, `Build fixed`."""
    found = _TITLE.match(without_escapes(text[:_TITLE_READ]))
    said = render(found["heading"] or found["bold"], language).strip(" .!:") if found else ""
    if not said or words(said) > _TITLE_WORDS or not verdict(said, language):
        return ""
    fits = not broken if _achieved(said, language) else failure and denies(said, language)
    return said if fits else ""


def _achieved(sentence: str, language: Language) -> bool:
    """Whether it tells in its first words of work that was done."""
    return is_good(_head(sentence), language) and not denies(_head(sentence), language)


def _troubled(said: list[str], language: Language) -> bool:
    return signals.troubled(said[0], language) or any(is_bad(one, language) for one in said)


def _asked(said: list[str], language: Language) -> list[str]:
    """With what says that a question follows, where the result still stands in the first words."""
    asks = any(one.endswith("?") and not language.marks["future"].search(one) for one in said) and not language.marks[
        "asking"
    ].search(said[0])
    if not asks or not (verdict(said[0], language) or language.marks["did"].search(said[0])):
        return []
    front = told(Saying("outcome.question"), language)
    first = evidence.sentence(f"{front}, {choice.lowered(said[0], language)}")
    return [first, *said[1:]] if words(first) <= LONGEST else []


def _changed(work: Work) -> bool:
    """Whether something was really made or set right, whatever is said of it."""
    return work.broken is None and bool(work.files or work.mended)


def confesses(sentence: str, language: Language) -> bool:
    """Whether it says in its first words that something failed, or how much of it."""
    head = _head(sentence)
    return bool(
        is_bad(head, language)
        or language.marks["negation"].search(head)
        or language.marks["failing"].search(head)
        or signals.has_share(head, language)
    )


def _telling(said: list[str], broken: bool, mended: bool, language: Language) -> int:
    """Which sentence goes in front: the failure where something is broken, the success where it was mended."""
    heads = [_head(one) for one in said]
    failing = [at for at, one in enumerate(said) if signals.troubled(heads[at], language) and not one.endswith("?")]
    silent = (
        not confesses(said[0], language) if broken else not (_achieved(said[0], language) or verdict(said[0], language))
    )
    failing = [at for at in failing if not language.marks["step"].search(said[at])]
    if broken and signals.troubled(said[0], language):
        return 0
    if failing and failing[0] and silent and not signals.has_share(heads[0], language):
        return failing[0]
    if not mended or not signals.troubled(said[0], language) or is_good(heads[0], language):
        return 0
    return next((at for at, head in enumerate(heads) if is_good(head, language) and not is_bad(said[at], language)), 0)


def _led(said: list[str], first: int, language: Language) -> int:
    """Where what follows from a sentence ends: `… So it stays as it is.`"""
    end = first + 1
    while end < len(said) and language.marks["coupling"].match(said[end]):
        end += 1
    return end


def _uncoupled(sentence: str, language: Language) -> str:
    """Without a `but` that has nothing in front of it any more."""
    rest = language.marks["coupling"].sub("", sentence, count=1)
    return rest[:1].upper() + rest[1:]


def prefixed(front: str, said: list[str], language: Language) -> list[str]:
    if len(said) < SENTENCES:
        return [evidence.sentence(front), *said]
    if words(front) + words(said[0]) <= LONGEST:
        return [f"{front}, {choice.lowered(said[0], language)}", *said[1:]]
    if words(said[1]) + words(said[2]) <= LONGEST and not said[1].endswith("?") and not said[2].endswith("?"):
        return [evidence.sentence(front), said[0], f"{said[1].rstrip('.!')}, {choice.lowered(said[2], language)}"]
    return said
