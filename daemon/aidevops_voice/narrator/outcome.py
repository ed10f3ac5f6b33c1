"""The end of a turn that did work, told result first: done, failed or stopped, then the facts; pure."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from aidevops_voice.languages import Language, Saying, guess
from aidevops_voice.narrator import candour, evidence, progress, toll
from aidevops_voice.narrator.front import (
    audited,
    confesses,
    denies,
    fronted,
    is_bad as is_bad,
    is_good as is_good,
    prefixed,
    verdict,
    waits as waits,
)
from aidevops_voice.narrator.work import Deed, Work as Work
from aidevops_voice.ports import TurnEnded
from aidevops_voice.reports import providers
from aidevops_voice.words import choice, signals
from aidevops_voice.words.asked import Asked, asked
from aidevops_voice.words.choice import choose
from aidevops_voice.words.cuts import cut
from aidevops_voice.words.skim import skimmed
from aidevops_voice.words.speakable import LONGEST, Piece, excerpt, pieces, words
from aidevops_voice.words.wording import told

_SENTENCES, _LONGEST = choice.SENTENCES, LONGEST
_ROUNDS = 3
READ_CAP = 12 * 1024
"""Characters of a text that are read; of a longer one head and tail, from which three sentences are chosen."""
_TOLD_WITH = 50
"""Words with which an error and what the agent said of its work are told."""
_COMPLETED = 45
"""The same where the output completes what was said."""
_TERSE = 12
"""Words of a text that tells less than the output of its commands."""


def tell(work: Work, ended: TurnEnded, max_words: int, language: Language | None = None) -> list[str]:
    """One to three sentences within `max_words`, in the language of the text where none is given."""
    work, language = replace(work, text=excerpt(work.text, READ_CAP)), language or signals.language_of(work.text)
    match ended.outcome:
        case "stopped":
            return _stopped(work, ended, max_words, language)
        case "failed":
            said = _gave_up(work, ended, max_words, language)
        case _:
            said = _done(work, max_words, language, failed=False)
    return settled(_with_losses(said, work, ended.outcome == "failed", language), max_words, language)


def _with_losses(said: list[str], work: Work, failed: bool, language: Language) -> list[str]:
    """And what was destroyed, where that is not said."""
    lost = toll.untold(work, said, language)
    if not lost:
        return said
    failed = failed or work.broken is not None
    found, silent = pieces(" ".join(said), language)[0], not work.text.strip()
    return fronted(toll.beside(lost, found, language, failed=failed, silent=silent), work, failed, language)


def text_only(text: str, max_words: int, language: Language | None = None) -> list[str]:
    """A finished answer of which nothing but its words is known."""
    own = language or signals.language_of(text)
    found, left_out = _read(text, own)
    if not found and left_out:
        return [_shown(left_out, own)]
    return settled(_with_find(found, max_words, own), max_words, language)


def _shown(left_out: set[str], language: Language) -> str:
    """An answer of which nothing can be said is at least announced."""
    known = [key for kind in sorted(left_out) if (key := f"outcome.{kind}") in language.phrases]
    what = [told(Saying(key), language) for key in known]
    saying = Saying("narrator.shown", fields={"what": f" {language.terms['and']} ".join(what)})
    return evidence.sentence(told(saying if what else Saying("narrator.shown_only"), language))


def _read(text: str, language: Language) -> tuple[list[Piece], set[str]]:
    """The sentences of what is worth reading, and what of it cannot be said."""
    return pieces(skimmed(excerpt(text, READ_CAP), language), language)


def settled(said: list[str], max_words: int, language: Language | None) -> list[str]:
    """Told again until nothing changes, so that what was said once can be said again."""
    for _ in range(_ROUNDS):
        text = " ".join(said)
        own = language or signals.language_of(text)
        again = _chosen(pieces(text, own)[0], max_words, _SENTENCES, own)
        if again == said:
            break
        said = again
    return said


def filler(sentence: str, language: Language | None = None) -> bool:
    """Whether it says nothing once something follows: `Sure!`, `Let me look at …`."""
    return signals.is_filler(sentence, language or guess(sentence))


# --- with words of the agent ------------------------------------------------------------------------------------


def _chosen(
    found: list[Piece],
    max_words: int,
    most: int,
    language: Language,
    wanted: frozenset[str] = frozenset(),
    prompt: Asked | None = None,
) -> list[str]:
    if not found:
        return []
    chosen = choose(found, language, max_words, most, wanted, prompt)
    rest = evidence.sentence(told(Saying("outcome.rest"), language))
    room = max_words - sum(map(words, chosen.said)) - words(rest)
    if not chosen.left or len(chosen.said) >= most or room < 0:
        return chosen.said
    at = len(chosen.said) - chosen.said[-1].endswith("?")
    return [*chosen.said[:at], rest, *chosen.said[at:]]


def _done(work: Work, max_words: int, language: Language, *, failed: bool) -> list[str]:
    broken, found = work.broken, _read(work.text, language)[0]
    if not failed and found and candour.empty(found, language) and (broken or work.reports):
        return _silent(work, broken, language)
    told_of = broken and language.code and not work.files and candour.found_out(found, broken.report, language)
    if (broken or failed) and found and not told_of and not candour.admitted(found, language):
        return _belied(work, broken, found, max_words, language)
    beside = broken and (not broken.began or candour.outside([one.text for one in found], language))
    if beside and not all(deed.failed for deed in work.deeds):
        broken = None  # beside what was done, what is not there has failed nothing, and that is admitted
    summed = next((report for report in reversed(work.reports) if report.kind == "sum"), None)
    wanted = candour.names(broken.report if broken else summed, language)
    if broken or failed:
        found = candour.modest(found, language)
    elif work.ledger.sayings():
        found = candour.calm(found, language)
    found = _mending(found, work, language)
    said = _worded(found, work, max_words, wanted, failed or broken is not None, language)
    if not said:
        return _silent(work, broken, language) if broken or not failed else _cause(work, None, language)
    if not work.worked and broken is None and not failed:
        return said
    if broken and not audited(said, work, language):
        said = _completed(said, found, broken, language)
    elif not (failed or broken) and candour.empty(found, language):
        return _silent(work, None, language)
    return _counted(work, said, fronted(said, work, failed or broken is not None, language), language)


def _mending(found: list[Piece], work: Work, language: Language) -> list[Piece]:
    """Of a list of what was done only the items that name what was wrong, where that is over; and what is no deed."""
    wrong = next((deed.report for deed in reversed(work.deeds) if deed.failed), None) if work.broken is None else None
    named = candour.names(wrong, language)
    kept = list[Piece]()
    for listed, run in groupby(found, key=lambda piece: piece.kind == "item"):
        items = [list(item) for _, item in groupby(run, key=lambda piece: piece.block)]
        mends = [any(name in one.raw.lower() for one in item for name in named) for item in items]
        for item, mending in zip(items, mends, strict=True):
            side = listed and any(mends) and not mending and all(_deed(one.text, language) for one in item)
            kept += [] if side else item
    return kept


def _deed(sentence: str, language: Language) -> bool:
    """Whether it tells what was done, and nothing of what is left or not so."""
    marks = language.marks
    return bool(marks["did"].search(sentence)) and not any(marks[one].search(sentence) for one in ("caveat", "due"))


def _worded(
    found: list[Piece], work: Work, max_words: int, wanted: frozenset[str], failed: bool, language: Language
) -> list[str]:
    """What is chosen of a text; an offer behind work that is done is left out first."""
    prompt = asked(work.prompt, language)
    said = _with_find(found, max_words, language, wanted, prompt)
    if failed or not said or waits([piece.text for piece in found], False, language) or not _shortened(said, found):
        return said
    kept = [piece for piece in found if not language.marks["proposes"].search(piece.text)]
    return _with_find(kept, max_words, language, wanted, prompt) if 0 < len(kept) < len(found) else said


def _with_find(
    found: list[Piece],
    max_words: int,
    language: Language,
    wanted: frozenset[str] = frozenset(),
    prompt: Asked | None = None,
) -> list[str]:
    """With `Found it!` in front of what was found, in one sentence where there is room."""
    find, rest = _find(found, language)
    said = _chosen(rest, max_words, _SENTENCES, language, wanted, prompt)
    if not find or not said:
        return said
    if words(find) + words(said[0]) <= LONGEST:
        return [f"{find}, {choice.lowered(said[0], language, choice.names_in(rest))}", *said[1:]]
    room = max_words - words(find)
    return [evidence.sentence(find), *_chosen(rest, room, _SENTENCES - 1, language, wanted, prompt)]


def _find(found: list[Piece], language: Language) -> tuple[str, list[Piece]]:
    """What only says that something was found, and the rest, which says what."""
    if len(found) < 2 or found[0].kind == "lead" or not language.marks["eureka"].search(found[0].text):
        return "", found
    return found[0].text.strip(" .!:¡"), found[1:]


def _shortened(said: list[str], found: list[Piece]) -> bool:
    """Whether something of it is not told."""
    return sum(map(words, said)) < sum(words(piece.text) for piece in found)


def _completed(said: list[str], found: list[Piece], broken: Deed, language: Language) -> list[str]:
    """With what a text leaves out of a failure, behind what admits it, in front of a closing question."""
    added = [evidence.sentence(one) for one in candour.lacking(broken.report, said, language)]
    room = _COMPLETED if added else _TOLD_WITH
    if len(said) + len(added) > _SENTENCES or sum(map(words, (*said, *added))) > room:
        wanted = candour.names(broken.report, language)
        said = choose(found, language, room - sum(map(words, added)), _SENTENCES - len(added), wanted).said
    if not confesses(said[0], language) and not language.marks["nearly"].match(said[0]):
        return [*added[:1], *said, *added[1:]]
    at = candour.behind(said, language)
    return [*said[:at], *added, *said[at:]]


def _belied(work: Work, broken: Deed | None, found: list[Piece], max_words: int, language: Language) -> list[str]:
    """A failure that the text does not tell: it, its names and its cause, and what was done as far as that is known."""
    trusted = broken is None or not broken.passing
    rest = (candour.plain if trusted else candour.credible)(found, work.files, language)
    rest = rest if language.code else candour.sober(found, language)
    cause, most = _cause(work, broken, language), _SENTENCES - bool(rest)
    built = broken is not None and broken.report is not None and broken.report.kind == "build"
    front = cause[:most] if trusted and not built else evidence.packed(cause, most, language)
    room, most = min(max_words, _TOLD_WITH) - sum(map(words, front)), _SENTENCES - len(front)
    return [*front, *(choose(rest, language, room, most).said[:most] if rest and room > 0 else [])]


def _cause(work: Work, broken: Deed | None, language: Language) -> list[str]:
    """What is known of a failure without the agent's words."""
    if broken:
        said = evidence.together(_failing(broken, language), language)
        known = not language.code or confesses(said[0], language)
        return said if known else prefixed(told(Saying("outcome.broken"), language), said, language)
    if work.reason:
        return _unanswered(work, language)
    return [part.text for part in pieces(told(Saying("outcome.failed"), language), language)[0]]


