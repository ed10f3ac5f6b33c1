"""How the end of a turn is told: offers and questions, the order of results, cheerful failures, what was found."""

from __future__ import annotations

import pytest
from unit.finished_turn import bash, edit, told, worked

from aidevops_voice.languages import named
from aidevops_voice.narrator import endings, outcome
from aidevops_voice.narrator.narrated import narrate_text
from aidevops_voice.ports import TurnEnded

CRASHED = (
    "==11==ERROR: AddressSanitizer: heap-use-after-free on address 0x60 at pc 0x55 bp 0x7f sp 0x7f\n"
    "    #0 0x55 in pop src/stack.c:9\nSUMMARY: AddressSanitizer: heap-use-after-free src/stack.c:9 in pop\n"
)
FAILED = "FAILED tests/test_vat.py::test_vat - assert 19 == 20\n=== 1 failed, 9 passed in 0.31s ==="
LINK = (
    "ld: main.o: in function `main':\nmain.c:(.text+0x5): undefined reference to `tick_rate'\nmake: *** [a] Error 1\n"
)


@pytest.mark.parametrize(
    "offer",
    [
        "Would you like me to add a dark theme next?",
        "Shall I prepare a changelog entry?",
        "Want me to check the mobile layout?",
        "Do you want me to look at the footer as well?",
        "Should I also update the docs?",
        "¿Quieres que prepare un resumen?",
        "¿Te parece si reviso el pie de página?",
    ],
)
def test_an_offer_behind_work_that_is_done_is_no_question(offer: str) -> None:
    text = "Se ha añadido el botón y todo funciona." if offer.startswith("¿") else "The button is added and works."
    work = worked(f"{text} {offer}", edit("button.css"))
    said = outcome.tell(work, TurnEnded("s", ("t",), "done"), 80)
    assert "uestion" not in said[0]
    assert "regunta" not in said[0]
    language = named("es" if offer.startswith("¿") else "en")
    assert endings.verdict(said, work, language) == "done"


@pytest.mark.parametrize(
    "question",
    [
        "Should I overwrite it?",
        "Which of the two shall I keep?",
        "Shall I delete the old one, or keep both?",
        "Do you want me to go ahead?",
        "Does a blank line count as an entry?",
    ],
)
def test_what_the_work_waits_for_is_a_question(question: str) -> None:
    work = worked(f"The importer is written. {question}", edit("importer.py"))
    said = outcome.tell(work, TurnEnded("s", ("t",), "done"), 80)
    assert said[0].startswith("A question, the importer is written")
    assert endings.verdict(said, work, named("en")) == "needs_you"


def test_an_offer_beside_what_is_left_open_is_a_question() -> None:
    said = told("Half the pages are moved. I haven't converted the images. Shall I do that now?", edit("a.md"))
    assert said[0].startswith("A question, ")


def test_an_offer_is_left_out_first() -> None:
    long = (
        "The export is fixed. It wrote dates in the local time zone, so rows of the last evening landed on the next "
        "day. I convert them to UTC in `export.py` now. The archive of last year has 214 such rows. They are listed in "
        "`rows.csv`. Would you like me to correct those rows too while I am at it?"
    )
    said = told(long, edit("export.py"))
    assert not any(one.endswith("?") for one in said)


@pytest.mark.parametrize(
    "text",
    [
        "The import failed because the file has no header. Shall I add one?",
        "La importación falló porque el archivo no tiene cabecera. ¿Quieres que la añada?",
    ],
)
def test_a_failure_with_an_offer_begins_with_the_failure(text: str) -> None:
    assert told(text, bash("python3 load.py", "ValueError: no header\n", 1))[0].split(",")[0] in text


def test_a_question_that_is_announced_needs_no_prefix() -> None:
    said = told("I need one decision before the release. Is 3.0 or 2.9 the right number?", edit("a.py"))
    assert "uestion" not in said[0]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The relay is online and took 12 messages.\n\nThree more were rejected.", "The relay is online"),
        ("The archive opens again. The index also had a missing page.", "The archive opens again"),
        ("The lamp is wired. The other two are stuck.", "The lamp is wired"),
        ("El relé está en línea.\n\nDos más fueron rechazados.", "El relé está en línea"),
    ],
)
def test_what_goes_on_with_a_result_does_not_come_first(text: str, first: str) -> None:
    said = " ".join(told(text, edit("relay.py"))).lower()
    assert said.removeprefix("done").removeprefix("hecho").lstrip(",. ").startswith(first.lower())


@pytest.mark.parametrize(
    "text",
    [
        "I've compared the backups on the two disks.\n\n- 9 files are the same.\n- `photos.tar` doesn't match its sum.",
        "I've compared the backups on the two disks. The copy of `photos.tar` is not complete.",
    ],
)
def test_the_sentence_with_the_failure_stands_in_front_and_needs_no_word_of_ours(text: str) -> None:
    said = told(
        text, bash("sha1sum -c S", "photos.tar: FAILED\nsha1sum: WARNING: 1 computed checksum did NOT match", 1)
    )
    assert "hotos dot tar" in said[0]
    assert "That failed" not in " ".join(said)


