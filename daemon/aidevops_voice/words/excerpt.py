"""Head and tail of a text that is too long to be read whole; pure."""

from __future__ import annotations

from aidevops_voice.words.characters import has_escapes


def excerpt(text: str, cap: int) -> str:
    """At most `cap` characters, whole lines or at least words.

    A fence that opens or closes between head and tail counts, or code would be read aloud.
    """
    if len(text) <= cap:
        return text
    half = cap // 2
    # Half of what steers a terminal reads as numbers.
    least = -1 if has_escapes(text) else half // 2
    head, tail = _begun(text[:half], least), _begun(text[-half:][::-1], least)[::-1]
    fence = "```\n" if text.count("\n```", len(head), len(text) - len(tail)) % 2 else ""
    return f"{head}\n\n{fence}{tail}"


def _begun(text: str, least: int) -> str:
    """A text that is cut at its end, to its last whole line or word where that leaves enough."""
    return next((text[:at] for sign in "\n " if (at := text.rfind(sign)) > least), text if least > 0 else "")