def _unanswered(work: Work, language: Language) -> list[str]:
    """Why the model said no more."""
    front, known = told(Saying("outcome.broken"), language), providers.reason(work.reason)
    saying = known or Saying("outcome.reason", fields={"what": work.reason})
    after = [told(Saying("provider.after", work.tries), language)] if work.tries > 1 else []
    reason = cut(", ".join((told(saying, language), *after)), _LONGEST, language)[0]
    if known is None:
        return [evidence.sentence(front), evidence.sentence(reason)]
    return [evidence.sentence(f"{front.rstrip('.')}, {reason}")]


def _failing(broken: Deed, language: Language) -> list[str]:
    return progress.failing(broken.doing, candour.ordered(broken.report), language)


_COUNTS = frozenset({"tests", "lint", "build"})


def _counted(work: Work, own: list[str], said: list[str], language: Language) -> list[str]:
    """With how much went through where that is not all, the counts of a run where a terse text has none."""
    text, sums = own[0], [report.sayings[0] for report in work.reports if report.kind == "sum"]
    partial = next(
        (one for one in reversed(sums) if one.key == "items.share" and candour.unheard(one, said, language)), None
    )
    if partial and not text.endswith("?"):
        return evidence.shared(told(partial, language), said, work, language)
    if (measured := evidence.result(work, said, language)) != said:
        return measured
    found = next((report for report in reversed(work.reports) if report.kind in _COUNTS), None)
    if found is None or not found.sayings or not found.counts or text.endswith("?"):
        return said
    counted = evidence.sentence(told(found.sayings[0], language))
    terse = len(own) == 1 and words(text) <= _TERSE and not signals.has_number(text, language)
    if terse and (found.verdict == "bad") == denies(text, language):
        return [*said, counted]
    passed = found.kind == "tests" and found.verdict == "good" and work.broken is None and work.files
    told_of = any(language.marks["tested"].search(one) for one in said) or denies(said[0], language)
    if not passed or told_of or said[-1].endswith("?") or sum(map(words, (*said, counted))) > _COMPLETED:
        return said
    return evidence.packed([said[0], counted, *said[1:]], _SENTENCES, language)


