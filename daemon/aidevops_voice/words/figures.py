"""Numbers in running text, by what they are: amounts, prices, ranges, ratios, versions, addresses, issues, colours."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language, listed
from aidevops_voice.words import calendar, units
from aidevops_voice.words.numerals import (
    GROUPED,
    PORT,
    Handler,
    after,
    before,
    counts,
    decimal_mark,
    label,
    number,
    port_of,
    ported,
    spelled,
    version,
    whole,
)

_DIGITWISE = PORT | frozenset(listed("pid http https status estado"))
"""Words behind which a number is a label: `port 8080`, `HTTP 404`."""
_NUMBERED = frozenset(listed("pr prs mr issue issues request ticket bug incidencia petición"))
_GREAT = {"k": 3, "K": 3, "M": 6}
"""Zeros that a letter behind a number stands for."""
_ALIKE = re.compile(r"(\d)\1\1|(\d\d)\2\2|0\d\d|0\d{5}|\d{8}")
"""Digits that are a colour rather than a count: `333`, `767676`, `000`, `001122`."""
_OF_COLOURS = re.compile(
    r"\b(?:colou?rs?|gr[ea]y|background|foreground|css|white|black|contrast|fill|stroke|border|shade|hue|"
    r"tint|colores|fondo|gris|blanco|negro|contraste|borde)\b",
    re.I,
)
_NEAR = 48
_CITED = frozenset(listed("see fixes fixed closes closed refs resolves ver cierra"))
_COLOUR = frozenset(listed("colour color"))
_ARTICLES = frozenset(listed("a an the un el"))
_PLACED = frozenset(listed("line lines column col at step línea líneas columna paso"))
_ASPECTS = frozenset(listed("16:9 4:3 3:2 21:9 16:10 5:4 9:16 3:4 2:3"))
_OF_RATIOS = re.compile(
    r"\b(?:ratios?|proportions?|contrast|aspect|scale|relaci[oó]n|proporci[oó]n|contraste|escala)\b", re.I
)
_AGAIN = re.compile(r"[`'\"*]{0,2}(?:,|,? (?:and|or|y|o|to|a|then|→|->))? [`'\"*]{0,2}[vV]?$")
"""What stands between two versions that are named together."""


def _thousands(text: str, unit: str, language: Language, word: str) -> str:
    """`20k`, `3M`, as one number; what begins with a zero is none."""
    *others, last = counts(text, language)
    sign = f"{language.terms['minus']} " if text[0] in "-−" else ""
    zeros = f"{whole(last, language)} {language.units[unit.replace('K', 'k')][1]}"
    said = zeros if last[0] == "0" else whole(last + "0" * _GREAT[unit], language, word)
    return sign + ", ".join([*(whole(one, language, word) for one in others), said])


def _plain_number(m: re.Match[str], language: Language) -> str:
    text = m.group()
    if text.isdecimal() and len(text) in (3, 4, 5) and before(m) in _DIGITWISE:
        return ported(text, language)
    return number(text, language, after(m))


def _unit(m: re.Match[str], language: Language) -> str:
    """`350ms`, `1.5 GiB`, `12%`."""
    one, many = units.names(language)[m["unit"]]
    amount = m["amount"]
    if amount.count(".") == 1 and not GROUPED.fullmatch(amount):
        amount = amount.replace(".", language.decimal)
    many = one if units.attributive(m, language) else many
    per = f" {language.terms['per_second']}" if m["per"] else ""
    if m["unit"] in _GREAT and not per and not decimal_mark(amount.lstrip("-−"), language):
        return _thousands(amount, m["unit"], language, after(m))
    return f"{number(amount, language, one.split()[0])} {one if amount == '1' else many}{per}"


def _metres(m: re.Match[str], language: Language) -> str:
    """`40 m`, with a blank between them."""
    amount = m["span"]
    if m["letter"] == "M":
        counted = language.marks["many"].match(m.string, m.end()) and not decimal_mark(amount, language)
        return _thousands(amount, "M", language, after(m)) if counted else f"{number(amount, language)} M"
    lasts = not m["speed"] and units.lasts(m, language)
    one, many = language.units["m"] if lasts else (language.terms["metre"], language.terms["metres"])
    named = one if amount == "1" or units.attributive(m, language) else many
    if amount.count(".") == 1 and not GROUPED.fullmatch(amount):
        amount = amount.replace(".", language.decimal)
    per = f" {language.terms['per_second']}" if m["speed"] else ""
    return f"{number(amount, language, one)} {named}{per}"


def _money(m: re.Match[str], language: Language) -> str:
    amount, sign = (m["price"], m["currency"]) if m["price"] else (m["cost"], m["coin"])
    debit = f"{language.terms['minus']} " if m["debit"] else ""
    return f"{debit}{number(amount, language, 'euros')} {language.signs[sign]}"


def _range(m: re.Match[str], language: Language) -> str:
    first, last = m["first"], m["last"]
    joint = "to" if int(first) < int(last) else "dash"
    return f"{whole(first, language)} {language.terms[joint]} {whole(last, language, after(m))}"


def _spaced(m: re.Match[str], language: Language) -> str:
    """`12 500 rows`; behind a noun, which may count something itself, they are two numbers: `level 12 500 times`."""
    behind = before(m)
    led = not behind or behind in language.common or bool(language.marks["leading"].search(behind))
    *others, last = m["groups"].split(" ")
    if led and language.marks["many"].match(m.string, m.end()):
        return whole("".join([*others, last]), language, after(m))
    return ", ".join([*(whole(group, language) for group in others), whole(last, language, after(m))])


def _ratio(m: re.Match[str], language: Language) -> str:
    part, all_ = m["part"], m["all"]
    joint = "of" if int(part) <= int(all_) else "slash"
    return f"{whole(part, language)} {language.terms[joint]} {whole(all_, language, after(m))}"


def _fraction(m: re.Match[str], language: Language) -> str:
    above, below = m["above"], m["below"]
    name = language.terms.get(f"{above}/{below}")
    said = name or f"{whole(above, language)} {language.terms['of']} {whole(below, language)}"
    return f"{whole(m['units'], language)} {language.terms['and']} {said}" if m["units"] else said


def _ordinal(m: re.Match[str], language: Language) -> str:
    digits = m["nth"]
    return language.ordinal(int(digits), m["ending"] == "ª") if len(digits) < 4 else whole(digits, language)


def _proportion(m: re.Match[str], language: Language) -> str:
    """`4.5:1`, `16 : 9`; what may be two counts keeps its colon, which is not said."""
    first, second = m["first_share"], m["second_share"]
    around = m.string[max(0, m.start() - _NEAR) : m.start()]
    plain = first.isdecimal() and second.isdecimal()
    bare = f"{first}:{second}"
    apart = " " in m.group() and len(second) == 1
    fits = not plain or apart or "1" in (first, second) or bare in _ASPECTS or _OF_RATIOS.search(around)
    joint = f" {language.terms['ratio']} " if fits and before(m) not in _PLACED else ", "
    return f"{_decimals(first, language)}{joint}{_decimals(second, language)}"


def _decimals(text: str, language: Language) -> str:
    return number(text.replace(".", language.decimal), language)


def _version(m: re.Match[str], language: Language) -> str:
    if not m["v"] and language.decimal == "," and GROUPED.fullmatch(m["release"]):
        return number(m["release"], language, after(m))
    pre = _candidate(m["pre"] or "", language)
    if pre and _is_told(m):
        return pre.strip()
    named = m["v"] and before(m) not in ("version", "versión", "release")
    return f"{language.terms['version']} " * bool(named) + version(m["release"], language) + pre


def _candidate(text: str, language: Language) -> str:
    """`-rc.1` -> R C one."""
    parts = re.findall(r"[A-Za-z]+|\d+", text)
    said = (label(part, language) if part.isdecimal() else _SPELLED.get(part.lower(), part) for part in parts)
    return "".join(f" {part}" for part in said)


_SPELLED = {"rc": "RC"}


def _is_told(m: re.Match[str]) -> bool:
    """Whether the same release stands just before it: `1.2.0-rc1 and 1.2.0-rc2`."""
    before_it = m.string[max(0, m.start() - 60) : m.start()]
    between = _AGAIN.search(before_it)
    return bool(
        between and re.search(rf"(?<![\w.])[vV]?{re.escape(m['release'])}{_PRE}$", before_it[: between.start()])
    )


def tag(raw: str, language: Language) -> str:
    """A name that is a version and nothing else, as words; empty for another."""
    found = _TAG.fullmatch(raw)
    return _version(found, language) if found else ""


_PRE = r"-?(?i:alpha|beta|rc|dev|pre|preview|post|next|canary|nightly|snapshot|a|b)[.-]?[0-9]{0,8}(?![^\W_])"
_RELEASE = (
    r"(?:(?P<v>[vV])(?=[0-9]))?(?P<release>(?(v)[0-9]{1,15}(?:\.[0-9]{1,15}){0,5}|[0-9]{1,15}(?:\.[0-9]{1,15}){2,5}))"
    rf"(?![0-9])(?!\.[A-Za-z])(?P<pre>{_PRE})?"
)
_TAG = re.compile(_RELEASE)


def _address(m: re.Match[str], language: Language) -> str:
    dot = f" {language.terms['dot']} "
    host, _, port = m.group().partition(":")
    return dot.join(spelled(part, language) for part in host.split(".")) + (port_of(port, language) if port else "")


def _port(m: re.Match[str], language: Language) -> str:
    return port_of(m["port"], language)


def _number_sign(m: re.Match[str], language: Language) -> str:
    if _is_colour(m):
        return colour(m, language)
    said = whole(m["issue"], language)
    return said if before(m) in _NUMBERED else f"{language.terms['hash']} {said}"


def colour(m: re.Match[str], language: Language) -> str:
    """`#ff8800`; nothing where its word stands in front of it."""
    if before(m) in _COLOUR:
        return ""
    _, _, alone = language.terms["a_color"].partition(" ")
    return alone if before(m) in _ARTICLES else language.terms["a_color"]


def _is_colour(m: re.Match[str]) -> bool:
    """Of six digits those in pairs, of three those that are alike where their sentence speaks of colours."""
    digits = m["issue"]
    if before(m) in _NUMBERED | _CITED or len(digits) not in (3, 6, 8):
        return False
    around = m.string[max(0, m.start() - _NEAR) : m.end() + _NEAR]
    coloured = bool(_OF_COLOURS.search(around))
    alike = bool(_ALIKE.fullmatch(digits))
    return (coloured or alike) if len(digits) > 3 else alike and (coloured or digits[0] == "0")


def _hex(m: re.Match[str], language: Language) -> str:
    text = m.group()[2:]
    if len(text) > 8:
        return language.terms["long_number"]
    return "hex " + " ".join(language.cardinal(int(c)) if c.isdecimal() else c.upper() for c in text)


def _phone(m: re.Match[str], language: Language) -> str:
    plus = f"{language.terms['plus']} " if m.group()[0] == "+" else ""
    groups = re.findall(r"\d+", m.group())
    return plus + ", ".join(spelled(group, language) for group in groups)


def _power(m: re.Match[str], language: Language) -> str:
    return f"{language.terms['power']} {number(m['power'], language)}"


AHEAD = r"(?=[0-9+(−vV#:^$€£¥-])"
"""What a number begins with."""
_AMOUNT = r"[0-9]{1,15}(?:[.,][0-9]{1,15}){0,4}"


def patterns(language: Language) -> list[tuple[str, str, Handler]]:
    """Name, pattern and handler of each kind of number, the first that fits wins."""
    unit = units.pattern(language)
    signs = "".join(re.escape(sign) for sign in "$€£¥" if sign in language.signs)
    minus = r"(?:(?<![\w.)\]])[-−](?=[0-9]))?"
    return [
        ("hexadecimal", r"0[xX][0-9a-fA-F]{1,64}(?![^\W_])", _hex),
        ("iso_date", r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])"
                     r"(?:[T ](?P<at>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]{1,9})?(?:Z"
                     r"|[+-][0-9]{2}:?[0-9]{2})?)?",
         calendar.iso_date),
        ("slash_date", r"(?:[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?![0-9/])",
         calendar.slash_date),
        ("time", r"(?:(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?![0-9:])(?:[.,][0-9]{1,9})?Z?(?: ?(?P<half>"
                 r"(?i:[ap]\.?m))\b\.?)?"
                 r"|(?P<hour_only>1?[0-9]) ?(?P<half_only>(?i:[ap]\.?m))\b\.?)", calendar.time),
        ("proportion", r"(?<![\w.:/-])(?P<first_share>[0-9]{1,4}(?:[.,][0-9]{1,4})?)(?: : |:)"
                       r"(?P<second_share>[0-9]{1,4}(?:[.,][0-9]{1,4})?)(?![\w:/])(?![.,][0-9])"
                       , _proportion),
        ("phone", r"(?:(?:\+[0-9]{1,3}[ -])?\(?[0-9]{3}\)?[ -][0-9]{3}[ -][0-9]{4}|\+[0-9]{1,3}"
                  r"(?:[ -][0-9]{2,4}){2,4})(?![0-9])",
         _phone),
        ("spaced", r"(?<![\w.,:/+-])(?<![0-9] )(?P<groups>[1-9][0-9]{0,2}(?: [0-9]{3}(?![\w.,:/-]))+)(?= [^\W\d_]{3})",
         _spaced),
        ("address", r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?::[0-9]{2,5})?(?![.:]?[0-9])", _address),
        ("version", _RELEASE, _version),
        ("fraction", r"(?:(?P<units>[0-9]{1,6}) )?(?P<above>[0-9]{1,3})⁄(?P<below>[0-9]{1,3})", _fraction),
        ("ratio", r"(?P<part>[0-9]{1,9})/(?P<all>[0-9]{1,9})(?![\w/.])", _ratio),
        ("ordinal", r"(?P<nth>[0-9]{1,15})(?P<ending>(?:(?<=1)(?<!11)st|(?<=2)(?<!12)nd|(?<=3)(?<!13)rd"
                    r"|(?:(?<=[04-9])|(?<=1[1-3]))th)(?![^\W_])|\.?[ºª])", _ordinal),
        ("unit", rf"(?P<amount>{minus}{_AMOUNT}) ?{unit}(?P<per>/s(?![\w/]))?", _unit),
        ("metres", rf"(?P<span>{minus}{_AMOUNT}) (?P<letter>[mM])(?:(?P<speed>/s)(?![\w/])|(?![\w²³/^'’€$-]))",
         _metres),
        ("money",
         rf"(?:(?P<debit>(?<![\w.)\]])[-−](?=[{signs}]))?(?P<currency>[{signs}]) ?(?P<price>[-−]?{_AMOUNT})"
         rf"|(?P<cost>{minus}{_AMOUNT}) ?(?P<coin>[{signs}]))", _money),
        ("range", r"(?P<first>[0-9]{1,9})[-–](?P<last>[0-9]{1,9})(?![\w.-])", _range),
        ("issue", r"#(?P<issue>[0-9]{1,15})(?![\w])", _number_sign),
        ("port", r"(?<![\w\])]):(?P<port>[0-9]{2,5})(?![\w:.])", _port),
        ("power", r"(?<=[\w)])\^(?P<power>-?[0-9]{1,6})(?![\w.])", _power),
        ("number", rf"{minus}[0-9]{{1,15}}(?![0-9])(?:[.,][0-9]{{1,15}}(?![0-9])){{0,4}}(?:[eE][+-]?[0-9]{{1,3}}"
                   rf"(?![\w.]))?",
         _plain_number),
        ("digits", r"[0-9]+", lambda m, language: language.terms["long_number"]),
    ]  # fmt: skip
