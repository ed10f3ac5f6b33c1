"""Walks a command as a shell would and notes what each program in it could do; nothing is ever run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace

from aidevops_voice.languages import listed
from aidevops_voice.risk import feeds, paths, programs, words
from aidevops_voice.risk.arguments import Arg
from aidevops_voice.risk.call import Call, Feed, Scope, add
from aidevops_voice.risk.environment import assigned
from aidevops_voice.risk.levels import Finding, Level
from aidevops_voice.risk.parse import parse
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tree import (
    Assignment,
    Branches,
    Declare,
    Function,
    Group,
    Loop,
    Node,
    Pipeline,
    Redirect,
    Sequence as Steps,
    Simple,
    Unreadable,
    Word,
)

_MOST, _DEEPEST, _VALUES = 3000, 30, 6
"""Commands that are looked at; commands within commands; values of a loop, each looked at."""
_WRITES = frozenset({">", ">>", ">|", "&>", "&>>", ">&", "<>"})
_INDEXES = frozenset(
    listed(
        "let test [ printf read readarray mapfile declare typeset export local readonly unset getopts wait eval (( "
        "expr_"
    )
)
_EVALUATED = re.compile(r"\[.*(?:\$\(|`)", re.S)
"""An index is arithmetic, and that runs what it holds, quoted or not."""
_EMPTIES = frozenset({":", "true", ""})


class TooLong(Exception):
    """More than can be looked at in a short time."""


class Walk:
    """One reading of one command."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self._left, self._depth = _MOST, 0

    # --- from outside and from tables ---------------------------------------------------------------------------

    def script(self, text: str, scope: Scope, feed: Feed) -> None:
        """A command in a text; what cannot be read is the worst."""
        self._depth += 1
        try:
            if self._depth > _DEEPEST or HOLE in text:
                raise Unreadable
            self.walk(parse(text, self._depth), scope, feed)
        except (Unreadable, RecursionError):
            add(self.found, scope, Level.DESTRUCTIVE, "unreadable", "unreadable", what=text[:200])
        finally:
            self._depth -= 1

    def run(self, args: Sequence[Arg], scope: Scope, feed: Feed) -> None:
        """A program with its words."""
        self._depth += 1
        if self._depth > _DEEPEST:
            add(self.found, scope, Level.DESTRUCTIVE, "too_long", "too_long")
        elif args:
            self._secrets(args, scope)
            if args[0].text in _INDEXES and any(_EVALUATED.search(arg.text) for arg in args[1:]):
                add(self.found, scope, Level.DESTRUCTIVE, "script_runs", "runs_text", what=[args[0].text])
            self._named(args, scope, feed)
        self._depth -= 1

    def _named(self, args: Sequence[Arg], scope: Scope, feed: Feed) -> None:
        name = args[0].text
        call = Call(name, tuple(args[1:]), scope, feed, self)
        body = scope.functions.get(name)
        if name in scope.aliases:
            self._alias(call)
        if body is not None:
            inner = replace(scope.copy(), positional=call.args)
            self.walk(body, inner, feed)
            scope.ground = inner.ground
            if not programs.known(name):
                return
        programs.judge(call)

    def _alias(self, call: Call) -> None:
        scope = call.scope.copy()
        text = scope.aliases.pop(call.program)
        args = [Arg(word) for word in text.split()]
        if re.fullmatch(r"[\w\s./=+:@,-]*", text):
            self.run([*args, *call.args], scope, call.feed)
        else:
            call.says(Level.DESTRUCTIVE, "alias", "alias", what=call.program)

    def _secrets(self, args: Sequence[Arg], scope: Scope) -> None:
        if named := [name for arg in args for name in arg.secrets]:
            add(self.found, scope, Level.CREDENTIALS, "secret", "secret", what=list(dict.fromkeys(named)))

    # --- the tree -----------------------------------------------------------------------------------------------

    def walk(self, node: Node, scope: Scope, feed: Feed) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooLong
        match node:
            case Simple():
                self._simple(node, scope, feed)
            case Declare():
                self._declare(node, scope)
            case Pipeline():
                self._pipeline(node, scope, feed)
            case Steps():
                for part in node.parts:
                    self.walk(part, scope, feed)
            case Group():
                self._group(node, scope, feed)
            case Branches():
                for part in node.parts:
                    self._maybe(part, scope, feed)
            case Loop():
                self._loop(node, scope, feed)
            case Function():
                scope.functions[node.name] = node.body

    def _maybe(self, node: Node, scope: Scope, feed: Feed) -> None:
        """What it sets is not known afterwards."""
        inner = scope.copy()
        self.walk(node, inner, feed)
        scope.functions |= inner.functions
        scope.aliases |= inner.aliases
        for name, value in inner.variables.items():
            if scope.variables.get(name, 0) != value:
                scope.variables[name] = None
        if inner.ground != scope.ground:
            scope.ground = replace(scope.ground, cwd=None)
        scope.splits = scope.splits and inner.splits
        scope.holding |= inner.holding

    def _group(self, node: Group, scope: Scope, feed: Feed) -> None:
        inner = scope.copy() if node.own_shell else scope
        feed = self._redirected(node.redirects, inner, feed, "group")
        self.walk(node.body, inner, feed)

    def _pipeline(self, node: Pipeline, scope: Scope, feed: Feed) -> None:
        for part in node.parts:
            inner = scope.copy()
            self.walk(part, inner, feed)
            feed = feeds.made(part, inner, feed)

    def _loop(self, node: Loop, scope: Scope, feed: Feed) -> None:
        for word in node.words:
            self._inner(word, scope)
            if words.secrets(word, scope):
                scope.holding |= {node.name}
        inner = scope.copy()
        for name in _assigned(node.body):
            inner.variables[name] = None
        if _moves(node.body):
            inner.ground = replace(inner.ground, cwd=None)
        for value in words.values(node.words, scope, _VALUES) if node.name else [None]:
            if node.name:
                inner.variables[node.name] = None if value is None or HOLE in value else value
            self._maybe(node.body, inner, feed)
        scope.ground = inner.ground
        scope.functions |= inner.functions
        scope.variables |= dict.fromkeys([*_assigned(node.body), node.name])

    # --- one command --------------------------------------------------------------------------------------------

    def _simple(self, node: Simple, scope: Scope, feed: Feed) -> None:
        for word in node.words:
            self._inner(word, scope)
        for one in node.assignments:
            self._inner(one.value, scope)
        args = words.arguments(node.words, scope)
        empties, before = not args or args[0].text in _EMPTIES, len(self.found)
        feed = self._redirected(node.redirects, scope, feed, "" if empties else args[0].text)
        self._assign(node.assignments, scope, for_one=bool(args), program=args[0].text if args else "")
        if args:
            redirected = len(self.found)
            self.run(args, scope, feed)
            if redirected > before and any(one.op in _WRITES for one in node.redirects):
                self._unprint(redirected)
        elif node.words and not args:
            add(self.found, scope, Level.DESTRUCTIVE, "unknown_program", "unknown_program", what=HOLE)
        elif node.assignments and not any(piece.nodes for one in node.assignments for piece in one.value.pieces):
            add(self.found, scope, Level.READ, "set", what=[one.name for one in node.assignments])

    def _unprint(self, since: int) -> None:
        """What is printed into a file is told with the file."""
        shown = [one for one in self.found[since:] if one.level > Level.READ or one.saying.key != "risk.print"]
        self.found[since:] = shown

    def _declare(self, node: Declare, scope: Scope) -> None:
        for word in [*node.words, *(one.value for one in node.assignments)]:
            self._inner(word, scope)
        self._assign(node.assignments, scope, for_one=False, program="")
        args = words.arguments(node.words, scope)
        if any(_EVALUATED.search(arg.text) for arg in args):
            add(self.found, scope, Level.DESTRUCTIVE, "script_runs", "runs_text", what=[node.program])
        if node.assignments:
            add(self.found, scope, Level.READ, "set", what=[one.name for one in node.assignments])
        elif node.program == "unset":
            scope.variables |= {arg.text: None for arg in args}
        else:
            self.run([Arg(node.program), *args], scope, Feed())

    def _assign(self, assignments: Sequence[Assignment], scope: Scope, for_one: bool, program: str) -> None:
        for one in assignments:
            value = words.single(one.value, scope) if one.value.pieces else Arg("")
            level, why = assigned(one.name, value.text, scope)
            if level > Level.READ and (one.name, program, for_one) != ("IFS", "read", True):
                add(self.found, scope, level, "sets", why, name=one.name, what=[program or value.text])
            if re.search(r"\w\[[^\]]*(?:\$\(|`)", value.text):
                add(self.found, scope, Level.DESTRUCTIVE, "script_runs", "runs_text", what=[one.name])
            if one.name == "IFS":
                scope.splits = False
            scope.holding |= {one.name} if value.secrets else frozenset()
            if not for_one:
                unknown = not one.known or HOLE in value.text
                scope.variables[one.name] = None if unknown else value.text

    def _inner(self, word: Word, scope: Scope) -> None:
        """What runs while the word is made."""
        for piece in word.pieces:
            for inner in piece.nodes:
                feed = (
                    Feed(source=("a command",), given=True) if piece.kind == "process" and piece.text == ">" else Feed()
                )
                self.walk(inner, scope.copy(), feed)

    def _redirected(self, redirects: Sequence[Redirect], scope: Scope, feed: Feed, program: str) -> Feed:
        for one in redirects:
            self._inner(one.target, scope)
            target = words.single(one.target, scope)
            self._secrets([Arg("", secrets=words.secrets(one.target, scope))], scope)
            if one.op.startswith("<") and program == "exec" and one.op not in _WRITES:
                add(self.found, scope, Level.DESTRUCTIVE, "run_output", "runs_text", what=[target.text[:80]])
            if one.op in ("<<", "<<<"):
                plain = HOLE not in target.text and not any(piece.nodes for piece in one.target.pieces)
                feed = Feed(target.text if plain else None, source=_names(one.target), given=True)
            elif one.op in _WRITES:
                self._written(one, target, scope, program)
            elif one.op == "<":
                feed = self._read(target, scope, program)
        return feed

    def _written(self, one: Redirect, target: Arg, scope: Scope, program: str) -> None:
        if one.op in (">&", "<&") and re.fullmatch(r"\d+-?|-", target.text):
            return
        call = Call(program, (), scope, Feed(), self)
        if target.output:
            return
        if paths.place(target.text, scope.ground, writing=True) == "nowhere":
            return
        if one.op in (">>", "&>>"):
            call.writes([target], "append")
        elif not program or one.op == "<>":
            call.writes([target], "empty", Level.DESTRUCTIVE, "empties")
        else:
            call.writes([target], "overwrite")
        if re.match(r"/dev/(?:tcp|udp)/", target.text) and re.search(r"sh$|^exec$", program):
            call.says(Level.DESTRUCTIVE, "remote_shell", "remote_shell", what=target.text)

    def _read(self, target: Arg, scope: Scope, program: str) -> Feed:
        call = Call(program, (), scope, Feed(), self)
        if target.inputs:
            return Feed(source=feeds.sources(target.inputs), remote=feeds.remote(target.inputs), given=True)
        if paths.place(target.text, scope.ground) != "nowhere":
            call.reads([target], "show")
        return Feed(source=(target.text,), given=True, secret=paths.is_secret(posixpath.normpath(target.text or ".")))


def _names(word: Word) -> tuple[str, ...]:
    return feeds.sources([node for piece in word.pieces for node in piece.nodes])


def _assigned(node: Node) -> list[str]:
    """Variables that a body sets."""
    match node:
        case Simple() | Declare():
            names = [one.name for one in node.assignments]
            return names + [piece.text for word in node.words for piece in word.pieces[:1] if piece.text.isidentifier()]
        case Pipeline() | Steps() | Branches():
            return [name for part in node.parts for name in _assigned(part)]
        case Group() | Loop() | Function():
            return _assigned(node.body)


def _moves(node: Node) -> bool:
    """Whether a body may change the folder."""
    match node:
        case Simple():
            first = node.words[0].pieces[:1] if node.words else ()
            return any(piece.kind != "plain" or piece.text in ("cd", "pushd", "popd") for piece in first)
        case Declare():
            return False
        case Pipeline() | Steps() | Branches():
            return any(_moves(part) for part in node.parts)
        case Group() | Loop() | Function():
            return _moves(node.body)
