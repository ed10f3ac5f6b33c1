"""How the lists of a text are told: plans, choices that something points at, counted names, and what leads to them."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import guess
from aidevops_voice.words.choice import choose
from aidevops_voice.words.speakable import pieces

PLAN = (
    "You can split the monolith without stopping the shop. My plan would be:\n\n"
    "1. {}Extract the catalogue into its own package.\n"
    "2. {}Put an interface in front of it and let all callers use that.\n"
    "3. {}Copy the tables. This is the risky part, because two million rows have foreign keys.\n"
    "4. {}Point the interface at the new database.\n"
    "5. {}Delete the old tables.\n\n"
    "Each step can be released on its own.\n"
)
TWO_WAYS = (
    "The mails come twice because the job runs again when the server answers late, though the first one left.\n\n"
    "Two ways to mend it:\n\n"
    "1. **Idempotency key** – store the id before sending. Safe, about 20 lines.\n"
    "2. **Longer timeout** – 30 seconds instead of 5. One line, but it only makes it rarer.\n\n"
)


def told(text: str) -> str:
    language = guess(text)
    return " ".join(choose(pieces(text, language)[0], language, 80).said)


def test_a_plan_is_told_by_the_number_of_its_steps_the_first_and_the_hard_one() -> None:
    said = told(PLAN.format("", "", "", "", ""))
    assert "Five steps, first extract the catalogue" in said
    assert "Step three, this is the risky part" in said
    assert "elete the old tables" not in said


def test_a_plan_is_told_by_the_names_of_its_steps() -> None:
    said = told(PLAN.format("**Package** – ", "**Interface** – ", "**Copy** – ", "**Switch** – ", "**Clean up** – "))
    assert "ive steps, package, interface, copy, switch, clean up" in said
    assert "opy, this is the risky part" in said


@pytest.mark.parametrize(
    ("advice", "heard"),
    [
        ("I'd do the first. Shall I?", "I'd do the first, idempotency key, store the id before sending. Shall I?"),
        ("I'd take the latter.", "I'd take the latter, longer timeout, thirty seconds instead of five."),
        ("I'd go with option two.", "I'd go with option two, longer timeout, thirty seconds instead of five."),
        ("I'd do both.", "I'd do both, idempotency key, store the id before sending and longer timeout"),
    ],
)
def test_what_a_recommendation_points_at_is_told_with_it(advice: str, heard: str) -> None:
    assert heard.lower() in told(TWO_WAYS + advice).lower()


def test_what_is_pointed_at_is_told_in_spanish() -> None:
    text = (
        "Sí, merece la pena. Hay dos formas de hacerlo:\n\n"
        "1. **Caché en Redis** – guardas el resultado diez minutos. Poco código, pero hay que invalidarla al editar.\n"
        "2. **Vista materializada** – la base de datos la refresca. Sin código, pero con datos de hace una hora.\n\n"
        "Yo haría la primera. ¿La preparo?"
    )
    assert "Yo haría la primera, caché en Redis" in told(text)


def test_few_long_items_that_are_counted_are_told_by_their_names() -> None:
    text = (
        "No, not in one go. Three of your services still talk to the old queue:\n\n"
        "- `billing` publishes to it through its client and has no abstraction around it, so one has to be written.\n"
        "- `mailer` only consumes, but it relies on priorities, which the new broker does not have at all.\n"
        "- `exports` is the easiest one. It uses the wrapper already and needs a new address.\n\n"
        "The rest doesn't care about the queue.\n\nSo the order I'd go in:\n\n"
        "1. Switch `exports`\n2. Write the wrapper for `billing`\n3. Drop the priorities in `mailer`\n\n"
        "Count on two days for it."
    )
    said = told(text)
    assert "talk to the old queue, billing, mailer and exports" in said
    assert not said.rstrip(".").endswith("I'd go in")


def test_of_two_counted_items_each_is_told_without_what_follows_from_it() -> None:
    text = (
        "Fixed, both bugs of the basket are gone:\n\n"
        "1. **Coupon** – the percentage is divided by 100 now, so a 10 % coupon on 100 gives 90 as it should.\n"
        "2. **Shipping** – an order of exactly 50 ships for free now (`>=` instead of `>`).\n\n"
        "All five tests pass."
    )
    said = told(text)
    assert "coupon, the percentage is divided by one hundred now" in said.lower()
    assert "shipping, an order of exactly fifty ships for free now" in said.lower()
    assert "some code" not in said


@pytest.mark.parametrize(
    ("text", "heard", "unheard"),
    [
        (
            "I dug into this and the cause is clear.\n\n## Why the mail goes out twice\n\n"
            "The entry is in the **base image**, so it runs in both the web and the worker container of each host. "
            "Each of them sends it at 7:00, and neither knows about the other.\n\n### How to fix it\n\n"
            "1. **Move the line** into the image of the worker.\n2. Or guard the script with a lock.\n\n"
            "The first is a two-line change and needs no new code at all.",
            "in both the web and the worker",
            "the cause is clear",
        ),
        (
            "Both libraries can read and write sheets, and each has its strengths.\n\n### openpyxl\n"
            "- Reads and writes files\n- Keeps the formatting of existing files\n\n### pandas\n"
            "- Reads a whole sheet in one call\n- Drops all formatting when it writes\n\n### What I'd recommend\n"
            "You only change three cells in a template, so take openpyxl. "
            "The other would throw away the colours that your customers expect.",
            "so take openpyxl",
            "has its strengths",
        ),
    ],
)
def test_the_section_that_answers_is_told(text: str, heard: str, unheard: str) -> None:
    said = told(text)
    assert heard in said
    assert unheard not in said


@pytest.mark.parametrize("onward", ["If that matters", "If so", "In that case", "Otherwise"])
def test_what_goes_on_from_a_condition_needs_the_sentence_before(onward: str) -> None:
    filling = "The handler reads its page of the report anew each time. " * 4
    text = f"All done. {filling}One heads-up: the limiter keeps its state in memory. {onward}, use Redis instead."
    said = told(text)
    assert f"{onward}, use" not in said or "state in memory" in said


def test_a_text_little_too_long_loses_what_its_sentences_add() -> None:
    text = (
        "The key is ignored because its permissions are too open: everybody on the host can read it (0644). "
        "I tried to change them, but that failed too, the file belongs to root. "
        "Please do it yourself with sudo, after that the deploy should get through."
    )
    said = told(text)
    assert "zero six four four" not in said
    assert "get through" in said


def test_only_the_part_with_the_code_is_dropped() -> None:
    text = (
        "The parser is slow. " + "Then the handler reads its page of the report anew. " * 3 + "On the staging server "
        "the migration will fail for all tenants (`x = {a: [1], b: (2)} >> {c}`). The rest of it is on the page."
    )
    assert "the migration will fail for all tenants" in told(text)
