"""Spanish: what is said about a request of the agent; every entry is a whole run of words."""

from __future__ import annotations

from aidevops_voice.languages import forms

ASSENT = {
    "yes": forms(
        "|te|lo|la|se_lo autorizo, sí, claro |que_sí|que_si, por supuesto |que_sí|que_si, si "
        "adelante|hazlo|claro|vale|dale, desde luego, adelante |con_eso|con_ello|con_esto, sí señor|señora, "
        "hazlo|házlo|hacelo, vale, de acuerdo, dale, venga, okay, ok, okey, está|todo|me_parece bien, permiso "
        "concedido|dado, concedido, tienes|tiene|te_doy|le_doy |mi|el permiso, sí puede|puedes "
        "|hacerlo|ejecutarlo|seguir, puedes hacerlo|seguir|ejecutarlo, permítelo|permitelo|permitirlo|permítaselo "
        "|esta_vez|una_vez|solo_esta_vez, lo permito|apruebo|autorizo, permitir|permite |esta_vez|una_vez|eso|esto, "
        "aprobado, aprobar, apruébalo, autorizado, autorízalo, afirmativo, seguro, por mí vale|bien|adelante, "
        "ejecútalo, córrelo, hágalo, procede, proceda, sigue adelante, siga adelante, acepto, aceptado, aceptar, "
        "|solo|sólo|solamente esta|una vez, |solo|sólo por esta|una vez, hazlo esta|una vez, deja que lo haga|siga, "
        "que lo haga, que adelante, exacto, correcto, confirmado, confirmo, lo confirmo, me parece "
        "perfecto|estupendo, perfecto adelante, dile que sí"
    ),
    "alone": forms("si"),
    "always": forms(
        "siempre, permitir|permítelo|permitelo|hazlo|acepta|aceptar|permite siempre, siempre sí|que_sí, siempre "
        "para|con este|esta|ese comando|orden, siempre permitido, permite siempre este|ese comando, permítelo siempre "
        "para este comando, a partir de ahora siempre"
    ),
    "once": forms("una vez, esta vez, solo, sólo, solamente, por ahora"),
    "before": forms(
        "eh, em, mm, mmm, hmm, ah, oh, ay, bueno, pues, bien, mira, ya, este, a ver, o sea, perfecto, muy bien, "
        "genial, entendido, por favor, gracias, uh"
    ),
    "after": forms(
        "esta vez, por esta vez, ahora, ya, mismo, ahora mismo, eso, esto, así, entonces, amigo, para este comando, "
        "es correcto"
    ),
    "joint": forms("y, entonces"),
    "around": forms("por favor, porfa, gracias, muchas gracias, ahora"),
    "run": forms("ejecuta, corre, haz, puedes ejecutar"),
    "object": forms("eso, esto, lo"),
    "edit": forms("edita|cambia|modifica|guarda el archivo|fichero, haz el cambio|los_cambios"),
    "tests": forms("ejecuta|corre|pasa los|las tests|pruebas"),
    "folder": forms("crea|haz la carpeta"),
    "deny": forms(
        "no, nunca, jamás, jamas, tampoco, ninguna, ningún, ningun, cancela, cancelar, cancélalo, cancelalo, "
        "cancelado, nop, deniega, denegar, denegado, rechaza, rechazar, rechazado, recházalo, detente, detén, "
        "detenlo, basta, olvídalo, olvidalo, niego, negativo, nones, prohibido, prohíbo, prohíbelo, déjalo, dejalo, "
        "anula, anular, anúlalo, aborta, stop, páralo, paralo, ni"
    ),
    "deny_stems": forms("cancel, cancél, rechaz, recház, denieg, deneg, prohib, prohíb"),
    "deny_ends": (),
    "deny_phrases": forms(
        "para nada, para ya, en absoluto, déjalo como está, mala idea, ni hablar, ni loco|loca, nada de eso, de "
        "ninguna manera|forma"
    ),
    "no_deny": forms(
        "por qué no, no hay problema, sin problema|problemas, no lo|la sé|se, no sé, no se, no estoy seguro|segura, "
        "no entiendo, no lo entiendo, no te entiendo, no te he oído|entendido, no tan rápido, no importa, cómo no, no "
        "me preguntes |más"
    ),
    "sounds_no": forms("non, nou, para, alto, para ya"),
    "hedge": forms(
        "creo, quizá, quizás, quizas, tal vez, a lo mejor, supongo, puede ser, depende, ya veremos, probablemente, no "
        "sé, no lo sé, no estoy seguro, imagino, diría, o"
    ),
    "condition": forms(
        "si, salvo, excepto, cuando, siempre que, siempre y cuando, a menos, después, despues, antes, hasta, solo, "
        "sólo, pero, mientras, mañana, luego, en cuanto, porque, aunque"
    ),
    "quote": forms("dijo, dice, dicen, dijeron, dije, decir, diga, contestó, respondió, escribe, palabra, llama"),
    "question": forms(
        "qué, quién, por qué, cómo, cuál, cuáles, dónde, cuándo, cuántos, cuántas, puedo, podemos, debo, debería, es, "
        "está, son, quieres, puedes decirme, hay"
    ),
    "consent": forms(
        "sí, claro, adelante, hazlo, vale, permiso, concedido, permitir, permítelo, siempre, confirmo, confirma, "
        "apruebo, aprobado, de acuerdo, por supuesto, dale, acepto, autorizo, puede hacerlo, si, por qué no"
    ),
    "explain": forms(
        "explica, explícamelo, explicamelo, explícalo, explicalo, explícame, explicame, explicar, explicación, "
        "detalles, más detalles, qué|que hace|haría|hará|cambia|borra|toca |eso|esto|exactamente, qué es eso|esto, "
        "qué significa, para qué|que |es|sirve, por qué quiere|hace|lo|es, qué vas|va a cambiar|hacer|borrar|tocar, "
        "puedes explicarlo, qué archivos|ficheros|líneas|cambios|opciones, cuéntame|dime más, es seguro|peligroso, "
        "qué has dicho, qué dijiste, repite |eso|las_opciones, repítelo, cuáles son las opciones, cuál es la "
        "diferencia, qué diferencia, no |lo|te entiendo, no te he entendido|oído, qué va a cambiar|hacer, léelo otra "
        "vez, cómo dices, las opciones"
    ),
    "explain_whole": forms("por qué, cómo, qué, detalles, cuáles, cuál, para qué"),
    "wh": forms("qué, por qué, quién, cómo, cuál, cuáles, dónde, cuántas, cuántos"),
    "thing": forms("eso, esto, comando, cambio, cambios, archivo, archivos, fichero, ficheros, líneas, agente, riesgo"),
    "about_it": forms("es|hace|borra|cambia|toca|puede|va eso|esto|algo"),
    "would_you": forms(
        "perdón, perdona, puedes, podrías, puede, me puedes, me podrías, pero, y, primero, antes, quiero saber, dime"
    ),
    "wait": forms(
        "espera |un|una |poco|momento|segundo|minuto, espere, espérate, un momento|segundo|minuto |por_favor, "
        "momento, dame|deme un momento|segundo|minuto, déjame pensar|pensarlo|ver|mirar |lo|un_momento|primero, "
        "déjame que piense|lo_piense, aguarda, aguanta, un momentito|segundito, estoy pensando, todavía estoy "
        "pensando, no tan rápido, para pensar, lo estoy pensando, espera que"
    ),
    "wait_first": forms(
        "déjame pensar|ver|mirar|leer|revisar|comprobar, tengo que pensar|pensarlo|mirar|mirarlo|revisar, quiero "
        "pensar|mirar|revisar"
    ),
    "wait_tail": forms("déjame, estoy, tengo que, quiero, necesito, que, hasta, a que, mientras"),
    "noise": forms(
        "eh, em, mm, mmm, hmm, ah, oh, ay, uf, gracias, muchas gracias, el, la, lo, un, una, y, bueno, pues, hola, "
        "adiós, adios, hasta luego, tos, música, silencio, risas, aplausos, ja ja, ya, yo, perdón, salud, buenas "
        "noches|tardes, buenos días"
    ),
    "phantom": forms(
        "gracias por ver |el |vídeo|video, suscríbete |al_canal, suscribete, subtítulos |realizados |por, subtitulos "
        "por, hasta la próxima, nos vemos en el próximo vídeo|video, amara org"
    ),
    "orders": forms(
        "para|detén|cancela el|al agente, lista|listar |las sesiones, qué proyecto |es_este, qué sesión, nueva "
        "sesión, cambia a, dónde estoy, qué está en marcha, cállate, calla, silencio"
    ),
    "requests": forms(
        "añade, agrega, escribe, renombra, imprime, busca, pon, muestra, muéstrame, lista, crea, construye, arregla, "
        "corrige, refactoriza, quita, borra, elimina, abre, lee, encuentra, actualiza, cambia, instala, sube, mueve, "
        "copia, reemplaza, usa, prueba, genera, implementa, documenta, revisa, mira, cuenta, dime, dame, ejecuta, "
        "despliega, el, la, los, las, un, una"
    ),
    "lead": forms(
        "eh, em, mm, pues, bueno, sí, vale, usa, usemos, usar, mejor, prefiero, quiero, elijo, escojo, la, el, lo, "
        "con, vamos con, vamos a usar, me quedo con, opción, la opción, número, el número, que sea, pon, yo diría, "
        "creo que, ponle, a ver, mi respuesta es, la respuesta es, tomo, cojo, solo"
    ),
    "tail": forms("por favor, gracias, creo, mejor, opción, mismo, entonces, está bien, me parece bien"),
    "index": forms("opción, número, numero, el, la, los, las, respuesta"),
    "strong_lead": forms(
        "usa, usemos, quiero, prefiero, elijo, mi respuesta es, la respuesta es, que sea, vamos con, ponle, me quedo "
        "con"
    ),
    "free": forms("en vez, en su lugar, en lugar, otra cosa, excepto, menos"),
    "none": forms(
        "ninguno|ninguna |de_los_dos|de_las_dos|de_ellos|de_ellas|de_esos|de_esas, ni uno ni otro, ni lo uno ni lo "
        "otro, nada de eso"
    ),
    "decide": forms(
        "decide|elige|escoge tú|tu, tú|tu decides|eliges, decídelo tú, decídelo, como |tú quieras|prefieras, lo que "
        "|tú prefieras|quieras|creas, me da igual, da igual, cualquiera |de_ellas|de_ellos|de_los_dos|de_las_dos, a "
        "tu elección, no me importa, lo que te parezca |mejor, elige, elija"
    ),
    "all": forms("todas, todos, todas ellas, todos ellos, todo, las|los tres|cuatro"),
    "both": forms("ambas, ambos, las|los dos"),
    "last": forms("último, última, ultimo, ultima, final"),
    "middle": forms("del_medio, medio, de en medio"),
    "and": forms("y, e, más, y también, también"),
    "typed_yes": forms("s, sí, si"),
    "typed_no": forms("n, no"),
    "sealed": forms("por favor, entonces"),
    "weak": forms("okay, ok, okey, vale, bueno, bien, está bien"),
    "plain_yes": forms("sí, vale, okay, ok, claro, de acuerdo"),
    "phrase": ("Para que ocurra, di: {words}.",),
    "confirm": ("confirmo",),
    "challenge": forms(
        "halcón, linterna, jardín, dragón, pingüino, trueno, montaña, cactus, delfín, tortuga, cebra, camello, "
        "paloma, langosta, araña, galleta, mango, calabaza, tulipán, escalera, brújula, lápiz, trompeta, guitarra, "
        "tambor, granjero, gigante, planeta, susurro, estación, pueblo, cosecha, glaciar, terciopelo, molino, bosque, "
        "espejo, limón, pimienta, cuchara, arce, invierno, abeja, hoguera, nublado, sirena"
    ),
    "challenge_numbers": forms("seis, siete, nueve"),
}
