"""A real, plain OpenCode in a pseudo-terminal with our plugin, and a real daemon: one session for both."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from e2e.daemon import KEYS, House, RunningDaemon, running
from e2e.listening import Event, feed
from e2e.terminal import Terminal, terminal
from e2e.workshop import house_with_opencode
from opencode_binary import opencode_binary
from wire.scripted_model import ScriptedModel, text, tool

from aidevops_voice_adapters.agent._opencode_link import Link
from aidevops_voice_adapters.agent._opencode_tui import Tui, joinable

pytestmark = pytest.mark.e2e
READY = "Ask anything"
PATIENT_S = 30.0
WITH_OPENCODE = ("--profile", "cloud", "--agent", "opencode")
"""No speech engine is loaded."""
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


def having(house: House, **environ: str) -> House:
    return House(house.home, {**house.environ, **KEYS, **environ})


async def plugin(house: House, *words: str) -> dict[str, Any]:
    """`aidevops-voice plugin …` for the project."""
    done = await house.run("plugin", *words, "--json")
    assert done.code == 0, done
    found: dict[str, Any] = done.json
    return found


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


async def joined(house: House, fits: Callable[[Tui], bool] = lambda _: True) -> Tui:
    """The terminal, once it can be joined and is like this."""
    return await until(lambda: next((tui for tui in joinable(house.state, house.project) if fits(tui)), None))


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


async def told(daemon: RunningDaemon, **wanted: object) -> list[Event]:
    """What the page was told, up to the event with these fields."""
    return await feed(daemon, lambda events: wanted.items() <= events[-1].items())


async def ask(daemon: RunningDaemon, prompt: str) -> dict[str, Any]:
    """One turn through the daemon, as `aidevops-voice ask` sends it."""
    answer: dict[str, Any] = (await daemon.request("POST", "/api/ask", {"text": prompt})).json()
    return answer


async def in_terminal(daemon: RunningDaemon, pid: int) -> None:
    """Wait until the daemon works in this terminal."""
    async with asyncio.timeout(PATIENT_S):
        while f"process {pid}" not in (await daemon.until(agent_state="idle"))["why"]["running"]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


# --- one session, on the screen and by voice --------------------------------------------------------------------


async def test_the_voice_talks_to_the_session_on_the_screen(house: House, model: ScriptedModel) -> None:
    house = having(house)
    await plugin(house, "install")
    async with opencode(house) as shown:
        tui = await joined(house)
        async with running(house, WITH_OPENCODE) as daemon:
            await in_terminal(daemon, tui.pid)
            assert sorted(house.listening()) == [("tcp", "127.0.0.1")] * 2, "the page and the bridge, no server"
            attach = await house.run("attach")
            assert (attach.code, f"process {tui.pid}" in attach.err) == (2, True), attach

            model.add(text("Spoken ", "is ", "answered."), text("Typed is narrated."), text("So is this."))
            assert (await ask(daemon, "a spoken prompt"))["spoken"] == ["Spoken is answered."]
            await shown.shows("a spoken prompt")
            await shown.shows("Spoken is answered.")
            first = str((await joined(house, lambda now: now.session is not None)).session)
            assert (await daemon.status())["session"] == first
            assert "Scripted title" in [each["title"] for each in await listed(house, tui)]

            await shown.enter("a typed prompt")
            events = await told(daemon, type="spoken", text="Typed is narrated.", state="unvoiced")
            assert [(e["session"], e["ours"]) for e in events if e.get("text") == "a typed prompt"] == [(first, False)]

            await shown.enter("/new")
            await shown.shows(READY)
            await shown.enter("another one")
            await told(daemon, type="spoken", text="So is this.", state="unvoiced")
            second = str((await joined(house, lambda now: now.session not in (None, first))).session)
            await daemon.until(session=second)

            await choose(house, tui, first)
            await daemon.until(session=first)
            model.add(text("Back here."), text("New here."))
            assert (await ask(daemon, "add a test for the empty list"))["text"] == "Back here."
            await shown.shows("Back here.")
            assert model.asked[-1].session == model.asked[0].session

            await shown.enter("/new")
            await leaves(daemon, first)
            assert (await ask(daemon, "rename the parser"))["text"] == "New here."
            await shown.shows("New here.")
            third = str((await joined(house, lambda now: now.session is not None)).session)
            assert third not in (first, second)
            assert (await daemon.status())["session"] == third
            assert len({asked.session for asked in model.asked}) == 3

            await shown.enter("/voice status")
            await shown.shows("ready, agent idle")
            await shown.shows("voice idle, nobody listens")
            assert len(model.asked) == 5
        await shown.shows("The voice has ended.")


async def leaves(daemon: RunningDaemon, session: str) -> None:
    """Wait until the next prompt goes elsewhere."""
    async with asyncio.timeout(PATIENT_S):
        while (await daemon.status())["session"] == session:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


async def listed(house: House, tui: Tui) -> list[Any]:
    async with link(house, tui) as opened:
        return await opened.items("/session")


async def choose(house: House, tui: Tui, session: str) -> None:
    """As the user does in the list of sessions."""
    async with link(house, tui) as opened:
        await opened.post("/tui/select-session", {"sessionID": session})
    await joined(house, lambda now: now.session == session)


async def test_a_terminal_may_come_and_go_while_the_daemon_stays(house: House, model: ScriptedModel) -> None:
    """It works with a server of its own until there is one, joins it, and goes on with the session afterwards."""
    house = having(house)
    await plugin(house, "install")
    model.add(text("By myself."), tool("bash", command="touch made.txt", description="make"), text("In the terminal."))
    model.add(text("By myself again."))
    async with running(house, WITH_OPENCODE) as daemon:
        session = (await daemon.until(agent_state="idle"))["session"]
        assert (await ask(daemon, "no screen yet"))["text"] == "By myself."
        async with opencode(house) as shown:
            await in_terminal(daemon, shown.pid)
            assert (await daemon.status())["session"] == session
            turn = asyncio.create_task(ask(daemon, "now with a screen"))
            await shown.shows("By myself.")
            await shown.shows("Permission required")
            assert not (house.project / "made.txt").exists()
            [made] = [each for each in await listed(house, await joined(house)) if each["id"] == session]
            rules = [rule["action"] for rule in made["permission"] if rule["permission"] == "task"]
            assert rules[-1] == "ask", "what a subagent may do here is not ours to say"
            [waits] = (await daemon.until(agent_state="needs_you"))["pending"]
            assert (await turn)["outcome"] == "needs_you"
            answer = {"id": waits["id"], "reply": "allow"}
            assert (await daemon.request("POST", "/api/answer", answer)).status_code < 300
            await shown.shows("In the terminal.")
            await daemon.until(agent_state="idle")
            assert (house.project / "made.txt").exists()
        lost = (await told(daemon, type="notice", code="agent.screen_closed"))[-1]
        assert "of our own takes over" in lost["message"]
        await daemon.until(agent_state="idle", session=session)
        assert "started here" in (await daemon.status())["why"]["running"]
        assert (await ask(daemon, "and without"))["text"] == "By myself again."
        assert len({asked.session for asked in model.asked}) == 1


# --- /voice -----------------------------------------------------------------------------------------------------


async def test_where_it_was_wished_the_daemon_starts_with_opencode_and_voice_steers_it(
    house: House, model: ScriptedModel
) -> None:
    house = having(house, **LIGHT_BY_ENVIRONMENT)
    await plugin(house, "install", "--autostart")
    async with opencode(house) as shown:
        await shown.shows("nobody listens")
        facts = (await house.run("status", "--json")).json
        assert facts["project"] == str(house.project)
        await shown.enter("/voice mute")
        await shown.shows("Quiet until there is something new.")
        await shown.enter("/voice stop")
        await shown.shows("Stopped.")
        assert (await house.run("status")).code == 3
        await shown.enter("/voice start")
        await shown.shows("Running. Its page", 60)
        assert (await house.run("stop")).code == 0
        assert model.asked == []


async def test_offline_with_no_daemon_voice_answers_and_removing_leaves_no_trace(
    house: House, model: ScriptedModel
) -> None:
    """Nothing listens at the registry: npm by itself would try for 70 seconds, in `~/.opencode` of the installer too,
    and the first OpenCode is closed while it does, which leaves a lock.
    """
    environ = {name: value for name, value in house.environ.items() if name != "npm_config_fetch_retries"}
    offline = House(house.home, environ)
    model.add(text("Seen."), text("Answered at once."), text("Seen again."))
    installed, config = house.home / ".opencode", house.home / "config"
    (installed / "bin").mkdir(parents=True)
    async with opencode(offline) as shown:
        await shown.enter("before")
        await shown.shows("Seen.")
    before = contents(house.project, config, installed)
    assert (await plugin(offline, "install"))["changed"]
    assert not (await plugin(offline, "install"))["changed"]
    checks = json.loads((await offline.run("doctor", "--json")).out)
    [check] = [each for each in checks if each["what"] == "OpenCode plugin"]
    assert (check["mark"], "of this version" in check["found"]) == ("ok", True)

    async with opencode(offline) as shown:
        tui = await joined(house)
        asked, titles = len(model.asked), model.titles
        await shown.enter("/voice")
        await shown.shows("What the voice is doing")
        shown.type("status\r")
        await shown.shows("Not running. Start it with: /voice start")
        await shown.hides("What the voice is doing")
        await shown.enter("/voice sing")
        await shown.shows("/voice knows start, stop, mute, status.")
        assert len(await listed(house, tui)) == 1
        assert (len(model.asked), model.titles) == (asked, titles)
        await shown.enter("hello")
        await shown.shows("Answered at once.", 20)

    assert (await plugin(offline, "remove"))["changed"]
    assert not (await plugin(offline, "remove"))["changed"]
    assert contents(house.project, config, installed) == before
    noted = house.home / "state/opencode/plugin-meta.json"
    assert not noted.exists() or "aidevops" not in noted.read_text()
    async with opencode(house) as shown:
        await shown.enter("after")
        await shown.shows("Seen again.")
        assert joinable(house.state, house.project) == []
        assert house.listening() == []


# --- the bridge -------------------------------------------------------------------------------------------------


async def test_the_bridge_is_for_those_who_have_the_token(house: House, model: ScriptedModel) -> None:
    house = House(house.home, {**house.environ, "OPENCODE_SERVER_PASSWORD": "made-up-password"})
    await plugin(house, "install")
    async with opencode(house) as shown:
        tui = await joined(house)
        card = house.state / "tuis" / f"{tui.pid}.json"
        assert card.stat().st_mode & 0o777 == 0o600
        assert card.parent.stat().st_mode & 0o777 == 0o700
        async with link(house, tui) as opened:
            await opened.probe()
            assert opened.version == tui.version
            assert (await opened.get("/path"))["directory"] == str(house.project)
        await refuses_others(tui)
        assert house.listening() == [("tcp", "127.0.0.1")]

        model.add(tool("bash", command="env > seen.txt", description="look"), text("Looked."))
        await shown.enter("look around")
        await shown.shows("Looked.")
        seen = (house.project / "seen.txt").read_text()
        assert "HOME=" in seen
        assert "made-up-password" not in seen
        assert tui.token not in seen

        anew = await made_anew(house, tui)
        os.kill(anew.pid, signal.SIGKILL)
        await shown.ends()
    assert card.exists()
    assert joinable(house.state, house.project) == []
    async with opencode(house):
        living = await joined(house)
        assert living.pid != tui.pid
        assert not card.exists(), "a later terminal sweeps the card of a killed one"
        card = house.state / "tuis" / f"{living.pid}.json"
    assert not card.exists()


async def refuses_others(tui: Tui) -> None:
    good = ("opencode", tui.token)
    async with httpx.AsyncClient(base_url=tui.url, trust_env=False) as client:

        async def status(method: str, path: str, auth: Any, headers: Mapping[str, str] | None = None) -> int:
            return (await client.request(method, path, auth=auth, headers=headers)).status_code

        assert await status("GET", "/global/health", None) == 401
        assert await status("GET", "/session", ("opencode", tui.token[:-1])) == 401
        assert await status("GET", "/session", ("other", tui.token)) == 401
        assert await status("POST", "/tui/submit-prompt", good, {"Origin": tui.url}) == 403
        assert await status("GET", "/session", good, {"Host": "example.com"}) == 421
        answer = await client.get("/global/health", auth=good)
        assert answer.status_code == 200
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def made_anew(house: House, first: Tui) -> Tui:
    """OpenCode may dispose of an instance and make it again in one process: there is one bridge, at a new place."""
    async with httpx.AsyncClient(auth=("opencode", first.token), trust_env=False) as client:
        # The bridge goes with the instance that answers.
        with suppress(httpx.RequestError):
            await client.post(f"{first.url}/instance/dispose", params={"directory": str(house.project)}, json={})
    second = await joined(house, lambda tui: tui.url != first.url)
    assert (second.pid, second.token != first.token) == (first.pid, True)
    async with link(house, second) as opened:
        await opened.probe()
    assert len(house.listening()) == 1
    return second
