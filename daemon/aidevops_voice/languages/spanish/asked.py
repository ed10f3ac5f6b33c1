"""Spanish: what a question asks for, the words that answer it, and what only announces the next step."""

from __future__ import annotations

import re

_LATER = r"(?:qué|cuál\w*|cómo|por qué|si|dónde|quién|hasta que|que|porque)"
_FINITE = (
    r"(?:es|son|está|están|fue|era|eran|hay|ha|han|había|fall(?:a|an|ó|aron)|pas(?:a|an|ó|aron)|muestra|mostró"
    r"|da|dan|dio|tarda|tardó|necesita|hace|hizo|rompe|rompió|arregla|arregló|funciona|funcionan|causa|causó|provoca"
    r"|devuelve|devolvió|sale|queda|quedan|cambia|cambió|tiene|tienen|deja|dejó|no)"
)
_DOING = (
    r"(?:mir|revis|comprob|busc|ejecut|lanz|prob|compil|instal|descarg|inspeccion|investig|verific|analiz|empez"
    r"|prepar|arregl|añad|actualiz|edit|corrig|elimin|borr|limpi|cre|renombr|reemplaz|mov|divid|fusion|sub|despleg"
    r"|aplic|cambi|gener|compar|cont|restaur|configur|migr|convert|export|import|entren|reinici|consult|le|abr|escrib"
    r"|hac|pon|reproduc|med|list|explor|examin|arranc|inici)(?:ando|iendo|yendo)(?:l[oae]s?)?"
)
_LEAD = (
    r"(?:(?:bien|vale|bueno|de acuerdo|entonces|ahora|primero|luego|después|y|antes de (?:nada|eso|\w+r)\b[^,]{0,50}"
    r"|para \w+[aei]r(?:l[oa]s?)? ?[^,]{0,60}|con eso|mientras tanto),? )"
)
_ILL = r"(?:voy a|vamos a|déjame|déjeme|permíteme)"
_NOW = (
    r"(?:miro|reviso|compruebo|busco|leo|ejecuto|lanzo|abro|pruebo|veo|empiezo|comienzo|instalo|compilo|analizo"
    r"|inspecciono|investigo|verifico|consulto|localizo|reproduzco)"
)
_LOOK = (
    r"(?:ver|mirar|revisar|comprobar|leer|buscar|entender|averiguar|inspeccionar|verificar|ejecutar|examinar"
    r"|analizar|reproducir|abrir|localizar|consultar|echar un)(?:l[oae]s?)?"
)

ASKED = {
    "herald": re.compile(
        rf"^{_LEAD}{{0,3}}(?:estoy |sigo |continúo )?{_DOING}\b(?!(?:(?!\b{_LATER}\b).)*\b{_FINITE}\b)"
        rf"|^{_LEAD}{{1,3}}{_ILL}\b"
        rf"|^{_LEAD}{{0,3}}{_NOW} (?:\w+ )?"
        r"(?:el|la|los|las|una?|tus?|sus?|por|con|primero|ahora|qué|si|cómo|dónde|en)\b"
        rf"(?!(?:(?!\b{_LATER}\b).)*\b{_FINITE}\b)"
        rf"|^{_LEAD}{{0,3}}(?:necesito|quiero|tengo que|debo|me gustaría|hay que|quisiera)"
        rf" (?:primero |antes )?{_LOOK}\b"
        r"|^(?:vamos con|paso a|toca|empecemos (?:por|con)|a por) \w+"
        r"|^(?:dame |sólo |solo )?un (?:momento|segundo|instante|minuto)\b[\wáéíóúñ ,]{0,20}[.!…]*$"
        r"|^(?:espera|enseguida|ahora mismo|en ello|estoy en ello|ya voy)\b[\wáéíóúñ ,]{0,20}[.!…]*$",
        re.I,
    ),
    "herald_so": re.compile(
        r"^(?!(?:si|cuando|di|dime|dame|envía\w*|pásame|elige|pulsa|por favor|responde|confirma|o)\b)"
        rf"[^,]{{3,90}}[,;] (?:(?:así que|y|luego|entonces|por eso|de modo que),? (?:(?:ahora|primero|luego) )?"
        rf"(?:{_ILL}|(?:l[oae]s? )\w+o(?! (?:es|está|que)\b)|{_NOW})|{_ILL})\b",
        re.I,
    ),
    "asks": re.compile(
        r"^(?:(?:por favor|oye|y|a ver|dime|muéstrame|di|averigua|comprueba|mira|cuenta|sabes),? )*¿?"
        r"(?:si|cuánt[oa]s?|qué|cuál\w*|por qué|quién\w*|dónde|cuándo|cómo)\b"
        r"|^¿(?!puedes|podrías|puede|podría)[^.?!]{3,160}\?$",
        re.I,
    ),
    "asks_count": re.compile(
        r"\bcuánt[oa]s?\b|\bqué (?:tan|tamaño)\b|\b(?:número|cantidad|porcentaje|tamaño) de\b|\bcuenta\b", re.I
    ),
    "asks_cause": re.compile(r"\bpor qué\b|\bqué (?:causa|rompe|provoca)\b|\b(?:causa|motivo|razón)\b", re.I),
    "asks_name": re.compile(
        r"\bcuál\w*\b|\bquién\w*\b|\bdónde\b|\bqué (?:archivo|fichero|prueba|test|página|tabla|rama|versión|\w+s)\b",
        re.I,
    ),
    "tells_cause": re.compile(
        r"\b(?:porque|debido a|causa\w*|ya que|motivo|razón|culpable|por eso|viene de|puesto que)\b", re.I
    ),
    "near_size": re.compile(
        r"\b(?:grandes?|tamaños?|pequeñ[oa]s?|bytes|\w+bytes|pesa|pesan|ocupa\w*|espacio|cabe|caben)\b", re.I
    ),
    "near_speed": re.compile(
        r"\b(?:rápid\w+|lent\w+|velocidad|latencia|rendimiento|optimi\w+|aceler\w+|tarda\w*|tardó|(?:mili)?segundos?"
        r"|minutos?)\b",
        re.I,
    ),
    "near_money": re.compile(
        r"\b(?:cuesta\w*|costes?|precios?|barat\w+|car[oa]s?|factura\w*|dólares|euros?|pagar)\b", re.I
    ),
    "near_failure": re.compile(r"\b(?:fall\w+|error(?:es)?|rot[oa]s?|rompe\w*|mal|problemas?|bugs?)\b", re.I),
    "near_safety": re.compile(r"\b(?:segur\w+|insegur\w+|riesgos?|peligr\w+|vulnerab\w+|fiar\w*|confi\w+)\b", re.I),
    "near_waiting": re.compile(r"\b(?:queda\w*|falta\w*|pendientes?|abiert[oa]s?|todavía|aún)\b", re.I),
    "near_memory": re.compile(r"\b(?:memoria|ram|fugas?|\w+bytes)\b", re.I),
    "near_trial": re.compile(r"\b(?:pruebas?|tests?|probad[oa]s?|pasan?|pasaron|verific\w+|comprob\w+)\b", re.I),
}
