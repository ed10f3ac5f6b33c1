"""What the output of real tools, captured in `reports/`, is told as."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st

from aidevops_voice import reports
from aidevops_voice.languages import Language, languages
from aidevops_voice.reports import Report, read
from aidevops_voice.reports.rules import Rule
from aidevops_voice.words.wording import told

HERE = Path(__file__).parent / "reports"
BENCH = Path(__file__).parents[1] / "speakbench" / "outputs"
ENGLISH, SPANISH = languages()["en"], languages()["es"]
DENIALS = re.compile(r"\b(?:pass(?:ed)?|succeeded|clean|is up)\b", re.I)


def cases() -> Iterator[Any]:
    for table in sorted(HERE.glob("*.yaml")):
        for case in yaml.safe_load(table.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{table.stem}-{case['id']}")


CASES = list(cases())


def output(case: dict[str, Any]) -> str:
    if "file" in case:
        return (HERE / str(case["file"])).read_text(encoding="utf-8")
    return (BENCH / str(case["bench"])).read_text(encoding="utf-8") if "bench" in case else str(case["output"])


def words(text: str) -> str:
    return " ".join(re.sub(r"[,.]", " ", text.lower()).split())


@pytest.mark.parametrize("case", CASES)
def test_output_is_told_as_the_table_says(case: dict[str, Any]) -> None:
    report = read(output(case), case["command"], case["exit"])
    if report is None:
        assert case["verdict"] is None
        return
    assert (report.kind, report.verdict) == (case.get("kind"), case["verdict"])
    assert dict(report.counts) == case.get("counts", {})
    assert list(report.failures)[:3] == case.get("failures", [])
    assert (report.error, report.place) == (case.get("error", ""), case.get("place", ""))
    assert list(report.files)[:3] == case.get("files", [])
    assert [words(told(saying, ENGLISH)) for saying in report.sayings] == [words(line) for line in case["told"]]
    assert (told(report.cure, ENGLISH) if report.cure else "") == case.get("cure", "")


@pytest.mark.parametrize("case", CASES)
def test_every_saying_is_short_in_every_language(case: dict[str, Any]) -> None:
    report = read(output(case), case["command"], case["exit"])
    for saying in report.sayings if report else ():
        for language in (ENGLISH, SPANISH):
            spoken = told(saying, language)
            assert spoken
            assert len(spoken.split()) <= 20, spoken
            assert not re.search(r"[0-9_{}<>|]", spoken), spoken


@pytest.mark.parametrize("case", [case for case in CASES if case.values[0]["exit"] not in (0, None)])
def test_failed_command_is_never_told_as_good(case: dict[str, Any]) -> None:
    report = read(output(case), case["command"], case["exit"])
    assert report is not None
    assert report.verdict != "good"
    if report.verdict == "bad":
        assert report.sayings
        assert not DENIALS.search(told(report.sayings[0], ENGLISH).partition(",")[0])


def verdict(output: str, command: str = "", exit_code: int | None = None) -> str | None:
    report = read(output, command, exit_code)
    return report.verdict if report else None


@pytest.mark.parametrize(
    ("text", "command", "code", "expected"),
    [
        ("0 failed, 12 passed in 0.1s", "pytest", 0, "good"),
        ("Tests:       0 failed, 12 passed, 12 total\n", "npm test", 0, "good"),
        ("error: disk slow\n3 failed logins seeded\n12 passed in 0.1s", "pytest -s", 0, "good"),
        ("1 xfailed, 3 passed in 0.1s", "pytest", 0, "good"),
        ("1 failed, 3 passed in 0.1s", "pytest || true", 0, "bad"),
        ("1 failed, 3 passed in 0.1s", "pytest | tail -1", 0, "bad"),
        ("3 passed in 0.1s", "pytest", 1, "bad"),
        ("3 passed, 1 error in 0.1s", "pytest", 1, "bad"),
        ("Ran 3 tests in 0.1s\n\nFAILED (failures=1)\n", "python -m unittest", 1, "bad"),
        ("Ran 3 tests in 0.1s\n\nOK (expected failures=1)\n", "python -m unittest", 0, "good"),
        ("Ran 3 tests in 0.1s\n\nFAILED (unexpected successes=1)\n", "python -m unittest", 1, "bad"),
        ("no tests ran in 0.01s", "pytest", 5, "bad"),
        ("0 errors, 0 warnings, 0 informations", "pyright", 0, "good"),
        ("found 0 vulnerabilities", "npm audit", 0, "good"),
        ("test result: ok. 3 passed; 0 failed; 0 ignored", "cargo test", 0, "good"),
        ("", "grep -rn TODO src", 1, "none"),
        ("", "grep -rn TODO src", 2, "bad"),
        ("Binary files differ", "diff a b", 1, "none"),
        ("", "pytest && grep x y", 1, "none"),
        ("", "grep x y && pytest", 2, "bad"),
        ("", "make deploy", 1, "bad"),
        ("1 failed in 2s", "cat pytest.log", 0, None),
        ("1 failed in 2s", "tail -5 pytest.log", 0, None),
        ("HTTP/1.1 200 OK\n\nerror: none", "curl -i localhost", 0, "good"),
        ("all good", "python run.py", 0, None),
    ],
)
def test_polarity(text: str, command: str, code: int, expected: str | None) -> None:
    assert verdict(text, command, code) == expected


def test_what_passed_is_told_after_the_failure_of_the_command() -> None:
    report = read("12 passed in 0.3s", "pytest && ./deploy.sh", 3)
    assert report is not None
    assert [saying.key for saying in report.sayings] == ["exit.code", "tests.passed"]


def test_escapes_and_overwritten_lines_are_no_part_of_it() -> None:
    plain = read("1 failed, 2 passed in 0.1s", "pytest", 1)
    dressed = "\x1b]0;title\x07 10%\r 50%\r\x1b[31m\x1b[1m1 failed\x1b[0m, \x1b[32m2 passed\x1b[0m in 0.1s\r\n"
    assert read(dressed, "pytest", 1) == plain


def test_line_ends_and_trailing_blanks_do_not_matter() -> None:
    for case in CASES:
        text, command, code = output(case.values[0]), case.values[0]["command"], case.values[0]["exit"]
        dressed = "\r\n".join(f"{line.rstrip()}   " for line in text.split("\n"))
        # Only what fits without a cut: a longer text is cut elsewhere.
        assert len(dressed) > 32_000 or read(dressed, command, code) == read(text, command, code), case.id


def test_result_at_the_end_of_a_megabyte_is_found() -> None:
    log = "2026-11-20 INFO job took 19 ms\n" * 40_000
    report = read(f"{log}FAILED tests/test_a.py::test_rate - assert 1 == 2\n3 failed, 9 passed in 71.2s\n", "pytest", 1)
    assert report is not None
    assert report.counts == {"failed": 3, "passed": 9}


def test_the_only_error_of_a_long_log_is_told_wherever_it_stands() -> None:
    calm = "2026-11-20T10:00:00Z INFO worker-1 stored page 19\n" * 6_000
    log = f"{calm}2026-11-20T10:00:01Z ERROR worker-2 cannot read page 'map/7.svg'\n{calm}"
    report = read(f"{log}stored 899 of 900 pages\n", "./pages build", 1)
    assert report is not None
    spoken = [told(saying, ENGLISH) for saying in report.sayings[1:]]
    assert spoken == [
        "stored eight hundred ninety-nine of nine hundred pages",
        "worker two cannot read page seven dot svg",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "0 errors", "no errors found", "WARNING: config missing", "connection refused, retrying", "12 passed, 0 failed",
        "step 3 of 3", "INFO job failed over to node 2",
    ],
)  # fmt: skip
def test_what_is_no_reason_is_not_given_as_one(line: str) -> None:
    report = read(f"begin\n{line}\nend\n", "./nightly.sh", 1)
    assert report is not None
    assert [saying.key for saying in report.sayings] == ["exit.code"]


def test_what_is_cut_is_not_counted() -> None:
    lines = "".join(f"src/module_{n}.c:{n}:5: error: unknown type name\n" for n in range(1, 4000))
    report = read(lines, "gcc *.c", 1)
    assert report == Report(
        "build", "bad", report.sayings if report else (), error="unknown type name",
        place="src/module_1.c:1", files=report.files if report else (),
    )  # fmt: skip


def test_names_are_told_without_file_class_and_parameters() -> None:
    text = "FAILED tests/a.py::TestCart::test_total[1-x] - assert 1 == 2\nFAILED tests/a.py::test_rate\n2 failed in 1s"
    report = read(text, "pytest", 1)
    assert report is not None
    assert report.failures == ("TestCart::test_total[1-x]", "test_rate")
    assert told(report.sayings[1], ENGLISH) == "the failing tests are test total and test rate"


def rules() -> Iterator[Rule]:
    for each in iter_modules(reports.__path__, f"{reports.__name__}."):
        for table in vars(import_module(each.name)).values():
            if isinstance(table, tuple) and table and isinstance(table[0], Rule):
                yield from table


@pytest.mark.parametrize("rule", list(rules()), ids=lambda rule: rule.key)
@pytest.mark.parametrize("language", [ENGLISH, SPANISH], ids=["en", "es"])
def test_rule_gives_every_field_of_its_phrase(rule: Rule, language: Language) -> None:
    phrase = language.phrases[rule.key]
    fields = set(re.findall(r"{(\w+)}", phrase if isinstance(phrase, str) else " ".join(phrase)))
    given = set(rule.pattern.groupindex) | ({"n"} if rule.counted else set())
    assert fields <= (given - {"file", "line"} if {"file", "line"} <= given else given)
    assert isinstance(phrase, str) or "n" in given


def test_every_key_has_a_phrase() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(reports.__path__[0]).glob("*.py"))
    keys = set(
        re.findall(
            r"""["']((?:tests|trace|error|exit|lint|build|git|packages|http|infra|shell|listing|cause)\.[a-z_]+)["']""",
            source,
        )
    )
    assert len(keys) > 200
    assert sorted(key for key in keys if key not in ENGLISH.phrases or key not in SPANISH.phrases) == []


