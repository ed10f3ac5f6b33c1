"""Speak a task to a real OpenCode session in a real Chromium and hear what happened."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from e2e.browser import Browser, browser, padded
from e2e.listening import all_said, as_agent_events, feed, heard_word_for_word, spoken
from e2e.workshop import (
    AUDIO,
    OPENCODE,
    PATIENT_MS,
    allow,
    commands_alive,
    house_with_opencode,
    said,
    spoken_to,
    told,
    type_in,
    until,
)
from playwright.async_api import expect
from wire.scripted_model import Reply, ScriptedModel, Step, text, tool

pytestmark = pytest.mark.e2e


async def picture(page: Browser, name: str) -> None:
    """A screenshot for the README, when a folder for it is named."""
    if folder := os.environ.get("AIDEVOPS_VOICE_SCREENSHOTS"):
        await page.page.screenshot(path=f"{folder}/{name}.png")


def bash(command: str) -> Step:
    """A step of the model that calls the shell."""
    return {"tool": "bash", "input": {"command": command, "description": "Do it"}}


async def test_a_spoken_task_changes_a_file_after_a_click_and_is_told(tmp_path: Path) -> None:
    script = [
        Reply([{"text": "I will add the line. "}, bash("echo hello >> notes.txt")]),
        text("I added the line hello", " to `notes.txt`. Three tests pass, not two. Nothing else changed."),
    ]
    microphone = padded(AUDIO / "slt" / "add-a-line.wav", tmp_path / "microphone.wav", 12.0, 60.0)
    async with ScriptedModel(script) as model:
        house = house_with_opencode(tmp_path / "home", model)
        async with spoken_to(house, OPENCODE, microphone) as (daemon, page):
            await all_said(page)
            greeted = await page.lines("said").count()
            await page.record()
            await expect(page.part("draft")).to_be_visible(timeout=PATIENT_MS)
            caption = await page.part("draft-text").input_value()
            assert len(caption.split()) >= 3
            assert model.asked == [], "a guess is not sent by itself"
            await all_said(page)
            await page.part("draft-send").click()

            await expect(page.part("ask-exact")).to_contain_text("echo hello >> notes.txt", timeout=PATIENT_MS)
            asked = await model.asked_times(1)
            session = (await daemon.status())["session"]
            assert (asked.text, asked.session) == (caption, session)
            assert (await page.part("heard").last.inner_text()).splitlines()[-1] == caption
            assert "hello" not in (house.project / "notes.txt").read_text(), "nothing runs before it is allowed"
            await told(page, "The agent wants to add")
            await all_said(page)
            await picture(page, "asks")
            await allow(page)

            await said(page, "I added the line hello to notes dot txt.")
            await all_said(page)
            assert (house.project / "notes.txt").read_text() == "first line\nhello\n"
            await picture(page, "done")
            assert [line for line in page.console if line.startswith("error")] == []

            marked = await page.lines("said").count()
            events = await feed(daemon, lambda events: len(spoken(events)) == marked)
            lines = spoken(events)[greeted:]
            assert spoken(events, "cut") == []
            await heard_word_for_word(page, [line["text"] for line in lines])
            (tmp_path / "events.jsonl").write_text(as_agent_events(events))
        narrated = (await house.run("narrate", "--json", "--events", str(tmp_path / "events.jsonl"))).json
        by_the_clock = {event["text"] for event in events if event.get("kind") in ("ack", "progress")}
        told_by_events = [line["text"] for line in lines if line["kind"] in ("answer", "outcome", "needs-you")]
        assert [sentence for sentence in narrated["spoken"] if sentence not in by_the_clock] == told_by_events
        assert "Three tests pass, not two." in told_by_events


async def test_talking_over_the_voice_leaves_the_run_alone(tmp_path: Path) -> None:
    long = "This is one sentence of a long answer that goes on for quite a while. " * 5
    script = [Reply([{"text": long}, {"gate": "more"}, bash("echo on >> notes.txt")]), text("Finished.")]
    async with (
        ScriptedModel(script) as model,
        spoken_to(house_with_opencode(tmp_path, model), OPENCODE) as (daemon, page),
    ):
        await type_in(page, "explain it")
        await told(page, "This is one sentence")
        await page.silent_for(100)
        await page.heard_after(await page.now())
        await page.say(AUDIO / "slt" / "be-quiet.wav")
        await page.silent_for(600)
        await expect(page.lines("cut").first).to_be_visible(timeout=PATIENT_MS)
        assert (await daemon.status())["agent_state"] == "working"
        model.open_gate("more")
        await allow(page)
        await told(page, "Finished.")
        assert "on" in (tmp_path / "project" / "notes.txt").read_text().split()


async def test_stop_the_agent_ends_the_run_and_its_processes(tmp_path: Path) -> None:
    script = [tool("bash", command="sleep 312", description="Wait")]
    async with (
        ScriptedModel(script) as model,
        spoken_to(house_with_opencode(tmp_path, model), OPENCODE) as (daemon, page),
    ):
        await type_in(page, "wait a while")
        await expect(page.part("tool-state").first).to_contain_text("running", timeout=PATIENT_MS)
        await until(lambda: commands_alive("sleep 312"))
        await page.say(AUDIO / "slt" / "stop-the-agent.wav")
        await told(page, "Stopped")
        await daemon.until(agent_state="idle")
        assert commands_alive("sleep 312") == []


async def test_a_subagents_command_asks_too(tmp_path: Path) -> None:
    script = [
        tool("task", match="look around", description="Look around", prompt="count the files", subagent_type="general"),
        tool("bash", match="count the files", command="ls | wc -l > counted.txt", description="Count"),
        text("Two files."),
        text("There are two files."),
    ]
    async with ScriptedModel(script) as model, spoken_to(house_with_opencode(tmp_path, model), OPENCODE) as (_, page):
        await type_in(page, "look around")
        await expect(page.part("ask-exact").first).to_contain_text("wc -l", timeout=PATIENT_MS)
        await told(page, "The subagent")
        assert not (tmp_path / "project" / "counted.txt").exists()
        await allow(page)
        await told(page, "There are two files.")
        assert (tmp_path / "project" / "counted.txt").exists()


async def test_opencode_killed_in_mid_turn_is_announced_and_recovered(tmp_path: Path) -> None:
    script = [Reply([{"text": "I begin. "}, {"gate": "never"}]), text("Here again.")]
    async with (
        ScriptedModel(script) as model,
        spoken_to(house_with_opencode(tmp_path, model), OPENCODE) as (daemon, page),
    ):
        await type_in(page, "begin something")
        await model.at_gate("never")
        killed = [pid for pid, line in daemon.house.processes().items() if "serve --port" in line]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        assert killed
        await told(page, "I lost the coding agent.")
        await daemon.until(agent_state="idle")
        await type_in(page, "are you there")
        await told(page, "Here again.")


async def test_the_open_page_finds_a_daemon_that_was_killed_and_restarted(tmp_path: Path) -> None:
    async with ScriptedModel([text("Hello again.")]) as model:
        house = house_with_opencode(tmp_path, model)
        started = await house.run("start", "--json", "--no-open", "--port", "0", *OPENCODE)
        assert started.code == 0, started.err
        try:
            async with browser() as page:
                await page.open(started.json["login_url"])
                await page.start_voice()
                boot = started.json["boot_id"]
                os.kill(started.json["pid"], signal.SIGKILL)
                await expect(page.page.locator('body[data-voice="reconnecting"]')).to_be_attached(timeout=PATIENT_MS)
                again = await house.run("start", "--json", "--no-open", *OPENCODE)
                assert again.json["url"] == started.json["url"], "crash recovery keeps the port"
                rebooted = f'body[data-boot="{again.json["boot_id"]}"]'
                await expect(page.page.locator(rebooted)).to_be_attached(timeout=PATIENT_MS)
                await expect(page.page.locator('body[data-voice="listening"]')).to_be_attached(timeout=PATIENT_MS)
                assert again.json["boot_id"] != boot
                since = await page.now()
                await type_in(page, "hello")
                await told(page, "Hello again.")
                await page.heard_after(since)
        finally:
            await house.run("stop")
        await house.nobody_left()
