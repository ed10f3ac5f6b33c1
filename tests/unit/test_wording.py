"""Names, numbers and signs in the words of a language."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, strategies as st

from aidevops_voice.errors import AgentLost, PortTaken
from aidevops_voice.languages import Saying, named, unruled
from aidevops_voice.words import number_words, numerals, sentences
from aidevops_voice.words.characters import plain
from aidevops_voice.words.wording import elapsed, failure, name, render, spelled, told

ENGLISH = [
    # counts and decimals
    ("1,234 lines (50%)", "one thousand two hundred thirty-four lines, fifty percent"),
    ("2.5 and 0.05 and 3.11", "two point five and zero point zero five and three point one one"),
    ("1,234,567.89", "one million two hundred thirty-four thousand five hundred sixty-seven point eight nine"),
    ("-7, −3, 5 - 3, 3-5, 10-4", "minus seven, minus three, five minus three, three to five, ten dash four"),
    ("0042 and 1e-5", "zero zero four two and one times ten to the power of minus five"),
    ("123456789012345678", "a long number"),
    ("1 2 3", "one, two, three"), ("20 1", "twenty, one"), ("2,3 and 12,34", "two, three and twelve, thirty-four"),
    ("3/10 done, 10/3", "three of ten done, ten slash three"),
    ("1st 2nd 23rd 112th", "first, second, twenty-third, one hundred twelfth"),
    ("½ cup, 3½, x², 10⁻³, word¹", "one half cup, three and one half, x to the power of two, ten to the power of "
                                   "minus three, word"),
    ("٣ tests, ５ files", "three tests, five files"),
    # dates and times
    ("2025-04-30", "April thirtieth, twenty twenty-five"), ("Apr 30, 2025", "April thirtieth, twenty twenty-five"),
    ("30/04/2025", "thirty slash four slash twenty twenty-five"), ("30 Apr", "April thirtieth"),
    ("2025-04-30T14:05:09Z", "April thirtieth, twenty twenty-five, fourteen zero five and nine seconds"),
    ("14:05 and 2:30pm and 2 pm", "fourteen zero five and two thirty p m and two p m"),
    ("10:30-11:45", "ten thirty to eleven forty-five"), ("9:00", "nine o'clock"),
    ("you may 5", "you may five"),
    # units
    ("1m 23s, 350ms, 1h30m", "one minute twenty-three seconds, three hundred fifty milliseconds, one hour thirty "
                             "minutes"),
    ("12KB, 3.4 GiB, 16kHz, 8MB/s", "twelve kilobytes, three point four gibibytes, sixteen kilohertz, eight "
                                    "megabytes per second"),
    ("00:01:23", "one minute and twenty-three seconds"), ("20°C", "twenty degrees Celsius"),
    ("$3.50, €5, 5$", "three point five zero dollars, five euros, five dollars"),
    ("10x, 5k, 3D, 2fa", "ten times, five thousand, three D, two fa"), ("5μs", "five microseconds"),
    # versions, ports, codes
    ("v2.13.0 and 1.0.0-rc.1", "version two point thirteen point zero and one point zero point zero RC one"),
    (":8080, localhost:3000", "port eight zero eight zero, localhost port three thousand"),
    ("127.0.0.1:80", "one two seven dot zero dot zero dot one port eight zero"),
    ("HTTP 404, status code 500", "HTTP four zero four, status code five hundred"),
    ("exit code 137 and exit -1", "exit code one hundred thirty-seven and exit minus one"),
    ("#123, PR #45", "number one hundred twenty-three, PR forty-five"), ("0x1F", "hex one F"),
    ("call +34 600 123 456", "call plus three four, six zero zero, one two three, four five six"),
    ("Committed as a1b2c3d4e5, commit a1b2c3d", "Committed, that commit"),
    ("See the commit a1b2c3d in a1b2c3d", "See the commit in a commit"),
    ("Pushed two commits (a1b2c3d..d4e5f67)", "Pushed two commits"),
    ("The trace ID is 3f2a9c1d", "The trace ID is an identifier"),
    ("It listens on port 8443, not on 8080", "It listens on port eight four four three, not on eight zero eight zero"),
    ("It took 8080 rows", "It took eight thousand eighty rows"),
    ("exports/2023/ and 20260312_bookings", "twenty twenty-three folder and bookings"),
    ("HEAD~1 and requests==2.31", "HEAD minus one and requests two point three one"),
    ("expected ';' before '}'", "expected semicolon before closing brace"),
    # identifiers
    ("loadShelf, maxSizeMb and readHTTPHeader", "load shelf, max size mb and read HTTP header"),
    ("APIs, URLs and IPv4 of userIDs, getIDs", "APIs, URLs and IPv four of user IDs, get IDs"),
    ("LoadShelf, isNaN, kHz and test_openDoor", "Load Shelf, is nan, kilohertz and test open door"),
    ("parse_config, HTTPServer, someCase", "parse config, HTTP Server, some case"),
    ("sha256 utf8 i18n UTF-8 x86_64", "sha two five six utf eight i eighteen n UTF eight x eighty-six sixty-four"),
    ("--dry-run and -x", "option dry run and option x"), ("C++, C#, .NET, .env", "C plus plus, C sharp, dot NET, "
                                                                                 "dot env"),
    ("$HOME, ${PATH}", "variable HOME, variable PATH"),
    ("@org/pkg", "org pkg"),
    ("react@18.2.0", "react at eighteen point two point zero"),
    ("Ctrl+C, ⌘K, Ctrl+Shift+P", "Control C, Command K, Control Shift P"),
    ("os.path.join, std::vec::Vec", "os dot path dot join, Vec"), ("well-known", "well-known"),
    ("#ff8800, #fff, #0af, #fee", "a colour, a colour, a colour, fee"),
    # files, folders, sites
    ("src/app/main.py:42", "main dot py line forty-two"), ("main.py:10:5", "main dot py line ten"),
    ("/etc/hosts and ~/notes.txt", "hosts and notes dot txt"), (r"C:\Users\me\a.txt", "a dot txt"),
    ("src/components/ is new", "components folder is new"), ("tests/test_a.py::test_b", "test b"),
    ("https://github.com/a/b?x=1", "github dot com"), ("https://u:pw@host.dev:8443/x", "host dot dev port eight "
                                                                                       "four four three"),
    ("bob@example.com.", "bob at example dot com."), ("owner/repo, TCP/IP", "owner repo, TCP IP"),
    ("main.py's tests", "main dot py's tests"),
    # signs
    ("a -> b => c != d", "a to b to c is not d"), ("x >= 5 && y <= 3", "x at least five and y at most three"),
    ("a 5-second timeout, a 10 second limit, on the 2nd", "a five second timeout, a ten second limit, on the second"),
    ("the commit is 1a2b3c4d \"Add a menu\"", "the commit is Add a menu"),
    ("needs Django>=4.2,<5.1", "needs Django at least four point two, less than five point one"),
    ("<5ms and > 10", "less than five milliseconds and more than ten"), ("2*3, 3 + 4 = 7", "two times three, three "
                                                                                           "plus four equals seven"),
    ("10 insertions(+), 3 deletions(-)", "ten insertions, three deletions"), ("+12/-3", "plus twelve, minus three"),
    ("e.g. this, i.e. that, etc.", "for example this, that is that, and so on."),
    ("don't, O'Reilly, 'single'", "don't, O'Reilly, single"),
    # what never passes
    ("pаypal and сору", "a name with mixed letters and сору"), ("a\u202eb\u200bc\U000e0041", "abc"),
    ("Z̴̡̛͎a q\u0303\u0303", "Za q"), ("ª º ʰ ﬁ 𝐛", "h fi b"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), ENGLISH)
def test_english(text: str, said: str) -> None:
    assert render(text, named("en")) == said


SPANISH = [
    ("1 prueba falló y 21 pruebas pasaron", "una prueba falló y veintiuna pruebas pasaron"),
    ("1 archivo, 31 líneas", "un archivo, treinta y una líneas"), ("2,5 s y 2.5 s", "dos coma cinco segundos y dos "
                                                                                    "coma cinco segundos"),
    ("1.234 líneas", "mil doscientas treinta y cuatro líneas"), ("20.514 filas", "veinte mil quinientas catorce filas"),
    ("1.234.567", "un millón doscientos treinta y cuatro mil quinientos sesenta y siete"),
    ("2025-04-30", "treinta de abril de dos mil veinticinco"),
    ("30 de abril de 2025", "treinta de abril de dos mil veinticinco"),
    ("14:05 y 1h 30m", "catorce cero cinco y una hora treinta minutos"), ("50 %", "cincuenta por ciento"),
    ("1º y 3ª", "primero y tercera"), ("p. ej. main.py:10", "por ejemplo main punto py línea diez"),
    ("v2.13.0", "versión dos punto trece punto cero"),
    ("¿Sigo? ¡Listo!", "¿Sigo? ¡Listo!"),
    ("-5 grados", "menos cinco grados"),
    ("el 1 de 10", "el uno de diez"),
    ("a -> b", "a a b"),
    ("--dry-run", "opción dry run"),
    ("localhost:3000", "localhost puerto tres mil"),
    ("ana@ejemplo.es", "ana arroba ejemplo punto es"), ("año, niño, pingüino", "año, niño, pingüino"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SPANISH)
def test_spanish(text: str, said: str) -> None:
    assert render(text, named("es")) == said


PLAIN = [
    ("Die 3 Tests in src/app/main.py, siehe https://x.de/a?b", "Die 3 Tests in main dot py, siehe x.de"),
    ("テストは3件、成功。", "テストは3件, 成功."), ("Сборка `готова`: 50", "Сборка готова, 50"),
    ("परीक्षण सफल", "परीक्षण सफल"), ("فشلت الاختبارات؟", "فشلت الاختبارات?"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), PLAIN)
def test_text_without_rules_keeps_its_words_and_digits(text: str, said: str) -> None:
    assert render(text, unruled()) == said


NAMES = [
    ("src/shop/cart.py", "cart dot py"),
    ("tests/test_a.py::TestX::test_y[1-a]", "test y"),
    ("load_settings()", "load settings"),
    ("README.md", "README dot md"),
    ("node --test", "node option test"),
    ("TypeError", "Type Error"),
    (".env", "dot env"),
    ("src/", "src folder"), ("", ""),
    ("-40", "minus forty"), ("-0.5", "minus zero point five"),
    ("x=-2", "x equals minus two"), ("-5%", "minus five percent"),
    ("-$5.00", "minus five point zero zero dollars"), ("$-5", "minus five dollars"), ("node-18", "node eighteen"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "said"), NAMES)
def test_names(raw: str, said: str) -> None:
    assert name(raw, named("en")) == said


def test_a_fact_is_told_with_its_fields_in_words() -> None:
    english, spanish = named("en"), named("es")
    assert told(Saying("table.size", 21), english) == "a table of twenty-one rows"
    assert told(Saying("table.size", 21), spanish) == "una tabla de veintiuna filas"
    assert told(Saying("table.size", 1), spanish) == "una tabla de una fila"
    assert (
        told(Saying("table.bad", 3, {"bad": 2, "name": "test_it"}), english) == "two of three rows in a table "
        "failed, test it"
    )
    with pytest.raises(KeyError):
        told(Saying("no.such"), english)


@pytest.mark.parametrize(
    ("seconds", "english", "spanish"),
    [
        (1, "one second", "un segundo"), (30.9, "thirty seconds", "treinta segundos"), (120, "two minutes",
        "dos minutos"),
        (3900, "one hour and five minutes", "una hora y cinco minutos"), (7200, "two hours", "dos horas"),
    ],
)  # fmt: skip
def test_how_long(seconds: float, english: str, spanish: str) -> None:
    assert elapsed(seconds, named("en")) == english
    assert elapsed(seconds, named("es")) == spanish


def test_spelling() -> None:
    assert spelled("a_B2.py", named("en")) == "a, underscore, capital b, two, dot, p, y"
    assert spelled("ñ-1", named("es")) == "ñ, guion, uno"


ESCAPES = [
    ("\x1b[1;31mred\x1b[0m", "red"),
    ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
    ("\x9b31mred", "red"),
    ("\x1bPq#0\x1b\\x", "x"), ("\\x1b[31mred", "red"), ("\x1b]0;title\x07x", "x"), ("a\x00b\x7f", "ab"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left"), ESCAPES)
def test_escapes_are_no_writing(text: str, left: str) -> None:
    assert plain(text) == left


def test_two_files_of_one_name_are_told_apart() -> None:
    places: dict[str, str] = {}
    english = named("en")
    assert render("src/user/index.ts", english, places) == "index dot ts"
    assert (
        render("src/admin/index.ts and src/user/index.ts", english, places) == "index dot ts in admin and index dot ts"
    )


_PIECES = [
    *"`*_#|~<>[](){}:;,.!?-+=/\\$%&@^\"'\n  …—→✅❌\x1b", "src/a/b.py:10 ", "1,234.5 ", "2025-04-30", "v1.2.3",
    "a1b2c3d4e ",
    "fooBar ", "foo_bar ", "--dry-run ", "12:30pm ", "50% ", "$5 ", "etc. ", "e.g. ", "the ", "el ", "5ms ", "3/4 ",
    "½",
    "x²", "п", "μs", "é", "你好", "-1 ", "0x1F ", "#12 ", "10-20 ", "1st ", "Ctrl+C ", "C++ ", "::", "Apr 30 ", "'s",
    "don't ",
    "http://x.y/z?k=v ", "20 1 ", "ª", "①", "Ⅳ", "٣", "𐹠",
]  # fmt: skip
_TEXT = st.one_of(
    st.text(max_size=80), st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=30).map("".join)
)


@given(_TEXT, st.sampled_from(["en", "es"]))
def test_only_letters_and_plain_marks_come_out_and_again_the_same(text: str, code: str) -> None:
    said = render(text, named(code))
    assert all(char in " .,?!¿¡'-" or unicodedata.category(char)[0] in "LM" for char in said), said
    assert not re.search(r"[.,?!](?=[^\W\d_])", said)
    assert render(said, named(code)) == said


@given(st.integers(0, 10**15 - 1), st.sampled_from(["en", "es"]))
def test_a_number_is_said_as_it_is_counted(number: int, code: str) -> None:
    said = named(code).cardinal(number)
    fits = said.count(" ") < numerals.MOST_WORDS
    assert render(str(number), named(code)) == (said if fits else named(code).terms["long_number"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A\u00bck", "A a quarter k"), ("5\u00bd2", "five and one half two"), ("0\u02c6", "zero"),
        ("A\u1c80", "a name with mixed letters"), ("\ua648\u00e7", "a name with mixed letters"), ("`1 `k", "one k"),
        ("1` k `", "one k"),
    ],
)  # fmt: skip
def test_a_fraction_is_apart_and_no_letter_looks_like_another(text: str, said: str) -> None:
    assert sentences.render(text, named("en")) == said


def test_a_number_that_fills_a_sentence_is_named() -> None:
    assert render("989898989898989", named("es")) == "un número largo"
    assert render("1" * 16, unruled()) == "a long number"
    assert render("1" * 15, unruled()) == "1" * 15


def test_digits_of_which_a_name_is_made_stay_as_they_are() -> None:
    assert number_words.told_apart(["seven", "seven"]) == "seven seven"
    assert number_words.told_apart(["twenty", "", "one"]) == "twenty, one"


def test_no_cut_falls_into_a_number() -> None:
    assert number_words.in_number("ochocientas", "cuarenta")
    assert number_words.in_number("por", "ciento")
    assert number_words.in_number("trillion", "one")
    assert number_words.in_number("hundred", "seventy-eight.")
    assert number_words.in_number("two", "point")
    assert not number_words.in_number("two", "tests")


APART = [
    ("en", "20 `1 ", "twenty, one"), ("en", "4457k 529th", "four million four hundred fifty-seven thousand, five "
                                                           "hundred twenty-ninth"),
    ("en", "20 one", "twenty, one"), ("en", "twenty 1", "twenty, one"), ("en", "5 -3", "five, minus three"),
    ("en", "5 - 3", "five minus three"), ("en", "20 million", "twenty million"), ("en", "1m 23s", "one minute "
                                                                                        "twenty-three seconds"),
    ("es", "2 1.842,50 €", "dos, mil ochocientos cuarenta y dos coma cinco cero euros"),
    ("en", "350th 136", "three hundred fiftieth, one hundred thirty-six"), ("en", "80:1", "eighty to one"),
    ("en", "x86_64", "x eighty-six sixty-four"), ("es", "1k 101", "mil, ciento uno"),
    ("en", "20/101.0.0-rc.1", "twenty, one zero one point zero point zero rc dot one"),
    ("es", "60 Y2", "sesenta, y dos"), ("es", "200k pruebas", "doscientas mil pruebas"),
    ("en", "0,1000000k", "zero, one billion"),
    ("en", "1,000k", "one million"), ("en", "1.5k", "one point five thousand"), ("en", "-007k", "minus zero zero seven "
                                                                                            "thousand"),
    ("es", "1000 ghp_M4deUpT0kenN0tRealAtAll1234567890ab", "mil, un secreto"),
    ("es", "20 1", "veinte, uno"), ("es", "un 5 % de 3", "un cinco por ciento de tres"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "said"), APART)
def test_two_numbers_are_not_heard_as_one(code: str, text: str, said: str) -> None:
    assert render(text, named(code)) == said


def test_a_failure_is_told_in_the_language_that_has_words_for_it() -> None:
    assert failure(AgentLost("gone"), named("es")) == "He perdido al agente."
    assert failure(PortTaken("8080"), named("es")) == "Falta algo en este equipo. La solución está en la página."
    assert failure(AgentLost("gone"), named("en")) == "I lost the coding agent."
    assert failure(AgentLost("gone", spoken="It left."), named("es")) == "It left."


@pytest.mark.parametrize("text", [".;a/b/c/d/e", "...:", "see ./: now", "., ;: /"])
def test_what_only_looks_like_a_path_is_no_crash(text: str) -> None:
    assert "/" not in render(text, named("en"))