LINES = (
    "1 failed, 2 passed in 0.1s\n", "FAILED a.py::test_b - x\n", "CONFLICT (content): Merge conflict in a\n",
    "Tests: 3 total\n",
    "error: x\n", "fatal: y\n", "a.c:1:2: error: z\n", "npm error 404 'a@1' could not be found\n", "HTTP/1.1 404\n",
    "make: *** [a] Error 1\n", "Plan: 1 to add, 0 to change, 2 to destroy.\n", "9" * 5000 + " passed in 1s\n",
    "1..2\nok 1\n",
    "On branch a/b\n", "\tmodified:   a\n", "?? a\n", "diff --git a/x b/x\n", "+a\n", "Ran 1 test in 1s\n\nFAILED\n",
    "\x1b[31m",
    'Traceback (most recent call last):\n  File "a", line 1\n', "KeyError\n", "would reformat a\n",
    "[warn] Code style issues found in the above file.\n",
)  # fmt: skip
COMMANDS = (
    "",
    "git status",
    "git push",
    "pytest",
    "npm install",
    "make",
    "ruff check",
    "curl -i x",
    "terraform plan",
    "docker ps",
    "ls",
)


@given(
    st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=12),
    st.sampled_from(COMMANDS),
    st.sampled_from((None, 0, 1, 137)),
)
def test_whatever_is_printed_can_be_told(parts: list[str], command: str, code: int | None) -> None:
    report = read("".join(parts), command, code)
    for saying in report.sayings if report else ():
        assert told(saying, ENGLISH) is not None
        assert told(saying, SPANISH) is not None
    if code and report:
        assert report.verdict == "bad" or report.kind == "exit"
