"""English: the words between the parts of names and numbers, of signs, units and abbreviations."""

from __future__ import annotations

TERMS = {
    "on_page": "what is on the page",
    "the_commit": "commit", "resumed": "that",
    "a_folder": "a folder",
    "point": "point", "point_of_version": "point", "years": "paired", "date": "{month} {nth}",
    "date_of_year": "{date}, {year}", "minus": "minus", "dot": "dot", "line": "line", "version": "version",
    "option": "option", "port": "port", "at": "at", "to": "to", "of": "of", "and": "and", "slash": "slash",
    "dash": "dash", "underscore": "underscore", "colon": "colon", "plus": "plus", "hash": "number",
    "ratio": "to", "nan": "nan", "infinity": "infinity",
    "power": "to the power of", "a_commit": "a commit", "that_commit": "that commit", "folder_named": "{name} folder",
    "per_second": "per second", "o_clock": "o'clock", "a_formula": "a formula", "a_secret": "a secret",
    "steps": "steps", "step": "step {n}",
    "an_id": "an identifier", "some_code": "some code", "long_number": "a long number",
    "mixed": "a name with mixed letters", "a.m.": "a m", "p.m.": "p m", "passed": "passed", "failed": "failed",
    "warning": "warning", "a_color": "a colour", "times": "times", "home": "home", "capital": "capital",
    "a_code_point": "a code point",
    "metre": "metre", "metres": "metres", "schedule": "this schedule",
    "reason": "that's because", "purpose": "that way", "contrasted": "that's", "resumed_many": "they", "place": "there",
    "sharp": "sharp", "variable": "variable", "in": "in", "some_data": "some data", "a_link": "a link",
    "1/2": "one half", "1/4": "a quarter", "3/4": "three quarters", "1/3": "one third", "2/3": "two thirds",
}  # fmt: skip

SIGNS = {
    "->": "to", "=>": "to", "→": "to", "⇒": "to", "<-": "from", "←": "from", "!=": "is not", "≠": "is not",
    "==": "equals", "===": "equals", "!==": "is not", ">=": "at least", "≥": "at least", "<=": "at most",
    "≤": "at most", "&&": "and", "||": "or", "&": "and", "%": "percent", "+": "plus", "=": "equals", "@": "at",
    "€": "euros", "$": "dollars", "<": "less than", ">": "more than", "£": "pounds", "¥": "yen", "°": "degrees",
    "×": "times", "÷": "divided by", "~": "about", "≈": "about", "±": "plus or minus", "−": "minus", "∞": "infinity",
    "√": "the square root of", "π": "pi", "µ": "micro", "§": "section", "©": "copyright",
}  # fmt: skip

