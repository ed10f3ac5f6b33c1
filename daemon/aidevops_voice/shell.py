"""A shell command -> the words it is read back in: its programs in order, and what is dangerous about it.

Told from the command alone, never from what an agent says it does; what does not fit is named, and stands on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidevops_voice.languages import Language, Saying
from aidevops_voice.log import redact
from aidevops_voice.redaction import HIDDEN
from aidevops_voice.words.speakable import words
from aidevops_voice.words.wording import render, told

_READ, CAP = 8 * 1024, 4000
"""Characters of a command that are searched for secrets, and those that are read."""
_LINE = 800
"""Characters of one command that are searched for danger."""
_STEPS = 4
"""Commands of a chain that are named."""
_NAME = 5
"""Words up to which a part is a name, said whole or not at all."""
_LONG = 9
"""Words of one command in a chain."""
_SHOWN, _REMOTES, _WORD = 24, 2, 300
"""Words of one command, other machines behind them, and characters of one word that are put into words at all."""
_TOKEN = re.compile(
    r"\s*(?:(?P<mark>&&|\|\||;;?|\|&?|&(?!>)|\n)|(?P<into>(?:\d|&)?>>?(?:&\d|\|)?|<<?<?)|(?P<word>(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|\\.|[^\s;|&<>\"'\\]|[\"'\\])+))",
    re.S,
)
_ASSIGNED = re.compile(r"[A-Za-z_]\w*=")
_RUNNERS = frozenset({"time", "nice", "nohup", "env", "command", "exec", "xargs"})


@dataclass(frozen=True, slots=True)
class Step:
    """One simple command."""

    words: tuple[str, ...]
    """Without quotes, the program first; assignments and redirections are left out."""
    root: bool = False
    piped: bool = False
    """It reads what the one before prints."""
    files: tuple[str, ...] = ()
    """What it writes into."""

    @property
    def program(self) -> str:
        """Without its folder."""
        return self.words[0].rsplit("/", 1)[-1] if self.words else ""


HERE = re.compile(r"<<-?\s*[\"']?(\w+)[\"']?([^\n]*)\n.*?(?:\n\s*\1\b|\Z)", re.S)


def steps(command: str) -> list[Step]:
    """The simple commands of a line, in order, without what is fed to them from the line itself."""
    found: list[Step] = []
    taken: list[str] = []
    files: list[str] = []
    piped, into = False, ""
    for match in _TOKEN.finditer(HERE.sub(r" \2", redact(command[:_READ])[:CAP])):
        if mark := match.group("mark"):
            found += _step(taken, files, piped)
            taken, files, piped = [], [], mark.startswith("|") and mark != "||"
        elif match.group("into"):
            into = match.group("into")
        elif into:
            files += [_bare(match.group("word"))] if ">" in into and "&" not in into[1:] else []
            into = ""
        else:
            taken.append(match.group("word"))
    return found + _step(taken, files, piped)


def _step(taken: list[str], files: list[str], piped: bool) -> list[Step]:
    rest, root = list(taken), False
    while rest and (_ASSIGNED.match(rest[0]) or rest[0] in _RUNNERS or rest[0] in ("sudo", "doas")):
        root = root or rest[0] in ("sudo", "doas")
        rest.pop(0)
        while root and rest and rest[0].startswith("-"):
            rest.pop(0)
    if not rest and not files:
        return []
    return [Step(tuple(map(_bare, rest)), root, piped, tuple(one for one in files if one != "/dev/null"))]


def _bare(word: str) -> str:
    return re.sub(r"([\"'])(.*?)\1|\\(.)", lambda found: found.group(2) or found.group(3) or "", word, flags=re.S)


# --- words ------------------------------------------------------------------------------------------------------


Parts = list[tuple[str, bool]]
"""The words of one command as they are said, each with whether it is another machine."""


def spoken(found: list[Step], language: Language, room: int = 16) -> str:
    """`git fetch, git reset hard to origin main`, within `room` words where the names of programs allow it."""
    return fitted(parts(found, language), len(found), language, room)


def parts(found: list[Step], language: Language) -> list[Parts]:
    """What is said of the first commands, as far as there is ever room for it."""
    return [_parts(step, language) for step in found[:_STEPS]]


def fitted(named: list[Parts], many: int, language: Language, room: int) -> str:
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
    return ", ".join(filter(None, said)) + (f", {told(Saying('shell.more', rest), language)}" if rest else "")


def _parts(step: Step, language: Language) -> Parts:
    sayable = [word for word in step.words if _SAID.search(word)]
    shown = [*sayable[:_SHOWN], *[word for word in sayable[_SHOWN:] if _REMOTE.match(word)][:_REMOTES]]
    said = [(part, bool(_REMOTE.match(word))) for word in shown if (part := _part(_head(word), language))]
    if not said and step.files:
        return [(told(Saying("shell.writes", fields={"file": step.files[0]}), language), False)]
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
            said.append(" ".join(part.split()[:left]))
    return " ".join(said)


_SAID = re.compile(r"^(?!-[^-]).*[^\W_]", re.S)
"""All but flags of one letter, which have no words."""
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


def site(address: str, language: Language) -> str:
    """The host of an address as words."""
    return _clean(address, language)


def _clean(text: str, language: Language) -> str:
    """A word or a quoted script as words, without what only a shell understands."""
    text = re.sub(
        r"\[redacted\]|\$\{?(\w+)\}?|[*?{}\[\]^\\]",
        lambda found: found.group() if found.group() == HIDDEN else (found.group(1) or "").replace("_", " "),
        text,
    )
    text = re.sub(r"^https?://(?:[^@/\s]*@)?([^/\s:?#]+)\S*", r"\1", text)
    text = re.sub(r"(?<=\w)~(?=\d)", f" {language.terms['minus']} ", text).replace("~", " ")
    return re.sub(r"[.,?!]+(?=\s|$)", "", render(text, language)).strip(" ,")
