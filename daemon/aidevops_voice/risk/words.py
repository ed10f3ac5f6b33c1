"""A word as written -> the words a program gets: variables, braces, blanks and home folders, where they are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aidevops_voice.risk.arguments import Arg
from aidevops_voice.risk.call import Scope
from aidevops_voice.risk.paths import HOLE, ITEM
from aidevops_voice.risk.tree import Node, Pipeline, Sequence as Steps, Simple, Word

_GUARDED = "*?[]{},~ \t\n=:"
_GUARD = {ord(char): chr(0xE300 + ord(char)) for char in _GUARDED}
_UNGUARD = {0xE300 + ord(char): char for char in _GUARDED}
_SAFE_VARIABLES = re.compile(
    r"[?#$!]|RANDOM|SECONDS|UID|EUID|PPID|USER|LOGNAME|LINENO|HOSTNAME|OSTYPE|SHLVL|LANG"
    r"|TERM"
)
_SECRET = re.compile(
    r"SECRET|TOKEN|PASSW|PASSPHRASE|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|_KEY$|^KEY$|_PAT$|_AUTH$|_PWD$|_DSN$"
    r"|DATABASE_URL|DB_URL|REDIS_URL|MONGO\w*_UR[IL]|CONNECTION_STRING|COOKIE",
    re.I,
)
_NAMES_ONE = frozenset({
    "date", "whoami", "hostname", "basename", "uname", "id", "nproc", "wc", "seq", "expr", "sw_vers", "arch", "tty",
    "logname", "getconf",
})  # fmt: skip
_MOST_WORDS = 400


def secret_name(name: str) -> bool:
    """Whether a variable by this name is made to hold a secret."""
    return bool(_SECRET.search(name)) and name not in ("PWD", "OLDPWD", "SSH_AUTH_SOCK")


def arguments(words: Sequence[Word], scope: Scope) -> tuple[Arg, ...]:
    """All words of a command, expanded."""
    found: list[Arg] = []
    for word in words:
        found += expanded(word, scope)
        if len(found) > _MOST_WORDS * 10:
            break
    return tuple(found)


def single(word: Word, scope: Scope) -> Arg:
    """A word where it is not split: the value of a variable, the target of a redirection."""
    args = expanded(word, scope)
    if len(args) == 1:
        return args[0]
    return Arg(" ".join(arg.text for arg in args), any(arg.loose for arg in args), inputs=_inputs(word))


def expanded(word: Word, scope: Scope) -> list[Arg]:
    """One written word; usually one, none where it is empty and not quoted."""
    bare = [piece for piece in word.pieces if piece.text or piece.nodes or piece.kind != "quoted"]
    if len(bare) == 1 and bare[0].text in ("@", "*") and "variable" in bare[0].kind and scope.positional is not None:
        return list(scope.positional)
    text = ""
    loose = quoted = output = False
    secrets: list[str] = []
    for piece in word.pieces:
        value: str | None
        match piece.kind:
            case "plain":
                text += piece.text
            case "quoted":
                text, quoted = text + piece.text.translate(_GUARD), True
            case "variable" | "quoted_variable":
                secrets += [piece.text] if secret_name(piece.text) or piece.text in scope.holding else []
                value = _value(piece.text, scope)
                if piece.kind == "quoted_variable":
                    text, quoted = text + (HOLE if value is None else value.translate(_GUARD)), True
                else:
                    loose = loose or value is None or HOLE in value
                    text += HOLE if value is None else value
            case "output" | "quoted_output":
                value = ITEM if piece.text == "0" else printed(piece.nodes)
                loose = loose or (value == HOLE and piece.kind == "output")
                text, quoted = text + value, quoted or piece.kind == "quoted_output"
            case "process":
                output = output or piece.text == ">"
                text += "/dev/fd/63"
            case "unknown":
                secrets += [piece.text] if secret_name(piece.text) or piece.text in scope.holding else []
                text, loose = text + HOLE, True
    inputs = _inputs(word)
    if not scope.splits and "variable" in {piece.kind for piece in word.pieces}:
        text, loose = text + HOLE, True
    split = text.split() if any(piece.kind in ("variable", "output") for piece in word.pieces) else [text]
    if not text and not quoted:
        return []
    each = [one for part in split for one in _braced(part)]
    return [Arg(one.translate(_UNGUARD), loose, tuple(secrets), inputs, output) for one in each]


def secrets(word: Word, scope: Scope) -> tuple[str, ...]:
    """Variables in it that hold secrets, by their names or by what they were given."""
    named = [piece.text for piece in word.pieces if "variable" in piece.kind or piece.kind == "unknown"]
    return tuple(name for name in named if secret_name(name) or name in scope.holding)


def _inputs(word: Word) -> tuple[Node, ...]:
    return tuple(node for piece in word.pieces if piece.kind == "process" and piece.text == "<" for node in piece.nodes)


def _value(name: str, scope: Scope) -> str | None:
    if name in scope.variables:
        return scope.variables[name]
    if name.isdecimal() and scope.positional is not None:
        at = int(name) - 1
        if at < 0:
            return None
        return scope.positional[at].text if at < len(scope.positional) else ""
    if _SAFE_VARIABLES.fullmatch(name):
        return ITEM
    match name:
        case "HOME":
            return scope.ground.home
        case "PWD":
            return scope.ground.cwd
        case "TMPDIR":
            return "/tmp"
        case _:
            return None


def printed(nodes: Sequence[Node]) -> str:
    """What a substitution stands for: a plain name, a file of the project, or nobody knows."""
    node = nodes[0] if len(nodes) == 1 else None
    while isinstance(node, Steps) and len(node.parts) == 1:
        node = node.parts[0]
    if isinstance(node, Pipeline) and node.parts:
        *_, last = node.parts
        return ITEM if isinstance(last, Simple) and _program(last) in _NAMES_ONE else HOLE
    if isinstance(node, Simple):
        words = [piece.text for word in node.words for piece in word.pieces[:1]]
        if words[:1] == ["pwd"]:
            return "."
        if words[:2] in (["git", "ls-files"], ["git", "rev-parse"], ["git", "describe"], ["git", "grep"]):
            return "." if "--show-toplevel" in words else ITEM
        if words[:2] == ["git", "diff"] and "--name-only" in words:
            return ITEM
        if words[:2] == ["git", "branch"] and "--show-current" in words:
            return ITEM
        return ITEM if _program(node) in _NAMES_ONE else HOLE
    return HOLE


def _program(node: Simple) -> str:
    return node.words[0].pieces[0].text if node.words and node.words[0].pieces else ""


_BRACE = re.compile(r"\{([^{}]*)\}")


def _braced(text: str) -> Iterator[str]:
    """`{a,b}c` -> `ac`, `bc`; innermost first, a range stands for its numbers."""
    text = re.sub(r"\{-?\w+\.\.-?\w+(?:\.\.-?\d+)?\}", ITEM, text)
    pending, done = [text], 0
    while pending:
        text = pending.pop(0)
        done += 1
        match = next((one for one in _BRACE.finditer(text) if "," in one[1]), None)
        if match is None or done > _MOST_WORDS:
            yield text
            continue
        pending += [text[: match.start()] + part + text[match.end() :] for part in match[1].split(",")]


def values(words: Sequence[Word], scope: Scope, most: int) -> list[str | None]:
    """What the variable of a loop takes; one unknown where they are many."""
    found = arguments(words, scope)
    known: list[str | None] = [arg.text for arg in found]
    if len(known) > most and all(value is not None and HOLE not in value and ".." not in value for value in known):
        return list(dict.fromkeys(known))[: most * 8]
    return known if known else [None]
