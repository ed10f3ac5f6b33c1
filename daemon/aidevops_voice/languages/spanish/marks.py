"""Spanish: words of success and failure, and what makes a sentence worth saying."""

from __future__ import annotations

import re

_DIGIT = "cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
GOOD = re.compile(
    r"\b(?:hech[oa]s?|list[oa]s?|terminad[oa]s?|terminé|completad[oa]s?|corregid[oa]s?|corregí|arreglad[oa]s?"
    r"|arreglé|añadid[oa]s?|añadí|agregad[oa]s?|agregué|cread[oa]s?|creé|eliminad[oa]s?|eliminé|borrad[oa]s?|borré"
    r"|actualizad[oa]s?|actualicé|cambiad[oa]s?|cambié|renombrad[oa]s?|renombré|movid[oa]s?|moví|pasan|pasa"
    r"|pasaron|pasó|pasad[oa]s?|enviad[oa]s?|subid[oa]s?|instalad[oa]s?|instalé|compilad[oa]s?|implementad[oa]s?"
    r"|implementé|escrit[oa]s?|escribí|funcionan?|con éxito|correct[oa]s?|correctamente|resuelt[oa]s?|resolví"
    r"|reemplazad[oa]s?|encontrad[oa]s?|encontré|ejecutad[oa]s?|ejecuté)\b",
    re.I,
)
BAD = re.compile(
    r"\b(?:fall(?:a|an|ó|aron|ado|ada|ando|os?)|error(?:es)?|no (?:se )?(?:pude|pudo|pudieron|puedo|puede|pueden)"
    r"|imposible|rot[oa]s?|no (?:funciona|pasa|compila|existe|se encontr)\w*)\b",
    re.I,
)
NOT_BAD = re.compile(
    # Of a name like 0007 no zero counts anything.
    r"\b(?:sin|ningún|ninguna?|0|no hay|no hubo"
    r"|(?<!\b(?:uno|dos) )(?<!\b(?:cero|tres|seis|ocho) )(?<!\b(?:cinco|siete|nueve) )(?<!\bcuatro )cero)"
    rf" (?:(?!(?:{_DIGIT})\b)\w+ ){{0,2}}?(?:fall\w*|error\w*|problemas?|conflictos?"
    r"|avisos?|advertencias?)\b"
    r"|\b(?:corregí|arreglé|resolví|limpié|eliminé|quité|corregid[oa]s?|arreglad[oa]s?|resuelt[oa]s?|eliminad[oa]s?"
    r"|limpiad[oa]s?|quitad[oa]s?)"
    r" (?:\w+ ){0,4}(?:fallos?|error\w*)\b"
    r"|\b(?:fallos?|error\w*) (?:está|están|fue|fueron|ha sido|han sido)? ?(?:corregid|arreglad|resuelt)[oa]s?\b"
    r"|\bno se (?:puede|pueden|podrá|podrán) (?:deshacer|recuperar|restaurar)\b"
    r"|\b(?:manejo|gestión|control|registro|páginas?|color(?:es)?|estilos?|campos?) de error(?:es)?\b"
    r"|\b(?:elimin|quit|borr)\w+ (?:\w+ ){0,2}?(?:variables?|importaci\w+|parámetros?|argumentos?|funci\w+|métodos?"
    r"|código|líneas?|reglas?|estilos?) (?:que no se us\w+|sin us(?:o|ar)|muert[oa]s?|redundantes?|duplicad[oa]s?)\b"
    r"|^(?:todos )?(?:los )?errores (?:ahora )?(?:usan|se (?:muestran|ven|anuncian|registran|marcan))\b",
    re.I,
)
DOUBT = re.compile(
    r"\b(?:no|sin|nunca|nada|ningun[oa]|ningún|ni|rechaz\w+|deneg\w+|prohibid\w+|falta|faltan|detuv\w+|detenid\w+"
    r"|abort\w+|cancelad\w+|excedid\w+|conflictos?|inválid\w+|excepci\w+|pero|sin embargo|sol[oa]|sólo|aunque|salvo"
    r"|excepto|problemas?|límites?|mal|hasta|pendientes?|fall\w*|error\w*)\b",
    re.I,
)