# --- without words of the agent ---------------------------------------------------------------------------------


def _silent(work: Work, broken: Deed | None, language: Language) -> list[str]:
    if broken:
        return _cause(work, broken, language)
    facts = evidence.facts(work, language)
    done = told(Saying("outcome.ended" if work.denied else "outcome.done"), language)
    if not facts:
        return [evidence.sentence(done)]
    if verdict(facts[0], language):
        return evidence.together(facts, language)
    return evidence.together([f"{done}, {facts[0]}", *facts[1:]], language)


_TYPED = re.compile(r"[:`]")
"""A command to type is for the page."""


def _stopped(work: Work, ended: TurnEnded, max_words: int, language: Language) -> list[str]:
    """That it was stopped, and what was done or said before."""
    first = "outcome.ended" if ended.denied else "outcome.stopped"
    said = [evidence.sentence(told(Saying(first), language)), *evidence.already(work, language)]
    lost = toll.untold(work, [work.text, *said], language)
    unread = [evidence.sentence(told(Saying("outcome.unread"), language))] if ended.unread else []
    said = [said[0], *lost, *said[1:], *unread][:_SENTENCES]
    found = _read(work.text, language)[0]
    return said + _chosen(found, max_words - sum(map(words, said)), _SENTENCES - len(said), language)