UNITS = {
    "ns": ("nanosecond", "nanoseconds"), "us": ("microsecond", "microseconds"), "µs": ("microsecond", "microseconds"),
    "ms": ("millisecond", "milliseconds"), "s": ("second", "seconds"), "sec": ("second", "seconds"),
    "secs": ("second", "seconds"), "m": ("minute", "minutes"), "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"), "h": ("hour", "hours"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"),
    "d": ("day", "days"), "b": ("byte", "bytes"), "kb": ("kilobyte", "kilobytes"), "kib": ("kibibyte", "kibibytes"),
    "mb": ("megabyte", "megabytes"), "mib": ("mebibyte", "mebibytes"), "gb": ("gigabyte", "gigabytes"),
    "gib": ("gibibyte", "gibibytes"), "tb": ("terabyte", "terabytes"), "tib": ("tebibyte", "tebibytes"),
    "hz": ("hertz", "hertz"), "khz": ("kilohertz", "kilohertz"), "mhz": ("megahertz", "megahertz"),
    "ghz": ("gigahertz", "gigahertz"), "px": ("pixel", "pixels"), "fps": ("frame per second", "frames per second"),
    "km": ("kilometre", "kilometres"), "cm": ("centimetre", "centimetres"), "mm": ("millimetre", "millimetres"),
    "kg": ("kilogram", "kilograms"), "k": ("thousand", "thousand"), "x": ("times", "times"),
    "kbps": ("kilobit per second", "kilobits per second"), "mbps": ("megabit per second", "megabits per second"),
    "gbps": ("gigabit per second", "gigabits per second"), "dB": ("decibel", "decibels"), "w": ("watt", "watts"),
    "W": ("watt", "watts"), "mW": ("milliwatt", "milliwatts"), "kW": ("kilowatt", "kilowatts"),
    "Wh": ("watt hour", "watt hours"), "kWh": ("kilowatt hour", "kilowatt hours"),
    "v": ("volt", "volts"), "V": ("volt", "volts"), "mV": ("millivolt", "millivolts"),
    "µV": ("microvolt", "microvolts"), "uV": ("microvolt", "microvolts"), "kV": ("kilovolt", "kilovolts"),
    "A": ("amp", "amps"), "mA": ("milliamp", "milliamps"), "µA": ("microamp", "microamps"),
    "uA": ("microamp", "microamps"), "nA": ("nanoamp", "nanoamps"),
    "Ah": ("amp hour", "amp hours"), "mAh": ("milliamp hour", "milliamp hours"),
    "Ω": ("ohm", "ohms"), "mΩ": ("milliohm", "milliohms"), "kΩ": ("kilohm", "kilohms"), "MΩ": ("megohm", "megohms"),
    "pF": ("picofarad", "picofarads"), "nF": ("nanofarad", "nanofarads"), "µF": ("microfarad", "microfarads"),
    "uF": ("microfarad", "microfarads"), "nH": ("nanohenry", "nanohenries"),
    "µH": ("microhenry", "microhenries"), "uH": ("microhenry", "microhenries"), "mH": ("millihenry", "millihenries"),
    "nm": ("nanometre", "nanometres"), "µm": ("micrometre", "micrometres"), "um": ("micrometre", "micrometres"),
    "Nm": ("newton metre", "newton metres"), "hPa": ("hectopascal", "hectopascals"),
    "kPa": ("kilopascal", "kilopascals"), "mg": ("milligram", "milligrams"),
    "ml": ("millilitre", "millilitres"), "dBm": ("D B M", "D B M"), "rpm": ("R P M", "R P M"),
    "bps": ("bit per second", "bits per second"), "kbit": ("kilobit", "kilobits"), "mbit": ("megabit", "megabits"),
    "gbit": ("gigabit", "gigabits"), "M": ("million", "million"), "em": ("em", "em"), "rem": ("rem", "rem"),
    "vh": ("V H", "V H"), "vw": ("V W", "V W"),
    "°c": ("degree Celsius", "degrees Celsius"), "°f": ("degree Fahrenheit", "degrees Fahrenheit"),
    "%": ("percent", "percent"),
}  # fmt: skip

SHORTS = {
    "ed25519": "E D twenty-five five nineteen",
    "μs": "microseconds",
    "e.g.": "for example", "i.e.": "that is", "etc.": "and so on", "vs.": "versus", "vs": "versus",
    "approx.": "approximately", "w/o": "without", "w/": "with", "n/a": "not available", "and/or": "and or",
    "a.m.": "a m", "p.m.": "p m", "aka": "also known as", "incl.": "including", "resp.": "respectively",
}  # fmt: skip

SIGN_NAMES = {
    ";": "semicolon", ",": "comma", ":": "colon", ".": "dot", "(": "opening parenthesis", ")": "closing parenthesis",
    "{": "opening brace", "}": "closing brace", "[": "opening bracket", "]": "closing bracket", "=": "equals sign",
    "<": "less than sign", ">": "greater than sign", "+": "plus", "-": "minus", "*": "star", "/": "slash",
    "\\": "backslash", "&": "ampersand", "|": "pipe", "!": "exclamation mark", "?": "question mark", "@": "at sign",
    "#": "hash", "%": "percent sign", "$": "dollar sign", "_": "underscore", "~": "tilde", "^": "caret",
}  # fmt: skip
