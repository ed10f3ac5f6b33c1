"""Each measure of the bench catches a fault that was planted for it, and lets a faultless summary pass."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from speakbench import metrics
from speakbench.cases import DEVELOPMENT, BadCase, Case, load, load_file
from speakbench.polarity import turned
from speakbench.score import Result, Verdict, judge, main, prefix_ms, rows, score, table
from speakbench.systems import Spoken, System, system
from speakbench.words import says, tokens

SOURCE = """I fixed `parse_config` in `src/app/main.py:42`. 3 tests failed before, now all 12 tests pass.

The key `sk-proj-m4d3UpK3yAbCdEfGh1jKlMn0` was not changed. Five lines were added and 2 lines removed.

- one
- two
"""
GOOD = "Fixed parse config in main dot py. All twelve tests pass. The key was not changed."


def case(**changes: object) -> Case:
    whole = Case(
        id="planted",
        topic="planted",
        style="claude",
        kind="work",
        text=SOURCE,
        events=(),
        keep=(("parse config",), ("12", "dozen"), ("not changed",)),
        never=("sk-proj",),
        words=30,
        severity="normal",
        outcome="done",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def wrong(spoken: str, told: Case | None = None, outcome: str = "") -> set[str]:
    return set(judge(told or case(), Spoken(spoken, outcome), lambda text: text).wrong)


def test_a_faultless_summary_passes_every_measure() -> None:
    assert wrong(GOOD) == set()


@pytest.mark.parametrize(
    ("kind", "spoken"),
    [
        ("backtick", "Fixed `parse` it."),
        ("markup", "Fixed **it**."),
        ("markup", "A | B"),
        ("url", "See https://example.com"),
        ("hex", "Commit 4aabc145238a294771"),
        ("brace", "It is {}"),
        ("control", "It is \x1b[31mred"),
        ("bidi", "It is \u202egnp"),
        ("emoji", "Fixed 🎉"),
        ("path", "In src/app/deep/main now"),
    ],
)
def test_written_characters_leak(kind: str, spoken: str) -> None:
    assert any(leak.startswith(kind) for leak in metrics.leaks(spoken))


def test_ordinary_speech_does_not_leak() -> None:
    assert not metrics.leaks("It's done, and deadbeefed cafes, either or, well-known: no.")


@pytest.mark.parametrize("spoken", ["Fixed 12", "a/b", "so: it", "p\u0430ypal"])
def test_digits_signs_and_mixed_alphabets_are_not_vocalisable(spoken: str) -> None:
    assert metrics.unvoiced(spoken)


def test_accents_and_spanish_marks_are_vocalisable() -> None:
    assert not metrics.unvoiced("¿Está listo? ¡Sí, señor!")


@pytest.mark.parametrize(
    "spoken",
    ["word " * 31, "One. Two. Three. Four.", "it goes on " * 7],
    ids=["budget", "sentences", "long sentence"],
)
def test_length_is_limited_three_ways(spoken: str) -> None:
    assert "length" in wrong(spoken)


def test_an_outcome_after_the_twelfth_word_is_too_late() -> None:
    late = "In the file that you named there is a function of that name and I fixed it."
    assert metrics.outcome_comes_late(case(), late)
    assert not metrics.outcome_comes_late(case(), GOOD)


def test_an_answer_must_not_begin_with_a_filler() -> None:
    answer = case(kind="answer", outcome="info")
    assert metrics.outcome_comes_late(answer, "Great question! It is twelve.")
    assert not metrics.outcome_comes_late(answer, "It is twelve.")


def test_the_words_a_case_names_must_come_first() -> None:
    named = case(front=("twelve tests",))
    assert metrics.outcome_comes_late(named, "Fixed it.")
    assert not metrics.outcome_comes_late(named, "All 12 tests pass.")


def test_silence_is_late_and_keeps_nothing() -> None:
    assert {"front", "lost facts"} <= wrong("")


def test_a_lost_fact_is_named() -> None:
    assert metrics.lost(case(), "Fixed parse config, the key was not changed.") == ["12"]


@pytest.mark.parametrize(
    "spoken", ["All 13 tests pass.", "Fixed setup dot py.", "Fixed load_config.", "Fixed loadConfig."]
)
def test_numbers_and_files_that_are_not_in_the_source_are_invented(spoken: str) -> None:
    assert metrics.invented(case(), spoken)


@pytest.mark.parametrize("spoken", ["Line forty-two.", "Two things.", "Fixed main dot py.", "Fixed parseConfig."])
def test_what_is_in_the_source_or_counted_in_it_is_not_invented(spoken: str) -> None:
    assert not metrics.invented(case(), spoken)


@pytest.mark.parametrize(
    ("spoken", "outcome"),
    [
        ("All three tests passed.", ""),
        ("Five lines were removed.", ""),
        ("The key was changed, sk proj.", ""),
        ("It went well.", "failed"),
        ("Zero tests passed.", ""),
    ],
    ids=["passed for failed", "removed for added", "lost negation", "verdict", "made-up count"],
)
def test_turning_the_source_round_is_seen(spoken: str, outcome: str) -> None:
    source = case(text="3 tests failed. Five lines were added. The key `sk-proj` was not changed.")
    assert turned(source, spoken, outcome)


def test_a_failure_told_as_success_is_seen() -> None:
    assert turned(case(outcome="failed"), "Done, it is all there.")
    assert not turned(case(outcome="failed"), "The build failed.")


def test_part_of_a_whole_is_read_as_the_part() -> None:
    assert not turned(case(text="3 failed, 17 passed"), "3 of the 20 tests failed.")


@pytest.mark.parametrize(
    "spoken",
    [
        "The key is sk-proj-m4d3UpK3yAbCdEfGh1jKlMn0.",
        "It ends in K3yAbCdEfGh1.",
        "It is s k dash p r o j dash m four d three U p K three y A b.",
    ],
    ids=["whole", "part", "spelled"],
)
def test_a_secret_is_found_whole_in_part_and_spelled(spoken: str) -> None:
    assert metrics.betrayed(case(), spoken)


@pytest.mark.parametrize(
    "written",
    [
        "postgres://shop:Tr0ub4dor@db/shop",
        "password = hunter2hunter2",
        "AKIAM4DEUPKEY7EXMPL",
        "-----BEGIN PRIVATE KEY-----\nTWFkZVVwS2V5\n-----END PRIVATE KEY-----",
    ],
)
def test_secrets_are_known_by_their_shapes(written: str) -> None:
    assert metrics.secrets_of(case(text=written, never=()))


def test_commits_and_error_codes_are_no_secrets() -> None:
    plain = "error TS2345 at bc39136e5a5d695bdddacf354661d79fcb2f7d60, token: undefined"
    assert not metrics.secrets_of(case(text=plain, never=("TS2345678", "bc39136e5a5d695bdddacf354661d79fcb2f7d60")))


def test_forbidden_words_are_found_however_numbers_are_said() -> None:
    assert metrics.forbidden(case(never=("12 tests",)), "All twelve tests pass.")
    assert not metrics.forbidden(case(never=("388",)), "Job 13881.")


def test_a_summary_that_changes_when_told_again_is_seen() -> None:
    verdict = judge(case(), Spoken(GOOD), lambda text: "Done. " + text)
    assert set(verdict.wrong) == {"idempotence"}


@pytest.mark.parametrize(
    ("spoken", "form"),
    [
        ("forty-two", "42"),
        ("one thousand eight hundred and forty two rows", "1842 rows"),
        ("four oh four", "404"),
        ("two point thirteen point zero", "2.13.0"),
        ("veintidós pruebas y la una", "22 pruebas"),
        ("it can't", "it cannot"),
        ("SQ Lite", "sqlite"),
        ("parseConfig", "parse config"),
    ],
)
def test_numbers_and_identifiers_have_one_form(spoken: str, form: str) -> None:
    assert says(spoken, [form])


def test_once_is_a_number_in_spanish_only() -> None:
    assert tokens("it was once", spanish=False)[-1] == "once"
    assert tokens("pasan once pruebas", spanish=True)[1] == "11"


def test_a_word_inside_another_is_not_a_match() -> None:
    assert not says("the information", ["form"])
    assert not says("12 tests", ["2 tests"])


# --- the table --------------------------------------------------------------------------------------------------


def verdict(**changes: object) -> Verdict:
    whole = Verdict(id="x", spoken="", words=20, facts=2, critical=False, secret=False, wrong={})
    return replace(whole, **changes)  # type: ignore[arg-type]


def failing(verdicts: list[Verdict], ms: float = 1.0) -> set[str]:
    return {row.name for row in rows(verdicts, ms) if not row.holds}


def test_every_gate_can_fail() -> None:
    measures = ["leakage", "not vocalisable", "must not be said", "secrets", "length", "front", "lost facts"]
    bad = verdict(words=90, critical=True, secret=True, wrong={name: ["x", "y"] for name in measures})
    worse = verdict(wrong={name: ["x"] for name in ("fabrication", "polarity", "idempotence")})
    assert failing([verdict()]) == set()
    assert failing([bad, worse], 31.0) == {row.name for row in rows([bad], 1.0)}


def test_one_lost_fact_of_a_critical_turn_is_one_too_many() -> None:
    many = [verdict() for _ in range(20)]
    assert failing([*many, verdict(wrong={"lost facts": ["x"]})]) == set()
    assert failing([*many, verdict(critical=True, wrong={"lost facts": ["x"]})]) == {"facts kept, critical"}


def test_the_table_marks_what_is_below_a_gate() -> None:
    result = Result("planted", [verdict()], rows([verdict(wrong={"leakage": ["x"]})], 1.0))
    assert "1!" in table([result])


def test_a_slow_system_is_measured() -> None:
    lengths: list[int] = []

    def again(text: str) -> str:
        lengths.append(len(text))
        return text

    assert prefix_ms(System("slow", lambda told: Spoken(""), again), [case()]) >= 0
    assert set(lengths) == {100_000}


# --- systems and cases ------------------------------------------------------------------------------------------


def test_any_program_can_be_scored(tmp_path: Path) -> None:
    program = tmp_path / "told.py"
    program.write_text(
        "import json, sys\ncase = json.load(sys.stdin)\nassert 'keep' not in case\n"
        "print(json.dumps({'spoken': [case['text'].splitlines()[0]]}))\n",
        encoding="utf-8",
    )
    result = score(system(f"{sys.executable} {program}"), [case()])
    assert "`parse_config`" in result.verdicts[0].spoken
    assert "leakage" in result.verdicts[0].wrong


def test_the_baseline_filters_markdown() -> None:
    assert system("baseline").tell(case(text="**bold** it is")).text == "bold it is"


def test_only_ours_decides_the_exit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--system", "baseline", "--only", "emoji-heavy", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told[0]["system"] == "baseline"
    assert "leakage" in told[0]["verdicts"][0]["wrong"]


def test_the_cases_are_many_and_every_kind_is_there() -> None:
    cases = load(DEVELOPMENT)
    assert len(cases) >= 140
    assert {told.style for told in cases} == {"claude", "gpt", "gemini", "opencode"}
    assert {told.severity for told in cases} == {"normal", "failure", "destructive", "permission"}
    assert sum(bool(metrics.secrets_of(told)) for told in cases) >= 20


def test_no_case_asks_for_what_it_forbids() -> None:
    for told in load(DEVELOPMENT):
        assert all(forms and told.keep for forms in told.keep), told.id
        assert not [fact for forms in told.keep for fact in forms if fact in told.never], told.id


def write(folder: Path, text: str) -> Path:
    path = folder / "planted.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_stream_is_completed_as_an_agent_would_send_it(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "- {id: a, style: gpt, kind: work, outcome: failed, events: "
        "[{type: tool_finished, tool: bash, exit_code: 2, output: no}, {type: text_ended, text: It failed.}]}",
    )
    (told,) = load_file(path)
    kinds = [event["type"] for event in told.events]
    assert kinds == ["turn_started", "tool_started", "tool_finished", "text", "text_ended", "turn_ended"]
    assert told.events[2]["ok"] is False
    assert told.events[1]["call"] == told.events[2]["call"]
    assert told.final_text == "It failed."


@pytest.mark.parametrize(
    "planted",
    ["tone: x", "words: 81", "severity: grave", "text: ''"],
)
def test_a_bad_case_is_refused(tmp_path: Path, planted: str) -> None:
    key = planted.split(":")[0]
    good = {"id": "a", "style": "gpt", "kind": "answer", "outcome": "info", "text": "Yes."}
    lines = [f"{name}: {value}" for name, value in good.items() if name != key]
    path = write(tmp_path, "- " + "\n  ".join([*lines, planted]))
    with pytest.raises(BadCase):
        list(load_file(path))
