"""The words that every part speaks: what was heard, turns, agent events, utterances, and the shape of adapters.

Adapters import this module and `errors`, and nothing else of ours.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

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


class CodingAgent(Protocol):
    """One agent server: OpenCode, a model of our own, or the rehearsal."""

    @property
    def describe(self) -> str:
        """One line for terminal and page: which agent, model and address (no secrets)."""

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

    def withdraw(self, about: str) -> None:
        """Drop what is about a request that was closed, and stop saying it."""

    def pace(self, rate: float) -> None:
        """Speak at `rate` times the voice's own speed, 0.5 to 2, from the next sentence on."""


class Ears(Protocol):
    """What the voice front end tells the conversation; every call returns at once."""

    def hear(self, heard: Heard) -> None:
        """Interim and final text."""

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        """What became of an utterance; `heard` is the part that was played when it was cut."""

    def voice_state(self, state: str) -> None:
        """connected, disconnected, user_speaking, user_silent, bot_speaking, bot_silent."""

    def measured(self, reply_ms: float) -> None:
        """End of the user's speech to the first sound of the reply, milliseconds."""

    def trouble(self, error: VoiceError) -> None:
        """Hearing or speaking failed."""


# --- adapters ---------------------------------------------------------------------------------------------------


class Options(BaseModel):
    """Settings of one adapter: frozen, unknown keys are errors; each field has a docstring with its unit."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a build function is handed: everything an adapter may know of the daemon."""

    project: Path
    state: Path
    """Our own folder for run-time files, 0700."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Only the names that the adapter declares."""
    prompts: Mapping[str, str] = field(default_factory=dict)
    """Prompt texts by file name without `.md`."""
    phrases: tuple[str, ...] = ()
    """Commands and requests worth recognising exactly."""
    offline: bool = False
    withheld: tuple[str, ...] = ()
    """Names of secrets of other adapters, kept from programs that this one starts."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether an adapter can be used here and now, without starting it."""

    ready: bool
    why: str
    cure: str = ""


O = TypeVar("O", bound=Options)  # noqa: E741 - the usual name of a type variable for options
S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)


class Engine(Protocol[S_co]):
    """A speech engine that outlives calls: loaded once, one Pipecat service per call."""

    async def warm(self) -> None:
        """Load models and start processes; raises SpeechError or SetupError."""

    def service(self) -> S_co:
        """A new Pipecat service for one call; cheap, does not block."""

    async def aclose(self) -> None:
        """End processes and free models."""


@dataclass(frozen=True, slots=True)
class PerCall(Generic[S]):
    """The engine of a service that holds nothing between calls."""

    make: Callable[[], S]

    async def warm(self) -> None:
        """Nothing to load."""

    def service(self) -> S:
        """A new service."""
        return self.make()

    async def aclose(self) -> None:
        """Nothing to end."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a recogniser puts into `TranscriptionFrame.result` beside the text."""

    certain: bool


def _always(options: Options, workplace: Workplace) -> Probe:
    return Probe(True, "nothing else is needed")


def _silent(workplace: Workplace) -> list[str]:
    return []


@dataclass(frozen=True, slots=True)
class Adapter(Generic[O, S]):
    """How to make one provider's service from its settings; the constant `ADAPTER` at the end of its file."""

    options: type[O]
    build: Callable[[O, Workplace], S]
    summary: str
    """What it is, in a few words, for `profiles` and the page."""
    secrets: tuple[str, ...] = ()
    extra: str = ""
    """The extra of pyproject.toml that installs what it imports."""
    capabilities: frozenset[str] = frozenset()
    """`trusted`: words of this recogniser may allow something. `local`: nothing leaves the machine."""
    phrases: tuple[str, ...] = ()
    """Spoken requests that a recogniser should know word by word: lower case, no punctuation."""
    probe: Callable[[O, Workplace], Probe] = _always
    """Looks whether programs, models or servers are there; quick, no side effects."""
    notes: Callable[[Workplace], list[str]] = _silent
    """Sentences for `doctor` on what else was found on this machine; may block for seconds."""


Clock = Callable[[], float]
