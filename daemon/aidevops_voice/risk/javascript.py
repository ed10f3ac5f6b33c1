"""npm and its kin: packages, scripts of the project and programs of others."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, options, split
from aidevops_voice.risk.call import Call, Feed, Handler
from aidevops_voice.risk.projects import PROJECT, script_level, scripted
from aidevops_voice.risk.tools import CREDENTIALS, DESTRUCTIVE, NETWORK, OUTSIDE, READ, WRITE, Tool, each, rows

_NPM = (
    "--prefix=in -C=in --cwd=in --dir=in -w= --workspace= --filter= -F= --registry=registry --loglevel= "
    "--script-shell!run -c=_ --call=_ --tag= --otp= "
    "-g=_ --userconfig= --cache= --access= --depth= --reporter= -p= --package= --userconfig! "
    "--scripts-prepend-node-path! --node-options! --shell!run"
).replace("-g=_ ", "")
_LOCAL_READ = (
    "ls list ll la why explain root bin prefix query help licenses prefix pkg_get get config_get config_list "
    "config_ls find-dupes completion"
)
_JS: dict[str, Tool] = {
    **rows(_LOCAL_READ + " why", Tool(READ, options=_NPM)),
    **rows(
        "outdated view info show audit search ping whoami install=install ci=install i=install add=install "
        "update=update up=update upgrade=update "
        "import dedupe link=link ln=link fetch fund install-test=install dist-tag_ls isntall=install "
        "clean-install=install it=install rebuild stars access_list upgrade-interactive",
        Tool(NETWORK, options=_NPM),
    ),
    **rows(
        "uninstall remove=uninstall rm=uninstall un=uninstall r=uninstall prune unlink",
        Tool(DESTRUCTIVE, why="removes", options=_NPM),
    ),
    **rows("init version pkg_set pack shrinkwrap set-script patch link ", Tool(WRITE, options=_NPM)),
    **rows("config_set set config_delete config_edit", Tool(OUTSIDE, options=_NPM)),
    **rows("token token_list token_create login logout adduser token_revoke", Tool(CREDENTIALS, why="secret")),
    **rows(
        "publish unpublish deprecate owner access dist-tag team star hook profile",
        Tool(DESTRUCTIVE, why="publishes", options=_NPM),
    ),
    **rows("cache_clean cache_verify store_prune cache", Tool(DESTRUCTIVE, why="removes")),
    **rows("edit explore", Tool(DESTRUCTIVE, why="runs_text")),
}


def _js(call: Call) -> None:
    """npm and its kin: scripts of the project, programs of others, and packages."""
    given, operands = split(call.args, options(_NPM))
    texts = [arg.text for arg in operands]
    names = {one.name for one in given}
    folder = next((one.value.text for one in given if one.option and one.option.word == "in" and one.value), "")
    if folder:
        ground = call.scope.ground
        call.says(READ, "folder", what=folder)
        call = replace(call, scope=replace(call.scope, ground=replace(ground, cwd=paths.resolved(folder, ground))))
    called = [one.value.text for one in given if one.name in ("-c", "--call") and one.value] or [
        args.text for flag, args in zip(call.args, call.args[1:], strict=False) if flag.text in ("-c", "--call")
    ]
    verb = texts[0] if texts else ""
    if any(one.option and "!" in one.option.kind for one in given) and not called:
        call.says(DESTRUCTIVE, "run", "option", what=[call.program, *texts])
        return
    if texts[:2] == ["config", "set"] and re.match(
        r"script|shell|node-options|editor|prefix|global|userconfig|init|//", " ".join(texts[2:])
    ):
        call.says(DESTRUCTIVE, "run", "steers", what=[call.program, *texts])
        return
    if texts[:2] == ["config", "get"] and re.search(r"token|auth|password", " ".join(texts[2:]), re.I):
        call.says(CREDENTIALS, "run", "secret", what=[call.program, *texts])
        return
    if verb in ("exec", "x", "dlx") or call.program in ("npx", "bunx", "pnpx"):
        _executed(call, verb, operands, called)
    elif verb in ("run", "run-script", "rum", "urn"):
        if len(texts) > 1:
            scripted(call, [call.program, "run"], texts[1:2])
        else:
            call.says(READ, "run", what=[call.program, "list scripts"])
    elif verb in ("test", "t", "tst", "start", "stop", "restart") and verb != "stop":
        scripted(call, [call.program], [{"t": "test", "tst": "test", "restart": "start"}.get(verb, verb)])
    elif not texts:
        _alone(call, names)
    elif verb in ("create", "init") and len(texts) > 1:
        call.says(DESTRUCTIVE, "run_unknown", "downloaded", what=[call.program, *texts])
    elif verb in ("yarn", "pnpm", "workspace", "workspaces", "-r", "recursive") and len(texts) > 1:
        _js(replace(call, args=tuple(operands[1 if verb != "workspace" else 2 :])))
    elif call.program in ("yarn", "pnpm", "bun") and verb not in _JS and " ".join(texts[:2]) not in _JS:
        if call.program == "bun" and re.search(r"\.[jt]sx?$", verb):
            call.says(DESTRUCTIVE, "script", "unknown_program", what=verb)
        elif script_level(verb) == WRITE or _local(verb):
            scripted(call, [call.program], [verb]) if not _local(verb) else call.again(operands)
        else:
            call.says(DESTRUCTIVE, "run", "script_name", what=[call.program, *texts])
    else:
        Tool(READ, options=_NPM, verbs=_JS)(call)
        if names & {"-g", "--global"} and verb in ("install", "i", "add", "update"):
            call.says(NETWORK, "for_all", what=[call.program])


def _alone(call: Call, names: set[str]) -> None:
    """yarn without a verb installs."""
    if names & {"--version", "-v", "--help", "-h"}:
        call.says(READ, "run", what=[call.program, "version"])
    elif call.program in ("yarn",):
        call.says(NETWORK, "run", what=[call.program, "install"])
    else:
        call.says(READ if call.program in ("npm", "pnpm", "bun") else DESTRUCTIVE, "run", what=[call.program])


def _local(name: str) -> bool:
    """A tool that projects bring along."""
    return name in PROJECT


def _executed(call: Call, verb: str, operands: list[Arg], called: list[str]) -> None:
    if called:
        for text in called:
            call.shell.script(text, call.scope.copy(), Feed())
        call.says(DESTRUCTIVE, "run", "runs_text", what=[call.program, "exec", *called])
        return
    at = 0
    args = [
        arg
        for arg in call.args
        if arg.text
        not in (
            "exec",
            "x",
            "dlx",
            "--",
            "-y",
            "--yes",
            "--no-install",
            "-r",
            "--recursive",
            "--no",
            "-s",
            "--silent",
            "-q",
        )
    ]
    while at < len(args) and args[at].text.startswith("-"):
        at += 2 if args[at].text in ("-p", "--package", "--filter", "-w", "--workspace", "-C", "--prefix", "-F") else 1
    rest = args[at:]
    name = re.sub(r"(?<=.)@.*", "", rest[0].text) if rest else ""
    if not rest:
        call.says(DESTRUCTIVE, "run", "unknown_target", what=[call.program, *call.texts()])
    elif (_local(name) and verb != "dlx" and "@" not in rest[0].text) or name in ("prisma",):
        call.again([Arg(name), *rest[1:]])
    elif verb == "exec" and call.program == "pnpm":
        call.again(rest)
    else:
        call.says(DESTRUCTIVE, "run_unknown", "downloaded", what=[call.program, *(arg.text for arg in rest[:5])])


TOOLS: dict[str, Handler] = {
    **each("npm npx pnpm pnpx yarn bun bunx cnpm", _js),
}
