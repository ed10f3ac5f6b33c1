"""The adapter against a server that loses, repeats, breaks and floods."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from wire.fake_opencode import SESSION, FakeOpenCode, answer, head, part, stored, user
from wire.opencode_parts import Watched, watched, workplace

from aidevops_voice.errors import AgentFailed, AgentLost, AgentUnreachable, AgentUnsafe, AgentUnsupported, VoiceError
from aidevops_voice.ports import (
    AgentChanged,
    AgentNotice,
    Ask,
    AskClosed,
    Reply as Answer,
    Resynced,
    Text,
    TextEnded,
    ToolProgress,
    Turn,
    TurnEnded,
    TurnStarted,
)
from aidevops_voice_adapters.agent._opencode_json import CUT
from aidevops_voice_adapters.agent.opencode import OpenCodeOptions

WORDS = ("The ", "naïve ", "café ", "is ", "“open” ", "✓.")
WHOLE = "".join(WORDS)


@pytest.fixture
async def fake() -> AsyncGenerator[FakeOpenCode, None]:
    async with FakeOpenCode() as fake:
        yield fake


@pytest.fixture
async def watch(fake: FakeOpenCode, tmp_path: Path) -> AsyncGenerator[Watched, None]:
    async with watched(OpenCodeOptions(url=fake.url), workplace(tmp_path)) as watch:
        await watch.agent.open(None)
        yield watch


def told(watch: Watched) -> tuple[list[tuple[str, ...]], str, list[str]]:
    """Ends of turns, streamed text, whole parts."""
    ends = [event.turns for event in watch.all(TurnEnded)]
    return ends, watch.said(), [event.text for event in watch.all(TextEnded)]


@pytest.mark.parametrize("seed", range(12))
async def test_a_stream_cut_anywhere_loses_and_repeats_nothing(watch: Watched, fake: FakeOpenCode, seed: int) -> None:
    frames = answer(fake, "msg_t", WORDS)
    data = b"".join(frames)
    cut = random.Random(seed).randrange(1, len(data))
    turn = await watch.prompt(SESSION, "t")
    passed = sum(data[:cut].count(frame) for frame in frames)
    fake.status = {SESSION: {"type": "busy"}}
    fake.messages = stored(turn, WHOLE, done=False) if passed >= 4 else [user(turn, "asked")]
    fake.raw(data[:cut])
    fake.cut()
    await fake.streamed(2)
    await watch.until(Resynced)
    fake.status, fake.messages = {}, stored(turn, WHOLE)
    fake.raw(b"".join(frames[passed:]))
    await watch.ended(turn)
    assert told(watch) == ([(turn,)], WHOLE, [WHOLE])
    assert watch.all(TurnStarted) == [TurnStarted(SESSION, turn, "do it", True)]
    assert [event.state for event in watch.all(AgentChanged)] == ["starting", "ready"]


async def test_a_turn_that_ended_in_the_gap_is_told_before_resynced(watch: Watched, fake: FakeOpenCode) -> None:
    frames = answer(fake, "msg_t", WORDS)
    turn = await watch.prompt(SESSION, "t")
    fake.raw(b"".join(frames[:7]))
    await watch.until(Text)
    fake.messages = stored(turn, WHOLE)
    fake.cut()
    await watch.until(Resynced)
    assert told(watch) == ([(turn,)], WHOLE, [WHOLE])
    assert watch.events[-1] == Resynced(SESSION, False)


async def test_repeated_frames_are_told_once(watch: Watched, fake: FakeOpenCode) -> None:
    turn = await watch.prompt(SESSION, "t")
    for frame in answer(fake, turn, WORDS):
        fake.raw(frame * 3)
    await watch.ended(turn)
    fake.raw(b"".join(answer(fake, "msg_u", ["Next."])))
    await watch.ended("msg_u")
    assert told(watch) == ([(turn,), ("msg_u",)], WHOLE + "Next.", [WHOLE, "Next."])


async def test_broken_frames_cost_a_look_at_the_truth(watch: Watched, fake: FakeOpenCode) -> None:
    frames = answer(fake, "msg_t", WORDS)
    turn = await watch.prompt(SESSION, "t")
    fake.messages = stored(turn, WHOLE)
    fake.raw(b"".join(frames[:5]))
    fake.raw(b'data: {"type": "message.part.delta", "properties": {]}\n\n')
    fake.raw(b'data: {"type": "message.part.updated", "properties": {"part": 7}}\n\n')
    fake.raw(b"data: nonsense\n\n" + b'data: {"open": "\n\n')
    await watch.ended(turn)
    assert told(watch) == ([(turn,)], WHOLE, [WHOLE])


async def test_wrong_utf8_is_replaced(watch: Watched, fake: FakeOpenCode) -> None:
    turn = await watch.prompt(SESSION, "t")
    frames = [frame.replace("café".encode(), b"caf\xff\xfe") for frame in answer(fake, turn, WORDS)]
    fake.raw(b"".join(frames))
    await watch.ended(turn)
    assert watch.said() == WHOLE.replace("café", "caf\ufffd\ufffd")


class LoopStall:
    """The longest time for which nothing else could run on this loop, seconds."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def watch(self) -> None:
        """Until cancelled."""
        clock = asyncio.get_running_loop().time
        while True:
            before = clock()
            await asyncio.sleep(0)
            self.longest = max(self.longest, clock() - before)


