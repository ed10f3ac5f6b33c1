"""A spoken yes lets the real OpenCode edit a file, and what may destroy needs its phrase."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from e2e.browser import Browser
from e2e.daemon import KEYS, House, RunningDaemon
from e2e.vendors import CARTESIA_KEY, SONIOX_KEY
from e2e.workshop import AUDIO, house_with_opencode, said, spoken_to, told, type_in, until
from wire.cartesia_server import CartesiaServer
from wire.scripted_model import ScriptedModel, text, tool
from wire.soniox_server import SonioxServer

pytestmark = pytest.mark.e2e

FLAGS = ("--profile", "cloud", "--agent", "opencode", "--offline")


def cloudy(home: Path, model: ScriptedModel, ears: SonioxServer, voice: CartesiaServer) -> House:
    """A home with OpenCode, and both vendors on this machine."""
    plain = house_with_opencode(home, model)
    stages = {"stt": {"use": "soniox", "url": ears.url}, "tts": {"use": "cartesia", "url": voice.url}}
    settings = {"version": 1, "voice": {"secrets": {"gopass": False}, "profiles": {"cloud": stages}}}
    file = home / ".config" / "aidevops" / "voice.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(settings))
    return House(home, {**plain.environ, **KEYS})


async def pending(daemon: RunningDaemon) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await daemon.status())["pending"]
    return found


async def speak(page: Browser) -> None:
    """Something is said; what was understood is scripted."""
    await page.silent_for(1200)
    await page.say(AUDIO / "slt" / "which-branch.wav")


async def test_a_yes_allows_an_edit_and_a_deletion_needs_its_phrase(tmp_path: Path) -> None:
    home = tmp_path / "home"
    script = [
        tool("write", filePath=str(home / "project" / "new.txt"), content="hello\n"),
        tool("bash", command="rm -rf build", description="Clean"),
        text("Written and cleaned."),
    ]
    phrase: list[str] = []
    async with (
        ScriptedModel(script) as model,
        SonioxServer(("yes go ahead", "yes"), key=SONIOX_KEY) as ears,
        CartesiaServer(key=CARTESIA_KEY) as voice,
    ):
        house = cloudy(home, model, ears, voice)
        build = house.project / "build"
        build.mkdir()
        for name in range(14):
            (build / f"{name}.o").write_text("")
        async with spoken_to(house, FLAGS) as (daemon, page):
            await type_in(page, "write it and clean up")
            await said(page, "May it?")
            assert not (house.project / "new.txt").exists()
            await speak(page)
            await until((house.project / "new.txt").exists)

            await said(page, "The agent wants to delete the folder build, fourteen files.")
            await said(page, "To let it happen, say:")
            await speak(page)
            await said(page, "To let it happen, say:", 2)
            assert build.exists(), "a mere yes destroys nothing"
            phrase += (await pending(daemon))[0]["challenge"]
            assert phrase[0] == "confirm"
            ears.say.append(" ".join(phrase))
            await speak(page)
            await until(lambda: not build.exists())
            await told(page, "Written and cleaned.")
        done = await house.run("why", "--json")
        assert [each["decision"] for each in done.json["consents"]] == ["allow", "allow"]
        assert done.json["consents"][1]["risk"] == "destructive"
