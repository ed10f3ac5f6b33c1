"""Hands-free work with the real OpenCode: a long run is asked about, steered and stopped; requests are answered."""

from __future__ import annotations

import asyncio
import json
import random
import uuid
from array import array
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
import pytest_asyncio
from e2e.browser import Browser
from e2e.daemon import KEYS, House, RunningDaemon
from e2e.vendors import CARTESIA_KEY, SONIOX_KEY, fate
from e2e.workshop import (
    AUDIO,
    PATIENT_MS,
    commands_alive,
    grunt,
    house_with_opencode,
    said,
    sound,
    spoken_to,
    type_in,
    until,
)
from playwright.async_api import expect
from wire.cartesia_server import CartesiaServer
from wire.scripted_model import Reply, ScriptedModel, Step, text, tool
from wire.soniox_server import SonioxServer

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

FLAGS = ("--profile", "cloud", "--agent", "opencode", "--offline")
BRISK_MS, SLOW_MS = 100, 500
"""Of a spoken word."""
SILENCE_MS = 800
"""After which an answer is no echo."""
Found = TypeVar("Found")


async def eventually(seen: Callable[[], Awaitable[Found | None]]) -> Found:
    """What is seen once there is something to see."""
    async with asyncio.timeout(PATIENT_MS / 1000):
        while not (found := await seen()):  # noqa: ASYNC110 - neither the daemon's status nor OpenCode's list waits
            await asyncio.sleep(0.05)
    return found


@dataclass
class Stage:
    """Everything that takes part."""

    daemon: RunningDaemon
    page: Browser
    model: ScriptedModel
    ears: SonioxServer
    voice: CartesiaServer
    folder: Path

    @property
    def project(self) -> Path:
        """Where the agent works."""
        return self.daemon.house.project

    def script(self, *replies: Reply) -> None:
        """What the model answers from now on."""
        self.model.replies[:] = replies

    async def say(self, words: str, wav: Path = AUDIO / "slt" / "yes.wav") -> None:
        """Sound into the microphone, which the trusted recogniser takes for these words."""
        self.ears.say.append(words)
        await self.page.say(wav)
        await self.heard(words)

    async def heard(self, words: str) -> None:
        """Wait until this was considered."""
        last = self.page.page.locator('[data-testid="heard"]:not([data-state="interim"])').last
        await expect(last).to_contain_text(words, timeout=PATIENT_MS)

    async def reply(self, words: str) -> None:
        """The same as an answer to the request that waits, once it was heard to its end."""
        await self.read_out()
        await self.page.silent_for(SILENCE_MS)
        await self.say(words)

    async def read_out(self) -> dict[str, Any]:
        """The request that is put, once it was heard to its end."""
        return await eventually(self._played)

    async def _played(self) -> dict[str, Any] | None:
        return next((one for one in await self.pending() if one["state"] == "played"), None)

    async def told(self) -> list[str]:
        """Everything that was said so far."""
        return [str(line) for line in await self.page.lines("said").all_inner_texts()]

    async def messages(self) -> list[dict[str, Any]]:
        """The session as OpenCode has it."""
        told = (await self.daemon.request("GET", "/api/attach")).json()
        env = told["env"]
        login = (env["OPENCODE_SERVER_USERNAME"], env["OPENCODE_SERVER_PASSWORD"])
        session = (await self.daemon.status())["session"]
        async with httpx.AsyncClient(base_url=told["argv"][2], auth=login, trust_env=False) as client:
            reply = await client.get(f"/session/{session}/message", params={"directory": str(self.project)})
            found: list[dict[str, Any]] = reply.raise_for_status().json()
            return found

    async def pending(self) -> list[dict[str, Any]]:
        """The requests that wait."""
        found: list[dict[str, Any]] = (await self.daemon.status())["pending"]
        return found

    async def cut_by(self, line: str, wav: Path, words: str = "") -> None:
        """Make a sound while this line is spoken: it breaks off, and goes on once the sound was passed over."""
        spoken = self.page.part("spoken").filter(has_text=line).last
        await expect(spoken).to_have_attribute("data-state", "begun", timeout=PATIENT_MS)
        if words:
            self.ears.say.append(words)
        await self.page.say(wav)
        await expect(spoken).to_have_attribute("data-state", "said", timeout=PATIENT_MS)
        text = (await spoken.inner_text()).splitlines()[-1]
        assert await fate(self.daemon, text, 1) == ["queued", "begun", "cut", "begun", "said"]

    async def until_prompted(self, words: str) -> None:
        """Wait until OpenCode has this in the session."""

        async def prompted() -> bool:
            return words in await self.prompts()

        await eventually(prompted)

    async def prompts(self) -> list[str]:
        """What the user said in the session."""
        return [
            part["text"]
            for message in await self.messages()
            if message["info"]["role"] == "user"
            for part in message["parts"]
            if part["type"] == "text"
        ]


