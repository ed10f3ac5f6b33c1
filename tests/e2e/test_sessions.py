"""Sessions, hand-back and several projects with the real daemon, the real OpenCode and a scripted model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from e2e.browser import browser
from e2e.daemon import KEYS, House, RunningDaemon, running
from e2e.workshop import house_with_opencode, repository, said
from wire.scripted_model import ScriptedModel, text, tool

pytestmark = pytest.mark.e2e

OPENCODE = ("--profile", "cloud", "--agent", "opencode")
EMBEDDED_OPENCODE = ("--profile", "embedded", "--agent", "opencode", "--offline")


@pytest.fixture
async def model() -> AsyncGenerator[ScriptedModel]:
    async with ScriptedModel() as model:
        yield model


@pytest.fixture
async def house(tmp_path: Path, model: ScriptedModel) -> AsyncGenerator[House]:
    house = house_with_opencode(tmp_path, model)
    house.environ = {**house.environ, **KEYS}
    yield house
    await house.run("stop")
    await house.nobody_left()


async def ask(house: House, words: str) -> dict[str, Any]:
    """What `ask --json` prints."""
    done = await house.run("ask", words, "--json")
    found: dict[str, Any] = done.json
    assert "spoken" in found, found
    return found


async def typed(daemon: RunningDaemon, session: str, words: str) -> None:
    """Into a session of the same OpenCode, as its own terminal does."""
    reply = await daemon.request("GET", "/api/attach")
    told = reply.json()
    argv, env = told["argv"], told["env"]
    run = [argv[0], "run", "--attach", argv[2], "-s", session, words]
    process = await asyncio.create_subprocess_exec(
        *run, cwd=daemon.house.project, env={**daemon.house.environment(), **env}, stdout=asyncio.subprocess.DEVNULL
    )
    await process.wait()


async def test_sessions_are_named_switched_and_announced(house: House, model: ScriptedModel) -> None:
    async with running(house, OPENCODE) as daemon:
        await daemon.until(agent_state="idle")
        model.add(text("The cart adds up."))
        first = await ask(house, "fix the cart")
        assert first["spoken"] == ["The cart adds up."]
        assert (await ask(house, "which project"))["spoken"] == ["This is the project project."]
        cart = (await daemon.status())["session"]

        made = await ask(house, "new session")
        assert made["spoken"] == ["Connected to project, a new session."]
        docs = (await daemon.status())["session"]
        assert docs != cart
        model.add(text("The page is written."))
        assert (await ask(house, "write the docs"))["spoken"] == ["The page is written."]
        listed = await ask(house, "list sessions")
        assert listed["spoken"][0] == "There are two sessions, the newest first."
        assert listed["spoken"][1].endswith("this one.")

        back = await ask(house, "switch to number two")
        assert back["spoken"][0].startswith("Connected to project, session ")
        assert (await daemon.status())["session"] == cart
        assert [row["focus"] for row in (await daemon.status())["sessions"]] == [True, False]

        model.add(text("Spelling is right now."))
        await typed(daemon, docs, "check the spelling")
        async with daemon.client() as client, client.stream("GET", "/api/events") as events:
            async with asyncio.timeout(30):
                async for line in events.aiter_lines():
                    if line.startswith("data:") and "spelling is right now" in line.lower() and "In session" in line:
                        break
        said = json.loads(line.removeprefix("data:"))
        assert (said["type"], said["session"]) == ("spoken", docs)


async def test_a_request_of_another_session_is_read_after_a_switch(house: House, model: ScriptedModel) -> None:
    async with running(house, OPENCODE) as daemon:
        await daemon.until(agent_state="idle")
        model.add(tool("bash", command="touch made", description="x"), text("It is made."))
        asked = await ask(house, "make the file")
        assert asked["outcome"] == "needs_you"
        (pending,) = asked["pending"]
        await ask(house, "new session")
        refused = await ask(house, "next one that needs me")
        assert any("touch" in sentence.lower() or "made" in sentence.lower() for sentence in refused["spoken"][1:])
        await ask(house, "new session")
        assert (await daemon.status())["pending"][0]["id"] == pending["id"]
        assert (await house.run("answer", pending["id"], "allow")).code == 0
        await asyncio.wait_for(_exists(house.project / "made"), 20)


async def _exists(path: Path) -> None:
    while not path.exists():  # noqa: ASYNC110, ASYNC240 - another process makes it
        await asyncio.sleep(0.05)


async def test_goodbye_leaves_a_note_in_the_session_and_wakes_no_model(house: House, model: ScriptedModel) -> None:
    async with running(house, OPENCODE) as daemon:
        await daemon.until(agent_state="idle")
        model.add(text("The cart adds up."))
        await ask(house, "fix the cart")
        assert (await ask(house, "goodbye"))["spoken"] == ["Goodbye."]
        model.add(text("Nothing else."))
        await ask(house, "anything else")
        assert len(model.asked) == 2
        assert "Asked: “fix the cart”" in str((await model.asked_times(2)).messages)


async def test_a_second_project_joins_the_daemon(tmp_path: Path) -> None:
    house = House(tmp_path, KEYS)
    other = repository(tmp_path / "blog")
    async with running(house) as daemon:
        flags = ("--json", "--no-open", "--agent", "rehearsal")
        joined = await house.run("start", "--project", str(other), *flags)
        assert joined.code == 0
        assert (joined.json["project"], joined.json["pid"]) == (str(other), daemon.pid)
        assert (await daemon.status())["projects"] == [str(house.project), str(other)]
        switched = await ask(house, "switch to project blog")
        assert switched["spoken"] == ["Connected to blog, a new session."]
        assert (await daemon.status())["project"] == str(other)
        made = await ask(house, "which branch are we on")
        assert made["outcome"] == "done"
        assert (await ask(house, "which project"))["spoken"] == ["This is the project blog."]
        again = await house.run("start", "--project", str(house.project), *flags)
        assert (again.code, again.json["pid"]) == (0, daemon.pid)
        assert [*(house.state / "journal").glob("blog-*/*.jsonl")]
        words = await house.run("status")
        assert str(other) in words.out
        assert (await house.run("start", "--project", str(tmp_path / "nowhere"), *flags)).json[
            "code"
        ] == "config.project"


async def test_a_restart_comes_back_to_every_project_and_session(
    house: House, model: ScriptedModel, tmp_path: Path
) -> None:
    async with running(house, OPENCODE) as daemon:
        await daemon.until(agent_state="idle")
        model.add(text("The cart adds up."), text("The page is written."), text("Still written."))
        await ask(house, "fix the cart")
        await ask(house, "new session")
        await ask(house, "write the docs")
        other = repository(tmp_path / "blog")
        flags = ("--json", "--no-open", "--agent", "rehearsal")
        assert (await house.run("start", "--project", str(other), *flags)).code == 0
        before = await daemon.until(project=str(house.project))
        assert before["agent"] == "opencode"
        await ask(house, "switch to project blog")
        assert (await daemon.status())["agent"] == "rehearsal"
        await ask(house, "switch to project project")
        docs = (await daemon.status())["session"]
        kept = {row["id"] for row in before["sessions"] if row["project"] == str(house.project)}
        assert len(kept) == 2

        again = await house.run("restart", "--json", "--no-open")
        assert (again.code, again.json["url"]) == (0, daemon.url), again.err
        async with asyncio.timeout(30):
            while True:
                after = (await house.run("status", "--json")).json
                if len(after["sessions"]) == 3 and after["agent_state"] == "idle":
                    break
        assert after["projects"] == [str(house.project), str(other)]
        assert (after["project"], after["session"], after["agent"]) == (str(house.project), docs, "opencode")
        assert {row["id"] for row in after["sessions"] if row["project"] == str(house.project)} == kept
        assert (await ask(house, "and now"))["spoken"] == ["Still written."]
        assert "write the docs" in str((await model.asked_times(3)).messages)


async def test_what_came_while_nobody_listened_is_told_on_return(house: House, model: ScriptedModel) -> None:
    async with running(house, EMBEDDED_OPENCODE) as daemon:
        await daemon.until(agent_state="idle")
        async with browser() as page:
            await page.open(await daemon.login_url())
            await page.start_voice()
            await said(page, "Connected to project, a new session.")
            model.add(text("The cart adds up."))
            await ask(house, "fix the cart")
            await said(page, "The cart adds up.")
        await daemon.until(clients=0)
        model.add(text("The page is written."))
        await ask(house, "write the docs")
        async with asyncio.timeout(30):
            while "handback" not in _journal(house):  # noqa: ASYNC110 - a file sends no events
                await asyncio.sleep(0.1)
        async with browser() as page:
            await page.open(await daemon.login_url())
            await page.start_voice()
            await said(page, "While you were away: the page is written.")
        model.add(text("Fine."))
        await ask(house, "fix the rest")
        assert "Asked: “fix the cart”" in str((await model.asked_times(3)).messages)


def _journal(house: House) -> str:
    return "".join(file.read_text("utf-8") for file in (house.state / "journal").glob("*.jsonl"))
