"""What the harness drives, and the answer that every contestant gives."""

from __future__ import annotations

from abc import ABC, abstractmethod

from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection

REQUEST = "please run all the tests"
ANSWER = "It is done and all of the tests pass now, every one of them."
"""Fourteen words: four seconds of tone, long enough to talk over."""


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

    async def flood(self) -> None:
        """Let the agent print 10 MB; returns when the contestant took all of it."""
        raise NotImplementedError
