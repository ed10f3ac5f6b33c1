"""A request as it is read aloud: as parsed by us, never as the agent describes it; the exact text is on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from aidevops_voice import risk
from aidevops_voice.consent.appraisal import EDITS, Appraisal, appraise
from aidevops_voice.languages import Language, Saying, guess, named
from aidevops_voice.ports import Ask, Question
from aidevops_voice.risk.spoken import why
from aidevops_voice.words import places
from aidevops_voice.words.choice import choose, lowered
from aidevops_voice.words.speakable import pieces, shortened, words
from aidevops_voice.words.wording import name, render, told

_LONGEST, _ACTION = 20, 15
"""Words of a sentence, and of an action behind `the agent wants to`."""
_NAMED, _QUESTIONS = 3, 2
"""Files and questions that are told one by one."""
_CHILD = 4
"""Words of a subagent's name."""
_PLAIN = frozenset(
    {"read", "write", "deletes", "untracked", "network", "place_inside", "outside", "publishes", "unknown_program"}
)
"""Reasons that say no more than the action does."""


def title(ask: Ask, language: Language | None = None, appraised: Appraisal | None = None) -> str:
    """What is asked, in words."""
    return " ".join(asked(ask, language, appraised))


def read_back(
    ask: Ask,
    language: Language | None = None,
    appraised: Appraisal | None = None,
    how: str = "consent.how_click",
    loss: str = "",
) -> list[str]:
    """The sentences that are spoken for a request; the last one, of that phrase, says how to answer.

    What the agent itself warns of is told where there is room, and never instead of what we found.
    """
    said = asked(ask, language, appraised)
    if loss and ask.kind == "permission" and len(said) == 1:
        said.append(sentence(_filled("consent.says", _language(ask, language), what=loss)))
    if not ask.ours:
        how = "consent.elsewhere"
    elif ask.kind == "question" and how == "consent.how_click":
        how = "consent.choose"
    return [*said, _said(how, _language(ask, language))] if how else said


def asked(ask: Ask, language: Language | None = None, appraised: Appraisal | None = None) -> list[str]:
    """The request alone."""
    language = _language(ask, language)
    if ask.kind == "question":
        return _questions(ask, language) or [_said("consent.question", language)]
    appraised = appraised or appraise(ask)
    return _permission(_near(ask, appraised.roots), appraised, language)


def explained(ask: Ask, appraised: Appraisal, at: int, language: Language | None = None) -> list[str]:
    """More about a request, or about the choices of one question of it."""
    language = _language(ask, language)
    if ask.kind == "question":
        options = ask.questions[at].options if at < len(ask.questions) else ()
        details = [_described(one.label, one.description, language) for one in options[:_MOST_EXPLAINED]]
        return [each for each in details if each] or [_said("consent.no_details", language)]
    wider = [sentence(why(appraised.risk, language)), _said("consent.details", language)]
    return wider if ask.command or ask.diff else wider[:1]


def fallen(ask: Ask, appraised: Appraisal, language: Language, how: str = "consent.fell") -> str:
    """That a request ended with another one, or as the phrase `how` says."""
    if ask.kind == "question":
        return _said(how, language)
    what = _deeds(_near(ask, appraised.roots), appraised, language)[0]
    return sentence(_filled(f"{how}_named", language, what=what))


_MOST_EXPLAINED = 6


def _described(label: str, description: str, language: Language) -> str:
    said = render(label, language)
    more = shortened(render(description, language), _LONGEST) if description else ""
    return sentence(f"{said}: {more}" if more else said) if said else ""


def scope(ask: Ask, language: Language | None = None) -> list[str]:
    """What *always* will store, and the question for it."""
    language = _language(ask, language)
    told_ = [_pattern(ask, pattern, language) for pattern in ask.always[:_NAMED]]
    rest = len(ask.always) - len(told_)
    more = [told(Saying("consent.more_choices", rest), language)] if rest else []
    listed = ", ".join([_listed(told_, "consent.and", language), *more])
    return [sentence(_filled("consent.scope", language, scope=listed))]


