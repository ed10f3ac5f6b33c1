"""What the harness drives, and the answer that every contestant gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from typing import Literal, get_args

from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection

REQUEST = "please run all the tests"
ANSWER = "It is done and all of the tests pass now, every one of them."
"""Fourteen words: four seconds of tone, long enough to talk over."""


Flood = Literal["streamed table", "streamed prose", "one text", "tool output"]
FLOODS: tuple[Flood, ...] = get_args(Flood)


class Contestant(ABC):
    """One voice server; its engines and its agent answer at once, or the agent after `delay_s`."""

    delay_s = 0.0

    @abstractmethod
    async def warm(self) -> None:
        """Load every model."""

    @abstractmethod
    async def run(self) -> None:
        """Until cancelled."""

    @abstractmethod
    async def connect(self, connection: SmallWebRTCConnection) -> None:
        """Start a call."""

    def prepare(self, kind: Flood) -> None:
        """Make the 10 MB that `flood` lets loose."""
        raise NotImplementedError

    async def flood(self) -> None:
        """Let the agent print what was prepared; returns when the contestant took all of it."""
        raise NotImplementedError

    def hush(self) -> None:
        """Stop the voice and drop what waits."""
        raise NotImplementedError

    def events(self) -> AsyncGenerator[bytes, None]:
        """What the page reads beside the call, as server-sent events."""
        raise NotImplementedError
