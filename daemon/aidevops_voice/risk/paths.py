"""Where a name of a file lies, from its text alone: in the project, outside, or where more than a file is at stake."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from aidevops_voice.risk.levels import Level

HOLE, ITEM = "\ue0f0", "\ue0f1"
"""In a text: something not known before it runs; the same, yet surely a plain name inside of the project."""
Place = Literal["inside", "outside", "system", "start", "secret", "git", "device", "socket", "nowhere", "unknown"]

READING: dict[Place, Level] = {
    "inside": Level.READ,
    "outside": Level.READ,
    "system": Level.READ,
    "start": Level.READ,
    "secret": Level.CREDENTIALS,
    "git": Level.READ,
    "device": Level.CREDENTIALS,
    "socket": Level.NETWORK,
    "nowhere": Level.READ,
    "unknown": Level.CREDENTIALS,
}
WRITING: dict[Place, Level] = {
    "inside": Level.WRITE,
    "outside": Level.OUTSIDE,
    "system": Level.DESTRUCTIVE,
    "start": Level.DESTRUCTIVE,
    "secret": Level.CREDENTIALS,
    "git": Level.DESTRUCTIVE,
    "device": Level.DESTRUCTIVE,
    "socket": Level.NETWORK,
    "nowhere": Level.READ,
    "unknown": Level.DESTRUCTIVE,
}
_NOWHERE = re.compile(r"/dev/(?:null|zero|full|random|urandom|stdin|stdout|stderr|tty|fd/\d+)|/proc/self/fd/\d+|-")
_SYSTEM = re.compile(
    r"/(?:etc|boot|proc|sys|bin|sbin|lib\w*|root|var|System|Library|Applications|Windows|private/etc)(?:/|$)"
    r"|/usr(?!/local/)(?:/|$)|/(?:usr/local|home|Users|opt|srv|mnt|media|tmp)?$|~$"
)
_START = re.compile(
    r"/(?:\.(?:bash(?:rc|_profile|_login|_logout|_aliases)|profile|zshrc|zshenv|zprofile|zlogin|inputrc|vimrc|viminfo"
    r"|gitconfig|gitignore_global|pam_environment|xprofile|xinitrc|xsession|tmux\.conf|screenrc|emacs|login|cshrc"
    r"|tcshrc"
    r"|kshrc|curlrc|wgetrc|condarc|pythonrc|gemrc|mailcap|forward|rhosts|ssh/(?:authorized_keys2?|rc|environment))"
    r"|\.config/(?:fish|autostart|systemd|git|nvim|environment\.d|pip)(?:/.*)?|\.(?:emacs|vim)\.d?/.*"
    r"|\.git-templates/.*"
    r"|\.local/(?:share/systemd|bin)(?:/.*)?|\.cargo/config(?:\.toml)?|\.m2/settings\.xml|LaunchAgents(?:/.*)?)$",
    re.I,
)
_SECRET = re.compile(
    r"/(?:\.env(?:rc|\.(?!example$|sample$|template$|dist$|tmpl$|schema$|d\.ts$)[^/]+|[*?\[][^/]*)?|[^/]+\.env"
    r"|\.netrc"
    r"|_netrc|\.npmrc|\.pypirc|\.yarnrc\.yml|\.git-credentials|\.htpasswd|\.pgpass|\.my\.cnf|\.mylogin\.cnf|\.s3cfg"
    r"|\.boto"
    r"|\.vault-token|\.vault_pass\S*|\.dockercfg|\.docker/config\.json|id_(?:rsa|dsa|ecdsa|ed25519)\w*|id_\*"
    r"|deploy_key"
    r"|[^/]*\.(?:pem|key|p12|pfx|jks|keystore|kdbx?|ppk|asc|gpg|age|tfstate|tfstate\.backup|tfvars|mobileprovision"
    r"|pkcs12)"
    r"|[^/]*service[-_]?account[^/]*\.json|[^/]*credentials?(?:\.[^/]*)?|client_secret[^/]*|[^/]*secrets?(?:\.[^/]*)?"
    r"|secrets?/.*|[^/]*passwords?(?:\.(?:txt|csv|ya?ml|json|md|db))?|[^/]*[-_.]tokens?(?:\.(?:txt|json))?"
    r"|tokens?\.(?:txt|json)"
    r"|g?shadow-?|sudoers|\.[^/]*_history|\.(?:ssh|gnupg|aws|azure|kube|oci|password-store|minikube)(?:/.*)?"
    r"|\.config/(?:gh|gcloud|hub|op|doctl|rclone|sops)(?:/.*)?|\.terraform\.d/.*|keychains?(?:/.*)?|\.gem/credentials"
    r"|\.cargo/credentials(?:\.toml)?|\.composer/auth\.json|proc/[^/]+/(?:environ|mem|maps|cmdline)"
    r"|(?:Login Data|Cookies|cookies\.sqlite|logins\.json|key[34]\.db|wallet\.dat)|\.git/config)$",
    re.I,
)
_PUBLIC = re.compile(
    r"\.pub$|/known_hosts$|\.(?:example|sample|template)(?:\.\w+)?$|\.(?:py|ts|tsx|js|jsx|go|rs|java|rb|c|h|cpp|css"
    r"|html)$",
    re.I,
)
_SAMPLES = (".env", ".env.local", ".netrc", ".npmrc", ".ssh", ".aws", ".git-credentials")
_GIT = re.compile(r"/(?:\.git[ .]*|git~\d)(?:/|$)", re.I)


@dataclass(frozen=True, slots=True)
class Ground:
    """From where names are understood; `cwd` is None where it is not known."""

    project: str
    home: str
    cwd: str | None


def ground(project: str, home: str = "") -> Ground:
    """At the top of a project; its home folder is guessed from its path where none is given."""
    found = re.match(r"/(?:home|Users)/[^/]+(?=/|$)|/root(?=/|$)", project)
    top = posixpath.normpath(project) if project else "/"
    return Ground(top, home or (found.group() if found else "~"), top)


def resolved(text: str, where: Ground) -> str | None:
    """Absolute and without `..`, or None where that cannot be told."""
    if HOLE in text or "\0" in text:
        return None
    if text == "~" or text.startswith("~/"):
        text = where.home + text[1:]
    if text.startswith("~"):
        return posixpath.normpath("/home/" + text[1:])
    if not text.startswith("/"):
        if where.cwd is None:
            return None
        text = f"{where.cwd}/{text}"
    return posixpath.normpath(re.sub(r"^/{2,}", "/", text))


def within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def place(text: str, where: Ground, writing: bool = False) -> Place:
    """Of a name as the shell hands it over, globs included."""
    if _NOWHERE.fullmatch(text):
        return "nowhere"
    path = resolved(text, where)
    if path is None:
        return "unknown"
    if re.match(r"/dev/(?:tcp|udp)/", path):
        return "socket"
    if path.startswith("/dev/") and not path.startswith("/dev/shm/"):
        return "nowhere" if _NOWHERE.fullmatch(path) else "device"
    inside = within(path, where.project)
    if writing and _GIT.search(path):
        return "git"
    if writing and not inside and _START.search(path):
        return "start"
    if is_secret(path):
        return "secret"
    if inside:
        return "inside"
    return "system" if _SYSTEM.match(path) else "outside"


def is_secret(path: str) -> bool:
    """Whether a file by this name is made to hold what nobody else should know."""
    last = path.rsplit("/", 1)[-1]
    if any(sign in last for sign in "*?[") and last.startswith("."):
        return any(fnmatchcase(sample, last) for sample in _SAMPLES)
    return bool(_SECRET.search(path if path.startswith("/") else f"/{path}")) and not _PUBLIC.search(path)


def covers(text: str, where: Ground) -> bool:
    """Whether the home folder with its secrets lies in it."""
    path = resolved(text, where)
    return path is not None and within(where.home, path)
