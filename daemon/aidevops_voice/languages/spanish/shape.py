"""Spanish: by what a text shows what is a statement, what weighs, what was lost and what is only offered."""

from __future__ import annotations

import re

SHAPE = {
    "elliptic": re.compile(
        r"^(?:sí|no|solo|sólo|si|cuando|un poco|un(?:as|os)?|apenas|nunca|siempre|a veces|casi|quizá|tal vez|unos|hasta"
        r"|más o menos|en teoría)\b(?!.*, (?:el|la|los|las|lo|es|son|está|están|tu|tus|su|sus|no|se|usa|pon|hay)\b)",
        re.I,
    ),
    "pronoun": re.compile(r"^(?!.*\bpor favor\b)(?:y |pero )?(?:est[eao]|es[eao]|ell[oa]s?|él|así) ", re.I),
    "denied": re.compile(r"\bno (?:es|son|era|eran|fue|viene|vienen|se debe)\b(?! (?:solo|sólo|posible)\b)", re.I),
    "to_user": re.compile(
        r"^¿(?:(?:lo|la|los|las|te|me) |quier\w+|prefier\w+|dese\w+|pued\w+|deb\w+|sigo|continúo|hago|aplico|seguimos"
        r"|de acuerdo|vale|procedo"
        r"|(?:qué|cuál|cuáles|cómo) (?:\w+ ){0,3}(?:quier\w+|prefier\w+|dese\w+|te|hago|uso|elig\w+)\b)",
        re.I,
    ),
    "onward": re.compile(
        r"^(?:y |pero )?(?:si (?:es así|eso|no)\b(?! quieres)|en (?:ese|este|tal|ambos) casos?\b|de lo contrario\b"
        r"|(?:para|en|con) (?:\w+ ){1,5}?(?:eso|esto) (?:no |ya |casi )?(?:es|son|suele|basta|sirve|sobra|era)\b"
        r"|(?:entonces|en su lugar|en cambio|así|de (?:ese|este) modo|de (?:esa|esta) (?:forma|manera))\b(?! que\b)"
        r"|(?:con|tras|sin) (?:es[ao]s?|est[ao]s?|amb[ao]s)(?:$|,| (?:cambios?|{n})\b)"
        r"|(?:los|las|l[oa]s otr[oa]s|el otro|la otra|otr[oa]s) (?:{n} )?"
        r"(?:que (?:faltan?|quedan?|fall\w+)|(?:es|son|está|están|ha|han|fue|fueron|no)\b)|{n} más\b"
        r"|(?:amb[oa]s|ningun[oa]|{n}) de (?:ell[oa]s|es[oa]s|est[oa]s)\b|amb[oa]s (?:son|están|han|fueron)\b)".replace(
            "{n}", r"(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|\w+[ic]e|veint\w+|\w+enta)"
        ),
        re.I,
    ),
    "pointed": re.compile(
        r"\b(?:es[eao]s?|est[eao]s?|aquell[ao]s?)(?: aquí| ahora| también| primero)?$"
        r"|^(?:y |pero )?(?:no )?(?:l[oa]s?) (?:he|hemos|dejé|quité|cambié|corregí|arreglé|moví|borré|puse|quitaría"
        r"|cambiaría|dejaría|movería)\b|\b(?:de|en|a|con|para|por) (?:es[ae]|aquel|aquella) \w+$"
        r"|^(?:(?:yo|mejor|por favor|no|también|conviene|puedes|deberías) )*\w+(?:l[oa]s?)\b"
        r"(?= (?:por|de|en|antes|ahora)\b)",
        re.I,
    ),
    "announcing": re.compile(
        r"^(?:(?:y|pero|también|además),? )?(?:(?:también )?hay (?:(?:también|solo|además) )*)?"
        r"(?:(?:una?|unos|unas|dos|tres|cuatro|otr[oa]s?|algun[oa]s|buen|pequeñ[oa]s?|últim[oa]s?|única?|único"
        r"|el único|la única) )+"
        r"(?:notas?|cosas?|puntos?|costes?|costos?|pegas?|excepci(?:ón|ones)|ejemplos?|salvedad(?:es)?|motivos?|raz(?:ón|ones)"
        r"|observaci(?:ón|ones)|diferencias?|trucos?|pistas?|consejos?|detalles?|inconvenientes?|desventajas?|ventajas?"
        r"|preguntas?|advertencias?|límites?|limitaci(?:ón|ones)|analogías?|consecuencias?|condici(?:ón|ones)|matiz|matices)"
        r"(?: (?:más|que|para|de|sobre|aquí|en|con|a|importantes?|adicional(?:es)?)\b[^,:]*)?$",
        re.I,
    ),
    "stated": re.compile(
        r"^(?!(?:qué|por qué|cómo|cuándo|dónde|cuál|cuáles|quién|si|lo que|cosas|todo lo que|pasos|archivos)\b)"
        r"(?:(?:sí|no|todavía no|aún no)\b"
        r"|(?:[\wáéíóúüñ'.-]+ ){1,8}?(?:es|son|era|eran|fue|fueron|está|están|ha|han|no|puede|pueden|funciona\w*"
        r"|falla|fallan|falló|fallaron|pasa|pasan|pasaron|se (?:detuvo|paró|cayó|agotó))\b)",
        re.I,
    ),
    "outcome_title": re.compile(
        r"^(?:(?:no|sin|solo|ya|aún no|todavía no) )?(?:\w{2,}(?:ad|id)[oa]s?|hech[oa]s?|rot[oa]s?|listo|movid[oa]s?"
        r"|escrit[oa]s?|\w{2,}ar|\w{2,}er)(?: \w{2,8})?$"
        r"|^qué (?:hay que )?\w+[aei]r$",
        re.I,
    ),
    "leadin": re.compile(
        r"^(?:qué|lo que|por qué|cómo|cuándo|dónde|cuáles?|cosas?|razones|aquí|algun[oa]s|es[oa]s|también)\b", re.I
    ),
    "praise": re.compile(
        r"^(?:y )?es(?:t[aeo]|)? (?:es )?(?:una|algo) (?:de las )?que .*\b(?:gente|todo el mundo|muchos|equipos)\b"
        r"|^¡?(?:muy |qué )?(?:buena|gran|excelente|interesante|magnífica) (?:pregunta|observación|idea)(?:,| y|!|\.)? "
        r"(?:y |porque |pues )?(?:es(?:t[aeo])?|es[ae]|una|un|no|muchos?|casi)\b"
        r"(?=.*(?:!$|\b(?:gente|todo el mundo|todos|muchos|equipos|común|habitual|frecuente|confun\w+|suele\w*)\b))",
        re.I,
    ),
    "extra_title": re.compile(
        r"\b(?:también|además|estilo|detalles menores|menor(?:es)?|cosmétic\w+|extras?|opcional\w*|de paso"
        r"|otr[oa]s (?:notas|observaciones|ideas|mejoras)|conviene saber|vale la pena saber|ideas? a futuro)\b",
        re.I,
    ),
    "lost_title": re.compile(
        r"\b(?:desapareci\w+|borrad[oa]s?|eliminad[oa]s?|perdid[oa]s?|descartad[oa]s?|destruid[oa]s?|sobrescrit[oa]s?"
        r"|se (?:perdió|perdieron|borró|borraron|eliminó|eliminaron)|no (?:recuperables?|se puede\w* recuperar)"
        r"|irrecuperables?)\b",
        re.I,
    ),
    "fault": re.compile(
        r"\b(?:(?:he \w+|\w+é) (?:\w+ ){0,4}por (?:error|accidente|equivocación)|me (?:he equivocado|equivoqué)"
        r"|(?:he cometido|cometí) un(?: \w+)? error|(?:fue|es|ha sido) (?:un )?(?:error|fallo|culpa) (?:mío|mía)"
        r"|no debí|no debería haber|entendí mal|leí mal)\b",
        re.I,
    ),
    "warns": re.compile(
        r"\b(?:esto|eso|ello|que|todo|también) (?:\w+ ){0,3}?(?:borra|elimina|destruye|sobrescribe|descarta|pierde"
        r"|vacía|borrará|eliminará|perderá)\w*\b"
        r"|\bno se (?:puede|podrá|pueden|podrán) (?:deshacer|recuperar|restaurar)\b|\bno hay (?:vuelta|marcha) atrás\b"
        r"|\b(?:se (?:lleva|llevará|van?|irán?)|desaparecen?|desaparecerán?) (?:\w+ ){0,5}"
        r"(?:con (?:ello|ella|él|eso|esto)|también)\b"
        r"|\b(?:perderás|perderías|perderíamos|perderemos)\b"
        r"|\b(?:irreversible|permanente(?:mente)?|para siempre|sin copia|se (?:perderá|perderán|pierde|pierden))\b",
        re.I,
    ),
    "unsaved": re.compile(
        r"\b(?:sin (?:copia|copias|respaldo|confirmar|guardar|subir)|no (?:había|hay|hice|tenía\w*|guardé) (?:\w+ )?"
        r"(?:copias?|respaldo)|nunca se (?:subi|guard|confirm)\w+|irrecuperables?|irreversibles?|para siempre"
        r"|no se (?:puede|pueden|podrá|podrán) (?:recuperar|restaurar|deshacer)"
        r"|perdid[oa]s? (?:del todo|sin remedio))\b",
        re.I,
    ),
    "future": re.compile(
        r"^¿?(?:quieres|quiere|te gustaría|prefieres|deseas|puedo|debo)\b"
        r".*\b(?:automátic\w*|en (?:el )?futuro|a partir de ahora|la próxima vez|regularmente|cada (?:día|noche|semana"
        r"|mes|vez)|programad\w*|política|también|además)\b",
        re.I,
    ),
    "perhaps": re.compile(
        r"\b(?:podrías|podría|podríamos|quizá|quizás|tal vez|a lo mejor)\b"
        r"|\btambién (?:serviría|funcionaría|valdría|es posible)\b|\bvale la pena (?:considerar|mirar)\b"
        r"|^(?:véase|ver|mira|consulta),? (?:también )?(?:[\w-]+ ){0,5}?"
        r"(?:punto|líneas?|sección|documentación|página)\b"
        r"|^(?:y |pero )?si (?:aun así |aún así |todavía |sigue |lo |la |te |prefieres|quieres|insistes)+"
        r"(?:fallando|falla|ocurre|prefieres|quieres|gusta|interesa)?\b(?!.*\b(?:dime|avísame)\b)",
        re.I,
    ),
    "compared": re.compile(
        r"\b(?:de|desde|en lugar de|antes) (?:unos |unas )?{n}.{0,60}\b(?:a|ahora|después)\b.{0,60}{n}"
        r"|{n}.{0,60}\b(?:en lugar de|en vez de|frente a|antes)\b.{0,60}{n}"
        r"|\b(?:baja|bajó|cae|cayó|sube|subió|pasa|pasas|pasó|crece|creció|mejora|mejoró) (?:a|de|hasta|en)"
        r" (?:unos |unas |solo )?{n}".replace(
            "{n}",
            r"(?:\d|(?:cero|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w+"
            r"|veint\w+|\w+enta|ci\w+to|\w+cient[oa]s|mil|quinient[oa]s)\b)",
        ),
        re.I,
    ),
    "weighty": re.compile(
        r"^(?:(?:mi |la |el )?(?:recomendación|consejo|sugerencia|veredicto|conclusión|respuesta(?: corta)?|resultado"
        r"|solución|arreglo|remedio|causa|razón|motivo|limitación|limitaciones|límites?|inconvenientes?|riesgos?"
        r"|impacto|qué hacer|acción|(?:migrar|cambiar|pasar) [\w ]+))(?:,|$)",
        re.I,
    ),
    "bound": re.compile(
        r"^(?:mientras|a menos|si|solo|sólo|salvo|excepto|hasta|sin|pero no|y no|en|de|desde|a|por|para|según|antes"
        r"|después|cuando)\b",
        re.I,
    ),
    "untried": re.compile(
        r"\b(?:no|sin|nunca) (?:l[oae]s? )?(?:he |se ha |está |han )?(?:probad[oa]s?|probar(?:l[oae]s?)?"
        r"|verificad[oa]s?|comprobad[oa]s?|medid[oa]s?|instalad[oa]s?|desplegad[oa]s?|grabad[oa]s?)\b",
        re.I,
    ),
    "supposed": re.compile(r"^(?:y |pero |así que )?(?:si|a menos que|en caso de)\b", re.I),
    "spanning": re.compile(r"\b(?:de|desde) (?:(?!a\b|hasta\b)\S+ ){0,7}\S*$", re.I),
    "left_open": re.compile(r"\b(?:de modo que|para que|porque|ya|incluso)$", re.I),
    "causes": re.compile(
        r"\b(?:(?:señal|síntoma) (?:clar[oa] |típic[oa] )?de|debido a|causad[oa]s? por|por culpa de)\b", re.I
    ),
    "crux": re.compile(
        r"\b(?:parte|paso|lo)(?: más)? (?:larg[oa]|lent[oa]|difícil|arriesgad[oa]|delicad[oa]|crític[oa]|costos[oa])\b",
        re.I,
    ),
    "hinge": re.compile(r"mientras|a menos que|hasta que"),
    "cure": re.compile(
        r"^(?:así que |y |pero )?(?:el|la|lo|un|una|mi|tu) (?:[\w-]+ )?(?:arreglo|solución|remedio|salida|respuesta)"
        r"(?: más \w+)?(?: aquí| para (?:esto|eso))?(?:,| (?:es|son|sería)\b(?! (?:no|en)\b))"
        r"|^(?:así que|por (?:lo )?tanto|por eso|entonces)\b.*\b(?:debe|deben|tiene que|tienen que) ser\b"
        r"|^(?:en su lugar|en vez de eso),? (?:usa|utiliza|haz|toma|pasa|llama|escribe|devuelve)\b",
        re.I,
    ),
    "stands": re.compile(
        r"^(?!(?:si|cuando|hasta|porque|como|mientras)\b)(?:[\w'.-]+ ){0,8}?(?:ya|ahora) (?:está|están|es|son|tiene"
        r"|tienen"
        r"|usa|usan|muestra|corre|apunta|lee)\b"
        r"|^(?:[\w'.-]+ ){0,8}?(?:está|están|tiene|tienen|usa|usan|apunta|lee) (?:[\w'.-]+ ){0,8}?ahora\b",
        re.I,
    ),
    "to_remove": re.compile(
        r"^(?:(?:luego|después|al final|ahora),? )?(?:elimínal|bórral|quítal|desinstálal|retíral)[oa]s?\b", re.I
    ),
    "cure_title": re.compile(
        r"\b(?:recomend\w*|recomiendo|sugerencias?|sugiero|cómo (?:arreglar|corregir|solucionar)\w*|arreglos?"
        r"|soluci[oó]n\w*|remedio|qué (?:haría|hacer|cambiaría|probaría))\b",
        re.I,
    ),
    "tip_title": re.compile(r"^\W*(?:un )?(?:consejos?|trucos?|dato curioso|sabías que)\b", re.I),
    "next_title": re.compile(r"\b(?:próximos|siguientes) pasos\b", re.I),
    "torn": re.compile(
        r"^(?:(?:y |pero )?no (?:solo |sólo |el |la |l[oa]s |una? |en |de |del |con |por |para )"
        r"|en (?:lugar|vez) de(?!.*,)|así como|tales? como|incluid[oa]s?|incluyendo|excepto|salvo|aparte de"
        r"|en comparación con|frente a|tod[oa]s ell[oa]s|amb[oa]s)\b(?!.*\b(?:es|son|está|están|era|eran)\b)",
        re.I,
    ),
    "cure_lead": re.compile(
        r"^(?:lo que (?:haría|cambiaría|probaría)|qué (?:haría|hacer|cambiaría|probaría)(?: yo)?"
        r"|(?:cómo|para) (?:arreglar|corregir|solucionar)l[oa]s?|(?:el |la |mi )?(?:arreglo|solución|remedio"
        r"|recomendación)(?: \w+)?|(?:yo )?(?:haría|cambiaría|probaría|recomiendo|sugiero)(?: esto)?)\W*$",
        re.I,
    ),
}
