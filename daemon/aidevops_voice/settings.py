"""Everything that can be set, with its default, its range and one sentence on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from aidevops_voice.languages import languages
from aidevops_voice.narration import Level
from aidevops_voice.profiles import Profile
from aidevops_voice.registry import Where

Mode = Literal["allow", "ask", "challenge", "deny"]
"""Silently, by a yes, by a phrase or a click, never."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def _language(code: str) -> str:
    if code != "auto" and code not in languages():
        raise ValueError(f"must be auto or one of {', '.join(languages())}")
    return code


class Narration(_Section):
    """How much is spoken."""

    level: Level = "normal"
    """quiet: outcomes only; normal; chatty: every step."""
    language: Annotated[str, AfterValidator(_language)] = "auto"
    """Code of the language that is spoken, or auto for the one that you and the agent use."""
    earcons: bool = True
    """Short sounds for working, done, failed and a request."""
    max_words: int = Field(80, ge=10, le=1000)
    """Words spoken of one answer."""
    ack_after_s: float = Field(0.7, ge=0, le=60)
    """Seconds of silence before an acknowledgement."""
    heartbeat_s: float = Field(25.0, ge=0, le=3600)
    """Seconds without news before it says that work goes on; 0 is never."""


class Hearing(_Section):
    """When the user speaks and when not."""

    vad_start_s: float = Field(0.2, ge=0.05, le=2)
    """Seconds of voice that begin an utterance."""
    vad_stop_s: float = Field(0.2, ge=0.1, le=5)
    """Seconds of silence after which the end of the turn is judged."""
    vad_confidence: float = Field(0.7, ge=0, le=1)
    """Least probability of voice."""
    vad_min_volume: float = Field(0.6, ge=0, le=1)
    """Least loudness, 0 to 1."""
    unfinished_s: float = Field(1.5, ge=0.3, le=10)
    """Seconds of silence that end a turn which sounds unfinished, or whose words are."""
    hold_s: float = Field(20.0, ge=1, le=300)
    """Seconds of silence that end a turn in which you asked for time."""


def _wake_phrase(phrase: str) -> str:
    words = " ".join(phrase.lower().split())
    if not 5 <= len(words) <= 40 or words.count(" ") > 3 or not words.replace(" ", "").isalpha():
        raise ValueError("must be one to four words of letters, such as hey devops")
    if any(words in known for language in languages().values() for known in language.commands.values()):
        raise ValueError("is a command already; choose other words")
    return words


class Listening(_Section):
    """When the microphone counts."""

    mode: Literal["open", "push", "wake"] = "open"
    """open: always; push: while Space or the button is held; wake: after the wake phrase."""
    wake_phrase: Annotated[str, AfterValidator(_wake_phrase)] = "hey devops"
    """What wakes it, after you sent it to sleep or in the mode wake."""
    awake_s: float = Field(30.0, ge=5, le=3600)
    """Seconds after the last exchange in which no wake phrase is needed."""


class Consent(_Section):
    """Who decides what, by what a request of the agent could do at its worst."""

    read: Mode = "allow"
    """Only looks."""
    write: Mode = "ask"
    """Changes files of the project."""
    outside: Mode = "ask"
    """Changes files outside the project."""
    network: Mode | Literal["challenge_first"] = "challenge_first"
    """Talks to other machines."""
    credentials: Mode = "challenge"
    """Reaches secrets."""
    destructive: Literal["challenge", "deny"] = "challenge"
    """May destroy something, or is not understood: never by a mere yes."""


class KeySources(_Section):
    """Where keys are looked for."""

    gopass: bool = True
    """Ask gopass."""


def _server_url(url: str) -> str:
    if not url:
        return url
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be the address of a server, such as http://127.0.0.1:4096")
    if parts.username or parts.password:
        raise ValueError("must hold no password; set OPENCODE_SERVER_PASSWORD instead")
    return url.rstrip("/")


class Settings(_Section):
    """Everything that can be set, merged and checked."""

    project: Path
    """The folder that the agent works in, absolute."""
    profile: str = "auto"
    """Name of a profile, or auto."""
    agent: str = "auto"
    """Name of an agent adapter, or auto."""
    opencode: Annotated[str, AfterValidator(_server_url)] = ""
    """Address of a running OpenCode server, or empty."""
    session: str = Field("new", min_length=1)
    """Id of the agent's session, or new."""
    host: str = "127.0.0.1"
    """Address to listen on; loopback."""
    port: int = Field(7865, ge=0, le=65535)
    """Port to listen on; 0 takes any free one."""
    open_browser: bool = True
    """Open the page after the start."""
    offline: bool = False
    """Programs started by us make no update checks and downloads."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least level of our own records in the log."""
    narration: Narration = Narration()
    """How much is spoken."""
    hearing: Hearing = Hearing()
    """When the user speaks and when not."""
    listening: Listening = Listening()
    """When the microphone counts."""
    consent: Consent = Consent()
    """Who decides what."""
    secrets: KeySources = KeySources()
    """Where keys are looked for."""
    agents: dict[str, dict[str, Any]] = {}
    """Options of agent adapters by name."""
    profiles: dict[str, Profile] = {}
    """The profiles by name, the best for `auto` first."""
    origins: dict[Where, str] = Field({}, repr=False)
    """Where each key was set: a flag, a variable, or file and line."""
    wishes: frozenset[Where] = Field(frozenset(), repr=False)
    """Keys that only the project's file set: followed where that sends nothing to anyone."""
    insisted: frozenset[Where] = Field(frozenset(), repr=False)
    """Keys that a flag or a variable set, which is the user's last word."""

    @field_validator("profiles", mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return given
        if named := [name for name, one in given.items() if isinstance(one, Mapping) and "name" in one]:
            raise ValueError(f"{named[0]}: the name of a profile is its key, so `name` has no place in it")
        return {name: {"name": name, **one} if isinstance(one, Mapping) else one for name, one in given.items()}

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """What may be set."""
        return tuple(name for name in cls.model_fields if name not in {"project", "origins", "wishes", "insisted"})
