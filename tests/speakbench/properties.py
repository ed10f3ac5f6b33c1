"""What holds of every text and every stream, however odd; each function names what does not."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from speakbench import metrics
from speakbench.cases import Case, Event
from speakbench.metrics import FOREIGN_MARKS
from speakbench.nasty import FOREIGN, SECRETS

from aidevops_voice import languages
from aidevops_voice.narrator.narrated import narrate_events, narrate_text
from aidevops_voice.words.speakable import Reader

WORDS, SENTENCES, SENTENCE_WORDS = 80, 3, 20
REST = 10
"""Words that may tell that there is more."""
STEERED = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[ -/]*[0-Z\\^-~]")
"""Steers a terminal; its last sign is none of the text."""
FRACTION = re.compile("[¼-¾⅐-⅞↉⅟]")
"""Is no part of a number beside it."""
LINES = 50
"""Of a source that may settle its language."""
RAISED = re.compile("[⁰¹²³⁴-⁹]+")
"""Is a power, and none of the number in front of it."""
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn"})


def of_text(text: str) -> list[str]:
    """Told as a finished answer; told again it stays, if what was kept of two languages is not another one's."""
    case = _case(text)
    told = " ".join(narrate_text(text).spoken)
    again = " ".join(narrate_text(told).spoken)
    found = [*of_words(case, told), *_too_long(told)]
    same = again == told or languages.guess(told).code != languages.guess(text).code
    return found if same else [*found, f"told again: {told!r} became {again!r}"]


def of_pieces(text: str, cuts: Sequence[int]) -> list[str]:
    """Read as it streams, cut anywhere, and in one piece."""
    whole, left_out = _read([text])
    ends = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    pieces, also = _read([text[begin:end] for begin, end in pairwise(ends)])
    found = of_words(_case(text), " ".join(whole))
    return found if (pieces, also) == (whole, left_out) else [*found, f"in pieces {pieces!r}, in one {whole!r}"]


def of_stream(lines: Sequence[str]) -> list[str]:
    """Told as a turn: an outcome has the limits of an answer, what is spoken as it streams only those of words."""
    events: tuple[Event, ...] = tuple(json.loads(line) for line in lines)
    secret = _secrets("\n".join(lines))
    case = Case("fuzz", "fuzz", "gpt", "work", "", events, (), (), WORDS, "normal", "info", (), secret)
    told = " ".join(narrate_events(lines).spoken)
    kinds = [str(event["type"]) for event in events]
    if len({event["part"] for event in events if event["type"] == "text"}) > 1 or {"ask", "retrying"} & set(kinds):
        return of_words(case, told)
    if events[-1]["outcome"] != "done" or "text" in kinds[: _last(kinds, "tool_finished")]:
        return of_words(case, told)
    streamed = "text" in kinds and "tool_finished" not in kinds
    return [*of_words(case, told), *(_too_long(told, REST, WORDS + 1) if streamed else _too_long(told))]


def _last(kinds: Sequence[str], kind: str) -> int:
    return len(kinds) - kinds[::-1].index(kind) if kind in kinds else 0


def of_words(case: Case, told: str) -> list[str]:
    """Nothing leaks, nothing is made up, and an engine can read it."""
    return [*metrics.leaks(told), *_unvoiced(case, told), *metrics.betrayed(case, told), *_invented(case, told)]


def _case(text: str) -> Case:
    return Case("fuzz", "fuzz", "gpt", "answer", text, (), (), (), WORDS, "normal", "info", (), _secrets(text))


def _secrets(text: str) -> tuple[str, ...]:
    return tuple(secret for secret in SECRETS if secret in text)


def _read(pieces: Sequence[str]) -> tuple[list[str], set[str]]:
    reader = Reader()
    said = [sentence for piece in pieces for sentence in reader.feed(piece)]
    return said + reader.close(), set(reader.left_out)


