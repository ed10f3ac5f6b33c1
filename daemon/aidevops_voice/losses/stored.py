"""Rows, tables and databases that are gone, with the counts that the database printed."""

from __future__ import annotations

import re

from aidevops_voice.losses.loss import Loss
from aidevops_voice.reports.run import Run

_CLIENTS = re.compile(
    r"\b(?:psql|mysql|mariadb|sqlite3?|duckdb|clickhouse(?:-client)?|sqlcmd|cockroach|pgcli|mycli|litecli|mongo(?:sh)?"
    r"|cqlsh|usql|d1 execute|bq|snowsql|prisma db execute|dbshell|rails (?:runner|db)|supabase db)\b"
)
_SHOWN = re.compile(r"^(?:git|gh|vi|vim|nano|code|history|man)\b")
_NAME = r"[\w.\"`\[\]]{1,80}"
_LIST = rf"{_NAME}(?:\s*,\s*{_NAME}){{0,9}}"
_DROP = re.compile(
    rf"\bdrop\s+(?P<what>table|database|schema|view|materialized\s+view|collection|keyspace|column)\s+"
    rf"(?:concurrently\s+)?(?:if\s+exists\s+)?(?P<names>{_LIST})",
    re.I,
)
_TRUNCATE = re.compile(rf"\btruncate\s+(?:table\s+)?(?:only\s+)?(?P<names>{_LIST})", re.I)
_DELETE = re.compile(rf"\bdelete\s+from\s+(?:only\s+)?(?P<table>{_NAME})(?P<rest>[^;]{{0,800}})", re.I)
_ROWS = (
    re.compile(r"^DELETE (\d{1,12})$", re.M),
    re.compile(r"\b(\d{1,12}) rows? affected", re.I),
    re.compile(r"\b(\d{1,12}) rows? (?:were |was )?(?:deleted|removed)", re.I),
    re.compile(r"\b(?:deleted|removed|changes)\W{1,3}(\d{1,12})\b(?! (?!rows?))", re.I),
    re.compile(r"\bdeletedCount\W+(\d{1,12})"),
)
_ALONE = re.compile(r"^\|?\s*(\d{1,12})\s*\|?$", re.M)
_CHANGES = re.compile(r"\bchanges\s*\(|\bROW_COUNT\s*\(", re.I)
_FIRST = re.compile(
    r"\A(?:(?!\bselect\b).){0,1500}?\bdelete\s+from\b(?:(?!\bselect\b)[^;]){0,800};"
    r"\s*select\s+(?:changes|row_count)\s*\(",
    re.I | re.S,
)
"""Nothing else is printed before how many rows it was."""
_ERROR = re.compile(r"^(?:psql:\S+ )?ERROR\b|^(?:Parse |Runtime )?[Ee]rror\b", re.M)
_DROPPED = re.compile(r"^DROP (TABLE|DATABASE|SCHEMA|VIEW)$", re.M)
_BACK = re.compile(r"\brollback\b", re.I)
_COMMENT = re.compile(r"--[^\n]*")
_WHATS = {"materialized view": "view", "keyspace": "database", "collection": "table"}
_RESETS = re.compile(
    r"\b(?:db:(?:drop|reset|migrate:reset|purge)|migrate reset|migrate:(?:fresh|refresh|reset)"
    r"|manage\.py (?:flush|reset_db)|ecto\.(?:drop|reset)|pg:reset|doctrine:(?:database|schema):drop"
    r"|db reset|dropDatabase\(\))"
)
_COLLECTION = re.compile(r"\bdb\.(\w+)\.drop\(\)")
_DROPDB = re.compile(r"\bdropdb\b(?:\s+-\S+)*\s+([\w.-]+)|\bmysqladmin\b.*\bdrop\s+([\w-]+)")


def read(run: Run, sure: bool) -> list[Loss]:
    """The statements of a command that took something away."""
    if run.shows or _SHOWN.match(run.command) or _BACK.search(run.command) or re.search(r"^ROLLBACK$", run.text, re.M):
        return []
    found = _whole(run) if sure else []
    if _CLIENTS.search(run.command):
        sure = sure and not _ERROR.search(run.text)
        found += (_asked(run) if sure else []) or _printed(run)
    return found


def _whole(run: Run) -> list[Loss]:
    found = [Loss("database", (name,)) for pair in _DROPDB.findall(run.command) for name in pair if name]
    found += [Loss("table", (name,)) for name in _COLLECTION.findall(run.command)]
    return found or ([Loss("database_reset")] if _RESETS.search(run.command) else [])


def _asked(run: Run) -> list[Loss]:
    sql = _COMMENT.sub("", run.command)
    found: list[Loss] = []
    for match in _DROP.finditer(sql):
        what = " ".join(match["what"].lower().split())
        found.append(Loss(_WHATS.get(what, what), _names(match["names"])))
    found += [Loss("truncated", _names(match["names"])) for match in _TRUNCATE.finditer(sql)]
    return found + _rows(list(_DELETE.finditer(sql)), run)


def _names(listed: str) -> tuple[str, ...]:
    return tuple(_bare(name) for name in listed.split(","))


def _bare(name: str) -> str:
    """Without quotes and the schema that is in front of most."""
    return name.strip().strip('"`[]').removeprefix("public.").removeprefix("dbo.")


def _rows(deletes: list[re.Match[str]], run: Run) -> list[Loss]:
    found: list[Loss] = []
    counts = _counts(run)
    paired = counts if len(counts) == len(deletes) else [None] * len(deletes)
    for match, n in zip(deletes, paired, strict=True):
        fields = {"table": _bare(match["table"])}
        every = not re.search(r"\b(?:where|limit|using)\b", match["rest"], re.I)
        if n is None:
            found.append(Loss("all_rows" if every else "some_rows", fields=fields))
        elif n:
            found.append(Loss("every_row" if every else "rows", n=n, fields=fields))
    return found


def _counts(run: Run) -> list[int | None]:
    for pattern in _ROWS:
        if numbers := pattern.findall(run.text):
            return [int(n) for n in numbers]
    alone = [int(n) for n in _ALONE.findall(run.text)] if _CHANGES.search(run.command) else []
    # What is asked next, what is left for example, is another number.
    return list(alone[:1] if _FIRST.search(run.command) and len(_DELETE.findall(run.command)) == 1 else alone)


def _printed(run: Run) -> list[Loss]:
    """What a file of statements did, of which only the results are known."""
    rows = sum(int(n) for n in _ROWS[0].findall(run.text)) + sum(int(n) for n in _ROWS[-1].findall(run.text))
    found = [Loss("rows_only", n=rows)] if rows else []
    tables = sum(1 for what in _DROPPED.findall(run.text) if what == "TABLE")
    databases = sum(1 for what in _DROPPED.findall(run.text) if what != "TABLE")
    found += [Loss("tables_only", n=tables)] if tables else []
    found += [Loss("databases_only", n=databases)] if databases else []
    emptied = len(re.findall(r"^TRUNCATE TABLE$", run.text, re.M))
    return found + ([Loss("truncated_only", n=emptied)] if emptied else [])
