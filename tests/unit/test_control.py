"""The daemon from outside: who counts as running, how errors come back, what the last start was."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from unit.surface import Served, served

from aidevops_voice import claim, control, errors, launch, paths
from aidevops_voice.control import Daemon
from aidevops_voice.errors import AlreadyRunning, ClosedAsk, NoCredential, NotRunning, PortTaken, UnknownAsk, VoiceError
from aidevops_voice.launch import Wanted


def reach(site: Served, token: str | None = None) -> Daemon:
    """As `daemon.json` tells it."""
    return Daemon(os.getpid(), site.desk.url, token or site.desk.tickets.token, "b00t", "9.9")


async def test_request_brings_answers_and_errors(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        daemon = reach(site)

        async def call(method: str, path: str, body: object = None) -> object:
            return await asyncio.to_thread(control.request, daemon, method, path, body)

        assert (await call("POST", "/api/ask", {"text": "hello"}))["text"] == "hello"  # type: ignore[index]
        assert await call("POST", "/api/hush", {}) is None
        with pytest.raises(UnknownAsk, match="no such request"):
            await call("POST", "/api/answer", {"id": "none", "reply": "deny"})
        with pytest.raises(ClosedAsk):
            await call("POST", "/api/answer", {"id": "closed", "reply": "deny"})
        daemon = reach(site, "wrong")
        with pytest.raises(NoCredential):
            await call("GET", "/api/status")


def test_nobody_there_is_not_running(tmp_path: Path) -> None:
    with claim.listen("127.0.0.1", 0, any_free=True) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NotRunning):
        control.request(Daemon(1, f"http://127.0.0.1:{port}", "t", "b", "v"), "GET", "/api/status")
    with pytest.raises(NotRunning):
        control.connect(tmp_path)
    assert control.stop(tmp_path) is False


def test_the_lock_decides_not_the_file(tmp_path: Path) -> None:
    daemon = Daemon(os.getpid(), "http://127.0.0.1:1", "t", "b", "v")
    paths.write_private(paths.daemon_file(tmp_path), json.dumps(asdict(daemon)))
    assert control.running(tmp_path) is None
    lock = claim.only_one(tmp_path)
    assert control.is_locked(tmp_path)
    assert control.running(tmp_path) is None, "the file of a crash does not count"
    claim.write_files(tmp_path, daemon, Wanted("/p"), 1)
    assert control.running(tmp_path) == daemon
    os.close(lock)
    assert not control.is_locked(tmp_path)


def test_a_look_at_the_lock_does_not_stop_a_start(tmp_path: Path) -> None:
    os.close(claim.only_one(tmp_path))
    with paths.lock_file(tmp_path).open("rb") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        with pytest.raises(AlreadyRunning):
            claim.only_one(tmp_path)
        fcntl.flock(looking, fcntl.LOCK_UN)
        lock = claim.only_one(tmp_path)
        assert control.is_locked(tmp_path)
        os.close(lock)


def test_every_error_survives_the_way(tmp_path: Path) -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, VoiceError)]
    assert len(kinds) > 20
    for kind in kinds:
        back = control.error_from(kind("what", cure="do that").as_dict())
        assert (type(back), back.message, back.cure) == (kind, "what", "do that")
    assert type(control.error_from({"code": "new.code", "message": "m", "cure": "c"})) is VoiceError


def test_taken_port(tmp_path: Path) -> None:
    with claim.listen("127.0.0.1", 0, any_free=False) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            claim.listen("127.0.0.1", port, any_free=False)
        with claim.listen("127.0.0.1", port, any_free=True) as second:
            assert second.getsockname()[1] not in (0, port)


def test_a_crash_keeps_the_port_of_its_project(tmp_path: Path) -> None:
    daemon = Daemon(os.getpid(), "http://127.0.0.1:4711", "t", "b", "v")
    claim.write_files(tmp_path, daemon, Wanted("/p", agent="rehearsal", port=0), 4711)
    assert paths.daemon_file(tmp_path).stat().st_mode & 0o777 == 0o600
    assert claim.port(Wanted("/p"), tmp_path, 7865) == 4711
    assert claim.port(Wanted("/p", port=0), tmp_path, 0) == 4711
    assert claim.port(Wanted("/p", port=99), tmp_path, 99) == 99
    assert claim.port(Wanted("/other"), tmp_path, 7865) == 7865
    claim.forget_files(tmp_path)
    assert claim.port(Wanted("/p"), tmp_path, 7865) == 7865


def test_restart_keeps_what_was_said_before() -> None:
    last = Wanted("/p", agent="rehearsal", port=4711, offline=True)
    here = Wanted("/here", profile="cloud")
    assert launch.merged(last, here, project_said=False) == Wanted("/p", "cloud", "rehearsal", port=4711, offline=True)
    assert launch.merged(last, here, project_said=True) == Wanted("/here", "cloud", port=4711)


def test_restart_comes_back_to_what_was_open(tmp_path: Path) -> None:
    blog = Wanted("/blog", agent="rehearsal", sessions=("reh_1",))
    last = Wanted("/p", port=0, sessions=("ses_2", "ses_1"), focus="reh_1", beside=(blog,))
    launch.last_file(tmp_path).write_text(json.dumps(last.as_dict()))
    assert launch.last_start(tmp_path) == last
    assert launch.merged(last, Wanted("/here", offline=True), project_said=False) == replace(last, offline=True)
    anew = launch.merged(last, Wanted("/p", session="new"), project_said=True)
    assert anew == replace(last, session="new", sessions=(), focus=None)


def test_settings_never_stand_in_argv() -> None:
    wanted = Wanted("/p", opencode="http://127.0.0.1:4096", session="ses_1")
    assert "ses_1" not in " ".join(launch.service_command())
    environment = launch.service_environment(wanted, {"PATH": "/bin"})
    assert json.loads(environment[launch.STARTED_WITH])["wanted"] == wanted.as_dict()
