"""Heard text -> a command, a denial, a prompt, a draft, or nothing; pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from aidevops_voice.consent import reading
from aidevops_voice.languages import languages, named
from aidevops_voice.ports import Command, Heard

_FORMS = {Command.HUSH: 8, Command.STOP_AGENT: 8, Command.REPEAT: 8}
_OTHER_FORMS = 2
"""Of each command, those written first in the table."""
SPOKEN = tuple(
    dict.fromkeys(
        phrase
        for name, phrases in named("en").commands.items()
        for phrase in phrases[: _FORMS.get(Command(name), _OTHER_FORMS)]
    )
)
"""What a recogniser is told to listen for: each phrase more makes a small one worse, so English alone, and few."""

_NOT_WORDS = re.compile(r"[^\w\s']+")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_ECHO_MS = 600
"""Milliseconds after the bot's last sound in which its own words may still come back."""
_STOP = frozenset({"stop", "para", "basta"})
"""Stops the voice, and denies while a permission is asked."""
_SMALL_TALK = frozenset(Command) - {Command.HUSH, Command.STOP_AGENT, Command.SEND, Command.DISCARD}
"""Commands that a request waiting for its answer goes before: `not so fast` denies it."""
_REPLY = 3
"""Words; a longer typed text, or guess, is a prompt and not a reply to the pending request."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the conversation is waiting for."""

    permission: bool = False
    """A permission of ours is pending."""
    question: bool = False
    draft: bool = False
    """A guess was read back and waits for `send it`."""
    confirm_guesses: bool = True
    """The agent is a real one: what was only guessed is confirmed first."""


@dataclass(frozen=True, slots=True)
class Act:
    """Do it here and now."""

    command: Command


@dataclass(frozen=True, slots=True)
class Prompt:
    """Send it to the agent."""

    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Read it back and wait for the user to send it."""

    text: str


@dataclass(frozen=True, slots=True)
class Deny:
    """The pending permission is denied."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Tell the user why this does nothing."""

    key: str
    """Of the phrase to say."""
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Not meant for us."""

    reason: str


Understood = Act | Prompt | Draft | Deny | Hint | Ignored


def normal(text: str) -> str:
    """Lower case, no punctuation or accents, single spaces, without politeness around it."""
    words = _bare(text)
    return _polite().sub("", words).strip() or words


def command(text: str) -> Command | None:
    """The command that the whole utterance is, in any language that has a table."""
    return _by_phrase().get(normal(text)) or _by_phrase().get(_bare(text))


def _bare(text: str) -> str:
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text.lower().replace("’", "'")))
    return " ".join(_NOT_WORDS.sub(" ", plain).split())


@cache
def _by_phrase() -> dict[str, Command]:
    tables = [table for language in reversed(list(languages().values())) for table in language.commands.items()]
    return {_bare(phrase): Command(name) for name, phrases in tables for phrase in phrases}


@cache
def _polite() -> re.Pattern[str]:
    around = "|".join(re.escape(_bare(words)) for language in languages().values() for words in language.polite)
    return re.compile(rf"^(?:(?:{around}) )+|(?: (?:{around}))+$")


def understand(heard: Heard, situation: Situation) -> Understood:
    """What to do with one final utterance."""
    if not normal(heard.text):
        return Hint("notices.not_caught", "nothing recognised") if heard.source == "voice" else Ignored("empty")
    if heard.source == "voice" and is_echo(heard):
        return Ignored("the voice's own words")
    known = command(heard.text)
    if known in (Command.SEND, Command.DISCARD) and not situation.draft:
        return Hint("notices.nothing_to_send", "no draft") if known is Command.SEND else Ignored("no draft")
    if situation.permission and known is Command.HUSH and _bare(heard.text) in _STOP:
        return Deny("said stop")
    if situation.permission and known in _SMALL_TALK and reading.judge(heard.text) == "deny":
        return Deny("sounds like a no")
    if situation.permission and known is None:
        return _about_permission(heard) or _unsure(heard) or _prompt(heard, situation)
    if situation.question and known is None and heard.source == "voice":
        return Hint("notices.choose", "a question is open")
    return Act(known) if known else _prompt(heard, situation)


def _about_permission(heard: Heard) -> Understood | None:
    if heard.source == "typed" and len(heard.text.split()) > _REPLY:
        return None
    match reading.judge(heard.text):
        case "deny":
            return Deny("said no")
        case "allow" | "always":
            return Hint("notices.no_spoken_yes", "only a click or key allows")
        case _:
            return None


def _unsure(heard: Heard) -> Understood | None:
    """A short guess while a request waits was most likely meant as an answer to it."""
    if heard.certain or heard.trusted or heard.source == "typed" or len(heard.text.split()) > _REPLY:
        return None
    return Hint("notices.unsure", "too unsure to be an answer")


def _prompt(heard: Heard, situation: Situation) -> Understood:
    if heard.source == "typed" or heard.certain or heard.trusted or not situation.confirm_guesses:
        return Prompt(heard.text.strip())
    return Draft(heard.text.strip())


def is_echo(heard: Heard) -> bool:
    """Whether the words are a run of what the bot is saying or has just said."""
    recent = heard.bot_speaking or (heard.bot_silent_ms is not None and heard.bot_silent_ms < _ECHO_MS)
    words, said = normal(heard.text), normal(heard.bot_last_said)
    return recent and bool(words) and f" {words} " in f" {said} "


# --- `aidevops-voice hear` --------------------------------------------------------------------------------------


def explain(text: str, pending: dict[str, Any] | None) -> dict[str, Any]:
    """How an utterance would be understood, as `hear --json` prints it; absent facts take the careful value."""
    facts = pending or {}
    permission = facts.get("kind") == "permission"
    heard = Heard(
        text,
        source="typed" if facts.get("source") == "typed" else "voice",
        trusted=bool(facts.get("stt_trusted")),
        certain=pending is None or bool(facts.get("stt_trusted")),
        bot_speaking=bool(facts.get("bot_speaking")),
        bot_silent_ms=facts.get("bot_silent_ms"),
        bot_last_said=str(facts.get("bot_last_said", "")),
    )
    situation = Situation(permission=permission, question=facts.get("kind") == "question", draft=pending is None)
    said: dict[str, Any] = {"kind": "", "command": None, "text": text, "repairs": [], "consent": None, "reason": ""}
    return said | _explained(understand(heard, situation), permission)


def _explained(understood: Understood, permission: bool) -> dict[str, Any]:
    match understood:
        case Act(known):
            return {"kind": "command", "command": known.value, "reason": "the whole utterance is a command"}
        case Deny(reason):
            return {"kind": "consent", "consent": "deny", "reason": reason}
        case Hint(_, reason):
            return {"kind": "consent" if permission else "ignored", "consent": "unclear" if permission else None,
                    "reason": reason}  # fmt: skip
        case Ignored(reason):
            return {"kind": "ignored", "reason": reason}
        case Draft() | Prompt():
            return {"kind": "prompt", "reason": "not a command"}
