"""Spanish: what says nothing, promises or boasts, and what a text never means by itself."""

from __future__ import annotations

import re

CHATTER = {
    "filler": re.compile(
        r"^¡?(?:claro|por supuesto|desde luego|perfecto|excelente|genial|estupendo|vale|de acuerdo|entendido|gracias"
        r"|de nada"
        r"|buen[ao]?|gran|muy bien|con gusto)\b(?: (?:que sí|pregunta|noticias?|idea|observación|por|preguntar"
        r"|trabajo|la|las|el|los|tu|su"
        r"|buena|buenas)\b){0,4}[.!,]*$"
        r"|^(?:déjame|permíteme|(?:(?:ahora|primero|luego|después|entonces),? )?(?:voy|vamos) a)\b"
        r"|^(?:espero que (?:esto|te|le)|no dudes|(?:avísame|dime) si (?:necesitas|tienes|hay|algo)|si (?:tienes"
        r"|necesitas) (?:más|alguna|otra)"
        r"|quedo a|hay algo más)\b"
        r"|^(?:dime|avísame|cuéntame) (?:qué|cuál|cómo|por dónde)\b.*\b(?:quieres|te gustaría|prefieres|te apetece"
        r"|seguimos)\b"
        r".*\b(?:ahora|después|luego|a continuación|próxim[oa]|siguiente)\b[.!]*$"
        r"|^(?:buen|gran) trabajo (?:en general|hasta ahora)[.!]*$"
        r"|^¡(?:gran|buen|buena|muy|qué|genial|estupend\w+|fantástic\w+|excelente\w*|perfect\w+|enhorabuena|bravo|bien"
        r"|por fin|ya casi|casi|allá vamos)\b(?:,? [\wáéíóúñ-]+){0,3}!$"
        r"|^¡?a \w+[aei]r[.!]*$"
        r"|^(?:ya )?puedes \w+ (?:\w+ ){0,6}cuando (?:quieras|lo desees)[.!]*$"
        r"|^(?:[^,.]{1,60}, )?aquí (?:está|están|tienes|va|van)\b[^,]{1,80}\.$"
        r"|^(?:aquí (?:está|están|tienes|va)|a continuación|este es|esta es|estos son)\b[^.]*(?:resumen|detalles"
        r"|cambios|resultado|salida|registro"
        r"|diff|código|lista|plan|respuesta|versión|ejemplo|hice|encontré|cambié)\.?$"
        r"|^tienes razón\b(?:[.!]*$|.*\b(?:perdón|disculp\w+|siento|lamento|confusión|gracias)\b)"
        r"|^¡?(?:feliz|felices|disfruta|que (?:disfrutes|te vaya)|suerte)\b(?: \w+){0,3}[.!,]*$|^¡?todo listo[.!,]*$"
        r"|^¿(?:quieres|te gustaría) que (?:lo |la |te )?(?:documente|escriba|explique|resuma|redacte)\b[^,]*\?$"
        r"|^¡?(?:estaría |estaré )?encantad[oa](?: de \w+)?[.!]*$"
        r"|^(?:mira|consulta|véase) (?:la salida|el registro|los detalles)\b"
        r"|^(?:perdón|disculp\w+|lo siento) (?:por)\b",
        re.I,
    ),
    "boast": re.compile(
        r"\b(?:tod[oa]s?(?: l[oa]s)?(?: \w+){0,3}? (?:pasan?|pasaron|funcionan?|en orden|list[oa]s?"
        r"|perfect\w+|correct\w+|bien)"
        r"|todo (?:listo|hecho|bien|verde|correcto|perfecto)|nada (?:está|se ha) roto"
        r"|sin (?:ningún )?(?:problemas?|incidencias)"
        r"|(?:muy )?buen estado|de maravilla|a la perfección|en marcha|con éxito|list[oa]s? para \w+|impecable\w*"
        r"|(?:está|están|queda|quedan)(?: ya| ahora)? (?:complet[oa]s?|terminad[oa]s?|perfect[oa]s?|list[oa]s?)"
        r"|(?:ahora|ya) (?:\w+ ){0,2}más \w+|más \w+ y (?:más \w+|mejor))\b"
        r"|^¡?(?:hecho|listo|terminado|perfecto|genial|completado)[.,!]*$",
        re.I,
    ),
    "began": re.compile(
        r"^(?:he (?:iniciado|arrancado|lanzado|empezado|puesto en marcha)|(?:ejecutando|iniciando|arrancando"
        r"|configurando"
        r"|compilando|instalando|probando|comprobando|desplegando|preparando)\b)(?!.*\b(?:fall|error|pero|no)\w*\b)",
        re.I,
    ),
    "opener": re.compile(
        r"^¡?(?:(?:claro|por supuesto|desde luego|perfecto|excelente|genial|vale|de acuerdo|buena pregunta|gracias"
        r"|bueno|pues|en resumen|resumiendo|buenas noticias|muy bien|entendido|a ver|mira)[,!] "
        r"|tienes razón[,!] (?:y |pero )?"
        r"|(?:esto es lo que|aquí (?:está|tienes|va)|este es) (?:[\wáéíóúñ]+ ?){1,7}, "
        r"|(?:he (?:ejecutado|lanzado|revisado|comprobado|pasado|mirado|probado)"
        r"|(?:ejecuté|lancé|revisé|comprobé|pasé|miré|probé))(?: [\wáéíóúñ-]+){1,8}, (?=(?:\d|un[oa]?|dos|tres|cuatro"
        r"|cinco|seis|siete|ocho|nueve|diez|once|doce|quince|veint\w+|treinta|tod[oa]s|ningun\w*|falla\w*|pasa\w*)\b))",
        re.I,
    ),
    "helpless": re.compile(
        r", (?:(?:porque|ya que|y|pero) )?(?:yo )?no (?:puedo|tengo (?:forma|manera|permiso)) [^,.]*"
        r"\b(?:yo mism[oa]|por ti|desde aquí)\.$",
        re.I,
    ),
    "announce": re.compile(
        r"\b(?:siguientes?|a continuación|estos|estas|aquí|así|salida|ejemplo|comando|código|pasos)\b",
        re.I,
    ),
    "hostile": re.compile(
        r"^['\"]?(?:sistema|asistente|system)[:,] (?:ignora|di|no|debes|olvida|ejecuta|haz)\b"
        r"|\b(?:ignor\w+|olvid\w+|descart\w+) (?:todas )?(?:las )?(?:instrucciones|órdenes"
        r"|reglas)(?: \w+)? (?:anteriores|previas)\b",
        re.I,
    ),
}
