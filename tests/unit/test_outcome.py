"""The end of a turn: verdict first, hidden failures told, healed ones not, a silent agent told from its commands."""

from __future__ import annotations

import pytest
from unit.finished_turn import bash, edit, told

from aidevops_voice.errors import AgentFailed
from aidevops_voice.languages import named
from aidevops_voice.narrator import outcome
from aidevops_voice.ports import ToolFinished, TurnEnded
from aidevops_voice.words.speakable import words

FAILED = "FAILED tests/test_till.py::test_opens - assert 1 == 2\n=== 2 failed, 7 passed in 0.31s ==="
PASSED = "=== 9 passed in 0.31s ==="


def test_a_build_that_broke_is_told_with_its_place_in_front_of_a_cheerful_text() -> None:
    broken = "oven.c: In function 'heat':\noven.c:31:12: error: 'limit' undeclared\nmake: *** [Makefile:4: o.o] Error\n"
    said = told("✨ I've added the oven! ✨\n\nI've also written `NOTES.md`.", bash("make", broken, 2))
    assert said[:2] == ["The build failed with one error, limit undeclared.", "It is in oven dot c, line thirty-one."]


def test_the_size_that_was_asked_stands_for_what_weighs_least() -> None:
    built = "   text\t   data\t    bss\t    dec\t    hex\tfilename\n   2400\t 84\t 8\t 2492\t 9bc\tkiln.elf\n"
    work = outcome.Work(prompt="make it link and tell me how big it gets")
    work.add(bash("make", built, 0))
    work.text = "It links again. I wrote `tick.c`. The linker missed its source. I haven't flashed it yet."
    said = " ".join(outcome.tell(work, TurnEnded("s", ("t",), "done"), 80))
    assert "two thousand four hundred ninety-two bytes" in said
    assert "haven't flashed" in said


CLEANED = "Removing drafts/\nRemoving notes.txt\n"
ANSWER = '{"error":"forbidden"}'
LOADED = "north ... ok\neast ... skipped: no header\nwest ... ok\nloaded 2 of 3 files\n"


@pytest.mark.parametrize(
    ("text", "command", "output", "said"),
    [
        ("", "git clean -fd", CLEANED, ["Drafts and notes dot txt were removed."]),
        ("Done.", "git clean -fd", CLEANED, ["Drafts and notes dot txt were removed."]),
        ("", "rm -v a.wav b.wav", "removed 'a.wav'\nremoved 'b.wav'\n", ["A dot wav and b dot wav were deleted."]),
        ("", "curl -s https://api.example.org/kilns", ANSWER,
         ["The answer is an error, forbidden.", "Ran curl api dot example dot org."]),
        ("", "./purge.sh", "1842 rows deleted\n",
         ["One thousand eight hundred forty-two rows deleted.", "Ran purge dot sh."]),
        ("The import is done! The map looks great.", "./load.sh", LOADED,
         ["Loaded two of three files.", "East was skipped, no header."]),
    ],
)  # fmt: skip
def test_what_a_command_printed_is_told_where_the_text_does_not(
    text: str, command: str, output: str, said: list[str]
) -> None:
    assert told(text, bash(command, output, 0)) == said


def test_a_failure_that_the_text_hides_is_told_first() -> None:
    said = told("I rewrote the till.", bash("pytest", FAILED, 1))
    assert said[0] == "Two tests failed, seven passed."
    assert said[1:] == ["The failing test is test opens.", "I rewrote the till."]


def test_a_failure_that_the_text_admits_is_not_told_twice() -> None:
    said = told("Two tests still fail in the till.", bash("pytest", FAILED, 1))
    assert said[:2] == ["Two tests still fail in the till.", "The failing test is test opens."]
    assert "seven passed" not in " ".join(said)


def test_a_later_run_of_the_same_heals() -> None:
    said = told("I rewrote the till.", bash("pytest -q", FAILED, 1), edit("till.py"), bash("pytest", PASSED))
    assert "failed" not in " ".join(said)


