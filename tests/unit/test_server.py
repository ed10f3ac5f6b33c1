"""What the routes do for who may call them, and how the event stream resumes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from hypothesis import given, settings, strategies as st
from loguru import logger
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from unit.surface import Served, served

from aidevops_voice.errors import BadRequest, SpeechError, VoiceFailed
from aidevops_voice.feed import Feed
from aidevops_voice.ports import Reply
from aidevops_voice.server.bodies import Candidates, Offer
from aidevops_voice.server.offers import Offers
from aidevops_voice.server.stream import server_sent

logger.disable("pipecat")


async def post(site: Served, path: str, body: Any) -> httpx.Response:
    """As the command line does."""
    return await site.client.post(path, headers=site.bearer, json=body)


async def test_ask_waits_and_tell_does_not(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        answer = await post(site, "/api/ask", {"text": "  run the tests "})
        assert answer.json() == {"spoken": ["run the tests"], "text": "run the tests", "outcome": "done", "pending": []}
        assert (await post(site, "/api/ask", {"text": "later", "wait": False})).status_code == 202
        assert site.talk.calls == [("ask", "run the tests"), ("tell", "later")]


async def test_answers_reach_the_request(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        body = {"id": "open", "reply": "deny", "message": "no", "answers": [["a", "b"]]}
        assert (await post(site, "/api/answer", body)).status_code == 204
        assert site.talk.calls == [("answer", "open", Reply("deny", "no", (("a", "b"),)))]
        assert (await post(site, "/api/answer", {"id": "none", "reply": "allow"})).status_code == 404
        assert (await post(site, "/api/answer", {"id": "closed", "reply": "allow"})).status_code == 409


async def test_the_page_goes_to_another_session(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        assert (await post(site, "/api/focus", {"session": "ses_1"})).status_code == 204
        nobody = await post(site, "/api/focus", {"session": "ses_2"})
        assert (nobody.status_code, nobody.json()["code"]) == (404, "agent.session")
        assert site.talk.calls == [("visit", "ses_1")]


async def test_stop_is_for_the_agent(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        assert (await site.client.post("/api/stop", headers=site.bearer)).status_code == 204
        assert (await post(site, "/api/stop", {"session": "ses_1"})).status_code == 204
        assert site.talk.calls == [("stop", None), ("stop", "ses_1")]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {}),
        ("/api/ask", {"text": "   "}),
        ("/api/ask", {"text": "x", "secret": "hunter2"}),
        ("/api/answer", {"id": "open", "reply": "yes"}),
        ("/api/answer", {"id": "open", "reply": "allow", "answers": "hunter2"}),
        ("/api/login", {"ticket": 1}),
        ("/api/ask", ["hunter2"]),
    ],
)
async def test_bad_bodies_are_told_without_repeating_them(tmp_path: Path, path: str, body: Any) -> None:
    async with served(tmp_path) as site:
        answer = await post(site, path, body)
        assert answer.status_code == 400
        assert answer.json()["code"] == "request.invalid"
        assert "hunter2" not in answer.text
        assert site.talk.calls == []


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"text": NaN}'])
async def test_what_is_not_json_is_told(tmp_path: Path, body: bytes) -> None:
    async with served(tmp_path) as site:
        headers = {**site.bearer, "Content-Type": "application/json"}
        assert (await site.client.post("/api/ask", headers=headers, content=body)).status_code == 400


async def test_too_many_waiting_callers_are_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as site, asyncio.TaskGroup() as tasks:
        waiting = [tasks.create_task(post(site, "/api/ask", {"text": "wait"})) for _ in range(16)]
        async with asyncio.timeout(10):
            for _ in waiting:
                await site.talk.waiting.acquire()
        assert (await post(site, "/api/ask", {"text": "one more"})).status_code == 429
        site.talk.release.set()
        assert {(await one).status_code for one in waiting} == {200}
        assert site.desk.waiting == 0


async def test_views(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        assert (await site.client.get("/api/status", headers=site.bearer)).json()["state"] == "ready"
        assert (await site.client.get("/api/profiles", headers=site.bearer)).json() == []
        metrics = await site.client.get("/metrics", headers=site.bearer)
        assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")


async def test_without_a_voice_offers_say_why(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        body = {"sdp": "v=0", "type": "offer"}
        loading = await post(site, "/api/offer", body)
        assert (loading.status_code, loading.json()["code"]) == (503, "speech")
        site.desk.no_offers = VoiceFailed("no library")
        assert (await post(site, "/api/offer", body)).json()["code"] == "speech.tts"


# --- events -----------------------------------------------------------------------------------------------------


async def lines(answer: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """The events of a stream, each with its `id` line as `at`."""
    at = None
    async for line in answer.aiter_lines():
        key, _, value = line.partition(": ")
        if key == "id":
            at = int(value)
        elif key == "data":
            yield {**json.loads(value), "at": at}


async def read(site: Served, count: int, last: str | None = None) -> list[dict[str, Any]]:
    """The first events of a new stream."""
    headers = {**site.bearer, **({"Last-Event-ID": last} if last else {})}
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(10), site.client.stream("GET", "/api/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        async for event in lines(answer):
            found.append(event)
            if len(found) == count:
                break
    return found


async def test_events_are_replayed_and_resumed(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        for number in range(3):
            site.feed.put("heard", text=str(number))
        assert [(e["seq"], e["text"], e["at"]) for e in await read(site, 3)] == [(1, "0", 1), (2, "1", 2), (3, "2", 3)]
        assert [e["seq"] for e in await read(site, 1, last="2")] == [3]


async def test_a_gap_is_told(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        for _ in range(9):
            site.feed.put("heard")
        assert [(e["type"], e["seq"]) for e in await read(site, 2, last="2")] == [("gap", 4), ("heard", 5)]
        assert [(e["type"], e["seq"]) for e in await read(site, 2, last="700")] == [("gap", 0), ("heard", 5)]
        assert (await read(site, 1, last="nonsense"))[0]["seq"] == 5


async def test_new_events_arrive_and_the_stream_ends_with_the_feed(tmp_path: Path) -> None:
    async with (
        asyncio.timeout(10),
        served(tmp_path) as site,
        site.client.stream("GET", "/api/events", headers=site.bearer) as answer,
    ):
        site.feed.put("heard", text="now")
        found = lines(answer)
        assert (await anext(found))["text"] == "now"
        site.feed.close()
        assert [event async for event in found] == []


async def test_a_silent_stream_beats_and_loses_nothing() -> None:
    feed = Feed()
    stream = server_sent(feed, None, heartbeat_s=0.01)
    assert await anext(stream) == b": beat\n\n"
    assert await anext(stream) == b": beat\n\n"
    feed.put("heard")
    while (block := await anext(stream)).startswith(b":"):
        pass
    assert block == b'id: 1\ndata: {"seq":1,"type":"heard"}\n\n'
    await stream.aclose()


async def test_what_comes_just_before_the_end_is_sent() -> None:
    feed = Feed()
    feed.put("heard", text="first")
    stream = server_sent(feed, None)
    assert b"first" in await anext(stream)
    feed.put("heard", text="last words")
    feed.close()
    assert [b"last words" in block async for block in stream] == [True]


# --- offers -----------------------------------------------------------------------------------------------------


class Caught:
    """Takes connections, as the front end does."""

    def __init__(self, error: VoiceFailed | None = None) -> None:
        self.connections: list[SmallWebRTCConnection] = []
        self._error = error

    async def connect(self, connection: SmallWebRTCConnection) -> None:
        """Remember it, or fail."""
        self.connections.append(connection)
        if self._error:
            raise self._error


async def offer_of(peer: RTCPeerConnection) -> Offer:
    """An offer as a browser makes it."""
    peer.addTransceiver("audio")
    peer.createDataChannel("chat")
    await peer.setLocalDescription(await peer.createOffer())
    return Offer(sdp=peer.localDescription.sdp, type="offer")


async def test_media_stays_on_loopback() -> None:
    caught = Caught()
    offers = Offers(caught.connect)
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connected = asyncio.Event()
    peer.on("connectionstatechange", lambda: connected.set() if peer.connectionState == "connected" else None)
    answer = await offers.offer(await offer_of(peer))
    found = [line.split()[4] for line in answer["sdp"].splitlines() if line.startswith("a=candidate")]
    assert set(found) == {"127.0.0.1"}
    await peer.setRemoteDescription(RTCSessionDescription(answer["sdp"], answer["type"]))
    async with asyncio.timeout(15):
        await connected.wait()
    remote = "candidate:1 1 udp 1 192.0.2.77 9 typ host"
    await offers.patch(Candidates(pc_id=answer["pc_id"], candidates=[{"candidate": remote, "sdp_mid": "0"}]))
    ice = caught.connections[0].pc.getTransceivers()[0].sender.transport.transport
    assert all(candidate.ip == "127.0.0.1" for candidate in ice.getRemoteCandidates())
    await peer.close()
    await offers.aclose()


async def test_the_front_ends_refusal_reaches_the_page() -> None:
    offers = Offers(Caught(VoiceFailed("out of memory")).connect)
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    with pytest.raises(VoiceFailed, match="out of memory"):
        await offers.offer(await offer_of(peer))
    await peer.close()
    await offers.aclose()


async def test_whatever_the_front_end_raises_the_page_is_told() -> None:
    async def break_down(connection: SmallWebRTCConnection) -> None:
        raise RuntimeError("a bug")

    offers = Offers(break_down)
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    with pytest.raises(SpeechError, match="could not be started"):
        await offers.offer(await offer_of(peer))
    await peer.close()
    await offers.aclose()


async def test_unknown_connections_and_too_many_offers(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        site.desk.offers = Offers(Caught().connect)
        unknown = await site.client.patch("/api/offer", headers=site.bearer, json={"pc_id": "x", "candidates": []})
        assert unknown.status_code == 400
        codes = [(await post(site, "/api/offer", {"sdp": "x", "type": "offer"})).status_code for _ in range(30)]
        assert set(codes) == {400, 429}


SDP = """v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r
c=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=fingerprint:sha-256 AA:BB\r
a=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n"""


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(SDP)), length=st.integers(0, 40), junk=st.text(max_size=20))
def test_no_sdp_breaks_the_daemon(cut: int, length: int, junk: str) -> None:
    async def try_it() -> None:
        offers = Offers(Caught().connect)
        async with asyncio.timeout(10):
            with suppress(BadRequest):
                assert (await offers.offer(Offer(sdp=SDP[:cut] + junk + SDP[cut + length :] or "x", type="offer")))[
                    "sdp"
                ]
        await offers.aclose()

    asyncio.run(try_it())
