"""The built page in a real Chromium: several sessions, ways to listen, and who does not see it or uses no mouse."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from e2e.stand_in import ROOT, StandIn, chromium, listen, logged_in, standing_in, word
from playwright.async_api import BrowserContext, Page, expect

pytestmark = pytest.mark.e2e

AXE = ROOT / "client/node_modules/axe-core/axe.min.js"
FOUND_BY_AXE = "() => axe.run().then((run) => run.violations.map((rule) => [rule.id, rule.nodes.map((n) => n.html)]))"
TOO_SMALL = """() => [...document.querySelectorAll("button, summary, textarea, input")].filter((part) => {
  const { width, height } = part.getBoundingClientRect();
  return width > 0 && Math.min(width, height) < 24;
}).map((part) => part.outerHTML)"""
WIDER = "() => document.documentElement.scrollWidth > innerWidth"
SCREENS = ((360, 740), (768, 1024), (1280, 800))

CART: dict[str, Any] = {"id": "s1", "title": "fix the cart", "project": "/w/shop", "focus": True, "agent_state": "idle"}
DOCS = CART | {"id": "s2", "title": "write the docs", "focus": False, "agent_state": "needs_you"}
BLOG = CART | {"id": "", "title": "", "project": "/w/blog", "focus": False, "agent_state": "working"}
ASK: dict[str, Any] = {
    "type": "ask",
    "id": "per_1",
    "session": "s1",
    "kind": "permission",
    "title": "The agent wants to delete the folder build, fourteen files.",
    "permission": "bash",
    "command": "rm -rf build",
    "always": ["rm *"],
}
PENDING = {
    "id": "per_1",
    "risk": "destructive",
    "why": "it deletes a folder",
    "challenge": ["confirm", "maple", "seven"],
}
QUESTION = {
    "type": "ask",
    "id": "q1",
    "session": "s1",
    "kind": "question",
    "questions": [{"text": "Which one?", "options": [{"label": "src"}, {"label": "docs", "description": "the pages"}]}],
}
WORK: tuple[dict[str, Any], ...] = (
    {"type": "heard", "id": "h1", "text": "run the tests", "state": "sent", "final": True},
    {"type": "turn", "id": "t1", "session": "s1", "text": "run the tests", "state": "running", "ours": True},
    {"type": "agent", "session": "s1", "turn": "t1", "what": "tool", "call": "c1", "tool": "bash"}
    | {"command": "pytest -q", "state": "running", "output": "...\n"},
    {"type": "agent", "session": "s1", "turn": "t1", "what": "todo", "items": [{"text": "One", "status": "pending"}]},
    {"type": "agent", "session": "s1", "turn": "t1", "what": "text", "part": "p", "text": "# Two\n\n`x`", "done": True},
    {"type": "spoken", "id": "u1", "text": "One test fails.", "state": "cut", "heard": "One test", "kind": "outcome"},
)
TROUBLE = {"type": "notice", "id": "n1", "code": "agent.lost", "message": "OpenCode is away.", "cure": "Wait."}


def state(*sessions: dict[str, Any], mode: str = "open", heed: str = "awake", **more: Any) -> dict[str, Any]:
    """The status as an event."""
    listening = {"mode": mode, "state": heed, "wake_phrase": "hey devops"}
    return {"type": "state", "state": "ready", "sessions": [*sessions], "listening": listening, **more}


SCENES: dict[str, tuple[dict[str, Any], ...]] = {
    "idle": (state(CART),),
    "working": (state(CART), *WORK),
    "request": (state(CART, pending=[PENDING]), *WORK, ASK, QUESTION),
    "sessions": (state(CART, DOCS, BLOG, pending=[PENDING]), *WORK, ASK | {"session": "s2"}, ASK | {"id": "per_2"}),
    "asleep": (state(CART, mode="wake", heed="asleep"), *WORK),
    "error": (
        state(CART, agent_state="lost", degraded=[{"code": "speech.tts", "message": "No voice.", "cure": "Type."}]),
        TROUBLE | {"level": "error"},
        {"type": "heard", "id": "h2", "text": "add a retry", "state": "draft", "final": True},
    ),
}


@pytest.fixture
async def stand_in() -> AsyncGenerator[StandIn]:
    async with standing_in() as running:
        yield running


@pytest.fixture
async def context() -> AsyncGenerator[BrowserContext]:
    """A browser that gives a fake microphone without asking."""
    async with chromium("--use-fake-ui-for-media-stream") as browser:
        yield await browser.new_context(reduced_motion="reduce")


@pytest.fixture
async def page(context: BrowserContext, stand_in: StandIn) -> AsyncGenerator[Page]:
    async with logged_in(context, stand_in) as page:
        yield page


@pytest.mark.parametrize("scene", SCENES)
async def test_every_screen_is_fit_for_who_does_not_see_it(page: Page, stand_in: StandIn, scene: str) -> None:
    await stand_in.put(*SCENES[scene], {"type": "heard", "id": "end", "text": "end", "state": "ignored", "final": True})
    await expect(page.get_by_test_id("caption").last).to_have_text("end")
    await page.evaluate(AXE.read_text("utf-8"))
    wrong: dict[str, Any] = {}
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        for width, height in SCREENS:
            await page.set_viewport_size({"width": width, "height": height})
            found = [await page.evaluate(script) for script in (FOUND_BY_AXE, TOO_SMALL, WIDER)]
            wrong |= {f"{scheme} {width}": found} if any(found) else {}
    assert wrong == {}, json.dumps(wrong, indent=1)


async def test_sessions_are_listed_and_chosen_by_mouse_and_by_key(page: Page, stand_in: StandIn) -> None:
    await stand_in.put(state(CART))
    await expect(page.get_by_test_id("connection")).to_have_text("Connected")
    await expect(page.get_by_role("navigation", name="Sessions")).to_be_hidden()
    await stand_in.put(state(CART, DOCS, BLOG))
    chosen = page.get_by_role("navigation", name="Sessions").get_by_role("button")
    names = ("shop: fix the cart idle", "shop: write the docs needs you", "blog: New session working")
    for at, name in enumerate(names):
        await expect(chosen.nth(at)).to_have_accessible_name(name)
    assert [await each.get_attribute("aria-current") for each in await chosen.all()] == ["true", "false", "false"]
    await page.keyboard.press("s")
    await expect(chosen.nth(1)).to_be_focused()
    await page.keyboard.press("Enter")
    assert await stand_in.posted(1) == [{"verb": "focus", "session": "s2"}]
    await stand_in.put(state(CART | {"focus": False}, DOCS | {"focus": True}, BLOG))
    await expect(chosen.nth(1)).to_have_attribute("aria-current", "true")
    await expect(page.get_by_test_id("announcement")).to_have_text("Now in shop: write the docs.")
    await chosen.nth(1).click()
    await chosen.nth(0).click()
    assert (await stand_in.posted(2))[1:] == [{"verb": "focus", "session": "s1"}]


async def test_keys_answer_the_session_in_focus_and_a_card_names_another(page: Page, stand_in: StandIn) -> None:
    await stand_in.put(state(CART, DOCS, pending=[PENDING]), ASK | {"session": "s2"})
    card = page.get_by_test_id("ask-card")
    await expect(card.get_by_test_id("ask-session")).to_have_text("Session “write the docs”")
    await expect(card.get_by_test_id("ask-challenge")).to_be_hidden()
    await expect(card).to_have_accessible_name("Session “write the docs” " + ASK["title"])
    await expect(page.get_by_test_id("announcement")).to_contain_text("Session write the docs needs you")
    await stand_in.put(ASK | {"id": "per_2", "title": "The agent wants to run make."})
    await expect(card.first).to_contain_text("run make")
    while not (await stand_in.look())["posts"]:
        await page.keyboard.press("y")
    assert (await stand_in.look())["posts"] == [{"verb": "answer", "id": "per_2", "reply": "allow"}]
    await stand_in.put({"type": "ask_closed", "id": "per_2", "session": "s1", "closing": "allow"})
    await expect(card).to_have_count(1)
    await page.keyboard.press("y")
    await card.get_by_test_id("deny").click()
    assert (await stand_in.posted(2))[1:] == [{"verb": "answer", "id": "per_1", "reply": "deny"}]


async def test_push_to_talk_is_held_by_key_and_by_button(page: Page, stand_in: StandIn) -> None:
    await stand_in.put(state(CART, mode="push"))
    microphone = page.get_by_test_id("mic-button")
    await microphone.click()
    await word(page, "push")
    await expect(microphone).to_have_accessible_name("Hold to talk")
    silent = (await stand_in.look())["heard_s"]
    await microphone.hover()
    await page.mouse.down()
    await word(page, "listening")
    await expect(page.get_by_test_id("voice-hint")).to_have_text("Let go when you are done")
    await page.mouse.up()
    await word(page, "push")
    for key in ("Space", "Enter"):
        await microphone.focus()
        await page.keyboard.down(key)
        await word(page, "listening")
        await page.keyboard.up(key)
        await word(page, "push")
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.down("Space")
    await word(page, "listening")
    await stand_in.hears(silent + 0.3)
    await page.evaluate("window.dispatchEvent(new Event('blur'))")
    await word(page, "push")
    await page.get_by_role("button", name="Voice off").click()
    await word(page, "off")


async def test_asleep_it_is_woken_by_a_press(page: Page, stand_in: StandIn) -> None:
    await listen(page)
    await stand_in.put(state(CART, mode="wake", heed="asleep"))
    await word(page, "asleep")
    await expect(page.get_by_test_id("voice-hint")).to_have_text("Say “hey devops”, or press the microphone")
    await expect(page.get_by_test_id("announcement")).to_contain_text("Asleep.")
    await stand_in.rtvi("user-started-speaking")
    await stand_in.rtvi("bot-started-speaking")
    await word(page, "speaking")
    await stand_in.rtvi("bot-stopped-speaking")
    await word(page, "asleep")
    await page.get_by_role("button", name="Wake it").click()
    assert await stand_in.posted(1) == [{"verb": "ask", "text": "wake up", "wait": False}]
    await stand_in.put(state(CART, mode="wake", heed="awake"))
    await word(page, "hearing")
