"""Package managers, builders and the other tools of a project."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.tools import CREDENTIALS, DESTRUCTIVE, NETWORK, OUTSIDE, READ, WRITE, Tool, each, rows


def _runner(verbs: str, spec: str, then: Tool) -> Handler:
    """`uv run`, `poetry run`, `bundle exec`: the program behind them."""

    def handler(call: Call) -> None:
        args = list(call.args)
        while args and args[0].text.startswith("-") and args[0].text not in ("--version", "-V", "--help"):
            args = args[
                2 if args[0].text in ("--directory", "-C", "--project", "--python", "-n", "-p", "--name") else 1 :
            ]
        if args and args[0].text in verbs.split():
            rest = args[1:]
            while rest and rest[0].text.startswith("-"):
                if rest[0].text in ("-m", "--module"):
                    rest = [Arg("python3"), *rest]
                    break
                rest = rest[
                    2
                    if rest[0].text
                    in (
                        "--with",
                        "--extra",
                        "--group",
                        "--python",
                        "-p",
                        "--env-file",
                        "-n",
                        "--from",
                        "--package",
                        "--index",
                    )
                    else 1 :
                ]
            if rest:
                call.again(rest)
                if call.program in ("uv",):
                    call.does(NETWORK, "", [call.program, "run"], [], [])
                return
        then(replace(call, args=tuple(args)))

    return handler


_PIP_SPEC = (
    "--outdated& -o& --uptodate& -r< --requirement< -c< --constraint< -i=from --index-url=from "
    "--extra-index-url=from -t> --target> --python= -e= --editable= -f= --prefix> --root> --cache-dir= "
    "--proxy= --path="
)
_PIP: dict[str, Tool] = {
    **rows(
        "list show freeze check inspect help debug cache_list config_list config_get tree",
        Tool(READ, options=_PIP_SPEC),
    ),
    **rows("install download wheel index search compile sync lock", Tool(NETWORK, options=_PIP_SPEC)),
    **rows("uninstall cache_purge cache_remove", Tool(DESTRUCTIVE, why="removes", options=_PIP_SPEC)),
    **rows("config_set config_unset", Tool(OUTSIDE)),
}
_GROUP = "--outdated& --latest& --group= -G= --extra= -E= --python= -p= --index= --directory= --with= --optional="
_UV: dict[str, Tool] = {
    **rows(
        "tree version help pip_list pip_show pip_freeze pip_check pip_tree python_list python_find tool_list "
        "tool_dir cache_dir show check "
        "env_list env_info about list graph where",
        Tool(READ, options=_GROUP),
    ),
    **rows(
        "sync add lock install update upgrade pip_install pip_compile pip_sync tool_install python_install build "
        "self_update outdated export fetch search inject ensurepath",
        Tool(NETWORK, options=_GROUP + " " + _PIP_SPEC),
    ),
    **rows("init venv new fix", Tool(WRITE)),
    **rows(
        "remove pip_uninstall publish cache_clean cache_prune tool_uninstall uninstall clean env_remove cache_clear",
        Tool(DESTRUCTIVE, why="removes"),
    ),
    **rows("config auth token", Tool(CREDENTIALS, why="secret")),
}
_CARGO_SPEC = (
    "--config!config -p= --package= --features= --target= --manifest-path= --bin= --example= --test= -j= "
    "--profile= --target-dir> -Z="
)


def _cargo(call: Call) -> None:
    if call.texts()[:1] == ["fmt"] and "--check" in call.texts():
        call.says(READ, "run", what=["cargo", "format", "check"])
    else:
        Tool(READ, verbs=_CARGO, options="--list? --config!config -C= -Z=")(call)


_CARGO: dict[str, Tool] = {
    **rows(
        "tree metadata version help locate-project pkgid read-manifest verify-project", Tool(READ, options=_CARGO_SPEC)
    ),
    **rows(
        "test t=test build b=build check c=check clippy fmt=format doc bench run r=run nextest fix init new "
        "generate-lockfile nextest_run machete llvm-cov miri insta ",
        Tool(WRITE, options=_CARGO_SPEC + " --list?"),
    ),
    **rows(
        "add install update fetch search outdated audit info vendor deny binstall package",
        Tool(NETWORK, options=_CARGO_SPEC),
    ),
    **rows(
        "clean remove rm uninstall publish yank owner login logout",
        Tool(DESTRUCTIVE, why="removes", options=_CARGO_SPEC),
    ),
}
_GO_SPEC = (
    "-u& -toolexec!run --toolexec!run -exec!run --exec!run -overlay! -vettool!run -o> -f= -run= -tags= "
    "-ldflags= -count= -mod= -C= -bench= -timeout= -coverprofile> -p= -cpuprofile> -modfile= -gcflags="
)
_GO: dict[str, Tool] = {
    **rows("list version env doc help mod_graph mod_why mod_verify ", Tool(READ, options=_GO_SPEC)),
    **rows("test build vet fmt fix mod_init mod_edit work mod_vendor tool", Tool(WRITE, options=_GO_SPEC)),
    **rows("get install mod_tidy mod_download mod_vendor", Tool(NETWORK, options=_GO_SPEC)),
    **rows("generate clean", Tool(DESTRUCTIVE, why="runs_text", options=_GO_SPEC)),
}


def _go(call: Call) -> None:
    single = tuple(
        replace(arg, text=re.sub(r"^-(?=\w\w)", "--", arg.text)) if re.match(r"-\w\w", arg.text) else arg
        for arg in call.args
    )
    spec = re.sub(r"(?<!\S)-(?=\w\w)", "--", _GO_SPEC)
    texts = call.texts()
    if texts[:1] == ["run"]:
        target = next((text for text in texts[1:] if not text.startswith("-")), "")
        remote = "@" in target or re.match(r"[\w-]+\.\w+/", target)
        inside = (
            not remote
            and paths.place(target, call.scope.ground) == "inside"
            and not any("exec" in text for text in texts)
        )
        call.says(WRITE if inside else DESTRUCTIVE, "run", "downloaded" if remote else "", what=["go", "run", target])
        return
    if texts[:2] in (["env", "-w"], ["env", "-u"]):
        call.says(DESTRUCTIVE, "run", "steers", what=["go", *texts])
        return
    verbs = {name: replace(tool, options=spec) for name, tool in _GO.items()}
    Tool(READ, options=spec, verbs=verbs)(replace(call, args=single))


_SYSTEM: dict[str, Tool] = {
    **rows(
        "list show search info policy depends rdepends ls leaves config doctor deps desc cat home which version "
        "help files "
        "uses services_list --prefix history_list history_info repolist provides list-installed "
        "commands log tap-info options",
        Tool(READ),
    ),
    **rows(
        "install add update upgrade reinstall fetch download tap outdated i build-dep full-upgrade cask_install "
        "bundle refresh audit source check-update makecache",
        Tool(NETWORK),
    ),
    **rows(
        "remove purge autoremove uninstall rm erase clean autoclean cleanup untap unlink link pin hold "
        "history services_start services_stop services_restart services dist-upgrade edit",
        Tool(DESTRUCTIVE, why="removes"),
    ),
}


_ASKED = {
    "dpkg": r"-[lLsS]|--(?:list|listfiles|status|search)",
    "rpm": r"-q[aifl]*",
    "pacman": r"-Q[a-z]*",
    "yay": r"-Q[a-z]*",
    "paru": r"-Q[a-z]*",
}


def _machine(call: Call) -> None:
    first, *others = call.texts() or [""]
    asks = re.fullmatch(_ASKED.get(call.program, r"(?!)"), first) and not any(one[:1] == "-" for one in others)
    Tool(READ)(call) if asks else Tool(DESTRUCTIVE, why="machine")(call)


TOOLS: dict[str, Handler] = {
    **each("pip pip3 pip-compile pip-sync", Tool(READ, options=_PIP_SPEC + " --version?", verbs=_PIP)),
    **each("uv", _runner("run", "", Tool(READ, verbs=_UV, options=_GROUP))),
    **each(
        "poetry pdm pipenv hatch rye conda mamba micromamba",
        _runner("run", "", Tool(READ, verbs=_UV, options=_GROUP + " -n=")),
    ),
    **each(
        "bundle bundler",
        _runner(
            "exec",
            "",
            Tool(
                READ,
                verbs={
                    **rows("list show info check config_get platform viz env doctor", Tool(READ)),
                    **rows("install update add outdated lock package cache", Tool(NETWORK)),
                    **rows("remove clean pristine config", Tool(DESTRUCTIVE, why="removes")),
                    **rows("init binstubs", Tool(WRITE)),
                },
            ),
        ),
    ),
    **each(
        "rbenv pyenv nodenv asdf mise nvm volta fnm sdk rustup direnv",
        _runner(
            "exec",
            "",
            Tool(
                READ,
                verbs={
                    **rows(
                        "version versions list ls current which where show root help status ls-remote prefix whence "
                        "plugin_list target_list component_list",
                        Tool(READ),
                    ),
                    **rows(
                        "install update self_update plugin_add toolchain_install target_add component_add ls-remote",
                        Tool(NETWORK),
                    ),
                    **rows("use local shell default reshim pin", Tool(OUTSIDE)),
                    **rows("uninstall remove global self_uninstall allow", Tool(DESTRUCTIVE, why="removes")),
                },
            ),
        ),
    ),
    **each("uvx pipx", Tool(DESTRUCTIVE, key="run_unknown", why="downloaded")),
    **each("cargo", _cargo),
    **each(
        "deno",
        Tool(
            READ,
            verbs={
                **rows("info doc types help", Tool(READ)),
                **rows("test fmt lint check bench coverage compile", Tool(WRITE)),
                **rows("add install cache update outdated", Tool(NETWORK)),
            },
            options="--version?",
        ),
    ),
    **each("go", _go),
    **each(
        "gem",
        Tool(
            READ,
            verbs={
                **rows("list info which environment env contents specification dependency help stale", Tool(READ)),
                **rows("install update fetch search outdated", Tool(NETWORK)),
                **rows("build", Tool(WRITE)),
                **rows("uninstall cleanup push=publish yank owner signin", Tool(DESTRUCTIVE, why="removes")),
            },
        ),
    ),
    **each(
        "apt apt-get apt-cache aptitude brew dnf yum zypper snap flatpak apk port choco winget scoop nala pkg "
        "rpm-ostree emerge xbps-install",
        Tool(READ, verbs=_SYSTEM, options="-t= -o="),
    ),
    **each(
        "brew snap flatpak dnf yum", Tool(READ, verbs={**_SYSTEM, **rows("search info show desc home", Tool(NETWORK))})
    ),
    **each("dpkg rpm pacman nix nix-env nix-shell guix yay paru", _machine),
    **each("dpkg-query apt-file pkg-config", Tool(READ)),
    **each(
        "composer",
        Tool(
            READ,
            verbs={
                **rows("show info licenses validate check-platform-reqs why depends status about", Tool(READ)),
                **rows("install update require outdated audit search create-project", Tool(NETWORK)),
                **rows("dump-autoload dumpautoload init normalize", Tool(WRITE)),
                **rows("remove clear-cache global config", Tool(DESTRUCTIVE, why="removes")),
                **rows("test run-script", Tool(WRITE)),
            },
        ),
    ),
    **each(
        "dotnet",
        Tool(
            READ,
            verbs={
                **rows("list help", Tool(READ)),
                **rows("test build format run watch new sln", Tool(WRITE)),
                **rows("restore add tool_install workload", Tool(NETWORK)),
                **rows("clean remove publish nuget ef user-secrets", Tool(DESTRUCTIVE, why="removes")),
            },
            options="--version? --info? --list-sdks? --list-runtimes?",
        ),
    ),
    **each(
        "twine",
        Tool(READ, verbs={**rows("check", Tool(READ)), **rows("upload register", Tool(DESTRUCTIVE, why="publishes"))}),
    ),
}
