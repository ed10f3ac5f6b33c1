"""The request that is put to the user now: read to its end, its phrase after a pause, and read again where that counts.

Words may allow it only as long as nothing else was said after it, to somebody who is still there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aidevops_voice.consent.rules import Rules
from aidevops_voice.conversation import putting
from aidevops_voice.conversation.alarm import Alarm
from aidevops_voice.conversation.putting import Putting, Reading
from aidevops_voice.conversation.telling import Telling
from aidevops_voice.ports import Kind, Utterance, Voiced

PAUSE_S = 0.7
"""Between the agent's words and the phrase that allows them."""
_OTHERS: frozenset[Kind] = frozenset({"answer", "outcome", "progress", "needs-you"})
"""Said after a request, a yes may be meant for them."""


class Recital:
    """`find` gives an open request by its id."""

    def __init__(self, telling: Telling, rules: Rules, alarm: Alarm, find: Callable[[str], Putting | None]) -> None:
        self._telling, self._rules, self._alarm, self._find = telling, rules, alarm, find
        self.current: Putting | None = None
        telling.again, telling.speaker.watch = self.again, self.voiced

    def begin(self, put: Putting) -> None:
        """Put it to the user from now on."""
        self.current = put
        if not put.announced:
            put.announced = True
            self._telling.lead(put.seen)
        self.read(put)

    def announce(self, put: Putting) -> None:
        """A request of a turn typed elsewhere is answered there."""
        self._telling.lead(put.seen)
        self._telling.request(self._sentences(put), put.id)

    def read(self, put: Putting, *before: str) -> list[Utterance]:
        """From its beginning, after words of our own."""
        self.stop(put)
        put.inquiry.unheard()
        said = self._telling.worded([*filter(None, before), *self._sentences(put)], put.id)
        put.reading = Reading(putting.ids(said))
        return self._telling.speaker.say(said)

    def stop(self, put: Putting) -> None:
        """Nothing more is said of it."""
        put.reading = None
        self._telling.speaker.withdraw(put.id)

    def again(self) -> list[Utterance]:
        """What is put now, from its beginning."""
        return self.read(self.current) if self.current else []

    def left(self, *, overtaken: bool = False) -> None:
        """Who heard it is gone, or heard something else since: it is read again before words may allow it."""
        if self.current and self.current.reading is None:
            self.current.inquiry.unheard(overtaken=overtaken)

    def voiced(self, utterance: Utterance, state: Voiced) -> None:
        """What became of an utterance; a request counts as heard only when its last sentence was."""
        if state == "begun" and self.current and utterance.about != self.current.id and utterance.kind in _OTHERS:
            self.left(overtaken=True)
        put = self._find(utterance.about)
        if put is None or put.reading is None or utterance.id not in put.reading.waiting:
            return
        if not put.reading.begun and not put.reading.phrase:
            put.reading.begun = True
            put.inquiry.asked(" ".join(self._sentences(put)))
            self._telling.changed()
        if put.reading.voiced(utterance.id, state):
            self._ended(put, put.reading)
        self._alarm.rearm()

    def _sentences(self, put: Putting) -> list[str]:
        return put.sentences(self._telling.language, trusted=self._rules.trusted)

    def _ended(self, put: Putting, done: Reading) -> None:
        put.reading = None
        if done.lost:
            put.inquiry.shown()
        elif not done.phrase and self._rules.trusted and put.phrase(self._telling.language):
            self._alarm.after(PAUSE_S, partial(self._say_phrase, put, put.inquiry.challenge))
        else:
            put.inquiry.played()
        self._telling.changed()

    def _say_phrase(self, put: Putting, words: tuple[str, ...] | None) -> None:
        """In an utterance of its own, after a silence: nothing of the agent's stands beside it."""
        if put is self.current and put.reading is None and put.inquiry.challenge == words:
            said = self._telling.worded([put.phrase(self._telling.language)], put.id)
            put.reading = Reading(putting.ids(said), phrase=True, begun=True)
            self._telling.speaker.say(said)
