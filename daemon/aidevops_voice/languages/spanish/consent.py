"""Spanish: how a request of the agent is put to the user, and what became of it."""

from __future__ import annotations

from aidevops_voice.languages import Phrase

CONSENT: dict[str, Phrase] = {
    "consent.which_is": "{what}, y {why}",
    "consent.also": "también quiere {what}",
    "consent.how_click": "Pulsa Y, o di no.",
    "consent.how_voice": "¿Puede hacerlo?",
    "consent.how_page": "Solo un clic en la página lo permite, o di no.",
    "consent.how_type": "Responde en la página, o di no para saltarla.",
    "consent.how_choose": "Di una de ellas, o su número.",
    "consent.how_words": "¿Qué le digo?",
    "consent.scope": "desde ahora esto le dejaría hacer, sin preguntar, {scope}",
    "consent.scope_more": "{what} con cualquier cosa detrás",
    "consent.scope_all_edits": "cualquier edición de cualquier archivo",
    "consent.scope_all_commands": "cualquier comando",
    "consent.scope_all_uses": "cualquier uso de esta herramienta",
    "consent.how_scope": "¿Es eso lo que quieres?",
    "consent.details": "El texto exacto está en la página.",
    "consent.no_details": "No sé más que eso.",
    "consent.taken": "Permitido.",
    "consent.taken_always": "Permitido desde ahora.",
    "consent.denied": "Denegado.",
    "consent.denied_time": "Nadie respondió, así que lo denegué.",
    "consent.denied_doubt": "No entendí la respuesta, así que lo denegué.",
    "consent.denied_rule": "Tu configuración lo prohíbe, así que lo denegué.",
    "consent.answered": "Le dije, {answer}.",
    "consent.skipped": "Le dije que no vas a responder.",
    "consent.fell": "Con ella cayó una pregunta del agente.",
    "consent.fell_named": "Con ella cayó la petición de {what}.",
    "consent.untrusted": "No puedo aceptarlo de oído. Dilo en la página, o pulsa Y.",
    "consent.click_only": "Solo un clic en la página lo permite.",
    "consent.no_always": "No hay nada que recordar. ¿Solo esta vez?",
    "consent.no_always_rule": "Tus ajustes prohíben lo que eso permitiría.",
    "consent.unheard": "Aún no lo has oído todo.",
    "consent.early": "Eso fue demasiado pronto.",
    "consent.late": "La frase ya no vale. Aquí va una nueva.",
    "consent.wrong_phrase": "Esa no era la frase.",
    "consent.doubt": "No estoy seguro de lo que quieres.",
    "consent.draft": "He oído, {text}. Di envíalo, o responde en la página.",
}
