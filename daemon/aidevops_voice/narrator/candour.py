"""What a text says of work that the work itself belies: success over a failure, nothing where much is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from aidevops_voice.languages import Language, Saying
from aidevops_voice.reports import Report
from aidevops_voice.words import signals
from aidevops_voice.words.choice import SENTENCES
from aidevops_voice.words.speakable import LONGEST, Piece, render, words
from aidevops_voice.words.wording import told

_ROOM = 38
"""Words with which a failure is told."""
_TERSE = 14
"""Words of a text that hardly tells a cause."""
_BARE = 1
"""Words of a sentence that tells nothing."""
_KNOWN = 0.34
"""Share of the words of a fact from which a text tells it already."""
_WORDS = re.compile(r"[^\W_]+")
_SUBJECT = re.compile(r"[^\W\d_]{5,}")
"""What a test with a name in plain words is about."""
_TELLING = re.compile(r"[^\W_]{4,}")
_PLAIN = frozenset({"git", "http", "infra", "packages"})
"""Kinds of reports of which every cause is told in plain words."""
_NAMING = ("tests.name", "tests.names", "items.share")
"""Says which tests failed; without it a count is of no use."""
_SIDE = ("tests.skipped", "error.place", "error.file", "build.also_warnings")
"""What is told of a failure last."""


def admitted(found: list[Piece], language: Language) -> bool:
    """Whether some sentence tells of a failure, and not only of one that was mended."""
    return any(admits(piece.text, language) or language.marks["spoilt"].search(piece.text) for piece in found)


def outside(sentences: Sequence[str], language: Language) -> bool:
    """Whether what is still wrong is told, and told to be no part of the task, behind a result of it."""
    first, *others = sentences or [""]
    beside = [one for one in others if language.marks["outside"].search(one)]
    rest = [one for one in others if one not in beside and signals.troubled(one, language)]
    return any(admits(one, language) for one in beside) and not rest and not admits(first, language)


def admits(sentence: str, language: Language) -> bool:
    """Whether a sentence tells of a failure or of something that could not be done."""
    marks = language.marks
    left = language.not_bad.sub("", sentence)
    if not language.code or language.bad.search(left):
        return signals.troubled(sentence, language)
    left = marks["assured"].sub("", marks["spared"].sub("", marks["boast"].sub("", left)))
    if marks["mending"].search(left):
        return False
    return bool(marks["trouble"].search(left) or marks["negation"].search(left))


def sober(found: list[Piece], language: Language) -> list[Piece]:
    """Without the sentences that claim success, and those that only tell what was begun."""
    return [
        piece
        for piece in found
        if piece.kind != "heading"
        and not any(language.marks[mark].search(piece.text) for mark in ("boast", "activity", "began"))
        and not signals.is_filler(piece.text, language)
    ]


def modest(found: list[Piece], language: Language) -> list[Piece]:
    """Beside a failure that is told: without the boasts that neither tell of it nor count anything."""
    return [piece for piece in found if not _empty_boast(piece.text, language)]


def calm(found: list[Piece], language: Language) -> list[Piece]:
    """Beside a loss: without the cheers that count nothing, where more is told than that it is done."""
    cheers = [one for one in found if one.raw.rstrip().endswith("!") and _empty_boast(one.text, language)]
    kept = [one for one in found if one not in cheers or language.marks["bare"].fullmatch(one.text)]
    return kept if any(not language.marks["bare"].fullmatch(one.text) for one in kept) else found


def _empty_boast(sentence: str, language: Language) -> bool:
    told = signals.troubled(sentence, language) or signals.has_number(sentence, language)
    return bool(language.marks["boast"].search(sentence)) and not (told or admits(sentence, language))


def plain(found: list[Piece], files: Iterable[str], language: Language) -> list[Piece]:
    """Beside a check that failed unsaid: also what the agent did, and not how well things are now."""
    kept = credible(found, files, language)
    return [one for one in sober(found, language) if one in kept or language.marks["did"].search(one.text)]


def credible(found: list[Piece], files: Iterable[str], language: Language) -> list[Piece]:
    """Beside a deed that failed unsaid: what names a changed file, or what is left to do; not what came of the deed."""
    names = [path.rpartition("/")[2] for path in files]
    return [
        piece
        for piece in sober(found, language)
        if any(name in piece.raw for name in names)
        or (not claims(piece.text, language) and _opens(piece.text, language))
    ]


def _opens(sentence: str, language: Language) -> bool:
    """Whether it tells what is left to do or is not so, and neither praises nor invites."""
    left = language.marks["assured"].sub("", sentence)
    invites = any(language.marks[mark].search(sentence) for mark in ("invites", "anaphor"))
    return not invites and any(language.marks[mark].search(left) for mark in _OPEN)


_OPEN = ("due", "caveat", "trouble", "protect", "asking", "gone")


def claims(sentence: str, language: Language) -> bool:
    """Whether it tells of something that went well, or that was done."""
    return bool(language.good.search(sentence) or any(language.marks[one].search(sentence) for one in ("did", "claim")))


def remarks(sentence: str, language: Language) -> bool:
    """Whether it only adds something: `Note, …`."""
    return bool(language.marks["remark"].search(sentence))


def unproven(found: list[Piece], language: Language) -> list[Piece]:
    """The sober ones beside a loss, where a boast that counts something is a fact."""
    kept = sober(found, language)
    return [piece for piece in found if piece in kept or _counting(piece.text, language)]


def _counting(sentence: str, language: Language) -> bool:
    return bool(language.marks["boast"].search(sentence)) and signals.has_number(sentence, language)


def empty(found: list[Piece], language: Language) -> bool:
    """Whether nothing is told beyond that it is done."""
    return all(
        words(piece.text) <= _BARE
        or language.marks["bare"].fullmatch(piece.text)
        or any(language.marks[mark].search(piece.text) for mark in ("activity", "began"))
        or signals.is_filler(piece.text, language)
        for piece in found
    )


def ordered(report: Report | None) -> Report | None:
    """With what matters most of a failure first: the result, the names, the cause, what to do."""
    if report is None:
        return None
    first, rest = report.sayings[:1], report.sayings[1:]
    cure = (report.cure,) if report.cure else ()
    late = [one for one in rest if one.key in _SIDE]
    return replace(report, sayings=(*first, *(one for one in rest if one.key not in _SIDE), *cure, *late), cure=None)


_NAMES = re.compile(r"[\w.-]*(?:\d|\w_\w|[a-z][A-Z]|\w\.[a-z])[\w.-]*")


_QUOTED = re.compile(r"['\"`‘“](\w[\w.:@-]*[-/][\w./:@-]+)['\"`’”]")
_COUNTED = frozenset({"items.counts", "items.share"})
_CASE = re.compile(r"\[([\w-]+)\]$")
_MANY = 20
"""Smaller counts are said of other things too."""
_COUNT = re.compile(r"(?<![\w.,])\d{1,7}(?![\w.]*\d)")


def names(report: Report | None, language: Language) -> frozenset[str]:
    """What a failure is about, in small letters: tests, files, names of its message; counts of a part in words."""
    found = ordered(report)
    if found is None:
        return frozenset()
    place = found.place.rpartition(":")[0].rpartition("/")[2]
    spoken = [f" {word}" for one in found.failures[:3] if " " in one for word in _SUBJECT.findall(one)]
    named = (*found.failures[:3], *spoken, *_NAMES.findall(found.error), *_QUOTED.findall(found.error), place)
    sums = [str(one.fields.get("message", "")) for one in found.sayings if one.key in _COUNTED] + _cases(found)
    counts = [language.cardinal(int(n)) for one in sums for n in _COUNT.findall(one) if int(n) >= _MANY]
    return frozenset(name.lower() for name in (*named, *counts) if name)


def found_out(found: list[Piece], report: Report | None, language: Language) -> bool:
    """Whether it is told what a check found, without a word for failure: its names, or how many of all."""
    named = names(report, language)
    told_of = [one for one in found if not claims(one.text, language)]
    heard = any(signals.has_share(one.text, language) or any(n in one.raw.lower() for n in named) for one in told_of)
    if report is None or heard:
        return heard and report is not None
    return report.kind == "lint" and counted(report, [one.text for one in told_of], language)


def counted(report: Report, said: list[str], language: Language) -> bool:
    """Whether one of the counts of a report is said."""
    forms = [form for n in report.counts.values() if n for form in signals.forms(n, language)]
    return any(re.search(rf"\b{form}\b", one, re.I) for form in forms for one in said)


def _cases(report: Report) -> list[str]:
    """For what of one test it failed: `test_seat[113]`."""
    return [found[1] for name in report.failures[:3] if (found := _CASE.search(name))]


def lacking(report: Report | None, said: list[str], language: Language) -> list[str]:
    """What is known of a failure and not said of it, as clauses: its count, names and cause."""
    found = ordered(report)
    if found is None or found.verdict != "bad":
        return []
    room, added = _ROOM - sum(map(words, said)), list[str]()
    if not _result_told(found, said, language):
        first = told(found.sayings[0], language)
        added += [first] if words(first) <= room or found.counts.get("failed") else []
    for saying in found.sayings[1:3]:
        clause = told(saying, language)
        if not _worth_telling(found, saying, clause, said, language) or tells(said, clause, language):
            continue
        left = room - sum(map(words, added))
        fits = len(said) + len(added) < SENTENCES and words(clause) <= left
        alone = _is_plain(found, said, language) or (saying.key in _NAMING and not _explained(found, said, language))
        if fits or (not added and alone and unheard(saying, said, language)):
            added.append(clause)
    return added


def behind(said: list[str], language: Language) -> int:
    """Where more of a failure is told: in front of a closing question, and of what went well."""
    at = len(said) - said[-1].endswith("?")
    while at > 1 and claims(said[at - 1], language) and not admits(said[at - 1], language):
        at -= 1
    return at


def _result_told(report: Report, said: list[str], language: Language) -> bool:
    """Whether nothing of the result itself is missing: tests are counted, and problems where the text is terse."""
    if not report.sayings or report.kind not in ("tests", "lint", "build"):
        return True
    if report.kind == "tests":
        return _counts(report, said, language)
    return sum(map(words, said)) > _TERSE or any(signals.has_number(one, language) for one in said)


def _worth_telling(report: Report, saying: Saying, clause: str, said: list[str], language: Language) -> bool:
    terse = sum(map(words, said)) <= _TERSE
    if saying.key == "items.share" and any(signals.has_share(one, language) for one in said):
        return False
    if saying.key.startswith("cure."):
        return terse and not any(language.marks[mark].search(one) for one in said for mark in ("due", "advice", "step"))
    return saying.key not in _SIDE and words(clause) <= LONGEST and (terse or not _raw(report, saying))


def _raw(report: Report, saying: Saying) -> bool:
    """Whether it is a message as a program wrote it, of which nobody knows what it is worth."""
    return report.kind == "exit" and saying.key == "error.message"


def _is_plain(report: Report, said: list[str], language: Language) -> bool:
    """Whether a cause is known in words for the ear, or nothing is said that could be one."""
    return report.kind in _PLAIN or not any(signals.facts(one, language) for one in said)


def _explained(report: Report, said: list[str], language: Language) -> bool:
    """Whether a cause is told, for what it fails, or what to do."""
    heard, cases = set(_WORDS.findall(" ".join(said).lower())), _cases(report)
    if cases and all(set(_WORDS.findall(render(case, language).lower())) <= heard for case in cases):
        return True
    return any(language.marks[mark].search(one) for one in said for mark in ("blame", "step"))


_SMALL = re.compile(r"(?<![\d.,])(\d|1\d)(?: of (?:the )?(\d+))?(?![\d.,]*\d)")
"""A count that is said of other things too."""


def unheard(saying: Saying, said: list[str], language: Language) -> bool:
    """Whether a fact has numbers or names, and none of them is said: no other words can stand for them."""
    heard = set(_WORDS.findall(" ".join(said).lower()))
    if saying.key == "items.share" and (part := _SMALL.search(str(saying.fields["message"]))):
        whole = [language.cardinal(int(n)) for n in part.groups() if n]
        return not any(signals.has_share(one, language) for one in said) and (bool(part[2]) or whole[0] not in heard)
    written = [str(raw) for key, raw in saying.fields.items() if key != "error"]
    named = [name for raw in written for name in _NAMES.findall(raw)][: 1 if saying.key == "items.share" else None]
    return bool(named) and not any(set(_WORDS.findall(render(name, language).lower())) <= heard for name in named)


def _counts(report: Report, said: list[str], language: Language) -> bool:
    """Whether the number of failures is said."""
    failed, text = report.counts.get("failed") or report.counts.get("errors"), " ".join(said)
    if failed is None or any(signals.has_share(one, language) for one in said):
        return True
    return bool(re.search(rf"\b(?:{failed}|{'|'.join(signals.forms(failed, language))})\b", text, re.I))


def tells(said: list[str], clause: str, language: Language) -> bool:
    """Whether most words of a clause are said."""
    own = {word for word in _TELLING.findall(clause.lower()) if word not in language.common}
    heard = set(_TELLING.findall(" ".join(said).lower()))
    return not own or len(own & heard) > _KNOWN * len(own)
