"""Secrets that stand some words away from the one that tells them, or apart from it as an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from aidevops_voice.redaction.keys import opaque
from aidevops_voice.redaction.labels import ALGORITHM, MOST, PATH
from aidevops_voice.redaction.shadow import Span

_NEAR = re.compile(
    r"(?i:\b(?:token|secret|password|passphrase|credential|api[ _-]?key|access[ _-]?key|private[ _-]?key|secret["
    r" _-]?key|webhook|contraseña|clave))"
    r"s?(?:[ \t:=`\"'*(]{1,4}(?!(?:commit|sha|hash|id|uuid|version|digest|checksum|revision|ref|build|line|page|"
    r"issue|pr)\b)[A-Za-z]{1,14}(?![\w-])){0,4}[ \t:=`\"'*(]{1,4}"
    r"(?P<value>[A-Za-z0-9_+/=.~-]{12,256}+)"
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_NEAR_WORD = re.compile(r"token|secret|password|passphrase|credential|api[ _-]?key|access[ _-]?key|private[ _-]?key"
                        r"|webhook|contraseña|clave|ſ")  # fmt: skip
_ASKED = re.compile(r"(?i:passw|passphrase|passcode|\bpwd\b|contraseña|clave|secret|token|credential|\bkey\b|\bpin\b)")
_ANSWER_WORDS = 64


def answered(question: str, answer: str, redact: Callable[[str], str]) -> str:
    """An answer that stands apart from the question for a secret, without what looks like that secret."""
    if not _ASKED.search(question):
        return answer
    words = (redact(f"{_SAID}{word}").removeprefix(_SAID) for word in answer.split(" ")[:_ANSWER_WORDS])
    return " ".join(words)


_SAID = "password is "


def near(text: str, lower: str) -> Iterator[Span]:
    """What looks random some words behind a telling one."""
    if not _NEAR_WORD.search(lower):
        return
    for judged, match in enumerate(_NEAR.finditer(text)):
        if judged > MOST:
            yield match.start(), len(text)
            return
        value = match["value"].rstrip(".=")
        if opaque(value, 12) and not _UUID.fullmatch(value) and not PATH.fullmatch(value) and "/" not in value[:-1]:
            yield match.span("value")


# --- passwords that people think of -----------------------------------------------------------------------------

_TELLS = re.compile(
    r"passw|passphrase|passcode|\bpwd\b|\bpass:|contrase|\bclaves?\b|creden[ct]ial"
    r"|\b(?:log(?:ged)?[ -]?in(?:to)?|sign(?:ed)? in) (?:as|with)|inicia\w* sesión"
)
_BEFORE, _BEHIND = 120, 300
"""Characters around such a word in which a password may stand."""
_WORD = re.compile(
    r"(?P<box>[`\"']|\*\*|\b(?:is|was|es|era)[ \t]|(?:^|\n)[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]{1,4}|\|[ \t]{0,60})?"
    r"(?<![\w./@:=-])(?P<value>[^\s\"'`|<>()\[\]{},;/=]{6,64}+)(?![/=(\[])"
)
_MADE_UP = re.compile(r"(?=.{0,60}[A-Za-z])(?=.{0,60}[0-9])[^@]{0,60}?[A-Za-z0-9][!#$%^&*+~?@][A-Za-z0-9].*")
"""Letters, digits and a sign between them."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]*(?:\.[\w-]+)+|\S+@v?\d[\w.]*|\S*:\S+:\S*")
_GLUED = re.compile(r"(?=.{8})[A-Za-z]{4,}[0-9]{2,6}")
"""A word and a year: only where it is put apart as a value is."""
_PHRASE = re.compile(
    r"(?:passphrase|frase de (?:paso|contraseña))(?: is| es)?:[ \t]{1,4}"
    r"((?:(?!(?:the|and|for|you|not|los|las|que|una)\b)[a-z]{3,12}[ -]){3,6}[a-z]{3,12})(?=[.\n]|$)"
)


def thought_of(text: str, lower: str) -> Iterator[Span]:
    """What looks like a password that somebody made up, around a word that tells of one."""
    past = 0
    for tells in _TELLS.finditer(lower):
        begin, end = max(past, tells.start() - _BEFORE), min(len(text), tells.end() + _BEHIND)
        for found in _WORD.finditer(text, begin, end):
            value = found["value"].rstrip(".:!?*_")
            if _is_made_up(value, boxed=bool(found["box"])):
                yield found.start("value"), found.start("value") + len(value)
        past = max(past, end - len("`x"))
    yield from (found.span(1) for found in _PHRASE.finditer(lower))


def _is_made_up(value: str, *, boxed: bool) -> bool:
    if PATH.fullmatch(value) or ALGORITHM.fullmatch(value) or _MAIL.fullmatch(value):
        return False
    return bool(_MADE_UP.fullmatch(value) or (boxed and _GLUED.fullmatch(value)))
