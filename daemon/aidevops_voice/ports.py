"""The words that every part speaks: what was heard, turns, agent events and utterances.

Adapters import this module, `adapter` and `errors`, and nothing else of ours.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol, runtime_checkable

from aidevops_voice.errors import VoiceError
from aidevops_voice.events import (
    AgentChanged as AgentChanged,
    AgentEvent as AgentEvent,
    AgentNotice as AgentNotice,
    AgentState as AgentState,
    Ask as Ask,
    AskClosed as AskClosed,
    Closing as Closing,
    Compacting as Compacting,
    FileChange as FileChange,
    Option as Option,
    Outcome as Outcome,
    Question as Question,
    Resynced as Resynced,
    Retrying as Retrying,
    ScreenChanged as ScreenChanged,
    Text as Text,
    TextEnded as TextEnded,
    Todo as Todo,
    TodoChanged as TodoChanged,
    ToolFinished as ToolFinished,
    ToolProgress as ToolProgress,
    ToolStarted as ToolStarted,
    TurnEnded as TurnEnded,
    TurnStarted as TurnStarted,
)

Clock = Callable[[], float]
"""Monotonic seconds."""

# --- what the user said -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing the user said or typed; absent knowledge takes the careful value."""

    text: str
    source: Literal["voice", "typed"] = "voice"
    final: bool = True
    trusted: bool = False
    """The recogniser is good enough that its words may allow something."""
    certain: bool = False
    """Typed, from a trusted recogniser, or a whole phrase of the recogniser's grammar; else a guess to confirm."""
    began: float | None = None
    ended: float | None = None
    """Monotonic seconds."""
    bot_speaking: bool = False
    bot_silent_ms: float | None = None
    bot_last_said: str = ""


class Command(StrEnum):
    """What the listener acts on itself, as a whole utterance."""

    HUSH = "hush"
    STOP_AGENT = "stop_agent"
    REPEAT = "repeat"
    GOODBYE = "goodbye"
    SEND = "send"
    """Send the draft that was read back."""
    DISCARD = "discard"
    """Drop the draft."""
    MORE = "more"
    """What was left out of the last answer, a few sentences at a time."""
    DETAILS = "details"
    """What exactly was done, or went wrong."""
    FILES = "files"
    ERROR = "error"
    """Read the error."""
    RAN = "ran"
    """What was run."""
    TESTS = "tests"
    FULL = "full"
    """Read the whole last answer."""
    SPELL = "spell"
    """Spell the names that were just said."""
    SLOWER = "slower"
    FASTER = "faster"
    DOING = "doing"
    """What the agent is doing."""
    ELAPSED = "elapsed"
    """How long it has been."""
    QUIET = "quiet"
    """Say outcomes only."""
    NORMAL = "normal"
    CHATTY = "chatty"
    FEWER = "fewer"
    """One step quieter."""
    SOUNDS_OFF = "sounds_off"
    SOUNDS_ON = "sounds_on"
    SLEEP = "sleep"
    """Listen to nothing but the wake phrase."""
    WAKE = "wake"
    TODO = "todo"
    """How far the agent's plan is done."""
    WHICH_PROJECT = "which_project"
    WHICH_SESSION = "which_session"
    SESSIONS = "sessions"
    """Name the sessions."""
    NEW_SESSION = "new_session"
    RUNNING = "running"
    """Which sessions are at work."""
    NEXT_WAITING = "next_waiting"
    """Go to the next session that waits for the user."""


OWN_TURN = re.compile(r"msg_[0-9a-f]{24}")
"""Ids of prompts of ours, those of a daemon before this one too; what an agent makes up itself is longer."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One prompt for the agent."""

    id: str
    """Our own id, `msg_` and letters or digits; the agent keeps it, so that a retry cannot double the prompt."""
    session: str
    text: str
    mode: Literal["new", "steer", "queue"] = "new"
    spoken: bool = True
    """The text was spoken, so it may hold recognition errors."""
    guesses: tuple[str, ...] = ()


# --- the agent --------------------------------------------------------------------------------------------------

