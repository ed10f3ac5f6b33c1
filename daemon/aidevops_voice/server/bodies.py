"""Bodies of the requests that the daemon takes; unknown keys are errors, except in what client-js sends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from aidevops_voice.ports import Decision


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32 * 1024)]


class Login(_Body):
    """Of `POST /api/login`."""

    ticket: str = Field(max_length=200)


class Question(_Body):
    """Of `POST /api/ask`."""

    text: Words
    wait: bool = True
    """Answer at the end of the turn, else at once with 202."""


class Annex(_Body):
    """Of `POST /api/projects`."""

    project: str = Field(min_length=1, max_length=4096)
    agent: str | None = None
    opencode: str | None = None
    session: str | None = None
    config: str | None = None


class Answer(_Body):
    """Of `POST /api/answer`."""

    id: str
    reply: Decision
    message: str = ""
    answers: tuple[tuple[str, ...], ...] = ()


class Focus(_Body):
    """Of `POST /api/focus`."""

    session: str = Field(max_length=200)
    """Empty for the one that is still being made."""


class Stop(_Body):
    """Of `POST /api/stop`."""

    session: str | None = None


class Offer(BaseModel):
    """Of `POST /api/offer`."""

    model_config = ConfigDict(frozen=True)

    sdp: str = Field(min_length=1, max_length=32 * 1024)
    """A browser's has a few thousand characters; parsing more would hold the event loop."""
    type: Literal["offer"]
    pc_id: str | None = None
    restart_pc: bool | None = None


class Candidates(BaseModel):
    """Of `PATCH /api/offer`; the candidates themselves are not used on loopback."""

    model_config = ConfigDict(frozen=True)

    pc_id: str
    candidates: list[dict[str, Any]] = Field(default_factory=list, max_length=64)