def test_another_success_does_not_heal_failing_tests() -> None:
    said = told(
        "I rewrote the till.", bash("pytest", FAILED, 1), bash("git commit -am x", "[main 1a2b3c4] x\n 1 file changed")
    )
    assert "failed" in said[0]


def test_a_typo_is_forgotten_once_the_next_command_runs() -> None:
    said = told(
        "The plan has no changes.",
        bash("terrafrom plan", "bash: terrafrom: command not found", 127),
        bash("terraform plan"),
    )
    assert said == ["The plan has no changes."]


def test_looking_in_vain_is_no_failure() -> None:
    assert told("Renamed the flag.", bash("grep -rn oldflag src", "", 1), edit("a.py")) == ["Renamed the flag."]


def test_work_without_a_verdict_begins_with_done() -> None:
    assert told("Refunds now go through the till.", edit("till.py"))[0] == "Done."


def test_three_sentences_stay_three_with_done_in_front() -> None:
    said = told("I extracted the till. It has its own module. The callers use it.", edit("till.py"))
    assert len(said) == 3
    assert said[0].startswith("Done, ")


@pytest.mark.parametrize("text", ["The till is wrong.", "The till could not be opened.", "Nothing opens the till."])
def test_done_is_never_said_of_what_went_wrong(text: str) -> None:
    assert "Done" not in " ".join(told(text, edit("till.py")))


def test_the_failing_sentence_goes_to_the_front() -> None:
    said = told(
        "I wrote the German texts. The French ones are there as before. The upload failed because the disk is full.",
        bash("./upload.sh", "error: disk is full", 1),
    )
    assert said[0].startswith("The upload failed")


def test_a_mended_failure_comes_after_what_mended_it() -> None:
    said = told(
        "Two countries were missing, so every order from there failed. I added both, and all nine tests pass.",
        bash("pytest", FAILED, 1), edit("till.py"), bash("pytest", PASSED),
    )  # fmt: skip
    assert said[0].startswith("I added both")


def test_a_part_that_passed_stays_in_front() -> None:
    said = told("Seven of nine tests pass. The till still fails to open.", bash("pytest", FAILED, 1))
    assert said[0] == "Seven of nine tests pass."


def test_a_terse_text_gets_the_counts() -> None:
    said = told("The suite does not pass yet.", bash("pytest", FAILED, 1))
    assert said[:2] == ["The suite does not pass yet.", "Two tests failed, seven passed."]


def test_a_silent_failure_is_told_from_the_output() -> None:
    said = " ".join(told("", bash("pytest", FAILED, 1)))
    assert said.startswith("Two tests failed, seven passed.")
    assert "opens" in said


def test_a_silent_success_is_told_from_the_output() -> None:
    assert told("", bash("pytest", PASSED)) == ["Nine tests passed."]


def test_an_unknown_program_that_failed_is_named() -> None:
    assert told("", bash("./frobnicate --now", "no luck", 3))[0].startswith("Running frobnicate failed")


def test_a_silent_deletion_is_named() -> None:
    assert told("", bash("rm -rf build")) == ["Deleted the folder build."]


def test_silent_edits_name_their_files() -> None:
    assert told("", edit("src/till.py"), edit("README.md")) == ["Till dot py and README dot md changed."]


def test_nothing_at_all_is_done() -> None:
    assert told("") == ["Done."]


def test_an_answer_after_looking_is_no_work() -> None:
    assert told("The till opens at nine.", bash("cat till.txt", "nine")) == ["The till opens at nine."]


def test_spanish_work_is_told_in_spanish() -> None:
    said = told("He cambiado la caja y el informe de ventas.", bash("pytest", FAILED, 1))
    assert said[0].startswith("Fallaron dos pruebas") or "prueba" in said[0]


def test_stopped_tells_what_was_done_already() -> None:
    work = outcome.Work()
    work.add(edit("src/till.py"))
    said = outcome.tell(work, TurnEnded("s", ("t",), "stopped"), 80, named("en"))
    assert said == ["Stopped.", "It had already edited till dot py."]


