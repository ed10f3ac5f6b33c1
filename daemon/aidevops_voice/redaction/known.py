"""The values that the daemon holds itself, in every spelling in which they may come back."""

from __future__ import annotations

import html
import json
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from shlex import quote as shell_quote
from urllib.parse import quote, quote_plus

from aidevops_voice.redaction.shadow import Span

SHORTEST = 4
"""Characters; a shorter value is everywhere."""
_SHORTEST_CODED = 6
"""Of a value, for its base64 and hexadecimal forms."""


def occurrences(text: str, values: tuple[str, ...]) -> Iterator[Span]:
    """Where one of these values stands, however it is escaped or encoded."""
    for form in [form for form in _forms(values) if form in text]:
        at = text.find(form)
        while at >= 0:
            yield at, at + len(form)
            at = text.find(form, at + len(form))


@lru_cache(maxsize=16)
def _forms(values: tuple[str, ...]) -> tuple[str, ...]:
    forms = {form for value in values if len(value) >= SHORTEST for form in spellings(value)}
    return tuple(sorted((form for form in forms if len(form) >= SHORTEST), key=len, reverse=True))


def spellings(value: str) -> set[str]:
    """As written, and as JSON, Python, a shell, HTML, an address, base64 and hexadecimal write it."""
    bytes_ = value.encode("utf-8", "surrogatepass")
    plain = {value, value.strip()}
    quoted = {each for safe in ("", "/", "/:@", "!*'()") for each in _cased(quote(bytes_, safe=safe))}
    quoted |= set(_cased(quote_plus(bytes_)))
    escaped = {json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], repr(value)[1:-1]}
    escaped |= {json.dumps(each)[1:-1] for each in escaped}
    escaped |= {value.replace("\\", "\\\\").replace(mark, f"\\{mark}") for mark in "\"'`$"}
    escaped |= {shell_quote(value).strip("'"), html.escape(value), html.escape(value).replace("&#x27;", "&#39;")}
    escaped |= {value.replace("'", "''"), value.replace('"', '""')}
    return (plain | quoted | escaped | (_coded(bytes_) if len(bytes_) >= _SHORTEST_CODED else set())) - {""}


def _cased(encoded: str) -> tuple[str, str]:
    pieces = encoded.split("%")
    return encoded, "%".join([pieces[0], *(piece[:2].lower() + piece[2:] for piece in pieces[1:])])


def _coded(value: bytes) -> set[str]:
    """Base64 of the value inside a longer text depends on where in a group of three it begins."""
    found = {value.hex(), value.hex().upper()}
    for shift in range(3):
        coded = b64encode(b"\0" * shift + value).decode()
        begin = (0, 2, 3)[shift]
        end = len(coded) - (0, 3, 2)[(shift + len(value)) % 3]
        if end - begin >= 8:
            core = coded[begin:end]
            found |= {core, core.replace("+", "-").replace("/", "_")}
    return found
