"""Whether a certificate still holds, as `openssl` answers when it is asked for its end."""

from __future__ import annotations

import re
from datetime import datetime

from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.run import Run

_UNTIL = re.compile(r"^notAfter=(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) [\d:]{8} (?P<year>\d{4})\b", re.M)
_NAME = re.compile(r"^subject=.*?\bCN ?= ?(?P<name>[\w.*-]{3,80})", re.M)
_WITHIN = re.compile(r"-checkend[ =](?P<seconds>\d{1,12})\b")


def read(run: Run) -> Report | None:
    """Until when it holds, or that it has expired."""
    if run.shows or not run.runs("openssl ") or run.exit_code not in (0, 1, None):
        return None
    date, asked, name = _date(run.text), _WITHIN.search(run.command), _NAME.search(run.text)
    over = run.exit_code == 1
    if over and asked is None:
        return None
    expired = over and asked is not None and int(asked["seconds"]) == 0
    until = (said("cert.was_until" if expired else "values.expires", message=date),) if date else ()
    whose = (said("cert.whose", name=name["name"]),) if name and until and over else ()
    if not over:
        good = (said("cert.holds"),) if asked and not until and "will not expire" in run.text else ()
        return Report("value", "none", (*good, *until)) if good or until else None
    return Report("exit", "none", (said("cert.expired" if expired else "cert.expiring"), *until, *whose))


def _date(text: str) -> str:
    found = _UNTIL.search(text)
    if found is None:
        return ""
    try:
        return f"{datetime.strptime(' '.join(found.group('day', 'month', 'year')), '%d %b %Y'):%Y-%m-%d}"
    except ValueError:
        return ""
