"""What the rehearsal agent tells of real projects."""

from __future__ import annotations

from pathlib import Path

import pytest
from unit.rehearsal_talk import commit, finished, git, golden, make_project, said, talk_in

from aidevops_voice.ports import (
    Ask,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


async def test_what_changed(project: Path) -> None:
    async with talk_in(project) as talk:
        assert await talk.answer_to("what changed") == "Nothing changed since the last commit."
        (project / "ü b.py").touch()
        assert await talk.answer_to("what changed") == "One new file: ü b.py."
        (project / "a.py").write_text("def parse_line():\n    return 1\n")
        (project / "README.md").write_text("# Billing\n")
        (project / "test_a.py").unlink()
        assert await talk.answer_to("what changed") == (
            "Two files changed: README.md and a.py; One file deleted: test_a.py; One new file: ü b.py. "
            "1 line added, 12 removed."
        )


async def test_commits(project: Path) -> None:
    async with talk_in(project) as talk:
        answer = await talk.answer_to("show the last commits")
        assert answer.startswith("The last commit: Add the parser, ")
        (project / "a.py").write_text("1\n")
        commit(project, "Shorten it")
        answer = await talk.answer_to("show the last two commits")
        assert answer.startswith("The last 2 commits: Shorten it, ")
        assert "; Add the parser, " in answer
        answer = await talk.answer_to("what was the last commit")
        assert answer.startswith("The last commit is Shorten it, by Ann, ")
        assert answer.endswith(" It changed 1 file. 1 line added, 4 removed.")


async def test_reading_the_project(project: Path) -> None:
    (project / "docs").mkdir()
    async with talk_in(project) as talk:
        assert await talk.answer_to("list the files") == (
            "There are 3 files: README.md, a.py and test_a.py; and 1 folder: docs."
        )
        assert await talk.answer_to("read the readme") == "README.md says: Billing. Writes invoices for us."
        assert await talk.answer_to("count the lines") == "14 lines in 3 text files."
        assert await talk.answer_to("find parse line") == "One match, in a.py, line 1: def parse_line():"
        found = "2 files. The first is in a.py, line 1: def parse_line():"
        assert await talk.answer_to("find def") == f"Three matches in {found}"
        assert await talk.answer_to("find to do") == "One match, in a.py, line 4: # TODO: more"
        assert await talk.answer_to("find -rf nothing") == "I found -rf nothing nowhere."
        assert not any(isinstance(event, Ask) for event in talk.heard)


async def test_a_folder_without_git(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "b.txt").write_text("two\n")
    async with talk_in(tmp_path) as talk:
        for text in ("what changed", "which branch", "show the last commits", "what was the last commit"):
            assert await talk.answer_to(text) == "This folder is not a git repository."
        assert await talk.answer_to("find two") == "One match, in a.txt, line 2: two"
        assert await talk.answer_to("count the lines") == "2 lines in 1 text file."
        assert await talk.answer_to("read the readme") == "There is no readme here."
        assert (await talk.answer_to("run the tests")).startswith("I found no tests here")


async def test_a_repository_without_commits(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    async with talk_in(tmp_path) as talk:
        assert await talk.answer_to("which branch") == "You are on branch main."
        assert await talk.answer_to("show the last commits") == "There are no commits yet."
        assert await talk.answer_to("what was the last commit") == "There are no commits yet."
        assert await talk.answer_to("what changed") == "Nothing changed since the last commit."
        assert await talk.answer_to("count the lines") == "0 lines in 0 text files."
        assert await talk.answer_to("list the files") == "The folder is empty."


async def test_no_git_on_this_machine(project: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    async with talk_in(project, path=str(tmp_path / "bin")) as talk:
        events = await talk.ask("which branch")
        assert said(events) == "git is not installed here."
        assert not finished(events).ok


async def test_a_readme_that_leads_out_is_not_read(project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret")
    (project / "README.md").unlink()
    (project / "README.md").symlink_to(tmp_path / "secret")
    async with talk_in(project) as talk:
        assert await talk.answer_to("read the readme") == "There is no readme here."


async def test_the_rest_needs_a_model_and_help_says_what_does_not(project: Path) -> None:
    async with talk_in(project) as talk:
        assert await golden(talk, "refactor the parser") == [
            ("turn", "msg_1", "refactor the parser", True),
            ("text", said(talk.heard)),
            ("said", said(talk.heard)),
            ("ended", ("msg_1",), "done"),
        ]
        assert said(talk.heard).startswith("I can't do that without a model. Set a key or start OpenCode")
        assert (await talk.answer_to("help")).startswith("I can run the tests, say what changed")
