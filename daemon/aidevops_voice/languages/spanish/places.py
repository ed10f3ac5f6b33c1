"""Spanish: where one is talking, other sessions and projects, and what is said on return."""

from __future__ import annotations

import re

from aidevops_voice.languages import Phrase, forms

COMMANDS = {
    "which_project": forms(
        "qué proyecto |es_este, cuál es el|este proyecto, en qué proyecto estoy|estamos|estás, dónde estoy|estamos"
    ),
    "which_session": forms(
        "qué sesión |es_esta, cuál es la|esta sesión, en qué sesión estoy|estamos|estás, con quién hablo"
    ),
    "sessions": forms(
        "lista |las|mis sesiones, qué sesiones |hay|tengo, cuáles sesiones hay, dime|enumera|muestra|muéstrame "
        "|las|mis sesiones, sesiones, otras sesiones"
    ),
    "new_session": forms("nueva sesión, |abre|empieza|crea|inicia una nueva sesión, sesión nueva, una sesión nueva"),
    "running": forms(
        "qué está funcionando|corriendo|en_marcha, qué hay en marcha, qué sesiones están trabajando|en_marcha, "
        "hay algo en marcha, quién trabaja|está_trabajando"
    ),
    "next_waiting": forms(
        "la siguiente que me necesita|necesite, |el siguiente que me necesita|necesite, quién|qué me necesita, "
        "cuál me necesita, qué sesión me necesita|espera, pasa|ve a la siguiente que me necesita|necesite"
    ),
    "todo": forms(
        "qué falta, qué queda, |la lista de tareas, tareas, pendientes, tareas pendientes, qué falta por hacer, "
        "qué queda por hacer, cuánto falta|queda, por dónde vas, cuál es el plan, el plan"
    ),
}

SWITCH = {
    "switch": re.compile(
        r"(?P<verb>cambia|cambiate|cambia me)(?: de nuevo)? (?:a|al) (?P<name>.+)"
        r"|(?:pasa|pasate|ve|vete|vuelve|salta|llevame) (?:a|al) (?P<loose>.+)"
        r"|(?:abre|unete a) (?P<open>(?:la )?sesion .+)"
    ),
    "switch_kind": re.compile(
        r"(?:la |el |mi )?(?P<kind>sesion|proyecto) (?:llamad[ao] |sobre |numero |de )*(?P<name>.+)"
        r"|(?:la |el |mi )?(?P<name2>.+?) (?P<kind2>sesion|proyecto)"
    ),
    "switch_last": re.compile(r"(?:la |el )?(?:sesion )?(?:ultima|anterior|otra|ultimo|otro)(?: sesion)?"),
    "switch_around": re.compile(r"^(?:la |el |lo |los |las |numero )+"),
}

PLACES: dict[str, Phrase] = {
    "places.connected": "Conectado a {project}, sesión {session}.",
    "places.connected_new": "Conectado a {project}, una sesión nueva.",
    "places.project": "Este es el proyecto {project}.",
    "places.session": "Esta es la sesión {session}, en {project}.",
    "places.session_new": "Esta es una sesión nueva, en {project}.",
    "places.new": "sesión nueva",
    "places.sessions": ("Hay una sesión.", "Hay {n} sesiones, la más reciente primero."),
    "places.line": "{number}, {session}",
    "places.line_here": "{number}, {session}, esta",
    "places.more": ("y una más", "y {n} más"),
    "places.which": "¿Cuál de ellas?",
    "places.unknown": "No conozco ninguna sesión ni proyecto {name}. Di, lista las sesiones.",
    "places.here": "Ya estás ahí. Esta es {session}.",
    "places.running": "{session} está trabajando",
    "places.running_what": "{session} está trabajando, {what}",
    "places.waiting": "{session} te espera",
    "places.nothing_runs": "No hay nada en marcha.",
    "places.nobody_waits": "Nada te necesita.",
    "places.in_session": "En la sesión {session}: {text}",
    "places.in_project": "En {project}: {text}",
    "places.needs": "La sesión {session} te necesita: {text}",
    "places.needs_project": "{project} te necesita: {text}",
    "places.how": "Di, la siguiente que me necesita, para ir allí.",
    "places.stopped": "El trabajo se detuvo.",
    "places.away": "Mientras no estabas: {text}",
    "places.away_more": ("Hubo un resultado más.", "Hubo {n} resultados más."),
    "places.project_added": "El proyecto {project} también está aquí. Di, cambia al proyecto {project}.",
    "notices.elsewhere": "Esa petición es de otra sesión. Di, la siguiente que me necesita, para ir allí.",
    "recall.no_plan": "No hay lista de tareas.",
    "recall.plan": ("{done} de una hecha", "{done} de {n} hechas"),
    "recall.plan_now": "ahora: {item}",
    "recall.plan_next": "siguiente: {item}",
    "recall.plan_all": ("La única tarea está hecha.", "Las {n} están hechas."),
    "note.head": "Nota de una llamada de voz que terminó a las {time}. No hay que hacer nada con ella.",
    "note.asked": "Pedido: {text}",
    "note.done": "hecho",
    "note.failed": "falló",
    "note.stopped": "detenido",
    "note.open": "Todavía espera respuesta: {text}",
    "note.running": "Sin terminar cuando acabó la llamada.",
}
