"""Where the rehearsal agent writes and where it does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aidevops_voice_adapters.agent._rehearsal_files import Gone, Refused, check, create, new_path, remove


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "docs").mkdir(parents=True)
    (root / ".git" / "hooks").mkdir(parents=True)
    (root / "there.txt").write_text("mine")
    (tmp_path / "outside").mkdir()
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "link.txt").symlink_to(tmp_path / "outside" / "new.txt")
    return root


@pytest.mark.parametrize("name", ["notes.txt", "docs/notes.txt", "a b.txt", ".editorconfig", "ü", "..x", "docs//x"])
def test_a_new_file_is_written(project: Path, name: str) -> None:
    path = new_path(project, name)
    created = create(project, name, "hello\nyou")
    assert created.name == path
    assert (project / path).read_bytes() == created.content == b"hello\nyou\n"
    check(project, created)
    remove(project, created)
    assert not (project / path).exists()


@pytest.mark.parametrize(("name", "why"), [
    ("../x", "inside the project"), ("docs/../../x", "inside the project"), ("/tmp/x", "inside the project"),
    ("~/x", "inside the project"), ("there.txt", "there already"), ("docs", "there already"),
    ("link.txt", "there already"), ("out/x.txt", "leads elsewhere"), ("there.txt/x", "leads elsewhere"),
    ("missing/x.txt", "no folder missing"), (".git/hooks/pre-commit", "git's own"), ("docs/.GIT/x", "git's own"),
    ("", "not a name"), (".", "not a name"), ("a\nb", "not a name"), ("a\0b", "not a name"), ("a\\b", "not a name"),
    ("x" * 300, "not a name"), ("\udcff", "not a name"),
])  # fmt: skip
def test_other_names_are_refused(project: Path, name: str, why: str) -> None:
    before = sorted(map(str, project.parent.rglob("*")))
    with pytest.raises(Refused, match=why):
        new_path(project, name)
    with pytest.raises(Refused, match=why):
        create(project, name, "text")
    assert sorted(map(str, project.parent.rglob("*"))) == before
    assert (project / "there.txt").read_text() == "mine"


def test_an_empty_file_is_empty(project: Path) -> None:
    create(project, "empty", "")
    assert (project / "empty").read_bytes() == b""


@pytest.mark.parametrize("change", ["text", "longer", "replaced", "link", "folder"])
def test_a_changed_file_is_left_alone(project: Path, change: str) -> None:
    created, path = create(project, "notes", "hello"), project / "notes"
    if change in ("text", "longer"):
        path.write_text("Hello\n" if change == "text" else "hello\nyou\n")
    else:
        path.rename(project / "kept")
        if change == "replaced":
            path.write_text("hello\n")
        elif change == "link":
            path.symlink_to(project / "kept")
        else:
            path.mkdir()
    for attempt in (check, remove):
        with pytest.raises(Refused, match="left it as it is"):
            attempt(project, created)
    assert os.path.lexists(path)


def test_a_file_that_is_gone_is_said_to_be(project: Path) -> None:
    created = create(project, "notes", "hello")
    (project / "notes").unlink()
    with pytest.raises(Gone):
        remove(project, created)
