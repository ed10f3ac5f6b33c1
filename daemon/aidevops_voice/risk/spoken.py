"""What a command could do, as sentences: the worst first, at most twenty words each, no name as the agent wrote it."""

from __future__ import annotations

import posixpath
import re

from aidevops_voice.languages import Language, Saying, listed
from aidevops_voice.risk.levels import APART, Risk
from aidevops_voice.risk.paths import HOLE, ITEM
from aidevops_voice.words.wording import name, render, told

LONGEST = 20
"""Words of a sentence."""
_ACTIONS, _NAMES = 4, 4
"""Actions that are told one by one; names in one."""
_PLAIN = frozenset(
    listed(
        "run run_unknown sql print search in_container connect fetch talk kill set secret unreadable wait test "
        "for_all git_push_force git_push_delete git_delete git_discard branch code_on script_runs alias sets"
    )
)
"""Whose names are no paths in the first place."""
_PEERS = frozenset(listed("fetch fetch_to send talk connect delete_at"))
"""Whose names are other machines, each told once."""
_COUNTED = 1000
"""Files; more are not counted."""
_LONE = re.compile(f"[{HOLE}{ITEM}]")


def read_back(risk: Risk, language: Language, longest: int = LONGEST) -> list[str]:
    """The sentences, of at most so many words; the last one counts what is not told."""
    said: list[str] = []
    rest = 0
    for action in risk.actions:
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
    """With as many names as there is room for."""
    text = ""
    for most in range(_NAMES, 0, -1):
        for longest in (12, 8, 5, 3):
            text = _said(action, language, most, longest)
            if len(text.split()) <= room:
                return text
    return " ".join(text.split()[:room])


def _said(action: Saying, language: Language, most: int, longest: int) -> str:
    key = action.key.removeprefix("risk.")
    forms = language.phrases[action.key]
    phrase = forms[0 if action.n == 1 else 1] if isinstance(forms, tuple) else forms
    fields: dict[str, str] = {} if action.n is None else {"n": language.cardinal(action.n)}
    for field, raw in action.fields.items():
        if f"{{{field}}}" in phrase:
            parts = [part for part in str(raw).split(APART) if part]
            parts = list(dict.fromkeys(parts)) if key in _PEERS else parts
            fields[field] = _names(
                parts, (key in _PLAIN and field != "to") or field in ("program", "verb"), language, most, longest
            )
    text = re.sub(r"\{(\w+)\}", lambda match: fields.get(match[1], ""), phrase)
    if options := [one for one in str(action.fields.get("options", "")).split(APART) if one]:
        text = _with(key, text, options, language)
    if where := str(action.fields.get("where", "")):
        text = _filled("risk.where", language, what=text, where=_short(render(where, language), 5))
    if (files := action.fields.get("files")) is not None:
        text = f"{text}, {_files(int(files), language)}"
    if "as_root" in action.fields:
        text = _filled("risk.as_root", language, what=text)
    return re.sub(r"\s+", " ", text).strip(" ,.")


def _with(key: str, text: str, options: list[str], language: Language) -> str:
    """The options that make it do more, as far as the words do not say so already."""
    pushed = key == "git_push_force"
    plain = [one.removeprefix("force-with-") if pushed else one for one in options if not (pushed and one == "force")]
    said = [render(one.replace("-", " "), language) for one in plain]
    return _filled("risk.with", language, what=text, options=" ".join(said)) if said else text


def _files(many: int, language: Language) -> str:
    return told(Saying("risk.many_files") if many > _COUNTED else Saying("risk.files", many), language)


def _filled(key: str, language: Language, **fields: str) -> str:
    """A phrase around what is in words already."""
    return re.sub(r"\{(\w+)\}", lambda match: fields[match[1]], str(language.phrases[key]))


def _names(parts: list[str], plain: bool, language: Language, most: int, longest: int) -> str:
    if plain:
        words = [word for part in parts if (word := _plain(part, language, longest))]
        return _short(" ".join(words[: most * 3]), longest) if words else told(Saying("risk.nothing"), language)
    words = [_short(_path(part, language), longest) for part in parts]
    words = [word for word in dict.fromkeys(words) if word] or [told(Saying("risk.here"), language)]
    shown, left = words[:most], len(words) - most
    joined = shown[0] if len(shown) == 1 else _filled("risk.and", language, first=", ".join(shown[:-1]), last=shown[-1])
    if left > 0:
        more = language.phrases["risk.more_names"]
        phrase = more[0 if left == 1 else 1] if isinstance(more, tuple) else more
        return phrase.replace("{names}", ", ".join(shown)).replace("{n}", language.cardinal(left))
    return joined


def _plain(part: str, language: Language, longest: int) -> str:
    if not part.strip(HOLE + ITEM + " "):
        return told(Saying("risk.unknown"), language)
    part = _LONE.sub(" ", part)
    if part.startswith("$"):
        return _filled("risk.variable", language, name=render(part[1:].replace("_", " ").lower(), language))
    if re.fullmatch(r"[\w.@~+-]*(?:/[\w.@~+-]+)+/?", part):
        part = part.strip("/").replace("/", " ")
    part = re.sub(r"(?<=\w)~(?=\d)", f" {language.terms['minus']} ", part)
    part = re.sub(r"[:=,;()\[\]{}'\"|&<>*^$%!\\]+|(?<=\w)-(?=\w)", " ", part)
    return re.sub(r"[.,?!]+(?=\s|$)", "", render(part, language)).strip(" ,")


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
        return _plain(part.replace("/", " "), language, LONGEST)
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
    return " ".join(words[: longest * 2]) if len(words) > longest * 2 else text


def _sentence(text: str) -> str:
    text = text.strip(" ,.")
    return f"{text[:1].upper()}{text[1:]}."
