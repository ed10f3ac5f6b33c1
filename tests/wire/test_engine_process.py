"""What supervises a speech engine's process: its own failures are told, never lost."""

from __future__ import annotations

import asyncio
import sys

import pytest

from aidevops_voice.errors import SpeechError, VoiceFailed
from aidevops_voice_adapters._engine_pipe import SAY, Message, with_fields
from aidevops_voice_adapters._engine_process import EngineProcess
from aidevops_voice_adapters.tts._espeak_engine import WORKER
from aidevops_voice_adapters.tts.espeak import EspeakOptions


class Owner:
    """Of an engine whose messages it cannot bear."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[SpeechError] = asyncio.Queue()
        self.process = EngineProcess(
            WORKER,
            EspeakOptions().model_dump(),
            received=self.received,
            revived=lambda: None,
            lost=self.told.put_nowait,
            failure=VoiceFailed,
        )

    async def received(self, message: Message) -> None:
        raise LookupError(message.number)


async def test_an_error_in_the_daemon_is_told_and_the_engine_can_be_started_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    owner = Owner()
    await owner.process.start()
    owner.process.send(with_fields(SAY, 1, {"text": "All tests pass.", "rate": 150}))
    async with asyncio.timeout(10):
        error = await owner.told.get()
    assert isinstance(error, VoiceFailed)
    assert "restart" in error.cure
    assert not owner.process.alive
    assert "is given up" in caplog.text
    await owner.process.start()
    assert owner.process.alive
    await owner.process.aclose()
    assert owner.told.empty()


async def test_an_interpreter_that_cannot_be_started_is_a_failure_of_the_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(VoiceFailed, match="could not be started: No such file"):
        await Owner().process.start()
