"""The numbers of a running daemon as Prometheus text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_METERS = (
    ("up_seconds", "gauge", "Seconds since the start."),
    ("clients", "gauge", "Pages that hear and are heard."),
    ("turns_total", "counter", "Requests given to the agent."),
    ("waiting_requests", "gauge", "Requests of the agent that wait for the user."),
    ("waiting_callers", "gauge", "Callers that wait for the end of a turn."),
    ("reply_latency_ms", "gauge", "Median of end of speech to first sound; absent before the first."),
    ("events_total", "counter", "Events shown to the page."),
    ("loop_stalls_total", "counter", "Times the event loop was held for over 100 ms."),
    ("loop_longest_stall_ms", "gauge", "Longest of them."),
)


def prometheus(values: Mapping[str, float | None]) -> str:
    """Exposition format 0.0.4; a value of None is left out."""
    lines: list[str] = []
    for name, kind, help_ in _METERS:
        value = values[name]
        if value is not None:
            full = f"aidevops_voice_{name}"
            lines += [f"# HELP {full} {help_}", f"# TYPE {full} {kind}", f"{full} {value:g}"]
    return "\n".join(lines) + "\n"


def measured(status: Mapping[str, Any], **more: float) -> dict[str, float | None]:
    """The meters that `status` holds, and the others."""
    return {
        "up_seconds": status["uptime_s"],
        "clients": status["clients"],
        "turns_total": status["turns"],
        "waiting_requests": len(status["pending"]),
        "reply_latency_ms": status["latency_ms"],
        **more,
    }
