"""A real, plain OpenCode in a pseudo-terminal with our plugin: joined over the bridge, steered by `/voice`."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import httpx
import pytest
from e2e.daemon import COMMAND, KEYS, House, running
from e2e.terminal import Terminal, terminal
from e2e.workshop import house_with_opencode
from opencode_binary import opencode_binary
from wire.scripted_model import ScriptedModel, text, tool

from aidevops_voice.plugin import install, place, remove
from aidevops_voice_adapters.agent._opencode_link import Link
from aidevops_voice_adapters.agent._opencode_tui import Tui, joinable, screens

pytestmark = pytest.mark.e2e
READY = "Ask anything"
PATIENT_S = 30.0
LIGHT_BY_ENVIRONMENT = {
    "AIDEVOPS_VOICE_PROFILE": "cloud",
    "AIDEVOPS_VOICE_AGENT": "rehearsal",
    "AIDEVOPS_VOICE_PORT": "0",
}


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel, None]:
    async with ScriptedModel() as scripted:
        yield scripted


@pytest.fixture
def house(tmp_path: Path, model: ScriptedModel) -> House:
    return house_with_opencode(tmp_path / "home", model)


def put(house: House, autostart: bool = False) -> None:
    where = place("project", house.project, house.environment())
    install(where, autostart=autostart, environ=house.environment(), command=COMMAND)


@asynccontextmanager
async def opencode(house: House) -> AsyncGenerator[Terminal, None]:
    """A plain `opencode`, as a developer starts it."""
    async with terminal([opencode_binary()], house.project, house.environment()) as shown:
        await shown.shows(READY)
        yield shown


async def until(seen: Callable[[], Tui | None]) -> Tui:
    async with asyncio.timeout(PATIENT_S):
        while (found := seen()) is None:  # noqa: ASYNC110 - a folder sends no events
            await asyncio.sleep(0.05)
    return found


async def joined(house: House) -> Tui:
    return await until(lambda: next(iter(joinable(house.state, house.project)), None))


async def on_session(house: House, other_than: str | None = None) -> Tui:
    """The terminal once it shows a session."""

    def seen() -> Tui | None:
        found = joinable(house.state, house.project)
        return next((tui for tui in found if tui.session not in (None, other_than)), None)

    return await until(seen)


@asynccontextmanager
async def link(house: House, tui: Tui) -> AsyncGenerator[Link, None]:
    opened = Link(tui.url, tui.token, "opencode", house.project)
    try:
        yield opened
    finally:
        await opened.aclose()


def contents(*folders: Path) -> dict[str, bytes | None]:
    found = sorted(path for folder in folders for path in folder.rglob("*") if ".git" not in path.parts)
    return {str(path): path.read_bytes() if path.is_file() else None for path in found}


async def test_the_bridge_answers_with_the_token_alone(house: House) -> None:
    put(house)
    async with opencode(house):
        tui = await joined(house)
        card = house.state / "tuis" / f"{tui.pid}.json"
        assert card.stat().st_mode & 0o777 == 0o600
        assert card.parent.stat().st_mode & 0o777 == 0o700
        async with link(house, tui) as opened:
            await opened.probe()
            assert opened.version == tui.version
            assert (await opened.get("/path"))["directory"] == str(house.project)
        good = ("opencode", tui.token)
        async with httpx.AsyncClient(base_url=tui.url, trust_env=False) as client:
            assert (await client.get("/global/health")).status_code == 401
            assert (await client.get("/session", auth=("opencode", tui.token[:-1]))).status_code == 401
            assert (await client.get("/session", auth=("other", tui.token))).status_code == 401
            assert (await client.post("/tui/submit-prompt", auth=good, headers={"Origin": tui.url})).status_code == 403
            assert (await client.get("/session", auth=good, headers={"Host": "example.com"})).status_code == 421
            answer = await client.get("/global/health", auth=good)
            assert answer.status_code == 200
            assert not [name for name in answer.headers if name.startswith("access-control")]
        assert house.listening() == [("tcp", "127.0.0.1")]
    assert not card.exists()


async def test_a_prompt_through_the_bridge_stands_in_the_session_on_the_screen(
    house: House, model: ScriptedModel
) -> None:
    put(house)
    model.add(text("Typed is answered."), text("Spoken ", "is ", "answered."))
    async with opencode(house) as shown:
        await shown.enter("a typed prompt")
        await shown.shows("Typed is answered.")
        tui = await on_session(house)
        async with link(house, tui) as opened:
            frames = opened.frames()
            async with aclosing(frames):
                assert (await anext(frames))["type"] == "server.connected"
                body = {"parts": [{"type": "text", "text": "a spoken prompt"}]}
                await opened.post(f"/session/{tui.session}/prompt_async", body)
                said = ""
                async with asyncio.timeout(PATIENT_S):
                    while said != "Spoken is answered.":
                        frame = await anext(frames)
                        if frame["type"] == "message.part.delta":
                            said += frame["properties"]["delta"]
        await shown.shows("a spoken prompt")
        await shown.shows("Spoken is answered.")
        assert [asked.text for asked in model.asked] == ["a typed prompt", "a spoken prompt"]
        assert len({asked.session for asked in model.asked}) == 1


async def test_switching_the_session_on_the_screen_is_seen(house: House, model: ScriptedModel) -> None:
    put(house)
    model.add(text("One."), text("Two."))
    async with opencode(house) as shown, aclosing(screens(house.state, house.project)) as seen:
        async with asyncio.timeout(PATIENT_S):
            while (now := await anext(seen)) is None:
                pass
            assert now.session is None
            await shown.enter("the first question")
            first = await anext(seen)
            assert first is not None
            await shown.shows("One.")
            await shown.enter("/new")
            home = await anext(seen)
            assert home is not None
            assert home.session is None
            await shown.enter("the second question")
            second = await anext(seen)
            assert second is not None
            assert second.session not in (None, first.session)
            async with link(house, second) as opened:
                await opened.post("/tui/select-session", {"sessionID": first.session})
            again = await anext(seen)
            assert again is not None
            assert again.session == first.session
            await shown.shows("One.")
            await shown.ends()
            assert await anext(seen) is None


async def test_voice_works_with_no_daemon_and_no_model_call(house: House, model: ScriptedModel) -> None:
    put(house)
    async with opencode(house) as shown:
        tui = await joined(house)
        await shown.enter("/voice")
        await shown.shows("What the voice is doing")
        shown.type("status\r")
        await shown.shows("Not running. Start it with: /voice start")
        await shown.hides("What the voice is doing")
        await shown.hides("Not running.")
        await shown.enter("/voice status")
        await shown.shows("Not running. Start it with: /voice start")
        await shown.enter("/voice sing")
        await shown.shows("/voice knows start, stop, mute, status.")
        async with link(house, tui) as opened:
            assert await opened.items("/session") == []
        assert model.asked == []
        assert model.titles == 0


async def test_voice_starts_asks_and_stops_the_daemon(house: House, model: ScriptedModel) -> None:
    house = House(house.home, {**house.environ, **KEYS, **LIGHT_BY_ENVIRONMENT})
    put(house)
    async with opencode(house) as shown:
        await joined(house)
        await shown.enter("/voice start")
        await shown.shows("Running. Its page", 90)
        facts = (await house.run("status", "--json")).json
        assert facts["project"] == str(house.project)
        await shown.enter("/voice status")
        await shown.shows("ready, agent")
        await shown.enter("/voice mute")
        await shown.shows("Quiet until there is something new.")
        await shown.enter("/voice stop")
        await shown.shows("Stopped.")
        assert (await house.run("status")).code == 3
        assert model.asked == []


async def test_where_it_was_wished_the_daemon_starts_with_opencode(house: House) -> None:
    house = House(house.home, {**house.environ, **KEYS, **LIGHT_BY_ENVIRONMENT})
    put(house, autostart=True)
    async with opencode(house) as shown:
        await shown.shows("ready, agent")
        await shown.enter("/voice stop")
        await shown.shows("Stopped.")


async def test_a_daemon_outlives_the_terminal_and_is_greeted_by_the_next_one(house: House) -> None:
    house = House(house.home, {**house.environ, **KEYS})
    put(house)
    async with running(house) as daemon:
        async with opencode(house) as shown:
            await shown.shows("ready, agent")
        await daemon.until(state="ready")
        async with opencode(house) as shown:
            await shown.shows("ready, agent")
            await daemon.terminate()
            await shown.shows("The voice has ended.")


async def test_offline_the_first_answer_does_not_wait_for_npm(house: House, model: ScriptedModel) -> None:
    """Nothing listens at the registry, and npm's own default would be to try for 70 seconds."""
    environ = {name: value for name, value in house.environ.items() if name != "npm_config_fetch_retries"}
    house = House(house.home, environ)
    put(house)
    model.add(text("Answered at once."))
    async with opencode(house) as shown:
        await joined(house)
        await shown.enter("hello")
        await shown.shows("Answered at once.")


