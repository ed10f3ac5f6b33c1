"""A path outside the project by what it is: the SSH folder, the system's settings, another project; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidevops_voice.languages import Saying


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path leads."""

    known: Saying | None
    """What is there, where everybody has it; else it goes by its names."""
    rest: str
    """The last name behind it, raw."""
    folder: str = ""
    """The folder that `rest` is in, of a path that is not known."""
    secret: bool = False
    """Keys or passwords may stand there."""


_HOME = r"(?:~|\$HOME|\$\{HOME\}|/home/[^/]+|/Users/[^/]+|/root|[A-Za-z]:/Users/[^/]+)"
_KNOWN = tuple(
    (f"places.{key}", re.compile(pattern))
    for key, pattern in (
        ("ssh", r"^.*/\.ssh(?=/|$)|^\.ssh(?=/|$)"),
        ("aws", r"^.*/\.aws(?=/|$)|^\.aws(?=/|$)"),
        ("cloud", rf"^{_HOME}/(?:\.config/gcloud|\.azure|\.config/doctl|\.oci|\.terraform\.d)(?=/|$)"),
        ("kube", r"^.*/\.kube(?=/|$)|^\.kube(?=/|$)"),
        ("keys", r"^.*/(?:\.gnupg|\.password-store|[Kk]eychains?|\.local/share/keyrings)(?=/|$)"),
        ("docker", rf"^{_HOME}/\.docker(?=/|$)"),
        ("browser", rf"^{_HOME}/(?:\.mozilla|\.config/(?:google-chrome|chromium)|Library/(?:Cookies|Safari)"
                    r"|Library/Application Support/(?:Google/Chrome|Firefox))(?=/|$)"),
        ("startup", rf"^{_HOME}/\.(?:bashrc|bash_profile|zshrc|zprofile|zshenv|profile)$"),
        ("settings", rf"^{_HOME}/\.config(?=/|$)"),
        ("documents", rf"^{_HOME}/Documents(?=/|$)"),
        ("downloads", rf"^{_HOME}/Downloads(?=/|$)"),
        ("desktop", rf"^{_HOME}/Desktop(?=/|$)"),
        ("home", rf"^{_HOME}$|^/(?:home|Users)$"),
        ("etc", r"^(?:/private)?/etc(?=/|$)"),
        ("logs", r"^/var/log(?=/|$)"),
        ("temporary", r"^(?:/private)?(?:/var)?/tmp(?=/|$)|^(?:/private)?/var/folders(?=/|$)"),
        ("system", r"^/(?:usr|bin|sbin|lib|lib64|boot|opt|System|Library|var/lib)(?=/|$)|^[A-Za-z]:/Windows(?=/|$)"),
        ("devices", r"^/(?:dev|proc|sys)(?=/|$)"),
        ("drive", r"^/(?:mnt|media|Volumes)(?=/|$)"),
        ("disk", r"^/$|^[A-Za-z]:/?$"),
    )
)  # fmt: skip
_SECRET_PLACES = frozenset({"places.ssh", "places.aws", "places.cloud", "places.kube", "places.keys", "places.browser"})
SECRET = re.compile(
    r"(?:^|[\s/=:@\"'])(?:\.env(?!\.(?:example|sample|template|dist)\b)[\w.-]*|\.netrc|\.pgpass|\.git-credentials|\.npmrc|\.pypirc"
    r"|\.htpasswd|id_(?:rsa|dsa|ecdsa|ed25519)(?!\.pub)\b|\.ssh/|\.aws/|\.gnupg/|\.kube/config|[\w.-]*(?:\.(?:pem|p12|pfx|key|jks|keystore|kdbx)"
    r"|(?:credentials?|secrets?|service[-_]account)[\w-]*\.(?:json|ya?ml|toml|ini|txt|env))|credentials|shadow)(?=$|[\s:\"',;)])"
    r"|(?:^|[\s/\"'])\.(?:ssh|aws|gnupg)/",
)
"""Files that hold keys or passwords, in a path or a command."""


def of(path: str) -> Place:
    """Where it leads; a pattern's stars are left out."""
    plain = re.sub(r"[/\\]*\*+$", "", path.strip()).replace("\\", "/")
    plain = plain.rstrip("/") or ("/" if plain.startswith("/") or path.startswith("/") else "")
    parts = [part for part in plain.split("/") if part not in ("", ".", "..", "~")]
    for key, pattern in _KNOWN:
        if found := pattern.match(plain):
            left = [part for part in plain[found.end() :].split("/") if part]
            secret = key in _SECRET_PLACES or bool(SECRET.search(plain))
            return Place(Saying(key), left[-1] if left else "", secret=secret)
    folder = parts[-2] if len(parts) > 1 else ""
    return Place(None, parts[-1] if parts else "", folder, bool(SECRET.search(plain)))
