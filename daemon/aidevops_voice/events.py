"""What a coding agent does, as a closed union: its text, its tools, its requests and the end of its turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aidevops_voice.errors import VoiceError

Outcome = Literal["done", "failed", "stopped"]
AgentState = Literal["starting", "ready", "lost", "failed"]


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """The agent took a prompt: ours, or one typed elsewhere (`turn` is then the agent's own id)."""

    session: str
    turn: str
    text: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the answer as it streams; never reasoning, never a compaction summary."""

    session: str
    turn: str
    part: str
    delta: str


@dataclass(frozen=True, slots=True)
class TextEnded:
    """A part of the answer is complete; `text` is all of it, head and tail kept when it is huge."""

    session: str
    turn: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a tool did to one file; `diff` is capped."""

    path: str
    status: Literal["added", "changed", "deleted"] = "changed"
    additions: int = 0
    deletions: int = 0
    diff: str = ""


@dataclass(frozen=True, slots=True)
class ToolStarted:
    """The agent uses a tool; the same call may come again with more of its input known."""

    session: str
    turn: str
    call: str
    tool: str
    """Lower-case name as the agent gives it: bash, edit, write, read, grep, task, webfetch …"""
    title: str = ""
    command: str = ""
    path: str = ""
    child: str = ""
    """Name or title of the subagent that uses it, empty for the main agent."""


@dataclass(frozen=True, slots=True)
class ToolProgress:
    """What a running tool printed so far, its tail."""

    session: str
    call: str
    output: str


@dataclass(frozen=True, slots=True)
class ToolFinished:
    """A tool ended; output is capped, head and tail kept."""

    session: str
    turn: str
    call: str
    tool: str
    ok: bool
    title: str = ""
    command: str = ""
    path: str = ""
    output: str = ""
    exit_code: int | None = None
    files: tuple[FileChange, ...] = ()
    seconds: float = 0.0
    child: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer offered to a question."""

    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the agent."""

    text: str
    header: str = ""
    options: tuple[Option, ...] = ()
    multiple: bool = False
    custom: bool = True
    """Free words are accepted too."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The agent waits for the user: a permission or questions."""

    id: str
    session: str
    kind: Literal["permission", "question"]
    permission: str = ""
    """bash, edit, webfetch, external_directory … as the agent names it."""
    command: str = ""
    path: str = ""
    diff: str = ""
    patterns: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    """What *always* would store."""
    questions: tuple[Question, ...] = ()
    turn: str = ""
    ours: bool = True
    """Whether we submitted the turn; else only announce it."""
    child: str = ""


Closing = Literal["allow", "always", "deny", "answered", "dropped"]


@dataclass(frozen=True, slots=True)
class AskClosed:
    """A request was answered, here or elsewhere, or fell with its turn."""

    id: str
    session: str
    closing: Closing


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the agent's plan."""

    text: str
    status: Literal["pending", "in_progress", "completed", "cancelled"]


@dataclass(frozen=True, slots=True)
class TodoChanged:
    """The agent's plan as it stands."""

    session: str
    items: tuple[Todo, ...]


@dataclass(frozen=True, slots=True)
class Retrying:
    """The model provider failed and the agent tries again; text already streamed may be repeated."""

    session: str
    attempt: int
    reason: str
    wait_s: float


@dataclass(frozen=True, slots=True)
class Compacting:
    """The agent shortens its memory of the session."""

    session: str
    done: bool


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """Work ended; `turns` names every prompt it answers, as waiting prompts are merged."""

    session: str
    turns: tuple[str, ...]
    outcome: Outcome
    error: VoiceError | None = None
    denied: bool = False
    """It was stopped by a denied request, and by nobody's wish."""
    unread: tuple[str, ...] = ()
    """Those of the turns that the agent had not read when it was stopped."""


@dataclass(frozen=True, slots=True)
class Resynced:
    """After a gap the truth was read again; events for what was missed came just before."""

    session: str
    running: bool


@dataclass(frozen=True, slots=True)
class AgentChanged:
    """The agent as a whole came, went or failed."""

    state: AgentState
    error: VoiceError | None = None


@dataclass(frozen=True, slots=True)
class ScreenChanged:
    """The agent's own screen shows another session, told before its events; None: none yet, a prompt makes one."""

    session: str | None


@dataclass(frozen=True, slots=True)
class AgentNotice:
    """Something the user should know about the agent, said once."""

    error: VoiceError
    session: str = ""


AgentEvent = (
    TurnStarted
    | Text
    | TextEnded
    | ToolStarted
    | ToolProgress
    | ToolFinished
    | Ask
    | AskClosed
    | TodoChanged
    | Retrying
    | Compacting
    | TurnEnded
    | Resynced
    | AgentChanged
    | AgentNotice
    | ScreenChanged
)
