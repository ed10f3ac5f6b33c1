"""Spanish."""

from __future__ import annotations

from aidevops_voice.languages import Language, joined, listed
from aidevops_voice.languages.spanish import (
    asked,
    causes,
    chatter,
    commands,
    consent,
    deeds,
    endings,
    errors,
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
    code="es",
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
            "el la los las de del que y en un una es está están se con por para al lo su sus como más ya pero han fue "
            "fueron este esta todo todos todas hay cuando ahora si sobre también muy le qué cómo dime muestra ejecuta "
            "haz corrige arregla corregí prueba pruebas archivo archivos falla fallan pasan listo hecho gracias sí "
            "vale otra vez cuánto cuál dónde quién aquí arréglalo inténtalo deshaz sigue continúa renombra borra crea "
            "abre usa escribe lee revisa explica añade cambia cambios actualiza instala arranca fusiona dilo cuéntame "
            "muéstrame errores documentación"
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
        errors.ERRORS,
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
        listed("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    ),
    own="¿¡ñÑ",
    decimal=",",
)
