"""Spanish: the words between the parts of names and numbers, of signs, units and abbreviations."""

from __future__ import annotations

TERMS = {
    "on_page": "lo que está en la página",
    "the_commit": "commit", "resumed": "eso",
    "a_folder": "una carpeta",
    "point": "coma", "point_of_version": "punto", "years": "whole", "date": "{day} de {month}",
    "date_of_year": "{date} de {year}", "minus": "menos", "dot": "punto", "line": "línea", "version": "versión",
    "option": "opción", "port": "puerto", "at": "arroba", "to": "a", "of": "de", "and": "y", "slash": "barra",
    "dash": "guion", "underscore": "guion bajo", "colon": "dos puntos", "plus": "más", "hash": "número",
    "ratio": "a", "nan": "nan", "infinity": "infinito",
    "power": "elevado a", "a_commit": "un commit", "that_commit": "ese commit", "folder_named": "carpeta {name}",
    "per_second": "por segundo", "o_clock": "en punto", "a_formula": "una fórmula", "a_secret": "un secreto",
    "steps": "pasos", "step": "paso {n}",
    "an_id": "un identificador", "some_code": "algo de código", "long_number": "un número largo",
    "mixed": "un nombre con letras mezcladas", "a.m.": "de la mañana", "p.m.": "de la tarde", "passed": "correcto",
    "failed": "falló", "warning": "aviso", "a_color": "un color", "times": "por", "home": "inicio",
    "a_code_point": "un código", "capital": "mayúscula", "sharp": "sharp", "metre": "metro", "metres": "metros",
    "schedule": "este horario", "reason": "es porque", "purpose": "es", "contrasted": "eso", "resumed_many": "",
    "place": "allí", "variable": "variable", "in": "en", "some_data": "algunos datos",
    "a_link": "un enlace", "1/2": "un medio", "1/4": "un cuarto", "3/4": "tres cuartos", "1/3": "un tercio",
    "2/3": "dos tercios",
}  # fmt: skip

SIGNS = {
    "->": "a", "=>": "a", "→": "a", "⇒": "a", "<-": "desde", "←": "desde", "!=": "no es", "≠": "no es",
    "==": "igual a", "===": "igual a", "!==": "no es", ">=": "al menos", "≥": "al menos", "<=": "como mucho",
    "≤": "como mucho", "&&": "y", "||": "o", "&": "y", "%": "por ciento", "+": "más", "=": "igual a", "@": "arroba",
    "€": "euros", "$": "dólares", "<": "menos de", ">": "más de", "£": "libras", "¥": "yenes", "°": "grados",
    "×": "por", "÷": "entre", "~": "unos", "≈": "unos", "±": "más menos", "−": "menos", "∞": "infinito",
    "√": "la raíz cuadrada de", "π": "pi", "µ": "micro", "§": "sección", "©": "derechos de",
}  # fmt: skip

