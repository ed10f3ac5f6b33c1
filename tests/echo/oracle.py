"""A perfect recogniser: exactly the words that were read, any run of them, with words lost or misheard, at any time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from echo.acoustics import RATE, Sound
from echo.asking import YES, Said
from echo.loop import Asked

from aidevops_voice.conversation.recital import PAUSE_S
from aidevops_voice.ports import Heard
from aidevops_voice.voice.bot_sound import LastWords

_FINAL_S = 0.3
"""From the last word to the final text."""
_VAD_S = 0.3
"""How late the VAD may be sure of the first word, whose sound the recogniser was given nevertheless."""
NEVER_BEFORE_MS = 600.0


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a reading and when it sounds, in seconds from its beginning."""

    text: str
    begins: float
    ends: float
    sentence: int


class Reading:
    """A whole reading on a time line that begins at 100 s."""

    def __init__(self, said: Said, made: dict[str, Sound]) -> None:
        self.said = said
        self.words: list[Word] = []
        self.sentences: list[tuple[str, float, float]] = []
        now = 100.0
        for text in (*said.sentences, *([said.phrase] if said.phrase else [])):
            now += PAUSE_S if text == said.phrase else 0.0
            lasts = len(made[text]) / RATE
            self._lay_out(text, now, lasts)
            self.sentences.append((text, now, now + lasts))
            now += lasts
        self.begins, self.ends = 100.0, now

    def _lay_out(self, text: str, begins: float, lasts: float) -> None:
        """As if each letter took as long."""
        at = 0
        for word in text.split():
            at = text.index(word, at)
            first, last = begins + lasts * at / len(text), begins + lasts * (at + len(word)) / len(text)
            self.words.append(Word(word, first, last, len(self.sentences)))
            at += len(word)

    def heard(self, text: str, began: float, ended: float) -> tuple[Heard, Asked, float]:
        """With what is honestly known of the voice at its onset, the request as it stands when the text comes."""
        now = ended + _FINAL_S
        last = LastWords()
        for sentence, begins, ends in self.sentences:
            if begins <= began:
                last.sounded(sentence, min(ends, began))
                last.speaking = began < ends
        bot = last.at(began)
        heard = Heard(
            text, trusted=True, certain=True, began=began, ended=ended, bot_speaking=bot.speaking,
            bot_silent_ms=bot.silent_ms, bot_last_said=bot.last_said,
        )  # fmt: skip
        played = self.ends if now >= self.ends else None
        return heard, Asked(self.said, self.begins, played), now

    # --- what is tried ------------------------------------------------------------------------------------------------

    def echoed(self, dice: Random, tries: int, longest_s: float) -> Iterator[tuple[Heard, Asked, float]]:
        """Runs of the words that were read, each so late as the room makes it, up to `longest_s`."""
        phrase = len(self.said.challenge)
        for number in range(tries):
            first = dice.randrange(len(self.words))
            last = dice.randrange(first, len(self.words))
            if number % 4 == 0:
                first, last = len(self.words) - dice.randint(1, max(1, phrase + 2)), len(self.words) - 1
            run = self.words[max(0, first) : last + 1]
            late = dice.uniform(0.05, longest_s)
            began = run[0].begins + late + dice.uniform(0.0, _VAD_S)
            yield self.heard(misheard(dice, run), began, max(began, run[-1].ends + late))

    def anywhere(self, dice: Random, tries: int) -> Iterator[tuple[Heard, Asked, float]]:
        """Whatever would allow it, begun at any moment up to 600 ms behind the last word."""
        wishes = [" ".join(self.said.challenge), *YES, "yes, always"]
        for _ in range(tries):
            began = dice.uniform(self.begins - 1.0, self.ends + NEVER_BEFORE_MS / 1000 - 0.001)
            text = dice.choice([wishes[0], dice.choice(wishes)]) or "yes"
            yield self.heard(text, began, began + dice.uniform(0.1, 2.0))


def misheard(dice: Random, run: list[Word]) -> str:
    """Exactly, without marks, with a word lost or doubled, or a letter more or less."""
    words = [word.text.strip(".,:?!").lower() for word in run]
    match dice.randrange(6):
        case 0:
            return " ".join(word.text for word in run)
        case 1 if len(words) > 1:
            del words[dice.randrange(len(words))]
        case 2:
            at = dice.randrange(len(words))
            words.insert(at, words[at])
        case 3:
            at = dice.randrange(len(words))
            words[at] = words[at][:-1] or words[at]
        case 4:
            words[dice.randrange(len(words))] += "s"
    return " ".join(words)
