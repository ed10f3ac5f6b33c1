"""Whether what is heard counts: open microphone, a wake phrase, push-to-talk, and sleep by voice in each of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aidevops_voice import listener
from aidevops_voice.floor import endings
from aidevops_voice.floor.endings import Ending
from aidevops_voice.floor.plain import bare, consists
from aidevops_voice.floor.waking import Listening, called
from aidevops_voice.listener import Act, Ignored, Understood
from aidevops_voice.ports import Clock, Command, Heard


class Attention:
    """Awake or asleep, for all conversations of one voice."""

    def __init__(self, listening: Listening, clock: Clock = time.monotonic) -> None:
        self._listening, self._clock = listening, clock
        self._watchers: list[Callable[[], None]] = []
        self._sent_to_sleep = False
        self._until = clock()
        self._shown = self.state
        self._holding = False
        self._rearm = asyncio.Event()

    def watch(self, changed: Callable[[], None]) -> None:
        """Called with each change."""
        self._watchers.append(changed)

    @property
    def asleep(self) -> bool:
        """Whether only the wake phrase, the end of the work and a no act."""
        return self._sent_to_sleep or (self._listening.mode == "wake" and self._clock() >= self._until)

    @property
    def state(self) -> str:
        """awake or asleep."""
        return "asleep" if self.asleep else "awake"

    @property
    def phrase(self) -> str:
        """What wakes it."""
        return self._listening.wake_phrase

    def status(self) -> dict[str, Any]:
        """As `status` shows it."""
        state = "holding" if self._holding else self.state
        return {"mode": self._listening.mode, "state": state, "wake_phrase": self.phrase}

    def admit(self, heard: Heard, *, asked: bool) -> tuple[Heard, Understood | None]:
        """What was said without the wake phrase, and what it means if that is settled here.

        `asked`: a request waits for the user, who needs no wake phrase for the answer unless sent to sleep by voice.
        """
        if heard.source == "typed":
            return heard, None
        rest = called(heard.text, self.phrase)
        asleep = self._sent_to_sleep or (self.asleep and not asked)
        if rest is not None and (asleep or self._listening.mode == "wake"):
            self.wake()
            return (replace(heard, text=rest), None) if rest else (heard, Act(Command.WAKE))
        known = listener.command(heard.text)
        if asleep and known not in (Command.WAKE, Command.STOP_AGENT) and not (asked and _denies(heard)):
            return heard, Ignored("asleep")
        if not asleep:
            self.exchanged()
        return heard, None

    def patience(self, text: str, *, asked: bool) -> Ending:
        """Whether a turn of these words is over: at once where something waits for an answer, or a key is held."""
        read = endings.read(text)
        now = asked or self._listening.mode == "push" or self.asleep or listener.command(text) is not None
        return Ending(text) if now and read.then in ("wait", "hold") else read

    def turn(self, command: Command) -> str:
        """To sleep or awake; returns what is said about it."""
        if command is Command.WAKE:
            self.wake()
            return "notices.awake"
        self.sleep()
        return "notices.asleep"

    def sleep(self) -> None:
        """Until it is woken."""
        self._sent_to_sleep, self._until = True, self._clock()
        self._show()

    def wake(self) -> None:
        """From now on everything counts."""
        self._sent_to_sleep = False
        self.exchanged()

    def exchanged(self) -> None:
        """Something was said to us or by us: without a wake phrase for a while from here."""
        if not self._sent_to_sleep:
            self._until = self._clock() + self._listening.awake_s
            self._show()
            self._rearm.set()

    def said(self) -> None:
        """We spoke; this keeps awake who is."""
        if not self.asleep:
            self.exchanged()

    def voice_state(self, state: str) -> None:
        """The user asked for time, or goes on."""
        if state.startswith("user_") and (holding := state == "user_holding") != self._holding:
            self._holding = holding
            self._tell()

    async def keep_time(self) -> None:
        """Until cancelled: show when it falls asleep."""
        while self._listening.mode == "wake":
            self._rearm.clear()
            left = self._until - self._clock()
            try:
                async with asyncio.timeout(left if left > 0 else None):
                    await self._rearm.wait()
            except TimeoutError:
                self._show()

    def _show(self) -> None:
        if self._shown != self.state:
            self._shown = self.state
            self._tell()

    def _tell(self) -> None:
        for changed in self._watchers:
            changed()


def _denies(heard: Heard) -> bool:
    return consists(bare(heard.text).split(), "denials", "fillers")
