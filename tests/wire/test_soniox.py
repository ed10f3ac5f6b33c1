"""The Soniox adapter in a real pipeline against a loopback server that speaks the vendor's protocol."""

from __future__ import annotations

import asyncio
import json
import sys
import wave
from pathlib import Path
from typing import Any

import pytest
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import ErrorFrame, InterimTranscriptionFrame, TranscriptionFrame
from pipecat.processors.audio.vad_processor import VADProcessor
from pipecat.utils.errors import ErrorCategory
from pydantic import ValidationError
from websockets.asyncio.client import connect
from wire.soniox_server import Fault, SonioxServer, coded
from wire.speech_line import SpeechLine, contacted

from aidevops_voice.adapter import Workplace
from aidevops_voice.errors import MissingSecret, RecogniserFailed, SetupError
from aidevops_voice_adapters.stt import soniox
from aidevops_voice_adapters.stt.soniox import ADAPTER, SonioxEar, SonioxOptions

KEY = "soniox-key"
SPEECH = Path(__file__).parents[1] / "audio" / "please-run-all-the-tests.wav"
SECOND = 16000 * 2
WORDS = ["rename", "the", "session", "store", "and", "run", "every", "test"]
SENTENCE = " ".join(WORDS)


def workplace(key: str = KEY, **more: Any) -> Workplace:
    return Workplace(Path("/nowhere"), Path("/nowhere"), secrets={"SONIOX_API_KEY": key} if key else {}, **more)


def ear(server: SonioxServer, key: str = KEY, phrases: tuple[str, ...] = (), **options: Any) -> SonioxEar:
    engine = ADAPTER.build(SonioxOptions(url=server.url, **options), workplace(key, phrases=phrases))
    service: SonioxEar = engine.service()
    return service


def heard(line: SpeechLine) -> str:
    return " ".join(frame.text.strip() for frame in line.of(TranscriptionFrame))


