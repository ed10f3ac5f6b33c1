"""Spanish: what is said of each failure, by its code; in English a failure brings its own sentence."""

from __future__ import annotations

ERRORS = {
    "errors.internal": "Algo salió mal. Los detalles están en la página.",
    "errors.config": "La configuración no es correcta. Los detalles están en la página.",
    "errors.setup": "Falta algo en este equipo. La solución está en la página.",
    "errors.setup.secret": "Falta una clave para este perfil. La página dice cuál.",
    "errors.ask.unknown": "No conozco esa petición.",
    "errors.ask.closed": "Esa petición ya está cerrada.",
    "errors.agent": "El agente tiene un problema. Los detalles están en la página.",
    "errors.agent.unreachable": "El agente no responde. La solución está en la página.",
    "errors.agent.password": "El agente rechaza la contraseña.",
    "errors.agent.version": "Con ese servidor no puedo hablar.",
    "errors.agent.lost": "He perdido al agente.",
    "errors.agent.screen_closed": "Se cerró la terminal de OpenCode.",
    "errors.agent.screen_opened": "OpenCode se abrió en una terminal. Ahora trabajo en ella.",
    "errors.agent.failed": "Eso falló.",
    "errors.agent.unsafe": "Cuidado, en esta sesión se ejecutan comandos sin preguntar.",
    "errors.agent.session": "Esa sesión no existe.",
    "errors.agent.folder": "Esa sesión es de otra carpeta, así que no le he enviado nada.",
    "errors.agent.elsewhere": "Otro programa tiene abierta esa sesión, así que no le he enviado nada.",
    "errors.speech.stt": "Ahora mismo no puedo oírte. Puedes escribir.",
    "errors.speech.tts": "Mi voz falló un momento.",
}
