"""Cutting: no word is lost, no number is parted, no part is too long."""

import pytest

from aidevops_voice.languages import named
from aidevops_voice.words.cuts import cut

SENTENCES = [
    "The job reads forty tables one after the other, but it does not read the twelve that were moved to the archive.",
    "It costs one thousand two hundred thirty-four point five six euros a month for the machines and two hundred "
    "twelve thousand four hundred five euros a year for the people who look after them day and night.",
    "word " * 70 + "end.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_word_is_lost(sentence: str) -> None:
    parts = cut(sentence, 20, named("en"))
    assert " ".join(parts).replace(",", "").split() == sentence.replace(",", "").split()
    assert all(len(part.split()) <= 20 for part in parts)


def test_a_number_stays_whole() -> None:
    numbers = "one thousand two hundred thirty-four point five six"
    parts = cut(f"a b c d e f g h i j k l m n {numbers} r s t u v w x y z", 20, named("en"))
    assert any(numbers in part for part in parts)


def test_spanish_y_inside_a_number_is_no_joint() -> None:
    sentence = (
        "Las pruebas del módulo nuevo que escribimos ayer en la oficina son cuarenta y dos en total y pasan todas"
    )
    assert any("cuarenta y dos" in part for part in cut(sentence, 14, named("es")))


def test_a_conjunction_stays_with_its_clause() -> None:
    parts = cut(SENTENCES[0], 20, named("en"))
    assert parts[1].startswith("but it does not")


def test_a_short_one_is_left_alone() -> None:
    assert cut("Done.", 20) == ["Done."]


def test_a_number_is_not_cut_behind_its_and() -> None:
    said = (
        "X igual a, y cero if z else treinta y uno por diez elevado a cero, "
        "mil ochocientos cuarenta y dos coma cinco cero euros"
    )
    assert not any(part.endswith(" y") for part in cut(said, 20, named("es")))


BILLIONS = "one hundred one billion one hundred one million one hundred one thousand one hundred one"


@pytest.mark.parametrize(
    ("said", "whole", "code"),
    [
        (f"Results zero zero zero zero zero, {BILLIONS}", BILLIONS, "en"),
        (
            "X ochenta y seis sesenta y cuatro, treinta y un mil treinta y uno se borraron mil ochocientas cuarenta y "
            "dos filas",
            "mil ochocientas cuarenta y dos",
            "es",
        ),
        (
            "A b c d e f g h i j k l m n, un millón ciento treinta y un mil ciento uno por ciento",
            "ciento uno por",
            "es",
        ),
        ("A b c d e f g h i j k l m n o p q r mil ochocientas cuarenta y dos filas", "mil ochocientas cuarenta", "en"),
    ],
)
def test_no_number_is_cut_in_any_language(said: str, whole: str, code: str) -> None:
    parts = cut(said, 20, named(code))
    assert any(whole in part for part in parts)
    assert all(len(part.split()) <= 20 for part in parts)


def test_a_row_of_numbers_is_no_longer_than_the_limit() -> None:
    assert all(len(part.split()) <= 20 for part in cut("one " * 50, 20, named("en")))


@pytest.mark.parametrize(
    ("said", "second", "code"),
    [
        (
            "The barn gate opens on relay number seven of the new board, so that it shares no wire with the lamps.",
            "so that it shares no wire with the lamps.",
            "en",
        ),
        (
            "La puerta del granero usa ahora el séptimo relé de la nueva placa, para que no comparta cable con la luz.",
            "para que no comparta cable con la luz.",
            "es",
        ),
        (
            "The old printer in the hall needs the driver in version nine or later and the new one does not need any.",
            "and the new one does not need any.",
            "en",
        ),
    ],
)
def test_a_purpose_stands_alone_and_or_later_does_not(said: str, second: str, code: str) -> None:
    assert cut(said, 20, named(code))[1] == second
