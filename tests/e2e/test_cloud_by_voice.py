"""Whole spoken turns over the cloud profile, and what happens when one of its vendors fails."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from e2e.browser import Browser
from e2e.vendors import CARTESIA_KEY, SONIOX_KEY, call, fate, spoken
from e2e.workshop import AUDIO, PATIENT_MS, said, told, type_in
from playwright.async_api import expect
from wire.cartesia_server import CartesiaServer, Fault
from wire.soniox_server import SonioxServer

pytestmark = pytest.mark.e2e

BRANCH = "You are on branch main."


def soniox(*say: str) -> SonioxServer:
    return SonioxServer(say, key=SONIOX_KEY)


def cartesia(**more: Any) -> CartesiaServer:
    return CartesiaServer(key=CARTESIA_KEY, **more)


def line(page: Browser, state: str, text: str) -> Any:
    return page.page.locator(f'[data-testid="spoken"][data-state="{state}"]').filter(has_text=text)


async def notice(page: Browser, code: str, message: str, cure: str) -> None:
    """Wait for the one notice of this code, with its cure."""
    found = page.page.locator(f'[data-testid="notice"][data-code="{code}"]')
    await expect(found).to_have_count(1, timeout=PATIENT_MS)
    await expect(found).to_contain_text(message)
    await expect(found).to_contain_text(cure)


async def heard(page: Browser) -> str:
    return str((await page.part("heard").last.inner_text()).splitlines()[-1])


async def test_a_spoken_turn_an_interruption_and_a_lost_connection(tmp_path: Path) -> None:
    ears = soniox("which branch are we on", "what can you do", "be quiet", "which branch are we on")
    voice = cartesia(pace=0.7)
    async with call(tmp_path, ears, voice) as (daemon, page):
        end = await page.say(AUDIO / "slt" / "which-branch.wav")
        await page.heard_after(end)
        await said(page, BRANCH)
        assert await heard(page) == "which branch are we on"
        assert spoken(voice)[-1] == BRANCH

        await page.silent_for()
        end = await page.say(AUDIO / "slt" / "what-can-you-do.wav")
        await page.heard_after(end)
        await page.say(AUDIO / "slt" / "be-quiet.wav")
        await page.silent_for()
        await expect(line(page, "cut", "I can run the tests")).to_be_visible(timeout=PATIENT_MS)
        assert "cancelled" in [context.state for context in voice.contexts]

        await expect(page.page.locator('[data-testid="heard"][data-state="command"]')).to_be_visible()
        speaking = asyncio.create_task(page.say(AUDIO / "rms" / "which-branch.wav"))
        await expect(page.page.locator("body[data-voice=hearing]")).to_be_attached(timeout=PATIENT_MS)
        ears.cut()
        await speaking
        await said(page, BRANCH, 2)
        assert await heard(page) == "which branch are we on"
        before, after = ears.calls[0].audio, ears.calls[1].audio
        assert bytes(before[-6400:]) in after, "what was on its way is sent again"

        assert await page.part("notice").count() == 0
        assert (await daemon.status())["degraded"] == []
        assert [entry for entry in page.console if entry.startswith("error")] == []


async def test_a_wrong_key_of_the_recogniser_is_said_and_typing_goes_on(tmp_path: Path) -> None:
    ears, voice = soniox("which branch are we on"), cartesia()
    async with call(tmp_path, ears, voice, SONIOX_API_KEY="not-the-key-of-soniox") as (_, page):
        await notice(page, "speech.stt", "Soniox refuses the key SONIOX_API_KEY", "aidevops secret set SONIOX_API_KEY")
        await said(page, "I cannot hear you just now. You can type.")
        await page.heard_after(0)
        tries = len(ears.calls)
        await page.say(AUDIO / "slt" / "which-branch.wav")
        await type_in(page, "which branch are we on")
        await said(page, BRANCH)
        await ears.until(lambda: len(ears.calls) == tries + 1)
        await notice(page, "speech.stt", "Soniox", "aidevops-voice restart")

        ears.key = "not-the-key-of-soniox"  # the vendor takes it from now on
        await page.silent_for()
        await page.say(AUDIO / "slt" / "which-branch.wav")
        await said(page, BRANCH, 2)
        assert await heard(page) == "which branch are we on"


async def test_a_wrong_key_of_the_voice_is_shown_and_nothing_is_claimed_as_said(tmp_path: Path) -> None:
    ears, voice = soniox("which branch are we on"), cartesia()
    async with call(tmp_path, ears, voice, CARTESIA_API_KEY="not-the-key-of-cartesia") as (_, page):
        await notice(page, "speech.tts", "Cartesia refuses the key CARTESIA_API_KEY", "set CARTESIA_API_KEY")
        await page.say(AUDIO / "slt" / "which-branch.wav")
        await expect(line(page, "unvoiced", BRANCH)).to_be_visible(timeout=PATIENT_MS)
        await expect(page.part("agent-output")).to_contain_text(BRANCH)
        await type_in(page, "what can you do")
        await told(page, "I can run the tests")
        await expect(line(page, "unvoiced", "I can run the tests")).to_be_visible(timeout=PATIENT_MS)
        assert await line(page, "said", "").count() == 0
        await notice(page, "speech.tts", "Cartesia", "aidevops-voice restart")
        assert voice.contexts == []


async def test_a_voice_that_stalls_is_told_once_and_the_sentence_is_said_again(tmp_path: Path) -> None:
    ears, voice = soniox(), cartesia()
    async with call(tmp_path, ears, voice) as (daemon, page):
        voice.fault = Fault("stall", times=len(voice.contexts) + 1)
        await type_in(page, "which branch are we on")
        await said(page, BRANCH)
        await said(page, "My voice failed for a moment.")
        lost_at_once = ["queued", "unvoiced", "begun", "said"]
        assert await fate(daemon, BRANCH, 1) == lost_at_once

        voice.fault = Fault("stall", after=8, times=len(voice.contexts) + 1)
        await type_in(page, "which branch are we on")
        await said(page, BRANCH, 2)
        assert await fate(daemon, BRANCH, 2) == [*lost_at_once, "queued", "begun", "cut", "begun", "said"]
        await notice(page, "speech.tts", "Cartesia does not answer", "tried again")
        assert spoken(voice).count(BRANCH) == 4