MARKS = {
    "spared": re.compile(
        r"\bno he (?:\w+ )?(?:cambiado|tocado|modificado|subido|confirmado|desplegado|borrado|eliminado|añadido)\b"
        r"|\bno (?:cambié|toqué|modifiqué|subí|borré)\b|\bsin (?:una? |ningún )?\w+",
        re.I,
    ),
    "mending": re.compile(
        r"\b(?:corregí|corrige|corregid[oa]s?|arregl\w+|resolv\w+|resuel\w+|solucion\w+|evita"
        r"|ahora (?:rechaza|valida|avisa|devuelve))\b",
        re.I,
    ),
    "kept": re.compile(
        r"\b(?:sigue|siguen|están?) (?:\w+ )?(?:ahí|allí|intact[oa]s?|a salvo|guardad[oa]s?)\b"
        r"|\bse (?:conserv|mantien|guard)\w+"
        r"|\bno se (?:ha |han )?perd\w+|\bnada se (?:ha )?perd\w+",
        re.I,
    ),
    "protect": re.compile(r"\b(?:revoc\w+|revoqu\w+|rot(?:a|ar|e)|invalid(?:a|ar|e)|restaur\w+|haz una copia)\b", re.I),
    "claim": re.compile(
        r"\b(?:ha|han|he|hemos|fue|fueron|está|están|quedó|quedaron)(?: (?:ya|sido|ahora|también))*"
        r" (?:\w+(?:ad|id)[oa]s?|hech[oa]s?|list[oa]s?|en (?:línea|marcha|su sitio)|disponibles?|activ[oa]s?)\b"
        r"|\b(?:ya )?(?:puedes|pueden|verás|verán) (?:ver|usar)?",
        re.I,
    ),
    "yours": re.compile(
        r"\b(?:solo tú|te toca|tu parte|tienes que|debes|hay que|(?:queda|falta)n?|pendientes?|por hacer"
        r"|próximos pasos|siguientes pasos|sin (?:hacer|terminar))\b",
        re.I,
    ),
    "remark": re.compile(
        r"^(?:(?:(?:el|la|un|una|único|única|mi) )*(?:pega|salvedad|único problema)|(?:una )?(?:nota|aclaración"
        r"|advertencia)|importante|ojo|nb|por cierto|ten en cuenta|tené en cuenta"
        r"|recuerda|conviene saber)\b",
        re.I,
    ),
    "pointing": re.compile(r"^(?:esto|eso|esta|ese) es (?:lo que (?:yo )?haría|mi (?:recomendación|elección))", re.I),
    "blame": re.compile(
        r"^(?:la )?(?:causa|razón|el motivo|motivo|culpable)\b"
        r"|^(?:el|la) (?:mayor|principal) (?:riesgo|problema|peligro)\b",
        re.I,
    ),
    "gone": re.compile(
        r"\b(?:elimin\w+|vaci\w+|borr\w+|suprim\w+|destru\w+|vaci(?:é|ó|ado|ada|ar)|trunc\w+|forzad\w+|forz(?:é|ó|ar)"
        r"|force|sobrescrib\w+"
        r"|sobrescrit\w+|descart\w+|perdid\w+|perdi[óe]\w*|pierde\w*\b(?! nada)|irreversib\w+|permanente\w*|revert\w+"
        r"|desinstal\w+|deshac\w+"
        r"|recuperar\w*|restaurar\w*|copias? de seguridad|producción|restablec\w+|reinici\w+)\b",
        re.I,
    ),
    "caveat": re.compile(
        r"\b(?:no|nunca|nada|ningún|ningun[oa]|nadie|sin|solo|sólo|solamente|únicamente|salvo|excepto|pero|aunque"
        r"|sin embargo|todavía|aún"
        r"|hasta|a menos|tampoco|ni|quedan?|omitid[oa]s?|pendientes?|avisos?|advertencias?|cuidado|riesgos?|ojo"
        r"|obsolet\w+|vulnerab\w+"
        r"|insegur[oa]s?|faltan?|conflictos?|rechaz\w+|deneg\w+|deten\w+|inválid\w+|errónea?s?|mal|problemas?"
        r"|parcial\w*|intact[oa]s?|ya)\b",
        re.I,
    ),
    "due": re.compile(
        r"\b(?:debes|deberías|tienes que|hay que|puedes|podrías|necesitas|falta que|por favor|asegúrate|recuerda"
        r"|conviene|siguiente|próximo"
        r"|confirma|dime|reinicia|te queda|debe|deben|revoca\w*|cambia)\b"
        r"|^(?:ejecuta|pon|añade|agrega|usa|inicia|arranca|para|instala|crea|borra|elimina|mueve|cambia|revisa"
        r"|comprueba|sustituye"
        r"|reemplaza|actualiza|pasa|pulsa|presiona|abre|prueba|corrige|llama|exporta|activa|desactiva|resuelve|sube"
        r"|evita|guarda|haz|vuelve|mira"
        r"|espera|configura|define|renombra|copia|aplica)\b",
        re.I,
    ),
    "gist": re.compile(
        r"\b(?:porque|causa\w*|razón|motivo|así que|por tanto|por lo tanto|conclusión|en resumen|en total|recomiendo"
        r"|recomend\w+|sugiero"
        r"|suger\w+|propongo|en lugar de|en vez de|la solución|el resultado|el problema|principal|mejor|peor|más"
        r"|menos|importante|riesgo|significa"
        r"|ahora|yo (?:usaría|haría|pondría))\b",
        re.I,
    ),
    "aside": re.compile(
        r"^(?:todo lo demás|los demás|las demás|el resto)\b|\b(?:no (?:hay|corre) prisa|no es urgente|sin prisa)\b"
        r"|^en [\w .-]{1,30},? (?:esto|eso) (?:es|se llama)\b|^(?:sha|md)[\w -]{2,30}, un identificador$"
        r"|^(?:haz|da|hacé) (?:doble )?clic\b"
        r"|^(?:si prefieres|por ejemplo|como ves|como puedes ver|es decir|véase|si quieres|si lo prefieres"
        r"|opcionalmente|además|también podría|detalles)\b",
        re.I,
    ),
    "activity": re.compile(
        r"^(?:he )?(?:ejecuté|ejecutado|miré|mirado|revisé|revisado|leí|leído|busqué|buscado|abrí|abierto|examiné"
        r"|examinado|analicé|analizado"
        r"|probé|probado)\b(?!.*\b(?:encontr|fall|pas|error|pero|y|no)\w*\b)",
        re.I,
    ),
    "asking": re.compile(
        r"\?$|^¿|\b(?:dime (?:cuál|qué|si|cuándo|cómo|quién)|por favor,? (?:confirma|elige|decide|dime|envía|comparte"
        r"|inicia)|tú decides|necesito (?:tu|que|saber)"
        r"|confirma (?:que|si)|si puedes (?:pasarme|enviarme|compartir))\b",
        re.I,
    ),
    "sum": re.compile(
        r"^(?:el |en )?(?:gran |sub|coste |precio |importe )?total(?:es)?\b"
        r"|\b(?:en total|suman?|asciende[n]? a|sale[n]? a)\b",
        re.I,
    ),
    "tested": re.compile(r"\b(?:pasan?|pasaron|pasado|verde)\b|\bpruebas? (?:\w+ ){0,3}fall", re.I),
    "offer": re.compile(r"^¿?(?:quieres|quiere|te gustaría|prefieres|deseas)\b.*\b(?:también|además)\b", re.I),
    "checked": re.compile(
        r"^(?:todas )?(?:las |los )?(?:pruebas?|tests?|comprobaci\w+)\b"
        r"(?:(?! de ).){0,30}\b(?:pasa\w*|superad\w+|verde|limpi\w+)\b"
        r"|^(?:las |los )?\w+(?: (?!de )\w+){0,4} (?:pruebas|tests) (?:pasa\w*|en verde)\b",
        re.I,
    ),
    "hanging": re.compile(
        r"\b(?:el|la|los|las|una?|de|del|en|a|al|para|con|por|desde|y|o|pero|que|porque|tu|su|es|son)$", re.I
    ),
    "by_code": re.compile(r",? (?:con|mediante|usando|por medio de|como|ejecutando) algo de código$"),
    "dangling": re.compile(
        r"\b(?:ejecuta|ejecute|ejecutar|ejecutando|corre|con|mediante|usa|use|usar|usando|escribe|teclea|lanza|dice"
        r"|contiene"
        r"|muestra|devuelve|imprime)[*_]*$",
        re.I,
    ),
    "steps": re.compile(r"^\w+ (?:pasos|fases|etapas|partes|semanas|días), ", re.I),
    "follows": re.compile(r"así que|después|luego|de modo que"),
    "instead": re.compile(r"en lugar de|en vez de"),
    "reasons": re.compile(r"porque|ya que|puesto que"),
    "also_led": re.compile(r"^(?:(?:o|y|luego|primero),?|(?:opción|variante|número) \w+,) ", re.I),
    "both": re.compile(r"\bamb[oa]s\b", re.I),
    "planned": re.compile(
        r"\b(?:plan|pasos|fases|etapas|cada paso|(?:próximo|último) paso"
        r"|paso (?:uno|dos|tres|cuatro|cinco|seis|siete))\b",
        re.I,
    ),
    "verdict": re.compile(
        r"\b(?:mi (?:recomendación|consejo|elección|respuesta)|recomendación|recomendado|veredicto|conclusión"
        r"|respuesta(?: corta)?|en resumen)\b",
        re.I,
    ),
    "cause_title": re.compile(
        r"^(?:por qué\b|(?:la )?(?:causa|razón)\b|el (?:motivo|culpable)\b|qué (?:va|fue|está) mal)", re.I
    ),
    "subjectless": re.compile(
        r"^(?!Para|Entre|Sobre|Durante|Desde|Hasta|Hacia|Contra)[A-Z][a-zé]+[ae]"
        r" (?:el|la|l[oa]s|una?|tus?|sus?|todos?|cada|nada)\b(?!.*:)"
    ),
    "picks": re.compile(
        r"\b(?P<all>amb[oa]s|l[oa]s (?:dos|tres|cuatro))$"
        r"|\b(?:la|el) (?:(?P<last>últim[oa])|(?P<nth>primer[oa]|segund[oa]|tercer[oa]|cuart[oa]))"
        r"(?: (?:opción|vía|forma|manera))?(?:$|(?=,)| (?=es|sería|tiene|necesita))"
        r"|\b(?P<first>aquell[oa])$|\b(?:opción|variante|número) (?P<n>uno|dos|tres|cuatro|[a-d])\b",
        re.I,
    ),
    "relation": re.compile(r"que|quien|quienes|cuy[oa]s?|lo que|lo cual"),
    "against": re.compile(r"^(?:pero|sin embargo,?|no obstante,?) ", re.I),
    "explaining": re.compile(r"\b(?:porque|pero|ya que|puesto que|debido a|así que)\b", re.I),
    "additive": re.compile(r"^(?:y|e) ", re.I),
    "resumed": re.compile(
        r"^lo (?:que|cual) (?=(?:es|son|significa|hace|impide|provoca|indica|explica|deja|obliga|rompe)\b)", re.I
    ),
    "elided": re.compile(r"(?:,| y| pero)(?: [\wáéíóúñ]+){1,4} (?:todavía |aún )?no(?=[.,;])", re.I),
    "trouble": re.compile(
        r"\b(?:(?:hay|encontr\w+|tiene|tienen|con) (?:\w+ ){0,3}problemas?|grave\w*|crític[oa]s?|no permitid[oa]|mal"
        r"|errónea?s?"
        r"|erróneos?|fugas?|corrupt\w*|vulnerab\w+|insegur[oa]s?|rechaz\w+|deneg\w+|tiempo agotado|agot\w+"
        r"|conflictos?"
        r"|sin memoria|sin espacio|por error|mi error|accidentalmente"
        r"|inaccesible|(?<!hace )(?<!hacen )(?<!haga )(?<!hizo )faltan?|inválid\w+|prohibid\w+"
        r"|no autorizad\w+|parcial\w*|bloquead\w+"
        r"|excedid\w+|detenid\w+|detuv\w+)\b",
        re.I,
    ),
    "error": re.compile(
        r"\b(?:fuera de (?:rango|límites|memoria)|sin espacio|no (?:está )?definid[oa]s?|puntero nulo"
        r"|violación de segmento|desbord\w+|interbloqueo"
        r"|divi\w+ (?:por|entre) cero|no existe|ya está en uso|inesperad[oa]s?|excepción"
        r"|(?:key|type|value|index|name|import|attribute|syntax|runtime|assertion|reference|range|timeout) error)\b",
        re.I,
    ),
    "advice": re.compile(
        r"\b(?:recomiendo|recomend\w+|conclusión|veredicto|sugiero|la mejor (?:opción|elección)|mejor opción"
        r"|yo (?!diría|creería|esperaría)\w+ría|preferid[oa]"
        r"|me quedaría con)\b|^(?:usa|elige|quédate con|prefiere|opta por|cambia a) ",
        re.I,
    ),
    "leaning": re.compile(
        r"^(?:que|quien|cuy[oa]s?|porque|ya que|donde|cuando|mientras|como|si|a menos|hasta|después|antes|aunque"
        r"|incluso|lo que|lo cual|y|e|pero|así|o|en lugar de|en vez de|con|para|en|desde|a|por|de)\b",
        re.I,
    ),
    "contrast": re.compile(r"^mientras que ", re.I),
    "anaphor": re.compile(r"^(?:est[ea]s?|ést[ea]s?|lo|la|los|las) (?:es|son|está|están|genera|generan)\b", re.I),
    "clinging": re.compile(
        r"^(?:porque|ya que|puesto que|si|cuando|mientras|aunque|a menos que|hasta que|como)\b", re.I
    ),
    "negation": re.compile(r"\b(?:no|nunca|nada|ningún|ningun[oa]|sin|tampoco|ni)\b", re.I),
    "conjunction": re.compile(
        r"pero|porque|aunque|así que|mientras|hasta que|donde|que|cuando|ya que|como|en lugar de|en vez de|sino"
    ),
    "also": re.compile(r"y|e|o|u|ni"),
    "glue": re.compile(r"con|después de|antes de|para|si|en|de|desde|a|por|según|sin"),
    "did": re.compile(
        r"^(?:ya |se |lo |la |he |ha |han |hemos )*(?:\w+(?:é|ó|ado|ada|ados|adas|ido|ida|idos|idas|aron|ieron)|puse"
        r"|hice|hecho)\b",
        re.I,
    ),
    "result": re.compile(
        r"\b(?:hech[oa]s?|list[oa]s?|terminad[oa]s?|terminé|completad[oa]s?|corregí|corregid[oa]s?|arreglé|añadí"
        r"|agregué|cambié|creé|eliminé"
        r"|eliminó|borré|borraron|actualicé|pasan|pasaron|funciona\w*|subí|moví|renombré|instalé|sí|detenid[oa])\b",
        re.I,
    ),
    "coupling": re.compile(r"^(?:pero|y|así que|sin embargo,?) ", re.I),
    "step": re.compile(
        r"^(?:preferid[oa]|recomendad[oa]"
        r"|antes de (?:fusionar|desplegar|publicar|subir)\w*(?: \w+){0,2}"
        r"|siguiente(?: paso)?|próximo paso|para (?:arreglarlo|corregirlo)|solución|la solución|qué hacer),? ",
        re.I,
    ),
    "failing": re.compile(
        r"\b(?:fall\w*|deten\w+|detuv\w+|rechaz\w+|falta|faltan|conflictos?|agot\w+|deneg\w+|mal|vací[oa]|parcial\w*"
        r"|todavía|aún|inválid\w+|problemas?)\b",
        re.I,
    ),
    "plan": re.compile(
        r"\b(?:conclusión|resumen|resultado|recomend\w+|próxim\w+|siguiente\w*|pendiente\w*|solución|arreglo|acción"
        r"|acciones|qué cambió"
        r"|cambios|riesgos?|aviso|importante|respuesta|veredicto|verificación)\b",
        re.I,
    ),
    "detail": re.compile(
        r"\b(?:detalles?|contexto|paso a paso|cómo funciona|qué pasa|explicación|por qué|notas?|referencias?"
        r"|ejemplos?|cuándo usar|apéndice|uso)\b",
        re.I,
    ),
}
