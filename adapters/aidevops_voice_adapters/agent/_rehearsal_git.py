"""Whether git only reads here: a repository's own settings can name programs that even `git status` starts."""

from __future__ import annotations

import re

from aidevops_voice_adapters._command import run
from aidevops_voice_adapters.agent._rehearsal_desk import Desk

_STARTING = r"^(filter\..*|remote\..*\.(promisor|uploadpack)|extensions\.partialclone)$"
"""Filters of content, and objects fetched when they are looked at; all else is switched off where commands are run."""
_LOOK_S = 10.0
_DENIED = "I did not look, because this repository's own settings make git start other programs."


async def wary(desk: Desk) -> str:
    """What is told without consent; empty where none is needed.

    Settings of the user or the machine (`git lfs install`) are trusted; a clone brings none along, a copied folder may.
    """
    argv = ["git", "config", "--show-scope", "--name-only", "--get-regexp", _STARTING]
    try:
        found = await run(argv, cwd=desk.project, environ=desk.environ, timeout_s=_LOOK_S)
    except OSError:
        # Without git the command itself fails, and tells so.
        return ""
    return _DENIED if re.search(r"^(?:local|worktree)\s", found.output, re.MULTILINE) else ""
