"""WebRTC offers of the page: Pipecat's handler, fenced so that media never leaves this machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import aioice.ice
from aiortc.exceptions import InvalidAccessError, InvalidStateError, OperationError
from aiortc.sdp import SessionDescription
from fastapi import HTTPException
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.transports.smallwebrtc.request_handler import (
    SmallWebRTCPatchRequest,
    SmallWebRTCRequest,
    SmallWebRTCRequestHandler,
)

from aidevops_voice.errors import BadRequest, SpeechError, TooMany, VoiceError
from aidevops_voice.server.bodies import Candidates, Offer
from aidevops_voice.server.security import Allowance

Connect = Callable[[SmallWebRTCConnection], Awaitable[None]]

_MOST_PENDING = 4
_MOST_MEDIA = 8
"""Sections of an offer; each costs a transceiver. Audio, camera, screen and data are four."""
_MALFORMED = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    InvalidAccessError,
    InvalidStateError,
    OperationError,
)
"""What aiortc raises for an SDP that no browser makes."""


class Offers:
    """Takes offers and hands each new connection to the voice front end."""

    def __init__(self, connect: Connect) -> None:
        _gather_loopback_only()
        self._connect = connect
        self._handler = SmallWebRTCRequestHandler()
        self._allowance = Allowance(burst=12, per_s=1.0)
        self._pending = 0
        self._newest: SmallWebRTCConnection | None = None

    async def offer(self, offer: Offer) -> dict[str, str]:
        """The answer; raises BadRequest, TooMany, or what the front end raises."""
        self._allowance.spend()
        if self._pending >= _MOST_PENDING:
            raise TooMany("Several pages connect at once.")
        self._pending += 1
        try:
            return await self._answer(offer)
        finally:
            self._pending -= 1

    async def _answer(self, offer: Offer) -> dict[str, str]:
        # Pipecat's handler swallows what its callback raises.
        failed: list[VoiceError] = []

        async def hand_over(connection: SmallWebRTCConnection) -> None:
            failed.append(SpeechError("The voice could not be started."))
            older, self._newest = self._newest, connection
            try:
                await self._connect(connection)
                failed.clear()
                await _give_up(older)
            except VoiceError as error:
                failed.append(error)
            finally:
                if failed:
                    await connection.disconnect()

        request = SmallWebRTCRequest(_without_candidates(offer.sdp), offer.type, offer.pc_id, offer.restart_pc)
        try:
            sections = [media.kind for media in SessionDescription.parse(request.sdp).media]
            if "audio" not in sections or len(sections) > _MOST_MEDIA:
                raise BadRequest("The offer holds no audio, or far too much.")
            answer = await self._handler.handle_web_request(request, hand_over)
        except _MALFORMED as error:
            raise BadRequest("The offer cannot be understood.") from error
        if failed:
            raise failed[-1]
        return answer or {}

    async def patch(self, patch: Candidates) -> None:
        """Accept trickled candidates of a known connection; raises BadRequest for an unknown one."""
        try:
            await self._handler.handle_patch_request(SmallWebRTCPatchRequest(patch.pc_id, []))
        except HTTPException as error:
            raise BadRequest("There is no such connection.") from error

    async def aclose(self) -> None:
        """End every connection."""
        await self._handler.close()


async def _give_up(older: SmallWebRTCConnection | None) -> None:
    """One that was never reached would wait for ever, with its models and its socket; a live call ends by itself."""
    if older is not None and not older.is_connected():
        await older.disconnect()


def _without_candidates(sdp: str) -> str:
    """Drop the remote candidates: a page on this machine reaches our loopback candidate and is learnt from its check.

    So nobody can make the daemon send packets elsewhere, and no `.local` name opens a multicast socket. The end of
    candidates is dropped too, because aioice gives up at once when it comes without any.
    """
    dropped = ("a=candidate:", "a=end-of-candidates")
    return "".join(line for line in sdp.splitlines(keepends=True) if not line.startswith(dropped))


def _gather_loopback_only() -> None:
    """Have aioice listen on 127.0.0.1 alone.

    aioice offers every interface except loopback and has no setting for it. Chromium, which does not gather loopback
    either, reaches 127.0.0.1 from each of its sockets.
    """
    aioice.ice.get_host_addresses = _loopback


def _loopback(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    return ["127.0.0.1"]
