"""What came while nobody listened, told once to who returns."""

from __future__ import annotations

from aidevops_voice.conversation.deeds import say, sentence, told
from aidevops_voice.languages import Language
from aidevops_voice.ports import Clock
from aidevops_voice.switchboard.crier import began, named
from aidevops_voice.switchboard.place import Place

MOST = 3
"""Results that are told; the rest is counted."""
_KEPT = 100


class Away:
    """Begins with the end of a call; before the first one nobody was there to be away."""

    def __init__(self, clock: Clock, grace_s: float) -> None:
        self._clock, self._grace_s = clock, grace_s
        self._since: float | None = None
        self._results: list[tuple[Place, str]] = []

    def left(self) -> None:
        """The listener is gone."""
        self._since = self._clock()

    def came(self, place: Place, text: str) -> None:
        """A result that nobody heard."""
        if self._since is not None:
            self._results = [*self._results, (place, text)][-_KEPT:]

    def returned(self, focus: Place, language: Language) -> list[str]:
        """Sentences for who is back; none when nothing came; after a short gap they are told without more words."""
        since, results = self._since, self._results
        self._since, self._results = None, []
        if since is None or not results:
            return []
        said = [named(place, text, focus, language) for place, text in results[-MOST:]]
        if self._clock() - since >= self._grace_s:
            said[0] = sentence(f"{told(language, 'places.away', text='').strip()} {began(said[0], language)}")
        more = len(results) - MOST
        return [*said, *(say(language, "places.away_more", more) if more > 0 else [])]
