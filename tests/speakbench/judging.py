"""One told turn, measured in every way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from speakbench import front, identifiers, metrics
from speakbench.cases import Case
from speakbench.polarity import turned
from speakbench.systems import Spoken


@dataclass(frozen=True, slots=True)
class Verdict:
    """One case told by one system, measured; each list names what is wrong."""

    id: str
    spoken: str
    words: int
    sentences: int
    longest: int
    """Words of the longest sentence."""
    facts: int
    critical: bool
    secrets: int
    """How many there are in the source."""
    names: int
    """Identifiers of the source that were said."""
    wrong: Mapping[str, list[str]]


def judge(
    case: Case, spoken: Spoken, again: Callable[[str], str], others: Sequence[tuple[str, Spoken]] = ()
) -> Verdict:
    """Every measure of one told case; `others` is what was said of the same turn in other clothes."""
    text = spoken.text
    parts = metrics.sentences(text)
    names, misnamed = identifiers.said(case, text)
    wrong: dict[str, list[str]] = {
        "leakage": metrics.leaks(text),
        "not vocalisable": metrics.unvoiced(case, text),
        "must not be said": metrics.forbidden(case, text),
        "secrets": metrics.betrayed(case, text),
        "length": metrics.too_long(case, text),
        "front": ["too late"] if front.outcome_comes_late(case, text) else [],
        "lost facts": metrics.lost(case, text),
        "fabrication": metrics.invented(case, text),
        "polarity": turned(case, text, spoken.outcome),
        "identifiers": misnamed,
        "idempotence": [] if (twice := again(text)) == text else [twice[:200]],
        "stability": list(_unstable(case, spoken, others)),
    }
    return Verdict(
        id=case.id,
        spoken=text,
        words=metrics.count_words(text),
        sentences=len(parts),
        longest=max(map(metrics.count_words, parts), default=0),
        facts=len(case.keep),
        critical=case.critical,
        secrets=len(metrics.secrets_of(case)),
        names=names,
        wrong={name: found for name, found in wrong.items() if found},
    )


def _unstable(case: Case, spoken: Spoken, others: Sequence[tuple[str, Spoken]]) -> Iterable[str]:
    lost = set(metrics.lost(case, spoken.text))
    for name, other in others:
        also = set(metrics.lost(case, other.text))
        if also != lost:
            what = "lost" if also - lost else "found"
            yield f"{name}: {', '.join(sorted(also ^ lost))} {what} in {other.text[:200]!r}"
        if other.outcome != spoken.outcome:
            yield f"{name}: {other.outcome} for {spoken.outcome}"
        if betrayed := metrics.betrayed(case, other.text):
            yield f"{name}: told a secret, {betrayed[0]}"
        if leaked := metrics.leaks(other.text):
            yield f"{name}: {leaked[0]}"