def _unvoiced(case: Case, told: str) -> list[str]:
    """Digits may stay where a language without rules is near: odd pieces side by side have none of their own.

    They may also stay in a sentence that is in such a language by itself, by its first word, or by what was read
    before it.
    """
    found = metrics.unvoiced(case, told)
    if any(foreign in case.source for foreign in FOREIGN) or not languages.guess(case.prose or told).code:
        return [fault for fault in found if fault.strip("'") not in FOREIGN_MARKS]
    parts, lines = metrics.sentences(told), case.source.splitlines()
    begun = ("\n".join(lines[:end]) for end in range(1, min(len(lines), LINES) + 1))
    # Of a sentence that has no word of any language the one that the text began in holds.
    usual = languages.unruled() if any(not languages.guess(text).code for text in (*begun, *lines)) else None
    ruled = "".join(
        sentence
        for at, sentence in enumerate(parts, 1)
        if languages.guess(sentence, usual).code
        and languages.guess(sentence.split()[0]).code
        and languages.guess(" ".join(parts[:at])).code
    )
    return [fault for fault in found if (mark := fault.strip("'")) not in FOREIGN_MARKS or mark in ruled]


def _invented(case: Case, told: str) -> list[str]:
    """Numbers that stand in no reading of the source: raw, in usual forms, and without what is unseen."""
    found = [fault for fault in metrics.invented(case, told) if not _stands_in(fault, case.source)]
    if COUNTED.search(told):
        found = [fault for fault in found if not (fault.isdecimal() and 0 < int(fault) < _commands(case))]
    for reading in _readings(case.source) if found else ():
        read = set(metrics.invented(_case(reading), told))
        found = [fault for fault in found if fault in read]
    return found


COUNTED = re.compile(r"\bmore commands\b|\b(?:comandos|órdenes) más\b|\bbranches\b|\bramas\b")
STAND_INS = frozenset(
    {"secret", "commit", "identifier", "number", "secreto", "identificador", "largo", "seconds", "segundos"}
)
"""What a name, or the end of a time, was replaced by, of which the ending is still said."""


JOINT = re.compile(r"\b(\d{1,9})\W+(?:y|and)\W+(\d{1,9})\b", re.I)
"""`20 Y 3` sounds like one number."""


def _stands_in(fault: str, source: str) -> bool:
    sums = {int(first) + int(second) for first, second in JOINT.findall(source)}
    if fault.isdecimal() and int(fault) in _rows(source) | sums:
        return True
    before, dot, name = fault.rpartition(" dot ")
    led = "" if before in STAND_INS else r"(?<!\w)"
    if dot and before and re.search(rf"{led}\.(?i:{re.escape(name)})(?![a-z])", source):
        return True
    # `pass.P\x1fY` is a file once what is unseen is gone.
    wanted = {_bare(fault), _bare(fault.replace(" dot ", ""))}
    return any(bare in _bare(reading) for reading in _readings(source) for bare in wanted)


def _commands(case: Case) -> int:
    """The most commands, or branches, that a shell may find in one text, whatever its signs do there."""
    return max((len(re.split(r"[\s&|;`()]+", str(event.get("command", "")))) for event in case.events), default=0)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _rows(source: str) -> set[int]:
    """Rows of broken tables, as one may count them."""
    lines = [line for line in source.splitlines() if "|" in line and re.search(r"[^\W_]|[^\x00-\x7f]", line)]
    return set(range(len(lines) + 1))


def _readings(source: str) -> Iterator[str]:
    usual = unicodedata.normalize("NFKC", FRACTION.sub(r"  \g<0>  ", STEERED.sub("", source)))
    yield usual
    yield "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in usual)
    yield RAISED.sub(" ", source)
    yield "".join(char for char in usual if unicodedata.category(char) not in UNSEEN)
    # Words are compared without accents, and so the end of `A.Ç` is a C.
    yield "".join(char for char in unicodedata.normalize("NFD", usual) if unicodedata.category(char) != "Mn")


def _too_long(told: str, more: int = 0, most: int = SENTENCES) -> list[str]:
    parts = metrics.sentences(told)
    longest = max(map(metrics.count_words, parts), default=0)
    limits = (
        ("words", metrics.count_words(told), WORDS + more),
        ("sentences", len(parts), most),
        ("words in a sentence", longest, SENTENCE_WORDS),
    )
    return [f"{number} {name}: {told!r}" for name, number, limit in limits if number > limit]
