"""Files, paths, sites, options and identifiers as words, from which the name can be found again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from aidevops_voice.languages import Language, listed
from aidevops_voice.words import figures, number_words, numerals

Places = dict[str, str]
"""File names of one text -> the folder that each was first seen in."""
Handler = Callable[[re.Match[str], Language, Places], str]

EXTENSIONS = (
    "py|pyi|js|mjs|cjs|ts|mts|cts|tsx|jsx|json|jsonl|json5|ya?ml|toml|md|mdx|txt|rst|html?|css|scss|less|sh|bash|zsh|"
    "fish|ps1|bat|c|h|cc|cpp|cxx|hpp|rs|go|java|kt|kts|rb|erb|php|cs|fs|swift|m|mm|sql|xml|csv|tsv|lock|cfg|ini|conf|"
    "env|log|svg|png|jpe?g|gif|webp|ico|wav|mp3|mp4|pdf|zip|gz|tgz|bz2|xz|tar|ipynb|vue|svelte|astro|proto|graphql|tf|"
    "gradle|sum|mod|ex|exs|erl|hs|lua|pl|r|scala|clj|dart|zig|nim|db|sqlite|bak|tmp|out|diff|patch|pem|key|crt|woff2?|"
    "map|snap|wasm|so|dll|exe|jar|whl|service|plist|prisma|http|tpl|tmpl|j2"
)
_PIECE = re.compile(
    r"IPv(?=[46])|NaNs?(?![a-z])|[A-Z]{2,}s(?![a-záéíóúüñ])|[A-Z]+(?=[A-Z][a-z])|[A-ZÁÉÍÓÚÑ]?[a-záéíóúüñ]+|[A-Z]+|[^\W\d_]+|[0-9]+(?:\.[0-9]+)*|\.(?=[\w@-])|\+(?=\+|$"
    r"|[-.\s])|#(?=$)"
)
_LETTER = re.compile(r"[^\W\d_]")
_KEBAB = re.compile(r"[a-z]{2,}(?:-[a-z]{2,})+|[A-Za-z][a-z]+(?:-[a-z]+)+")
_STAMP = 8
"""Digits of a name from which on they only tell when it was made."""
_PLACE = re.compile(r":([0-9]{1,9})(?::([0-9]{1,9})|-([0-9]{1,9}))?$")
_FILE = re.compile(rf"\.?\w[\w.+@\[\]-]{{0,120}}\.(?:{EXTENSIONS})|\.\w[\w.-]{{0,60}}", re.I)
_NO_EXTENSION = frozenset(listed("makefile dockerfile readme license changelog procfile gemfile rakefile jenkinsfile"))
_TRAILING = ".,:;!?'-"
_ROOTS = frozenset(("", ".", "..", "~"))


def identifier(raw: str, language: Language) -> str:
    """`parse_config`, `HTTPServer`, `sha256`, `os.path`, `C++` -> words."""
    if _KEBAB.fullmatch(raw):
        return raw
    if raw[:1] in ("v", "V") and (release := figures.tag(raw, language)):
        return release
    said = " ".join(_pieces(raw, language)).replace(" ,", ",")
    # Behind a number `Y2` is no part of it: sesenta y dos.
    return f", {said}" if language.terms["and"] == raw[:1].lower() and not _LETTER.search(raw, 1) else said


_BEGUN_SMALL = re.compile(r"(?<![^\W_])[a-záéíóúüñ](?=[^\W_]{3})[^\W_]*[A-ZÁÉÍÓÚÑ][^\W_]*")
"""`writeSlot`, but not the unit `kHz`."""
_LATER = re.compile(r"(?<=[^\W_])(?!Pv[46]|NaN|(?<=[A-Z])[A-Z]s(?![a-z]))[A-ZÁÉÍÓÚÑ](?=[a-záéíóúüñ])")


def small(raw: str) -> str:
    """With the later words of a name that begins small in small letters: `writeSlot` -> `write slot`."""
    return raw if raw.islower() else _BEGUN_SMALL.sub(lambda m: _LATER.sub(_apart, m.group()), raw)


def _apart(m: re.Match[str]) -> str:
    return f" {m.group().lower()}"


def _pieces(raw: str, language: Language) -> Iterator[str]:
    found = _PIECE.findall(small(raw))
    for before, piece in pairwise(["", *found]):
        if before.isdecimal() and piece.isdecimal() and number_words.merge(before, piece, language):
            yield ","
        if len(piece) >= _STAMP and piece.isdecimal() and len(found) > 1:
            continue
        if piece == ".":
            yield language.terms["dot"]
        elif piece == "+":
            yield language.terms["plus"]
        elif piece == "#":
            yield language.terms["sharp"]
        elif piece[0].isdecimal():
            yield numerals.version(piece, language)
        else:
            yield language.terms["nan"] if piece == "NaN" else piece


def file_name(raw: str, language: Language, places: Places | None = None) -> str:
    """`src/app/main.py:42` -> main dot py line forty-two, with its folder where two files have one name."""
    path, place = _parted(raw)
    trailing = path.endswith("/")
    *folders, last = [part for part in path.split("/") if part not in _ROOTS] or [""]
    if not last:
        return language.terms["home" if path[:1] == "~" else "a_folder"]
    said = identifier(last.lstrip("."), language)
    if last[0] == "." and not last.startswith(".."):
        said = f"{language.terms['dot']} {said}"
    if trailing:
        said = language.terms["folder_named"].format(name=said)
    elif folders and places is not None and places.setdefault(last.lower(), folders[-1]) != folders[-1]:
        said = f"{said} {language.terms['in']} {identifier(folders[-1], language)}"
    return said + _line(place, language)


def _parted(raw: str) -> tuple[str, re.Match[str] | None]:
    place = _PLACE.search(raw)
    path = raw[: place.start()] if place else raw
    return re.sub(r"^/?[A-Za-z]:(?=/)", "", path.replace("\\", "/")), place


def _line(place: re.Match[str] | None, language: Language) -> str:
    if place is None:
        return ""
    line, _, last = place.groups()
    said = f" {language.terms['line']} {numerals.whole(line, language)}"
    return f"{said} {language.terms['to']} {numerals.whole(last, language)}" if last else said


def is_file(raw: str) -> bool:
    """Whether the last part of a path looks like a file's name."""
    last = _PLACE.sub("", raw).replace("\\", "/").rsplit("/", 1)[-1]
    return bool(_FILE.fullmatch(last)) or last.lower() in _NO_EXTENSION


