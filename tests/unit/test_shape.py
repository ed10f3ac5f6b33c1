"""The shape of an answer: titles that say something, ticks and crosses, labels, what is lost, what is offered."""

import pytest

from aidevops_voice.languages import guess, named
from aidevops_voice.narrator.outcome import text_only
from aidevops_voice.words import emphasis
from aidevops_voice.words.choice import choose
from aidevops_voice.words.speakable import pieces, render
from aidevops_voice.words.tables import Table
from aidevops_voice.words.worth import worth

ENGLISH, SPANISH = named("en"), named("es")
LONG = " ".join(f"Then the loader opens page {n} of the ledger." for n in range(2, 9))


def told(text: str, room: int = 80) -> str:
    """What is chosen of a Markdown text."""
    language = guess(text)
    return " ".join(choose(pieces(text, language)[0], language, room).said)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("## ❌ The import did not finish\n\nThe disk of the box is full.", "The import did not finish."),
        ("### Yes, with one exception\n\nBolts of size nine are cut by hand.", "Yes, with one exception."),
        ("# 🎉 The Gallery Is Open\n\nI copied the pictures first.", "The gallery is open."),
        ("## Backup stopped\n\nThe tape was pulled out at noon.", "Backup stopped."),
        ("## ❌ La copia no ha terminado\n\nEl disco de la caja está lleno.", "La copia no ha terminado."),
    ],
)
def test_a_title_that_states_something_is_told(text: str, first: str) -> None:
    assert told(text).startswith(first)


@pytest.mark.parametrize(
    "text",
    [
        "## What is new\n\nThe gallery has a door now.",
        "## How it works\n\nThe gallery has a door now.",
        "## Why the door is red\n\nThe gallery has a door now.",
        "## The gallery has a door\n\nThe gallery has a door now.",
        "## Overview\n\nThe gallery has a door now.",
        "## Cómo es\n\nThe gallery has a door now.",
    ],
)
def test_a_title_that_asks_names_or_repeats_is_not(text: str) -> None:
    assert told(text) == "The gallery has a door now."


def test_what_became_of_the_items_below_is_told_with_them() -> None:
    text = (
        "## ✅ Copied\n\n- **maps**: 4 s\n- **photos**: 9 s\n\n## ⚠️ Not copied\n\n- **films**: the disk has no room\n"
    )
    said = told(text)
    assert "Copied, maps, photos" in said
    assert "ot copied, films, the disk has no room" in said


@pytest.mark.parametrize(
    "praise",
    [
        "Great question, this one confuses a lot of people!",
        "Good catch — that trips up nearly everyone.",
        "Excellent question! It's one that many teams ask.",
        "What a great question, and one that comes up often!",
    ],
)
def test_praise_goes_with_all_that_is_said_of_the_question(praise: str) -> None:
    assert told(f"{praise}\n\nThe cache is off by default.") == "The cache is off by default."


def test_an_answer_behind_praise_stays() -> None:
    assert told("Great question, it is off by default.") == "It is off by default."
    assert told("¡Buena pregunta! Está apagada por defecto.").endswith("Está apagada por defecto.")


def test_a_line_that_leads_to_a_list_is_never_told_without_it() -> None:
    text = (
        f"The lock holds. {LONG}\n\nWhat the lock does not promise:\n"
        "- that two writers keep the order in which they began to wait for it\n\nTake it before you read."
    )
    said = told(text).lower()
    assert "does not promise" not in said or "two writers" in said


def test_of_ticks_and_crosses_the_crosses_are_told() -> None:
    text = (
        "**2 of 4 doors were painted.**\n\n- ✅ north door and its frame\n- ❌ south door: the paint had dried\n"
        "- ✅ garden door and its frame\n- ❌ cellar door: the key is missing\n\n"
        "The paint shop opens again on Monday, so the rest of it can be done early next week."
    )
    said = told(text)
    assert "the paint had dried" in said
    assert "the key is missing" in said
    assert "garden" not in said


@pytest.mark.parametrize(
    ("marks", "worths"),
    [
        (["✅ a", "❌ b"], [-4, 5]),
        (["✅ a", "✅ b"], [0, 0]),
        (["❌ a", "⚠️ b"], [0, 0]),
        (["✅ 3 passed", "❌ b"], [0, 5]),
        (["a", "b ⏭️ skipped", "c ✔"], [0, 5, -4]),
    ],
)
def test_marks_weigh_only_where_they_differ(marks: list[str], worths: list[float]) -> None:
    items = pieces("\n".join(f"- {one}" for one in marks), ENGLISH)[0]
    assert emphasis.judged(items, ENGLISH) == worths


