"""Whether a summary says yes where the source says no: verdicts, counted verdicts and negations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from speakbench.cases import Case
from speakbench.metrics import counts, sentences
from speakbench.numerals import MONTHS, joined
from speakbench.words import ESCAPES, tokens, word_set

CLASSES: Mapping[str, frozenset[str]] = {
    "pass": word_set("pass passed passes passing succeeded pasan pasaron pasado"),
    "fail": word_set("fail failed fails failing failure failures error errors fallan fallaron fallo errores"),
    "skip": word_set("skip skipped ignored omitidas"),
    "add": word_set("added add adds insertion insertions additions plus anadidas"),
    "remove": word_set("removed remove removes deletion deletions deleted minus eliminadas"),
}
ARTICLES = word_set("las los")
"""Between a verdict and its number in Spanish: `pasan las 4 pruebas`."""
SIGNS = word_set("plus minus")
"""They belong to the number behind them."""
CLASS_OF = {word: name for name, words in CLASSES.items() for word in words}
OPPOSITE = {"pass": {"fail", "skip"}, "fail": {"pass", "skip"}, "skip": {"pass", "fail"}} | {
    "add": {"remove"},
    "remove": {"add"},
}
NOUNS = word_set(
    "test tests line lines file files case cases check checks suite suites were was have has of them are is other "
    "others lineas prueba pruebas archivo archivos new"
)
NEGATIONS = word_set("not no never nothing none without cannot neither nunca nada sin ninguna ninguno tampoco")
EMPTY = word_set(
    "a an the i we it is are was were be been to of in on at for and or that this with as by do does did has have had "
    "will would can could should all so you your my el la los las un una de en y que se"
)
FAILED = word_set(
    "fail failed fails failing failure failures error errors not cannot couldn unable broken refused rejected missing "
    "conflict conflicts crashed denied stopped killed timed timeout no without never nothing unreachable invalid "
    "problem problems issues limit forbidden unauthorized lacks wrong exceeded blocked unresolved fallo falla "
    "fallan fallaron fallos pude sin pending still only skipped omitida omitidas panic panics panicked damaged "
    "truncated corrupt corrupted malformed incomplete"
)
CLAIMS = re.compile(
    r"\b(all|every|both)\b[\w\s'-]{0,40}\b(pass|passed|passes|passing|succeeded|green)\b|^\W*(done|finished|success|"
    r"fixed|hecho|listo)\b",
    re.I,
)
ALIKE, LEAST = 0.85, 4


def turned(case: Case, spoken: str, outcome: str = "") -> list[str]:
    """What the summary says the other way round; `outcome` is the system's own verdict, where it gives one."""
    return [*_verdict(case, spoken, outcome), *_counted(case, spoken), *_negated(case, spoken)]


def _verdict(case: Case, spoken: str, outcome: str) -> Iterator[str]:
    if {case.outcome, outcome} == {"done", "failed"}:
        yield f"told as {outcome}, was {case.outcome}"
    said = set(tokens(spoken))
    if case.outcome == "failed" and spoken.strip() and not said & FAILED:
        yield "a failure without a word of failure"
    claim = CLAIMS.search(spoken) if case.outcome == "failed" else None
    # What passed may be told once the failure was.
    if claim and not FAILED & set(tokens(spoken[: claim.start()])):
        yield f"a failure told as {claim.group()!r}"


def _counted(case: Case, spoken: str) -> Iterator[str]:
    source = defaultdict(set)
    for number, name in (*_pairs(case.source), *_left_over(case.source)):
        source[number].add(name)
    countable = counts(case)
    for number, name in _pairs(spoken):
        known = source.get(number, set())
        if name in known:
            continue
        if known & OPPOSITE[name]:
            yield f"{number} {name}, the source has {number} {' and '.join(sorted(known))}"
        elif name == "pass" or (name == "fail" and number not in countable):
            yield f"{number} {name}, which the source does not say"


RAN = re.compile(r"^Ran (\d+) tests? in .*\n+(?:FAILED|OK)(?: \(((?:\w+=\d+(?:, )?)+)\))?", re.M)
"""The end of a run of unittest, which does not count what passed."""


