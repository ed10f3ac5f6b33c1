"""A request and what was said about it -> deny, or still open; and the request as it is read aloud.

A spoken yes allows nothing: only a click or a key does. A denial acts at once, for a false one costs little.
"""

from __future__ import annotations

import re
from typing import Literal

from aidevops_voice import dangers, shell
from aidevops_voice.choice import choose
from aidevops_voice.languages import Language, Saying, guess
from aidevops_voice.ports import Ask, Question
from aidevops_voice.shell import Parts
from aidevops_voice.speakable import pieces, shortened, words
from aidevops_voice.wording import name, render, told

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

_LONGEST = 20
_ROOMS = (14, 11, 8, 5)
"""Words of a command, tried until its sentence has at most 20."""
_RISKS, _NAMED, _QUESTIONS = 3, 3, 2
"""Dangers, files and questions that are told one by one."""


def judge(said: str) -> Verdict:
    """What an utterance says about a pending permission; a deny anywhere wins, doubt is `unclear`."""
    words = said.lower().replace("’", "'").strip(" .,!?")
    if words in _SOUNDS_LIKE_NO or _DENY_FIRST.search(words) or (len(words.split()) <= _SHORT and _DENY.search(words)):
        return "deny"
    if len(words.split()) <= _SHORT and _YES.search(words) and not said.rstrip().endswith("?"):
        return "always" if _ALWAYS.search(words) else "allow"
    return "unclear"


def title(ask: Ask, language: Language | None = None) -> str:
    """What is asked, in words, as parsed by us."""
    return " ".join(_asked(ask, _language(ask, language)))


def read_back(ask: Ask, language: Language | None = None) -> list[str]:
    """The sentences that are spoken for a request, the last one says how to answer."""
    language = _language(ask, language)
    if not ask.ours:
        return [*_asked(ask, language), _said("consent.elsewhere", language)]
    how = "consent.allow" if ask.kind == "permission" else "consent.choose"
    return [*_asked(ask, language), _said(how, language)]


def _language(ask: Ask, usual: Language | None) -> Language:
    """Questions are asked in the language of their text."""
    return guess(" ".join(question.text for question in ask.questions), usual)


def _asked(ask: Ask, language: Language) -> list[str]:
    if ask.kind == "question":
        return _questions(ask, language) or [_said("consent.question", language)]
    agent = Saying("consent.subagent", fields={"child": ask.child}) if ask.child else Saying("consent.agent")
    found = shell.steps(ask.command) if ask.permission == "bash" else []
    parts = shell.parts(found, language)
    action = ""
    for room in _ROOMS:
        action = f"{told(agent, language)} {_action(ask, parts, len(found), language, room)}"
        if words(action) <= _LONGEST:
            break
    risks = dangers.dangers(ask.command, found) if found else []
    return _warned(shortened(action, _LONGEST), [told(risk, language) for risk in risks], language)


def _warned(action: str, risks: list[str], language: Language) -> list[str]:
    """The action and its dangers, in one sentence where they are few."""
    if not risks:
        return [_sentence(action)]
    listed = _listed(risks[:_RISKS], "consent.and", language)
    together = f"{action}, {told(Saying('consent.which', fields={'risks': listed}), language)}"
    if words(together) <= _LONGEST:
        return [_sentence(together)]
    return [_sentence(action), _sentence(told(Saying("consent.this", fields={"risks": listed}), language))]


def _action(ask: Ask, parts: list[Parts], many: int, language: Language, room: int) -> str:
    match ask.permission:
        case "bash":
            return _running(parts, many, language, room)
        case "edit" | "write" | "patch" | "multiedit" | "apply_patch":
            return told(Saying("consent.edit", fields={"what": _files(ask, language)}), language)
        case "delete":
            return told(Saying("consent.delete", fields={"what": _files(ask, language)}), language)
        case "external_directory":
            what = _files(ask, language)
            return told(Saying("consent.outside", fields={"what": what}), language)
        case "webfetch":
            site = shell.site(ask.command or (ask.patterns[0] if ask.patterns else ""), language)
            return told(
                Saying("consent.fetch", fields={"what": site}) if site else Saying("consent.fetch_unnamed"), language
            )
        case "doom_loop":
            return told(Saying("consent.loop"), language)
        case _:
            tool = render(ask.permission.replace("_", " "), language)
            return told(Saying("consent.use", fields={"what": tool}) if tool else Saying("consent.use_tool"), language)


def _running(parts: list[Parts], many: int, language: Language, room: int) -> str:
    """`run git fetch`; of a chain its programs and what they are told to do, the rest is on the page."""
    what = shell.fitted(parts, many, language, room)
    if not what:
        return told(Saying("consent.run_unseen"), language)
    single = Saying("consent.run", fields={"what": what})
    return told(Saying("consent.run_more", many, {"what": what}) if many > 1 else single, language)


def _files(ask: Ask, language: Language) -> str:
    raw = [ask.path] if ask.path else [pattern.rstrip("*/") for pattern in ask.patterns]
    names = [word for each in raw if (word := name(each, language))]
    if not names:
        return told(Saying("consent.some"), language)
    if len(names) > _NAMED:
        return told(Saying("consent.files", len(names)), language)
    return _listed(names, "consent.and", language)


def _listed(parts: list[str], joint: str, language: Language) -> str:
    """`a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return told(Saying(joint, fields={"first": ", ".join(parts[:-1]), "last": parts[-1]}), language)


# --- questions --------------------------------------------------------------------------------------------------


def _questions(ask: Ask, language: Language) -> list[str]:
    """Each question with its choices, as long as two sentences are enough."""
    asked: list[str] = []
    for question in ask.questions[:_QUESTIONS]:
        asked += _question(question, language, _QUESTIONS + 1 - len(ask.questions[:_QUESTIONS]))
    return asked


def _question(question: Question, language: Language, most: int) -> list[str]:
    *before, last = _sentences(question.text, language) or [""]
    if not last:
        return []
    last = last.rstrip(".?! ")
    labels = [label for option in question.options if (label := render(option.label, language))]
    for shown in range(len(labels), 0, -1):
        rest = len(labels) - shown
        more = [told(Saying("consent.more_choices", rest), language)] if rest else []
        listed = _listed(labels[:shown], "consent.and" if more else "consent.or", language)
        told_ = ", ".join([last, listed, *more])
        if words(told_) <= _LONGEST:
            return _few([*before, f"{told_}?"], most)
    said = [*before, f"{last}?"]
    if not labels:
        return _few(said, most)
    choices = told(Saying("consent.choices", fields={"choices": ", ".join(labels)}), language)
    return _few([*said[-max(1, most - 1) :], _sentence(shortened(choices, _LONGEST))], most)


def _few(said: list[str], most: int) -> list[str]:
    """The last ones, as the question stands at the end."""
    return said[-max(1, most) :]


def _sentences(text: str, language: Language) -> list[str]:
    said = choose(pieces(text, language)[0], language, _LONGEST * 2, most=2).said
    return [one for one in said if one.strip(" .?!")]


def _said(key: str, language: Language) -> str:
    return _sentence(told(Saying(key), language))


def _sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(("?", "!")) else ".")
