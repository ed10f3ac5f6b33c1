"""Any text becomes words for the ear."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from aidevops_voice.speakable import Reader, render, sentence, sentences, shortened

TABLE = [
    ("Fixed `parse_config` in src/app/main.py:42.", "Fixed parse config in main dot py line 42."),
    ("See https://github.com/a/b?x=1 for **details**", "See github dot com for details."),
    ("Committed as a1b2c3d4e5 to main", "Committed as a commit to main."),
    ("Now v2.13.0 -> 3.4 took 2.5s", "Now version 2 point 13 point 0 to 3 point 4 took 2 point 5 seconds."),
    ("1,234 lines (50%)", "1234 lines, 50 percent."),
    ("HTTPServer and --dry-run", "HTTP Server and option dry run."),
    ("mail bob@example.com", "Mail bob at example dot com."),
    ("[the docs](https://x.y/z) help", "The docs help."),
    ("/etc/hosts and ~/notes.txt", "Hosts and notes dot txt."),
    ("\x1b[31mred\x1b[0m \u202eevil\u202c", "Red evil."),
    ("`a || b; rm -rf $X`", "Some code."),
    ("call `load_settings()` first", "Call load settings first."),
    ("e.g. this, i.e. that", "For example this, that is that."),
    ("<b>bold</b> & sane", "Bold and sane."),
    ("🎉🎉", ""),
    ("---", ""),
]


@pytest.mark.parametrize(("text", "said"), TABLE)
def test_one_line(text: str, said: str) -> None:
    assert sentence(text) == said


def test_code_tables_and_diffs_are_counted_not_read() -> None:
    text = "Here it is:\n```python\nsecret = 1\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n```diff\n-x\n+y\n```\nDone."
    said, left_out = sentences(text)
    assert said == ["Here it is.", "Done."]
    assert left_out == {"code", "diff", "table"}


def test_lists_and_headings_are_sentences() -> None:
    assert sentences("## Result\n- [x] first\n2. second\n> quoted")[0] == ["Result.", "First.", "Second.", "Quoted."]


def test_a_sentence_is_given_as_soon_as_it_is_over() -> None:
    reader = Reader()
    assert reader.feed("Let me run the tests. Th") == ["Let me run the tests."]
    assert reader.feed("ey are in config.") == []
    assert reader.feed("py now.") == []
    assert reader.pause() == ["They are in config dot py now."]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_the_pieces_do_not_matter(size: int) -> None:
    text = (
        "I ran it. Two fail:\n\n- `test_a` in a.py\n- the other\n\n```sh\nrm x.\n```\n\nFix them? Yes. v1.2.3 is out."
    )
    reader = Reader()
    said = [s for i in range(0, len(text), size) for s in reader.feed(text[i : i + size])] + reader.close()
    assert said == sentences(text)[0]


@given(st.text(max_size=300))
def test_only_words_and_plain_marks_are_left(text: str) -> None:
    for said in sentences(text)[0]:
        assert re.fullmatch(r"[\w\s.,?!'-]+", said)
        assert "_" not in said


@given(st.text(max_size=200))
def test_rendering_again_changes_nothing_for_plain_words(text: str) -> None:
    words = " ".join(re.findall(r"[a-z]{2,}", text)) or "word"
    assert render(words) == words


def test_shortening_keeps_whole_words() -> None:
    assert shortened("one two three, four five", 4) == "one two three."
    assert shortened("one two", 4) == "one two"
