"""Which words a verb is told in: by its options and operands as they were parsed, the first form that fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from aidevops_voice.risk.arguments import Arg, Given
from aidevops_voice.risk.forms import FAMILIES, FORMS, OPTIONS, VALUED

Fields = dict[str, str | list[str]]
MESSAGE = "message"
"""The option whose value is the agent's own prose."""


@dataclass(frozen=True, slots=True)
class Form:
    options: tuple[str, ...]
    """One of them is given; the name says it already."""
    operands: tuple[str, ...]
    """A field for each: `*` takes one or more, `?` may be missing."""
    name: str
    """Of its phrase, `risk.do.name`."""


def deed(said: Sequence[str], given: Sequence[Given], operands: Sequence[Arg]) -> Fields | None:
    """The fields of what is told; None where there is no form. An option that no name says is told by itself."""
    texts = [arg.text for arg in operands]
    for key, rest in _keys(said, texts):
        for form in _forms().get(key, ()):
            used = [one for one in given if any(_is(one.name, option) for option in form.options)]
            fields = _placed(form.operands, rest)
            if fields is None or (form.options and not used):
                continue
            if any(one.option and one.option.word == "run" and _word(key, one.name) for one in given):
                return None
            values = [one.value.text for one in used if one.value]
            options, message = _options(key, [one for one in given if one not in used])
            return {
                **fields, "deed": form.name, "program": said[0], "verb": key.split()[-1], "value": values,
                "options": options, MESSAGE: message, "given": [one.name.lstrip("-") for one in given],
            }  # fmt: skip
    return None


def named(key: str, given: Sequence[Given]) -> list[str]:
    """The options with a value worth telling, where there is no form."""
    return [one for one in _options(key, list(given))[0] if "=" in one]


def _keys(said: Sequence[str], texts: list[str]) -> Iterator[tuple[str, list[str]]]:
    """`git stash pop` before `git stash`, npm before whatever installs packages."""
    first, *verbs = said
    for program in dict.fromkeys((first, FAMILIES.get(first, first))):
        if texts:
            yield " ".join([program, *verbs, texts[0]]), texts[1:]
        yield " ".join([program, *verbs]), texts


@cache
def _forms() -> Mapping[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for line in filter(None, map(str.strip, FORMS.splitlines())):
        keys, options, operands, name = (part.strip() for part in line.split("|"))
        for key in keys.split(", "):
            found.setdefault(key, []).append(Form(tuple(options.split()), tuple(operands.split()), name))
    return found


def _is(given: str, option: str) -> bool:
    """Long ones may be cut short."""
    return given == option or (len(given) > 3 and given.startswith("--") and option.startswith(given))


def _placed(names: tuple[str, ...], texts: list[str]) -> Fields | None:
    many = next((at for at, name in enumerate(names) if name.endswith("*")), None)
    if many is None:
        fewest = sum(not name.endswith("?") for name in names)
        if not fewest <= len(texts) <= len(names):
            return None
        return {name.rstrip("?"): [text] for name, text in zip(names, texts, strict=False)}
    behind = len(names) - many - 1
    if len(texts) < len(names):
        return None
    one_each = names[:many] + names[many + 1 :], texts[:many] + texts[len(texts) - behind :]
    found: Fields = {name: [text] for name, text in zip(*one_each, strict=True)}
    return {**found, names[many].rstrip("*"): texts[many : len(texts) - behind]}


def _options(key: str, given: list[Given]) -> tuple[list[str], str]:
    """How each is told, with its value where that is a name, and the message apart."""
    told: list[str] = []
    message = ""
    for one in given:
        word = _word(key, one.name)
        value = one.value.text if one.value else ""
        if word == MESSAGE:
            message = message or value
        elif word:
            told.append(f"{word}={value}" if value and word in VALUED else word)
    return list(dict.fromkeys(told)), message


def _word(key: str, name: str) -> str:
    """Empty for one that changes nothing worth hearing."""
    program = key.split()[0]
    for table in (key, program, FAMILIES.get(program, ""), ""):
        words = _words(OPTIONS.get(table, ""))
        if name in words:
            return words[name]
    return name.lstrip("-") if name.startswith("--") else name


@cache
def _words(table: str) -> Mapping[str, str]:
    """`-n=no_verify -q=`"""
    pairs = [one.rpartition("=") for one in table.split()]
    return {name: word.replace("_", " ") for name, _, word in pairs}
