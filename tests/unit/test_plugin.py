"""Installing the OpenCode plugin and taking it out again: nothing foreign is lost, nothing of ours stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from aidevops_voice.cli import main, plugging
from aidevops_voice.errors import PluginBlocked
from aidevops_voice.plugin import LISTED, OURS, Place, Scope, install, jsonc, npmrc, place, remove, trouble

ENTRY = "plugin/aidevops-voice.ts"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "config")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def contents(folder: Path) -> dict[str, bytes | None]:
    """Every file with its bytes and every folder."""
    found = sorted(folder.rglob("*"))
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in found}


def put(where: Place, environ: dict[str, str], autostart: bool = False) -> list[str]:
    return install(where, autostart=autostart, environ=environ).notes


@pytest.mark.parametrize("scope", ["project", "global"])
def test_installing_and_removing_leaves_no_trace(
    scope: Scope, tmp_path: Path, project: Path, environ: dict[str, str]
) -> None:
    before = contents(tmp_path)
    where = place(scope, project, environ)
    assert put(where, environ) == []
    assert (where.base / ENTRY).is_file()
    assert json.loads((where.base / "tui.json").read_text())["plugin"] == [LISTED]
    assert "fetch-retries=0" in (tmp_path / "config/opencode/.npmrc").read_text().splitlines()
    assert where.installed
    assert remove(where, environ).changed
    assert contents(tmp_path) == before


def test_both_ways_are_idempotent(tmp_path: Path, project: Path, environ: dict[str, str]) -> None:
    where = place("project", project, environ)
    assert not remove(where, environ).changed
    assert install(where, autostart=False, environ=environ).changed
    there = contents(tmp_path)
    assert not install(where, autostart=False, environ=environ).changed
    assert contents(tmp_path) == there
    assert remove(where, environ).changed
    assert not remove(where, environ).changed


def test_installing_again_renews_files_and_settings(tmp_path: Path, project: Path, environ: dict[str, str]) -> None:
    before = contents(tmp_path)
    where = place("project", project, environ)
    put(where, environ)
    (where.base / ENTRY).write_text("// of an older version\n")
    put(where, environ, autostart=True)
    assert "AidevopsVoice" in (where.base / ENTRY).read_text()
    settings = json.loads((where.folder / "settings.json").read_text())
    assert settings["autostart"] is True
    remove(where, environ)
    assert contents(tmp_path) == before


FOREIGN = [
    '{"plugin": ["./mine.js"], "theme": "dark"}',
    '{\n  // what I like\n  "theme": "dark", /* "plugin": [] */\n}\n',
    '{\n  "plugin": [\n    "a", // the first\n    ["b", {"x": 1}],\n  ],\n}\n',
    '{\n  "plugin": []\n}',
    '{"plugin": [ ]}',
    "{}",
    '{\r\n  "theme": "dark"\r\n}\r\n',
    '{"note": "\\"plugin\\": [] // no comment", "plugin": [/* none */]}',
]


@pytest.mark.parametrize("text", FOREIGN)
@pytest.mark.parametrize("name", ["tui.json", "tui.jsonc"])
def test_a_terminal_file_keeps_what_it_had(
    name: str, text: str, tmp_path: Path, project: Path, environ: dict[str, str]
) -> None:
    file = project / ".opencode" / name
    file.parent.mkdir()
    file.write_bytes(text.encode())
    before, had = contents(tmp_path), jsonc.read(text)
    where = place("project", project, environ)
    put(where, environ)
    has = jsonc.read(file.read_text())
    assert has == {**had, "plugin": [*had.get("plugin", []), LISTED]}
    assert put(where, environ) == []
    remove(where, environ)
    assert contents(tmp_path) == before


def test_what_the_user_added_meanwhile_stays(tmp_path: Path, project: Path, environ: dict[str, str]) -> None:
    where = place("project", project, environ)
    put(where, environ)
    terminal, own = where.base / "tui.json", where.folder / "notes.txt"
    terminal.write_text(terminal.read_text().replace(f'"{LISTED}"', f'"{LISTED}", "./mine.js"'))
    own.write_text("mine")
    notes = remove(where, environ).notes
    assert jsonc.read(terminal.read_text())["plugin"] == ["./mine.js"]
    assert own.read_text() == "mine"
    assert any("not of this program" in note for note in notes)


@pytest.mark.parametrize("text", ['{"plugin": "one"}', "[1]", '{"plugin": [', "", '"plugin"'])
def test_a_terminal_file_that_is_not_understood_stops_before_anything_is_written(
    text: str, tmp_path: Path, project: Path, environ: dict[str, str]
) -> None:
    (project / ".opencode").mkdir()
    (project / ".opencode/tui.json").write_text(text)
    before = contents(tmp_path)
    with pytest.raises(PluginBlocked) as caught:
        put(place("project", project, environ), environ)
    assert "by hand" in caught.value.cure
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["home/.npmrc", "config/opencode/.npmrc"])
def test_npm_settings_that_cannot_be_read_stop_before_anything_is_written(
    name: str, tmp_path: Path, project: Path, environ: dict[str, str]
) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(b"\xff")
    before = contents(tmp_path)
    with pytest.raises(PluginBlocked, match="cannot be read"):
        put(place("project", project, environ), environ)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("link", [".opencode", ".opencode/plugin", ".opencode/aidevops-voice", ".opencode/tui.json"])
def test_a_link_out_of_the_project_is_refused(
    link: str, tmp_path: Path, project: Path, environ: dict[str, str]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    path = project / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside)
    with pytest.raises(PluginBlocked, match="leads out"):
        put(place("project", project, environ), environ)
    assert list(outside.iterdir()) == []


def test_what_opencode_put_beside_it_goes_with_a_folder_that_was_made_for_it(
    tmp_path: Path, project: Path, environ: dict[str, str]
) -> None:
    before = contents(tmp_path)
    where = place("project", project, environ)
    put(where, environ)
    (where.base / ".gitignore").write_text("node_modules\npackage.json\npackage-lock.json\nbun.lock\n.gitignore")
    (where.base / "package.json").write_text('{"dependencies": {"@opencode-ai/plugin": "1.18.33"}}')
    (where.base / "node_modules/@opencode-ai/plugin").mkdir(parents=True)
    remove(where, environ)
    assert contents(tmp_path) == before


def test_packages_of_the_user_stay(project: Path, environ: dict[str, str]) -> None:
    where = place("project", project, environ)
    put(where, environ)
    package = where.base / "package.json"
    package.write_text('{"dependencies": {"@opencode-ai/plugin": "1.18.33", "left-pad": "1"}}')
    remove(where, environ)
    assert package.is_file()


def test_the_terminals_note_of_the_plugin_goes_too(tmp_path: Path, project: Path, environ: dict[str, str]) -> None:
    environ["XDG_STATE_HOME"] = str(tmp_path / "state")
    noted = tmp_path / "state/opencode/plugin-meta.json"
    noted.parent.mkdir(parents=True)
    where = place("project", project, environ)
    put(where, environ)
    mine = {OURS: {"spec": (where.folder / "tui.ts").as_uri()}}
    noted.write_text(json.dumps({**mine, "other": {"spec": "x"}}))
    remove(where, environ)
    assert json.loads(noted.read_text()) == {"other": {"spec": "x"}}


# --- npm's settings


@pytest.mark.parametrize("text", ["", "registry=https://npm.example.com/", "a=b\n# fetch-retries=9\n", "[x]\ny=1"])
def test_npm_settings_come_back_as_they_were(text: str, tmp_path: Path, project: Path, environ: dict[str, str]) -> None:
    file = tmp_path / "config/opencode/.npmrc"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    file.chmod(0o600)
    before = contents(tmp_path)
    where = place("project", project, environ)
    put(where, environ)
    assert npmrc.is_set(file.read_text())
    assert file.read_text().endswith(text)
    assert file.stat().st_mode & 0o777 == 0o600
    remove(where, environ)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("change", [("retries=0", "retries=3"), ("fetch-retries=0\n", ""), ("\n", "\r\n")])
def test_npm_settings_that_were_changed_by_hand_lose_our_lines_alone(
    change: tuple[str, str], tmp_path: Path, project: Path, environ: dict[str, str]
) -> None:
    file = tmp_path / "config/opencode/.npmrc"
    where = place("project", project, environ)
    put(where, environ)
    file.write_bytes((file.read_text() + "registry=https://npm.example.com/\n").replace(*change).encode())
    remove(where, environ)
    left = file.read_text().splitlines()
    assert left == ["fetch-retries=3"] * (change[1] == "retries=3") + ["registry=https://npm.example.com/"]


def test_the_name_of_a_folder_is_never_a_setting(tmp_path: Path, environ: dict[str, str]) -> None:
    before = contents(tmp_path)
    project = tmp_path / "shop\nregistry=https:"
    project.mkdir()
    where = place("project", project, environ)
    put(where, environ)
    assert put(where, environ) == []
    for file in (tmp_path / "config/opencode/.npmrc", where.base / ".npmrc"):
        assert [line for line in file.read_text().split("\n") if line and line[0] != "#"] == ["fetch-retries=0"]
    remove(where, environ)
    project.rmdir()
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["config/opencode/.npmrc", "home/.npmrc"])
def test_a_value_of_the_user_is_left_alone(name: str, tmp_path: Path, project: Path, environ: dict[str, str]) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.write_text("fetch-retries = 5\n")
    notes = put(place("project", project, environ), environ)
    assert any("left alone" in note for note in notes)
    assert file.read_text() == "fetch-retries = 5\n"
    assert not (tmp_path / "config/opencode/.npmrc").exists() or name.startswith("config")


def test_npm_settings_stay_while_another_project_needs_them(tmp_path: Path, environ: dict[str, str]) -> None:
    places = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        places.append(place("project", tmp_path / name, environ))
        put(places[-1], environ)
    file = tmp_path / "config/opencode/.npmrc"
    remove(places[0], environ)
    assert npmrc.is_set(file.read_text())
    assert str(places[0].base) not in file.read_text()
    remove(places[1], environ)
    assert not file.exists()


def test_npm_is_kept_quick_in_each_folder_in_which_opencode_has_it_at_work(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    """OpenCode's installer makes `~/.opencode`; a part of a repository has the folder of the whole above it."""
    folders = [tmp_path / name for name in ("home/.opencode", "whole/.opencode", "named")]
    for folder in folders:
        (folder / "bin").mkdir(parents=True)
    project = tmp_path / "whole/part"
    project.mkdir()
    environ["OPENCODE_CONFIG_DIR"] = str(folders[-1])
    before = contents(tmp_path)
    where = place("project", project, environ)
    assert put(where, environ) == []
    for folder in folders:
        assert npmrc.is_set((folder / ".npmrc").read_text())
    assert trouble(where, environ) == ""
    (folders[0] / ".npmrc").unlink()
    assert trouble(where, environ) == f"is held up by npm in {folders[0]} while there is no network"
    put(where, environ)
    assert trouble(where, environ) == ""
    remove(where, environ)
    assert contents(tmp_path) == before


