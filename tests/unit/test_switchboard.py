"""Several sessions and projects behind one voice, with scripted agents."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from unit.house import House, ManySessions, house

from aidevops_voice.errors import SessionElsewhere, UnknownAsk, UnknownSession, WrongFolder
from aidevops_voice.events import ScreenChanged, Todo, TodoChanged, TurnStarted
from aidevops_voice.journal import entries
from aidevops_voice.ports import AgentEvent, Ask, AskClosed, Reply, TextEnded, ToolFinished, Turn, TurnEnded

CART, DOCS = "ses_cart", "ses_docs"
TITLES = ("Fix the cart", "Write the docs", "Blog")
CONNECTED = "Connected to shop, session Fix the cart."


def result(session: str, text: str, turn: str = "msg_1") -> list[AgentEvent]:
    return [
        TurnStarted(session, turn, "go", False),
        ToolFinished(session, turn, "c1", "bash", True, command="make build", output="ok", exit_code=0),
        TextEnded(session, turn, f"p{turn}", text),
        TurnEnded(session, (turn,), "done"),
    ]


def request(session: str, ask: str = "per_1", *, ours: bool = True) -> Ask:
    return Ask(ask, session, "permission", permission="bash", command="make deploy", turn="msg_1", ours=ours)


async def asking(built: House, session: str, text: str = "deploy it") -> asyncio.Task[object]:
    """A turn of ours in this session, which asks."""
    waiting: asyncio.Task[object] = asyncio.create_task(built.ask(text))
    await built.until(lambda: any(turn.session == session for turn in built.agent.submitted))
    turn = built.agent.submitted[-1]
    built.agent.tell(
        TurnStarted(session, turn.id, text, True),
        Ask("per_1", session, "permission", permission="bash", command="make deploy", turn=turn.id),
    )
    return waiting


# --- where am I -------------------------------------------------------------------------------------------------


async def test_project_and_session_are_said_on_connect_and_at_each_switch(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("list sessions")
        built.board.voice_state("connected")
        assert CONNECTED in built.words
        built.say("switch to docs")
        await built.heard("Connected to shop, session Write the docs.")
        built.say("which session")
        await built.heard("This is the session Write the docs, in shop.")
        built.say("¿qué proyecto?")
        await built.heard("This is the project shop.")


async def test_a_new_session_is_called_so_until_it_has_a_title(tmp_path: Path) -> None:
    async with house(tmp_path) as built:
        built.board.voice_state("connected")
        assert built.words == ["Connected to shop, a new session."]
        built.agent.tell_on_submit(lambda turn: [TurnEnded(turn.session, (turn.id,), "done")])
        await built.ask("find the slow query")
        asked = await built.ask("which session")
        assert asked.spoken == ("This is the session find the slow query, in shop.",)


async def test_sessions_are_read_few_numbered_newest_first(tmp_path: Path) -> None:
    many = [f"Task {name}" for name in ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf")]
    async with house(tmp_path, *many, session="ses_bravo") as built:
        asked = await built.ask("list sessions")
        assert asked.spoken == (
            "There are seven sessions, the newest first.",
            "One, Task alpha.",
            "Two, Task bravo, this one.",
            "Three, Task charlie.",
            "Four, Task delta.",
            "Five, Task echo.",
            "And two more.",
        )
        asked = await built.ask("number three")
        assert asked.spoken == ("Connected to shop, session Task charlie.",)


async def test_an_ambiguous_name_is_asked(tmp_path: Path) -> None:
    async with house(tmp_path, "Fix the cart", "Cart totals", "Blog", session="ses_blog") as built:
        await built.ask("list sessions")
        asked = await built.ask("switch to cart")
        assert asked.spoken == ("Which one do you mean?", "One, Fix the cart.", "Two, Cart totals.")
        asked = await built.ask("the second one")
        assert asked.spoken == ("Connected to shop, session Cart totals.",)
        asked = await built.ask("switch to the last one")
        assert asked.spoken == ("Connected to shop, session Blog.",)


async def test_an_unknown_name_is_no_switch_and_the_same_place_is_said(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        asked = await built.ask("switch to session payments")
        assert asked.spoken == ("I know no session or project called payments. Say, list sessions.",)
        asked = await built.ask("switch to session cart")
        assert asked.spoken == ("You are there already. This is Fix the cart.",)
        assert built.board.status()["session"] == CART


async def test_a_new_session_is_begun_and_the_old_one_kept(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        asked = await built.ask("new session")
        assert asked.spoken == ("Connected to shop, a new session.",)
        status = built.board.status()
        assert status["session"] == "ses_new3"
        assert [(row["id"], row["focus"]) for row in status["sessions"]] == [(CART, False), ("ses_new3", True)]


# --- switching --------------------------------------------------------------------------------------------------


async def test_what_is_heard_next_goes_to_the_session_that_was_switched_to(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("list sessions")
        built.say("switch to docs")
        built.say("write a page about carts")
        await built.until(lambda: built.agent.submitted)
        assert [(turn.session, turn.text) for turn in built.agent.submitted] == [(DOCS, "write a page about carts")]


async def test_a_caller_gets_the_end_of_its_own_turn_after_a_switch(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        waiting = asyncio.create_task(built.ask("fix it"))
        await built.until(lambda: built.agent.submitted)
        (turn,) = built.agent.submitted
        await built.ask("switch to session docs")
        built.agent.tell(*result(DOCS, "The page is written.", "msg_docs")[1:])
        built.agent.tell(TextEnded(CART, turn.id, "p1", "The total is right now."))
        built.agent.tell(TurnEnded(CART, (turn.id,), "done"))
        asked = await waiting
        assert (asked.spoken, asked.outcome) == (("The total is right now.",), "done")
        await built.heard("In session Fix the cart: the total is right now.")
        assert "The total is right now." not in built.words


async def test_results_of_other_sessions_are_announced_by_name_once(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.board.voice_state("connected")
        await built.ask("list sessions")
        built.agent.tell(*result(DOCS, "The tests pass. Three pages are new."))
        await built.heard("In session Write the docs: the tests pass.")
        assert [words for words in built.words if "tests pass" in words] == [
            "In session Write the docs: the tests pass."
        ]
        shown = [event for event in built.events("agent") if event["session"] == DOCS]
        assert shown
        told = [event["text"] for event in built.events("spoken") if event["session"] == DOCS]
        assert set(told) == {"In session Write the docs: the tests pass."}


async def test_a_request_of_another_session_waits_for_a_switch(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.board.voice_state("connected")
        waiting = await asking(built, CART)
        await built.until(lambda: built.board.status()["pending"])
        await built.ask("switch to session docs")
        await built.ask("new session")
        built.mouth.said.clear()
        built.agent.tell(request(DOCS, "per_2"))
        await built.until(lambda: any("needs you" in words for words in built.words))
        assert built.words[0].startswith("Session Write the docs needs you: ")
        assert built.words[-1] == "Say, next one that needs me, to go there."

        built.say("yes")
        await built.heard("That request is in another session. Say, next one that needs me, to go there.")
        assert built.agent.replies == []
        assert len(built.agent.submitted) == 1

        built.say("next one that needs me")
        await built.heard(CONNECTED)
        await built.until(lambda: any("make deploy" in words.lower() for words in built.words[4:]))
        assert [ask["session"] for ask in built.board.status()["pending"]] == [CART, DOCS]
        await built.board.answer("per_2", Reply("allow"))
        assert built.agent.replies == [("per_2", Reply("allow"))]
        with pytest.raises(UnknownAsk):
            await built.board.answer("per_9", Reply("allow"))
        await waiting


async def test_what_runs_is_named(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("list sessions")
        assert (await built.ask("what is running")).spoken == ("Nothing is running.",)
        assert (await built.ask("next one that needs me")).spoken == ("Nothing needs you.",)
        built.agent.tell(TurnStarted(DOCS, "msg_1", "go", False))
        await built.until(lambda: len(built.board.places) > 1 and built.board.places[1].running)
        assert (await built.ask("what is running")).spoken == ("Write the docs is working.",)


async def test_the_screen_of_the_agent_moves_the_focus(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.agent.tell(ScreenChanged(DOCS))
        await built.heard("Connected to shop, session Write the docs.")
        assert built.board.status()["session"] == DOCS
        built.agent.tell(ScreenChanged(CART))
        await built.heard(CONNECTED)
        assert len(built.board.places) == 2
        assert len([words for words in built.words if words == CONNECTED]) == 1


async def test_on_the_home_screen_of_the_agent_the_next_prompt_begins_a_session(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        before = asyncio.create_task(built.ask("fix it"))
        await built.until(lambda: built.agent.submitted)
        built.agent.tell(ScreenChanged(None))
        await built.until(lambda: built.board.status()["session"] == "ses_new3")
        (turn,) = built.agent.submitted
        built.agent.tell(TextEnded(CART, turn.id, "p1", "It is fixed."), TurnEnded(CART, (turn.id,), "done"))
        assert (await before).spoken == ("It is fixed.",)
        assert "In session Fix the cart: it is fixed." in built.words
        built.say("write it down")
        await built.until(lambda: len(built.agent.submitted) == 2)
        assert built.agent.submitted[1].session == "ses_new3"
        built.agent.tell(ScreenChanged(None), ScreenChanged(DOCS))
        await built.until(lambda: built.board.status()["session"] == DOCS)


async def test_a_session_that_is_shown_while_one_is_made_is_taken_instead(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        other = ManySessions("/home/me/blog", "Fix the feed")
        other.opening.clear()
        await built.board.add(built.added(other))
        (place,) = [place for place in built.board.places if place.session is None]
        built.board.go(place)
        other.tell(ScreenChanged("ses_feed"))
        await built.until(lambda: place.session == "ses_feed")
        other.opening.set()
        await built.until(place.line.joined.is_set)
        assert (place.session, built.board.status()["session"]) == ("ses_feed", "ses_feed")


# --- what the page does -----------------------------------------------------------------------------------------


async def test_the_page_moves_the_focus_as_words_do(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("new session")
        await built.board.visit(CART)
        assert built.words[-1] == CONNECTED
        assert built.board.status()["session"] == CART
        said = len(built.words)
        await built.board.visit(CART)
        assert len(built.words) == said, "one is there already"
        with pytest.raises(UnknownSession):
            await built.board.visit("ses_nobody")


async def test_the_page_is_told_what_every_session_does(tmp_path: Path) -> None:
    def states() -> list[dict[str, str]]:
        rows = [{row["id"]: row["agent_state"] for row in event["sessions"]} for event in built.events("state")]
        return [row for at, row in enumerate(rows) if DOCS in row and (at == 0 or rows[at - 1] != row)]

    async with house(tmp_path, *TITLES, session=CART) as built:
        waiting = await asking(built, CART)
        await waiting
        await built.ask("switch to session docs")
        built.agent.tell(TurnStarted(DOCS, "msg_1", "go", False), TurnEnded(DOCS, ("msg_1",), "done"))
        built.agent.tell(AskClosed("per_1", CART, "deny"))
        await built.until(lambda: built.board.places[0].conversation.status()["agent_state"] == "working")
        built.agent.tell(TurnEnded(CART, (built.agent.submitted[-1].id,), "done"))
        await built.until(lambda: states()[-1] == {CART: "idle", DOCS: "idle"})
        seen = [(state[CART], state[DOCS]) for state in states()]
        assert ("needs_you", "idle") in seen
        assert ("needs_you", "working") in seen
        assert ("working", "idle") in seen


async def test_a_session_that_goes_on_elsewhere_is_not_opened_until_it_is_chosen(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.agent.tell(*result(DOCS, "The page is written."))
        await built.until(lambda: any("page is written" in words for words in built.words))
        assert DOCS not in built.agent.opened
        await built.ask("switch to session docs")
        assert DOCS in built.agent.opened


# --- refused ----------------------------------------------------------------------------------------------------


async def test_a_session_of_another_folder_is_refused(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("list sessions")
        built.agent.folder = "/home/me/other"
        with pytest.raises(WrongFolder):
            await built.board.enter(built.project, DOCS)
        assert built.board.status()["session"] == CART


async def test_a_prompt_into_a_session_of_another_process_is_refused_aloud(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.agent.fail_submit = SessionElsewhere("another process has it")
        asked = await built.ask("fix it")
        assert asked.outcome == "failed"
        assert "Another program has that session open, so nothing was sent to it." in asked.spoken


async def test_a_switch_that_fails_leaves_the_focus(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("list sessions")
        built.agent.fail_open = [UnknownSession("gone")]
        built.say("switch to docs")
        await built.heard("There is no such session.")
        assert built.board.status()["session"] == CART


# --- hand-back --------------------------------------------------------------------------------------------------


async def done(built: House, text: str, answer: str) -> Turn:
    """A prompt of ours to its end."""
    built.agent.tell_on_submit(
        lambda turn: [
            TextEnded(turn.session, turn.id, f"p{turn.id}", answer),
            TurnEnded(turn.session, (turn.id,), "done"),
        ]
    )
    await built.ask(text)
    return built.agent.submitted[-1]


async def test_goodbye_leaves_a_note_of_what_was_asked_once(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.board.voice_state("connected")
        await done(built, "fix the total", "The total is right now.")
        built.say("goodbye")
        await built.until(lambda: built.agent.notes)
        ((session, note),) = built.agent.notes
        assert session == CART
        assert note.splitlines()[0].startswith("Note of a voice call that ended at ")
        assert note.splitlines()[1:] == ["- Asked: “fix the total”", "  done: The total is right now."]
        assert len(built.agent.submitted) == 1
        built.say("bye")
        await built.until(lambda: built.words.count("Goodbye.") == 2)
        assert len(built.agent.notes) == 1
    assert [entry["text"] for entry in entries(built.project.journal.path) if entry["what"] == "handback"] == [note]


async def test_a_note_waits_for_the_end_of_the_work(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        waiting = asyncio.create_task(built.ask("fix the total"))
        await built.until(lambda: built.agent.submitted)
        (turn,) = built.agent.submitted
        built.agent.tell(TurnStarted(CART, turn.id, "fix the total", True))
        built.say("goodbye")
        await built.heard("Goodbye. The agent goes on working.")
        assert built.agent.notes == []
        built.agent.tell(TextEnded(CART, turn.id, "p1", "It is fixed."), TurnEnded(CART, (turn.id,), "done"))
        await built.until(lambda: built.agent.notes)
        assert "done: It is fixed." in built.agent.notes[0][1]
        await waiting


async def test_a_disconnect_leaves_a_note_but_a_reload_does_not(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART, grace_s=0.3) as built:
        built.board.voice_state("connected")
        await done(built, "fix the total", "The total is right now.")
        built.board.voice_state("disconnected")
        built.board.voice_state("connected")
        await asyncio.sleep(0.5)  # longer than the grace, in which nothing may happen
        assert built.agent.notes == []
        built.board.voice_state("disconnected")
        await built.until(lambda: built.agent.notes)


async def test_nothing_asked_leaves_nothing(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.say("goodbye")
        await built.heard("Goodbye.")
        await asyncio.sleep(0)
    assert built.agent.notes == []


async def test_an_agent_without_notes_gets_none(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.agent.leave_note = None  # type: ignore[method-assign, assignment]
        await done(built, "fix the total", "The total is right now.")
        built.say("goodbye")
        await built.heard("Goodbye.")


# --- while you were away ----------------------------------------------------------------------------------------


async def test_what_came_while_nobody_listened_is_told_once(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("list sessions")
        built.board.voice_state("connected")
        built.board.voice_state("disconnected")
        built.board.use_mouth(None)
        built.agent.tell(*result(CART, "The tests pass."))
        built.agent.tell(*result(DOCS, "The page is written.", "msg_2"))
        await built.until(lambda: any("page is written" in event["text"] for event in built.events("spoken")))
        await built.until(lambda: not any(place.running for place in built.board.places))
        built.now += 60
        built.mouth.said.clear()
        built.board.use_mouth(built.mouth)
        built.board.voice_state("connected")
        assert built.words[:3] == [
            CONNECTED,
            "While you were away: the tests pass.",
            "In session Write the docs: the page is written.",
        ]
        built.board.voice_state("disconnected")
        built.now += 60
        built.mouth.said.clear()
        built.board.voice_state("connected")
        assert built.words == [CONNECTED]


async def test_a_reload_is_no_absence_but_loses_no_result(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("list sessions")
        built.board.voice_state("connected")
        built.board.voice_state("disconnected")
        built.board.use_mouth(None)
        built.agent.tell(*result(CART, "The tests pass."))
        await built.until(lambda: any("tests pass" in event["text"] for event in built.events("spoken")))
        await built.until(lambda: not built.board.places[0].running)
        built.now += 3
        built.mouth.said.clear()
        built.board.use_mouth(built.mouth)
        built.board.voice_state("connected")
        assert built.words == [CONNECTED, "The tests pass."]


def lapsed(built: House) -> list[str]:
    return [words for words in built.words if "without an answer" in words]


async def test_a_request_that_nobody_was_there_to_answer_is_told_once_on_return(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.board.voice_state("connected")
        built.board.voice_state("disconnected")
        built.board.use_mouth(None)
        await (await asking(built, CART))
        built.agent.tell(replace(request(CART, "per_2"), command="cp notes.txt b.txt"))
        await built.until(lambda: len(built.board.status()["pending"]) == 2)
        built.wait(46)
        await built.until(lambda: built.agent.replies)
        built.agent.tell(AskClosed("per_1", CART, "deny"), AskClosed("per_2", CART, "deny"))
        await built.until(lambda: not built.board.status()["pending"])
        built.mouth.said.clear()
        built.board.use_mouth(built.mouth)
        built.board.voice_state("connected")
        assert lapsed(built) == [
            "While you were away: the request to run make deploy fell without an answer.",
            "The request to copy notes dot txt to b dot txt fell without an answer.",
        ]
        built.board.voice_state("disconnected")
        built.wait(60)
        built.board.voice_state("connected")
        assert len(lapsed(built)) == 2


async def test_a_request_that_lapses_in_another_session_is_called_out(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.board.voice_state("connected")
        await (await asking(built, CART))
        await built.ask("switch to session docs")
        built.wait(46)
        await built.heard("In session Fix the cart: the request to run make deploy fell without an answer.")


@pytest.mark.parametrize("ours", [True, False])
async def test_a_request_that_is_still_open_is_read_again_on_return(tmp_path: Path, ours: bool) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        built.board.voice_state("connected")
        built.agent.tell(TurnStarted(CART, "msg_1", "go", ours), request(CART, ours=ours))
        await built.until(lambda: built.board.status()["pending"])
        built.board.voice_state("disconnected")
        built.mouth.said.clear()
        built.board.voice_state("connected")
        assert any(words.startswith("The agent wants to run make deploy") for words in built.words)


async def test_requests_of_other_sessions_are_called_out_on_return(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        await built.ask("list sessions")
        built.agent.tell(TurnStarted(DOCS, "msg_1", "go", False), request(DOCS))
        await built.until(lambda: built.board.status()["pending"])
        built.mouth.said.clear()
        built.board.voice_state("connected")
        assert built.words[1].startswith("Session Write the docs needs you: ")
        built.agent.tell(AskClosed("per_1", DOCS, "deny"))
        await built.until(lambda: not built.board.status()["pending"])


# --- the plan ---------------------------------------------------------------------------------------------------


async def test_how_far_the_plan_is(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        assert (await built.ask("what is left")).spoken == ("There is no list of things to do.",)
        built.agent.tell(TurnStarted(CART, "msg_1", "go", False))
        states = ("completed", "completed", "completed", "in_progress", "pending")
        names = ("read it", "plan it", "fix it", "writing the tests", "ship it")
        items = tuple(Todo(name, state) for name, state in zip(names, states, strict=True))  # type: ignore[arg-type]
        built.agent.tell(TodoChanged(CART, items))
        await built.until(lambda: [event for event in built.events("agent") if event["what"] == "todo"])
        assert (await built.ask("todo")).spoken == ("Three of five done, now: writing the tests.",)
        assert (await built.ask("qué falta")).spoken == ("Three of five done, now: writing the tests.",)
        built.agent.tell(TurnEnded(CART, ("msg_1",), "done"))
        await built.until(lambda: not built.board.places[0].running)
        assert (await built.ask("how far are you")).spoken == ("Three of five done, now: writing the tests.",)


# --- several projects -------------------------------------------------------------------------------------------


async def test_another_project_is_switched_to_and_its_results_named(tmp_path: Path) -> None:
    async with house(tmp_path, *TITLES, session=CART) as built:
        other = ManySessions("/home/me/blog-engine", "Fix the feed")
        await built.board.add(built.added(other, "ses_feed"))
        assert built.words == ["The project blog-engine is here too. Say, switch to project blog-engine."]
        await built.until(lambda: other.opened == ["ses_feed"])
        other.tell(*result("ses_feed", "The feed is valid."))
        await built.heard("In blog-engine: Done. The feed is valid.")
        asked = await built.ask("switch to project blog engine")
        assert asked.spoken[0].startswith("Connected to blog-engine, session Fix the feed")
        assert (await built.ask("which project")).spoken == ("This is the project blog-engine.",)
        built.agent.tell(*result(CART, "The total is right."))
        await built.heard("In shop: Done. The total is right.")
        status = built.board.status()
        assert status["projects"] == ["/home/me/shop", "/home/me/blog-engine"]
        assert status["session"] == "ses_feed"
