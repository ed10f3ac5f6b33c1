"""Here-documents taken out of a command before it is parsed, each left behind as a redirection with a marker.

What is taken here and what the parser then sees must agree, else the command counts as unreadable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidevops_voice.risk.tree import Unreadable

MARK, END, STRING = "\ue010", "\ue011", "\ue012"
"""Around the number of a here-document; before a here-string."""
_OPENED = re.compile(r"<<(-?)[ \t]*(?:'([^'\n]+)'|\"([^\"\n$`\\]+)\"|(\\?)([A-Za-z_][\w.-]*))(?=[\s;&|()<>]|$)")
_STEP = re.compile(r"[^\\'\"#$()<\n\s]+|\s")
_BLANKS = re.compile(r"[ \t]*")
_COMMENT = re.compile(r"#[^\n]*")


@dataclass(frozen=True, slots=True)
class Document:
    text: str
    quoted: bool


@dataclass(slots=True)
class _Waiting:
    place: int
    end: str
    tabs: bool
    quoted: bool


def taken(command: str) -> tuple[str, list[Document]]:
    """The command without its here-documents, and those; raises Unreadable for one without an end."""
    if "<<" not in command:
        return command, []
    out: list[str] = []
    found: list[Document | None] = []
    waiting: list[_Waiting] = []
    modes = [""]
    at, size = 0, len(command)
    while at < size:
        char = command[at]
        if char == "\\" and modes[-1] != "'":
            step = command[at : at + 2]
        elif modes[-1] == "'":
            close = command.find("'", at)
            step = command[at : close + 1] if close >= 0 else command[at:]
            modes.pop()
        elif char == '"':
            step = char
            modes.pop() if modes[-1] == '"' else modes.append('"')
        elif command.startswith("$(", at):
            step = "$("
            modes.append("(")
        elif modes[-1] == '"':
            step = char
        elif char == "'":
            step = char
            modes.append("'")
        elif char in "()":
            step = char
            modes.append("(") if char == "(" else modes.pop() if modes[-1] == "(" else None
        elif char == "#" and (at == 0 or command[at - 1] in " \t\n;&|()"):
            comment = _COMMENT.match(command, at)
            step = comment.group() if comment else char
        elif command.startswith("<<<", at):
            blank = _BLANKS.match(command, at + 3)
            out.append(f"<{STRING}")
            at = blank.end() if blank else at + 3
            continue
        elif opened := _OPENED.match(command, at):
            step = opened.group()
            quoted = bool(opened[2] or opened[3] or opened[4])
            waiting.append(_Waiting(len(found), opened[2] or opened[3] or opened[5], bool(opened[1]), quoted))
            out.append(f"<{MARK}{len(found)}{END}")
            found.append(None)
            at += len(step)
            continue
        elif char == "\n" and waiting:
            step = char
            at = _bodies(command, at + 1, waiting, found) - 1
            waiting = []
        else:
            plain = _STEP.match(command, at)
            step = plain.group() if plain else char
        out.append(step)
        at += len(step)
    if waiting:
        raise Unreadable
    return "".join(out), [document for document in found if document is not None]


def _bodies(command: str, at: int, waiting: list[_Waiting], found: list[Document | None]) -> int:
    """Where the command goes on."""
    for one in waiting:
        lines: list[str] = []
        while True:
            if at >= len(command):
                raise Unreadable
            stop = command.find("\n", at)
            line = command[at : stop if stop >= 0 else len(command)]
            at = stop + 1 if stop >= 0 else len(command) + 1
            line = line.lstrip("\t") if one.tabs else line
            if line == one.end:
                break
            lines.append(line)
        if not one.quoted and any(line.endswith("\\") for line in lines):
            raise Unreadable
        found[one.place] = Document("".join(f"{line}\n" for line in lines), one.quoted)
    return at
