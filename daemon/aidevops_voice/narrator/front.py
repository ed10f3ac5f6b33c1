"""The sentence with the result in front of a turn that did work: done, failed, or that a question follows; pure."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language, Saying, guess
from aidevops_voice.narrator import candour, evidence
from aidevops_voice.narrator.work import Work
from aidevops_voice.words import choice, signals
from aidevops_voice.words.asked import is_question
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
    found = language.marks["eureka"].search(sentence.split(",")[0])
    return bool(language.marks["result"].search(head) or found) or _stands(sentence, language) or denies(head, language)


def _stands(sentence: str, language: Language) -> bool:
    """Whether it says what now is so, and does not praise it: `Your notes are on main now`."""
    stands = any(language.marks[mark].search(_head(sentence)) for mark in ("stands", "holds"))
    return stands and not language.marks["boast"].search(sentence)


def denies(text: str, language: Language) -> bool:
    """Whether it tells of trouble, or that something is not so."""
    return signals.troubled(text, language) or bool(language.marks["negation"].search(text))


def _head(sentence: str) -> str:
    return " ".join(sentence.split()[:_FRONT])


def fronted(said: list[str], work: Work, broken: bool, language: Language) -> list[str]:
    """The sentence with the result in front; where there is none, the title, `Done.` or that something is wrong."""
    mended = not broken and (work.mended or _redone(work))
    wanted = _telling(said, broken, mended, language)
    if wanted and not (mended and candour.remarks(said[wanted], language)):
        end = _led(said, wanted, broken, language)
        said = [_uncoupled(said[wanted], language), *said[wanted + 1 : end], *said[:wanted], *said[end:]]
    if said[0].endswith("?") or not language.code:
        return said
    if nearly := _nearly(said, broken, language):
        hidden = broken and not confesses(nearly[0], language)
        front = _failure(work, nearly, language) if hidden else ""
        return prefixed(front or told(Saying("outcome.partly"), language), nearly, language)
    if asked := _asked(said, broken, language):
        return asked
    if broken and not confesses(said[0], language):
        if audited(said, work, language):
            return said[1:] if _introduces(said, language) else said
        key = _admission(said, language)
        front = _failure(work, said, language) if key == "outcome.broken" else ""
        return prefixed(front or told(Saying(key), language), said, language) if key else said
    if broken or verdict(said[0], language):
        return said
    plain = mended or _achieved(said[0], language)
    trouble = not plain and _troubled(said, language)
    failure = trouble and _troubled(said[:1], language)
    title = _title(work.text, failure, language)
    did = any(language.marks["did"].search(one) or is_good(one, language) for one in said)
    unsure = (
        work.denied or _answers(work, language) or (not did and not _changed(work) and language.doubt.search(work.text))
    )
    opening = title or _opening(said, failure, trouble, language)
    if not opening or (trouble and opening == "outcome.done") or (unsure and not (trouble or title)):
        return said
    return prefixed(title or told(Saying(opening), language), said, language)


def _redone(work: Work) -> bool:
    """Whether the same that failed went well later, and nothing is broken."""
    healed = set[str]()
    for deed in reversed(work.deeds):
        if deed.failed and deed.healed_by in healed:
            return work.broken is None
        healed |= deed.heals if not deed.failed else set()
    return False


def _introduces(said: list[str], language: Language) -> bool:
    """Whether the first sentence only tells what was looked at, and what was found is understood without it."""
    points = ("anaphor", "pointing_on")
    return (
        len(said) > 1
        and bool(language.marks["activity"].search(said[0]))
        and not any(language.marks[mark].search(said[1]) for mark in points)
    )


def audited(said: list[str], work: Work, language: Language) -> bool:
    """Whether a check that changed nothing found what is told: to find it was the task."""
    report = work.broken.report if work.broken else None
    if report is None or report.kind != "lint" or work.files:
        return False
    return candour.counted(report, [one for one in said if not is_good(one, language)], language)


def _failure(work: Work, said: list[str], language: Language) -> str:
    """How many tests failed, where that is known and not said in the same words."""
    report = work.broken.report if work.broken else None
    failed = report.counts.get("failed", 0) if report and report.kind == "tests" else 0
    count = told(Saying("tests.failed", failed), language) if failed else ""
    return "" if count.lower() in " ".join(said).lower() else count


def _admission(said: list[str], language: Language) -> str:
    """The phrase in front of what tells of a failure late or not at all; none for work that found trouble."""
    first, behind = said[0], said[1:2]
    did = language.marks["did"].search(first) or _achieved(first, language)
    rest = [one for one in behind if language.marks["joins"].search(one) and candour.admits(one, language)]
    if rest and (did or language.marks["claim"].search(first)):
        return "outcome.partly"
    if not did or not candour.admits(first, language):
        return "outcome.broken"
    return "outcome.partly" if language.marks["halved"].search(first) else ""


def _opening(said: list[str], failure: bool, trouble: bool, language: Language) -> str:
    """The phrase for a result that is not told in the first words; none where the user is to decide, and hears it."""
    partly = signals.has_share(said[0], language)
    if trouble and partly:
        return "outcome.partly"
    if failure:
        return "outcome.wrong"
    if said[-1].endswith("?") and waits(said, False, language):
        return "" if _bids(said[0], language, first=True) else "outcome.asks"
    return "outcome.partly" if partly else "outcome.done"


_TITLE = re.compile(r"\s*(?:#{1,6} +(?P<heading>[^\n]{2,60})|(?P<bold>\*\*[^*\n]{2,60}\*\*))\W*(?:\n|$)")
_TITLE_WORDS, _TITLE_READ = 4, 200


def _title(text: str, failure: bool, language: Language) -> str:
    """The heading of a text where it is no more than its result: `Found it`, `Build fixed`."""
    found = _TITLE.match(without_escapes(text[:_TITLE_READ]))
    said = render(found["heading"] or found["bold"], language).strip(" .!:") if found else ""
    if not said or words(said) > _TITLE_WORDS or not verdict(said, language) or language.marks["proud"].search(said):
        return ""
    return said if _achieved(said, language) or (failure and denies(said, language)) else ""


def _achieved(sentence: str, language: Language) -> bool:
    """Whether it tells in its first words of work that was done."""
    return is_good(_head(sentence), language) and not denies(_head(sentence), language)


def _troubled(said: list[str], language: Language) -> bool:
    return signals.troubled(said[0], language) or any(
        is_bad(one, language) and not candour.remarks(one, language) for one in said
    )


def _nearly(said: list[str], broken: bool, language: Language) -> list[str]:
    """Without the `Nearly there, …` in front of what is not done; empty where there is none."""
    found = language.marks["nearly"].match(said[0])
    if not found or not (broken or any(signals.troubled(one, language) for one in said)):
        return []
    rest = _uncoupled(said[0][found.end() :], language)
    return [rest, *said[1:]] if rest else said[1:]


def _asked(said: list[str], broken: bool, language: Language) -> list[str]:
    """With what says that a question follows, where the result still stands in the first words; a failure is told."""
    if broken or _troubled(said[:1], language):
        return []
    if not waits(said, broken, language) or any(_bids(one, language, first=one is said[0]) for one in said):
        return []
    if not (verdict(said[0], language) or language.marks["did"].search(said[0])):
        return []
    front = told(Saying("outcome.question"), language)
    first = evidence.sentence(f"{front}, {choice.lowered(said[0], language)}")
    return [first, *said[1:]] if words(first) <= LONGEST else []


def _bids(sentence: str, language: Language, *, first: bool) -> bool:
    """Whether it says in the first words, or where it asks, that the user has to decide."""
    decides = language.marks["decides"]
    if sentence.endswith("?"):
        return bool(decides.search(sentence))
    return first and bool(language.marks["asking"].search(sentence) or decides.search(_head(sentence)))


def waits(said: list[str], broken: bool, language: Language) -> bool:
    """Whether the work waits for what is asked; an offer behind work that is done, or that failed, is none."""
    asked = [one for one in said if one.endswith("?") and not language.marks["future"].search(one)]
    if not all(language.marks["proposes"].search(one) for one in asked):
        return True
    if not asked or broken or signals.troubled(_head(said[0]), language):
        return False
    return any(_left_open(one, language) for one in said)


def _left_open(sentence: str, language: Language) -> bool:
    """Whether it tells of something that is not done, and not only left as it was."""
    return bool(language.marks["pending"].search(language.marks["proposes"].sub("", sentence)))


def _answers(work: Work, language: Language) -> bool:
    """Whether what is told was asked for, and nothing was changed for it."""
    return work.broken is None and not work.files and is_question(work.prompt, language)


def _changed(work: Work) -> bool:
    """Whether something was really made or set right, whatever is said of it."""
    return work.broken is None and bool(work.files or work.mended)


def confesses(sentence: str, language: Language) -> bool:
    """Whether it says in its first words that something failed, or how much of it."""
    head = _head(sentence)
    return bool(
        is_bad(head, language)
        or any(language.marks[mark].search(head) for mark in ("negation", "failing", "spoilt"))
        or signals.has_share(head, language)
    )


def _telling(said: list[str], broken: bool, mended: bool, language: Language) -> int:
    """Which sentence goes in front: the failure where something is broken, the success where it was mended."""
    heads = [_head(one) for one in said]
    if broken and candour.admits(said[0], language):
        return 0
    own = confesses(said[0], language) if broken else _achieved(said[0], language) or verdict(said[0], language)
    if not own and not signals.has_share(heads[0], language) and not (mended and not broken):
        return _failing(said, broken, language)
    first = said[0].split(",")[0]
    fine = is_good(heads[0], language) or (verdict(first, language) and not denies(first, language))
    if not mended or fine or not signals.troubled(said[0], language):
        return 0
    good = (at for at, one in enumerate(said) if is_good(heads[at], language) or _stands(one, language))
    return next((at for at in good if not is_bad(said[at], language)), 0)


def _failing(said: list[str], broken: bool, language: Language) -> int:
    """The first sentence that tells of the failure and is understood by itself; 0 where there is none."""
    dependent = ("step", "joins", "anaphor", "pointing_on", *([] if broken else ["besides", "outside"]))
    able = [
        at
        for at, one in enumerate(said)
        if at >= broken
        and not one.endswith("?")
        and not any(language.marks[mark].search(one) for mark in dependent)
        and (broken or not candour.remarks(one, language))
    ]
    troubled = [at for at in able if signals.troubled(_head(said[at]), language)]
    shared = [at for at in able if broken and signals.has_share(_head(said[at]), language)]
    hidden = broken and not language.marks["spoilt"].search(said[0])
    admitting = [at for at in able if hidden and _blames(said[at], language)]
    return next(iter(troubled or shared or admitting), 0)


def _blames(sentence: str, language: Language) -> bool:
    """Whether it tells of a failure that is not only something the agent left alone."""
    return candour.admits(sentence, language) and not language.marks["own_deed"].search(sentence)


def _led(said: list[str], first: int, broken: bool, language: Language) -> int:
    """Where what follows from a sentence ends: `… So it stays as it is.`, more of a failure; not with a question."""
    end = first + 1
    spoilt = language.marks["spoilt"]
    fine = broken and not any(candour.admits(one, language) or spoilt.search(one) for one in said[:first])
    while end < len(said) and not said[end].endswith("?"):
        follows = any(language.marks[mark].search(said[end]) for mark in ("coupling", "anaphor", "pointing_on"))
        if not follows and not (fine and signals.troubled(said[end], language)):
            break
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
