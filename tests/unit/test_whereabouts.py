"""What is a wish to go to another session, and which one is meant."""

from __future__ import annotations

import pytest

from aidevops_voice import listener, whereabouts
from aidevops_voice.listener import Act, Around, Hint, Prompt, Situation, SwitchTo
from aidevops_voice.ports import Command, Heard
from aidevops_voice.whereabouts import LAST, Wish

AROUND = Around(("Fix the cart", "Write the docs", "blog"))


def understood(text: str, around: Around = AROUND) -> listener.Understood:
    return listener.understand(Heard(text, certain=True), Situation(around=around))


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("switch to the docs", "the docs", ""),
        ("Switch to docs, please.", "docs", ""),
        ("switch to session fix the cart", "fix the cart", "session"),
        ("switch to the cart session", "cart", "session"),
        ("switch to number two", "2", ""),
        ("switch to the second one", "2", ""),
        ("switch to two", "2", ""),
        ("switch to the last one", LAST, "session"),
        ("switch back to the previous session", LAST, "session"),
        ("go to docs", "docs", ""),
        ("open session two", "2", "session"),
        ("switch to project blog", "blog", "project"),
        ("switch to the blog project", "blog", "project"),
        ("switch to blog", "blog", ""),
        ("cambia a la sesión docs", "docs", "session"),
        ("cambia a docs", "docs", ""),
        ("cambia a la última", LAST, "session"),
        ("cambia a la sesión anterior", LAST, "session"),
        ("cambia a la segunda", "2", ""),
        ("cambia al proyecto blog", "blog", "project"),
        ("pasa a docs", "docs", ""),
    ],
)
def test_a_wish_to_go_elsewhere(text: str, name: str, kind: str) -> None:
    found = understood(text)
    assert isinstance(found, SwitchTo)
    assert (found.wish.name, found.wish.kind) == (name, kind)


@pytest.mark.parametrize(
    "text",
    [
        "switch to the dark theme",
        "switch to python 3.12",
        "go back to the previous commit",
        "go to the definition of total",
        "change to tabs instead of spaces",
        "switch to the docs and write a page about carts that explains everything one could ever want to know",
        "cambia a python 3.12",
        "vuelve al commit anterior",
        "list sessions in the database",
        "what is left in the queue table",
        "start a new session for each request in the middleware",
        "two",
    ],
)
def test_a_request_stays_a_request(text: str) -> None:
    assert isinstance(understood(text), Prompt)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("which project", Command.WHICH_PROJECT),
        ("which project is this?", Command.WHICH_PROJECT),
        ("where am I", Command.WHICH_PROJECT),
        ("qué proyecto", Command.WHICH_PROJECT),
        ("which session am I in", Command.WHICH_SESSION),
        ("where am I talking?", Command.WHICH_SESSION),
        ("¿en qué sesión estoy?", Command.WHICH_SESSION),
        ("list sessions", Command.SESSIONS),
        ("List my sessions please", Command.SESSIONS),
        ("lista las sesiones", Command.SESSIONS),
        ("qué sesiones hay", Command.SESSIONS),
        ("new session", Command.NEW_SESSION),
        ("start a new session", Command.NEW_SESSION),
        ("nueva sesión", Command.NEW_SESSION),
        ("what is running", Command.RUNNING),
        ("what's running?", Command.RUNNING),
        ("qué está en marcha", Command.RUNNING),
        ("next one that needs me", Command.NEXT_WAITING),
        ("who needs me", Command.NEXT_WAITING),
        ("la siguiente que me necesita", Command.NEXT_WAITING),
        ("todo", Command.TODO),
        ("what is left", Command.TODO),
        ("how far are you", Command.TODO),
        ("qué falta", Command.TODO),
        ("por dónde vas", Command.TODO),
        ("goodbye", Command.GOODBYE),
        ("Good bye!", Command.GOODBYE),
        ("okay, bye", Command.GOODBYE),
        ("adiós", Command.GOODBYE),
        ("hasta luego", Command.GOODBYE),
    ],
)
def test_commands_are_whole_utterances(text: str, command: Command) -> None:
    assert understood(text) == Act(command)


@pytest.mark.parametrize(
    "text",
    [
        "go back to the previous commit",
        "say goodbye to the old parser",
        "bye bye function should be removed",
        "add a goodbye page",
        "that's all wrong, fix it",
        "is that all the tests",
        "borra la página de adiós",
        "see you later is the wrong message",
    ],
)
def test_a_goodbye_inside_a_request_is_none(text: str) -> None:
    assert isinstance(understood(text), Prompt)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("docs", [1]),
        ("cart", [0, 2]),
        ("fix the cart", [0]),
        ("the cart totals", [2]),
        ("document", []),
        ("kart totals", [2]),
        ("", []),
    ],
)
def test_titles_are_found_by_their_words(said: str, meant: list[int]) -> None:
    assert whereabouts.matching(said, ["Fix the cart", "Write the docs", "Cart totals"]) == meant


def test_a_number_counts_while_sessions_are_on_offer() -> None:
    offered = Around(offered=("", ""))
    assert understood("two", offered) == SwitchTo(Wish("2"))
    assert understood("the second one", offered) == SwitchTo(Wish("2"))
    assert understood("la segunda", offered) == SwitchTo(Wish("2"))
    assert isinstance(understood("fix the cart", offered), Prompt)


def test_a_name_counts_where_it_was_asked_which_one() -> None:
    assert understood("fix the cart", Around(offered=("Fix the cart", "Cart totals"))) == SwitchTo(Wish("fix the cart"))


@pytest.mark.parametrize("text", ["yes", "no", "go ahead", "sí", "allow it"])
def test_an_answer_to_a_request_of_another_session_is_no_prompt(text: str) -> None:
    found = understood(text, Around(asked=True))
    assert isinstance(found, Hint)
    assert found.key == "notices.elsewhere"
    assert not isinstance(understood(text, Around()), Hint)
