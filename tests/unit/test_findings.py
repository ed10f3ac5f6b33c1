"""What checkers nobody knows found, why a provider is gone, and the last deed of a turn without words."""

from __future__ import annotations

import json

import pytest

from aidevops_voice.languages import named
from aidevops_voice.narrator.narrated import narrate_events
from aidevops_voice.reports import providers, read
from aidevops_voice.words.wording import told

ENGLISH, SPANISH = named("en"), named("es")
NOT = "the command failed with exit code one"


@pytest.mark.parametrize(
    ("output", "heard"),
    [
        ("docs/guide.md(12): trailing space\ndocs/guide.md(19): two blank lines\nTotal: 2 warnings\n",
         ["two warnings", "trailing space", "it is in guide dot md, line twelve"]),
        ("checking 3 files\nsrc/a.py:10:4: line too long\nFound 5 issues in 2 files\n",
         ["Found five issues in two files", "line too long", "it is in a dot py, line ten"]),
        ("✗ docs/a.md:3 broken link\n4 violations found\n",
         ["four violations found", "broken link", "it is in a dot md, line three"]),
        ("3 findings, 1 high\n", ["three findings, one high"]),
        ("bees.yaml:3: unknown key 'hvie'\n", ["unknown key hvie", "it is in bees dot yaml, line three"]),
        ("Error: 2 problems (2 errors, 0 warnings)\n", ["two problems, two errors, zero warnings"]),
        ("es.json: 4 of 7 keys\nmissing: hint, quit\n", ["four of seven keys", "missing, hint, quit"]),
        ("a.md:3: dead link to home\n1 dead link\n", ["dead link to home", "it is in a dot md, line three"]),
        ("0 problems\n", []),
        ("bees.py:3: def hive():\n", []),
    ],
)  # fmt: skip
def test_a_checker_nobody_knows_is_told_by_its_count_and_its_first_finding(output: str, heard: list[str]) -> None:
    report = read(output, "./check-it", 1)
    assert report is not None
    assert [told(one, ENGLISH) for one in report.sayings] == [NOT, *heard]


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("Overloaded", "overloaded"),
        ('529 {"type":"overloaded_error"}', "overloaded"),
        ("429 Too Many Requests", "limited"),
        ("You exceeded your current quota, please check your plan and billing details", "unpaid"),
        ("Request timed out.", "timed_out"),
        ("504 Gateway Timeout", "timed_out"),
        ("prompt is too long: 214873 tokens > 200000 maximum", "too_long"),
        ("This model's maximum context length is 8192 tokens", "too_long"),
        ("401 invalid x-api-key", "refused"),
        ("OAuth token has expired", "refused"),
        ("read ECONNRESET", "unreachable"),
        ("503 Service Unavailable", "unavailable"),
    ],
)
def test_the_usual_reasons_of_a_provider(raw: str, key: str) -> None:
    found = providers.reason(raw)
    assert found is not None
    assert found.key == f"provider.{key}"
    assert told(found, ENGLISH) != told(found, SPANISH)


def test_another_reason_is_left_as_it_is() -> None:
    assert providers.reason("the hedgehog bit") is None


def heard(*tools: dict[str, object], text: str) -> str:
    """What is said at the end of a turn of some commands."""
    lines: list[dict[str, object]] = [{"type": "turn_started", "text": "", "ours": True}]
    for each in tools:
        lines += [{"type": "tool_started", "tool": "bash", **each}]
        lines[-1] = {key: lines[-1][key] for key in ("type", "tool", "command")} | {"call": "c"}
        lines += [{"type": "tool_finished", "call": "c", "tool": "bash", "ok": not each["exit_code"], **each}]
    ended: list[dict[str, object]] = [
        {"type": "text_ended", "part": "p", "text": text},
        {"type": "turn_ended", "turns": ["t"], "outcome": "done"},
    ]
    return " ".join(narrate_events(tuple(json.dumps(one) for one in (*lines, *ended))).spoken)


AUDIT = {"command": "node kerning.mjs", "exit_code": 1, "output": "3 of 9 pairs\nmissing: AV, To\n"}
REPORT = "The audit is finished. Nothing was changed. Three of nine pairs lack kerning."


def test_what_a_subagent_was_to_find_is_no_failure_of_the_turn() -> None:
    assert heard({**AUDIT, "child": "type checker"}, text=REPORT).startswith("The audit is finished")
    crashed = {**AUDIT, "child": "type checker", "output": "Error: Cannot find module 'fonts'\n"}
    assert "failed" in heard(crashed, text="All is well with the fonts.")


@pytest.mark.parametrize(
    ("command", "output", "said"),
    [
        ("git push", "To git.example:x/y.git\n   1a2b3c4..5d6e7f8  main -> main\n", "Main was pushed."),
        ("git commit -qm 'Tune the oboe'", "", "Ran git commit Tune the oboe."),
        ("git add -A && git commit -q -m 'Tune the oboe' && git push -q", "",
         "Ran git add, git commit Tune the oboe, git push."),
        ("sed -i 's/oboe/viola/' parts.txt", "", "Ran sed parts dot txt."),
        ("mv score.txt old.txt", "", "Ran mv score dot txt old dot txt."),
    ],
)  # fmt: skip
def test_a_turn_without_words_tells_its_last_deed(command: str, output: str, said: str) -> None:
    assert heard({"command": command, "exit_code": 0, "output": output}, text="OK") == said
