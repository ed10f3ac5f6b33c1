"""Adds an item to a list in JSON with comments, and takes it out again, without touching another character."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_COMMA = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])')
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class Unclear(ValueError):
    """The text is not an object whose key holds a list, or cannot be changed safely."""


@dataclass(frozen=True, slots=True)
class _Member:
    value: Any
    begin: int
    end: int


def read(text: str) -> dict[str, Any]:
    """The object; raises Unclear."""
    try:
        found = json.loads(_plain(text))
    except (ValueError, RecursionError):
        raise Unclear("it is not JSON with comments") from None
    if not isinstance(found, dict):
        raise Unclear("it is not an object")
    return found


def add(text: str, key: str, item: str) -> str:
    """The text with `item` at the end of the list under `key`; raises Unclear."""
    before = read(text)
    items = _items(before, key)
    if item in items:
        return text
    fresh = _inserted(text, key, item) if key in before else _begun(text, key, item, bool(before))
    return _checked(fresh, {**before, key: [*items, item]})


def take(text: str, key: str, item: str) -> str:
    """The text without `item`, just as it was before `add`; raises Unclear."""
    before = read(text)
    items = _items(before, key)
    if item not in items:
        return text
    for begun in (_begun_words(key, item, more) for more in (True, False)):
        if items == [item] and text.count(begun) == 1:
            left = {name: value for name, value in before.items() if name != key}
            return _checked(text.replace(begun, ""), left)
    left = {**before, key: [each for each in items if each != item]}
    return _checked(_cut(text, key, item), left)


def _items(found: dict[str, Any], key: str) -> list[Any]:
    items = found.get(key, [])
    if not isinstance(items, list):
        raise Unclear(f"{key!r} is not a list")
    return items


def _inserted(text: str, key: str, item: str) -> str:
    plain = _plain(text)
    place = _member(plain, key)
    inside = plain[place.begin : place.end - 1].rstrip()
    at = place.begin + len(inside)
    return text[:at] + ("" if inside == "[" else ", ") + json.dumps(item) + text[at:]


def _begun(text: str, key: str, item: str, more: bool) -> str:
    at = _plain(text).index("{") + 1
    return text[:at] + _begun_words(key, item, more) + text[at:]


def _begun_words(key: str, item: str, more: bool) -> str:
    # The blanks inside of the brackets tell this list from one that was there and empty.
    return f"\n  {json.dumps(key)}: [ {json.dumps(item)} ]{',' if more else ''}"


def _cut(text: str, key: str, item: str) -> str:
    plain = _plain(text)
    start = _member(plain, key).begin
    members = list(_elements(plain, start))
    number = next(number for number, each in enumerate(members) if each.value == item)
    found = members[number]
    if number:
        return text[: members[number - 1].end] + text[found.end :]
    if len(members) > 1:
        return text[: found.begin] + text[members[1].begin :]
    return text[: found.begin] + text[found.end :]


def _checked(text: str, wanted: dict[str, Any]) -> str:
    if read(text) != wanted:
        raise Unclear("it is written in a way that is not understood")
    return text


def _member(plain: str, key: str) -> _Member:
    """The last member of this name, as JSON readers take it."""
    at, found = _next(plain, plain.index("{") + 1), None
    while plain[at] != "}":
        name, at = _DECODER.raw_decode(plain, at)
        begin = _next(plain, _next(plain, at) + 1)
        value, at = _DECODER.raw_decode(plain, begin)
        if name == key:
            found = _Member(value, begin, at)
        at = _after_comma(plain, at)
    if found is None:
        raise Unclear(f"there is no {key!r}")
    return found


def _elements(plain: str, start: int) -> Iterator[_Member]:
    at = _next(plain, start + 1)
    while plain[at] != "]":
        begin = at
        value, at = _DECODER.raw_decode(plain, begin)
        yield _Member(value, begin, at)
        at = _after_comma(plain, at)


def _after_comma(plain: str, at: int) -> int:
    at = _next(plain, at)
    return _next(plain, at + 1) if plain[at] == "," else at


def _next(plain: str, at: int) -> int:
    found = _SPACE.match(plain, at)
    return found.end() if found else at


def _plain(text: str) -> str:
    """Comments and commas before a closing bracket as blanks, so that every place stays where it is."""
    return _COMMA.sub(_blank, _COMMENT.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else " " * len(found[0])
