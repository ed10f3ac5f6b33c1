"""Spoken requests without any OpenCode: the rehearsal agent, the embedded engines and a real Chromium."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from e2e.browser import MICROPHONE_AND_EARS, Browser, browser
from e2e.daemon import House
from e2e.workshop import (
    AUDIO,
    PATIENT_MS,
    REHEARSAL,
    allow,
    commands_alive,
    repository,
    said,
    spoken_to,
    told,
    type_in,
    until,
)
from playwright.async_api import Error as PlaywrightError, expect

pytestmark = pytest.mark.e2e


def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    repository(made.project)
    return made


async def speak(page: Browser, name: str, voice: str = "slt") -> float:
    """Say a committed phrase; returns when the bot was first heard after it, ms from the end of speech."""
    end = await page.say(AUDIO / voice / f"{name}.wav")
    try:
        return await page.heard_after(end) - end
    except PlaywrightError:
        raise AssertionError(await page.part("conversation").inner_text()) from None


async def test_a_file_is_created_only_after_a_click_and_never_after_a_spoken_yes(tmp_path: Path) -> None:
    made = house(tmp_path)
    async with spoken_to(made, REHEARSAL) as (daemon, page):
        await speak(page, "create-a-file")
        await daemon.until(agent_state="needs_you")
        await said(page, "Press Y, or say no.")
        await page.silent_for()
        await speak(page, "yes")
        await told(page, "I may not take that by ear.")
        await page.silent_for()
        assert (await daemon.status())["agent_state"] == "needs_you"
        await speak(page, "no")
        await told(page, "Denied.")
        await daemon.until(agent_state="idle")
        assert sorted(path.name for path in made.project.glob("n*")) == ["notes.txt"]
        await page.silent_for()

        await type_in(page, "create a file named plan.txt saying buy milk")
        await allow(page)
        await daemon.until(agent_state="idle")
        assert "buy milk" in (made.project / "plan.txt").read_text()
        assert [line for line in page.console if line.startswith("error")] == []


async def test_ten_turns_in_a_row(tmp_path: Path) -> None:
    async with spoken_to(house(tmp_path), REHEARSAL) as (daemon, page):
        delays = []
        for turn, voice in zip(range(1, 11), ["slt", "rms"] * 5, strict=True):
            delays.append(await speak(page, "which-branch", voice))
            await said(page, "You are on branch main.", turn)
            await page.silent_for()
        status = await daemon.status()
        assert (status["turns"], status["agent_state"], status["degraded"]) == (10, "idle", [])
        assert await page.part("notice").count() == 0
        print("end of speech to first sound, ms:", [round(delay) for delay in delays])


async def test_the_text_box_works_without_a_microphone(tmp_path: Path) -> None:
    made = house(tmp_path)
    async with spoken_to(made, REHEARSAL) as (_, page):
        since = await page.now()
        await type_in(page, "list the files")
        await page.heard_after(since)
        await expect(page.part("agent-output")).to_contain_text("notes.txt", timeout=PATIENT_MS)
        await page.page.keyboard.press("Escape")
        await page.silent_for()


async def test_a_run_survives_talking_over_and_ends_when_told_to(tmp_path: Path) -> None:
    made = house(tmp_path)
    (made.project / "test_slow.py").write_text(
        "import subprocess\n\ndef test_it():\n    subprocess.run(['sleep', '313'])\n"
    )
    async with spoken_to(made, REHEARSAL) as (daemon, page):
        await speak(page, "run-the-tests")
        await allow(page)
        await expect(page.part("tool-state").first).to_contain_text("running", timeout=PATIENT_MS)
        await until(lambda: commands_alive("sleep 313"))
        await page.silent_for()
        await page.say(AUDIO / "slt" / "be-quiet.wav")
        await expect(page.part("heard").filter(has_text="be quiet")).to_be_visible(timeout=PATIENT_MS)
        assert commands_alive("sleep 313")
        assert (await daemon.status())["agent_state"] == "working"
        await page.say(AUDIO / "slt" / "stop-the-agent.wav")
        await daemon.until(agent_state="idle")
        await said(page, "Stopped.")
        assert commands_alive("sleep 313") == []


async def test_the_open_page_finds_a_restarted_daemon(tmp_path: Path) -> None:
    made = house(tmp_path)
    started = (await made.run("start", "--json", "--no-open", "--port", "0", *REHEARSAL)).json
    try:
        async with browser() as page:
            await page.open(started["login_url"])
            await page.start_voice()
            os.kill(started["pid"], signal.SIGKILL)
            await expect(page.page.locator('body[data-voice="reconnecting"]')).to_be_attached(timeout=PATIENT_MS)
            again = (await made.run("start", "--json", "--no-open", *REHEARSAL)).json
            rebooted = f'body[data-boot="{again["boot_id"]}"][data-voice="listening"]'
            await expect(page.page.locator(rebooted)).to_be_attached(timeout=PATIENT_MS)
            await speak(page, "which-branch")
            await said(page, "You are on branch main.")
    finally:
        await made.run("stop")
    await made.nobody_left()


async def test_the_newer_tab_takes_the_voice_and_the_older_lets_go(tmp_path: Path) -> None:
    async with spoken_to(house(tmp_path), REHEARSAL) as (daemon, page):
        other = Browser(await page.page.context.new_page())
        await other.page.add_init_script(MICROPHONE_AND_EARS)
        await other.open(daemon.url)
        await other.start_voice()
        await expect(page.page.locator('body[data-voice="off"]')).to_be_attached(timeout=PATIENT_MS)
        await expect(page.part("notice")).to_contain_text("another tab")
        await speak(other, "which-branch")
        await said(other, "You are on branch main.")
        await expect(other.page.locator('body[data-voice="off"]')).to_have_count(0)
        assert (await daemon.status())["clients"] == 1


async def test_goodbye_is_answered_and_turns_the_voice_off(tmp_path: Path) -> None:
    async with spoken_to(house(tmp_path), REHEARSAL) as (daemon, page):
        await speak(page, "goodbye")
        await said(page, "Goodbye.")
        await expect(page.page.locator('body[data-voice="off"]')).to_be_attached(timeout=PATIENT_MS)
        await daemon.until(clients=0, agent_state="idle")
