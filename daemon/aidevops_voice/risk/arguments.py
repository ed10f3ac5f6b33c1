"""The words of a program: its options with their values, and its operands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from aidevops_voice.risk.paths import HOLE, ITEM
from aidevops_voice.risk.tree import Node


@dataclass(frozen=True, slots=True)
class Arg:
    """One word as the program gets it; HOLE and ITEM stand for what is not known."""

    text: str
    loose: bool = False
    """An unquoted part is not known: it may be several words, options among them."""
    secrets: tuple[str, ...] = ()
    """Variables in it whose names promise a secret."""
    inputs: tuple[Node, ...] = ()
    """It stands for what these print."""
    output: bool = False
    """It stands for the input of another program."""

    @property
    def known(self) -> bool:
        return HOLE not in self.text and ITEM not in self.text and not self.inputs


@dataclass(frozen=True, slots=True)
class Option:
    """What an option means: `=` has a value, `<` reads the file it names, `>` writes it, `!` destroys, `*` changes the
    operands, `+` writes, `?` does nothing but look, `&` goes over the network."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Given:
    """An option as given."""

    name: str
    option: Option | None
    value: Arg | None


_SPEC = re.compile(r"([^=<>!*+?&\s]+)([=<>!*+?&]+)(\S*)")


@cache
def options(spec: str) -> Mapping[str, Option]:
    """`-o> --force!force`, parted by blanks: a name, its kinds, and how it is said."""
    return {
        match[1]: Option(match[2], (match[3] or match[1].lstrip("-")).replace("_", " "))
        for match in _SPEC.finditer(spec)
    }


def split(args: Sequence[Arg], known: Mapping[str, Option]) -> tuple[list[Given], list[Arg]]:
    """Options may stand anywhere before `--`."""
    given: list[Given] = []
    operands: list[Arg] = []
    rest = iter(args)
    for arg in rest:
        if arg.text == "--":
            operands += rest
        elif arg.text.startswith("--"):
            given.append(_long(arg, known, rest))
        elif arg.text.startswith("-") and len(arg.text) > 1:
            given += _short(arg, known, rest)
        else:
            operands.append(arg)
    return given, operands


def _valued(option: Option | None) -> bool:
    return option is not None and any(kind in "=<>" for kind in option.kind)


def _long(arg: Arg, known: Mapping[str, Option], rest: Iterator[Arg]) -> Given:
    name, equals, value = arg.text.partition("=")
    option = known.get(name)
    if option is None and len(name) > 3:
        meant = [one for one in known if one.startswith(name)]
        name = meant[0] if meant else name
        option = known[meant[0]] if meant else None
    if equals:
        return Given(name, option, Arg(value, arg.loose, arg.secrets, arg.inputs))
    return Given(name, option, next(rest, None) if _valued(option) else None)


def _short(arg: Arg, known: Mapping[str, Option], rest: Iterator[Arg]) -> Iterator[Given]:
    name = arg.text.partition("=")[0]
    if option := known.get(name):
        value = Arg(arg.text.partition("=")[2]) if "=" in arg.text else None
        yield Given(name, option, value or (next(rest, None) if _valued(option) else None))
        return
    for at in range(1, len(arg.text)):
        name = f"-{arg.text[at]}"
        option = known.get(name)
        if _valued(option):
            tail = arg.text[at + 1 :].removeprefix("=")
            yield Given(name, option, Arg(tail, arg.loose, arg.secrets) if tail else next(rest, None))
            return
        yield Given(name, option, None)
