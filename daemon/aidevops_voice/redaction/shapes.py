"""Secrets that are known by their shape alone: tokens, headers, addresses, hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aidevops_voice.redaction.keys import CHANGE, opaque
from aidevops_voice.redaction.shadow import Span

# --- tokens of a form --------------------------------------------------------------------------------------------

_FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (hints, re.compile(pattern))
    # Group 1, or all of it, is hidden. Each pattern runs once over any stretch of text: it starts at a literal, and
    # what follows is possessive, bounded, or ends before the next such literal.
    for hints, pattern in (
        (("://",), r"://([^\s/\"'<>?#@]*:[^\s/\"'<>?#]*|[^\s/\"'<>?#@:]{16,})(?=@)"),
        (
            ("://",),
            r"(?<=[a-z])://([^\s:/@\"'<>]{0,64}:[^\s:@\"'<>\[\]]{0,128}[/?#][^\s@\"'<>\[\]]{0,128})(?=@[\w\[])(?"
            r"<!://[0-9a-z]:)",
        ),
        (("@tcp(", "@unix("), r"(?<![^\s\"'`=])[\w.-]{1,64}:([^\s@\"']{3,128})(?=@(?:tcp|unix)\()"),
        (("ticket=",), r"ticket=([^\s&\"'<>\[]++)"),
        (("eyJ",), r"(?<![A-Za-z0-9_.-])eyJ[A-Za-z0-9_=-]{8,}+(?:(?:\\?\r?\n[ \t]*)?\.[A-Za-z0-9_=-]{6,}+)?(?:\."
            r"[A-Za-z0-9_=-]*+){0,3}"),
        ((":AA",), r"(?<![0-9])([0-9]{6,10}:AA[A-Za-z0-9_-]{16,}+)"),
        (("Q~",), r"[A-Za-z0-9_~.-]{2,4}[0-9]Q~[A-Za-z0-9_~.-]{20,}+"),
        ((".atlasv1.",), r"[A-Za-z0-9]{6,20}\.atlasv1\.[A-Za-z0-9_=-]{20,}+"),
        (("-us",), r"(?<![0-9a-f])[0-9a-f]{32}-us[0-9]{1,2}\b"),
        (("NRAL",), r"[0-9A-Fa-f]{16,36}[A-Z]{0,4}FFFFNRAL|[0-9A-Fa-f]{16,36}NRAL"),
        (("$2",), r"\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{20,}+"),
        (("$1$", "$5$", "$6$", "$apr1$", "$y$", "$argon2", "$7$"), r"\$(?:1|5|6|7|y|apr1|argon2[id]{1,2})\$[^\s:"
            r"\"']{12,}+"),
        (("pbkdf2", "scrypt", "{S"), r"(?:pbkdf2[_:]sha[0-9]+|scrypt:[0-9:]+|\{S{1,2}HA(?:256|512)?\})[:$]?[^\s:"
            r"\"']{12,}+"),
        (("$production$", "$sandbox$"), r"access_token\$(?:production|sandbox)\$[a-z0-9$]{16,}+"),
        (("pat",), r"(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.[0-9a-f]{16,}+"),
        (
            ("M", "N", "O"),
            r"(?<![A-Za-z0-9_.-])[MNO][A-Za-z0-9_-]{22,28}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{20,}+",
        ),
    )
)  # fmt: skip
_RUN = re.compile(r"(?<![A-Za-z0-9_/+=.-])(?<!base64,)[A-Za-z0-9_-]{32,256}+(?![A-Za-z0-9_+/])={0,2}")
_PUBLIC = re.compile(r"sha(?:1|256|384|512)-|AAAA[BCE]3Nza|AAAAE2|AAAAG|MI[IG]")
"""What such a run may be without being secret: digests of packages, public keys, certificates."""


def tokens(text: str) -> Iterator[Span]:
    """Tokens, hashes and addresses with a password, by their form."""
    for pattern in hinted(_FORMS, text):
        for match in pattern.finditer(text):
            yield match.span(1) if match.re.groups and match[1] is not None else match.span()


def hinted(table: Iterable[tuple[tuple[str, ...], re.Pattern[str]]], text: str) -> Iterator[re.Pattern[str]]:
    """The patterns that may fit, as one of their hints stands in the text."""
    for hints, pattern in table:
        for hint in hints:
            if hint in text:
                yield pattern
                break


_PUBLISHED = re.compile(r"-----BEGIN (?![A-Z0-9 ]{0,40}PRIVATE)[A-Z0-9 ]{1,40}-----[^-]*+")


def runs(text: str) -> Iterator[Span]:
    """Long runs of letters of both cases and digits: no name looks like that, and random tokens do."""
    shown = [match.span() for match in _PUBLISHED.finditer(text)] if "-----BEGIN" in text else []
    for match in _RUN.finditer(text):
        word = match[0]
        if any(begin < match.start() < end for begin, end in shown):
            continue
        mixed = not word.islower() and not word.isupper() and any(map(str.isdigit, word))
        if mixed and not _PUBLIC.match(word) and len(CHANGE.findall(word)) * 4 >= len(word):
            yield match.span()


# --- headers, parameters, programs -------------------------------------------------------------------------------

_HEADER = re.compile(
    r"(?i:\b(?:proxy-)?authorization\\?[\"']?\s{0,3}[:=,]\s{0,3}\\?[\"']?)(?:[A-Za-z0-9-]{2,20}[ ]{1,3})?+(?![A-"
    r"Za-z]{2,20}=\")"
    r"([^\s\"'\\\[,]{6,}+)"
)
_SIGNED = re.compile(r"\b(?:response|[Ss]ignature|cnonce|oauth_[a-z]{5,16})=\\?[\"']?([^\s\"',\\\[]{8,}+)")
_SCHEME = re.compile(
    r"(?i:\b(bearer|basic)\s{1,3}|\b(?:[a-z]+:)?(token|apikey|digest) (?=[0-9a-f]{20}))(?P<value>[A-Za-z0-9._~+/"
    r"=-]{6,}+)"
)
_COOKIE = re.compile(r"(?i:\b(set-)?cookie2?\\?[\"']?\s{0,3}[:=]\s{0,3}\\?[\"']?)([^\r\n\"'\\]{1,4096})")
_CRUMB = re.compile(r"(?<![^\s;])([^\s=;,]{1,128})=\"?([^\s;,\"\[]{4,})")
_CRUMB_PLAIN = re.compile(r"(?i)path|domain|expires|max-age|samesite|theme|lang|locale|consent|_?tz|currency|version")
_PARAMETER = re.compile(
    r"[?&#;](?i:[\w.-]{0,40}?(?:sig|signature|token|secret|password|passwd|pwd|auth|jwt|assertion|credential|ses"
    r"sion|sid|api[_-]?key|"
    r"apikey|access[_-]?key|subscription-key|code|key|ticket))=([^\s&\"'<>#\[\])`\\;]{4,}+)"
)
_PROGRAMS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (hints, re.compile(pattern))
    for hints, pattern in (
        ((" -u", "--user", "--proxy-user", " -U"), r"(?:(?<=\s)|^)(?:-u|--user|--proxy-user|-U)[ =]?[\"']?[^\s:"
            r"\"'/$\[]{1,64}:([^\s\"'\[]{3,}+)"),
        (("htpasswd",), r"\bhtpasswd\s+-\w*b\w*\s+\S{1,80}\s+\S{1,64}\s+[\"']?([^\s\"'\[]{3,})"),
        (("smbclient", "smb", "rdesktop", "xfreerdp", "net use"), r"(?:-U\s+\S{1,64}%|/p:|/user:\S{1,64}\s+)([^"
            r"\s\"'\[]{3,})"),
        (("machine ", "login ", "default "), r"\blogin\s+\S{1,80}\s+password\s+([^\s\[]{3,}+)"),
        (("machine ",), r"\bmachine\s+\S{1,80}\s+password\s+([^\s\[]{3,}+)"),
        (("echo", "printf", "<<<"), r"\b(?:echo|printf)\s+(?:-n\s+)?[\"']?([^\s\"'|\[]{4,80})[\"']?\s*\|\s*[^\n"
            r"|]{0,60}?(?:--password-stdin|sudo -S|passwd|chpasswd)"),
        (("chpasswd", "passwd"), r"\b(?:echo|printf)\s+[\"']?[\w.-]{1,40}:([^\s\"'|\[]{3,80})[\"']?\s*\|\s*(?:su"
            r"do )?chpasswd"),
        ((":",), r"(?m:^)[\w.*-]{1,64}:(?:[0-9]{2,5}|\*):(?![0-9]+:)[\w*-]{1,64}:[\w*.-]{1,64}:([^\s:\[]{3,128})"
            r"(?=\r?$|\r?\n)"),
        (("IDENTIFIED",), r"(?i:identified\s+(?:with\s+\S{1,40}\s+)?(?:by|as)\s+(?:password\s+)?)[\"']([^\"'\n"
            r"\[]{3,128})"),
        (("PASSWORD '", "password '", "PASSWORD \"", "PASSWORD E'"), r"(?i:password\s+e?)[\"']([^\"'\n\[]{3,128})"),
        (("AccountKey=", "SharedAccess"), r"\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)\s?=\s?([^;\s"
            r"\"'\[<$({]{4,512}+)"),
        ((";",), r"(?i:(?<=;)\s?(?:pwd|password)\s?=\s?)([^;\s\"'\[<$({][^;\"'\n\[]{2,128}+)"),
        (("</",), r"<[\w:.-]{0,40}(?i:password|passphrase|secret|token|api_?key|privatekey|accesskey)\w{0,8}>([^"
            r"<\[\n]{4,256}+)(?=</)"),
        (("cookie", " -b"), r"(?:\s-b|--cookie)[ =]?[\"'][^\"'=]{1,64}=([^\"'\[;]{4,}+)"),
        (("PrivateKey", "PresharedKey"), r"\b(?:PrivateKey|PresharedKey)\s*=\s*([A-Za-z0-9+/]{20,}+={0,2})"),
        (("\"kty\"",), r"\"(?:d|p|q|dp|dq|qi|k)\"\s*:\s*\"([A-Za-z0-9_-]{16,}+)\""),
    )
)  # fmt: skip


def headers(text: str, lower: str) -> Iterator[Span]:
    """Credentials in HTTP headers and in the parameters of an address."""
    if "authorization" in lower:
        yield from (match.span(1) for match in _HEADER.finditer(text) if not _names(match[1]))
        yield from (match.span(1) for match in _SIGNED.finditer(text))
    if any(word in lower for word in ("bearer", "basic", "token ", "apikey ")):
        yield from (match.span("value") for match in _SCHEME.finditer(text) if _is_credential(match["value"]))
    if "cookie" in lower:
        for match in _COOKIE.finditer(text):
            yield from (
                crumb.span(2) if match[1] is None or crumb.start() == match.start(2) else (0, 0)
                for crumb in _CRUMB.finditer(text, *match.span(2))
                if not _CRUMB_PLAIN.fullmatch(crumb[1])
            )
    if "=" in text and any(sign in text for sign in "?&#;"):
        yield from (match.span(1) for match in _PARAMETER.finditer(text) if _is_parameter(match))


_OPTION = re.compile(r"(?<=\s)-[paPw](?:=|[ \t]{1,2})?[\"']?(?P<value>[^\s\"'\[-][^\s\"']{2,128})")
_PASSED = re.compile(r"-[paPw]")
_TAKES = re.compile(
    r"\b(?:(?P<glued>mysql|mariadb)\w{0,12}|(?:docker|podman|helm|az|oc|nerdctl|skopeo|buildah|acr|registry)\b."
    r"{0,80}\blogin|"
    r"sshpass|redis-cli|unzip|zip|7z[ar]?|ldap\w{1,12}|htpasswd)\b"
)
_BEFORE = 200
"""Characters of a line before an option that are looked at for its program."""


def options(text: str) -> Iterator[Span]:
    """Passwords behind `-p` and its like, of programs that take them there."""
    if not _PASSED.search(text) or not _TAKES.search(text):
        return
    for match in _OPTION.finditer(text):
        line = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _BEFORE)
        takes = _TAKES.search(text, line, match.start())
        if takes and not _names(match["value"]) and not (takes["glued"] and match[0][2:3] in " \t"):
            yield match.span("value")


def programs(text: str) -> Iterator[Span]:
    """Passwords in commands, in files of programs and in connection strings."""
    for pattern in hinted(_PROGRAMS, text):
        yield from (match.span(1) for match in pattern.finditer(text) if not _names(match[1]))


_REFERENCE = re.compile(
    r"[\"'`]?(?:\$[\w{(]|%\w+%|\{\{|<[\w -]+>?|\*+$|[xX]{3,}[xX.…-]*$|\.{2,}|…|(?i:your[-_ ]|process\.env|os\.en"
    r"viron|env\.|secrets\.))"
)


def _names(value: str) -> bool:
    """Whether it only says where the secret would stand."""
    return _REFERENCE.match(value) is not None


def _is_credential(value: str) -> bool:
    plain = value.rstrip(".=")
    return not _names(value) and (
        any(map(str.isdigit, plain)) or opaque(plain) or (value.endswith("=") and len(value) > 11)
    )


def _is_parameter(match: re.Match[str]) -> bool:
    name, value = match[0].lower(), match[1]
    if _names(value) or value.lower() in ("true", "false", "null", "none"):
        return False
    if name.lstrip("?&#;").startswith(("key=", "code=", "session", "auth=")):
        return opaque(value)
    return not value.isalpha() or len(value) > 15 or "pass" in name or "pwd" in name or "ticket" in name
