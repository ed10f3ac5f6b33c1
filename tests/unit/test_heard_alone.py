"""What is told is understood without the page: no answer without its question, no `it` without a name."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import guess, named
from aidevops_voice.words.captions import announces
from aidevops_voice.words.choice import choose
from aidevops_voice.words.speakable import pieces
from aidevops_voice.words.statements import units_of
from aidevops_voice.words.tables import Table
from aidevops_voice.words.worth import is_loud

ENGLISH, SPANISH = named("en"), named("es")
FILLING = "The loader opens each page of the old ledger and counts its columns twice. " * 3


def told(text: str) -> str:
    language = guess(text)
    return " ".join(choose(pieces(text, language)[0], language, 80).said)


def _needs(text: str, last: str) -> int:
    """The place of what the last sentence of a text cannot be told without."""
    language = guess(text)
    units = units_of(pieces(text, language)[0], {}, language)
    return next(unit.needs for unit in units if unit.text[:9] == last[:9])


@pytest.mark.parametrize(
    ("before", "onward"),
    [
        ("The plain text stays in the cache for a day.", "Otherwise the release can go out as four point one."),
        ("Give the client a deprecated alias.", "Then the release can go out as four point one."),
        ("Give the client a deprecated alias.", "That way the release can go out as four point one."),
        ("The token could live in the environment.", "In that case the release must go out as four point one."),
        ("Some of the callers pass a date.", "Instead, the release should wait for the fix in four point one."),
        ("Some hosts were slow.", "Two more were refused because the battery is empty."),
        ("Some hosts were slow.", "The other forty are missing and I could not restore one of them."),
        ("Some hosts were slow.", "Both of them are missing their certificate, which is a serious problem."),
    ],
)
def test_what_goes_on_from_a_sentence_is_not_told_without_it(before: str, onward: str) -> None:
    assert _needs(f"The survey is written. {before} {onward}", onward) == 1


@pytest.mark.parametrize(
    ("before", "onward"),
    [
        ("Dale al cliente un alias.", "Entonces la versión puede salir como cuatro punto uno."),
        ("El testigo puede vivir en el entorno.", "De lo contrario la versión no puede salir."),
        ("Algunas máquinas eran lentas.", "Los tres que faltan no tienen certificado."),
        ("Algunas máquinas eran lentas.", "Dos más fallaron porque la batería está vacía."),
    ],
)
def test_what_goes_on_is_not_told_alone_in_spanish(before: str, onward: str) -> None:
    assert _needs(f"La encuesta está escrita. {before} {onward}", onward) == 1


@pytest.mark.parametrize(
    ("before", "pointed"),
    [
        ("The logger prints the whole header.", "I left it alone, but you should decide on the level soon."),
        ("The logger prints the whole header.", "I have not touched them, though you must decide soon."),
        ("The address has a password in it.", "You should take the password out of that address."),
        ("A loose step promises no fixed order.", "A variable step can't promise that."),
    ],
)
def test_what_is_pointed_at_is_named(before: str, pointed: str) -> None:
    assert _needs(f"The survey is written. {before} {pointed}", pointed) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Then I ran the tests again.",
        "Instead of a timer it has a queue.",
        "I think it will work.",
        "Two tests fail.",
        "The parser keeps that index.",
    ],
)
def test_what_stands_by_itself_needs_nothing(text: str) -> None:
    assert _needs(f"The survey is written. The logger prints the whole header. {text}", text) == -1


def test_a_later_sentence_of_an_item_is_told_with_its_name() -> None:
    said = told(
        "The translations of the whole handbook are written.\n\n"
        "- **Danish**: 80 of 80, which is all of it, and the glossary is complete as well.\n"
        "- **Norwegian**: 71 of 80. The nine that are missing are names of huts, and I could not find them.\n\n"
        "Somebody who speaks both of the languages should please read them before the release on Friday."
    )
    assert "nine" not in said or "Norwegian" in said


@pytest.mark.parametrize(
    "text",
    [
        "There is also a cost",
        "There is one exception",
        "One thing to watch",
        "A good example",
        "Two more notes",
        "There are two small drawbacks here",
        "Another advantage of this",
        "One last remark",
    ],
)
def test_what_only_announces_is_known(text: str) -> None:
    assert announces(text, ENGLISH)


@pytest.mark.parametrize("text", ["También hay una excepción", "Un ejemplo que se entiende bien", "Dos notas más"])
def test_what_only_announces_is_known_in_spanish(text: str) -> None:
    assert announces(text, SPANISH)


@pytest.mark.parametrize(
    "text", ["There are two failures", "The reason is the cache", "One test was skipped", "Two hosts are down"]
)
def test_what_says_something_announces_nothing(text: str) -> None:
    assert not announces(text, ENGLISH)


def test_what_is_announced_is_told_with_it_or_neither() -> None:
    said = told(
        "Keep the readings in a queue between the sensor and the database. "
        f"{FILLING}\n\nThere is one exception: readings of the wind are sent by the mast itself every five minutes "
        "until somebody answers, so that none of them gets lost on the way."
    )
    assert ("one exception" in said) == ("wind" in said)


def test_a_list_that_is_only_announced_is_told_without_the_line_above() -> None:
    said = told(
        "The page is fine for a first version, and the form can be used with the keyboard alone, as you wanted.\n\n"
        "Two more notes:\n\n1. Don't use a table for the layout of the form. Readers announce each cell of it.\n"
        "2. Leave the message on the screen for six seconds or more. Slow readers need that time."
    )
    assert "Two more notes" not in said


CHOICES = (
    "There are several ways to get rid of the warning that comes with each start of the server.\n\n"
    "1. **Pinning**: set the old version in the requirements. Nothing else has to change for now.\n"
    "2. **An upgrade**: move to the new image, which needs a day of testing with all the plugins.\n"
    "3. **Silence it**: filter the warning in the settings of the tests.\n\n"
)


@pytest.mark.parametrize(
    "advice",
    [
        "I'd go for option 2, it keeps getting fixes after June.",
        "I'd take number two, since the old image gets no fixes after June.",
        "I would go with the second, as the old image gets no fixes after June.",
        "My pick is option 2.",
    ],
)
def test_an_option_that_is_recommended_is_named_and_no_other(advice: str) -> None:
    said = told(CHOICES + advice)
    assert "upgrade" in said
    assert "Silence it." not in said
    assert "filter the warning" not in said


def test_an_option_is_named_in_spanish() -> None:
    said = told(
        "Para quitar el aviso que sale en cada arranque del servidor hay varios caminos.\n\n"
        "1. **Fijar la versión**: pon la versión vieja en los requisitos. No hay que cambiar nada más por ahora.\n"
        "2. **Actualizar**: pasa a la imagen nueva, lo que exige un día de pruebas con todos los complementos.\n"
        "3. **Callarlo**: filtra el aviso en la configuración de las pruebas.\n\n"
        "Yo elegiría la opción 2, porque la imagen vieja ya no recibe arreglos."
    )
    assert "opción dos, actualizar" in said
    assert "Callarlo" not in said


@pytest.mark.parametrize(
    "heading", ["When would you drop the index?", "Does it slow down writes?", "What about backups?", "Why not both?"]
)
def test_a_question_that_heads_its_answer_is_not_asked(heading: str) -> None:
    text = f"Keep the index. {FILLING}\n\n**{heading}** The writes get three percent slower with it."
    assert "?" not in told(text)


@pytest.mark.parametrize(
    "question", ["Shall I drop it?", "Which one do you want?", "Where should I put it?", "Ready to merge?"]
)
def test_a_question_to_the_user_is_asked(question: str) -> None:
    text = f"Keep the index. {FILLING}\n\n**{question}** The writes get three percent slower with it."
    assert question in told(text)


def test_an_answer_that_is_none_without_its_question_goes_with_it() -> None:
    said = told(f"Keep the index. {FILLING}\n\n**When would one drop it?** Only if nobody asks for names any more.")
    assert "nobody asks" not in said


def _table(*lines: str) -> Table:
    table = Table()
    for line in lines:
        table.add(line)
    return table


def test_a_cross_in_a_table_that_compares_is_not_told_without_its_column() -> None:
    compared = _table(
        "| Store | Redis | Files |", "| Survives a restart | ✅ yes | ❌ not at all |", "| Shared | ✅ | ✅ |"
    )
    one = _table("| Host | State |", "| atlas | up |", "| borea | ❌ out of space |")
    saying, alarm = compared.saying(), one.saying()
    assert saying is not None
    assert alarm is not None
    assert "not at all" not in str(saying.fields)
    assert alarm.fields["what"] == "borea, out of space"


def test_all_that_a_failure_counts_is_told_before_the_remedy() -> None:
    said = told(
        "The nightly copy did not finish, two of the six hosts were skipped.\n\n"
        "- Atlas (line 3) wants another key since last week.\n- Borea (line 9) has no space left.\n\n"
        "Mend both of them in the hosts file; running it again would only copy the ones that are missing by then."
    )
    assert "atlas" in said.lower()
    assert "borea" in said.lower()


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("Removed an unused variable from the parser", False),
        ("Deleted two dead functions", False),
        ("So rounding loses nothing", False),
        ("Deleted the unused volumes", True),
        ("Removed the duplicate customers", True),
        ("The table loses its index", True),
    ],
)
def test_tidying_code_is_no_loss(text: str, loud: bool) -> None:
    assert is_loud(text, ENGLISH) is loud


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("Eliminé una variable sin uso", False),
        ("Solo hace falta una vez", False),
        ("Así no se pierde nada", False),
        ("Eliminé dos tablas", True),
        ("Falta la clave", True),
    ],
)
def test_tidying_code_is_no_loss_in_spanish(text: str, loud: bool) -> None:
    assert is_loud(text, SPANISH) is loud


def test_a_bold_statement_of_what_was_not_done_is_told() -> None:
    said = told(
        f"I rendered the zoom levels from eight to thirteen for the map. {FILLING}\n\n"
        "**I did not publish it**, since the rule of the club is to show no holes."
    )
    assert "I did not publish it" in said


def test_what_is_so_is_told_behind_what_is_not() -> None:
    said = told(
        "The delay that you see on the page isn't the database. It's the name lookup in the proxy, as the first "
        f"resolver is dead. {FILLING}\n\n1. Remove the dead resolver. It has been off since May.\n"
        "2. Restart the proxy at night.\n\nWith these two changes the page should answer within 80 ms."
    )
    assert "name lookup" in said


def test_a_heading_that_names_the_remedy_is_told() -> None:
    said = told(
        f"The clock runs fast because each frame adds the same step. {FILLING}\n\n### The fix: a constant rate\n\n"
        "1. Collect the time that has passed. The browser gives it in milliseconds.\n2. Move once per step.\n"
        "3. Draw once. Nothing else should be done in the loop, or it will drift again.\n"
    )
    assert "constant rate" in said
