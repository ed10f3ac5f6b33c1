"""Attacks on single parts: slow callers, greedy readers, planted files, look-alike programs, hostile repositories."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
from pathlib import Path

import pytest
from pydantic import ValidationError
from unit.rehearsal_talk import ALLOW, DENY, finished, git, make_project, said, talk_in
from unit.surface import Served, served

from aidevops_voice import paths
from aidevops_voice.consent.reading import title
from aidevops_voice.errors import BadRequest, UnsafeSecret
from aidevops_voice.journal import Journal, entries
from aidevops_voice.ports import Ask
from aidevops_voice.server.bodies import Offer
from aidevops_voice.words.speakable import sentences
from aidevops_voice_adapters._command import run, scrubbed

# --- callers ----------------------------------------------------------------------------------------------------


async def hung_up(site: Served, sent: bytes) -> None:
    """Return when the daemon closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.desk.port)
    writer.write(sent.replace(b"PORT", str(site.desk.port).encode()))
    async with asyncio.timeout(10):
        while await reader.read(1000):
            pass
    writer.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n",
        b"POST /api/login HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 90\r\n\r\n{",
        b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\nGET /healthz HTTP/1.1\r\n",
    ],
    ids=["silence", "half a head", "half a body", "half a second request"],
)
async def test_who_does_not_finish_a_request_is_hung_up_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr("aidevops_voice.server.REQUEST_S", 0.2)
    async with served(tmp_path) as site:
        await hung_up(site, sent)


async def test_a_reader_of_events_is_not_hung_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aidevops_voice.server.REQUEST_S", 0.05)
    async with served(tmp_path) as site, site.client.stream("GET", "/api/events", headers=site.bearer) as events:
        lines = events.aiter_lines()
        for number in range(3):
            await asyncio.sleep(0.15)  # three times the patience with requests
            site.feed.put("notice", id=f"n{number}")
            while f'"n{number}"' not in await anext(lines):
                pass


async def test_greedy_readers_leave_room_for_others(tmp_path: Path) -> None:
    async with served(tmp_path) as site, asyncio.TaskGroup() as tasks:
        site.feed.put("notice", id="n1")
        codes: asyncio.Queue[int] = asyncio.Queue()

        async def read() -> None:
            async with site.client.stream("GET", "/api/events", headers=site.bearer) as answer:
                if answer.status_code == 200:
                    await anext(answer.aiter_lines())
                codes.put_nowait(answer.status_code)
                if answer.status_code == 200:
                    await asyncio.Event().wait()

        readers = [tasks.create_task(read()) for _ in range(32)]
        assert {await codes.get() for _ in readers} == {200}
        more = await site.client.get("/api/events", headers=site.bearer)
        assert more.status_code == 429
        assert (await site.client.get("/api/status", headers=site.bearer)).status_code == 200
        for reader in readers:
            reader.cancel()


@pytest.mark.parametrize("last", ["9" * 5000, "-1", "1e9", "0x10", "\u00b2"])
async def test_a_strange_last_event_id_is_none(tmp_path: Path, last: str) -> None:
    async with served(tmp_path) as site:
        site.feed.put("notice", id="n1")
        pairs = {**site.bearer, "Last-Event-ID": last}
        headers = {name.encode(): value.encode("latin-1") for name, value in pairs.items()}
        async with site.client.stream("GET", "/api/events", headers=headers) as events:
            assert events.status_code == 200
            assert (await anext(events.aiter_lines())) == "id: 1"