def test_a_failed_turn_tells_cause_and_next_step_and_no_command_to_type() -> None:
    error = AgentFailed("The model refused the request.", cure="Run it again with: voice --model other")
    said = outcome.tell(outcome.Work(), TurnEnded("s", ("t",), "failed", error), 80, named("en"))
    assert any("model refused" in sentence for sentence in said)
    assert "option model" not in " ".join(said)
    assert len(said) <= 3
    assert all(words(sentence) <= 20 for sentence in said)


def test_a_failed_turn_with_an_error_tells_what_the_agent_said_too() -> None:
    work = outcome.Work(text="Sure! I moved the coins. The notes are not moved yet, so the till does not open.")
    work.add(edit("till.py"))
    error = AgentFailed("the model is overloaded", cure="Wait a minute.", spoken="The model is overloaded.")
    said = outcome.tell(work, TurnEnded("s", ("t",), "failed", error), 80)
    assert said[0] == "The model is overloaded."
    assert "till dot py" in " ".join(said)
    assert len(said) <= 3
    silent = outcome.Work(text=work.text)
    assert "not moved yet" in " ".join(outcome.tell(silent, TurnEnded("s", ("t",), "failed", error), 80))


def given_up(text: str, *tools: ToolFinished, reason: str = "") -> list[str]:
    """What is said of a turn that failed without an error of its own."""
    work = outcome.Work(reason=reason)
    for tool in tools:
        work.add(tool)
    work.text = text
    return outcome.tell(work, TurnEnded("s", ("t",), "failed"), 80)


def test_a_failed_turn_is_told_in_the_words_of_the_agent() -> None:
    text = "The till can't be opened because the key is lost. Please bring the spare key."
    assert given_up(text, bash("./open-till", "no key", 1)) == text.replace(". ", ".\n").split("\n")


def test_a_failed_turn_without_words_is_told_from_its_commands() -> None:
    assert given_up("", bash("pytest", FAILED, 1))[0] == "Two tests failed, seven passed."


def test_a_failed_turn_that_says_nothing_of_it_begins_with_the_failure() -> None:
    said = given_up("I rewrote the till.")
    assert "failed" in said[0]
    assert said[-1] == "I rewrote the till."


def test_a_turn_of_which_nothing_is_known_tells_the_last_reason() -> None:
    assert "the hedgehog bit" in " ".join(given_up("", reason="The hedgehog bit."))
    assert given_up("")[0] == "That failed."


def test_what_was_written_before_a_stop_is_told() -> None:
    work = outcome.Work(text="Half of the till is rewritten.")
    said = outcome.tell(work, TurnEnded("s", ("t",), "stopped"), 80, named("en"))
    assert said == ["Stopped.", "Half of the till is rewritten."]


def test_the_next_step_after_a_failure_is_kept() -> None:
    text = (
        "**Result:** three errors, all before the first test ran, in the part that sets up the drawer.\n\n"
        "**Cause:** the drawer in `tests/conftest.py` can't reach the lock on port 5432 (the host refused it).\n\n"
        "**Next step:** start the lock with its own script, then I'll run them again."
    )
    said = " ".join(told(text, bash("pytest", FAILED, 1)))
    assert "start the lock" in said


def test_the_code_of_an_error_behind_its_words_is_left_out() -> None:
    said = " ".join(told("The port is taken (`EADDRINUSE`), so it could not start.", bash("npm start", "", 1)))
    assert "EADDR" not in said


def test_an_answer_of_code_alone_is_announced() -> None:
    assert outcome.text_only("```python\nx = 1\n```", 80) == ["The answer is code, it is on the page."]


