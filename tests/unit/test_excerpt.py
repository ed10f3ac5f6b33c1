"""What is read of a long text: whole lines or words of its head and tail."""

from __future__ import annotations

import pytest

from aidevops_voice.narrator.answer import READ_CAP
from aidevops_voice.narrator.narrated import narrate_events
from aidevops_voice.words.excerpt import excerpt
from aidevops_voice.words.speakable import Reader


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("as it is", "as it is"),
        ("one two three four five six 8000", "one two\n\nsix 8000"),
        ("first line\nsecond\nthird\nthe last line", "first line\n\nlast line"),
        ("\u69cb" * 40, "\n\n".join(["\u69cb" * 10] * 2)),
        ("\x1b[1;38;5;196m" * 9, "\n\n"),
        ("a b c d e\n```\nprint(1)\nprint(2)\n```\nend.", "a b c d e\n\n```\n```\nend."),
    ],
)
def test_head_and_tail_are_whole(text: str, read: str) -> None:
    assert excerpt(text, 20) == read


def test_half_of_what_steers_a_terminal_is_no_number() -> None:
    delta = "All tests pass. " + "\\u001b[1;38;5;196m" * 300
    told = narrate_events(
        [f'{{"type": "text", "part": "p", "delta": "{delta}"}}', '{"type": "turn_ended", "outcome": "done"}']
    ).spoken
    assert len(delta) > READ_CAP
    assert told == ("All tests pass.",)


def test_a_sentence_is_parted_in_the_language_that_it_was_read_in() -> None:
    mixed = "# Results user.test.ts €5 ¿Quieres que las corrija?, I removed 2 files and added 14 lines so far.\n"
    whole, parts = Reader(), Reader()
    told = whole.feed(f"{mixed}All tests pass. ") + whole.close()
    assert told == parts.feed(mixed) + parts.feed("All tests pass. ") + parts.close()
