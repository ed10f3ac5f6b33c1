"""Secrets of several lines: private keys, Kubernetes secrets, the words of a wallet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aidevops_voice.redaction.shadow import Span

_BEGIN = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END [A-Z0-9 ]{0,40}(?:PRIVATE KEY(?: BLOCK)?-----|[A-Z ]{0,12}-{0,5})")
_BODY = re.compile(
    r"(?:(?:\s|\\[rnt]|\\\\n|[+>|#*,&\"'`]|-(?!----)|[0-9]{1,5}[:|\t ])*+"
    r"(?:[A-Za-z0-9+/=]{16,}+|(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):[^\n\\]{0,200}+|(?<=\n)[A-Za-z"
    r"0-9+/=]{1,15}+(?=[ \t]*(?:\r?\n|\\[nr]|$))"
    r"|(?<=\\n)[A-Za-z0-9+/=]{1,15}+(?=\\n|\"|'|$)|=[A-Za-z0-9+/]{4}(?![A-Za-z0-9+/])))*+"
)
_LONGEST = 64 * 1024
_BODY_LINE = re.compile(
    r"[\s+>|#*\d:\"'-]{0,12}(?:[A-Za-z0-9+/=]{1,100}|(?:Proc-Type|DEK-Info|Version|Comment):[^\n]{0,200})[\s\\\""
    r"',+]{0,6}"
)


def private_keys(text: str) -> Iterator[Span]:
    """From the first line to the last; of a truncated one as far as it goes, in either direction."""
    if "PRIVATE KEY" not in text:
        return
    past = 0
    for begin in _BEGIN.finditer(text):
        if begin.start() < past:
            continue
        orphan = _END.search(text, past, begin.start())
        if orphan:
            yield _upwards(text, past, orphan.start()), orphan.end()
        past = _key_end(text, begin.end())
        yield begin.start(), past
    if orphan := _END.search(text, past):
        yield _upwards(text, past, orphan.start()), orphan.end()


def _key_end(text: str, at: int) -> int:
    body = _BODY.match(text, at)
    end = body.end() if body else at
    last = _END.search(text, at, min(len(text), at + _LONGEST))
    another = text.find("-----BEGIN", at, last.start()) if last else -1
    if last and another < 0 and last.start() - end < 400:
        return last.end()
    return end


def _upwards(text: str, floor: int, at: int) -> int:
    """The first of the lines of base64 that end before `at`."""
    at = at - len(text[floor:at][-16:]) + len(text[max(floor, at - 16) : at].rstrip(" +>|#*-\t\"'"))
    escaped = re.compile(r"(?:[A-Za-z0-9+/=]{1,100}(?:\\n|\\r)+)+$").search(text, max(floor, at - 8192), at)
    if escaped:
        return escaped.start()
    while at > floor:
        line = text.rfind("\n", floor, at - 1) + 1 or floor
        piece = text[line:at].strip()
        if piece and not _BODY_LINE.fullmatch(piece):
            break
        at = line
    return at


_PUTTY = re.compile(
    r"Private-Lines: [0-9]{1,3}\r?\n(?:[A-Za-z0-9+/=]{1,80}\r?\n){0,200}(?:Private-MAC: [0-9a-f]{1,128})?"
)


def putty_keys(text: str) -> Iterator[Span]:
    """The private lines of a PuTTY key."""
    if "Private-Lines: " in text:
        yield from (match.span() for match in _PUTTY.finditer(text))


_SECRET_KIND = re.compile(r"[\"']?kind[\"']?:[ \t]{0,4}[\"']?(?:Sealed)?Secret[\"']?\s*(?:,|\n|$|\})")
_DATA = re.compile(r"(?m:^)([ \t]*)(?:-[ \t])?(?:data|stringData):[ \t]*\r?\n")
_DATA_LINE = re.compile(
    r"[ \t]+[\w.-]{1,253}:[ \t]*(?:[|>][+-]?[ \t]*\r?\n)?[ \t]*([^\s\[{][^\r\n]*)\r?(?:\n|$)|[ \t]+([^\r\n:\[]"
    r"{4,})\r?(?:\n|$)"
)
_JSON_DATA = re.compile(r"\"(?:data|stringData)\"\s*:\s*\{([^{}]{0,32768})\}")
_JSON_VALUE = re.compile(r":\s*\"([^\"\[\n]{1,8192})\"")


def manifests(text: str) -> Iterator[Span]:
    """Every value of a Kubernetes secret, whatever it is called."""
    if "Secret" not in text or not _SECRET_KIND.search(text):
        return
    for head in _DATA.finditer(text):
        at = head.end()
        while (line := _DATA_LINE.match(text, at)) and len(line[0]) - len(line[0].lstrip(" \t")) > len(head[1]):
            yield line.span(1 if line[1] else 2)
            at = line.end()
    for block in _JSON_DATA.finditer(text):
        yield from (value.span(1) for value in _JSON_VALUE.finditer(text, *block.span(1)))


_PHRASE = re.compile(
    r"\b(?:mnemonic|seed|recovery|backup|wallet)(?:[ _-](?:phrase|words?|seed|mnemonic|recovery|is|are|in order|"
    r"code)){0,3}[^A-Za-z0-9\n]{0,6}"
    r"(?:is|are|in order)?[^A-Za-z]{0,10}((?:[a-z]{3,8}(?:[\s,]|\d{1,2}[.):]){1,6}){11,24}[a-z]{3,8})\b"
)


_PLAIN_PHRASE = re.compile(
    r"\b(?:mnemonic|(?:seed|recovery|backup|wallet)[ _-](?:phrase|words|mnemonic|seed))(?: phrase| words)?(?: is"
    r"| are)?[\"'`*]{0,3}\s{0,3}[:=][\s\"'`*]{0,6}"
    r"((?:[0-9]{1,2}[.):][ ]?)?[a-z]{3,8}(?:(?:[ ,]|\n(?=[0-9a-z])){1,3}(?:[0-9]{1,2}[.):][ ]?)?[a-z]{3,8})"
    r"{0,23})(?![a-z-])"
)


def phrases(text: str, lower: str) -> Iterator[Span]:
    """The twelve or twenty-four words of a wallet behind a word that tells them."""
    if any(word in lower for word in ("mnemonic", "seed", "recovery", "backup", "wallet")):
        yield from (match.span(1) for match in _PHRASE.finditer(lower))
        # A list of them may only begin here, the rest still streams.
        yield from (match.span(1) for match in _PLAIN_PHRASE.finditer(lower))
