"""Requests for the user: which are open, which were closed and how."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aidevops_voice.ports import AgentEvent, Ask, AskClosed, Closing, Option, Question, Reply
from aidevops_voice_adapters.agent._opencode_tools import capped, words
from aidevops_voice_adapters.agent._opencode_wire import Permission, Query, Questions

REPLIES: dict[str, Closing] = {"once": "allow", "always": "always", "reject": "deny"}
_KEPT = 1000
V = TypeVar("V")


@dataclass(slots=True)
class Asks:
    """The requests of one session and its subagents."""

    open: dict[str, Ask] = field(default_factory=dict)
    asker: dict[str, str] = field(default_factory=dict)
    """Which session asked: the root or a subagent's."""
    closed: dict[str, Closing] = field(default_factory=dict)
    calls: dict[str, None] = field(default_factory=dict)
    """Tool calls that were asked for."""
    always: set[str] = field(default_factory=set)

    def add(self, ask: Ask, asker: str, call: str) -> Iterator[AgentEvent]:
        """A request, told once."""
        _remember(self.calls, call, None)
        if ask.id in self.open or ask.id in self.closed:
            return
        self.open[ask.id] = ask
        self.asker[ask.id] = asker
        yield ask

    def close(self, id_: str, closing: Closing) -> Iterator[AgentEvent]:
        """Its end, told once."""
        ask = self.open.pop(id_, None)
        if ask is None:
            return
        self.asker.pop(id_, None)
        _remember(self.closed, id_, closing)
        if closing == "always":
            self.always.add(ask.permission)
        yield AskClosed(id_, ask.session, closing)

    def drop(self, asker: str | None = None) -> Iterator[AgentEvent]:
        """All requests, or those of one subagent, fall."""
        for id_ in [id_ for id_, who in self.asker.items() if asker in (None, who)]:
            yield from self.close(id_, "dropped")

    def missing(self, kind: str, listed: Collection[str]) -> Iterator[AgentEvent]:
        """Requests that the server lists no more."""
        for ask in [ask for ask in self.open.values() if ask.kind == kind and ask.id not in listed]:
            yield from self.close(ask.id, "dropped")


def permission_ask(wire: Permission, session: str, turn: str, ours: bool, child: str) -> Ask:
    """A permission in our words."""
    metadata = wire.metadata
    return Ask(
        wire.id,
        session,
        "permission",
        permission=wire.permission,
        command=capped(words(metadata.get("command"))),
        path=words(metadata.get("filepath")) or words(metadata.get("url")),
        diff=capped(words(metadata.get("diff"))),
        patterns=tuple(wire.patterns),
        always=tuple(wire.always),
        turn=turn,
        ours=ours,
        child=child,
    )


def question_ask(wire: Questions, session: str, turn: str, ours: bool, child: str) -> Ask:
    """Questions in our words."""
    questions = tuple(_question(each) for each in wire.questions)
    return Ask(wire.id, session, "question", questions=questions, turn=turn, ours=ours, child=child)


def _question(wire: Query) -> Question:
    options = tuple(Option(each.label, each.description) for each in wire.options)
    return Question(wire.question, wire.header, options, bool(wire.multiple), wire.custom is not False)


def reply_to(ask: Ask, reply: Reply) -> tuple[str, dict[str, Any], Closing]:
    """Path, body and how the request is then closed."""
    if ask.kind == "permission":
        word = {"allow": "once", "always": "always", "deny": "reject"}[reply.decision]
        message = {"message": reply.message} if reply.message and word == "reject" else {}
        return f"/permission/{ask.id}/reply", {"reply": word, **message}, reply.decision
    if reply.decision == "deny":
        return f"/question/{ask.id}/reject", {}, "deny"
    answers = [list(each) for each in reply.answers]
    answers += [[] for _ in ask.questions[len(answers) :]]
    return f"/question/{ask.id}/reply", {"answers": answers}, "answered"


def _remember(known: dict[str, V], key: str, value: V) -> None:
    known[key] = value
    if len(known) > _KEPT:
        del known[next(iter(known))]
