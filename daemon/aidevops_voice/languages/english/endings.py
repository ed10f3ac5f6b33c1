"""English: how a turn ends: an offer or a question, an admission or a praise, what was found."""

from __future__ import annotations

import re

_MANY = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|some|a few|several|many|\d+)"
_FIND = (
    r"(?:the|your|our|that) (?:\w+ )?(?:culprit|bug|problem|cause|reason|commit|issue|leak|one|line|offender|mistake"
    r"|error|fault|answer)"
)

ENDINGS = {
    "proposes": re.compile(
        r"(?:^|[,;] )(?:(?:and|so|next|if you like|if you want|or),? )?"
        r"(?:would you like (?:me|us|to|that|this|it|an?|some)\b"
        r"|do you want (?:me|us|that|this|it)\b|want (?:me|us|it|that|this)\b|shall (?:i|we)\b|how about (?:i|if i)\b"
        r"|should i (?:also|next|then|go on|continue|prepare|open a)\b|may i (?:also|suggest)\b)"
        r"(?!.*\b(?:or|which|go ahead|proceed|overwrite|delete|remove|drop|wipe|force|apply|destroy|deploy|publish"
        r"|release|send)\b).*\?$",
        re.I,
    ),
    "decides": re.compile(
        r"\b(?:you (?:should|need to|have to|must) (?:first )?(?:decide|choose|pick|say|tell)"
        r"|(?:needs?|wants?|need) (?:an?|one|your) (?:\w+ )?(?:decision|answer|choice|call)"
        r"|your (?:decision|choice|call) (?:first|is))\b",
        re.I,
    ),
    "joins": re.compile(
        rf"^(?:(?:but|and|only),? )?(?:(?:an)?other|the (?:other|rest|remaining|last)\b(?: (?:one|{_MANY}))?"
        r"|the (?:second|third|fourth|fifth) one"
        rf"|{_MANY} (?:more|others?)"
        rf"|(?:all )?(?:these|those|both|neither|either)(?: (?:of (?:them|these|those)|{_MANY}))?"
        rf"|{_MANY} of (?:them|these|those))"
        r" (?=\w+ed\b|is\b|are\b|was\b|were\b|has\b|have\b|had\b|do\b|does\b|did\b|can\b|could\b|will\b|would\b"
        r"|still\b|also\b|fails?\b|need\w*\b|\w+n't\b|come\w*\b|came\b)"
        r"|^(?:i|we|it|this|that|they|these|those)\b.{0,20}\bthere\b",
        re.I,
    ),
    "besides": re.compile(
        r"\b(?:also|too|as well|besides|in addition|furthermore|on top of that|while i was (?:at it|there))\b", re.I
    ),
    "assured": re.compile(
        r"\b(?:needs?|requires?|uses?|takes?|adds?|brings?|introduces?|depends on|costs?) (?:no|zero|nothing)\b[\w -]*"
        r"|\b(?:has|have|had|with|got|is|are) (?:no|zero) (?:\w+ )?(?:dependenc|lock|overhead|allocation|cop(?:y|ies)\b"
        r"|side effect|surprise|magic|boilerplate|global|risk|danger|downtime)\w*"
        r"|\b(?:does|do|will|would)(?:n't| not) (?:need|require|depend|block|allocate|cost|use|have to|touch)\b[\w -]*"
        r"|\b(?:checks?|guards?|rules?|constraints?|validations?|assertions?|ensur\w+|mak\w+ sure|verif\w+|guarantees?)"
        r" (?:that|so)\b.*",
        re.I,
    ),
    "invites": re.compile(
        r"^(?:(?:and|so|now),? )?(?:you|we|everyone|users|players|people|visitors) can\b|\b(?:right|straight) away\b",
        re.I,
    ),
    "halved": re.compile(r"[a-z],? (?:but|except|although|though|however|only)\b", re.I),
    "spoilt": re.compile(
        r"\b(?:damaged|malformed|incomplete|inconsistent|truncated|garbled|unreadable|unusable|out of (?:date|sync)"
        r"|differs?|(?:doesn't|does not|do not|don't) match)\b",
        re.I,
    ),
    "own_deed": re.compile(r"^(?:(?:so|but|and|for now),? )?(?:i|we)\b", re.I),
    "holds": re.compile(
        r"^(?!(?:if|when|once|until|unless|because|as|while)\b)(?!.*(?:n't|\bnot|\bno|\bnever)\b)(?:[\w'.-]+ ){1,9}?"
        r"(?:keeps?|reach(?:es)?|meets?|holds?|gets?|knows?|takes?|gives?|goes|opens?|loads?|fits?|sends?|finds?"
        r"|saves?|returns?|builds?|compiles?|works?|starts?|answers?) (?:[\w'.-]+ ){0,8}?(?:now|again)\b"
        r"|^(?!(?:if|when|once|until|unless|because|as|while)\b)(?:[\w'.-]+ ){1,8}?(?:is|are)"
        r" (?!not\b|no\b)(?:[\w-]+ ){1,4}?again\b"
        r"|^(?:all|both|every|each)\b(?!.*(?:n't|\bnot|\bno|\bnever)\b)(?:[ ,]+[\w'.-]+){1,6} now \w+",
        re.I,
    ),
    "eureka": re.compile(
        rf"^(?:(?:ok(?:ay)?|yes|aha|and),? )?(?:(?:i|we)(?:'ve| have)? )?(?:just )?"
        rf"(?:(?:found|caught|nailed) (?:it|{_FIND})"
        rf"|(?:tracked|pinned) (?:it|{_FIND}) down|(?:located|identified|got|spotted|tracked down) {_FIND})[.!:]*$"
        r"|^(?:eureka|gotcha|mystery solved|case closed|aha|there it is|there we have it)[.!:]*$",
        re.I,
    ),
    "outside": re.compile(
        r"\bi(?:'ve| have)? left (?:it|this|that|them|those|these|the \w+(?: \w+)?) (?:alone|untouched|as (?:it|they)"
        r" (?:is|are|was|were))\b|\bi left (?:alone|untouched)\b|\b(?:out|outside)(?: of)? (?:the )?scope\b"
        r"|\b(?:not|no|n't) (?:a )?part of (?:this|the|your|that)\b|\bpre-?existing\b|\bunrelated\b"
        r"|\byou (?:only )?asked (?:me )?(?:only )?(?:about|for)\b.*\bonly\b|\bnothing to do with (?:this|the|your)\b",
        re.I,
    ),
    "bare": re.compile(
        r"(?:(?:ok(?:ay)?|yes|yep|sure|great|perfect|nice|fine|all|and|dusted|done|set|finished|completed?|ready|good"
        r"|now|it(?:'s)?|that(?:'s)?|is|are|everything(?:'s)?|we(?:'re)?|i(?:'m)?|am|has|been|there|you|go|sounds"
        r"|looks|wrapped|up|taken|care|of|sorted|then)\b[\s,.!]*)+",
        re.I,
    ),
    "nearly": re.compile(
        r"^(?:(?:we|i|it|this|that)(?:'re|'m|'s| is| are| am) )?"
        r"(?:almost|nearly|mostly|very close|so close|close|just about|not quite|(?:good|great|nice|solid) progress)"
        r"(?: (?:there|done|finished|complete|ready|good|through|all (?:green|done|good)))?[,.:;!](?: (?=\w)|$)",
        re.I,
    ),
    "pointing_on": re.compile(
        r"\b(?:that|this) one\b|^(?:it|they|its|their|this|these|those) \w+|\b(?:it|them) again\b", re.I
    ),
    "proud": re.compile(r"\b(?:success\w*|perfect\w*|flawless\w*|amazing\w*|accomplished|hooray|congrat\w+)\b", re.I),
    "pending": re.compile(
        r"\b(?:haven't|have not|hasn't|has not|didn't|did not|won't|wasn't|isn't|aren't|not)\b.*\byet\b"
        r"|\b(?:i|we) (?:haven't|have not|didn't|did not|won't) (?!chang|touch|modif|edit|commit|push|alter|delet|remov"
        r"|f[io]u?nd|see|need)|\bstill (?:to|needs?|open|missing)\b"
        r"|\b(?:i|we)(?:'ve| have)? (?:stopped|paused|waited|held)\b"
        r"|\bwaiting\b|\buntil you\b|\bleft to do\b",
        re.I,
    ),
}
