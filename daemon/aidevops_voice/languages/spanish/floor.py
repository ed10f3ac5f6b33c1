"""Spanish: who has the floor; entries are runs of words, lower case, no punctuation."""

from __future__ import annotations

from aidevops_voice.languages import forms, listed

FLOOR = {
    "inventions": forms(
        "gracias por ver |el_vídeo|este_vídeo, muchas gracias por ver |el_vídeo, suscríbete, suscríbete al|a_mi canal, "
        "suscríbanse |al_canal, no olvides|olviden suscribirte|suscribirse, dale like |y_suscríbete, hasta el próximo "
        "vídeo, nos vemos en el próximo vídeo, gracias por su atención, música, aplausos, risas"
    ),
    "credits": forms(
        "subtítulos realizados por, subtítulos por, subtítulos creados|hechos por, subtitulado por, subtítulos de, "
        "transcripción de|por, traducido por, traducción de|por, más información en, para más información"
    ),
    "unsure": forms("gracias, muchas gracias, chao, adiós adiós, y, el, la, que, pues"),
    "fillers": forms("eh, ehh, em, emm, mmm, ajá, aja, ah, oh, uy, ay, uf, hum, este eh"),
    "along": forms(
        "sí, vale, ya, claro, bien, entiendo, ajá, de acuerdo, perfecto, genial, bueno, muy bien, ya veo, exacto"
    ),
    "replies": forms(
        "sí, no, vale, claro, siempre, nunca, permite, deniega, para, cancela, espera, ninguno, ninguna, ambos, ambas, "
        "todos, todas, adelante, hazlo, tú decides"
    ),
    "denials": forms("no, para, cancela, cancélalo, no lo hagas, deniega, nunca, rechaza, rechazar"),
    "urgent": forms("para, basta, silencio, aborta, espera, socorro"),
    "hold": forms(
        "espera |un_momento|un_segundo |por_favor, déjame pensar |un_momento|un_segundo, estoy pensando, un momento "
        "por favor, dame un momento|segundo|minuto, aún no he terminado, todavía no he terminado, déjame terminar, "
        "a ver"
    ),
    "hold_alone": forms("un momento, un segundo, un minuto, aguarda, a ver espera, cómo lo digo"),
    "over": forms("cambio, cambio y corto, envíalo, mándalo, fin del mensaje"),
    "not_over": forms(
        "el, un, este, ese, otro, cada, mi, tu, su, sin, en, y, o, luego, del, al, ningún, algún, primer, último, "
        "gran, no, quiero, cuando, si, de, con, por, más, hay"
    ),
    "unfinished": forms(
        "y, o, pero, porque, si, aunque, cuando, mientras, el, la, los, las, un, una, unos, unas, mi, tu, su, del, al, "
        "que, y luego|también, en el archivo|fichero|método|módulo|directorio, en la función|clase|carpeta|prueba, "
        "llamado, llamada, quiero|necesito que, para que, en vez|lugar de, puedes, podrías, o sea, uno|una de, sin, "
        "hasta, desde, según, de, en, con, a, para, por, sobre, entre, hacia"
    ),
    "loose": forms("tras, ante, bajo"),
    "asking": forms("qué, cuál, quién, dónde, cómo, cuándo, por qué"),
    "taking_loose": tuple(listed("de hacia")),
    "steer": forms(
        "en realidad, espera, no espera, mejor, no mejor, no eso no, eso no, ese no, esa no, no ese no, no usa, no "
        "quería decir, quería decir, perdona, perdón, corrección, olvida eso, pensándolo bien, cambio de planes, no el "
        "otro, no la otra, no con, no en, no haz, no cambia, no pon, no deja, para y, también, además, por cierto"
    ),
    "not_steer": forms("espera a que, espera hasta, mejor que, mejora"),
    "hey": forms("oye, hola"),
    "like_hey": forms("hoy, oyes, o ye, oy, olla, ey, jey, hei, ay"),
}
PHRASES = {
    "notices.asleep": "Estoy dormido. Di {phrase} y escucho.",
    "notices.awake": "Te escucho.",
    "notices.added": "Añadido a lo que está haciendo.",
    "notices.queued": "En cola.",
}
"""What is said about it."""
