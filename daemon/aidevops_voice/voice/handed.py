"""One utterance on its way through the synthesiser to the listener, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from aidevops_voice.errors import VoiceError
from aidevops_voice.ports import Utterance

MS_PER_CHARACTER = 70.0
"""Speaking rate assumed for an utterance whose whole length is not known."""
_CLAUSE = (",", ";", ":", ".", "!", "?", "…", "—", "–")
_BACK = 2
"""Words that are said again where a sentence goes on in the middle of a clause."""
_CLAUSE_BACK = 6
"""Words to the beginning of the clause, up to which all of it is said again."""
_BEGINNING = 4
"""Words; where fewer were heard the sentence is said again from its beginning."""


def goes_on_at(text: str, heard: str) -> int:
    """How many leading words of a sentence that was cut need not be said again."""
    words, reached = text.split(), len(heard.split())
    if reached >= len(words):
        return len(words)
    if reached < _BEGINNING:
        return 0
    clause = next((at for at in range(reached, 0, -1) if words[at - 1].endswith(_CLAUSE)), 0)
    return clause if reached - clause <= _CLAUSE_BACK else reached - _BACK


def words_played(text: str, played_ms: float, made_ms: float, whole: bool) -> str:
    """The leading words whose sound was played to the end; `made_ms` is all the sound if `whole`."""
    total = made_ms if whole else max(made_ms, len(text) * MS_PER_CHARACTER)
    if total <= 0:
        return ""
    reached = len(text) * min(1.0, played_ms / total)
    kept, at = [], 0
    for word in text.split():
        at = text.index(word, at) + len(word)
        if at > reached:
            break
        kept.append(word)
    return " ".join(kept)


class Voice(Protocol):
    """One call's way to the speaker; every call returns at once."""

    def speak(self, utterance: Utterance) -> None:
        """Synthesise and play after what was handed over before."""

    def silence(self) -> None:
        """Stop the sound and forget what was handed over."""

    def pace(self, rate: float) -> None:
        """Speak at `rate` times the voice's own speed, from the next sentence on."""


@dataclass(slots=True)
class Handed:
    """Handed to the voice; times in ms of sound, `since` in monotonic seconds."""

    utterance: Utterance
    since: float
    """When it was handed over or became the first, or when it last sounded."""
    rate: float = 1.0
    """Times the voice's own speed."""
    skipped: int = 0
    """Leading words that were heard before, and are not said again."""
    made_ms: float = 0.0
    whole: bool = False
    """Everything of it was made."""
    played_ms: float = 0.0
    broken: VoiceError | None = None
    """Why the rest of it will never be made."""

    @property
    def words(self) -> str:
        """What was heard of it, before too."""
        played = words_played(self.rest.text, self.played_ms * self.rate, self.made_ms * self.rate, self.whole)
        return " ".join([*self.utterance.text.split()[: self.skipped], *played.split()])

    @property
    def rest(self) -> Utterance:
        """What is handed to the voice."""
        if not self.skipped:
            return self.utterance
        return replace(self.utterance, text=" ".join(self.utterance.text.split()[self.skipped :]), earcon="")

    @property
    def goes_on_at(self) -> int:
        """Leading words that need not be said again; without its whole length nobody knows how far it got."""
        return goes_on_at(self.utterance.text, self.words) if self.whole else self.skipped

    @property
    def again(self) -> Utterance:
        """To be said once more: words without the cue in front of them."""
        return replace(self.utterance, earcon="") if self.utterance.text else self.utterance

    def counts(self, cue: bool) -> bool:
        """Whether such sound is what it consists of; a cue in front of words is not."""
        return not (cue and self.utterance.text)

    def made_all(self) -> None:
        """The synthesiser is done with it; of a broken one only a part was made."""
        self.whole = self.broken is None

    def stuck(self, now: float, within_s: float) -> bool:
        """Whether it has not begun, or has broken off, for longer than that."""
        return not (self.played_ms and self.whole) and now - self.since > within_s
