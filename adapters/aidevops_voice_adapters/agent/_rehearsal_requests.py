"""What the rehearsal agent understands: plain developer requests, read from text by patterns and nothing else."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aidevops_voice_adapters.agent._rehearsal_names import file_name

PHRASES: tuple[str, ...] = (
    "run the tests",
    "run all tests",
    "run the test suite",
    "run the tests again",
    "check the tests",
    "what changed",
    "what has changed",
    "show the changes",
    "which files changed",
    "show the last commits",
    "show the last commit",
    "what was the last commit",
    "show the history",
    "which branch",
    "which branch are we on",
    "what is the current branch",
    "list the files",
    "show the files",
    "what files are there",
    "read the read me",
    "show the read me",
    "what is this project about",
    "find to do",
    "search for to do",
    "count the lines",
    "count the lines of code",
    "how big is the project",
    "create a file named notes",
    "create a file named notes dot text",
    "undo that",
    "what can you do",
    "help",
)
"""For a recogniser's grammar: lower-case words that its dictionary has."""


@dataclass(frozen=True, slots=True)
class RunTests:
    """Run the project's own tests."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not committed yet."""


@dataclass(frozen=True, slots=True)
class Commits:
    """The newest ones."""

    count: int = 5


@dataclass(frozen=True, slots=True)
class LastCommit:
    """What the newest one did."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The one that is checked out."""


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in the project folder."""


@dataclass(frozen=True, slots=True)
class Readme:
    """How the project describes itself."""


@dataclass(frozen=True, slots=True)
class Find:
    """Where a text stands, whatever its case."""

    text: str


@dataclass(frozen=True, slots=True)
class CountLines:
    """How big the project is."""


@dataclass(frozen=True, slots=True)
class Create:
    """A new file; the name is not checked yet."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last file created here."""


@dataclass(frozen=True, slots=True)
class Help:
    """What can be asked."""


Request = RunTests | Changes | Commits | LastCommit | Branch | Files | Readme | Find | CountLines | Create | Undo | Help

_TESTS = r"(?:unit )?(?:tests?|test suite|testsuite|suite|specs)"
_SHOW = r"(?:(?:show|list|print|display|tell|give|see|view|get|what (?:is|are|were|was)) )?"
_IN = r"(?: (?:in|of|inside) (?:this )?(?:project|repo|repository|folder|directory|code base|here|it))"
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})"

_AGAIN = r"(?: again| once more)?"
_PROJECT = r"(?:this )?(?:project|repo|repository|code|code base|codebase|it)"

_FIXED: tuple[tuple[Request, tuple[str, ...]], ...] = (
    (RunTests(), (
        rf"(?:re ?)?(?:run|start|execute|launch|do|check|try) (?:all )?{_TESTS}{_AGAIN}",
        rf"(?:do|does|are|is|check if|check whether|see if) (?:all )?{_TESTS} "
        r"(?:still )?(?:pass|passes|passing|work|works|green|ok)",
        rf"test(?: it| project| code)?{_AGAIN}",
    )),
    (Changes(), (
        r"(?:what|which files|what files|what else)(?: has| have| is| are| was| were)?(?: been)? "
        r"(?:changed|modified|new|different)",
        r"what (?:did|have) (?:i|we|you) (?:changed?|done|modified|modify)",
        rf"{_SHOW}(?:any |local |current |uncommitted )?(?:changes|changed files|differences|modifications)",
        r"(?:are there|have we|do we have|is there) any(?:thing)? (?:uncommitted )?(?:changes|changed|new)",
        rf"{_SHOW}(?:git )?(?:status|diff)",
    )),
    (Commits(), (
        rf"{_SHOW}(?:git )?(?:log|history|commit log|commit history)",
        rf"{_SHOW}(?:last|latest|recent|newest|most recent) (?:few )?(?:git )?commits",
        r"what (?:was|has been|did we) commit(?:ted)?(?: last| lately| recently)",
    )),
    (LastCommit(), (
        rf"{_SHOW}(?:last|latest|newest|most recent) (?:git )?commit(?: message)?",
        r"what (?:did|does) (?:last|latest) commit (?:do|change)",
        r"what is in (?:last|latest) commit",
    )),
    (Branch(), (
        r"(?:which|what) branch(?: is (?:this|it|checked out|active))?",
        r"(?:which|what) branch (?:am i|are we|are you|is it|is this|do we have)(?: on| at)?",
        r"(?:on|in) (?:which|what) branch (?:am i|are we|are you|is this)",
        rf"{_SHOW}(?:name of )?(?:current |git |active )?branch(?: name)?",
    )),
    (Files(), (
        r"(?:show|list|print|display|see|tell) (?:all )?"
        rf"(?:files|folder|directory|project files|folder contents?){_IN}?",
        rf"(?:what|which) files(?: and folders)? (?:are|do we have|exist|is)(?: there| here)?{_IN}?",
        r"ls|what is (?:here|in here|in (?:this )?(?:folder|directory|project|repo|repository))",
    )),
    (Readme(), (
        r"(?:read|show|open|print|display|see) (?:out )?(?:readme)(?: file| md| dot md)?",
        r"what (?:does readme say|is in readme|is (?:this )?project(?: about)?|does (?:this )?project do)",
        r"(?:tell|explain|describe) (?:about )?(?:this )?project",
    )),
    (CountLines(), (
        r"(?:count|number of|how many)(?: all)? (?:code )?lines(?: of code)?"
        rf"(?: are there| do we have| has it| does (?:it|project) have| are in project)?{_IN}?",
        rf"how (?:big|large|long) is {_PROJECT}",
        r"how much code is (?:there|here)|(?:show )?lines? (?:count|of code)",
    )),
    (Undo(), (
        r"(?:undo|revert|take back)(?: that| it| this| last (?:change|thing|one|action|file))?",
        r"(?:undo|revert|take back|remove|delete) (?:that file|file (?:that )?you (?:just )?(?:created|made))",
        r"take (?:that|it|this) back",
    )),
    (Help(), (
        r"help|what (?:can|could) (?:you do|i (?:say|ask|do))|what do you (?:know|understand|do)",
        r"how can you help",
    )),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), request) for request, patterns in _FIXED for pattern in patterns)
