"""Shell text -> tree, by tree-sitter's grammar of bash; where bash would read it otherwise, it is unreadable.

Each byte has to be accounted for: what stands between the parts may only be blank, and words are cut by our own rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from aidevops_voice.risk import documents
from aidevops_voice.risk.documents import Document
from aidevops_voice.risk.lexemes import REDIRECTS, Lexemes
from aidevops_voice.risk.tree import (
    Assignment,
    Branches,
    Declare,
    Function,
    Group,
    Loop,
    Node,
    Piece,
    Pipeline,
    Redirect,
    Sequence,
    Simple,
    Unreadable,
    Word,
)

if TYPE_CHECKING:
    from tree_sitter import Node as Raw, Parser

LONGEST, _DEEPEST = 64 * 1024, 40
"""Characters of a command; commands inside of commands."""
_MOST = 6000
"""Parts of a command."""
_FAR = re.compile("[\U00010000-\U0010ffff]")
"""After `{` the grammar looks such a character up outside of its tables, which may end the process
(tree-sitter/tree-sitter-bash#337); it gets as many bytes of another sign instead."""
_BLANK = re.compile(r"(?:[ \t\n]|\\\n)*")
_BETWEEN = re.compile(r"(?:[ \t\n;&]|\\\n)*")
_ASSIGNS = frozenset({"variable_assignment"})
_COMMANDS = re.compile(r"[A-Za-z_]\w*[ \t]+-{0,2}[A-Za-z_]\w*[ \t]+\w|[A-Za-z_]\w*[ \t]+[A-Za-z_/.~]|;;|\n\s*\w+\s+\w")
"""In arithmetic: two words, which bash may take for a command in two subshells."""


@cache
def _parser() -> Parser:
    import tree_sitter
    import tree_sitter_bash

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))


def parse(text: str, depth: int = 0) -> Node:
    """Raises Unreadable."""
    if len(text) > LONGEST or depth > _DEEPEST:
        raise Unreadable
    source, found = documents.taken(text)
    raw = source.encode("utf-8", "surrogatepass")
    root = _parser().parse(_FAR.sub("\u00d7\u00d7", source).encode("utf-8", "surrogatepass")).root_node
    if root.has_error or root.descendant_count > _MOST * 4:
        raise Unreadable
    reader = _Reader(raw, found, depth)
    node = reader.sequence(root)
    reader.check_all_seen(source.count(documents.STRING))
    return node


