"""Any text -> words for the ear: no Markdown, code, paths, hashes or signs are left; deterministic and linear.

`render` turns one sentence or line into words; `Reader` takes Markdown as it streams and gives whole sentences.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from aidevops_voice.log import redact

CAP = 64 * 1024
"""Characters read of one text; of a longer one the head and the tail."""

_LINE_CAP = 2000
_ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)|[@-Z\\-_])")
_FENCE = re.compile(r"^\s{0,3}(```+|~~~+)\s*([\w+-]*)")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
_RULE = re.compile(r"^\s*([-*_=]\s*){3,}$")
_MARKER = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+•]\s+(?:\[[ xX]\]\s+)?|\d{1,3}[.)]\s+)+")
_END = re.compile(r"[.!?…](?=[\"')\]*_`]*(?:\s|$))[\"')\]*_`]*")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|approx|resp|incl|no|fig|mr|mrs|dr|st|[a-z]|\d{1,3})\.$", re.I)


def capped(text: str, cap: int = CAP) -> str:
    """Head and tail of a text that is longer than `cap` characters."""
    if len(text) <= cap:
        return text
    return f"{text[: cap // 2]}\n\n{text[-cap // 2 :]}"


def plain(text: str) -> str:
    """Without escapes, control, private, bidi and other unseen characters; compatibility forms made usual ones."""
    text = unicodedata.normalize("NFKC", _ANSI.sub("", text)) if not text.isascii() or "\x1b" in text else text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")


# --- one sentence -----------------------------------------------------------------------------------------------

_EXTENSIONS = (
    "py|pyi|js|mjs|cjs|ts|tsx|jsx|json|jsonl|ya?ml|toml|md|txt|rst|html?|css|scss|sh|bash|zsh|c|h|cc|cpp|hpp|rs|go|java|"
    "kt|rb|php|cs|swift|sql|xml|csv|lock|cfg|ini|conf|env|log|svg|png|jpe?g|gif|wav|pdf|zip|gz|tar|ipynb|vue|proto"
)
_FILE = re.compile(rf"(?:[\w.~-]*[\\/])*([\w-][\w.-]*\.(?:{_EXTENSIONS}))\b(?::(\d+)(?:[:-]\d+)?)?", re.I)
_PATH = re.compile(r"(?<![\w/])(?:~|\.{1,2})?/(?:[\w.@+-]+/)*([\w.@+-]+)/?|\b(?:[\w.@+-]+/){2,}([\w.@+-]*)")
_URL = re.compile(r"\b(?:https?|ftp|wss?)://(?:www\.)?([\w.-]+)(?::\d+)?[^\s)\]>\"']*", re.I)
_MAIL = re.compile(r"\b([\w.+-]{1,64})@([\w-]{1,63}(?:\.[\w-]{1,63})+)\b")
_HASH = re.compile(r"\b(?:(commit)\s+)?(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,64}\b", re.I)
_VERSION = re.compile(r"\bv?(\d+(?:\.\d+){2,})\b|\bv(\d+(?:\.\d+)*)\b")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_LINK = re.compile(r"!?\[([^\]\n]{0,400})\]\([^)\s]{0,2000}(?:\s[^)\n]{0,200})?\)")
_CODE = re.compile(r"(`{1,3})([^`\n]{1,400})\1")
_HTML = re.compile(r"</?[A-Za-z][^<>\n]{0,400}>")
_OPTION = re.compile(r"(?<![\w-])--?([A-Za-z][\w-]*)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNSPEAKABLE = re.compile(r"[^\w\s.,?!'-]|_")
_WORDY = re.compile(r"[\w.'/:@=-]+(?: [\w.'/:@=-]+){0,5}")
_SIGNS = (
    ("->", " to "), ("=>", " to "), ("→", " to "), ("!=", " is not "), ("==", " equals "), (">=", " at least "),
    ("<=", " at most "), ("&&", " and "), ("&", " and "), ("%", " percent "), ("+", " plus "), ("=", " equals "),
    ("@", " at "), ("€", " euros "), ("$", " dollars "), ("°", " degrees "), ("×", " times "), ("~", " about "),
    ("…", ". "), ("—", ", "), ("–", ", "), (";", ", "), (":", ", "), ("(", ", "), (")", ", "), ("’", "'"),
)  # fmt: skip


def render(text: str) -> str:
    """One sentence or line of Markdown as words, without secrets; empty when nothing of it can be said."""
    text = redact(plain(text))
    text = _HTML.sub(" ", _LINK.sub(r"\1", text))
    text = _CODE.sub(lambda m: _code(m.group(2)), text)
    return _tidy(_signs(_names(text)))


def identifier(name: str) -> str:
    """`parse_config`, `HTTPServer`, `dry-run` -> words."""
    return _CAMEL.sub(" ", name.replace("_", " ").replace("-", " ")).strip()


def file_name(path: str) -> str:
    """The last part of a path as words, `src/app/main.py` -> main dot py."""
    name = plain(path).rstrip("/\\").replace("\\", "/").rsplit("/", 1)[-1]
    pieces = (_SPACES.sub(" ", _UNSPEAKABLE.sub(" ", identifier(piece))).strip() for piece in name.split("."))
    return " dot ".join(piece for piece in pieces if piece)


def _code(text: str) -> str:
    text = text.strip().removesuffix("()")
    return text if _WORDY.fullmatch(text) else " some code "


_SHORT = (("e.g.", "for example"), ("i.e.", "that is"), ("etc.", "and so on"), (" vs. ", " versus "))
_UNIT = re.compile(r"(?<=\d)\s?(ms|s|min|h|kb|kib|mb|mib|gb|gib)\b", re.I)
_UNITS = {
    "ms": "milliseconds", "s": "seconds", "min": "minutes", "h": "hours", "kb": "kilobytes", "kib": "kilobytes",
    "mb": "megabytes", "mib": "megabytes", "gb": "gigabytes", "gib": "gigabytes",
}  # fmt: skip


def _names(text: str) -> str:
    for short, words_ in _SHORT:
        text = text.replace(short, words_)
    text = _URL.sub(lambda m: m.group(1).replace(".", " dot "), text)
    text = _MAIL.sub(lambda m: f"{m.group(1)} at {m.group(2)}".replace(".", " dot "), text)
    text = _FILE.sub(lambda m: file_name(m.group(1)) + (f" line {m.group(2)}" if m.group(2) else ""), text)
    text = _PATH.sub(lambda m: file_name(m.group(1) or m.group(2) or "a folder"), text)
    text = _HASH.sub(lambda m: "that commit" if m.group(1) else "a commit", text)
    text = _VERSION.sub(lambda m: "version " + (m.group(1) or m.group(2)).replace(".", " point "), text)
    text = _OPTION.sub(lambda m: f"option {identifier(m.group(1))}", text)
    text = _UNIT.sub(lambda m: " " + _UNITS[m.group(1).lower()], _THOUSANDS.sub("", text))
    return _DECIMAL.sub(" point ", text)


def _signs(text: str) -> str:
    for sign, words in _SIGNS:
        text = text.replace(sign, words)
    return _CAMEL.sub(" ", _UNSPEAKABLE.sub(" ", text))


_SPACES = re.compile(r"\s+")
_BEFORE_COMMA = re.compile(r"\s+([.,?!])")
_COMMAS = re.compile(r",(?:\s*,)+")
_COMMA_END = re.compile(r",\s*([.?!])")
_INNER_DOT = re.compile(r"(?<=\w)\.(?=\w)")
_DOTS = re.compile(r"([.?!])(?:\s*[.?!])+")
_LONE_DASH = re.compile(r"(?<!\w)-+|-+(?!\w)")
_LONE_QUOTE = re.compile(r"(?<!\w)'|'(?!\w)")


def _tidy(text: str) -> str:
    text = _LONE_QUOTE.sub("", _LONE_DASH.sub(" ", text))
    text = _INNER_DOT.sub(" dot ", text)
    text = _BEFORE_COMMA.sub(r"\1", _SPACES.sub(" ", text))
    text = _DOTS.sub(r"\1", _COMMA_END.sub(r"\1", _COMMAS.sub(",", text)))
    text = text.strip(" ,-")
    return text if any(c.isalnum() for c in text) else ""


def sentence(text: str) -> str:
    """Rendered, begun with a capital and ended with a stop."""
    words = render(text)
    if not words:
        return ""
    words = words[0].upper() + words[1:]
    return words if words[-1] in ".?!" else f"{words}."


# --- streams ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Reader:
    """Markdown as it streams -> whole sentences; code, diffs and tables are counted, never read."""

    left_out: set[str] = field(default_factory=set)
    """What was not read: code, diff, table."""
    _buffer: str = ""
    _fence: str = ""
    _taken: int = 0

    def feed(self, delta: str) -> list[str]:
        """Sentences that are complete now."""
        if self._taken > CAP:
            return []
        self._taken += len(delta)
        *lines, rest = (self._buffer + delta).split("\n")
        self._buffer = rest[:_LINE_CAP]
        return [said for line in lines for said in self._line(line)] + self._open_sentences()

    def pause(self) -> list[str]:
        """The writer pauses: what ends like a sentence is one."""
        return self.close() if self._buffer.rstrip()[-1:] in ".!?:…" and self._buffer.strip() else []

    def close(self) -> list[str]:
        """Everything that is left."""
        line, self._buffer = self._buffer, ""
        return self._line(line) if line.strip() else []

    def _open_sentences(self) -> list[str]:
        if self._fence or self._buffer.lstrip()[:1] in "|`~" or len(self._buffer) < 2:
            return []
        said = []
        while (cut := _boundary(self._buffer)) is not None:
            head, self._buffer = self._buffer[:cut], self._buffer[cut:].lstrip(" ")
            said.append(sentence(_MARKER.sub("", head)))
        return [s for s in said if s]

    def _line(self, line: str) -> list[str]:
        fence = _FENCE.match(line)
        if fence:
            return self._toggle(fence)
        if self._fence:
            return []
        if _TABLE.match(line):
            self.left_out.add("table")
            return []
        if _RULE.match(line):
            return []
        return [s for s in map(sentence, split(_MARKER.sub("", line[:_LINE_CAP]))) if s]

    def _toggle(self, fence: re.Match[str]) -> list[str]:
        if self._fence:
            if fence.group(1).startswith(self._fence):
                self._fence = ""
        else:
            self._fence = fence.group(1)
            self.left_out.add("diff" if fence.group(2).lower() in ("diff", "patch") else "code")
        return []


def _boundary(text: str) -> int | None:
    """Index after the first sentence that is surely over: a stop and white space behind it."""
    for match in _END.finditer(text):
        if match.end() >= len(text):
            return None
        if not _ABBREVIATION.search(text[max(0, match.start() - 12) : match.start() + 1]):
            return match.end()
    return None


def split(text: str) -> list[str]:
    """One line -> its sentences, unrendered."""
    pieces, start = [], 0
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[max(start, match.start() - 12) : match.start() + 1]):
            pieces.append(text[start : match.end()].strip())
            start = match.end()
    return [piece for piece in (*pieces, text[start:].strip()) if piece]


def sentences(markdown: str) -> tuple[list[str], set[str]]:
    """A whole text -> its spoken sentences, and what was left out (code, diff, table)."""
    reader = Reader()
    said = reader.feed(capped(markdown) + "\n")
    return said + reader.close(), reader.left_out


def words(text: str) -> int:
    """How many words."""
    return len(text.split())


def shortened(text: str, limit: int) -> str:
    """At most `limit` words, cut at a comma where there is one late enough."""
    pieces = text.split()
    if len(pieces) <= limit:
        return text
    head = " ".join(pieces[:limit])
    comma = head.rfind(",")
    head = head[:comma] if comma > len(head) // 2 else head
    return f"{head.rstrip(' ,.')}."


_NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def count(n: int, noun: str, plural: str = "") -> str:
    """`2, file` -> two files."""
    number = _NUMBERS[n] if 0 <= n < len(_NUMBERS) else str(n)
    return f"{number} {noun if n == 1 else plural or noun + 's'}"
