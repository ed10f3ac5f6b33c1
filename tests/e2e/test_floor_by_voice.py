"""A cough, a held key and the wake phrase: the rehearsal agent, the embedded engines and a real Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from e2e.browser import Browser, browser
from e2e.daemon import House, running
from e2e.workshop import AUDIO, PATIENT_MS, REHEARSAL, grunt, repository, said, spoken_to, type_in
from playwright.async_api import expect

pytestmark = pytest.mark.e2e


def house(tmp_path: Path, **environ: str) -> House:
    made = House(tmp_path, environ)
    repository(made.project)
    return made


async def test_after_a_cough_the_sentence_goes_on(tmp_path: Path) -> None:
    async with spoken_to(house(tmp_path), REHEARSAL) as (daemon, page):
        await type_in(page, "what can you do")
        spoken = page.part("spoken").filter(has_text="I can run the tests").first
        await expect(spoken).to_have_attribute("data-state", "begun", timeout=PATIENT_MS)
        await page.page.wait_for_timeout(2500)
        await page.say(grunt(tmp_path / "grunt.wav", 0.45))
        await expect(page.part("heard").last).to_be_visible()
        await said(page, "I can run the tests")
        status = await daemon.status()
        assert (status["turns"], status["agent_state"]) == (1, "idle")


async def test_push_to_talk(tmp_path: Path) -> None:
    made = house(tmp_path, AIDEVOPS_VOICE_LISTENING_MODE="push")
    async with running(made, REHEARSAL) as daemon, browser() as page:
        await daemon.until(agent_state="idle")
        await page.open(await daemon.login_url())
        await page.part("mic-button").click()
        await expect(page.page.locator('body[data-voice="push"]')).to_be_attached(timeout=PATIENT_MS)
        await page.page.screenshot(path=tmp_path / "push.png")
        await page.say(AUDIO / "slt" / "which-branch.wav")
        await page.page.wait_for_timeout(1500)
        assert await page.part("heard").count() == 0, "nobody held the key"

        await page.part("mic-button").evaluate("(button) => button.blur()")
        await page.page.keyboard.down(" ")
        await expect(page.page.locator('body[data-voice="listening"]')).to_be_attached(timeout=PATIENT_MS)
        await page.say(AUDIO / "slt" / "which-branch.wav")
        await page.page.screenshot(path=tmp_path / "held.png")
        await page.page.keyboard.up(" ")
        await said(page, "You are on branch main.")
        await page.silent_for()

        button = await page.part("mic-button").bounding_box()
        assert button
        await page.page.mouse.move(button["x"] + 20, button["y"] + 20)
        await page.page.mouse.down()
        await page.say(AUDIO / "slt" / "which-branch.wav")
        await page.page.mouse.up()
        await said(page, "You are on branch main.", 2)
        await expect(page.page.locator('body[data-voice="push"]')).to_be_attached(timeout=PATIENT_MS)

        await page.part("text-box").focus()
        await page.page.keyboard.type("a b")
        await expect(page.part("text-box")).to_have_value("a b")
        assert await page.page.locator('body[data-voice="push"]').count() == 1, "Space in the text box is a space"
        assert [line for line in page.console if line.startswith("error")] == []


async def wake(page: Browser) -> None:
    """Say it until it is understood, as one does: the small recogniser misses one in some."""
    awake = page.part("spoken").filter(has_text="I am listening.")
    for tries in range(1, 4):
        await page.say(AUDIO / "slt" / "hey-devops.wav")
        refused = page.part("heard").nth(tries).filter(has_text="asleep")
        await expect(awake.or_(refused).first).to_be_visible(timeout=PATIENT_MS)
        if await awake.count():
            break
    await said(page, "I am listening.")


async def test_the_wake_phrase(tmp_path: Path) -> None:
    made = house(tmp_path, AIDEVOPS_VOICE_LISTENING_MODE="wake")
    async with running(made, REHEARSAL) as daemon, browser() as page:
        await daemon.until(agent_state="idle")
        await page.open(await daemon.login_url())
        await page.part("mic-button").click()
        await expect(page.page.locator('body[data-voice="asleep"]')).to_be_attached(timeout=PATIENT_MS)
        await page.say(AUDIO / "slt" / "which-branch.wav")
        await expect(page.part("heard").first).to_contain_text("asleep", timeout=PATIENT_MS)
        await wake(page)
        await page.silent_for()
        await page.say(AUDIO / "slt" / "which-branch.wav")
        await said(page, "You are on branch main.")
        assert (await daemon.status())["turns"] == 1
        assert (await daemon.status())["listening"]["state"] == "awake"
