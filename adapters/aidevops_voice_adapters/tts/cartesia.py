"""Cartesia: a voice in the cloud; sentences in, 16 bit mono PCM at the pipeline's rate and word times out.

Protocol: https://docs.cartesia.ai/api-reference/tts/websocket, version 2026-03-01, errors as in
https://docs.cartesia.ai/use-the-api/api-errors.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, ClassVar

from pipecat.frames.frames import AggregatedTextProgressFrame, ErrorFrame, Frame, TTSTextFrame
from pipecat.services.cartesia.tts import CartesiaTTSService, GenerationConfig
from pipecat.transcriptions.language import Language
from pipecat.utils.errors import ErrorCategory, classify_http_status_code
from pydantic import Field

from aidevops_voice.adapter import Adapter, Engine, PerCall, Workplace
from aidevops_voice.errors import VoiceFailed
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

KEY = "CARTESIA_API_KEY"
AUDIO_S = 1.0
"""Longest wait for sound after text was sent, and longest gap until the sentence is done; the vendor takes 0.1 s.

Shorter than the mouth's own patience: who interrupts a silent connection keeps it, who notices renews it.
"""
SLOWEST, FASTEST = 0.6, 1.5
"""Times the voice's own speed that the vendor takes."""
SPOKEN = "My voice failed for a moment. What you did not hear is marked on the page."


class CartesiaOptions(CloudOptions):
    """Settings of Cartesia."""

    url: SocketUrl = "wss://api.cartesia.ai/tts/websocket"
    """Address of the vendor's WebSocket, of a proxy to it, or of a loopback server."""
    model: str = "sonic-3.6"
    """Name of a Sonic model."""
    voice: str = "71a7ad14-091c-4e8e-a314-022ece01c121"
    """Id of a voice; the default is "British Reading Lady"."""
    language: Language = Language.EN
    """Language that is spoken, as a code such as `en` or `en-GB`."""
    speed: float | None = Field(default=None, ge=SLOWEST, le=FASTEST)
    """How fast, 1.0 is normal; Sonic 3 and later."""


@dataclass(slots=True)
class _Saying:
    """How far the vendor is with one context."""

    awaited: bool = True
    closed: bool = False
    sounded: bool = False
    told: bool = False


