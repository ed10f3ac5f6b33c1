"""All sessions and projects as `status` and the page show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from aidevops_voice.switchboard.place import Place, Project


def overview(
    places: Sequence[Place], focus: Place, projects: Sequence[Project], redact: Callable[[str], str]
) -> dict[str, Any]:
    """The status of the session in focus, and what there is beside it."""
    every = [(place, place.conversation.status()) for place in places]
    return {
        **next(status for place, status in every if place is focus),
        "session_title": redact(focus.title),
        "turns": sum(status["turns"] for _, status in every),
        "pending": [{**ask, "session": place.session or ""} for place, status in every for ask in status["pending"]],
        "sessions": [_row(place, status, focus, redact) for place, status in every],
        "project": str(focus.project.folder),
        "projects": [str(project.folder) for project in projects],
    }


def _row(place: Place, status: dict[str, Any], focus: Place, redact: Callable[[str], str]) -> dict[str, Any]:
    return {
        "id": place.session or "",
        "title": redact(place.title),
        "project": str(place.project.folder),
        "focus": place is focus,
        "agent_state": status["agent_state"],
        "pending": len(status["pending"]),
    }
