"""English: what a question asks for, the words that answer it, and what only announces the next step."""

from __future__ import annotations

import re

_LATER = r"(?:what|which|how|why|whether|if|where|until|once|since|because|as|that (?:it|the|they|all|this|every\w*))"
_FINITE = (
    r"(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|should|must|may|might|fail(?:s|ed)?"
    r"|pass(?:es|ed)?|show(?:s|ed)?|found|finds?|turn(?:s|ed)|gives?|gave|reveal\w*|returns?|takes?|took|needs?"
    r"|requires?|makes?|made|breaks?|broke|fixes|fixed|solves?|solved|helps?|helped|works?|worked|leads?|led|means?"
    r"|causes?|caused|crash\w+|throws?|threw|raises?|raised|prints?|printed|gets?|got|leaves?|left|stops?|stopped"
    r"|saves?|saved|costs?|changes|changed|succeeded|succeeds|reports?|says?|said|removes|keeps|brings|hangs|hung)"
)
_DOING = (
    r"(?:re-?)?(?:look|check|read|runn|search|find|open|inspect|review|examin|explor|investigat|verify|confirm"
    r"|test|try|start|begin|build|compil|install|fetch|pull|clon|download|list|scann|trac|digg|reproduc|profil|measur"
    r"|add|updat|edit|fix|remov|delet|clean|clear|creat|writ|renam|replac|mov|refactor|splitt|merg|rebas|push|committ"
    r"|deploy|apply|patch|chang|switch|wir|generat|formatt|lint|grepp|compar|gather|collect|query|count|prepar"
    r"|restor|revert|configur|upgrad|bump|migrat|convert|export|import|train|pok|restart|sett|mak|put|tak|hav|work"
    r"|wait|launch|execut|kick|walk|analy[sz]|get|go|jump|mov|continu|load|query|ask|send|implement|tidy)ing"
)
_SMALL = r"(?:\w+ly|now|first|next|then|just|also|still|again|start by|begin by|go ahead and)"
_LOOK = (
    r"(?:see|look|check|read|find|understand|figure|inspect|verify|run|review|examine|get (?:a|an) \w+|take a"
    r"|have a|reproduce|search|open|go through|dig|trace|locate|establish|gather|collect|confirm|explore)"
)
_LEAD = (
    r"(?:(?:ok(?:ay)?|right|all ?right|good|great|well|so|and|hmm+|interesting|now|first|next|then|after that"
    r"|as a first step|in the meantime|before (?:that|this|anything|i|we|\w+ing)\b[^,]{0,50}|to [a-z]+ [^,]{1,60}"
    r"|for (?:that|this)|with (?:that|this)[^,]{0,30}),? )"
)
_ILL = r"(?:let me|let's|let us|(?:i|we)'ll|(?:i|we) will|(?:i'm|i am|we're|we are) (?:now )?(?:going|about) to)"

