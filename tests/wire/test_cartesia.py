"""The Cartesia adapter in a real pipeline against a loopback server that speaks the vendor's protocol."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from pipecat.frames.frames import (
    AggregatedTextFrame,
    ErrorFrame,
    InterruptionFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    TTSAudioRawFrame,
    TTSStartedFrame,
    TTSStoppedFrame,
    TTSTextFrame,
    TTSUpdateSettingsFrame,
)
from pipecat.services.settings import TTSSettings
from pipecat.utils.errors import ErrorCategory
from pipecat.utils.text.base_text_aggregator import TextType
from pydantic import ValidationError
from websockets.asyncio.client import connect
from wire.cartesia_server import WORD_MS, CartesiaServer, Fault, tone
from wire.speech_line import SpeechLine, contacted

from aidevops_voice.adapter import Workplace
from aidevops_voice.errors import MissingSecret, SetupError, VoiceFailed
from aidevops_voice_adapters.tts.cartesia import ADAPTER, CartesiaOptions, CartesiaVoice

KEY = "cartesia-key"
READING_LADY = "71a7ad14-091c-4e8e-a314-022ece01c121"
RATE = 24000
LONG = "one two three four five six seven eight nine ten eleven twelve"


def workplace(key: str = KEY, **more: Any) -> Workplace:
    return Workplace(Path("/nowhere"), Path("/nowhere"), secrets={"CARTESIA_API_KEY": key} if key else {}, **more)


def voice(server: CartesiaServer, key: str = KEY, **options: Any) -> CartesiaVoice:
    service: CartesiaVoice = ADAPTER.build(CartesiaOptions(url=server.url, **options), workplace(key)).service()
    return service


def line_to(server: CartesiaServer, key: str = KEY, **options: Any) -> SpeechLine:
    return SpeechLine(voice(server, key, **options), rate=RATE)


def sound_ms(line: SpeechLine) -> float:
    return sum(len(frame.audio) for frame in line.of(TTSAudioRawFrame)) / 2 / RATE * 1000


def words(line: SpeechLine) -> str:
    return " ".join(frame.text for frame in line.of(TTSTextFrame))


async def test_a_sentence_becomes_sound_with_its_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    contacted.clear()
    async with CartesiaServer() as server, line_to(server) as line:
        await line.say("The tests pass.")
        await line.first(TTSStoppedFrame)
        assert b"".join(frame.audio for frame in line.of(TTSAudioRawFrame)) == tone(RATE, 50) * 15
        assert [frame.text for frame in line.of(TTSTextFrame)] == ["The", "tests", "pass."]
        times = [frame.pts or 0 for frame in line.of(TTSTextFrame)]
        assert [(time - times[0]) / 1e6 for time in times] == [0, WORD_MS, 2 * WORD_MS]
        assert not line.of(ErrorFrame)
        assert server.contexts[0].state == "done"
    assert {address[0] for address in contacted} == {"127.0.0.1"}
    assert KEY not in "".join(record.getMessage() for record in caplog.records if "server" not in record.name)


async def test_the_request_says_what_the_options_say() -> None:
    async with CartesiaServer() as server, line_to(server, language="en-GB", speed=1.2) as line:
        await line.say("Done.")
        await line.first(TTSStoppedFrame)
        first, last = server.requests
    assert first["voice"] == {"mode": "id", "id": READING_LADY}
    assert (first["model_id"], first["language"]) == ("sonic-3.6", "en-GB")
    assert first["generation_config"] == {"speed": 1.2}
    assert first["output_format"] == {"container": "raw", "encoding": "pcm_s16le", "sample_rate": RATE}
    assert first["add_timestamps"] is True
    assert (first["transcript"], first["continue"]) == ("Done.", True)
    assert (last["transcript"], last["continue"]) == ("", False)
    assert first["context_id"] == last["context_id"]
    assert KEY not in json.dumps(server.requests)
    assert server.handshakes[0]["X-API-Key"] == KEY


@pytest.mark.parametrize(
    ("options", "rate", "speed"), [({}, 1.25, 1.25), ({}, 2.0, 1.5), ({}, 0.5, 0.6), ({"speed": 1.2}, 0.75, 0.9)]
)
async def test_the_pace_is_asked_of_the_vendor(options: dict[str, Any], rate: float, speed: float) -> None:
    async with CartesiaServer() as server, line_to(server, **options) as line:
        await line.say("As usual.")
        await line.send(TTSUpdateSettingsFrame(delta=TTSSettings(extra={"rate": rate})))
        await line.say("At this pace.")
        await line.until(lambda: len(line.of(TTSStoppedFrame)) == 2)
        usual = options or None
        sent = [request.get("generation_config") for request in server.requests]
        assert sent == [usual, usual, {"speed": speed}, {"speed": speed}]
        assert words(line) == "As usual. At this pace."
        assert not line.of(ErrorFrame)


async def test_sentences_of_one_turn_share_a_context_and_each_is_sent_at_once() -> None:
    async with CartesiaServer() as server, line_to(server) as line:
        await line.send(LLMFullResponseStartFrame(), AggregatedTextFrame("Three pass.", TextType.SENTENCE))
        await server.until(lambda: len(server.requests) == 1)
        await line.first(TTSAudioRawFrame)
        await line.send(AggregatedTextFrame("One fails.", TextType.SENTENCE), LLMFullResponseEndFrame())
        await line.first(TTSStoppedFrame)
        assert [context.transcripts for context in server.contexts] == [["Three pass.", "One fails."]]
        assert words(line) == "Three pass. One fails."
        assert not line.of(ErrorFrame)


async def test_an_interruption_cancels_at_the_vendor() -> None:
    async with CartesiaServer(pace=1.0) as server, line_to(server) as line:
        await line.say(LONG)
        await line.first(TTSAudioRawFrame)
        await line.send(InterruptionFrame())
        await server.until(lambda: server.contexts[0].state == "cancelled")
        assert server.requests[-1] == {"context_id": server.contexts[0].id, "cancel": True}
        assert server.contexts[0].sent_ms < len(LONG.split()) * WORD_MS
        await line.say("Yes?")
        await line.until(lambda: words(line).endswith("Yes?"))
        await line.first(TTSStoppedFrame)
        assert "twelve" not in words(line)
        assert not line.of(ErrorFrame)


async def test_an_interruption_before_any_sound_is_no_error() -> None:
    async with CartesiaServer(fault=Fault("stall")) as server, line_to(server) as line:
        await line.say(LONG)
        await server.until(lambda: len(server.contexts) == 1)
        await line.send(InterruptionFrame())
        await server.until(lambda: server.contexts[0].state == "cancelled")
        await line.until(lambda: not line.service._sayings)  # type: ignore[attr-defined]
        assert line.service._alarm is None, "nothing is awaited any more"  # type: ignore[attr-defined]
        assert not line.of(ErrorFrame)


async def test_a_wrong_key_is_told_as_an_authentication_error() -> None:
    async with CartesiaServer() as server, line_to(server, "wrong-key-1234") as line:
        error = await line.first(ErrorFrame)
        assert error.category is ErrorCategory.AUTHENTICATION
        assert "wrong-key-1234" not in error.error
        assert not line.service.is_usable
        await line.say("Nobody hears this.")
        await line.settled()
        assert len(server.handshakes) == 1
        assert len(line.of(ErrorFrame)) == 1


async def test_an_unknown_voice_is_told_once_and_is_permanent() -> None:
    async with CartesiaServer() as server, line_to(server, voice="nobody") as line:
        await line.say("Hello.")
        await line.first(TTSStartedFrame)
        error = await line.error("Voice not found")
        assert error.category is ErrorCategory.INVALID_REQUEST
        assert not line.service.is_usable
        assert not line.of(TTSTextFrame)


@pytest.mark.parametrize(
    ("status", "category"), [(402, ErrorCategory.QUOTA), (429, ErrorCategory.RATE_LIMIT), (400, ErrorCategory.UNKNOWN)]
)
@pytest.mark.parametrize("kind", ["error", "anonymous"])
async def test_a_passing_refusal_costs_one_sentence(kind: Any, status: int, category: ErrorCategory) -> None:
    async with CartesiaServer(fault=Fault(kind, status=status)) as server, line_to(server) as line:
        await line.say("This one is lost.")
        error = await line.error("It went wrong")
        assert error.category is category
        await line.say("This one is spoken.")
        await line.until(lambda: words(line).endswith("spoken."))
        assert words(line) == "This one is spoken."
        assert len(line.of(ErrorFrame)) == 1


@pytest.mark.parametrize("after", [0, 3])
async def test_a_vendor_that_falls_silent_is_told_and_the_next_sentence_is_spoken(after: int) -> None:
    async with CartesiaServer(fault=Fault("stall", after)) as server, line_to(server) as line:
        await line.say(LONG)
        error = await line.error("no audio for", 3)
        assert error.category is ErrorCategory.CONNECTIVITY
        assert sound_ms(line) == after * 50
        await line.say("Still here.")
        await line.until(lambda: words(line).endswith("here."))
        assert "twelve" not in words(line)
        assert len(line.of(ErrorFrame)) == 1
        assert len(server.handshakes) == 2


@pytest.mark.parametrize("after", [0, 3])
@pytest.mark.parametrize("kind", ["drop", "close"])
async def test_a_connection_lost_in_mid_sentence_is_told_and_replaced(kind: Any, after: int) -> None:
    async with CartesiaServer(fault=Fault(kind, after)) as server, line_to(server) as line:
        await line.say(LONG)
        error = await line.error("lost in the middle of speech", 2)
        assert error.category is ErrorCategory.CONNECTIVITY
        await line.say("Still here.")
        await line.until(lambda: words(line).endswith("here."))
        assert "twelve" not in words(line)
        assert len(line.of(ErrorFrame)) == 1


@pytest.mark.parametrize("kind", ["stall", "drop", "error", "anonymous"])
async def test_an_error_comes_behind_the_sound_of_its_sentence_and_before_its_end(kind: Any) -> None:
    async with CartesiaServer(fault=Fault(kind, 3)) as server, line_to(server) as line:
        await line.say(LONG)
        await line.until(lambda: len(line.of(TTSAudioRawFrame)) == 3)
        await line.say("Still here.")
        await line.until(lambda: words(line).endswith("here."))
        shown = [frame for frame in line.frames if isinstance(frame, (TTSAudioRawFrame, ErrorFrame))]
        assert [type(frame) for frame in shown[:5]] == [*[TTSAudioRawFrame] * 3, ErrorFrame, TTSAudioRawFrame]


async def test_a_sentence_does_not_wait_for_the_next_try_to_reconnect() -> None:
    async with CartesiaServer() as server, line_to(server) as line:
        await line.say("First.")
        await line.first(TTSStoppedFrame)
        await server.__aexit__(None, None, None)
        await line.until(lambda: len(line.of(ErrorFrame)) >= 3)  # the next try is seconds away
        async with CartesiaServer(port=server.port) as again:
            await line.say("Second.")
            await line.until(lambda: words(line).endswith("Second."))
            assert len(again.handshakes) == 1


async def test_the_user_is_told_what_to_do_about_a_wrong_key() -> None:
    async with CartesiaServer() as server, line_to(server, "wrong-key-1234") as line:
        told = (await line.first(ErrorFrame)).exception
        assert isinstance(told, VoiceFailed)
        assert told.message == "Cartesia refuses the key CARTESIA_API_KEY."
        assert "aidevops secret set CARTESIA_API_KEY" in told.cure


async def test_a_voice_that_was_given_up_speaks_once_it_is_tried_again() -> None:
    async with CartesiaServer() as server, line_to(server) as line:
        await line.say("First.")
        await line.first(TTSStoppedFrame)
        server.key = "another-key"
        await server.hang_up()
        await line.until(lambda: not line.service.is_usable)
        server.key = KEY
        await line.service.set_usable(True)
        await line.say("Here again.")
        await line.until(lambda: words(line) == "First. Here again.")


async def test_a_sentence_without_any_sound_is_told_and_not_claimed_as_said() -> None:
    async with CartesiaServer(fault=Fault("mute")) as server, line_to(server) as line:
        await line.say("Nobody hears this.")
        await line.error("no audio", 2)
        await line.first(TTSStoppedFrame)
        assert not line.of(TTSTextFrame)
        assert line.service.is_usable


async def test_a_voice_that_stays_mute_becomes_unusable() -> None:
    async with CartesiaServer(fault=Fault("mute", times=9)) as server, line_to(server) as line:
        for _ in range(3):
            await line.say("Nobody hears this.")
        await line.until(lambda: not line.service.is_usable)


async def test_a_connection_closed_while_idle_is_replaced() -> None:
    async with CartesiaServer() as server, line_to(server) as line:
        await line.say("First.")
        await line.first(TTSStoppedFrame)
        await server.hang_up()
        await server.until(lambda: len(server.handshakes) == 2)
        await line.say("Second.")
        await line.until(lambda: len(line.of(TTSStoppedFrame)) == 2)
        assert words(line) == "First. Second."
        assert not line.of(ErrorFrame)


async def test_a_server_that_is_down_is_told_and_tried_again_for_the_next_sentence() -> None:
    async with CartesiaServer() as server:
        port = server.port
    async with line_to(server) as line:
        error = await line.first(ErrorFrame)
        assert error.category is ErrorCategory.CONNECTIVITY
        await line.say("Lost.")
        await line.until(lambda: len(line.of(ErrorFrame)) > 1)
        async with CartesiaServer(port=port):
            await line.say("Heard.")
            await line.until(lambda: words(line).endswith("Heard."))
        assert words(line) == "Heard."


async def test_a_server_that_closes_each_connection_at_once_is_not_stormed() -> None:
    async with CartesiaServer(fault=Fault("shut", times=99)) as server, line_to(server) as line:
        await line.until(lambda: len(line.of(ErrorFrame)) == 2)
        assert len(server.handshakes) <= 4, "bare Pipecat opens hundreds, and tells of none"


def test_a_missing_key_names_its_cure() -> None:
    with pytest.raises(MissingSecret) as caught:
        ADAPTER.build(CartesiaOptions(), workplace(""))
    assert "aidevops secret set CARTESIA_API_KEY" in caught.value.cure
    assert not ADAPTER.probe(CartesiaOptions(), workplace("")).ready


def test_offline_forbids_the_vendor() -> None:
    with pytest.raises(SetupError):
        ADAPTER.build(CartesiaOptions(), workplace(offline=True))


@pytest.mark.parametrize("bad", [{"speed": 2.0}, {"url": "ws://api.cartesia.ai/x"}, {"voice_id": "x"}])
def test_a_bad_option_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CartesiaOptions(**bad)


async def test_the_server_runs_as_a_program(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    command = [str(Path(__file__).with_name("cartesia_server.py")), "--journal", str(journal)]
    program = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    request = {
        "model_id": "sonic-3.6",
        "voice": {"mode": "id", "id": READING_LADY},
        "output_format": {"container": "raw", "encoding": "pcm_s16le", "sample_rate": 8000},
        "context_id": "a",
        "transcript": "Hello there.",
    }
    try:
        assert program.stdout
        url = json.loads(await program.stdout.readline())["url"]
        async with connect(url, additional_headers={"X-API-Key": KEY, "Cartesia-Version": "2026-03-01"}) as socket:
            await socket.send(json.dumps(request))
            kinds = [json.loads(await socket.recv())["type"] for _ in range(14)]
        assert kinds == [*["timestamps", *["chunk"] * 5] * 2, "flush_done", "done"]
    finally:
        program.terminate()
        await program.wait()
    assert json.loads(journal.read_text().splitlines()[1])["request"] == request