@pytest.mark.parametrize("size", [100, 10_000, 100_000])
def test_any_length_of_text_gives_a_short_outcome(size: int) -> None:
    said = told(
        "The till fails because `rows[0]` is empty, and the report (see below) is wrong. " * (size // 80 + 1), edit("a")
    )
    assert len(said) <= 3
    assert all(words(sentence) <= 20 for sentence in said)


def test_a_loss_that_the_text_leaves_out_is_told_behind_it() -> None:
    said = told("The table is reset.", bash("sqlite3 c.db 'delete from m; select changes()'", "330"))
    assert said == ["The table is reset.", "Deleted all three hundred thirty rows of m."]


def test_a_boast_beside_a_loss_is_dropped() -> None:
    said = told("Everything is in great shape! You have 16 GB free.", bash("rm -rf /srv/uploads"))
    assert said == ["Deleted the folder uploads.", "You have sixteen gigabytes free."]


def test_a_loss_that_the_text_tells_is_not_told_twice() -> None:
    assert told("I removed the uploads folder.", bash("rm -rf /srv/uploads")) == ["I removed the uploads folder."]


def test_a_loss_beside_a_failure_comes_after_it() -> None:
    said = told("", bash("rm -rf /srv/uploads"), bash("pytest", FAILED, 1))
    assert said[0].startswith("Two tests failed, seven passed")
    assert "Deleted the folder uploads." in said


def test_a_loss_is_told_when_the_work_is_stopped() -> None:
    work = outcome.Work()
    work.add(bash("rm -rf /srv/uploads"))
    assert outcome.tell(work, TurnEnded("s", ("t",), "stopped"), 80)[:2] == ["Stopped.", "Deleted the folder uploads."]


def test_of_a_deed_that_failed_unsaid_nothing_good_is_told() -> None:
    said = told(
        "I've created a backup in `backup/a.dump`, so the cleanup is safe.",
        bash("pg_dump a > backup/a.dump", "pg_dump: error: aborting because of server version mismatch", 1),
    )
    assert said[0] == "Running pg dump failed."
    assert "created" not in " ".join(said)


def test_a_cause_that_a_vague_text_leaves_out_is_told() -> None:
    said = told("The server did not start.", bash("npm run dev", "Error: Port 5173 is already in use", 1))
    assert said == ["The server did not start.", "Port five one seven three is already in use."]


def test_a_boast_beside_a_failed_check_is_not_told() -> None:
    said = told("All done! The till is complete and fully tested.", bash("pytest", FAILED, 1))
    assert said == ["Two tests failed, seven passed.", "The failing test is test opens.", "One is not equal to two."]


def test_how_much_went_through_is_told_beside_a_boast() -> None:
    output = "reading\nimported 2999 of 3000 rows, 1 rejected\n"
    said = told("The import is complete!", bash("python load.py", output, 0))
    assert "two thousand nine hundred ninety-nine of three thousand rows, one rejected" in " ".join(said)


def test_a_loss_that_the_agent_tells_in_a_sentence_is_told_in_its_words() -> None:
    said = told(
        "The branch is clean now. Then I read the manual of the till at great length, all chapters of it. "
        "The printer, the drawer and the scanner are described in it, with pictures. "
        "Nothing of it was new to me. The lights were on. I deleted the stale branch old-till.",
        bash("git branch -D old-till", "Deleted branch old-till (was 63e90d1).", 0),
    )
    assert any("deleted the stale branch old-till" in one.lower() for one in said)


def test_a_mere_look_does_not_heal_what_failed() -> None:
    said = told(
        "",
        bash("sqlite3 till.db < 7.sql", "Runtime error near line 3: UNIQUE constraint failed: till.id (19)", 1),
        bash("ls -l till.db", "till.db", 0),
    )
    assert "failed" in said[0]


REJECTED = " ! [rejected]        main -> main (fetch first)\nerror: failed to push some refs to 'origin'\n"
SHELVES = "imported 3993 books, rejected 7, see rejected.csv\n"


@pytest.mark.parametrize(
    "again",
    ["git pull --rebase && git push", "cd /srv/till && git push --force-with-lease", "git push 2>&1"],
)
def test_a_step_of_a_chain_heals_the_same_step_that_failed_alone(again: str) -> None:
    said = told("The till is pushed to main.", bash("git push", REJECTED, 1), bash(again))
    assert said[0] == "The till is pushed to main."


UNMERGED = "error: The branch 'reef' is not fully merged.\nDeleted branch bay (was 91b64ae).\n"


@pytest.mark.parametrize(
    ("first", "output", "later"),
    [
        ("git branch -d reef bay", UNMERGED, ["git branch -D reef"]),
        (
            "git branch -d reef bay",
            UNMERGED + UNMERGED.replace("reef", "bay"),
            ["git branch -D reef", "git branch -D bay"],
        ),
        ("git push", REJECTED, ["git pull --rebase", "git push -u origin main"]),
        ("git pull", "fatal: Not possible to fast-forward, aborting.", ["git rebase origin/main"]),
        ("git checkout reef", "error: pathspec 'reef' did not match any file", ["git switch -c reef"]),
        ("git remote add origin x", "error: remote origin already exists.", ["git remote set-url origin x"]),
        ("git commit -m 'a'", "error: hook failed", ["git commit --no-verify -m 'b'"]),
    ],
)
def test_what_git_did_in_the_end_has_not_failed(first: str, output: str, later: list[str]) -> None:
    assert open_deed(bash(first, output, 1), *map(bash, later)) == ""


def test_what_git_was_not_asked_again_has_still_failed() -> None:
    both = UNMERGED + UNMERGED.replace("reef", "bay")
    assert open_deed(bash("git branch -d reef bay", both, 1), bash("git branch -D reef")) == "git branch -d reef bay"
    assert open_deed(bash("git push origin main", REJECTED, 1), bash("git push origin x")) == "git push origin main"


def open_deed(*tools: ToolFinished) -> str:
    """The command that is still broken in the end."""
    work = outcome.Work()
    for tool in tools:
        work.add(tool)
    return work.broken.command if work.broken else ""


@pytest.mark.parametrize("again", ["git fetch && git status", "git push; git status", "git push | tail -1"])
def test_what_may_have_failed_unseen_heals_nothing(again: str) -> None:
    assert "was rejected" in told("The till is pushed to main.", bash("git push", REJECTED, 1), bash(again))[0]


@pytest.mark.parametrize(
    ("command", "code", "output", "text"),
    [
        (
            "openssl x509 -in c.pem -checkend 864000",
            1,
            "Certificate will expire",
            "The certificate runs out in a week.",
        ),
        ("systemctl is-enabled nightly.timer", 1, "disabled", "The nightly timer is off."),
        ("git merge-base --is-ancestor v2 main", 1, "", "Version two is not in main yet."),
        ("git -C web diff --exit-code", 1, "-a\n+b", "The page has one change that is not committed."),
        ("stat -c %s till.log", 1, "", "There is no log yet."),
    ],
)
def test_a_check_that_answers_no_has_not_failed(command: str, code: int, output: str, text: str) -> None:
    assert told(text, bash(command, output, code)) == [text]


def test_what_is_to_be_done_is_told_where_the_tool_names_it() -> None:
    said = told("", bash("git push", REJECTED, 1))
    assert said[-1] == "Pull first."
    terse = told("The push was rejected.", bash("git push", REJECTED, 1))
    assert terse[-1] == "Pull first."
    assert "Pull first." not in told("The push was rejected. You should pull first.", bash("git push", REJECTED, 1))


def test_what_a_fixer_left_is_told_against_a_text_that_says_all_is_clean() -> None:
    left = "F821 Undefined name `till`\n --> shop.py:2:5\n\nFound 4 errors (3 fixed, 1 remaining).\n"
    said = told("I cleaned up the lint errors in `shop.py`.", bash("ruff check --fix shop.py", left, 1))
    assert said[:2] == ["One remains of four errors, three fixed.", "Undefined name till."]


def test_how_much_went_through_is_told_with_what_did_not() -> None:
    text = (
        "The import is through, with a few rejects:\n\n- **3,993** books imported\n"
        "- **7** books rejected because the shelf is missing\n\nThe rejected books are in `rejected.csv`. "
        "Once someone fills in the shelves, that file can be imported on its own."
    )
    said = " ".join(told(text, bash("python import.py", SHELVES, 3)))
    assert "three thousand nine hundred ninety-three" in said.lower()
    assert "seven books rejected because the shelf is missing" in said


def test_every_failing_thing_is_named_before_advice_on_one() -> None:
    output = (
        "FAILED t.py::test_opens - assert 1\nFAILED t.py::test_counts - assert 2\n=== 2 failed, 3 passed in 0.1s ==="
    )
    text = (
        "The shop starts, but 2 of the 5 till tests fail:\n\n"
        "1. `test_opens` waits for a drawer that never answers, so the whole run takes a minute.\n"
        "2. `test_counts` finds nine coins where ten are expected.\n\n"
        "I'd start with `test_opens`, since a crash of the drawer may hide more than that."
    )
    said = " ".join(told(text, bash("pytest", output, 1)))
    assert "Test opens" in said
    assert "test counts" in said.lower()


def test_what_follows_from_a_failure_goes_in_front_with_it() -> None:
    text = (
        "Release 3 is on two of the three hosts. On `web3` the copy failed, because the disk is full. So it stays on 2."
    )
    said = told(text, bash("bash rollout.sh", "2 of 3 hosts updated, web3 still on 2", 0))
    at = next(n for n, one in enumerate(said) if "copy failed" in one)
    assert "stays on two" in " ".join(said[at : at + 2])


BAKED = "ok    rolls.yml\nFAIL  rye.yml: KeyError: no oven given\nok    cake.yml\n2 baked, 1 failed\n"
MEASURED = "north.csv: 3 rows, clean\nlagoon.csv: skipped, line 3 has no date\n1 of 2 files cleaned\n"


def test_marked_lines_belie_a_text_of_success() -> None:
    text = "## All baked! 🎉\n\n- **Compact** – plain text without padding\n- **Fast** – one read for each"
    said = told(text, bash("python3 bake.py", BAKED, 1))
    assert said[0] == "Running bake dot py failed, two baked, one failed."
    assert said[1].startswith("What failed is rye dot yml")


@pytest.mark.parametrize(
    "text",
    [
        "All files are clean now!",
        "The run finished. I left `lagoon.csv` as it was. Shall I drop such rows, or keep them?",
        "I cleaned the files. The dates are in one form now. The log is in `clean.log`.",
    ],
)
def test_how_much_went_through_is_told_whatever_the_text_holds(text: str) -> None:
    said = told(text, bash("python3 clean.py", MEASURED))
    assert "one of two files cleaned" in " ".join(said).lower()
    assert len(said) <= 3


def test_a_share_that_is_told_is_not_told_twice() -> None:
    said = told("One of two files is clean, `lagoon.csv` was skipped.", bash("python3 clean.py", MEASURED))
    assert " ".join(said).lower().count("one of two") == 1


@pytest.mark.parametrize(
    "text",
    ["Errors use a strong red now. Links are blue.", "The theme is clear. Buttons work without a mouse."],
)
def test_words_of_a_theme_admit_no_failure(text: str) -> None:
    assert told(text, bash("pytest", FAILED, 1))[0].startswith("Two tests failed, seven passed")


def test_the_size_that_was_measured_last_is_told_where_the_text_leaves_it_out() -> None:
    size = "cc -o lamp.elf lamp.o\n   text\tdata\tbss\tdec\thex\tfilename\n 2200\t100\t8\t2308\t904\tlamp.elf"
    assert "two thousand three hundred eight bytes" in told("The lamp builds again.", bash("make", size))[-1]
    said = told("The lamp builds again and takes 2308 bytes.", bash("make", size))
    assert " ".join(said).count("two thousand") == 1
