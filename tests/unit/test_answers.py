"""What of an answer is told: its cure, caveat and reason, the few numbers of a table, and what now is so first."""

from __future__ import annotations

import pytest

from aidevops_voice import losses
from aidevops_voice.languages import Saying, named
from aidevops_voice.narrator.front import fronted
from aidevops_voice.narrator.narrated import narrate_text
from aidevops_voice.narrator.work import Work
from aidevops_voice.words.choice import choose
from aidevops_voice.words.clauses import clauses
from aidevops_voice.words.cuts import cut
from aidevops_voice.words.packing import strange
from aidevops_voice.words.signals import is_filler
from aidevops_voice.words.speakable import pieces
from aidevops_voice.words.statements import Unit
from aidevops_voice.words.tables import Table
from aidevops_voice.words.worth import is_loud

ENGLISH, SPANISH = named("en"), named("es")


def told(text: str) -> str:
    found = pieces(text, ENGLISH)[0]
    return " ".join(choose(found, ENGLISH, 50).said)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "The lookup costs nine microseconds, against thirty for `Result<Value, Error>` and twelve for the other "
            "type that the parser of the old client still returns.",
            "Result Value, Error",
        ),
        (
            "Every handler that the router calls behind the login page now returns `Pair<First, Second>` and no longer "
            "the three loose values of before.",
            "Pair First, Second",
        ),
    ],
)
def test_a_cut_never_falls_inside_a_name(text: str, whole: str) -> None:
    found = pieces(text, ENGLISH)[0][0]
    parts = [part.text for part in clauses(found, ENGLISH)]
    assert len(parts) > 1
    assert any(whole in part for part in parts)


def test_a_hinge_is_the_last_place_to_cut() -> None:
    said = (
        "The warning comes from reading the buffer of the sound card while the mixer writes to it, "
        "which nobody has locked so far"
    )
    assert cut(said, 20, ENGLISH)[1].startswith("which nobody")
    said = (
        "La advertencia viene de leer el búfer de la tarjeta mientras el mezclador escribe en él, que nadie ha cerrado"
    )
    assert not any(part.startswith("mientras") for part in cut(said, 18, SPANISH))


def test_while_is_left_out_only_behind_a_comma() -> None:
    beside = (
        "The first worker writes its blocks to the local disk of the machine in the hall, while the second worker "
        "sends all of its blocks straight to the archive in the other town."
    )
    during = (
        "The two counters drift apart by several hundred ticks each and every single hour while the interrupt handler "
        "of the sensor board blocks the timer that feeds all of the others."
    )
    assert "The second worker sends" in told(beside)
    assert "hile the interrupt handler" in told(during)


_CAUSE = "The upload fails with an error because the proxy in front of it closes the connection after a minute."
_SIDE = "I would avoid a longer timeout on the client, and I would not split the file into `part` files by hand."


@pytest.mark.parametrize(
    "cure",
    [
        "The simplest fix is to raise `proxy_read_timeout` to ten minutes.",
        "The fix: raise `proxy_read_timeout` to ten minutes.",
        "A better solution would be to raise `proxy_read_timeout` to ten minutes.",
        "So the proxy's `proxy_read_timeout` must be ten minutes.",
        "Instead, use the value of ten minutes for `proxy_read_timeout`.",
    ],
)
def test_the_cure_comes_before_side_remarks(cure: str) -> None:
    filler = "`Nginx` sends the body on in 3 pieces of `16k` each, and 2 of them are kept in memory at any time."
    said = told(f"{_CAUSE}\n\n{filler}\n\n{_SIDE}\n\n{cure}\n\n{filler.replace('Nginx', 'Haproxy')}")
    assert "ten minutes" in said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The only clean solution is to lock the table first", True),
        ("The fix is live on the server", False),
        ("A workaround would be to pin the version", True),
        ("The fix was deployed last week", False),
    ],
)
def test_what_is_a_cure(text: str, found: bool) -> None:
    assert bool(ENGLISH.marks["cure"].search(text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La solución más sencilla es subir el límite", True),
        ("Por tanto la versión debe ser la cinco", True),
        ("El arreglo no es urgente", False),
    ],
)
def test_what_is_a_cure_in_spanish(text: str, found: bool) -> None:
    assert bool(SPANISH.marks["cure"].search(text)) is found


@pytest.mark.parametrize("front", ["The one caveat:", "My only caveat:", "One catch:", "The big gotcha:"])
def test_a_caveat_is_a_remark(front: str) -> None:
    text = f"{front} the cache never shrinks."
    assert ENGLISH.marks["remark"].search(pieces(text, ENGLISH)[0][0].text)


def test_a_step_that_removes_what_was_named_loses_nothing() -> None:
    assert not is_loud("Remove it in the next major release", ENGLISH, step=True)
    assert is_loud("Delete all rows of the table members", ENGLISH, step=True)
    assert is_loud("Remove it in the next major release", ENGLISH)
    assert not is_loud("Elimínalo en la próxima versión", SPANISH, step=True)


