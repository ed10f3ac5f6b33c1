"""What stands in front of the end of a turn: a prefix that fits, a failure before a question, no bare `Done.`."""

from __future__ import annotations

from typing import Literal

import pytest
from unit.finished_turn import bash, edit, told

from aidevops_voice.languages import named
from aidevops_voice.narrator import outcome
from aidevops_voice.ports import FileChange, ToolFinished, TurnEnded
from aidevops_voice.words import signals

RED = "FAILED tests/test_tides.py::test_neap - ValueError\n=== 1 failed, 6 passed in 1.80s ==="
MANY = "FAILED t.py::test_a\nFAILED t.py::test_b\n=== 2 failed, 598 passed in 1.80s ==="
GREEN = "=== 7 passed in 1.71s ==="
LINT = "src/a.py:3:1: F401 `os` imported but unused\nsrc/b.py:9:5: E722 bare except\nFound 2 errors."
COMMIT = "[main a0bc6ec] Note the limit\n 2 files changed, 1 insertion(+)\n"


@pytest.mark.parametrize(
    ("text", "front"),
    [
        ("The importer skips blank lines.\n\nThe test that used to fail passes.", "Done"),
        ("Decimal commas are understood.\n\n- ✅ the failing test is green again", "Done"),
        ("Empty cells count as zero. The error in the log no longer shows up.", "Done"),
        ("Los ficheros con coma decimal se leen bien. La prueba que fallaba ya pasa.", "Hecho"),
    ],
)
def test_what_is_over_is_not_told_as_wrong(text: str, front: str) -> None:
    said = told(text, bash("pytest -q", RED, 1), edit("tides.py"), bash("pytest -q", GREEN))
    assert said[0].startswith(front)


def test_work_with_a_failure_behind_it_is_neither_done_nor_wrong() -> None:
    said = told("The three configs have new hosts. It failed on the staging box.", edit("a.toml"), bash("./look", "ok"))
    assert said[0].startswith("The three configs")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        (
            "Sync failed: the server refused the connection. Nothing was written. Is the VPN up?",
            "Sync failed",
            "Is the",
        ),
        ("Deploy aborted because the certificate has expired. Do you have a newer one?", "Deploy aborted", "Do you"),
        ("I couldn't read three sheets, they are locked. What is the password?", "I couldn't read", "What is"),
        ("The merge stopped on a conflict in `rates.py`. Which rate is right?", "The merge stopped", "Which rate"),
        ("La copia falló: no queda espacio. ¿Borro las copias antiguas?", "La copia falló", "¿Borro"),
    ],
)
def test_a_failure_is_told_before_the_question(text: str, first: str, last: str) -> None:
    said = told(text, edit("a.py"), bash("python3 sync.py", "OperationalError: connection refused", 2))
    assert said[0].startswith(first)
    assert said[-1].startswith(last)


def test_a_part_of_all_with_trouble_and_a_question_is_partly_done() -> None:
    said = told("Five of the six sheets are in. The last one could not be read. Do you have a copy?", edit("a.py"))
    assert said[0].startswith("Partly done, five of the six")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Almost done: five of six checks are green, the licence check is not.", "Partly done, five of six"),
        ("Good progress: the first page loads, the second one still fails.", "Partly done, the first page loads"),
        ("Mostly done, but one of the tests still fails.", "Partly done, one of the tests still fails"),
        ("Not quite: two screens overlap on small phones.", "Partly done, two screens overlap"),
        ("Casi listo: cinco de las seis pruebas pasan, una no.", "Hecho en parte, cinco de las seis"),
    ],
)
def test_nearly_is_partly(text: str, first: str) -> None:
    assert told(text, edit("a.py"), bash("pytest -q", RED, 1))[0].startswith(first)


def test_nearly_alone_is_left_out() -> None:
    said = told("Almost there! The link checker still fails.", edit("a.py"), bash("pytest -q", RED, 1))
    assert said[0] == "The link checker still fails."


def test_what_fails_is_counted_where_a_sentence_tells_it_late() -> None:
    text = "Nearly there: of the 600 outlines in the regular weight 598 are closed, two are not."
    said = told(text, bash("pytest -q", MANY, 1))
    assert "Nearly" not in " ".join(said)
    assert said[0].startswith("Two tests failed")


@pytest.mark.parametrize(
    "text",
    [
        "OK 👍", "👍", "Done.", "All done!", "Finished.", "It's done.", "Everything's ready now.", "Done and dusted.",
        "Sounds good, done!", "That's it.", "Perfect, all set.",
    ],
)  # fmt: skip
def test_of_a_text_that_only_says_done_the_deed_is_told(text: str) -> None:
    said = " ".join(told(text, edit("bag.js"), bash('git commit -m "Note the limit"', COMMIT)))
    assert "Note the limit" in said


@pytest.mark.parametrize("text", ["Ya está.", "Todo listo.", "¡Hecho!", "OK, hecho.", "Listo, todo bien."])
def test_the_same_in_spanish(text: str) -> None:
    assert "Note the limit" in " ".join(told(text, bash('git commit -m "Note the limit"', COMMIT)))


