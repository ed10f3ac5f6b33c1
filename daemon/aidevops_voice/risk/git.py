"""What git does, by its verbs."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, Given, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.git_verbs import RUNS, SHOWN, SPECIAL
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.tools import DESTRUCTIVE, NETWORK, OUTSIDE, READ, WRITE, Tool, apply, rows

_GLOBAL = options(
    "-C= -c= --git-dir= --work-tree= --namespace= --exec-path= --config-env= --super-prefix= --attr-source="
)
_READ_SPEC = (
    "--output> -o> -n= -L= --since= --until= --author= --grep= --format= --pretty= -S= -G= --after= --before= -m= "
    "--open-files-in-pager!run -O! --ext-diff!run --textconv! --max-count= -A= -B= -C= -e= -f< --date= -U= --sort= "
    "--contains="
)
_LOOKS = Tool(READ, "text", options=_READ_SPEC.replace("-o> ", "").replace("-O! ", ""))
_SHOWS = replace(_LOOKS, use="from")
_CHANGES = Tool(
    WRITE,
    options="-m= -F< --message= --file< --source= -C= -c= --author= --date= -t= -b=branch -B!branch -c=branch "
    "--exec!run --strategy= -X= -s= -o> --output-directory> --unsafe-paths! --check? --stat? --numstat? --ext!",
)
_FETCHES = Tool(
    NETWORK,
    options="--upload-pack!run -u!run --exec!run -o= -j= -b= --branch= --depth= --receive-pack!run --server-option= "
    "--shallow-since= -c! --config! --template!",
)
_LOSES = Tool(DESTRUCTIVE, options="-m=", why="discards")
_ENDS = Tool(DESTRUCTIVE, why="rewrites", options="-m= --exec!run -x!run -C=")
_VERBS: dict[str, Tool] = {
    **rows(
        "status ls-files rev-parse describe shortlog rev-list merge-base name-rev var version help ls-tree "
        "for-each-ref "
        "show-ref check-ignore count-objects cherry whatchanged range-diff diff-tree diff-index "
        "diff-files "
        "verify-commit verify-tag show-branch check-attr fsck column get-tar-commit-id check-ref-format "
        "stripspace patch-id request-pull reflog remote config worktree submodule stash",
        _LOOKS,
    ),
    **rows("branch tag", Tool(READ, options="--sort= --format= --points-at= -m= -F< -u= --set-upstream-to=")),
    "grep": Tool(READ, options="-e= -A= -B= -C= -f< --max-depth= --threads= -m="),
    **rows("log diff show blame annotate cat-file ", _SHOWS),
    **rows(
        "add mv commit init merge cherry-pick revert apply am notes switch checkout restore reset bisect "
        "sparse-checkout update-index format-patch commit-tree write-tree "
        "hash-object rm "
        "rerere",
        _CHANGES,
    ),
    **rows("fetch pull push clone ls-remote submodule lfs fetch-pack ", _FETCHES),
    **rows("clean", _LOSES),
    **rows("rebase replace update-ref", _ENDS),
    "filter-branch": Tool(DESTRUCTIVE, why="rewrites", verb="filter-branch over the history"),
    "filter-repo": Tool(DESTRUCTIVE, why="rewrites", verb="filter-repo over the history"),
    "gc": Tool(WRITE, options="--prune!prune"),
    "prune": Tool(DESTRUCTIVE, why="deletes"),
    "repack": Tool(WRITE, options="-d! -a= -A="),
    "credential": Tool(Level.CREDENTIALS, why="secret"),
    "archive": Tool(WRITE, options="-o> --output> --exec!run --remote&"),
    "send-email": Tool(NETWORK),
    "difftool": Tool(DESTRUCTIVE, why="runs_text"),
    "lfs": Tool(NETWORK),
}


def _git(call: Call) -> None:
    args = list(call.args)
    head: list[Given] = []
    while args and args[0].text.startswith("-"):
        take = 2 if args[0].text in _GLOBAL else 1
        given, _ = split(args[:take], _GLOBAL)
        head += given
        args = args[take:]
    call = _headed(call, head)
    if any(one.name in ("-p", "--paginate") for one in head) and not args:
        args = []
    if not args:
        asks = {one.name for one in head} <= {"--version", "--help", "--exec-path", "-v"}
        call.says(
            READ if asks else DESTRUCTIVE,
            "run",
            "" if asks else "unknown_verb",
            what=["git", *(one.name.lstrip("-") for one in head)],
        )
        return
    verb = args[0].text
    call = replace(call, program=verb, args=tuple(args[1:]))
    if any(arg.text in ("--help", "-h") for arg in call.args[:1]):
        call.says(READ, "run", what=["git", verb, "help"])
        return
    tool = _VERBS.get(verb)
    if tool is None:
        call.says(DESTRUCTIVE, "run", "unknown_verb", what=["git", verb, *call.texts()[:4]])
        return
    _secrets(call, verb)
    _judged(call, verb, tool)


def _headed(call: Call, head: list[Given]) -> Call:
    """The folder and settings that stand before the verb."""
    for one in head:
        value = one.value.text if one.value else ""
        if one.name == "-C":
            cwd = paths.resolved(value, call.scope.ground)
            inside = cwd is not None and paths.within(cwd, call.scope.ground.project)
            ground = replace(call.scope.ground, cwd=cwd)
            floor = call.scope.floor
            call = replace(call, scope=replace(call.scope, ground=ground, floor=floor))
            if not inside:
                call.says(READ, "folder", what=value)
        elif one.name in ("--git-dir", "--work-tree", "--exec-path") and value:
            call.says(DESTRUCTIVE, "run", "steers", what=["git", one.name.lstrip("-"), value])
        elif one.name in ("-c", "--config-env"):
            key, _, setting = value.partition("=")
            if RUNS.fullmatch(key) and not SHOWN.fullmatch(setting):
                call.says(DESTRUCTIVE, "script_runs", "runs_text", what=["git", key, setting])
    return call


def _judged(call: Call, verb: str, tool: Tool) -> None:
    given, operands = split(call.args, options(tool.options))
    outside = call.scope.ground.cwd is None or not paths.within(call.scope.ground.cwd, call.scope.ground.project)
    special = SPECIAL.get(verb)
    judged = special(call, given, operands) if special else None
    bad = [one for one in given if one.option and "!" in one.option.kind and special is None]
    if special and judged is None and verb in ("worktree", "submodule", "remote", "stash", "checkout", "switch"):
        judged = (DESTRUCTIVE, "unknown_verb", "")
    if judged is None or bad:
        apply(tool, call, "git", *(tool.verb or verb).split())
        level = tool.level
    else:
        level, why, key = judged
        words = [arg.text for arg in operands]
        if key in ("delete", "script_runs"):
            call.says(level, key, why, what=words)
        else:
            how = ["force" if one.name == "-f" else one.name.lstrip("-") for one in given]
            how = [name for name in how if len(name) > 1][:3]
            call.does(level, why, ["git", verb], *_plain(call, verb, given, operands), *how, form=key)
        for one in given:
            if one.option and ">" in one.option.kind and one.value:
                call.writes([one.value], "overwrite")
    if outside and level == WRITE:
        at = call.scope.ground.cwd
        call.says(OUTSIDE if at else DESTRUCTIVE, "folder", what=at or paths.HOLE)


_NEW = {"checkout": "-b -B", "switch": "-c -C", "branch": "-m -M"}
"""Options that take the branch for their value."""


def _plain(call: Call, verb: str, given: list[Given], operands: list[Arg]) -> tuple[list[Given], list[Arg]]:
    """Without the short ways of writing: `:x`, `+x`, `a:b`, a commit before `--`."""
    before = call.texts().index("--") if "--" in call.texts() else -1
    first, rest = operands[:1], operands[1:]
    if verb == "checkout" and first and rest and call.args[before - 1] is first[0]:
        return [*given, Given("--source", None, first[0])], rest
    if value := next((one.value for one in given if one.name in _NEW.get(verb, "").split() and one.value), None):
        return given, [value, *operands]
    if verb == "reset" and first and rest and first[0].text == "HEAD":
        return [*given, Given("--unstage", None, None)], rest
    if verb == "push":
        return _pushed(given, first, [arg.text for arg in rest])
    return given, operands


def _pushed(given: list[Given], to: list[Arg], refs: list[str]) -> tuple[list[Given], list[Arg]]:
    added = ["--force"] if any(ref[:1] == "+" for ref in refs) else []
    added += ["--delete"] if refs and all(ref[:1] == ":" for ref in refs) else []
    bare = [re.sub(r"^refs/(?:heads|tags)/", "", ref.lstrip("+:")) for ref in refs]
    if len(refs) == 1 and re.fullmatch(r"v?\d+(?:\.\d+)+[\w.+-]*|refs/tags/.+", refs[0]):
        added.append("--tag")
    elif len(bare) == 1 and ":" in bare[0]:
        added, bare = [*added, "--as"], bare[0].split(":", 1)
    elif bare == ["HEAD"]:
        bare = []
    elif bare == ["*"]:
        added, bare = [*added, "--every"], []
    return [*given, *(Given(name, None, None) for name in added)], [*to, *map(Arg, bare)]


_PRINTING = frozenset(
    {"show", "log", "diff", "blame", "annotate", "cat-file", "grep", "add", "checkout", "whatchanged", "stash"}
)


def _secrets(call: Call, verb: str) -> None:
    if verb in _PRINTING:
        for arg in call.args:
            name = arg.text.rsplit(":", 1)[-1]
            if (
                name
                and not arg.text.startswith("-")
                and paths.is_secret(f"/{name}")
                and (verb != "grep" or arg is not call.args[0])
            ):
                if verb in ("log", "grep") and arg is not call.args[-1]:
                    continue
                call.says(Level.CREDENTIALS, "show", "secret", what=name)


TOOLS: dict[str, Handler] = {"git": _git, "hub": _git, "jj": Tool(DESTRUCTIVE, why="unknown_verb"), "tig": Tool(READ)}
