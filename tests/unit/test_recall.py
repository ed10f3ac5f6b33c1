"""Questions about the last run, answered from the record."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from aidevops_voice.chronicle import TEXT_CAP, Account, Chronicle, entry, restored
from aidevops_voice.conversation import deeds, recall
from aidevops_voice.conversation.recall import Scene, answer
from aidevops_voice.errors import AgentFailed
from aidevops_voice.languages import languages, named
from aidevops_voice.ports import (
    AgentEvent,
    Command,
    FileChange,
    Text,
    TextEnded,
    Todo,
    TodoChanged,
    ToolFinished,
    ToolStarted,
    TurnEnded,
    TurnStarted,
)

S, T = "ses_1", "msg_1"
EN, ES = named("en"), named("es")
PYTEST = """\
=================================== FAILURES ===================================
______________________________ test_reads_the_date ______________________________

    def test_reads_the_date():
>       assert parse("2026") == 7
E       assert 2026 == 7

tests/test_dates.py:12: AssertionError
=========================== short test summary info ============================
FAILED tests/test_dates.py::test_reads_the_date - assert 2026 == 7
========================= 1 failed, 9 passed in 0.31s ==========================
"""


def bash(command: str, output: str = "", code: int = 0, call: str = "") -> ToolFinished:
    return ToolFinished(S, T, call, "bash", code == 0, command=command, output=output, exit_code=code)


def edit(path: str, added: int = 0, removed: int = 0, status: Any = "changed") -> ToolFinished:
    return ToolFinished(S, T, "", "edit", True, path=path, files=(FileChange(path, status, added, removed),))


def text(markdown: str) -> TextEnded:
    return TextEnded(S, T, "p", markdown)


def chronicle_of(*events: AgentEvent, at: float = 100.0) -> Chronicle:
    """Each event ten seconds after the one before."""
    chronicle = Chronicle()
    for i, event in enumerate((TurnStarted(S, T, "do it", True), *events)):
        chronicle.on(event, at + 10 * i)
    return chronicle


def asked(command: Command, *events: AgentEvent, now: float = 400.0, language: Any = EN, **facts: Any) -> list[str]:
    kept = chronicle_of(*events)
    scene = Scene(now, kept.about, kept.current, kept.last)
    return answer(command, replace(scene, **facts), language)


DONE = TurnEnded(S, (T,), "done")


@pytest.mark.parametrize("command", sorted(recall.QUESTIONS))
@pytest.mark.parametrize("language", [EN, ES])
def test_without_a_record_a_plain_sentence_is_said(command: Command, language: Any) -> None:
    said = answer(command, Scene(1.0), language)
    assert len(said) == 1
    assert said[0].endswith(".")


def test_more_goes_on_where_the_voice_stopped_and_ends() -> None:
    kept = chronicle_of(text("First thing. Second thing. Third thing. Fourth thing. Fifth thing."), DONE)
    kept.spoke("u1", "First thing.")
    told: list[list[str]] = []
    for i in range(3):
        said = answer(Command.MORE, Scene(400.0, kept.about, None, kept.last), EN)
        told.append(said)
        for j, sentence in enumerate(said):
            kept.spoke(f"m{i}{j}", sentence)
    assert told == [["Second thing.", "Third thing.", "Fourth thing."], ["Fifth thing."], ["That was all."]]


def test_what_was_cut_is_still_to_be_told() -> None:
    kept = chronicle_of(text("First thing. Second thing."), DONE)
    for id_, sentence in (("u1", "First thing."), ("u2", "Second thing.")):
        kept.spoke(id_, sentence)
    kept.unspoke("u2", "Second thing.")
    assert recall.untold(kept.about or Account(0), Scene(1.0), EN) == ["Second thing."]


def test_more_tells_of_code_after_the_words() -> None:
    markdown = "Use this.\n\n```python\na = 1\nb = 2\n```\n\n```diff\n- a\n```\n"
    kept = chronicle_of(text(markdown), DONE)
    kept.spoke("u1", "Use this.")
    said = answer(Command.MORE, Scene(400.0, kept.about, None, kept.last), EN)
    assert said == ["The page also shows two lines of code and a diff of one line.", "That was all."]


def test_more_while_the_agent_works_says_so() -> None:
    assert asked(Command.MORE, ToolStarted(S, T, "c", "bash", command="pytest")) == [
        "There is no more yet, the agent is still working."
    ]


def test_what_streams_can_be_asked_for() -> None:
    assert asked(Command.MORE, Text(S, T, "p", "One thing is certain. ")) == ["One thing is certain."]


def test_the_whole_answer_is_bounded() -> None:
    said = asked(Command.FULL, text(" ".join(f"Point number {EN.cardinal(i)}." for i in range(2, 90))), DONE)
    assert len(said) == recall.MOST
    assert said[0] == "Point number two."
    assert said[-1] == "The rest is on the page."


def test_files_are_named_by_what_became_of_them() -> None:
    events = (
        edit("src/parser.py", 3, 1), edit("src/parser.py", 2), edit("docs/new.md", 9, status="added"),
        edit("old.txt", 0, 4, "deleted"), edit("tmp.txt", 1, 0, "added"), edit("tmp.txt", 0, 1, "deleted"),
    )  # fmt: skip
    assert asked(Command.FILES, *events, DONE) == [
        "One new file, new dot md.", "One file edited, parser dot py.", "One file deleted, old dot txt.",
    ]  # fmt: skip
    assert asked(Command.DETAILS, *events, DONE)[:1] == ["Parser dot py edited, five lines added and one line removed."]


def test_more_than_five_files_are_counted() -> None:
    said = asked(
        Command.FILES,
        *(edit(f"src/{name}.py") for name in ("apple", "bear", "cat", "dog", "eel", "fox", "goat", "hen")),
        DONE,
    )
    assert " ".join(said).endswith("eel dot py and three more.")
    assert " ".join(said).startswith("Eight files edited, ")


def test_a_folder_is_said_only_where_two_names_are_alike() -> None:
    said = asked(Command.FILES, edit("web/main.py"), edit("core/main.py"), edit("core/one.py"), DONE)
    assert said == ["Three files edited, main dot py in web, main dot py in core and one dot py."]


def test_the_commands_that_were_run_by_program_and_target() -> None:
    said = asked(
        Command.RAN, bash("cd app && pytest -q tests/test_dates.py"), bash("pytest -q tests/test_dates.py"),
        bash("KEY=abc git commit -m 'add the parser'"), bash("python -m ruff check . | tail -3"), DONE,
    )  # fmt: skip
    assert said == ["Ran pytest test dates dot py twice, git commit and ruff check."]
    assert asked(Command.RAN, edit("a.py"), DONE) == ["No commands were run."]


def test_a_here_document_is_not_taken_for_commands() -> None:
    assert deeds.programs("cat > notes.txt <<'EOF'\nrm everything\nEOF", EN) == ["cat"]


def test_the_last_test_run_counts() -> None:
    said = asked(Command.TESTS, bash("pytest", PYTEST, 1), DONE)
    assert said[0] == "One test failed, nine passed."
    later = asked(Command.TESTS, bash("pytest", PYTEST, 1), bash("pytest", "10 passed in 0.31s\n"), DONE)
    assert later == ["Ten tests passed."]
    assert asked(Command.TESTS, edit("a.py"), DONE) == ["No tests were run."]


def test_the_error_of_a_command_and_its_place() -> None:
    trace = (
        'Traceback (most recent call last):\n  File "/srv/app/main.py", line 12, in <module>\n    run()\n'
        "ValueError: no such port\n"
    )
    said = " ".join(asked(Command.ERROR, bash("python main.py", trace, 1), DONE))
    assert "no such port" in said
    assert "main dot py" in said
    assert "twelve" in said
    assert asked(Command.ERROR, bash("ls"), DONE) == ["There was no error."]


def test_the_error_of_a_failed_run() -> None:
    failed = TurnEnded(S, (T,), "failed", AgentFailed("the model refuses the key"))
    assert asked(Command.ERROR, failed) == ["That failed.", "The model refuses the key."]
    assert asked(Command.DETAILS, edit("a.py", 1), failed) == [
        "That failed.", "The model refuses the key.", "A dot py edited, one line added.",
    ]  # fmt: skip


def test_details_tell_results_and_admit_that_nothing_was_done() -> None:
    assert asked(Command.DETAILS, text("It is Monday."), DONE) == ["It only answered, nothing was changed or run."]
    said = asked(Command.DETAILS, bash("pytest", PYTEST, 1), DONE)
    assert said == ["Pytest, one test failed, nine passed."]


def test_a_run_that_was_cut_off_is_not_called_done() -> None:
    account = Account(100.0, [T], "do it")
    account.finished(edit("a.py", 1))
    said = answer(Command.DETAILS, Scene(400.0, account, None, account), EN)
    assert said == ["That turn was cut off before its end.", "A dot py edited, one line added."]
    assert answer(Command.DOING, Scene(400.0, account, None, account), EN) == [
        "Nothing is running.", "That turn was cut off before its end.",
    ]  # fmt: skip


def test_names_are_spelled_as_written() -> None:
    markdown = "I renamed `parse_config` in `src/main.py`."
    said = asked(Command.SPELL, text(markdown), DONE, heard=("I renamed parse config in main dot py.",))
    assert said[0] == "Parse config."
    assert re.match(r"P,? a,? r,? s,? e,? underscore,? c", said[1])
    assert "Main dot py." in said
    assert asked(Command.SPELL, text(markdown), DONE, heard=("All is well.",)) == [
        "There was no name in what I said last."
    ]


def test_what_the_agent_is_doing_and_for_how_long() -> None:
    plan = TodoChanged(S, (Todo("read the code", "completed"), Todo("wire the parser", "in_progress")))
    said = asked(Command.DOING, ToolStarted(S, T, "c", "bash", command="pytest -q"), plan, now=180.0)
    assert said == [
        "Running the tests, for one minute.", "The plan is at, wire the parser.",
        "It has been running for one minute.",
    ]  # fmt: skip
    assert asked(Command.DOING, plan, waiting=True)[0] == "The agent waits for you."


def test_when_nothing_runs() -> None:
    assert asked(Command.DOING, DONE, now=290.0) == [
        "Nothing is running.",
        "The last turn ended three minutes ago, done.",
    ]
    assert asked(Command.ELAPSED, DONE, now=290.0) == ["The last turn took ten seconds, it ended three minutes ago."]
    assert asked(Command.ELAPSED, text("a"), now=3720.0) == ["It has been running for one hour."]


@pytest.mark.parametrize("language", languages().values())
@pytest.mark.parametrize("command", sorted(recall.QUESTIONS))
def test_every_answer_is_words_in_short_sentences(command: Command, language: Any) -> None:
    events: tuple[AgentEvent, ...] = (
        *(edit(f"src/some_long_folder/module_{i}/a_very_long_module_name.py", i, 2 * i) for i in range(9)),
        bash("pytest -q tests/unit", PYTEST, 1), bash("npm run build 2>&1 | tail -5", "Error: it broke at a.ts:3", 2),
        text(f"See `a_very_long_module_name.py`. {'and one more word ' * 30}.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
    )  # fmt: skip
    heard = ("See a very long module name dot py.",)
    for said in (
        asked(command, *events, language=language, heard=heard),
        asked(command, *events, DONE, language=language),
    ):
        assert said
        for sentence in said:
            assert len(sentence.split()) <= 20, sentence
            assert re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[ .,?!¿¡'-])*[.?!]", sentence), sentence


def test_the_record_is_bounded() -> None:
    kept = Chronicle()
    kept.submitted(T, "use it " * 5000, 1.0)
    for i in range(300):
        kept.on(bash(f"echo {i} " + "x" * 5000, "line after line " * 5000, call=f"c{i}"), 2.0)
        kept.on(Text(S, T, "p", "It is on its way. " * 5000), 2.0)
        kept.on(text("It is done. " * 5000), 2.0)
    account = kept.current
    assert account is not None
    assert len(repr(account)) < 2_000_000
    assert len(account.tools) == 200
    assert len(account.text) <= TEXT_CAP + 10


def test_a_run_is_rebuilt_from_its_journal() -> None:
    began = {"what": "prompt", "at": 1000.0, "turn": T, "text": "do it"}
    kept = Chronicle()
    kept.submitted(T, "do it", 1000.0)
    tool = kept.on(bash("pytest", PYTEST, 1), 1010.0)
    changed = kept.on(edit("src/a.py", 2, 1), 1020.0)
    assert isinstance(tool, ToolFinished)
    assert isinstance(changed, ToolFinished)
    entries = [
        began, {"what": "tool", "at": 1010.0, **entry(tool)}, {"what": "tool", "at": 1020.0, **entry(changed)},
        {"what": "text", "at": 1030.0, "text": "One test failed. I changed `a.py`."},
        {"what": "said", "at": 1031.0, "kind": "outcome", "text": "One test failed."},
        {"what": "ended", "at": 1040.0, "turns": [T], "outcome": "done"},
    ]  # fmt: skip
    account = restored(entries, age=-900.0)
    assert account is not None
    assert (account.began, account.ended, account.outcome, account.prompt) == (100.0, 140.0, "done", "do it")
    assert [(each.command, each.exit_code) for each in account.tools] == [("pytest", 1), ("", None)]
    assert answer(Command.FILES, Scene(200.0, account, None, account), EN) == ["One file edited, a dot py."]
    assert answer(Command.MORE, Scene(200.0, account, None, account), EN) == ["I changed a dot py."]
    cut = restored(entries[:-1])
    assert cut is not None
    assert cut.ended is None
    assert restored([]) is None


def test_a_run_that_goes_on_after_a_restart_is_the_same_run() -> None:
    kept = Chronicle(restored([{"what": "prompt", "at": 1.0, "turn": T, "text": "do it"}]))
    kept.on(edit("a.py"), 2.0)
    kept.on(DONE, 3.0)
    assert kept.current is None
    assert kept.last is not None
    assert (kept.last.prompt, kept.last.outcome, len(kept.last.tools)) == ("do it", "done", 1)


def test_foreign_lines_of_a_journal_do_no_harm() -> None:
    odd: list[dict[str, Any]] = [
        {"what": "prompt"}, {"what": "tool", "files": [3, {"path": None, "additions": "x"}], "exit_code": "no"},
        {"what": "ended", "turns": 5}, {"what": 7}, {}, {"what": "said", "kind": "answer"}, {"what": "text"},
    ]  # fmt: skip
    account = restored(odd)
    assert account is not None
    assert answer(Command.DETAILS, Scene(1.0, account, None, account), EN)
