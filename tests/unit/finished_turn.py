"""A turn that has ended, and what is said of it."""

from __future__ import annotations

from aidevops_voice.narrator import outcome
from aidevops_voice.ports import FileChange, ToolFinished, TurnEnded


def bash(command: str, output: str = "", exit_code: int = 0) -> ToolFinished:
    """A finished command."""
    return ToolFinished("s", "t", "c", "bash", exit_code == 0, command=command, output=output, exit_code=exit_code)


def edit(path: str) -> ToolFinished:
    """A finished edit."""
    return ToolFinished("s", "t", "c", "edit", True, path=path, files=(FileChange(path),))


def worked(text: str, *tools: ToolFinished, prompt: str = "") -> outcome.Work:
    """What a turn did."""
    work = outcome.Work(prompt=prompt)
    for tool in tools:
        work.add(tool)
    work.text = text
    return work


def told(text: str, *tools: ToolFinished, prompt: str = "") -> list[str]:
    """What is said at the end of a turn."""
    return outcome.tell(worked(text, *tools, prompt=prompt), TurnEnded("s", ("t",), "done"), 80)
