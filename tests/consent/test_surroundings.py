"""What only the project's own files tell of a request."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from aidevops_voice.consent import reading
from aidevops_voice.consent.appraisal import appraise
from aidevops_voice.consent.surroundings import counted
from aidevops_voice.ports import Ask


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose branch comes from origin, with one ignored, two untracked and two files in a folder."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    top = tmp_path / "shop"
    (top / "build").mkdir(parents=True)
    (top / "sub" / "build").mkdir(parents=True)
    for name in ("build/a.o", "build/b.txt", "sub/build/c.txt", "left.txt"):
        (top / name).write_text("x")
    (top / ".gitignore").write_text("*.o\n.gitignore\n")
    git = ["git", "-C", str(top)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "config", "branch.main.remote", "origin"], check=True)
    subprocess.run([*git, "config", "branch.main.merge", "refs/heads/main"], check=True)
    return top


def told(project: Path, command: str) -> str:
    """The first sentence."""
    ask = Ask("i", "s", "permission", "bash", command)
    return reading.asked(ask, None, counted(appraise(ask, str(project)), ask, str(project)))[0]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("git push", "push branch main to origin."),
        ("git push backup", "push branch main to backup."),
        ("cd {project} && git push", "push branch main to origin."),
        ("git add -A && git commit -m x && git push", "push branch main to origin."),
        ("git push -f", "force-push branch main to origin, and it overwrites what is on the remote."),
        ("git checkout old && git push", "push the current branch."),
        ("git -C sub push", "push the current branch."),
        ("rm -rf build", "delete the folder build, two files."),
        ("rm -rf {project}/build", "delete the folder build, two files."),
        ("cd sub && rm -rf build", "delete the folder build, one file."),
        ("git clean -fd", "clean up and delete what is not in git, three files."),
        ("git clean -f", "clean up and delete what is not in git, one file."),
        ("git clean -fdx", "clean up and delete what is not in git, ignored files too, five files."),
        ("git clean -fd sub", "clean up and delete what is not in git, one file."),
    ],
)
def test_counts_and_branches_are_told(project: Path, command: str, said: str) -> None:
    assert told(project, command.format(project=project)) == f"The agent wants to {said}"


@pytest.mark.parametrize(
    "setting", ["push.default", "remote.pushDefault", "branch.main.pushRemote", "include.path", "remote.origin.push"]
)
def test_no_branch_is_named_where_a_setting_may_push_another(project: Path, setting: str) -> None:
    subprocess.run(["git", "-C", str(project), "config", setting, "x"], check=True)
    assert told(project, "git push") == "The agent wants to push the current branch."


def test_a_branch_that_comes_from_another_one_names_no_remote(project: Path) -> None:
    subprocess.run(["git", "-C", str(project), "config", "branch.main.merge", "refs/heads/other"], check=True)
    assert told(project, "git push") == "The agent wants to push branch main."


def test_git_runs_nothing_of_the_project_while_it_counts(project: Path) -> None:
    hook = project / "hook.sh"
    hook.write_text(f"#!/bin/sh\ntouch {project}/ran\n")
    hook.chmod(0o755)
    subprocess.run(["git", "-C", str(project), "config", "core.fsmonitor", str(hook)], check=True)
    assert "four files" in told(project, "git clean -fd")
    assert not (project / "ran").exists()


@pytest.mark.parametrize(("permission", "said"), [("edit", "edit a dot py."), ("delete", "delete a dot py.")])
def test_a_project_in_the_temporary_folder_is_still_the_project(permission: str, said: str) -> None:
    ask = Ask("i", "s", "permission", permission, path="/tmp/shop/a.py")
    assert reading.asked(ask, None, appraise(ask, "/tmp/shop"))[0] == f"The agent wants to {said}"
    assert "temporary folder" in reading.asked(ask, None, appraise(ask, "/srv/other"))[0]
