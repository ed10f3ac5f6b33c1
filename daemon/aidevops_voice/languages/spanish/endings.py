"""Spanish: how a turn ends: an offer or a question, an admission or a praise, what was found."""

from __future__ import annotations

import re

_MANY = r"(?:un[oa]s?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|algun[oa]s|vari[oa]s|much[oa]s|\d+)"
_FIND = r"(?:el|la|al) (?:\w+ )?(?:culpable|fallo|error|problema|causa|motivo|commit|bug|fuga|línea)"

ENDINGS = {
    "proposes": re.compile(
        r"(?:^|[,;] )¿?(?:(?:y|o|entonces|si quieres),? )?"
        r"(?:(?:quieres|quiere|te gustaría|le gustaría|deseas|prefieres|te parece(?: bien)?"
        r"|qué te parece) (?:que|si)\b"
        r"|(?:te |se )?(?:lo |la |los |las )\w+o\b|(?:te )?(?:preparo|arreglo|corrijo|añado|reviso|escribo|miro)\b)"
        r"(?!.*\b(?:o|u|cuál|cuáles|siga|sigo|contin\w+|proced\w+|sobrescrib\w+|borr\w+|elimin\w+|quit[eo]"
        r"|f[ou]er[cz]\w+|apli\w+|desplieg\w+|public\w+|publique|envíe|envío)\b).*\?$",
        re.I,
    ),
    "decides": re.compile(
        r"\b(?:(?:debes|tienes que|deberías|has de|te toca) (?:decidir|elegir|decir\w*)"
        r"|(?:necesit\w+|falta) (?:una|tu|un) (?:\w+ )?(?:decisión|respuesta|elección)|decide tú)\b",
        re.I,
    ),
    "joins": re.compile(
        rf"^(?:(?:pero|y|solo),? )?(?:otr[oa]s?(?: {_MANY})?"
        rf"|(?:el|la|los|las) (?:otr[oa]s?|demás|restantes?|últim[oa]s?|(?:segund|tercer|cuart|quint)[oa])"
        rf"(?: {_MANY})?|{_MANY} más|(?:amb[oa]s|est[oa]s|es[oa]s|l[oa]s dos|ningun[oa])(?: de ell[oa]s)?"
        rf"|{_MANY} de ell[oa]s)"
        r" (?=fue(?:ron)?\b|es\b|son\b|está\w*\b|ha\w*\b|se\b|no\b|falla\w*\b|fallaron\b|quedó\b|quedaron\b|siguen?\b"
        r"|también\b|tiene\w*\b|puede\w*\b)"
        r"|^(?:lo|la|me|eso|esto)\b.{0,20}\bahí\b",
        re.I,
    ),
    "besides": re.compile(r"\b(?:también|además|asimismo|de paso|por otra parte)\b", re.I),
    "assured": re.compile(
        r"\bno (?:necesita|requiere|depende|usa|bloquea|cuesta|reserva|hace falta)\w*\b[\w -]*"
        r"|\b(?:no (?:tiene|hay|lleva)|sin) (?:\w+ )?(?:dependenci|bloqueo|sobrecarga|copias|efectos|sorpres|magia"
        r"|riesg|peligr)\w*"
        r"|\b(?:comprueba|comprobación|regla|restricción|validación|asegura|garantiza|verifica) (?:de )?que\b.*",
        re.I,
    ),
    "invites": re.compile(
        r"^(?:(?:y|ahora),? )?(?:ya )?(?:puedes|puede|podéis|pueden|podemos)\b|\b(?:enseguida|ya mismo)\b", re.I
    ),
    "halved": re.compile(r"\w,? (?:pero|salvo|excepto|aunque|menos|solo)\b", re.I),
    "spoilt": re.compile(
        r"\b(?:dañad[oa]s?|corrupt[oa]s?|incomplet[oa]s?|inconsistentes?|truncad[oa]s?|cortad[oa]s?|ilegibles?|inservibles?"
        r"|desactualizad[oa]s?|difieren?|no (?:coincide|coinciden|concuerda))\b",
        re.I,
    ),
    "own_deed": re.compile(
        r"^(?:(?:así que|pero|y|de momento|por ahora|todavía|aún),? )?(?:no )?(?:he|hemos|voy|vamos)\b", re.I
    ),
    "holds": re.compile(
        r"^(?!(?:si|cuando|hasta|porque|como|mientras)\b)(?!.*\b(?:no|nunca|ningun[oa])\b)(?:[\wáéíóúüñ'.-]+ ){1,9}?"
        r"(?:guarda|llega|cumple|conserva|mantiene|alcanza|abre|carga|cabe|envía|encuentra|devuelve|compila|funciona|arranca"
        r"|responde)n? (?:[\w'.-]+ ){0,8}?(?:ahora|ya|de nuevo|otra vez)\b"
        r"|^(?:(?:todas|todos|ambas|ambos)\b|cada \w+)(?!.*\b(?:no|nunca)\b)(?:[ ,]+[\w'.-]+){1,6} (?:ahora|ya) \w+",
        re.I,
    ),
    "eureka": re.compile(
        r"^¡?(?:(?:sí|vale),? )?(?:(?:ya )?(?:lo|la) (?:he )?(?:encontré|encontrado|tengo|localicé|localizado"
        r"|pillé|pillado)"
        rf"|(?:he )?(?:encontré|encontrado|localicé|localizado|identificado|identifiqué)(?: {_FIND})?"
        r"|eureka|ajá|ahí está|misterio resuelto)[.!:]*$",
        re.I,
    ),
    "outside": re.compile(
        r"\b(?:l[oae]s?|est[oae]s?|es[oae]s?) (?:he dejado|dejé) (?:como (?:está|estaba)n?|sin tocar)\b"
        r"|\b(?:he dejado|dejé) (?:como (?:está|estaba)n?|sin tocar)\b|\bfuera (?:de(?:l)?) (?:alcance|encargo)\b"
        r"|\bno (?:es|era|son|eran) parte de(?:l)?\b|\bno (?:tiene|tienen) (?:nada )?que ver con\b"
        r"|\bya (?:fallab|estab)\w+ (?:así )?antes\b|\bajen[oa]s? a\b",
        re.I,
    ),
    "bare": re.compile(
        r"(?:¡?(?:ok|vale|sí|claro|genial|perfecto|bien|muy|todo|toda|ya|está|están|queda|hecho|hecha|listo|lista|terminado"
        r"|terminada|completo|completado|eso|es|ha|sido|y|por|ahora|lo|tienes)\b[\s,.!]*)+",
        re.I,
    ),
    "nearly": re.compile(
        r"^¡?(?:(?:ya )?casi|prácticamente|por poco|(?:buen|gran) (?:avance|progreso)|buenos avances)"
        r"(?: (?:ya )?(?:está|estamos|listo|lista|terminado|hecho|completo|todo|lo tenemos|lo tengo))?"
        r"[,.:;!](?: (?=\w)|$)",
        re.I,
    ),
    "pointing_on": re.compile(
        r"\b(?:ese|esa|este|esta) (?:mism[oa])?(?=[.,]|$| otra vez| de nuevo)|^(?:su|sus|est[aeo]s?|es[aeo]s?) \w+",
        re.I,
    ),
    "proud": re.compile(r"\b(?:éxito|exitos\w+|correctamente|perfect\w*|impecable\w*|felici\w+|enhorabuena)\b", re.I),
    "pending": re.compile(
        r"\b(?:aún|todavía) no\b|\bno (?:he|hemos) (?!cambi|toc|modific|edit|borr|encontr|subi|elimin)\w+"
        r"|\b(?:falta|faltan|pendientes?|me he parado|me he detenido|paré|detuve|en espera)\b|\bqueda\w* por\b"
        r"|\bhasta que (?:me )?(?:lo )?(?:digas|confirmes)\b",
        re.I,
    ),
}
