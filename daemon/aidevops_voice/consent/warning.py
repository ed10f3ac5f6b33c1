"""What the agent itself wrote that its request destroys: told as its words, which may only add to caution."""

from __future__ import annotations

from aidevops_voice.languages import Language, guess
from aidevops_voice.words.choice import lowered
from aidevops_voice.words.speakable import pieces, shortened

_READ = 2000
"""Characters of the text in front of the request."""
_LONGEST = 18
"""Words behind `it says`."""


def warning(text: str, usual: Language) -> str:
    """The last sentence that tells of a loss, as words; empty where none does."""
    language = guess(text, usual)
    if not language.code or language is not usual:
        return ""
    found = [piece.text for piece in pieces(text[-_READ:], language)[0] if _warns(piece.text, language)]
    return lowered(shortened(found[-1], _LONGEST), language).rstrip(".!?") if found else ""


def _warns(said: str, language: Language) -> bool:
    return bool(language.marks["warns"].search(said)) and not said.endswith("?")
