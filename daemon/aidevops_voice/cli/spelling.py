"""Commands that give the spelling `aidevops voice …`: a function for people's shells, a file for scripts."""

from __future__ import annotations

import json
import os
import shlex
import sys
from argparse import Namespace
from pathlib import Path

from aidevops_voice import control, shim


def shell_init(options: Namespace) -> int:
    """For `eval`: the first word `voice` comes to us, all else to the real `aidevops`."""
    shell = options.shell or Path(os.environ.get("SHELL", "bash")).name
    us = shlex.join(_ourselves())
    if shell == "fish":
        print(_FISH.format(us=us))
    else:
        print(_POSIX.format(us=us))
    return 0


_POSIX = """aidevops() {{
  if [ "${{1-}}" = voice ]; then shift; {us} "$@"; else command aidevops "$@"; fi
}}"""
_FISH = """function aidevops
    if test "$argv[1]" = voice
        set -e argv[1]
        {us} $argv
    else
        command aidevops $argv
    end
end"""


def install_shim(options: Namespace) -> int:
    """Put the file there; what is wrong with its place is told and is no failure."""
    made = shim.install(_folder(options), force=options.force, us=_ourselves())
    if options.json:
        troubles = [{"what": trouble.what, "cure": trouble.cure} for trouble in made.troubles]
        print(json.dumps({"path": str(made.path), "target": str(made.target), "troubles": troubles}))
        return 0
    print(f"Installed: {made.path}")
    for trouble in made.troubles:
        print(f"It {trouble.what}.\n  {control.typed(trouble.cure)}", file=sys.stderr)
    return 0


def remove_shim(options: Namespace) -> int:
    """Take the file away; nothing to remove is fine."""
    removed = shim.remove(_folder(options))
    if options.json:
        print(json.dumps({"removed": [str(path) for path in removed]}))
    else:
        print("\n".join(f"Removed: {path}" for path in removed) or "There is no shim.")
    return 0


def _folder(options: Namespace) -> Path | None:
    return Path(options.dir) if options.dir else None


def _ourselves() -> list[str]:
    """How this very installation is called, on PATH or not."""
    script = Path(sys.argv[0])
    if script.name == "aidevops-voice" and script.is_file():
        return [str(script.absolute())]
    return [sys.executable, "-P", "-m", "aidevops_voice"]
