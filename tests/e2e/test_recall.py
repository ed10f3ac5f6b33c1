"""The record of the last turn outlives the daemon, even one that was killed."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from e2e.daemon import KEYS, House, running

pytestmark = pytest.mark.e2e


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    """In which nobody is left at the end."""
    house = House(tmp_path, KEYS)
    yield house
    await house.run("stop")
    assert house.processes() == {}


async def test_what_was_run_is_told_after_a_crash(house: House) -> None:
    async with running(house):
        assert (await house.run("ask", "which branch are we on", "--json")).json["outcome"] == "done"
        before = await house.run("ask", "what did you run", "--json")
        assert before.code == 0
        assert before.json["outcome"] == "done"
        assert before.json["spoken"][0].startswith("Ran git ")
    async with running(house, port=None) as daemon:
        assert (await house.run("ask", "What did you run?", "--json")).json["spoken"] == before.json["spoken"]
        assert (await house.run("ask", "slower")).code == 0
        assert (await daemon.status())["turns"] == 0, "the agent was not asked"
        await daemon.kill()
    async with running(house, port=None):
        assert (await house.run("ask", "qué has ejecutado", "--json")).json["spoken"] == before.json["spoken"]
