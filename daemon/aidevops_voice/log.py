"""The one log: a bounded private file, without secrets, and without what was said.

Records are redacted as a whole, traceback included. Pipecat logs transcripts and whole prompts through loguru, so
of its records only the place and the program text of the call are kept.
"""

from __future__ import annotations

import linecache
import logging
import os
from collections.abc import Iterable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from aidevops_voice import secrets as _secrets

if TYPE_CHECKING:
    from loguru import Message

MAX_BYTES = 2_000_000
OLDER_FILES = 3
RECORD_CHARS = 16_000
_OVERLAP = 4_000
"""Read beyond the cut, so that no half of a secret stays at it."""
_FORMAT = "%(asctime)s.%(msecs)03d %(levelname)-7s %(name)s: %(message)s"
_OURS = ("aidevops_voice", "aidevops_voice_adapters")
_QUIET = ("uvicorn.access",)
"""Their lines hold request targets, and so tickets."""

_USUAL = frozenset({"read_audio_frame", "screen_video_input_track"})
"""Where Pipecat warns of a muted or closing microphone every two seconds, and of a screen that nobody shares."""

_values: tuple[str, ...] = ()
_late: tuple[str, ...] = ()
_MOST_LATE = 128
"""Of tickets and the like; the oldest fall, which open nothing any more."""


def redact(text: str) -> str:
    """The text without the secrets given to `configure` and `conceal`, those of the environment, and what looks like
    one."""
    return _secrets.redact(text, _values + _late)


def conceal(*secrets: str) -> None:
    """Hide these from now on too: what was made or found after the start."""
    global _late
    _late = tuple(dict.fromkeys((*_late, *secrets)))[-_MOST_LATE:]


def configure(path: Path, level: str, secrets: Iterable[str]) -> None:
    """Send everything to the file, ours from `level` on, others from WARNING on; may be called again."""
    global _values
    _values = tuple(dict.fromkeys((*secrets, *_secrets.exported(os.environ))))
    handler = _PrivateFile(path, maxBytes=MAX_BYTES, backupCount=OLDER_FILES, encoding="utf-8")
    handler.setFormatter(_Redacting(_FORMAT, "%Y-%m-%d %H:%M:%S"))
    root = logging.getLogger()
    for old in [old for old in root.handlers if isinstance(old, _PrivateFile)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())
    for name in _QUIET:
        logging.getLogger(name).disabled = True
    logging.captureWarnings(True)
    _take_loguru()


class _PrivateFile(RotatingFileHandler):
    """Mode 0600 from the first byte, and no link in its place."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        handle = os.open(self.baseFilename, flags, 0o600)
        os.fchmod(handle, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")


class _Redacting(logging.Formatter):
    """One record is one line; more lines of it are indented, so that no text can pose as a record."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        whole = len(text) <= RECORD_CHARS
        text = redact(text) if whole else redact(text[: RECORD_CHARS + _OVERLAP])[:-_OVERLAP] + " […]"
        return text.translate(_CONTROLS)


_CONTROLS: dict[int, str] = dict.fromkeys((*range(32), 127, *range(128, 160), 8232, 8233), " ")
_CONTROLS |= {ord("\n"): "\n    ", ord("\t"): "\t"}


def _take_loguru() -> None:
    from loguru import logger  # Pipecat's logger; a tool that only needs `redact` shall not load it

    logger.remove()
    logger.add(_from_pipecat, level="WARNING", format="{message}", backtrace=False, diagnose=False, catch=True)


def _from_pipecat(message: Message) -> None:
    record = message.record
    if record["function"] in _USUAL:
        return
    said = linecache.getline(record["file"].path, record["line"]).strip()
    if said.endswith("("):
        said += linecache.getline(record["file"].path, record["line"] + 1).strip()
    error = record["exception"].type.__name__ if record["exception"] and record["exception"].type else "no exception"
    name = f"{record['name']}:{record['function']}:{record['line']}"
    logging.getLogger(name).log(record["level"].no, "%s; %s", error, said[:200])
