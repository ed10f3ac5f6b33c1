"""Which sentences of a text are told: each rule once, on words that are in no case of the bench."""

import re

import pytest

from aidevops_voice.languages import guess, named, unruled
from aidevops_voice.narrator.outcome import text_only
from aidevops_voice.words.choice import choose, lowered, names_in
from aidevops_voice.words.speakable import pieces, words

LONG = " ".join(f"Then the handler reads page {n} of the report." for n in range(2, 9))


def told(text: str, room: int = 80) -> str:
    """What is chosen of a Markdown text."""
    language = guess(text)
    return " ".join(choose(pieces(text, language)[0], language, room).said)


def test_a_short_text_goes_through_as_it_is() -> None:
    text = "The parser is ready. It reads both formats. Nothing else was touched."
    assert told(text) == text


@pytest.mark.parametrize(
    "filler",
    [
        "Sure!", "Great question!", "Of course!", "You're absolutely right, sorry for the confusion.",
        "Let me look at the files.", "Here is a summary of the changes:", "I hope this helps!",
        "Let me know if you have any questions.", "Feel free to ask for more.",
    ],
)  # fmt: skip
def test_fillers_are_dropped(filler: str) -> None:
    assert told(f"{filler}\n\nThe cache is off by default.") == "The cache is off by default."


def test_an_opener_is_cut_off() -> None:
    assert told("Sure, the cache is off by default.") == "The cache is off by default."


def test_a_filler_alone_is_still_said() -> None:
    assert told("Sure!") == "Sure!"


@pytest.mark.parametrize(
    "matters",
    [
        "Two hundred rows were deleted and cannot be restored.",
        "The migration failed on the second table.",
        "You still need to set the region in production.",
        "It does not cover the old clients.",
        "The fix is to close the file first.",
    ],
)
def test_what_matters_is_chosen_from_the_middle_of_a_long_text(matters: str) -> None:
    assert matters.rstrip(".").lower() in told(f"The importer has a new layout. {LONG} {matters} {LONG}").lower()


def test_the_closing_question_is_last_and_kept() -> None:
    said = told(f"The importer has a new layout. {LONG} Shall I remove the old one?")
    assert said.endswith("Shall I remove the old one?")


def test_a_question_of_one_word_takes_its_sentence_with_it() -> None:
    said = told(f"The importer fails. {LONG} I would rename the flag to strict. OK?")
    assert re.search(r"I would rename the flag to strict[.,] OK\?$", said)


def test_headings_are_not_sentences_and_say_where_the_gist_is() -> None:
    text = f"# Import\n\nThe importer is slow.\n\n## Details\n\n{LONG}\n\n## What I'd do\n\nRead the pages in one go."
    said = told(text)
    assert "Import." not in said.split(" The ")[0]
    assert "Read the pages in one go" in said


def test_names_of_a_long_list_are_worth_more_than_one_explanation() -> None:
    text = (
        "Three checks fail:\n\n"
        "1. `test_opens_twice` - the handle is closed by the first reader and nobody opens it again\n"
        "2. `test_reads_empty` - an empty file gives one row where none is expected by the caller\n"
        "3. `test_keeps_order` - the rows come back sorted by their number and not as written\n\n"
        "Should I repair them?"
    )
    said = told(text)
    for name in ("opens twice", "reads empty", "keeps order"):
        assert name in said


def test_choices_before_a_closing_question_are_read() -> None:
    text = (
        "There are two ways, and they differ for people who are logged in:\n\n"
        "- **A - at once:** everybody has to log in again\n"
        "- **B - later:** nobody notices, but the old table stays for some months\n\n"
        "Which one, A or B?"
    )
    said = told(text)
    assert "everybody has to log in again" in said
    assert "the old table stays" in said


def test_text_that_comes_twice_is_said_once() -> None:
    assert told("The build is green.\n\nThe build is green.") == "The build is green."


def test_a_long_sentence_is_cut_without_losing_its_negation_or_numbers() -> None:
    text = (
        "The nightly job reads the forty tables of the old warehouse one after the other, "
        "but it does not read the twelve that were moved to the archive in spring."
    )
    said = told(text)
    assert "forty tables" in said
    assert "does not read the twelve" in said
    assert all(words(part) <= 20 for part in said.split(". "))


@pytest.mark.parametrize(
    "text",
    [
        f"The importer has a new layout. {LONG} Shall I remove the old one?",
        f"Sure!\n\n# Result\n\n- one, two\n- three\n\n{LONG}\n\n```\ncode\n```\nPlease restart it.",
        "El importador falla. " + "Lee otra página del informe. " * 9 + "¿Lo corrijo?",
        "a " * 200 + "b.",
        "",
    ],
)
def test_what_was_chosen_is_chosen_again(text: str) -> None:
    once = text_only(text, 80)
    assert text_only(" ".join(once), 80) == once
    assert len(once) <= 3
    assert all(words(sentence) <= 20 for sentence in once)


def test_more_of_the_same_is_not_told_to_fill_the_room() -> None:
    assert told(f"The importer has a new layout. {LONG} It does not cover the old clients.").count("handler") < 2


def test_the_room_is_kept() -> None:
    assert words(told(f"The importer fails. {LONG}", room=25)) <= 25


@pytest.mark.parametrize(
    ("clause", "inside"),
    [
        ("It isn't scheduled", "it isn't scheduled"),
        ("Registered the hook", "registered the hook"),
        ("Two rows are left", "two rows are left"),
        ("No rows are left", "no rows are left"),
        ("I kept the old one", "I kept the old one"),
        ("I'd keep the old one", "I'd keep the old one"),
        ("Redis answers", "Redis answers"),
        ("HTTP is off", "HTTP is off"),
        ("S three is off", "S three is off"),
        ("User Service is off", "User Service is off"),
        ("Use Redis", "use Redis"),
        ("Anna wrote it", "Anna wrote it"),
        ("Friday is free", "Friday is free"),
    ],
)
def test_inside_a_sentence_only_names_begin_with_a_capital(clause: str, inside: str) -> None:
    assert lowered(clause, named("en"), frozenset({"Anna"})) == inside


@pytest.mark.parametrize(
    ("clause", "inside"),
    [
        ("No está programado", "no está programado"),
        ("¿Sigo", "¿sigo"),
        ("Añadí la caja", "añadí la caja"),
        ("Redis responde", "Redis responde"),
    ],
)
def test_inside_a_spanish_sentence_too(clause: str, inside: str) -> None:
    assert lowered(clause, named("es")) == inside


def test_a_language_without_rules_keeps_its_capitals() -> None:
    assert lowered("Tests laufen", unruled()) == "Tests laufen"


def test_a_name_is_known_by_its_capital_elsewhere() -> None:
    found = pieces("Before that Berta asked for it. Berta wrote the till.", named("en"))[0]
    assert names_in(found) == {"Berta"}


@pytest.mark.parametrize(
    "advice", ["**Use the small reader.**", "**Recommendation:** the small reader.", "I'd use the small reader."]
)
def test_the_advice_behind_a_table_is_told(advice: str) -> None:
    table = "| reader | pages |\n|---|---|\n| small | 12 |\n| large | 15 |"
    assert "the small reader" in told(f"{table}\n\n{LONG}\n\n{advice}").lower()


def test_the_message_of_an_error_is_told() -> None:
    assert "index out of bounds" in told(f"The till stops at startup. That gives index out of bounds. {LONG}")
