"""Spanish: what of a list failed, and migrations."""

from __future__ import annotations

from aidevops_voice.languages import Phrase

ITEMS: dict[str, Phrase] = {
    "items.share": "{message}",
    "items.counts": "{message}",
    "items.one": "lo que falló es {name}",
    "items.because": "lo que falló es {name}, {message}",
    "items.two": "lo que falló es {first} y {second}",
    "items.more": ("lo que falló es {first}, {second} y uno más", "lo que falló es {first}, {second} y {n} más"),
    "items.first": "el primer error es {message}",
    "items.failed_of": ("falló uno de {total}", "fallaron {n} de {total}"),
    "http.failed_of": ("falló una de {total} peticiones", "fallaron {n} de {total} peticiones"),
    "http.all": ("la petición funcionó", "{n} peticiones funcionaron"),
    "values.migrated": "se aplicaron las migraciones",
    "values.reclaimed": "se liberaron {size} {unit}",
    "values.rolled_back": "{name} volvió a la versión anterior",
    "values.scaled": "se cambió el número de copias de {name}",
    "values.restarted": "se reinició {name}",
    "values.valid": "la configuración es válida",
    "values.bytes": ("{file} tiene un byte", "{file} tiene {n} bytes"),
    "values.size": "{file} ocupa {size}",
    "values.number": "el resultado es {number}",
    "items.some": "fallaron {first} y {second}, entre otros",
    "items.answered": "{name} respondió {code}, {reason}",
    "items.task": "la tarea {task} falló en {name}, {message}",
    "items.migration": "falló la migración {name}",
    "items.hunks": (
        "uno de {total} cambios no se pudo aplicar a {file}",
        "{n} de {total} cambios no se pudieron aplicar a {file}",
    ),
    "items.resource": "Terraform falló en {name}",
    "items.invalid": "{name} no es válido, {message}",
    "git.bad_commit": "el primer commit malo es {subject}",
    "tests.failed_of": ("falló una de {total} pruebas", "fallaron {n} de {total} pruebas"),
    "tests.errors_of": ("una de {total} pruebas acabó en un error", "{n} de {total} pruebas acabaron en un error"),
    "tests.alike": "los dos valores solo difieren en signos, espacios o mayúsculas",
    "cause.duplicated": "{name} {value} está duplicado",
    "cause.nulls": "{name} está vacío en algunas filas",
}
