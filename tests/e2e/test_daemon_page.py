"""A real Chromium reaches the daemon's voice although nothing of it listens beyond loopback."""

from __future__ import annotations

from pathlib import Path

import pytest
from e2e.browser import browser
from e2e.daemon import EMBEDDED, House, running
from e2e.workshop import PATIENT_MS, repository
from playwright.async_api import expect

pytestmark = pytest.mark.e2e


async def test_audio_flows_over_loopback_alone(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.project.mkdir()
    async with running(house, EMBEDDED) as daemon, browser() as chromium:
        await chromium.open(await daemon.login_url())
        await chromium.start_voice()
        await daemon.until(clients=1)
        listening = house.listening()
        assert {kind for kind, _ in listening} == {"tcp", "udp"}
        assert {address for _, address in listening} == {"127.0.0.1"}
        since = await chromium.now()
        assert (await house.run("ask", "list the files")).code == 0
        assert await chromium.heard_after(since) > since
        assert await daemon.terminate() == 0
    assert house.processes() == {}


async def test_the_newest_page_has_the_microphone(tmp_path: Path) -> None:
    house = House(tmp_path)
    async with running(house, EMBEDDED) as daemon, browser() as first, browser() as second:
        await first.open(await daemon.login_url())
        await first.start_voice()
        await daemon.until(clients=1)
        await second.open(await daemon.login_url())
        await second.start_voice()
        assert (await daemon.status())["clients"] == 1
        await expect(first.page.locator('body[data-voice="off"]')).to_be_attached(timeout=PATIENT_MS)
        await expect(second.page.locator('body[data-voice="listening"]')).to_be_attached(timeout=PATIENT_MS)


async def test_a_session_is_chosen_on_the_page(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.project.mkdir()
    other = repository(tmp_path / "blog")
    async with running(house, EMBEDDED) as daemon, browser() as chromium:
        await chromium.open(await daemon.login_url())
        await expect(chromium.part("places")).to_be_hidden()
        await house.run("start", "--project", str(other), "--no-open", "--agent", "rehearsal", "--json")
        places = chromium.part("place")
        await expect(places).to_have_text(["project: New session idle", "blog: New session idle"])
        await places.last.click()
        await expect(places.last).to_have_attribute("aria-current", "true")
        assert (await daemon.status())["project"] == str(other)
        await chromium.part("text-box").fill("which branch are we on")
        await chromium.part("text-box").press("Enter")
        await expect(chromium.part("turn-state")).to_have_text("done")
        await expect(places.last).to_have_text("blog: which branch are we on idle")
        await chromium.page.keyboard.press("Escape")
        await chromium.page.keyboard.press("s")
        await chromium.page.keyboard.press("Enter")
        await expect(places.first).to_have_attribute("aria-current", "true")
        await expect(chromium.part("turn")).to_have_count(0)
        assert (await daemon.status())["project"] == str(house.project)
        await places.last.click()
        await expect(chromium.part("turn")).to_have_count(1)
        assert await daemon.terminate() == 0
