"""Facts, names and sentences in the words of a language; what comes out holds letters and plain marks only.

One pass: a scanner of alternatives walks the text, each of them linear, so that no text takes long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from aidevops_voice.errors import VoiceError
from aidevops_voice.languages import Language, Saying
from aidevops_voice.log import redact
from aidevops_voice.redaction import HIDDEN
from aidevops_voice.words import calendar, figures, labels, names, numerals, restated, signs as marks
from aidevops_voice.words.characters import plain
from aidevops_voice.words.names import Places
from aidevops_voice.words.tidy import EDGE, tidy

_Handler = Callable[[re.Match[str], Language, Places], str]
_Kind = tuple[str, str, _Handler]
_Scanner = tuple[re.Pattern[str], dict[str, _Handler]]

PASSES = 4
"""Rendering is repeated until it changes nothing."""
_NUMBER = re.compile(r"\d{4}-\d\d-\d\d|\d+(?:\.\d+)?%")
"""Looks like a name, and is none."""
_SIGNED = re.compile(r"(?<![\w.)\]])[-−+] ?[$€£¥]?\.?\d|[-−]inf\b", re.I)
"""No name has one."""
_FIELD = re.compile(r"\{(\w+)\}(?=\W*(\w*))")


def told(saying: Saying, language: Language) -> str:
    """The phrase of a fact with its fields in words; no stop at its end; raises KeyError for an unknown one."""
    phrase = language.phrases[saying.key]
    if isinstance(phrase, tuple):
        phrase = phrase[0] if saying.n == 1 else phrase[1]
    fields = dict(saying.fields) if saying.n is None else {"n": saying.n, **saying.fields}

    def value(match: re.Match[str]) -> str:
        raw = fields[match.group(1)]
        if isinstance(raw, int):
            return numerals.number(str(raw), language, match.group(2))
        return (render if " " in raw.strip() or _NUMBER.fullmatch(raw) else name)(raw, language).rstrip(" .")

    return _FIELD.sub(value, phrase).rstrip(".")


def failure(error: VoiceError, language: Language) -> str:
    """The sentence for the ear, in the language where it has one for this failure or for its kind."""
    for kind in type(error).__mro__:
        if issubclass(kind, VoiceError) and kind.spoken == error.spoken:
            phrase = language.phrases.get(f"errors.{kind.code}")
            if isinstance(phrase, str):
                return phrase
    return error.spoken


def render(text: str, language: Language, places: Places | None = None) -> str:
    """One sentence or line without Markdown as words; `places` holds the files that its text has named so far."""
    return worded(redact(plain(text)), language, places)


def worded(text: str, language: Language, places: Places | None = None) -> str:
    """The same of a text that holds neither secrets nor what is unseen."""
    seen = {} if places is None else places
    if HIDDEN in text and language.code:
        text = _named_secret(language).sub(r"\g<secret>", text)
    text = restated.once(text, language, lambda amount: tidy(_scanned(amount, language, {}), language))
    for _ in range(PASSES):
        before, text = text, tidy(_scanned(text, language, seen), language)
        if text == before:
            break
    return text


def name(raw: str, language: Language) -> str:
    """A file, path, identifier or test's name as words."""
    raw = redact(plain(raw)).strip()
    return render(raw if " " in raw or _SIGNED.search(raw) else names.name(raw, language), language)


def elapsed(seconds: float, language: Language) -> str:
    """`two minutes`, `one hour and five minutes`; from a minute on without the seconds."""
    hours, minutes = int(seconds) // 3600, int(seconds) % 3600 // 60
    parts = [(hours, "h"), (minutes, "min")] if seconds >= 60 else [(int(seconds), "s")]
    said = [numerals.counted(n, unit, language) for n, unit in parts if n or unit == "s"]
    return f" {language.terms['and']} ".join(said)


_MARKS = {".": "dot", "-": "dash", "_": "underscore", "/": "slash", ":": "colon", "+": "plus", "@": "at"}


def spelled(raw: str, language: Language) -> str:
    """Letter by letter, digits and marks by their names, capitals told."""
    return ", ".join(filter(None, (_letter(char, language) for char in redact(plain(raw)))))


def _letter(char: str, language: Language) -> str:
    if char.isdecimal():
        return language.cardinal(int(char))
    if char in _MARKS:
        return language.terms[_MARKS[char]]
    if not char.isalpha():
        return ""
    return f"{language.terms['capital']} {char.lower()}" if char.isupper() else char


# --- the scanner ------------------------------------------------------------------------------------------------

_STRUCTURE = {
    ";": ",", ":": ",", "(": ",", ")": ",", "—": ",", "–": ",", "|": ",", "•": ",", "·": ",", "…": ".", "，": ",",
    "、": ",", "。": ".", "：": ",", "；": ",", "？": "?", "！": "!", "،": ",", "؟": "?", "।": ".",
}  # fmt: skip
_KEEP = frozenset(".,?!¿¡'-")
_NAN = re.compile(r"(?<=[a-z])NaN(?![a-z])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?![sv](?![a-z]))[a-z])")
"""But not in `URLs` and `IPv4`."""


