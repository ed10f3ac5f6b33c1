"""What a variable can do by its name alone: some are read by the shell or by programs as what to run."""

from __future__ import annotations

import re

from aidevops_voice.risk import paths
from aidevops_voice.risk.call import Scope
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE

_STEERS = re.compile(
    r"PATH|IFS|ENV|BASH_ENV|BASH_FUNC.*|PROMPT_COMMAND|PS[0-4]|SHELLOPTS|BASHOPTS|LD_\w+|DYLD_\w+|CDPATH|HOME|SHELL"
    r"|GLOBIGNORE"
    r"|PYTHON(?:STARTUP|HOME|INSPECT|BREAKPOINT)|PERL5?(?:OPT|DB|LIB)|RUBY(?:OPT|LIB)|NODE_(?:OPTIONS|PATH)"
    r"|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|MAVEN_OPTS|GRADLE_OPTS|MAKEFLAGS|MAKEFILES|RUSTC_(?:WORKSPACE_)?WRAPPER"
    r"|GCONV_PATH"
    r"|GIT_(?:SSH\w*|EXTERNAL_DIFF|ASKPASS|PROXY_COMMAND|EXEC_PATH|CONFIG\w*|DIR|WORK_TREE|TEMPLATE_DIR)|SSH_ASKPASS"
    r"|LESSOPEN|LESSCLOSE|npm_config_\w+|NPM_CONFIG_\w+|(?:PIP|UV)_\w*INDEX\w*|GOPROXY|GOFLAGS|HTTPS?_PROXY"
    r"|https?_proxy"
    r"|ALL_PROXY|TAR_OPTIONS|RSYNC_RSH|DOCKER_HOST|KUBECONFIG|BROWSER|AWS_ENDPOINT_URL|NODE_EXTRA_CA_CERTS"
    r"|NODE_TLS_REJECT_UNAUTHORIZED"
)
_SHOWS = re.compile(r"(?:GIT_|MAN|SYSTEMD_|AWS_|PSQL_)?PAGER|(?:GIT_|GIT_SEQUENCE_)?EDITOR|VISUAL|CC|CXX|FC|AR|LD")
_SHOWN = re.compile(
    r"|cat|less(?: -\w+)?|more|true|:|vim?|nvim|nano|emacs|code(?: --wait)?|gcc|clang|g\+\+|clang\+\+|cc|c\+\+"
    r"|ccache gcc"
)
_PLAIN = {
    "NODE_OPTIONS": re.compile(
        r"(?:--(?:max-old-space-size=\d+|experimental-\w[\w-]*|no-warnings|trace-warnings"
        r"|enable-source-maps|openssl-legacy-provider)\s*)*"
    ),
    "MAKEFLAGS": re.compile(r"-?-?j ?\d*"),
    "GOFLAGS": re.compile(r"-mod=\w+|-count=\d+"),
    "PS1": re.compile(r"[^$`]*"),
    "GIT_CONFIG_NOSYSTEM": re.compile(r"1"),
}


def assigned(name: str, value: str, scope: Scope) -> tuple[Level, str]:
    """The class of setting it, and why."""
    if name in _PLAIN and _PLAIN[name].fullmatch(value):
        return Level.READ, ""
    if _STEERS.fullmatch(name):
        return Level.DESTRUCTIVE, "steers"
    if _SHOWS.fullmatch(name) and not _SHOWN.fullmatch(value):
        return Level.DESTRUCTIVE, "steers"
    if name == "PYTHONPATH":
        inside = all(paths.place(part, scope.ground) == "inside" for part in value.split(":") if part)
        return (Level.READ, "") if inside and HOLE not in value else (Level.DESTRUCTIVE, "steers")
    return Level.READ, ""
