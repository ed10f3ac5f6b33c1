"""Digits in the words of a language: counts, decimals, units, dates, times, versions, ports, ratios and ranges."""

from __future__ import annotations

import re
from collections.abc import Callable

from aidevops_voice.languages import Language, listed
from aidevops_voice.words import units

Handler = Callable[[re.Match[str], Language], str]

LONGEST = 15
"""Digits that are said; a longer run is only named."""
MOST_WORDS = 19
"""A number of more words is only named too, for it fills a sentence."""
_NEXT_WORD = re.compile(r"\s*([^\W\d_]*)")
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s.:=#(*_]{0,5}$")
PORT = frozenset(listed("port ports puerto puertos"))
_DIGITWISE = PORT | frozenset(listed("pid http https status estado"))
"""Words behind which a number is a label: `port 8080`, `HTTP 404`."""
_NUMBERED = frozenset(listed("pr prs mr issue issues request ticket bug incidencia petición"))
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")


def spelled(digits: str, language: Language) -> str:
    """One digit after the other."""
    return " ".join(language.cardinal(int(digit)) for digit in digits)


def whole(digits: str, language: Language, word: str = "") -> str:
    """A run of digits as a number, in the gender of the word behind it; with zeros in front digit by digit."""
    if len(digits) > LONGEST:
        return language.terms["long_number"]
    if digits[0] == "0" and len(digits) > 1:
        return spelled(digits, language)
    said = language.agreeing(int(digits), word)
    return said if said.count(" ") < MOST_WORDS else language.terms["long_number"]


def label(digits: str, language: Language) -> str:
    """A run of digits inside a name: up to two as a number, a year as a year, more of them one by one."""
    if len(digits) > LONGEST:
        return language.terms["long_number"]
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return year(digits, language)
    return whole(digits, language) if len(digits) < 3 else spelled(digits, language)


def version(text: str, language: Language) -> str:
    """`2.13.0` -> two point thirteen point zero."""
    return f" {language.terms['point_of_version']} ".join(label(part, language) for part in text.split("."))


def number(text: str, language: Language, word: str = "") -> str:
    """`1,234`, `-2.5`, `1e-5`; its marks are read as the language writes them."""
    sign = f"{language.terms['minus']} " if text[0] in "-−" else ""
    text, mark, power = text.lstrip("-−+").lower().partition("e")
    exponent = f" {language.terms['times']} {_ten_to(power, language)}" if mark else ""
    return sign + _unsigned(text, language, word) + exponent


def _ten_to(power: str, language: Language) -> str:
    return f"{language.cardinal(10)} {language.terms['power']} {number(power.lstrip('+') or '0', language)}"


def _unsigned(text: str, language: Language, word: str) -> str:
    mark = _decimal(text, language)
    if not mark:
        return ", ".join(whole(part, language, word) for part in _counts(text, language))
    head, tail = text.split(mark)
    point = language.terms["point" if mark == language.decimal else "point_of_version"]
    if len(tail) > LONGEST:
        return language.terms["long_number"]
    return f"{whole(re.sub(r'[^0-9]', '', head), language)} {point} {spelled(tail, language)}"


def _grouped(text: str, language: Language) -> bool:
    parted = _GROUPED.fullmatch(text)
    return bool(parted and (parted.group(1) != language.decimal or text.count(language.decimal) > 1))


def _decimal(text: str, language: Language) -> str:
    """The mark before a fraction, where there is one."""
    if _grouped(text, language):
        return ""
    last = max(map(text.rfind, ".,"))
    return next((m for m in (language.decimal, ".") if text.count(m) == 1 and text.rfind(m) == last), "")


def _counts(text: str, language: Language) -> list[str]:
    """The digits of a number in groups, or those of several numbers: `1,234`, `1,2`."""
    return [re.sub(r"\D", "", text)] if _grouped(text, language) else re.findall(r"\d+", text)


def _thousands(text: str, language: Language, word: str) -> str:
    """`20k`, as one number; what begins with a zero is none."""
    *others, last = _counts(text, language)
    sign = f"{language.terms['minus']} " if text[0] in "-−" else ""
    zeros = f"{whole(last, language)} {language.units['k'][1]}"
    said = zeros if last[0] == "0" else whole(f"{last}000", language, word)
    return sign + ", ".join([*(whole(one, language, word) for one in others), said])


def before(m: re.Match[str]) -> str:
    """The word before a match, lower case."""
    found = _LAST_WORD.search(m.string[max(0, m.start() - 24) : m.start()])
    return found.group(1).lower() if found else ""


def after(m: re.Match[str]) -> str:
    """The word behind a match."""
    found = _NEXT_WORD.match(m.string, m.end())
    return found.group(1) if found else ""


def _plain_number(m: re.Match[str], language: Language) -> str:
    text = m.group()
    if text.isdecimal() and len(text) in (3, 4, 5) and before(m) in _DIGITWISE:
        return ported(text, language)
    return number(text, language, after(m))


