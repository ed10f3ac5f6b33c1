"""The tables of languages are complete, count right, and tell the languages apart."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from aidevops_voice import languages as tables
from aidevops_voice.languages import Language, Phrase, Saying, guess, languages, named, unruled
from aidevops_voice.words.speakable import sentences
from aidevops_voice.words.wording import render, told

_FIELD = re.compile(r"\{(\w+)\}")


def _fields(phrase: Phrase) -> set[str]:
    forms = (phrase,) if isinstance(phrase, str) else phrase
    return {name for form in forms for name in _FIELD.findall(form)}


@pytest.mark.parametrize("language", languages().values(), ids=lambda one: one.code)
def test_each_table_holds_what_english_holds(language: Language) -> None:
    english = named("en")
    for table in ("phrases", "terms", "units", "commands"):
        missing = set(getattr(english, table)) - set(getattr(language, table))
        assert not missing, f"{language.code}.{table} lacks {sorted(missing)}"
    assert {key for key in language.phrases if not key.startswith("errors.")} == set(english.phrases)
    assert set(language.terms) == set(english.terms)
    assert set(language.signs) == set(english.signs)
    assert len(language.months) == 12


@pytest.mark.parametrize("language", languages().values(), ids=lambda one: one.code)
def test_each_phrase_names_the_same_fields_as_in_english(language: Language) -> None:
    for key, phrase in named("en").phrases.items():
        assert _fields(language.phrases[key]) - {"n"} == _fields(phrase) - {"n"}, key


@pytest.mark.parametrize("language", languages().values(), ids=lambda one: one.code)
def test_no_phrase_needs_normalisation(language: Language) -> None:
    for key, phrase in language.phrases.items():
        for form in (phrase,) if isinstance(phrase, str) else phrase:
            assert re.fullmatch(r"[^\W\d_]+|(?:[^\d_`*#/\\|<>:;()\[\]\"]|: )*", _FIELD.sub("x", form)), (key, form)


ENGLISH = [
    (0, "zero"), (13, "thirteen"), (21, "twenty-one"), (100, "one hundred"), (105, "one hundred five"),
    (1000, "one thousand"), (20514, "twenty thousand five hundred fourteen"), (10**6, "one million"),
    (10**9, "one billion"), (3 * 10**12, "three trillion"),
]  # fmt: skip
SPANISH = [
    (0, "cero"), (16, "dieciséis"), (21, "veintiuno"), (22, "veintidós"), (31, "treinta y uno"), (100, "cien"),
    (101, "ciento uno"), (500, "quinientos"), (1000, "mil"), (1001, "mil uno"), (2025, "dos mil veinticinco"),
    (21000, "veintiún mil"), (10**6, "un millón"), (2 * 10**6, "dos millones"), (10**9, "mil millones"),
    (10**12, "un billón"), (31 * 10**6, "treinta y un millones"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "number", "said"), [("en", *row) for row in ENGLISH] + [("es", *row) for row in SPANISH]
)
def test_cardinals(code: str, number: int, said: str) -> None:
    assert named(code).cardinal(number) == said


@given(st.sampled_from(["en", "es"]), st.integers(0, 10**15 - 1), st.integers(0, 10**15 - 1))
def test_different_numbers_are_said_differently(code: str, one: int, other: int) -> None:
    cardinal = named(code).cardinal
    assert (cardinal(one) == cardinal(other)) == (one == other)
    assert re.fullmatch(r"[a-záéíóúñ -]+", cardinal(one))


AGREEING = [
    (1, "prueba", "una"), (1, "archivo", "un"), (21, "archivos", "veintiún"), (21, "pruebas", "veintiuna"),
    (31, "líneas", "treinta y una"), (200, "funciones", "doscientas"), (200, "errores", "doscientos"),
    (1, "problema", "un"), (1, "de", "uno"), (1, "", "uno"), (1, "falló", "uno"), (1500, "páginas", "mil quinientas"),
    (1, "día", "un"), (1, "clase", "una"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "word", "said"), AGREEING)
def test_spanish_numbers_take_the_gender_of_what_they_count(number: int, word: str, said: str) -> None:
    assert named("es").agreeing(number, word) == said


GUESSES = [
    ("The tests are green now.", "en"), ("tell me everything", "en"), ("run the tests please", "en"),
    ("what is it doing", "en"), ("fix the parser", "en"), ("", "en"), ("OK", "en"), ("show me the diff", "en"),
    ("Las pruebas pasan.", "es"), ("corrige el error", "es"), ("qué hace esto", "es"), ("¿Seguro?", "es"),
    ("ejecuta las pruebas", "es"), ("arregla el archivo", "es"), ("Listo, ya está.", "es"),
    ("Fallan 3 pruebas: `test_total_is_rounded_to_the_cent`, `test_it_is_the_one`", "es"),
    ("Die Tests sind nicht fertig, und das ist nicht gut.", ""), ("Les tests ne passent pas, je n'ai rien "
                                                                  "modifié.", ""),
    ("テストは成功しました。", ""), ("Сборка не прошла.", ""), ("فشلت الاختبارات", ""), ("परीक्षण सफल रहे", ""),
    ("I testi non sono nel file della cartella.", ""), ("Os testes não passam, mais isso foi feito.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), GUESSES)
def test_the_language_is_guessed_by_common_words(text: str, code: str) -> None:
    assert guess(text).code == code


ENGLISH_PROMPTS = (
    "tell me everything|run the tests|show me the diff|what changed|fix it|commit this|try again|undo that|go on|stop|"
    "explain the error|rename parse_config to load_config|add a test for the parser|why does it fail|how long does it "
    "take|open main.py|push to origin|list the files|what is next|update the readme|delete the old branch|make it "
    "faster|use async here|check the types|read the log|create a branch named fix-login|bump the version to 2.0|"
    "refactor the cart module|remove dead code|do a code review|any errors|is it done|which tests failed|revert the "
    "last commit|install the dependencies|start the server|write docs for it|say that again|continue|yes|come on, use "
    "the real total|deploy it to staging|implement the login page|are we done"
)
SPANISH_PROMPTS = (
    "cuéntame todo|ejecuta las pruebas|muéstrame el diff|qué cambió|arréglalo|haz un commit|inténtalo otra vez|deshaz "
    "eso|sigue|para|explica el error|renombra parse_config a load_config|añade una prueba para el parser|por qué falla|"
    "cuánto tarda|abre main.py|sube los cambios a origin|lista los archivos|qué sigue|actualiza el readme|borra la "
    "rama vieja|hazlo más rápido|usa async aquí|revisa los tipos|lee el registro|crea una rama llamada fix-login|sube "
    "la versión a 2.0|refactoriza el módulo cart|quita el código muerto|haz una revisión|hay errores|ya está|qué "
    "pruebas fallaron|fusiona main|revierte el último commit|instala las dependencias|arranca el servidor|escribe "
    "documentación|dilo otra vez|continúa|sí|vale|dime qué pasó|corre los tests|corrige el fallo del login|y ahora "
    "qué|gracias"
)
PROMPTS = [("en", text) for text in ENGLISH_PROMPTS.split("|")] + [("es", text) for text in SPANISH_PROMPTS.split("|")]


@pytest.mark.parametrize(("code", "text"), PROMPTS)
def test_a_short_prompt_has_its_own_language_whatever_was_spoken_before(code: str, text: str) -> None:
    assert {guess(text, named(other)).code for other in ("en", "es")} == {code}


GERMAN = """
from aidevops_voice.languages import Language