def _scanned(text: str, language: Language, places: Places) -> str:
    pattern, handlers = _scanner(language) if language.code else _bare(language)
    out: list[str] = []
    for match in pattern.finditer(text):
        kind = match.lastgroup or ""
        if kind == "is_prose":
            out.append(match.group())
        else:
            out.append(handlers[kind](match, language, places))
    return "".join(out)


def _spaced(handler: _Handler) -> _Handler:
    return lambda m, language, places: f" {handler(m, language, places)} "


def _counting(handler: numerals.Handler) -> _Handler:
    def spoken(m: re.Match[str], language: Language, places: Places) -> str:
        said = numerals.ported(m.group(), language) if labels.is_port(m, places) else handler(m, language)
        return f" {EDGE}{said}{EDGE} "

    return spoken


def _word(m: re.Match[str], language: Language, places: Places) -> str:
    text = m.group().replace("’", "'")
    return text if text.islower() else _CAMEL.sub(" ", _NAN.sub(" nan", names.small(text))).strip()


def _short(m: re.Match[str], language: Language, places: Places) -> str:
    if m.group().isupper() and m.group().isalpha():
        return m.group()
    said = language.shorts[m.group().lower()]
    over = m.group().endswith(".") and re.match(r"\s*$|\s+[A-Z]", m.string[m.end() : m.end() + 8])
    return f" {said}. " if over and m.group().lower().startswith("etc") else f" {said} "


def _sign(m: re.Match[str], language: Language, places: Places) -> str:
    sign = m.group()
    behind, ahead = m.string[m.start() - 1 : m.start()], m.string[m.end() : m.end() + 1]
    if behind.isalnum() and ahead.isdecimal() and sign in ("~", "=="):
        return f" {language.terms['minus']} " if sign == "~" else " "
    if sign in _STRUCTURE:
        return f"{_STRUCTURE[sign]} "
    return f" {language.signs[sign]} "


def _dash(m: re.Match[str], language: Language, places: Places) -> str:
    around = m.string[max(0, m.start() - 2) : m.end() + 2]
    return f" {language.terms['minus']} " if around[:1].isdecimal() and around[-1:].isdecimal() else ", "


def _times(m: re.Match[str], language: Language, places: Places) -> str:
    return f" {language.signs['×']} "


def _and(m: re.Match[str], language: Language, places: Places) -> str:
    return f", {language.terms['and']} "


def _until(m: re.Match[str], language: Language, places: Places) -> str:
    return f" {language.terms['to']} "


def _inner(m: re.Match[str], language: Language, places: Places) -> str:
    return f" {language.terms['dot']} "


def _other(m: re.Match[str], language: Language, places: Places) -> str:
    char = m.group()
    if char in ".?!":
        before = m.string[m.start() - 1 : m.start()]
        return char if before and not before.isspace() and before not in "/\\(" else " "
    if char in _KEEP:
        return char
    if char in "ªº":
        return " "
    return char if char.isalpha() or unicodedata.category(char)[0] == "M" else " "


def _secret(m: re.Match[str], language: Language, places: Places) -> str:
    return f" {language.terms['a_secret']} "


@cache
def _named_secret(language: Language) -> re.Pattern[str]:
    """One behind the noun that says what it is: `the password [redacted]`."""
    noun, marks, and_ = language.marks["secret_noun"].pattern, r"[ `\"'*]*", language.terms["and"]
    one = rf"{re.escape(HIDDEN)}[`\"'*]*"
    more = rf"(?:,? (?:{and_} )?[`\"'*]*{one})*"
    return re.compile(rf"(?P<secret>{noun}){marks}\(?{marks}{one}{more}\)?", re.I)


def _quoted(m: re.Match[str], language: Language, places: Places) -> str:
    return f" {language.sign_names[m['quoted_sign']]} "


def _dropped(m: re.Match[str], language: Language, places: Places) -> str:
    return " "


_WORD = rf"(?!{names.HASHED})[^\W\d_ªº]+(?:['’][^\W\d_ªº]+){{0,3}}(?=[\s,;*)\"”»]|[.?!:](?:\s|$)|$)"


