"""A user of the rehearsal agent for tests, and a project to talk about."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aidevops_voice.ports import (
    AgentChanged,
    AgentEvent,
    Ask,
    AskClosed,
    Reply,
    Text,
    TextEnded,
    ToolFinished,
    ToolProgress,
    ToolStarted,
    Turn,
    TurnEnded,
    TurnStarted,
)
from aidevops_voice_adapters.agent.rehearsal import Rehearsal, RehearsalOptions

GIT = {
    "GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org", "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.org", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null",
}  # fmt: skip


def git(project: Path, *argv: str) -> None:
    subprocess.run(["git", *argv], cwd=project, env={**os.environ, **GIT}, check=True, capture_output=True)


def make_project(folder: Path) -> Path:
    """A small repository with one commit."""
    root = folder / "billing"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    (root / "README.md").write_text("# Billing\n\n![badge](x)\nWrites *invoices* for [us](u).\n\n```\ncode\n```\n")
    (root / "a.py").write_text("def parse_line():\n    pass\n\n# TODO: more\n")
    (root / "test_a.py").write_text("def test_good(): pass\ndef test_parser(): assert 0\n")
    commit(root, "Add the parser")
    return root


def commit(root: Path, message: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)


@dataclass
class Talk:
    """A user of the agent, who answers requests as told and keeps all events."""

    agent: Rehearsal
    session: str
    reply: Reply | None = None
    heard: list[AgentEvent] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)
    count: int = 0

    async def listen(self) -> None:
        async with aclosing(self.agent.events()) as events:
            async for event in events:
                async with self.news:
                    self.heard.append(event)
                    self.news.notify_all()
                if isinstance(event, Ask) and self.reply:
                    await self.agent.answer(event.id, self.reply)

    async def until(self, wanted: Callable[[AgentEvent], bool], skip: int = 0) -> AgentEvent:
        """The first such event after the first `skip` ones."""
        async with asyncio.timeout(30), self.news:
            await self.news.wait_for(lambda: any(map(wanted, self.heard[skip:])))
            return next(filter(wanted, self.heard[skip:]))

    async def say(self, text: str) -> str:
        """Id of the turn, which is handed over."""
        self.count += 1
        turn = Turn(f"msg_{self.count}", self.session, text)
        await self.agent.submit(turn)
        return turn.id

    async def ask(self, text: str, reply: Reply | None = None) -> list[AgentEvent]:
        """Events of a whole turn, without progress, which depends on time."""
        self.reply, before = reply, len(self.heard)
        turn = await self.say(text)
        await self.until(lambda event: isinstance(event, TurnEnded) and turn in event.turns, before)
        return [event for event in self.heard[before:] if not isinstance(event, ToolProgress)]

    async def answer_to(self, text: str, reply: Reply | None = None) -> str:
        return said(await self.ask(text, reply))


def said(events: list[AgentEvent]) -> str:
    return next(event.text for event in events if isinstance(event, TextEnded))


def finished(events: list[AgentEvent]) -> ToolFinished:
    return next(event for event in events if isinstance(event, ToolFinished))


def everything(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


ALLOW, ALWAYS, DENY = Reply("allow"), Reply("always"), Reply("deny")


@asynccontextmanager
async def talk_in(project: Path, *, timeout_s: float = 60, path: str = "") -> AsyncGenerator[Talk, None]:
    environ = {**os.environ, **GIT, "PATH": path or f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    agent = Rehearsal(project, environ, RehearsalOptions(timeout_s=timeout_s))
    talk = Talk(agent, (await agent.open(None)).id)
    async with asyncio.TaskGroup() as group:
        group.create_task(talk.listen())
        try:
            assert await talk.until(lambda event: True) == AgentChanged("ready")
            yield talk
        finally:
            await agent.aclose()


def stripped(event: AgentEvent) -> tuple[object, ...]:
    """An event as a line of a golden list: no ids but the turn's, no output, no times."""
    match event:
        case TurnStarted(turn=turn, text=text, ours=ours):
            return "turn", turn, text, ours
        case ToolStarted(tool=tool, command=command, path=path):
            return "tool", tool, command or path
        case ToolFinished(tool=tool, ok=ok, exit_code=code, files=files):
            return "done", tool, ok, code, *files
        case Ask(permission=permission, command=command, path=path, always=always, ours=True):
            return "ask", permission, command or path, always
        case AskClosed(closing=closing):
            return "closed", closing
        case Text(delta=text):
            return "text", text
        case TextEnded(text=text):
            return "said", text
        case TurnEnded(turns=turns, outcome=outcome, error=None):
            return "ended", turns, outcome
    raise AssertionError(event)


async def golden(talk: Talk, text: str, reply: Reply | None = None) -> list[tuple[object, ...]]:
    events = await talk.ask(text, reply)
    assert {getattr(event, "session", None) for event in events} == {talk.session}
    return [stripped(event) for event in events]


HANG = """
import os, signal, subprocess, sys, time
def test_hang():
    child = subprocess.Popen(["sleep", "600"], start_new_session=True)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print(os.getpid(), child.pid, file=open("pids.part", "w"))
    os.rename("pids.part", "pids")
    time.sleep(600)
"""


async def pids_in(file: Path) -> list[int]:
    async with asyncio.timeout(30):
        while not (pids := numbers_in(file)):  # noqa: ASYNC110 - foreign processes send no event
            await asyncio.sleep(0.02)
    return pids


def numbers_in(file: Path) -> list[int]:
    return [int(word) for word in file.read_text().split()] if file.exists() else []


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def fake_pytest(project: Path, script: str) -> str:
    """PATH on which `pytest` is this shell script."""
    (project / "bin").mkdir()
    program = project / "bin" / "pytest"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return f"{program.parent}:{os.environ['PATH']}"
