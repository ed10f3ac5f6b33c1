"""What failed of a list, by name, in the output of any tool."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aidevops_voice.languages import Saying
from aidevops_voice.reports import causes
from aidevops_voice.reports.reasons import REASONS
from aidevops_voice.reports.report import brief, said, short
from aidevops_voice.reports.run import Run

_CROSS = "✗✘×✖❌⨯🔴🚫"
_BAD = r"FAIL(?:ED|URE)?|ERR(?:OR)?|KO|NOK|BAD|DOWN|CRIT(?:ICAL)?|REJECTED|TIMEOUT"
_LEADING = re.compile(
    rf"^ *(?:[{_CROSS}]\ufe0f?|X (?=\w)|\[ ?(?i:FAIL(?:ED|URE)?|KO|NOK|BAD|DOWN|[x!{_CROSS}]) ?\]"
    r"|(?:FAIL(?:ED|URE)?|NOT OK|NOK|KO)\b:?) *[-:–]? *"
    r"(?P<name>[\w.].{0,200})$"
)
_TRAILING = re.compile(
    rf"^ *(?!(?i:error|fatal|warning)\b)(?P<name>\w(?:\S{{0,60}}|.{{0,80}}?(?= *[.·…:=|]| +-| {{2}})))"
    rf"(?: *[.·…]{{2,}}| *[:=|]| +-+>?| ) *\[? ?(?:{_BAD}|[{_CROSS}]\ufe0f?)(?: ?\])?!?"
    r"(?P<rest> *(?:[(\[:–—]|- |\|).{0,200})?$"
)
_ENDS_BADLY = re.compile(rf"[{_CROSS}]|{_BAD}")
"""What a line needs for the pattern above, which tries many beginnings."""
_ANSWERED = (
    re.compile(
        r"^ *(?:[A-Z]{3,7} +)?(?P<name>https?://[^\s,]+|/[^\s,]*),?(?: +[^\s\d]{1,20}){0,3} +(?P<code>[45]\d\d)\b(?!\.)"
    ),
    re.compile(r"^ *\[?(?P<code>[45]\d\d)\]?:? +(?:[A-Z]{3,7} +)?(?P<name>https?://[^\s,|]+|/[^\s,|]*)"),
)
_NAMED = re.compile(
    r"^ *(?:error: +)?(?:[a-z]{2,12} +(?=\S*/))?(?P<name>(?:[\w.-]+/)*[\w-]+\.[A-Za-z][A-Za-z0-9]{0,5}"
    r"|(?i:row|fila|line|línea|registro|record|item|entry|job|case|id|task|user|order) #?[\w.-]{1,24})"
    r"(?:[:,]| [-–])(?! ?\d+[:,)]|.{0,6}line \d) "
    r"*(?P<rest>\S.{0,200})$"
)
LOST = (
    r"failed|failures?|errors?|rejected|skipped|invalid|unreachable|dropped|lost|timed out"
    r"|fallid[ao]s?|errores|fallos|rechazad[ao]s?|omitid[ao]s?|inválid[ao]s?"
)
VERBS = r"[a-z]{2,}ed|built|sent|read|kept|done|found|left|written|wrote"
_TALLY = re.compile(rf"\b\d[\d,]* (?:\w+ )?(?:{LOST}|{VERBS}|ok)\b", re.I)
_LEFT_OUT = re.compile(rf"\b(?:{LOST}|ignored|ignorad[ao]s?|not imported|empty|vac[ií][ao]s?)\b", re.I)
_LEVELLED = re.compile(r"\b(?:ERROR|FATAL)\b|: error: ")
_SPLIT = re.compile(r" *(?:: | [-–—] | → | -> |\s\(| \| )")
LINES, _NAME, _REASON = 2000, 8, 12


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of many that failed."""

    name: str
    reason: str
    line: str
    code: int = 0
    """Of an answer over HTTP."""
    skipped: bool = False
    """It was left out, which a program need not call a failure."""


