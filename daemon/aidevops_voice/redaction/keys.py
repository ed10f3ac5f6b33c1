"""Keys that begin with the prefix of a vendor, and what tells a random word from a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aidevops_voice.redaction.shadow import Span


@dataclass(frozen=True, slots=True)
class Prefix:
    """A vendor's prefix and what may follow it."""

    text: str
    body: re.Pattern[str]
    whole: int = 0
    """Characters that a real one has behind the prefix, at least; a shorter one goes on behind a break."""
    likely: bool = False
    """The prefix occurs in plain words too, so the body has to look random."""


_NAMED = "[A-Za-z0-9_-]"
_ALNUM = "[A-Za-z0-9]"


def _sure(prefixes: str, alphabet: str = _NAMED, least: int = 3, whole: int = 0) -> list[Prefix]:
    body = re.compile(f"{alphabet}{{{least},}}+")
    return [Prefix(prefix, body, whole) for prefix in prefixes.split()]


def _likely(prefixes: str, alphabet: str, least: int, whole: int = 0) -> list[Prefix]:
    body = re.compile(f"{alphabet}{{{least},}}+")
    return [Prefix(prefix, body, whole, True) for prefix in prefixes.split()]


PREFIXES: tuple[Prefix, ...] = (
    *_sure("ghp_ gho_ ghu_ ghs_ ghr_", whole=36),
    *_sure("github_pat_", whole=60),
    *_sure("glpat- gldt- glrt- glptt- glcbt- glft- glsoat- glimt- glagent- gloas-", "[A-Za-z0-9_.-]", whole=20),
    *_sure("sk-ant- sk-proj- sk-svcacct- sk-admin- sk-or-v1- sk-lf- pk-lf- sk-None-", whole=40),
    *_sure("sk_live_ sk_test_ rk_live_ rk_test_ pk_live_ pk_test_ sk_prod_ sk_org_ whsec_", whole=24),
    *_sure("xoxb- xoxa- xoxp- xoxr- xoxs- xoxc- xoxd- xoxe- xoxe. xapp- xwfp-", "[A-Za-z0-9%.-]", whole=24),
    *_sure("AKIA ASIA ABIA ACCA", "[A-Z0-9]", 8, 16),
    *_sure("AIza", least=8, whole=35),
    *_sure("ya29. GOCSPX- 1//0", "[A-Za-z0-9_.-]", 8, 24),
    *_sure("dop_v1_ doo_v1_ dor_v1_ doa_v1_ shpat_ shpca_ shppa_ shpss_ shpua_", whole=32),
    *_sure("sq0atp- sq0csp- sq0idp- sandbox-sq0idb- sandbox-sq0csb-", whole=22),
    *_sure("sntrys_ sntryu_ sntrya_ glsa_ glc_ dckr_pat_ dckr_oat_", "[A-Za-z0-9+/=_-]", 6),
    *_sure("NRAK- NRJS- NRII- NRIQ- NRRA-", least=6),
    *_sure("pscale_tkn_ pscale_pw_ pscale_oauth_ pscale_oauth_token_", "[A-Za-z0-9_.=-]", 6),
    *_sure("sbp_ sb_secret_ sb_publishable_ nfp_ nfc_ nfo_ nfu_ vcp_ vci_ vca_ vcr_ vck_", _NAMED, 8),
    *_sure("lin_api_ lin_oauth_ figd_ figo_ figoh_ figor_ figu_ ntn_ tskey- pplx- xai- gsk_ pcsk_ lsv2_pt_ lsv2_sk_"),
    *_sure("rubygems_ CLOJARS_ FLWSECK- FLWSECK_TEST- FLWPUBK- rzp_live_ rzp_test_ xkeysib- xsmtpsib- PMAK- CFPAT-"),
    *_sure("dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit. hvs. hvb. hvr. pul- fm1r_ fm1a_ fm2_ "
        "fo1_", "[A-Za-z0-9_.,+/=-]"),
    *_sure("CCIPAT_ CCIPRJ_ bkua_ bkct_ bkaj_ sqp_ squ_ sqa_ sgp_ sgd_ tfp_ tgp_v1_ HRKU- pnu_ rpa_ pypi-AgE "
        "ATBB ATCTT3 ATATT3 ATOA"),
    *_sure("sk.eyJ pk.eyJ tk.eyJ ops_eyJ", "[A-Za-z0-9_.=-]", 10),
    *_sure("dapi aio_ duffel_live_ duffel_test_ shippo_live_ shippo_test_ esecret_ r8_", least=10),
    *_sure("AGE-SECRET-KEY-1 AGE-PLUGIN-", "[A-Z0-9-]", 8, 58),
    *_sure("nsec1", "[a-z0-9]", 20, 58),
    *_sure("xprv yprv zprv tprv", _ALNUM, 50),
    *_sure("EAACEdEose0cBA EAAAE EAAAl", _NAMED, 16),
    *_sure("hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/", "[A-Za-z0-9/_-]", 6),
    *_sure("discord.com/api/webhooks/ discordapp.com/api/webhooks/ hooks.zapier.com/hooks/catch/", "[A-Za-z0-9/_-]", 6),
    *_sure("webhook.office.com/webhookb2/ outlook.office.com/webhook/ api.telegram.org/bot", "[A-Za-z0-9/_:@-]", 6),
    *_likely("sk- sk_ rk_ pk_", _NAMED, 16, 20),
    *_sure("hf_ npm_ api_org_", _ALNUM, 20, 34),
    *_likely("cio lsv2_ eph_", _ALNUM, 20, 32),
    *_likely("pypi-", _NAMED, 20, 60),
    *_likely("key- SK AC AP SG. sl. re_ fw_ ct_ oy2 co_ nvapi- secret_ pat- wandb_v1_ ico- API", "[A-Za-z0-9_.-]", 16),
    *_likely("0x", "[0-9a-fA-F]", 64),
)  # fmt: skip

