"""When the voice speaks: what waits, what was handed to the voice, and what was really played.

Plain Python: time comes from a clock, sound from a `Voice`, and what happened is told to the ears.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from dataclasses import dataclass
from math import inf

from aidevops_voice.errors import VoiceError, VoiceFailed
from aidevops_voice.ports import Clock, Ears, Utterance
from aidevops_voice.voice.bot_sound import BotSound, LastWords
from aidevops_voice.voice.handed import Handed, Voice as Voice
from aidevops_voice.voice.parked import Parked, Report
from aidevops_voice.voice.waiting import NEWS, Waiting, is_cue

AHEAD = 2
"""Utterances handed to the voice at once: one playing, one being synthesised; the rest can still change order."""
REPEAT_S = 1.0
"""Between the end of the user's turn and a request repeated: the turn may have answered it."""
SOON_S = 5.0
"""A sentence lost so early in an outage of the voice is tried once more."""
QUIET_S = 10.0
"""Between two tellings that the voice fails."""
SLOWEST, FASTEST = 0.5, 2.0
"""Times the voice's own speed."""

SPOKEN = "My voice failed for a moment. What you did not hear is marked on the page."
CURE = "It is tried again with the next sentence. Meanwhile everything is on the page."
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Later:
    """A request to repeat after the user's turn of that number, once there was time to answer it."""

    utterance: Utterance
    turn: int
    due: float = inf


