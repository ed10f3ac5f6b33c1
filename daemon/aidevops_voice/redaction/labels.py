"""Secrets that stand behind a word that tells them: assignments, flags, fields, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from aidevops_voice.redaction.keys import opaque, tree
from aidevops_voice.redaction.known import SHORTEST
from aidevops_voice.redaction.shadow import Span

Kind = Literal["password", "token", "key"]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


_LABELS: Mapping[Kind, tuple[str, ...]] = {
    "password": _words(
        "password|passwd|passphrase|passcode|passwort|kennwort|contraseña|contrasena|pwd|storepass|keypass|_pass|"
        "-pass|dbpass|userpass|backup phrase|recovery phrase|seed phrase"
    ),
    "token": _words(
        "token|secret|credential|apikey|api key|api_key|api-key|api.key|access key|access_key|access-key|"
        "accesskey|private key|private_key|private-key|privatekey|secret key|secret_key|secretkey|secret-key|"
        "account_key|accountkey|auth_key|authkey|auth-key|encryption_key|encryption-key|encryption key|"
        "encryptionkey|signing_key|signing-key|signing key|signingkey|master_key|master-key|master key|"
        "license_key|license-key|license key|clave|access code|recovery code|webhook_url|"
        "_dsn|_auth|_pat|session_id|sessionid|session-id|\"auth\"|'auth'|client-key-data|signature|jwt|"
        "secret_key_base|key_base64|subscription-key|subscription key|connection string|auth code"
    ),
    "key": _words("_key|-key|key:|key=|key is| key `|_sid|_pin| pin|`pin|\"pin|'pin|otp|passkey"),
}

_SEPARATOR = re.compile(
    r"(?P<tail>(?:[_-]?(?:id|base|base64|b64|value|data|plain|text|prod|dev|test|staging|live|old|new|hash|env|["
    r"0-9]{1,3})"
    r"|s)?(?![A-Za-z0-9]))"
    r"(?P<close>(?:\\{1,3}[\"']|[\"'`*\])]|_(?![A-Za-z0-9])|&quot;){0,4})"
    r"(?:"
    r"[ \t]{0,12}(?P<sign>=>|:=|[:=]{1,3}|→|->|: [A-Za-z.]{1,20} =)[ \t]{0,12}\(?(?P<fold>(?:\\?\r?\n[ \t]{1,24})?)"
    r"|(?P<said>(?: [a-zñ]{1,12}(?: `[^`\n]{1,40}`)?){0,6}?(?: is| are| was| were| es| son| era|:| =)(?: (?:now|"
    r"still|set|changed|reset|updated|to|called|simply|just|currently|ahora)){0,3}"
    r"[:,]?[ \t]{0,2})"
    r"|(?P<blank>[ \t]{1,3}|[ \t]{0,3}\\?\r?\n[ \t]{0,12})"
    r")(?P<open>\[?(?:[rbuf]?\\{0,3}[\"']{1,3}|[`*]{1,3}|&quot;)?)"
)
_BARE = re.compile(r"[^\s\"'`<>|\\]{3,512}+")
_ENDS = {
    '"': re.compile(r"[^\"\\\n]{0,512}+(?:\\.[^\"\\\n]{0,512}+){0,8}"),
    "'": re.compile(r"[^'\\\n]{0,512}+(?:\\.[^'\\\n]{0,512}+){0,8}"),
    **{sign: re.compile(rf"[^{re.escape(sign)}\n]{{0,512}}+") for sign in ("`", "\\", "&", "*")},
}
_NEXT_PIECE = re.compile(r"[\"'][ \t]{0,4}\+?[ \t]{0,4}\\?(?:\r?\n)?[ \t]{0,24}\+?[ \t]{0,4}[\"']([^\"'\n\\]{3,512}+)")


class _Candidate(NamedTuple):
    """A value behind a telling word, and how it stands there."""

    kind: Kind
    value: str
    quoted: bool
    sign: str
    """The sign between word and value; empty for a verb or a blank."""
    blank: bool
    flag: bool
    """The word is an option of a command."""
    tight: bool
    """No blank around the sign, as in a file of settings or an address."""
    name: str
    alone: bool
    """Name and value are all of their line."""
    behind: str
    """The next two characters."""


_BY_HEAD: dict[str, list[tuple[str, int, Kind]]] = {}
for _kind, _all in _LABELS.items():
    for _label in _all:
        _length = len(_label.rstrip(":= `").removesuffix(" is"))
        _BY_HEAD.setdefault(_label[:2], []).append((_label, _length, _kind))
_LABEL = re.compile(tree(label for all_ in _LABELS.values() for label in all_))


MOST = 450
"""Labels of one text that are judged; of a text that has more of them all the rest is hidden."""
_LEAST, _USUAL = 60, 32
"""What any text may have, and in how many characters a source has one more."""
_LONG = 32
"""Characters of a value that is much work to judge."""


def _work(value: _Value | None) -> float:
    """For a label without a value, with a short or a long one."""
    if value is None:
        return 0.25
    return 0.5 if value.end - value.begin < _LONG else 1


def labelled(text: str, lower: str) -> list[Span]:
    """Values behind a telling word that look like one."""
    found: list[Span] = []
    past: dict[str, int] = {}
    at, judged, most = _next_label(lower, 0), 0.0, min(MOST, _LEAST + len(text) / _USUAL)
    while at >= 0:
        for label, length, kind in _BY_HEAD[lower[at : at + 2]]:
            if at < past.get(label, 0) or not lower.startswith(label, at):
                continue
            value = _value(text, lower, at + length)
            judged += _work(value)
            if judged > most:
                return [*found, (at, len(text))]
            if value is None:
                continue
            if _is_secret(_candidate(text, lower, at, value, kind)):
                found += [(value.begin, value.end), *_more_pieces(text, value.end, value.opening)]
                past[label] = found[-1][1]
        at = _next_label(lower, at + 1)
    return found


def _next_label(lower: str, at: int) -> int:
    match = _LABEL.search(lower, at)
    return match.start() if match else -1


class _Value(NamedTuple):
    """What stands behind a label, quoted or not."""

    match: re.Match[str]
    opening: str
    quoted: bool
    begin: int
    end: int


def _value(text: str, lower: str, after: int) -> _Value | None:
    match = _SEPARATOR.match(text, after)
    if match is None or lower.startswith("redacted]", match.end()):
        return None
    begin, opening = match.end(), match["open"].lstrip("[rbuf")
    ending = _ENDS.get(opening[:1])
    found = (ending or _BARE).match(text, begin)
    if found is None:
        return None
    end = found.end()
    if not ending:
        value = found[0].rstrip(".,;:!?)]}")
        if match["sign"] and "&" in value:
            value = value.partition("&")[0]
        end = begin + len(value)
        if value.lower() in _HARMLESS:
            return None
    return _Value(match, opening, bool(ending), begin, end) if end - begin >= SHORTEST else None


def _more_pieces(text: str, end: int, opening: str) -> Iterator[Span]:
    """A text that is written in several quoted pieces."""
    for _ in range(8 if opening[:1] in ("'", '"') else 0):
        more = _NEXT_PIECE.match(text, end)
        if more is None:
            return
        yield more.span(1)
        end = more.end()


_NAME_BACKWARDS = re.compile(r"[A-Za-z0-9_.$/:@-]{0,64}")
_LINE_HEAD = re.compile(
    r"[\s\"'`*+>#|-]*(?:\d+[.)]\s)?(?:export |set |env |const |let |var |ENV |ARG )?[\"'`*\w .@/:$-]{0,40}$"
)


def _candidate(text: str, lower: str, at: int, behind: _Value, kind: Kind) -> _Candidate:
    match, end = behind.match, behind.end
    before = _NAME_BACKWARDS.match(text[max(0, at - 64) : at][::-1])
    name = (before[0][::-1] if before else "") + text[at : match.end("tail")]
    line = text.rfind("\n", max(0, at - 60), at) + 1 or max(0, at - 60)
    rest = text[end : end + 3].lstrip("\"'`*,; \t\r")
    sign = match["sign"] or ""
    around = text[match.end("close") : match.end("sign") + 1]
    ends_line = not rest or rest.startswith(("\n", "\\n"))
    return _Candidate(
        kind=kind,
        value=text[behind.begin : end],
        quoted=behind.quoted,
        sign=sign,
        blank=match["blank"] is not None,
        flag=name.lstrip("\"'").startswith("-"),
        tight=bool(sign) and around.strip() == around,
        name=name.lower(),
        alone=ends_line and _LINE_HEAD.match(text[line:at]) is not None,
        behind=text[end : end + 2],
    )


_JUDGED = 96
"""Characters of a value that are looked at."""
_REFERENCE = re.compile(
    r"\$[\w{(]|\?|%\w+%|%[sd]\b|\{|<|\[|\*+$|[xX]{3,}[xX.…-]*$|\.{2,}|…|[#?]+$|_{2,}$|-{2,}$"
    r"|(?i:your|enter|insert|replace|paste|some[-_]|the[-_]|process\.env|os\.|env[.(\[]|getenv|secrets?\.|vault:"
    r"|!vault|ref\+|file:|arn:|vars?\.|config\.|settings\.|self\.|this\.|req\.|props\.|args\.|options\.|example$)"
)
PATH = re.compile(
    r"(?:[~.]{0,2}/)[\w./@-]*|[\w./-]+\.(?:ya?ml|json|toml|ini|env|txt|pem|key|crt|py|tsx?|jsx?|go|rs|md|sh|conf"
    r"|cfg|java|rb|php|html?)"
)
_DOTTED = re.compile(r"[A-Za-z_$][A-Za-z_$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$]+)+(?:\(.*|\[.*)?")
_CALL = re.compile(r"[A-Za-z_$][\w.$]*[(\[{]")
_VERSION = re.compile(r"v?\d+(?:\.\d+)+\S*|\d{4}-\d\d-\d\d\S*|\d{1,2}:\d\d(?::\d\d)?")
ALGORITHM = re.compile(
    r"(?i:sha[-_]?\d+|md5|base[-_]?\d+|o?auth\d?|[hrep]s\d{3}|https?\d?|utf[-_]?\d+|aes[-_]?\d+\S*|argon2\w*|bcr"
    r"ypt|scrypt|ed25519|rsa\d*|ipv\d|x509|es\d{4}|h2|uuid\d?|ascii|python\d\S*|int\d+|u?int\d+|float\d+)"
)
_SMALL = re.compile(r"[a-zñáéíóú]{3,}\d{0,4}")
_WORD = re.compile(r"[^\W\d_]+(?:[-_'][^\W\d_]+)*")
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")
_HARMLESS = frozenset(
    _words(
        "required|optional|string|str|none|null|nil|true|false|undefined|wrong|invalid|incorrect|missing|expired|"
        "changed|reset|empty|unset|hidden|redacted|set|unknown|valid|number|int|integer|boolean|bool|any|bytes|"
        "text|disabled|enabled|default|password|passwd|passphrase|pass|pwd|token|tokens|secret|secrets|secretstr|"
        "bearer|basic|key|field|input|prompt|value|here|there|not|never|always|only|also|stored|saved|sent|given|"
        "used|needed|ignored|encrypted|hashed|masked|kept|generated|too|short|long|weak|strong|the|a|an|in|on|at|"
        "from|to|for|with|by|of|and|or|be|being|been|it|as|that|this|same|new|old|object|array|char|varchar|"
        "text32|hash|type|name|readonly|write|read|admin-only|placeholder|todo|tbd|fixme|yes|no|ok|correct|ready|"
        "static|dynamic|env|environment|auto|manual|none.|plaintext|plain|obfuscated|rotated|revoked|accepted|"
        "rejected|refreshed|refresh|access-denied|unchanged|confirmation|mismatch|incorrecta|correcta|"
        "obligatoria|vacía|caducada|está|esta|por|en|de|la|el|un|una|del|obligatorio|requerida|inválida|válida"
    )
)


def _is_secret(c: _Candidate) -> bool:
    value = c.value[:_JUDGED].strip()
    if len(value) < 4 or value.startswith("[redacted") or _REFERENCE.match(value) or PATH.fullmatch(value):
        return False
    if c.quoted and c.name.endswith("phrase"):
        return True
    if value.lower().rstrip(".,") in _HARMLESS or _VERSION.fullmatch(value) or ALGORITHM.fullmatch(value):
        return False
    if value.lower() in (c.name, c.name.lstrip("-_.")) or "(redacted)" in value:
        return False
    if c.flag and not c.sign:
        return not value.startswith("-")
    if c.quoted:
        return _quoted(c, value)
    if value.startswith("-") or _CALL.match(value) or (_DOTTED.fullmatch(value) and not (c.tight and c.alone)):
        return False
    return _assigned(c, value) if c.sign else _said(c, value)


def _quoted(c: _Candidate, value: str) -> bool:
    if c.blank:
        return c.kind != "key" and _mixed(value) and " " not in value and len(value) >= 6
    if " " in value:
        # A message, or a phrase of words as a password.
        assigned = c.sign.startswith("=") and c.name.endswith("password") and value.count(" ") >= 3
        return c.kind == "password" and (assigned or (not c.sign and not c.blank and _phrase(value)))
    if c.kind == "password":
        return True
    if c.kind == "token":
        return (_mixed(value) and len(value) >= 6) or opaque(value) or (len(value) >= 16 and not _WORD.fullmatch(value))
    if value.isdecimal() and ("pin" in c.name or "otp" in c.name):
        return True
    return opaque(value, 10) and ":" not in value and "/" not in value


def _phrase(value: str) -> bool:
    """Several words of which none says something about a password."""
    said = value.split(" ")
    return 1 < len(said) < 7 and all(_SMALL.fullmatch(one) and one not in _HARMLESS for one in said)


def _assigned(c: _Candidate, value: str) -> bool:
    word, called = bool(_WORD.fullmatch(value)), c.behind[:1] in ("(", "[")
    if called:
        return False
    loud = c.tight and c.name.upper() != c.name and c.alone
    if c.kind == "password":
        if word:
            in_code = c.behind[:1] in (")", ",", ";", ".") and not (c.tight and c.behind[:1] == ";")
            return (c.tight and not in_code) or (c.alone and c.sign in (":", "=") and not in_code and value.islower())
        if _IDENTIFIER.fullmatch(value) and not c.alone and not c.tight and not opaque(value):
            return False
        return not value.isdecimal() or c.tight or c.alone
    if word:
        return (opaque(value) and len(value) >= 16) or (loud and len(value) >= 20)
    if value.isdecimal():
        return c.kind == "key" and len(value) >= 4 and ("pin" in c.name or "otp" in c.name)
    if c.kind == "token":
        return (_mixed(value) and len(value) >= 6 and (c.tight or c.alone or opaque(value))) or opaque(value)
    return (c.tight and c.name.endswith("_key") and _mixed(value) and len(value) >= 8) or opaque(value, 12)


def _said(c: _Candidate, value: str) -> bool:
    if value.isdecimal() and not c.blank and "pin" in c.name:
        return True
    if c.kind == "key" or _WORD.fullmatch(value) or value.isdecimal():
        return opaque(value, 16)
    if c.blank:
        return len(value) >= 7 and (opaque(value, 7) or (c.kind == "password" and _mixed(value)))
    return len(value) >= 6 and (_mixed(value) or opaque(value, 6))


def _mixed(value: str) -> bool:
    """Letters beside digits or signs."""
    return any(map(str.isalpha, value)) and (
        any(map(str.isdigit, value)) or any(sign in "!@#$%^&*+=?~" for sign in value)
    )
