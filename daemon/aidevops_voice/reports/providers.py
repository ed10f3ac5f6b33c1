"""Why the provider of a model did not answer, from the words that it or its client gave."""

from __future__ import annotations

import re

from aidevops_voice.languages import Saying
from aidevops_voice.reports.report import said

_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.I))
    for key, pattern in (
        (
            "provider.too_long",
            r"context[ _-]?(?:length|window|limit|size)|(?:prompt|input|request) (?:is )?too (?:long|large)"
            r"|too many (?:input )?tokens|max(?:imum)?[ _](?:context|tokens)|token limit|\b413\b",
        ),
        (
            "provider.unpaid",
            r"credit|quota|billing|payment|insufficient[ _](?:funds|balance)|spend(?:ing)? limit|usage limit|\b402\b",
        ),
        ("provider.overloaded", r"overload|at capacity|over capacity|server (?:is )?(?:too )?busy|\b529\b"),
        ("provider.limited", r"rate[ _-]?limit|too many requests|throttl|resource[ _]exhausted|\b429\b"),
        (
            "provider.refused",
            r"unauthori[sz]ed|forbidden|authenticat|api[ _-]?key|permission denied|access denied"
            r"|(?:token|credentials?|login|session) (?:has |is |have |are )?(?:expired|invalid)|\b40[13]\b",
        ),
        ("provider.timed_out", r"time[ds]?[ _-]?out|deadline exceeded|\b(?:408|504|524)\b"),
        (
            "provider.unreachable",
            r"ECONN|ENOTFOUND|EAI_AGAIN|EPIPE|EHOSTUNREACH|socket hang ?up|fetch failed|network"
            r"|connection (?:error|refused|reset|closed|lost|failed|terminated|aborted)|unreachable"
            r"|stream (?:closed|ended)|terminated|could not resolve|getaddrinfo",
        ),
        (
            "provider.unavailable",
            r"unavailable|internal (?:server )?error|server[ _]error|bad gateway|api[ _]error|\b50[0-3]\b|\b52[0-3]\b",
        ),
    )
)
_READ = 400


def reason(text: str) -> Saying | None:
    """The usual reason that a text gives; none where it is another one, which then is told as it stands."""
    return next((said(key) for key, pattern in _REASONS if pattern.search(text[:_READ])), None)
