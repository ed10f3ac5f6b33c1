"""The voice as the daemon sees it: text in, chunks of audio out, a dead process bridged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

from aidevops_voice.errors import SpeechError, VoiceFailed
from aidevops_voice_adapters._engine_pipe import AUDIO, CANCEL, DONE, SAY, Message, with_fields
from aidevops_voice_adapters._engine_process import EngineProcess

logger = logging.getLogger(__name__)

WORKER = "aidevops_voice_adapters.tts._espeak_worker"
CHUNKS_AHEAD = 25
"""Chunks of 60 ms that wait for a slow listener; then the process is held back, nothing is dropped."""
TEXT_LIMIT = 4000
"""Characters of one sentence; the rest is left out with a log line."""
SILENCE_LIMIT_S = 10.0
"""Without audio for so long the process is taken for hung; it makes an hour of speech in less."""


@dataclass(slots=True)
class Sentence:
    """One thing to say; None in the queue ends it."""

    number: int
    text: str
    rate: int
    """Words per minute."""
    chunks: asyncio.Queue[bytes | SpeechError | None] = field(default_factory=lambda: asyncio.Queue(CHUNKS_AHEAD))
    begun: bool = False
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)


class Voice:
    """One process for all calls; sentences are made in the order they come."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.process = EngineProcess(
            WORKER,
            config,
            received=self._received,
            revived=self._repeat,
            lost=self._lose,
            failure=VoiceFailed,
        )
        self._rate: int = config["rate"]
        self._sentences: dict[int, Sentence] = {}
        self._last = 0

    async def warm(self) -> None:
        """Start the process and load its voice."""
        await self.process.start()

    async def aclose(self) -> None:
        """End the process and what it says."""
        self._lose(VoiceFailed("the voice is closed"))
        await self.process.aclose()

    async def chunks(self, sentence: Sentence) -> AsyncGenerator[bytes, None]:
        """Audio as it is made, 16-bit mono; leaving early drops the rest; raises VoiceFailed."""
        try:
            while True:
                async with asyncio.timeout(SILENCE_LIMIT_S):
                    chunk = await sentence.chunks.get()
                match chunk:
                    case None:
                        return
                    case SpeechError():
                        raise chunk
                    case _:
                        yield chunk
        except TimeoutError:
            self.process.kill()
            raise VoiceFailed(f"the voice was silent for {SILENCE_LIMIT_S:.0f} seconds") from None
        finally:
            self.drop(sentence)

    def begin(self, text: str, rate: int | None = None) -> Sentence:
        """Have a sentence made, at `rate` words per minute or as configured; raises VoiceFailed."""
        if not self.process.alive:
            raise VoiceFailed("the voice is not running")
        if len(text) > TEXT_LIMIT:
            logger.warning("a sentence of %d characters is cut to %d", len(text), TEXT_LIMIT)
        self._last += 1
        sentence = Sentence(self._last, text[:TEXT_LIMIT], rate or self._rate)
        self._sentences[sentence.number] = sentence
        self._order(sentence)
        return sentence

    def _order(self, sentence: Sentence) -> None:
        text = sentence.text.encode(errors="replace").decode()
        self.process.send(with_fields(SAY, sentence.number, {"text": text, "rate": sentence.rate}))

    def drop(self, sentence: Sentence) -> None:
        """No more audio of it, from now on."""
        sentence.cancelled.set()
        if self._sentences.pop(sentence.number, None) is not None:
            self.process.send(Message(CANCEL, sentence.number))
            _replace(sentence, None)

    async def _received(self, message: Message) -> None:
        sentence = self._sentences.get(message.number)
        if sentence is None:
            return
        if message.kind == AUDIO:
            sentence.begun = True
            await _put(sentence, message.payload)
        elif message.kind == DONE:
            del self._sentences[message.number]
            await _put(sentence, None)

    def _repeat(self) -> None:
        for number, sentence in list(self._sentences.items()):
            if sentence.begun:
                # Words already given out would be said twice.
                del self._sentences[number]
                _replace(sentence, VoiceFailed("the voice stopped in the middle of a sentence"))
            else:
                self._order(sentence)

    def _lose(self, error: SpeechError) -> None:
        for sentence in self._sentences.values():
            _replace(sentence, error)
        self._sentences.clear()


async def _put(sentence: Sentence, chunk: bytes | None) -> None:
    """Wait for room, but never for a listener that has left."""
    if not sentence.chunks.full():
        sentence.chunks.put_nowait(chunk)
        return
    putting = asyncio.ensure_future(sentence.chunks.put(chunk))
    leaving = asyncio.ensure_future(sentence.cancelled.wait())
    try:
        await asyncio.wait((putting, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        putting.cancel()
        leaving.cancel()


def _replace(sentence: Sentence, end: SpeechError | None) -> None:
    """What waits is dropped, and the listener learns the end at once."""
    while not sentence.chunks.empty():
        sentence.chunks.get_nowait()
    sentence.chunks.put_nowait(end)
