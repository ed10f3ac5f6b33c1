"""Markdown, and what agents paste into it: what each line is, and a line without its marks; pure, linear."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from aidevops_voice.languages import Language, Saying
from aidevops_voice.words import calls, signals
from aidevops_voice.words.characters import has_escapes as has_escapes, plain, without_escapes as without_escapes

LineKind = Literal["prose", "heading", "item"]

_FENCE = re.compile(r"^[\s>]{0,12}(?:[-*+] )?(?P<fence>```+|~~~+)\s*(?P<info>[\w+#.-]*)")
TABLE = re.compile(r"^\s*\|.*\|\s*$")
SEPARATOR = re.compile(r"^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*$")
RULE = re.compile(r"^\s*(?:([-*_=~])\s*)(?:\1\s*){2,}$")
HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?P<text>.*?)(?:\s+#+)?\s*$")
_ITEM = re.compile(r"^\s*(?:[-*+•◦▪‣]\s+(?:\[[ xX~-]\]\s+)?|\d{1,3}[.)]\s+|\[[ xX]\]\s+|[☐☑☒]\s*)")
_BOLD_LINE = re.compile(r"^\s*\*\*[^*\n]{1,60}\*\*:?\s*$")
_BOLD_ITEM = re.compile(r"^\s*(\*\*|__)\d{1,2}[.)]\s+(?=[^\s*_])")
_QUOTE = re.compile(r"^\s*(?:>\s*)+")
KEY_BLOCK = re.compile(r"-----BEGIN [A-Z0-9 ]{1,40}-----")
KEY_END = re.compile(r"-----END [A-Z0-9 ]{1,40}-----")
DEFINITION = re.compile(r"^\s{0,3}\[[^\]\n]{1,80}\]:\s")
DIFF = re.compile(
    r"^(?:diff --git |index [0-9a-f]{7,40}\.\.|@@ -\d|--- (?:[ab]/|/dev/null)|\+\+\+ (?:[ab]/"
    r"|/dev/null))"
)
DIFF_LINE = re.compile(r"^(?:[-+ \\]|diff |index |@@|rename |similarity |new file|deleted file|Binary )")
_OPENED = {
    "<!--": "-->", "<script": "</script>", "<style": "</style>", "<svg": "</svg>", "<pre": "</pre>", "$$": "$$",
    "\\[": "\\]",
}  # fmt: skip
_KEPT = 16 * 1024


@dataclass(slots=True)
class Block:
    """Lines that are not read, up to the one that ends them."""

    until: str
    info: str = ""
    lines: int = 0
    added: int = 0
    removed: int = 0
    text: list[str] = field(default_factory=list)
    kept: int = 0

    @property
    def is_diff(self) -> bool:
        """By its name."""
        return self.info in ("diff", "patch")

    def ends(self, line: str) -> bool:
        """Count a line; true for the last, which is not counted."""
        if self._is_end(line):
            return True
        self.lines += 1
        self.added += line.startswith("+") and not line.startswith("+++")
        self.removed += line.startswith("-") and not line.startswith("---")
        if self.until[0] in "`~" and self.kept < _KEPT:
            self.text.append(line)
            self.kept += len(line) + 1
        return False

    def is_overtaken(self, line: str) -> bool:
        """A key that was cut off before its end has no line of four words."""
        return self.until == "-----END" and len(line.split()) > 3 and not KEY_END.search(line)

    def _is_end(self, line: str) -> bool:
        if self.until == "-----END":
            return bool(KEY_END.search(line))
        if self.until[0] in "`~" or self.until == "---":
            return line.strip(" >\t").startswith(self.until)
        return self.until in line.lower()

    def saying(self) -> Saying | None:
        """What is told of it; None for what is no code."""
        if self.until[0] not in "`~":
            return None
        if self.is_diff:
            return Saying("left.diff", None, {"added": self.added, "removed": self.removed})
        return Saying("left.code", self.lines)

    def report_source(self) -> str:
        """The text of a fence that may hold output."""
        return "\n".join(self.text) if self.info in _OUTPUT_INFO else ""

    def command(self) -> str:
        """Of a single simple command its name and the option that decides, as it would stand in a sentence."""
        lines = [line.strip() for line in self.text if line.strip() and not line.lstrip().startswith("#")]
        if len(lines) != 1 or not (self.info in _SHELLS or (not self.info and lines[0].startswith("$ "))):
            return ""
        found = _COMMAND_LINE.fullmatch(lines[0])
        return f"{found['name']} {found['option'] or ''}".strip() if found else ""


_SHELLS = frozenset(("bash", "sh", "shell", "zsh", "console", "shell-session"))
_COMMAND_LINE = re.compile(
    r"(?:\$ )?(?:sudo )?(?P<name>[a-z][\w-]{0,30}(?: [a-z][\w:-]{0,30}){0,3})(?![^ ])"
    r"(?:(?! --[a-z])[^|;&$<>(){}`\n]){0,200}(?P<option> --[a-z][a-z-]{1,40})?[^|;&$<>(){}`\n]{0,200}"
)
_OUTPUT_INFO = frozenset(("", "text", "txt", "console", "sh", "bash", "shell", "log", "output", "plaintext"))


def block(line: str, first: bool) -> Block | None:
    """The block that a line opens and does not close: a fence, front matter, a key, a comment, a formula."""
    fence = _FENCE.match(line)
    if fence:
        return Block(fence["fence"], fence["info"].lower())
    if first and line.strip() == "---":
        return Block("---")
    if KEY_BLOCK.search(line):
        return None if KEY_END.search(line) else Block("-----END")
    start = line.lstrip().lower()
    ends = (end for mark, end in _OPENED.items() if start.startswith(mark) and end not in start[len(mark) :])
    return next(map(Block, ends), None)


def unmarked(line: str, *, whole: bool = True) -> tuple[str, LineKind]:
    """A line, or its first sentence, without what stands before its text, and what it is: heading, item or prose."""
    quoted = _QUOTE.sub("", line[:400]) + line[400:]
    heading = HEADING.match(quoted[:2000])
    if heading:
        return heading["text"], "heading"
    if _BOLD_ITEM.match(quoted):
        return _BOLD_ITEM.sub(r"\1", quoted).strip(), "item"
    if whole and _BOLD_LINE.match(quoted):
        return quoted.strip(), "heading"
    text, items = _ITEM.subn("", quoted[:400], count=3)
    return text.strip() + quoted[400:] if items else quoted.strip(), "item" if items else "prose"


# --- what is not prose ------------------------------------------------------------------------------------------

_OUTPUT = re.compile(
    r"""^\s*(?:
      \[?\d{4}[-/]\d\d[-/]\d\d[T\ ]\d\d:\d\d | \[?\d\d:\d\d:\d\d[\].,\ ]
    | "[\w$.@/-]{1,80}"\s?:\s | [}\])]+[,;]?\s*$ | [\w.$\[\]"']{1,60}\s?[:=]\s?[{\[(]\s*$
    | (?:>>>|\.\.\.)\s\S | \$\s\w | PS\s[A-Z]:\\
    | File\ ".{1,300}",\ line\ \d | at\ .{1,300}[:(]\S*\)?$ | Traceback\ \(most\ recent
    | (?:def|class|function|async\ function|const|let|var|public|private|protected|static|import|export|fn|func
       |impl|struct
       |enum|interface|package|using|namespace|return
       |if|for|while|else|elif|try|except|catch|switch|case)\b[^.!?]{0,300}[:;{(]\s*$
    | (?:import|from)\s[\w.]{1,80}(?:\s(?:import|as)\s[\w*,\ ]{1,200})?;?\s*$ | \#include\b | \#!/
    | SELECT\s.{1,300}\sFROM\s | (?:INSERT\ INTO|CREATE\ TABLE|ALTER\ TABLE|DROP\ TABLE)\s
    | (?:[0-9a-f]{2}\ ){6,} | [0-9a-f]{8}:?\s+(?:[0-9a-f]{2,4}\s){4,} | [A-Za-z0-9+/_=-]{80,}\s*$
    | </?[\w:-]{1,40}(?:\s[^<>]{0,300})?/?>\s*$
    )""",
    re.X,
)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_DRAWN = re.compile(r"[\u2500-\u259f]")
_USUAL = re.compile(r"[^\W_]|[\s.,'\"!?:()`*–—-]")
_LONG = 120


def is_output(text: str) -> bool:
    """Whether a piece of a text is code, data, a log line or a drawing, which nobody wants to hear."""
    if _OUTPUT.match(text) or len(_DRAWN.findall(text)) > 1:
        return True
    if max(map(len, text.split()), default=0) > _LONG and "://" not in text:
        return True
    bare = _spans_out(text)
    signs = len(bare) - len(_USUAL.findall(bare))
    return len(bare) > 10 and signs * 4 > len(bare) and signs > 4


def _spans_out(text: str) -> str:
    return _CODE.sub("", _LINK.sub(r"\1", text)) if "`" in text or "[" in text else text


# --- marks inside a line ----------------------------------------------------------------------------------------

_LINK = re.compile(
    r"!?\[((?:[^\[\]\n]|\[[^\[\]\n]{0,80}\]){0,400})\](?:\([^()\s]{0,2000}"
    r"(?:\([^()\s]{0,200}\)[^()\s]{0,200})?(?:\s[^)\n]{0,200})?\)|\[[^\]\n]{0,80}\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,40}\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_CODE = re.compile(r"(`{1,3})(?!`)([^`\n]{1,400})\1(?!`)")
_TAGS = (
    "a|abbr|audio|b|big|blockquote|br|center|code|dd|details|div|dl|dt|em|emphasis|h[1-6]|hr|i|img|input|ins|kbd|li|"
    "lang|mark|ol|p|phoneme|pre|prosody|s|say-as|script|small|span|speak|strong|style|sub|summary|sup|svg|table|tbody|"
    "td|th|thead|tr|u|ul|var|video|voice|break|audio|desc|iframe|object|link|meta"
)
_TAG = re.compile(
    rf"</?(?!\w+ (?:and|or|but|y|o|pero) )(?:(?<![\w)]<)|(?<![\w)]</)|(?=(?:{_TAGS})\b))[A-Za-z][\w:-]{{0,40}}"
    rf"(?:\s[^<>\n]{{0,400}})?/?>|<!--[^\n]{{0,400}}?-->",
    re.I,
)
_TYPED = re.compile(r"(?<=\w)<(?:[^<>\n ]|(?<=,) ){1,60}<[^<>\n]{1,60}>(?:[^<>\n ]|(?<=,) ){0,60}>")
"""A type of types: `Result<Vec<u8>>`."""
_INLINE = re.compile(r"\[\[[^\[\]\n]{0,200}\]\]|\{\{[^{}\n]{0,200}\}\}")
_BRACES = re.compile(r"\{[^{}\n]{0,400}\}")
_FORMULA = re.compile(r"\$(?=[^\s$])[^$\n]{0,200}[\\^_{}][^$\n]{0,200}\$|\\\([^\n]{1,200}?\\\)")
_WORDY = re.compile(r"[\w ›»→·.'/:@=+,()*<>&$#%!~^\[\]{}?\"-]{1,80}")
_SOME_SIGN = re.compile(r"[=+,()*<>&$#%!~^\[\]{}?\"]")


def bare(text: str, language: Language) -> str:
    """A line without links, code marks, tags and commands to engines; what cannot be said is named."""
    if "&" in text and ";" in text:
        text = plain(unescape(text))
    if "[" in text:
        text = _LINK.sub(r"\1", _FOOTNOTE.sub("", _INLINE.sub(" ", text)))
    if "`" in text:
        text = _CODE.sub(lambda m: _told_code(m, language), text)
    if "$" in text or "\\(" in text:
        text = _FORMULA.sub(lambda m: _formula(m.group(), language), text)
    if "<" in text:
        text = _TAG.sub(" ", _TYPED.sub("", _AUTOLINK.sub(r"\1", text)))
    if "{" in text:
        text = _BRACES.sub(lambda m: _braced(m.group(), language), _INLINE.sub(" ", text))
    return text


_TEX = {
    "approx": "≈", "sim": "≈", "times": "×", "cdot": "×", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "ne": "≠", "pm": "±", "to": "→", "rightarrow": "→", "infty": "∞", "div": "÷", "left": "", "right": "", "quad": "",
    "text": "", "mathrm": "", "mathbf": "", "%": "%", ",": " ", ";": " ", "!": "",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]{1,20}|[%,;!])")
_SIMPLE = 60


def _formula(text: str, language: Language) -> str:
    """A short one in its signs; one with fractions, sums and the like is only named."""
    inner = text.strip("$").removeprefix("\\(").removesuffix("\\)")
    plainly = _COMMAND.sub(lambda m: f" {_TEX.get(m[1], m.group())} ", inner).replace("{", "").replace("}", "")
    if len(inner) > _SIMPLE or "\\" in plainly:
        return f" {language.terms['a_formula']} "
    return re.sub(r"\s+%", "%", f" {plainly} ")


_SHADE = re.compile(r"#(?:[0-9]{6}|[0-9]{8}|([0-9])\1\1)")
COMPARED = re.compile(r"([\w.\[\]()'\"]{1,40}) ?([<>]=?|[!=]==?) ?([\w.\[\]()'\"-]{1,40})")
"""A comparison and nothing else: `a>b`, `n != 0`."""
_ONE_TAG = re.compile(r"</?([A-Za-z][\w:.-]{0,40})(?:\s[^<>\n]{0,200})?/?>")
_PAIRS = re.compile(r"\w+=\w+(?:,? \w+=\w+)+")
_REFERENCE = re.compile(r"(?<![^\s(<\[,])[&*](?=\w)")
"""Not said, and so not what makes a code hard to say: `&T`, `*p`."""


_FIELD = r"(?:[0-9*?][0-9*/,#?LW-]{0,30}|[A-Z]{3}(?:[-,][A-Z]{3}){0,6})"
_CRON = re.compile(
    rf"(?:-? ?cron: ?)?[\"']?(?=[^*]{{0,40}}\*)(?=[0-9*])(?!\d+ \* \d+ \* \d+$)(?:{_FIELD} ){{4,5}}{_FIELD}[\"']?"
)
"""The times of a cron job, `30 4 * * 1`."""
_CRON_NAME = re.compile(r"@(yearly|annually|monthly|weekly|daily|midnight|hourly|reboot)")
_GOES_ON = re.compile(r"[*_]* [a-záéíóúñ]")


def _told_code(m: re.Match[str], language: Language) -> str:
    """A code where it stands: what cannot be said is left out behind the noun that says what it is."""
    behind = m.string[max(0, m.start() - 60) : m.start()]
    if _CRON.fullmatch(m[2].strip()):
        shown = not behind.strip(" >*+-") and m.string[m.end() : m.end() + 1] == ":"
        named = any(language.marks[mark].search(behind) for mark in ("scheduled", "code_noun"))
        named = named or bool(language.marks["qualifying"].search(behind) and _GOES_ON.match(m.string, m.end()))
        return "" if shown or named else language.terms["schedule"]
    said = calls.called(m[2].strip(), m.string) or _code(m[2], language)
    if said.strip() == language.terms["some_code"] and _GOES_ON.match(m.string, m.end()):
        said = "" if language.marks["code_noun"].search(behind) else said
    return f"{' ' * (m[2][:1] == ' ')}{said}{' ' * (m[2][-1:] == ' ')}"


def _code(text: str, language: Language) -> str:
    if _SHADE.fullmatch(text.strip()):
        return f" {language.terms['a_color']} "
    if text.strip() in language.sign_names:
        return f" {language.sign_names[text.strip()]} "
    text = re.sub(r"\(\)(?=$|\W)", "", _TYPED.sub("", text.strip()))
    if _PAIRS.fullmatch(text):
        return ", ".join(one.replace("=", " ").strip(",") for one in text.split())
    if named := _CRON_NAME.fullmatch(text):
        return named[1]
    if tag := _ONE_TAG.fullmatch(text):
        return tag[1]
    if compared := COMPARED.fullmatch(text):
        return " ".join(compared.groups())
    signs = len(_SOME_SIGN.findall(_REFERENCE.sub("", text)))
    short = _WORDY.fullmatch(text) and len(text.split()) <= 8 and signs * 4 <= len(text)
    return text if short or not text or _is_message(text, language) else f" {language.terms['some_code']} "


_MESSAGE = re.compile(r"[^\W_][\w .,:;'\"()-]{1,160}")


def _is_message(text: str, language: Language) -> bool:
    """Whether it is what a program says in words: `index out of bounds: the len is 8 but the index is 8`."""
    words = text.lower().split()
    usual = sum(word.strip(".,:;'\"") in language.common for word in words)
    return usual > 1 and len(words) <= 20 and " -" not in text and bool(_MESSAGE.fullmatch(text))


def _braced(text: str, language: Language) -> str:
    inner = text[1:-1].strip()
    return f" {inner} " if re.fullmatch(r"[\w ,.-]{0,80}", inner) else f" {language.terms['some_data']} "


_GOOD_MARK, _BAD_MARK, _DOUBT_MARK = "✅✔✓☑🟢", "❌✗✘✖☒🔴⛔🚫", "⚠🟡"
_SHORT_ITEM = 6


def judged(text: str, language: Language) -> str:
    """A short item whose mark is its whole verdict, `✅ lint`, with the mark as a word behind it."""
    text = text.strip(" \ufe0f\n")
    ends = {text[:1]: text[1:], text[-1:]: text[:-1]} if not text.isascii() else {}
    mark = next((end for end in ends if end in f"{_GOOD_MARK}{_BAD_MARK}{_DOUBT_MARK}"), "")
    if not mark:
        return text
    rest = ends[mark].strip(" \ufe0f")
    if mark in _DOUBT_MARK:
        return f"{language.terms['warning']}, {rest}" if rest else ""
    told = bool(language.good.search(rest) or language.bad.search(rest))
    told = told or any(language.marks[mark].search(rest) for mark in ("kept", "claim"))
    told = told or (mark in _GOOD_MARK and bool(language.marks["participle"].search(rest)))
    told = told or not signals.unopened(rest, language) or signals.is_filler(rest, language)
    if not rest or told or len(rest.split()) > _SHORT_ITEM or rest[-1] in ".!?:":
        return rest
    return f"{rest}, {language.terms['passed' if mark in _GOOD_MARK else 'failed']}"
