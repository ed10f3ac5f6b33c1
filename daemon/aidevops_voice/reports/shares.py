"""How much of it went through, as the output of any tool sums it up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aidevops_voice.languages import Saying
from aidevops_voice.reports import causes, items
from aidevops_voice.reports.items import LOST, VERBS
from aidevops_voice.reports.report import Report, brief, said, weight
from aidevops_voice.reports.run import Run

_PART_OF = re.compile(
    r"(?<![\d.,/\[(:-])(?<!step )(?<!stage )(?<!page )"
    r"(\d[\d,]{0,12})(?: (?:out )?(?:of|de) (?:the |las |los )?|/)(\d[\d,]{0,12})\b(?![/.:\])])",
    re.I,
)
_FAILED = re.compile(
    rf"\b(?<!exit )(?<!code )[1-9][\d,]*(?! (?:Client|Server) Error)(?: \w+){{0,2}} (?:{LOST}|not \w+)\b(?!:)"
    rf"|\b(?!errors? )(?:{LOST})[:=]? [1-9][\d,]*\b(?![.:]\d)(?! (?:times?|attempts?|retries))",
    re.I,
)
_KEYED = re.compile(r"[\"']?\b(?P<key>[A-Za-z][A-Za-z _-]{1,24})[\"']? ?[:=] ?(?P<n>\d[\d,]{0,12})\b(?![.\d%])")
_COMMENT = re.compile(r" (?:--|—|–) .*$| \(see .*$|; see .*$")
_DID = re.compile(rf"\b\d[\d,]* (?:[a-z]+ ){{0,2}}(?:{VERBS})\b|^(?:[a-z]+ )?(?:{VERBS}):? \d[\d,]*\b(?![.:]\d)", re.I)
_DIGITS = re.compile(r"\d[\d.,]*")
_LAST, _WORDS, _ENDING = 8, 18, 3


def summed(run: Run) -> Report | None:
    """How much a command that succeeded says it did, in one of its last lines, and what was left out."""
    if run.shows or not run.command or not run.succeeded or not run.lines:
        return None
    listed = items.failed(run)
    names = items.told(listed, run.cut) if listed else ()
    ending = run.lines[-_ENDING:]
    for at in range(len(ending) - 1, -1, -1):
        if at and _DIGITS.sub("#", ending[at]) == _DIGITS.sub("#", ending[at - 1]):
            return None  # a row of many, and no sum
        if partial := _share(ending[at]):
            return Report("sum", "none", (_counted(partial, True), *(names or _deep(run, ending[at]))))
        if text := _done(ending[at]) or _none(ending[at]):
            return Report("sum", "none", (_counted(text, False), *names))
    counted = tally(run, listed)
    return Report("sum", "none", (*counted, *names)) if counted else None


_ONE = re.compile(rf"\b1 (?:\w+ )?(?:{LOST})\b|\b(?:{LOST})[:=]? 1\b(?![\d.,])", re.I)


def _deep(run: Run, summary: str) -> tuple[Saying, ...]:
    """What failed, where it is one that no list names; its line may stand in the middle that is cut."""
    if not _ONE.search(summary):
        return ()
    if run.cut and (found := items.amiss(run.buried) if run.buried else None):
        return items.told([found], run.cut)
    reason = causes.find(run.buried if run.cut else run.text, but=summary)
    return reason.sayings if reason else ()


def _none(line: str) -> str:
    """That none of many has what was looked for."""
    text = _COMMENT.sub("", causes.bare(line)[:160])
    part = _PART_OF.search(text)
    return (
        brief(text.replace("/", " of ", 1) if "/" in part.group() else text, _WORDS)
        if part and _spared(text, part)
        else ""
    )


def _done(line: str) -> str:
    """What a line says was done, with its count."""
    text = causes.bare(line)[:160]
    fits = _DID.search(text) and weight(text) <= _WORDS + 8 and not re.search(r"[{}<>$\\]", text)
    return brief(text, _WORDS) if fits else ""


def share(lines: Sequence[str]) -> tuple[Saying | None, str]:
    """How much of it was done or failed, in the last line that sums it up, and that line."""
    last = lines[-_LAST:]
    for line in reversed(last):
        if text := _share(line):
            return _counted(text, bool(_PART_OF.search(line))), line
    tally = list(_tallied(last))
    if any(re.search(LOST, one, re.I) for one in tally):
        return _counted(", ".join(tally[-4:]), False), ""
    return None, ""


def tally(run: Run, listed: Sequence[items.Item]) -> tuple[Saying, ...]:
    """How many of the marked lines are marked as failed, where no line says so."""
    lines = run.lines[-items.LINES :]
    fine = [at for at, line in enumerate(lines) if items.well(line)]
    went_on = len(listed) > 1 or (fine and listed and listed[0].line in lines[: fine[-1]])
    if not (fine and listed and (went_on or run.exit_code == 0)) or run.cut:
        return ()
    key = "items.skipped_of" if all(one.skipped for one in listed) else "items.failed_of"
    return (said(key, len(listed), total=len(fine) + len(listed)),)


def _counted(text: str, part: bool) -> Saying:
    return said("items.share" if part else "items.counts", message=text)


def _share(line: str) -> str:
    text = _COMMENT.sub("", causes.bare(line)[:160])
    part = _PART_OF.search(text)
    less = (
        part
        and int(part[1].replace(",", "")) < int(part[2].replace(",", ""))
        and re.search(r"[^\W\d]{3}|\bok\b", text, re.I)
    )
    if not (less or _FAILED.search(text)) or causes.calm(text) or text.startswith(("{", "[")):
        return ""
    if part and _spared(text, part):
        return ""
    if part:
        text = f"{text[: part.start()]}{part.group().replace('/', ' of ')}{text[part.end() :]}"
    parts = [one for one in re.split(r": ", text) if _PART_OF.search(one) or _FAILED.search(one)]
    text = parts[0] if parts else text
    return brief(text, _WORDS) if weight(text) <= _WORDS + 4 else ""


def _spared(text: str, part: re.Match[str]) -> bool:
    """Whether none of many has what is looked for, and nothing else is amiss: `0 of 5 pairs below 4.5`."""
    if part[1].strip("0,") or _FAILED.search(text):
        return False
    return not _WENT.search(re.sub(rf"\b(?:{LOST}|[a-z]*(?:match|miss|exceed|damag|affect)ed)\b", "", text, flags=re.I))


_WENT = re.compile(
    rf"\b(?:{VERBS}|ok|pass(?:es|ing)?|succe\w+|ready|healthy|running|up|valid|complete|available)\b", re.I
)


def _tallied(lines: Sequence[str]) -> Iterator[str]:
    """`failed: 1` in lines of their own or in JSON, told as `1 failed`."""
    for line in lines:
        text = causes.unstamped(line).strip()
        pairs = [(match["key"].strip(), match["n"]) for match in _KEYED.finditer(text[:400])]
        if pairs and (text.startswith("{") or _KEYED.fullmatch(text.rstrip(",."))):
            yield from (f"{n} {key.lower()}" for key, n in pairs if n != "0")
