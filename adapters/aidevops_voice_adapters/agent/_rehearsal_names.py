"""File names as people say them: "notes dot text" is notes.txt."""

from __future__ import annotations

import re

_SIGNS = {
    "dot": ".", "point": ".", "period": ".", "underscore": "_", "dash": "-", "hyphen": "-", "minus": "-", "slash": "/",
}  # fmt: skip
_ENDINGS = {
    "text": "txt", "markdown": "md", "mark down": "md", "python": "py", "pie": "py", "javascript": "js",
    "java script": "js", "typescript": "ts", "type script": "ts", "jason": "json", "jay son": "json", "yaml": "yaml",
    "yammer": "yaml", "tom l": "toml", "tommel": "toml", "shell": "sh", "html": "html", "css": "css", "json": "json",
    "rust": "rs", "go": "go", "see": "c",
}  # fmt: skip
_NO_NAME = re.compile(r"that|which|with|for|to|in|and|or|so|because|where|who|if|from|about|into|of", re.IGNORECASE)
_LETTERS = re.compile(r"\b(?:[a-z] )+[a-z]\b")


def file_name(said: str, kind: str, *, loose: bool) -> str:
    """The name meant, not checked; empty when these words are no name. `loose` takes several words for one."""
    said = said.strip().strip("\"'`“”‘’")
    words = said.split()
    if not words or len(words) > 12 or any(_NO_NAME.fullmatch(word) for word in words):
        return ""
    name = _put_together(words) if len(words) > 1 else words[0]
    plain = sum(word.lower() not in _SIGNS for word in words)
    if plain > 6 or (len(words) > 1 and not loose and not _has_sign(words)):
        return ""
    ending = _ENDINGS.get(kind.lower())
    return f"{name}.{ending}" if ending and "." not in name else name


def _has_sign(words: list[str]) -> bool:
    return any(word.lower() in _SIGNS for word in words)


def _put_together(words: list[str]) -> str:
    pieces: list[list[str]] = [[]]
    signs: list[str] = []
    for word in words:
        sign = _SIGNS.get(word.lower())
        if sign is None:
            pieces[-1].append(word)
        else:
            signs.append(sign)
            pieces.append([])
    if signs and signs[-1] == "." and pieces[-1]:
        pieces[-1] = [_ending(" ".join(pieces[-1]))]
    parts = ["_".join(piece) for piece in pieces]
    return parts[0] + "".join(sign + part for sign, part in zip(signs, parts[1:], strict=True))


def _ending(said: str) -> str:
    lowered = said.lower()
    if known := _ENDINGS.get(lowered):
        return known
    return _LETTERS.sub(lambda match: match[0].replace(" ", ""), lowered).replace(" ", "_")
