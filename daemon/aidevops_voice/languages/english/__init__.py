"""English."""

from __future__ import annotations

from aidevops_voice.languages import Language, joined, listed
from aidevops_voice.languages.english import (
    asked,
    causes,
    chatter,
    commands,
    consent,
    deeds,
    endings,
    floor,
    items,
    losses,
    marks,
    measures,
    numbers,
    phrases,
    places,
    reports,
    risk,
    shape,
    terms,
)

LANGUAGE = Language(
    code="en",
    marks=joined(
        marks.MARKS,
        chatter.CHATTER,
        asked.ASKED,
        endings.ENDINGS,
        places.SWITCH,
        shape.SHAPE,
        measures.MEASURES,
    ),
    common=frozenset(
        listed(
            "the and is are was were to of in it that this with for on not you i we have has had be been as at by from "
            "or an all now there which will can but if so your they do does did after before my its me tell show what "
            "run make fix add why how get please when where who let yes any again try stop open use create remove "
            "delete rename update install start write read check explain continue undo say list push files errors"
        )
    ),
    cardinal=numbers.cardinal,
    ordinal=numbers.ordinal,
    agreeing=numbers.agreeing,
    phrases=joined(
        phrases.PHRASES,
        reports.REPORTS,
        causes.CAUSES,
        items.ITEMS,
        losses.LOSSES,
        risk.RISK,
        deeds.DEEDS,
        places.PLACES,
        consent.CONSENT,
        floor.PHRASES,
    ),
    commands=joined(commands.COMMANDS, places.COMMANDS),
    floor=floor.FLOOR,
    polite=commands.POLITE,
    good=marks.GOOD,
    bad=marks.BAD,
    not_bad=marks.NOT_BAD,
    doubt=marks.DOUBT,
    terms=terms.TERMS,
    signs=terms.SIGNS,
    sign_names=terms.SIGN_NAMES,
    units=terms.UNITS,
    shorts=terms.SHORTS,
    months=tuple(
        listed("January February March April May June July August September October November December"),
    ),
    own="",
    decimal=".",
)
