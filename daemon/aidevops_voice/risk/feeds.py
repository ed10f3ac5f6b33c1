"""What a command prints for the next one: its text where that is plain, else who made it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidevops_voice.risk import paths, words
from aidevops_voice.risk.arguments import Arg
from aidevops_voice.risk.call import Feed, Scope
from aidevops_voice.risk.paths import HOLE, ITEM
from aidevops_voice.risk.tree import Branches, Declare, Function, Group, Loop, Node, Pipeline, Sequence as Steps, Simple

_FILTERS = frozenset({"grep", "egrep", "fgrep", "rg", "head", "tail", "sort", "uniq", "tee", "cat"})
_LISTERS = frozenset({"ls", "find", "fd", "fdfind", "tree"})
_SEARCHERS = frozenset({"grep", "rg", "ag", "ack"})
_DOWNLOADERS = frozenset({"curl", "wget", "http", "https", "nc", "ncat", "fetch", "aria2c", "ssh", "socat", "telnet"})


def made(node: Node, scope: Scope, before: Feed) -> Feed:
    """What comes out of one part of a pipeline."""
    names = (*before.source, *sources([node]))
    far = before.remote or remote([node])
    while isinstance(node, (Group, Steps)):
        if isinstance(node, Group):
            node = node.body
        elif len(node.parts) == 1:
            node = node.parts[0]
        else:
            return Feed(source=names, remote=far, given=True)
    if not isinstance(node, Simple):
        return Feed(source=names, remote=far, given=True)
    args = words.arguments(node.words, scope)
    text = _text(args, node, scope, before)
    item, secret = _item(args, scope, before)
    return Feed(text, item, secret, names, far, True)


def _text(args: Sequence[Arg], node: Simple, scope: Scope, before: Feed) -> str | None:
    name = args[0].text if args else ""
    if any(one.op not in ("<<", "<<<") for one in node.redirects):
        return None
    if name == "echo" and all(arg.known for arg in args):
        said = [arg.text for arg in args[1:]]
        if (said[:1] and said[0].startswith("-")) or "\\" in "".join(said):
            return None
        return " ".join(said) + "\n"
    if name == "cat" and len(args) == 1:
        if not node.redirects:
            return before.text
        word = words.single(node.redirects[-1].target, scope)
        return word.text if word.known and not any(piece.nodes for piece in node.redirects[-1].target.pieces) else None
    return None


def _item(args: Sequence[Arg], scope: Scope, before: Feed) -> tuple[str, bool]:
    """What a line of it stands for, and whether it names a secret."""
    texts = [arg.text for arg in args]
    name = texts[0] if texts else ""
    secret = any(
        paths.is_secret("/" + text.removeprefix("./").lstrip("*/")) for text in texts[1:] if not text.startswith("-")
    )
    if name == "git":
        listing = next((text for text in texts[1:] if not text.startswith("-")), "") in (
            "ls-files",
            "grep",
            "diff",
            "status",
            "log",
            "show",
            "branch",
            "tag",
            "rev-list",
            "rev-parse",
            "diff-tree",
        )
        return (ITEM if listing and "-C" not in texts else HOLE), secret
    if name in _FILTERS and before.given:
        return before.item, before.secret or (secret and name != "grep")
    if name in _LISTERS or (name in _SEARCHERS and _lists(texts)):
        start = [text for text in texts[1:] if not text.startswith("-")]
        start = start[-1:] if name in _SEARCHERS and len(start) > 1 else [] if name in _SEARCHERS else start
        start = start[:1] if name == "find" else start[1:] if name.startswith("fd") else start
        inside = all(paths.place(text, scope.ground) in ("inside", "secret") for text in start or ["."])
        return (ITEM if inside else HOLE), secret
    return (ITEM if name in ("seq", "pgrep", "wc", "date", "lsof") else HOLE), False


def _lists(texts: Sequence[str]) -> bool:
    return any(re.fullmatch(r"-\w*[lL]\w*|--files\S*", text) for text in texts[1:])


def sources(nodes: Sequence[Node]) -> tuple[str, ...]:
    """Who prints it: programs, and the addresses and files they name."""
    found: list[str] = []
    for simple in _simples(nodes):
        plain = ["".join(piece.text for piece in word.pieces) for word in simple.words]
        found += plain[:1]
        found += [text for text in plain[1:] if re.search(r"[./]", text) and not text.startswith("-")][:2]
    return tuple(dict.fromkeys(found))[:6]


def remote(nodes: Sequence[Node]) -> bool:
    """Whether any of it comes from another machine."""
    return any(
        piece.text.rsplit("/", 1)[-1] in _DOWNLOADERS
        for simple in _simples(nodes)
        for word in simple.words[:1]
        for piece in word.pieces[:1]
    )


def _simples(nodes: Sequence[Node]) -> list[Simple]:
    found: list[Simple] = []
    pending = list(nodes)
    while pending and len(found) < 12:
        node = pending.pop(0)
        match node:
            case Simple():
                found.append(node)
                inner = [inner for word in node.words for piece in word.pieces for inner in piece.nodes]
                pending = inner + pending
            case Pipeline() | Steps() | Branches():
                pending = [*node.parts, *pending]
            case Group() | Loop() | Function():
                pending = [node.body, *pending]
            case Declare():
                pass
    return found
