"""What the rehearsal agent takes a text for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from aidevops_voice_adapters.agent._rehearsal_requests import (
    Branch,
    Changes,
    Commits,
    CountLines,
    Create,
    Files,
    Find,
    Help,
    LastCommit,
    Readme,
    Request,
    RunTests,
    Undo,
)
from aidevops_voice_adapters.agent.rehearsal import PHRASES, understand

PROJECT = Path("/home/ann/billing")

CASES: list[tuple[Request | None, list[str]]] = [
    (RunTests(), [
        "Run the tests.",
        "Can you please run the tests?", "run my unit tests again", "OK, now run all the tests please",
        "run the test suite in this project", "do the tests pass", "check if the tests still pass", "test it",
        "run tests in billing", "could you rerun the tests for me", "I'd like you to run the tests, thanks",
    ]),
    (Changes(), [
        "what changed", "What's changed?", "what has changed in this repo", "what did I change", "what did you change",
        "git status", "show me the diff", "which files have changed", "are there any changes", "what are the changes",
    ]),
    (Commits(), ["show the last commits", "git log", "show me the history", "what are the recent commits please"]),
    (Commits(3), ["show me the last three commits", "the last 3 commits"]),
    (Commits(20), ["show the last 99 commits"]),
    (Commits(1), ["show the last 1 commit"]),
    (LastCommit(), ["what was the last commit", "show me the latest commit", "what did the last commit change"]),
    (Branch(), [
        "which branch", "What branch are we on?", "which branch am I on", "on which branch are we", "current branch",
        "tell me the name of the current branch", "what's the branch",
    ]),
    (Files(), [
        "list the files", "list all files here", "what files are in the project", "what is in this folder",
        "show me the files please", "what files are there in billing", "what's in the project",
    ]),
    (Readme(), [
        "read the readme", "Read me the README.", "please read the README.md", "read the read me", "show the read-me",
        "what is this project about", "what does the readme say", "tell me about this project",
    ]),
    (CountLines(), [
        "count the lines", "how many lines of code are there", "how big is this project", "count all lines of code",
        "how many lines of code do we have in this project", "how large is the code base",
    ]),
    (Undo(), ["undo that", "Undo.", "please undo the last change", "take that back", "delete the file you created"]),
    (Help(), ["help", "What can you do?", "what can I say", "how can you help me"]),
    (Find("parse_config"), [
        "find parse_config", "search for parse_config", "find all uses of parse_config",
        "where is parse_config defined",
        "find the function parse_config in the code", "please look for parse_config", "grep for parse_config.",
        'find "parse_config"', "who calls parse_config", "search the code for parse_config",
    ]),
    (Find("how to fix it"), ['find "how to fix it"']),
    (Find("TODO"), ["find to do", "find the to-do comments", "search for all todos", "find TODO"]),
    (Create("notes"), ["create a file named notes", "make a new file called notes please", "create the file notes"]),
    (Create("notes.txt"), [
        "create a file named notes.txt", "create a file named notes dot text", "touch notes.txt", "create notes.txt",
        "add an empty file called notes dot t x t", "create a text file named notes", "create notes dot text",
    ]),
    (Create("my_notes.md"), ["create a file named my notes dot markdown", "Make a markdown file called my notes."]),
    (Create("docs/to-do.txt"), ["create a file named docs slash to-do dot text"]),
    (Create("a-b_c.py"), ["create a file called a dash b underscore c dot python"]),
    (Create("notes.txt", "Buy milk"), [
        "create a file named notes.txt with the text Buy milk", "create a file named notes dot text saying Buy milk",
        'create a file called notes.txt that says "Buy milk"', "create a file named notes.txt containing Buy milk",
    ]),
    (Create("../x"), ["create a file named ../x", "create a file named dot dot slash x"]),
    (Create("/etc/x.conf"), ["create a file named /etc/x.conf"]),
]  # fmt: skip

NOT_PLAIN = [
    "", "  ", "?", "don't run the tests", "do not run the tests", "fix the tests", "run the tests and fix them",
    "write tests", "why do the tests fail", "run the tests before you commit", "stop the tests", "delete the files",
    "edit the files", "do that", "and do that", "hello", "add a login page", "find out why the tests fail",
    "find the bug in the parser", "find a way to make this faster", "find foo and fix it", "create a function called x",
    "create a file that parses json", "make a pull request", "create a branch", "switch to branch main",
    "undo the tests",
    "create a file named parser that reads yaml and converts it", "what changed in the world of tennis", "commit this",
    "refactor the parser to use the new readme format", "run the tests\nthen push", "x" * 5000, "delete this",
]  # fmt: skip

SLIPS = {
    "run the test": RunTests(), "run the texts": RunTests(), "ran the tests": RunTests(), "which ranch": Branch(),
    "which branch are we one": Branch(), "show the last comets": Commits(), "count the line": CountLines(),
    "lift the files": Files(), "what change": Changes(), "what can you due": Help(),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "text"), [(request, text) for request, texts in CASES for text in texts])
def test_natural_variants_are_understood(request_: Request, text: str) -> None:
    assert understand(text, PROJECT) == request_


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_what_only_contains_a_request_is_not_one(text: str) -> None:
    assert understand(text, PROJECT) is None


@pytest.mark.parametrize(("text", "request_"), SLIPS.items())
def test_small_slips_of_the_recogniser_are_forgiven(text: str, request_: Request) -> None:
    assert understand(text, PROJECT) == request_


@pytest.mark.parametrize("phrase", PHRASES)
def test_each_phrase_of_the_grammar_is_understood(phrase: str) -> None:
    assert understand(phrase, PROJECT) is not None
    assert phrase.replace(" ", "").isalpha()
    assert phrase == phrase.lower()


def test_the_grammar_has_every_kind_of_request() -> None:
    every = {RunTests, Changes, Commits, LastCommit, Branch, Files, Readme, Find, CountLines, Create, Undo, Help}
    assert {type(understand(phrase, PROJECT)) for phrase in PHRASES} == every
    assert len(PHRASES) == len(set(PHRASES))


def test_the_grammar_has_only_words_that_the_dictionary_has() -> None:
    pocketsphinx = pytest.importorskip("pocketsphinx", reason="the recogniser is an extra")
    dictionary = Path(pocketsphinx.get_model_path()) / "en-us" / "cmudict-en-us.dict"
    known = {line.split(" ", 1)[0] for line in dictionary.read_text().splitlines()}
    assert {word for phrase in PHRASES for word in phrase.split()} - known == set()


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    understand(text, PROJECT)
    assert not isinstance(understand(f"do not {text}", PROJECT), RunTests | Undo | Create)
