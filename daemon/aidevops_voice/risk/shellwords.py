"""Words of the shell itself: they change what it knows, or run text."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import options, split
from aidevops_voice.risk.call import Call, Feed, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import CREDENTIALS, DESTRUCTIVE, READ, Tool, each
from aidevops_voice.risk.words import secret_name


def _eval(call: Call) -> None:
    text = " ".join(call.texts())
    inputs = any(HOLE in arg.text for arg in call.args)
    if inputs:
        call.says(DESTRUCTIVE, "run_output", "runs_text", what=call.feed.source or [text])
    else:
        call.shell.script(text, call.scope, Feed())


def _source(call: Call) -> None:
    if not call.args:
        return
    first = call.args[0]
    at = paths.place(first.text, call.scope.ground)
    if first.inputs:
        from aidevops_voice.risk.feeds import sources

        call.says(DESTRUCTIVE, "run_output", "downloaded", what=sources(first.inputs))
    elif re.search(r"(?:^|/)\.?v?env/bin/activate(?:\.\w+)?$", first.text) and at == "inside":
        call.says(READ, "run", what=["source", first.text])
    else:
        if at == "secret":
            call.reads([first])
            if re.search(r"\.env[^/]*$", first.text):
                return
        call.says(DESTRUCTIVE, "script", "unknown_program", what=first.text)


def _trap(call: Call) -> None:
    texts = [text for text in call.texts() if text != "--"]
    if not texts or texts[0] in ("-l", "-p", "-", ""):
        call.says(READ, "run", what=["trap"])
    else:
        call.shell.script(texts[0], call.scope.copy(), Feed())


def _alias(call: Call) -> None:
    for arg in call.args:
        name, equals, body = arg.text.partition("=")
        if not equals:
            call.says(READ, "alias", what=name)
            continue
        before = len(call.shell.found)
        call.shell.script(body, call.scope.copy(), Feed())
        found = call.shell.found[before:]
        level = max((one.level for one in found), default=READ)
        if HOLE in arg.text:
            level = DESTRUCTIVE
        del call.shell.found[before:]
        call.says(level, "alias", "alias" if level > READ else "", what=name, to=body)
        call.shell.found.extend(one for one in found if one.level > READ)
        call.scope.aliases[name] = body


def _folder(call: Call) -> None:
    """Changes the folder that what follows is understood from."""
    texts = [text for text in call.texts() if text not in ("-P", "-L", "-e", "--")]
    target = texts[0] if texts else "~"
    ground = call.scope.ground
    known = call.program in ("cd", "chdir", "pushd") and target != "-" and "CDPATH" not in call.scope.variables
    cwd = paths.resolved(target, ground) if known and not re.search(r"[*?\[]", target) else None
    if call.program == "pushd" and re.fullmatch(r"[+-]\d+", target):
        cwd = None
    if paths.ITEM in target:
        cwd = paths.resolved(target, ground) if known else None
    call.scope.ground = replace(ground, cwd=cwd)
    call.says(READ, "folder", what=target if texts else "home")


def _set(call: Call) -> None:
    if not call.args:
        call.says(CREDENTIALS, "variables", "secret")
    else:
        call.says(READ, "run", what=["set", *(text.lstrip("-+") for text in call.texts())])
        if "--" in call.texts():
            call.scope.positional = None


def _declared(call: Call) -> None:
    """`export`, `declare` and their kin, without a value."""
    texts = call.texts()
    names = [text for text in texts if not text.startswith("-")]
    if not names and "-f" not in texts:
        call.says(CREDENTIALS, "variables", "secret")
    elif any(text.startswith("-") and "p" in text for text in texts):
        call.says(CREDENTIALS if any(map(secret_name, names)) else READ, "variables", what=names)
    else:
        call.says(READ, "set", what=names)
        call.scope.variables |= {name: None for name in names if call.program != "export"}
        if any("=" in name for name in names):
            call.scope.variables |= {name.split("=")[0]: None for name in names}


def _printenv(call: Call) -> None:
    names = [text for text in call.texts() if not text.startswith("-")]
    secret = not names or any(map(secret_name, names))
    key = "print" if names else "environment"
    call.says(CREDENTIALS if secret else READ, key, "secret" if secret else "", what=[f"${name}" for name in names])


def _reading(call: Call) -> None:
    """Variables that are read from the input."""
    _, names = split(call.args, options("-p= -d= -n= -N= -t= -u= -i= -a= -C= -c= -O= -s="))
    if any(text.startswith("-C") for text in call.texts()) and call.program != "read":
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program])
    for arg in names:
        call.scope.variables[arg.text] = (
            call.feed.item
            if HOLE not in call.feed.item and not call.feed.secret
            else ("/.env" if call.feed.secret else None)
        )
    if call.program == "printf":
        call.says(READ, "print", what=[arg.text for arg in names])
    else:
        call.says(READ, "run", what=[call.program])


def _printf(call: Call) -> None:
    if call.texts()[:1] == ["-v"] and len(call.args) > 1:
        call.scope.variables[call.args[1].text.split("[")[0]] = None
    call.says(READ, "print", what=call.texts())


def _unset(call: Call) -> None:
    for text in call.texts():
        if not text.startswith("-"):
            call.scope.aliases.pop(text, None)
    call.says(READ, "run", what=[call.program, *call.texts()])


TOOLS: dict[str, Handler] = {
    **each("eval", _eval),
    **each("source .", _source),
    **each("trap", _trap),
    **each("alias", _alias),
    **each("unalias unset", _unset),
    **each("cd chdir pushd popd", _folder),
    **each("dirs", Tool(READ)),
    **each("set", _set),
    **each("export declare typeset readonly local", _declared),
    **each("printenv", _printenv),
    **each("read readarray mapfile getopts", _reading),
    **each("printf", _printf),
    **each("bind enable fc compopt", Tool(Level.DESTRUCTIVE, why="steers")),
}
