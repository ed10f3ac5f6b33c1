"""Steps that are due later, and the deadlines beside them, in one task."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aidevops_voice.ports import Clock


class Alarm:
    """`deadline` tells when the next one is over, in monotonic seconds, and `tick` is called for it."""

    def __init__(self, clock: Clock, deadline: Callable[[], float | None], tick: Callable[[], None]) -> None:
        self._clock, self._deadline, self._tick = clock, deadline, tick
        self._due: list[tuple[float, Callable[[], object]]] = []
        self._changed = asyncio.Event()

    def after(self, seconds: float, step: Callable[[], object]) -> None:
        """Do it so much later."""
        self._due.append((self._clock() + seconds, step))
        self.rearm()

    def rearm(self) -> None:
        """A deadline may be another one now."""
        self._changed.set()

    async def ring(self) -> None:
        """Until cancelled."""
        while True:
            self._changed.clear()
            try:
                async with asyncio.timeout(self._wait()):
                    await self._changed.wait()
            except TimeoutError:
                pass
            now = self._clock()
            due, self._due = [step for at, step in self._due if at <= now], [one for one in self._due if one[0] > now]
            for step in due:
                step()
            self._tick()

    def _wait(self) -> float | None:
        times = [at for at, _ in self._due]
        if (deadline := self._deadline()) is not None:
            times.append(deadline)
        return max(0.0, min(times) - self._clock()) if times else None