def cloudy(home: Path, model: ScriptedModel, ears: SonioxServer, voice: CartesiaServer) -> House:
    """A home with OpenCode, and both vendors on this machine."""
    plain = house_with_opencode(home, model)
    stages = {"stt": {"use": "soniox", "url": ears.url}, "tts": {"use": "cartesia", "url": voice.url}}
    settings = {"version": 1, "voice": {"secrets": {"gopass": False}, "profiles": {"cloud": stages}}}
    file = home / ".config" / "aidevops" / "voice.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(settings))
    return House(home, {**plain.environ, **KEYS})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Stage]:
    """One daemon, one OpenCode and one page for all of them: each test leaves the agent idle."""
    folder = tmp_path_factory.mktemp("hands-free")
    async with (
        ScriptedModel() as model,
        SonioxServer(key=SONIOX_KEY) as ears,
        CartesiaServer(key=CARTESIA_KEY, word_ms=BRISK_MS) as voice,
        spoken_to(cloudy(folder / "home", model, ears, voice), FLAGS) as (daemon, page),
    ):
        yield Stage(daemon, page, model, ears, voice, folder)


def bash(command: str) -> Step:
    """A step of the model that calls the shell."""
    return {"tool": "bash", "input": {"command": command, "description": "Do it"}}


def slam(target: Path) -> Path:
    """A door: a loud burst of noise that dies away."""
    noise = random.Random(7)
    burst = array("h", [int(noise.uniform(-1, 1) * 26_000 * (1 - n / 2400)) for n in range(2400)])
    return sound(target, burst.tobytes(), 16_000)


async def test_a_long_run_survives_noise_is_asked_about_steered_and_stopped(stage: Stage) -> None:
    mark = f"{uuid.uuid4().int % 10**9:09}"
    stage.script(
        tool("write", filePath=str(stage.project / "begun.txt"), content="begun\n"),
        Reply([{"text": "I begin the long check. "}, bash(f"sleep 60.1{mark} & sleep 60.2{mark}; wait")]),
    )
    await stage.say("please run the long check", AUDIO / "slt" / "run-the-tests.wav")
    await stage.reply("yes")
    await until((stage.project / "begun.txt").exists)
    await until(lambda: len([line for line in commands_alive(mark) if line.startswith("sleep")]) == 2)
    asked = len(stage.model.asked)

    stage.voice.word_ms = SLOW_MS
    await stage.say("what are you doing", AUDIO / "slt" / "what-can-you-do.wav")
    await stage.cut_by("Running sleep, for", grunt(stage.folder / "grunt.wav"))
    await stage.cut_by("It has been running for", grunt(stage.folder / "grunt.wav"), "mm-hm")
    stage.voice.word_ms = BRISK_MS
    await stage.page.say(slam(stage.folder / "slam.wav"))
    status = await stage.daemon.status()
    assert (status["turns"], status["agent_state"]) == (1, "working")
    assert len(stage.model.asked) == asked, "the record answers"

    await stage.page.silent_for()
    await stage.say("actually, use the other file", AUDIO / "slt" / "add-a-line.wav")
    await stage.until_prompted("actually, use the other file")
    assert commands_alive(mark), "the run goes on"
    await said(stage.page, "Added to what it is doing.")

    await stage.say("stop the agent", AUDIO / "slt" / "stop-the-agent.wav")
    await said(stage.page, "Stopped")
    assert commands_alive(mark) == []
    await stage.daemon.until(agent_state="idle")
    await said(stage.page, "It had already edited begun dot txt.")
    await said(stage.page, "It had not read what you added.")
    assert len(stage.model.asked) == asked, "what was said into the run does not start another one"
    told = "\n".join(await stage.told())
    assert "long check" not in told[told.index("Stopped") :], "what led to a tool is no outcome"

    stage.script(text("The other file it is."))
    await type_in(stage.page, "where were we")
    await said(stage.page, "The other file it is.")
    asked_now = [str(each["content"]) for each in stage.model.asked[-1].messages if each["role"] == "user"]
    assert any("actually, use the other file" in words for words in asked_now), asked_now