Decision = Literal["allow", "always", "deny"]


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """One conversation that the agent keeps."""

    id: str
    title: str
    directory: str
    updated: float = 0.0
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the user answered to an `Ask`: a decision, or one list of answers per question."""

    decision: Decision
    message: str = ""
    """Told to the agent with a denial, so that its turn goes on."""
    answers: tuple[tuple[str, ...], ...] = ()


@runtime_checkable
class NoteTaker(Protocol):
    """A coding agent that can be left a note."""

    async def leave_note(self, session: str, text: str) -> None:
        """Put a text into an idle session for later, without a turn; raises AgentError."""


@runtime_checkable
class Starter(Protocol):
    """A coding agent whose `open(None)` may join what its own screen shows."""

    async def new(self) -> SessionInfo:
        """Make a session in any case; raises AgentError."""


class CodingAgent(Protocol):
    """One agent server: OpenCode, a model of our own, or the rehearsal."""

    @property
    def describe(self) -> str:
        """One line for terminal and page: which agent, model and address (no secrets)."""

    @property
    def steers(self) -> bool:
        """Whether a prompt given while it works joins what it is doing; else it waits for the end."""

    def events(self) -> AsyncGenerator[AgentEvent, None]:
        """Run the agent and tell everything it does, until `aclose`; reconnects by itself. Called once."""

    async def sessions(self) -> list[SessionInfo]:
        """Sessions of the project, newest first."""

    async def open(self, session: str | None) -> SessionInfo:
        """Wait until the agent is ready and join `session`, or make a new one; raises AgentError."""

    async def submit(self, turn: Turn) -> None:
        """Hand over a prompt; returns when the agent has it; safe to repeat with the same id; raises AgentError."""

    async def answer(self, ask: str, reply: Reply) -> None:
        """Answer a request by its id; raises UnknownAsk, ClosedAsk or AgentError."""

    async def stop(self, session: str) -> None:
        """Abort what runs in the session, child processes included; returns when it stopped."""

    async def aclose(self) -> None:
        """End everything that was started here."""


# --- what the user hears ----------------------------------------------------------------------------------------

Kind = Literal["ack", "progress", "needs-you", "outcome", "answer", "notice"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words for the ear; one sentence as a rule."""

    id: str
    text: str
    kind: Kind
    about: str = ""
    """Id of the turn or request it belongs to."""
    expires: float | None = None
    """Monotonic seconds after which it is stale and dropped if not begun."""
    earcon: str = ""
    """Name of a short sound played instead of words when `text` is empty."""


Voiced = Literal["begun", "said", "cut", "dropped", "unvoiced"]
"""What became of an utterance; `unvoiced`: nobody was listening."""


class Mouth(Protocol):
    """Decides when an utterance is spoken: never over the user, needs-you before progress, stale ones dropped."""

    def say(self, utterance: Utterance) -> None:
        """Queue it; never blocks."""

    def hush(self) -> None:
        """Stop the voice now and drop what waits, except requests that need the user."""

    def withdraw(self, about: str, *, begun: bool = True) -> None:
        """Drop what is about a request or turn, and stop saying it unless what was `begun` goes on."""

    def settle(self, *, resume: bool) -> None:
        """What the user's last turn was: noise, so that what it cut goes on where it was cut, or words."""

    def pace(self, rate: float) -> None:
        """Speak at `rate` times the voice's own speed, 0.5 to 2, from the next sentence on."""


class Ears(Protocol):
    """What the voice front end tells the conversation; every call returns at once."""

    def hear(self, heard: Heard) -> None:
        """Interim and final text."""

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        """What became of an utterance; `heard` is the part that was played when it was cut."""

    def voice_state(self, state: str) -> None:
        """connected, disconnected, user_speaking, user_holding, user_silent, bot_speaking, bot_silent."""

    def measured(self, reply_ms: float) -> None:
        """End of the user's speech to the first sound of the reply, milliseconds."""

    def trouble(self, error: VoiceError) -> None:
        """Hearing or speaking failed."""