class _Reader:
    """One source."""

    def __init__(self, source: bytes, found: list[Document], depth: int) -> None:
        self._left, self._deep = _MOST, 0
        self._lexemes = Lexemes(source, found, self.sequence, lambda text: parse(text, depth + 1), _MOST)

    def check_all_seen(self, strings: int) -> None:
        self._lexemes.check_all_seen(strings)

    # --- statements ---------------------------------------------------------------------------------------------

    def statement(self, raw: Raw, level: int) -> Node:
        self._left -= 1
        if self._left < 0 or level > _DEEPEST:
            raise Unreadable
        level += 1
        match raw.type:
            case "command":
                return self._command(raw)
            case "declaration_command" | "unset_command":
                return self._declared(raw)
            case "variable_assignment" | "variable_assignments":
                kids = [raw] if raw.type == "variable_assignment" else raw.children
                if raw.type == "variable_assignments":
                    self._check_apart(raw)
                return Simple(assignments=tuple(map(self._assignment, kids)))
            case "redirected_statement":
                return self._redirected(raw, level)
            case "pipeline":
                return self._pipeline(raw, level)
            case "list":
                return Sequence(tuple(self._listed(raw, level)), sure=False)
            case "negated_command":
                return Sequence(tuple(self._each(raw, level)))
            case "subshell":
                return Group(self.sequence(raw, level), own_shell=True)
            case "compound_statement":
                return self.sequence(raw, level)
            case "if_statement" | "case_statement":
                return Branches((Sequence(tuple(self._inside(raw, level)), sure=False),))
            case "while_statement" | "c_style_for_statement":
                return Loop("", (), Sequence(tuple(self._inside(raw, level)), sure=False))
            case "for_statement":
                return self._for(raw, level)
            case "function_definition":
                return self._function(raw, level)
            case "test_command":
                test = Simple((Word((Piece("plain", "test"),)), *self._lexemes.tested(raw)))
                return Sequence((*self._lexemes.run_in(raw), test))
            case _:
                raise Unreadable

    def sequence(self, raw: Raw, level: int = 0) -> Sequence:
        """The statements in a body; arithmetic holds none but what it substitutes."""
        self._deep += 1
        if self._deep > _DEEPEST:
            raise Unreadable
        found = self._body(raw, level)
        self._deep -= 1
        return found

    def _body(self, raw: Raw, level: int) -> Sequence:
        if raw.children and raw.children[0].type in ("((", "$(("):
            if _COMMANDS.search(self._lexemes.text(raw)):
                raise Unreadable
            return Sequence(tuple(self._lexemes.run_in(raw)))
        return Sequence(tuple(self._each(raw, level)))

    def _each(self, raw: Raw, level: int) -> Iterator[Node]:
        at = raw.start_byte
        for child in raw.children:
            self._lexemes.check_gap(at, child.start_byte, _BETWEEN)
            at = child.end_byte
            if child.type == "comment":
                self._lexemes.check_comment(child)
            elif child.is_named:
                yield self.statement(child, level)
        self._lexemes.check_gap(at, raw.end_byte, _BETWEEN)

    def _listed(self, raw: Raw, level: int) -> Iterator[Node]:
        """`a && b || c` is one list, although it comes as lists in lists."""
        pending = [raw]
        while pending:
            here = pending.pop()
            if here.type != "list":
                yield self.statement(here, level)
                continue
            at = here.start_byte
            for child in here.children:
                self._lexemes.check_gap(at, child.start_byte, _BETWEEN)
                at = child.end_byte
                if child.type == "comment":
                    self._lexemes.check_comment(child)
            pending += [child for child in reversed(here.children) if child.is_named and child.type != "comment"]

    def _inside(self, raw: Raw, level: int) -> Iterator[Node]:
        """The statements of a branch or loop, whatever stands around them."""
        at = raw.start_byte
        for child in raw.children:
            self._lexemes.check_gap(at, child.start_byte, _BETWEEN)
            at = child.end_byte
            if child.type in ("do_group", "elif_clause", "else_clause", "case_item"):
                yield Sequence(tuple(self._inside(child, level + 1)), sure=False)
            elif child.type == "comment":
                self._lexemes.check_comment(child)
            elif child.type in _STATEMENTS:
                yield self.statement(child, level)
            elif child.is_named:
                yield from self._lexemes.run_in(child)

    def _pipeline(self, raw: Raw, level: int) -> Node:
        parts: list[Node] = []
        for node in self._each(raw, level):
            if isinstance(node, Group) and not node.own_shell and isinstance(node.body, Pipeline):
                *before, last = node.body.parts
                parts += [*before, Group(last, redirects=node.redirects)]
            elif isinstance(node, Sequence) and len(node.parts) == 1 and isinstance(node.parts[0], Pipeline):
                parts += node.parts[0].parts
            else:
                parts.append(node)
        return Pipeline(tuple(parts))

    def _for(self, raw: Raw, level: int) -> Node:
        name, values = "", []
        for at, child in enumerate(raw.children):
            match raw.field_name_for_child(at):
                case "variable":
                    name = self._lexemes.text(child)
                case "value":
                    values.append(child)
        kids = [child for child in raw.children if child.type in ("do_group", "compound_statement")]
        body = [Sequence(tuple(self._inside(child, level))) for child in kids]
        return Loop(name, tuple(self._lexemes.words(values)), Sequence(tuple(body)))

    def _function(self, raw: Raw, level: int) -> Node:
        name, body = raw.child_by_field_name("name"), raw.child_by_field_name("body")
        if name is None or body is None:
            raise Unreadable
        redirects, more = self._lexemes.redirects([child for child in raw.children if child.type in REDIRECTS])
        if more:
            raise Unreadable
        inner = self.statement(body, level)
        return Function(self._lexemes.text(name), _with(inner, redirects) if redirects else inner)

    def _redirected(self, raw: Raw, level: int) -> Node:
        body = raw.child_by_field_name("body")
        self._check_apart(raw)
        redirects, more = self._lexemes.redirects([child for child in raw.children if child != body and child.is_named])
        if body is None:
            if more:
                return Simple(words=tuple(more), redirects=tuple(redirects))
            return Simple(redirects=tuple(redirects))
        node = self.statement(body, level)
        if isinstance(node, Simple):
            return Simple((*node.words, *more), node.assignments, (*node.redirects, *redirects))
        if more:
            raise Unreadable
        if body.type == "list" and isinstance(node, Sequence) and node.parts:
            *before, last = node.parts
            return Sequence((*before, _with(last, redirects)), node.sure)
        return Group(node, redirects=tuple(redirects))

    # --- one command --------------------------------------------------------------------------------------------

    def _command(self, raw: Raw) -> Node:
        assigned = [child for child in raw.children if child.type in _ASSIGNS]
        redirected = [child for child in raw.children if child.type in REDIRECTS]
        rest = [child for child in raw.children if child.type not in _ASSIGNS | REDIRECTS]
        self._check_apart(raw)
        whole = [child for child in rest if child.type == "subshell"]
        redirects, more = self._lexemes.redirects(redirected)
        words = [*self._lexemes.words([child for child in rest if child.type != "subshell"]), *more]
        node = Simple(tuple(words), tuple(map(self._assignment, assigned)), tuple(redirects))
        if whole:
            return Sequence((node, *(self.statement(child, 1) for child in whole)))
        return node

    def _check_apart(self, raw: Raw) -> None:
        """Words, assignments and redirections each end where a blank or a sign begins."""
        at, ended = raw.start_byte, True
        for child in raw.children:
            self._lexemes.check_gap(at, child.start_byte, _BLANK)
            if at == child.start_byte and not ended and child.type not in REDIRECTS:
                raise Unreadable
            at, ended = child.end_byte, child.type not in _ASSIGNS | REDIRECTS

    def _declared(self, raw: Raw) -> Node:
        self._check_apart(raw)
        program, *rest = raw.children
        assigned = [child for child in rest if child.type in _ASSIGNS]
        words = self._lexemes.words([child for child in rest if child.type not in _ASSIGNS])
        return Declare(self._lexemes.text(program), tuple(words), tuple(map(self._assignment, assigned)))

    def _assignment(self, raw: Raw) -> Assignment:
        name, value = raw.child_by_field_name("name"), raw.child_by_field_name("value")
        if name is None:
            raise Unreadable
        runs = [Piece("output", nodes=tuple(self._lexemes.run_in(name)))] if name.type != "variable_name" else []
        known = name.type == "variable_name" and not any(child.type == "+=" for child in raw.children)
        label = self._lexemes.text(name).split("[")[0]
        if value is None:
            return Assignment(label, Word(tuple(runs)), known)
        if value.type == "array":
            return Assignment(label, Word((Piece("output", nodes=tuple(self._lexemes.run_in(value))),)), False)
        if value.end_byte != raw.end_byte:
            raise Unreadable
        word = Word((*runs, *self._lexemes.pieces(value)), self._lexemes.text(value))
        return Assignment(label, word, known)


def _with(node: Node, redirects: list[Redirect]) -> Node:
    """Of a list only the last is redirected, of a function its body."""
    if isinstance(node, Simple):
        return Simple(node.words, node.assignments, (*node.redirects, *redirects))
    return Group(node, redirects=tuple(redirects))


_STATEMENTS = frozenset({
    "command", "declaration_command", "unset_command", "variable_assignment", "variable_assignments",
    "redirected_statement", "pipeline", "list", "negated_command", "subshell", "compound_statement", "if_statement",
    "case_statement", "while_statement", "c_style_for_statement", "for_statement", "function_definition",
    "test_command",
})  # fmt: skip