async def test_of_two_requests_at_once_each_gets_its_own_answer(stage: Stage) -> None:
    first, second = stage.project / "first.txt", stage.project / "second.txt"
    stage.script(
        Reply([bash("cp notes.txt first.txt"), bash("cp README.md second.txt")]),
        text("One of them is made."),
    )
    await type_in(stage.page, "copy them both")
    one = await stage.read_out()
    assert "first" in one["command"]
    assert len(await stage.pending()) == 2
    await stage.reply("yes")
    await until(first.exists)
    await said(stage.page, "The agent wants to copy README")
    assert (await stage.read_out())["command"] == "cp README.md second.txt"
    assert not second.exists(), "the yes was for the first"
    await stage.reply("no")
    await said(stage.page, "One of them is made.")
    assert not second.exists()
    results = [str(each["content"]) for each in stage.model.asked[-1].messages if each["role"] == "tool"]
    assert "The user said no." in results[-1]
    assert not any("said no" in result for result in results[:-1])
    assert not [line for line in await stage.told() if "failed" in line], "a no is no failure"


async def test_a_denial_says_what_fell_with_it(stage: Stage) -> None:
    third, fourth = stage.project / "third.txt", stage.project / "fourth.txt"
    stage.script(
        Reply([bash("cp notes.txt third.txt"), bash("cp README.md fourth.txt")]),
        text("I copied neither of them."),
    )
    before = len(await stage.told())
    await type_in(stage.page, "copy them again")
    await stage.read_out()
    await expect(stage.page.part("ask-exact")).to_have_count(2)
    await stage.reply("no")
    await said(stage.page, "With it fell the request to copy README")
    await said(stage.page, "I copied neither of them.")
    await stage.daemon.until(agent_state="idle")
    assert not [line for line in (await stage.told())[before:] if "Stopped" in line or "Done" in line]
    assert not third.exists()
    assert not fourth.exists()


async def test_a_subagents_request_is_announced_by_its_name(stage: Stage) -> None:
    job = {"description": "Count files", "prompt": "count the files", "subagent_type": "general"}
    stage.script(
        tool("task", match="look around", **job),
        tool("bash", match="count the files", command="ls | wc -l > counted.txt", description="Count"),
        text("Four files."),
        text("There are four files."),
    )
    await type_in(stage.page, "look around")
    await stage.read_out()
    await said(stage.page, "The subagent")
    assert not (stage.project / "counted.txt").exists()
    await stage.reply("yes")
    await said(stage.page, "There are four files.")
    assert (stage.project / "counted.txt").exists()


async def test_the_second_one_answers_a_question(stage: Stage) -> None:
    labels = [{"label": name, "description": ""} for name in ("PostgreSQL", "SQLite", "MariaDB")]
    question = {"question": "Which database shall it be?", "header": "Database", "options": labels}
    stage.script(tool("question", questions=[question]), text("I take that one."))
    await type_in(stage.page, "choose a database")
    await said(stage.page, "Say one of them, or its number.")
    await stage.reply("the second one")
    await said(stage.page, "I told it")
    await said(stage.page, "I take that one.")
    answer = [str(each["content"]) for each in stage.model.asked[-1].messages if each["role"] == "tool"][-1]
    assert "SQLite" in answer
    assert "PostgreSQL" not in answer
