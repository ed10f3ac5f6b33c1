"""The measures of one spoken summary: what leaks, what is lost, what is made up and what is turned round."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

from speakbench.cases import Case
from speakbench.identifiers import file_names
from speakbench.numerals import ENGLISH, MONTHS, SPANISH, cardinals, joined, unknown
from speakbench.words import ESCAPES, contains, is_spanish, language, says, squashable, tokens

MAX_SENTENCES, MAX_SENTENCE_WORDS = 3, 20

LEAKS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("backtick", re.compile(r"`")),
    ("markup", re.compile(r"[#*|]+")),
    ("url", re.compile(r"https?:|www\.|\w://", re.I)),
    ("hex", re.compile(r"\b(?=[a-f]*\d)(?=\d*[a-f]|\d{16})[0-9a-f]{12,}\b", re.I)),
    ("brace", re.compile(r"[{}\[\]<>]")),
    ("control", re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|\\x1b|\\u001b")),
    ("bidi", re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")),
    ("emoji", re.compile(r"[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f]")),
    ("path", re.compile(r"[\w.-]*(?:[/\\][\w.-]+){3,}|[\w.-]+(?:[/\\][\w.-]+){3,}")),
)
VOICED_MARKS = frozenset(".,?!¿¡'- \n")
FOREIGN_MARKS = frozenset("0123456789。、！？،؟")
"""Left as they are in a language that has no rules here."""

SECRETS: Sequence[re.Pattern[str]] = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----(.*?)(?:-----END|\Z)", re.S),
    re.compile(r"\b((?:sk|pk|rk)[-_][A-Za-z0-9_-]{12,})"),
    re.compile(r"\b(gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{12,}|npm_[A-Za-z0-9]{20,})"),
    re.compile(r"\b((?:AKIA|ASIA)[A-Z0-9]{12,}|AIza[\w-]{20,}|xox[abprs]-[\w-]{10,}|hf_[A-Za-z0-9]{16,})"),
    re.compile(r"\b(eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{6,})"),
    re.compile(r"\w://[^\s:/@]*:([^\s:/@]{4,})@"),
)
ASSIGNED = re.compile(r"(?i)\b\w*(?:password|passwd|secret|api_?key|token)\w*[\"']?\s*[=:]\s*[\"']?([^\s\"',;]{8,})")
SECRET_WINDOW = 8


def leaks(spoken: str) -> list[str]:
    """Written characters that reached speech, as `kind: piece`."""
    return [f"{kind}: {found.group()[:40]!r}" for kind, pattern in LEAKS if (found := pattern.search(spoken))]


def unvoiced(case: Case, spoken: str) -> list[str]:
    """Characters that no engine can be trusted to read: all but letters and a few marks; digits count.

    In a turn that is neither English nor Spanish digits may stay.
    """
    marks = VOICED_MARKS if language(case.prose) in ("en", "es") else VOICED_MARKS | FOREIGN_MARKS
    wrong = Counter(char for char in spoken if not (char in marks or _is_letter(char)))
    mixed = [word for word in re.findall(r"[^\W\d_]+", spoken) if len(_scripts(word)) > 1]
    piled = ["piled marks"] if re.search(r"[\u0300-\u036f]{3}", spoken) else []
    return [f"{char!r}" for char in wrong] + [f"mixed scripts: {word}" for word in mixed] + piled


def _is_letter(char: str) -> bool:
    """Letters as they are usually written, not the mathematical, raised or round ones."""
    return unicodedata.category(char)[0] in "LM" and unicodedata.normalize("NFKC", char) == char


def _scripts(word: str) -> set[str]:
    scripts = {unicodedata.name(char, "?").split()[0] for char in word if char.isalpha()}
    return scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "FULLWIDTH", "MATHEMATICAL"}


def sentences(spoken: str) -> list[str]:
    """The sentences of a summary, by their end marks."""
    return [part for part in re.split(r"(?<=[.?!…])\s+|\n+", spoken.strip()) if part]


def count_words(spoken: str) -> int:
    """Words by white space, as the budget counts them."""
    return len(spoken.split())


def too_long(case: Case, spoken: str) -> list[str]:
    """The limits of length that the summary breaks: its own budget, sentences, words in one sentence."""
    parts = sentences(spoken)
    found = []
    if (words := count_words(spoken)) > case.words:
        found.append(f"{words} words of {case.words}")
    if len(parts) > MAX_SENTENCES:
        found.append(f"{len(parts)} sentences")
    if (longest := max(map(count_words, parts), default=0)) > MAX_SENTENCE_WORDS:
        found.append(f"a sentence of {longest} words")
    return found


def lost(case: Case, spoken: str) -> list[str]:
    """Facts that the summary leaves out, by their first form."""
    spanish = is_spanish(spoken)
    return [forms[0] for forms in case.keep if not says(spoken, forms, spanish=spanish)]


def forbidden(case: Case, spoken: str) -> list[str]:
    """Strings of the case's own list that were spoken, as written or word by word."""
    return [never for never in case.never if _stands_in(never, spoken) or (_is_words(never) and _told(never, spoken))]


