"""One utterance on its way through the synthesiser to the listener, and how far it got."""

from __future__ import annotations

from dataclasses import dataclass, replace

from aidevops_voice.errors import VoiceError
from aidevops_voice.ports import Utterance

MS_PER_CHARACTER = 70.0
"""Speaking rate assumed for an utterance whose whole length is not known."""


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


@dataclass(slots=True)
class Handed:
    """Handed to the voice; times in ms of sound, `since` in monotonic seconds."""

    utterance: Utterance
    since: float
    """When it was handed over or became the first, or when it last sounded."""
    rate: float = 1.0
    """Times the voice's own speed."""
    made_ms: float = 0.0
    whole: bool = False
    """Everything of it was made."""
    played_ms: float = 0.0
    broken: VoiceError | None = None
    """Why the rest of it will never be made."""

    @property
    def words(self) -> str:
        """What was heard of it."""
        return words_played(self.utterance.text, self.played_ms * self.rate, self.made_ms * self.rate, self.whole)

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
