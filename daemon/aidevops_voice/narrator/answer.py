"""The text of one turn as it streams -> the sentences that are said: begun with what matters, capped, nothing twice.

Handed over in pieces and read in slices, because reading takes about 1 ms per 1000 characters of prose and three
times as long for what is mostly signs.
"""

from __future__ import annotations

from collections.abc import Iterable

from aidevops_voice.languages import Language, guess
from aidevops_voice.narration import Narration
from aidevops_voice.narrator import outcome
from aidevops_voice.narrator.repeats import Told
from aidevops_voice.words import signals
from aidevops_voice.words.asked import asked
from aidevops_voice.words.choice import SENTENCES, choose
from aidevops_voice.words.speakable import Reader, clauses, excerpt, pieces, shortened, words
from aidevops_voice.words.wording import told

READ_CAP = 3 * 1024
"""Characters of one event that are read for the ear, head and tail: some 500 words, of which 80 are said."""
_SLICE = 512
"""Read at once; what follows the last word that is said is not read at all."""
_TAIL = 120
"""Characters by which it is found again in a whole text how far its pieces came."""
_SENTENCE = 20
"""Words said in one go."""
_FILLER = 20
"""Words; more say something."""
_SHOWN = 2
"""Pieces of code, diffs or tables that are named."""
_FEW = 2
"""Sentences said of a text beside which the outcome is told shorter."""
_SURELY = 40
"""Words after which a text is an answer, and not what an agent says before it begins."""


