"""What a verb of git does, where that hangs on its options and operands."""

from __future__ import annotations

import re
from collections.abc import Callable

from aidevops_voice.risk.arguments import Arg, Given
from aidevops_voice.risk.call import Call
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.tools import DESTRUCTIVE, NETWORK, OUTSIDE, READ, WRITE, write_level

RUNS = re.compile(
    r"alias\..*|core\.(?:pager|editor|fsmonitor|hookspath|sshcommand|gitproxy|askpass|attributesfile|worktree"
    r"|excludesfile)"
    r"|pager\..*|.*\.(?:textconv|command|cmd|driver|clean|smudge|process|helper|external|program|path|tool|insteadof"
    r"|pushinsteadof|uploadpack|receivepack|vcs|proxy)|diff\.external|sequence\.editor|credential.*|init\.templatedir"
    r"|include.*|url\..*|protocol\..*|http\..*|gpg\..*|interactive\.difffilter|uploadpack\..*|receive\..*|filter\..*"
    r"|remote\..*\.(?:url|pushurl)|branch\..*\.remote|lfs\..*",
    re.I,
)
SHOWN = re.compile(r"cat|less(?: -\w+)*|more||false|true|:", re.I)

_Judged = Callable[[Call, list[Given], list[Arg]], "tuple[Level, str, str] | None"]


