"""The daemon's life as a real process: start, second start, stop, crash, and what it leaves behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from e2e.daemon import KEYS, LIGHT, House, all_ended, running
from opencode_binary import isolated_environment, opencode_binary

pytestmark = pytest.mark.e2e

STARTED = {"pid", "url", "login_url", "profile", "agent", "session", "project", "boot_id", "degraded"}
STATUS = {
    "state", "uptime_s", "pid", "url", "profile", "agent", "session", "project", "boot_id", "clients", "turns",
    "agent_state", "pending", "latency_ms", "degraded",
}  # fmt: skip


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    """A home with keys that open nothing, in which nobody is left at the end."""
    house = House(tmp_path, KEYS)
    yield house
    await house.run("stop")
    assert house.processes() == {}


async def test_start_join_switch_stop(house: House, tmp_path: Path) -> None:
    flags = ("--no-open", "--port", "0", *LIGHT)
    first = await house.run("start", "--json", *flags)
    assert first.code == 0, first.err
    assert set(first.json) == STARTED
    assert (first.json["profile"], first.json["agent"]) == ("cloud", "rehearsal")
    assert first.json["project"] == str(house.project)
    assert "Loading" in first.err

    status = await house.run("status", "--json")
    assert set(status.json) >= STATUS
    assert (status.json["state"], status.json["pid"]) == ("ready", first.json["pid"])

    again = await house.run("start", "--json", "--no-open")
    assert again.code == 0
    assert {**again.json, "login_url": ""} == {**first.json, "login_url": "", "session": again.json["session"]}
    assert again.json["login_url"] != first.json["login_url"]
    words = await house.run("start", *flags)
    assert words.code == 0
    assert f"{first.json['url']}/#ticket=" in words.out
    assert "cloud: chosen by" in words.out

    other = tmp_path / "other"
    other.mkdir()
    joined = await house.run("start", "--json", "--project", str(other), *flags)
    assert joined.code == 0
    assert (joined.json["project"], joined.json["pid"]) == (str(other), first.json["pid"])

    assert (await house.run("stop")).code == 0
    assert house.processes() == {}
    assert (await house.run("status", "--json")).code == 3
    assert (await house.run("stop")).code == 0


async def test_two_starts_at_once_make_one_daemon(house: House) -> None:
    words = ("start", "--json", "--no-open", "--port", "0", *LIGHT)
    both = [await house.spawn(*words) for _ in range(2)]
    told = [json.loads((await one.communicate())[0]) for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert told[0]["pid"] == told[1]["pid"]
    assert told[0]["login_url"] != told[1]["login_url"]
    assert (await house.run("stop")).code == 0


async def test_taken_port(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = await house.run("start", "--json", "--no-open", "--port", str(port), *LIGHT)
    assert done.code == 1
    assert done.json["code"] == "setup.port"
    assert str(port) in done.json["message"]
    assert house.processes() == {}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_signal_ends_it_gracefully(house: House, number: signal.Signals) -> None:
    async with running(house) as daemon:
        async with daemon.client() as client, client.stream("GET", "/api/events") as events:
            assert (await client.post("/api/ask", json={"text": "list the files"})).json()["outcome"] == "done"
            assert await daemon.terminate(number) == 0
            lines = [line.removeprefix("data: ") async for line in events.aiter_lines() if line.startswith("data: ")]
        assert json.loads(lines[-1])["state"] == "draining", (lines, house.log())
    assert not (house.state / "daemon.json").exists()
    journal = sorted((house.state / "journal").glob("*.jsonl"))[-1].read_text("utf-8").splitlines()
    assert json.loads(journal[-1])["what"] == "stopped"
    assert house.processes() == {}


async def test_after_a_crash_port_and_login_are_the_same(house: House) -> None:
    async with running(house) as daemon:
        port, boot = daemon.port, daemon.facts["boot_id"]
        async with httpx.AsyncClient(base_url=daemon.url, trust_env=False) as client:
            ticket = (await daemon.login_url()).partition("=")[2]
            assert (await client.post("/api/login", json={"ticket": ticket})).status_code == 204
            cookies = client.cookies
        token = daemon.token
        await daemon.kill()
    assert (house.state / "daemon.json").exists()
    assert (await house.run("status")).code == 3
    async with running(house, port=None) as daemon:
        assert daemon.port == port
        assert daemon.facts["boot_id"] != boot
        assert daemon.token != token
        async with httpx.AsyncClient(base_url=daemon.url, cookies=cookies, trust_env=False) as client:
            assert (await client.get("/api/status")).status_code == 200
            assert (await client.post("/api/login", json={"ticket": ticket})).status_code == 401


async def test_restart_keeps_port_project_and_choice(house: House, tmp_path: Path) -> None:
    first = await house.run("start", "--json", "--no-open", "--port", "0", *LIGHT)
    again = await house.run("restart", "--json", "--no-open", cwd=tmp_path)
    assert again.code == 0, again.err
    for name in ("url", "project", "profile", "agent"):
        assert again.json[name] == first.json[name]
    assert again.json["pid"] != first.json["pid"]
    await house.run("stop")


async def test_files_are_private(house: House) -> None:
    async with running(house) as daemon:
        async with httpx.AsyncClient(base_url=daemon.url, trust_env=False) as client:
            await client.post("/api/login", json={"ticket": (await daemon.login_url()).partition("=")[2]})
        assert set(house.daemon_file()) == {"pid", "url", "token", "boot_id", "version"}
        assert stat.S_IMODE(house.state.stat().st_mode) == 0o700
        files = [file for file in house.state.rglob("*") if file.is_file()]
        assert {"daemon.json", "daemon.log", "logins.json", "last.json"} <= {file.name for file in files}
        for file in files:
            assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


async def test_nothing_secret_in_argv_and_log(house: House) -> None:
    prompt = "create a file named chrysanthemum.txt"
    async with running(house) as daemon:
        link = await daemon.login_url()
        async with httpx.AsyncClient(base_url=daemon.url, trust_env=False) as client:
            await client.post("/api/login", json={"ticket": link.partition("=")[2]})
            await client.get("/api/status", headers={"Origin": "http://evil.example"})
        await house.run("ask", prompt)
        secrets = [daemon.token, link.partition("=")[2], daemon.facts["login_url"].partition("=")[2], *KEYS.values()]
        for pid, command in house.processes().items():
            assert not any(secret in command for secret in (*secrets, "chrysanthemum")), (pid, command)
    log = house.log()
    assert "refused GET /api/status" in log
    assert not any(secret in log for secret in (*secrets, "chrysanthemum"))
    errors = (await daemon.errors).decode()
    assert not any(secret in errors for secret in secrets)


async def test_it_listens_on_loopback_alone(house: House) -> None:
    async with running(house):
        assert house.listening() == [("tcp", "127.0.0.1")]


async def test_typed_turns_from_the_command_line(house: House) -> None:
    async with running(house):
        done = await house.run("ask", "--json", "list", "the", "files")
        assert (done.code, done.json["outcome"]) == (0, "done")
        assert done.json["spoken"]
        asked = await house.run("ask", "--json", "create a file named notes.txt")
        assert (asked.code, asked.json["outcome"]) == (4, "needs_you")
        request = asked.json["pending"][0]["id"]
        wrong = await house.run("answer", request, "yess", "--json")
        assert (wrong.code, wrong.json["code"]) == (2, "config.value")
        assert not (house.project / "notes.txt").exists()
        assert (await house.run("answer", request, "allow")).code == 0
        closed = await house.run("answer", request, "allow", "--json")
        assert (closed.code, closed.json["code"]) == (1, "ask.closed")
        unknown = await house.run("answer", "per_none", "deny", "--json")
        assert (unknown.code, unknown.json["code"]) == (1, "ask.unknown")
        assert (await house.run("hush")).code == 0
        assert (await house.run("stop-agent")).code == 0


async def test_an_unreachable_agent_is_told_and_the_daemon_lives(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    flags = ("--profile", "cloud", "--opencode", f"http://127.0.0.1:{port}")
    async with running(house, flags) as daemon:
        assert daemon.facts["agent"] == "opencode"
        status = await daemon.until(agent_state="failed")
        assert [trouble["code"] for trouble in status["degraded"]] == ["agent.unreachable"]
        assert (await house.run("status")).code == 0
        attach = await house.run("attach", "--json")
        assert attach.code != 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
async def test_opencode_ends_with_the_daemon(house: House, how: signal.Signals) -> None:
    program = Path(opencode_binary()).parent
    house.environ = {
        **KEYS,
        **isolated_environment(house.home, {}),
        "PATH": f"{program}:{os.environ['PATH']}",
    }
    async with running(house, ("--profile", "cloud", "--agent", "opencode")) as daemon:
        status = await daemon.until(agent_state="idle")
        assert status["session"].startswith("ses_")
        told = (await daemon.request("GET", "/api/attach")).json()
        assert told["argv"][0].endswith("opencode")
        assert status["session"] in told["argv"]
        password = told["env"]["OPENCODE_SERVER_PASSWORD"]
        family = house.family(daemon.pid)
        assert len(family) > 2, "the daemon, the leash and OpenCode"
        assert not any(password in command for command in house.processes().values())
        daemon.process.send_signal(how)
        await asyncio.wait_for(daemon.process.wait(), 20)
        await all_ended(family)
    assert password not in house.log()


async def test_code_of_the_project_is_not_run(house: House) -> None:
    house.project.mkdir(parents=True)
    trap = 'import pathlib; pathlib.Path(__file__).with_suffix(".sprung").touch()\n'
    for name in ("json", "pipecat", "uvicorn", "aidevops_voice", "aidevops_voice_adapters", "sitecustomize", "fastapi"):
        (house.project / f"{name}.py").write_text(trap, "utf-8")
    done = await house.run("start", "--json", "--no-open", "--port", "0", *LIGHT)
    assert done.code == 0, done.err
    await house.run("ask", "which branch")
    await house.run("stop")
    assert list(house.project.glob("*.sprung")) == []


async def test_pipecats_hooks_are_switched_off(house: House) -> None:
    hook = house.home / "hook.py"
    hook.write_text(f'import pathlib; pathlib.Path("{house.home}/sprung").touch()\n', "utf-8")
    house.environ = {**KEYS, "PIPECAT_SETUP_FILES": str(hook), "PIPECAT_SMART_TURN_LOG_DATA": "1"}
    async with running(house) as daemon:
        assert (await daemon.status())["state"] == "ready"
    assert not (house.home / "sprung").exists()


async def test_logs_follow(house: House) -> None:
    async with running(house):
        follow = await house.spawn("logs", "-f")
        assert follow.stdout is not None
        assert (await house.run("ask", "list the files")).code == 0
        async with httpx.AsyncClient(trust_env=False) as client:
            url = house.daemon_file()["url"]
            await client.get(f"{url}/api/status", headers={"Host": "evil.example"})
        while b"access.host" not in await follow.stdout.readline():
            pass
        follow.terminate()
        await follow.wait()
        assert "access.host" in (await house.run("logs")).out
