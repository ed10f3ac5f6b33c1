"""The shape of adapters: what one is handed, what it is asked, and the constant at the end of its file.

Adapters import this module, `ports` and `errors`, and nothing else of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict


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