# --- locks of OpenCode


def lock(environ: dict[str, str], name: str, pid: int, host: str = os.uname().nodename) -> Path:
    """As OpenCode makes one while npm works."""
    made = Path(environ["HOME"], ".local/state/opencode/locks", f"{name}.lock")
    made.mkdir(parents=True)
    (made / "heartbeat").touch()
    (made / "meta.json").write_text(json.dumps({"token": "t", "pid": pid, "hostname": host, "createdAt": "now"}))
    return made


def test_only_the_lock_of_one_that_has_ended_is_broken(project: Path, environ: dict[str, str]) -> None:
    with subprocess.Popen(["/bin/true"]) as ended:
        pass
    left = lock(environ, "left", ended.pid)
    other_machine = lock(environ, "far", ended.pid, "another-machine")
    being_broken = lock(environ, "broken", ended.pid)
    being_broken.with_name("broken.lock.breaker").mkdir()
    stale = lock(environ, "stale", os.getpid())
    os.utime(stale / "heartbeat", (1, 1))
    odd = lock(environ, "odd", -1)
    (odd / "meta.json").write_text('["no owner"]')
    where = place("project", project, environ)
    assert put(where, environ) == []
    assert not left.exists()
    assert sorted(path.name for path in left.parent.iterdir()) == sorted(
        path.name for path in (other_machine, being_broken, being_broken.with_name("broken.lock.breaker"), stale, odd)
    )
    living = lock(environ, "living", os.getpid())
    [note] = put(where, environ)
    assert f"process {os.getpid()}" in note
    assert (living / "meta.json").is_file()


