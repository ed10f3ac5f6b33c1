"""What the agent did in its last runs, kept for questions about it: bounded, and rebuilt after a restart.

One run answers one prompt, or several that were merged; what was typed elsewhere is kept too.
Texts come here without secrets.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, cast

from aidevops_voice.events import (
    AgentEvent,
    FileChange,
    Outcome,
    Text,
    TextEnded,
    Todo,
    TodoChanged,
    ToolFinished,
    ToolStarted,
    TurnEnded,
    TurnStarted,
)

TEXT_CAP = 16 * 1024
"""Characters of the answer, and of one part of it."""
OUTPUT_CAP = 4 * 1024
"""Characters of one tool's output, half of them the last; a journal has to hold many."""
LINE_CAP = 1000
MOST_TOOLS = 200
MOST_FILES = 100
"""Of one tool."""
MOST_TOLD = 300


@dataclass(slots=True)
class Account:
    """One run: what was asked, what was done, what was answered; times are monotonic seconds."""

    began: float
    turns: list[str] = field(default_factory=list)
    prompt: str = ""
    ended: float | None = None
    outcome: Outcome | Literal[""] = ""
    """Empty while it runs, and for ever when the daemon died before its end."""
    error: str = ""
    """Of a failed run, as reported."""
    error_told: str = ""
    """The same as a sentence for the ear."""
    parts: list[str] = field(default_factory=list)
    """Markdown of the answer: what was written after the last tool, or before it when nothing followed."""
    tools: list[ToolFinished] = field(default_factory=list)
    todo: tuple[Todo, ...] = ()
    running: dict[str, tuple[ToolStarted, float]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    """Sentences of the answer that were spoken, or shown to who cannot hear."""
    stale: bool = False
    """A tool began after the parts were written."""
    streaming: str = ""

    @property
    def text(self) -> str:
        """The answer as far as it is written."""
        return "\n\n".join([*self.parts, *([self.streaming] if self.streaming else [])])

    @property
    def eventful(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.parts or self.streaming or self.tools or self.outcome)

    def copied(self) -> Account:
        """A copy that another thread may read."""
        return replace(
            self, turns=self.turns[:], parts=self.parts[:], tools=self.tools[:], running=dict(self.running),
            told=self.told[:],
        )  # fmt: skip

    def asked(self, turn: str, text: str) -> None:
        """A prompt that this run answers."""
        if turn and turn not in self.turns:
            self.turns.append(turn)
            self.prompt = "\n".join(filter(None, (self.prompt, text)))[:LINE_CAP]

    def started(self, tool: ToolStarted, now: float) -> None:
        """A tool that runs; the same one may come again."""
        self.stale = self.stale or not tool.child
        self.streaming = ""
        if len(self.running) < MOST_TOOLS:
            self.running[tool.call] = (tool, self.running.get(tool.call, (tool, now))[1])

    def finished(self, tool: ToolFinished) -> None:
        """A tool that ended; the oldest are forgotten."""
        self.running.pop(tool.call, None)
        self.tools = [*(old for old in self.tools if old.call != tool.call or not tool.call), tool][-MOST_TOOLS:]

    def wrote(self, delta: str) -> None:
        """A piece of a part that still streams."""
        self._fresh()
        if len(self.streaming) < TEXT_CAP:
            self.streaming += delta[:TEXT_CAP]

    def answered(self, text: str) -> None:
        """A whole part of the answer."""
        self._fresh()
        self.streaming = ""
        if text.strip() and sum(map(len, self.parts)) < TEXT_CAP:
            self.parts.append(text)

    def _fresh(self) -> None:
        if self.stale:
            self.parts, self.stale = [], False

    def closed(self, outcome: Outcome | Literal[""], now: float, error: str = "", error_told: str = "") -> None:
        """The run is over."""
        self.outcome, self.ended, self.error, self.error_told = outcome, now, error, error_told
        self.running.clear()

    def spoke(self, sentence: str) -> None:
        """A sentence of the answer was spoken."""
        self.told = [*self.told, sentence][-MOST_TOLD:]

    def unspoke(self, sentence: str) -> None:
        """It was not heard after all."""
        if sentence in self.told:
            self.told.remove(sentence)


class Chronicle:
    """The run that goes on and the one before it."""

    def __init__(self, last: Account | None = None) -> None:
        self.current: Account | None = None
        self.last = last
        self._said: OrderedDict[str, Account] = OrderedDict()

    @property
    def _plan(self) -> tuple[Todo, ...]:
        """What the run before left to do; one that was done to its end is over."""
        items = self.last.todo if self.last else ()
        return items if any(item.status in ("pending", "in_progress") for item in items) else ()

    @property
    def about(self) -> Account | None:
        """The run that a question is about: the one that goes on, once there is something to tell of it."""
        return self.current if self.current and (self.current.eventful or not self.last) else self.last

    def submitted(self, turn: str, text: str, now: float) -> None:
        """A prompt of ours is on its way."""
        self._run(turn, now).asked(turn, text[:LINE_CAP])

    def on(self, event: AgentEvent, now: float) -> AgentEvent:
        """Take in an event; given back with its texts capped, as the journal keeps them."""
        match event:
            case TurnStarted():
                self.submitted(event.turn, event.text, now)
            case Text():
                self._run(event.turn, now).wrote(event.delta)
            case TextEnded():
                event = replace(event, text=_ends(event.text, TEXT_CAP))
                self._run(event.turn, now).answered(event.text)
            case ToolStarted():
                self._run(event.turn, now).started(replace(event, **_lines(event)), now)
            case ToolFinished():
                event = _kept(event)
                self._run(event.turn, now).finished(event)
            case TodoChanged() if self.current:
                self.current.todo = tuple(replace(item, text=item.text[:200]) for item in event.items[:50])
            case TurnEnded():
                self._end(event, now)
            case _:
                pass
        return event

    def spoke(self, utterance: str, sentence: str) -> None:
        """A sentence of an answer, by the id of its utterance."""
        if account := self.about:
            account.spoke(sentence)
            self._said[utterance] = account
            while len(self._said) > MOST_TOLD:
                self._said.popitem(last=False)

    def unspoke(self, utterance: str, sentence: str) -> None:
        """That utterance was cut or dropped."""
        if account := self._said.pop(utterance, None):
            account.unspoke(sentence)

    def _run(self, turn: str, now: float) -> Account:
        """The run that an event belongs to; one that a restart cut off goes on when the agent goes on with it."""
        if self.current is None:
            cut_off = self.last is not None and self.last.ended is None and turn in self.last.turns
            self.current = self.last if cut_off else Account(now, [turn] if turn else [], todo=self._plan)
            self.last = None if cut_off else self.last
        assert self.current is not None
        return self.current

    def _end(self, event: TurnEnded, now: float) -> None:
        account = self.current
        if account is None and self.last and self.last.ended is not None and set(event.turns) <= set(self.last.turns):
            return
        account = account or self._run(event.turns[-1] if event.turns else "", now)
        message, told = (event.error.message, event.error.spoken) if event.error else ("", "")
        account.closed(event.outcome, now, message[:LINE_CAP], told)
        self.last, self.current = account, None


def _ends(text: str, cap: int) -> str:
    """Head and tail of what is longer than `cap`."""
    return text if len(text) <= cap else f"{text[: cap // 2]}\n\n{text[-cap // 2 :]}"


def _kept(tool: ToolFinished) -> ToolFinished:
    files = tuple(replace(file, path=file.path[:400], diff="") for file in tool.files[:MOST_FILES])
    return replace(tool, **_lines(tool), output=_ends(tool.output, OUTPUT_CAP), files=files)


def _lines(tool: ToolStarted | ToolFinished) -> dict[str, Any]:
    return {name: getattr(tool, name)[:LINE_CAP] for name in ("title", "command", "path", "child")}


# --- in the journal ---------------------------------------------------------------------------------------------

_NOT_KEPT = ("session", "turn")


def entry(tool: ToolFinished) -> dict[str, Any]:
    """A finished tool, as `Chronicle.on` gave it back, in the journal."""
    kept = {name: value for name, value in asdict(tool).items() if name not in _NOT_KEPT}
    return kept | {"files": [{k: v for k, v in file.items() if k != "diff"} for file in kept["files"]]}


def restored(entries: Iterable[Mapping[str, Any]], age: float = 0.0) -> Account | None:
    """The last run that the journal tells of; `age` turns seconds since the epoch into monotonic ones."""
    account: Account | None = None
    for each in entries:
        at = _number(each.get("at")) + age
        match each.get("what"):
            case "prompt" | "began":
                if account is None or account.ended is not None:
                    account = Account(at)
                account.asked(_text(each, "turn"), _text(each, "text"))
            case what if account is not None:
                _retell(account, str(what), each, at)
            case _:
                pass
    return account


def _retell(account: Account, what: str, each: Mapping[str, Any], at: float) -> None:
    match what:
        case "tool":
            tool = _tool(each)
            account.stale = account.stale or not tool.child
            account.finished(tool)
        case "text":
            account.answered(_text(each, "text"))
        case "said" | "shown" if each.get("kind") in ("answer", "outcome"):
            account.spoke(_text(each, "text"))
        case "ended" if account.ended is None and each.get("outcome") != "unsent" and _names(each, account.turns):
            outcome = cast(Outcome, _one_of(each.get("outcome"), ("done", "failed", "stopped")))
            account.closed(outcome, at, _text(each, "error"), _text(each, "error_told"))
        case _:
            pass


def _tool(each: Mapping[str, Any]) -> ToolFinished:
    texts = {name: _text(each, name) for name in ("call", "tool", "title", "command", "path", "output", "child")}
    files = each.get("files")
    changes = tuple(_change(file) for file in files if isinstance(file, dict)) if isinstance(files, list) else ()
    code = each.get("exit_code")
    return ToolFinished(
        session="", turn="", ok=bool(each.get("ok")), exit_code=code if isinstance(code, int) else None, files=changes,
        seconds=_number(each.get("seconds")), **texts,
    )  # fmt: skip


def _change(file: Mapping[str, Any]) -> FileChange:
    status = cast(Any, _one_of(file.get("status"), ("added", "changed", "deleted")) or "changed")
    return FileChange(_text(file, "path"), status, int(_number(file.get("additions"))),
                      int(_number(file.get("deletions"))))  # fmt: skip


def _names(each: Mapping[str, Any], turns: list[str]) -> bool:
    named = each.get("turns")
    return isinstance(named, list) and any(turn in turns for turn in named)


def _text(each: Mapping[str, Any], name: str) -> str:
    return str(each.get(name) or "")


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _one_of(value: object, known: tuple[str, ...]) -> str:
    return value if isinstance(value, str) and value in known else ""
