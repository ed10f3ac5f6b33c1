"""OpenCode's named errors as outcomes of a turn, with words and a cure."""

from __future__ import annotations

from aidevops_voice.errors import AgentError, AgentFailed, AgentUnsafe
from aidevops_voice.ports import Outcome
from aidevops_voice_adapters.agent._opencode_wire import Failure


def verdict(failure: Failure) -> tuple[Outcome, AgentError | None]:
    """How a turn ended that broke in this way."""
    if failure.name == "MessageAbortedError":
        return "stopped", None
    return "failed", _failed(failure)


def _failed(failure: Failure) -> AgentFailed:
    message = (failure.message or failure.name)[:300]
    match failure.data.get("statusCode"):
        case 401 | 403:
            spoken, cure = "The model provider refuses the key.", "Log in again with: opencode auth login"
        case 429:
            spoken, cure = "The model provider says the limit is reached.", "Wait, or choose another model."
        case _:
            spoken, cure = "", "Ask again, or choose another model in OpenCode."
    return AgentFailed(message, cure=cure, spoken=spoken)


def unasked(tool: str) -> AgentUnsafe:
    """The warning that a command or change was not asked for."""
    return AgentUnsafe(
        f"The tool {tool} ran in this session without asking.",
        cure="Start a new session, or set `permission` to `ask` in OpenCode's configuration.",
    )
