"""A text as it reads, without what hides in it, that knows where each of its characters stands in the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

Span = tuple[int, int]
"""First character and the one behind the last."""

_UNSEEN = re.compile(
    r"(?:\x1b|\\u001b|\\x1b|\\033|\\e)(?:\[[0-?]{0,32}[ -/]{0,4}[@-~]|\][^\x07\x1b]{0,300}(?:\x07|\x1b\\))"
    r"|[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
    # Markdown inside a word.
    r"|(?<=[\w-])\*{1,3}(?=[\w-])|\\(?=[_*~-])"
)
_MARK = re.compile(r"[^\t\n\x0b-\r -~\xa0-\xac\xae-\u034e\u0350-\u060f]")
"""What may begin one of these beside a star and a backslash: quick to look for."""
_WRAP = re.compile(r"(?<=\S)\\?\r?\n[ \t]{0,16}(?=\S)")
_PERCENT = re.compile(r"%[0-7][0-9A-Fa-f]")


class Shadow:
    """What is left of `text` when each match of `pattern` is replaced by one character or none."""

    def __init__(self, text: str, pattern: re.Pattern[str], becomes: Callable[[str], str] | None = None) -> None:
        self._original, self._pattern, self._becomes = text, pattern, becomes
        self._starts, self._origins, self._ends = list[int](), list[int](), list[int]()
        self.text = pattern.sub((lambda match: becomes(match[0])) if becomes else "", text)

    def _measure(self) -> None:
        """Where each stretch of `text` begins, and where it began and ended."""
        text, at, length = self._original, 0, 0
        for match in self._pattern.finditer(text):
            became = len(self._becomes(match[0])) if self._becomes else 0
            for size, origin, end in ((match.start() - at, at, match.start()), (became, *match.span())):
                if size:
                    self._starts.append(length)
                    self._origins.append(origin)
                    self._ends.append(end)
                    length += size
            at = match.end()
        self._starts.append(length)
        self._origins.append(at)
        self._ends.append(len(text))

    def place(self, span: Span) -> Span:
        """Where this stretch stands in the original."""
        if not self._starts:
            self._measure()
        first, last = (bisect_right(self._starts, at) - 1 for at in (span[0], span[1] - 1))
        begin = min(self._origins[first] + span[0] - self._starts[first], self._ends[first])
        end = self._origins[last] + span[1] - self._starts[last]
        # A replaced piece is longer than what it became.
        whole = last + 1 < len(self._starts) and span[1] == self._starts[last + 1]
        return begin, self._ends[last] if whole else end


def seen(text: str) -> Shadow | None:
    """Without escapes, controls, characters of no width and Markdown inside words; None when there is nothing such."""
    hides = "*" in text or "\\" in text or _MARK.search(text)
    return Shadow(text, _UNSEEN) if hides and _UNSEEN.search(text) else None


def joined(text: str) -> Shadow | None:
    """With wrapped lines put together."""
    return Shadow(text, _WRAP) if "\n" in text else None


def decoded(text: str) -> Shadow | None:
    """With percent signs decoded, where a whole address is encoded."""
    if "%3A%2F%2F" not in text and "%3a%2f%2f" not in text:
        return None
    return Shadow(text, _PERCENT, lambda match: chr(int(match[1:], 16)))
