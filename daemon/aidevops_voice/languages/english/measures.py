"""English: what decides how an amount, a piece of code or a secret is put into words."""

from __future__ import annotations

import re

MEASURES = {
    "qualifying": re.compile(r"\b(?:an?|the|this|our|your|its|their|my) [*_~≈<>\"“(]{0,3}$", re.I),
    "qualified": re.compile(
        r" (?!(?:of|is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|in|on|at|for|to"
        r"|over|under|above|below|about|off|out|up|down|into|against|from|with|without|by|and|or|but|than|that|which|who|where|if|when|while|after|before|as|so|because|since"
        r"|until|between|per|each|more|less|too|later|earlier|ago|long|wide|high|tall|deep|thick|large|big|heavy|old"
        r"|away|apart|left|it|we|you|they|i|he|she|not|now|only|just|then|also|here|there|instead|faster|slower"
        r"|\w+ed)\b)[A-Za-z][\w-]+"
    ),
    "lasting": re.compile(
        r"\b(?:in|after|every|lasts?|lasted|took|takes?|taking|elapsed|eta|timeouts?|uptime|runtime"
        r"|durations?|time|another|waits?|waited|(?:r[ua]n|runs|running|sleeps?|slept|paused?|waited|waits?) for)"
        r"(?: (?:about|only|just|around|roughly|another|almost|nearly|up to|of|is|was))*[ :=~≈]*$",
        re.I,
    ),
    "lasted": re.compile(
        r" (?:ago|later|left|remaining|timeout|of (?:work|waiting|time|cpu)|[0-9]+ ?s(?:ec)?\b)", re.I
    ),
    "stretching": re.compile(
        r" (?:along|apart|high|tall|wide|deep|thick|in (?:height|depth|length|width)"
        r"|of (?:cable|rope|pipe|depth|height)|away)\b"
    ),
    "many": re.compile(r" [a-z]{3,}s\b"),
    "leading": re.compile(
        r"^(?:about|around|over|under|almost|nearly|roughly|some|only|into|than|between|exactly|another|\w+(?:ed|ing))$"
    ),
    "code_noun": re.compile(
        r"\b(?:the|this|that|an?|your|its|my|our|their|each) (?:[a-z-]+ )?(?:rule|pattern|regexp?"
        r"|(?:regular )?expression|query|statement|line|command|one-liner|call|condition|macro|type|signature"
        r"|function|method|grammar|production|selector|header|string|value|tag|directive|declaration|assignment|import|filter"
        r"|formula|loop|block|snippet|code|entry|setting|annotation|decorator|attribute|template|clause|index|constraint"
        r"|operator|element|constructor|guard|hook|lambda|closure|schedule|cron(?: \w+)?|crontab)[*_]* $",
        re.I,
    ),
    "scheduled": re.compile(
        r"(?:\b(?:cron(?:tab)?(?: (?:line|job|entry|expression|string|schedule))?|schedule|timer)[*_]*[ :=(]*)$",
        re.I,
    ),
    "secret_noun": re.compile(
        r"(?<!\bhas )(?<!\bis )(?<!\bbe )(?<!\bwith )(?<!\bhave )\b(?:the|this|that|your|its|my|our|their|old|new) "
        r"(?:(?!(?:has|have|is|with|the|a) )[\w-]+ ){0,3}?"
        r"(?:passwords?|passphrases?|passcodes?|tokens?|keys?|secrets?|credentials?|pins?|cookies?|jwt|dsn"
        r"|connection strings?)",
        re.I,
    ),
    "restrictive": re.compile(r"so that|that|which|who|whose|since"),
    "intent": re.compile(r"so that"),
    "governing": re.compile(r"(?!)"),
    "tight": re.compile(r"of"),
    "hedged": re.compile(
        r"(?<![\w-])(?:not|only|just|mainly|mostly|largely|partly|simply|probably|either|perhaps|maybe|usually|often"
        r"|normally|but|and|or)$",
        re.I,
    ),
    "resumed_many": re.compile(
        r"^which (?=(?:(?:both|all) )?(?:are|were|have|do|aren't|weren't|haven't|don't)\b|(?:both|all) )"
    ),
    "reason": re.compile(r"^(?:because|since(?= (?:it|they|you|we|I|he|she|there|nothing|nobody)\b)) "),
    "place": re.compile(r"^where "),
    "purpose": re.compile(r"^so that "),
    "and_up": re.compile(
        r"or (?:more|less|fewer|so|above|below|up|better|worse|later|earlier|newer|older|higher|lower|greater|longer"
        r"|shorter|larger|smaller|faster|slower)"
    ),
    "contrasted": re.compile(r"^(?=(?:up|down) from |(?:as )?(?:compared|opposed) (?:to|with) |versus )"),
    "participle": re.compile(
        r"\b(?!(?:speed|feed|seed|need|embed|indeed)\b)\w{2,}(?:ed|uilt|ritten)\b"
        r"(?=\W*$|,| (?:and|in|into|to|for|from|with|by|at|on|as|under)\b)",
        re.I,
    ),
}
