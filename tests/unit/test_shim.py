"""The shim as real files on real PATHs, beside scripts that stand where the framework's launcher would."""

from __future__ import annotations

import hashlib
import os
import pty
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aidevops_voice import shim
from aidevops_voice.errors import BadValue, NameTaken

LAUNCHER = """#!/bin/bash
# Stands for the framework's own: whoever runs it only to look would install the framework.
: >>"$RAN"
case "${1-}" in
  "cat") exec /bin/cat ;;
  "env") exec /usr/bin/env -0 ;;
  "tty") [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo "a terminal"; exit 0 ;;
  "sleep") trap 'kill "$!"; echo "ended by TERM"; exit 9' TERM; sleep 600 & echo "$$"; wait ;;
  "fail") exit 37 ;;
esac
printf 'real'; printf '<%s>' "$@"
"""
SYSTEM = [Path(prefix) / "bin/aidevops" for prefix in ("/usr/local", "/opt/homebrew", "/home/linuxbrew/.linuxbrew")]

pytestmark = pytest.mark.skipif(any(map(os.path.lexists, SYSTEM)), reason="the framework is installed on this machine")


@dataclass
class Machine:
    """A home, some folders on PATH, and a stand-in for our own program."""

    root: Path
    path: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def us(self) -> Path:
        return self.root / "our place" / "aidevops-voice"

    @property
    def environ(self) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": ":".join(self.path), "RAN": str(self.root / "ran")}

    @property
    def placed(self) -> str:
        """Where most tests install it."""
        return str(self.root / "bin" / "aidevops")

    @property
    def ran(self) -> bool:
        """Whether anybody ran the framework's launcher."""
        return (self.root / "ran").exists()

    def folder(self, name: str) -> Path:
        """One more folder, last on PATH."""
        made = self.root / name
        made.mkdir(parents=True)
        self.path.append(str(made))
        return made

    def install(self, folder: Path | None, *, force: bool = False) -> shim.Shim:
        return shim.install(folder, force=force, us=[str(self.us), "-x y"], environ=self.environ)

    def remove(self, folder: Path | None) -> list[Path]:
        return shim.remove(folder, self.environ)

    def found(self) -> shim.Found:
        return shim.found(self.environ)

    def run(self, *words: str, by: Sequence[str | Path] = (), **more: str) -> subprocess.CompletedProcess[str]:
        """Say `aidevops …` in a shell, or to one file."""
        environ = {**self.environ, **more}
        argv = [*by, *words] if by else ["/bin/sh", "-c", 'exec aidevops "$@"', "sh", *words]
        return subprocess.run(argv, env=environ, cwd=self.root, capture_output=True, text=True, timeout=30)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.home.mkdir()
    script(made.us, "#!/bin/bash\nprintf 'ours'; printf '<%s>' \"$@\"; exit 4\n")
    return made


def script(file: Path, text: str = LAUNCHER) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    file.chmod(0o755)
    return file


def digest(file: Path) -> tuple[str, int, int]:
    known = file.stat()
    return hashlib.sha256(file.read_bytes()).hexdigest(), known.st_mode, known.st_ino


def whats(one: shim.Shim) -> list[str]:
    return [trouble.what for trouble in one.troubles]


# --- what the file does -----------------------------------------------------------------------------------------


HOSTILE = ("start", "a b", "", "*", "$HOME", "`id`", "'\"", "line\nbreak", "-n", "voice", "ä\\n")


def test_voice_comes_to_us_with_every_argument(machine: Machine) -> None:
    machine.install(machine.folder("bin"))
    done = machine.run("voice", *HOSTILE)
    assert done.stdout == "ours<-x y>" + "".join(f"<{word}>" for word in HOSTILE)
    assert (done.returncode, done.stderr) == (4, "")


@pytest.mark.parametrize("order", ["shim first", "real first"])
def test_all_else_goes_to_the_real_one(machine: Machine, order: str) -> None:
    names = ("bin", "real bin") if order == "shim first" else ("real bin", "bin")
    folders = {name: machine.folder(name) for name in names}
    real = script(folders["real bin"] / "aidevops")
    before = digest(real)
    installed = machine.install(folders["bin"], force=True)
    assert not machine.ran
    for words in (HOSTILE, ("update", "voice"), ("voices",)):
        expected = "real" + "".join(f"<{word}>" for word in words)
        assert machine.run(*words).stdout == expected
        assert machine.run(*words, by=[installed.path]).stdout == expected
    assert machine.run("voice", "x", by=[installed.path]).stdout == "ours<-x y><x>"
    assert machine.run(by=[installed.path]).stdout == "real<>"
    machine.remove(folders["bin"])
    assert digest(real) == before