def _gave_up(work: Work, ended: TurnEnded, max_words: int, language: Language) -> list[str]:
    """The cause in plain words, what is to be done, and what was done before."""
    error = ended.error
    if error is None:
        shares = [one.text for one in _read(work.text, language)[0] if signals.has_share(one.text, language)]
        already = shares[:1] or evidence.already(work, language)
        return [*_done(work, max_words, language, failed=True)[: _SENTENCES - len(already)], *already]
    spoken = [part.text for part in pieces(error.spoken, language)[0]]
    cause = [part.text for part in pieces(error.message, language)[0][:1] if part.text.rstrip(".") not in error.spoken]
    cure = [] if _TYPED.search(error.cure) else [part.text for part in pieces(error.cure, language)[0][:1]]
    short = [evidence.sentence(cut(one, _LONGEST, language)[0]) for one in (*spoken[:2], *cause, *cure)]
    said = [*short, *evidence.already(work, language)][:_SENTENCES]
    room = min(max_words, _TOLD_WITH) - sum(map(words, said))
    return [*said, *_own(work, room, _SENTENCES - len(said), language)]


def _own(work: Work, room: int, most: int, language: Language) -> list[str]:
    """What the agent itself said of it that weighs something, behind what is known of it otherwise."""
    found = [piece for piece in _read(work.text, language)[0] if piece.kind != "heading"] if most > 0 else []
    return choose(found, language, room, most).said[:most] if found and room > _TERSE else []
