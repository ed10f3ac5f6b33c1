"""State lies in a folder that only its owner can enter."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from aidevops_voice import paths
from aidevops_voice.errors import UnsafeSecret


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"AIDEVOPS_VOICE_HOME": "{tmp}/own", "XDG_STATE_HOME": "{tmp}/xdg"}, "own"),
        ({"XDG_STATE_HOME": "{tmp}/xdg", "HOME": "{tmp}/home"}, "xdg/aidevops-voice"),
        ({"HOME": "{tmp}/home"}, "home/.local/state/aidevops-voice"),
        ({"HOME": "{tmp}/home", "AIDEVOPS_VOICE_HOME": "", "XDG_STATE_HOME": ""}, "home/.local/state/aidevops-voice"),
        ({"HOME": "{tmp}/home", "XDG_STATE_HOME": "relative"}, "home/.local/state/aidevops-voice"),
    ],
)
def test_the_state_folder_is_found_and_made_private(tmp_path: Path, environ: dict[str, str], expected: str) -> None:
    environ = {name: value.format(tmp=tmp_path) for name, value in environ.items()}
    old = os.umask(0)
    try:
        folder = paths.state_dir(environ)
    finally:
        os.umask(old)
    assert folder == tmp_path / expected
    assert mode(folder) == 0o700
    assert paths.state_dir(environ) == folder


def test_an_own_folder_that_others_may_enter_is_tightened(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o755)
    paths.state_dir({"AIDEVOPS_VOICE_HOME": str(folder)})
    assert mode(folder) == 0o700


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o755)
    (tmp_path / "state").symlink_to(tmp_path / "real")
    with pytest.raises(UnsafeSecret, match="is a link") as caught:
        paths.state_dir({"AIDEVOPS_VOICE_HOME": str(tmp_path / "state")})
    assert "AIDEVOPS_VOICE_HOME" in caught.value.cure
    assert mode(tmp_path / "real") == 0o755


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(UnsafeSecret, match="is not a folder"):
        paths.state_dir({"AIDEVOPS_VOICE_HOME": str(tmp_path / "state")})


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnsafeSecret, match="cannot be used"):
        paths.state_dir({"AIDEVOPS_VOICE_HOME": str(tmp_path / "file" / "state")})


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder away")
def test_another_users_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    os.chown(folder, 12345, -1)
    with pytest.raises(UnsafeSecret, match="belongs to another user"):
        paths.state_dir({"AIDEVOPS_VOICE_HOME": str(folder)})


def test_every_file_lies_in_the_state_folder(tmp_path: Path) -> None:
    files = [paths.daemon_file, paths.log_file, paths.journal_dir, paths.logins_file, paths.lock_file]
    places = {file(tmp_path) for file in files}
    assert len(places) == len(files)
    assert {place.parent for place in places} == {tmp_path}


def test_the_users_configuration_stands_beside_that_of_the_framework() -> None:
    assert paths.user_config({"HOME": "/home/ann"}) == Path("/home/ann/.config/aidevops/voice.yaml")


def test_a_private_file_is_private_and_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "daemon.json"
    paths.write_private(file, "öne")
    file.chmod(0o644)
    paths.write_private(file, "two")
    assert file.read_text("utf-8") == "two"
    assert mode(file) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "daemon.json"
    paths.write_private(file, "old")
    with pytest.raises(UnicodeEncodeError):
        paths.write_private(file, "\ud800")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("untouched")
    (tmp_path / "daemon.json").symlink_to(tmp_path / "victim")
    paths.write_private(tmp_path / "daemon.json", "new")
    assert (tmp_path / "victim").read_text() == "untouched"
    assert not (tmp_path / "daemon.json").is_symlink()


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    file = tmp_path / "daemon.json"
    texts = [letter * 100_000 for letter in "abc"]
    paths.write_private(file, texts[0])
    done = threading.Event()

    def write() -> None:
        for round_ in range(60):
            paths.write_private(file, texts[round_ % 3])
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = [file.read_text()]
    while not done.is_set():
        seen.append(file.read_text())
    writer.join()
    assert set(seen) <= set(texts)


def test_prompts_come_without_their_front_matter(tmp_path: Path) -> None:
    installed = tmp_path / "aidevops_voice"
    (installed / "_assets" / "prompts").mkdir(parents=True)
    for name in ("__init__", "paths", "errors"):
        (installed / f"{name}.py").write_text((Path(paths.__file__).parent / f"{name}.py").read_text())
    prompts = installed / "_assets" / "prompts"
    (prompts / "voice.md").write_text("---\nname: voice\n---\n\nSay it.\n\n---\nStill here.\n")
    (prompts / "plain.md").write_text("No front matter.\n")
    (prompts / "open.md").write_text("---\nnever closed\n")
    (prompts / "notes.txt").write_text("not a prompt")
    script = "from aidevops_voice import paths; print([paths.prompts(), paths.assets().name, paths.static().name])"
    result = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    texts = {"open": "---\nnever closed", "plain": "No front matter.", "voice": "Say it.\n\n---\nStill here."}
    assert result.stdout.strip() == repr([texts, "_assets", "static"])


def test_in_a_checkout_the_assets_are_at_the_top() -> None:
    assert (paths.assets() / "aidevops.yaml").is_file()
    assert paths.shipped_config().name == "aidevops.yaml"


def test_it_needs_nothing_but_the_standard_library() -> None:
    script = "import sys; from aidevops_voice import paths; print({'pydantic', 'yaml', 'pipecat'} & set(sys.modules))"
    environ = {"PYTHONPATH": str(Path(paths.__file__).parents[1])}
    result = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
