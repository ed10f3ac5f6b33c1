"""The end of a turn that did work, told result first: done, failed or stopped, then the facts; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aidevops_voice import progress
from aidevops_voice.ports import ToolFinished, TurnEnded
from aidevops_voice.speakable import count, file_name, sentences, shortened, words

_BAD = re.compile(
    r"\b(?:fail(?:s|ed|ing|ures?)?|errors?|could ?n[o']t|cannot|can't|unable|broken|crash(?:es|ed)?"
    r"|not (?:work|possible|found|pass|done|finish)\w*)\b",
    re.I,
)
_GOOD = re.compile(
    r"\b(?:done|finished|complete[d]?|fixed|added|created|removed|deleted|updated|changed|renamed|moved|pass(?:es|ed|ing)?|committed|pushed|"
    r"installed|built|implemented|wrote|written|works?|succe\w+|ready|resolved|refactored|replaced|found|ran)\b",
    re.I,
)  # fmt: skip
_NOT_BAD = re.compile(
    r"\b(?:no|zero|0|without(?: any)?) (?:tests? )?(?:fail\w*|errors?|problems?)\b"
    r"|\b(?:fail\w*|errors?) (?:is|are|was|were|has been|have been) (?:all )?(?:fixed|resolved|solved|gone)\b"
    r"|\b(?:fix(?:es|ed)?|resolv(?:es|ed)|solv(?:es|ed)) (?:\w+ ){0,4}(?:fail\w*|errors?|crash\w*|broken)\b"
    r"|\b(?:cannot|can't|could ?n[o']t) be (?:restored|undone|recovered)\b",
    re.I,
)
_DOUBT = re.compile(
    r"n[o']t\b|\b(?:no|without|never|nothing|none|refus\w+|den(?:y|ied)|reject\w*|forbidden|unauthori[sz]ed"
    r"|unavailable|missing|timed out|time ?out|stopped|abort\w*|killed|exceeded|conflicts?|invalid|exception|panick?\w*"
    r"|untouched|unhealthy|instead|but|however|only|although|except|problems?|issues?|limit\w*|wrong|lacks?|until|unless"
    r"|fail\w*|errors?)\b",
    re.I,
)
"""Words with which an answer is not called done on its behalf."""
_REST = "The rest is on the page."
_SENTENCES = 3
_FRONT = 12
"""Words within which the result is told."""


@dataclass(slots=True)
class Work:
    """What a turn did, as far as it can be told."""

    text: str = ""
    files: dict[str, None] = field(default_factory=dict)
    results: list[str] = field(default_factory=list)
    worked: bool = False
    """Something was done, and not only looked at."""

    def add(self, tool: ToolFinished) -> None:
        """Count a finished tool."""
        self.worked = self.worked or progress.works(tool)
        self.files.update(dict.fromkeys(change.path for change in tool.files))
        if told := progress.result(tool):
            self.results.append(told)


def tell(work: Work, ended: TurnEnded, max_words: int) -> list[str]:
    """One to three sentences within `max_words`."""
    match ended.outcome:
        case "stopped":
            return [f"Stopped. {_already(work)}".strip()]
        case "failed":
            return _failed(ended)
        case _:
            return _within(_done(work), max_words)


def first_sentence(text: str) -> str:
    """The first spoken sentence of a text, short enough for progress; else empty."""
    said = sentences(text)[0][:1] if text else []
    return said[0] if said and words(said[0]) <= 20 else ""


def is_bad(text: str) -> bool:
    """Whether it speaks of failure."""
    return bool(_BAD.search(_NOT_BAD.sub("", text)))


def is_good(text: str) -> bool:
    """Whether it speaks of work done."""
    return bool(_GOOD.search(text))


def _done(work: Work) -> list[str]:
    said, left_out = sentences(work.text)
    if not said:
        return [_from_tools(work), *([_REST] if left_out else [])]
    told = [i for i, sentence in enumerate(said) if is_bad(sentence) or is_good(sentence)]
    if work.worked and told and _front(said[0]) == "" and told[0] <= 6:
        first = said.pop(told[0])
        return [_fronted(first, work), *said]
    return [_fronted(said[0], work) if work.worked else said[0], *said[1:]]


def _front(sentence: str) -> str:
    """The verdict that stands in the first words: bad, good or none."""
    head = " ".join(sentence.split()[:_FRONT])
    return "bad" if is_bad(head) else "good" if is_good(head) else ""


def _fronted(sentence: str, work: Work) -> str:
    if _front(sentence) or sentence.endswith("?"):
        return sentence
    if work.results and is_bad(work.results[-1]):
        return f"{_capital(work.results[-1])}. {sentence}"
    if is_bad(sentence):
        return f"Not all is well, {sentence[0].lower()}{sentence[1:]}"
    return sentence if _DOUBT.search(work.text) else f"Done. {sentence}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _from_tools(work: Work) -> str:
    facts = work.results[-1:] + ([f"{count(len(work.files), 'file')} changed"] if work.files else [])
    if facts and is_bad(facts[0]):
        return f"Not all went well, {', '.join(facts)}."
    return f"Done. {_capital(', '.join(facts))}." if facts else "Done."


def _already(work: Work) -> str:
    if not work.files:
        return ""
    if len(work.files) == 1:
        return f"It had already edited {file_name(next(iter(work.files)))}."
    return f"It had already edited {count(len(work.files), 'file')}."


def _failed(ended: TurnEnded) -> list[str]:
    error = ended.error
    if error is None:
        return ["That failed. The details are on the page."]
    cause = sentences(error.message)[0][:1]
    said = [error.spoken, *(shortened(c, 30) for c in cause if c.rstrip(".") not in error.spoken)]
    # A command to type is for the page.
    cure = [] if ":" in error.cure or "`" in error.cure else sentences(error.cure)[0][:1]
    return [*said, *cure][:_SENTENCES]


def _within(said: list[str], max_words: int) -> list[str]:
    kept: list[str] = []
    for sentence in said[:_SENTENCES]:
        room = max_words - sum(map(words, kept))
        if kept and words(sentence) > room:
            break
        kept.append(shortened(sentence, room))
    return kept if len(kept) == len(said) else [*kept[: _SENTENCES - 1], _REST]
