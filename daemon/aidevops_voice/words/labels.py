"""Numbers that are labels by what their text is about: a port without the word in front of it."""

from __future__ import annotations

import re

from aidevops_voice.languages import listed
from aidevops_voice.words.numerals import PORT, after, before

_AT = frozenset(listed("on to at from is not t but than and or uses use al el del a y o de es no sino usa"))
"""With the end of `isn't`."""
_GOES_ON = frozenset(
    listed("and or but sino rather is are was instead on in for not y o pero es no en que so because which")
)
_AROUND = 100
"""Characters of a sentence beside a number that may say that it is a port."""
_SPEAKS_OF_PORTS = re.compile(r"\b(?:ports?|puertos?)\b", re.I)


def is_port(m: re.Match[str], seen: dict[str, str]) -> bool:
    """Whether a bare number is one, as a text speaks of ports: `not on 8080`; `seen` is kept for one text."""
    text = m.group()
    if not (text.isdecimal() and len(text) in (4, 5)):
        return False
    if before(m) in PORT or _SPEAKS_OF_PORTS.search(m.string, max(0, m.start() - _AROUND), m.end() + _AROUND):
        seen["port"] = ""
    behind = after(m).lower()
    led = before(m) in _AT or not m.string[: m.start()].strip()
    return "port" in seen and led and (not behind or behind in _GOES_ON)
