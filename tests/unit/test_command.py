"""Real commands: what comes out of them, and what is left of them."""

from __future__ import annotations

import asyncio
import os
import resource
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from aidevops_voice_adapters._command import Finished, Printed, run, scrubbed, shell


async def sh(command: str, cwd: Path, *, timeout_s: float = 60, stop: asyncio.Event | None = None) -> Finished:
    return await run(shell(command), cwd=cwd, environ=os.environ, timeout_s=timeout_s, stop=stop)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def appears(path: Path) -> int:
    """The number in a file, once it is there."""
    async with asyncio.timeout(15):
        while not (text := read(path)).endswith("\n"):  # noqa: ASYNC110 - foreign processes send no event
            await asyncio.sleep(0.02)
    return int(text)


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


async def test_a_command_tells_its_code_and_both_streams(tmp_path: Path) -> None:
    finished = await sh("echo out; echo err >&2; pwd; exit 3", tmp_path)
    assert finished.argv == ("/bin/bash", "-c", "echo out; echo err >&2; pwd; exit 3")
    assert (finished.exit_code, finished.output) == (3, f"out\nerr\n{tmp_path}\n")
    assert (finished.truncated, finished.timed_out, finished.stopped) == (False, False, False)
    assert finished.seconds > 0


async def test_there_is_no_terminal_and_no_input(tmp_path: Path) -> None:
    finished = await sh("[ -t 0 ] || [ -t 1 ] || echo none; cat; (: </dev/tty) 2>/dev/null || echo detached", tmp_path)
    assert finished.output == "none\ndetached\n"


async def test_secrets_do_not_reach_a_command(tmp_path: Path) -> None:
    environ = {
        "PATH": os.environ["PATH"], "HOME": "/home/ann", "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": "/c", "TERM": "xterm",
        "ANTHROPIC_API_KEY": "s3cret", "OPENCODE_SERVER_PASSWORD": "s3cret", "AWS_PROFILE": "s3cret",
        "XDG_TOKEN": "s3cret", "GOFLAGS": "-x=https://ann:s3cret@host/", "LC_AUTH": "s3cret", "SSH_AUTH_SOCK": "s3cret",
    }  # fmt: skip
    finished = await run(["env"], cwd=tmp_path, environ=environ)
    seen = dict(line.split("=", 1) for line in finished.output.splitlines())
    assert seen == {
        "PATH": os.environ["PATH"], "HOME": "/home/ann", "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": "/c", "TERM": "dumb",
        "CI": "1", "NO_COLOR": "1", "PAGER": "cat", "GIT_PAGER": "cat", "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0", "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": "false",
    }  # fmt: skip
    assert scrubbed(scrubbed(environ)) == scrubbed(environ)


async def test_git_status_starts_no_program_that_the_repository_names(tmp_path: Path) -> None:
    script = tmp_path / "spy"
    script.write_text("#!/bin/sh\ntouch spied\n")
    script.chmod(0o755)
    finished = await sh(f"git init -q . && git config core.fsmonitor {script} && git status --short", tmp_path)
    assert (finished.exit_code, finished.output) == (0, "?? spy\n")
    assert not (tmp_path / "spied").exists()


async def test_invalid_text_is_replaced(tmp_path: Path) -> None:
    finished = await sh(r"printf 'a\xffb\xc3'; printf '\xa4\n'", tmp_path)
    assert finished.output == "a\ufffdbä\n"


async def test_a_flood_keeps_head_tail_and_memory(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    finished = await sh("echo first; yes | head -c 200M; echo last", tmp_path)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert finished.exit_code == 0
    assert finished.truncated
    assert finished.output.startswith("first\ny\ny\n")
    assert finished.output.endswith("y\nlast\n")
    left_out = 6 + 200 * 1024 * 1024 + 5 - 256 * 1024
    assert f"\n[... {left_out} bytes left out ...]\n" in finished.output
    assert len(finished.output) < 256 * 1024 + 100
    assert grown < 32 * 1024, "KiB; the flood itself has 200 MiB"


async def test_output_is_told_while_it_runs(tmp_path: Path) -> None:
    told: list[str] = []
    go = tmp_path / "go"

    def on_output(tail: str) -> None:
        told.append(tail)
        go.touch()

    command = "echo one; until [ -e go ]; do sleep 0.02; done; head -c 9000 /dev/zero | tr '\\0' x; sleep 0.6; echo end"
    finished = await run(shell(command), cwd=tmp_path, environ=os.environ, on_output=on_output)
    assert told[0] == "one\n"
    assert told[1] == "x" * 4096
    assert finished.output == "one\n" + "x" * 9000 + "end\n"


async def test_a_timeout_ends_even_what_ignores_term(tmp_path: Path) -> None:
    finished = await sh('trap "" TERM; echo $$; while :; do sleep 0.1; done', tmp_path, timeout_s=0.3)
    assert (finished.timed_out, finished.stopped, finished.exit_code) == (True, False, None)
    assert not lives(int(finished.output.split()[0]))
    assert finished.seconds < 0.3 + 2 + 5, "TERM, then KILL after less than two seconds, on a busy machine"


async def test_stop_keeps_what_was_printed(tmp_path: Path) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(sh("echo begun; echo $$ > pid; sleep 600", tmp_path, stop=stop))
    pid = await appears(tmp_path / "pid")
    stop.set()
    finished = await running
    assert (finished.timed_out, finished.stopped, finished.exit_code) == (False, True, None)
    assert finished.output.startswith("begun\n")
    assert not lives(pid)


async def test_cancellation_leaves_nothing(tmp_path: Path) -> None:
    running = asyncio.create_task(sh("(setsid sleep 600 & echo $! > pid); sleep 600", tmp_path))
    pid = await appears(tmp_path / "pid")
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert not lives(pid)


async def test_forks_left_behind_are_ended(tmp_path: Path) -> None:
    finished = await sh("for i in 1 2 3; do (setsid sleep 600 & echo $!); done", tmp_path)
    pids = [int(line) for line in finished.output.split()]
    assert len(pids) == 3
    assert [pid for pid in pids if lives(pid)] == []
    assert finished.exit_code == 0


async def test_a_missing_program_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await run(["no-such-program-here"], cwd=tmp_path, environ=os.environ)


async def test_the_loop_runs_on_while_output_floods(tmp_path: Path) -> None:
    beats = 0
    running = asyncio.create_task(sh("yes | head -c 50M", tmp_path))
    while not running.done():
        await asyncio.sleep(0)
        beats += 1
    assert (await running).exit_code == 0
    assert beats > 100


@given(st.lists(st.binary(max_size=60), max_size=12), st.integers(2, 40))
def test_nothing_is_lost_but_the_middle(chunks: list[bytes], cap: int) -> None:
    printed = Printed(cap)
    for chunk in chunks:
        printed.add(chunk)
    whole, half = b"".join(chunks), cap // 2
    text = printed.text()
    if len(whole) <= 2 * half:
        assert text == whole.decode(errors="replace")
        return
    head, _, tail = text.partition(f"\n[... {len(whole) - 2 * half} bytes left out ...]\n")
    assert whole[:half].decode(errors="replace").startswith(head)
    assert whole[-half:].decode(errors="replace").endswith(tail)
    assert len(tail.encode()) >= half - 3


async def test_a_program_of_our_own_python_runs(tmp_path: Path) -> None:
    finished = await run([sys.executable, "-c", "print('ä')"], cwd=tmp_path, environ={"LC_ALL": "C.UTF-8"})
    assert finished.output == "ä\n"
