"""A real Chromium reaches the daemon's voice although nothing of it listens beyond loopback."""

from __future__ import annotations

from pathlib import Path

import pytest
from e2e.browser import browser
from e2e.daemon import EMBEDDED, House, running

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
        await first.page.wait_for_selector('body:not([data-voice="listening"])')
        assert await second.page.locator('body[data-voice="listening"]').count() == 1
