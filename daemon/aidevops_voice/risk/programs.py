"""Every program that is known, by its name, and what is done about the others."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from aidevops_voice.languages import listed
from aidevops_voice.risk import (
    containers,
    databases,
    devices,
    files,
    git,
    interpreters,
    javascript,
    net,
    operands,
    packages,
    paths,
    projects,
    readers,
    services,
    shellwords,
    wrappers,
)
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE

_TOOLS: dict[str, Handler] = {
    **readers.TOOLS,
    **files.TOOLS,
    **devices.TOOLS,
    **git.TOOLS,
    **net.TOOLS,
    **databases.TOOLS,
    **containers.TOOLS,
    **services.TOOLS,
    **packages.TOOLS,
    **javascript.TOOLS,
    **projects.TOOLS,
    **interpreters.TOOLS,
    **wrappers.TOOLS,
    **shellwords.TOOLS,
    **operands.TOOLS,
}
_TRUSTED = re.compile(r"/(?:usr/)?(?:local/)?s?bin|/opt/homebrew/bin|/usr/libexec|/opt/local/bin")
_BROUGHT = re.compile(r"(?:\./|.*/)?(?:\.?v?env/bin|node_modules/\.bin|vendor/bin)")
_OWN = frozenset(
    {
        "./gradlew",
        "./mvnw",
        "gradlew",
        "mvnw",
        "bin/rails",
        "./bin/rails",
        "bin/rake",
        "./bin/rake",
        "bin/rspec",
        "./bin/rspec",
        "./manage.py",
        "manage.py",
    }
)
_SHOWN_VERSION = frozenset(
    listed(
        "java javac ruby rustc gcc clang cmake bash zsh terraform kubectl helm ansible vim nvim emacs code nix "
        "rustup "
        "deno bun swift kotlin scala "
        "ghc elixir erl iex clojure julia R perl php lua conda mamba pyenv nvm asdf mise direnv tmux screen openssl "
        "ffmpeg pandoc protoc dpkg rpm "
        "pacman brew minikube kind k3d vagrant packer nomad consul vault pulumi cdk serverless sam firebase vercel "
        "netlify uvx pipx nix-env"
    )
)


def known(name: str) -> bool:
    return name in _TOOLS


def judge(call: Call) -> None:
    """Notes what a program does; one that is not known could do anything."""
    name = call.program
    if "/" in name and HOLE not in name:
        _placed(call)
        return
    handler = _TOOLS.get(name)
    if re.fullmatch(r"mkfs\..+|newfs_.+", name):
        handler = _TOOLS["mkfs"]
    if [arg.text for arg in call.args] in (["--version"], ["-version"], ["version"], ["-V"]) and name in _SHOWN_VERSION:
        call.says(Level.READ, "run", what=[name, "version"])
    elif handler is None:
        why = "unknown_target" if HOLE in name else "unknown_program"
        call.says(Level.DESTRUCTIVE, "run_unknown", why, what=[name, *call.texts()[:6]])
    else:
        handler(call)


def _placed(call: Call) -> None:
    """A program by its path is the one of that name only where programs lie."""
    folder, name = posixpath.split(call.program)
    whole = paths.resolved(folder, call.scope.ground) or folder
    inside = paths.place(folder, call.scope.ground) == "inside"
    trusted = bool(_TRUSTED.fullmatch(folder) or (inside and _BROUGHT.fullmatch(folder)) or call.program in _OWN)
    if any(sign in call.program for sign in "*?["):
        trusted, name = False, re.sub(r"[*?\[\]]", "", name)
    if not trusted or (call.program in _OWN and whole != call.scope.ground.project and not whole.endswith("/bin")):
        call.says(Level.DESTRUCTIVE, "script", "unknown_program", what=[call.program, *call.texts()[:4]])
        if known(name):
            judge(replace(call, program=name))
        return
    judge(replace(call, program=name))
