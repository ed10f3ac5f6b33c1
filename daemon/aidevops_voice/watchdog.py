"""Notices when something holds the event loop, for that is heard as a gap in the voice."""

from __future__ import annotations

import asyncio
import logging
import time

STALL_S = 0.1
_BEAT_S = 0.05

_LOG = logging.getLogger(__name__)


class Watchdog:
    """Counts and logs every time the loop was held for more than 100 ms."""

    def __init__(self) -> None:
        self.stalls = 0
        self.longest_s = 0.0

    async def run(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due, worked = loop.time() + _BEAT_S, time.thread_time()
            await asyncio.sleep(_BEAT_S)
            late = loop.time() - due
            self.longest_s = max(self.longest_s, late)
            if late > STALL_S:
                self.stalls += 1
                # Little work: another thread had the interpreter, or other programs the processor.
                work_ms = (time.thread_time() - worked) * 1000
                _LOG.warning("the event loop was held for %d ms, of which it worked %d ms", late * 1000, work_ms)