async def test_a_flood_of_guesses_does_not_lock_the_user_out(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        codes = [(await site.client.post("/api/login", json={"ticket": "guess"})).status_code for _ in range(30)]
        assert codes[-1] == 429
        await site.login()


async def test_one_ticket_used_by_many_at_once_lets_one_in(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        ticket = site.desk.tickets.issue()
        uses = [site.client.post("/api/login", json={"ticket": ticket}) for _ in range(10)]
        assert sorted(answer.status_code for answer in await asyncio.gather(*uses)) == [204] + [401] * 9


# --- offers -----------------------------------------------------------------------------------------------------


async def test_huge_offers_are_refused_before_they_cost_anything() -> None:
    from aidevops_voice.server.offers import Offers

    with pytest.raises(ValidationError):
        Offer(sdp="v" * 40_000, type="offer")

    async def connect(connection: object) -> None:
        raise AssertionError("an offer was taken")

    head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
    offers = Offers(connect)
    for media in ("", "m=video 9 RTP/AVP 0\r\n", "m=audio 9 RTP/AVP 0\r\n" * 9, "m=audio x\r\n", "m=audio 9\r\n"):
        with pytest.raises(BadRequest):
            await offers.offer(Offer(sdp=head + media, type="offer"))
    await offers.aclose()


# --- files ------------------------------------------------------------------------------------------------------


def test_a_state_folder_with_something_planted_in_it_is_refused_each_time(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    state.chmod(0o777)
    (state / "daemon.log").symlink_to(tmp_path / "elsewhere")
    for _ in range(2):
        with pytest.raises(UnsafeSecret, match=r"daemon\.log"):
            paths.state_dir({"AIDEVOPS_VOICE_HOME": str(state)})
    (state / "daemon.log").unlink()
    (state / "logins.json").write_text("{}")
    assert paths.state_dir({"AIDEVOPS_VOICE_HOME": str(state)}) == state
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


def test_half_a_surrogate_pair_does_not_stop_the_journal(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal", "x")
    journal.write("prompt", text="before \ud83d after")
    journal.write("prompt", text="next")
    journal.close()
    assert [entry["text"] for entry in entries(journal.path)][-1] == "next"
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


# --- commands ---------------------------------------------------------------------------------------------------

SECRETS = dict.fromkeys(
    (
        *("AIDEVOPS_VOICE_HOME", "_AIDEVOPS_VOICE_START", "SONIOX_API_KEY", "CARTESIA_API_KEY", "ANTHROPIC_API_KEY"),
        *("OPENCODE_SERVER_PASSWORD", "GIT_CONFIG_COUNT", "GIT_DIR", "GIT_SSH_COMMAND", "LD_PRELOAD", "BASH_ENV"),
        *("ENV", "PYTHONSTARTUP", "NODE_OPTIONS", "SSH_AUTH_SOCK"),
    ),
    "x",
)


def test_commands_know_none_of_our_secrets_and_hooks() -> None:
    seen = scrubbed({**SECRETS, "PATH": "/bin"})
    assert {name: seen[name] for name in SECRETS if name in seen} == {"GIT_CONFIG_COUNT": "1"}


async def test_a_program_of_the_project_does_not_stand_in_for_a_real_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "bin"):
        folder.mkdir(exist_ok=True)
        (folder / "git").write_text("#!/bin/sh\necho sprung\n")
        (folder / "git").chmod(0o755)
    for hostile in ("", ".", "bin", "./bin", "../" + tmp_path.name):
        environ = {"PATH": f"{hostile}{os.pathsep}{os.environ['PATH']}{os.pathsep}"}
        done = await run(["git", "--version"], cwd=tmp_path, environ=environ)
        assert done.output.startswith("git version"), hostile


def _filtered(project: Path, trap: Path) -> None:
    (project / ".gitattributes").write_text("*.py filter=trap\n")
    git(project, "config", "filter.trap.clean", f"touch {trap}; cat")


def _fetching(project: Path, trap: Path) -> None:
    for name, value in {
        "core.repositoryformatversion": "1", "extensions.partialClone": "trap", "remote.trap.promisor": "true",
        "remote.trap.url": str(project), "remote.trap.uploadpack": f"touch {trap}; git-upload-pack",
    }.items():  # fmt: skip
        git(project, "config", name, value)
    blob = subprocess.run(["git", "rev-parse", "HEAD:a.py"], cwd=project, check=True, capture_output=True, text=True)
    (project / ".git" / "objects" / blob.stdout[:2] / blob.stdout[2:].strip()).unlink()


@pytest.mark.parametrize("hostile", [_filtered, _fetching])
async def test_a_copied_repository_that_starts_programs_asks_first(tmp_path: Path, hostile: object) -> None:
    project, trap = make_project(tmp_path), tmp_path / "sprung"
    hostile(project, trap)  # type: ignore[operator]
    (project / "a.py").write_text("def parse_size():\n    pass\n\n# TODO: more\n")
    async with talk_in(project) as talk:
        events = await talk.ask("what changed", DENY)
        assert [event.command.split()[0] for event in events if isinstance(event, Ask)] == ["git"]
        assert "other programs" in said(events)
        for request in ("show the last commits", "what was the last commit", "which branch"):
            await talk.ask(request, DENY)
        assert not trap.exists()
        assert finished(await talk.ask("what changed", ALLOW)).ok
        assert trap.exists(), "the trap works once it is allowed"


async def test_a_submodules_settings_are_not_followed(tmp_path: Path) -> None:
    project, trap = make_project(tmp_path), tmp_path / "sprung"
    inner = make_project(project)
    git(project, "add", "billing")
    git(project, "commit", "-q", "-m", "Add a submodule")
    _filtered(inner, trap)
    (inner / "a.py").write_text("def parse_size():\n    pass\n\n# TODO: more\n")
    (project / "a.py").write_text("x = 1\n")
    async with talk_in(project) as talk:
        events = await talk.ask("what changed", DENY)
        assert [event for event in events if isinstance(event, Ask)] == []
    assert not trap.exists()


async def test_a_readme_whose_name_cannot_be_shown_is_passed_over(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    (project / "README.md").unlink()
    (project / os.fsdecode(b"README.\xff")).write_text("# Trap\n\nIt was read.\n")
    (project / "readme.\u202etxt").write_text("# Trap\n\nIt was read.\n")
    async with talk_in(project) as talk:
        assert "no readme" in await talk.answer_to("read the readme")


# --- what is said -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "secret"),
    [
        ("I set the key to sk-proj-4fT9kQ2mZx81LbVw0e.", "4fT9"),
        ("Use `ACME_TOKEN=q7w8e9r0t1y2` from now on.", "q7w8"),
        ("The address is https://ann:hunter2pass@db.example.org/x.", "hunter"),
        ("Send the header Authorization: Bearer abcdef0123456789 along.", "0123"),
        ("It is ghp_a1b2c3d4e5f6g7h8i9j0k1l2.", "a1b2"),
    ],
)
def test_secrets_are_not_spoken(said: str, secret: str) -> None:
    (spoken,), _ = sentences(said)
    assert secret.lower() not in spoken.lower().replace(" ", ""), spoken
    assert "a secret" in spoken or "://" in said


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\x1b[2K", "\x07", "\u2066", "\U000e0041", "$", "`", ";", "<"])
def test_a_file_name_is_only_words(sign: str) -> None:
    ask = Ask("per_1", "ses_1", "permission", permission="edit", path=f"src/ma{sign}in.py")
    assert sign not in title(ask)
    assert title(ask).startswith("The agent wants to edit ma")
