"""Shell text as a tree: what bash reads otherwise than the grammar does is unreadable."""

from __future__ import annotations

import pytest

from aidevops_voice.risk import assess
from aidevops_voice.risk.parse import LONGEST, parse
from aidevops_voice.risk.tree import Group, Loop, Pipeline, Sequence, Simple, Unreadable


def only(command: str) -> object:
    node = parse(command)
    assert isinstance(node, Sequence)
    (part,) = node.parts
    return part


def text_of(simple: object) -> list[str]:
    assert isinstance(simple, Simple)
    return ["".join(piece.text for piece in word.pieces) for word in simple.words]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("rm -rf 'a b' \"c d\"", ["rm", "-rf", "a b", "c d"]),
        (r"\r\m $'\x61' b\ c", ["rm", "a", "b c"]),
        ("ls >out 2>&1 -la", ["ls", "-la"]),
        (">out echo hi", ["echo", "hi"]),
        ("echo a#b", ["echo", "a#b"]),
        ("git show stash@{1}", ["git", "show", "stash@{1}"]),
    ],
)
def test_words_without_quotes_and_redirections(command: str, words: list[str]) -> None:
    assert text_of(only(command)) == words


def test_here_documents_are_the_input_of_their_own_command() -> None:
    node = parse("cat <<A; sh <<'B'\none\nA\nrm $x\nB\nls")
    assert isinstance(node, Sequence)
    cat, sh, ls = node.parts
    assert isinstance(cat, Simple)
    assert isinstance(sh, Simple)
    assert [piece.text for piece in cat.redirects[0].target.pieces] == ["one\n"]
    assert [piece.text for piece in sh.redirects[0].target.pieces] == ["rm $x\n"]
    assert text_of(ls) == ["ls"]


def test_what_runs_inside_a_here_document_is_found() -> None:
    simple = only("cat <<E\n`rm a` $(rm b) \\$(rm c)\nE")
    assert isinstance(simple, Simple)
    runs = [node for piece in simple.redirects[0].target.pieces for node in piece.nodes]
    assert len(runs) == 2


def test_compound_commands() -> None:
    assert isinstance(only("ls | { cat; } | (wc)"), Pipeline)
    assert isinstance(only("for f in a b; do ls; done"), Loop)
    assert isinstance(only("while read x; do ls; done < list"), Group)


@pytest.mark.parametrize(
    "command",
    [
        "echo 'open",
        "ls (",
        "cat <<E\nnever ended",
        "echo `echo '`' ls`",
        "echo ${x:-(}\nrm x\n)}",
        '[ "a\nrm x" ]; [ b" ]',
        "\\ # `rm x`",
        "((rm -rf src); ls)",
        "x=#g[[ rm x",
        "echo $((  #> `rm x`\n))",
        "[ \"${x:-'`rm x`'}\" ]",
        "echo a 2>&1$'$(rm x)'",
        "$(" * 200 + "ls" + ")" * 200,
        "x" * (LONGEST + 1),
    ],
)
def test_unreadable(command: str) -> None:
    with pytest.raises(Unreadable):
        parse(command)


def test_no_character_behind_a_brace_ends_the_process() -> None:
    for at in range(0x10000, 0x40000, 64):
        assert assess(f"echo {{{chr(at)}#; rm x", "/home/ana/shop").risk == "destructive"
