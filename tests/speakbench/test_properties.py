"""What holds of every text: the odd but right passes, a fault beside it is still seen."""

from __future__ import annotations

import pytest
from speakbench import properties
from speakbench.cases import Case
from speakbench.planted import case

UUID = "550e8400-e29b-41d4-a716-446655440000.env"
FOREIGN_FIRST = "\u69cb\n1\nThe tests pass, 9 of them"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("A\u00bck", "A a quarter k."),
        ("\x1b320k", "Twenty thousand."),
        ("1\x9b ok ", "One thousand."),
        (UUID, "An identifier dot env."),
        (FOREIGN_FIRST, "\u69cb. 1. The tests pass."),
        ("1,223\n\u69cb\n4983\nThe tests pass", "One thousand two hundred twenty-three. \u69cb. 4983. The tests pass."),
        ("35`0th 136", "Three hundred fiftieth, one hundred thirty-six."),
        ("0O'\u00b2", "Zero O two."),
        ("A.\u00c7", "A dot \u00c7."),
        ("1st. 0.01.0.0", "First. Zero dot zero one dot zero dot zero."),
        ('20 Y" 3 tests failed.', "Veinte Y tres tests failed."),
        ("1M\u00b9", "One million to the power of one."),
        ("0.\u0663\u0664", "Zero point three four."),
        ("12:34:56.env", "Twelve hours thirty-four minutes fifty-six seconds dot env."),
        ("The tests pass\n0\n> \u0620\u0e01\n$x^2$", "Zero. \u0620\u0e01. X 2."),
        ("\u0386\n1 or 2", "\u0386, 1 or 2?"),
        ("0s .envAll tests pass. ", "Zero seconds dot env All tests pass."),
    ],
)
def test_what_stands_in_a_reading_of_the_source_holds(written: str, told: str) -> None:
    assert properties.of_words(case(text=written), told) == []


@pytest.mark.parametrize(
    ("written", "told", "fault"),
    [
        ("A\u00bck", "A four thousand.", "4000"),
        ("\x1b320k", "Thirty thousand.", "30000"),
        ("1\x9b ok ", "Two thousand.", "2000"),
        (UUID, "Secrets dot env.", "secrets dot env"),
        (UUID, "An identifier dot py.", "identifier dot py"),
        (FOREIGN_FIRST, "\u69cb. 1. The tests pass, 9 of them.", "'9'"),
        ("35`0th 136", "Three hundred fifty-first, one hundred thirty-six.", "351"),
        ("0O'\u00b2", "Zero O three.", "0 0 3"),
        ("80:1", "Eighty one.", "81"),
        ("A.\u00c7", "B dot \u00c7.", "b dot c"),
        ("1st. 0.01.0.0", "First. Zero dot zero two dot zero dot zero.", "0.02.0.0"),
        ("1M\u00b9", "Two million to the power of one.", "2000000"),
        ("0.\u0663\u0664", "Zero point three five.", "3 5"),
        ('20 Y" 3 tests failed.', "Veinte y cuatro tests failed.", "24"),
        ("The tests pass\n0\n> \u0620\u0e01\n$x^2$", "The tests pass, 2 of them.", "'2'"),
        ("\u0386\n1 or 2", "Yes, 1 or 2?", "'1'"),
        ("0s .envall tests pass. ", "Zero seconds dot env All tests pass.", "seconds dot env"),
    ],
)
def test_a_fault_beside_it_is_seen(written: str, told: str, fault: str) -> None:
    assert fault in properties.of_words(case(text=written), told)


def ran(command: str) -> Case:
    return case(text="", events=({"type": "tool_finished", "tool": "bash", "ok": True, "command": command},))


def test_commands_that_are_only_counted_are_no_more_than_there_may_be() -> None:
    soup = ran("```a\nb(1)\n``````a\nb(1)\n```")
    assert not properties.of_words(soup, "Ran a, b one and five more commands.")
    assert properties.of_words(soup, "Ran a, b one and ninety more commands.")
    assert properties.of_words(soup, "Ran a, b one. Seventeen errors.")
    assert not properties.of_words(ran("git push --force origin a b c d e"), "Overwrote five branches.")
    assert properties.of_words(ran("git push --force origin a b c d e"), "Overwrote nine branches.")


def test_a_stream_has_its_words_one_by_one_and_one_sentence_more() -> None:
    assert not properties._too_long("A. " * 81, properties.REST, properties.WORDS + 1)
    assert properties._too_long("A. " * 82, properties.REST, properties.WORDS + 1)
