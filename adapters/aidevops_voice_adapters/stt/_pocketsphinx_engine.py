"""The recogniser as the daemon sees it: numbered utterances in, interim and final text out, a dead process bridged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aidevops_voice.errors import RecogniserFailed, SpeechError
from aidevops_voice_adapters._engine_pipe import AUDIO, BEGIN, CANCEL, END, FINAL, INTERIM, Message
from aidevops_voice_adapters._engine_process import EngineProcess

logger = logging.getLogger(__name__)

WORKER = "aidevops_voice_adapters.stt._pocketsphinx_worker"
ANSWER_LIMIT_S = 10.0
"""From the end of speech to the final text; a process that takes longer is taken for hung."""
TAPE_LIMIT = 60 * 32000
"""Bytes of an utterance kept to be heard again by a new process; beyond, the newest are dropped from the tape."""


@dataclass(frozen=True, slots=True)
class Interim:
    """The words so far."""

    text: str


@dataclass(frozen=True, slots=True)
class Final:
    """What was said; empty when nothing was understood."""

    text: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """The utterance will get no final text."""

    error: SpeechError


News = Interim | Final | Lost


Tell = Callable[["Utterance", News], None]
"""Must return at once."""


@dataclass(slots=True)
class Utterance:
    """What is said from one start of speech to its end."""

    number: int
    tell: Tell
    tape: bytearray = field(default_factory=bytearray)
    ended: bool = False
    replayed: bool = False
    overdue: asyncio.TimerHandle | None = None


class Recogniser:
    """One process for all calls; one utterance at a time, as one person talks."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self.process = EngineProcess(
            WORKER,
            {"phrases": list(phrases)},
            received=self._received,
            revived=self._replay,
            lost=self._lose,
            failure=RecogniserFailed,
        )
        self._utterances: dict[int, Utterance] = {}
        self._last = 0

    async def warm(self) -> None:
        """Start the process and load its models."""
        await self.process.start()
        about = self.process.ready
        for phrase in about["skipped"]:
            logger.warning("not in the grammar, as it has no words to speak: %s", phrase)
        if about["guessed"]:
            logger.info("words added to the dictionary by their spelling: %s", ", ".join(about["guessed"]))
        if about["problem"]:
            logger.warning("no phrase is recognised exactly: %s", about["problem"])

    async def aclose(self) -> None:
        """End the process; open utterances get nothing more."""
        for number in list(self._utterances):
            self._close(number)
        await self.process.aclose()

    def begin(self, tell: Tell) -> Utterance:
        """Speech began."""
        self._last += 1
        utterance = Utterance(self._last, tell)
        if not self.process.alive:
            tell(utterance, Lost(RecogniserFailed("the recogniser is not running")))
            return utterance
        self._utterances[utterance.number] = utterance
        self.process.send(Message(BEGIN, utterance.number))
        return utterance

    def feed(self, utterance: Utterance, audio: bytes) -> None:
        """16 kHz mono 16-bit."""
        if len(utterance.tape) < TAPE_LIMIT:
            utterance.tape += audio
        self.process.send(Message(AUDIO, utterance.number, audio))

    def end(self, utterance: Utterance) -> None:
        """Speech ended: the final text is due."""
        utterance.ended = True
        if utterance.number in self._utterances:
            utterance.overdue = asyncio.get_running_loop().call_later(ANSWER_LIMIT_S, self._hung)
            self.process.send(Message(END, utterance.number))

    def forget(self, utterance: Utterance) -> None:
        """The call is over: no news are wanted."""
        if self._close(utterance.number) is not None:
            self.process.send(Message(CANCEL, utterance.number))

    def _hung(self) -> None:
        logger.warning("the recogniser did not answer within %.0f seconds", ANSWER_LIMIT_S)
        self.process.kill()

    async def _received(self, message: Message) -> None:
        utterance = self._utterances.get(message.number)
        if utterance is None:
            return
        fields = message.fields()
        match message.kind:
            case kind if kind == INTERIM:
                utterance.tell(utterance, Interim(fields["text"]))
            case kind if kind == FINAL:
                self._close(utterance.number)
                utterance.tell(utterance, Final(fields["text"], fields["certain"]))

    def _replay(self) -> None:
        for utterance in list(self._utterances.values()):
            if utterance.replayed:
                # Its audio may be what kills the process.
                self._close(utterance.number)
                utterance.tell(utterance, Lost(RecogniserFailed("the recogniser failed twice on one utterance")))
                continue
            utterance.replayed = True
            self.process.send(Message(BEGIN, utterance.number))
            self.process.send(Message(AUDIO, utterance.number, bytes(utterance.tape)))
            if utterance.ended:
                self._stop_clock(utterance)
                self.end(utterance)

    def _lose(self, error: SpeechError) -> None:
        for number, utterance in list(self._utterances.items()):
            self._close(number)
            utterance.tell(utterance, Lost(error))

    def _close(self, number: int) -> Utterance | None:
        utterance = self._utterances.pop(number, None)
        if utterance is not None:
            self._stop_clock(utterance)
        return utterance

    def _stop_clock(self, utterance: Utterance) -> None:
        if utterance.overdue is not None:
            utterance.overdue.cancel()
            utterance.overdue = None
