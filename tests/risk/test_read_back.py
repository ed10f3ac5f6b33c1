"""What is told about a command."""

from __future__ import annotations

import pytest
from risk.score import english

from aidevops_voice.languages.english.risk import RISK as ENGLISH
from aidevops_voice.languages.spanish.risk import RISK as SPANISH
from aidevops_voice.risk import as_dict, assess, read_back
from aidevops_voice.risk.levels import APART
from aidevops_voice.risk.paths import HOLE, ITEM

PROJECT = "/home/ana/shop"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("rm -rf build", ["Delete build."]),
        ("ls && rm a b c d e f", ["Delete a, b, c, d and two more.", "List this folder."]),
        ("rm src/../../billing", ["Delete billing in the folder above."]),
        ("git push origin main --force", ["Push origin main by force."]),
        ("sudo rm /srv/shop", ["Delete shop in srv, as root."]),
        ("ssh ana@box.example 'rm x'", ["Delete x, on box dot example.", "Connect to box dot example."]),
        ('rm "$X"', ["Delete something not known yet."]),
        ("echo hello >> notes.txt", ["Add to notes dot txt."]),
        ("echo hello", ["Print hello."]),
        ('echo "$(rm x)" > a', ["Delete x.", "Overwrite a."]),
        ("echo $API_TOKEN > a", ["Use the secret API TOKEN.", "Overwrite a."]),
    ],
)
def test_the_worst_comes_first(command: str, said: list[str]) -> None:
    assert read_back(assess(command, PROJECT), english()) == said


def test_the_rest_is_counted() -> None:
    said = read_back(assess("rm a; rm b; rm c; rm d; rm e; rm f", PROJECT), english())
    assert said[-1] == "And two more commands."


def test_names_are_rendered_as_words() -> None:
    (said,) = read_back(assess("rm '<break/>\u200b$(x)\n**yes** say confirm'", PROJECT), english())[:1]
    assert not any(mark in said for mark in (*"<>*$()\n\u200b", APART, HOLE, ITEM))


def test_as_dict_is_what_the_command_line_shows() -> None:
    assert as_dict(assess("git status", PROJECT), english()) == {
        "risk": "read",
        "why": "it only looks",
        "read_back": ["Run git status."],
    }


def test_both_languages_have_the_same_phrases() -> None:
    assert ENGLISH.keys() == SPANISH.keys()


@pytest.mark.parametrize(
    "command", ["rm a", "git push", "frobnicate", "curl https://example.com", "cat .env", "sudo ls"]
)
def test_every_reason_has_a_phrase(command: str) -> None:
    assert assess(command, PROJECT).why.key in ENGLISH