class SpeakGate:
    """The mouth: the conversation queues here, one call at a time speaks and says how far it got."""

    def __init__(self, ears: Ears, *, within_s: float = 1.2, clock: Clock = time.monotonic) -> None:
        self._ears = ears
        self._within_s = within_s
        self._clock = clock
        self._voice: Voice | None = None
        self._waiting = Waiting()
        self._handed: deque[Handed] = deque()
        self._later: list[_Later] = []
        self._parked = Parked()
        self._repeated: set[str] = set()
        self._user_speaks = False
        self._turn = 0
        self._spoken = LastWords()
        self._rate = 1.0
        self._outage: float | None = None
        self._told: float | None = None
        self._tried: set[str] = set()
        self._hold = -inf
        self._draining = False
        self._idle = asyncio.Event()
        self._idle.set()

    # --- from the conversation ---------------------------------------------------------------------------------

    def say(self, utterance: Utterance) -> None:
        """Queue it; with nobody connected it is told `unvoiced` before this returns.

        A cue waits until the next check for the words that it belongs to, and from then on it is a part of them.
        """
        if self._voice is None:
            self._ears.voiced(utterance, "unvoiced")
            return
        self._tell([(old, "dropped", "") for old in self._waiting.put(utterance)])
        if not is_cue(utterance):
            self._hand_over()

    def hush(self) -> None:
        """Stop the voice now; requests that need the user wait until after the user's next turn."""
        reports, kept = self._stop()
        reports += self._parked.let_go()
        waiting = self._waiting.empty()
        kept += [old for old in waiting if _asks(old)]
        reports += [(old, "dropped", "") for old in waiting if not _asks(old)]
        self._later = [_Later(old, self._turn + 1) for old in [*(late.utterance for late in self._later), *kept]]
        if self._voice is not None:
            self._voice.silence()
        self._tell(reports)

    def withdraw(self, about: str, *, begun: bool = True) -> None:
        """Drop what is about a request or turn, and stop saying it unless what was `begun` goes on."""
        if not begun:
            return self._tell([(old, "dropped", "") for old in self._waiting.withdraw(about)])
        gone = [late.utterance for late in self._later if late.utterance.about == about]
        self._later = [late for late in self._later if late.utterance.about != about]
        reports: list[Report] = [(old, "dropped", "") for old in [*gone, *self._waiting.withdraw(about)]]
        reports += self._parked.let_go(about)
        reports += self._take_back(about) if self._handed and self._handed[0].utterance.about == about else []
        self._tell(reports)
        self._repeated -= {old.id for old, _, _ in reports}

    def pace(self, rate: float) -> None:
        """Speak at `rate` times the voice's own speed, from the next sentence on and in later calls too."""
        self._rate = min(max(rate, SLOWEST), FASTEST)
        if self._voice is not None:
            self._voice.pace(self._rate)

    # --- from the call -----------------------------------------------------------------------------------------

    def attach(self, voice: Voice) -> None:
        """A client listens from now on."""
        self._voice = voice
        voice.pace(self._rate)
        self._user_speaks = self._draining = False
        self._outage, self._hold = None, -inf

    def detach(self, voice: Voice) -> None:
        """The client is gone; a newer one keeps the mouth."""
        if self._voice is not voice:
            return
        self._voice = None
        reports: list[Report] = [
            (item.utterance, "cut" if item.played_ms else "unvoiced", item.words) for item in self._handed
        ]
        left = [*(late.utterance for late in self._later), *self._waiting.empty()]
        self._later.clear()
        self._handed.clear()
        self._silent()
        left += [old for old, _, _ in self._parked.let_go()]
        self._tell([*reports, *((old, "unvoiced", "") for old in left)])
        self._repeated.clear()
        self._tried.clear()

    def user_began(self) -> None:
        """The user speaks: what plays is cut; `settle` tells whether it goes on; requests are repeated once."""
        self._user_speaks = True
        self._turn += 1
        self._parked.cut(self._handed)
        reports, kept = self._stop(parking=True)
        cut = {old.id for old, state, _ in reports if state == "cut"}
        given_up = {old.about or old.id for old in kept if old.id in cut & self._repeated}
        self._repeated |= {old.id for old in kept} & cut
        for old in [*kept, *self._waiting.empty()]:
            if _asks(old) and (old.about or old.id) not in given_up:
                self._later.append(_Later(old, self._turn))
            else:
                self._parked.add(old, cut=old.id in cut)
        for late in self._later:
            late.due = inf
        self._tell(reports)

    def user_ended(self) -> None:
        """The user's turn is decided; requests are repeated a little later, unless a hush fell in this very turn."""
        self._user_speaks = False
        for late in self._later:
            if late.turn <= self._turn:
                late.due = self._clock() + REPEAT_S
        self._hand_over()

    def settle(self, *, resume: bool) -> None:
        """The user's turn meant something, or was noise: then what it cut goes on, and costs no request its turn."""
        if not resume:
            self._tell(self._parked.let_go())
        elif not self._user_speaks:
            self._repeated -= {late.utterance.id for late in self._later}
            spoken = [item.utterance for item in self._handed]
            self._tell([(old, "dropped", "") for old in self._waiting.resume(self._parked.take(), spoken)])
            self._hand_over()

    def expects(self, utterance: str) -> bool:
        """Whether sound of this utterance is still wanted."""
        return any(item.utterance.id == utterance for item in self._handed)

    def made(self, utterance: str, ms: float, *, cue: bool = False) -> None:
        """Sound left the synthesiser; `cue`: it is no speech."""
        if (item := self._find(utterance)) and item.counts(cue):
            item.made_ms += ms

    def made_all(self, utterance: str) -> None:
        """The synthesiser is done with it."""
        if item := self._find(utterance):
            item.made_all()

    def played(self, utterance: str, ms: float, *, cue: bool = False) -> None:
        """Sound was sent to the listener; `cue`: it is no speech."""
        item = self._find(utterance)
        if item is None or not item.counts(cue):
            return
        begun = item.played_ms == 0.0
        item.played_ms += ms
        item.since = self._clock()
        if item.utterance.text:
            self._outage = None
            self._spoken.sounded(item.utterance.text, item.since)
            self._speaking()
        if begun:
            self._ears.voiced(item.utterance, "begun")

    def ended(self, utterance: str) -> None:
        """Nothing more of it will be played."""
        if not self._handed or self._handed[0].utterance.id != utterance:
            return
        item = self._handed[0]
        if item.broken or not item.played_ms:
            self._lose(item.broken or _failed("The voice gave no sound for a sentence."))
            return
        self._handed.popleft()
        self._parked.forget(utterance)
        self._repeated.discard(utterance)
        self._tried.discard(utterance)
        if self._handed:
            self._handed[0].since = self._clock()
        self._hand_over()
        if not self._handed:
            self._silent()
        self._ears.voiced(item.utterance, "said")

    def check(self) -> None:
        """Give up on an utterance that does not begin or that breaks off, and say what is due."""
        now = self._clock()
        if self._handed and (head := self._handed[0]).stuck(now, self._within_s):
            self._lose(head.broken or _failed(f"The voice gave no sound for {self._within_s} seconds."))
        if due := [late.utterance for late in self._later if late.due <= now]:
            self._later = [late for late in self._later if late.utterance not in due]
            self._waiting.put_back(due)
        self._hand_over()

    def fail(self, error: VoiceError) -> None:
        """The synthesiser reports an error for what it works on; what it made until then is still played."""
        if item := next((item for item in self._handed if item.utterance.text and not item.whole), None):
            item.broken = item.broken or error
        self._complain(error)

    def bot_at(self, moment: float) -> BotSound:
        """What the bot was doing at a monotonic moment not long ago."""
        return self._spoken.at(moment)

    async def drain(self) -> None:
        """Hand nothing more over and wait until what was handed over is played."""
        self._draining = True
        await self._idle.wait()

    # --- inside ------------------------------------------------------------------------------------------------

    def _find(self, utterance: str) -> Handed | None:
        return next((item for item in self._handed if item.utterance.id == utterance), None)

    def _hand_over(self) -> None:
        dropped: list[Utterance] = []
        if self._user_speaks or self._draining or self._clock() < self._hold:
            return
        while self._voice is not None and len(self._handed) < AHEAD:
            utterance, expired = self._waiting.take(self._clock())
            dropped += expired
            if utterance is None:
                break
            handed = Handed(utterance, self._clock(), self._rate, self._parked.skipped(utterance.id))
            self._handed.append(handed)
            self._idle.clear()
            self._voice.speak(handed.rest)
        self._tell([(old, "dropped", "") for old in dropped])

    def _stop(self, *, parking: bool = False) -> tuple[list[Report], list[Utterance]]:
        """Forget what was handed over; the requests among it are kept, begun or not."""
        handed, self._handed = self._handed, deque()
        self._silent()
        reports: list[Report] = []
        for item in handed:
            if item.played_ms:
                reports.append((item.utterance, "cut", item.words))
            elif not parking and not _asks(item.utterance):
                reports.append((item.utterance, "dropped", ""))
        return reports, [item.again for item in handed if _asks(item.utterance)]

    def _take_back(self, about: str) -> list[Report]:
        """Stop the sentence that sounds; what was handed over behind it about something else is handed over again."""
        handed, self._handed = list(self._handed), deque()
        self._waiting.put_back([item.utterance for item in handed if item.utterance.about != about])
        self._silent()
        if self._voice is not None:
            self._voice.silence()
        self._hand_over()
        return [
            (item.utterance, "cut" if item.played_ms else "dropped", item.words)
            for item in handed
            if item.utterance.about == about
        ]

    def _lose(self, error: VoiceError) -> None:
        """The first one is not heard to its end: said once more unless it is stale or the voice is gone for long."""
        item = self._handed.popleft()
        lost, now = item.utterance, self._clock()
        outage = now if self._outage is None else self._outage
        again = bool(lost.text) and lost.kind not in NEWS and lost.id not in self._tried and now - outage < SOON_S
        self._waiting.put_back([*([item.again] if again else []), *(behind.utterance for behind in self._handed)])
        self._handed.clear()
        self._hold = item.since + self._within_s if again else now
        self._silent()
        if self._voice is not None:
            self._voice.silence()
        self._hand_over()
        self._complain(error)
        self._tell([(lost, "cut" if item.played_ms else "unvoiced", item.words)])
        if again:
            self._tried.add(lost.id)

    def _complain(self, error: VoiceError) -> None:
        """Once for each outage, and not for each flicker of it."""
        now, known = self._clock(), self._outage is not None
        self._outage = self._outage if known else now
        if known or (self._told is not None and now - self._told < QUIET_S):
            _log.info("the voice still fails: %s", error.message)
            return
        self._told = now
        self._ears.trouble(error)

    def _speaking(self) -> None:
        if not self._spoken.speaking:
            self._spoken.speaking = True
            self._ears.voice_state("bot_speaking")

    def _silent(self) -> None:
        if not self._handed:
            self._idle.set()
        if self._spoken.speaking:
            self._spoken.speaking = False
            self._ears.voice_state("bot_silent")

    def _tell(self, reports: list[Report]) -> None:
        for utterance, state, heard in reports:
            lost_before = utterance.id in self._tried
            self._tried.discard(utterance.id)
            if not (lost_before and state in ("dropped", "unvoiced")):
                self._ears.voiced(utterance, state, heard)


def _asks(utterance: Utterance) -> bool:
    return utterance.kind == "needs-you" and bool(utterance.text)


def _failed(message: str) -> VoiceFailed:
    return VoiceFailed(message, cure=CURE, spoken=SPOKEN)
