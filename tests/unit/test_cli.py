"""The command line as a process: light, clear about bad use, the same errors as JSON."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aidevops_voice import paths

COMMAND = [sys.executable, "-P", "-m", "aidevops_voice"]


def run(home: Path, *words: str, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[str]:
    """One command in a home of its own."""
    environment = {**os.environ, "HOME": str(home), "AIDEVOPS_VOICE_HOME": str(home / "state"), **variables}
    done = subprocess.run([*COMMAND, *words], env=environment, input=stdin, capture_output=True, timeout=60)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, aidevops_voice.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pipecat", "fastapi", "starlette", "pydantic", "uvicorn", "yaml", "numpy", "httpx", "asyncio", "aiortc"}
    assert heavy.isdisjoint(done.stdout.split())


@pytest.mark.parametrize("words", [(), ("nothing",), ("start", "--port", "x"), ("ask",), ("start", "--nonsense")])
def test_bad_use_is_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(tmp_path, *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "--help" in done.stderr


def test_bad_use_as_json(tmp_path: Path) -> None:
    done = run(tmp_path, "start", "--port", "70000", "--json")
    assert done.returncode == 2
    assert set(json.loads(done.stdout)) == {"code", "message", "cure"}
    assert "70000" in json.loads(done.stdout)["message"]


@pytest.mark.parametrize(
    "words", [("status",), ("ask", "hello"), ("hush",), ("stop-agent",), ("open",), ("answer", "x", "deny")]
)
def test_not_running_is_three(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(tmp_path, *words, "--json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["code"] == "daemon.not_running"
    assert run(tmp_path, *words).returncode == 3


def test_stop_is_idempotent(tmp_path: Path) -> None:
    for _ in range(2):
        done = run(tmp_path, "stop", "--json")
        assert (done.returncode, json.loads(done.stdout)) == (0, {"stopped": False})


def test_a_leading_voice_is_accepted(tmp_path: Path) -> None:
    assert run(tmp_path, "voice", "stop", "--json").returncode == 0
    assert "voice" in run(tmp_path, "voice", "start", "--help").stdout


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--project", "/nowhere/at/all"), "config.project"),
        (("--profile", "embeded"), "config.unknown"),
        (("--agent", "clippy"), "config.unknown"),
        (("--host", "0.0.0.0"), "config.bind"),
        (("--config", "/nowhere.yaml"), "config.value"),
        (("--opencode", "not a url"), "config.value"),
    ],
)
def test_bad_configuration_is_two_and_leaves_nothing_running(tmp_path: Path, flags: tuple[str, ...], code: str) -> None:
    done = run(tmp_path, "start", "--project", str(tmp_path), "--no-open", "--json", *flags)
    assert done.returncode == 2, done.stderr
    assert json.loads(done.stdout)["code"] == code
    assert run(tmp_path, "status").returncode == 3


def test_narrate_reads_a_file_or_stdin(tmp_path: Path) -> None:
    text = b"All **42** tests pass.\n\n```\nnoise\n```\n\xff"
    (tmp_path / "answer.md").write_bytes(text)
    piped = json.loads(run(tmp_path, "narrate", "--json", stdin=text).stdout)
    assert set(piped) == {"spoken", "outcome", "facts"}
    assert "noise" not in " ".join(piped["spoken"])
    assert json.loads(run(tmp_path, "narrate", str(tmp_path / "answer.md"), "--json").stdout) == piped
    missing = run(tmp_path, "narrate", str(tmp_path / "none.md"), "--json")
    assert (missing.returncode, json.loads(missing.stdout)["code"]) == (2, "request.invalid")


def test_hear_explains(tmp_path: Path) -> None:
    understood = json.loads(run(tmp_path, "hear", "stop", "the", "agent", "--json").stdout)
    assert (understood["kind"], understood["command"]) == ("command", "stop_agent")
    (tmp_path / "pending.json").write_text("[]", "utf-8")
    assert run(tmp_path, "hear", "no", "--pending", str(tmp_path / "pending.json")).returncode == 2


def test_profiles_say_what_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "profiles", "--json", "--project", str(tmp_path))
    assert done.returncode == 0, done.stderr
    found = {profile["name"]: profile for profile in json.loads(done.stdout)}
    assert set(found["cloud"]) >= {"name", "ready", "why", "missing", "stages"}
    assert {"SONIOX_API_KEY", "CARTESIA_API_KEY"} <= {
        word for lack in found["cloud"]["missing"] for word in lack["what"].split()
    }


def test_doctor_names_no_secret(tmp_path: Path) -> None:
    folder = tmp_path / ".config" / "aidevops"
    folder.mkdir(parents=True)
    (folder / "credentials.sh").write_text('export SONIOX_API_KEY="hunter2hunter2"\n', "utf-8")
    (folder / "credentials.sh").chmod(0o600)
    done = run(tmp_path, "doctor", "--project", str(tmp_path), "--json")
    assert "hunter2" not in done.stdout + done.stderr
    checks = {(check["what"], check["found"]) for check in json.loads(done.stdout)}
    assert any(what == "key" and found.startswith("SONIOX_API_KEY from") for what, found in checks)


def test_logs_without_a_log(tmp_path: Path) -> None:
    assert run(tmp_path, "logs").returncode == 3


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_function(tmp_path: Path, shell: str) -> None:
    text = run(tmp_path, "shell-init", shell).stdout
    assert "aidevops" in text
    program = shutil.which(shell)
    if program is None:
        assert shell != "bash"
        return
    real = tmp_path / "bin" / "aidevops"
    real.parent.mkdir()
    real.write_text('#!/bin/sh\necho "real:$*"\n', "utf-8")
    real.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{real.parent}:{os.environ['PATH']}",
        "AIDEVOPS_VOICE_HOME": str(tmp_path / "state"),
    }
    script = f"{text}\naidevops update 'a b'\naidevops voice stop\n"
    done = subprocess.run([program, "-c", script], env=environment, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == ["real:update a b", "Nothing is running."], done.stderr


def test_shim_as_a_file_for_scripts(tmp_path: Path) -> None:
    folder, other = tmp_path / "a bin", tmp_path / "other"
    path = f"{folder}:{other}"
    folder.mkdir()
    # --force: the framework may be on the machine that runs this.
    words = ("shim", "install", "--dir", str(folder), "--force")
    made = json.loads(run(tmp_path, *words, "--json", PATH=path).stdout)
    assert (made["path"], made["target"]) == (str(folder / "aidevops"), sys.executable)
    assert all(set(trouble) == {"what", "cure"} for trouble in made["troubles"])
    by_name = run(tmp_path, *words, PATH="/nowhere")
    assert (by_name.returncode, by_name.stdout) == (0, f"Installed: {folder / 'aidevops'}\n")
    assert "It is not on PATH." in by_name.stderr
    assert 'export PATH="$PATH":' in by_name.stderr
    environment = {**os.environ, "PATH": path, "AIDEVOPS_VOICE_HOME": str(tmp_path / "state")}
    argv = [str(folder / "aidevops"), "voice", "stop", "--json"]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"stopped": False})
    removing = ("shim", "remove", "--dir", str(folder))
    assert json.loads(run(tmp_path, *removing, "--json").stdout) == {"removed": [str(folder / "aidevops")]}
    assert json.loads(run(tmp_path, *removing, "--json").stdout) == {"removed": []}
    assert run(tmp_path, *removing).stdout == "There is no shim.\n"


def test_shim_refuses_with_a_code(tmp_path: Path) -> None:
    real = tmp_path / "bin" / "aidevops"
    real.parent.mkdir()
    real.write_text("#!/bin/sh\n", "utf-8")
    for asked in (("install",), ("install", "--force"), ("remove",)):
        done = run(tmp_path, "shim", *asked, "--dir", str(real.parent), "--json")
        assert (done.returncode, json.loads(done.stdout)["code"]) == (1, "setup.name")
    assert real.read_text("utf-8") == "#!/bin/sh\n"
    done = run(tmp_path, "shim", "install", "--force", "--dir", str(tmp_path / "none"), "--json")
    assert (done.returncode, json.loads(done.stdout)["code"]) == (2, "config.value")
    for wrong in ((), ("instal",), ("remove", "--force"), ("install", "--dir")):
        assert run(tmp_path, "shim", *wrong).returncode == 2


@pytest.mark.parametrize("first", ["shim", "framework"])
def test_doctor_finds_a_shim_that_shadows_the_real_one_and_its_cure_ends_that(tmp_path: Path, first: str) -> None:
    bin_, real = tmp_path / ".local/bin", tmp_path / "real" / "aidevops"
    real.parent.mkdir()
    folders = [bin_, real.parent] if first == "shim" else [real.parent, bin_]
    path = ":".join(map(str, folders))

    def look() -> list[dict[str, str]]:
        done = run(tmp_path, "doctor", "--project", str(tmp_path), "--json", PATH=path)
        found = [check for check in json.loads(done.stdout) if check["what"] in ("shim", "aidevops")]
        assert done.returncode == 1 or all(check["mark"] != "missing" for check in found)
        return found

    # --force: the framework may be on the machine that runs this.
    assert run(tmp_path, "shim", "install", "--force", PATH=path).returncode == 0
    real.write_text(f"#!/bin/sh\n: >'{tmp_path}/ran'\n", "utf-8")
    real.chmod(0o755)
    before = real.read_bytes(), real.stat()
    [check] = look()
    assert (check["what"], check["mark"]) == ("shim", "missing" if first == "shim" else "note")
    assert str(real) in check["found"]
    told = run(tmp_path, "doctor", "--project", str(tmp_path), PATH=path).stdout
    assert check["found"] in told
    words = shlex.split(check["cure"].removeprefix("Run: aidevops-voice ").partition(";")[0])
    assert run(tmp_path, *words, PATH=path).stdout == f"Removed: {bin_ / 'aidevops'}\n"
    assert [(check["what"], check["mark"]) for check in look()] == [("aidevops", "ok")]
    assert (real.read_bytes(), real.stat()) == before
    assert not (tmp_path / "ran").exists(), "nobody runs the framework only to look"


def test_the_unforeseen_leaves_as_an_error_like_every_other(tmp_path: Path) -> None:
    paths.lock_file(tmp_path / "state").mkdir(parents=True)
    done = run(tmp_path, "status", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert (set(told), told["code"]) == ({"code", "message", "cure"}, "internal")
    assert "IsADirectoryError" in told["message"]
    done = run(tmp_path, "status")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "IsADirectoryError" in done.stderr