def name(raw: str, language: Language, places: Places | None = None) -> str:
    """A file, path, test or identifier: of what is parted by slashes or colons the last part."""
    raw = raw.strip().removesuffix("()")
    if "::" in raw:
        raw = re.sub(r"\[.*", "", raw.rsplit("::", 1)[-1])
        return identifier(raw, language)
    if "/" in raw or "\\" in raw or is_file(raw):
        return file_name(raw, language, places)
    return identifier(raw.replace(":", " "), language)


# --- in running text --------------------------------------------------------------------------------------------


def _site(m: re.Match[str], language: Language, places: Places) -> str:
    """Of an address only its host: never a user, a query or a key in it."""
    if m["scheme"] == "file":
        return file_name(m["rest"].rstrip(_TRAILING + ")"), language, places)
    host = re.split(r"[/?#]", m["rest"], maxsplit=1)[0].rsplit("@", 1)[-1]
    return _host(host.rstrip(_TRAILING + ")") or "", language) + _tail(m.group())


def _host(host: str, language: Language) -> str:
    host, _, port = host.removeprefix("www.").partition(":")
    said = identifier(host.strip("[]."), language) or language.terms["a_link"]
    return said + (numerals.port_of(port, language) if port.isdecimal() and len(port) <= 5 else "")


def _tail(text: str) -> str:
    """The punctuation of the sentence that stuck to a name."""
    return text[len(text.rstrip(_TRAILING)) :].replace("'", "").replace("-", "")


def _local(m: re.Match[str], language: Language, places: Places) -> str:
    return _host(m.group(), language)


def _mail(m: re.Match[str], language: Language, places: Places) -> str:
    user, _, host = m.group().partition("@")
    return f"{identifier(user, language)} {language.terms['at']} {identifier(host, language)}"


def _id(m: re.Match[str], language: Language, places: Places) -> str:
    return language.terms["an_id"]


def _colour(m: re.Match[str], language: Language, places: Places) -> str:
    return figures.colour(m, language)


