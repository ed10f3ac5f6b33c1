"""What OpenCode 1.18's v1 surface sends, parsed once at the edge; unknown fields, parts and events are ignored."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from aidevops_voice_adapters.agent._opencode_forms import Drifted, where


class Wire(BaseModel):
    """Camel case outside, unknown fields ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel, populate_by_name=True)


class Times(Wire):
    """Milliseconds since the epoch."""

    created: float = 0
    updated: float = 0
    completed: float | None = None
    start: float = 0
    end: float | None = None


class Session(Wire):
    """A session; a subagent's has a parent."""

    id: str
    title: str = ""
    directory: str = ""
    parent: str | None = Field(None, alias="parentID")
    agent: str | None = None
    time: Times = Times()


class Failure(Wire):
    """A named error with its data."""

    name: str = "UnknownError"
    data: dict[str, Any] = {}

    @property
    def message(self) -> str:
        """Its words, empty when it has none."""
        words = self.data.get("message")
        return words if isinstance(words, str) else ""


class Message(Wire):
    """The head of a message; `parent` of an answer is the prompt that it answers."""

    id: str
    session: str = Field(alias="sessionID")
    role: Literal["user", "assistant"]
    parent: str | None = Field(None, alias="parentID")
    summary: Any = None
    finish: str | None = None
    error: Failure | None = None
    time: Times = Times()

    @property
    def final(self) -> bool:
        """Nothing more comes of it."""
        return self.time.completed is not None or self.error is not None


class _Part(Wire):
    id: str
    session: str = Field(alias="sessionID")
    message: str = Field(alias="messageID")


class TextPart(_Part):
    """Words of the user or of the agent; `time.end` says that they are complete."""

    type: Literal["text"]
    text: str = ""
    synthetic: bool = False
    ignored: bool = False
    time: Times | None = None


class CompactionPart(_Part):
    """Marks a user message that only asks for a summary."""

    type: Literal["compaction"]


class ToolState(Wire):
    """Where a tool call stands."""

    status: Literal["pending", "running", "completed", "error"]
    input: dict[str, Any] = {}
    metadata: dict[str, Any] = {}
    output: str = ""
    error: str = ""
    title: str = ""
    time: Times = Times()


class ToolPart(_Part):
    """One call of a tool."""

    type: Literal["tool"]
    tool: str
    call: str = Field(alias="callID")
    state: ToolState


class OtherPart(_Part):
    """Reasoning, steps, patches and whatever comes later: never told."""

    type: str


def _part_tag(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", "")
    return kind if kind in ("text", "compaction", "tool") else "other"


Part = Annotated[
    Annotated[TextPart, Tag("text")]
    | Annotated[CompactionPart, Tag("compaction")]
    | Annotated[ToolPart, Tag("tool")]
    | Annotated[OtherPart, Tag("other")],
    Discriminator(_part_tag),
]


class Stored(Wire):
    """A message with its parts, as listed."""

    info: Message
    parts: list[Part] = []


class Status(Wire):
    """Whether a session works."""

    type: str
    attempt: int = 0
    message: str = ""
    next: float = 0


class ToolRef(Wire):
    """The tool call that an ask belongs to."""

    message: str = Field("", alias="messageID")
    call: str = Field("", alias="callID")


class Permission(Wire):
    """The agent wants to do something."""

    id: str
    session: str = Field(alias="sessionID")
    permission: str
    patterns: list[str] = []
    metadata: dict[str, Any] = {}
    always: list[str] = []
    tool: ToolRef | None = None


class Choice(Wire):
    """One answer offered."""

    label: str
    description: str = ""


class Query(Wire):
    """One question."""

    question: str
    header: str = ""
    options: list[Choice] = []
    multiple: bool | None = None
    custom: bool | None = None


class Questions(Wire):
    """The agent asks the user."""

    id: str
    session: str = Field(alias="sessionID")
    questions: list[Query]
    tool: ToolRef | None = None


class TodoItem(Wire):
    """One line of the plan."""

    content: str
    status: str


class SessionChanged(Wire):
    """`session.created`, `session.updated`."""

    type: Literal["session.created", "session.updated"]
    info: Session


class StatusChanged(Wire):
    """Busy, retrying or idle."""

    type: Literal["session.status"]
    session: str = Field(alias="sessionID")
    status: Status


class SessionIdle(Wire):
    """Says again that the session is idle."""

    type: Literal["session.idle"]
    session: str = Field(alias="sessionID")


class SessionFailed(Wire):
    """A turn broke or was aborted."""

    type: Literal["session.error"]
    session: str = Field("", alias="sessionID")
    error: Failure = Failure()


class Compacted(Wire):
    """The summary stands."""

    type: Literal["session.compacted"]
    session: str = Field(alias="sessionID")


class MessageChanged(Wire):
    """The head of a message."""

    type: Literal["message.updated"]
    info: Message


class PartChanged(Wire):
    """A part as a whole."""

    type: Literal["message.part.updated"]
    part: Part


class PartDelta(Wire):
    """A piece of a text or reasoning part."""

    type: Literal["message.part.delta"]
    session: str = Field(alias="sessionID")
    message: str = Field(alias="messageID")
    part: str = Field(alias="partID")
    field: str
    delta: str


class PermissionAsked(Permission):
    """A new permission request."""

    type: Literal["permission.asked"]


class PermissionReplied(Wire):
    """Somebody answered it."""

    type: Literal["permission.replied"]
    session: str = Field(alias="sessionID")
    request: str = Field(alias="requestID")
    reply: str


class QuestionAsked(Questions):
    """New questions."""

    type: Literal["question.asked"]


class QuestionClosed(Wire):
    """Somebody answered or dismissed them."""

    type: Literal["question.replied", "question.rejected"]
    session: str = Field(alias="sessionID")
    request: str = Field(alias="requestID")


class TodoUpdated(Wire):
    """The plan as it stands."""

    type: Literal["todo.updated"]
    session: str = Field(alias="sessionID")
    todos: list[TodoItem]


Known = (
    SessionChanged
    | StatusChanged
    | SessionIdle
    | SessionFailed
    | Compacted
    | MessageChanged
    | PartChanged
    | PartDelta
    | PermissionAsked
    | PermissionReplied
    | QuestionAsked
    | QuestionClosed
    | TodoUpdated
)

_EVENT: TypeAdapter[Known] = TypeAdapter(Annotated[Known, Field(discriminator="type")])
_TYPES = frozenset(
    {
        *("session.created", "session.updated", "session.status", "session.idle", "session.error"),
        *("session.compacted", "message.updated", "message.part.updated", "message.part.delta"),
        *("permission.asked", "permission.replied", "question.asked", "question.replied", "question.rejected"),
        "todo.updated",
    }
)


def read_event(frame: Any) -> tuple[str, str, Known | None]:
    """Id, type and content of a frame; no content when the type is of no interest; raises Drifted."""
    if not isinstance(frame, dict) or not isinstance(kind := frame.get("type"), str):
        raise Drifted("a frame without a type")
    name = frame.get("id")
    if kind not in _TYPES:
        return str(name or ""), kind, None
    properties = frame.get("properties")
    try:
        event = _EVENT.validate_python({**(properties if isinstance(properties, dict) else {}), "type": kind})
    except ValidationError as error:
        raise Drifted(f"{kind}: {where(error)}") from None
    return str(name or ""), kind, event