def _pattern(ask: Ask, pattern: str, language: Language) -> str:
    """`npm test *` is said as `npm test with anything behind it`."""
    bare = pattern.rstrip().rstrip("*").strip().rstrip("/")
    kind = "edits" if ask.permission in EDITS else "commands" if ask.permission == "bash" else "uses"
    if not bare:
        return told(Saying(f"consent.scope_all_{kind}"), language)
    said = shortened(render(bare, language).strip(" ."), _ACTION)
    return _filled("consent.scope_more", language, what=said) if "*" in pattern else said


def _language(ask: Ask, usual: Language | None) -> Language:
    """Questions are asked in the language of their text."""
    asked = " ".join(question.text for question in ask.questions)
    return guess(asked, usual) if asked else usual or named("en")


def _near(ask: Ask, roots: Iterable[str]) -> Ask:
    """Files of the project go by their names there, wherever it lies."""
    for root in roots:
        inside = f"{root}/"
        path, patterns = ask.path.removeprefix(inside), tuple(each.removeprefix(inside) for each in ask.patterns)
        ask = replace(ask, path=path, patterns=patterns)
    return ask


# --- permissions ------------------------------------------------------------------------------------------------


def _permission(ask: Ask, appraised: Appraisal, language: Language) -> list[str]:
    agent = Saying("consent.subagent", fields={"child": _child(ask)}) if ask.child else Saying("consent.agent")
    first, *others = _deeds(ask, appraised, language)
    said = [sentence(f"{told(agent, language)} {first}")]
    reason = appraised.risk.why.key.removeprefix("risk.why.")
    plain = reason in _PLAIN or (reason == "place_outside" and ask.permission == "external_directory")
    reasons = [] if plain else [why(appraised.risk, language)]
    together = [_filled("consent.which_is", language, what=said[0].rstrip("."), why=each) for each in reasons]
    if short := [sentence(each) for each in together if words(each) <= _LONGEST]:
        said, reasons = short, []
    return [*said, _also(others, language)] if others else [*said, *map(sentence, reasons)]


def _also(others: list[str], language: Language) -> str:
    """What else it does, in one sentence, as much as there is room for."""
    for most in range(len(others), 0, -1):
        rest = len(others) - most
        more = [told(Saying("consent.more_choices", rest), language)] if rest else []
        counted = bool(more) or others[most - 1] in _counts(language, others[most - 1])
        listed = ", ".join([*others[:most], *more]) if counted else _listed(others[:most], "consent.and", language)
        said = sentence(_filled("consent.also", language, what=listed))
        if words(said) <= _LONGEST or most == 1:
            return said
    return ""


def _counts(language: Language, text: str) -> list[str]:
    """The text itself, when it only counts what is not told."""
    forms = language.phrases["risk.more"]
    first = (forms if isinstance(forms, str) else forms[1]).split("{n}")[0]
    return [text] if text.startswith(first) else []


def _filled(key: str, language: Language, **fields: str) -> str:
    """A phrase around what is in words already."""
    return re.sub(r"\{(\w+)\}", lambda match: fields[match[1]], str(language.phrases[key]))


def _child(ask: Ask) -> str:
    return " ".join(ask.child.split()[:_CHILD])


