"""Numbers with what they measure, signs between names, and amounts that are told twice."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import Saying, named
from aidevops_voice.reports.cases import case
from aidevops_voice.reports.failures import Failure
from aidevops_voice.reports.suites import named as told
from aidevops_voice.words import sentences, wording
from aidevops_voice.words.wording import name

ROWS = [
    # units
    ("en", "3.3 kΩ pull-down, 33Ω and 1 MΩ", "three point three kilohms pull-down, thirty-three ohms and one megohm"),
    ("en", "22 pF, 100nF, 4.7 µF, 10uF", "twenty-two picofarads, one hundred nanofarads, four point seven "
                                        "microfarads, ten microfarads"),
    ("en", "5 mA, 12 µA, 1.5 A, 2 A", "five milliamps, twelve microamps, one point five amps, two A"),
    ("en", "5 V, 40 mV, 3 kWh, 900 mAh", "five volts, forty millivolts, three kilowatt hours, nine hundred milliamp "
                                         "hours"),
    ("en", "-60 dBm at 868 MHz", "minus sixty D B M at eight hundred sixty-eight megahertz"),
    ("en", "650 nm, 5 Nm, 990 hPa", "six hundred fifty nanometres, five newton metres, nine hundred ninety "
                                    "hectopascals"),
    ("en", "a kΩ resistor, the value in pF", "a kilohm resistor, the value in picofarads"),
    ("en", "MA, mA and 7M rows", "MA, milliamps and seven million rows"),
    ("es", "4,7 kΩ, 100 nF y 0,5 mA", "cuatro coma siete kiloohmios, cien nanofaradios y cero coma cinco miliamperios"),
    ("es", "12 V y 1 kWh", "doce voltios y un kilovatio hora"),
    # what is no number
    ("en", "It is NaN, isNaN, -inf or Inf.", "It is nan, is nan, minus infinity or infinity."),
    ("es", "Sale NaN o -Inf", "Sale nan o menos infinito"),
    # ratios
    ("en", "3.2 : 1, 21:9 and 4:1", "three point two to one, twenty-one to nine and four to one"),
    ("en", "a ratio of 5:2", "a ratio of five to two"),
    ("en", "at 10:30, line 3:1, 12 : 30", "at ten thirty, line three, one, twelve, thirty"),
    ("es", "un contraste de 7,1:1", "un contraste de siete coma uno a uno"),
    # colours
    ("en", "`#555555` and `#222`", "a colour and a colour"), ("en", "the color #111 here", "the color here"),
    ("en", "#000 or #004488", "a colour or a colour"), ("en", "a #333 border", "a colour border"),
    ("en", "fixes #333, PR #555", "fixes number three hundred thirty-three, PR five hundred fifty-five"),
    ("en", "#120, #1555", "number one hundred twenty, number one thousand five hundred fifty-five"),
    # comparisons
    ("en", "if `n>m` or p<q", "if n more than m or p less than q"), ("en", "`k == 0`, `w>=h`", "k equals zero, w at "
                                                                                              "least h"),
    ("en", "u<v and v>w", "u less than v and v more than w"), ("en", "Set<str>, Dict<K, V>", "Set, Dict K, V"),
    ("en", "View>Panels", "View, Panels"), ("en", "ls a>b.txt, x->y, p=>q", "ls a b dot txt, x to y, p to q"),
    # references
    ("en", "takes &str, returns &mut self", "takes str, returns mut self"),
    ("en", "a `&'a Kiln` and (&f32)", "a Kiln and, f thirty-two"), ("es", "pasa &self", "pasa self"),
    ("en", "salt & pepper, R&D, a && b", "salt and pepper, R and D, a and b"),
    # number
    ("en", "error no. 7, the answer is no. 7 fail", "error number seven, the answer is no. seven fail"),
    ("es", "el error núm. 7", "el error número siete"),
    # versions
    ("en", "v1.4.0-rc1 and v1.4.0-rc2", "version one point four point zero RC one and RC two"),
    ("en", "1.4.0-beta.1, 1.5.0-beta.1", "one point four point zero beta one, one point five point zero beta one"),
    ("es", "v1.4.0-rc1 y v1.4.0-rc2", "versión uno punto cuatro punto cero RC uno y RC dos"),
    # told twice
    ("en", "after 7200 seconds (2 hours)", "after two hours"), ("en", "12 h (43200 s) later", "twelve hours later"),
    ("en", "2,048 bytes (2 KB)", "two kilobytes"), ("en", "3 145 728 bytes (3 MiB)", "three mebibytes"),
    ("en", "90 s (2 hours)", "ninety seconds, two hours"), ("en", "5 MB (3 files)", "five megabytes, three files"),
    ("en", "10 min (limit 10 min)", "ten minutes, limit ten minutes"),
    ("es", "cada 3600 segundos (1 hora)", "cada una hora"), ("es", "1.500 MB (1,5 GB)", "mil quinientos megabytes"),
    ("en", "7\u202f250 rows", "seven thousand two hundred fifty rows"),
    # thousands apart by a blank
    ("en", "Copied 41 300 pages of 2 600 000 letters", "Copied forty-one thousand three hundred pages of two million "
                                                     "six hundred thousand letters"),
    ("en", "shelf 12 500 books, lines 3 120 are", "shelf twelve, five hundred books, lines three, one hundred twenty "
                                                "are"),
    ("en", "exits 2 404, 80 443 and 5 100.5 volts", "exits two, four hundred four, eighty, four hundred forty-three "
                                                   "and five, one hundred point five volts"),
    ("es", "unas 8 400 fichas y 21 000 correos", "unas ocho mil cuatrocientas fichas y veintiún mil correos"),
    ("es", "el nivel 3 500 veces", "el nivel tres, quinientas veces"),
    # days
    ("en", "May 1, 2 June and 2024-02-23", "May first, June second and February twenty-third, twenty twenty-four"),
    ("es", "el 1 de mayo y el 23 de febrero", "el uno de mayo y el veintitrés de febrero"),
    # ports
    ("en", "The port isn't 7433 but 7434.", "The port isn't seven four three three but seven four three four."),
    ("es", "El puerto no es 7433 sino 7434.", "El puerto no es siete cuatro tres tres sino siete cuatro tres cuatro."),
    # code points
    ("en", "U+2603 and the glyph U+00DF", "a code point and the glyph"), ("es", "falta U+2603", "falta un código"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "said"), ROWS)
def test_figures_and_signs(code: str, text: str, said: str) -> None:
    language = named(code)
    assert sentences.render(text, language) == said
    assert sentences.render(said, language) == said


def test_a_tag_is_a_version() -> None:
    assert name("v3.1.0-rc2", named("en")) == "version three point one point zero RC two"
    assert name("v3_parser", named("en")) == "v three parser"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("test_hash[512]",), Saying("tests.name", None, {"first": "test_hash 512"})),
        (("test_hash[a-1]",), Saying("tests.name", None, {"first": "test_hash"})),
        (("test_fit[red box]", "test_fit[lid]"), Saying("tests.names", None, {"first": "test_fit red box",
                                                                             "second": "lid"})),
        (("test_fit[a]", "test_fit[b]", "test_fit[c]"), Saying("tests.names", None, {"first": "test_fit a, b",
                                                                                     "second": "c"})),
        (("test_n[1]", "test_n[2]", "test_n[3]"), Saying("tests.name", None, {"first": "test_n"})),
    ],
)  # fmt: skip
def test_a_case_of_a_test_is_told_where_it_is_short(names: tuple[str, ...], said: Saying) -> None:
    assert told(names) == (said,)
    assert case("test_plain") == ""


@pytest.mark.parametrize(
    ("message", "told_as"),
    [
        ("assert 881726354 == 0", []), ("assert 'ab12cd34ef56' == ''", []), ("0x7ffe1234 != 0x7ffe4321", []),
        ("assert 3000000 == 2000000", ["tests.unequal"]), ("assert 4 == 5", ["tests.unequal"]),
    ],
)  # fmt: skip
def test_a_checksum_is_no_reason(message: str, told_as: list[str]) -> None:
    assert [saying.key for saying in Failure("AssertionError", message).sayings] == told_as


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("1 != -1", "one is not equal to minus one"),
        ("-0.5 == 0.5", "minus zero point five is not equal to zero point five"),
        ("assert -3 > 0", "this is not true, minus three more than zero"),
        ("got -1", "got minus one"),
    ],
)
def test_no_message_loses_a_sign(message: str, said: str) -> None:
    assert wording.told(Failure("", message).sayings[0], named("en")) == said
