"""One session's part of what all sessions share: the page's list of events, the journal, the mouth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aidevops_voice.feed import Feed, FeedEvent
from aidevops_voice.journal import Journal
from aidevops_voice.ports import Mouth, Utterance, Voiced

_NAMED = {"heard": ("id",), "spoken": ("id", "about")}
"""Fields in which a conversation's own numbers stand, which another one has too."""
_BEFORE = ("queued", "unvoiced")
"""States of a line that was not spoken; out of focus it is announced instead."""
_BARE = 2
"""Words of an outcome that tells nothing yet: `Done.`, `That failed.`"""
_OWN = ("u", "h")
"""What these numbers begin with."""

Session = Callable[[], str]


class Channel(Feed):
    """Events of one session: each carries it, and their numbers carry the prefix."""

    def __init__(self, feed: Feed, session: Session, prefix: str, spoken: Callable[[], bool]) -> None:
        super().__init__(kept=1)
        self._feed, self._session, self._prefix, self._spoken = feed, session, prefix, spoken

    @property
    def seq(self) -> int:
        """Of all sessions together."""
        return self._feed.seq

    def put(self, type_: str, **fields: Any) -> FeedEvent:
        """Add an event to the list of all."""
        if type_ == "state":
            return self._feed.put(type_, **fields)
        if type_ == "spoken" and fields["state"] in _BEFORE and not self._spoken():
            return {}
        for name in _NAMED.get(type_, ()) if self._prefix else ():
            if own(str(fields[name])):
                fields[name] = f"{self._prefix}{fields[name]}"
        return self._feed.put(type_, **{"session": self._session(), **fields})

    def close(self) -> None:
        """The list is closed by who owns it."""


def own(name: str) -> bool:
    """Whether it is a number that a conversation gave: `u12`, `h3`."""
    return name[:1] in _OWN and name[1:].isdecimal()


class Folio(Journal):
    """Entries of one session in the journal of all."""

    def __init__(self, journal: Journal, session: Session) -> None:
        self._journal, self._session = journal, session
        self.path = journal.path

    def write(self, what: str, **fields: Any) -> None:
        """Append an entry."""
        self._journal.write(what, **{"session": self._session(), **fields})

    def keep(self, what: str, **fields: Any) -> None:
        """Append an entry that has no secrets."""
        self._journal.keep(what, **{"session": self._session(), **fields})

    async def sync(self) -> None:
        """Make it survive a power cut."""
        await self._journal.sync()

    def close(self) -> None:
        """The file is closed by who owns it."""


class Booth:
    """The mouth of one conversation: the voice while it is in focus, else nobody hears; keeps what its turn came to."""

    def __init__(self, prefix: str, speaks: Callable[[Utterance], None]) -> None:
        self.prefix, self._speaks = prefix, speaks
        self._real: Mouth | None = None
        self._focused = False
        self._voiced: Callable[[Utterance, Voiced, str], None] | None = None
        self._answer = self._outcome = ""

    def belong(self, voiced: Callable[[Utterance, Voiced, str], None]) -> None:
        """Whose mouth it is."""
        self._voiced = voiced

    def open(self, mouth: Mouth | None) -> None:
        """In focus: speak through this one from now on, or through none while there is none."""
        self._real, self._focused = mouth, True

    def close(self) -> None:
        """Out of focus."""
        self._real, self._focused = None, False

    @property
    def focused(self) -> bool:
        """Whether its conversation is in focus."""
        return self._focused

    def result(self) -> str:
        """The first sentence that tells something of the outcome since this was last asked, else of the answer."""
        found, self._answer, self._outcome = self._outcome or self._answer, "", ""
        return found

    # --- ports.Mouth --------------------------------------------------------------------------------------------

    def say(self, utterance: Utterance) -> None:
        """Speak it, or tell at once that nobody hears it."""
        if utterance.text and utterance.kind == "outcome":
            bare = len(self._outcome.split()) <= _BARE
            self._outcome = f"{self._outcome} {utterance.text}".strip() if bare else self._outcome
        elif utterance.text and utterance.kind == "answer":
            self._answer = self._answer or utterance.text
        if self._focused:
            self._speaks(utterance)
        if self._real is None:
            self.voiced(utterance, "unvoiced")
            return
        self._real.say(self._named(utterance))

    def hush(self) -> None:
        """Stop the voice, if it is ours."""
        if self._real:
            self._real.hush()

    def settle(self, *, resume: bool) -> None:
        """What was heard is understood; what it cut goes on, or not."""
        if self._real:
            self._real.settle(resume=resume)

    def withdraw(self, about: str, *, begun: bool = True) -> None:
        """Drop what is about this."""
        if self._real:
            self._real.withdraw(self._own(about), begun=begun)

    def pace(self, rate: float) -> None:
        """How fast the voice speaks."""
        if self._real:
            self._real.pace(rate)

    # --- and back -----------------------------------------------------------------------------------------------

    def took(self, utterance: Utterance, state: Voiced, heard: str) -> bool:
        """What became of an utterance, if it came from here."""
        head, dot, plain = utterance.id.rpartition(".")
        if f"{head}{dot}" != self.prefix:
            return False
        about = utterance.about.removeprefix(self.prefix)
        self.voiced(replace(utterance, id=plain, about=about), state, heard)
        return True

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        """Tell the conversation."""
        if self._voiced:
            self._voiced(utterance, state, heard)

    def _named(self, utterance: Utterance) -> Utterance:
        return replace(utterance, id=f"{self.prefix}{utterance.id}", about=self._own(utterance.about))

    def _own(self, about: str) -> str:
        return f"{self.prefix}{about}" if own(about) else about
