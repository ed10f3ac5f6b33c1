"""The log is private and bounded, and holds neither secrets nor what was said."""

from __future__ import annotations

import logging
import os
import stat
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import loguru
import pytest

from aidevops_voice import log
from aidevops_voice.secrets import HIDDEN

_log = logging.getLogger("aidevops_voice.somewhere")
SECRET = "hunter2-and-more"

Read = Callable[[], str]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Read]:
    """Configured for the test, and the file's text; everything is put back afterwards."""
    loggers = [logging.getLogger(name) for name in ("", "aidevops_voice", "aidevops_voice_adapters", "uvicorn.access")]
    before = [(one, one.level, one.disabled, list(one.handlers)) for one in loggers]
    file = tmp_path / "daemon.log"
    log.configure(file, "info", [SECRET])
    yield lambda: file.read_text("utf-8")
    logging.captureWarnings(False)
    loguru.logger.remove()
    loguru.logger.add(sys.stderr)
    for handler in set(logging.getLogger().handlers) - set(before[0][3]):
        logging.getLogger().removeHandler(handler)
        handler.close()
    for one, level, disabled, handlers in before:
        one.setLevel(level)
        one.disabled = disabled
        one.handlers = handlers


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_record_has_time_level_and_module(read: Read) -> None:
    _log.info("started on port %d", 7865)
    assert read().endswith(" INFO    aidevops_voice.somewhere: started on port 7865\n")
    time.strptime(read()[:19], "%Y-%m-%d %H:%M:%S")


def test_secrets_are_taken_out_of_message_arguments_and_traceback(read: Read) -> None:
    def fail() -> None:
        raise ValueError(f"cannot log in with {SECRET} and sk-abcdefghij0123456789")

    try:
        fail()
    except ValueError:
        _log.exception("while trying %s at http://ann:pass@host/#ticket=T1cket", SECRET)
    text = read()
    assert SECRET not in text
    assert not [part for part in ("sk-abc", "ann:pass", "T1cket") if part in text]
    assert "ValueError: cannot log in with" in text
    assert text.count(HIDDEN) >= 4


def test_keys_in_the_environment_are_known_without_being_named(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOME_VENDOR_API_KEY", "plain-words-as-key")
    monkeypatch.setenv("OPENCODE_SERVER_USERNAME", "opencode-user")
    log.configure(tmp_path / "daemon.log", "info", [])
    assert log.redact("plain-words-as-key of opencode-user") == f"{HIDDEN} of opencode-user"


def test_the_file_is_private_from_the_start_and_after_rotation(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 2_000)
    old = os.umask(0)
    try:
        log.configure(tmp_path / "daemon.log", "info", [])
        for number in range(300):
            _log.info("line %d", number)
    finally:
        os.umask(old)
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["daemon.log", "daemon.log.1", "daemon.log.2", "daemon.log.3"]
    assert {mode(file) for file in files} == {0o600}
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert "line 299" in read()


def test_a_loose_file_is_tightened_and_a_link_refused(tmp_path: Path, read: Read) -> None:
    loose = tmp_path / "loose.log"
    loose.touch(mode=0o644)
    log.configure(loose, "info", [])
    assert mode(loose) == 0o600
    (tmp_path / "link.log").symlink_to(loose)
    with pytest.raises(OSError, match="symbolic"):
        log.configure(tmp_path / "link.log", "info", [])


def test_configuring_again_moves_the_log(tmp_path: Path, read: Read) -> None:
    log.configure(tmp_path / "second.log", "info", [])
    _log.info("once")
    assert "once" not in read()
    assert (tmp_path / "second.log").read_text().count("once") == 1


def test_the_level_is_for_our_records_only(tmp_path: Path, read: Read) -> None:
    log.configure(tmp_path / "daemon.log", "debug", [])
    _log.debug("ours")
    logging.getLogger("httpx").info("HTTP Request: GET http://127.0.0.1/secret-path")
    logging.getLogger("httpx").warning("theirs")
    assert "ours" in read()
    assert "secret-path" not in read()
    assert "theirs" in read()


def test_request_lines_of_the_server_are_never_logged(read: Read) -> None:
    logging.getLogger("uvicorn.access").error("GET /?ticket=x")
    assert read() == ""


def test_warnings_are_logged(read: Read) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.warn("an old name is used", UserWarning, stacklevel=1)
    assert "an old name is used" in read()


def test_no_text_can_pose_as_a_record(read: Read) -> None:
    _log.info("%s", "a\n2026-01-01 00:00:00.000 ERROR   fake: b\r\x1b[2Jc\x00\u2028d\x85e\x9be")
    lines = read().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("    2026-01-01")
    assert not [character for character in read() if not character.isprintable() and character != "\n"]


def test_text_that_is_no_unicode_is_logged_too(read: Read) -> None:
    # pytest's own handlers would put it into a report that cannot be sent between processes.
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if not type(one).__module__.startswith("_pytest")]
    _log.info("%s", "bad \udcff name")
    assert "bad \\udcff name" in read()


@pytest.mark.parametrize("shift", range(-20, 20))
def test_a_huge_record_is_cut_and_no_half_of_a_secret_stays(read: Read, shift: int) -> None:
    size = log.RECORD_CHARS + shift
    line = f"{'x' * (size - 76)} {SECRET} {'y' * 200_000} {SECRET}"
    _log.info("%s", line)
    text = read()
    assert log.RECORD_CHARS - 200 < len(text) < log.RECORD_CHARS + 200
    assert not [n for n in range(6, len(SECRET)) if SECRET[:n] in text]


# --- Pipecat's own logger ---------------------------------------------------------------------------------------


def test_nothing_said_comes_through_loguru(read: Read, capfd: pytest.CaptureFixture[str]) -> None:
    said = "please delete the secret project"
    loguru.logger.debug(f"Generating TTS [{said}]")
    loguru.logger.info(f"Transcription: {said}")
    loguru.logger.warning(f"not speaking [{said}]")
    try:
        raise ValueError(said)
    except ValueError:
        loguru.logger.exception(f"failed with {said}")
    loguru.logger.opt(raw=True).error(said)
    text = read()
    assert said not in text
    assert "Generating" not in text
    assert 'loguru.logger.warning(f"not speaking [{said}]")' in text
    assert "test_log:test_nothing_said_comes_through_loguru:" in text
    assert "ValueError; " in text
    assert capfd.readouterr() == ("", "")


def test_text_with_braces_does_not_break_loguru(read: Read) -> None:
    loguru.logger.error("{nonsense} %s %d {")
    argument = "value-" + "of-it"
    loguru.logger.error("with argument {}", argument)
    loguru.logger.error(
        "over lines",
    )
    lines = read().splitlines()
    assert len(lines) == 3
    assert "value-of-it" not in lines[1]
    assert lines[2].endswith('loguru.logger.error("over lines",')