async def test_removing_it_leaves_no_trace_after_it_ran(house: House, model: ScriptedModel) -> None:
    model.add(text("Seen."), text("Seen again."))
    async with opencode(house) as shown:
        await shown.enter("before")
        await shown.shows("Seen.")
    config = house.home / "config"
    before = contents(house.project, config)
    put(house)
    async with opencode(house) as shown:
        await joined(house)
        await shown.enter("/voice status")
        await shown.shows("Not running.")
    remove(place("project", house.project, house.environment()), house.environment())
    assert contents(house.project, config) == before
    noted = house.home / "state/opencode/plugin-meta.json"
    assert not noted.exists() or "aidevops" not in noted.read_text()
    async with opencode(house) as shown:
        await shown.enter("after")
        await shown.shows("Seen again.")
        assert joinable(house.state, house.project) == []
        assert house.listening() == []


async def test_an_instance_that_is_made_anew_is_reached_at_a_new_address(house: House, model: ScriptedModel) -> None:
    put(house)
    model.add(text("Still here."))
    async with opencode(house) as shown:
        first = await joined(house)
        async with httpx.AsyncClient(auth=("opencode", first.token), trust_env=False) as client:
            # The bridge goes with the instance that answers.
            with suppress(httpx.RequestError):
                await client.post(f"{first.url}/instance/dispose", params={"directory": str(house.project)}, json={})
        found = partial(joinable, house.state, house.project)
        second = await until(lambda: next((tui for tui in found() if tui.url != first.url), None))
        assert (second.pid, second.token != first.token) == (first.pid, True)
        async with link(house, second) as opened:
            await opened.probe()
        await shown.enter("hello")
        await shown.shows("Still here.")
        assert len(house.listening()) == 1


async def test_the_card_of_a_killed_terminal_is_dead_and_swept(house: House) -> None:
    put(house)
    async with opencode(house) as shown:
        killed = await joined(house)
        os.kill(shown.pid, signal.SIGKILL)
        await shown.ends()
    card = house.state / "tuis" / f"{killed.pid}.json"
    assert card.exists()
    assert joinable(house.state, house.project) == []
    async with opencode(house):
        assert (await joined(house)).pid != killed.pid
        assert not card.exists()


async def test_commands_of_the_agent_do_not_see_the_servers_password(house: House, model: ScriptedModel) -> None:
    house = House(house.home, {**house.environ, "OPENCODE_SERVER_PASSWORD": "made-up-password"})
    put(house)
    model.add(tool("bash", command="env > seen.txt", description="look"), text("Looked."))
    async with opencode(house) as shown:
        tui = await joined(house)
        async with link(house, tui) as opened:
            await opened.probe()
        await shown.enter("look around")
        await shown.shows("Looked.")
    seen = (house.project / "seen.txt").read_text()
    assert "HOME=" in seen
    assert "made-up-password" not in seen
    assert tui.token not in seen