def test_code_and_input_are_kept(machine: Machine) -> None:
    machine.install(machine.folder("bin"))
    script(machine.folder("real") / "aidevops")
    assert machine.run("fail").returncode == 37
    content = bytes(range(256)) * 1000
    argv = [machine.placed, "cat"]
    piped = subprocess.run(argv, env=machine.environ, input=content, capture_output=True, timeout=30)
    assert (piped.stdout, piped.stderr) == (content, b"")


def test_a_terminal_is_kept(machine: Machine) -> None:
    machine.install(machine.folder("bin"))
    script(machine.folder("real") / "aidevops")
    ours, theirs = pty.openpty()
    argv = [machine.placed, "tty"]
    try:
        subprocess.run(argv, env=machine.environ, stdin=theirs, stdout=theirs, stderr=theirs, timeout=30, check=True)
        assert os.read(ours, 100) == b"a terminal\r\n"
    finally:
        os.close(ours)
        os.close(theirs)


def test_it_becomes_the_real_one_so_that_signals_reach_it(machine: Machine) -> None:
    machine.install(machine.folder("bin"))
    script(machine.folder("real") / "aidevops")
    environ = {**machine.environ, "PATH": f"{machine.environ['PATH']}:/usr/bin:/bin"}
    argv = [machine.placed, "sleep"]
    with subprocess.Popen(argv, env=environ, stdout=subprocess.PIPE, text=True, start_new_session=True) as running:
        try:
            assert running.stdout is not None
            assert int(running.stdout.readline()) == running.pid
            running.send_signal(signal.SIGTERM)
            assert running.stdout.read() == "ended by TERM\n"
            assert running.wait(timeout=30) == 9
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


def test_the_environment_is_kept(machine: Machine) -> None:
    machine.install(machine.folder("bin"))
    real = script(machine.folder("real") / "aidevops")
    # What a shell sets by itself.
    own = ("PWD=", "OLDPWD=", "SHLVL=", "_=")
    exported = {name: f"my {name}" for name in ("rest", "folder", "next", "line", "us", "IFS", "LC_ALL", "CDPATH")}
    seen = []
    for by in (str(real), machine.placed):
        told = machine.run("env", by=[by], **exported).stdout.split("\0")
        seen.append(sorted(line for line in told if not line.startswith(own)))
    assert seen[0] == seen[1]
    assert "rest=my rest" in seen[1]


