"""Identifiers in speech: whether each one said is said as words, and leads back to what was written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from itertools import accumulate

from speakbench.cases import Case
from speakbench.numerals import cardinals
from speakbench.words import ESCAPES, language, places, squashed, tokens, word_set

READ = 200_000
SPAN = re.compile(r"`([^`\n]{2,120})`")
NAMES: Sequence[re.Pattern[str]] = (
    re.compile(r"\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+\b"),
    re.compile(r"\b[a-z]{2,}[a-z0-9]*[A-Z]\w*\b"),
    re.compile(r"\b(?:[A-Z][a-z0-9]+){2,}(?=\(|Error\b|Exception\b)(?:Error|Exception)?"),
    re.compile(
        r"\b[\w-]+(?:\.[\w-]+)*\.(?:py|tsx?|jsx?|mjs|json|ya?ml|toml|md|txt|css|html|rs|go|java|cpp|[ch]|sh|sql|lock|cfg)\b"
    ),
    re.compile(r"\bv\d+(?:\.\d+)+\b|\b\d+(?:\.\d+){2,}\b"),
    re.compile(r"(?<=--)[a-z]\w*(?:-\w+)+"),
)
IN_SPANS: Sequence[re.Pattern[str]] = (
    re.compile(r"\b[A-Za-z]\w*(?:-\w+)+\b"),
    re.compile(r"\b(?:[A-Z][a-z0-9]+){2,}\b"),
)
HASH = re.compile(r"\b(?!ed25519\b)(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,64}\b")
HASH_SPOKEN = 6
"""Characters of a hash that are worth hearing."""


def lexicon(source: str) -> Mapping[str, Set[str]]:
    """Letters and digits of the spoken form -> the identifiers of the source that are spoken so; of one word: none."""
    text = ESCAPES.sub(" ", source[:READ])
    spans = " ; ".join(SPAN.findall(text))
    found = {name for pattern in NAMES for name in pattern.findall(text)}
    found |= {name for pattern in IN_SPANS for name in pattern.findall(spans)}
    entries = defaultdict(set)
    for name in found:
        parts = _parts(name)
        if len(parts) > 1:
            entries["".join(parts)].add(name.removeprefix("v") if name[1:2].isdecimal() else name)
    return entries


def _parts(name: str) -> list[str]:
    return cardinals(tokens(name, spanish=False))


def said(case: Case, spoken: str) -> tuple[int, list[str]]:
    """How many identifiers of the source were said, and those that were not words or do not lead back to one.

    A language without rules has no word for a dot: there none count.
    """
    if language(case.prose) not in ("en", "es"):
        return 0, []
    words = cardinals(tokens(spoken, split=False))
    starts = {0, *accumulate(map(len, words))}
    entries = lexicon(case.source)
    spans = {key: found for key in entries if (found := places(words, [key]))}
    wrong, count = [], 0
    for key, found in spans.items():
        own = [span for span in found if not _inside_longer(span, key, spans)]
        if not own:
            continue
        count += 1
        names = sorted(entries[key])
        if not any(_in_words(span, names[0], starts) for span in own):
            wrong.append(f"{names[0]}: not as words")
        elif not _unique(names, case.final_text):
            wrong.append(f"{' or '.join(names)}?")
    hashes = [found for found in set(HASH.findall(case.source[:READ])) if _told(found, spoken)]
    return count + len(hashes), wrong + [f"{found[:HASH_SPOKEN]}…: spelled too far" for found in hashes]


def _inside_longer(span: tuple[int, int], key: str, spans: Mapping[str, Sequence[tuple[int, int]]]) -> bool:
    """The speaker said a longer name that holds this one."""
    begin, end = span
    return any(b <= begin and end <= e for other, found in spans.items() if len(other) > len(key) for b, e in found)


def _in_words(span: tuple[int, int], name: str, starts: Set[int]) -> bool:
    ends = accumulate(map(len, _parts(name)))
    return all(span[0] + end in starts for end in ends)


def _unique(names: Sequence[str], written: str) -> bool:
    """One identifier is meant, in large or small letters; of several, the one that the agent wrote itself."""
    recent = {name.lower() for name in names if name in written}
    return len({name.lower() for name in names}) == 1 or len(recent) == 1


def _told(found: str, spoken: str) -> bool:
    return found[: HASH_SPOKEN + 2] in squashed(spoken, spelled=True)


EXTENSIONS = word_set(
    "py ts tsx js jsx mjs json yaml yml toml md txt css html rs go java c h cpp sh sql lock cfg ini env log rb php kt "
    "swift vue csv xml svg png proto conf gradle"
)
OPTION = re.compile(r"(?<!\S)--?(?:[\w-]*-)?(\w+)[ =][\"'`]?(?:[\w./-]*/)?(?<![\w.])\.(\w+)")
"""The last word of an option, and the file behind it that begins with a dot."""
CLAUSE = re.compile(r"[.,;?!]+(?:\s|$)")
LEADING = word_set(
    "the a an and or of in into to from for with by at is are your my this that its file deleted removed edited "
    "changed created added updated moved renamed wrote read el la los las un una y o de en con tu "
    "borrado eliminado editado"
)


def file_names(spoken: str, source: str) -> list[str]:
    """Names of files as they are said; one that begins with the dot has no part in the words before it."""
    before = {(word.lower(), name.lower()) for word, name in OPTION.findall(source)}
    hidden = {name.lower() for name in re.findall(r"(?<![\w.])\.(\w+)", source)}
    found = []
    for clause in CLAUSE.split(spoken):
        said = cardinals(tokens(clause))
        found += [
            f"{said[at - 1]} dot {said[at + 1]}"
            for at in range(1, len(said) - 1)
            if said[at] == "dot"
            and said[at + 1] in EXTENSIONS
            and not said[at - 1].isdecimal()
            and not (said[at - 1] in LEADING and said[at + 1] in hidden)
            and (said[at - 1], said[at + 1]) not in before
        ]
    return found