def cardinal(n: int) -> str:
    return "null eins zwei drei vier".split()[n] if n < 5 else "viele"

LANGUAGE = Language(
    code="de",
    common=frozenset("der die das und ist von sind nicht".split()),
    cardinal=cardinal,
    terms={"dot": "Punkt", "of": "von", "point": "Komma"},
    phrases={"recall.waits": "Der Agent wartet."},
    months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    own="ß",
    decimal=",",
)
"""


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    (tmp_path / "german.py").write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(tables, "__path__", [*tables.__path__, str(tmp_path)])
    languages.cache_clear()
    yield named("de")
    languages.cache_clear()
    sys.modules.pop(f"{tables.__name__}.german")


def test_one_file_of_few_tables_is_a_language(german: Language) -> None:
    assert guess("Die Tests sind nicht grün und das ist der Grund.").code == "de"
    text = "Die Tests: 3/4 sind grün, `main.py` ist vom Mai 3."
    assert sentences(text, german) == (["Die Tests, drei von vier sind grün, main Punkt py ist vom Mai drei."], set())
    assert render("2,5", german) == "zwei Komma fünf".replace("fünf", "viele")
    assert told(Saying("recall.waits"), german) == "Der Agent wartet"
    assert told(Saying("recall.no_names"), german) == told(Saying("recall.no_names"), named("en"))
    assert german.ordinal(3, False) == german.agreeing(3, "Tests") == "drei"
    assert german.commands["hush"] == named("en").commands["hush"]


def test_what_says_nothing_has_the_language_of_the_conversation() -> None:
    assert guess("OK", named("es")).code == "es"
    assert guess("The tests are green.", named("es")).code == "en"
    assert guess("テストは成功しました。", named("es")).phrases is named("es").phrases


def test_text_without_rules_borrows_the_phrases() -> None:
    assert unruled().phrases == named("en").phrases
    with pytest.raises(KeyError):
        named("xx")


VERDICTS = [
    ("en", "good", "All done."), ("en", "bad", "Two tests failed."), ("en", "not_bad", "There are no errors."),
    ("es", "good", "Listo, corregí el error."),
    ("es", "bad", "Fallan tres pruebas."),
    ("es", "bad", "No pude abrirlo."),
    ("es", "not_bad", "Sin errores."), ("es", "doubt", "Funciona, pero falta una parte."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "verdict", "text"), VERDICTS)
def test_words_of_success_and_failure(code: str, verdict: str, text: str) -> None:
    assert getattr(named(code), verdict).search(text)


def test_two_tables_with_one_key_are_refused() -> None:
    assert tables.joined({"a": 1}, {"b": 2}) == {"a": 1, "b": 2}
    with pytest.raises(ValueError, match="in two tables: b"):
        tables.joined({"a": 1, "b": 2}, {"b": 3})