def _unit(m: re.Match[str], language: Language) -> str:
    """`350ms`, `1.5 GiB`, `12%`."""
    one, many = units.names(language)[m["unit"]]
    amount = m["amount"]
    if amount.count(".") == 1 and not _GROUPED.fullmatch(amount):
        amount = amount.replace(".", language.decimal)
    per = f" {language.terms['per_second']}" if m["per"] else ""
    if m["unit"] in "kK" and not per and not _decimal(amount.lstrip("-−"), language):
        return _thousands(amount, language, after(m))
    return f"{number(amount, language, one)} {one if amount == '1' else many}{per}"


def _money(m: re.Match[str], language: Language) -> str:
    amount, sign = (m["price"], m["currency"]) if m["price"] else (m["cost"], m["coin"])
    return f"{number(amount, language, 'euros')} {language.signs[sign]}"


def _range(m: re.Match[str], language: Language) -> str:
    first, last = m["first"], m["last"]
    joint = "to" if int(first) < int(last) else "dash"
    return f"{whole(first, language)} {language.terms[joint]} {whole(last, language, after(m))}"


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


def _version(m: re.Match[str], language: Language) -> str:
    if not m["v"] and language.decimal == "," and _GROUPED.fullmatch(m["release"]):
        return number(m["release"], language, after(m))
    said = version(m["release"], language)
    if m["pre"]:
        parts = re.findall(r"[A-Za-z]+|\d+", m["pre"])
        said += " " + " ".join(label(part, language) if part.isdecimal() else part for part in parts)
    named = m["v"] and before(m) not in ("version", "versión", "release")
    return f"{language.terms['version']} {said}" if named else said


def _address(m: re.Match[str], language: Language) -> str:
    dot = f" {language.terms['dot']} "
    host, _, port = m.group().partition(":")
    return dot.join(spelled(part, language) for part in host.split(".")) + (port_of(port, language) if port else "")


def port_of(digits: str, language: Language) -> str:
    """Port eight zero eight zero."""
    return f" {language.terms['port']} {ported(digits, language)}"


def ported(digits: str, language: Language) -> str:
    """A port as it is said everywhere: 8080 digit by digit, 3000 as a number."""
    return whole(digits, language) if digits.endswith("00") else spelled(digits, language)


def _port(m: re.Match[str], language: Language) -> str:
    return port_of(m["port"], language)


def year(digits: str, language: Language) -> str:
    """`2025` -> twenty twenty-five, where years are said in pairs."""
    first, last = int(digits[:2]), int(digits[2:])
    if language.terms["years"] != "paired" or not 10 <= last <= 99 or not 11 <= first <= 20:
        return whole(digits, language)
    return f"{language.cardinal(first)} {language.cardinal(last)}"


def _date(day: int, month: int, digits: str, language: Language) -> str:
    said = language.terms["date"].format(day=language.cardinal(day), month=language.months[month - 1])
    return language.terms["date_of_year"].format(date=said, year=year(digits, language)) if digits else said