def _deeds(ask: Ask, appraised: Appraisal, language: Language) -> list[str]:
    """What is done, the worst first, each without `the agent wants to`."""
    match ask.permission:
        case "bash" if appraised.risk.actions:
            return [_lower(one, language) for one in risk.read_back(appraised.risk, language, _ACTION)]
        case "bash":
            return [told(Saying("consent.run_unseen"), language)]
        case permission if permission in EDITS or permission == "delete":
            return [_edited(ask, appraised, language)]
        case "external_directory":
            return [_outside(ask, language)]
        case "webfetch":
            site = _site(ask.path or (ask.patterns[0] if ask.patterns else ""), language)
            unnamed = told(Saying("consent.fetch_unnamed"), language)
            return [_filled("consent.fetch", language, what=site) if site else unnamed]
        case "doom_loop":
            return [told(Saying("consent.loop"), language)]
        case permission:
            tool = render(permission.replace("_", " "), language)
            named_ = Saying("consent.use", fields={"what": tool}) if tool else Saying("consent.use_tool")
            return [told(named_, language)]


def _lower(sentence: str, language: Language) -> str:
    return lowered(sentence, language).rstrip(".")


def _edited(ask: Ask, appraised: Appraisal, language: Language) -> str:
    """One file with its lines; of several their names."""
    only = appraised.risk.actions[:1] if len(appraised.risk.actions) == 1 else ()
    if ask.permission != "delete" and any(action.key != "risk.edit_file" for action in only):
        return _lower(risk.read_back(appraised.risk, language, _ACTION)[0], language)
    key = "consent.delete" if ask.permission == "delete" else "consent.edit"
    return shortened(told(Saying(key, fields={"what": _files(ask, language)}), language), _ACTION)


def _site(address: str, language: Language) -> str:
    """The host of an address as words."""
    host = address.partition("://")[2] or address
    host = host.split("/")[0].rpartition("@")[2].partition(":")[0]
    return render(host, language).strip(" ,.")


def _raw(ask: Ask) -> list[str]:
    return [ask.path] if ask.path else [pattern.rstrip("*/") or pattern for pattern in ask.patterns]


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


def question(ask: Ask, at: int, language: Language | None = None) -> list[str]:
    """One of several questions with its choices, asked by itself."""
    language = _language(ask, language)
    return _question(ask.questions[at], language, _QUESTIONS) or [_said("consent.question", language)]


def _questions(ask: Ask, language: Language) -> list[str]:
    """Each question with its choices, as long as two sentences are enough."""
    asked: list[str] = []
    for one in ask.questions[:_QUESTIONS]:
        asked += _question(one, language, _QUESTIONS + 1 - len(ask.questions[:_QUESTIONS]))
    if not asked or asked[0].endswith("?"):
        return asked
    announced = sentence(_filled("consent.asks", language, what=lowered(asked[0], language)))
    return [announced, *asked[1:]] if words(announced) <= _LONGEST else asked


def _question(question: Question, language: Language, most: int) -> list[str]:
    *before, last = _sentences(question.text, language) or [""]
    if not last:
        return []
    last = last.rstrip(".?! ")
    labels = [label for option in question.options if (label := render(option.label, language))]
    if labels and _either(last, language) and all(label.lower() in last.lower() for label in labels):
        return _few([*before, f"{last}?"], most)
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
    return _few([*said[-max(1, most - 1) :], sentence(shortened(choices, _LONGEST))], most)


def _either(question: str, language: Language) -> bool:
    """Whether it names choices itself."""
    joint = str(language.phrases["consent.or"]).format(first="", last="")
    return joint in question


def _apart(labels: list[str], language: Language) -> str:
    """Choices as a sentence of their own, behind a question that has an `or` in it already; empty where too long."""
    listed = _listed([labels[0], *(lowered(label, language) for label in labels[1:])], "consent.or", language)
    return sentence(listed) if words(listed) <= _LONGEST else ""


def _few(said: list[str], most: int) -> list[str]:
    """The last ones, as the question stands at the end."""
    return said[-max(1, most) :]


def _sentences(text: str, language: Language) -> list[str]:
    said = choose(pieces(text, language)[0], language, _LONGEST * 2, most=2).said
    return [one for one in said if one.strip(" .?!")]


def _said(key: str, language: Language) -> str:
    return sentence(told(Saying(key), language))


def sentence(text: str) -> str:
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(("?", "!")) else ".")