_DETERMINER = re.compile(r"\b(?:the|this|that|its|your|my|old|new|last|el|del|al|este|ese|tu|un|último)$", re.I)
_CALLED_COMMIT = re.compile(r"\bcommits?\W{0,3}$", re.I)
_IS_COMMIT, _TITLED = re.compile(r"\bcommit (?:is|was|es|fue)\W{0,3}$", re.I), re.compile(r"\W{0,3} [\"“«]\w")
"""`the commit is 1a2b3c4 "Add a menu"`"""
_CALLED_ID = re.compile(r"\b(?:id|ids|trace|request|digest|checksum|token|session)(?: is| es)?\W{0,3}$", re.I)


def _hash(m: re.Match[str], language: Language, places: Places) -> str:
    """Omitted with what only leads to it, `as`: nobody remembers a hash by ear."""
    before = m.string[max(0, m.start() - 24) : m.start()].rstrip()
    if len(m["hash"]) > 40 or _CALLED_ID.search(before):
        return language.terms["an_id"]
    if m["as"] or _CALLED_COMMIT.search(before) or (_IS_COMMIT.search(before) and _TITLED.match(m.string, m.end())):
        return ""
    if m["commit"]:
        return language.terms["the_commit" if _DETERMINER.search(before) else "that_commit"]
    return language.terms["a_commit"]


_CALLED_SIGN = frozenset(listed("point points character characters glyph glyphs código códigos carácter caracteres"))


def _code_point(m: re.Match[str], language: Language, places: Places) -> str:
    """`U+00E9`, left out where its noun stands in front of it."""
    return "" if numerals.before(m) in _CALLED_SIGN else language.terms["a_code_point"]


def _unsaid(m: re.Match[str], language: Language, places: Places) -> str:
    return ""


def _path(m: re.Match[str], language: Language, places: Places) -> str:
    raw = m.group().rstrip(_TRAILING)
    if not raw or raw.startswith("@") or not _is_path(raw):
        said = [identifier(part, language) for part in re.split(r"[/\\]", raw)]
        return number_words.told_apart(said) + _tail(m.group())
    return (name(raw, language, places) if "::" in raw else file_name(raw, language, places)) + _tail(m.group())


def _is_path(raw: str) -> bool:
    slashes = raw.count("/") + raw.count("\\")
    return slashes > 1 or raw[0] in "/~.\\" or raw[-1] in "/\\" or is_file(raw) or "::" in raw


def _file(m: re.Match[str], language: Language, places: Places) -> str:
    return file_name(m.group(), language, places)


def _node(m: re.Match[str], language: Language, places: Places) -> str:
    return name(m.group(), language, places)


def _option(m: re.Match[str], language: Language, places: Places) -> str:
    return f"{language.terms['option']} {' '.join(_pieces(m['flag'], language))}"


def _variable(m: re.Match[str], language: Language, places: Places) -> str:
    return f"{language.terms['variable']} {identifier(m['variable_name'], language)}"


_KEYS = {
    "ctrl": "Control", "cmd": "Command", "⌘": "Command", "⌃": "Control", "⌥": "Option", "⇧": "Shift", "esc": "Escape",
}  # fmt: skip


def _keys(m: re.Match[str], language: Language, places: Places) -> str:
    parts = re.findall(r"[⌘⌃⌥⇧]|[^\s+⌘⌃⌥⇧-]+", m.group())
    return " ".join(_KEYS.get(part.lower()) or identifier(part, language) for part in parts)


def _identifier(m: re.Match[str], language: Language, places: Places) -> str:
    return identifier(m.group(), language)


def _extension(m: re.Match[str], language: Language, places: Places) -> str:
    return f"{language.terms['dot']} {identifier(m['extension'], language)}"


