"""Heard text -> a command, a denial, a prompt, a draft, or nothing; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from aidevops_voice import whereabouts
from aidevops_voice.consent import assent, pending as pendings
from aidevops_voice.floor import endings, phantoms, steering
from aidevops_voice.floor.endings import Ending
from aidevops_voice.floor.plain import bare
from aidevops_voice.languages import languages, named
from aidevops_voice.ports import Command, Heard

_FORMS = {
    Command.HUSH: 8, Command.STOP_AGENT: 8, Command.REPEAT: 8, Command.WHICH_PROJECT: 1, Command.WHICH_SESSION: 1,
    Command.SESSIONS: 1, Command.NEW_SESSION: 1, Command.RUNNING: 1, Command.NEXT_WAITING: 1,
}  # fmt: skip
WAYS = ("switch to the last one", *(f"switch to number {number}" for number in ("one", "two", "three")))
"""Wishes to go to another session that a recogniser is told as well."""
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

_COUGH_S = 0.8
"""Seconds of voice; shorter, and without words, it was no speech."""
_ECHO_MS = 600
"""Milliseconds after the bot's last sound in which its own words may still come back."""
_REPLY = 3
"""Words; a longer typed text, or guess, is a prompt and not a reply to the pending request."""


@dataclass(frozen=True, slots=True)
class Around:
    """What there is beside this conversation."""

    names: tuple[str, ...] = ()
    """Other sessions by title, other projects by name."""
    offered: tuple[str, ...] = ()
    """Titles that were just read out to choose from."""
    asked: bool = False
    """What was said last is a request of another session."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What the conversation is waiting for."""

    permission: bool = False
    question: bool = False
    draft: bool = False
    """A guess was read back and waits for `send it`."""
    confirm_guesses: bool = True
    """The agent is a real one: what was only guessed is confirmed first."""
    running: bool = False
    """The agent works on something."""
    around: Around = Around()


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
class Hint:
    """Tell the user why this does nothing."""

    key: str
    """Of the phrase to say."""
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Not meant for us."""

    reason: str


@dataclass(frozen=True, slots=True)
class SwitchTo:
    """Talk to another session or project."""

    wish: whereabouts.Wish


@dataclass(frozen=True, slots=True)
class Steer:
    """Send it into what the agent is doing."""

    text: str


Understood = Steer | Act | SwitchTo | Prompt | Draft | Hint | Ignored


def normal(text: str) -> str:
    """Lower case, no punctuation or accents, single spaces, without politeness around it."""
    words = bare(text)
    return _polite().sub("", words).strip() or words


def command(text: str) -> Command | None:
    """The command that the whole utterance is, once or several times, in any language that has a table."""
    table = _by_phrase()
    return table.get(normal(text)) or table.get(bare(text)) or table.get(bare(phantoms.collapsed(text)))


@cache
def _by_phrase() -> dict[str, Command]:
    tables = [table for language in reversed(list(languages().values())) for table in language.commands.items()]
    return {bare(phrase): Command(name) for name, phrases in tables for phrase in phrases}


@cache
def _polite() -> re.Pattern[str]:
    around = "|".join(re.escape(bare(words)) for language in languages().values() for words in language.polite)
    return re.compile(rf"^(?:(?:{around}) )+|(?: (?:{around}))+$")


def understand(heard: Heard, situation: Situation) -> Understood:
    """What to do with one final utterance."""
    if not normal(heard.text):
        return _wordless(heard)
    known = command(heard.text)
    if heard.source == "voice" and (reason := _noise(heard, situation, known)):
        return Ignored(reason)
    if known is None and (elsewhere := _elsewhere(heard, situation)):
        return elsewhere
    if known in (Command.SEND, Command.DISCARD) and not situation.draft:
        return Hint("notices.nothing_to_send", "no draft") if known is Command.SEND else Ignored("no draft")
    return Act(known) if known else _prompt(heard, situation)


def _wordless(heard: Heard) -> Understood:
    """Said too softly, or no speech at all: a cough, a door."""
    if heard.source == "typed":
        return Ignored("empty")
    if heard.bot_speaking or _short(heard):
        return Ignored("a noise, no words")
    return Hint("notices.not_caught", "nothing recognised")


def _short(heard: Heard) -> bool:
    """Too short for a request."""
    return heard.began is not None and heard.ended is not None and heard.ended - heard.began < _COUGH_S


def _noise(heard: Heard, situation: Situation, known: Command | None) -> str:
    """Why it is not meant for us though there are words, else empty."""
    awaited = situation.permission or situation.question or situation.draft
    if is_echo(heard):
        return "the voice's own words"
    if known in (None, Command.GOODBYE) and (reason := phantoms.phantom(heard, awaited=awaited)):
        return reason
    if known or situation.permission or situation.question:
        return ""
    if phantoms.along(heard) and not situation.draft:
        return "only said along"
    if heard.bot_speaking and not heard.certain and _short(heard) and len(heard.text.split()) == 1:
        return "a short sound over the voice, taken for a word"
    return "asked for a moment" if endings.asks_for_time(heard.text) else ""


def _elsewhere(heard: Heard, situation: Situation) -> SwitchTo | Hint | None:
    """A wish to go somewhere: certain by its words, or because there is such a place."""
    said, around = normal(heard.text), situation.around
    wish = whereabouts.wish(said)
    if wish and (wish.sure or whereabouts.matching(wish.name, around.names)):
        return SwitchTo(wish)
    number = whereabouts.place(wish.name if wish else said)
    if around.offered and (number or whereabouts.matching(said, around.offered)):
        return SwitchTo(whereabouts.Wish(str(number) if number else said))
    if around.asked and not (situation.permission or situation.question) and len(said.split()) <= _REPLY:
        return Hint("notices.elsewhere", "the request is in another session") if assent.answers(heard.text) else None
    return None


def _prompt(heard: Heard, situation: Situation) -> Understood:
    if heard.source == "typed" or heard.certain or heard.trusted or not situation.confirm_guesses:
        steer = situation.running and steering.steers(heard.text)
        return Steer(heard.text.strip()) if steer else Prompt(heard.text.strip())
    return Draft(heard.text.strip())


def is_echo(heard: Heard) -> bool:
    """Whether the words are a run of what the bot is saying or has just said."""
    recent = heard.bot_speaking or (heard.bot_silent_ms is not None and heard.bot_silent_ms < _ECHO_MS)
    words, said = normal(heard.text), normal(heard.bot_last_said)
    return recent and bool(words) and f" {words} " in f" {said} "


# --- `aidevops-voice hear` --------------------------------------------------------------------------------------


def explain(text: str, pending: dict[str, Any] | None) -> dict[str, Any]:
    """How an utterance would be understood, as `hear --json` prints it; absent facts take the careful value."""
    ending = endings.read(text) if not pending else Ending(text)
    request, heard = pendings.read(ending.text or text, pending or {})
    if pending is None:
        heard = replace(heard, certain=True, bot_speaking=False)
    said: dict[str, Any] = {
        "kind": "", "command": None, "text": heard.text, "repairs": [], "consent": None, "reason": ""
    }  # fmt: skip
    if pending is not None and pending.get("kind") in ("permission", "question"):
        judged = assent.judge(request, heard, 0.0)
        if answer := _judged(judged):
            return said | answer
    return said | _explained(understand(heard, Situation(draft=not pending, running=True)))


def _judged(judged: assent.Judgement) -> dict[str, Any]:
    """What is said to a request; empty where it is about something else."""
    match judged.verdict:
        case "answer":
            return {"kind": "answer", "text": ", ".join(judged.answers), "reason": judged.reason}
        case "not_consent" if judged.cause in (assent.Cause.NOISE, assent.Cause.ECHO, assent.Cause.SPENT):
            return {"kind": "ignored", "reason": judged.reason}
        case "not_consent":
            return {}
        case verdict:
            return {"kind": "consent", "consent": verdict, "reason": judged.reason}


def _explained(understood: Understood) -> dict[str, Any]:
    match understood:
        case SwitchTo(wish):
            return {"kind": "command", "command": "switch_to", "text": wish.name, "reason": "a wish to go elsewhere"}
        case Act(known):
            return {"kind": "command", "command": known.value, "reason": "the whole utterance is a command"}
        case Hint(reason=reason) | Ignored(reason):
            return {"kind": "ignored", "reason": reason}
        case Steer():
            return {"kind": "steer", "reason": "a correction, sent into what the agent is doing"}
        case Draft() | Prompt():
            return {"kind": "prompt", "reason": "not a command"}