UNITS = {
    "ns": ("nanosegundo", "nanosegundos"), "us": ("microsegundo", "microsegundos"),
    "µs": ("microsegundo", "microsegundos"), "ms": ("milisegundo", "milisegundos"), "s": ("segundo", "segundos"),
    "sec": ("segundo", "segundos"), "secs": ("segundo", "segundos"), "seg": ("segundo", "segundos"),
    "m": ("minuto", "minutos"), "min": ("minuto", "minutos"), "mins": ("minuto", "minutos"), "h": ("hora", "horas"),
    "hr": ("hora", "horas"), "hrs": ("hora", "horas"), "d": ("día", "días"), "b": ("byte", "bytes"),
    "kb": ("kilobyte", "kilobytes"), "kib": ("kibibyte", "kibibytes"), "mb": ("megabyte", "megabytes"),
    "mib": ("mebibyte", "mebibytes"), "gb": ("gigabyte", "gigabytes"), "gib": ("gibibyte", "gibibytes"),
    "tb": ("terabyte", "terabytes"), "tib": ("tebibyte", "tebibytes"), "hz": ("hercio", "hercios"),
    "khz": ("kilohercio", "kilohercios"), "mhz": ("megahercio", "megahercios"), "ghz": ("gigahercio", "gigahercios"),
    "px": ("píxel", "píxeles"), "fps": ("fotograma por segundo", "fotogramas por segundo"),
    "km": ("kilómetro", "kilómetros"), "cm": ("centímetro", "centímetros"), "mm": ("milímetro", "milímetros"),
    "kg": ("kilogramo", "kilogramos"), "k": ("mil", "mil"), "x": ("veces", "veces"),
    "kbps": ("kilobit por segundo", "kilobits por segundo"), "mbps": ("megabit por segundo", "megabits por segundo"),
    "gbps": ("gigabit por segundo", "gigabits por segundo"), "dB": ("decibelio", "decibelios"),
    "w": ("vatio", "vatios"), "W": ("vatio", "vatios"), "mW": ("milivatio", "milivatios"),
    "kW": ("kilovatio", "kilovatios"), "Wh": ("vatio hora", "vatios hora"),
    "kWh": ("kilovatio hora", "kilovatios hora"),
    "v": ("voltio", "voltios"), "V": ("voltio", "voltios"), "mV": ("milivoltio", "milivoltios"),
    "µV": ("microvoltio", "microvoltios"), "uV": ("microvoltio", "microvoltios"), "kV": ("kilovoltio", "kilovoltios"),
    "A": ("amperio", "amperios"), "mA": ("miliamperio", "miliamperios"), "µA": ("microamperio", "microamperios"),
    "uA": ("microamperio", "microamperios"), "nA": ("nanoamperio", "nanoamperios"),
    "Ah": ("amperio hora", "amperios hora"), "mAh": ("miliamperio hora", "miliamperios hora"),
    "Ω": ("ohmio", "ohmios"), "mΩ": ("miliohmio", "miliohmios"), "kΩ": ("kiloohmio", "kiloohmios"),
    "MΩ": ("megaohmio", "megaohmios"),
    "pF": ("picofaradio", "picofaradios"), "nF": ("nanofaradio", "nanofaradios"),
    "µF": ("microfaradio", "microfaradios"), "uF": ("microfaradio", "microfaradios"),
    "nH": ("nanohenrio", "nanohenrios"), "µH": ("microhenrio", "microhenrios"), "uH": ("microhenrio", "microhenrios"),
    "mH": ("milihenrio", "milihenrios"),
    "nm": ("nanómetro", "nanómetros"), "µm": ("micrómetro", "micrómetros"), "um": ("micrómetro", "micrómetros"),
    "Nm": ("newton metro", "newton metros"), "hPa": ("hectopascal", "hectopascales"),
    "kPa": ("kilopascal", "kilopascales"), "mg": ("miligramo", "miligramos"),
    "ml": ("mililitro", "mililitros"), "dBm": ("D B M", "D B M"), "rpm": ("R P M", "R P M"),
    "bps": ("bit por segundo", "bits por segundo"), "kbit": ("kilobit", "kilobits"), "mbit": ("megabit", "megabits"),
    "gbit": ("gigabit", "gigabits"), "M": ("millón", "millones"), "em": ("em", "em"), "rem": ("rem", "rem"),
    "vh": ("V H", "V H"), "vw": ("V W", "V W"), "°c": ("grado Celsius", "grados Celsius"),
    "°f": ("grado Fahrenheit", "grados Fahrenheit"), "%": ("por ciento", "por ciento"),
}  # fmt: skip

SHORTS = {
    "ed25519": "e de veinticinco cinco diecinueve",
    "μs": "microsegundos",
    "p. ej.": "por ejemplo", "p.ej.": "por ejemplo", "e.g.": "por ejemplo", "i.e.": "es decir", "etc.": "etcétera",
    "vs.": "contra", "vs": "contra", "aprox.": "aproximadamente", "núm.": "número", "ee. uu.": "Estados Unidos",
    "a.m.": "de la mañana", "p.m.": "de la tarde", "y/o": "y o", "n/a": "no disponible",
}  # fmt: skip

SIGN_NAMES = {
    ";": "punto y coma", ",": "coma", ":": "dos puntos", ".": "punto", "(": "paréntesis de apertura",
    ")": "paréntesis de cierre", "{": "llave de apertura", "}": "llave de cierre", "[": "corchete de apertura",
    "]": "corchete de cierre", "=": "signo igual", "<": "signo menor que", ">": "signo mayor que", "+": "más",
    "-": "menos", "*": "asterisco", "/": "barra", "\\": "barra invertida", "&": "ampersand", "|": "barra vertical",
    "!": "signo de exclamación", "?": "signo de interrogación", "@": "arroba", "#": "almohadilla",
    "%": "signo de porcentaje", "$": "signo de dólar", "_": "guion bajo", "~": "virgulilla", "^": "circunflejo",
}  # fmt: skip
