"""Takes secrets out of any text: values that are known, and what looks like a key, a password or a credential.

Deterministic and linear. What is hidden is found in the text as it reads, so that escapes, invisible characters, line
wraps and Markdown hide nothing from it; all other characters of the text stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from urllib.parse import quote, unquote

from aidevops_voice.redaction import blocks, keys, known, labels, nearby, shapes
from aidevops_voice.redaction.shadow import Shadow, Span, decoded, joined, seen

HIDDEN = "[redacted]"
LONGEST_WORD = 512
"""Characters of a last word that are held back while a text streams."""
_CONTEXT = 2 * 1024
"""Characters before a piece that are read with it."""
_WHOLE = 128
"""Characters of a secret that is looked for in other texts."""
_RARE = re.compile(r"^(?=.*\d)(?=.*[^\W\d_]).{8,}$|^\S{3,} \S{3,}")
_HEADER = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----")


def redact(text: str, values: Iterable[str] = ()) -> str:
    """The text without these values (4 characters and more) and without what looks like a secret."""
    pieces, at = list[str](), 0
    for begin, end in found(text, tuple(values)):
        pieces += [text[at:begin], HIDDEN]
        at = end
    return "".join([*pieces, text[at:]])


def hide(text: str, values: Iterable[str]) -> str:
    """The text without these values alone, as written or as an address writes them."""
    for value in values:
        for form in (value, quote(value, safe="")):
            if form in text:
                text = text.replace(form, HIDDEN)
    return text


def telling(text: str) -> list[str]:
    """Secrets of a text as they read, that are no usual words, so that they can be looked for in others."""
    shadow = seen(text)
    read = shadow.text if shadow else text
    raw = [read[begin:end].strip() for begin, end in found(read)]
    return [value for value in (unquote(one) for one in raw) if len(value) <= _WHOLE and _RARE.search(value)]


def found(text: str, held: tuple[str, ...] = ()) -> list[Span]:
    """Where the secrets stand, in order and apart."""
    spans = [*_hidden(text, held)]
    shadow = seen(text)
    if shadow:
        spans += _placed(shadow, _hidden(shadow.text, held))
    read = shadow.text if shadow else text
    for layer, find in ((joined(read) if held else None, _wrapped), (decoded(read), _addresses)):
        if layer:
            within = _placed(layer, find(layer.text, held))
            spans += _placed(shadow, within) if shadow else within
    return list(_merged(spans))


def _hidden(text: str, values: tuple[str, ...]) -> Iterator[Span]:
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    yield from known.occurrences(text, values)
    yield from blocks.private_keys(text)
    yield from blocks.putty_keys(text)
    yield from blocks.manifests(text)
    yield from blocks.phrases(text, lower)
    yield from keys.keys(text)
    yield from shapes.tokens(text)
    yield from shapes.runs(text)
    yield from shapes.headers(text, lower)
    yield from shapes.programs(text)
    yield from shapes.options(text)
    yield from labels.labelled(text, lower)
    yield from nearby.near(text, lower)
    yield from nearby.thought_of(text, lower)


def _wrapped(text: str, values: tuple[str, ...]) -> Iterator[Span]:
    return known.occurrences(text, values)


def _addresses(text: str, values: tuple[str, ...]) -> Iterator[Span]:
    yield from known.occurrences(text, values)
    yield from keys.keys(text)
    yield from shapes.tokens(text)


def _placed(shadow: Shadow, spans: Iterable[Span]) -> list[Span]:
    return [shadow.place(span) for span in spans if span[1] > span[0]]


def _merged(spans: list[Span]) -> Iterator[Span]:
    begin = end = 0
    for first, last in sorted(spans):
        if first > end:
            if end > begin:
                yield begin, end
            begin, end = first, last
        else:
            end = max(end, last)
    if end > begin:
        yield begin, end


class Sieve:
    """Redacts a text that streams: its last word waits until it is whole, what was told before is read with it."""

    def __init__(self, redact: Callable[[str], str], known: Collection[str] = ()) -> None:
        """Of a value of several words in `known`, which may grow, none passes before it is sure that it is not that."""
        self._redact, self._known = redact, known
        self._waiting = ""
        self._context = ""

    def feed(self, piece: str) -> str:
        """What can be told now."""
        self._waiting += piece
        cut = min([last_word(self._waiting), *(_begun(value, self._waiting) for value in self._known if " " in value)])
        piece, self._waiting = self._waiting[:cut], self._waiting[cut:]
        return self._pass(piece)

    def close(self) -> str:
        """What is left; the next piece begins a new word."""
        piece, self._waiting = self._waiting, ""
        return self._pass(piece)

    def _pass(self, piece: str) -> str:
        if not piece:
            return ""
        before, whole = self._redact(self._context), self._redact(self._context + piece)
        self._context = context(self._context + piece)
        return beyond(before, whole)


def _begun(value: str, text: str) -> int:
    """Where the beginning of a value stands at the end of a text; the end where there is none."""
    at = text.rfind(value.split(" ", 1)[0], max(0, len(text) - len(value)))
    return at if at >= 0 and value.startswith(text[at:]) else len(text)


def beyond(before: str, whole: str) -> str:
    """What `whole` has behind all that it shares with `before`: nothing that is hidden in `whole` can show in it."""
    if whole.startswith(before):
        return whole[len(before) :]
    pairs = enumerate(zip(before, whole, strict=False))
    shared = next((at for at, (one, other) in pairs if one != other), len(whole))
    return whole[shared:]


def context(told: str, size: int = _CONTEXT) -> str:
    """The end of what was told; the first line of a private key that is still open stays with it."""
    if len(told) <= size:
        return told
    tail = told[-size:]
    if "PRIVATE KEY" in told:
        heads = list(_HEADER.finditer(told, 0, len(told) - size))
        if heads and "-----END" not in told[heads[-1].end() :]:
            return f"{heads[-1][0]}\n{tail}"
    return tail


def last_word(text: str) -> int:
    """Where the last word begins, or the end of the text if it is no word."""
    end = len(text)
    start = 1 + max(text.rfind(space, max(0, end - LONGEST_WORD), end) for space in " \n\t")
    return start if start > 0 or end < LONGEST_WORD else end
