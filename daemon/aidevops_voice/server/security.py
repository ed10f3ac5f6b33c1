"""Who may call: Host, Origin and credential of every request, in this order, and the headers of every answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Literal

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aidevops_voice.errors import NoCredential, TooLarge, TooMany, VoiceError, WrongHost, WrongOrigin
from aidevops_voice.server.tickets import LOGIN_S, Tickets

BODY_LIMIT = 256 * 1024
OFFER_LIMIT = 64 * 1024
"""Bytes of a request body."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), display-capture=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE = ("GET", "HEAD")
_OPEN = ("/", "/healthz")
_ASSETS = "/assets/"
_LOGIN = "/api/login"
_BEARER_ONLY = ("/api/ticket", "/api/attach")

_LOG = logging.getLogger(__name__)


class Guard:
    """Pure ASGI, outermost: nothing behind it sees a request that it refuses."""

    def __init__(self, app: ASGIApp, tickets: Tickets, url: str, port: int) -> None:
        self.app = app
        self._tickets = tickets
        self._hosts = _hosts(url, port)
        self._cookie = cookie_name(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, limit the body, add the headers."""
        match scope["type"]:
            case "http":
                await self._serve(scope, receive, _with_headers(scope, send))
            case "websocket":
                await send({"type": "websocket.close", "code": 1008, "reason": ""})
            case _:
                await self.app(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._admit(scope)
            limited = _limited(scope, receive)
        except VoiceError as error:
            _LOG.warning("refused %s %s: %s", scope["method"], scope["path"][:200], error.code)
            await error_response(error)(scope, receive, send)
            return
        await self.app(scope, limited, send)

    def _admit(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        self._check_host(headers)
        _check_origin(headers)
        if _is_open(scope["method"], scope["path"]):
            return
        if self._credential(headers, scope["path"]) == "cookie" and scope["method"] not in _SAFE:
            _check_cookie_write(headers)

    def _check_host(self, headers: Headers) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            raise WrongHost("This address does not belong to the daemon.")

    def _credential(self, headers: Headers, path: str) -> Literal["bearer", "cookie"]:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._tickets.knows_token(token.strip()):
            return "bearer"
        if path not in _BEARER_ONLY and self._tickets.knows_cookie(_cookie(headers, self._cookie)):
            return "cookie"
        raise NoCredential("This page is not logged in.")


class Allowance:
    """At most `burst` calls at once, refilled at `per_s` calls a second; raises TooMany."""

    def __init__(self, burst: int, per_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._per_s, self._clock = burst, per_s, clock
        self._left, self._seen = float(burst), clock()

    def spend(self) -> None:
        """Take one."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._seen) * self._per_s)
        self._seen = now
        if self._left < 1:
            raise TooMany("There were too many of these requests.")
        self._left -= 1


def error_response(error: VoiceError) -> Response:
    """The one form in which errors leave over HTTP."""
    return JSONResponse(error.as_dict(), status_code=error.status)


def cookie_name(port: int) -> str:
    """With the port, because browsers share cookies between the ports of a host."""
    return f"aidevops_voice_{port}"


def cookie_header(port: int, value: str) -> str:
    """`Set-Cookie` of a login; no `Secure`, since loopback is plain HTTP."""
    return f"{cookie_name(port)}={value}; Max-Age={int(LOGIN_S)}; Path=/; HttpOnly; SameSite=Strict"


def _hosts(url: str, port: int) -> frozenset[str]:
    names = (url.removeprefix("http://").rpartition(":")[0], "localhost", "127.0.0.1", "[::1]")
    return frozenset({f"{name}:{port}" for name in names} | (set(names) if port == 80 else set()))


def _is_open(method: str, path: str) -> bool:
    if method == "POST":
        return path == _LOGIN
    return method in _SAFE and (path in _OPEN or path.startswith(_ASSETS))


def _check_origin(headers: Headers) -> None:
    """A page of another port is another origin; browsers tell both by `Origin` and by `Sec-Fetch-Site`."""
    origins = headers.getlist("origin")
    if origins and origins != [f"http://{headers['host'].lower()}"]:
        raise WrongOrigin("The request comes from another page.")
    # A link from elsewhere to the page itself is a navigation and carries no credential of ours.
    foreign = headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
    if foreign and headers.get("sec-fetch-mode") != "navigate":
        raise WrongOrigin("The request comes from another page.")


def _check_cookie_write(headers: Headers) -> None:
    """What a form or a script of another page cannot send without being asked for first."""
    if "origin" not in headers:
        raise WrongOrigin("A write with a cookie needs an Origin.")
    if headers.get("x-aidevops-voice") != "1":
        raise WrongOrigin("A write with a cookie needs the header X-Aidevops-Voice: 1.")
    if not _is_json(headers):
        raise WrongOrigin("A write with a cookie needs the content type application/json.")


def _is_json(headers: Headers) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def _cookie(headers: Headers, name: str) -> str:
    # `http.cookies` stops at the first odd cookie, and other programs of this host set odd ones.
    for pair in headers.get("cookie", "").split(";"):
        key, _, value = pair.strip().partition("=")
        if key == name:
            return value
    return ""


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Stop reading a body that is longer than it may be, whether it says so or not."""
    limit = OFFER_LIMIT if scope["path"] == "/api/offer" else BODY_LIMIT
    declared = Headers(scope=scope).get("content-length", "0")
    if not declared.isdigit() or int(declared) > limit:
        raise TooLarge(f"The request is longer than {limit} bytes.")
    seen = 0

    async def receive_some() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge(f"The request is longer than {limit} bytes.")
        return message

    return receive_some


def _with_headers(scope: Scope, send: Send) -> Send:
    asset = scope["path"].startswith(_ASSETS)

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            # Names of assets carry a hash of their content.
            keep = asset and message["status"] in (200, 304)
            headers["Cache-Control"] = "public, max-age=31536000, immutable" if keep else "no-store"
        await send(message)

    return send_with_headers