# --- JSON with comments


_BLANKS = st.sampled_from(["", " ", "\n  ", "/* x */", '// ["y"],\n', "\t"])
_SCALARS = st.sampled_from(["1", '"a"', '"//"', '"/* \\" */"', "[]", '["z", {"plugin": [1]}]', "{}", "null"])


@st.composite
def _lists(draw: st.DrawFn) -> str:
    parts = [draw(_BLANKS) + each + draw(_BLANKS) for each in draw(st.lists(_SCALARS, max_size=3))]
    trailing: bool = draw(st.booleans())
    comma = "," if parts and trailing else ""
    return "[" + ",".join(parts) + comma + draw(_BLANKS) + "]"


@st.composite
def _objects(draw: st.DrawFn) -> str:
    members = [
        f'"k{number}":{draw(_BLANKS)}{draw(_SCALARS)}{draw(_BLANKS)}' for number in range(draw(st.integers(0, 3)))
    ]
    if draw(st.booleans()):
        members.insert(draw(st.integers(0, len(members))), f'"plugin"{draw(_BLANKS)}:{draw(_BLANKS)}{draw(_lists())}')
    trailing: bool = draw(st.booleans())
    comma = "," if members and trailing else ""
    return draw(_BLANKS) + "{" + draw(_BLANKS) + ",".join(members) + comma + draw(_BLANKS) + "}" + draw(_BLANKS)