_GOOD = r"ok|OK|PASS(?:ED)?|[Dd]one|DONE|✓|✔\ufe0f?|✅|🟢|\[ ?(?i:ok|pass|done|[✓✔+]) ?\]"
_FINE = re.compile(
    rf"^ *(?:(?:{_GOOD})[: ] *(?P<name>[\w.][^\n]{{0,200}})|(?P<early>\w[^\n]{{0,160}}?)(?:[.…: -]+)(?:{_GOOD})\.?)$"
)
_WELL = re.compile(rf"^ *(?:{_GOOD})|(?:{_GOOD})\.?$")
"""The same for the one above."""
_BESIDE = re.compile(
    r"^ *(?:(?:ERROR|ERR|[Ee]rror|[Ff]ail(?:ed)?)(?!:)|BAD|SKIP(?:PED)?|[Ss]kip(?:ped)?"
    r"|⚠\ufe0f?|\[ ?(?i:skip(?:ped)?|error|err|warn) ?\])"
    r":? +(?P<name>[\w./][^\n]{0,200})$"
    r"|^ *(?P<early>\w[^\n]{0,80}?) ?(?:\.{2,}|…|:|->) ?(?:[Ee]rror|[Ff]ailed|[Ss]kip(?:ped|ping)?)\b"
    r"!?(?P<rest>(?:[:,;]| [-–—(]).{0,200})?$"
)
"""Marks what went wrong only where other lines are marked as good."""
_SKIPPED = re.compile(r"(?:\[ ?)?skip|.{0,90}(?:\.{2}|…|:|->) ?skip", re.I)


def failed(run: Run) -> list[Item]:
    """The lines that mark or name what failed, each thing once, in their order."""
    lines = run.lines[-LINES:]
    beside = any(well(line) for line in lines)
    found = {one.name: one for line in lines if (one := (_marked(line) if beside else None) or amiss(line))}
    return _beside(found, [match for line in lines if (match := well(line))]) if beside and found else [*found.values()]


def _beside(found: Mapping[str, Item], fine: Sequence[re.Match[str]]) -> list[Item]:
    """Without what only tells more of one above it, and without the word that stands in front of all."""
    under = not any(match.group().startswith(" ") for match in fine)
    flat = [one for one in found.values() if not (under and one.line.startswith(" "))] or list(found.values())
    doing = {(match["name"] or match["early"]).partition(" ")[::2] for match in fine}
    same = len({word for word, _ in doing}) == 1 and all(rest for _, rest in doing)
    return [_undone(one, next(iter(doing))[0]) for one in flat] if same else flat


def well(line: str) -> re.Match[str] | None:
    line = line[:300]
    fine = _FINE.match(line) if _WELL.search(line) else None
    return fine or (_FINE.match(bare) if (bare := causes.unstamped(line)) != line and _WELL.search(bare) else None)


def _undone(item: Item, doing: str) -> Item:
    """Without the word that every line begins with: `import a.csv`, `import b.csv`."""
    rest = item.name.removeprefix(f"{doing} ").lstrip()
    return replace(item, name=rest) if rest and doing.isalpha() else item


def _marked(line: str) -> Item | None:
    unstamped = causes.unstamped(line[:300])
    match = _BESIDE.match(unstamped)
    text = (match["name"] or match["early"]) if match else ""
    if match is None or _TALLY.search(text) or (match["early"] and causes.calm(unstamped)):
        return None
    name, _, reason = (text, "", match["rest"] or "") if match["early"] else _parted(text)
    skipped = bool(_SKIPPED.match(unstamped))
    reason = re.sub(r"^\W*skip(?:ped|ping)?\b", "", reason) if skipped else reason
    return Item(brief(name, _NAME), _plain(reason), line, skipped=skipped)