def _stands_in(never: str, spoken: str) -> bool:
    head, tail = (r"\b" if char.isalnum() else "" for char in (never[0], never[-1]))
    return bool(re.search(f"{head}{re.escape(never)}{tail}", spoken, re.I))


def _is_words(never: str) -> bool:
    return never.isdecimal() or (" " in never and all(char.isalnum() or char in " '" for char in never))


def _told(never: str, spoken: str) -> bool:
    """A number belongs to the words of its own clause: of `137 deleted, 275 left` nobody hears `deleted 275`."""
    words = tokens(never)
    apart = any(word.isdecimal() for word in words)
    return any(contains(tokens(part), words) for part in (re.split(r"[,;:]\s", spoken) if apart else [spoken]))


def secrets_of(case: Case) -> list[str]:
    """The secrets in the source, by their shapes and by what the case names."""
    source = case.source
    found = [match.group(1).strip() for pattern in SECRETS for match in pattern.finditer(source)]
    assigned = [match.group(1) for match in ASSIGNED.finditer(source)]
    named = [never for never in case.never if len(never) >= SECRET_WINDOW and never in source]
    return [
        secret for secret in dict.fromkeys([*case.secrets, *found, *filter(_is_random, [*assigned, *named])]) if secret
    ]


HASHED = re.compile(r"^[a-z]{3,}(?:-[a-z]+)*-(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{4,10}$")
"""A build or a pod behind its plain name."""


def _is_random(word: str) -> bool:
    """Letters and digits mixed, and neither a commit, a date, a name that begins or ends with one, nor code."""
    plain = re.sub(r"[\W_]+", "", word)
    named = re.search(r"[\s()\[\]{}/:$]|\.\w{1,4}$|^(?:19|20)\d{6}(?:\d{4,6})?_[a-z_]+$", word) or HASHED.search(word)
    if named or re.fullmatch(r"[0-9a-f]+|[\dT]+|[A-Z]{1,3}\d+", plain):
        return False
    return any(map(str.isdigit, plain)) and any(map(str.isalpha, plain))


def betrayed(case: Case, spoken: str) -> list[str]:
    """Secrets of which eight characters in a row were spoken, spelled or not; only their first four are told."""
    said = [
        squashable(spoken, spanish=spanish, spelled=spelled) for spanish in (False, True) for spelled in (False, True)
    ]
    said.append(re.findall(r"[^\W_]+", spoken.lower()))
    return [f"{secret[:4]}…" for secret in secrets_of(case) if any(_shares(secret, words) for words in said)]


def _shares(secret: str, words: Sequence[str]) -> bool:
    """Eight characters in a row; of letters alone they begin or end with a word, for `server tests on` has some too."""
    said, edges = "".join(words), {0, *accumulate(map(len, words))}
    plain = re.sub(r"[\W_]+", "", secret.lower())
    if len(plain) <= SECRET_WINDOW:
        return len(plain) > 3 and plain in said
    windows = {plain[at : at + SECRET_WINDOW] for at in range(len(plain) - SECRET_WINDOW + 1)}
    found = ((at, window) for window in windows for at in _found(window, said))
    return any(not window.isalpha() or {at, at + SECRET_WINDOW} & edges for at, window in found)


def _found(window: str, said: str) -> Iterable[int]:
    at = said.find(window)
    while at >= 0:
        yield at
        at = said.find(window, at + 1)


RAW_NAME = re.compile(r"\b(?:[A-Za-z0-9]+_[A-Za-z0-9_]+|[a-z]{2,}[A-Z]\w*)\b")


