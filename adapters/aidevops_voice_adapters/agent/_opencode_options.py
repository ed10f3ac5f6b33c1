"""Settings of the OpenCode adapter."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import field_validator

from aidevops_voice.adapter import Options


class OpenCodeOptions(Options):
    """Where OpenCode is and what it works with."""

    url: str | None = None
    """Address of a running server; without it one is started."""
    binary: str | None = None
    """Program to start; else `opencode` on PATH."""
    model: str | None = None
    """`provider/model`; else what OpenCode is configured with."""
    agent: str | None = None
    """Name of OpenCode's agent (build, plan …); else its default."""
    tui: Literal["auto", "never", "only"] = "auto"
    """Whether an open OpenCode terminal of the project that has our plugin is joined; `only` starts no own server."""
    startup_s: float = 60.0
    """Longest wait for our own server, seconds."""

    @field_validator("url")
    @classmethod
    def _plain(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "http://localhost")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("give it as http://HOST:PORT")
        if parts.username or parts.password:
            raise ValueError("the password belongs into OPENCODE_SERVER_PASSWORD, not into the address")
        return url

    @field_validator("model")
    @classmethod
    def _with_provider(cls, model: str | None) -> str | None:
        if model is not None and not all(model.partition("/")):
            raise ValueError("give it as provider/model")
        return model