_ITEMS = (
    "* **Kiln** keeps the whole plan in one file, so a new stage is a single line.",
    "* **Forge** is fine as well, but eleven stages mean eleven nearly identical files that drift apart.",
    "* **Anvil** has the poorest messages, which hurts newcomers most when something fails at night.",
)


@pytest.mark.parametrize("name", ["Kiln", "**Kiln**"])
def test_the_item_of_what_is_recommended_is_told(name: str) -> None:
    text = f"For a small team with many stages I'd recommend {name} here.\n\n" + "\n".join(_ITEMS)
    text += "\n\nYou can always combine them, one for the plan and another for the checks. Many shops do just that."
    assert "Kiln keeps the whole plan in one file" in told(text)


def test_behind_a_recommendation_its_reason_is_worth_more() -> None:
    text = (
        "I'd go with the queue in the database for now.\n\nIt is the only one that adds nothing to run, so the two of "
        "you have one thing less to watch.\n\n"
        "The web page of the other one lists 14 plugins and `amqp`.\n\n"
        "A third one has 9 clients, 3 of them for `erlang`.\n\nAll of them are free."
    )
    assert "adds nothing to run" in told(text)


def test_a_line_and_an_item_of_its_list_make_no_strange_sentence() -> None:
    lead = Unit("release three is out", 4.0, 1001, leads=2000)
    item, other = Unit("pushed the tag", 3.0, 2000), Unit("the shop is told", 3.0, 3002)
    assert not strange([[lead, item]])
    assert strange([[lead, other]])


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (("| | Median | Runs |", "| Oak | **71.5** | 6 |", "| Ash | **68** | 6 |"), "Oak 71.5, Ash 68"),
        (("| Hall | Seats |", "| North | 120 |", "| South | 80 |"), "North 120, South 80"),
        (("| | Median | Runs |", "| Oak | 71.5 | 6 |", "| Ash | 68 | 6 |"), None),
        (("| | Lines | Notes |", "| Oak | **~350** | good |", "| Ash | 900 | poor |"), None),
        (("| | A | B |", "| Oak | **1** | **2** |", "| Ash | **3** | **4** |"), None),
    ],
)
def test_a_small_table_is_told_by_its_bold_numbers(rows: tuple[str, ...], what: str | None) -> None:
    table = Table()
    for row in rows:
        table.add(row)
    saying = table.saying()
    assert saying is not None
    assert saying.fields.get("what") == what


@pytest.mark.parametrize(
    "first",
    [
        "Your chapters are on the server now.",
        "The kiosk now uses the new tariff.",
        "The door sensor is back on the bus now.",
    ],
)
def test_what_now_is_so_stays_first(first: str) -> None:
    said = [first, "The first try was rejected because the other side had two newer commits."]
    assert fronted(said, Work(text=" ".join(said)), False, ENGLISH)[0] == first


@pytest.mark.parametrize("first", ["The page is simpler now and quite tidy.", "If the page is on the server now."])
def test_praise_and_conditions_are_no_result(first: str) -> None:
    said = [first, "The first try was rejected because the other side had two newer commits."]
    assert fronted(said, Work(text=" ".join(said)), False, ENGLISH)[0] != first


def test_a_forced_push_is_told_where_the_branch_stands_in_front() -> None:
    forced = Saying("losses.forced", fields={"last": "harvest"})
    assert losses.told(forced, "It is on `harvest` now. The push was refused, so I forced it.", ENGLISH)
    assert not losses.told(forced, "It is on `main` now. The push was refused, so I forced it.", ENGLISH)


@pytest.mark.parametrize("blanks", ["", "  ", "\t"])
def test_a_title_that_asks_is_one_with_blanks_behind_it(blanks: str) -> None:
    text = f"I'd take the blue one.\n\n**Why?**{blanks}\n* It is light.\n* It is cheap.\n"
    assert [piece.kind for piece in pieces(text, ENGLISH)[0]][1] == "heading"
    assert narrate_text(text).outcome == "info"


@pytest.mark.parametrize(
    ("text", "filler"),
    [
        ("Let me know what you would like to tackle next!", True),
        ("Let me know what you'd like to work on next.", True),
        ("Tell me where you want to continue from here.", True),
        ("Let me know which of the two you want.", False),
        ("Let me know what the password is.", False),
    ],
)
def test_what_next_is_no_question(text: str, filler: bool) -> None:
    assert is_filler(text, ENGLISH) is filler


def test_what_next_is_no_question_in_spanish() -> None:
    assert is_filler("¡Dime qué te gustaría hacer a continuación!".removeprefix("¡"), SPANISH)
    assert not is_filler("Dime cuál de los dos quieres.", SPANISH)


def test_what_points_back_needs_what_it_points_at() -> None:
    assert ENGLISH.marks["pointed"].search("tell me if you want that")
    assert not ENGLISH.marks["pointed"].search("tell me if you want the old table back")


def test_another_way_is_only_a_remark() -> None:
    assert ENGLISH.marks["perhaps"].search("A longer cable would also work, but it costs more")
    assert SPANISH.marks["perhaps"].search("Un cable más largo también serviría")
