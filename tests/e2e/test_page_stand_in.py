"""The built page in a real Chromium against the stand-in daemon: what needs a browser but no agent and no speech."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest
from e2e.stand_in import StandIn, chromium, listen, logged_in, standing_in, word
from playwright.async_api import BrowserContext, Page, expect

pytestmark = pytest.mark.e2e

ASK = {
    "type": "ask",
    "id": "per_1",
    "kind": "permission",
    "title": "The agent wants to run: git push.",
    "permission": "bash",
    "command": "git push origin main",
    "always": ["git push *"],
}
LOUDEST = """async (audio) => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(audio.srcObject).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  for (let look = 0; look < 100 && loudest < 0.01; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, ...samples.map(Math.abs));
  }
  await context.close();
  return loudest;
}"""


@pytest.fixture
async def stand_in() -> AsyncGenerator[StandIn]:
    async with standing_in() as running:
        yield running


@pytest.fixture
async def context() -> AsyncGenerator[BrowserContext]:
    """A browser that gives a fake microphone without asking."""
    async with chromium("--use-fake-ui-for-media-stream") as browser:
        yield await browser.new_context()


@pytest.fixture
async def page(context: BrowserContext, stand_in: StandIn) -> AsyncGenerator[Page]:
    async with logged_in(context, stand_in) as page:
        yield page


async def test_a_link_opens_the_page_once_and_leaves_no_ticket(context: BrowserContext, stand_in: StandIn) -> None:
    page = await context.new_page()
    await page.goto(stand_in.url)
    await expect(page.get_by_test_id("needs-link")).to_contain_text("aidevops-voice open")
    await page.goto(f"{stand_in.url}/#ticket=spent")
    await expect(page.get_by_test_id("needs-link")).to_contain_text("already used")
    await page.goto(f"{stand_in.url}/#ticket=good")
    await expect(page.get_by_test_id("connection")).to_have_text("Connected")
    await expect(page.get_by_test_id("needs-link")).to_be_hidden()
    assert page.url == f"{stand_in.url}/"


async def test_sound_goes_both_ways_and_the_words_follow(page: Page, stand_in: StandIn) -> None:
    await listen(page)
    await stand_in.hears(0.5)
    assert await page.get_by_test_id("bot-audio").evaluate(LOUDEST) > 0.01
    for told, expected in (
        ("user-started-speaking", "hearing"),
        ("user-stopped-speaking", "listening"),
        ("bot-started-speaking", "speaking"),
        ("bot-stopped-speaking", "listening"),
    ):
        await stand_in.rtvi(told)
        await word(page, expected)


async def test_mute_and_push_to_talk(page: Page) -> None:
    await listen(page)
    await page.get_by_test_id("mute").click()
    await word(page, "muted")
    await expect(page.get_by_test_id("mute")).to_have_accessible_name("Unmute")
    await page.keyboard.down("Space")
    await word(page, "listening")
    await page.keyboard.up("Space")
    await word(page, "muted")
    await page.keyboard.press("m")
    await word(page, "listening")


async def test_another_boot_is_picked_up_with_the_voice(page: Page, stand_in: StandIn) -> None:
    await stand_in.put(ASK, {"type": "heard", "id": "h1", "text": "before", "state": "sent", "final": True})
    await listen(page)
    boot = await page.locator("body").get_attribute("data-boot")
    heard = (await stand_in.look())["heard_s"]
    await stand_in.restart()
    await expect(page.locator("body")).not_to_have_attribute("data-boot", boot or "")
    await word(page, "listening")
    await stand_in.hears(heard + 0.5)
    await expect(page.get_by_test_id("ask-card")).to_have_count(0)
    await stand_in.put({"type": "heard", "id": "h1", "text": "after", "state": "sent", "final": True})
    await expect(page.get_by_test_id("caption")).to_have_text(["before", "after"])


async def test_a_refused_microphone_still_lets_hear_and_type(stand_in: StandIn) -> None:
    async with chromium("--deny-permission-prompts") as browser:
        page = await browser.new_page()
        await page.goto(f"{stand_in.url}/#ticket=good")
        await page.get_by_test_id("mic-button").click()
        await word(page, "no-microphone")
        await expect(page.get_by_test_id("notice")).to_contain_text("Allow it")
        assert await page.get_by_test_id("bot-audio").evaluate(LOUDEST) > 0.01
        await page.keyboard.press("/")
        await page.keyboard.type("yes run the tests")
        await page.keyboard.press("Enter")
        assert await stand_in.posted(1) == [{"verb": "ask", "text": "yes run the tests", "wait": False}]


async def test_a_permission_shows_the_exact_command_and_takes_keys_after_a_moment(
    page: Page, stand_in: StandIn
) -> None:
    await stand_in.put(ASK)
    card = page.get_by_test_id("ask-card")
    await expect(card.get_by_test_id("ask-exact")).to_have_text("git push origin main")
    await expect(card.get_by_test_id("always-scope")).to_contain_text("git push *")
    await expect(card).to_have_attribute("role", "alertdialog")
    assert await page.evaluate("document.activeElement === document.body")
    await page.get_by_test_id("text-box").fill("y")
    await page.keyboard.press("y")
    await page.keyboard.press("Escape")
    async with asyncio.timeout(5):
        while len(await stand_in.posted(1)) < 2:
            await page.keyboard.press("y")
    assert (await stand_in.look())["posts"] == [
        {"verb": "hush"},
        {"verb": "answer", "id": "per_1", "reply": "allow"},
    ]
    await stand_in.put({"type": "ask_closed", "id": "per_1", "closing": "allow"})
    await expect(card).to_have_count(0)
    await expect(page.get_by_test_id("note")).to_contain_text("Allowed once")


async def test_a_click_denies_with_a_reason_and_a_refused_answer_can_be_given_again(
    page: Page, stand_in: StandIn
) -> None:
    await stand_in.put(ASK | {"always": []})
    await expect(page.get_by_test_id("allow-always")).to_have_count(0)
    await stand_in.refuse(answer=502)
    await page.get_by_test_id("deny-message").fill("use a branch")
    await page.get_by_test_id("deny").click()
    await expect(page.get_by_test_id("notice")).to_contain_text("Try again.")
    await stand_in.refuse()
    await page.get_by_test_id("deny").click()
    denied = {"verb": "answer", "id": "per_1", "reply": "deny", "message": "use a branch"}
    assert await stand_in.posted(1) == [denied]


async def test_a_question_takes_several_options_and_own_words(page: Page, stand_in: StandIn) -> None:
    options = [{"label": "src"}, {"label": "tests"}, {"label": "docs"}]
    question = {"text": "Which files?", "options": options, "multiple": True, "custom": True}
    await stand_in.put(
        {"type": "ask", "id": "q1", "kind": "question", "title": "Which files?", "questions": [question]}
    )
    chosen = page.get_by_test_id("option")
    await chosen.nth(0).click()
    await chosen.nth(2).click()
    await expect(chosen.nth(2)).to_have_attribute("aria-pressed", "true")
    await page.get_by_test_id("own-answer").fill("and the readme")
    await page.get_by_test_id("answer").click()
    assert await stand_in.posted(1) == [
        {"verb": "answer", "id": "q1", "reply": "allow", "answers": [["src", "docs", "and the readme"]]}
    ]


async def test_a_draft_is_corrected_and_sent_or_dropped(page: Page, stand_in: StandIn) -> None:
    draft = {"type": "heard", "id": "h1", "text": "add a retry to the down load", "state": "draft", "final": True}
    await stand_in.put(draft)
    box = page.get_by_test_id("draft-text")
    await expect(box).to_have_value("add a retry to the down load")
    await box.fill("add a retry to the download")
    await box.press("Enter")
    await expect(page.get_by_test_id("draft")).to_be_hidden()
    await stand_in.put(draft | {"id": "h2"})
    await expect(page.get_by_test_id("draft")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("draft")).to_be_hidden()
    assert await stand_in.posted(2) == [
        {"verb": "ask", "text": "add a retry to the download", "wait": False},
        {"verb": "hush"},
    ]


async def test_a_text_that_was_not_taken_stays_in_the_box(page: Page, stand_in: StandIn) -> None:
    await stand_in.refuse(ask=502)
    await page.get_by_test_id("text-box").fill("run the tests")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("notice")).to_contain_text("Refused /api/ask.")
    await expect(page.get_by_test_id("text-box")).to_have_value("run the tests")


async def test_hostile_and_huge_output_is_only_text(page: Page, stand_in: StandIn) -> None:
    hostile = "<img src=x onerror=document.title='bad'> [x](javascript:x) <script>document.title='bad'</script>\n\n"
    text = {"type": "agent", "session": "s", "turn": "t", "what": "text", "part": "p"}
    pieces = [text | {"text": f"line {at}\n" * 4_000, "done": False} for at in range(200)]
    await stand_in.put(text | {"text": hostile, "done": False}, *pieces, text | {"text": "the end", "done": True})
    output = page.get_by_test_id("agent-text")
    await expect(output).to_contain_text("the end")
    await expect(output).to_contain_text("<script>document.title='bad'</script>")
    await expect(page.get_by_test_id("left-out")).to_contain_text("MB left out")
    assert await page.title() == "aidevops voice"
    assert await output.locator("a, img, script").count() == 0
    assert await page.evaluate("document.getElementsByTagName('*').length") < 3_000