def invented(case: Case, spoken: str) -> list[str]:
    """Numbers, file names and unsplit identifiers that are neither in the source nor a plain count in it."""
    told = tokens(spoken)
    said = cardinals(told)
    source = cardinals(tokens(case.source, spanish=False) + tokens(case.source, spanish=True))
    known = _numbers(case, source) | counts(case)
    text = " ".join(source)
    files = file_names(spoken, case.source)
    names = [name for name in RAW_NAME.findall(spoken) if not contains(source, tokens(name))]
    wrong = unknown(told, known) + _months(said, source) + _other_decimals(told, source)
    return wrong + names + [name for name in files if f" {name} " not in f" {text} "]


LARGE = {"k": 1000, "K": 1000, "M": 10**6} | {
    word: scale for each in (ENGLISH, SPANISH) for word, scale in each.scales.items()
}
SCALED = re.compile(rf"(?:\b|(?<=\d[hmsd]))(\d{{1,15}}) ?({'|'.join(LARGE)})\b")
HASH = re.compile(r"\b(?=[a-f]*\d)[0-9a-f]{7,64}\b")


SPACED = re.compile(r"(?<![\w.,:/+-])(?<!\d )([1-9]\d{0,2}(?: \d{3}(?![\w.,:/-]))+)(?= (?:de )?[a-záéíóúñ]{3,}s\b)")
"""Thousands apart by a blank, in front of what they count."""


def _numbers(case: Case, source: Sequence[str]) -> set[str]:
    """Every number of the source; of hashes each run of digits, of times the minutes and seconds."""
    known = {word for word in [*source, *joined(source)] if word.isdecimal() and len(word) < 400}
    runs = {run for found in HASH.findall(case.source) for run in re.findall(r"\d+", found)}
    known |= {run[at:end] for run in runs for at in range(len(run)) for end in range(at + 1, len(run) + 1)}
    known |= {part for decimal in _decimals(source) for part in decimal.split(".") if part}
    ungrouped = re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", case.source)
    known |= {str(int(number) * LARGE[unit]) for number, unit in SCALED.findall(f"{case.source}\n{ungrouped}")}
    known |= {number.replace(" ", "") for number in SPACED.findall(case.source)}
    known |= {"10"} if re.search(r"\d[eE][+-]?\d", case.source) else set()
    for event in case.events:
        seconds = float(event.get("seconds", 0))
        known |= {str(int(part)) for part in (seconds, seconds // 60, seconds % 60)}
        known |= {str(round(part)) for part in (seconds, seconds / 60, seconds / 3600)}
    return {str(int(word)) for word in known} | {"1"}


DECIMAL = re.compile(r"(?<!\S)((?:\d+ )*)(\d+(?:\.\d+)+)(?!\S)")


def _pointed(words: Sequence[str]) -> list[tuple[str, str]]:
    """Decimals and versions as written, each with the numbers in front of it."""
    return DECIMAL.findall(" ".join(words).replace(" point ", "."))


def _decimals(source: Sequence[str]) -> set[str]:
    """Those of the source; also without zeros at the end, and without their last parts."""
    found: set[str] = set()
    for _, written in (*_pointed(source), *_pointed(joined(source))):
        parts = written.split(".")
        cut = {".".join(parts[:end]) for end in range(2, len(parts) + 1)}
        found |= {short for one in cut for short in (one, one.rstrip("0").rstrip("."))}
    return found


def _other_decimals(said: Sequence[str], source: Sequence[str]) -> list[str]:
    """Those that are not in the source, whether the digits were said one by one or not."""
    known = _decimals(source)
    readings = (
        [one for before, one in _pointed(words) if one not in known and before.replace(" ", "") + one not in known]
        for words in (said, joined(said))
    )
    return min(readings, key=len)


def _months(said: Sequence[str], source: Sequence[str]) -> list[str]:
    """Months beside a number that the source has neither by name nor by number."""
    names = {str(MONTHS[word]) for word in source if word in MONTHS}
    known = names | {str(int(word)) for word in source if word.isdecimal() and len(word) < 3}
    return [
        word
        for at, word in enumerate(said)
        if word in MONTHS
        and str(MONTHS[word]) not in known
        and any(near.isdecimal() for near in said[max(0, at - 2) : at + 2])
    ]


ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.)])\s", re.M)
ROW = re.compile(r"^\s*\|.*\|\s*$", re.M)
HEADING = re.compile(r"^#{1,6} ", re.M)
FENCE = re.compile(r"^\s*(`{3,}|~{3,})[^\n]*\n(.*?)(?:^\s*\1|\Z)", re.M | re.S)
LISTED: Sequence[re.Pattern[str]] = tuple(
    re.compile(pattern, re.M)
    for pattern in (
        r"\berror\b", r"\(\d+,\d+\): error\b", r"\bwarning\b",
        r"^FAILED|^--- FAIL|^FAIL", r"^ERROR", r"^\s*[MADRCU?!]{1,2} {1,2}\S",
        r"^(?:\* )?[0-9a-f]{7,40} ", r"^commit [0-9a-f]{7,}", r"^\+(?!\+\+)", r"^-(?!--)", r"^@@", r"^diff --git",
        r"^\s*(?:modified|deleted|new file|renamed|both modified):", r"^Removing ", r"^CONFLICT", r"^\s+at ",
        r"^\S+:\d+", r"✓|✔|PASS", r"✗|✘|×", r"\?", r"\bfailed\b", r"\bpassed\b",
        r"\bContainer \S+ +[A-Z]", r"\bVolume \S+ +[A-Z]",
    )
)  # fmt: skip


