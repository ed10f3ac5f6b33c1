"""What was heard, sent, asked, answered and said: JSON lines of the owner's eyes only, one file per run of the daemon.

A torn last line (power cut) is skipped when reading. A full disk costs the journal, never the conversation.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

_log = logging.getLogger(__name__)

KEPT_FILES = 20
MAX_BYTES = 8 * 1024 * 1024
"""Of one file; later entries of that run are dropped with one warning."""
RECENT_BYTES = 2 * 1024 * 1024
"""Of one file's end, in which its last turn is looked for."""


class Journal:
    """The journal of one run; `redact` takes secrets out of every text."""

    def __init__(self, folder: Path, name: str, redact: Callable[[str], str] = str) -> None:
        self.path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{name}.jsonl"
        self._redact = redact
        self._file: TextIO | None = None
        self._bytes = 0
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            self._file = os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")
            _prune(folder)
        except OSError as error:
            self._give_up(str(error))

    def write(self, what: str, **fields: Any) -> None:
        """Append an entry; never raises, a failing disk is logged once."""
        self.keep(what, **redacted(fields, self._redact))

    def keep(self, what: str, **fields: Any) -> None:
        """Append an entry that has no secrets: what is long would hold the loop if it were searched again."""
        if self._file is None:
            return
        line = json.dumps({"at": round(time.time(), 3), "what": what, **fields}, ensure_ascii=False) + "\n"
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            self._give_up(str(error))
            return
        self._bytes += len(line)
        if self._bytes > MAX_BYTES:
            self._give_up("the file is full")

    async def sync(self) -> None:
        """Make what was written survive a power cut; off the loop, for it may take tens of milliseconds."""
        if self._file is None:
            return
        try:
            await asyncio.to_thread(os.fsync, self._file.fileno())
        except OSError as error:
            self._give_up(str(error))

    def close(self) -> None:
        """End the file."""
        if self._file:
            self._file.close()
            self._file = None

    def _give_up(self, why: str) -> None:
        _log.warning("the journal stops: %s", why)
        self.close()


def redacted(value: Any, redact: Callable[[str], str]) -> Any:
    """Plain JSON with each text redacted by itself, for in a line of JSON an escape could hide a secret."""
    match value:
        case str():
            return redact(value)
        case dict():
            return {name: redacted(item, redact) for name, item in value.items()}
        case list() | tuple():
            return [redacted(item, redact) for item in value]
        case _:
            return value


def entries(path: Path, last_bytes: int = MAX_BYTES * 2) -> Iterator[dict[str, Any]]:
    """Entries of one file, or of its end; torn or foreign lines are skipped."""
    with path.open("rb") as lines:
        lines.seek(max(0, path.stat().st_size - last_bytes))
        for line in lines:
            try:
                entry = json.loads(line.decode("utf-8", "replace"))
            except ValueError:
                continue
            if isinstance(entry, dict):
                yield entry


def last_turns(folder: Path) -> list[dict[str, Any]]:
    """Entries since the daemon was last started and given something to do; empty when there is none."""
    for file in sorted(folder.glob("*.jsonl"), reverse=True) if folder.is_dir() else ():
        found = list(entries(file, RECENT_BYTES))
        if any(entry.get("what") in ("prompt", "began") for entry in found):
            return found
    return []


def unfinished(folder: Path) -> str:
    """The last prompt of the newest run if that run ended without its outcome and without a tidy stop; else empty."""
    files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    prompt: dict[str, Any] = {}
    for entry in entries(files[-1]) if files else ():
        what = entry.get("what")
        if what == "prompt":
            prompt = entry
        elif what == "stopped" or (what == "ended" and prompt.get("turn") in entry.get("turns", ())):
            prompt = {}
    return str(prompt.get("text", ""))


def _prune(folder: Path) -> None:
    for old in sorted(folder.glob("*.jsonl"))[:-KEPT_FILES]:
        old.unlink(missing_ok=True)
