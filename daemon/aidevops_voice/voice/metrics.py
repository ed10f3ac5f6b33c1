"""How long the user waited: end of speech to the first spoken sound, as far as this machine sees it."""

from __future__ import annotations

import time

from aidevops_voice.ports import Clock, Ears


class ReplyTimer:
    """Told by the ear and the mouth; one measurement per turn. Network and the listener's buffer come on top."""

    def __init__(self, ears: Ears, clock: Clock = time.monotonic) -> None:
        self._ears = ears
        self._clock = clock
        self._ended: float | None = None
        self._armed = False

    def speech_ended(self, at: float) -> None:
        """The user's voice ended at a monotonic second, whether or not the turn is over."""
        self._ended = at

    def turn_began(self) -> None:
        """Forget a turn that got no reply."""
        self._ended, self._armed = None, False

    def turn_decided(self) -> None:
        """From now on a sound is the reply."""
        self._armed = self._ended is not None

    def sounded(self) -> None:
        """Speech was played."""
        if self._armed and self._ended is not None:
            self._armed = False
            self._ears.measured((self._clock() - self._ended) * 1000)
