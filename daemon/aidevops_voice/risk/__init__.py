"""What a command or an edit could do, told from its text alone: a class of risk, why, and each action in words.

Pure and deterministic. What is not understood is destructive; nothing is ever run, and no file is looked at.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata

from aidevops_voice.languages import Language, Saying
from aidevops_voice.risk import paths, spoken
from aidevops_voice.risk.call import Feed, Scope, add
from aidevops_voice.risk.levels import Finding, Level, Risk
from aidevops_voice.risk.parse import LONGEST
from aidevops_voice.risk.spoken import read_back
from aidevops_voice.risk.walk import TooLong, Walk

__all__ = ["Level", "Risk", "as_dict", "as_text", "assess", "assess_edit", "read_back"]

_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0e\ue000-\uf8ff\ud800-\udfff]"
)
_ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\x1b.|\x1b")
_CUT = re.compile(r"(?<=[^\s\\&|;])((?:\\\\)*)\\\n(?=[^\s&|;#])|(?:(?<=\n)|\A)([ \t]*)\\\n")
"""A line that goes on in the middle of a word, or has nothing but its going on."""


def assess(command: str, project: str, home: str = "") -> Risk:
    """Of a shell command that starts in the project."""
    walk = Walk()
    scope = Scope(paths.ground(project, home))
    if len(command) > LONGEST:
        add(walk.found, scope, Level.DESTRUCTIVE, "too_long", "too_long")
        return _worst(walk.found)
    seen = _seen(command)
    if seen != command:
        add(walk.found, scope, Level.DESTRUCTIVE, "unreadable", "hidden", what=seen[:120])
    try:
        walk.script(seen, scope, Feed())
    except TooLong:
        add(walk.found, Scope(scope.ground), Level.DESTRUCTIVE, "too_long", "too_long")
    found = walk.found if seen == command else [*walk.found[1:], walk.found[0]]
    return _worst(found)


def _seen(command: str) -> str:
    """As it looks, with what hides in it brought into the open, and words that are cut over two lines put together."""
    if command.isascii() and "\x1b" not in command and not _HIDDEN.search(command) and "\\\n" not in command:
        return command
    text = _HIDDEN.sub("", _ESCAPES.sub("", command.replace("\r", "\n"))) if _HIDDEN.search(command) else command
    if not text.isascii():
        text = "".join(_open(text, at) for at in range(len(text)))
    return _CUT.sub(lambda match: match[1] or match[2] or "", text)


def _open(text: str, at: int) -> str:
    char = text[at]
    if char.isascii():
        return char
    kind = unicodedata.category(char)
    if kind == "Cf":
        joins = char == "\u200d" and at and unicodedata.category(text[at - 1]) in ("So", "Sk", "Mn")
        return char if joins else ""
    return " " if kind in ("Zs", "Zl", "Zp") else char


def _worst(found: list[Finding]) -> Risk:
    """The highest class wins; a command that does nothing only looks."""
    if not found:
        return Risk("read", Saying("risk.why.read"), ())
    ordered = sorted(found, key=lambda one: -one.level)
    actions = tuple({(one.saying.key, *map(str, one.saying.fields.values())): one.saying for one in ordered}.values())
    return Risk(ordered[0].level.name.lower(), Saying(ordered[0].why), actions)


_WORKFLOW = re.compile(
    r"/\.(?:github/workflows|circleci|gitlab-ci\.yml|husky|githooks)(?:/|$)|/\.(?:gitlab-ci|travis)\.yml$"
    r"|/Jenkinsfile$|/\.envrc$"
)


def assess_edit(path: str, project: str, symlink_to: str | None = None, home: str = "") -> Risk:
    """Of an edit of a file; `symlink_to` is where its name really leads."""
    ground = paths.ground(project, home)
    names = [path, path.replace("\\", "/"), path.removeprefix("file://")]
    if symlink_to is not None:
        names += [
            posixpath.join(posixpath.dirname(path), symlink_to) if symlink_to[:1] not in ("/", "~") else symlink_to
        ]
    places = [paths.place(_literal(one), ground, writing=True) for one in names]
    if re.match(r"[A-Za-z]:[\\/]|\\\\", path):
        places.append("outside")
    if symlink_to is not None and paths.resolved(path, ground) in [
        paths.resolved(one, ground) for one in (names[-1], symlink_to)
    ]:
        places.append("unknown")
    worst = max(places, key=lambda one: paths.WRITING[one])
    level, reason = paths.WRITING[worst], f"place_{worst}"
    if worst == "nowhere":
        level, reason = Level.DESTRUCTIVE, "place_device"
    if _seen(path) != path or "\n" in path or not path.strip():
        level, reason = Level.DESTRUCTIVE, "hidden"
    full = paths.resolved(path, ground) or path
    if level == Level.WRITE and _WORKFLOW.search(full):
        level, reason = Level.DESTRUCTIVE, "workflow"
    shown = posixpath.relpath(full, ground.project) if paths.within(full, ground.project) else path
    saying = Saying("risk.edit_file", fields={"what": shown})
    if symlink_to is not None:
        saying = Saying("risk.edit_link", fields={"what": shown, "to": symlink_to})
    return Risk(level.name.lower(), Saying(f"risk.why.{reason}"), (saying,))


def _literal(path: str) -> str:
    """In an edit no name is expanded."""
    return path.replace(paths.HOLE, "?").replace(paths.ITEM, "?")


def as_dict(risk: Risk, language: Language) -> dict[str, str | list[str]]:
    """For `aidevops-voice risk --json`."""
    return {"risk": risk.risk, "why": spoken.why(risk, language), "read_back": read_back(risk, language)}


def as_text(risk: Risk, language: Language) -> str:
    """For `aidevops-voice risk`."""
    said = " ".join(read_back(risk, language))
    return f"{risk.risk}: {spoken.why(risk, language)}\n{said}".rstrip()
