"""Markdown, streamed or whole, becomes sentences for the ear."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from aidevops_voice.languages import Saying, named
from aidevops_voice.words.speakable import Reader, clauses, count, pieces, render, sentence, sentences, shortened, words

TABLE = [
    ("Fixed `parse_config` in src/app/main.py:42.", "Fixed parse config in main dot py line forty-two."),
    ("See https://github.com/a/b?x=1 for **details**", "See github dot com for details."),
    ("[the docs](https://x.y/z) help, ![a cat](x.png)", "The docs help, a cat."),
    ("See [x](y_(z)) and [a][1] and <https://x.org/a>", "See x and a and x dot org."),
    ("`a || b; rm -rf $X`", "Some code."), ("`cart › removes an item` fails", "Cart removes an item fails."),
    ("call `load_settings()` first", "Call load settings first."),
    ("run `npm test && npm run build`", "Run npm test and npm run build."), ("`git push --force`", "Git push option "
                                                                                                   "force."),
    ("set `x = 5` in `items[0]`", "Set x equals five in items zero."),
    ("<b>bold</b> &amp; sane &lt;break&gt;", "Bold and sane."),
    ("<speak>Hi <break time='3s'/>there</speak> [[h@l'oU]]", "Hi there."),
    ("a Map<String, Int> of {id} or {\"a\": 1}", "A Map String, Int of id or some data."),
    ("a note[^1] ~~gone~~", "A note gone."), ("about \\(9.6\\,\\%\\) or $x^2 \\le 5$", "About nine point six "
                                                                                       "percent or x to the power "
                                                                                       "of two at most five."),
    ("\\(\\frac{a}{b}\\)", "A formula."), ("$5 and $10", "Five dollars and ten dollars."),
    ("✅ lint", "Lint, passed."), ("OK 👍", "OK."), ("Sure ✅", "Sure."), ("👍", ""), ("Will do 👍", "Will do."),
    ("❌ type check", "Type check, failed."), ("⚠️ deprecated", "Warning, deprecated."),
    ("✅ All tests pass", "All tests pass."), ("Done 🎉", "Done."),
    ("approx. 5, Mr. Smith", "Approximately five, Mr Smith."), ("8 MB/s. 9 MB/s", "Eight megabytes per second, nine "
                                                                                  "megabytes per second."),
    ("¿Sigo?", "Sigo?"), ("🎉🎉", ""), ("---", ""), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), TABLE)
def test_one_line(text: str, said: str) -> None:
    assert sentence(text, named("en")) == said


TEXTS = [
    ("## Result\n- [x] first\n2. second\n> quoted", ["Result.", "First.", "Second.", "Quoted."]),
    ("**Options**\n\none", ["Options.", "One."]),
    ("A line that was wrapped by the one who wrote it at\nsome column. Next.", ["A line that was wrapped by the one "
                                                                                "who wrote it at some "
                                                                                "column.", "Next."]),
    ("- an item\n  goes on\n- other", ["An item goes on.", "Other."]), ("Short\nLines", ["Short.", "Lines."]),
    ("Here:\n```python\nx = 1\n```\nDone.", ["Here.", "Done."]), ("Hi.\n~~~\na. b\n```\nc\n~~~\nEnd.", ["Hi.", "End."]),
    ("Ok.\n\n    indented = code()\n\nEnd.", ["Ok.", "End."]), ("---\ntitle: x\n---\nHi.", ["Hi."]),
    ("Hi.\n<!-- a. b\nc. d -->\nEnd.", ["Hi.", "End."]), ("$$\n\\sum x. y\n$$\nEnd.", ["End."]),
    ("<details>\n<summary>More</summary>\n\nText.\n</details>", ["More.", "Text."]),
    ("[1]: https://x.y\nEnd.", ["End."]),
    ("Key.\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc. def\n-----END RSA PRIVATE KEY-----\nEnd.", ["Key.", "End."]),
    ("Key.\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc. def", ["Key."]),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n\nThe rest is cut off.", ["The rest is cut off."]),
    ("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old. x\n+new. y\n\nEnd.", ["End."]),
    ("2025-01-01 10:00:00 ERROR foo. bar\nEnd.", ["Bar.", "End."]), ('{\n  "a": 1,\n}\nEnd.', ["End."]),
    ("Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nEnd.", ["End."]),
    (f"{'QUJD' * 50}\nEnd.", ["End."]),
    ("┌────┐\n│ a  │\n└────┘\nEnd.", ["End."]), ("\x1b[1m## Title\x1b[0m\n\x1b[32m- item\x1b[0m", ["Title.", "Item."]),
    ("Hi.\r\n\r\n- a b\r\n", ["Hi.", "A b."]),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nEnd.", ["A table of two rows.", "End."]),
    ("a | b\n--- | ---\n1 | 2", ["A table of one row."]),
    ("| step | state |\n|---|---|\n| lint | ✅ |\n| unit | ❌ failed |", ["One of two rows in a table failed, unit."]),
    ("| step | state |\n|---|---|\n| lint | ok |\n| unit | passed |", ["A table of two rows, all of them fine."]),
    ("```\n===== 3 failed, 12 passed in 2.31s =====\n```", ["Three tests failed, twelve passed."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), TEXTS)
def test_structure(text: str, said: list[str]) -> None:
    assert sentences(text, named("en"))[0] == said


def test_what_is_left_out_is_counted() -> None:
    text = "Here:\n```python\na = 1\nb = 2\n```\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```diff\n-x\n+y\n+z\n```\n"
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.left_out == {"code", "diff", "table"}
    assert reader.left == [
        Saying("left.code", 2),
        Saying("table.size", 1),
        Saying("left.diff", None, {"added": 2, "removed": 1}),
    ]


def test_each_piece_knows_what_it_was() -> None:
    found, _ = pieces("# Plan\nThree steps:\n- `a_b` first\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\nEnd.")
    assert [(piece.text, piece.raw, piece.kind) for piece in found] == [
        ("Plan.", "Plan", "heading"),
        ("Three steps.", "Three steps:", "lead"),
        ("A b first.", "`a_b` first", "item"),
        ("A table of one row.", "", "table"),
        ("End.", "End.", "prose"),
    ]


def test_the_language_is_that_of_the_text() -> None:
    assert sentences("Listo, pasan las 21 pruebas.")[0] == ["Listo, pasan las veintiuna pruebas."]
    assert sentences("OK, 3", default=named("es"))[0] == ["OK, tres."]
    german = "Die Tests sind nicht fertig, 3 von 4 laufen in `src/app/main.py`.\n\n- **Erstens** und\n- nicht"
    assert sentences(german)[0] == [
        "Die Tests sind nicht fertig, 3 von 4 laufen in main dot py.",
        "Erstens und.",
        "Nicht.",
    ]


def test_a_sentence_is_given_as_soon_as_it_is_over() -> None:
    reader = Reader()
    assert reader.feed("Let me run the tests. Th") == ["Let me run the tests."]
    assert reader.feed("ey are in config.") == []
    assert reader.feed("py now.") == []
    assert reader.pause() == ["They are in config dot py now."]


def test_the_first_sentence_does_not_wait_for_the_end() -> None:
    text = "Two tests fail now. " + "And this goes on and on, as answers do. " * 2500
    reader = Reader()
    assert reader.feed(text[:512])[0] == "Two tests fail now."


def test_two_files_of_one_name_are_told_apart() -> None:
    said, _ = sentences("I changed src/user/index.ts. I left src/admin/index.ts. And src/user/index.ts again.")
    assert said == ["I changed index dot ts.", "I left index dot ts in admin.", "And index dot ts again."]


_PIECES = [
    "\n```\n", "\n```sh\n", "| a | b |\n", "|--|--|\n", "\n- ", "\n1. ", "\n## ", "\n> ", "\n\n", "fox. ", "The end! ",
    "Why? ", "etc. ",
    "src/a.py ", "`x` ", "**b** ", "<b>", "<!-- ", "-->", "&amp;", "[a](b) ", "---\n", "    ", "\t", "\x1b[31m",
    "\r\n", "$$\n",
    "diff --git a b\n", "@@ -1 +1 @@\n", "+x\n", "-y\n", "-----BEGIN PRIVATE KEY-----\n", "-----END PRIVATE "
                                                                                          "KEY-----\n", "e.g. ",
    "main.", "py", ": ", "1.5 ", "…", "。", "é", "п", "el ", "und ", "✅ ", "3 passed ", "{\n", '"a": 1,\n',
    "a b c d e f g h i j k l ",
]  # fmt: skip
_MARKDOWN = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=30).map("".join)


@given(st.one_of(_MARKDOWN, st.text(max_size=200)), st.integers(1, 60))
def test_the_pieces_do_not_matter(text: str, size: int) -> None:
    piecewise, whole = Reader(), Reader()
    parts = [text[i : i + size] for i in range(0, len(text), size)]
    assert [s for part in parts for s in piecewise.feed(part)] + piecewise.close() == whole.feed(text) + whole.close()


@given(st.one_of(_MARKDOWN, st.text(max_size=200)), st.sampled_from(["en", "es"]))
def test_sentences_need_no_further_normalisation(text: str, code: str) -> None:
    language = named(code)
    for said in sentences(text, language)[0]:
        assert all(char in " .,?!¿¡'-" or unicodedata.category(char)[0] in "LM" for char in said), said
        assert said[-1] in ".?!"
        assert not re.search(r"[.?!] ", said), said
        assert words(said) <= 20
        assert sentence(said, language) == said


@given(st.text(max_size=120), st.sampled_from(["en", "es"]))
def test_rendering_again_changes_nothing(text: str, code: str) -> None:
    # In one language: words that stand for a foreign name may make the rest look like another one.
    said = render(text, named(code))
    assert render(said, named(code)) == said


CLAUSES = [
    "I renamed the parser and the reader, and the tests of both are green now, but the documentation still names "
    "the old ones, so it needs work.",
    " ".join(["word"] * 45) + ".",
    "The chunk has nine thousand two hundred seventy-eight lines and the other one has exactly one million two "
    "hundred thousand three hundred twelve lines.",
]  # fmt: skip


@pytest.mark.parametrize("said", CLAUSES)
def test_a_long_sentence_is_told_in_clauses(said: str) -> None:
    parts = clauses(said)
    assert len(parts) > 1
    assert all(words(part) <= 20 and part[-1] == "." and part[0].isupper() for part in parts)
    whole, cut = (re.findall(r"[\w-]+", text.lower()) for text in (said, " ".join(parts)))
    assert [word for word in cut if word != "and"] == [word for word in whole if word != "and"]


def test_a_row_of_signs_is_no_row() -> None:
    told = sentences("| a | b |\n|---|---|\n| x | y |\n| : |\n| z | w |\n| - | ✅ |")[0]
    assert told == sentences("| a | b |\n|---|---|\n| x | y |\n| z | w |\n| - | ✅ |")[0]


def test_no_and_a_number_behind_it_wait_for_each_other() -> None:
    reader = Reader()
    assert reader.feed("See error no. ") == []
    assert reader.feed("12 here. ") == ["See error number twelve here."]
    assert Reader().feed("I say no. Twelve are here. ") == ["I say no.", "Twelve are here."]


def test_a_number_is_never_cut() -> None:
    said = "a b c d e f g h i j k l m n o p q r nine thousand two hundred seventy-eight lines are there"
    assert any("nine thousand two hundred seventy-eight" in part.lower() for part in clauses(said))
    assert shortened("there are two hundred three files", 4) == "there are."


def test_shortening_keeps_whole_words() -> None:
    assert shortened("one fish, two fish, red", 4) == "one fish, two fish."
    assert shortened("one two", 4) == "one two"
    assert (count(2, "file"), count(0, "file"), count(1, "match", "matches")) == ("two files", "no files", "one match")