def counts(case: Case) -> set[str]:
    """How many of anything a listener would count stand in the source."""
    texts = _texts(case)
    found = {len(pattern.findall(text)) for text in texts for pattern in (*LISTED, ITEM, ROW, HEADING)}
    tables = [[row for row in ROW.findall(text) if re.search(r"\w", row)] for text in texts]
    found |= {len(rows) - header for rows in (*tables, *map(ROW.findall, texts)) for header in (0, 1, 2)}
    found |= {len(block.strip().splitlines()) for text in texts for _, block in FENCE.findall(text)}
    found |= {len(text.strip().splitlines()) for text in texts}
    found |= {len(REMOVED.findall(text)) for text in texts}
    found |= {len(run) for text in texts for run in _runs(text)}
    found |= {total for text in texts for total in _totals(text)}
    finished = [event for event in case.events if event["type"] == "tool_finished"]
    files = [file for event in finished for file in event.get("files", ())]
    for field in ("additions", "deletions"):
        per_file = [int(file.get(field, 0)) for file in files]
        found |= {sum(per_file), *per_file}
    statuses = Counter(str(file.get("status", "changed")) for file in files)
    found |= {len(files), len({file["path"] for file in files}), len(finished), *statuses.values()}
    found |= set(Counter(str(event["tool"]) for event in finished).values())
    found |= {sum(1 for event in finished if not event["ok"]), sum(1 for event in finished if event["ok"])}
    commands = [re.split(r"&&|\|\||[|;\n]", str(event.get("command", ""))) for event in case.events]
    found |= {len(parts) for parts in commands}
    # What a command is given, without its program, its verb and the remote: branches that are pushed.
    given = [len(re.findall(r"(?<!\S)[^\s-]\S*", part)) for parts in commands for part in parts]
    found |= {words - less for words in given for less in (1, 2, 3)}
    asked = [question for event in case.events for question in event.get("questions", ())]
    options = [len(question.get("options", ())) for question in asked]
    found |= {len(asked), *range(max(options, default=0) + 1)}
    return {str(number) for number in found if number >= 0}


REMOVED = re.compile(r"^removed '", re.M)
"""The files that `rm -v` names, not the directories."""
TALLY = re.compile(r"\b(\d{1,6}) (?:tests? )?(passed|failed|skipped|ignored|errors?|pass|fail|todo|xfailed|xpassed)\b")


def _totals(text: str) -> Iterable[int]:
    """How many tests there were, where a line only tells how many of them passed, failed and were skipped."""
    for line in text.splitlines():
        tally = [(int(number), verdict) for number, verdict in TALLY.findall(line[:400])]
        if len(tally) > 1:
            yield sum(number for number, _ in tally)
            yield sum(number for number, verdict in tally if verdict not in ("skipped", "ignored", "todo"))


def _texts(case: Case) -> list[str]:
    raw = [case.text] if case.text else [str(event.get(key, "")) for event in case.events for key in ("text", "output")]
    return [ESCAPES.sub("", text) for text in raw if text]


def _runs(text: str) -> Iterable[list[str]]:
    """Each list by itself, for `three things are left`."""
    run: list[str] = []
    for line in text.splitlines():
        if ITEM.match(line):
            run.append(line)
        elif run and line.strip() and not line.startswith(" "):
            yield run
            run = []
    if run:
        yield run
