"""Whatever an agent writes or does: nothing written is read out, no secret is told, and nothing breaks.

The same inputs in every run; `make fuzz` looks further.
"""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings as tuned, strategies as st
from speakbench import nasty, properties

CUTS = st.lists(st.integers(0, 10_000), max_size=6)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def runs(cases: int) -> tuned:
    return tuned(max_examples=cases, derandomize=True, database=None, deadline=None, suppress_health_check=SLOW)


@runs(700)
@given(nasty.texts())
@example("`/b`sk-proj-m4d3UpK3yAbCdEfGh1jKlMn0pQr5tUvWx")
@example("[x](y)sk-proj-m4d3UpK3yAbCdEfGh1jKlMn0pQr5tUvWx")
@example("20 `1 ")
@example("20 `1.0.0-rc.1 ")
@example("4457k 529th")
@example("Hecho. Las 48 pruebas pasan..env ")
@example("All tests pass.P\x1fY ")
@example("# Results 00000 101101101101")
@example("A\xbck")
@example("\ua648\xe7")
@example("Hecho. Las 48 pruebas pasan. 1,315 sk_live_M4d3Up51Qx7Zz8vQ2LwT4nByAbCd ")
@example("Die Tests laufen, alle 12 sind gr\xfcn. 99999999999999999999 ")
@example("Authorization:890ab\nDi sind")
def test_any_text_is_told_in_words(text: str) -> None:
    assert properties.of_text(text) == []


@runs(200)
@given(nasty.WILD)
def test_any_characters_are_told_in_words(text: str) -> None:
    assert properties.of_text(text) == []


@runs(500)
@given(nasty.texts(), CUTS)
@example("\x1b]0;title\x07" * 188 + " # Results" * 15, [2001])
@example("0\u02c6\n# Results ", [])
@example("10^6 \xb5\u0250\n# Results ", [])
@example("\x1b  AKIAM4DEUPKEY7EXMPL  ", [])
@example("src/a.ts(5,3): error TS2345: no. 127.0.0.1:8080", [33])
@example("\u0414\u0430. " + "\x1b[31mred\x1b[0m" * 5 + " All tests pass. ", [4])
@example("\uff4c9\n>t", [])
def test_a_stream_is_read_alike_however_it_is_cut(text: str, cuts: list[int]) -> None:
    assert properties.of_pieces(text, cuts) == []


@runs(600)
@given(nasty.streams())
def test_any_turn_is_told_in_words(lines: list[str]) -> None:
    assert properties.of_stream(lines) == []
