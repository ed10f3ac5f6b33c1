"""A text of too many statements: what stands first, last or out is left as written, and its structure stays."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import guess, named
from aidevops_voice.narrator.outcome import text_only
from aidevops_voice.words.skim import skimmed
from aidevops_voice.words.speakable import pieces

ENGLISH = named("en")
PLAIN = [f"The reader takes page {n} of the report and puts it into its row." for n in range(2, 90)]
LOST = "The backup of the till was deleted by mistake."


@pytest.mark.parametrize("joint", ["\n\n", "\n", " ", "\n- "], ids=["paragraphs", "lines", "prose", "list"])
def test_what_stands_first_last_or_out_is_left(joint: str) -> None:
    left = skimmed(joint.join([*PLAIN[:40], LOST, *PLAIN[40:]]), ENGLISH)
    assert len(left) < 3000
    for kept in (PLAIN[0], PLAIN[-1], LOST):
        assert kept in left


def test_a_short_text_stays_as_it_is() -> None:
    text = "# Till\n\nIt opens now.\n\n- one\n- two\n"
    assert skimmed(text, ENGLISH) == text


@pytest.mark.parametrize(
    "block",
    [
        "```py\n" + "till = 1\n" * 30 + "```",
        "| till | sum |\n|---|---|\n" + "| a | 1 |\n" * 30,
        "diff --git a/till b/till\n" + "-old\n+new\n" * 30,
        "-----BEGIN PRIVATE KEY-----\n" + "MadeUpKeyLine\n" * 30 + "-----END PRIVATE KEY-----",
    ],
    ids=["code", "table", "diff", "key"],
)
def test_a_block_is_left_whole(block: str) -> None:
    text = "\n\n".join([*PLAIN[:40], block, *PLAIN[40:]])
    assert block.strip() in skimmed(text, ENGLISH)
    assert pieces(skimmed(text, ENGLISH), ENGLISH)[1] == pieces(text, ENGLISH)[1]


def test_no_sentence_is_made_of_two() -> None:
    items = [f"- item {n} of the long list of what the reader found in there" for n in range(60)]
    wrapped = [
        f"Page {n} of the report was read without anything worth telling,\nand its rows were kept." for n in range(60)
    ]
    for lines in (items, wrapped, [f"{one} Then it went on." for one in items]):
        text = "\n".join(lines)
        whole = {piece.text for piece in pieces(text, ENGLISH)[0]}
        assert {piece.text for piece in pieces(skimmed(text, ENGLISH), ENGLISH)[0]} <= whole


def test_the_loss_in_the_middle_of_a_long_text_is_told() -> None:
    text = "\n".join([*PLAIN[:40], LOST, *PLAIN[40:]])
    assert guess(text).code == "en"
    assert "The backup of the till was deleted by mistake" in " ".join(text_only(text, 80))