_SOME_COMMITS = re.compile(rf"{_SHOW}(?:last|latest|recent|newest) {_COUNT} (?:git )?commits?")

_BEFORE = re.compile(
    r"(?:please|hey|hi|hello|ok|okay|so|well|um|uh|er|now|then|and|also|just|quickly|kindly|alright|right|yes"
    r"|(?:can|could|would|will) (?:you|we|i)|i (?:want|need|would like)(?: you)? to|i d like(?: you)? to"
    r"|i want to (?:know|see)|let us|let me(?: see| know)?|go ahead and|do you know|try to|i wonder)"
    r"\b[\s,]*",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[\s,]*\b(?:please|thanks|thank you|for me|now|right now|if you can|quickly|at the moment|currently|so far|then"
    r"|(?:in|of|for) (?:this|the|my|our) (?:project|repo|repository|folder|directory|code base|codebase|code)|here)$",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"\b(?:the|a|an|my|our|your|me|us|these|those)\b ?")
_REFUSED_SLIP = re.compile(r"\b(?:not|dont|never|no|without|stop|cancel|except|fix|delete|remove|undo|edit|why)\b")
LONGEST = 1000
"""Letters; what is longer is no plain request."""
SLIP = 0.86
"""Likeness from which a phrase counts as misheard; below lie other requests, such as to fix the tests."""

_WHAT = r"(?P<what>.+?)"
_KINDS = r"(?:word|text|string|phrase|function|class|variable|symbol|method|constant)"
_USES = r"(?:uses|usages|occurrences|mentions|references|places)"
_FIND = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:find|search (?:(?:the |this )?(?:code|project|repo|files) )?for|search|look for|grep for|grep|locate)"
        rf"\s+(?:me\s+)?(?:all\s+)?(?:the\s+)?(?:{_KINDS}\s+|{_USES}\s+(?:of|to)\s+)?{_WHAT}",
        rf"where\s+(?:is|are)\s+(?:the\s+)?(?:{_KINDS}\s+)?{_WHAT}\s+(?:defined|used|declared|called|implemented|mentioned|set)",
        rf"(?:where do (?:we|i)|who|what) (?:use|uses|call|calls)\s+(?:the\s+)?(?:{_KINDS}\s+)?{_WHAT}",
    )
)
_NO_TEXT = re.compile(
    r"(?:out|a way|why|how|what|whether|if|it|that|this|them|something|someone|time|bugs?|problems?|mistakes?)\b"
    r"|.*\b(?:and|then)\s+(?:fix|change|remove|delete|replace|rename|edit|add|explain|tell|run)\b",
    re.IGNORECASE,
)
_TODO = re.compile(r"(?:all )?(?:the )?to[ -]?do(?:'?s)?(?: comments?)?", re.IGNORECASE)

