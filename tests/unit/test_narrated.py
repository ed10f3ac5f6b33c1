"""Narration without a daemon: the words, the verdict and the facts of texts and of recorded events."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from aidevops_voice.errors import BadRequest
from aidevops_voice.narrator.narrated import narrate_events, narrate_text


def events(*each: Mapping[str, object]) -> list[str]:
    """JSON lines as an agent's adapter would write them."""
    return [json.dumps({"session": "s", "turn": "t", **one}) for one in each]


def finished(command: str, output: str, exit_code: int) -> dict[str, object]:
    """A command that ended."""
    return {
        "type": "tool_finished", "call": "c", "tool": "bash", "ok": exit_code == 0, "command": command,
        "output": output, "exit_code": exit_code,
    }  # fmt: skip


STARTED = {"type": "tool_started", "call": "c", "tool": "bash", "command": "pytest"}
ENDED = {"type": "turn_ended", "outcome": "done"}


def text(words: str) -> dict[str, object]:
    """A part of the answer that is complete."""
    return {"type": "text_ended", "part": "p", "text": words}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("I added the flag to the parser.", "done"),
        ("The build failed because the disk is full.", "failed"),
        ("There are two drawers. Which one should I open?", "needs_you"),
        ("I have two ideas. Tell me which one you like.", "needs_you"),
        ("The drawer opens at nine.", "info"),
    ],
)
def test_the_verdict_of_a_text(answer: str, verdict: str) -> None:
    assert narrate_text(answer).outcome == verdict


def test_the_facts_are_numbers_and_files_as_they_are_said() -> None:
    narrated = narrate_text("I changed `src/till.py` in 42 places.")
    assert "forty-two" in narrated.facts
    assert any("till dot py" in fact for fact in narrated.facts)
    assert all(fact in " ".join(narrated.spoken) for fact in narrated.facts)


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("Your `.env` is not in the list.", ("dot env",)),
        ("The `.env` and the `main.py` are new.", ("dot env", "main dot py")),
        ("El `.env` está fuera, y `tabla.csv` también.", ("punto env", "tabla punto csv")),
    ],
)
def test_a_small_word_is_no_part_of_a_name(answer: str, names: tuple[str, ...]) -> None:
    assert narrate_text(answer).facts == names


def test_broken_work_is_failed_whatever_the_text_claims() -> None:
    narrated = narrate_events(
        events(STARTED, finished("pytest", "=== 1 failed, 3 passed in 0.1s ===", 1), text("The suite was run."), ENDED)
    )
    assert narrated.outcome == "failed"
    assert narrated.spoken[0] == "One test failed, three passed."


def test_a_tool_that_was_not_seen_to_start_counts() -> None:
    told = narrate_events(events(finished("pytest", "=== 1 failed, 3 passed in 0.1s ===", 1), ENDED))
    assert told.spoken[0] == "One test failed, three passed."


def test_mended_work_is_done() -> None:
    narrated = narrate_events(
        events(
            STARTED, finished("pytest", "=== 1 failed, 3 passed in 0.1s ===", 1), STARTED,
            finished("pytest", "=== 4 passed in 0.1s ===", 0),
            text("A rate was missing. I added it and all four tests pass."), ENDED,
        )
    )  # fmt: skip
    assert narrated.outcome == "done"


def test_an_open_request_needs_the_user() -> None:
    ask = {"type": "ask", "id": "a", "kind": "permission", "permission": "bash", "command": "rm -rf build"}
    narrated = narrate_events(events(ask))
    assert narrated.outcome == "needs_you"
    assert narrated.spoken[0] == "The agent wants to delete build."


BEFORE = "The branch has diverged. I have to overwrite it. Then the checks run. They take long."
ASK = {"type": "ask", "id": "a", "kind": "permission", "permission": "bash", "command": "git push --force origin main"}


def test_a_request_comes_before_what_still_waits_to_be_said() -> None:
    said = narrate_events(events(text(BEFORE), ASK)).spoken
    assert len(said) == 2
    assert said[0].startswith("The agent wants to force-push branch main to origin")


def test_what_was_said_before_a_request_is_not_unsaid() -> None:
    said = narrate_events(events({**text(BEFORE), "at": 0.01}, {**ASK, "at": 3.0})).spoken
    assert said[:2] == ("The branch has diverged.", "I have to overwrite it.")
    assert len(said) > 3


def test_a_request_is_read_in_the_language_of_the_prompt_else_of_the_text_before_it() -> None:
    spanish, prompt = (
        text("Tengo que vaciar antes la tabla de los clientes."),
        {"type": "turn_started", "turn": "t", "ours": True},
    )
    assert "El agente quiere" in narrate_events(events(spanish, ASK)).spoken[0]
    assert "The agent" in narrate_events(events({**prompt, "text": "empty the tables first"}, spanish, ASK)).spoken[0]


def test_the_title_of_a_text_is_its_result() -> None:
    found = text("### Found it\n\nThe culprit is the commit `Add item 4`. It breaks the check of the menu.")
    assert (
        narrate_events(events(STARTED, finished("git bisect run", "", 0), found, ENDED))
        .spoken[0]
        .startswith("Found it")
    )


def test_a_part_of_the_work_is_told_as_a_part() -> None:
    partly = text("Release 2.8 is live on three of the four hosts. I left the last one in the load balancer.")
    told = narrate_events(events(STARTED, finished("bash rollout.sh", "", 0), partly, ENDED))
    assert told.spoken[0].startswith("Partly done")


def test_a_turn_that_was_given_up_is_failed() -> None:
    assert narrate_events(events({"type": "turn_ended", "outcome": "failed"})).outcome == "failed"


def test_secrets_are_not_narrated() -> None:
    secret = "ghp_M4deUpT0kenN0tRealAtAll1234567890ab"
    told = narrate_text(f"The token is {secret} and it works.").spoken
    told += narrate_events(events(STARTED, finished("cat x", "", 0), text(f"The token {secret} works."), ENDED)).spoken
    assert "M4de" not in "".join(told).replace(" ", "")


@pytest.mark.parametrize("line", ["no json", "{}", '{"type": "unheard_of"}', '{"type": "text"}'])
def test_a_bad_line_is_named(line: str) -> None:
    with pytest.raises(BadRequest, match="line 1"):
        narrate_events([line])
