"""Dates and times of day in the words of a language."""

from __future__ import annotations

import re

from aidevops_voice.languages import Language
from aidevops_voice.words.numerals import Handler, counted, spelled, whole, year


def _date(day: int, month: int, digits: str, language: Language) -> str:
    nth = language.ordinal(day, False)
    said = language.terms["date"].format(day=language.cardinal(day), nth=nth, month=language.months[month - 1])
    return language.terms["date_of_year"].format(date=said, year=year(digits, language)) if digits else said


def iso_date(m: re.Match[str], language: Language) -> str:
    """`2025-04-30T14:05`."""
    month, day = int(m["month"]), int(m["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return f" {language.terms['dash']} ".join(whole(part, language) for part in m.group()[:10].split("-"))
    said = _date(day, month, m["year"], language)
    return f"{said}, {_clock(m['at'], language)}" if m["at"] else said


def slash_date(m: re.Match[str], language: Language) -> str:
    """`30/04/2025`, in the order that it is written in."""
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


def time(m: re.Match[str], language: Language) -> str:
    """`14:05`, `2:30 pm`."""
    half = (m["half"] or m["half_only"] or "").lower()
    hour, _, rest = (m["clock"] or f"{m['hour_only']}:00").partition(":")
    said = language.cardinal(int(hour)) if half and rest == "00" else _clock(m["clock"], language)
    return f"{said} {language.terms[f'{half[0]}.m.']}" if half else said


def _month_forms(month: str) -> str:
    """In full or by three letters; a capital only where the language has one, for `may` is a verb."""
    first = month[0] if month[0].isupper() else f"[{month[0]}{month[0].upper()}]"
    return f"{first}{month[1:3]}(?:{month[3:]})?" if len(month) > 3 else f"{first}{month[1:3]}"


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
