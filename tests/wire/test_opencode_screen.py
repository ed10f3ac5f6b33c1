"""Working in a terminal of the user's: its card comes, changes and goes, and what answers there may be anything."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from wire.fake_opencode import SESSION, FakeOpenCode, answer
from wire.opencode_parts import Watched, watched, workplace

from aidevops_voice.errors import AgentLost, AgentUnreachable, BadRequest, ScreenClosed
from aidevops_voice.ports import AgentChanged, ScreenChanged, TextEnded, TurnEnded, TurnStarted
from aidevops_voice_adapters.agent.opencode import ADAPTER, OpenCodeOptions

OTHER = "ses_other"
ONLY = OpenCodeOptions(tui="only")


class Terminal:
    """The card of a terminal, as our plugin writes it; the process is this one."""

    def __init__(self, folder: Path) -> None:
        self.project, self.state = folder / "project", folder / "state"
        self._card = self.state / "tuis" / f"{os.getpid()}.json"
        self._facts: Mapping[str, Any] = {}
        self.project.mkdir()
        self._card.parent.mkdir(parents=True, mode=0o700)

    def opens(self, fake: FakeOpenCode, session: str | None = None) -> None:
        """It is there and shows this."""
        self._facts = {"pid": os.getpid(), "directory": str(self.project), "url": fake.url, "token": "made-up"}
        self.shows(session)

    def shows(self, session: str | None) -> None:
        """It shows something else."""
        facts = {**self._facts, "version": "1.18.33", "session": session, "screen": "session" if session else "home"}
        fresh = self._card.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(facts))
        fresh.replace(self._card)

    async def closes(self, fake: FakeOpenCode) -> None:
        """With everything in it."""
        self._card.unlink()
        await fake.stop()

    @asynccontextmanager
    async def watched(self, options: OpenCodeOptions = ONLY) -> AsyncGenerator[Watched, None]:
        """An agent that works where it can."""
        async with watched(options, replace(workplace(self.project), state=self.state)) as watch:
            yield watch


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture
async def fake() -> AsyncGenerator[FakeOpenCode, None]:
    async with FakeOpenCode() as fake:
        yield fake


async def test_the_session_on_the_screen_is_taken_and_followed(terminal: Terminal, fake: FakeOpenCode) -> None:
    terminal.opens(fake, OTHER)
    async with terminal.watched() as watch:
        assert (await watch.agent.open(None)).id == OTHER
        assert f"process {os.getpid()}" in watch.agent.describe
        with pytest.raises(BadRequest, match=f"process {os.getpid()}"):
            watch.agent.attach_command(OTHER)
        terminal.shows(SESSION)
        assert await watch.until(ScreenChanged) == ScreenChanged(SESSION)
        await watch.agent.open(SESSION)
        terminal.shows(None)
        await watch.until(ScreenChanged, lambda event: event.session is None)
        assert fake.brought_up == [], "what the user looks at is theirs"


async def test_a_session_that_the_voice_chooses_is_brought_up(terminal: Terminal, fake: FakeOpenCode) -> None:
    terminal.opens(fake, OTHER)
    async with terminal.watched() as watch:
        await watch.agent.open(SESSION)
        assert fake.brought_up == [SESSION]


async def test_a_new_session_is_shown_with_its_first_prompt(terminal: Terminal, fake: FakeOpenCode) -> None:
    terminal.opens(fake)
    async with terminal.watched() as watch:
        assert (await watch.agent.open(None)).id == SESSION
        assert (await watch.agent.open(None)).id == SESSION
        assert (len(fake.created), fake.brought_up) == (1, [])
        await watch.prompt(SESSION, "one")
        assert fake.brought_up == [SESSION]
        terminal.shows(SESSION)
        await watch.until(ScreenChanged)
        await watch.prompt(SESSION, "two")
        assert fake.brought_up == [SESSION]


async def test_what_is_typed_into_a_new_session_is_told_from_its_beginning(
    terminal: Terminal, fake: FakeOpenCode
) -> None:
    """All of it may be over before the screen is seen to show it."""
    terminal.opens(fake, OTHER)
    async with terminal.watched() as watch:
        await watch.agent.open(None)
        fake.send("session.created", info={"id": SESSION, "title": "typed", "directory": str(terminal.project)})
        for frame in answer(fake, "msg_typed", ("All ", "done.")):
            fake.raw(frame)
        fake.send("session.updated", info={"id": OTHER, "title": "seen last", "directory": str(terminal.project)})
        terminal.shows(SESSION)
        await watch.until(TurnEnded)
        told = [
            event for event in watch.events if isinstance(event, ScreenChanged | TurnStarted | TextEnded | TurnEnded)
        ]
        assert [type(event) for event in told] == [ScreenChanged, TurnStarted, TextEnded, TurnEnded]
        assert told[0] == ScreenChanged(SESSION)


async def test_terminals_may_be_closed_as_often_as_one_likes(terminal: Terminal) -> None:
    async with terminal.watched() as watch:
        waits = await watch.until(AgentChanged, lambda event: event.state == "lost")
        assert isinstance(waits.error, AgentUnreachable)
        assert "plugin install" in waits.error.cure
        for _ in range(4):
            seen = len(watch.events)
            async with FakeOpenCode() as fake:
                terminal.opens(fake)
                await watch.ready(seen)
                await terminal.closes(fake)
            lost = await watch.until(AgentChanged, lambda event: isinstance(event.error, ScreenClosed), seen)
            assert "next one is waited for" in str(lost.error)
        assert "failed" not in [event.state for event in watch.all(AgentChanged)]


@pytest.mark.parametrize(
    "health",
    [
        (401, "application/json", b"{}"),
        (200, "text/html", b"<html>"),
        (200, "application/json", b'{"version":"9.0.0"}'),
    ],
)
async def test_a_card_that_leads_elsewhere_is_left_alone(
    terminal: Terminal, fake: FakeOpenCode, health: tuple[int, str, bytes]
) -> None:
    fake.health = health
    terminal.opens(fake)
    async with terminal.watched() as watch:
        await watch.until(AgentChanged, lambda event: "cannot be joined" in str(event.error))
        async with FakeOpenCode() as good:
            terminal.opens(good)
            await watch.ready()
            await terminal.closes(good)
    assert "failed" not in [event.state for event in watch.all(AgentChanged)]


async def test_a_suspended_terminal_is_named(terminal: Terminal, fake: FakeOpenCode) -> None:
    terminal.opens(fake)
    async with terminal.watched() as watch:
        await watch.ready()
        port = fake.port
        await fake.stop()
        lost = await watch.until(AgentChanged, lambda event: event.state == "lost")
        assert isinstance(lost.error, AgentLost)
        assert "fg" in lost.error.cure
        await fake.start(port)
        await watch.ready(watch.events.index(lost))


def test_an_open_terminal_makes_opencode_the_agent(terminal: Terminal, fake: FakeOpenCode) -> None:
    here = replace(workplace(terminal.project), state=terminal.state)
    named = OpenCodeOptions(binary="/nowhere/opencode")
    assert not ADAPTER.probe(named, here).ready
    assert ADAPTER.probe(ONLY, here).ready
    terminal.opens(fake)
    assert ADAPTER.probe(named, here).ready
    assert not ADAPTER.probe(OpenCodeOptions(binary="/nowhere/opencode", tui="never"), here).ready
