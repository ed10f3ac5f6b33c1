"""The table and its gates, the programs that can be scored, and the cases."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from speakbench import metrics
from speakbench.cases import DEVELOPMENT, BadCase, Case, load, load_file
from speakbench.judging import Verdict
from speakbench.planted import case, write
from speakbench.score import main, score
from speakbench.systems import BadSystem, Spoken, System, system
from speakbench.table import rows, table
from speakbench.timing import Times, measure
from speakbench.words import language

FAST = Times(1.0, 1.0, 1.0, 1.0, 1.0)


def verdict(**changes: object) -> Verdict:
    whole = Verdict(
        id="x", spoken="", words=20, sentences=2, longest=12, facts=2, critical=False, secrets=0, names=2, wrong={}
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def failing(verdicts: list[Verdict], times: Times = FAST) -> set[str]:
    return {row.name for row in rows(verdicts, times) if not row.holds}


def test_every_gate_can_fail() -> None:
    measures = [
        "leakage",
        "not vocalisable",
        "must not be said",
        "secrets",
        "length",
        "front",
        "lost facts",
        "stability",
    ]
    bad = verdict(
        words=90, sentences=4, longest=21, critical=True, secrets=2, wrong={name: ["x", "y"] for name in measures}
    )
    worse = verdict(wrong={name: ["x"] for name in ("fabrication", "polarity", "idempotence", "identifiers")})
    slow = Times(31.0, 1.0, 251.0, 13.0, 13.0)
    assert failing([verdict()]) == set()
    assert failing([bad, worse], slow) == {row.name for row in rows([bad, worse], slow) if row.gate is not None}


def test_secrets_and_facts_are_counted_one_by_one() -> None:
    told = rows([verdict(secrets=3, wrong={"secrets": ["a", "b"]}), verdict(wrong={"lost facts": ["x"]})], FAST)
    values = {row.name: row.value for row in told}
    assert values["secrets told, of 3"] == 2
    assert values["facts kept"] == 75


def test_a_share_is_not_rounded_up_to_whole() -> None:
    many = [verdict() for _ in range(1999)]
    assert "polarity" in failing([*many, verdict(wrong={"polarity": ["x"]})])


def test_one_lost_fact_of_a_critical_turn_is_one_too_many() -> None:
    many = [verdict() for _ in range(20)]
    assert failing([*many, verdict(wrong={"lost facts": ["x"]})]) == set()
    assert failing([*many, verdict(critical=True, wrong={"lost facts": ["x"]})]) == {"facts kept, critical"}


def test_the_table_marks_what_is_below_a_gate() -> None:
    assert "1!" in table({"planted": rows([verdict(wrong={"leakage": ["x"]})], FAST)})


def test_a_system_is_measured_on_small_and_large_inputs() -> None:
    lengths: set[int] = set()

    def again(text: str) -> str:
        lengths.add(len(text))
        return text

    def tell(told: Case) -> Spoken:
        lengths.add(len(told.final_text))
        return Spoken("")

    times = measure(System("slow", tell, again), [case()])
    assert lengths == {100_000, 1_000_000}
    assert times.first_ms == times.whole_ms


def test_a_reader_that_waits_for_the_end_never_has_a_first_sentence() -> None:
    late = System("late", lambda told: Spoken(""), str, lambda pieces: iter(["".join(pieces)]))
    early = System("early", lambda told: Spoken(""), str, lambda pieces: iter(pieces))
    assert measure(late, [case()]).first_ms == float("inf")
    assert measure(early, [case()]).first_ms < float("inf")


def test_any_program_can_be_scored(tmp_path: Path) -> None:
    program = tmp_path / "told.py"
    program.write_text(
        "import json, sys\ncase = json.load(sys.stdin)\nassert 'keep' not in case\n"
        "print(json.dumps({'spoken': [case.get('text', 'None').splitlines()[0]]}))\n",
        encoding="utf-8",
    )
    result = score(system(f"{sys.executable} {program}"), [case()])
    assert "`parse_config`" in result.verdicts[0].spoken
    assert "leakage" in result.verdicts[0].wrong


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; sys.exit('it broke')", "it broke"),
        ("print('hello')", "'hello"),
        ("print('[]')", "wanted"),
        ("print('{\"spoken\": 3}')", "wanted"),
        ("print('{\"spoken\": [3]}')", "wanted"),
    ],
)
def test_a_program_that_does_not_answer_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], program: str, said: str
) -> None:
    file = tmp_path / "told.py"
    file.write_text(program, encoding="utf-8")
    assert main(["--system", f"{sys.executable} {file}", "--only", "one-word"]) == 2
    errors = capsys.readouterr().err
    assert said in errors
    assert "one-word" in errors


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(BadSystem, match="no-such-program"):
        system("no-such-program-here").tell(case())


def test_the_baseline_filters_markdown() -> None:
    assert system("baseline").tell(case(text="**bold** it is")).text == "bold it is"


def test_only_ours_decides_the_exit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--system", "baseline", "--only", "emoji-heavy", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told[0]["system"] == "baseline"
    assert "leakage" in told[0]["verdicts"][0]["wrong"]


def test_the_cases_are_many_and_every_kind_is_there() -> None:
    cases = load(DEVELOPMENT)
    assert len(cases) >= 215
    assert sum(language(told.prose) == "es" for told in cases) >= 12
    assert len({language(told.prose) for told in cases} - {"en", "es"}) >= 3
    assert {told.style for told in cases} == {"claude", "gpt", "gemini", "opencode"}
    assert {told.severity for told in cases} == {"normal", "failure", "destructive", "permission"}
    assert sum(bool(metrics.secrets_of(told)) for told in cases) >= 20


def test_no_case_asks_for_what_it_forbids() -> None:
    for told in load(DEVELOPMENT):
        assert all(forms and told.keep for forms in told.keep), told.id
        assert not [fact for forms in told.keep for fact in forms if fact in told.never], told.id


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
    ["tone: x", "words: 81", "severity: grave", "text: ''", "secrets: [absent]"],
)
def test_a_bad_case_is_refused(tmp_path: Path, planted: str) -> None:
    key = planted.split(":")[0]
    good = {"id": "a", "style": "gpt", "kind": "answer", "outcome": "info", "text": "Yes."}
    lines = [f"{name}: {value}" for name, value in good.items() if name != key]
    path = write(tmp_path, "- " + "\n  ".join([*lines, planted]))
    with pytest.raises(BadCase):
        list(load_file(path))
