"""A whole call whose voice is Cartesia's: what the conversation is told when the vendor fails."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from wire.cartesia_server import CartesiaServer, Fault
from wire.test_cascade import Talk
from wire.webrtc_client import Page

from aidevops_voice.adapter import Workplace
from aidevops_voice.voice.cascade import Cascade
from aidevops_voice_adapters.tts.cartesia import ADAPTER, CartesiaOptions

LONG = "one two three four five six"


@asynccontextmanager
async def talk_over(url: str, key: str = "cartesia-key") -> AsyncGenerator[tuple[Talk, Page], None]:
    talk = Talk()
    workplace = Workplace(Path("/nowhere"), Path("/nowhere"), secrets={"CARTESIA_API_KEY": key})
    talk.cascade = Cascade(talk, talk.stt, ADAPTER.build(CartesiaOptions(url=url), workplace), trusted=True)
    await talk.cascade.warm()
    try:
        async with talk.page() as peer:
            await talk.until(lambda t: "connected" in t.states)
            yield talk, peer
    finally:
        await talk.cascade.aclose()


async def test_sentences_are_said_in_order() -> None:
    async with CartesiaServer() as server, talk_over(server.url) as (talk, _):
        for id_ in "abc":
            talk.say(id_)
        await talk.until(lambda t: "said" in t.state_of("c"))
        assert talk.told == [(id_, state, "") for id_ in "abc" for state in ("begun", "said")]
        assert talk.troubles == []


@pytest.mark.parametrize(
    ("kind", "after"), [("stall", 0), ("stall", 12), ("drop", 12), ("error", 0), ("anonymous", 12), ("mute", 0)]
)
async def test_a_lost_sentence_is_marked_and_said_again_before_the_next(kind: Any, after: int) -> None:
    async with CartesiaServer(fault=Fault(kind, after)) as server, talk_over(server.url) as (talk, _):
        talk.say("a", text=LONG)
        talk.say("b", text="all done")
        await talk.until(lambda t: "said" in t.state_of("b"), 12)
        lost = ["begun", "cut"] if after else ["unvoiced"]
        assert [state for id_, state, _ in talk.told if id_ == "a"] == [*lost, "begun", "said"]
        assert [(id_, state) for id_, state, _ in talk.told][-2:] == [("b", "begun"), ("b", "said")]
        assert [heard for _, state, heard in talk.told if state == "cut"] in ([], ["one"], ["one two"])
        assert [bool(error.cure) for error in talk.troubles] == [True]


async def test_a_vendor_that_is_away_is_told_once_and_spoken_through_when_it_is_back() -> None:
    async with CartesiaServer() as server:
        port = server.port
    async with talk_over(server.url) as (talk, _):
        for id_ in "abc":
            talk.say(id_)
        await talk.until(lambda t: t.state_of("c") == ["unvoiced"], 12)
        assert [talk.state_of(id_) for id_ in "ab"] == [["unvoiced"]] * 2
        assert [error.code for error in talk.troubles] == ["speech.tts"]
        async with CartesiaServer(port=port):
            talk.say("d")
            await talk.until(lambda t: "said" in t.state_of("d"))
        assert len(talk.troubles) == 1
