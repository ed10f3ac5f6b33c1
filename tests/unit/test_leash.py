"""Real trees of processes, and what is left of them."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import pytest

from aidevops_voice_adapters._leash import Leash

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc and a child subreaper")
ENV = {"PATH": os.environ["PATH"]}

STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print(os.getpid(), flush=True)
        time.sleep(600)
    os._exit(0)
print(os.getpid(), flush=True)
time.sleep(600)
"""
"""Ignores TERM, and has an orphan that does so too, in a session of its own; prints both pids."""

OWNER = """
import asyncio, os, pathlib, sys
from aidevops_voice_adapters._leash import Leash

async def main():
    leash = await Leash.start(sys.argv[1:], cwd=pathlib.Path.cwd(), env=dict(os.environ))
    while line := await leash.stdout.readline():
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()

asyncio.run(main())
"""


def lives(pid: int) -> bool:
    """A zombie counts as gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def shown(pid: int, what: str) -> bytes:
    return Path(f"/proc/{pid}/{what}").read_bytes()


def plainly(argv: list[str]) -> bytes:
    """Output of the same program without a leash."""
    return subprocess.run(argv, stdin=DEVNULL, capture_output=True, check=False).stdout


def supervisor_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


async def gone(pids: list[int]) -> None:
    """Wait until none lives."""
    async with asyncio.timeout(15):
        while any(lives(pid) for pid in pids):  # noqa: ASYNC110 - foreign processes send no event
            await asyncio.sleep(0.02)


async def read_pids(stream: asyncio.StreamReader | None, count: int) -> list[int]:
    """The first lines of output, one pid each."""
    assert stream is not None
    async with asyncio.timeout(15):
        return [int(await stream.readline()) for _ in range(count)]


async def output_of(leash: Leash) -> bytes:
    assert leash.stdout is not None
    async with asyncio.timeout(15):
        return await leash.stdout.read()


@pytest.mark.parametrize(("command", "code"), [("exit 0", 0), ("exit 3", 3), ("kill -9 $$", -9), ("kill -15 $$", -15)])
async def test_the_exit_code_is_passed_on(tmp_path: Path, command: str, code: int) -> None:
    leash = await Leash.start(["/bin/sh", "-c", command], cwd=tmp_path, env=ENV, stdout=DEVNULL)
    assert leash.stdout is None
    assert await leash.wait() == code
    assert await leash.wait() == code


async def test_the_program_gets_its_arguments_environment_and_folder_and_no_input(tmp_path: Path) -> None:
    code = "import os, sys; print(sys.argv[1:], dict(os.environ), os.getcwd(), sys.stdin.read() == '')"
    env = {"PATH": "/nowhere", "EMPTY": "", "EQUALS": "a=b", "LINES": "1\n2", "WORD": "ü"}
    argv = [sys.executable, "-c", code, "", "two words", "ä\n"]
    leash = await Leash.start(argv, cwd=tmp_path, env={**env, "LC_ALL": "C.UTF-8"})
    printed = (await output_of(leash)).decode()
    assert printed == f"{argv[3:]} { {**env, 'LC_ALL': 'C.UTF-8'} } {tmp_path} True\n"
    assert await leash.wait() == 0


async def test_the_environment_is_exactly_what_was_given(tmp_path: Path) -> None:
    leash = await Leash.start(["/usr/bin/env"], cwd=tmp_path, env={"ONLY": "this"})
    assert await output_of(leash) == b"ONLY=this\n"
    await leash.stop()


async def test_a_long_request_arrives_whole(tmp_path: Path) -> None:
    words = [str(number) * 100 for number in range(4000)]
    code = "import sys; print(len(sys.argv) - 1, sum(map(len, sys.argv[1:])))"
    leash = await Leash.start([sys.executable, "-c", code, *words], cwd=tmp_path, env=ENV)
    assert (await output_of(leash)).split() == [b"4000", str(sum(map(len, words))).encode()]
    await leash.stop()


@pytest.mark.parametrize(("merge", "expected"), [(True, b"out\nerr\n"), (False, b"out\n")])
async def test_errors_are_merged_or_dropped(tmp_path: Path, merge: bool, expected: bytes) -> None:
    argv = ["/bin/sh", "-c", "echo out; echo err >&2"]
    leash = await Leash.start(argv, cwd=tmp_path, env=ENV, stdout=PIPE, merge_stderr=merge)
    assert await output_of(leash) == expected
    await leash.stop()


async def test_what_cannot_run_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program")
    with pytest.raises(FileNotFoundError):
        await Leash.start(["no-such-program-here"], cwd=tmp_path, env=ENV)
    with pytest.raises(PermissionError):
        await Leash.start([str(tmp_path / "text")], cwd=tmp_path, env=ENV)
    with pytest.raises(FileNotFoundError):
        await Leash.start(["/bin/true"], cwd=tmp_path / "missing", env=ENV)
    with pytest.raises(ValueError, match="NUL"):
        await Leash.start(["/bin/true", "a\0b"], cwd=tmp_path, env=ENV)


async def test_stop_is_gentle_first_and_may_be_repeated(tmp_path: Path) -> None:
    argv = ["/bin/bash", "-c", "trap 'echo bye; exit 7' TERM; echo $$; while :; do sleep 0.05; done"]
    leash = await Leash.start(argv, cwd=tmp_path, env=ENV)
    assert await read_pids(leash.stdout, 1) == [leash.pid]
    rest = asyncio.create_task(output_of(leash))
    await leash.stop(30)
    await leash.stop()
    assert (await rest).endswith(b"bye\n")
    assert await leash.wait() == 7


async def test_a_second_stop_shortens_the_grace(tmp_path: Path) -> None:
    leash = await Leash.start([sys.executable, "-c", STUBBORN], cwd=tmp_path, env=ENV)
    await read_pids(leash.stdout, 2)
    slow = asyncio.create_task(leash.stop(3600))
    await asyncio.sleep(0)
    async with asyncio.timeout(15):
        await leash.stop(0)
        await slow


@LINUX
async def test_nothing_survives_stop(tmp_path: Path) -> None:
    leash = await Leash.start([sys.executable, "-c", STUBBORN], cwd=tmp_path, env=ENV)
    pids = await read_pids(leash.stdout, 2)
    assert all(lives(pid) for pid in pids)
    await leash.stop(0.05)
    assert [pid for pid in pids if lives(pid)] == []
    assert await leash.wait() == -signal.SIGKILL


@LINUX
async def test_a_chain_of_forks_is_caught(tmp_path: Path) -> None:
    code = "import os\nprint(os.getpid(), flush=True)\nwhile True:\n    if os.fork(): os._exit(0)"
    leash = await Leash.start([sys.executable, "-c", code], cwd=tmp_path, env=ENV)
    await read_pids(leash.stdout, 1)
    async with asyncio.timeout(15):
        await leash.stop(0)
        assert await output_of(leash) == b""


@LINUX
async def test_leftovers_go_when_the_program_ends_by_itself(tmp_path: Path) -> None:
    argv = ["/bin/bash", "-c", "setsid bash -c 'trap \"\" TERM; echo $BASHPID; while :; do sleep 1; done' & sleep 0.2"]
    leash = await Leash.start(argv, cwd=tmp_path, env=ENV)
    pids = await read_pids(leash.stdout, 1)
    async with asyncio.timeout(15):
        assert await leash.wait() == 0
    assert not lives(pids[0])
    assert await output_of(leash) == b""


@LINUX
async def test_a_killed_owner_takes_the_whole_tree_along(tmp_path: Path) -> None:
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OWNER, sys.executable, "-c", STUBBORN, cwd=tmp_path, stdout=PIPE,
        env={**ENV, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    pids = await read_pids(owner.stdout, 2)
    owner.kill()
    await owner.wait()
    await gone(pids)


@LINUX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_to_the_supervisor_ends_the_tree(tmp_path: Path, number: int) -> None:
    leash = await Leash.start([sys.executable, "-c", STUBBORN], cwd=tmp_path, env=ENV)
    pids = await read_pids(leash.stdout, 2)
    os.kill(supervisor_of(leash.pid), number)
    await gone(pids)
    assert await leash.wait() == -signal.SIGKILL
    await leash.stop()


@LINUX
async def test_a_killed_supervisor_takes_the_program_along(tmp_path: Path) -> None:
    leash = await Leash.start(["/bin/sleep", "600"], cwd=tmp_path, env=ENV)
    os.kill(supervisor_of(leash.pid), signal.SIGKILL)
    async with asyncio.timeout(15):
        assert await leash.wait() == -signal.SIGKILL
    await gone([leash.pid])
    await leash.stop()


@LINUX
async def test_only_the_program_shows_its_arguments_and_it_leads_its_own_session(tmp_path: Path) -> None:
    leash = await Leash.start(["/bin/sleep", "601.25"], cwd=tmp_path, env={**ENV, "PASSWORD": "hush-hush"})
    supervisor = supervisor_of(leash.pid)
    assert b"601.25" not in shown(supervisor, "cmdline")
    assert b"hush-hush" not in shown(supervisor, "cmdline") + shown(supervisor, "environ")
    assert shown(leash.pid, "cmdline") == b"/bin/sleep\x00601.25\0"
    assert os.getsid(leash.pid) == leash.pid != os.getsid(0) != os.getsid(supervisor)
    await leash.stop()


@LINUX
async def test_the_program_gets_the_descriptors_and_signals_that_any_child_gets(tmp_path: Path) -> None:
    # A shell's background job ignores the interrupt and hands that on; the program under the leash never does.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = "for fd in /proc/$$/fd/*; do echo ${fd##*/}; done; grep -E 'Sig(Blk|Ign)' /proc/self/status"
    argv = ["/bin/bash", "-c", command]
    leash = await Leash.start(argv, cwd=tmp_path, env=ENV)
    assert await output_of(leash) == plainly(argv)
    await leash.stop()


@LINUX
async def test_a_cancelled_start_leaves_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    argv = ["/bin/sh", "-c", f"echo $$ > {mark}; exec sleep 600"]
    start = asyncio.create_task(Leash.start(argv, cwd=tmp_path, env=ENV))
    await asyncio.sleep(0)
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert not mark.exists() or not lives(int(mark.read_text()))
    assert plainly(["pgrep", "-f", str(mark)]) == b""
