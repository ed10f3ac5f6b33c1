"""What follows from something that was said to a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aidevops_voice.consent.petition import Cause
from aidevops_voice.ports import Reply

By = Literal["said", "click", "time", "doubt", "rule"]
"""Who or what decided."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Answer the agent with this, once, for exactly these arguments."""

    ask: str
    fingerprint: str
    reply: Reply
    reason: str
    by: By


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Read it again, with the request's new challenge phrase where it has one; first say why."""

    reason: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Explain:
    """Tell the details, then read it again."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The user wants time; nothing is said."""


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """Read the question that `Inquiry.request` now puts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Say what *always* would store, and ask once more."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Read the words back that would be the answer; `confirmed` sends them."""

    text: str


@dataclass(frozen=True, slots=True)
class Tell:
    """Say why these words do nothing, and how else to answer; it stays open."""

    reason: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class Pass:
    """Not meant for the request: a command, a prompt, or nothing."""

    cause: Cause


Step = Decided | AskAgain | Explain | Hold | NextQuestion | Scope | Confirm | Tell | Pass