async def test_an_utterance_is_heard_interim_then_final_when_the_user_stops(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    contacted.clear()
    async with SonioxServer([SENTENCE]) as server, SpeechLine(ear(server)) as line:
        await line.speak(coded(range(3)), end=False)
        interim = await line.first(InterimTranscriptionFrame)
        assert not line.of(TranscriptionFrame)
        await line.speak(b"", begin=False)
        final = await line.first(TranscriptionFrame)
        assert interim.text == final.text == SENTENCE
        assert final.finalized
        assert server.calls[0].controls == ["finalize"]
        assert bytes(server.calls[0].audio) == coded(range(3))
        assert not line.of(ErrorFrame)
    assert {address[0] for address in contacted} == {"127.0.0.1"}
    assert server.calls[0].key == KEY
    assert KEY not in "".join(record.getMessage() for record in caplog.records if "server" not in record.name)


async def test_real_speech_through_a_real_vad_is_one_utterance() -> None:
    with wave.open(str(SPEECH)) as file:
        speech = bytes(SECOND) + file.readframes(file.getnframes()) + bytes(SECOND)
    vad = VADProcessor(vad_analyzer=SileroVADAnalyzer())
    async with SonioxServer(["please run all the tests"]) as server, SpeechLine(ear(server), vad) as line:
        await line.hear(speech)
        final = await line.first(TranscriptionFrame)
        assert final.text == "please run all the tests"
        assert server.calls[0].controls == ["finalize"]
        kinds = [type(frame) for frame in line.frames]
        assert kinds.index(InterimTranscriptionFrame) < kinds.index(TranscriptionFrame)


async def test_two_utterances_use_one_connection() -> None:
    async with SonioxServer(["run the tests", "thank you"]) as server, SpeechLine(ear(server)) as line:
        await line.speak(coded([0]))
        await line.first(TranscriptionFrame)
        await line.speak(coded([1]))
        await line.until(lambda: len(line.of(TranscriptionFrame)) == 2)
        assert [frame.text for frame in line.of(TranscriptionFrame)] == ["run the tests", "thank you"]
        assert len(server.calls) == 1


async def test_noise_without_words_makes_no_transcript() -> None:
    async with SonioxServer(["run the tests"]) as server, SpeechLine(ear(server)) as line:
        await line.speak(coded([0])[:3200])
        await line.speak(coded([0]))
        await line.first(TranscriptionFrame)
        assert server.calls[0].controls == ["finalize", "finalize"]
        assert heard(line) == "run the tests"


async def test_the_configuration_says_what_the_options_say() -> None:
    phrases = ("stop the agent", "run the tests")
    options: dict[str, Any] = {"language_hints": ("en-GB", "de"), "only_hinted_languages": True, "model": "stt-rt-v4"}
    async with SonioxServer() as server, SpeechLine(ear(server, phrases=phrases, **options)):
        await server.until(lambda: bool(server.calls[0].config))
    config = server.calls[0].config
    assert server.calls[0].key == KEY
    assert "api_key" not in config
    assert (config["model"], config["audio_format"], config["sample_rate"]) == ("stt-rt-v4", "pcm_s16le", 16000)
    assert config["enable_endpoint_detection"] is False
    assert sorted(config["language_hints"]) == ["de", "en"]
    assert config["language_hints_strict"] is True
    assert config["context"] is None


async def test_phrases_are_shared_only_when_asked_to() -> None:
    phrases = ("stop the agent", "run the tests")
    async with SonioxServer() as server, SpeechLine(ear(server, phrases=phrases, share_phrases=True)):
        await server.until(lambda: bool(server.calls[0].config))
    assert server.calls[0].config["context"]["terms"] == list(phrases)


@pytest.mark.parametrize("refusal", ["handshake", "message", "bare"])
async def test_a_wrong_key_is_told_once_as_an_authentication_error(refusal: Any) -> None:
    async with SonioxServer(wrong_key=refusal) as server, SpeechLine(ear(server, "wrong-key-1234")) as line:
        error = await line.first(ErrorFrame)
        assert error.category is ErrorCategory.AUTHENTICATION
        assert "wrong-key-1234" not in error.error
        await line.until(lambda: not line.service.is_usable)
        await line.speak(coded([0]))
        await line.settled()
        assert len(server.calls) == (0 if refusal == "handshake" else 1)
        assert len(line.of(ErrorFrame)) == 1


async def test_the_user_is_told_what_to_do_about_a_wrong_key() -> None:
    async with SonioxServer() as server, SpeechLine(ear(server, "wrong-key-1234")) as line:
        told = (await line.first(ErrorFrame)).exception
        assert isinstance(told, RecogniserFailed)
        assert told.message == "Soniox refuses the key SONIOX_API_KEY."
        assert "aidevops secret set SONIOX_API_KEY" in told.cure


@pytest.mark.parametrize("refusal", ["handshake", "message"])
async def test_a_service_that_was_given_up_hears_all_of_what_is_said_once_it_is_tried_again(refusal: Any) -> None:
    server = SonioxServer(levels=WORDS, wrong_key=refusal, key="another-key")
    async with server, SpeechLine(ear(server)) as line:
        await line.until(lambda: not line.service.is_usable)
        server.key = KEY
        await line.hear(coded([0]))
        await line.until(lambda: len(line.service._unheard) == len(coded([0])))  # type: ignore[attr-defined]
        await line.service.set_usable(True)
        await line.speak(coded([1, 2, 3]))
        await line.until(lambda: heard(line).endswith("store"))
        assert heard(line) == "rename the session store"


async def test_a_wrong_model_is_told() -> None:
    async with SonioxServer() as server, SpeechLine(ear(server, model="stt-rt-v99")) as line:
        error = await line.first(ErrorFrame)
        assert error.category is ErrorCategory.INVALID_REQUEST
        assert "Invalid model" in error.error


@pytest.mark.parametrize("after_ms", [200, 1500, 2500])
@pytest.mark.parametrize("kind", ["drop", "busy"])
async def test_no_word_is_lost_when_the_connection_is(kind: Any, after_ms: int) -> None:
    fault = Fault(kind, after_ms)
    async with SonioxServer(levels=WORDS, fault=fault) as server, SpeechLine(ear(server)) as line:
        await line.speak(coded(range(8)))
        await line.until(lambda: heard(line).endswith(WORDS[-1]))
        assert heard(line) == SENTENCE
        assert len(server.calls) == 2


async def test_words_spoken_while_there_is_no_connection_are_heard_later() -> None:
    async with SonioxServer(levels=WORDS, fault=Fault("drop", 800)) as server, SpeechLine(ear(server)) as line:
        await line.speak(coded([0, 1]), end=False)
        await server.until(lambda: len(server.calls) == 2)
        await line.speak(coded([2, 3]), begin=False)
        await line.until(lambda: heard(line).endswith("store"))
        assert heard(line) == "rename the session store"


async def test_a_vendor_that_hangs_is_told_and_the_words_are_recovered() -> None:
    async with SonioxServer(levels=WORDS, fault=Fault("hang", 1000)) as server, SpeechLine(ear(server)) as line:
        await line.speak(coded(range(8)))
        error = await line.error("has not answered")
        assert error.category is ErrorCategory.CONNECTIVITY
        await line.until(lambda: heard(line).endswith(WORDS[-1]))
        assert heard(line) == SENTENCE
        assert line.service.is_usable


async def test_a_vendor_that_hangs_for_good_makes_the_service_unusable() -> None:
    async with SonioxServer(levels=WORDS, fault=Fault("hang", 0, 99)) as server, SpeechLine(ear(server)) as line:
        await line.speak(coded(range(2)))
        await line.until(lambda: not line.service.is_usable, 20)
        assert len(line.of(ErrorFrame)) >= 2
        assert len(server.calls) <= 4


async def test_a_server_that_is_down_at_first_is_reached_later() -> None:
    async with SonioxServer() as server:
        port = server.port
    service = ear(server)
    async with SpeechLine(service) as line:
        error = await line.first(ErrorFrame)
        assert error.category is ErrorCategory.CONNECTIVITY
        await line.speak(coded([0, 1]))
        async with SonioxServer(levels=WORDS, port=port):
            await line.until(lambda: heard(line) == "rename the")


async def test_what_is_kept_for_a_new_connection_is_bounded() -> None:
    async with SonioxServer() as server, SpeechLine(ear(server)) as line:
        await line.speak(bytes(SECOND * (soniox.KEPT_S + 5)), end=False)
        await server.until(lambda: len(server.calls[0].audio) == SECOND * (soniox.KEPT_S + 5))
        assert len(line.service._unheard) == SECOND * soniox.KEPT_S  # type: ignore[attr-defined]


def test_a_missing_key_names_its_cure() -> None:
    with pytest.raises(MissingSecret) as caught:
        ADAPTER.build(SonioxOptions(), workplace(""))
    assert "aidevops secret set SONIOX_API_KEY" in caught.value.cure
    assert not ADAPTER.probe(SonioxOptions(), workplace("")).ready


def test_offline_forbids_the_vendor_but_not_loopback() -> None:
    with pytest.raises(SetupError):
        ADAPTER.build(SonioxOptions(), workplace(offline=True))
    assert not ADAPTER.probe(SonioxOptions(), workplace(offline=True)).ready
    assert ADAPTER.probe(SonioxOptions(url="ws://127.0.0.1:9/x"), workplace(offline=True)).ready


@pytest.mark.parametrize("url", ["ws://stt-rt.soniox.com/x", "http://127.0.0.1/x", "ws://127.0.0.1.evil.example/x"])
def test_an_address_on_which_the_key_would_be_readable_is_refused(url: str) -> None:
    with pytest.raises(ValidationError, match="wss"):
        SonioxOptions(url=url)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(ValidationError, match="voice"):
        SonioxOptions(voice="x")  # type: ignore[call-arg]


async def test_the_server_runs_as_a_program(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    command = [str(Path(__file__).with_name("soniox_server.py")), "--say", "hello there", "--journal", str(journal)]
    program = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    try:
        assert program.stdout
        url = json.loads(await program.stdout.readline())["url"]
        async with connect(url, additional_headers={"Authorization": f"Bearer {KEY}"}) as socket:
            start = {"model": "stt-rt-v5", "audio_format": "pcm_s16le", "sample_rate": 16000, "num_channels": 1}
            await socket.send(json.dumps(start))
            await socket.send(coded([0]))
            await socket.send("")
            answers = [json.loads(message) async for message in socket]
        assert "".join(token["text"] for token in answers[-2]["tokens"]) == "hello there"
        assert answers[-1]["finished"]
    finally:
        program.terminate()
        await program.wait()
    assert [json.loads(line)["what"] for line in journal.read_text().splitlines()][:3] == ["connected", "config", "end"]