@cache
def _scanner(language: Language) -> _Scanner:
    shorts = "|".join(re.escape(short) for short in sorted(language.shorts, key=len, reverse=True)) or "(?!)"
    plain_shorts = "|".join(short for short in language.shorts if short.isalpha()) or "(?!)"
    signs = sorted(set(language.signs) - {"<", ">"} | set(_STRUCTURE), key=len, reverse=True)
    quotable = re.escape("".join(language.sign_names))
    and_ = language.terms["and"]
    # `treinta y uno` is one number, and so would be thirty and one.
    joined = rf"(?<=[0-9]0)(?i: {and_}) ?(?=[1-9])" if f" {and_} " in language.cardinal(31) else r"(?!)"
    dated, numbers = calendar.dates(language), figures.patterns(language)
    return _compiled(
        (
            "",
            [
                ("and", joined, _and),
                ("prose", rf"(?:(?!{names.HASHED}|(?:{plain_shorts}) )[a-záéíóúüñ]+ )+", _dropped),
                (dated[0], dated[1], _counting(dated[2])),
                *marks.lettered(language),
                ("short", rf"(?<![\w])(?i:{shorts})(?![\w])", _short),
                ("word", _WORD, _word),
                ("space", r"\s+", _dropped),
                ("quoted", rf"(?<!\w)['‘\"“](?P<quoted_sign>[{quotable}])['’\"”]", _quoted),
                ("secret", re.escape(HIDDEN), _secret),
                ("run", r"(?P<repeated>[^\w\s/])(?P=repeated){3,}", _dropped),
            ],
        ),
        ("", [(kind, pattern, _spaced(handler)) for kind, pattern, handler in names.PATTERNS]),
        (names.PARTED_AHEAD, [(kind, pattern, _spaced(handler)) for kind, pattern, handler in names.PARTED]),
        (figures.AHEAD, [(kind, pattern, _counting(handler)) for kind, pattern, handler in numbers]),
        ("", [(kind, pattern, _spaced(handler)) for kind, pattern, handler in names.IDENTIFIERS]),
        (
            "",
            [
                *marks.COMPARISONS,
                ("inner", r"(?<=\w)\.(?=\w)", _inner),
                ("until", r"(?<=[0-9]{2})[-–](?=[0-9]{1,2}:[0-9]{2})", _until),
                ("dash", r"(?<=\s)-(?=\s)", _dash),
                ("star", r"(?<=[0-9])\*(?=[0-9])|(?<=[0-9] )\*(?= [0-9])", _times),
                ("markup", r"\*+|~~+|`+|\([+-]\)|_+|%(?=[A-Za-z])", _dropped),
                ("sign", "|".join(map(re.escape, signs)), _sign),
                ("other", r"[\s\S]", _other),
            ],
        ),
    )


@cache
def _bare(language: Language) -> _Scanner:
    """For text without rules: addresses and paths are still cut to their ends, all else stays."""
    scheme = r"(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://(?:[^\s/@]{0,200}@)?|(?=www\.\w))"
    site = scheme + r"(?P<host>[\w.-]{0,200})[^\s()\[\]<>\"'`{}]*+"
    groups = r"(?:-[0-9a-fA-F]{4,})*"
    file = rf"(?<!\w)\.?[\w-]{{1,80}}(?:\.[\w-]{{1,80}}){{0,8}}\.(?i:{names.EXTENSIONS})(?!\w)"
    return _compiled(
        (
            "",
            [
                ("word", _WORD, _word),
                ("site", site, _kept("host")),
                ("hexadecimal", rf"(?<!\w)(?=[a-fA-F-]{{0,40}}[0-9])[0-9a-fA-F]{{7,}}{groups}(?!\w)", _hexadecimal),
                ("path", r"(?<!\w)[\w.~@-]{0,80}[/\\](?:[\w.~@-]+[/\\])*+(?P<last>[\w.-]*)", _kept("last")),
                ("file", file, _kept("is_file")),
                ("secret", re.escape(HIDDEN), _secret),
                ("number", r"[0-9]+(?:[.,:][0-9]+)*", _digits),
                ("inner", r"(?<=\w)[.'-](?=\w)", lambda m, language, places: m.group()),
                ("sign", "|".join(map(re.escape, _STRUCTURE)), _sign),
                ("other", r"[\s\S]", _other),
            ],
        )
    )


def _hexadecimal(m: re.Match[str], language: Language, places: Places) -> str:
    """A hash is left out, a number stays."""
    return _digits(m, language, places) if m.group().isdecimal() else " "


def _digits(m: re.Match[str], language: Language, places: Places) -> str:
    """As they are, unless they are too many to be heard."""
    longest = max(map(len, re.split(r"[.,:]", m.group())))
    return f" {language.terms['long_number']} " if longest > numerals.LONGEST else m.group().replace(":", " ")


def _kept(group: str) -> _Handler:
    def handler(m: re.Match[str], language: Language, places: Places) -> str:
        kept = m[group].removeprefix("www.")
        if group != "host" and names.is_file(kept):
            kept = kept.replace(".", f" {language.terms['dot']} ")
        return _CAMEL.sub(" ", kept.replace("_", " "))

    return handler


def _compiled(*groups: tuple[str, list[_Kind]]) -> _Scanner:
    """One pattern of all kinds, the first that fits wins; of a group none is tried where its condition fails."""
    parts: list[str] = []
    handlers: dict[str, _Handler] = {}
    for ahead, table in groups:
        kinds = "|".join(f"(?P<is_{kind}>{pattern})" for kind, pattern, _ in table)
        parts.append(f"{ahead}(?:{kinds})")
        handlers |= {f"is_{kind}": handler for kind, _, handler in table}
    return re.compile("|".join(parts)), handlers
