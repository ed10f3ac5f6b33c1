"""Spanish: whole utterances that the listener acts on itself."""

from __future__ import annotations

from aidevops_voice.languages import forms

COMMANDS = {
    "hush": forms("silencio, cállate, calla, deja de hablar|leer, para, para de hablar|leer, basta, no hables"),
    "stop_agent": forms(
        "para el agente, para al agente, detén|cancela|aborta el|al agente, aborta, deja de trabajar, para|detén todo"
    ),
    "repeat": forms(
        "repite, repítelo, repite eso|la_última_respuesta, |dilo otra vez, qué has dicho, qué dijiste, cómo dices, "
        "una vez más"
    ),
    "goodbye": forms("adiós, hasta luego|pronto, chao, nos vemos, eso es todo"),
    "send": forms("envíalo, mándalo, envía, sí envíalo"),
    "discard": forms("descártalo, descarta, olvídalo"),
    "more": forms(
        "más, cuéntame más, dime más, sigue |leyendo, continúa leyendo, lee|un_poco más, qué más, |lee el resto"
    ),
    "details": forms(
        "qué has hecho, qué exactamente, qué has_hecho|hiciste|has_cambiado|cambiaste |exactamente, "
        "|dame los detalles, |más detalles, qué se ha hecho, qué ha_pasado|pasó, qué salió|ha_salido mal"
    ),
    "files": forms(
        "qué archivos, qué ficheros, cuáles archivos, dime los archivos, qué archivo|archivos|fichero|ficheros "
        "|has_cambiado|cambiaste|has_editado|editaste|has_tocado|tocaste"
    ),
    "error": forms(
        "lee el error, cuál es|fue|era el error, |dime|léeme el error, qué error |es|era|fue, lee el mensaje de error"
    ),
    "ran": forms(
        "qué has ejecutado, qué comandos, qué órdenes, qué |comando|comandos|órdenes has_ejecutado|ejecutaste, "
        "qué se ha ejecutado"
    ),
    "tests": forms(
        "cuántas pruebas, cuántos tests, "
        "cuántas|cuántos |pruebas|tests pasan|pasaron|fallan|fallaron|han_pasado|han_fallado, "
        "qué pruebas|tests fallan|fallaron|han_fallado, han_pasado|pasaron las|los pruebas|tests, "
        "|el resultado de las pruebas"
    ),
    "full": forms("léelo todo, lee|léeme todo, léelo entero, |lee la |última respuesta entera|completa"),
    "spell": forms("deletréalo, deletrea |eso|el_nombre|los_nombres, cómo se escribe |eso, letra por letra"),
    "slower": forms(
        "más despacio, |habla |un_poco más despacio|lento, |hablas|vas demasiado|muy rápido, no tan rápido"
    ),
    "faster": forms("más rápido, |habla |un_poco más rápido|deprisa, |hablas|vas demasiado|muy lento"),
    "doing": forms(
        "qué haces, qué estás|está haciendo, qué está haciendo el agente, qué hace el agente, qué está pasando, "
        "qué pasa, "
        "en qué estás trabajando, en qué trabajas, sigues trabajando|ahí, |ya has terminado|acabado, cómo vas"
    ),
    "elapsed": forms(
        "cuánto lleva, cuánto |tiempo lleva|llevas|ha_tardado|tardó|ha_pasado, cuánto tiempo, hace cuánto"
    ),
    "quiet": forms(
        "avísame cuando termine, modo silencioso, avísame|dime cuando termine|acabe|termines|acabes|esté_listo, "
        "|dime solo el|los resultado|resultados, sin avisos"
    ),
    "normal": forms("modo normal, avisos normales, vuelve a lo normal"),
    "chatty": forms(
        "mantenme al tanto, mantenme informado|informada, tenme al tanto, más avisos, modo hablador, "
        "cuéntame todo lo que haces"
    ),
    "fewer": forms("menos avisos, habla menos, di menos, menos palabras, no tanto, no hables tanto, hablas demasiado"),
    "sounds_off": forms("sin sonidos, quita|apaga|desactiva los sonidos"),
    "sounds_on": forms("con sonidos, pon|activa|enciende los sonidos"),
    "sleep": forms("duérmete, a dormir, deja de escuchar, no escuches"),
    "wake": forms("despierta, despiértate, vuelve a escuchar, empieza a escuchar"),
}
POLITE = forms("por_favor, vale, oye, ahora, bueno, puedes, podrías, gracias")
