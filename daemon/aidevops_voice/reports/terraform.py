"""Plans of Terraform and OpenTofu: what would change, what was changed, and what stopped it."""

from __future__ import annotations

import re
from collections import Counter

from aidevops_voice.languages import Saying
from aidevops_voice.reports import causes
from aidevops_voice.reports.report import Report, said, short, spot, weight
from aidevops_voice.reports.run import Run

_PLAN = re.compile(r"^(?:Plan|Apply complete! Resources|Destroy complete! Resources): (.*)$", re.M)
_PART = re.compile(r"(\d+) (?:to )?(import(?:ed)?|add(?:ed)?|change[d]?|destroy(?:ed)?)\b")
_FRAME = re.compile(r"^[│╷╵|]? ?", re.M)
_ERROR = re.compile(r"^Error: (?P<headline>.*)$(?P<rest>(?:\n(?!Error: |╵).*)*)", re.M)
_WITH = re.compile(r"^ +with (?P<name>[^\s,]+),$", re.M)
_ON = re.compile(r"^ +on (?P<file>\S+) line (?P<line>\d+)", re.M)
_STEP = re.compile(r"^(?P<name>\S+): (?P<what>Creation|Modifications|Destruction) complete", re.M)
_GENERAL = 7
"""Words of a headline that says what happened, and not why."""


def read(run: Run) -> Report | None:
    """The error, with what had been done before it; else the sum."""
    if not run.runs("terraform", "tofu"):
        return None
    if run.command and run.exit_code not in (0, 2) and (found := _ERROR.search(_FRAME.sub("", run.text))):
        return _failed(found, run)
    if re.search(r"^No changes\.", run.text, re.M):
        return Report("infra", "good", (said("infra.plan_empty"),))
    sums = list(_PLAN.finditer(run.text))
    if not sums:
        return None
    counts = {_stem(word): int(n) for n, word in _PART.findall(sums[-1][1])}
    planned = sums[-1].group().startswith("Plan")
    return Report("infra", "none" if planned else "good", _resources(counts, planned), counts=counts)


def destroyed(text: str) -> list[str]:
    """What was destroyed, and not made anew."""
    steps = _STEP.findall(text)
    made = {name for name, what in steps if what == "Creation"}
    return [name for name, what in steps if what == "Destruction" and name not in made]


def _failed(found: re.Match[str], run: Run) -> Report:
    headline, rest = found["headline"].strip(), found["rest"]
    name, place = _WITH.search(rest), _ON.search(rest)
    where = f"{place['file']}:{place['line']}" if place else ""
    front = said("items.resource", name=name["name"]) if name else said("infra.terraform_failed")
    reason = short(causes.plainly(headline))
    if reason == short(headline) and weight(headline) <= _GENERAL and (detail := _detail(rest)):
        reason = detail
    done = _resources(_done(run.text), planned=False)[1:]
    told = (front, said("error.message", message=reason), *done, *spot(where))
    return Report("infra", "bad", told, error=headline, place=where, counts=_done(run.text))


def _detail(rest: str) -> str:
    """The sentence below the source that says why."""
    lines = [line.strip() for line in rest.split("\n") if line[:1].strip()]
    naming = [line for line in lines if causes.names_it(line)]
    message = naming[-1] if naming else lines[0] if lines else ""
    return short(causes.bare(message), 16)


def _done(text: str) -> dict[str, int]:
    steps = _STEP.findall(text)
    gone = {name for name, what in steps if what == "Destruction"}
    found = Counter(what for name, what in steps if what != "Destruction" and name not in gone)
    counts = {"destroy": len(destroyed(text)), "add": found["Creation"], "change": found["Modifications"]}
    return {kind: n for kind, n in counts.items() if n}


def _stem(word: str) -> str:
    return next(name for name in ("import", "add", "change", "destroy") if word.startswith(name[:5]))


def _resources(counts: dict[str, int], planned: bool) -> tuple[Saying, ...]:
    """Destruction is told first, and never left out."""
    tense = "plan" if planned else "done"
    told = [said(f"infra.{tense}_{kind}", counts[kind]) for kind in ("destroy", "add", "change") if counts.get(kind)]
    kept = said("infra.destroys_nothing") if planned else None
    front = (said("infra.applied_all"),) if not planned else ()
    return (*front, *told, *((kept,) if kept and told and not counts.get("destroy") else ()))