@pytest.mark.parametrize(
    ("heavy", "light"),
    [
        ("It took 9 seconds instead of 40", "It took only 9 seconds"),
        ("Reading, this 61 seconds, that 2 seconds", "Reading, this took 61 seconds"),
        ("Limitation, long names are cut", "Anyway, long names are cut"),
        ("Names are cut", "You may want to cut names"),
    ],
)
def test_what_compares_warns_or_is_certain_weighs_more(heavy: str, light: str) -> None:
    assert worth(heavy, ENGLISH) > worth(light, ENGLISH)


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("The loss falls to **0.4** with it", 3.5),
        ("It is a sign of **a full disk**", 2.5),
        ("It is a sign of a full disk", 0.0),
    ],
)
def test_bold_words_weigh_more_and_bold_numbers_most(text: str, weight: float) -> None:
    assert emphasis.heavy(render(text, ENGLISH), text, ENGLISH) == weight


def test_up_to_a_number_compares_nothing() -> None:
    assert worth("It takes up to 3 cables", ENGLISH) == worth("It takes 3 cables", ENGLISH)


def test_before_and_after_weigh_in_spanish_too() -> None:
    assert worth("La página pasa de 9 segundos a 2", SPANISH) > worth("La página tarda 9 segundos", SPANISH)


def test_an_offer_takes_no_place_of_what_cannot_be_undone() -> None:
    text = (
        "I've emptied the attic to make room for the new shelves and the boxes.\n\n"
        "> Note: the letters were not backed up, so they cannot be restored.\n\n"
        f"{LONG}\n\nWould you like me to set up a policy so that this happens automatically in the future?"
    )
    said = told(text)
    assert "not backed up" in said
    assert "automatically" not in said


def test_what_was_lost_comes_before_how_to_get_it_back() -> None:
    text = (
        "The shelf looks like the catalogue again.\n\n**What was thrown away**\n\n"
        "1. Two drafts that were never saved: *Harbour*, *Lamps*\n2. A note in `index.txt` without a copy\n\n"
        "The drafts can be read in the print queue until midnight, and the queue is emptied after that."
    )
    said = told(text, 40)
    assert "wo drafts that were never saved" in said
    assert "note in index dot txt without a copy" in said


def test_the_first_step_of_a_recommendation_is_told() -> None:
    text = (
        f"The oven goes out because the gas valve closes. {LONG}\n\n## Recommendation\n\n"
        "1. Set the valve to 40.\n2. Look at the flame for a week. If it still goes out, the pipe leaks.\n"
    )
    assert "Set the valve to forty" in told(text)


def test_all_heads_of_a_short_list_come_before_what_is_said_of_one() -> None:
    text = (
        f"Both leaks have one cause. {LONG}\n\n1. **Turn the tap off at night**: the tank holds it instead of the "
        "pipe.\n"
        "2. **Change the old seal**: it is brittle, and it was put in before the house was sold.\n"
    )
    said = told(text)
    assert "urn the tap off at night" in said
    assert "hange the old seal" in said


def test_how_something_was_found_is_left_out() -> None:
    text = f"Trust the second scale. {LONG}\n\nI tried that quickly on the side: the error falls to **0.2**. {LONG}"
    assert "he error falls to zero point two" in told(text)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((" | before | after", "Total | 22 min | 7 min"), "Total 22 min → 7 min"),
        (("Coste | antes | ahora", "Total | 9 € | 4 €", "Luz | 3 € | 3 €"), "Total 9 € → 4 €"),
        (("Name | old | new", "title | red | blue"), None),
    ],
)
def test_a_table_of_before_and_after_is_told_by_its_rows(rows: tuple[str, ...], what: str | None) -> None:
    table = Table()
    for row in rows:
        table.add(f"| {row} |")
    saying = table.saying()
    assert saying
    assert saying.fields.get("what") == what


def test_a_label_is_not_told_alone() -> None:
    text = (
        f"Use the big boat. {LONG}\n\n**Changing over without a storm:** load the crates with the crane before the "
        "tide turns in the evening, and row back to the quay for the ropes."
    )
    said = told(text)
    assert "storm." not in said
    assert "oad the crates with the crane" in said


@pytest.mark.parametrize(
    "text",
    [
        "## Backup stopped\n\nThe tape was pulled out at noon.",
        "## ✅ Copied\n\n- **maps**: 4 s\n- **photos**: 9 s\n\n## ⚠️ Not copied\n\n- **films**: the disk has no room\n",
        "### Yes, with one exception\n\nBolts of size nine are cut by hand.",
    ],
)
def test_what_was_told_is_told_again(text: str) -> None:
    said = text_only(text, 80)
    assert text_only(" ".join(said), 80) == said
