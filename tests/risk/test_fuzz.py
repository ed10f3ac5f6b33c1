"""Nothing hides a deletion, nothing crashes, nothing takes long, and bash never deletes where less is promised."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from aidevops_voice.risk import assess, assess_edit

PROJECT = "/home/ana/shop"
BEFORE = st.sampled_from(
    [
        "",
        "ls; ",
        "ls && ",
        "true || ",
        "cat a | ",
        "(",
        "{ ",
        "! ",
        "time ",
        "sudo ",
        "env A=1 ",
        "nohup ",
        "if ls; then ",
        "X=1 ",
        "for i in a; do ",
        "echo $(",
        "echo `",
        'echo "$(',
        "cat <<E\n$(",
        "eval '",
        "bash -c '",
        "cat a.txt\n",
        "command ",
        "exec ",
        "timeout 5 ",
        "f() { ls; }; ",
        "2>/dev/null ",
        "ls & ",
        "# note\n",
        "case a in a) ",
    ]
)
CLOSED = {
    "(": ")",
    "{ ": "; }",
    "if ls; then ": "; fi",
    "for i in a; do ": "; done",
    "echo $(": ")",
    "echo `": "`",
    'echo "$(': ')"',
    "cat <<E\n$(": ")\nE",
    "eval '": "'",
    "bash -c '": "'",
    "case a in a) ": ";; esac",
}
DELETES = st.sampled_from(
    [
        "rm -rf /",
        "rm -r -f /",
        "rm --recursive --force /",
        r"\rm -rf /",
        "'rm' -rf /",
        '"rm" -r"f" /',
        "r''m -rf /",
        "/bin/rm -rf /",
        "rm -rf -- /",
        "rm -rf / --no-preserve-root",
        "$'rm' -rf /",
        "rm\t-rf\t/",
        "rm -rf {/,a}",
        "rm -rf /*",
        "rm -rf //",
    ]
)


@st.composite
def around(draw: st.DrawFn) -> str:
    command = draw(DELETES)
    for opened in reversed(draw(st.lists(BEFORE, max_size=3))):
        if "'" in command and opened in ("eval '", "bash -c '"):
            continue
        command = opened + command + CLOSED.get(opened, "")
    return command + draw(
        st.sampled_from(["", " ", "; ls", " && ls", " | cat", " > out.txt", " &", "\n", " # done", " || true"])
    )


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(around())
def test_a_deletion_is_never_less_than_destructive(command: str) -> None:
    assert assess(command, PROJECT).risk == "destructive"


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters(), max_size=80))
def test_any_text_is_classed(text: str) -> None:
    assert assess(text, PROJECT).risk
    assert assess(f"rm {text}", PROJECT).risk == "destructive" or text.lstrip().startswith(("(", ")"))
    assert assess_edit(text, PROJECT).risk


@settings(max_examples=400, deadline=None)
@given(st.text("rm x'\"`$(){}[];&|<>\\\n#!=*~-EOF", max_size=60))
def test_any_shell_is_classed(text: str) -> None:
    assert assess(text, PROJECT).risk


# --- bash itself ------------------------------------------------------------------------------------------------

PIECES = [
    "rm x",
    "rm",
    "x",
    "echo",
    "ls",
    "'",
    '"',
    "`",
    "$(",
    ")",
    "(",
    "((",
    "))",
    "{ ",
    "; }",
    "}",
    ";",
    "&&",
    "||",
    "|",
    "&",
    "\n",
    "\\",
    "\\\n",
    " ",
    "  ",
    "#",
    " # ",
    "<<EOF",
    "<<'EOF'",
    "<<-E",
    "\nEOF\n",
    "\nE\n",
    "<<<",
    "<(",
    "> o",
    "2>&1",
    "$x",
    "${x:-",
    "[[ ",
    " ]]",
    "[ ",
    " ]",
    "if true; then",
    "fi",
    "for i in a; do",
    "done",
    "case x in",
    "x)",
    ";;",
    "esac",
    "f() ",
    "f",
    "x=",
    "x=rm",
    "eval ",
    "r",
    "m",
    "r\\m",
    "$'",
    '$"',
    "!",
    "*",
    '"$(',
    ')"',
    "'\"'\"'",
    "a[",
    "trap ",
    "time ",
    "true",
    "alias ",
    "export ",
    "exec ",
    "command ",
    "let ",
    "test -v ",
    "&>",
    "|&",
    '"a',
    "a'b",
    '\\"',
    "\\'",
    "\\`",
    "\\$(",
]
FRAMES = [
    "echo %s",
    'echo "%s"',
    'echo "$(%s)"',
    "cat <<EOF\n%s\nEOF",
    "cat <<'EOF'\n%s\nEOF",
    "echo $((%s))",
    "[[ %s ]]",
    "echo '%s'",
    "echo `%s`",
    'if [ "%s" ]; then ls; fi',
    "x=%s",
    "echo ${x:-%s}",
    "(%s)",
    "echo a # %s",
    "%s",
]


def _made(dice: random.Random) -> str:
    command = "".join(dice.choice(PIECES) for _ in range(dice.randint(1, 8)))
    if dice.random() < 0.7:
        command += dice.choice(["rm x", "$(rm x)", "`rm x`", "\nrm x\n", ";rm x"])
    for _ in range(dice.randint(0, 2)):
        command = dice.choice(FRAMES).replace("%s", command)
    return command


def test_bash_deletes_nothing_where_less_is_promised(tmp_path: Path) -> None:
    """The programs that bash finds are scripts of this test: one that leaves a mark, and two that do nothing."""
    found, mark, here = tmp_path / "bin", tmp_path / "mark", tmp_path / "here"
    found.mkdir()
    here.mkdir()
    for name, body in (("rm", f": > '{mark}'"), ("ls", ":"), ("cat", ":")):
        (found / name).write_text(f"#!/bin/bash\n{body}\n")
        (found / name).chmod(0o755)
    dice = random.Random(os.environ.get("FUZZ_SEED", "1"))
    tried = 0
    for _ in range(int(os.environ.get("FUZZ_COMMANDS", "1200"))):
        command = _made(dice)
        if assess(command, PROJECT).risk == "destructive":
            continue
        tried += 1
        _run(command, found, here)
        assert not mark.exists(), command
    assert tried > 50


def _run(command: str, found: Path, here: Path) -> None:
    with subprocess.Popen(
        ["/bin/bash", "--norc", "--noprofile", "-c", command],
        env={"PATH": str(found)},
        cwd=here,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
