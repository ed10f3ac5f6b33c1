"""What a starting daemon tells whoever started it: JSON lines to the waiting command line, or plain text."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aidevops_voice import control, desktop, launch
from aidevops_voice.errors import VoiceError


class Report(Protocol):
    """Where news of the start go."""

    def progress(self, text: str) -> None:
        """One line while it takes time."""

    def failed(self, error: VoiceError) -> None:
        """It will not start."""

    def ready(self, facts: Callable[[], dict[str, Any]]) -> None:
        """It runs; `facts` makes the object of `start --json`, with a link of its own."""


class Pipe:
    """To the command line that reads our stdout until we are ready."""

    def progress(self, text: str) -> None:
        """As `{"progress": …}`."""
        self._send({"progress": text})

    def failed(self, error: VoiceError) -> None:
        """As `{"error": …}`."""
        self._send({"error": error.as_dict()})

    def ready(self, facts: Callable[[], dict[str, Any]]) -> None:
        """The last line; then nobody reads any more."""
        self._send({"ready": True})
        with Path(os.devnull).open("wb") as nothing:
            os.dup2(nothing.fileno(), sys.stdout.fileno())

    def _send(self, news: dict[str, Any]) -> None:
        try:
            print(json.dumps(news), flush=True)
        except BrokenPipeError:
            # Whoever started us was stopped; the daemon goes on without an audience.
            sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115  # lives as long as the process


@dataclass(frozen=True)
class Terminal:
    """`start --foreground`: this process is the command line."""

    state: Path
    as_json: bool
    browser: bool

    def progress(self, text: str) -> None:
        """On stderr."""
        print(text, file=sys.stderr, flush=True)

    def failed(self, error: VoiceError) -> None:
        """In the form of every command."""
        control.complain(error, self.as_json)

    def ready(self, facts: Callable[[], dict[str, Any]]) -> None:
        """The same words as without `--foreground`."""
        told = facts()
        print(launch.announcement(told, self.as_json), flush=True)
        if self.browser and told["open_browser"]:
            desktop.show(told["login_url"], self.state)
