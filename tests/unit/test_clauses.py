"""A sentence at its signs, a command behind the line that leads to it, and what goes on in the next line."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import named
from aidevops_voice.words.choice import choose
from aidevops_voice.words.clauses import parted
from aidevops_voice.words.speakable import pieces
from aidevops_voice.words.wording import render


def said(text: str) -> list[str]:
    return [piece.text for piece in pieces(text, named("en"))[0]]


def chosen(text: str) -> str:
    found = pieces(text, named("en"))[0]
    return " ".join(choose(found, named("en"), 80).said)


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        (
            "I need one decision: should the old sessions end now?",
            [("", "I need one decision"), (":", "should the old sessions end now?")],
        ),
        (
            "The job is lost then; the queue must be kept.",
            [("", "The job is lost then"), (";", "the queue must be kept.")],
        ),
        ("It failed here (on lines 3, 7 and 12).", [("", "It failed here (on lines 3, 7 and 12).")]),
        ("Two rows have no date (lines 3, 7 and 12).", [("", "Two rows have no date"), ("(", "lines 3, 7 and 12).")]),
        ("Cause: a missing index.", [("", "Cause: a missing index.")]),
        (
            "The one — see the log of today — is on `a: b c d e f`.",
            [("", "The one — see the log of today — is on `a: b c d e f`.")],
        ),
    ],
)
def test_a_sentence_is_parted_at_its_signs(raw: str, parts: list[tuple[str, str]]) -> None:
    assert parted(raw) == parts


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("To undo it, run:\n\n```bash\ngit reset --soft HEAD~1\n```\n", "To undo it, run git reset option soft."),
        ("You can see it with:\n```sh\nsudo lsof -nP -iTCP:5432\n```\n", "You can see it with lsof."),
        (
            "To drop them all, run:\n```bash\ngit branch | xargs git branch -d\n```\n",
            "To drop them all, run what is on the page.",
        ),
        ("The error is:\n```bash\nls\n```\n", "The error is."),
        (
            "The zone has to be parsed\n\nfrom the command line first.",
            "The zone has to be parsed from the command line first.",
        ),
        ("They are in\n`rejects.csv` now.", "They are in rejects dot csv now."),
        ("It was done\n\nTests pass.", "It was done."),
    ],
)
def test_what_a_line_leads_to_is_told_with_it(text: str, first: str) -> None:
    assert said(text)[0] == first


def test_a_sentence_behind_a_bold_one_is_no_heading() -> None:
    found = pieces("**My pick: Vitest.** You have a config already.", named("en"))[0]
    assert [piece.kind for piece in found] == ["prose", "prose"]


def test_a_stop_in_code_ends_no_sentence() -> None:
    assert len(said("Copy the rows with `INSERT INTO … SELECT` and go on.")) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Logins expire after an hour now.\n\nOne thing is left to decide: **should everybody who is logged in "
            "at the moment be thrown out on the next release?** If yes, I'll change the key; if not, "
            "they stay for two weeks.",
            "Should everybody who is logged in at the moment be thrown out on the next release?",
        ),
        (
            "| Line | Warning | Serious? |\n|---|---|---|\n| 8 | comparison | maybe |\n"
            "| 9 | wrong format | 🔴 **yes, will crash** |\n",
            "Wrong format, yes, will crash.",
        ),
        (
            "I couldn't mend it. The worker still uses the old database: it has `postgres://w:secretword@db.ex/x` "
            "in its settings, and nothing listens there since the move in March. "
            "Change the host there, start it anew.",
            "The worker still uses the old database.",
        ),
    ],
)
def test_what_a_listener_needs_is_told(text: str, told: str) -> None:
    assert told in chosen(text)


def test_two_numbers_joined_by_and_are_two() -> None:
    assert render("líneas 3750 y 5000", named("es")).endswith("tres mil setecientos cincuenta, y cinco mil")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Limit the step (I took 0.2 s) so that one slow frame cannot make the whole simulation of tides explode.",
            "Limit the step so that one slow frame cannot make the whole simulation of tides explode.",
        ),
        (
            "The gate stays shut because both pumps (north and south) have got the same address on the bus of a hall.",
            "The gate stays shut. That's because both pumps, north and south, have got the same address on the bus "
            "of a hall.",
        ),
        (
            "The report counts every boat (it must not skip any) that has been in this harbour for more than two days.",
            "it must not skip any",
        ),
    ],
)
def test_an_aside_does_not_break_its_sentence(text: str, said: str) -> None:
    assert said in chosen(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Put the new key of the weather mast into the locked vault of the team rather than into the script itself, "
            "and remove the old one today.",
            "Put the new key of the weather mast into the locked vault of the team. Remove the old one today.",
        ),
        (
            "The exporter writes the totals of all the seasons to one file instead of to `a.csv` and `b.csv` and "
            "uploads that at night.",
            "The exporter writes the totals of all the seasons to one file",
        ),
    ],
)
def test_what_is_not_done_breaks_no_sentence(text: str, told: str) -> None:
    assert told in chosen(text)
