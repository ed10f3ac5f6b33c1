"""One finished command as the readers see it: escapes removed, capped to its head and tail, programs named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_HEAD, _TAIL = 8_000, 24_000
_COMMAND = 2_000
_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[()"
    r"][\w]|[@-Z\\^_=>78c])|[\x00-\x07\x0b\x0c\x0e-\x1a\x7f]"
)
_ENDLESS = re.compile(r"\d{16,}")
"""No count and no line; Python refuses to convert the longest."""
_BACK = re.compile(r"(\x08+)")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_PARTS = re.compile(r"&&|\|\||[;|\n]")
_LEADING = re.compile(
    r"(?:\w+=\S* |(?:do|then|else) "
    r"|(?:sudo|time|nice|env|npx|bunx|command|exec|xvfb-run)(?: -\w+)* |timeout(?: -\S+)* \S+ "
    r"|(?:uv|poetry|pdm|hatch|rye) run |bundle exec |(?:pnpm|yarn) (?:exec|dlx) |python[\d.]* -m )"
)
_SHOWS = re.compile(
    r"(?:cat|bat|head|tail|less|more|sed|grep|egrep|rg|ag|awk|jq|echo|printf|strings|diff|git show|git grep)(?: |$)"
)
_UNTOLD = re.compile(r"\||;|\n")
_SIFTS = re.compile(
    r"(?<!\|)\|&? *(?:head|tail|[ef]?grep|rg|sed|g?awk|cut|uniq|sort -u|less|more)\b"
    r"(?![^;\n]*\| *(?:xargs|while|parallel)\b)"
)


CUT = "[…]"
"""A line that stands for the missing middle of an output."""
_CUT = re.compile(rf"^(?:{re.escape(CUT)}|\.\.\. output truncated[^\n]{{0,300}}\.\.\.)\n?", re.M)
"""The second is OpenCode's own."""


@dataclass(frozen=True)
class Run:
    """A command with what it printed."""

    text: str
    command: str = ""
    exit_code: int | None = None
    cut: bool = False
    """The middle is missing: what stands in the text cannot be counted."""
    buried: str = ""
    """The last line of all that is marked as an error, however far from the end."""

    @classmethod
    def of(cls, output: str, command: str, exit_code: int | None) -> Run:
        """Cut first, so that the work does not grow with the output."""
        whole = _CUT.sub("", output)
        cut, output = len(output) > _HEAD + _TAIL or whole != output, whole
        marked = buried(output) if exit_code or cut else ""
        if cut:
            head, tail = output[:_HEAD].rpartition("\n")[0], output[-_TAIL:].partition("\n")[2]
            output = f"{head}\n{tail}" if tail else output[-_TAIL:]
        return cls(_plain(output).strip("\n"), command[:_COMMAND].strip(), exit_code, cut, _plain(marked))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Without those that are empty."""
        return tuple(line for line in self.text.split("\n") if line.strip())

    @cached_property
    def programs(self) -> tuple[str, ...]:
        """The commands of a chain or pipe, each beginning with its program; `cd` is left out."""
        parts = (_program(part) for part in _PARTS.split(_QUOTED.sub('""', self.command)))
        return tuple(part for part in parts if part and not part.startswith(("cd ", "set ", "export ", "source ", "#")))

    @property
    def first(self) -> str:
        """The command whose output this mostly is."""
        return self.programs[0] if self.programs else ""

    @property
    def last(self) -> str:
        """The command that the exit code belongs to."""
        return self.programs[-1] if self.programs else ""

    @cached_property
    def sifted(self) -> bool:
        """Another program let through only some of the lines, so that they cannot be counted."""
        return bool(_SIFTS.search(_QUOTED.sub('""', self.command)))

    @property
    def shows(self) -> bool:
        """What is printed is the content of something, and tells nothing of this command."""
        return bool(_SHOWS.match(self.first))

    @property
    def succeeded(self) -> bool:
        """Exit code 0 of the command itself, not of what its output was piped into."""
        return self.exit_code == 0 and not _UNTOLD.search(_QUOTED.sub('""', self.command))

    def runs(self, *programs: str) -> bool:
        """Whether one of the programs is in the chain; without a command nobody knows, so true."""
        return not self.command or any(part.startswith(programs) for part in self.programs)


_MARKS = (" ERROR ", "ERROR:", "FATAL", "CRITICAL", "[ERROR]", "[error]", "Error: ", "error: ", " FAILED")
_DEEP, _LINE = 1_000_000, 400


def marked_at(output: str) -> int:
    """Where the last line begins to be marked as an error; -1 for none."""
    start = max(len(output) - _DEEP, 0)
    return max(output.rfind(mark, start) for mark in _MARKS)


def buried(output: str) -> str:
    """The last line that is marked as an error, of a long one what stands around the mark, cut between words."""
    if (found := marked_at(output)) < 0:
        return ""
    line = output.rfind("\n", 0, found) + 1
    begin, end = max(line, found - _LINE), output.find("\n", found)
    end = min(end if end >= 0 else len(output), found + _LINE)
    text = output[begin:end]
    text = text if begin == line else text.partition(" ")[2]
    return text if output[end : end + 1] in ("", "\n") else text.rpartition(" ")[0]


def _plain(output: str) -> str:
    """Lines as they stand on a screen in the end: a bare carriage return overwrites, a backspace goes back."""
    text = _ENDLESS.sub("#", _ESCAPES.sub("", output))
    lines = (line.rstrip().rpartition("\r")[2] for line in text.split("\n"))
    return "\n".join(_overtyped(line) if "\b" in line else line for line in lines)


def _overtyped(line: str) -> str:
    """What stands there once all of it was typed over what was there before."""
    typed: list[str] = []
    at = 0
    for part in _BACK.split(line):
        if part.startswith("\b"):
            at = max(at - len(part), 0)
        else:
            typed[at : at + len(part)] = part
            at += len(part)
    return "".join(typed).rstrip()


def _program(part: str) -> str:
    part = part.strip(" \t(){}&!")
    while leading := _LEADING.match(part):
        part = part[leading.end() :].lstrip()
    word, _, rest = part.partition(" ")
    return f"{word.rpartition('/')[2]} {rest}".strip()
