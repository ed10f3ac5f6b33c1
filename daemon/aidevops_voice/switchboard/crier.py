"""Announces what happens in sessions that are not in focus, each by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from math import inf

from aidevops_voice.chronicle import Chronicle
from aidevops_voice.consent import reading
from aidevops_voice.conversation.deeds import say, sentence, told
from aidevops_voice.conversation.page import Page
from aidevops_voice.conversation.speaker import Speaker
from aidevops_voice.conversation.turns import Turns
from aidevops_voice.feed import Feed
from aidevops_voice.journal import Journal
from aidevops_voice.languages import Language
from aidevops_voice.ports import Ask, Clock, Kind, Utterance
from aidevops_voice.switchboard.place import Place
from aidevops_voice.switchboard.views import Booth, Channel

ASKED_S = 30.0
"""So long a yes may be meant for a request that was announced last."""
_PREFIX = "x."
_ABOUT = "elsewhere:"


class Crier:
    """Speaks with the voice of the session in focus, but is no part of its record."""

    def __init__(self, feed: Feed, journal: Journal, redact: Callable[[str], str], clock: Clock) -> None:
        self._session, self._clock = "", clock
        self._asked_at = -inf
        self._ids = count(1)
        self.booth = Booth(_PREFIX, self._spoke)
        page = Page(Channel(feed, lambda: self._session, _PREFIX, lambda: True), redact)
        self._speaker = Speaker(page, journal, Turns(), Chronicle())
        self._speaker.use(self.booth)
        self.booth.belong(self._speaker.voiced)

    @property
    def asked(self) -> bool:
        """Whether a request of another session is what the user heard last."""
        return self._clock() - self._asked_at < ASKED_S

    def overtaken(self) -> None:
        """Something else was said since."""
        self._asked_at = -inf

    def _spoke(self, utterance: Utterance) -> None:
        self._asked_at = self._clock() if utterance.kind == "needs-you" else -inf

    def call_out(self, places: Iterable[Place], focus: Place) -> None:
        """What waits in other sessions."""
        for place in places:
            for ask in place.waiting if place is not focus else ():
                self.needs(place, ask, focus)

    def result(self, place: Place, text: str, focus: Place) -> None:
        """`In session docs: the tests pass.`"""
        language = focus.conversation.telling.language
        self._cry(place, named(place, text, focus, language), "notice")

    def needs(self, place: Place, ask: Ask, focus: Place) -> None:
        """`Session docs needs you: run the tests.`"""
        language = focus.conversation.telling.language
        text = began(reading.title(ask, language), language)
        if place.project is focus.project:
            said = told(language, "places.needs", session=place.called(language), text="")
        else:
            said = told(language, "places.needs_project", project=place.project.name, text="")
        self._cry(place, sentence(f"{said.strip()} {text}"), "needs-you", f"{_ABOUT}{ask.id}")
        for how in say(language, "places.how"):
            self._cry(place, how, "needs-you", f"{_ABOUT}{ask.id}")

    def closed(self, ask: str) -> None:
        """A request was answered, or is read in its own session now."""
        self._speaker.withdraw(f"{_ABOUT}{ask}")

    def _cry(self, place: Place, text: str, kind: Kind, about: str = "") -> None:
        self._session = place.session or ""
        self._speaker.say([Utterance(f"u{next(self._ids)}", text, kind, about)])


def named(place: Place, text: str, focus: Place, language: Language) -> str:
    """A result with the name of where it comes from, unless that is in focus."""
    if place is focus:
        return text
    if place.project is focus.project:
        where = told(language, "places.in_session", session=place.called(language), text="")
    else:
        where = told(language, "places.in_project", project=place.project.name, text="")
    return sentence(f"{where.strip()} {began(text, language)}")


def began(text: str, language: Language) -> str:
    """To stand behind a colon: a frequent word loses its capital."""
    first = text.partition(" ")[0]
    frequent = first.lower() in language.common and first != "I"
    return first.lower() + text[len(first) :] if frequent and first.istitle() else text
