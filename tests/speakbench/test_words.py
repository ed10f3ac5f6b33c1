"""Numbers and names have one form, however they are said; other numbers have another."""

from __future__ import annotations

import pytest
from speakbench import metrics
from speakbench.planted import case
from speakbench.words import says, tokens

DATED = "On 2025-04-30 at 09:05 build 1842 took 48.20s on port 8080, HTTP 404, 127.0.0.1, commit 77aa001, 22.04."


@pytest.mark.parametrize(
    "spoken",
    [
        "April thirtieth, twenty twenty-five.",
        "The thirtieth of April, two thousand and twenty five.",
        "At nine oh five, build eighteen forty-two.",
        "Build one thousand eight hundred forty-two took forty-eight point two seconds.",
        "Port eighty eighty, port eight zero eight zero.",
        "H T T P four oh four.",
        "One twenty-seven dot zero dot zero dot one.",
        "Commit seven seven a a zero zero one.",
        "Twenty-two point oh four.",
        "In the first twenty-two point zero four.",
    ],
)
def test_numbers_may_be_said_in_any_usual_way(spoken: str) -> None:
    assert metrics.invented(case(text=DATED), spoken) == []


@pytest.mark.parametrize(
    "spoken",
    [
        "June thirtieth, twenty twenty-five.",
        "April thirteenth.",
        "Twenty twenty-six.",
        "At nine fifty.",
        "Build eighteen twenty-four.",
        "Four fourteen.",
        "One twenty-eight dot zero.",
        "Eighty eighty-one.",
        "Forty-eight point three seconds.",
    ],
)
def test_a_wrong_number_in_words_is_invented(spoken: str) -> None:
    assert metrics.invented(case(text=DATED), spoken)


def test_a_total_of_a_tally_and_the_seconds_of_a_tool_are_counted_and_no_invention() -> None:
    assert not metrics.invented(case(text="3 failed, 22 passed, 1 skipped"), "Three of twenty-six tests failed.")
    assert metrics.invented(case(text="3 failed, 22 passed, 1 skipped"), "Three of twenty-four tests failed.")
    timed = case(text="", events=({"type": "tool_finished", "tool": "bash", "ok": True, "seconds": 612.0},))
    assert not metrics.invented(timed, "It took ten minutes and twelve seconds.")


@pytest.mark.parametrize(
    ("spoken", "form"),
    [
        ("forty-two", "42"),
        ("November twentieth", "November 20"),
        ("the second of May", "2nd of May"),
        ("twenty twenty-five", "2025"),
        ("nineteen oh five", "1905"),
        ("a hundred and two", "102"),
        ("ten point zero one", "10.01"),
        ("three point ten", "3.10"),
        ("port eighty eighty", "port 8080"),
        ("one point two million", "1.2 million"),
        ("one twenty-seven dot zero dot zero dot one", "127.0.0.1"),
        ("mil ochocientas cuarenta y dos filas y la una", "1.842 filas"),
        ("tres coma cinco segundos para las pruebas", "3,5 segundos"),
        ("el cincuenta por ciento de las pruebas", "50 %"),
        ("en la línea de cart punto py", "cart.py"),
        ("one thousand eight hundred and forty two rows", "1842 rows"),
        ("four oh four", "404"),
        ("two point thirteen point zero", "2.13.0"),
        ("veintidós pruebas y la una", "22 pruebas"),
        ("it can't", "it cannot"),
        ("SQ Lite", "sqlite"),
        ("parseConfig", "parse config"),
        ("the two hundredth time", "200th time"),
        ("five trillion two billion rows", "5002000000000 rows"),
        ("las dos mil millones de filas", "2.000.000.000 de filas"),
        ("los tres billones dos mil millones un mil de archivos", "3.002.000.001.000 de archivos"),
        ("las treinta y una pruebas", "31 pruebas"),
    ],
)
def test_numbers_and_identifiers_have_one_form(spoken: str, form: str) -> None:
    assert says(spoken, [form])


@pytest.mark.parametrize(
    ("spoken", "form"),
    [
        ("ten point one", "10.01"),
        ("three point one", "3.10"),
        ("thirty", "13"),
        ("April thirteenth", "April 30"),
        ("three, four tests", "34 tests"),
        ("thirty second timeout", "32 timeout"),
        ("one hundred, two failed", "102 failed"),
        ("twenty twenty-six", "2025"),
        ("two hundredth time", "2nd time"),
        ("las pruebas son veinte un rato", "las pruebas son 21 rato"),
        ("las pruebas son treinta uno", "las pruebas son 31"),
        ("las pruebas son cien un rato", "las pruebas son 101 rato"),
    ],
)
def test_another_number_is_another_form(spoken: str, form: str) -> None:
    assert not says(spoken, [form])


def test_once_is_a_number_in_spanish_only() -> None:
    assert tokens("it was once", spanish=False)[-1] == "once"
    assert tokens("pasan once pruebas", spanish=True)[1] == "11"


def test_a_word_inside_another_is_not_a_match() -> None:
    assert not says("the information", ["form"])
    assert not says("12 tests", ["2 tests"])


def test_a_word_of_five_letters_may_go_on() -> None:
    assert says("The certificate expires today.", ["expir"])
    assert says("Interpolate when rendering.", ["interpolat"])
    assert not says("The portal is down.", ["port"])
    assert not says("The cached rows are read.", ["cached row"])
    assert not says("An inexpired one.", ["expir"])


@pytest.mark.parametrize(
    ("written", "spoken", "wrong"),
    [
        ("The 50th 6 of 506.", "The fiftieth, six of five hundred six.", []),
        ("Number 506.", "The fiftieth six.", ["50", "6"]),
        ("It is 60919287k.", "Sixty billion nine hundred nineteen million two hundred eighty-seven thousand.", []),
        ("It is 60919287k.", "Sixty billion.", ["60000000000"]),
        ("0s1k", "Zero seconds, one thousand.", []),
        ("ab1k", "One thousand.", ["1000"]),
        ("40 million rows", "Forty million rows.", []),
        ("Copied 12 500 rows.", "Copied twelve thousand five hundred rows.", []),
        ("Copied 12 500 rows.", "Copied twelve thousand six hundred rows.", ["12600"]),
        ("Level 12, 500 rows.", "Twelve thousand five hundred rows.", ["12500"]),
        ("It ended on 3 March.", "It ended on March third.", []),
        ("It ended on 3 March.", "It ended on March fourth.", ["4"]),
        ("40 million rows", "Forty thousand rows.", ["40000"]),
    ],
)
def test_an_ordinal_ends_a_run_of_numbers_and_a_k_may_be_large(written: str, spoken: str, wrong: list[str]) -> None:
    assert metrics.invented(case(text=written), spoken) == wrong