_BREAK = re.compile(r"\\?[.,;:]?(?:[ \t]*\\?\r?\n[ \t>|]{0,16}|[ \t]{1,3})([A-Za-z0-9_+/=-]{3,128}+)")
_MOST_BREAKS = 4


MOST = 200
"""Places of one text that are judged by one rule; of a text that has more of them all the rest is hidden."""
_BY_HEAD: dict[str, list[Prefix]] = {}
for _prefix in PREFIXES:
    _BY_HEAD.setdefault(_prefix.text[:2], []).append(_prefix)


def tree(words: Iterable[str]) -> str:
    """A pattern of these words that reads each character once."""
    tails: dict[str, list[str]] = {}
    for word in words:
        if not word:
            return ""
        tails.setdefault(word[0], []).append(word[1:])
    branches = [re.escape(first) + tree(rest) for first, rest in tails.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


_BEGUN = re.compile(rf"(?:(?<![A-Za-z0-9])|(?<=\\[nrt])|(?<=%[\s\S]{{2}})){tree(prefix.text for prefix in PREFIXES)}")
"""A word that begins like a key. Another prefix may begin inside this one."""


def keys(text: str) -> list[Span]:
    """Keys that begin with the prefix of a vendor."""
    found: list[Span] = []
    past: dict[str, int] = {}
    begun, judged = _BEGUN.search(text), 0
    while begun:
        at = begun.start()
        judged += 1
        if judged > MOST:
            return [*found, (at, len(text))]
        for prefix in _BY_HEAD[text[at : at + 2]]:
            if at >= past.get(prefix.text, 0) and text.startswith(prefix.text, at) and (end := _end(text, at, prefix)):
                past[prefix.text] = end
                found.append((at, end))
        begun = _BEGUN.search(text, at + 1)
    return found


def _end(text: str, at: int, prefix: Prefix) -> int:
    """Behind the key, 0 where none is."""
    begin = at + len(prefix.text)
    # A refused body is looked at again for each prefix inside it.
    match = prefix.body.match(text, begin, begin + _JUDGED if prefix.likely else len(text))
    if match is None or (prefix.likely and not _random(match[0])):
        return 0
    if prefix.likely:
        match = prefix.body.match(text, begin) or match
    return _continued(text, begin, match.end(), prefix.whole)


def _random(body: str) -> bool:
    return opaque(body) or (any(map(str.isdigit, body)) and not _WORDY.fullmatch(body))


def _continued(text: str, begin: int, end: int, whole: int) -> int:
    """Behind the rest that follows a line break, or any break while it is too short for a whole one."""
    for _ in range(_MOST_BREAKS):
        if not 0 < end - begin < whole:
            return end
        more = _BREAK.match(text, end)
        if more is None or not opaque(more[1], least=3):
            return end
        end = more.end()
    return end


# --- what looks random -------------------------------------------------------------------------------------------

_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_PLAIN = re.compile(r"[^A-Za-z0-9]+")
CHANGE = re.compile(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Za-z])|(?<=[A-Z])(?=[0-9])|(?<=[A-Z][A-Z])(?=[a-z])")
_WORDY = re.compile(r"(?:[A-Z]?[a-z]++|[A-Z]++|[0-9]{1,4}+)(?:[-_.](?:[A-Z]?[a-z]++|[A-Z]++|[0-9]{1,4}+))*+")
_JUDGED = 64
"""Characters of a word that are looked at."""


def opaque(word: str, least: int = 8) -> bool:
    """Whether letters and digits are mixed as no name mixes them."""
    word = word[:_JUDGED]
    plain = _PLAIN.sub("", word)
    if len(plain) < least or plain.isdecimal() or _WORDY.fullmatch(word):
        return False
    if _HEX.fullmatch(plain):
        return len(plain) >= max(least, 6) and not plain.isalpha()
    changes = len(CHANGE.findall(plain))
    return changes >= max(1, len(plain) / (12 if any(map(str.isdigit, plain)) else 5))