def _left_over(text: str) -> Iterator[tuple[str, str]]:
    for total, rest in RAN.findall(text):
        yield str(int(total) - sum(map(int, re.findall(r"\d+", rest)))), "pass"


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Numbers with the verdict beside them: `3 failed`, `3 of the tests failed`, `failed: 3`."""
    for line in re.split(r"[\n.,;|]\s|\n|,", SHARE.sub(r"\1 of \2", DATE.sub("date", ESCAPES.sub("", text)))):
        words = joined(tokens(line))
        for at, word in enumerate(words):
            if not word.isdecimal() or _is_pronoun(words, at) or (at + 1 < len(words) and words[at + 1] == "of"):
                continue
            follow = at + 1
            while follow < len(words) and words[follow] in NOUNS:
                follow += 1
            if follow < len(words) and words[follow] in CLASS_OF and words[follow] not in SIGNS:
                yield _part(words, at), CLASS_OF[words[follow]]
            elif at and words[at - 1] in CLASS_OF:
                yield word, CLASS_OF[words[at - 1]]
            elif at > 1 and words[at - 1] in ARTICLES and words[at - 2] in CLASS_OF:
                yield word, CLASS_OF[words[at - 2]]


_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_BELOW_100 = rf"(?:(?:{_TENS})(?:[ -](?:{_ONES}))?|{_TEENS})"
_NTH = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
    r"|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
DATE = re.compile(
    rf"(?<![\d-])\d{{4}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d-])"
    rf"|\b(?:{'|'.join(month for month in MONTHS if len(month) > 3)}|may) (?:{_NTH}|{_BELOW_100}|{_ONES}|\d{{1,2}}),? "
    rf"(?:(?:nineteen|twenty)[ -]{_BELOW_100}|two thousand(?: (?:{_ONES}))?|(?:19|20)\d\d)\b",
    re.I,
)
"""With day and year: no count, whatever stands beside it."""
SHARE = re.compile(r"(?<![\d/.])(\d{1,6})/(\d{1,6})(?![\d/])")
POINTING = word_set("this that which each every only other last next same new old no") | {
    f"{n}th" for n in range(1, 32)
}


def _is_pronoun(words: Sequence[str], at: int) -> bool:
    """`the first one` and `which one` count nothing."""
    return words[at] == "1" and at > 0 and words[at - 1] in POINTING


def _part(words: Sequence[str], at: int) -> str:
    """The number that the verdict is about: 3 in `3 of the 20 tests failed`."""
    before = at - 1 - (at > 0 and words[at - 1] == "the")
    part = words[before - 1] if before > 0 and words[before] == "of" else ""
    return part if part.isdecimal() else words[at]


def _negated(case: Case, spoken: str) -> Iterator[str]:
    source = WRAPPED.sub(" ", PLAIN_NO.sub("", case.source[:200_000]))
    written = [sentence for sentence in re.split(r"(?<=[.?!])[*_]*\s+|\n", source) if len(sentence) < 400]
    prose = [*written, *(clause for sentence in written for clause in CLAUSES.split(sentence)[:-1])]
    sources = [Said.of(sentence) for sentence in prose]
    ends = [Said.of(CLAUSES.split(sentence)[-1]) for sentence in written]
    answers = bool(PLAIN_NO.search(case.source[:200_000]))
    for sentence in (LAST_CHOICE.sub("?", one) for one in sentences(spoken)):
        sentence = NO_FIRST.sub("", sentence) if answers else sentence
        clauses = [Said.of(clause) for clause in TOLD_CLAUSES.split(sentence)]
        found = _turned_in(Said.of(sentence), sources)
        # Two sentences of the source may stand in one: what is told rightly of the other is not held against it.
        if found and len(clauses) > 1:
            rest = [one for one in clauses if not _is_another(one, found, [*sources, *ends])]
            found = _turned_in(Said.of(", ".join(one.text for one in rest)), sources, least=1)
        parts = clauses if len(clauses) > 1 else []
        found = found or next((one for part in parts if (one := _turned_in(part, [*sources, *ends]))), None)
        if found:
            yield f"{sentence!r} against {found.text.strip()[:80]!r}"


CLAUSES = re.compile(r"[,;:—]\s")
TOLD_CLAUSES = re.compile(r"[,;:—]\s| or (?=none\b|.*\?$)| o (?=ningun[oa]\b|.*\?$)", re.I)
"""Of choices one denies no other."""
WRAPPED = re.compile(r"(?<=[a-záéíóúñ,])\n(?=[a-záéíóúñ])")
"""A line that goes on in the next one."""
PLAIN_NO, NO_FIRST = re.compile(r"^[*_]*no[.!][*_]*(?:\s+|$)", re.I | re.M), re.compile(r"^no, ", re.I)
"""The answer of a text, in front of a statement that it does not deny."""
LAST_CHOICE = re.compile(r" (?:or (?:never|no)|o (?:nunca|no))\?$", re.I)
"""Nor does `or Never?` deny the question."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or clause: what it is about, and whether it denies it."""

    text: str
    content: frozenset[str]
    denies: bool

    @classmethod
    def of(cls, text: str) -> Said:
        """Read one."""
        return cls(text, _content(text), _denies(text))


def _turned_in(told: Said, sources: Sequence[Said], least: int = LEAST) -> Said | None:
    """What of the source says the same the other way round, where nothing says it this way."""
    if len(told.content) < least:
        return None
    alike = [one for one in sources if _overlap(told.content, one.content) >= ALIKE]
    return alike[0] if alike and all(one.denies != told.denies for one in alike) else None


def _is_another(clause: Said, whole: Said, sources: Sequence[Said]) -> bool:
    """Whether a clause is a statement of its own in the source, beside the one that the sentence is held against."""
    return any(
        bool(clause.content - whole.content)
        and one.denies == clause.denies
        and _overlap(clause.content, one.content) >= ALIKE
        for one in sources
    )


def _content(sentence: str) -> frozenset[str]:
    return frozenset(tokens(sentence)) - EMPTY - NEGATIONS


def _denies(sentence: str) -> bool:
    return bool(NEGATIONS & set(tokens(sentence))) or "n't" in sentence or "!=" in sentence


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
