"""Spanish: what decides how an amount, a piece of code or a secret is put into words."""

from __future__ import annotations

import re

_NEVER = re.compile(r"(?!)")

MEASURES = {
    "qualifying": _NEVER,
    "qualified": _NEVER,
    "lasting": re.compile(
        r"\b(?:hace|en|tras|después de|cada|dentro de|durante|dura\w*|duró|tarda\w*|tardó|espera\w*|esperó|lleva\w*"
        r"|quedan?|tiempo|otros)(?: (?:de|unos|casi|solo|sólo|otros|hasta|es))*[ :=~≈]*$",
        re.I,
    ),
    "lasted": re.compile(r" (?:después|más tarde|en (?:terminar|acabar)|de (?:espera|trabajo)|[0-9]+ ?s\b)", re.I),
    "stretching": re.compile(r" (?:de (?:alto|ancho|largo|altura|profundidad|distancia|cable)|a lo largo)\b"),
    "many": re.compile(r" (?:de )?[a-záéíóúñ]{3,}s\b"),
    "leading": re.compile(
        r"^(?:unos|unas|casi|cerca|sobre|más|menos|solo|sólo|entre|otros|otras|exactamente|\w+(?:é|ó|[ai]do|ando|iendo"
        r"|aron|ieron))$"
    ),
    "code_noun": re.compile(
        r"\b(?:el|la|este|esta|ese|esa|un|una|tu|su|mi|del|al|cada) (?:regla|patrón|expresión(?: regular)?|consulta"
        r"|sentencia|línea|comando|orden|llamada|condición|macro|tipo|firma|función|método|gramática|producción"
        r"|selector|cabecera|cadena|valor|etiqueta|directiva|declaración|asignación|filtro|fórmula|bucle|bloque"
        r"|fragmento|código|entrada|anotación|decorador|atributo|plantilla|cláusula|índice|restricción|operador"
        r"|elemento|constructor|horario|programación|cron(?: \w+)?|crontab)[*_]* $",
        re.I,
    ),
    "scheduled": re.compile(
        r"(?:\b(?:(?:línea|tarea|entrada|expresión) (?:de |del )?cron(?:tab)?|cron(?:tab)?|horario|programación)[*_]*"
        r"[ :=(]*)$",
        re.I,
    ),
    "secret_noun": re.compile(
        r"(?<!\bes )(?<!\bser )(?<!\bcon )(?<!\btiene )\b(?:el|la|los|las|tu|su|mi|este|esta|esa|ese|del|al) "
        r"(?:contraseñas?|claves?|llaves?|tokens?|secretos?|credencial(?:es)?|cookies?)(?: (?:de|del) (?:la )?\w+)?",
        re.I,
    ),
    "restrictive": re.compile(r"(?:para |de modo |de forma |de manera |hasta )?que|quien|quienes|cuy[oa]s?"),
    "intent": re.compile(r"(?:para|de modo|de forma|de manera) que"),
    "governing": re.compile(r"\b(?:para|de modo|de forma|de manera|sin|antes de|hasta) que [^,]*$"),
    "tight": re.compile(r"de"),
    "hedged": re.compile(
        r"(?<![\w-])(?:no|solo|sólo|solamente|sobre todo|en parte|quizás?|probablemente|normalmente|sino|pero|y|o)$",
        re.I,
    ),
    "resumed_many": re.compile(
        r"^(?:los |las )?(?:que|cuales) (?=(?:(?:no|ya|se|le|les|lo|nunca|también|todavía|aún) )*(?:es|son|está|están"
        r"|ha|han|hay|tiene|tienen|puede|pueden|hace|hacen|falla|fallan|\w+(?:aban?|ían?|aron|ieron|ó))\b)"
    ),
    "reason": re.compile(r"^(?:porque|ya que|puesto que|dado que) "),
    "place": re.compile(r"^donde "),
    "purpose": re.compile(r"^(?=para que )"),
    "and_up": re.compile(r"o (?:más|menos|mejor|peor|superior|inferior|posterior|anterior|mayor|menor)(?:es)?"),
    "contrasted": re.compile(r"^(?=(?:frente|en contraste|en comparación|comparad[oa]s?) (?:al?|con) )"),
    "participle": re.compile(
        r"(?<!\bde )(?<!\bla )(?<!\bel )(?<!\buna )(?<!\bun )\b\w{2,}(?:[ai]d[oa]s?|hech[oa]s?|escrit[oa]s?)\b"
        r"(?=\W*$|,| (?:y|en|a|al|para|con|por|de|del)\b)",
        re.I,
    ),
}