class Answer:
    """The streamed text of one turn."""

    def __init__(self, narration: Narration, language: Language | None, usual: Language) -> None:
        self.narration = narration
        self.told = Told()
        self.said_words = self.said = 0
        self.full = False
        """The cap is reached, and what says so was said."""
        self.repeating = False
        """After a retry the text may come again from its beginning."""
        self._language, self._usual = language, usual
        self._part = ""
        self._reader = self._new_reader()
        self._read, self._tail = 0, ""
        self._held: list[str] = []

    @property
    def shown(self) -> str:
        """Says that an answer can only be seen, and what it is."""
        phrases, left = self._usual.phrases, self._reader.left
        if not left:
            return str(phrases["narrator.shown_only" if self._reader.left_out else "outcome.done"])
        what = f" {self._usual.terms['and']} ".join(dict.fromkeys(told(each, self._usual) for each in left[:_SHOWN]))
        return str(phrases["narrator.shown"]).format(what=what)

    def feed(self, part: str, delta: str) -> list[str]:
        """A piece of the text."""
        self._turn_to(part)
        self._read += len(delta)
        self._tail = (self._tail + delta[-_TAIL:])[-_TAIL:]
        return self._slices(delta)

    def end(self, part: str, text: str) -> list[str]:
        """The part is complete."""
        self._turn_to(part)
        rest, self._read, self._tail = self._rest(text), len(text), text[-_TAIL:]
        said = self._slices(rest)
        return said if self.full else said + self._say(self._reader.close())

    def pause(self) -> list[str]:
        """The agent writes nothing for a moment: what ends like a sentence is one."""
        return self._say(self._reader.pause())

    def retried(self) -> None:
        """What was cut off is forgotten, what was said is not said again."""
        self.repeating = True
        self._part, self._read, self._tail = "", 0, ""
        self._reader = self._new_reader()

    def broken_off(self) -> tuple[list[str], list[str]]:
        """Something else begins: what is said yet, and what was only held back."""
        said = self.pause()
        held, self._held, self._part = self._held, [], ""
        return said, held

    def finish(self) -> list[str]:
        """The turn is over: all that is left."""
        self._hold(self._reader.close())
        held, self._held = self._held, []
        return self._capped(held)

    def new(self, told: list[str], language: Language) -> list[str]:
        """Of an outcome, what a retry did not make the agent write again; the rest is announced once."""
        rest = str(language.phrases["outcome.rest"])
        told = [sentence for sentence in told if not (self.full and sentence == rest)] or told
        if not self.repeating:
            return told
        return [sentence for sentence in told if not self.told.again(sentence, language)] or told

    def beside(self, told: list[str], language: Language, prompt: str = "") -> list[str]:
        """Of an outcome, what was not heard just before, where that was a sentence or two; three in all."""
        if not 0 < self.said <= _FEW:
            return told
        news = [one for one in told if not self.told.covers(one, language)] or told
        most = SENTENCES - self.said
        if len(news) <= most:
            return news
        found, room = pieces(" ".join(news), language)[0], self.narration.max_words
        return choose(found, language, room, most, asked=asked(prompt, language)).said or news

    # ------------------------------------------------------------------------------------------------------------

    def _turn_to(self, part: str) -> None:
        if part != self._part:
            self._part, self._reader, self._read, self._tail = part, self._new_reader(), 0, ""

    def _new_reader(self) -> Reader:
        return Reader(self._language, self._usual)

    def _rest(self, text: str) -> str:
        """What of a whole part was not fed; after a retry its pieces may have begun anywhere."""
        if not self.repeating or not self._tail:
            return text[self._read :]
        at = text.rfind(self._tail)
        return text if at < 0 else text[at + len(self._tail) :]

    def _slices(self, text: str) -> list[str]:
        text, said = excerpt(text, READ_CAP), list[str]()
        for at in range(0, len(text), _SLICE):
            if self.full:
                break
            said += self._say(self._reader.feed(text[at : at + _SLICE]))
        return said

    def _say(self, sentences: Iterable[str]) -> list[str]:
        self._hold(sentences)
        if self.narration.quiet and not self.said_words and sum(map(words, self._held)) < _SURELY:
            return []
        while not self.said_words and self._held and filler(self._held[0], self._usual):
            if len(self._held) == 1:
                return []
            self._held.pop(0)
        ready = len(self._held)
        while ready and herald(self._held[ready - 1], self._usual):
            ready -= 1
        held, self._held = self._held[:ready], self._held[ready:]
        if held and not self.said_words:
            held[0] = signals.unopened(held[0], self._of(held[0]))
        return self._capped(held)

    def _hold(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            if not (self.repeating and self._again(sentence)):
                self._held += clauses(sentence, _SENTENCE)

    def _again(self, sentence: str) -> bool:
        """Whether it was said, or is about to be."""
        language, waits = self._of(sentence), Told()
        for held in self._held:
            waits.add(held, language)
        return self.told.again(sentence, language) or waits.again(sentence, language)

    def _capped(self, sentences: list[str]) -> list[str]:
        said = list[str]()
        for sentence in [] if self.full else sentences:
            room = self.narration.max_words - self.said_words
            if words(sentence) > room:
                self.full = True
                begun = [] if self.said_words else [shortened(sentence, room)]
                self.said_words += sum(map(words, begun))
                return [*said, *begun, str(self._usual.phrases["outcome.rest"])]
            self.said_words += words(sentence)
            self.said += 1
            self.told.add(sentence, self._of(sentence))
            said.append(sentence)
        return said

    def _of(self, sentence: str) -> Language:
        return self._language or guess(sentence, self._usual)


def filler(sentence: str, usual: Language) -> bool:
    """Whether it says nothing once something follows: `Sure!`, `Let me look at it.`"""
    if words(sentence) > _FILLER:
        return False
    # So few words tell little of their language.
    tongues = (usual, guess(sentence, usual))
    return any(outcome.filler(sentence, one) or one.marks["herald"].search(sentence) for one in tongues)


def herald(sentence: str, usual: Language) -> bool:
    """Whether it only says what is done next, which is no news once that is done; a reason that is trouble is some."""
    if filler(sentence, usual):
        return True
    language = guess(sentence, usual)
    return bool(language.marks["herald_so"].search(sentence)) and not signals.troubled(sentence, language)
