"""What the daemon would make of words and commands, and what it made of the last ones."""

from __future__ import annotations

import json
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aidevops_voice import paths
from aidevops_voice.errors import BadValue

_HEARD, _CONSENTS = 10, 5
"""That are shown, the last ones."""
_FILES = 3
"""Journals that are read, the newest."""
_KINDS: Mapping[str, tuple[type, ...]] = {
    "id": (str,), "kind": (str,), "permission": (str,), "command": (str,), "path": (str,), "patterns": (list,),
    "always": (list,), "challenge": (list,), "options": (list,), "asked_s_ago": (int, float), "heard_to_end": (bool,),
    "bot_speaking": (bool,), "bot_silent_ms": (int, float), "bot_last_said": (str,), "stt_trusted": (bool,),
    "source": (str,), "question": (str,), "multiple": (bool,),
}  # fmt: skip
_CHOICES = {"kind": ("permission", "question"), "source": ("voice", "typed")}


def pending(text: str, file: str) -> dict[str, Any]:
    """The request of `hear --pending`; raises BadValue."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadValue(f"{file} is not JSON.") from error
    if not isinstance(found, dict):
        raise BadValue(f"{file} holds no JSON object.")
    for name, value in found.items():
        _check(file, name, value)
    return found


def _check(file: str, name: str, value: Any) -> None:
    if value is None or name not in _KINDS:
        return
    wanted = _KINDS[name]
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        raise BadValue(f"{file}: {name} must be {' or '.join(each.__name__ for each in wanted)}.")
    if name in _CHOICES and value not in _CHOICES[name]:
        raise BadValue(f"{file}: {name} must be {' or '.join(_CHOICES[name])}.")


def risk(options: Namespace) -> int:
    """The class of a command, why, and how it would be read back."""
    from aidevops_voice import risk as classes
    from aidevops_voice.consent.appraisal import appraise
    from aidevops_voice.consent.surroundings import counted
    from aidevops_voice.languages import named
    from aidevops_voice.ports import Ask

    command = " ".join(options.text)
    if not command.strip():
        raise BadValue("There is no command.", cure="Give one: aidevops-voice risk 'rm -rf build'")
    project = str(Path(options.project or Path.cwd()).expanduser().resolve())
    ask = Ask("", "", "permission", "bash", command)
    found = counted(appraise(ask, project), ask, project).risk
    print(json.dumps(classes.as_dict(found, named("en"))) if options.json else classes.as_text(found, named("en")))
    return 0


# --- why ----------------------------------------------------------------------------------------------------------


def why(options: Namespace) -> int:
    """What was heard last and what became of it; the last requests, and why they were decided so."""
    found = _found(paths.journal_dir(paths.state_dir()))
    if options.json:
        print(json.dumps(found))
        return 0
    if not found["heard"] and not found["consents"]:
        print("Nothing was heard or asked yet.")
    for each in found["heard"]:
        print(f"{_clock(each['at'])} heard {each['text']!r}: {each['understood']}" + _because(each["why"]))
    for each in found["consents"]:
        what = each["read_back"] or each["command"] or each["path"] or each["kind"]
        print(f"{_clock(each['at'])} asked {what!r}, {each['risk']}")
        for said in each["heard"]:
            print(f"{'':10} heard {said['text']!r}: {said['verdict']}" + _because(said["reason"]))
        print(f"{'':10} {each['decision'] or 'open'}" + _because(each["reason"]))
    return 0


def _because(reason: str) -> str:
    return f", because {reason}" if reason else ""


def _clock(at: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(at))


def _found(folder: Path) -> dict[str, Any]:
    heard: list[dict[str, Any]] = []
    asked: dict[str, dict[str, Any]] = {}
    commands: dict[str, dict[str, Any]] = {}
    for entry in _entries(folder):
        match entry.get("what"):
            case "heard":
                heard.append({name: entry.get(name, "") for name in ("at", "text", "source", "understood", "why")})
            case "ask":
                commands[str(entry.get("ask"))] = entry
            case "consent":
                _step(asked, commands, entry)
            case _:
                pass
    return {"heard": heard[-_HEARD:], "consents": list(asked.values())[-_CONSENTS:]}


def _step(asked: dict[str, dict[str, Any]], commands: Mapping[str, Mapping[str, Any]], entry: dict[str, Any]) -> None:
    """One step in the life of a request."""
    id_, step = str(entry.get("ask")), entry.get("step")
    if step == "opened":
        asked.pop(id_, None)
    one = asked.setdefault(id_, {
        "id": id_, "at": entry.get("at", 0.0), "risk": "", "kind": "", "command": "", "path": "", "read_back": "",
        "heard": [], "decision": "", "by": "", "reason": "",
    })  # fmt: skip
    told = commands.get(id_, {})
    one.update(command=str(told.get("command") or ""), path=str(told.get("path") or ""))
    match step:
        case "opened":
            one.update(risk=entry.get("risk", ""), kind=entry.get("kind", ""))
        case "asked":
            one.update(read_back=entry.get("read_back", ""))
        case "heard":
            one["heard"].append({"text": entry.get("heard", ""), "verdict": entry.get("verdict", ""),
                                 "reason": entry.get("reason", "")})  # fmt: skip
        case "decided":
            one.update({name: entry.get(name, "") for name in ("decision", "by", "reason")})
        case "closed" if not one["decision"]:
            one.update(decision=entry.get("decision", ""), reason="it was answered elsewhere, or fell")
        case _:
            pass


def _entries(folder: Path) -> Iterator[dict[str, Any]]:
    from aidevops_voice import journal

    for file in sorted(folder.glob("**/*.jsonl"), key=lambda file: file.name)[-_FILES:]:
        yield from journal.entries(file, journal.RECENT_BYTES)
