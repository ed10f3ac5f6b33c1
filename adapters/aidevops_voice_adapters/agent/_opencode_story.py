"""One session retold: wire events and re-read truth in, agent events out; pure, each thing told once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar, cast

from aidevops_voice.errors import AgentError
from aidevops_voice.ports import (
    OWN_TURN,
    AgentEvent,
    AgentNotice,
    Compacting,
    Retrying,
    Todo,
    TodoChanged,
    TurnEnded,
    TurnStarted,
)
from aidevops_voice_adapters.agent import _opencode_wire as wire
from aidevops_voice_adapters.agent._opencode_asks import REPLIES, Asks, permission_ask, question_ask
from aidevops_voice_adapters.agent._opencode_text import TextTale
from aidevops_voice_adapters.agent._opencode_tools import ToolTale, guarded, words
from aidevops_voice_adapters.agent._opencode_verdict import Verdict, of_answer, unanswered, unasked

V = TypeVar("V")
_KEPT = 500


@dataclass(slots=True)
class Prompt:
    """A user message; `expected`: handed over, not seen yet; `inner`: made by the agent itself."""

    ours: bool
    text: str | None = None
    state: Literal["new", "expected", "open", "closed", "lost", "inner"] = "new"


@dataclass(slots=True)
class Story:
    """What was told of one session so far."""

    session: str
    clock: Callable[[], float]
    """Seconds since the epoch, to turn the time of a retry into a wait."""
    prompts: dict[str, Prompt] = field(default_factory=dict)
    answers: dict[str, wire.Message] = field(default_factory=dict)
    texts: dict[str, TextTale] = field(default_factory=dict)
    tools: dict[str, ToolTale] = field(default_factory=dict)
    asks: Asks = field(default_factory=Asks)
    busy: bool = False
    doubt: bool = False
    """Idle was said but the last answer is not final, or a frame needs what was not seen: read the messages again."""
    joining: bool = False
    """What stood there before us is still to be read; events before that are part of it."""
    stopping: bool = False
    failure: wire.Failure | None = None
    todo: tuple[Todo, ...] = ()
    retry: tuple[int, float] = (0, 0.0)
    warned: bool = False

    def expect(self, turn: str, text: str) -> None:
        """A prompt of ours is about to be handed over."""
        self.prompts.setdefault(turn, Prompt(True, text, "expected"))

    def tell(self, event: wire.Known, child: str = "") -> Iterator[AgentEvent]:
        """What a live event adds; `child` names the subagent whose session it came from."""
        match event:
            case wire.PartChanged(part=wire.ToolPart() as part):
                yield from self._tool(part, child, live=True)
            case wire.PermissionAsked() | wire.QuestionAsked():
                yield from self.ask(event, child)
            case wire.PermissionReplied():
                yield from self.asks.close(event.request, REPLIES.get(event.reply, "dropped"))
            case wire.QuestionClosed():
                yield from self.asks.close(event.request, "answered" if event.type == "question.replied" else "deny")
            case wire.StatusChanged(status=wire.Status(type="retry") as status):
                yield from self._retry(status)
            case wire.SessionIdle() | wire.StatusChanged(status=wire.Status(type="idle")) if child:
                yield from self.asks.drop(event.session)
            case _ if not child:
                yield from self._main(event)

    def ask(self, request: wire.Permission | wire.Questions, child: str) -> Iterator[AgentEvent]:
        """A request, live or listed."""
        turn = self.current
        ours = turn in self.prompts and self.prompts[turn].ours
        call = f"{request.tool.message}/{request.tool.call}" if request.tool else ""
        if isinstance(request, wire.Permission):
            ask = permission_ask(request, self.session, turn, ours, child)
        else:
            ask = question_ask(request, self.session, turn, ours, child)
        yield from self.asks.add(ask, request.session, call)

    @property
    def current(self) -> str:
        """The prompt that is being worked on."""
        named = [turn for turn, prompt in self.prompts.items() if prompt.state == "open"]
        return named[-1] if named else ""

    def stored(self, messages: Sequence[wire.Stored], status: wire.Status | None, force: bool) -> Iterator[AgentEvent]:
        """The truth as re-read, newer than every event told before; `force` ends what has no end by itself."""
        for message in messages:
            yield from self._message(message.info)
            for part in message.parts:
                yield from self._part(part, live=False)
        self.busy = status is not None and status.type != "idle"
        self.doubt = False
        if status is not None and status.type == "retry":
            yield from self._retry(status)
        if self.busy:
            self._reopen()
        else:
            yield from self._settle(force)

    def history(self, messages: Sequence[wire.Stored], running: bool) -> Iterator[AgentEvent]:
        """What stood there before we came: told only as far as it is still going on."""
        users = [index for index, each in enumerate(messages) if each.info.role == "user"]
        begin = users[-1] if running and users else len(messages)
        for message in messages[:begin]:
            for _ in (*self._message(message.info), *(e for p in message.parts for e in self._part(p, live=False))):
                pass
        self._forget()
        if running:
            yield from self.stored(messages[begin:], wire.Status(type="busy"), force=False)

    def gap(self) -> None:
        """Frames may be missing from here on."""
        for tale in self.texts.values():
            tale.gapped = not tale.ended

    def lost(self, error: AgentError) -> Iterator[AgentEvent]:
        """The server is gone with all that ran in it."""
        turns = self._in_state("open")
        self.busy = self.doubt = False
        for call, tale in self.tools.items():
            yield from tale.lost(call, self.session)
        yield from self._close(turns, Verdict("failed", error))
        for turn in turns:
            self.prompts[turn].state = "lost"

    # --- messages and parts

    def _main(self, event: wire.Known) -> Iterator[AgentEvent]:
        match event:
            case wire.MessageChanged(info=info):
                yield from self._message(info)
                if info.role == "assistant":
                    yield from self._settle_if_idle()
            case wire.PartChanged(part=part):
                yield from self._part(part, live=True)
            case wire.PartDelta(part=part_id, field="text", delta=delta) if part_id in self.texts:
                yield from self.texts[part_id].delta(self.session, part_id, delta)
            case wire.StatusChanged(status=status):
                self.busy = status.type != "idle"
                self.doubt = False
                yield from self._settle_if_idle()
            case wire.SessionIdle():
                self.busy = False
                yield from self._settle_if_idle()
            case wire.SessionFailed(error=error):
                self.failure = error
            case wire.Compacted():
                yield Compacting(self.session, done=True)
            case wire.TodoUpdated(todos=todos):
                yield from self._plan(tuple(Todo(each.content, _todo(each.status)) for each in todos))
            case _:
                pass

    def _message(self, info: wire.Message) -> Iterator[AgentEvent]:
        if info.role == "assistant":
            self.answers[info.id] = info
            return
        prompt = self.prompts.setdefault(info.id, Prompt(bool(OWN_TURN.fullmatch(info.id))))
        if prompt.state == "expected":
            yield from self._start(info.id, prompt)

    def _start(self, turn: str, prompt: Prompt) -> Iterator[AgentEvent]:
        prompt.state = "open"
        self.prompts[turn] = self.prompts.pop(turn)
        self.failure = None
        self.stopping = False
        yield TurnStarted(self.session, turn, prompt.text or "", prompt.ours)

    def _part(self, part: object, live: bool) -> Iterator[AgentEvent]:
        match part:
            case wire.ToolPart():
                yield from self._tool(part, "", live)
            case wire.TextPart(message=message) if message in self.answers:
                yield from self._answer_text(part, live)
            case wire.TextPart(message=message) if message in self.prompts:
                yield from self._prompt_text(part, self.prompts[message])
            case wire.TextPart():
                self.doubt = True
            case wire.CompactionPart(message=message) if message in self.prompts:
                yield from self._compaction(self.prompts[message], live)

    def _answer_text(self, part: wire.TextPart, live: bool) -> Iterator[AgentEvent]:
        answer = self.answers[part.message]
        if answer.summary or part.synthetic or part.ignored:
            return
        fresh = TextTale(self._turn_of(answer), gapped=not live)
        yield from self.texts.setdefault(part.id, fresh).whole(self.session, part, live)

    def _prompt_text(self, part: wire.TextPart, prompt: Prompt) -> Iterator[AgentEvent]:
        if prompt.state != "new":
            return
        if part.synthetic or part.ignored:
            prompt.state = "inner"
            return
        prompt.text = part.text
        yield from self._start(part.message, prompt)

    def _compaction(self, prompt: Prompt, live: bool) -> Iterator[AgentEvent]:
        if prompt.state == "new":
            prompt.state = "inner"
            if live:
                yield Compacting(self.session, done=False)

    def _tool(self, part: wire.ToolPart, child: str, live: bool) -> Iterator[AgentEvent]:
        answer = self.answers.get(part.message)
        turn = self._turn_of(answer) if answer and not child else self.current
        tale = self.tools.setdefault(part.id, ToolTale(part.tool))
        yield from tale.tell(part, self.session, turn, child)
        if live and not (answer and self._inner(answer)):
            yield from self._unasked(part)

    def _unasked(self, part: wire.ToolPart) -> Iterator[AgentEvent]:
        permission, state = guarded(part.tool), part.state
        ran = state.status == "completed" or (state.status == "running" and words(state.metadata.get("output")))
        allowed = f"{part.message}/{part.call}" in self.asks.calls or permission in self.asks.always
        if permission and ran and not allowed and not self.warned:
            self.warned = True
            yield AgentNotice(unasked(part.tool), self.session)

    # --- turns

    def _turn_of(self, answer: wire.Message) -> str:
        parent = answer.parent or ""
        return self.current or parent if self._inner(answer) else parent

    def _inner(self, answer: wire.Message) -> bool:
        prompt = self.prompts.get(answer.parent or "")
        return prompt is None or prompt.state == "inner"

    def _in_state(self, *states: str) -> list[str]:
        return [turn for turn, prompt in self.prompts.items() if prompt.state in states]

    def _settle_if_idle(self) -> Iterator[AgentEvent]:
        if not self.busy:
            yield from self._settle(force=False)

    def _settle(self, force: bool) -> Iterator[AgentEvent]:
        """Idle: end every prompt that the last answer covers; what is left over is in doubt."""
        waiting = self._in_state("open")
        last = next(reversed(self.answers.values()), None)
        covered = self._covered(last, waiting) if last and last.final else []
        if last and covered:
            verdict = of_answer(last, self.failure, stopping=self.stopping)
            # What the agent has not read when it is stopped waits for nothing.
            stopped = self.stopping and verdict.outcome == "stopped"
            unread = [turn for turn in waiting if turn not in covered] if stopped else []
            yield from self._close([*covered, *unread], verdict, unread)
        rest = self._in_state("open")
        if rest and force:
            verdict = unanswered(last, self.failure, stopping=self.stopping, merged=bool(covered))
            yield from self._close(rest, verdict)
        elif not rest:
            yield from self._late(last)
            yield from self.asks.drop()
        self.doubt = bool(rest) and not force

    def _covered(self, last: wire.Message | None, turns: Collection[str]) -> list[str]:
        order = list(self.prompts)
        if last is None or last.parent not in self.prompts:
            return []
        reach = order.index(last.parent)
        return [turn for turn in turns if order.index(turn) <= reach]

    def _late(self, last: wire.Message | None) -> Iterator[AgentEvent]:
        """A turn given up as lost that did end well."""
        if last and last.finish == "stop" and last.final and last.parent in self._in_state("lost"):
            yield from self._close([last.parent], of_answer(last, self.failure, stopping=self.stopping))

    def _reopen(self) -> None:
        """A turn given up as lost is being worked on after all."""
        last = next(reversed(self.answers.values()), None)
        if last and not last.final and not self.current and last.parent in self._in_state("lost"):
            self.prompts[last.parent].state = "open"

    def _close(self, turns: Sequence[str], verdict: Verdict, unread: Sequence[str] = ()) -> Iterator[AgentEvent]:
        for part, tale in self.texts.items():
            yield from tale.end(self.session, part)
        yield from self.asks.drop()
        if turns:
            ended = verdict.outcome, verdict.error, verdict.denied
            yield TurnEnded(self.session, tuple(turns), *ended, tuple(unread))
        for turn in turns:
            self.prompts[turn].state = "closed"
        self.failure = None
        self._trim()

    def _forget(self) -> None:
        for prompt in self.prompts.values():
            prompt.state = "closed" if prompt.state in ("open", "new") else prompt.state

    def _trim(self) -> None:
        for known in (self.prompts, self.answers, self.texts, self.tools):
            _shorten(cast("dict[str, object]", known))

    # --- the rest

    def _retry(self, status: wire.Status) -> Iterator[AgentEvent]:
        self.busy = True
        if (status.attempt, status.next) == self.retry:
            return
        self.retry = (status.attempt, status.next)
        for tale in self.texts.values():
            tale.abandon()
        wait = max(0.0, status.next / 1000 - self.clock())
        yield Retrying(self.session, status.attempt, status.message[:300], wait)

    def _plan(self, items: tuple[Todo, ...]) -> Iterator[AgentEvent]:
        if items != self.todo:
            self.todo = items
            yield TodoChanged(self.session, items)


def _todo(status: str) -> Literal["pending", "in_progress", "completed", "cancelled"]:
    return next((known for known in ("in_progress", "completed", "cancelled") if known == status), "pending")


def _shorten(known: dict[str, V]) -> None:
    while len(known) > _KEPT:
        del known[next(iter(known))]
