"""Attacks on a real daemon, from raw sockets and from a hostile page in a real Chromium that is logged in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from e2e.browser import browser
from e2e.daemon import EMBEDDED, KEYS, House, RunningDaemon, running
from playwright.async_api import expect
from wire.scripted_model import HttpReply, HttpRequest, LoopbackServer

pytestmark = pytest.mark.e2e


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[House]:
    """A home in which nobody is left at the end."""
    house = House(tmp_path, KEYS)
    yield house
    assert house.processes() == {}


async def answered(port: int, request: str) -> int:
    """Status of one request, written as it stands."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode("latin-1"))
    status = (await asyncio.wait_for(reader.readline(), 10)).split()[1]
    writer.close()
    return int(status)


async def test_strange_requests_get_nothing(house: House) -> None:
    async with running(house) as daemon:
        port, token = daemon.port, daemon.token
        bearer, good = f"Authorization: Bearer {token}\r\n", f"127.0.0.1:{port}"

        async def ask(target: str = "/api/status", *, host: str = good, more: str = "", method: str = "GET") -> int:
            return await answered(port, f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n")

        for host in (good, f"LocalHost:{port}", f"[::1]:{port}"):
            assert await ask(host=host, more=bearer) == 200, host
        hosts = (
            *("localhost.:{}", "127.0.0.1.:{}", "127.1:{}", "0:{}", "0.0.0.0:{}", "[::]:{}", "[::ffff:127.0.0.1]:{}"),
            *("[0:0:0:0:0:0:0:1]:{}", "evil.example:{}", "evil@127.0.0.1:{}", "127.0.0.1:{}@evil", "127.0.0.1:0{}"),
            *("127.0.0.1:{},evil", "127.0.0.1:{}#", "x.localhost:{}", "127.0.0.1", "localhost", "localhost:80", ""),
        )
        for host in hosts:
            assert await ask(host=host.format(port), more=bearer) == 421, host
            assert await ask("/", host=host.format(port)) == 421, host
        assert await ask(host="evil", more=f"{bearer}X-Forwarded-Host: {good}\r\nForwarded: host={good}\r\n") == 421
        assert await ask(f"http://{good}/api/status", host="evil", more=bearer) == 421
        assert await ask(more=f"Host: evil\r\n{bearer}") == 400
        assert await answered(port, f"GET /api/status HTTP/1.0\r\n{bearer}\r\n") == 421

        for origin in ("null", "*", f"http://{good}.", f"https://{good}", f"http://u@{good}", f"http://localhost:{port}",
                       "http://127.0.0.1", f"http://127.0.0.1:{port + 1}", f"http://{good}/", "file://", "",
                       f"http://{good}\r\nOrigin: http://evil"):  # fmt: skip
            assert await ask(more=f"{bearer}Origin: {origin}\r\n") == 403, origin

        swapped = f"Authorization: Bearer {token.swapcase()}\r\n"
        twice = f"Authorization: Bearer x\r\n{bearer}"
        for more in ("", swapped, twice, f"Authorization: Basic {token}\r\n", "Authorization: Bearer \r\n",
                     f"Authorization: {token}\r\n", f"Cookie: aidevops_voice_{port}=\r\n", f"X-Api-Key: {token}\r\n",
                     f"Cookie: aidevops_voice_{port}={token}\r\n"):  # fmt: skip
            assert await ask(more=more) == 401, more
        upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        for target in (f"/api/status?token={token}", "//api/status", "/API/status", "/api/status/", "/assets",
                       "/healthz/../api/status", "/openapi.json", "/%61pi/status", "/api%2fstatus"):  # fmt: skip
            assert await ask(target) == 401, target
        assert await ask(more=upgrade) == 401
        for method in ("OPTIONS", "TRACE", "PUT", "DELETE", "PROPFIND"):
            assert await ask("/", method=method) == 401, method
        override = "X-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n"
        assert await ask("/api/login", method="POST", more=override) == 400

        for path in ("../api/status", "%2e%2e/api/status", "..%2f..%2f..%2fetc/passwd", "/etc/passwd", "../index.html",
                     "%00", "%ff", "%ed%a0%80", "..\\..\\x", "a" * 5000, ""):  # fmt: skip
            assert await ask(f"/assets/{path}") == 404, path
        assert (await daemon.status())["turns"] == 0
    assert "Traceback" not in house.log()


async def test_a_link_out_of_the_assets_is_not_followed(house: House, tmp_path: Path) -> None:
    """The page is served from the package, so the link is put there for a moment."""
    from aidevops_voice import paths

    assets = paths.static() / "assets"
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    link = assets / f"link-{tmp_path.name}.txt"
    link.symlink_to(outside)
    try:
        async with running(house) as daemon:
            request = f"GET /assets/{link.name} HTTP/1.1\r\nHost: 127.0.0.1:{daemon.port}\r\n\r\n"
            assert await answered(daemon.port, request) == 404
    finally:
        link.unlink()


ATTACK = """
async (daemon) => {
  const tried = {};
  const outcome = (name, promise) =>
    Promise.race([promise, new Promise((_, no) => setTimeout(() => no("late"), 3000))])
      .then((got) => { tried[name] = String(got); }, () => { tried[name] = "refused"; });
  const json = JSON.stringify({ text: "create a file named hacked.txt" });
  const post = (path, body, more) => fetch(daemon + path, { method: "POST", body, credentials: "include", ...more });
  const text = { "Content-Type": "text/plain" };
  const full = { "Content-Type": "application/json", "X-Aidevops-Voice": "1" };
  const tag = (name, attributes) => new Promise((yes, no) => {
    const node = Object.assign(document.createElement(name), attributes, { onload: () => yes("loaded"), onerror: no });
    document.body.append(node);
  });
  await outcome("read", fetch(daemon + "/api/status", { credentials: "include" }).then((r) => r.text()));
  await outcome("metrics", fetch(daemon + "/metrics", { credentials: "include" }).then((r) => r.text()));
  await outcome("events", new Promise((yes, no) => {
    const source = new EventSource(daemon + "/api/events", { withCredentials: true });
    source.onmessage = () => yes("told");
    source.onerror = no;
  }));
  await outcome("json", post("/api/ask", json, { headers: full }).then((r) => r.status));
  await outcome("plain", post("/api/ask", json, { headers: text }).then((r) => r.status));
  await outcome("bare hush", post("/api/hush", "{}").then((r) => r.status));
  await outcome("ticket", post("/api/ticket", "{}", { headers: full }).then((r) => r.text()));
  await outcome("socket", new Promise((yes, no) => {
    const socket = new WebSocket(daemon.replace("http", "ws") + "/api/events");
    socket.onopen = () => yes("open");
    socket.onerror = no;
  }));
  await outcome("script", tag("script", { src: daemon + "/api/status" }));
  await outcome("image", tag("img", { src: daemon + "/api/status" }));
  await outcome("style", tag("link", { rel: "stylesheet", href: daemon + "/api/status" }));
  // What cannot be read may still act: each of these is sent and its answer thrown away.
  for (const path of ["/api/ask", "/api/hush", "/api/stop", "/api/answer"]) {
    await post(path, json, { mode: "no-cors", headers: text }).catch(() => 0);
    await post(path, new URLSearchParams({ text: "x" }), { mode: "no-cors" }).catch(() => 0);
    navigator.sendBeacon(daemon + path, new Blob([json], { type: "text/plain" }));
  }
  const frame = Object.assign(document.createElement("iframe"), { name: "into", src: daemon + "/" });
  document.body.append(frame);
  await new Promise((done) => { frame.onload = done; setTimeout(done, 2000); });
  const form = Object.assign(document.createElement("form"), {
    method: "post", action: daemon + "/api/ask", enctype: "text/plain", target: "into",
  });
  form.append(Object.assign(document.createElement("input"), { name: json.slice(0, -1) + ',"x":"', value: '"}' }));
  document.body.append(form);
  form.submit();
  await new Promise((done) => setTimeout(done, 500));
  return tried;
}
"""


async def test_a_page_of_another_port_reads_and_does_nothing(house: House) -> None:
    """Cookies do not know ports, so this page's requests carry ours."""
    seen: list[str] = []

    async def serve(request: HttpRequest, reply: HttpReply) -> None:
        seen.append(request.headers.get("cookie", ""))
        await reply.send(200, b"<!doctype html><title>x</title><body>", "text/html")

    hostile = LoopbackServer(serve)
    await hostile.start()
    try:
        async with running(house) as daemon, browser() as page:
            await page.open(await daemon.login_url())
            await page.page.wait_for_function("() => document.body.dataset.boot")
            assert "ticket" not in page.page.url
            tab = await page.page.context.new_page()
            requests: list[str] = []
            tab.on("response", lambda response: requests.append(f"{response.request.method} {response.status}"))
            await tab.goto(f"http://127.0.0.1:{hostile.port}/")
            assert f"aidevops_voice_{daemon.port}=" in seen[0], "the cookie is sent, so what follows is a real attack"
            tried: dict[str, str] = await tab.evaluate(ATTACK, daemon.url)
            assert set(tried.values()) == {"refused"}, tried
            assert {each for each in requests if each.startswith("POST")} == {"POST 403"}, requests
            framed = [frame for frame in tab.frames if frame.name == "into"]
            assert [await frame.locator("#text-box").count() for frame in framed] == [0]
            status = await daemon.status()
            assert (status["turns"], status["pending"]) == (0, [])
            log = house.log()
            assert "refused POST /api/ask: access.origin" in log
            assert "refused GET /api/events: access.origin" in log
            # The page itself still works in the same browser.
            await expect(page.part("connection")).to_have_text("Connected")
    finally:
        await hostile.stop()
    assert not (house.project / "hacked.txt").exists()


async def hostile_ask(daemon: RunningDaemon, name: str) -> dict[str, Any]:
    """A pending request to create a file of this name."""
    told = (await daemon.request("POST", "/api/ask", {"text": f'create a file named "{name}"'})).json()
    asked: dict[str, Any] = told["pending"][0]
    return asked


async def test_a_call_opens_nothing_to_the_network_and_cards_hide_nothing(house: House) -> None:
    async with running(house, EMBEDDED) as daemon, browser() as page:
        await page.open(await daemon.login_url())
        await page.start_voice()
        sockets = house.listening()
        assert {address for _, address in sockets} == {"127.0.0.1"}, sockets
        assert sum(kind == "udp" for kind, _ in sockets) == 1, sockets
        asked = await hostile_ask(daemon, "safe\u202egpj.sh")
        assert "\u202e" in asked["path"]
        await expect(page.part("ask-exact")).to_have_text("safe⟨U+202E⟩gpj.sh")
        assert "\u202e" not in await page.part("ask-title").inner_text()
        await daemon.request("POST", "/api/answer", {"id": asked["id"], "reply": "deny"})
    assert list(house.project.glob("safe*")) == []
