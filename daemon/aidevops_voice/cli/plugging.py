"""Commands that put our plugin into OpenCode and take it out, and what `doctor` says of it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from aidevops_voice import plugin
from aidevops_voice.errors import NotAProject, PluginBlocked
from aidevops_voice.plugin import Done, Place


def install(options: Namespace) -> int:
    """Write it, or renew it."""
    where = _place(options)
    done = plugin.install(where, autostart=options.autostart)
    told = f"Installed for {_whom(where)}: {where.folder}" if done.changed else f"Nothing to change in {where.folder}"
    return _told(options, where, done, told)


def remove(options: Namespace) -> int:
    """Take it out; nothing to take out is fine."""
    where = _place(options)
    done = plugin.remove(where)
    told = f"Removed from {where.base}" if done.changed else f"There is no plugin in {where.base}"
    return _told(options, where, done, told)


def _told(options: Namespace, where: Place, done: Done, told: str) -> int:
    if options.json:
        facts = {"scope": where.scope, "path": str(where.base), "changed": done.changed, "notes": done.notes}
        print(json.dumps(facts))
        return 0
    print(f"{told}.")
    for note in done.notes:
        print(note, file=sys.stderr)
    if done.changed:
        print("An OpenCode that is open takes it up when it is started again.", file=sys.stderr)
    return 0


def _place(options: Namespace) -> Place:
    project = Path(options.project or Path.cwd()).expanduser()
    if not options.everywhere and not project.is_dir():
        raise NotAProject(f"{project} is not a folder.")
    return plugin.place("global" if options.everywhere else "project", project)


def _whom(where: Place) -> str:
    return "all projects" if where.scope == "global" else str(where.root)


def look(project: Path) -> Iterator[tuple[bool, str, str]]:
    """Whether all is well, what was found, and the cure."""
    places = [plugin.place("project", project), plugin.place("global", project)]
    there = [where for where in places if where.installed]
    for where in there:
        again = "--global" if where.scope == "global" else f"--project {where.root}"
        wished = " --autostart" if plugin.autostart(where) else ""
        cure = f"Run: aidevops-voice plugin install {again}{wished}"
        try:
            trouble = plugin.trouble(where)
        except PluginBlocked as blocked:
            yield False, blocked.message, blocked.cure
            continue
        if trouble:
            yield False, f"{where.folder} {trouble}", cure
        else:
            yield True, f"{where.folder} is of this version" + (", starts the voice with OpenCode" * bool(wished)), ""
    if len(there) == len(places):
        yield False, "installed twice, for this project and for all", "Run: aidevops-voice plugin remove"
    if not there:
        cure = "To talk to the session on OpenCode's own screen, run: aidevops-voice plugin install"
        yield True, "not installed", cure