@pytest.mark.parametrize("shell", ["dash", "bash", "ksh", "zsh", "busybox"])
def test_every_shell_reads_it_alike(machine: Machine, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        assert shell != "bash"
        return
    machine.install(machine.folder("bin"))
    by = [program, *(["sh"] if shell == "busybox" else []), machine.placed]
    assert machine.run("voice", "a b", by=by).stdout == "ours<-x y><a b>"
    assert machine.run("update", by=by).returncode == 127
    script(machine.folder("real *") / "aidevops")
    assert machine.run("update", "a b", by=by).stdout == "real<update><a b>"


def test_alone_it_says_how_to_get_the_framework(machine: Machine) -> None:
    machine.install(machine.folder("bin"))
    for words in ((), ("update",)):
        done = machine.run(*words)
        assert (done.returncode, done.stdout) == (127, "")
        assert "framework is not on PATH" in done.stderr
    bare = subprocess.run([machine.root / "bin" / "aidevops"], env={}, capture_output=True, cwd=machine.root / "bin")
    assert bare.returncode == 127


def test_it_never_calls_itself_under_another_name(machine: Machine) -> None:
    installed = machine.install(machine.folder("bin")).path
    text = installed.read_text("utf-8")
    # Known by its inode alone.
    script(installed, text.replace(shim.MARKER, "# my own remark", 1))
    (machine.folder("hard") / "aidevops").hardlink_to(installed)
    (machine.folder("soft") / "aidevops").symlink_to(installed)
    (machine.folder("chain") / "aidevops").symlink_to(machine.root / "soft" / "aidevops")
    (machine.root / "folder link").symlink_to(machine.root / "bin")
    machine.path += [str(machine.root / "folder link"), "bin", "./bin/../bin"]
    for by in ("bin", "hard", "soft", "chain", "folder link"):
        assert machine.run("update", by=[machine.root / by / "aidevops"]).returncode == 127
    assert machine.run("update").returncode == 127


def test_two_shims_do_not_call_each_other_for_ever(machine: Machine) -> None:
    for name in ("one", "two"):
        machine.install(machine.folder(name), force=True)
    for name in ("one", "two"):
        assert machine.run("update", by=[machine.root / name / "aidevops"]).returncode == 127
    script(machine.folder("real") / "aidevops")
    assert machine.run("update").stdout == "real<update>"


def test_only_what_a_shell_would_run_counts(machine: Machine) -> None:
    machine.install(machine.folder("bin"))
    (machine.folder("a folder") / "aidevops").mkdir()
    script(machine.folder("no right") / "aidevops").chmod(0o644)
    (machine.folder("dangling") / "aidevops").symlink_to("nowhere")
    machine.path.append("/nowhere/at/all")
    (machine.folder("program") / "aidevops").symlink_to("/bin/echo")
    done = machine.run("a", "b")
    assert (done.stdout, done.stderr) == ("a b\n", "")


def test_empty_entries_of_path_are_the_current_folder(machine: Machine) -> None:
    machine.install(machine.folder("bin"))
    machine.path.append("")
    assert machine.run("x").returncode == 127
    real = script(machine.root / "aidevops")
    assert machine.run("x").stdout == "real<x>"
    real.unlink()
    script(machine.folder("last") / "aidevops")
    assert machine.run("x").stdout == "real<x>"


def test_without_us_it_says_so(machine: Machine) -> None:
    installed = machine.install(machine.folder("bin")).path
    machine.us.unlink()
    done = machine.run("voice", "start")
    assert (done.returncode, done.stdout) == (127, "")
    assert f"{machine.us} is gone" in done.stderr
    assert str(installed) in done.stderr


@pytest.mark.parametrize("name", ["it's $(touch hit)", "two\nlines", '    exec "$@"', "quote ' \" `touch hit`"])
def test_any_place_of_ours_is_called_and_read_back(machine: Machine, name: str) -> None:
    us = script(machine.root / name / "aidevops-voice", machine.us.read_text("utf-8"))
    installed = shim.install(machine.folder("bin"), force=False, us=[str(us)], environ=machine.environ)
    assert installed.target == us
    assert machine.run("voice", "x").stdout == "ours<x>"
    us.unlink()
    assert f"{us} is gone" in machine.run("voice", "x").stderr
    assert not (machine.root / "hit").exists()


# --- install ----------------------------------------------------------------------------------------------------


def test_by_default_it_goes_where_people_keep_programs(machine: Machine) -> None:
    installed = machine.install(None)
    assert installed.path == machine.home / ".local" / "bin" / "aidevops"
    assert installed.target == machine.us
    assert whats(installed) == ["is not on PATH"]
    assert f'export PATH="$PATH":{installed.path.parent}' in installed.troubles[0].cure
    machine.path.append(str(installed.path.parent))
    assert machine.install(None).troubles == ()
    assert machine.remove(None) == [installed.path]
    assert machine.remove(None) == []


def test_everybody_may_run_it_whatever_the_umask(machine: Machine) -> None:
    old = os.umask(0o077)
    try:
        installed = machine.install(machine.folder("bin"))
    finally:
        os.umask(old)
    assert installed.path.stat().st_mode & 0o7777 == 0o755
    assert [file.name for file in installed.path.parent.iterdir()] == ["aidevops"]


def test_it_may_be_written_anew(machine: Machine) -> None:
    folder = machine.folder("bin")
    shim.install(folder, force=False, us=["/old/aidevops-voice"], environ=machine.environ)
    assert machine.install(folder).target == machine.us
    assert machine.install(folder) == machine.install(folder, force=True)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("kind", ["launcher", "mentions us", "empty", "link to ours", "dangling link", "folder"])
def test_what_is_not_ours_is_never_overwritten_nor_removed(machine: Machine, kind: str, force: bool) -> None:
    ours = machine.install(machine.folder("ours"), force=True).path
    place = machine.folder("bin") / "aidevops"
    match kind:
        case "launcher":
            script(place)
        case "mentions us":
            script(place, f"#!/bin/sh\n\n{shim.MARKER}\n")
        case "empty":
            place.touch()
        case "link to ours":
            place.symlink_to(ours)
        case "dangling link":
            place.symlink_to("nowhere")
        case "folder":
            place.mkdir()
    before = place.lstat()
    for attempt in (lambda: machine.install(place.parent, force=force), lambda: machine.remove(place.parent)):
        with pytest.raises(NameTaken, match="not a shim of ours"):
            attempt()
    after = place.lstat()
    assert (after.st_ino, after.st_mtime_ns, after.st_mode) == (before.st_ino, before.st_mtime_ns, before.st_mode)
    assert list(place.parent.iterdir()) == [place]
    assert not machine.ran


@pytest.mark.parametrize("first", ["bin", "real"])
def test_another_on_path_is_a_reason_to_refuse(machine: Machine, first: str) -> None:
    for name in (first, *{"bin", "real"} - {first}):
        machine.folder(name)
    real = script(machine.root / "real" / "aidevops")
    before = digest(real)
    with pytest.raises(NameTaken, match="already") as refused:
        machine.install(machine.root / "bin")
    assert str(real) in refused.value.message
    assert "shell-init" in refused.value.cure
    assert list((machine.root / "bin").iterdir()) == []
    assert machine.install(machine.root / "bin", force=True).troubles
    assert digest(real) == before
    assert not machine.ran


@pytest.mark.parametrize("dangling", [False, True])
@pytest.mark.parametrize(
    "place",
    [
        ".local/bin/aidevops",
        ".nvm/versions/node/v22.1.0/bin/aidevops",
        ".aidevops/agents/aidevops.sh",
        "Git/aidevops/aidevops.sh",
    ],
)
def test_a_framework_that_is_not_on_path_counts_too(machine: Machine, place: str, dangling: bool) -> None:
    real = script(machine.home / place)
    if dangling:
        real.unlink()
        real.symlink_to("nowhere")
    folder = machine.folder("bin")
    with pytest.raises(NameTaken) as refused:
        machine.install(folder)
    assert str(real) in refused.value.message
    (trouble,) = machine.install(folder, force=True).troubles
    assert str(real) in trouble.what
    assert trouble.grave


def test_a_second_shim_is_refused_and_the_cure_is_true(machine: Machine) -> None:
    one = machine.install(machine.folder("it's one")).path
    with pytest.raises(NameTaken) as refused:
        machine.install(machine.folder("two"))
    *_, folder = subprocess.run(
        ["/bin/bash", "-c", f"printf '%s\\n' {refused.value.cure.partition(': ')[2]}"],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    assert Path(folder) == one.parent
    assert machine.remove(Path(folder)) == [one]
    machine.install(machine.root / "two")


def test_a_folder_that_is_not_there_is_bad_use(machine: Machine) -> None:
    with pytest.raises(BadValue, match="No such file") as refused:
        machine.install(machine.root / "nowhere")
    assert (refused.value.exit_code, "--dir" in refused.value.cure) == (2, True)
    script(machine.root / "file")
    with pytest.raises(BadValue):
        machine.install(machine.root / "file")


def test_readers_see_the_old_or_the_new_file_whole(machine: Machine) -> None:
    folder, seen, done = machine.folder("bin"), set[bytes](), threading.Event()
    calls = [["/old/aidevops-voice"], ["/new/aidevops-voice"]]

    def write() -> None:
        for turn in range(300):
            shim.install(folder, force=False, us=calls[turn % 2], environ=machine.environ)
        done.set()

    whole = set[bytes]()
    for us in calls:
        shim.install(folder, force=False, us=us, environ=machine.environ)
        whole.add((folder / "aidevops").read_bytes())
    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        seen.add((folder / "aidevops").read_bytes())
    writer.join()
    assert seen == whole


def test_a_full_disk_leaves_the_old_file(machine: Machine) -> None:
    folder = machine.folder("bin")
    old = digest(machine.install(folder).path)
    code = "import sys; from aidevops_voice.cli import main; sys.exit(main())"
    argv = [sys.executable, "-P", "-c", code, "shim", "install", "--dir", str(folder)]
    # No file may grow, which fails as a full disk does.
    limited = ["/bin/bash", "-c", 'ulimit -f 0; exec "$@"', "bash", *argv]
    environ = {**machine.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(limited, env=environ, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "cannot be written" in done.stderr
    assert digest(folder / "aidevops") == old
    assert len(list(folder.iterdir())) == 1


# --- remove -----------------------------------------------------------------------------------------------------


def test_without_a_folder_every_shim_goes_and_nothing_else(machine: Machine) -> None:
    ours = [machine.install(machine.folder(name), force=True).path for name in ("one", "two")]
    ours.append(machine.install(None, force=True).path)
    real = script(machine.folder("real") / "aidevops")
    link = machine.folder("link") / "aidevops"
    link.symlink_to(ours[0])
    before = digest(real)
    assert machine.remove(None) == ours
    assert not any(file.exists() for file in ours)
    assert digest(real) == before
    assert link.is_symlink()
    assert not machine.ran


def test_what_the_framework_put_in_our_place_stays(machine: Machine) -> None:
    place = machine.install(None).path
    # As its updater does: a new file is moved over the old name.
    script(place.with_name("aidevops.tmp")).replace(place)
    before = digest(place)
    assert machine.remove(None) == []
    with pytest.raises(NameTaken):
        machine.remove(place.parent)
    with pytest.raises(NameTaken):
        machine.install(None, force=True)
    assert digest(place) == before


def test_removing_by_folder_is_idempotent(machine: Machine) -> None:
    folder = machine.folder("bin")
    path = machine.install(folder).path
    assert machine.remove(folder) == [path]
    assert machine.remove(folder) == []
    assert list(folder.iterdir()) == []


# --- look -------------------------------------------------------------------------------------------------------


def test_nothing_is_found_where_nothing_is(machine: Machine) -> None:
    machine.folder("bin")
    assert machine.found() == shim.Found((), ())


def test_a_shim_alone_is_well(machine: Machine) -> None:
    path = machine.install(machine.folder("bin")).path
    assert machine.found() == shim.Found((shim.Shim(path, machine.us, ()),), ())


def test_a_foreign_one_is_told_without_running_it(machine: Machine) -> None:
    real = script(machine.folder("real") / "aidevops")
    deployed = script(machine.home / ".aidevops/agents/aidevops.sh")
    assert machine.found() == shim.Found((), (real, deployed))
    assert not machine.ran


def gate(machine: Machine, launcher: Path) -> bool:
    """The framework's own check after an update: the first on PATH is its launcher, byte for byte."""
    command = ["/bin/sh", "-c", "command -v aidevops"]
    first = subprocess.run(command, env=machine.environ, capture_output=True, text=True, check=True).stdout.strip()
    return Path(first).read_bytes() == launcher.read_bytes()


@pytest.mark.parametrize("order", [("bin", "real"), ("real", "bin")])
def test_a_shim_is_grave_exactly_where_the_frameworks_updates_would_fail(
    machine: Machine, order: tuple[str, str]
) -> None:
    folders = {name: machine.folder(name) for name in order}
    machine.install(folders["bin"])
    # The real one arrives later.
    real = script(folders["real"] / "aidevops")
    (ours,) = machine.found().shims
    (trouble,) = ours.troubles
    assert str(real) in trouble.what
    assert trouble.grave is not gate(machine, real)
    assert "shim remove" in trouble.cure
    machine.remove(None)
    assert gate(machine, real)


def test_a_shim_whose_program_is_gone_is_told(machine: Machine) -> None:
    path = machine.install(machine.folder("bin")).path
    machine.us.unlink()
    (trouble,) = machine.found().shims[0].troubles
    assert (trouble.what, trouble.grave) == (f"calls {machine.us}, which is gone", True)
    assert str(path.parent) in trouble.cure


@pytest.mark.parametrize("line", ['    exec "unclosed "$@"', "    true", '    exec  "$@"'])
def test_a_shim_that_somebody_changed_is_still_ours(machine: Machine, line: str) -> None:
    path = machine.install(machine.folder("bin")).path
    text = path.read_text("utf-8")
    script(path, "\n".join(line if "exec '" in old else old for old in text.split("\n")))
    assert path.read_text("utf-8") != text
    (ours,) = machine.found().shims
    assert "gone" in whats(ours)[0]
    assert machine.remove(None) == [path]


def test_links_and_repeated_folders_are_seen_through(machine: Machine) -> None:
    path = machine.install(machine.folder("bin")).path
    (machine.root / "alias").symlink_to(path.parent)
    machine.path = [str(machine.root / "alias"), str(path.parent), str(machine.root / "alias")]
    assert [one.troubles for one in machine.found().shims] == [()]
    assert machine.install(path.parent).troubles == ()
    other = machine.folder("later")
    machine.path.insert(0, str(other))
    real = script(other / "aidevops")
    machine.path.append(str(other))
    assert whats(machine.found().shims[0]) == [f"is never reached: {real} comes first"]


def test_what_cannot_be_read_is_not_ours(machine: Machine) -> None:
    place = machine.folder("bin") / "aidevops"
    place.write_bytes(b"\x7fELF\xff\xfe\n" + bytes(100_000))
    place.chmod(0o755)
    assert machine.found().foreign == (place,)
    (machine.root / "circle").symlink_to(machine.root / "circle")
    machine.path += [str(Path("/proc", "1", "cwd", "none")), "\udcff", str(machine.root / "circle"), "x" * 5000]
    assert machine.found().foreign == (place,)
