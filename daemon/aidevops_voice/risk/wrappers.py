"""Programs and words of the shell that run another program: they are seen through."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from aidevops_voice.languages import listed
from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, options, split
from aidevops_voice.risk.call import Call, Feed, Handler
from aidevops_voice.risk.environment import assigned
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import CREDENTIALS, DESTRUCTIVE, READ, each

_ASSIGNED = re.compile(r"([A-Za-z_]\w*)=(.*)", re.S)
_SHELL = re.compile(r"(?:.*/)?(?:ba|z|da|k|fi|tc|c|a|)sh")
_TAKES = {
    "env": "-u --unset -C --chdir -S --split-string",
    "nice": "-n --adjustment",
    "timeout": "-k --kill-after -s --signal",
    "gtimeout": "-k --kill-after -s --signal",
    "time": "-f --format -o --output",
    "stdbuf": "-i -o -e",
    "ionice": "-c -n",
    "taskset": "-c",
    "exec": "-a",
    "watch": "-n --interval",
    "sudo": "-u --user -g --group -h --host -p --prompt -C -D --chdir -T -r -t -R",
    "doas": "-u -C",
    "caffeinate": "-t -w",
    "dotenv": "-f -e",
    "flock": "-w -E",
    "unbuffer": "",
}
_FIRST = {"timeout": 1, "gtimeout": 1, "flock": 1, "taskset": 0}
"""Operands before the program."""


def _rest(call: Call) -> tuple[list[Arg], list[Arg]]:
    """Its own options, and the program with its words."""
    takes = _TAKES.get(call.program, "").split()
    own: list[Arg] = []
    args = list(call.args)
    while args and args[0].text.startswith("-") and len(args[0].text) > 1:
        if args[0].text == "--":
            args.pop(0)
            break
        size = 2 if args[0].text in takes else 1
        own, args = own + args[:size], args[size:]
    return own, args[_FIRST.get(call.program, 0) :]


def _plain(call: Call) -> None:
    own, rest = _rest(call)
    if call.program in ("time", "gtime") and any(arg.text.startswith(("-o", "--output")) for arg in own):
        call.writes([own[-1]], "overwrite")
    if rest:
        call.again(rest)
    else:
        call.says(READ, "run", what=[call.program])


def _exec(call: Call) -> None:
    """Without a program it only redirects."""
    _, rest = _rest(call)
    if rest:
        call.again(rest)


def _command(call: Call) -> None:
    if any(re.fullmatch(r"-p?[vV]p?", text) for text in call.texts()[:2]):
        call.says(READ, "look_at", what=[text for text in call.texts() if not text.startswith("-")])
    else:
        _exec(call)


def _chdir(own: list[Arg]) -> str:
    """The folder that a program is run in."""
    found = ""
    for at, arg in enumerate(own):
        if arg.text in ("-C", "--chdir"):
            found = own[at + 1].text if at + 1 < len(own) else HOLE
        elif match := re.fullmatch(r"(?:-C|--chd?i?r?=)(.+)", arg.text, re.S):
            found = match[1]
    return found


def _env(call: Call) -> None:
    own, rest = _rest(call)
    if any(arg.text in ("-S", "--split-string") or arg.text.startswith(("-S", "--split")) for arg in own):
        for arg in own:
            if text := re.sub(r"^(?:-S|--split-string=?)", "", arg.text).strip():
                call.shell.script(text, call.scope.copy(), Feed())
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *(arg.text for arg in own)])
        return
    if to := _chdir(own):
        cwd = paths.resolved(to, call.scope.ground)
        call = replace(call, scope=replace(call.scope.copy(), ground=replace(call.scope.ground, cwd=cwd)))
    empty = any(arg.text in ("-i", "-", "--ignore-environment") for arg in own)
    while rest and (found := _ASSIGNED.fullmatch(rest[0].text)):
        level, why = assigned(found[1], found[2], call.scope)
        if level > READ and not (
            empty and found[1] == "PATH" and re.fullmatch(r"(?:/usr(?:/local)?)?/s?bin(?::.*)?", found[2])
        ):
            call.says(level, "sets", why, name=found[1], what=[arg.text for arg in rest[1:2]])
        rest = rest[1:]
    if rest:
        call.again(rest)
    elif call.program == "env" and not (empty and not call.feed.given):
        call.says(CREDENTIALS, "environment", "secret")


def _root(call: Call) -> None:
    own, rest = _rest(call)
    names = {arg.text for arg in own}
    root = replace(call.scope.copy(), root=True)
    if names & {"-l", "--list", "-v", "-k", "-K", "--validate", "-V", "--version"} and not rest:
        call.says(DESTRUCTIVE, "run", "root", what=[call.program, *(name.lstrip("-") for name in names)])
        return
    while rest and _ASSIGNED.fullmatch(rest[0].text):
        rest = rest[1:]
    if names & {"-e", "--edit"} or call.program == "sudoedit":
        call.says(DESTRUCTIVE, "edit_as_root", "root", what=[arg.text for arg in rest] or [HOLE])
    elif not rest:
        call.says(DESTRUCTIVE, "root_shell", "root")
    else:
        call.again(rest, scope=root)


def _su(call: Call) -> None:
    _, _operands = split(call.args, options("-c= --command= -s= --shell="))
    given, _ = split(call.args, options("-c= --command= -s= --shell="))
    call.says(DESTRUCTIVE, "root_shell", "root")
    for one in given:
        if one.name in ("-c", "--command") and one.value:
            call.shell.script(one.value.text, replace(call.scope.copy(), root=True), Feed())


def _xargs(call: Call) -> None:
    """What stands in for its input goes where the program expects it."""
    takes = listed(
        "-n -P -L -d -E -s -I -J -R -S -a -i --max-args --max-procs --max-lines --delimiter --max-chars --replace "
        "--arg-file --eof"
    )
    args, mark, file = list(call.args), "", ""
    while args and args[0].text.startswith("-") and len(args[0].text) > 1:
        text = args[0].text
        size = 2 if text in takes and text != "-i" else 1
        value = args[1].text if size == 2 and len(args) > 1 else ""
        if text in ("-I", "-J", "--replace"):
            mark = value or "{}"
        elif text.startswith("-I"):
            mark = text[2:]
        elif text in ("-a", "--arg-file"):
            file = value
        elif text == "--":
            args = args[1:]
            break
        args = args[size:]
    feed = call.feed
    item = HOLE if file else "/.env" if feed.secret else feed.item
    if not args:
        call.says(READ, "print", what=[HOLE])
        return
    run = [Arg(arg.text.replace(mark, item), arg.loose, arg.secrets) for arg in args] if mark else [*args, Arg(item)]
    name = posixpath.basename(run[0].text)
    if _SHELL.fullmatch(run[0].text) or name in ("eval", "python3", "python", "node", "perl", "ruby"):
        call.says(DESTRUCTIVE, "shell_each", "runs_text", what=run[0].text)
    if HOLE in item and not file and name in _NEED_KNOWN and not mark:
        call.says(READ, "each_of", what=feed.source[-2:] or [HOLE])
    if file or feed.source:
        call.says(READ, "each_of", what=[file] if file else feed.source[:3])
    call.again(run, feed=Feed())


_NEED_KNOWN = frozenset({"env"})


def _coproc(call: Call) -> None:
    call.again(call.args)


def _watch(call: Call) -> None:
    own, rest = _rest(call)
    if any(arg.text in ("-x", "--exec") for arg in own):
        call.again(rest)
    else:
        call.shell.script(" ".join(arg.text for arg in rest), call.scope.copy(), Feed())


def _parallel(call: Call) -> None:
    texts = call.texts()
    at = next((at for at, text in enumerate(texts) if text.startswith(":::")), len(texts))
    _behind(replace(call, args=call.args[:at]), call.args[at + 1 :])
    call.says(DESTRUCTIVE, "shell_each", "runs_text", what=[call.program, *texts[:4]])


def _behind(call: Call, more: tuple[Arg, ...] = ()) -> None:
    """The first word that is a program we know, or a whole line, is run too; it stays what it is otherwise."""
    from aidevops_voice.risk.programs import known

    for at, arg in enumerate(call.args):
        if " " in arg.text and call.args[at - 1].text in ("-c", "--command"):
            call.shell.script(arg.text, call.scope.copy(), Feed())
            return
        if known(posixpath.basename(arg.text)):
            call.again([*call.args[at:], *more])
            return


def _odd(call: Call) -> None:
    _behind(call)
    call.says(DESTRUCTIVE, "run_unknown", "unknown_program", what=[call.program, *call.texts()[:6]])


def _script(call: Call) -> None:
    given, _ = split(call.args, options("-c= --command="))
    for one in given:
        if one.value and one.name in ("-c", "--command"):
            call.shell.script(one.value.text, call.scope.copy(), Feed())
    call.says(DESTRUCTIVE, "run", "runs_text", what=[call.program])


TOOLS: dict[str, Handler] = {
    **each(
        "nohup nice timeout gtimeout time gtime stdbuf ionice taskset setsid caffeinate unbuffer noglob nocorrect "
        "busybox toybox "
        "chronic catchsegv proxychains proxychains4 not then else do",
        _plain,
    ),
    **each("exec builtin", _exec),
    **each("command", _command),
    **each("env", _env),
    **each("sudo doas sudoedit", _root),
    **each("su", _su),
    **each("xargs gxargs", _xargs),
    **each("coproc", _coproc),
    **each("watch viddy", _watch),
    **each("parallel rush", _parallel),
    **each(
        "chrt flock strace ltrace unshare chroot systemd-run runuser setpriv nsenter entr watchexec prlimit firejail",
        _odd,
    ),
    **each("script", _script),
}
