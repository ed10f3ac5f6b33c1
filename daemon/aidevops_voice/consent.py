"""A request and what was said about it -> deny, or still open; and the request as it is read aloud.

A spoken yes allows nothing: only a click or a key does. A denial acts at once, for a false one costs little.
"""

from __future__ import annotations

import re
from typing import Literal

from aidevops_voice.ports import Ask
from aidevops_voice.speakable import count, file_name, render, sentence, shortened

Verdict = Literal["allow", "always", "deny", "unclear"]

_DENY = re.compile(
    r"\b(?:no|nope|nah|don'?t|do not|never|deny|denied|reject|refuse|forbid|cancel|stop|not|disallow|decline)\b"
)
_DENY_FIRST = re.compile(r"^(?:no|nope|don'?t|do not|deny|reject|refuse|cancel|stop|never)\b")
_SOUNDS_LIKE_NO = frozenset({"know", "now", "nor", "noe", "knows"})
"""Alone, from a recogniser; taking one for a denial costs little."""
_YES = re.compile(r"^(?:yes|yeah|yep|sure|ok|okay|allow|allowed|go ahead|do it|permission granted|approve|always)\b")
_ALWAYS = re.compile(r"\balways\b")
_SHORT = 6
"""Words; a denial inside a longer utterance belongs to something else."""


def judge(said: str) -> Verdict:
    """What an utterance says about a pending permission; a deny anywhere wins, doubt is `unclear`."""
    words = said.lower().replace("’", "'").strip(" .,!?")
    if words in _SOUNDS_LIKE_NO or _DENY_FIRST.search(words) or (len(words.split()) <= _SHORT and _DENY.search(words)):
        return "deny"
    if len(words.split()) <= _SHORT and _YES.search(words) and not said.rstrip().endswith("?"):
        return "always" if _ALWAYS.search(words) else "allow"
    return "unclear"


def title(ask: Ask) -> str:
    """What is asked, in words, as parsed by us."""
    if ask.kind == "question":
        return " ".join(_question(q.text) for q in ask.questions) or "The agent has a question."
    who = f"The subagent {render(ask.child)} wants to" if ask.child else "The agent wants to"
    return f"{who} {_action(ask)}."


def read_back(ask: Ask) -> list[str]:
    """The sentences that are spoken for a request, the last one says how to answer."""
    if not ask.ours:
        return [title(ask), "It was started elsewhere, so answer it there."]
    if ask.kind == "question":
        return [title(ask), *_options(ask), "Choose on the page, or type the answer."]
    return [title(ask), "Press Y or click to allow it, or say no."]


def _action(ask: Ask) -> str:
    match ask.permission:
        case "bash":
            return f"run {spoken_command(ask.command)}"
        case "edit" | "write" | "patch":
            return f"edit {_files(ask)}"
        case "delete":
            return f"delete {_files(ask)}"
        case "external_directory":
            return f"use a folder outside the project, {_files(ask)}"
        case "webfetch":
            return f"fetch a page from {render(ask.command or (ask.patterns[0] if ask.patterns else '')) or 'the web'}"
        case _:
            return f"use {render(ask.permission) or 'a tool'}"


def spoken_command(command: str) -> str:
    """A shell command short enough for the ear; a long one is only named, for the page shows it."""
    first, *more = [line for line in command.strip().splitlines() if line.strip()] or [""]
    words = render(first)
    if not words:
        return "a command that is shown on the page"
    if more or len(words.split()) > 14 or any(sign in first for sign in "|;`$<>&"):
        program = render(first.split()[0])
        return f"a longer command that begins with {shortened(program, 3)}, see the page"
    return f"the command {words}"


def _files(ask: Ask) -> str:
    names = [ask.path] if ask.path else list(ask.patterns)
    if len(names) > 2:
        return count(len(names), "file")
    return " and ".join(filter(None, (file_name(name) for name in names))) or "files"


def _question(text: str) -> str:
    said = sentence(text)
    return said if said.endswith("?") else said.rstrip(".") + "?"


def _options(ask: Ask) -> list[str]:
    labels = [render(option.label) for question in ask.questions[:1] for option in question.options[:6]]
    if not labels:
        return []
    return ["The choices are, " + ", ".join(f"{n}, {label}" for n, label in enumerate(labels, 1)) + "."]
