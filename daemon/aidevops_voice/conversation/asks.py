"""The requests of the agent that wait for the user, and those that are closed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from aidevops_voice.errors import ClosedAsk, UnknownAsk
from aidevops_voice.ports import Ask


class Asks:
    """Open requests in the order they came; a closed one is never asked again."""

    def __init__(self) -> None:
        self._open: dict[str, Ask] = {}
        self._closed: deque[str] = deque(maxlen=200)
        self._answering: set[str] = set()
        self.facts: Callable[[Ask], dict[str, Any]] = lambda ask: {}
        """More about an open one, such as its class of risk."""

    def add(self, ask: Ask) -> None:
        """Take a request, or its newer form."""
        self._open[ask.id] = ask

    def knows(self, ask: str) -> bool:
        """Whether it is open, or was."""
        return ask in self._open or ask in self._closed

    def close(self, ask: str) -> Ask | None:
        """Forget an open request."""
        self._closed.append(ask)
        self._answering.discard(ask)
        return self._open.pop(ask, None)

    def take(self, ask: str) -> Ask:
        """Claim a request for one answer; raises UnknownAsk or ClosedAsk."""
        if ask in self._closed or ask in self._answering:
            raise ClosedAsk(f"the request {ask} is already answered or has fallen")
        if ask not in self._open:
            raise UnknownAsk(f"no request has the id {ask}")
        self._answering.add(ask)
        return self._open[ask]

    def taken(self, ask: str) -> bool:
        """Whether an answer of ours is on its way."""
        return ask in self._answering

    def untake(self, ask: str) -> None:
        """The answer did not reach the agent."""
        self._answering.discard(ask)

    @property
    def open(self) -> list[Ask]:
        """Every open request."""
        return list(self._open.values())

    @property
    def waiting(self) -> list[Ask]:
        """Those that nobody has answered yet."""
        return [ask for ask in self._open.values() if ask.id not in self._answering]

    @property
    def ours(self) -> list[Ask]:
        """Of these those of turns that we submitted."""
        return [ask for ask in self.waiting if ask.ours]

    def pending(self) -> list[dict[str, Any]]:
        """As `status --json` and `ask --json` print them."""
        return [
            {"id": ask.id, "kind": ask.kind, "title": "", "permission": ask.permission,
             "command": ask.command, "path": ask.path, "patterns": list(ask.patterns), "always": list(ask.always)}
            | self.facts(ask)
            for ask in self._open.values()
        ]  # fmt: skip
