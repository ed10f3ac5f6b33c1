"""What the commands of a turn destroyed, where that is not said of it; pure."""

from __future__ import annotations

from aidevops_voice import losses
from aidevops_voice.languages import Language, Saying
from aidevops_voice.narrator import candour, evidence
from aidevops_voice.narrator.work import Work
from aidevops_voice.words import choice
from aidevops_voice.words.choice import choose, lowered
from aidevops_voice.words.cuts import cut
from aidevops_voice.words.speakable import LONGEST, Piece, pieces, words
from aidevops_voice.words.wording import told

_CLAUSES, _SENTENCES = 3, 2
_ROOM = 45
"""Words with which a loss is told together with the rest."""


def untold(work: Work, said: list[str], language: Language) -> list[str]:
    """Sentences with the losses that are not among what is said, the worst first, the short ones together."""
    text = " ".join(said)
    # What a build brings back is told where there is nothing else.
    every = work.ledger.sayings(lesser=not work.text.strip())
    missing = [one for one in every if not _told(one, text, work.text, language)]
    found: list[str] = []
    own = [piece for piece in pieces(work.text, language)[0] if words(piece.text) <= LONGEST] if missing else []
    for clause in dict.fromkeys(_clause(one, own, language) for one in missing[:_CLAUSES]):
        if found and words(found[-1]) + words(clause) <= LONGEST:
            found[-1] = f"{found[-1]}, {lowered(clause, language)}"
        elif len(found) < _SENTENCES:
            found.append(clause)
    return [evidence.sentence(one) for one in found]


def _told(lost: Saying, said: str, text: str, language: Language) -> bool:
    """In the agent's own words it need not be named as we would name it."""
    if losses.told(lost, said, language, loosely=False):
        return True
    return losses.told(lost, said, language) and losses.told(lost, text, language)


def _clause(lost: Saying, own: list[Piece], language: Language) -> str:
    """In the agent's words where it tells of it in one sentence; a row of a table is none."""
    whole = ((piece.text, piece.raw.rstrip().endswith((".", "!"))) for piece in own)
    theirs = next((text for text, stopped in whole if losses.told(lost, text, language, loosely=stopped)), "")
    return theirs.rstrip(".!") or cut(told(lost, language), LONGEST, language)[0]


def beside(lost: list[str], found: list[Piece], language: Language, *, failed: bool, silent: bool) -> list[str]:
    """The losses behind the first sentence of what else is told, in front of what is a boast or not the agent's."""
    kept = candour.unproven(found, language)
    fault = language.marks["fault"]
    kept = [
        piece for piece in kept if fault.search(piece.text) or not candour.tells(lost, piece.text, language)
    ] or kept[:failed]
    room = _ROOM - sum(map(words, lost))
    rest = choose(kept, language, room, choice.SENTENCES - len(lost)).said if kept and room > 0 else []
    at = int(bool(rest) and not rest[0].endswith("?") and (failed or (not silent and kept[0] is found[0])))
    return [*rest[:at], *lost, *rest[at:]]