_CREATE = re.compile(
    r"(?P<verb>create|make|add|write|touch|start)\s+(?:(?:a|an|the)\s+)?(?:new\s+)?(?:empty\s+)?"
    r"(?P<file>(?:(?P<kind>[a-z]+)\s+)?file\s+)?(?P<named>(?:named?|called|with (?:the )?name)\s+)?(?P<name>.+?)"
    r"(?:\s+(?:and\s+)?(?:with|containing|saying|that (?:says|contains))"
    r"(?:\s+(?:the\s+)?(?:text|contents?|words?|line)(?=\s))?\s+(?P<text>.+))?",
    re.IGNORECASE | re.DOTALL,
)


def understand(text: str, project: Path) -> Request | None:
    """The request that a text is as a whole; None for everything else, and for what only contains one."""
    said = re.sub(r"\s{9,}", " ", text.strip().replace("\u2019", "'"))
    if len(said) > LONGEST:
        return None
    words = _bare(said)
    named = rf" (?:in|of|for) (?:the )?{re.escape(_bare(project.name))}$"
    for candidate in _shortened(re.sub(named, "", words), _AFTER):
        if request := _fixed(_without_articles(candidate)):
            return request
    return _create(said) or _find(said) or _misheard(_without_articles(words))


def _bare(text: str) -> str:
    lowered = re.sub(r"\b(what|which|where|who|it|that|there)'s\b", r"\1 is", text.lower())
    lowered = re.sub(r"\b(let)'s\b", r"\1 us", lowered).replace("don't", "dont")
    return _stripped(" ".join(re.findall(r"[^\W_]+", lowered)), _BEFORE)


def _stripped(text: str, before: re.Pattern[str]) -> str:
    while match := before.match(text):
        if match.end() == len(text):
            break
        text = text[match.end() :]
    return text


def _shortened(text: str, after: re.Pattern[str]) -> Iterator[str]:
    """The text, then without one polite ending after another."""
    yield text
    while (shorter := after.sub("", text)) != text:
        text = shorter
        yield text


def _without_articles(words: str) -> str:
    words = re.sub(r"\bread me\b(?! (?:the|a|your|my|our)\b)", "readme", words)
    return _ARTICLES.sub("", words).strip()


def _fixed(words: str) -> Request | None:
    if match := _SOME_COMMITS.fullmatch(words):
        count = match["count"]
        return Commits(max(1, min(20, _NUMBERS.get(count) or int(count))))
    return next((request for pattern, request in _PATTERNS if pattern.fullmatch(words)), None)


def _misheard(words: str) -> Request | None:
    """A fixed phrase but for a letter or two; never an undo, and nothing that denies or asks for more."""
    if _REFUSED_SLIP.search(words) or len(words) > 60:
        return None
    phrases = [
        phrase for phrase in map(_without_articles, PHRASES) if not phrase.startswith(("undo", "create", "find"))
    ]
    likely = difflib.get_close_matches(words, phrases, n=1, cutoff=SLIP)
    return _fixed(likely[0]) if likely else None


def _spoken_core(said: str) -> str:
    """Without politeness around it, letters as they were."""
    core = _stripped(said.strip(), _BEFORE).rstrip(" .!?,")
    return re.sub(r"[\s,]+(?:please|thanks|thank you|for me)$", "", core, flags=re.IGNORECASE).rstrip(" .!?,")


def _find(said: str) -> Find | None:
    core = re.sub(
        r"\s+in (?:the|this|my|our) (?:code|project|repo|repository|files|code base)$", "", _spoken_core(said)
    )
    for pattern in _FIND:
        if match := pattern.fullmatch(core):
            what = match["what"].strip()
            quoted = what[:1] in "\"'`“‘" and len(what) > 2
            what = what.strip("\"'`“”‘’")
            if not quoted and (_NO_TEXT.match(what) or len(what.split()) > 6):
                return None
            return Find("TODO" if _TODO.fullmatch(what) else what) if what and "\n" not in what else None
    return None


def _create(said: str) -> Create | None:
    match = _CREATE.fullmatch(_spoken_core(said))
    if not match:
        return None
    if not (match["file"] or match["named"]) and not re.search(r"\S\.\w+$|\bdot\b", match["name"]):
        return None
    if match["file"] is None and (match["named"] or match["verb"].lower() == "start"):
        return None
    name = file_name(match["name"], match["kind"] or "", loose=bool(match["named"]))
    return Create(name, _unquoted(match["text"] or "")) if name else None


def _unquoted(text: str) -> str:
    pairs = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’"}
    return text[1:-1] if len(text) > 1 and pairs.get(text[0]) == text[-1] else text