def _reset(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    hard = any(one.name.startswith(("--h", "--me", "--k")) for one in given)
    return (DESTRUCTIVE, "discards", "") if hard else (WRITE, "", "")


def _clean(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    dry = any(one.name in ("-n", "--dry-run") for one in given)
    return (READ, "", "") if dry else (DESTRUCTIVE, "untracked", "")


def _checkout(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    names = {one.name for one in given}
    if names & {"-f", "--force", "--discard-changes", "-B", "-C", "-p", "--patch", "--ours", "--theirs"}:
        return DESTRUCTIVE, "discards", "discard"
    if names & {"-b", "-c", "--create", "--orphan", "-t", "--track"}:
        return WRITE, "", ""
    texts = call.texts()
    if call.program != "switch" and ("--" in texts or any(_file(arg.text) for arg in operands) or len(operands) > 1):
        return DESTRUCTIVE, "discards", "discard"
    return (WRITE, "", "") if len(operands) == 1 else None


def _file(text: str) -> bool:
    """A path rather than a branch."""
    if re.fullmatch(
        r"(?i)src|tests?|lib|docs?|app|config|data|scripts?|bin|public|assets|packages|makefile|dockerfile|readme"
        r"|license|rakefile|gemfile",
        text,
    ):
        return True
    if "/" in text and not re.match(
        r"(?:feat\w*|fix\w*|bug\w*|hotfix|release|origin|upstream|chore|docs?|refactor|test|user|dev|remotes|refs"
        r"|tags"
        r"|heads|ci|perf|style|build|[a-z]+-\d+)/",
        text,
    ):
        return True
    return (
        text in (".", "..") or text.startswith(("./", "../", ":", "*")) or bool(re.search(r"\.[a-z]{1,5}$|/$|\*", text))
    )


def _restore(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    names = {one.name for one in given}
    staged = names & {"--staged", "-S"} and not names & {"--worktree", "-W"}
    return (WRITE, "", "") if staged else (DESTRUCTIVE, "discards", "discard")


def _branch(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    names = {one.name for one in given}
    if names & {"-d", "-D", "--delete"}:
        return DESTRUCTIVE, "deletes", ""
    if names & {"-f", "--force", "-M", "-C"}:
        return DESTRUCTIVE, "rewrites", ""
    asks = names & {
        "-a",
        "-r",
        "-v",
        "-l",
        "--list",
        "--all",
        "--remotes",
        "--show-current",
        "--merged",
        "--no-merged",
        "--contains",
        "--sort",
        "--format",
        "--points-at",
        "--column",
        "-n",
        "--verbose",
        "--no-contains",
        "--edit-description",
    }
    return (READ, "", "") if asks or not (operands or names) else (WRITE, "", "")


def _tag(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    names = {one.name for one in given}
    if names & {"-d", "--delete"}:
        return DESTRUCTIVE, "deletes", ""
    if names & {"-f", "--force"}:
        return DESTRUCTIVE, "rewrites", ""
    asks = names & {"-l", "--list", "-v", "-n", "--contains", "--points-at", "--merged", "--sort", "--verify"}
    return (READ, "", "") if asks or not operands else (WRITE, "", "")


def _push(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    names = [one.name for one in given]
    refs = [arg.text for arg in operands[1:]]
    if any(name in ("-n", "--dry-run") for name in names):
        return NETWORK, "", ""
    if any(name in ("-d",) or name.startswith(("--del", "--pr")) for name in names) or any(
        ref.startswith(":") for ref in refs
    ):
        return DESTRUCTIVE, "remote_deletes", ""
    if any(name == "-f" or name.startswith(("--force", "--mir")) for name in names) or any(
        ref.startswith("+") for ref in refs
    ):
        return DESTRUCTIVE, "remote_overwrites", ""
    if any(name.startswith(("--rec", "--exec")) for name in names) or any(arg.loose for arg in call.args):
        return DESTRUCTIVE, "unknown_target", ""
    return NETWORK, "", ""


def _stash(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    verb = operands[0].text if operands else "push"
    if verb in ("drop", "clear"):
        return DESTRUCTIVE, "discards", ""
    if verb in ("list", "show"):
        return READ, "", ""
    return (WRITE, "", "") if verb in ("push", "save", "pop", "apply", "branch", "create", "store") else None


def _remove(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    names = {one.name for one in given}
    if names & {"-n", "--dry-run"}:
        return READ, "", ""
    return (WRITE, "", "") if "--cached" in names else (DESTRUCTIVE, "deletes", "delete")


def _commit(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    return (DESTRUCTIVE, "rewrites", "") if any(one.name.startswith("--am") for one in given) else None


def _again(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    """Merges and rebases: given up, or done."""
    names = {one.name for one in given}
    if names & {"--abort", "--quit", "--skip"}:
        return DESTRUCTIVE, "discards", ""
    if call.program in ("merge", "cherry-pick", "revert"):
        return (WRITE, "", "") if not any(arg.loose for arg in operands) else None
    return DESTRUCTIVE, "rewrites", ""


def _config(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    names = {one.name for one in given}
    texts = [arg.text for arg in operands if arg.text not in ("get", "set", "list", "unset", "add")]
    verb = operands[0].text if operands else ""
    key = texts[0] if texts else ""
    asks = names & {"-l", "--list", "--get", "--get-all", "--get-regexp", "--show-origin"} or verb in ("get", "list")
    if asks or (
        len(texts) == 1
        and not names & {"--unset", "--unset-all", "--remove-section", "-e", "--edit"}
        and verb != "unset"
    ):
        secret = re.search(r"token|password|secret|credential|extraheader", key, re.I)
        return (Level.CREDENTIALS, "secret", "") if secret else (READ, "", "")
    value = texts[1] if len(texts) > 1 else ""
    if names & {"--unset", "--unset-all"} or verb == "unset":
        return (OUTSIDE if names & {"--global", "--system"} else WRITE), "", ""
    if RUNS.fullmatch(key) and not SHOWN.fullmatch(value):
        return DESTRUCTIVE, "steers", ""
    if names & {"--system", "-e", "--edit", "-f", "--file", "--remove-section", "--rename-section"}:
        return DESTRUCTIVE, "steers", ""
    return (OUTSIDE, "", "") if "--global" in names else (WRITE, "", "")


def _worktree(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    verb = operands[0].text if operands else ""
    if verb == "list":
        return READ, "", ""
    if verb in ("add", "move"):
        level, why = write_level(call, operands[1 : 2 if verb == "add" else 3], WRITE, "")
        forced = any(one.name in ("-f", "--force", "-B") for one in given)
        return (DESTRUCTIVE, "rewrites", "") if forced else (level, why, "")
    return (WRITE, "", "") if verb in ("lock", "unlock", "repair") else None


def _submodule(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    verb = operands[0].text if operands else "status"
    if verb in ("update", "add", "sync"):
        forced = any(one.name in ("-f", "--force") for one in given)
        return (DESTRUCTIVE, "discards", "") if forced else (NETWORK, "", "")
    return (READ, "", "") if verb in ("status", "summary") else None


def _remote(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    verb = operands[0].text if operands else "show"
    if verb in ("show", "update", "prune", "set-head") and operands:
        return (NETWORK, "", "") if verb != "prune" else (DESTRUCTIVE, "deletes", "")
    if verb in ("get-url",) or not operands:
        return READ, "", ""
    runs = any("::" in arg.text or arg.text.startswith("-") for arg in operands)
    if verb == "set-url":
        return DESTRUCTIVE, "steers", ""
    return (WRITE, "", "") if verb in ("add", "rename") and not runs else None


def _fetch(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    forced = any(one.name in ("-f", "--force", "-p", "--prune") for one in given) or any(
        "+" in arg.text[:1] or ":" in arg.text for arg in operands[1:]
    )
    return (DESTRUCTIVE, "rewrites", "") if forced else None


def _lfs(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    verb = operands[0].text if operands else ""
    level = (
        READ
        if verb in ("ls-files", "status", "env", "version")
        else NETWORK
        if verb in ("pull", "fetch", "push")
        else WRITE
        if verb == "track"
        else DESTRUCTIVE
    )
    return level, "unknown_verb" if level == DESTRUCTIVE else "", ""


def _bisect(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    return (DESTRUCTIVE, "runs_text", "") if operands and operands[0].text in ("run", "replay") else None


def _init(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    if any(one.name.startswith(("--templ", "--sep")) for one in given):
        return DESTRUCTIVE, "steers", ""
    level, why = write_level(call, operands[:1], WRITE, "")
    return level, why, ""


def _move(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    level, why = write_level(call, operands, WRITE, "")
    return (DESTRUCTIVE, "empties", "") if any(one.name in ("-f", "--force") for one in given) else (level, why, "")


def _reflog(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    verb = operands[0].text if operands else "show"
    return (DESTRUCTIVE, "rewrites", "") if verb in ("expire", "delete", "drop") else (READ, "", "")


def _clone(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    into = operands[1:2] or [Arg("new")]
    level, why = write_level(call, into, NETWORK, "")
    runs = any("::" in arg.text for arg in operands) or any(one.option and "!" in one.option.kind for one in given)
    return (DESTRUCTIVE, "option", "script_runs") if runs else (level, why, "")


def _grep(call: Call, given: list[Given], operands: list[Arg]) -> tuple[Level, str, str] | None:
    return (
        (DESTRUCTIVE, "runs_text", "script_runs")
        if any(re.match(r"-O|--open", text) for text in call.texts())
        else None
    )


SPECIAL: dict[str, _Judged] = {
    "reset": _reset,
    "clean": _clean,
    "checkout": _checkout,
    "switch": _checkout,
    "restore": _restore,
    "branch": _branch,
    "tag": _tag,
    "push": _push,
    "stash": _stash,
    "rm": _remove,
    "commit": _commit,
    "merge": _again,
    "rebase": _again,
    "cherry-pick": _again,
    "revert": _again,
    "am": _again,
    "config": _config,
    "worktree": _worktree,
    "grep": _grep,
    "submodule": _submodule,
    "remote": _remote,
    "reflog": _reflog,
    "clone": _clone,
    "fetch": _fetch,
    "pull": _fetch,
    "lfs": _lfs,
    "bisect": _bisect,
    "init": _init,
    "mv": _move,
}
