"""A request of the agent -> its class of risk and what it does, by its arguments alone.

What is not understood is destructive. Classing a long command takes milliseconds, so it is done in a thread.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import cast

from aidevops_voice import risk
from aidevops_voice.consent.petition import Risk as Class
from aidevops_voice.languages import Saying
from aidevops_voice.ports import Ask
from aidevops_voice.risk import Level, Risk

EDITS = frozenset({"edit", "write", "patch", "multiedit", "apply_patch"})
_LOOKS = frozenset({"read", "grep", "glob", "list", "ls", "lsp"})
_HARMLESS = {"doom_loop": Level.WRITE, "todowrite": Level.READ, "todoread": Level.READ, "websearch": Level.NETWORK}
"""Tools without a target."""
NOWHERE = "/project"
"""Stands for the project where none is known."""
_TAILS = (
    "-rf x", "--force", "push --force", "-c x", "publish", "https://example.com", "reset --hard", "clean -fd",
    "uninstall x", "exec x", "delete x", "apply", "rm x", "-i x",
)  # fmt: skip
"""What may stand behind the beginning of a command that *always* would store."""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a request could do."""

    risk: Risk
    scope: str = ""
    """The highest class that *always* would let through from then on; empty: it would store nothing."""
    roots: tuple[str, ...] = (NOWHERE,)
    """The project, as it is called and where it really lies."""

    @property
    def level(self) -> Class:
        """The class of risk."""
        return cast(Class, self.risk.risk)


def appraise(ask: Ask, project: str = NOWHERE) -> Appraisal:
    """Of a permission as it was asked; a question allows nothing by itself."""
    if ask.kind == "question":
        return Appraisal(Risk("read", Saying("risk.why.read"), ()))
    found = _risk(ask, project)
    scope = _worst(_scope(ask, pattern, project) for pattern in ask.always) if ask.always else None
    return Appraisal(found, scope.risk if scope else "", (project, os.path.realpath(project)))


def _risk(ask: Ask, project: str) -> Risk:
    match ask.permission:
        case "bash":
            return risk.assess(ask.command or "\n".join(ask.patterns), project)
        case permission if permission in EDITS or permission == "delete":
            edit = _worst(_edit(path, project) for path in targets(ask) or [""])
            return edit if permission != "delete" else replace(edit, risk="destructive", why=_why("deletes"))
        case permission if permission in _LOOKS:
            return _worst(risk.assess(f"cat -- {shlex.quote(path)}", project) for path in targets(ask) or ["."])
        case "external_directory":
            inside = _worst(risk.assess(f"cat -- {shlex.quote(path)}", project) for path in targets(ask) or ["/"])
            return _at_least(Level.OUTSIDE, "place_outside", inside)
        case "webfetch":
            return Risk("network", _why("network"), ())
        case permission:
            level = _HARMLESS.get(permission, Level.DESTRUCTIVE)
            return Risk(level.name.lower(), _why(level.name.lower() if permission in _HARMLESS else "unknown_tool"), ())


def _edit(path: str, project: str) -> Risk:
    """Of a file by its real place: a link may lead elsewhere."""
    if project == NOWHERE or not path or "\0" in path:
        found = risk.assess_edit(path, project)
        known = found.why.key != "risk.why.place_outside" or not path.startswith(("/home/", "/Users/"))
        return found if known or project != NOWHERE else risk.assess_edit(NOWHERE + path, project)
    top = Path(project).resolve()
    inside = Path(path).is_relative_to(project)
    written = os.path.normpath(top / (Path(path).relative_to(project) if inside else path))
    real = os.path.realpath(written)
    return risk.assess_edit(path, project, real if real != written else None)


def targets(ask: Ask) -> list[str]:
    return list(dict.fromkeys([*([ask.path] if ask.path else []), *(each for each in ask.patterns if each)]))


def _at_least(level: Level, reason: str, found: Risk) -> Risk:
    return found if Level[found.risk.upper()] > level else replace(found, risk=level.name.lower(), why=_why(reason))


def _worst(risks: Iterable[Risk]) -> Risk:
    """The highest class, with the actions of all."""
    every = sorted(islice(risks, 50), key=lambda one: -Level[one.risk.upper()])
    actions = {str(action): action for one in every for action in one.actions}
    return replace(every[0], actions=tuple(actions.values()))


def _scope(ask: Ask, pattern: str, project: str) -> Risk:
    """Of what one pattern would let through: with `git *` that is every verb of git."""
    open_ended = pattern.rstrip().endswith("*")
    bare = pattern.rstrip().rstrip("*").strip()
    match ask.permission:
        case "bash" if not bare:
            return Risk("destructive", _why("unknown_target"), ())
        case "bash":
            return _worst(risk.assess(f"{bare} {tail}", project) for tail in (["", *_TAILS] if open_ended else [""]))
        case _ if open_ended and ask.permission in EDITS:
            return _at_least(Level.WRITE, "write", _worst(_edit(path, project) for path in targets(ask) or [""]))
        case _:
            return _risk(ask, project)


def _why(reason: str) -> Saying:
    return Saying(f"risk.why.{reason}")
