"""Who may call: every route, in the order Host, Origin, credential, and nothing happens for who may not."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from unit.surface import Served, served

from aidevops_voice.errors import NoCredential, TooMany
from aidevops_voice.server import routes_of
from aidevops_voice.server.security import CONTENT_SECURITY_POLICY, Allowance
from aidevops_voice.server.tickets import LOGIN_S, TICKET_S, Tickets

OPEN = {("GET", "/healthz"), ("GET", "/")}


def guarded(site: Served) -> list[tuple[str, str]]:
    """Method and path of every route that needs a credential."""
    table = [
        (method, route.path)
        for route in routes_of(site.app)
        if hasattr(route, "methods")
        for method in sorted(route.methods)
    ]
    assert ("POST", "/api/ask") in table
    assert ("GET", "/metrics") in table
    return [entry for entry in table if entry not in OPEN and not entry[1].startswith("/assets")]


async def test_every_route_but_the_open_ones_needs_a_credential(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        for method, path in guarded(site):
            answer = await site.client.request(method, path, json={"ticket": "x"} if path == "/api/login" else {})
            assert answer.status_code == 401, (method, path)
            assert set(answer.json()) == {"code", "message", "cure"}
        assert site.talk.calls == []


@pytest.mark.parametrize("path", ["/openapi.json", "/docs", "/redoc", "/api/nothing", "/journal", "/.git/config"])
async def test_unknown_paths_are_refused_and_then_not_found(tmp_path: Path, path: str) -> None:
    async with served(tmp_path) as site:
        assert (await site.client.get(path)).status_code == 401
        found = await site.client.get(path, headers=site.bearer)
        assert found.status_code == 404
        assert set(found.json()) == {"code", "message", "cure"}


async def test_open_routes_are_open(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        health = await site.client.get("/healthz")
        assert health.json() == {"ok": True, "boot_id": "b00t", "version": "9.9"}
        assert (await site.client.get("/")).status_code in (200, 503)
        assert (await site.client.get("/assets/none.js")).status_code == 404
        assert (await site.client.get("/assets/../../pyproject.toml")).status_code in (401, 404)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", ""])
@pytest.mark.parametrize("path", ["/", "/healthz", "/api/status"])
async def test_foreign_host_comes_first(tmp_path: Path, host: str, path: str) -> None:
    async with served(tmp_path) as site:
        headers = {**site.bearer, "Host": host, "Origin": "http://evil.example"}
        answer = await site.client.get(path, headers=headers)
        assert answer.status_code == 421
        assert answer.json()["code"] == "access.host"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1"])
async def test_foreign_origin_is_refused_even_with_a_token(tmp_path: Path, origin: str) -> None:
    async with served(tmp_path) as site:
        headers = {**site.bearer, "Origin": origin.format(port=site.desk.port)}
        answer = await site.client.post("/api/hush", headers=headers, json={})
        assert answer.status_code == 403
        assert answer.json()["code"] == "access.origin"
        assert (await site.client.post("/api/login", headers=headers, json={"ticket": "x"})).status_code == 403
        assert site.talk.calls == []


async def test_fetch_metadata_of_another_page_is_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        await site.login()
        for place in ("cross-site", "same-site"):
            headers = {"Sec-Fetch-Site": place, "Sec-Fetch-Mode": "no-cors"}
            assert (await site.client.get("/api/status", headers=headers)).status_code == 403
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        assert (await site.client.get("/", headers=headers)).status_code in (200, 503)


async def test_a_write_by_cookie_needs_origin_header_and_json(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        await site.login()
        for without in ("Origin", "X-Aidevops-Voice", "Content-Type"):
            headers = {name: value for name, value in site.page.items() if name != without}
            refused = await site.client.post("/api/hush", headers=headers, content=b"{}")
            assert refused.status_code == 403, without
        text = {**site.page, "Content-Type": "text/plain"}
        assert (await site.client.post("/api/ask", headers=text, content=b'{"text": "x"}')).status_code == 403
        assert site.talk.calls == []
        assert (await site.client.post("/api/hush", headers=site.page, content=b"{}")).status_code == 204
        assert site.talk.calls == [("hush",)]


async def test_cookie_logs_in_and_reads(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        answer = await site.client.post("/api/login", json={"ticket": site.desk.tickets.issue()})
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith(f"aidevops_voice_{site.desk.port}=")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        other = {"Cookie": f'theme={{"a":1}}; bad[name]=x; {cookie.partition(";")[0]}'}
        site.client.cookies.clear()
        assert (await site.client.get("/api/status", headers=other)).status_code == 200


@pytest.mark.parametrize(("method", "path"), [("POST", "/api/ticket"), ("GET", "/api/attach")])
async def test_passwords_and_tickets_are_for_the_command_line_alone(tmp_path: Path, method: str, path: str) -> None:
    async with served(tmp_path) as site:
        await site.login()
        assert (await site.client.request(method, path, headers=site.page)).status_code == 401
        assert (await site.client.request(method, path, headers=site.bearer)).status_code == 200


async def test_each_link_has_its_own_ticket_that_works_once(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        links = [(await site.client.post("/api/ticket", headers=site.bearer)).json()["login_url"] for _ in range(2)]
        tickets = [link.removeprefix(f"{site.desk.url}/#ticket=") for link in links]
        assert tickets[0] != tickets[1]
        for ticket in tickets:
            assert (await site.client.post("/api/login", json={"ticket": ticket})).status_code == 204
            again = await site.client.post("/api/login", json={"ticket": ticket})
            assert again.status_code == 401
            assert "set-cookie" not in again.headers


async def test_every_answer_carries_the_headers(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        for path, headers in (("/", {}), ("/api/status", {}), ("/api/status", site.bearer), ("/", {"Host": "x"})):
            answer = await site.client.get(path, headers=headers)
            assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cross-origin-opener-policy"] == "same-origin"
            assert "microphone=(self)" in answer.headers["permissions-policy"]
            assert answer.headers["cache-control"] == "no-store"
            assert "server" not in answer.headers
            assert "access-control-allow-origin" not in answer.headers


async def test_long_bodies_are_refused(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        text = json.dumps({"text": "x" * 300_000}).encode()
        declared = await site.client.post("/api/ask", headers=site.bearer, content=text)
        assert declared.status_code == 413

        async def pieces() -> object:
            for start in range(0, len(text), 50_000):
                yield text[start : start + 50_000]

        headers = {**site.bearer, "Content-Type": "application/json"}
        chunked = await site.client.post("/api/ask", headers=headers, content=pieces())  # type: ignore[arg-type]
        assert chunked.status_code == 413
        offer = json.dumps({"sdp": "x" * 70_000, "type": "offer"}).encode()
        assert (await site.client.post("/api/offer", headers=site.bearer, content=offer)).status_code == 413
        assert site.talk.calls == []


async def test_many_logins_are_slowed_down(tmp_path: Path) -> None:
    async with served(tmp_path) as site:
        codes = [(await site.client.post("/api/login", json={"ticket": "x"})).status_code for _ in range(40)]
        assert set(codes) == {401, 429}


def test_allowance_refills() -> None:
    now = [0.0]
    allowance = Allowance(burst=2, per_s=1.0, clock=lambda: now[0])
    allowance.spend()
    allowance.spend()
    with pytest.raises(TooMany):
        allowance.spend()
    now[0] = 1.0
    allowance.spend()


# --- tickets ----------------------------------------------------------------------------------------------------


def test_ticket_expires(tmp_path: Path) -> None:
    now = [1000.0]
    tickets = Tickets(tmp_path / "logins.json", clock=lambda: now[0])
    ticket = tickets.issue()
    now[0] += TICKET_S
    with pytest.raises(NoCredential):
        tickets.redeem(ticket)


def test_login_survives_a_restart_and_expires(tmp_path: Path) -> None:
    now = [1000.0]
    file = tmp_path / "logins.json"
    first = Tickets(file, clock=lambda: now[0])
    cookie = first.redeem(first.issue())
    second = Tickets(file, clock=lambda: now[0])
    assert second.knows_cookie(cookie)
    assert not second.knows_cookie(cookie + "x")
    assert not second.knows_token(first.token)
    now[0] += LOGIN_S
    assert not second.knows_cookie(cookie)


def test_logins_are_hashed_private_and_bounded(tmp_path: Path) -> None:
    file = tmp_path / "logins.json"
    tickets = Tickets(file)
    cookies = [tickets.redeem(tickets.issue()) for _ in range(70)]
    text = file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not any(cookie in text for cookie in cookies)
    assert len(json.loads(text)) == 64
    assert tickets.knows_cookie(cookies[-1])
    assert not tickets.knows_cookie(cookies[0])


@pytest.mark.parametrize("content", ["", "[1]", '{"a": "b"}', "\x00"])
def test_a_broken_file_of_logins_only_costs_the_logins(tmp_path: Path, content: str) -> None:
    file = tmp_path / "logins.json"
    file.write_text(content, "utf-8")
    tickets = Tickets(file)
    assert tickets.knows_cookie(tickets.redeem(tickets.issue()))


def test_a_full_disk_keeps_the_login_of_today(tmp_path: Path) -> None:
    tickets = Tickets(tmp_path / "missing" / "logins.json")
    assert tickets.knows_cookie(tickets.redeem(tickets.issue()))
