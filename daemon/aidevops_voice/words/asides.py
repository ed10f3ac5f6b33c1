"""What a sentence shows beside what it says, which an ear does without: bare numbers, commands, a name again; pure."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language

_NUMBERS = re.compile(r"(?<=[0-9]) \(#?[0-9]{1,9}(?:(?:,? (?:and|or|y|o|&) |, ?)#?[0-9]{1,9}){1,40}\)")
"""`level 12 (17, 203 and 388)`"""
_COMMANDS = (
    r"git|gh|npm|npx|yarn|pnpm|pip3?|uv|python3?|node|deno|bun|cargo|go|make|cmake|docker|kubectl|helm|terraform|ansible"
    r"|systemctl|journalctl|service|ssh|scp|curl|wget|rsync|brew|apt|apt-get|bundle|rails|php|composer|mvn|gradle"
    r"|pytest|tox|psql|sqlite3|mysql|redis-cli|crontab|chmod|chown|ls|cat|grep|find|sed|awk|tar|sudo"
)
_COMMAND = re.compile(rf" \(`(?P<command>(?:\$ )?(?:\.{{1,2}}/\S+|(?:{_COMMANDS})) [^`\n]{{1,300}})`\)")
_TAG = re.compile(r"<([A-Za-z][\w-]*)[^`\n]*>")
_SHOWN = re.compile(r":\s*`(?P<code>[^`\n]{1,200})`(?=\W*$)")
_NAME = re.compile(r"[^\W_]+")


def without(text: str, language: Language) -> str:
    """A line without them; a command that may destroy something stays."""
    if " (" in text:
        gone = language.marks["gone"]
        text = _COMMAND.sub(lambda m: m.group() if gone.search(m["command"]) else "", _NUMBERS.sub("", text))
    shown = _SHOWN.search(text) if text.rstrip(" .*_")[-1:] == "`" else None
    if shown and _told(shown["code"], text[: shown.start()]):
        return text[: shown.start()] + text[shown.end() :]
    return text


def _told(code: str, before: str) -> bool:
    """Whether the name in it stands before it."""
    tag = _TAG.match(code)
    names = _NAME.findall((tag[1] if tag else code).lower())
    return bool(names) and set(names) <= set(_NAME.findall(before[-120:].lower()))
