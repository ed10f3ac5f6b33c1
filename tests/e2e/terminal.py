"""A program in a pseudo-terminal: keys go in, what stands on the screen is read, as by somebody who looks at it."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import signal
import struct
import termios
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

ROWS, COLUMNS = 40, 120
PATIENT_S = 30.0
_TOKEN = re.compile(
    r"\x1b\[(?P<arguments>[0-9;:<=>?]*)[ -/]*(?P<order>[@-~])"  # control sequences
    r"|\x1b[\]P_^X].*?(?:\x1b\\|\x07)"  # strings for the terminal: title, clipboard, graphics
    r"|\x1b[ -/]*[0-~]|(?P<text>[^\x1b\x00-\x1f\x7f]+)|[\x00-\x1f\x7f]",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*|[\]P_^X](?:(?!\x1b\\|\x07).)*)?\Z", re.DOTALL)
_ANSWERS = (
    ("\x1b]10;?", "\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
    ("\x1b]11;?", "\x1b]11;rgb:0000/0000/0000\x1b\\"),
    ("\x1b[6n", "\x1b[1;1R"),
    ("\x1b[c", "\x1b[?62;c"),
)
"""What a program asks its terminal for, and waits for."""


class Screen:
    """The characters that stand on the screen; colours are not kept, every character is one cell wide."""

    def __init__(self) -> None:
        self._cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self._row = self._column = 0
        self._rest = ""

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join("".join(line).rstrip() for line in self._cells)

    def feed(self, output: str) -> None:
        """Draw; a sequence that is not complete waits for the rest of it."""
        output = self._rest + output
        unfinished = _UNFINISHED.search(output)
        self._rest = output[unfinished.start() :] if unfinished else ""
        for token in _TOKEN.finditer(output.removesuffix(self._rest) if self._rest else output):
            if token["text"]:
                self._write(token["text"])
            elif token["order"]:
                self._obey(token["order"], token["arguments"])
            elif token[0] == "\r":
                self._column = 0
            elif token[0] == "\n":
                self._row = min(self._row + 1, ROWS - 1)

    def _write(self, text: str) -> None:
        for character in text:
            if self._row < ROWS and self._column < COLUMNS:
                self._cells[self._row][self._column] = character
            self._column += 1

    def _obey(self, order: str, arguments: str) -> None:
        if not re.fullmatch(r"[0-9;]*", arguments):
            return
        numbers = [int(each or 0) for each in arguments.split(";")]
        match order:
            case "H" | "f":
                self._row, self._column = (max(each, 1) - 1 for each in (*numbers, 1)[:2])
            case "C":
                self._column += max(numbers[0], 1)
            case "J" if numbers[0] == 2:
                self._cells = [[" "] * COLUMNS for _ in range(ROWS)]
            case "K" if self._row < ROWS:
                self._cells[self._row][self._column :] = [" "] * max(COLUMNS - self._column, 0)


class Terminal:
    """One running program."""

    def __init__(self, pid: int, descriptor: int) -> None:
        self.pid = pid
        self.screen = Screen()
        self._descriptor = descriptor
        self._news = asyncio.Event()
        self._ended = False
        os.set_blocking(descriptor, False)
        asyncio.get_running_loop().add_reader(descriptor, self._read)

    def type(self, keys: str) -> None:
        """Press keys; `\\r` is Enter."""
        os.write(self._descriptor, keys.encode())

    async def enter(self, text: str) -> None:
        """Type a line, see it stand there, send it."""
        self.type(text)
        await self.shows(text)
        self.type("\r")

    async def shows(self, text: str, timeout: float = PATIENT_S) -> None:
        """Wait until the screen shows this; fails with what it shows instead."""
        await self._until(lambda: text in self.screen.text, f"{text!r} is not shown", timeout)

    async def hides(self, text: str, timeout: float = PATIENT_S) -> None:
        """Wait until the screen shows this no more."""
        await self._until(lambda: text not in self.screen.text, f"{text!r} is still shown", timeout)

    async def ends(self, number: signal.Signals = signal.SIGHUP, timeout: float = PATIENT_S) -> None:
        """Send a signal (a hang-up is what a closed window sends) and wait for the end."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
        try:
            async with asyncio.timeout(timeout):
                await asyncio.to_thread(self._reap)
        except TimeoutError:
            os.kill(self.pid, signal.SIGKILL)
            raise
        self._close()

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    async def _until(self, seen: Callable[[], bool], complaint: str, timeout: float) -> None:
        try:
            async with asyncio.timeout(timeout):
                while not seen():
                    assert not self._ended, f"{complaint}; the program has ended:\n{self.screen.text}"
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"{complaint}:\n{self.screen.text}") from None

    def _read(self) -> None:
        try:
            output = os.read(self._descriptor, 65536)
        except BlockingIOError:
            return
        except OSError:
            output = b""
        if not output:
            self._close()
        text = output.decode("utf-8", "replace")
        for asked, answer in _ANSWERS:
            if asked in text:
                self.type(answer)
        self.screen.feed(text)
        self._news.set()

    def _close(self) -> None:
        if not self._ended:
            self._ended = True
            asyncio.get_running_loop().remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._news.set()


@asynccontextmanager
async def terminal(argv: Sequence[str], cwd: Path, environ: Mapping[str, str]) -> AsyncGenerator[Terminal, None]:
    """Run it until the block ends."""
    pid, descriptor = pty.fork()
    if pid == 0:
        os.chdir(cwd)
        os.execve(argv[0], list(argv), {**environ, "TERM": "xterm-256color"})
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    shown = Terminal(pid, descriptor)
    try:
        yield shown
    finally:
        await shown.ends()
