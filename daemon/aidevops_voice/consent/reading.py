"""A request and what was said about it -> deny, or still open; and the request as it is read aloud.

A spoken yes allows nothing: only a click or a key does. A denial acts at once, for a false one costs little.
"""

from __future__ import annotations

import re
from typing import Literal

from aidevops_voice import dangers, shell
from aidevops_voice.languages import Language, Saying, guess
from aidevops_voice.ports import Ask, Question
from aidevops_voice.shell import Parts
from aidevops_voice.words import places
from aidevops_voice.words.choice import choose, lowered
from aidevops_voice.words.speakable import pieces, shortened, words
from aidevops_voice.words.wording import name, render, told

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
    risks = dangers.dangers(ask.command, found) if found else _risks(ask)
    return _warned(shortened(action, _LONGEST), [told(risk, language) for risk in risks], language)


def _warned(action: str, risks: list[str], language: Language) -> list[str]:
    """The action and its dangers, in one sentence where they are few."""
    if not risks:
        return [_sentence(action)]
    listed = _listed(risks[:_RISKS], "consent.and", language)
    together = f"{action}, {told(Saying('consent.which', fields={'risks': listed}), language)}"
    if words(together) <= _LONGEST:
        return [_sentence(together)]
    return [_sentence(action), *_warnings(risks[:_RISKS], language)]


def _warnings(risks: list[str], language: Language) -> list[str]:
    """The dangers in one sentence, or in several where they are long; none is left out."""
    for many in range(len(risks), 0, -1):
        listed = _listed(risks[:many], "consent.and", language)
        said = _sentence(told(Saying("consent.this", fields={"risks": listed}), language))
        if words(said) <= _LONGEST or many == 1:
            break
    return [said, *_warnings(risks[many:], language)] if risks[many:] else [said]


def _action(ask: Ask, parts: list[Parts], many: int, language: Language, room: int) -> str:
    match ask.permission:
        case "bash":
            return _running(parts, many, language, room)
        case "edit" | "write" | "patch" | "multiedit" | "apply_patch":
            return told(Saying("consent.edit", fields={"what": _files(ask, language)}), language)
        case "delete":
            return told(Saying("consent.delete", fields={"what": _files(ask, language)}), language)
        case "external_directory":
            return _outside(ask, language)
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


def _raw(ask: Ask) -> list[str]:
    return [ask.path] if ask.path else [pattern.rstrip("*/") or pattern for pattern in ask.patterns]


def _risks(ask: Ask) -> list[Saying]:
    """What is dangerous about files: that keys or passwords stand in them."""
    secret = any(places.of(path).secret for path in (*_raw(ask), *ask.patterns))
    return [Saying("shell.secrets")] if secret and ask.permission != "webfetch" else []


def _outside(ask: Ask, language: Language) -> str:
    """The folder by what it is, or by its last two names."""
    place = places.of((_raw(ask) or [""])[0])
    if place.known:
        return told(Saying("consent.outside_known", fields={"what": _place(place, language)}), language)
    what = _place(place, language)
    named = Saying("consent.outside", fields={"what": what})
    return told(named if what else Saying("consent.outside_unnamed"), language)


def _place(place: places.Place, language: Language) -> str:
    """`config in your SSH folder`, `cart in shop`."""
    inside = told(place.known, language) if place.known else name(place.folder, language)
    last = name(place.rest, language)
    if not (last and inside):
        return last or inside
    return told(Saying("consent.in", fields={"what": last, "where": inside}), language)


def _file(path: str, language: Language) -> str:
    """By its name alone, but where it is one of the places that everybody has."""
    place = places.of(path)
    return _place(place, language) if place.known else name(path, language)


def _files(ask: Ask, language: Language) -> str:
    raw = _raw(ask)
    names = [word for each in raw if (word := _file(each, language))]
    if not names:
        return told(Saying("consent.some"), language)
    if len(names) <= _NAMED:
        return _listed(names, "consent.and", language)
    secret = [word for each in raw if places.of(each).secret and (word := _file(each, language))]
    if secret:
        return told(Saying("consent.files_with", len(names), {"names": ", ".join(secret[:2])}), language)
    return told(Saying("consent.files", len(names)), language)


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
    if most > 1 and labels and _either(last, language) and (apart := _apart(labels, language)):
        return _few([*before, f"{last}?", apart], most)
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


def _either(question: str, language: Language) -> bool:
    """Whether it names choices itself."""
    joint = str(language.phrases["consent.or"]).format(first="", last="")
    return joint in question


def _apart(labels: list[str], language: Language) -> str:
    """Choices as a sentence of their own, behind a question that has an `or` in it already; empty where too long."""
    listed = _listed([labels[0], *(lowered(label, language) for label in labels[1:])], "consent.or", language)
    return _sentence(listed) if words(listed) <= _LONGEST else ""


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