HASHED = r"(?:(?:as|como|[Cc]ommit) ){1,2}(?=[a-f]{0,15}[0-9])[0-9a-f]{7}"
"""What leads to a hash and is left out with it, or becomes another word."""
_HASH = r"(?=[a-f]{0,15}[0-9])(?=[0-9]{0,15}[a-f])[0-9a-f]{7,40}"
PARTED_AHEAD = r"(?=\S{0,120}?[/\\@:.])"
"""No sign that parts the names below follows, and they are not tried: three times as fast."""
PARTED: tuple[tuple[str, str, Handler], ...] = (
    ("site", r"(?<![^\W_])(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,15})://|(?=www\.\w))(?P<rest>(?:\[redacted\]"
             r"|[^\s()\[\]<>\"'`{}]){0,2000}+)", _site),
    ("file", rf"(?<![\w])(?:\.?[\w-](?:[\w+-]|\.(?!\.)){{0,80}}|)(?<=\w)\.(?i:{EXTENSIONS})(?![\w-])(?!\.\w)"
             rf"(?::[0-9]{{1,9}}(?:[:-][0-9]{{1,9}})?)?(?!\w)", _file),
    ("local", r"(?<![\w.])(?:localhost|(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,12}):[0-9]{2,5}(?![\w:])", _local),
    ("mail", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", _mail),
    ("path", r"(?<![\w])(?=[^\s/\\]{0,80}[/\\](?:[\w.~@+-]|(?<=\w[/\\])))(?![0-9]{1,9}/[+-]?[0-9]{1,9}(?![\w/.]))"
             r"(?![0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}(?![\w/]))(?![0-9][\w.,]{0,20}/s(?![\w/]))"
             r"[\w.~@/\\](?:[\w.~@+/\\%=-]|:(?=[\w\\/:])|\[(?!redacted\])\w{1,40}\](?=[/.\w\s]|$))*+", _path),
    ("node", r"(?<![\w.])\w[\w.-]{0,120}(?:::\w[\w.-]{0,120}){1,12}(?:\[[^\]\s]{0,120}\])?", _node),
)  # fmt: skip
PATTERNS: tuple[tuple[str, str, Handler], ...] = (
    ("uuid", r"(?<!\w)[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?!\w)", _id),
    ("digest", r"(?<!\w)(?:sha(?:1|256|512)|md5)[:-][0-9a-fA-F]{8,128}(?!\w)", _id),
    ("hash_aside", rf"\((?:commits? )?{_HASH}(?:(?:\.{{2,3}}|, | and | y ){_HASH})?\)", _unsaid),
    ("stamp", r"(?<![\w.-])[0-9]{8,17}[_-](?=[A-Za-z])", _unsaid),
    ("commit_hash", r"(?<![\w-])(?P<as>(?:as|como) )?(?P<commit>[Cc]ommit )?(?P<hash>(?!ed25519\b)(?=[a-f]{0,15}[0-9])"
                    r"(?=[0-9]{0,15}[a-f])[0-9a-f]{7,128})(?![\w-])"
                    r"(?:\.{2,3}[0-9a-f]{7,64}(?!\w))?", _hash),
    ("code_point", r"(?<!\w)[Uu]\+[0-9A-Fa-f]{4,6}(?!\w)", _code_point),
    (
        "colour",
        r"#(?:(?=[0-9]{0,7}[a-fA-F])(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|(?=[0-9]{0,2}[a-fA-F])(?=[a-fA-F]{0,2}[0-9])"
        r"[0-9a-fA-F]{3}|(?P<same>[a-fA-F])(?P=same){2})(?!\w)",
        _colour,
    ),
    ("keys", r"(?:[⌘⌃⌥⇧][⌘⌃⌥⇧+ ]{0,6}\w{1,10}|(?<![\w+])(?:(?i:ctrl|control|alt|shift|cmd|command|meta|super|option"
             r"|esc)[+-]){1,3}"
             r"(?:[A-Z0-9]|F[0-9]{1,2}|[A-Za-z]{2,9}|[a-z])(?!\w))", _keys),
    ("option", r"(?<![\w-])--?(?P<flag>[A-Za-z][\w-]{0,80})", _option),
    ("variable", r"\$\{?(?P<variable_name>[A-Za-z_]\w{0,80})\}?", _variable),
)  # fmt: skip
"""Before the numbers, for all of these hold digits."""
IDENTIFIERS: tuple[tuple[str, str, Handler], ...] = (
    ("extension", r"(?<![\w)\]])\.(?P<extension>[A-Za-z]\w{0,30})", _extension),
    ("identifier", r"[^\W\d](?:\w|[-.:](?=[^\W_]))*+(?:\+\+|#(?!\w))?", _identifier),
)
"""Behind the numbers: whatever else begins with a letter."""