def test_what_is_half_done_is_told_so() -> None:
    said = told(
        "I moved the six pages into the new site folder as you asked me to, but the link checker failed.",
        edit("a.md"), bash("linkcheck", "", 1),
    )  # fmt: skip
    assert " ".join(said).replace(".", ",").startswith("Partly done, I moved")


@pytest.mark.parametrize(
    "praise",
    [
        "🎉 The stack is written! It is tiny and needs no locks. You can use it right away.",
        "The stack is ready! It has no dependencies and doesn't allocate.",
        "The stack is written. It makes sure that the size is not negative.",
    ],
)
def test_a_praise_that_denies_something_admits_no_failure(praise: str) -> None:
    said = told(praise, edit("src/stack.c"), bash("gcc -fsanitize=address src/stack.c && ./a.out", CRASHED, 1))
    assert said[0].startswith("The program crashed")
    assert not any(word in " ".join(said) for word in ("locks", "dependencies", "negative", "You can"))


@pytest.mark.parametrize(
    ("find", "said"),
    [
        ("Found it!", "Found it, the retries came with the new client."),
        ("🔍 **Found the culprit.**", "Found the culprit, the retries came with the new client."),
        ("I found the bug.", "I found the bug, the retries came with the new client."),
        ("Tracked it down!", "Tracked it down, the retries came with the new client."),
    ],
)
def test_what_was_found_is_told_with_the_find(find: str, said: str) -> None:
    text = f"{find} The retries came with the new client.\n\n- Version 4 is fine.\n- I changed nothing."
    assert told(text, bash("git bisect run ./t.sh", "b2c3d4 is the first bad commit\n"))[0] == said
    assert narrate_text(text).spoken[0] == said


def test_a_long_find_has_the_find_in_front() -> None:
    text = (
        "¡Ya lo encontré! Los reintentos llegaron con el nuevo cliente de la red interna que se instaló en los "
        "servidores de pruebas la semana pasada.\n\n- La versión 4 está bien.\n- No he cambiado nada."
    )
    assert narrate_text(text).spoken[0].startswith("Ya lo encontré")


def test_of_what_was_done_the_cure_is_told() -> None:
    text = (
        "🎈 **It links again!**\n\n### What I did\n1. Renamed a helper in `util.c`\n"
        "2. Defined `tick_rate` in `clock.h`\n\n"
        "### Sizes\n| part | bytes |\n|---|---|\n| text | 1210 |\n| data | 64 |\n\n"
        "⚠️ The rate of 50 is a guess, please measure it on the bench before you ship the board to the customer."
    )
    said = " ".join(told(text, bash("make", LINK, 2), edit("clock.h"), bash("make", "cc -o a main.o\n")))
    assert "Renamed" not in said
    assert "efined tick rate" in said


def test_an_announcement_is_no_result() -> None:
    said = told("Let me run the tests once more.", bash("pytest", "=== 9 passed in 0.31s ===", 0))
    assert said == ["Nine tests passed."]


def test_a_title_that_boasts_is_not_told() -> None:
    said = told("### Cache Cleared Successfully\n\nI've emptied the folder of the thumbnails.", edit("cache.py"))
    assert "Successfully" not in " ".join(said)


def test_an_answer_has_no_done_in_front() -> None:
    said = told("North 41, south 37.", bash("python3 mean.py", "41\n37\n"), prompt="what are the averages?")
    assert said[0].startswith("North forty-one")


def test_a_part_of_all_is_told_as_partly_done() -> None:
    said = told("Two of the five sites moved. `oslo` failed on its lock.", bash("./move.sh", "ok\n"))
    assert said[0].startswith("Partly done") or "two of the five" in said[0].lower()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Both routers are updated. The third one could not be reached.", "Partly done"),
        ("He migrado las tablas. La última no se pudo migrar.", "Hecho en parte"),
    ],
)
def test_what_goes_on_with_a_success_and_failed_is_told_as_partly_done(text: str, said: str) -> None:
    assert told(text, bash("./roll.sh", "", 4))[0].startswith(said)


def test_a_caveat_does_not_come_before_the_result() -> None:
    said = told("The pipeline is online again. One caveat: the nightly job still fails on ARM.", edit("ci.yml"))
    assert said[0].startswith("The pipeline")


def test_the_failure_comes_with_what_goes_on_with_it() -> None:
    said = told(
        "The price bug is fixed, and nine tests pass. One test still fails, `test_vat`. It expects 19 percent.",
        bash("pytest", FAILED, 1),
    )
    assert said[0].startswith("One test still fails")
    assert said[-1].startswith("The price bug is fixed")
