"""What a command could do, as sentences: the worst first, at most twenty words each, no name as the agent wrote it."""

from __future__ import annotations

import posixpath
import re
from typing import Literal

from aidevops_voice.languages import Language, Saying, listed
from aidevops_voice.risk.levels import APART, Risk
from aidevops_voice.risk.paths import HOLE, ITEM
from aidevops_voice.words.number_words import begun, told_apart, unstopped
from aidevops_voice.words.wording import name, render, told

LONGEST = 20
"""Words of a sentence."""
_ACTIONS, _NAMES, _OPTIONS, _MESSAGE = 4, 4, 3, 6
"""Actions that are told one by one; names and options in one; words of a message."""
_GIST = re.compile(r"[^\W_][\w ,:()/'-]{0,47}")
Manner = Literal["words", "names", "files", "values"]
"""In a row; one by one; a file before its folder; by what they look like."""
_PLAIN = frozenset(
    listed(
        "run run_unknown sql sql_here print search in_container connect fetch talk kill kill_hard kill_named "
        "kill_matching signal set secret unreadable wait test for_all code_on script_runs alias sets delete_there"
    )
)
"""Whose names are no paths in the first place."""
_PEERS = frozenset(f"risk.{key}" for key in listed("fetch fetch_to send talk connect delete_at"))
"""Whose names are other machines, each told once."""
_COUNTED = 1000
"""Files; more are not counted."""
_ADDRESS = re.compile(
    r"(?:\w[\w+.-]*://(?:[^/@\s]*@)?|git@)([^/:?#\s]+(?::\d+)?)[:/]?([^?#\s]*?)(?:\.git)?/?(?:[?#].*)?$"
)
"""The machine before what is on it; never who logs in."""
_LONE = re.compile(f"[{HOLE}{ITEM}]")


def read_back(risk: Risk, language: Language, longest: int = LONGEST) -> list[str]:
    """The sentences, of at most so many words; the last one counts what is not told."""
    said: list[str] = []
    rest = 0
    sent = {action.fields["to"] for action in risk.actions if action.key == "risk.send"}
    for action in risk.actions:
        # Which file is sent there says more.
        if action.key == "risk.send_data" and action.fields.get("what") in sent:
            continue
        sentence = _sentence(_action(action, language, longest))
        if sentence in said:
            continue
        if len(said) < _ACTIONS:
            said.append(sentence)
        else:
            rest += 1
    if rest:
        said.append(_sentence(told(Saying("risk.more", rest), language)))
    return said


def why(risk: Risk, language: Language) -> str:
    return told(risk.why, language)


def _action(action: Saying, language: Language, room: int) -> str:
    """With as many names as there is room for; what stands behind them is never cut."""
    head = text = ""
    for most in range(_NAMES, 0, -1):
        for longest in (12, 8, 5, 3, 2):
            head = _head(action, language, most, longest)
            text = _whole(action, head, language)
            if len(text.split()) <= room:
                return text
    behind = len(text.split()) - len(head.split())
    return _whole(action, " ".join(begun(head.split(), max(1, room - behind)) or [head]), language)


def _head(action: Saying, language: Language, most: int, longest: int) -> str:
    deed = str(action.fields.get("deed", ""))
    key = f"risk.do.{deed}" if deed else action.key
    forms = language.phrases[key]
    phrase = forms[0 if action.n == 1 else 1] if isinstance(forms, tuple) else forms
    fields: dict[str, str] = {} if action.n is None else {"n": language.cardinal(action.n)}
    for field, raw in action.fields.items():
        if f"{{{field}}}" in phrase:
            parts = [part for part in str(raw).split(APART) if part]
            how = _manner(field, action.key.removeprefix("risk."), bool(deed))
            parts = list(dict.fromkeys(parts)) if action.key in _PEERS else parts
            fields[field] = _names(parts, how, language, most, longest)
    text = re.sub(r"\{(\w+)\}", lambda match: fields.get(match[1], ""), phrase)
    return re.sub(r"\s+", " ", text).strip(" ,.")


def _manner(field: str, key: str, deed: bool) -> Manner:
    """How the names of a field are told."""
    if field in ("program", "verb", "mode", "words"):
        return "words"
    if deed:
        return "files" if field in ("path", "into") else "values" if field == "value" else "names"
    return "words" if key in _PLAIN and field != "to" else "files"


def _whole(action: Saying, head: str, language: Language) -> str:
    """With what else there is to know of it."""
    text, fields = head, action.fields
    if options := [one for one in str(fields.get("options", "")).split(APART) if one]:
        said = [_option(one, language) for one in options[:_OPTIONS]]
        text = _filled("risk.with", language, what=text, options=_joined(said, language))
        if (more := len(options) - _OPTIONS) > 0:
            text = f"{text} {told(Saying('risk.more_options', more), language)}"
    if message := _message(str(fields.get("message", "")), language):
        text = _filled("risk.message", language, what=text, message=message)
    if where := str(fields.get("where", "")):
        text = _filled("risk.where", language, what=text, where=_short(render(where, language), 5))
    if (files := fields.get("files")) is not None:
        text = f"{text}, {_files(int(files), language)}"
    return _filled("risk.as_root", language, what=text) if "as_root" in fields else text


def _option(one: str, language: Language) -> str:
    """Its name, and its value where that is told."""
    name_, equals, value = one.partition("=")
    said = render(name_ if name_.startswith("-") else name_.replace("-", " "), language)
    return f"{said} {_short(_value(value, language), 4)}" if equals else said


