"""A call written as code, `parse(text, tz="UTC")`, by the name of what is called; pure, linear."""

from __future__ import annotations

import re
from itertools import accumulate

from aidevops_voice.languages import listed

_CALL = re.compile(r"(?P<name>[A-Za-z_]\w*(?:(?:\.|::)\w+){0,8})\((?P<given>[^\n]+)\);?")
_SAYABLE = re.compile(r"[\w.]+=[\w.-]+|[\w.:/ -]+|[\d., *+-]+|[A-Za-z_][\w.]*(?:, ?[A-Za-z_][\w.]*)*")
"""One argument, numbers or names, which may be the point of it: `sleep(30)`, `orders(customer_id, created_at)`."""
_STATEMENTS = frozenset(listed("if for while switch return catch elif match with function def fn func lambda foreach"))
_DEPTH = {"(": 1, ")": -1}


def called(text: str, line: str) -> str:
    """The name in a code that is one call whose arguments are code; empty for others, and for one of two alike."""
    found = _CALL.fullmatch(text)
    if not found or len(found["name"]) == 1 or found["name"] in _STATEMENTS or _SAYABLE.fullmatch(found["given"]):
        return ""
    depths = list(accumulate(_DEPTH.get(char, 0) for char in found["given"]))
    alike = line.count(f"{found['name']}(") > 1
    return "" if alike or min(depths) < 0 or depths[-1] else found["name"]