ASKED = {
    "herald": re.compile(
        rf"^{_LEAD}{{0,3}}(?:(?:and|{_SMALL}),? ){{0,3}}{_DOING}\b"
        rf"(?!(?:(?!\b{_LATER}\b).)*(?:\b{_FINITE}\b|n't\b|\bnot\b))"
        r"(?!.*, (?!(?:and|then|starting|beginning|to|so|just|first|one)\b)|(?: [\w-]+){0,2} \w+s"
        r" (?:the|your|an?|all|it|them|its|each|every)\b)"
        rf"|^{_LEAD}{{1,3}}{_ILL}\b(?! know\b)"
        rf"|^{_LEAD}{{0,3}}(?:i'm|i am|we're|we are) (?:{_SMALL} ){{0,3}}{_DOING}\b"
        rf"|^{_LEAD}{{0,3}}(?:i|we)(?:'ll|'d)? (?:{_SMALL} ){{0,3}}(?:need|want|have|like|should)(?: to)?"
        rf" (?:{_SMALL} ){{0,3}}{_LOOK}\b"
        r"|^let's (?:see|look|check|try|run|start|begin|have|find|make sure|get|go|dig|verify|build|read|test)\b"
        r"|^(?:next(?: up)?, (?:the|your|our|those|these)|(?:and )?now for|(?:moving )?on to|time (?:to|for)|back to"
        r"|starting with)\b"
        rf"(?!(?:(?!\b{_LATER}\b).)*\b{_FINITE}\b)"
        r"|^(?:(?:just )?(?:one|a)|give (?:me|it) an?)(?: quick)? (?:moment|second|sec|minute)\b[\w ,]{0,20}[.!…]*$"
        r"|^(?:(?:hold|hang) on|on it|will do|bear with me|here (?:i go|goes)|right away)\b[\w ,]{0,20}[.!…]*$",
        re.I,
    ),
    "herald_so": re.compile(
        rf"^(?!(?:if|when|once|unless|otherwise|say|tell|give|send|share|pick|choose|press|just|please|reply|answer"
        rf"|confirm|or)\b)[^,]{{3,90}}[,;] (?:so|and|then|but)?,? ?(?:(?:{_SMALL}),? ){{0,3}}{_ILL}\b(?! know\b)",
        re.I,
    ),
    "asks": re.compile(
        r"^(?:(?:please|hey|ok(?:ay)?|so|and|well|quick question|tell me|show me|say|find out|check|look up|count"
        r"|list|do you know|any idea),? )*(?:(?:if|whether|how|which|what|why|who|whose|where|when)\b"
        r"|(?:is|are|was|were|does|do|did|has|have|had|should|am|isn't|aren't|doesn't|didn't)\b"
        r"(?! (?:it|that|this|so) (?:again|now)\b)|(?:can|could|will|would|may|might) (?!you\b))"
        r"|^(?!(?:can|could|will|would) (?:you|we)\b)(?:(?!\b(?:and|then|also)\b)[^.?!]){3,160}\?$",
        re.I,
    ),
    "asks_count": re.compile(
        r"\bhow (?:many|much|big|large|small|long|often|fast|slow|far|high|old|heavy)\b"
        r"|\b(?:number|amount|count|percentage|share|size) of\b|\bcount\b",
        re.I,
    ),
    "asks_cause": re.compile(r"\bwhy\b|\bhow come\b|\bwhat(?:'s| is| was)? (?:caus|break|wrong)\w*|\breason\b", re.I),
    "asks_name": re.compile(r"\bwhich\b|\bwho\b|\bwhere\b|\bwhat (?:file|test|page|table|branch|version|\w+s)\b", re.I),
    "tells_cause": re.compile(
        r"\b(?:because|due to|caused?|since|reason|culprit|that's why|as a result|comes? from|so that)\b", re.I
    ),
    "near_size": re.compile(
        r"\b(?:big|bigger|large|larger|small|smaller|sizes?|bytes?|\w+bytes|heavy|weighs?|shrink\w*|space|fits?)\b",
        re.I,
    ),
    "near_speed": re.compile(
        r"\b(?:fast|faster|quick|quicker|slow|slower|speed\w*|sped|latency|performan\w+|optimi[sz]\w+|takes?|took"
        r"|(?:milli|micro)?seconds?|minutes?|throughput)\b",
        re.I,
    ),
    "near_money": re.compile(
        r"\b(?:costs?|price\w*|cheap\w*|expensive|bills?|dollars?|euros?|cents?|pay|spend)\b", re.I
    ),
    "near_failure": re.compile(r"\b(?:fail\w*|errors?|broken?|breaks?|crash\w*|wrong|bugs?|problems?)\b", re.I),
    "near_safety": re.compile(r"\b(?:safe\w*|secur\w+|insecure|unsafe|risk\w*|danger\w*|vulnerab\w+|trust\w*)\b", re.I),
    "near_waiting": re.compile(r"\b(?:left|remain\w*|missing|pending|open|todo|still|not done|unfinished)\b", re.I),
    "near_memory": re.compile(r"\b(?:memory|ram|leak\w*|heap|\w+bytes)\b", re.I),
    "near_trial": re.compile(r"\b(?:tests?|tested|untested|passe[sd]|pass|tried|verif\w+|check(?:s|ed)?)\b", re.I),
}