def _iso_date(m: re.Match[str], language: Language) -> str:
    month, day = int(m["month"]), int(m["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return f" {language.terms['dash']} ".join(whole(part, language) for part in m.group()[:10].split("-"))
    said = _date(day, month, m["year"], language)
    return f"{said}, {_clock(m['at'], language)}" if m["at"] else said


def _slash_date(m: re.Match[str], language: Language) -> str:
    parts = m.group().split("/")
    said = (year(part, language) if len(part) == 4 else whole(part.lstrip("0") or "0", language) for part in parts)
    return f" {language.terms['slash']} ".join(said)


def _month_date(m: re.Match[str], language: Language) -> str:
    name = m["name"] or m["name_after"]
    day = m["of_month"] or m["of_month_first"]
    months = [month.lower()[:3] for month in language.months]
    return _date(int(day), months.index(name.lower()[:3]) + 1, m["in_year"] or m["in_year_after"] or "", language)


def _clock(text: str, language: Language) -> str:
    """`14:05:09` -> fourteen zero five and nine seconds; `00:01:23` is a duration."""
    hour, minute, *second = (int(part) for part in text.split(":"))
    if second and not hour:
        return _duration(minute, second[0], language)
    past = spelled(f"{minute:02}", language) if minute < 10 else language.cardinal(minute)
    said = f"{language.cardinal(hour)} {past if minute else language.terms['o_clock']}"
    return f"{said} {language.terms['and']} {counted(second[0], 's', language)}" if second else said


def _duration(minutes: int, seconds: int, language: Language) -> str:
    parts = [counted(minutes, "min", language)] if minutes else []
    return f" {language.terms['and']} ".join([*parts, counted(seconds, "s", language)])


def counted(n: int, unit: str, language: Language) -> str:
    """`2, min` -> two minutes."""
    one, many = language.units[unit]
    return f"{language.agreeing(n, one)} {one if n == 1 else many}"


def _time(m: re.Match[str], language: Language) -> str:
    half = (m["half"] or m["half_only"] or "").lower()
    hour, _, rest = (m["clock"] or f"{m['hour_only']}:00").partition(":")
    said = language.cardinal(int(hour)) if half and rest == "00" else _clock(m["clock"], language)
    return f"{said} {language.terms[f'{half[0]}.m.']}" if half else said


def _number_sign(m: re.Match[str], language: Language) -> str:
    said = whole(m["issue"], language)
    return said if before(m) in _NUMBERED else f"{language.terms['hash']} {said}"


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


def _month_forms(month: str) -> str:
    """In full or by three letters; a capital only where the language has one, for `may` is a verb."""
    first = month[0] if month[0].isupper() else f"[{month[0]}{month[0].upper()}]"
    return f"{first}{month[1:3]}(?:{month[3:]})?" if len(month) > 3 else f"{first}{month[1:3]}"


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
         _iso_date),
        ("slash_date", r"(?:[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?![0-9/])", _slash_date),
        ("time", r"(?:(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?![0-9:])(?:[.,][0-9]{1,9})?Z?(?: ?(?P<half>"
                 r"(?i:[ap]\.?m))\b\.?)?"
                 r"|(?P<hour_only>1?[0-9]) ?(?P<half_only>(?i:[ap]\.?m))\b\.?)", _time),
        ("phone", r"(?:(?:\+[0-9]{1,3}[ -])?\(?[0-9]{3}\)?[ -][0-9]{3}[ -][0-9]{4}|\+[0-9]{1,3}"
                  r"(?:[ -][0-9]{2,4}){2,4})(?![0-9])",
         _phone),
        ("address", r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?::[0-9]{2,5})?(?![.:]?[0-9])", _address),
        ("version", r"(?:(?P<v>[vV])(?=[0-9]))?(?P<release>(?(v)[0-9]{1,15}(?:\.[0-9]{1,15}){0,5}|[0-9]{1,15}"
                    r"(?:\.[0-9]{1,15}){2,5}))"
                    r"(?![0-9])(?!\.[A-Za-z])(?P<pre>-?(?:alpha|beta|rc|dev|pre|post|next|canary|a|b)[.-]?[0-9]{0,8}"
                    r"(?![^\W_]))?",
         _version),
        ("fraction", r"(?:(?P<units>[0-9]{1,6}) )?(?P<above>[0-9]{1,3})⁄(?P<below>[0-9]{1,3})", _fraction),
        ("ratio", r"(?P<part>[0-9]{1,9})/(?P<all>[0-9]{1,9})(?![\w/.])", _ratio),
        ("ordinal", r"(?P<nth>[0-9]{1,15})(?P<ending>(?:(?<=1)(?<!11)st|(?<=2)(?<!12)nd|(?<=3)(?<!13)rd"
                    r"|(?:(?<=[04-9])|(?<=1[1-3]))th)(?![^\W_])|\.?[ºª])", _ordinal),
        ("unit", rf"(?P<amount>{minus}{_AMOUNT}) ?{unit}(?P<per>/s(?![\w/]))?", _unit),
        ("money",
         rf"(?:(?P<currency>[{signs}]) ?(?P<price>{_AMOUNT})|(?P<cost>{_AMOUNT}) ?(?P<coin>[{signs}]))", _money),
        ("range", r"(?P<first>[0-9]{1,9})[-–](?P<last>[0-9]{1,9})(?![\w.-])", _range),
        ("issue", r"#(?P<issue>[0-9]{1,15})(?![\w])", _number_sign),
        ("port", r"(?<![\w\])]):(?P<port>[0-9]{2,5})(?![\w:.])", _port),
        ("power", r"(?<=[\w)])\^(?P<power>-?[0-9]{1,6})(?![\w.])", _power),
        ("number", rf"{minus}[0-9]{{1,15}}(?![0-9])(?:[.,][0-9]{{1,15}}(?![0-9])){{0,4}}(?:[eE][+-]?[0-9]{{1,3}}"
                   rf"(?![\w.]))?",
         _plain_number),
        ("digits", r"[0-9]+", lambda m, language: language.terms["long_number"]),
    ]  # fmt: skip


def dates(language: Language) -> tuple[str, str, Handler]:
    """`Apr 30, 2025`, `30 de abril`: before any word, for it may begin with one."""
    months = "|".join(map(_month_forms, language.months))
    return (
        "month_date", rf"(?:(?P<of_month_first>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: de)? (?P<name_after>(?:{months}))\b\.?"
                       r"(?:(?:,| del?)? (?P<in_year_after>[12][0-9]{3})\b(?![.,:]?[0-9]))?"
                       rf"|(?P<name>(?:{months}))\.? (?P<of_month>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9.:/]?[0-9])"
                       rf"(?![^\W\d_])"
                       r"(?:,? (?P<in_year>[12][0-9]{3})\b(?![.,:]?[0-9]))?)",
         _month_date,
    )  # fmt: skip