def told(found: Sequence[Item], cut: bool) -> tuple[Saying, ...]:
    """Their names, two at most, and why where it is one, or one reason for all."""
    first, reason = found[0], _reason(found)
    if len(found) < _FEW and all(one.skipped for one in found):
        return (_left_out(found, reason), *(reason if len(found) > 1 else ()))
    if len(found) == 1 and first.code in REASONS:
        return (said("items.answered", name=first.name, code=str(first.code), reason=REASONS[first.code]),)
    if len(found) == 1 and [one.key for one in reason] == ["error.message"]:
        return (said("items.because", name=first.name, message=reason[0].fields["message"]),)
    return (_names([one.name for one in found], cut), *(reason or _first(found)))


_FEW = 3


def _left_out(found: Sequence[Item], reason: tuple[Saying, ...]) -> Saying:
    if len(found) == 2:
        return said("items.skipped_two", first=found[0].name, second=found[1].name)
    if [one.key for one in reason] == ["error.message"]:
        return said("items.skipped_because", name=found[0].name, message=reason[0].fields["message"])
    return said("items.skipped", name=found[0].name)


def _first(found: Sequence[Item]) -> tuple[Saying, ...]:
    """Why the first of several failed, each for a reason of its own."""
    if len(found) < 2 or not found[0].reason:
        return ()
    return (said("items.first", message=short(_unnamed(found[0].reason), _REASON)),)


_ERROR_NAME = re.compile(r"^(?:[\w.]{0,60}(?:Error|Exception)): (?=\S)")


def _unnamed(reason: str) -> str:
    """Without the name of an error in front, which tells less than its message."""
    return _ERROR_NAME.sub("", reason)


def _names(names: list[str], cut: bool) -> Saying:
    match names:
        case [one]:
            return said("items.one", name=one)
        case [one, two]:
            return said("items.two", first=one, second=two)
    key = "items.some" if cut else "items.more"
    return said(key, len(names) - 2, first=names[0], second=names[1])


def _reason(found: Sequence[Item]) -> tuple[Saying, ...]:
    reasons = {one.reason for one in found if one.reason}
    if len(reasons) != 1:
        return ()
    reason = reasons.pop()
    known = causes.known(reason)
    if known and known.sayings[0].key != "shell.no_file":
        return known.sayings
    return (said("error.message", message=short(reason, _REASON)),)


def amiss(line: str) -> Item | None:
    text = causes.unstamped(line[:300])
    if match := next((found for pattern in _ANSWERED if (found := pattern.match(text))), None):
        return Item(_place(match["name"]), "", line, int(match["code"]))
    if (match := _LEADING.match(text)) and not causes.states(match["name"]):
        name, _, reason = _parted(match["name"])
        return Item(brief(name, _NAME), _plain(reason), line)
    match = _TRAILING.match(text) if _ENDS_BADLY.search(text) else None
    if match and not causes.names_it(match["name"]):
        return Item(brief(match["name"].rstrip(" :.-"), _NAME), _plain(match["rest"] or ""), line)
    level = _LEVELLED.search(text) if "ERROR" in text or "FATAL" in text or ": error: " in text else None
    match = _NAMED.match(text) or (_NAMED.match(text[level.end() :].lstrip(" :]-")) if level else None)
    if match and (level or causes.names_it(match["rest"]) or _LEFT_OUT.search(match["rest"])):
        return Item(match["name"], _plain(match["rest"] if level else causes.bare(match["rest"])), line)
    return None


def _parted(text: str) -> tuple[str, str, str]:
    """A name and what is said of it."""
    found = _SPLIT.search(text)
    return (text[: found.start()], "", text[found.end() :]) if found else (text, "", "")


def _plain(reason: str) -> str:
    return reason.strip(" ()[]:–—-|.,")


def _place(address: str) -> str:
    """A page by its path, a server by its name."""
    path = re.sub(r"^https?://[^/\s]+/?", "", address).partition("?")[0]
    return path.rstrip("/") or re.sub(r"^https?://", "", address).rstrip("/") or address