@pytest.mark.parametrize(
    "text", ["Not done.", "Everything is set but the key.", "It's ready, port 80.", "Todo menos uno."]
)
def test_what_says_more_than_done_is_kept(text: str) -> None:
    language = named("es" if text.startswith("Todo") else "en")
    assert not language.marks["bare"].fullmatch(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I checked the style. 2 problems: an unused import and a bare `except`.", "Two problems"),
        ("The lint audit is done. Two findings, both small, none in the parser.", "Two findings"),
    ],
)
def test_what_a_check_was_to_find_is_no_failure(text: str, said: str) -> None:
    found = told(text, bash("ruff check .", LINT, 1))
    assert found[0].startswith(said)
    assert "That failed" not in " ".join(found)


def test_the_finding_of_a_program_without_a_word_for_failure_is_believed() -> None:
    text = "I went through all the links. Two of 41 are dead: `/about-old` and `/map`."
    said = told(text, bash("python3 links.py", "/about-old 404\n/map 404\n2 dead links of 41\n", 1))
    assert said[0].startswith("Two of forty-one are dead")


def test_what_is_boasted_of_changed_files_is_not_believed() -> None:
    said = told("🎉 `a.py` is all polished and shiny!", edit("a.py"), bash("ruff check .", LINT, 1))
    assert said[0].startswith("The check found two errors")


def test_all_that_failed_is_told_before_what_went_well() -> None:
    text = (
        "The new cover is in. Two chapters do not convert: `07-fog.md` has an unclosed table, and `11-rain.md` uses "
        "an image that is missing."
    )
    said = told(text, edit("a.py"), bash("pandoc book.md", "pandoc: unclosed table", 1))
    assert said[0].startswith("Two chapters do not convert")
    assert "cover" not in " ".join(said[:2])


def test_the_failing_test_is_named_before_what_went_well() -> None:
    text = "One of the seven tests still fails. The docs are updated, and the build passes."
    said = told(text, edit("a.py"), bash("pytest -q", RED, 1))
    assert "test neap" in said[1]
    assert "docs" in said[2]


@pytest.mark.parametrize(
    ("text", "part"),
    [("una de las seis sigue fallando", True), ("uno de los tres", True), ("una de una", False), ("las seis", False)],
)
def test_one_of_many_is_a_part_in_either_gender(text: str, part: bool) -> None:
    assert signals.has_share(text, named("es")) is part


@pytest.mark.parametrize(
    ("reason", "tries", "said"),
    [
        ("Overloaded", 3, "That failed, the model's provider was overloaded, after three tries."),
        ("Overloaded", 1, "That failed, the model's provider was overloaded."),
        ("flux capacitor", 1, "That failed. The cause was, flux capacitor."),
    ],
)
def test_why_the_model_said_no_more(reason: str, tries: int, said: str) -> None:
    work = outcome.Work(reason=reason, tries=tries)
    assert " ".join(outcome.tell(work, TurnEnded("s", ("t",), "failed"), 80, named("en"))) == said


def test_a_cheer_beside_a_loss_is_left_out() -> None:
    text = "All tidy now! I removed the 12 rows of the old season from `boats`. There was no backup."
    said = told(text, bash('sqlite3 b.db "DELETE FROM boats WHERE season < 3"'))
    assert "tidy" not in " ".join(said)


def test_what_was_no_part_of_the_task_is_told_behind_what_was_done() -> None:
    red, text = bash("python check.py", "a.html: no name\n2 problems", 1), "Both buttons have a name now. "
    said = told(f"{text}One field still has no label, which I left alone.", red, edit("a.html"), red)
    assert said[0].startswith("Both buttons have a name now")
    assert "no label" in " ".join(said)


def test_what_is_wrong_and_part_of_the_task_comes_first() -> None:
    text = "Both buttons have a name now. The check still fails for the third one."
    red = bash("python check.py", "a.html: no name\n2 problems", 1)
    said = told(text, red, edit("a.html"), red)
    assert not said[0].startswith("Both buttons")


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["added"], "Tide dot py was created."),
        (["added", "added"], "Tide dot py and gauge dot py were created."),
        (["added", "changed"], "Tide dot py and gauge dot py changed."),
    ],
)
def test_new_files_were_created(statuses: list[Literal["added", "changed"]], said: str) -> None:
    changes = [FileChange(path, status) for path, status in zip(("tide.py", "gauge.py"), statuses, strict=False)]
    tools = [
        ToolFinished("s", "t", change.path, "write", True, path=change.path, files=(change,)) for change in changes
    ]
    assert said in told("Done.", *tools)


def test_a_damaged_thing_is_an_admission() -> None:
    said = told(
        "La copia de las fotos está cortada. Hay que repetirla.", bash("gzip -t a.gz", "gzip: unexpected end", 1)
    )
    assert said[0].startswith("La copia de las fotos está cortada")
