"""Soniox: streaming recognition in the cloud; 16 bit mono PCM at the pipeline's rate in, interim and final words out.

Protocol: https://soniox.com/docs/stt/api-reference/websocket-api. Final frames carry Soniox's own tokens in `result`;
that their words are certain follows from the `trusted` capability.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

from pipecat.frames.frames import Frame, InputAudioRawFrame, VADUserStartedSpeakingFrame, VADUserStoppedSpeakingFrame
from pipecat.processors.frame_processor import FrameDirection
from pipecat.services.soniox.stt import FINALIZE_MESSAGE, FINALIZED_TOKEN, SonioxContextObject, SonioxSTTService
from pipecat.transcriptions.language import Language
from pipecat.utils.errors import ErrorCategory

from aidevops_voice.adapter import Adapter, Engine, PerCall, Workplace
from aidevops_voice.errors import RecogniserFailed
from aidevops_voice_adapters._cloud_socket import (
    PATIENCE,
    CloudOptions,
    CloudSocket,
    SocketUrl,
    Vendor,
    api_key,
    probe,
    refuse_offline,
)

KEY = "SONIOX_API_KEY"
ANSWER_S = 1.5
"""Longest silence of the vendor after the user stopped; its 99th percentile is 0.35 s."""
KEPT_S = 15
"""Audio not yet covered by final words that is kept for a new connection."""
BEFORE_S = 2
"""Audio kept while the service is given up, for when it is tried again: it begins before the VAD tells of speech."""
TERMS = 200
"""Phrases shared at most; the vendor refuses a context of more than 10 000 characters."""


class SonioxOptions(CloudOptions):
    """Settings of Soniox."""

    url: SocketUrl = "wss://stt-rt.soniox.com/transcribe-websocket"
    """Address of the vendor's WebSocket, of a proxy to it, or of a loopback server."""
    model: str = "stt-rt-v5"
    """Name of a real-time model."""
    language_hints: tuple[Language, ...] = (Language.EN,)
    """Languages that are spoken, as codes such as `en` or `de-CH`; empty: any."""
    only_hinted_languages: bool = False
    """Recognise nothing but the hinted languages."""
    share_phrases: bool = False
    """Send the names of commands and requests to the vendor, so that it recognises them better."""


class SonioxEar(CloudSocket, SonioxSTTService):
    """Loses no words with a lost connection: what was not final yet is sent again on the next one.

    Bare Pipecat forgets the final words of the utterance, the audio in flight and the audio that comes meanwhile.
    Given up, it connects anew when it is made usable again.
    """

    vendor = Vendor("Soniox", KEY, RecogniserFailed, RecogniserFailed.spoken)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._unheard = bytearray()
        self._sent = 0  # how much of it this connection got
        self._heard = 0  # bytes of this connection before it
        self._live = False
        self._asked = False  # for final words that have not come
        self._carried: list[dict[str, Any]] = []
        self._new_try: asyncio.Task[None] | None = None

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame | None, None]:
        """Keep the audio and send it, unless older audio still has to go first."""
        self._unheard += audio
        self._forget(len(self._unheard) - KEPT_S * self.sample_rate * 2)
        if self._live:
            self._sent = len(self._unheard)
            async for frame in super().run_stt(audio):
                yield frame

    async def process_audio_frame(self, frame: InputAudioRawFrame, direction: FrameDirection) -> None:
        """Keep a little of what is said to a service that was given up."""
        if not self.is_usable:
            self._unheard += frame.audio
            self._forget(len(self._unheard) - BEFORE_S * self.sample_rate * 2)
        await super().process_audio_frame(frame, direction)

    async def set_usable(self, is_usable: bool) -> None:
        """Given up is also disconnected; usable again is a new try."""
        lost = not self.is_usable
        await super().set_usable(is_usable)
        if not is_usable:
            self._live = False
        elif lost:
            self._new_try = self.create_task(self._connect(), "new try")

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Note when final words are due; the base class asks for them."""
        match frame:
            case VADUserStartedSpeakingFrame():
                self._asked = False
                self._calm()
            case VADUserStoppedSpeakingFrame():
                self._asked = True
                self._expect(ANSWER_S)
        await super().process_frame(frame, direction)

    async def _disconnect(self) -> None:
        if self._new_try:
            await self.cancel_task(self._new_try)
            self._new_try = None
        await super()._disconnect()

    async def _connect_anew(self) -> None:
        self._live = False
        await super()._connect_anew()
        if self._websocket:
            await self._catch_up(self._websocket)

    async def _catch_up(self, websocket: Any) -> None:
        self._sent = self._heard = 0
        while late := bytes(self._unheard[self._sent :]):
            await websocket.send(late)
            self._sent += len(late)
        self._live = True
        if self._asked:
            await websocket.send(FINALIZE_MESSAGE)
            self._expect(ANSWER_S)

    async def _receive_messages(self) -> None:
        self._carried = self._final_transcription_buffer
        await super()._receive_messages()  # type: ignore[no-untyped-call]  # Pipecat leaves it untyped

    async def _sift(self, message: str | bytes) -> str | bytes:
        content = json.loads(message)
        # The base class drops a message without tokens, and errors may come without.
        tokens = content.setdefault("tokens", [])
        self._forget(content.get("final_audio_proc_ms", 0) * self.sample_rate * 2 // 1000 - self._heard)
        if any(token["text"] == FINALIZED_TOKEN for token in tokens):
            self._asked = False
            self._calm()
        elif self._asked:
            self._expect(ANSWER_S)
        content["tokens"], self._carried = self._carried + tokens, []
        return json.dumps(content)

    def _forget(self, count: int) -> None:
        if count > 0:
            del self._unheard[:count]
            self._heard += min(count, self._sent)
            self._sent = max(0, self._sent - count)

    async def _silent(self) -> None:
        await self.push_error(f"Soniox has not answered for {ANSWER_S} s", category=ErrorCategory.CONNECTIVITY)


def build(options: SonioxOptions, workplace: Workplace) -> Engine[SonioxEar]:
    """A recogniser per call; raises MissingSecret, or SetupError when the network is switched off."""
    key = api_key(workplace, KEY)
    refuse_offline(options, workplace)
    terms = list(workplace.phrases[:TERMS]) if options.share_phrases else []
    settings = SonioxSTTService.Settings(
        model=options.model,
        language_hints=list(options.language_hints) or None,
        language_hints_strict=options.only_hinted_languages or None,
        context=SonioxContextObject(terms=terms) if terms else None,
    )
    return PerCall(lambda: SonioxEar(api_key=key, url=options.url, settings=settings, **PATIENCE))


ADAPTER = Adapter(
    options=SonioxOptions,
    build=build,
    summary="Soniox, streaming recognition in the cloud",
    secrets=(KEY,),
    capabilities=frozenset({"trusted"}),
    probe=probe(KEY),
)
