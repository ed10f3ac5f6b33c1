"""Commands that were run -> the words they are told in: their programs in order, and what each was told to do."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language, Saying
from aidevops_voice.redaction import HIDDEN
from aidevops_voice.risk.steps import Step, steps
from aidevops_voice.words import number_words
from aidevops_voice.words.speakable import words
from aidevops_voice.words.wording import render, told

_STEPS = 4
"""Commands of a chain that are named."""
_NAME = 5
"""Words up to which a part is a name, said whole or not at all."""
_LONG = 9
"""Words of one command in a chain."""
_SHOWN, _REMOTES, _WORD = 24, 2, 300
"""Words of one command, other machines behind them, and characters of one word that are put into words at all."""
Parts = list[tuple[str, bool]]
"""The words of one command as they are said, each with whether it is another machine."""


def spoken(command: str, language: Language, room: int = 16) -> str:
    """`git fetch, git reset hard to origin main`, within `room` words where the names of programs allow it."""
    found = steps(command)
    return _fitted([_parts(step, language) for step in found[:_STEPS]], len(found), language, room)


def _fitted(named: list[Parts], many: int, language: Language, room: int) -> str:
    """The first of `many` commands within `room` words."""
    if not named:
        return ""
    if many == 1:
        return _of(named[0], room)
    each = max(2, min(_LONG, room // len(named)))
    said = [_of(one, each) for one in named]
    while sum(map(words, said)) < room and each < room:
        each += 1
        longer = [_of(one, each) for one in named]
        if longer == said or sum(map(words, longer)) > room:
            break
        said = longer
    rest = many - len(named)
    more = [told(Saying("outcome.more_commands", rest), language)] if rest else []
    return ", ".join([*filter(None, said), *more])


def _parts(step: Step, language: Language) -> Parts:
    sayable = [word for word in step.words if _SAID.search(word)]
    shown = [*sayable[:_SHOWN], *[word for word in sayable[_SHOWN:] if _REMOTE.match(word)][:_REMOTES]]
    said = [(part, bool(_REMOTE.match(word))) for word in shown if (part := _part(_head(word), language))]
    if not said and step.files:
        return [(told(Saying("outcome.writes", fields={"file": step.files[0]}), language), False)]
    return said


def _head(word: str) -> str:
    """Of a long word what can be said of it, without the half of one at its end."""
    return word if len(word) <= _WORD else word[:_WORD].rpartition(" ")[0] or word[:_WORD]


def _of(said_parts: Parts, room: int) -> str:
    """One command: its words as long as there is room, then only the program and what it is told to do."""
    if not said_parts:
        return ""
    said = [said_parts[0][0]]
    kept = sum(words(part) for part, remote in said_parts[1:] if remote)
    for part, remote in said_parts[1:]:
        left = room - words(" ".join(said)) - kept
        if remote or words(part) <= left:
            said.append(part)
            kept -= words(part) * remote
        elif left > 1 and words(part) > _NAME:
            said.append(" ".join(number_words.begun(part.split(), left)))
    return number_words.told_apart(said)


_SAID = re.compile(r"^(?!-[^-]|[sy]([/|#,@]).{0,200}\1.{0,200}\1\w*$).*[^\W_]", re.S)
"""All but flags of one letter and substitutions, which have no words."""
_REMOTE = re.compile(r"https?://|[\w.-]+@[\w.-]+:")
"""Another machine is never left out."""
_FLAG = re.compile(r"--?([A-Za-z0-9][\w-]*)(?:=(.*))?$", re.S)


def _part(word: str, language: Language) -> str:
    if flag := _FLAG.match(word):
        name, value = flag.groups()
        if not word.startswith("--"):
            return ""
        value = f" {_clean(value, language)}" if value else ""
        return f"{render(name.replace('-', ' '), language)}{value}".strip(" .,")
    return _clean(word, language)


def _clean(text: str, language: Language) -> str:
    """A word or a quoted script as words, without what only a shell understands."""
    text = re.sub(
        r"\[redacted\]|\$\{?(\w+)\}?|[*?{}\[\]^\\]",
        lambda found: found.group() if found.group() == HIDDEN else (found.group(1) or "").replace("_", " "),
        text,
    )
    text = re.sub(r"^https?://(?:[^@/\s]*@)?([^/\s:?#]+)\S*", r"\1", text)
    text = re.sub(r"(?<=\w)~(?=\d)", f" {language.terms['minus']} ", text).replace("~", " ")
    return number_words.unstopped(render(text, language)).strip(" ,")