@given(_objects())
def test_taking_out_undoes_adding_to_the_letter(text: str) -> None:
    before = jsonc.read(text)
    added = jsonc.add(text, "plugin", LISTED)
    assert jsonc.read(added) == {**before, "plugin": [*before.get("plugin", []), LISTED]}
    assert jsonc.add(added, "plugin", LISTED) == added
    assert jsonc.take(added, "plugin", LISTED) == text


# --- the command


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs `aidevops-voice … --json` in a home of its own; what it printed."""
    for name in ("HOME", "XDG_CONFIG_HOME", "AIDEVOPS_VOICE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    (tmp_path / "home").mkdir()
    (tmp_path / "project").mkdir()
    monkeypatch.chdir(tmp_path / "project")

    def run(*words: str, code: int = 0) -> Any:
        assert main([*words, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize("scope", [[], ["--global"], ["--project", "."]])
def test_the_command_installs_and_removes(scope: list[str], tmp_path: Path, house: Callable[..., Any]) -> None:
    before = contents(tmp_path)
    first = house("plugin", "install", *scope)
    assert (first["scope"], first["changed"]) == ("global" if "--global" in scope else "project", True)
    assert Path(first["path"], ENTRY).is_file()
    assert house("plugin", "install", *scope)["changed"] is False
    assert house("plugin", "remove", *scope) == first
    assert house("plugin", "remove", *scope)["changed"] is False
    assert contents(tmp_path) == before


@pytest.mark.parametrize("words", [["--project", "/nowhere"], ["--project", ".", "--global"], ["--nonsense"]])
def test_bad_use_of_the_command_is_two(words: list[str], house: Callable[..., Any]) -> None:
    assert set(house("plugin", "install", *words, code=2)) == {"code", "message", "cure"}


def test_a_blocked_file_is_named_with_its_cure(house: Callable[..., Any]) -> None:
    Path(".opencode").mkdir()
    Path(".opencode/tui.json").write_text("[]")
    error = house("plugin", "install", code=1)
    assert error["code"] == "setup.plugin"
    assert "tui.json" in error["message"]


def test_what_is_wrong_with_an_installation_is_found(tmp_path: Path, house: Callable[..., Any]) -> None:
    project = tmp_path / "project"
    assert [well for well, _, _ in plugging.look(project)] == [True]
    house("plugin", "install", "--autostart")
    [(well, found, cure)] = plugging.look(project)
    assert (well, cure) == (True, "")
    assert found.endswith("starts the voice with OpenCode")
    entry, settings = project / ".opencode" / ENTRY, project / ".opencode/aidevops-voice/settings.json"
    for path, text, complaint in (
        (settings, settings.read_text().replace(sys.executable, "/nowhere/python"), "program that is gone"),
        (project / ".opencode/tui.json", "{}", "not listed"),
        (project / ".opencode/tui.json", "[]", "cannot be changed safely"),
        (entry, "// older", "another version"),
    ):
        path.write_text(text)
        [(well, found, cure)] = plugging.look(project)
        assert (well, complaint in found) == (False, True)
        assert cure.endswith("--autostart" if text != "[]" else "by hand, then run this again.")
    (project / ".opencode/tui.json").unlink()
    house("plugin", "install", "--autostart")
    house("plugin", "install", "--global")
    assert [well for well, _, _ in plugging.look(project)] == [True, True, False]
