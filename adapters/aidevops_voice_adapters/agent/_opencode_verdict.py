"""OpenCode's named errors as outcomes of a turn, with words and a cure."""

from __future__ import annotations

from dataclasses import dataclass

from aidevops_voice.errors import AgentError, AgentFailed, AgentLost, AgentUnsafe
from aidevops_voice.ports import Outcome
from aidevops_voice_adapters.agent._opencode_wire import Failure, Message

_LOST = "The server of the coding agent stopped in the middle of the work."


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a turn ended."""

    outcome: Outcome
    error: AgentError | None = None
    denied: bool = False


STOPPED = Verdict("stopped")


def of_answer(last: Message, failure: Failure | None, *, stopping: bool) -> Verdict:
    """By the last answer, and the failure that was told beside it."""
    error = last.error or (failure if not last.finish else None)
    if error is not None:
        return _broken(error)
    # An abort while the provider is retried leaves no error; what ends after a tool call was denied it.
    if last.finish is None:
        return STOPPED
    return Verdict("stopped", denied=not stopping) if last.finish == "tool-calls" else Verdict("done")


def unanswered(last: Message | None, failure: Failure | None, *, stopping: bool, merged: bool) -> Verdict:
    """Of prompts that no answer covers; `merged`: others were answered."""
    error = failure or (last.error if last else None)
    if error is not None:
        return _broken(error)
    if stopping:
        return STOPPED
    if merged:
        return Verdict("done")
    if last is not None and not last.final:
        return Verdict("failed", AgentLost(_LOST))
    return Verdict("failed", AgentFailed("The coding agent stopped without an answer."))


def _broken(failure: Failure) -> Verdict:
    return STOPPED if failure.name == "MessageAbortedError" else Verdict("failed", _failed(failure))


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
