"""One program that is run: what its table has to know, and where it says what the program does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from aidevops_voice.languages import Saying
from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, Given
from aidevops_voice.risk.deeds import deed, named
from aidevops_voice.risk.levels import APART, Finding, Level
from aidevops_voice.risk.paths import HOLE, Ground
from aidevops_voice.risk.tree import Node

_WITH_OPTIONS = frozenset({"run", "for_all"})
_WEIGHTY = re.compile(
    r"--?((?:force|no-verify|no-preserve|no-check|skip|allow|unsafe|dangerously|break|ignore)(?:-[a-z][a-z-]*)?"
    r"|hard|drop|cascade|recursive|upgrade|prod|production|purge|prune|mirror|amend|insecure|privileged|global|auto-approve|volumes)(?:=.*)?"
)
_SHORT = {(program, "-U"): "--upgrade" for program in ("pip", "pip3", "uv")}
_MOST_OPTIONS = 3
"""That are said of one action."""


@dataclass(slots=True)
class Scope:
    """What a shell knows while it runs; a shell of its own gets a copy."""

    ground: Ground
    variables: dict[str, str | None] = field(default_factory=dict)
    """None: set to something not known."""
    functions: dict[str, Node] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    holding: frozenset[str] = frozenset()
    """Variables that were given a secret."""
    positional: tuple[Arg, ...] | None = None
    root: bool = False
    where: str = ""
    """The machine or container it runs on, if another."""
    floor: Level = Level.READ
    splits: bool = True
    """Words are split at blanks, as usual."""

    def copy(self) -> Scope:
        return replace(self, variables=dict(self.variables), functions=dict(self.functions), aliases=dict(self.aliases))

    def elsewhere(self, name: str, floor: Level) -> Scope:
        ground = Ground("/nowhere", "~", None)
        return replace(self.copy(), ground=ground, where=name, floor=max(floor, self.floor), root=False)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a program reads: its text where that is known, else who made it and what its lines are."""

    text: str | None = None
    item: str = HOLE
    """What a line of it stands for."""
    secret: bool = False
    """Its lines name secrets."""
    source: tuple[str, ...] = ()
    """Who made it, as names."""
    remote: bool = False
    given: bool = False
    """There is any."""


class Shell(Protocol):
    """Sees through a program that runs another."""

    found: list[Finding]

    def run(self, args: Sequence[Arg], scope: Scope, feed: Feed) -> None: ...

    def script(self, text: str, scope: Scope, feed: Feed) -> None: ...


@dataclass(frozen=True, slots=True)
class Call:
    program: str
    args: tuple[Arg, ...]
    scope: Scope
    feed: Feed
    shell: Shell

    def says(self, level: Level, key: str, why: str = "", **fields: str | Sequence[str]) -> None:
        """Notes one thing that it does, with the options that make it do more than its name says."""
        if key in _WITH_OPTIONS:
            said = " ".join(value if isinstance(value, str) else " ".join(value) for value in fields.values())
            texts = [_SHORT.get((self.program, text), text) for text in self.texts()]
            given = dict.fromkeys(match[1] for text in texts if (match := _WEIGHTY.fullmatch(text)))
            valued = [one for one in fields.get("options", ()) if one.partition("=")[2] not in said.split()]
            if left := [name for name in given if name not in said.split()][:_MOST_OPTIONS] + valued:
                fields = {**fields, "options": left}
        add(self.shell.found, self.scope, level, key, why, **fields)

    def does(
        self,
        level: Level,
        why: str,
        said: Sequence[str],
        given: Sequence[Given],
        operands: Sequence[Arg],
        *words: str,
        form: str = "",
    ) -> None:
        """Notes what a verb of a program does, in plain words where there is a form for it."""
        what = [*said, *words, *(arg.text for arg in operands)]
        if fields := deed([said[0], form] if form else said, given, operands):
            add(self.shell.found, self.scope, level, "run", why, **{**fields, "what": what})
        else:
            self.says(level, "run", why, what=what, options=named(" ".join(said), given))

    def reads(self, names: Sequence[Arg], key: str = "show", **fields: str) -> None:
        """The content of files."""
        level, worst = Level.READ, ""
        for name in names:
            at = paths.place(name.text, self.scope.ground) if not name.inputs else "nowhere"
            if paths.READING[at] > level:
                level, worst = paths.READING[at], "unknown_read" if at == "unknown" else "secret"
        self.says(level, key, worst, what=[name.text for name in names], **fields)

    def writes(
        self, names: Sequence[Arg], key: str = "write", least: Level = Level.WRITE, why: str = "", **fields: str
    ) -> None:
        """Into files, folders included."""
        level = least
        for name in names:
            at: paths.Place = "nowhere" if name.output else paths.place(name.text, self.scope.ground, writing=True)
            here = paths.WRITING[at]
            if at == "nowhere":
                here = Level.READ if not name.output else Level.DESTRUCTIVE
            if here > level:
                level, why = here, f"place_{at}"
        nothing = names and all(paths.place(name.text, self.scope.ground, writing=True) == "nowhere" for name in names)
        if nothing and least == Level.WRITE:
            level = Level.READ
        self.says(level, key, why, what=[name.text for name in names], **fields)

    def again(self, args: Sequence[Arg], scope: Scope | None = None, feed: Feed | None = None) -> None:
        """It runs another program."""
        self.shell.run(args, scope or self.scope, feed or self.feed)

    def texts(self) -> list[str]:
        return [arg.text for arg in self.args]


Handler = Callable[[Call], None]


def add(
    found: list[Finding], scope: Scope, level: Level, key: str, why: str = "", **fields: str | Sequence[str]
) -> None:
    if scope.root and level >= Level.READ:
        level, why = Level.DESTRUCTIVE, why or "root"
    if scope.where and level in (Level.WRITE, Level.OUTSIDE):
        level, why = Level.DESTRUCTIVE, "elsewhere"
    level = max(level, scope.floor)
    told: dict[str, str | int] = {
        name: _near(value, scope) if isinstance(value, str) else APART.join(_near(one, scope) for one in value)
        for name, value in fields.items()
    }
    if scope.ground.cwd != scope.ground.project:
        told["cwd"] = scope.ground.cwd or HOLE
    if scope.root:
        told["as_root"] = 1
    if scope.where:
        told["where"] = scope.where
    found.append(Finding(level, Saying(f"risk.{key}", fields=told), f"risk.why.{why or level.name.lower()}"))


def _near(name: str, scope: Scope) -> str:
    """A file of the project goes by its name there, wherever the project lies."""
    ground = scope.ground
    if ground.cwd != ground.project or ground.project == "/" or not paths.within(name, ground.project):
        return name
    return name[len(ground.project) :].lstrip("/") or "."
