"""Which sentences of a long text are told: the cure, whole statements, what changed, and no part without its head."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import guess, named
from aidevops_voice.words.body import only_numbers, worthwhile
from aidevops_voice.words.choice import choose
from aidevops_voice.words.sections import standing
from aidevops_voice.words.speakable import pieces
from aidevops_voice.words.statements import units_of
from aidevops_voice.words.tables import Table

FILLING = "The loader opens each page of the old ledger and counts its columns twice before it goes on. " * 3
LLENO = "El cargador abre cada página del libro viejo y cuenta sus columnas dos veces antes de seguir. " * 3


def told(text: str) -> str:
    language = guess(text)
    return " ".join(choose(pieces(text, language)[0], language, 80).said)


@pytest.mark.parametrize(
    "item",
    [
        "**Smaller batches:** 12 GB in total; in our trial the loss rose from 1.21 to 1.34 after the last epoch.",
        "**Gzip:** 40 MB less on disk; but in the trial of last week each page took 31 ms to open rather than 9 ms.",
    ],
)
def test_what_is_said_of_an_item_is_told_with_its_name(item: str) -> None:
    name = item.split(":")[0].strip("*")
    said = told(f"No, it does not fit on the card.\n\n{FILLING}\n\nWhat would help:\n\n- {item}\n- Something else\n")
    assert name in said


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The solver went through every one of the many levels of the big game before lunch, {}.", "all 1,500 of them"),
        ("Put the new token into the secret store of the build on the website of your host, {}.", "rather than a file"),
        (
            "The model now finds ninety of a hundred birds in the wide pictures of the big lake, {}.",
            "up from 61 in May",
        ),
        (
            "The importer reads every table of the old program that is named in the long list, {}.",
            "including the small one",
        ),
    ],
)
def test_a_part_without_subject_and_verb_is_no_sentence(text: str, part: str) -> None:
    for rest in ("", f" {FILLING}"):
        said = told(text.format(part) + rest)
        assert f". {part[:3].capitalize()}" not in said


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("Their ids are 3, 20, 37, 54, 71 and 88.", True),
        ("Sus números son 3, 20, 37, 54 y 71.", True),
        ("Tests 3, 20, 37, 54 and 71 failed.", False),
        ("You should delete 3, 20, 37, 54 and 71.", False),
        ("It takes 3, 4 or 5 seconds.", False),
        ("Rows 3, 20, 37, 54 and 71 were not imported.", False),
    ],
)
def test_many_numbers_alone_say_nothing(text: str, *, only: bool) -> None:
    language = guess(text)
    assert only_numbers(pieces(text, language)[0][0], language) is only


@pytest.mark.parametrize(
    "title",
    ["## What to do", "### What I would do", "## Recommended fix", "## Solution", "What I'd change:", "How to fix it:"],
)
@pytest.mark.parametrize("typed", ["", "`join()` "])
def test_the_first_step_of_a_cure_is_told_before_its_limits(title: str, typed: str) -> None:
    steps = f"- Feed the timer {typed}inside the loop that joins the radio\n- Keep the limit where it is\n- Log it\n"
    said = told(f"The board resets because nobody feeds its timer.\n\n{FILLING}\n\n{title}\n\n{steps}\n{FILLING}")
    assert "Feed the timer" in said or "feed the timer" in said


@pytest.mark.parametrize("title", ["## Qué haría yo", "## Solución", "Lo que cambiaría:", "Para arreglarlo:"])
def test_the_first_step_of_a_cure_in_spanish(title: str) -> None:
    steps = "- Alimenta el reloj dentro del bucle de la radio\n- El límite queda como está\n- Anótalo\n"
    said = told(f"La placa se reinicia porque nadie alimenta su reloj.\n\n{LLENO}\n\n{title}\n\n{steps}\n{LLENO}")
    assert "limenta el reloj dentro" in said


def test_a_tip_is_worth_less_than_the_measure_and_the_cure() -> None:
    text = (
        "The grey text does not meet the norm. Its contrast is 3.2 to 1, and small text needs at least 4.5 to 1.\n\n"
        "### Fix\nDarken the grey to the one of the menu.\n\nThat gives 5.3 to 1 on white and keeps the soft look.\n\n"
        "### Tip\nLabels should never be replaced: some programs must skip what stands in their place.\n"
    )
    said = told(text)
    assert "arken the grey" in said
    assert "three point two" in said


def test_why_it_is_so_is_a_detail_where_the_cause_is_told() -> None:
    places = {}
    for first in ("It fails because the disk is full.", "It fails on Mondays."):
        text = f"{first}\n\n## Why it looks random\n\nThe log grows every day.\n"
        language = guess(text)
        found = pieces(text, language)[0]
        last = worthwhile(found, language)[-1]
        places[first] = standing(found, language)[last.block].worth
    assert places["It fails because the disk is full."] < 0 < places["It fails on Mondays."]


@pytest.mark.parametrize("sentence", ["I did **not** move it.", "You should rotate it soon.", "I have not touched it."])
def test_it_is_told_with_what_leads_to_the_code_it_stands_behind(sentence: str) -> None:
    text = (
        f"The bot posts once now.\n\nI saw its password in plain text in `bot.py`:\n\n```\nX = 1\n```\n\n{sentence}\n"
    )
    language = guess(text)
    units = units_of(pieces(text, language)[0], {}, language)
    assert units[-1].needs == len(units) - 2


def _table(*lines: str) -> Table:
    table = Table()
    for line in lines:
        table.add(line)
    return table


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        (("| a | 1490 ms | 1502 ms |", "| b | 812 ms | 305 ms |"), "b 812 ms"),
        (("| a | 100 | 100.5 |", "| b | 3 | 4 |"), "b 3"),
        (("| a | 1,490 | 1,200 |", "| b | 3 | 9 |"), "a 1,490"),
        (("| a | 3 of 4 | 4 of 4 |", "| b | 3 | 9 |"), "a 3 of 4"),
        (("| a | 0 | 2 |", "| b | 5 | 5.01 |"), "a 0"),
        (("| a | 1.2.3 | 1.2.4 |", "| b | 5 | 9 |"), "a 1.2.3"),
    ],
)
def test_what_changed_is_told_before_what_stayed(rows: tuple[str, str], first: str) -> None:
    saying = _table("| What | Before | After |", *rows).saying()
    assert saying
    assert str(saying.fields["what"]).startswith(first)


def test_the_rest_of_a_row_of_changes_is_told_behind_its_beginning() -> None:
    raw = "The new loop is in.\n\n| Program | Before | After |\n|---|---|---|\n| fibonacci | 812 ms | 305 ms |\n"
    raw += "| sieve | 640 ms | 231 ms |\n| mandelbrot | 1490 ms | 1202 ms |\n"
    units = units_of(worthwhile(pieces(raw, named("en"))[0], named("en")), {}, named("en"))
    assert [unit.needs for unit in units[1:]] == [-1, 1]
    assert units[-1].torn


def test_all_of_a_loss_is_told_in_fifty_words() -> None:
    text = (
        "I freed the space that you asked for by deleting the old folder with all of the bird recordings: eight files, "
        "four of them from the spring and four from the autumn of last year.\n\n"
        "**Note:** the pictures that were made from them are still there, but they cannot be turned back into sound."
    )
    assert "cannot be turned back into sound" in told(text)


def test_a_name_alone_is_not_heard_as_the_end_of_a_sentence() -> None:
    text = (
        "Yes, that's a breaking change.\n\nRenaming the argument looks harmless, but everyone will get a `TypeError` "
        "at the moment they upgrade to it.\n\nYou could soften it:\n\n- **3.9.0** \u2014 accept both names and warn "
        f"about the old one.\n- **4.0.0** \u2014 drop the old one.\n\n{FILLING}"
    )
    assert ", three point nine point zero." not in told(text)


@pytest.mark.parametrize(
    "offer", ["I'd be happy to!", "I would love to.", "¡Encantado!", "Estaría encantada de hacerlo."]
)
def test_a_willing_word_is_no_news(offer: str) -> None:
    first = "La lista está completa." if offer[0] in "¡E" else "The list is complete."
    assert told(f"{first} {offer}") == first


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("If it still fails after that, scan the bus.", "scan"),
        ("If you want it anyway, put it behind a flag of the compiler.", "flag"),
        ("See fold dot rs, line eighty-eight.", "fold"),
    ],
)
def test_what_is_only_perhaps_needed_comes_last(text: str, lost: str) -> None:
    said = told(
        "The sensor is silent because the bus has no resistors. Each of its two lines must be pulled up by one.\n\n"
        f"{text}\n\nThe old cable was 30 cm too long, so I took the short one from the other box.\n\n{FILLING}"
    )
    assert lost not in said


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (["| a.wav | ok |", "| b.wav | too short |", "| c.wav | passed |"], "b.wav too short"),
        (["| a.wav | ok |", "| b.wav | missing |", "| c.wav | too loud |"], "b.wav missing, c.wav too loud"),
    ],
)
def test_of_a_table_of_verdicts_the_odd_rows_are_told(rows: list[str], what: str) -> None:
    saying = _table("| Take | Result |", *rows).saying()
    assert saying is not None
    assert saying.fields == {"what": what}


def test_a_table_that_compares_has_no_odd_rows() -> None:
    saying = _table("| Delay | Slow | Fast |", "| 1 ms | bounces | ok |", "| 50 ms | ok | loses clicks |").saying()
    assert saying is None or saying.fields.get("what") is None or "bounces" not in str(saying.fields["what"])


@pytest.mark.parametrize(
    ("title", "told_as"),
    [
        ("🎉 Fixed: the lamp stays on", "Fixed, the lamp stays on."),
        ("✅ Added: a switch for the night mode", "Added, a switch for the night mode."),
    ],
)
def test_a_title_that_says_what_became_of_it_is_told(title: str, told_as: str) -> None:
    below = "**What was wrong**\nThe timer counted a second relay twice.\n\n**What I changed**\n- It counts one now."
    assert told(f"## {title}\n\n{below}\n").startswith(told_as)


def test_a_signature_scheme_is_no_commit() -> None:
    assert "commit" not in told("Make an ed25519 key for it.")
