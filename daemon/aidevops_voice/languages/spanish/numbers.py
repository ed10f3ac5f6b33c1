"""Spanish: numbers in words."""

from __future__ import annotations

import re

from aidevops_voice.languages import listed

_SMALL = listed(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
)
_TENS = listed("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_HUNDREDS = listed(
    "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_ORDINALS = listed("primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo undécimo duodécimo")
_ONE = re.compile(r"(?:veinti)?uno$")
_NOT_NOUNS = frozenset(
    listed(
        "a al ante antes con contra de del desde después e el en entre es está están falla fallan falta faltan ha "
        "han hasta "
        "la las lo los más menos ni no o para pasa pasan pero por pues que quedan se según ser si sin sobre son su sus "
        "también tras u un una y ya fue fueron era eran cuando donde como pasaron fallaron"
    )
)
_MASCULINE = frozenset(
    listed(
        "día días problema problemas programa programas sistema sistemas tema temas esquema esquemas mapa mapas idioma "
        "idiomas diagrama diagramas parámetros kilobyte data schema alias sintagma panorama"
    )
)
_FEMININE = frozenset(
    listed(
        "clase clases vez veces llave llaves clave claves parte partes base bases imagen imágenes red redes url urls "
        "api "
        "apis variable variables fase fases serie series orden órdenes noche noches tarde tardes nube nubes señal "
        "señales"
    )
)
_FEMININE_END = re.compile(r"(?:a|as|ión|iones|dad|dades|tud|tudes|umbre|umbres)$")
_PLURAL_FEMININE = re.compile(r"cientos\b|quinientos\b")


def cardinal(n: int) -> str:
    """Up to 10**15."""
    if n < 30:
        return _SMALL[n]
    if n < 100:
        ten, one = divmod(n, 10)
        return _TENS[ten - 3] + (f" y {_SMALL[one]}" if one else "")
    if n < 1000:
        hundred, rest = divmod(n, 100)
        return "cien" if n == 100 else _HUNDREDS[hundred - 1] + (f" {cardinal(rest)}" if rest else "")
    if n < 10**6:
        many, rest = divmod(n, 1000)
        head = "mil" if many == 1 else f"{_short(cardinal(many))} mil"
        return head + (f" {cardinal(rest)}" if rest else "")
    size, one_of, many_of = (10**12, "un billón", "billones") if n >= 10**12 else (10**6, "un millón", "millones")
    many, rest = divmod(n, size)
    head = one_of if many == 1 else f"{_short(cardinal(many))} {many_of}"
    return head + (f" {cardinal(rest)}" if rest else "")


def _short(words: str) -> str:
    """Before a noun: veintiún, treinta y un."""
    return _ONE.sub(lambda match: "veintiún" if match.group() == "veintiuno" else "un", words)


def _feminine(words: str) -> str:
    words = words[:-1] + "a" if _ONE.search(words) else words
    head, mark, tail = words.rpartition("illones ")
    head, mark, tail = (head, mark, tail) if mark else words.rpartition("illón ")
    return head + mark + _PLURAL_FEMININE.sub(lambda match: match.group()[:-2] + "as", tail)


def ordinal(n: int, feminine: bool) -> str:
    """Up to twelfth; beyond that Spanish says the number."""
    if not 1 <= n <= len(_ORDINALS):
        return cardinal(n)
    word = _ORDINALS[n - 1]
    return word[:-1] + "a" if feminine else word


def agreeing(n: int, word: str) -> str:
    """`1, pruebas` -> una; `21, archivos` -> veintiún."""
    words, word = cardinal(n), word.lower()
    if not word or word in _NOT_NOUNS or word[-1] in "óé":
        return words
    if n and not n % 10**6 and word[-1] == "s":
        return f"{words} de"
    if word in _FEMININE or (word not in _MASCULINE and _FEMININE_END.search(word)):
        return _feminine(words)
    return _short(words)
