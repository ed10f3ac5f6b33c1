"""Runs one program and ends it with all its descendants when told to, or when the other end of descriptor 0 is gone.

A script for `_leash`, of the standard library alone, with few imports because each costs start-up time. Descriptor 0 is
a stream socket. In: a length line, then, separated by NUL, the number of arguments, the arguments and the environment;
later `stop SECONDS` lines. Out: `pid N` or `error ERRNO`; once it ended, `exit CODE`; end of file: all are gone.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

ORPHAN_GRACE_S = 2.0
LEFTOVER_GRACE_S = 0.3
GIVE_UP_S = 10.0
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def prctl(option: int, value: int) -> None:
    """Do nothing where there is no prctl."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def tell(line: str) -> None:
    """Write to the owner, who may be gone."""
    try:
        os.write(0, line.encode() + b"\n")
    except OSError:
        return


def read_request() -> tuple[list[bytes], dict[bytes, bytes]]:
    """Arguments and environment; ends this process when the owner goes first."""
    data = b""
    while b"\n" not in data:
        data += read_some()
    size, _, rest = data.partition(b"\n")
    while len(rest) < int(size):
        rest += read_some()
    count, *words = rest.split(b"\0")
    pairs = (word.partition(b"=") for word in words[int(count) :])
    return words[: int(count)], {key: value for key, _, value in pairs}


def read_some() -> bytes:
    """At least one byte of the request."""
    data = os.read(0, 1 << 16)
    if not data:
        os._exit(0)
    return data


def start(argv: list[bytes], env: dict[bytes, bytes]) -> int:
    """Pid of the program, in a session of its own; raises OSError when it cannot be executed."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        execute(argv, env, writer)
    os.close(writer)
    trouble = os.read(reader, 16)
    os.close(reader)
    if trouble:
        os.waitpid(pid, 0)
        raise OSError(int(trouble), os.strerror(int(trouble)))
    return pid


def execute(argv: list[bytes], env: dict[bytes, bytes], trouble: int) -> NoReturn:
    """The forked child's way to the program; an errno goes into `trouble`."""
    try:
        os.setsid()
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        for ignored in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(ignored, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.execvpe(argv[0], argv, env)
    except OSError as error:
        os.write(trouble, str(error.errno).encode())
    finally:
        os._exit(127)


def let_go_of_output() -> None:
    """Its reader sees the end when the program's tree is gone, so no copy may stay here."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)


def family() -> dict[int, int]:
    """Process groups of all living descendants by pid, whatever their session."""
    parents: dict[int, list[tuple[int, int]]] = {}
    for name in os.listdir("/proc"):  # noqa: PTH208 - pathlib doubles the start-up time
        if name.isdigit():
            note_parent(int(name), parents)
    found: dict[int, int] = {}
    open_ = [os.getpid()]
    while open_:
        for pid, group in parents.pop(open_.pop(), ()):
            found[pid] = group
            open_.append(pid)
    return found


def note_parent(pid: int, parents: dict[int, list[tuple[int, int]]]) -> None:
    """Put one process under its parent; one that just went is left out."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - as above
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return
    parents.setdefault(int(fields[1]), []).append((pid, int(fields[2])))


class Tree:
    """The program and what came of it."""

    def __init__(self, program: int) -> None:
        self.program = program
        self.running = True
        self._has_proc = os.path.isdir("/proc/self")  # noqa: PTH112 - as above

    def reap(self) -> None:
        """Bury our dead, orphans that came to us included."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self.program:
                self.running = False
                tell(f"exit {os.waitstatus_to_exitcode(status)}")

    def gone(self) -> bool:
        """Whether nothing is left of it."""
        self.reap()
        if self._has_proc:
            return not family()
        return not self.running and not self._group_lives()

    def signal(self, number: int) -> None:
        """Whole groups at once, so that nobody can fork out of it, and stragglers one by one."""
        members = family() if self._has_proc else {self.program: self.program}
        for group in {*members.values(), self.program} - {os.getpgrp(), 0}:
            send(os.killpg, group, number)
        if number == signal.SIGKILL:
            for pid in members:
                send(os.kill, pid, number)

    def _group_lives(self) -> bool:
        try:
            os.killpg(self.program, 0)
        except OSError:
            return False
        return True


def send(how: object, target: int, number: int) -> None:
    """One that is gone already, or runs as another user, is passed over."""
    try:
        how(target, number)  # type: ignore[operator]
    except OSError:
        return


class Orders:
    """What the owner says, and signals to us, as one thing: how long the tree may still take."""

    def __init__(self) -> None:
        self.grace: float | None = None
        self._heard = b""
        self._owner = True
        self._wake, wake = os.pipe()
        for end in (self._wake, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: self._stop(ORPHAN_GRACE_S))

    def wait(self, timeout: float | None) -> None:
        """Until an order, a dead child or the timeout in seconds."""
        sources = [self._wake, 0] if self._owner else [self._wake]
        ready = select.select(sources, [], [], timeout)[0]
        if self._wake in ready:
            os.read(self._wake, 4096)
        if 0 in ready:
            self._hear()

    def _hear(self) -> None:
        try:
            data = os.read(0, 4096)
        except OSError:
            data = b""
        if not data:
            self._owner = False
            self._stop(ORPHAN_GRACE_S)
        *lines, self._heard = (self._heard + data).split(b"\n")
        for line in lines:
            self._stop(float(line.split()[1]))

    def _stop(self, grace: float) -> None:
        self.grace = grace if self.grace is None else min(self.grace, grace)


def end(tree: Tree, orders: Orders, grace: float) -> bool:
    """Ask with TERM, then insist with KILL; whether all are gone."""
    began = time.monotonic()
    orders.grace = grace
    tree.signal(signal.SIGTERM)
    pause = 0.002
    while not tree.gone():
        spent = time.monotonic() - began
        if spent > orders.grace + GIVE_UP_S:
            return False
        if spent >= orders.grace:
            tree.signal(signal.SIGKILL)
        pause = min(pause * 1.5, 0.05)
        orders.wait(max(0.001, min(pause, orders.grace - spent)) if spent < orders.grace else pause)
    return True


def main() -> int:
    """Exit code 1 means that something survived KILL."""
    argv, env = read_request()
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    orders = Orders()
    try:
        tree = Tree(start(argv, env))
    except OSError as error:
        tell(f"error {error.errno}")
        return 0
    let_go_of_output()
    tell(f"pid {tree.program}")
    while tree.running and orders.grace is None:
        orders.wait(None)
        tree.reap()
    grace = LEFTOVER_GRACE_S if orders.grace is None else orders.grace
    return 0 if tree.gone() or end(tree, orders, grace) else 1


if __name__ == "__main__":
    os._exit(main())
