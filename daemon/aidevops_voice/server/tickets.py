"""Who was let in: the command line's token, single-use tickets of printed links, and the cookies they buy."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from aidevops_voice import log, paths
from aidevops_voice.errors import NoCredential

TICKET_S = 600.0
LOGIN_S = 30 * 24 * 3600.0
_BYTES = 24
"""192 random bits in each token, ticket and cookie."""
_MOST_TICKETS = 32
_MOST_LOGINS = 64

_LOG = logging.getLogger(__name__)


class Tickets:
    """Credentials of one daemon; only hashes of cookies are kept, in a file that outlives the daemon."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._clock = clock
        self._tickets: dict[str, float] = {}
        self._logins = _read(file, clock())
        self.token = _secret()
        """Of the command line; new at each start."""

    def issue(self) -> str:
        """A ticket for one login within ten minutes; the oldest falls when too many are open."""
        ticket = _secret()
        self._tickets[_digest(ticket)] = self._clock() + TICKET_S
        _keep_newest(self._tickets, _MOST_TICKETS)
        return ticket

    def redeem(self, ticket: str) -> str:
        """Spend a ticket for a new cookie; raises NoCredential when it is unknown, spent or too old."""
        found = _find(ticket, self._tickets)
        if found is None or self._tickets.pop(found) <= self._clock():
            raise NoCredential("The link was already used or is too old.")
        cookie = _secret()
        self._logins[_digest(cookie)] = self._clock() + LOGIN_S
        _keep_newest(self._logins, _MOST_LOGINS)
        self._save()
        return cookie

    def knows_cookie(self, cookie: str) -> bool:
        """Whether the cookie was given out here and still holds."""
        found = _find(cookie, self._logins)
        return found is not None and self._logins[found] > self._clock()

    def knows_token(self, token: str) -> bool:
        """Whether this is the token of `daemon.json`."""
        return hmac.compare_digest(_digest(token), _digest(self.token))

    def _save(self) -> None:
        try:
            paths.write_private(self._file, json.dumps(self._logins))
        except OSError as error:
            # A full disk costs the login at the next restart, not the page of today.
            _LOG.warning("logins cannot be saved: %s", error.strerror)


def _secret() -> str:
    secret = secrets.token_urlsafe(_BYTES)
    log.conceal(secret)
    return secret


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _find(secret: str, known: dict[str, float]) -> str | None:
    """The matching digest; looks at all of them, so that time tells nothing."""
    mine, found = _digest(secret), None
    for digest in known:
        if hmac.compare_digest(mine, digest):
            found = digest
    return found


def _keep_newest(entries: dict[str, float], most: int) -> None:
    for digest in list(entries)[:-most]:
        del entries[digest]


def _read(file: Path, now: float) -> dict[str, float]:
    try:
        kept = json.loads(file.read_text("utf-8"))
        return {str(digest): float(until) for digest, until in kept.items() if float(until) > now}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError):
        _LOG.warning("the file of logins cannot be read; pages have to log in again")
        return {}
