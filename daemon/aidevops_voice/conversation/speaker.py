"""What the conversation says: handed to the mouth, shown on the page, and remembered only as far as it was played."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from aidevops_voice.chronicle import Chronicle
from aidevops_voice.conversation.page import Page
from aidevops_voice.conversation.turns import Turns
from aidevops_voice.journal import Journal
from aidevops_voice.ports import Kind, Mouth, Utterance, Voiced

_REPEATED = ("answer", "outcome", "needs-you")
_ANSWERS = ("answer", "outcome")
_KEPT = 40
_SHOWN: dict[Voiced, str] = {"said": "said", "cut": "said", "unvoiced": "shown"}
"""What the journal calls it."""


class Speaker:
    """Between the narrator's utterances and the mouth, which may be absent."""

    def __init__(self, page: Page, journal: Journal, turns: Turns, chronicle: Chronicle) -> None:
        self._page, self._journal, self._turns, self._chronicle = page, journal, turns, chronicle
        self._mouth: Mouth = _Unvoiced(self)
        self._last: list[Utterance] = []
        self.watch: Callable[[Utterance, Voiced], None] = lambda utterance, state: None
        """Is told what became of every utterance, in a call or without one."""
        self._unheard = set[str]()
        """Ids of answers that were cut and may still go on."""

    def use(self, mouth: Mouth | None) -> None:
        """Speak through `mouth` from now on; without one everything is only shown."""
        self._mouth = mouth or _Unvoiced(self)

    def say(self, said: Iterable[Utterance]) -> list[Utterance]:
        """Say these in their order."""
        said = [self._clean(utterance) for utterance in said]
        for utterance in said:
            if utterance.text and utterance.kind in _REPEATED:
                self._last = [*self._last[-_KEPT:], utterance]
            if utterance.text and utterance.about and utterance.kind not in ("ack", "progress", "notice"):
                self._turns.spoke(utterance.about, utterance.text)
            if utterance.text and utterance.kind in _ANSWERS:
                self._chronicle.spoke(utterance.id, utterance.text)
            if utterance.text:
                self._page.spoken(utterance, "queued")
            self._mouth.say(utterance)
        return said

    def _clean(self, utterance: Utterance) -> Utterance:
        clean = self._page.clean(utterance.text)
        return utterance if clean == utterance.text else replace(utterance, text=clean)

    def hush(self) -> None:
        """Stop the voice."""
        self._mouth.hush()

    def settle(self, *, resume: bool) -> None:
        """Whether what the user's last turn cut goes on."""
        self._mouth.settle(resume=resume)

    def pace(self, rate: float) -> None:
        """Speak at so many times the voice's own speed."""
        self._mouth.pace(rate)

    def withdraw(self, about: str) -> None:
        """A request was closed: its words are no longer needed."""
        self._last = [utterance for utterance in self._last if utterance.about != about]
        self._mouth.withdraw(about)

    def leave(self, about: str) -> None:
        """Of a turn no more is said than what was begun."""
        self._mouth.withdraw(about, begun=False)

    def forget(self) -> None:
        """A new prompt begins: what was said before is not repeated."""
        self._last = []
        self._unheard.clear()

    @property
    def last(self) -> list[tuple[str, Kind, str]]:
        """Text, kind and subject of what can be said again."""
        return [(utterance.text, utterance.kind, utterance.about) for utterance in self._last]

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        """What became of an utterance; only what was played is journalled as said, and counts as told."""
        if not utterance.text:
            return
        self.watch(utterance, state)
        self._page.spoken(utterance, state, heard)
        if state == "begun" and utterance.id in self._unheard:
            self._unheard.discard(utterance.id)
            self._chronicle.spoke(utterance.id, utterance.text)
        if state in ("cut", "dropped"):
            self._chronicle.unspoke(utterance.id, utterance.text)
        if state == "cut" and utterance.kind in _ANSWERS:
            self._unheard.add(utterance.id)
        if what := _SHOWN.get(state):
            text = heard if state == "cut" else utterance.text
            self._journal.write(what, text=text, kind=utterance.kind, state=state)


class _Unvoiced:
    """The mouth while nobody can hear."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    def say(self, utterance: Utterance) -> None:
        """Shown, not spoken."""
        self._speaker.voiced(utterance, "unvoiced")

    def hush(self) -> None:
        """Nothing sounds."""

    def withdraw(self, about: str, *, begun: bool = True) -> None:
        """Nothing waits."""

    def settle(self, *, resume: bool) -> None:
        """Nothing was cut."""

    def pace(self, rate: float) -> None:
        """Nobody hears how fast."""