def _value(text: str, language: Language) -> str:
    """Of an option: what a volume leads from and to, a file, or a name."""
    if "/" in text and "://" not in text:
        return " ".join(_path(part, language) for part in text.split(":") if part)
    return _plain(text, language)


def _message(text: str, language: Language) -> str:
    """Of a commit, as long as it is a few plain words that nobody would take for ours."""
    if not _GIST.fullmatch(text):
        return ""
    said = render(text, language).strip(" ,.")
    words = said.lower().replace(",", " ").split()
    ours = set(str(language.phrases["risk.ours"]).split())
    return said if len(words) <= _MESSAGE and not ours & set(words) else ""


def _files(many: int, language: Language) -> str:
    return told(Saying("risk.many_files") if many > _COUNTED else Saying("risk.files", many), language)


def _filled(key: str, language: Language, **fields: str) -> str:
    """A phrase around what is in words already."""
    return re.sub(r"\{(\w+)\}", lambda match: fields[match[1]], str(language.phrases[key]))


def _names(parts: list[str], how: Manner, language: Language, most: int, longest: int) -> str:
    if how == "words":
        words = [word for part in parts if (word := _plain(part, language))]
        return _short(told_apart(words[: most * 3]), longest) if words else told(Saying("risk.nothing"), language)
    as_words = {"files": _path, "values": _value}.get(how, _plain)
    words = [_short(as_words(part, language), longest) for part in parts]
    none = told(Saying("risk.here" if how == "files" else "risk.unknown"), language)
    words = [word for word in dict.fromkeys(words) if word] or [none]
    shown, left = words[:most], len(words) - most
    if left > 0:
        more = language.phrases["risk.more_names"]
        phrase = more[0 if left == 1 else 1] if isinstance(more, tuple) else more
        return phrase.replace("{names}", ", ".join(shown)).replace("{n}", language.cardinal(left))
    return _joined(shown, language)


def _joined(words: list[str], language: Language) -> str:
    if len(words) == 1:
        return words[0]
    return _filled("risk.and", language, first=", ".join(words[:-1]), last=words[-1])


def _plain(part: str, language: Language) -> str:
    if not part.strip(HOLE + ITEM + " "):
        return told(Saying("risk.unknown"), language)
    part = _LONE.sub(" ", part)
    if part.startswith("$"):
        return _filled("risk.variable", language, name=render(part[1:].replace("_", " ").lower(), language))
    if re.fullmatch(r"[\w.\[\]-]+(?:[<>=~!]=[\w.*]+)+", part):
        return render(part, language)
    if part == "/":
        return told(Saying("risk.root_folder"), language)
    if address := _ADDRESS.match(part):
        return " ".join(render(one, language).strip(" .") for one in (address[1], *address[2].split("/")[-2:]) if one)
    if re.fullmatch(r"[\w.@~+-]*(?:/[\w.@~+-]+)+/?", part):
        part = part.strip("/").replace("/", " ")
    part = re.sub(r"(?<=\w)~(?=\d)", f" {language.terms['minus']} ", part)
    part = re.sub(r"[:=,;()\[\]{}'\"|&<>*^$%!\\]+", " ", part)
    return unstopped(render(part, language)).strip(" ,")


def _path(part: str, language: Language) -> str:
    """A file before its folder: `orders dot db in data`."""
    fixed = {
        ".": "here",
        "..": "above",
        "/": "root_folder",
        "~": "home",
        "-": "input",
        "*": "all",
        "home": "home",
        "./": "here",
        "*.*": "all",
    }
    if part in fixed:
        return told(Saying(f"risk.{fixed[part]}"), language)
    if not part.strip(HOLE + ITEM + "/"):
        return told(Saying("risk.item" if ITEM in part and HOLE not in part else "risk.unknown"), language)
    if re.match(r"\w+://|[\w.-]+@[\w.-]+:|[\w-]+:", part):
        return _plain(part if _ADDRESS.match(part) else part.replace("/", " "), language)
    if ".." in part and not part.startswith("~"):
        part = posixpath.normpath(part)
    if part in fixed:
        return told(Saying(f"risk.{fixed[part]}"), language)
    *folders, last = [_component(one, language) for one in part.rstrip("/").split("/") if one not in ("", ".")] or [""]
    raw = part.rstrip("/").rsplit("/", 1)[-1]
    if re.match(r"id_\w+$|.*\.(?:key|pem)$", raw):
        last = _filled("risk.private_key", language, name=last)
    inside = " ".join(folders[-5:])
    if raw == "*":
        return _filled("risk.all_in", language, folder=inside) if inside else last
    return _filled("risk.in", language, name=last, folder=inside) if inside else last


def _component(one: str, language: Language) -> str:
    if one == "..":
        return told(Saying("risk.above"), language)
    if one == "~":
        return told(Saying("risk.home"), language)
    if not one.strip(HOLE + ITEM):
        return told(Saying("risk.unknown" if HOLE in one else "risk.item"), language)
    if one in ("*", "environ"):
        return told(Saying("risk.all" if one == "*" else "risk.environ"), language)
    return name(_LONE.sub(" ", re.sub(r"[*?\[\]{}]", " ", one)).strip() or one, language).strip(" .,")


def _short(text: str, longest: int) -> str:
    words = text.split()
    return " ".join(begun(words, longest * 2) or words).rstrip(",") if len(words) > longest * 2 else text


def _sentence(text: str) -> str:
    text = text.strip(" ,.")
    return f"{text[:1].upper()}{text[1:]}."
