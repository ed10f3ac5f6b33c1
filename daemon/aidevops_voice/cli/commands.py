"""What each command does; anything heavy is imported inside the one command that needs it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from aidevops_voice import control, desktop, launch, paths
from aidevops_voice.cli import judging
from aidevops_voice.errors import BadRequest, BadValue, MissingProgram, NotRunning
from aidevops_voice.launch import Wanted

OK, FAILED, NEEDS_YOU = 0, 1, 4


def _say(text: str) -> None:
    """Progress and remarks never stand on stdout."""
    print(text, file=sys.stderr, flush=True)


def _print_json(content: Any) -> int:
    print(json.dumps(content))
    return OK


def _call(method: str, path: str, body: Any = None, timeout: float | None = 30.0) -> Any:
    return control.request(control.connect(paths.state_dir()), method, path, body, timeout)


# --- life -------------------------------------------------------------------------------------------------------


def start(options: Namespace) -> int:
    """Start, or join the daemon of the same project."""
    state = paths.state_dir()
    wanted = _wanted(options)
    if options.foreground and not control.is_locked(state):
        launch.run_here(wanted, state, as_json=options.json, browser=desktop.wanted(options))
    return _announce(launch.start(wanted, state, _say), state, options)


def _announce(facts: dict[str, Any], state: Path, options: Namespace) -> int:
    print(launch.announcement(facts, options.json))
    if facts["open_browser"] and desktop.wanted(options):
        desktop.show(facts["login_url"], state)
    return OK


def _wanted(options: Namespace) -> Wanted:
    names = ("profile", "agent", "opencode", "session", "host", "port", "offline")
    project = Path(options.project or Path.cwd()).expanduser()
    config = Path(options.config).expanduser().absolute() if options.config else None
    said = {name: getattr(options, name) for name in names}
    return Wanted(project=str(project.resolve()), config=str(config) if config else None, **said)


def stop(options: Namespace) -> int:
    """Stop; nothing to stop is fine."""
    stopped = control.stop(paths.state_dir())
    if options.json:
        return _print_json({"stopped": stopped})
    print("Stopped." if stopped else "Nothing is running.")
    return OK


def restart(options: Namespace) -> int:
    """Stop and start with what the last start was given, unless said otherwise now."""
    state = paths.state_dir()
    last = launch.last_start(state)
    asked = _wanted(options)
    wanted = asked if last is None else launch.merged(last, asked, project_said=options.project is not None)
    control.stop(state)
    return _announce(launch.start(wanted, state, _say), state, options)


def status(options: Namespace) -> int:
    """What runs."""
    facts = _call("GET", "/api/status")
    if options.json:
        return _print_json(facts)
    for name in ("state", "url", "pid", "project", "profile", "agent", "agent_state", "clients", "turns"):
        print(f"{name:12} {facts[name]}")
    print(f"{'session':12} {control.session_id(facts) or '(none yet)'}")
    for row in facts["sessions"] if len(facts["sessions"]) > 1 else ():
        mark = "*" if row["focus"] else " "
        print(f"{'':10}{mark} {row['agent_state']:9} {row['title'] or '(new session)'} [{row['id']}] {row['project']}")
    for ask in facts["pending"]:
        print(f"{'waits':12} {ask['id']}: {ask.get('title', '')}")
    for trouble in facts["degraded"]:
        print(f"{'degraded':12} {control.trouble_line(trouble)}")
    return OK


def open_page(options: Namespace) -> int:
    """A fresh link."""
    state = paths.state_dir()
    link = _call("POST", "/api/ticket", {})
    if options.json:
        return _print_json({"login_url": link["login_url"]})
    print(link["login_url"])
    if desktop.present():
        desktop.show(link["login_url"], state)
    return OK


def attach(options: Namespace) -> int:
    """Become `opencode attach`; the password goes by environment."""
    told = _call("GET", "/api/attach")
    program = shutil.which(told["argv"][0])
    if program is None:
        raise MissingProgram(f"{told['argv'][0]} is not on PATH.", cure="Install it with: npm install -g opencode-ai")
    os.execve(program, told["argv"], {**os.environ, **told["env"]})


# --- turns ------------------------------------------------------------------------------------------------------


def ask(options: Namespace) -> int:
    """One typed turn to its end, however long it takes."""
    told = _call("POST", "/api/ask", {"text": " ".join(options.text)}, timeout=None)
    if options.json:
        _print_json(told)
    else:
        print("\n".join(told["spoken"]))
        for pending in told["pending"]:
            _say(f"Answer with: {control.program()} answer {pending['id']} allow|always|deny")
    return {"done": OK, "needs_you": NEEDS_YOU}.get(told["outcome"], FAILED)


def answer(options: Namespace) -> int:
    """A decision, or words for a question."""
    words = " ".join(options.reply)
    if words in ("allow", "always", "deny"):
        body: dict[str, Any] = {"id": options.id, "reply": words}
    else:
        _check_question(options.id)
        body = {"id": options.id, "reply": "allow", "answers": [[words]]}
    _call("POST", "/api/answer", body)
    return _print_json({"ok": True}) if options.json else OK


def _check_question(ask_id: str) -> None:
    """Words may answer a question; for a permission a typing mistake must not become a yes."""
    for pending in _call("GET", "/api/status")["pending"]:
        if pending["id"] == ask_id and pending["kind"] != "question":
            raise BadValue("This request takes allow, always or deny.", cure="Nothing was answered; say it again.")


def hush(options: Namespace) -> int:
    """Stop the voice."""
    _call("POST", "/api/hush", {})
    return _print_json({"ok": True}) if options.json else OK


def stop_agent(options: Namespace) -> int:
    """Stop the work."""
    _call("POST", "/api/stop", {"session": options.session} if options.session else {})
    return _print_json({"ok": True}) if options.json else OK


# --- without a daemon -------------------------------------------------------------------------------------------


def narrate(options: Namespace) -> int:
    """Spoken words of an answer or of a list of events."""
    from aidevops_voice.narrator import narrated

    if options.events:
        told = narrated.narrate_events(_read(options.events).splitlines())
    else:
        told = narrated.narrate_text(_read(options.file))
    if options.json:
        return _print_json(told.as_dict())
    print("\n".join(told.spoken))
    return OK


def hear(options: Namespace) -> int:
    """How words are understood."""
    from aidevops_voice import listener

    understood = listener.explain(" ".join(options.text), _pending(options.pending))
    if options.json:
        return _print_json(understood)
    for name, value in understood.items():
        if value not in (None, "", []):
            print(f"{name:8} {value}")
    return OK


def _pending(file: str | None) -> dict[str, Any] | None:
    return None if file is None else judging.pending(_read(file), file)


def _read(file: str | None) -> str:
    """Whatever stands there; broken UTF-8 is shown as such instead of being refused."""
    try:
        content = sys.stdin.buffer.read() if file in (None, "-") else Path(str(file)).read_bytes()
    except OSError as error:
        raise BadRequest(f"{file} cannot be read ({error.strerror}).", cure="Check the name of the file.") from error
    return content.decode("utf-8", "replace")


# --- looking ----------------------------------------------------------------------------------------------------


def profiles(options: Namespace) -> int:
    """What is there and what is missing."""
    from aidevops_voice.cli import checkup

    found = checkup.profiles(_wanted_for_look(options))
    if options.json:
        return _print_json(found)
    for profile in found:
        print(f"{profile['name']:12} {'ready' if profile['ready'] else 'not ready':10} {profile['why']}")
        for lack in profile["missing"]:
            print(f"{'':12} {lack['what']}: {control.typed(lack['cure'])}")
    return OK


def doctor(options: Namespace) -> int:
    """Check this machine."""
    from aidevops_voice.cli import checkup

    found = checkup.examine(_wanted_for_look(options))
    if options.json:
        _print_json([check.as_dict() for check in found])
    else:
        for check in found:
            cure = f"\n{'':27} {control.typed(check.cure)}" if check.cure else ""
            print(f"{check.mark:8} {check.what:18} {check.found}{cure}")
    return FAILED if any(check.mark == "missing" for check in found) else OK


def _wanted_for_look(options: Namespace) -> Wanted:
    project = Path(options.project or Path.cwd()).expanduser()
    return Wanted(project=str(project.absolute()), config=options.config)


def logs(options: Namespace) -> int:
    """The log, and what is added to it."""
    file = paths.log_file(paths.state_dir())
    if not file.exists():
        raise NotRunning("There is no log yet.")
    for block in _grow(file, options.follow):
        sys.stdout.buffer.write(block)
        sys.stdout.buffer.flush()
    return OK


def _grow(file: Path, follow: bool) -> Iterator[bytes]:
    log: BinaryIO = file.open("rb")
    try:
        while True:
            while block := log.read(64 * 1024):
                yield block
            if not follow:
                return
            time.sleep(0.2)
            if file.exists() and file.stat().st_ino != os.fstat(log.fileno()).st_ino:
                # The log was rotated.
                log.close()
                log = file.open("rb")
    finally:
        log.close()
