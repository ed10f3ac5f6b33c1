"""What a program does, as a row of a table: how it takes its operands, and which options change that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, Given, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE

Use = Literal["text", "read", "count", "name", "write", "delete", "pattern", "copy", "from"]
"""Operands are said only, read, counted, looked at by name, written, destroyed; a pattern and read; read, the last
written."""

READ, WRITE, OUTSIDE, NETWORK = Level.READ, Level.WRITE, Level.OUTSIDE, Level.NETWORK
CREDENTIALS, DESTRUCTIVE = Level.CREDENTIALS, Level.DESTRUCTIVE


@dataclass(frozen=True, slots=True)
class Tool:
    level: Level = Level.READ
    use: Use = "text"
    key: str = "run"
    options: str = ""
    why: str = ""
    verbs: Mapping[str, Tool] = field(default_factory=dict)
    """By the first operand, or the first two."""
    verb: str = ""
    """How the verb is said, else as it is written."""
    other: Level | None = None
    """For a verb that is not in the table; as written above where it needs none."""

    def __call__(self, call: Call) -> None:
        apply(self, call, call.program)


def each(names: str, tool: Handler) -> dict[str, Handler]:
    return dict.fromkeys(names.split(), tool)


def rows(table: str, tool: Tool) -> dict[str, Tool]:
    """`a b=said c`: verbs that differ in their names alone; `_` stands for a blank."""
    found: dict[str, Tool] = {}
    for one in table.split():
        name, _, said = one.partition("=")
        found[name.replace("_", " ")] = replace(tool, verb=said.replace("_", " "))
    return found


def apply(tool: Tool, call: Call, *said: str) -> None:
    """Notes what it does with these words."""
    known = options(tool.options)
    given, operands = split(call.args, known)
    if tool.verbs:
        _verb(tool, call, given, operands, said)
        return
    if _only_asks(given, operands):
        call.says(Level.READ, "run", what=[*said, given[0].name.lstrip("-")])
        return
    level, why, words = _weighed(tool, call, given)
    unsure = any(arg.loose for arg in call.args) or any(arg.text.startswith(HOLE) for arg in operands)
    if unsure and any(set("!>*+&") & set(option.kind) for option in known.values()):
        level, why = Level.DESTRUCTIVE, "unknown_target"
    use: Use = tool.use
    if use in ("read", "pattern") and any(one.option and "*" in one.option.kind for one in given):
        use = "write"
    if use in ("read", "count", "pattern", "from"):
        level, why = _values(call, given, level, why)
    asked = any(one.option and "?" in one.option.kind for one in given)
    if asked and level < Level.DESTRUCTIVE:
        use, level = ("name" if use in ("write", "delete", "copy", "read", "from") else use), Level.READ
    if tool.key == "run":
        level, why = _reached(use, call, operands, level, why)
        call.does(level, why, said, given, operands, *words)
    else:
        _used(tool.key, use, call, operands, (level, why))


def _verb(tool: Tool, call: Call, given: list[Given], operands: list[Arg], said: Sequence[str]) -> None:
    if not operands:
        asks = _only_asks(given, operands)
        level, why, words = _weighed(tool, call, given)
        level = Level.READ if asks else level
        call.says(
            level,
            "run",
            why or ("unknown_verb" if level == Level.DESTRUCTIVE else ""),
            what=[*said, *_flags(given), *words],
        )
        return
    two = " ".join(arg.text for arg in operands[:2])
    found = tool.verbs.get(two) or tool.verbs.get(operands[0].text)
    name = two if two in tool.verbs else operands[0].text
    level, why, words = _weighed(replace(tool, level=Level.READ), call, given)
    if level > Level.READ:
        call.says(level, "run", why, what=[*said, name, *words])
    if found is None:
        worst = Level.DESTRUCTIVE if tool.other is None else tool.other
        call.says(worst, "run", "unknown_verb", what=[*said, *(arg.text for arg in operands[:6]), *_flags(given)])
        return
    args = list(call.args)
    for part in name.split():
        at = next((at for at, arg in enumerate(args) if arg.text == part), None)
        args = args if at is None else args[:at] + args[at + 1 :]
    spoken = found.verb or name
    apply(found, replace(call, args=tuple(_without(args, given, found))), *said, *spoken.split())


def _without(args: list[Arg], given: list[Given], found: Tool) -> list[Arg]:
    """Without the options of the program that stand before the verb and have a value the verb does not know."""
    own = options(found.options)
    values = [id(one.value) for one in given if one.value is not None and one.name not in own and one.option]
    return [arg for arg in args if id(arg) not in values]


def _only_asks(given: list[Given], operands: Sequence[Arg]) -> bool:
    """`--version` and its like alone."""
    return not operands and len(given) == 1 and given[0].name in ("--version", "--help", "-V", "-version")


def _weighed(tool: Tool, call: Call, given: list[Given]) -> tuple[Level, str, list[str]]:
    level, why, words = tool.level, tool.why, []
    for one in given:
        option = one.option
        if option is None:
            continue
        here, reason = _option(call, one)
        if option.kind != "=" and not set("?<>") & set(option.kind):
            words.append(option.word)
        if "<" in option.kind and one.value:
            words.append(one.value.text)
        if option.kind == "=" and option.word != one.name.lstrip("-") and one.value:
            words += [option.word, one.value.text]
        if here > level:
            level, why = here, reason
    return level, why, words


def _values(call: Call, given: list[Given], level: Level, why: str) -> tuple[Level, str]:
    """What passes for the value of an option may be a file: not every program takes the same options."""
    for one in given:
        plain = one.value and one.option and one.option.kind == "="
        if plain and one.value and paths.place(one.value.text, call.scope.ground) in ("secret", "device"):
            level, why = max(level, Level.CREDENTIALS), "secret"
    return level, why


def _option(call: Call, one: Given) -> tuple[Level, str]:
    kind = one.option.kind if one.option else ""
    value = one.value.text if one.value else ""
    if "!" in kind:
        return Level.DESTRUCTIVE, "option"
    if ">" in kind and value and value not in ("-", "/dev/stdout"):
        at = paths.place(value, call.scope.ground, writing=True)
        if at != "nowhere":
            call.writes([Arg(value)], "overwrite")
        return Level.READ, ""
    if "<" in kind and value and value != "-":
        at = paths.place(value, call.scope.ground)
        if paths.READING[at] > Level.READ:
            call.reads([Arg(value)])
        return paths.READING[at], "secret"
    if "&" in kind:
        return Level.NETWORK, ""
    return (Level.WRITE, "") if "+" in kind or "*" in kind else (Level.READ, "")


def _flags(given: list[Given]) -> list[str]:
    return [one.name.lstrip("-") for one in given if one.name.startswith("--")][:3]


def _reached(use: Use, call: Call, operands: list[Arg], level: Level, why: str) -> tuple[Level, str]:
    """By the places of what it is given."""
    match use:
        case "text" | "name":
            return level, why
        case "count":
            return read_level(call, [arg for arg in operands if HOLE not in arg.text], level, why)
        case "read" | "pattern" | "from":
            return read_level(call, operands[1 if use == "pattern" else 0 :], level, why)
        case "write":
            return write_level(call, operands, level, why)
        case "delete":
            return max(level, Level.DESTRUCTIVE), why or "deletes"
        case "copy":
            level, why = read_level(call, operands[:-1], level, why)
            return write_level(call, operands[-1:], level, why)


def _used(key: str, use: Use, call: Call, operands: list[Arg], weight: tuple[Level, str]) -> None:
    level, why = _reached(use, call, operands, *weight)
    names = [arg.text for arg in operands]
    if use == "copy":
        call.says(level, key, why, what=names[:-1], to=names[-1] if names else HOLE)
    else:
        call.says(level, key, why, what=names or (["-"] if key == "show" else []))


def read_level(call: Call, operands: Sequence[Arg], level: Level, why: str) -> tuple[Level, str]:
    for arg in operands:
        if arg.inputs:
            continue
        at = paths.place(arg.text, call.scope.ground)
        if paths.READING[at] > level:
            level, why = paths.READING[at], "unknown_read" if at == "unknown" else "secret"
        if level < Level.CREDENTIALS and at in ("system", "outside") and paths.covers(arg.text, call.scope.ground):
            level, why = Level.CREDENTIALS, "secret"
    return level, why


def write_level(call: Call, operands: Sequence[Arg], level: Level, why: str) -> tuple[Level, str]:
    if any(arg.output for arg in operands):
        return Level.DESTRUCTIVE, "runs_text"
    for arg in operands:
        at = paths.place(arg.text, call.scope.ground, writing=True)
        if paths.WRITING[at] > level:
            level, why = paths.WRITING[at], f"place_{at}"
    return level, why
