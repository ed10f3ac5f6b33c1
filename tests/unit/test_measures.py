"""Amounts before a noun, metres, schedules and code behind their noun, masked secrets, and what is for the page."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import named
from aidevops_voice.words import sentences
from aidevops_voice.words.choice import lowered
from aidevops_voice.words.cuts import cut, resumed
from aidevops_voice.words.speakable import Reader

ROWS = [
    # an amount that says of what kind a thing is
    ("en", "a 12 V lamp and the 500 ms delay", "a twelve volt lamp and the five hundred millisecond delay"),
    ("en", "a 1.5 TB drive", "a one point five terabyte drive"),
    ("en", "the 3 GB we freed, the 8 GB saved", "the three gigabytes we freed, the eight gigabytes saved"),
    ("en", "12 V lamps, a 20 MB or 30 MB limit", "twelve volts lamps, a twenty megabytes or thirty megabytes limit"),
    ("es", "una lámpara de 12 V nueva", "una lámpara de doce voltios nueva"),
    # metres, minutes and millions
    ("en", "the mast is 9 m tall", "the mast is nine metres tall"),
    ("en", "-2.5 m below the pier", "minus two point five metres below the pier"),
    ("en", "a 3 m ladder at 1 m", "a three metre ladder at one metre"),
    ("en", "winds of 14 m/s", "winds of fourteen metres per second"),
    ("en", "it took 14 m, 20 m ago, 2 h 5 m", "it took fourteen minutes, twenty minutes ago, two hours five minutes"),
    ("en", "waits 2 m 30 s, then 5m", "waits two minutes thirty seconds, then five minutes"),
    ("en", "one every 5 m along the quay, every 5 m", "one every five metres along the quay, every five minutes"),
    ("en", "8 M users", "eight million users"),
    ("es", "a 6 m del muelle, hace 6 m", "a seis metros del muelle, hace seis minutos"),
    ("es", "10M filas, 1M usuarios, 2.000.000 más", "diez millones de filas, un millón de usuarios, dos millones más"),
    # types of types
    ("en", "an Option<Box<str>> is empty", "an Option is empty"),
    ("en", "a Map<Id, List<Row>> and `Box<Vec<u8>>`", "a Map and Box"),
    # schedules
    ("en", "`0 2 * * *` runs at night", "this schedule runs at night"),
    ("en", "The cron job `*/10 * * * *` is off", "The cron job is off"),
    ("en", "use `0 0 12 * * MON-FRI` here", "use this schedule here"),
    ("en", "`@hourly` is enough", "hourly is enough"),
    ("en", "`0 4 1 * *`: the monthly report", "the monthly report"),
    ("en", "the `0 2 * * *` entry is off", "the entry is off"),
    ("en", "`2 * 3 * 4` is twenty-four", "two times three times four is twenty-four"),
    ("es", "`0 2 * * 7` se ejecuta el domingo", "este horario se ejecuta el domingo"),
    ("es", "la línea de cron `0 2 * * 7` falta", "la línea de cron falta"),
    # code that cannot be said behind the noun that names it
    ("en", "The query `SELECT a, b FROM t WHERE c = '%x%';` scans it", "The query scans it"),
    ("en", "Here the old macro `#define F(x) ((x)*(x))` expands twice", "Here the old macro expands twice"),
    ("en", "It is `#define F(x) ((x)*(x))` now", "It is some code now"),
    ("en", "Use `NULLIF(SUM(k.litres), 0)` here.", "Use NULLIF here."),
    ("en", 'Pass it to `shelf.find(book, by="title")`.', "Pass it to shelf dot find."),
    ("en", "`setTimer(() => tick(), 0)` runs once", "set timer runs once"),
    ("en", "`pause(20)` and `open_door(timeout=9)`", "pause, twenty, and open door, timeout equals nine"),
    (
        "en",
        "from `clipped(x, 0, 55)` to `clipped(x, 0, 99)`",
        "from clipped, x, zero, fifty-five, to clipped, x, zero, ninety-nine",
    ),
    ("en", "an index on `loans(member_id, due)`", "an index on loans, member id, due"),
    ("en", "It takes `O(n log n)` and `DECIMAL(8, 2)`", "It takes O, n log n, and DECIMAL, eight, two"),
    ("en", "`if (a > 3)` and `f(a)(b)` and `a(1).b('x')`", "some code and some code and some code"),
    ("es", 'Usa `leer(ruta, modo="r")` aquí.', "Usa leer aquí."),
    ("en", "Add the line `#define F(x) ((x)*(x))`.", "Add the line some code"),
    ("es", "La consulta `SELECT a, b FROM t WHERE c = '%x%';` es lenta", "La consulta es lenta"),
    # secrets
    ("en", "The new admin password (`[redacted]`) is set", "The new admin password is set"),
    ("en", "Revoke the token [redacted] now", "Revoke the token now"),
    ("en", "The key is [redacted]", "The key is a secret"),
    ("en", "Both of the keys (`[redacted]` and `[redacted]`) work", "Both of the keys work"),
    ("en", "log in with password [redacted]", "log in with password a secret"),
    ("en", "It has the passphrase [redacted]", "It has the passphrase a secret"),
    ("es", "Cambia la contraseña `[redacted]` hoy", "Cambia la contraseña hoy"),
    # what is for the page
    ("en", "Rows of batch 7 (12, 90 and 114) are bad", "Rows of batch seven are bad"),
    ("en", "Two rows (12 and 90) are bad", "Two rows, twelve and ninety, are bad"),
    ("en", "You can go back (`./roll.sh web 1.2.0`).", "You can go back."),
    ("en", "All tests pass (`cargo test --all`)", "All tests pass"),
    ("en", "I undid it (`git reset --hard HEAD`)", "I undid it, git reset option hard HEAD"),
    ("en", 'Use a real label: `<label for="a">`', "Use a real label"),
    ("en", "Rename it: `keel`", "Rename it, keel"),
    # a tick before what it states
    ("en", "✅ **Index rebuilt**", "Index rebuilt"),
    ("en", "✅ types", "types, passed"),
    ("en", "❌ **Index rebuilt**", "Index rebuilt, failed"),
    ("es", "✅ **Copia terminada**", "Copia terminada"),
]


@pytest.mark.parametrize(("code", "text", "said"), ROWS)
def test_how_it_is_said(code: str, text: str, said: str) -> None:
    language = named(code)
    assert sentences.render(text, language) == said
    assert sentences.render(said, language) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A mirror helps", "a mirror helps"),
        ("A is better", "A is better"),
        ("A works", "A works"),
        ("B works", "B works"),
    ],
)
def test_an_article_is_no_name(text: str, said: str) -> None:
    assert lowered(text, named("en")) == said


def test_a_label_with_nothing_but_a_hash_is_not_told() -> None:
    reader = Reader(named("en"))
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    said = reader.feed(f"The archive is ready.\n\nSHA-256: `{digest}`\n\nIt is signed.\n") + reader.close()
    assert said == ["The archive is ready.", "It is signed."]


@pytest.mark.parametrize(
    ("code", "part", "alone"),
    [
        ("en", "because the queue is full", "that's because the queue is full"),
        ("en", "because of the queue", "that's because of the queue"),
        ("en", "up from nine percent in May", "that's up from nine percent in May"),
        ("en", "down from nine minutes", "that's down from nine minutes"),
        ("en", "compared with nine minutes on the old disk", "that's compared with nine minutes on the old disk"),
        ("en", "up the stairs", "up the stairs"),
        ("es", "frente a los nueve minutos de mayo", "eso frente a los nueve minutos de mayo"),
        ("en", "since it is full", "that's because it is full"),
        ("en", "since the release in March", "since the release in March"),
        ("en", "so that no job waits", "that way no job waits"),
        ("en", "which are full", "they are full"),
        ("en", "which is full", "that is full"),
        ("en", "where the queue is", "there the queue is"),
        ("en", " ".join(["because", *["word"] * 19]), " ".join(["because", *["word"] * 19])),
        ("es", "ya que la cola está llena", "es porque la cola está llena"),
        ("es", "para que nadie espere", "es para que nadie espere"),
        ("es", "que no estaban llenas", "no estaban llenas"),
        ("es", "que la cola necesita", "que la cola necesita"),
        ("es", "donde está la cola", "allí está la cola"),
    ],
)
def test_a_part_of_a_sentence_stands_alone(code: str, part: str, alone: str) -> None:
    assert resumed(part, named(code)) == alone


@pytest.mark.parametrize(
    ("code", "said", "first"),
    [
        (
            "en",
            "We keep the two queues in one process so that the jobs of each hall stay in order and nobody has to wait.",
            "We keep the two queues in one process so that the jobs of each hall stay in order",
        ),
        (
            "en",
            "The pump has been restarted every night since the storm in May and it now draws about nine amps at start.",
            "The pump has been restarted every night since the storm in May",
        ),
        (
            "es",
            "He pasado la cola al cliente para que todas las salas tengan la misma espera y el servidor no sufra más.",
            "He pasado la cola al cliente",
        ),
        (
            "es",
            "El guion busca el número de la sala en una lista que no lo tiene y termina con un error de índice vacío.",
            "El guion busca el número de la sala en una lista que no lo tiene",
        ),
    ],
)
def test_no_cut_before_what_the_words_before_it_need(code: str, said: str, first: str) -> None:
    assert cut(said, 20, named(code))[0] == first