@pytest.mark.parametrize("unit", ["a", '\\ "\n', "é", "\U0001f600\x01"], ids=["plain", "escapes", "accents", "emoji"])
async def test_a_frame_of_ten_megabytes_is_squeezed(watch: Watched, fake: FakeOpenCode, unit: str) -> None:
    turn = await watch.prompt(SESSION, "t")
    frames = answer(fake, turn, ["Done."])
    huge = "BEGIN" + unit * (10_000_000 // len(json.dumps(unit))) + "END"
    state = {"status": "running", "input": {"command": "flood"}, "metadata": {"output": huge}, "time": {"start": 1}}
    tool = {"id": "prt_tool", "messageID": f"msg_a_{turn}", "sessionID": SESSION, "type": "tool", "tool": "bash"}
    flood = fake.frame("message.part.updated", part={**tool, "callID": "call_1", "state": state})
    fake.raw(b"".join(frames[:5]))
    await asyncio.sleep(0)
    stall = LoopStall()
    watching = asyncio.create_task(stall.watch())
    for at in range(0, len(flood), 65536):
        fake.raw(flood[at : at + 65536])
    progress = await watch.until(ToolProgress)
    watching.cancel()
    print(f"longest stall {stall.longest * 1000:.1f} ms")
    assert progress.output.endswith("END")
    assert len(progress.output) == 4096
    fake.raw(b"".join(frames[5:]))
    await watch.ended(turn)
    assert watch.said() == "Done."


async def test_a_huge_answer_keeps_head_and_tail(watch: Watched, fake: FakeOpenCode) -> None:
    turn = await watch.prompt(SESSION, "t")
    fake.raw(b"".join(answer(fake, turn, ["BEGIN " + "x" * 3_000_000, " END"])))
    await watch.ended(turn)
    text = watch.all(TextEnded)[0].text
    assert text.startswith("BEGIN")
    assert text.endswith(" END")
    assert CUT in text
    assert len(text) < 70_000


def permission(name: str) -> dict[str, object]:
    """A request as listed and as an event."""
    metadata = {"command": "make"}
    return {"id": name, "sessionID": SESSION, "permission": "bash", "patterns": ["make"], "metadata": metadata}


async def test_a_request_made_in_the_gap_is_told_once_and_a_missing_one_falls(
    watch: Watched, fake: FakeOpenCode
) -> None:
    frames = answer(fake, "msg_t", WORDS)
    turn = await watch.prompt(SESSION, "t")
    fake.raw(b"".join(frames[:4]))
    fake.send("permission.asked", **permission("per_1"))
    first = await watch.until(Ask)
    assert (first.turn, first.command) == (turn, "make")
    fake.status, fake.permissions = {SESSION: {"type": "busy"}}, [permission("per_2")]
    fake.messages = stored(turn, WHOLE, done=False)
    fake.cut()
    await watch.until(Resynced)
    assert watch.all(AskClosed) == [AskClosed("per_1", SESSION, "dropped")]
    assert [ask.id for ask in watch.all(Ask)] == ["per_1", "per_2"]
    fake.send("permission.asked", **permission("per_2"))
    await watch.agent.answer("per_2", Answer("allow"))
    assert fake.replies == [("per_2", {"reply": "once"})]
    fake.send("permission.replied", sessionID=SESSION, requestID="per_2", reply="once")
    fake.raw(b"".join(frames[4:]))
    await watch.ended(turn)
    assert len(watch.all(AskClosed)) == 2
    assert len(watch.all(Ask)) == 2


async def test_a_failing_list_is_said_and_closes_nothing(watch: Watched, fake: FakeOpenCode) -> None:
    frames = answer(fake, "msg_t", WORDS)
    turn = await watch.prompt(SESSION, "t")
    fake.raw(b"".join(frames[:4]))
    fake.send("permission.asked", **permission("per_1"))
    await watch.until(Ask)
    fake.status, fake.permissions = {SESSION: {"type": "busy"}}, None
    fake.messages = stored(turn, WHOLE, done=False)
    fake.cut()
    await watch.until(Resynced)
    assert len(watch.all(AgentNotice)) == 1
    assert not watch.all(AskClosed)
    await watch.agent.answer("per_1", Answer("deny", "no"))
    assert fake.replies == [("per_1", {"reply": "reject", "message": "no"})]


async def test_a_lost_response_does_not_double_the_prompt(watch: Watched, fake: FakeOpenCode) -> None:
    fake.lose_responses = 1
    turn = await watch.prompt(SESSION, "t")
    await watch.prompt(SESSION, "t")
    assert [each["messageID"] for each in fake.prompts] == [turn]


async def test_an_answer_that_cannot_be_read_is_the_agents_failure(watch: Watched, fake: FakeOpenCode) -> None:
    fake.odd[f"/session/{SESSION}/prompt_async"] = b"{not json", {}
    fake.odd["/session"] = b"not gzip", {"content-encoding": "gzip"}
    with pytest.raises(AgentFailed, match="cannot be read"):
        await watch.prompt(SESSION, "t")
    with pytest.raises(AgentUnreachable, match="DecodingError"):
        await watch.agent.sessions()


SHORT_LIVED = """
import http.server, os, threading
class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        if "/global/health" in self.path:
            self.wfile.write(b'{"healthy":true,"version":"1.18.33"}')
        elif "/event" in self.path:
            self.wfile.write(b'data: {"id":"evt_1","type":"server.connected","properties":{}}\\n\\n')
            threading.Event().wait()
        elif "/config/providers" in self.path:  # asked for once it is ready
            os._exit(1)
        else:
            self.wfile.write(b"{}" if "/status" in self.path else b"[]")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
"""


async def test_an_own_server_that_dies_soon_after_each_start_is_given_up(tmp_path: Path) -> None:
    program = tmp_path / "opencode"
    program.write_text(f"#!{sys.executable}{SHORT_LIVED}")
    program.chmod(0o755)
    async with watched(OpenCodeOptions(binary=str(program)), workplace(tmp_path)) as watch:
        failed = await watch.until(AgentChanged, lambda event: event.state == "failed")
        assert isinstance(failed.error, AgentFailed)
        assert "again and again" in failed.error.message
        assert [event.state for event in watch.all(AgentChanged)].count("ready") == 3
        with pytest.raises(AgentFailed):
            await watch.agent.open(None)


async def test_a_program_that_cannot_be_executed_is_unreachable_with_the_cure(tmp_path: Path) -> None:
    program = tmp_path / "opencode"
    program.write_text("#!/no/such/interpreter\n")
    program.chmod(0o755)
    async with watched(OpenCodeOptions(binary=str(program)), workplace(tmp_path)) as watch:
        with pytest.raises(AgentUnreachable, match="cannot be run") as caught:
            await watch.agent.open(None)
        assert "npm install" in caught.value.cure


async def test_a_server_that_goes_is_lost_and_one_that_comes_back_is_found(tmp_path: Path) -> None:
    async with FakeOpenCode() as fake, watched(OpenCodeOptions(url=fake.url), workplace(tmp_path)) as watch:
        await watch.agent.open(None)
        turn = await watch.prompt(SESSION, "t")
        fake.raw(b"".join(answer(fake, turn, WORDS)[:7]))
        await watch.until(Text)
        port = fake.port
        await fake.stop()
        end = await watch.ended(turn)
        assert (end.outcome, type(end.error)) == ("failed", AgentLost)
        await watch.until(AgentChanged, lambda event: event.state == "lost")
        with pytest.raises(AgentUnreachable):
            await watch.agent.open(None)
        mark = len(watch.events)
        await fake.start(port)
        await watch.ready(mark)
        await watch.until(Resynced, after=mark)
        assert len(watch.all(TurnEnded)) == 1


REFUSED = [
    ((200, "text/html", b"<!doctype html><title>OpenCode</title>"), AgentUnsupported),
    ((200, "application/json", b'{"healthy":true,"version":"2.0.1"}'), AgentUnsupported),
    ((200, "application/json", b'{"healthy":true,"version":"1.17.9"}'), AgentUnsupported),
    ((200, "application/json", b'["something else"]'), AgentUnsupported),
    ((404, "text/plain", b"not here"), AgentUnsupported),
    ((200, "application/json", b"\xff{"), AgentUnsupported),
]


@pytest.mark.parametrize(("health", "kind"), REFUSED)
async def test_an_unknown_server_is_refused(
    fake: FakeOpenCode, tmp_path: Path, health: tuple[int, str, bytes], kind: type[VoiceError]
) -> None:
    fake.health = health
    async with watched(OpenCodeOptions(url=fake.url), workplace(tmp_path)) as watch:
        with pytest.raises(kind) as caught:
            await watch.agent.open(None)
        assert caught.value.cure
        failed = await watch.until(AgentChanged, lambda event: event.state == "failed")
        assert failed.error is caught.value
    assert not fake.streams


async def test_nobody_there_is_unreachable(tmp_path: Path) -> None:
    async with watched(OpenCodeOptions(url="http://127.0.0.1:9"), workplace(tmp_path)) as watch:
        with pytest.raises(AgentUnreachable):
            await watch.agent.open(None)


@pytest.mark.parametrize("url", ["http://192.0.2.7:4096", "https://192.0.2.7:4096", "http://opencode.example"])
async def test_another_machine_needs_tls_and_a_password(tmp_path: Path, url: str) -> None:
    async with watched(OpenCodeOptions(url=url), workplace(tmp_path)) as watch:
        with pytest.raises(AgentUnsafe):
            await watch.agent.open(None)


async def test_a_foreign_server_gets_asking_rules_for_our_sessions(watch: Watched, fake: FakeOpenCode) -> None:
    asked = {(rule["permission"], rule["pattern"]): rule["action"] for rule in fake.created[0]["permission"]}
    assert asked["*", "*"] == asked["task", "*"] == "ask"
    assert asked["grep", "*"] == "allow"
    assert next(iter(asked)) == ("*", "*")


async def test_an_idle_of_the_turn_before_does_not_end_the_new_one(watch: Watched, fake: FakeOpenCode) -> None:
    first = await watch.prompt(SESSION, "one")
    fake.raw(b"".join(answer(fake, first, ["One."])))
    await watch.ended(first)
    second = await watch.prompt(SESSION, "two")
    frames = answer(fake, second, ["Two."])
    fake.status = {SESSION: {"type": "busy"}}
    fake.raw(b"".join(frames[:2]))
    fake.send("session.idle", sessionID=SESSION)
    fake.raw(b"".join(frames[2:5]))
    fake.send("session.idle", sessionID=SESSION)
    fake.raw(b"".join(frames[5:]))
    await watch.ended(second)
    assert told(watch) == ([(first,), (second,)], "One.Two.", ["One.", "Two."])


async def test_two_sessions_of_nobody_are_not_told(watch: Watched, fake: FakeOpenCode) -> None:
    mark = len(watch.events)
    fake.send("session.status", sessionID="ses_other", status={"type": "busy"})
    fake.send("message.updated", info={**head("msg_x", "user"), "sessionID": "ses_other"})
    fake.send("message.part.updated", part={**part("prt_x", "msg_x", "psst"), "sessionID": "ses_other"})
    fake.send("something.new", anything=[1, 2])
    turn = Turn("msg_t", SESSION, "hi")
    await watch.agent.submit(turn)
    fake.raw(b"".join(answer(fake, turn.id, ["Hi."])))
    await watch.ended(turn.id)
    assert isinstance(watch.events[mark], TurnStarted)