class CartesiaVoice(CloudSocket, CartesiaTTSService):
    """Tells which sentence is not spoken, in its place among the others, and claims no word that made no sound.

    Bare Pipecat waits 3 s in silence, cuts a sentence with its connection without a word, drops errors that name no
    context, reconnects in a tight loop to a server that closes at once, and pushes unspoken text as spoken.
    """

    vendor = Vendor("Cartesia", KEY, VoiceFailed, SPOKEN)
    takes_rate: ClassVar[bool] = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        settings: Any = self._settings
        self._speed = (settings.generation_config and settings.generation_config.speed) or 1.0
        self._sayings: dict[str, _Saying] = {}

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame | None, None]:
        """Send one sentence; its sound comes through the receive loop."""
        saying = self._sayings.setdefault(context_id, _Saying())
        saying.awaited = True
        self._pace()
        if not self._is_open():
            await self._connect()
        if not self._is_open():  # which has been told
            self._tell(saying)
            await self.remove_audio_context(context_id)
            return
        async for frame in super().run_tts(text, context_id):
            if isinstance(frame, ErrorFrame):
                self._tell(saying)
            yield frame

    async def flush_audio(self, context_id: str | None = None) -> None:
        """Close the context."""
        if saying := self._sayings.get(context_id or ""):
            saying.closed = saying.awaited = True
            self._pace()
        await super().flush_audio(context_id)

    async def on_audio_context_interrupted(self, context_id: str) -> None:
        """Cancel at the vendor."""
        self._settle(context_id)
        await super().on_audio_context_interrupted(context_id)

    async def on_audio_context_completed(self, context_id: str) -> None:
        """Forget it."""
        self._settle(context_id)
        await super().on_audio_context_completed(context_id)

    async def _update_settings(self, delta: Any) -> dict[str, Any]:
        if times := delta.extra.get("rate"):
            speed = min(max(round(self._speed * times, 2), SLOWEST), FASTEST)
            delta = CartesiaTTSService.Settings(generation_config=GenerationConfig(speed=speed))
        return await super()._update_settings(delta)

    async def _receive_messages(self) -> None:
        # Not the base class's endless loop: the handler around this one counts quick failures and ends open contexts.
        try:
            await self._process_messages()  # type: ignore[no-untyped-call]  # Pipecat leaves it untyped
        finally:
            if not self._disconnecting:
                await self._lose("the connection was lost in the middle of speech")

    async def _sift(self, message: str | bytes) -> str | bytes | None:
        content = json.loads(message)
        saying = self._sayings.get(content.get("context_id", ""))
        match content.get("type"):
            case "error":
                await self._refused(content)
                return None
            case "chunk" if saying:
                saying.sounded, saying.awaited = True, saying.closed
            case "done" if saying:
                saying.awaited = False
        self._pace()
        return message

    async def _refused(self, content: dict[str, Any]) -> None:
        category = classify_http_status_code(content.get("status_code", 0))
        if content.get("status_code") in (400, 422):
            category = ErrorCategory.UNKNOWN  # one bad sentence must not cost the voice
        error = f"{content.get('title')}: {content.get('message')}"
        lost = [content["context_id"]] if "context_id" in content else list(self._sayings)
        if lost:
            await self._end(lost, error, category)
        else:
            await self.push_error(error, category=category)

    async def _silent(self) -> None:
        await self._lose(f"no audio for {AUDIO_S} s")

    async def _lose(self, error: str) -> None:
        lost = [context for context, saying in self._sayings.items() if saying.awaited]
        await self._end(lost, error, ErrorCategory.CONNECTIVITY)

    async def _end(self, contexts: list[str], error: str, category: ErrorCategory) -> None:
        for context in contexts:
            saying = self._sayings.get(context)
            if saying and not saying.told:
                self._tell(saying)
                # Behind the sound that came, so that the mouth knows which sentence broke off.
                await self.append_to_audio_context(context, ErrorFrame(error, category=category))
                await self.remove_audio_context(context)

    def _tell(self, saying: _Saying) -> None:
        saying.told, saying.awaited = True, False
        self._pace()

    def _settle(self, context_id: str) -> None:
        self._sayings.pop(context_id, None)
        self._pace()

    def _pace(self) -> None:
        if any(saying.awaited for saying in self._sayings.values()):
            self._expect(AUDIO_S)
        else:
            self._calm()

    async def _apply_force_complete(self, context_id: str) -> None:
        saying = self._sayings.get(context_id, _Saying(sounded=True))
        if saying.sounded and not saying.told:
            await super()._apply_force_complete(context_id)
            return
        frames = self._aggregated_frame_sequencer.force_complete(context_id, self._word_timestamp_tracker.last_pts)
        claims = (TTSTextFrame, AggregatedTextProgressFrame)
        await self._push_word_frames([frame for frame in frames if not isinstance(frame, claims)])

    async def _record_context_audio_outcome(self, context_id: str, received_audio: bool) -> None:
        saying = self._sayings.get(context_id)
        if saying is None or not saying.told:
            await super()._record_context_audio_outcome(context_id, received_audio)


def build(options: CartesiaOptions, workplace: Workplace) -> Engine[CartesiaVoice]:
    """A voice per call; raises MissingSecret, or SetupError when the network is switched off."""
    key = api_key(workplace, KEY)
    refuse_offline(options, workplace)
    settings = CartesiaTTSService.Settings(
        model=options.model,
        voice=options.voice,
        language=options.language,
        generation_config=None if options.speed is None else GenerationConfig(speed=options.speed),
    )
    return PerCall(lambda: CartesiaVoice(api_key=key, url=options.url, settings=settings, **PATIENCE))


ADAPTER = Adapter(
    options=CartesiaOptions,
    build=build,
    summary="Cartesia, a voice in the cloud",
    secrets=(KEY,),
    probe=probe(KEY),
)
