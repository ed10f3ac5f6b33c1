"""English: words of success and failure, and what makes a sentence worth saying."""

from __future__ import annotations

import re

_DIGIT = "zero|one|two|three|four|five|six|seven|eight|nine"
GOOD = re.compile(
    r"\b(?:done|finished|complete[d]?|fixed|added|created|removed|deleted|updated|changed|renamed|moved"
    r"|pass(?:es|ed|ing)?|committed|pushed|installed|built|implemented|wrote|written|works?|succe\w+|ready|resolved"
    r"|refactored|replaced|found|ran)\b",
    re.I,
)
BAD = re.compile(
    r"\b(?:fail(?:s|ed|ing|ures?)?|errors?|could ?n[o']t|cannot|can't|unable|not able|n't able|gave up|broken"
    r"|crash(?:es|ed)?"
    r"|not (?:work|possible|found|pass|done|finish|help|compile|succeed|start|build)\w*|(?:did|does|do|is|are|was"
    r"|were)n't (?:work|possible|found|pass"
    r"|finish|help|compile|succeed|start|build)\w*)\b",
    re.I,
)
NOT_BAD = re.compile(
    # Of a name like 0007 no zero counts anything.
    r"\b(?:no|0|without(?: any)?"
    r"|(?<!\b(?:one|two|six) )(?<!\b(?:zero|four|five|nine) )(?<!\b(?:three|seven|eight) )zero)"
    rf" (?:(?!(?:{_DIGIT})\b)\w+ ){{0,2}}?(?:fail\w*|errors?|problems?|issues?|conflicts?|warnings?"
    r"|vulnerabilit\w+|bugs?)\b"
    r"|\b(?:fail\w*|errors?) (?:is|are|was|were|has been|have been) (?:all )?(?:fixed|resolved|solved|gone)\b"
    r"|\b(?:fix(?:es|ed)?|resolv(?:es|ed)|solv(?:es|ed)|clean(?:s|ed)(?: up)?|clear(?:s|ed)|remov(?:es|ed)"
    r"|correct(?:s|ed)|address(?:es|ed)|eliminat(?:es|ed)|got rid of|took care of)"
    r" (?:\w+ ){0,4}(?:fail\w*|errors?|crash\w*|broken)\b"
    r"|\b(?:cannot|can't|could ?n[o']t) be (?:restored|undone|recovered)\b"
    r"|\b(?:none|nothing|neither|never)(?: of \w+(?: \w+)?| has| have| ever)* (?:fail\w*|crash\w*|broken?|broke)\b"
    r"|\b(?:fail(?:ed|ures|ing)?|errors?|broken),? (?:zero|none|0)\b"
    r"|\ban? (?:[\w-]+ ){0,2}(?:test|check|step|job|guard|rule|hook) (?:that|which) (?:now )?fails\b"
    r"|\b(?:will|would|could|may|might) crash\b|\b(?:own|measur\w+|rounding|standard|margin of) errors?\b"
    r"|\berror[- ](?:handling|handlers?|boundar\w+|pages?|states?|styles?|colou?rs?|labels?|icons?|fields?)\b"
    r"|^(?:the |all )?errors? (?:now )?(?:(?:use|show|appear|get|look)s?|(?:is|are) (?:shown|logged|marked))\b"
    r"|\bnothing (?:is|was) (?:broken|lost)\b"
    r"|\b(?:remov|delet|dropp)\w* (?:(?!from\b)[\w-]+ ){0,2}?(?:unused|dead|unreachable|redundant|duplicated?|leftover)"
    r" (?:\w+ )?(?:variables?|imports?|parameters?|arguments?|functions?|methods?|code|lines?|rules?|styles?|calls?)\b",
    re.I,
)
DOUBT = re.compile(
    r"n[o']t\b|\b(?:no|without|never|nothing|none|refus\w+|den(?:y|ied)|reject\w*|forbidden|unauthori[sz]ed"
    r"|unavailable|missing|timed out|time ?out|stopped|abort\w*|killed|exceeded|conflicts?|invalid|exception"
    r"|panick?\w*|untouched|unhealthy|instead|but|however|only|although|except|problems?|issues?|limit\w*|wrong"
    r"|lacks?|until|unless|fail\w*|errors?)\b",
    re.I,
)

MARKS = {
    "spared": re.compile(
        r"\b(?:i|we)(?:'ve| have)?(?: not|n't| did not| didn't| haven't| won't) ?(?:\w+ )?(?:commit|push"
        r"|chang|touch|modif|deploy|edit|add|alter|delet|remov)\w*"
        r"|\bnothing (?:else )?(?:was|has been|is) (?:committed|pushed|changed|touched|deleted)"
        r"|\bwithout (?:an?y? )?\w+",
        re.I,
    ),
    "mending": re.compile(
        r"\b(?:fix(?:es|ed)?|resolv(?:es|ed)|solv(?:es|ed)|repair(?:s|ed)|prevents?|avoids?|handles?"
        r"|now (?:rejects?|refuses?|validates?|reports?|catches|throws|returns|shows|denies))\b",
        re.I,
    ),
    "kept": re.compile(
        r"\bstill (?:there|here|intact|in (?:the|your))\b|\b(?:is|are|was|were)(?: still| all| both)?"
        r" (?:kept|safe|intact)\b|\b(?:nothing|no (?:data|work|files?)) (?:is|was|were|has been|got) lost\b"
        r"|\b(?:isn't|aren't|not) lost\b",
        re.I,
    ),
    "protect": re.compile(
        r"\b(?:revok(?:e|ing)|rotat(?:e|ing)|invalidat(?:e|ing)|restor(?:e|ing)|roll (?:the|your|this"
        r"|that) \w+|back(?:ing)? (?:it )?up"
        r"|make a backup|take a backup)\b",
        re.I,
    ),
    "claim": re.compile(
        r"\b(?:has|have|is|are|was|were)(?: (?:now|been|all|also|already|just))* (?:\w+ed|built|sent|set|made"
        r"|live|online|up|out|running|available|active|healthy|in place|there)\b"
        r"|\b(?:you|users|guests|visitors|customers|everyone) (?:will|can) (?:now )?(?:see|use|find|get)\b",
        re.I,
    ),
    "yours": re.compile(
        r"\b(?:only you|for you to|up to you|your (?:part|side|turn)"
        r"|you(?:'ll| will)? (?:still |now |also )?(?:need|have) to|you (?:must|should)"
        r"|left (?:to do|for you|open)|still (?:open|missing|to do)|to do|next steps?|remain\w*"
        r"|(?:not|n't) (?:yet )?(?:done|finished))\b",
        re.I,
    ),
    "remark": re.compile(
        r"^(?:(?:please )?note|one (?:note|thing)|(?:(?:the|my|one|only|a|main|big|biggest|single) )*(?:caveat|catch"
        r"|gotcha)"
        r"|nb|ps|important|(?:a |one )?(?:side )?note|by the way"
        r"|(?:(?:one|a|just|quick|last) )*heads[- ]up|keep in mind|be aware|good to know)\b",
        re.I,
    ),
    "pointing": re.compile(
        r"^(?:this|that|it)(?:'s| is| would be) (?:what (?:i'd|i would|i) |my (?:pick|choice|favou?rite"
        r"|recommendation|advice)|the one)"
        r"|^(?:recommended|my pick)$",
        re.I,
    ),
    "blame": re.compile(
        r"^(?:the )?(?:root |likely |actual |real )?(?:cause|reason|culprit)\b"
        r"|^(?:the|my) (?:biggest|main|greatest|most serious) (?:\w+ )?(?:risk|problem|issue|concern|danger|blocker)\b",
        re.I,
    ),
    "gone": re.compile(
        r"\b(?:delet\w+|empt(?:ied|ying|ies)|clear(?:ed|ing)|remov(?:e[sd]?|ing)|dropp?(?:ed|ing|s)|destroy\w*"
        r"|wip(?:e[sd]?|ing)|eras(?:e[sd]?|ing)|truncat\w+"
        r"|force[ -]?push\w*|forc(?:e|ed|ing)|overw\w+|reset|reverted|discard\w*|purg\w+|prun(?:e[sd]?|ing)|lost"
        r"|loses?(?! nothing)|gone"
        r"|undone|irreversibl\w+|permanent\w*|roll(?:ed|s)? back|uninstall\w*|shut down|terminat\w+|revok\w+|restored"
        r"|recovered"
        r"|backups?|production|live data|unrecoverabl\w+|history was rewritten|rewr\w+|data loss)\b",
        re.I,
    ),
    "caveat": re.compile(
        r"n't\b|\b(?:not|never|no|nothing|none|nobody|without|only|except|but|however|although|though|still|yet|until"
        r"|unless"
        r"|instead|remain(?:s|ing)?|skipped|ignored|pending|untouched|unchanged|warnings?|careful|beware|risks?"
        r"|caution|caveat"
        r"|assum\w+|deprecated|vulnerab\w+|unsafe|insecure|missing|conflict\w*|rejected|refused|denied|killed|stopped"
        r"|timed out"
        r"|wrong|invalid|bugs?|problems?|partial\w*|already|safe|kept)\b",
        re.I,
    ),
    "due": re.compile(
        r"\b(?:you(?:'ll| will)? (?:still |also |now |only |just |first )*(?:need|have to|should|must|can|could|may"
        r"|might|want|ought)"
        r"|your turn|please|make sure|remember to|be sure"
        r"|(?:(?<=, )|(?<=so ))(?:don't|do not)|next|to ?do|needs? to|must|should|have to"
        r"|has to|revoke|rotate"
        r"|confirm|tell (?:me|us|\w+ before)|log ?in|restart\w*|say)\b"
        r"|^(?:don't|do not)\b"
        r"|^(?:run|set|add|use|start|stop|install|create|delete|remove|move|change|check|replace|update|upgrade|pass"
        r"|press|open|try"
        r"|put|fix|call|export|enable|disable|resolve|bump|switch|wrap|increase|reduce|pin|merge|squash|keep|never"
        r"|avoid|store"
        r"|upload|commit|push|pull|rerun|re-run|go|see|ask|wait|point|give|mark|copy|rename|configure|define|apply)\b",
        re.I,
    ),
    "gist": re.compile(
        r"\b(?:because|cause[sd]?|reason|so that|so|therefore|hence|thus|conclusion|in short|overall|in total"
        r"|altogether"
        r"|recommend\w*|suggest\w*|i'd|i would|propose|instead of|the (?:fix|solution|answer|result|point|problem|bug"
        r"|culprit)|main|best"
        r"|worst|biggest|weakest|slowest|fastest|most|least|important|risk|means|would (?:solve|fix|help|resolve)"
        r"|in short|faster|slower|fixed|now|last|latest)\b",
        re.I,
    ),
    "aside": re.compile(
        r"\b(?:harmless|unrelated|cosmetic|no (?:hurry|rush)|not urgent)\b"
        r"|^in [\w .-]{1,30},? (?:this|that|it)(?:'s| is)\b|^(?:sha|md)[\w -]{2,30}, an identifier$"
        r"|^(?:right-|double-)?(?:click|tap)\b"
        r"|^(?:everything else|all (?:the )?others?|the (?:others?|rest))\b"
        r"|^(?:for example|for instance|as you can see|as mentioned"
        r"|note that this is|in other words|see also"
        r"|if you(?:'d| would)? (?:want|like|prefer|wish|rather)"
        r"|optionally|alternatively|additionally|furthermore|i could also|i can also|details)\b"
        r"|\b(?:items?|points?) (?:one|two|three|four|five|\d)\b",
        re.I,
    ),
    "activity": re.compile(
        r"^(?:i|we)(?:'ve| have)? (?:also |now |just |then |first )*(?:ran|run|looked|checked|read|reviewed|inspected"
        r"|searched|went|gone"
        r"|had a (?:\w+ )?look|started|opened|examined|investigated|explored|analy[sz]ed|tried|executed|took|taken)\b"
        r"(?!.*\b(?:found|fail|pass|error|but|and|not|fix|work)\w*\b)",
        re.I,
    ),
    "asking": re.compile(
        r"\?$|\b(?:tell me|let me know (?:which|whether|when|what|how|who)|please (?:confirm|choose|decide|tell"
        r"|let me know|pick|advise"
        r"|provide|send|share|log in|sign in|approve|answer)|say \w+(?: \w+)? if|(?:would|can) help|if you can (?:get"
        r"|give|send|share)|your call"
        r"|waiting for you|up to you|i need (?:your|you|to know)|needs? your)\b",
        re.I,
    ),
    "sum": re.compile(
        r"^(?:the )?(?:grand |sub|overall |new |estimated )?totals?\b"
        r"(?=,| (?:is|are|was|of|comes|costs?|about|now|after|time|\d))"
        r"|^(?:in total|in all|all in all|altogether|all told|in sum)\b"
        r"|\b(?:in total|altogether|adds up to|amounts to|comes to)\b",
        re.I,
    ),
    "tested": re.compile(r"\b(?:pass(?:es|ed|ing)?|green)\b|\btests? (?:\w+ ){0,3}fail", re.I),
    "offer": re.compile(r"^(?:would you like|do you want|want|shall i|should i)\b.*\b(?:also|too|as well)\b", re.I),
    "checked": re.compile(
        r"^(?:all )?(?:the |unit |full )*(?:test(?:s|ing)?|checks?|suite|specs?)\b"
        r"(?:(?! of ).){0,30}\b(?:pass\w*|green|clean)\b"
        r"|^\w+(?:[ -](?!of )\w+){0,5} (?:tests?|specs?|checks) (?:pass\w*|are green)\b",
        re.I,
    ),
    "hanging": re.compile(
        r"\b(?:the|an?|of|in|on|to|for|with|by|from|into|at|and|or|but|that|which|than|because|your|its|is|are)$", re.I
    ),
    "by_code": re.compile(r",? (?:with|via|using|by|through|like|running) some code$"),
    "dangling": re.compile(
        r"\b(?:run|running|ran|with|via|using|use|type|enter|execute|call|reads|says|contains"
        r"|prints|returns|shows)[*_]*$",
        re.I,
    ),
    "steps": re.compile(r"^[\w-]+ (?:steps|phases|stages|parts|weeks|days), ", re.I),
    "follows": re.compile(r"so|after that|afterwards"),
    "instead": re.compile(r"instead of|rather than"),
    "reasons": re.compile(r"because|since|as"),
    "also_led": re.compile(r"^(?:(?:or|and|then|first|either),?|(?:option|approach|variant|number) \w+,) ", re.I),
    "both": re.compile(r"\bboth\b", re.I),
    "planned": re.compile(
        r"(?<!-)\b(?:plan|roadmap|steps|phases|stages|(?:each|every|next|last) step"
        r"|step (?:one|two|three|four|five|six|seven))\b",
        re.I,
    ),
    "verdict": re.compile(
        r"\b(?:my (?:recommendation|advice|pick|choice|take|answer)|what i(?:'d| would) (?:do|use|pick|choose"
        r"|recommend)|recommend\w*|verdict|bottom line"
        r"|conclusion|(?:short )?answer|tl;?dr|in short)\b",
        re.I,
    ),
    "cause_title": re.compile(
        r"^(?:why\b|(?:the )?(?:root |actual |likely )?(?:cause|reason|culprit)\b|what (?:went|goes|is) wrong)", re.I
    ),
    "subjectless": re.compile(
        r"^[A-Z][a-z]+s (?:the|an?|your|its|their|all|no|any|every|each|one|two|only|it|them)\b(?!.*:)"
    ),
    "picks": re.compile(
        r"\b(?P<all>both(?: of them)?|all (?:three|four)(?: of them)?)$"
        r"|\bthe (?:(?P<first>former)|(?P<last>latter|last)|(?P<nth>first|second|third|fourth))"
        r"(?: (?:one|option|way|approach))?(?:$|(?=,)| (?=is|would|has|needs|takes))"
        r"|\b(?:option|approach|variant|number) (?P<n>one|two|three|four|[a-d])\b",
        re.I,
    ),
    "relation": re.compile(r"which|who|whose"),
    "against": re.compile(r"^(?:but|however,?|yet) ", re.I),
    "explaining": re.compile(r"\b(?:because|but|since|due to|caused by|so)\b", re.I),
    "additive": re.compile(r"^(?:and) ", re.I),
    "resumed": re.compile(
        r"^which (?=(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would|should|means?|makes?"
        r"|lets?|needs?|almost|explains?|causes?|breaks?|leaves?|fails?|takes?|uses?)\b|\w+n't\b)",
        re.I,
    ),
    "elided": re.compile(
        r"\b(?:is|are|was|were|has|have|had|does|do|did|can|could|will)(?:n't| not)(?: yet)?(?=[.,;])", re.I
    ),
    "trouble": re.compile(
        r"\b(?:bugs?|wrong|leaks?|leaked|corrupt\w*|vulnerab\w+|unsafe|insecure|rejected|refuse[sd]|denie[sd]"
        r"|decline[sd]|killed"
        r"|timed out|conflicts?"
        r"|panick\w+|times out|(?:is|was|are|already|been) taken|too (?:long|large|big|many|much)|stuck|stalled"
        r"|(?:doesn't|does not|isn't|is not|aren't"
        r"|not) (?:exist|running|answering|installed|available|there|defined|reachable|supported|allowed"
        r"|permitted)|nothing defines"
        r"|out of (?:memory|(?:disk )?space)"
        r"|my mistake|a mistake|by (?:mistake|accident)|accidentally"
        r"|unreachable|missing|invalid|unhealthy|forbidden|unauthori[sz]ed|partial\w*|blocked|unresolved"
        r"|(?:found|has|have|are|reports?|with|shows?|lists?) (?:[\w-]+ ){0,3}(?:problems?|issues?|violations?)"
        r"|must[- ]fix|blockers?|path traversal|(?:sql|code|command|shell|html) injection|cross-site|race conditions?"
        r"|security (?:problem|hole|issue|flaw|bug|risk)s?"
        r"|serious|critical|severe|exceeded|expired|stopped|crash\w*|rate[- ]limited"
        r"|(?:hit|over|reached|exceed\w*) (?:[\w']+ ){0,3}rate limits?|quota)\b",
        re.I,
    ),
    "error": re.compile(
        r"\b(?:panics?|panicked|out of (?:bounds|range|memory|space)|undefined|not defined|(?:null|nil) pointer"
        r"|segmentation fault"
        r"|stack overflow|overflow\w*|deadlock\w*|divi\w+ by zero|no such|cannot (?:read|find|import|open|assign"
        r"|borrow|use)|mismatch\w*"
        r"|already in use|unexpected (?:token|end|keyword|indent|character)|broken pipe"
        r"|assertion \w+|unknown (?:column|host|option|command|field|flag)|(?:key|type|value|index|name|import"
        r"|attribute|syntax|runtime|assertion|reference|range|timeout) error"
        r"|exception)\b",
        re.I,
    ),
    "advice": re.compile(
        r"\b(?:recommend\w*|conclusion|bottom line|verdict|my (?:pick|choice|advice)|best (?:choice|option|fit|value"
        r"|compromise|trade-?off)"
        r"|what (?:i'd|i would) (?:do|use)|(?:i'd|i would) (?!rather|like|love|say|expect"
        r"|guess|think|avoid|be|have|need|not|want|prefer not)\w+|(?:is|are) the (?:better|best"
        r"|safest|right))\b"
        r"|^(?:use|go with|pick|choose|prefer|stay with|stick (?:to|with)|take|ship|switch to|move to) (?!case)",
        re.I,
    ),
    "leaning": re.compile(
        r"^(?:it|it's|its|they|this|these|those|which|who|whose|whether|that|because|since|so that|where|when|while"
        r"|as|if|unless|until|after|before|although"
        r"|though|even|then|and|but|so|or|such as|instead of|rather than|with|for|in|on|from|to|at|by)\b",
        re.I,
    ),
    "contrast": re.compile(r"^(?:while|whereas) ", re.I),
    "anaphor": re.compile(r"^(?:it|they)(?:'s|'re| is| was| are| were| has| have)\b", re.I),
    "clinging": re.compile(r"^(?:because|since|if|when|while|whereas|although|though|unless|until|as)\b", re.I),
    "negation": re.compile(r"n't\b|\b(?:not|no|never|nothing|none|without|cannot|neither|nor|unable)\b", re.I),
    "conjunction": re.compile(
        r"but|because|so|while|until|unless|where|which|who|although|though|since|such as|instead of|rather than"
        r"|even though|then"
    ),
    "also": re.compile(r"and|or|nor"),
    "glue": re.compile(r"that|with|after|before|for|if|when|in|on|from|to|at(?! (?:least|most))|by|of|as|via|using"),
    "did": re.compile(
        r"^(?:(?:(?:i|we)(?:'ve| have)? )?(?:also |now |just |successfully )*(?!(?:preferred|recommended|suggested"
        r"|expected|required|needed|based|related|indeed|speed|feed|need|seed|embed)\b)(?:\w+ed|wrote|written|made"
        r"|built|ran|found|got|took|gave|kept|left|sent|began|drew|rewrote|undid|redid|brought|chose|took out)"
        r"|(?:i|we)(?:'ve| have)? (?:also |now |just |successfully )*(?:put|set|split|run|cut))\b",
        re.I,
    ),
    "result": re.compile(
        r"\b(?:done|finished|complete[d]?|fixed|add(?:ed|s)|removed|renamed|updated|changed|created|pass(?:es|ed"
        r"|ing)?|succe\w+|clean|(?<!the )(?<!your )works?"
        r"|working|ready|built|deployed|pushed|merged|committed|moved|deleted|installed|replaced|split|wrote|written"
        r"|reverted"
        r"|started|reset|found"
        r"|upgraded|restored|set|ran|up to date|closed|cleaned|exists?|matches|yes|stopped|up)\b",
        re.I,
    ),
    "coupling": re.compile(r"^(?:but|and|so|however,?|unfortunately,?) ", re.I),
    "step": re.compile(
        r"^(?:next(?: steps?)?|preferred|recommended"
        r"|before (?:you |the )?(?:merg|deploy|releas|push|roll|ship)\w*(?: \w+){0,2}"
        r"|to fix (?:this|it)|the fix|fix|solution|workaround|action needed|what (?:you"
        r"|to) (?:need|do)),? ",
        re.I,
    ),
    "failing": re.compile(
        r"\b(?:fail\w*|stopp\w+|crash\w*|panic(?:s|ked)|refused|rejected|missing|conflicts?|timed out|times out|denied"
        r"|killed|unreachable|wrong|empty|aborted"
        r"|partial\w*|partly|still|rate limit\w*|untouched|unavailable|invalid|broke|problems?|issues?|violations?"
        r"|vulnerabilit\w+)\b",
        re.I,
    ),
    "plan": re.compile(
        r"\b(?:conclusion|summary|tl;?dr|result|outcome|recommend\w*|next|to ?do|fix|solution|what i'd do"
        r"|what i would do|action\w*|"
        r"what changed|risks?|caveats?|warning|important|answer|verdict|verification|checks?|tests?|remaining|open"
        r"|left|not done|missing|limitations?|known issues|serious|broken|fail\w*|what (?:doesn't|does not"
        r"|didn't))\b",
        re.I,
    ),
    "detail": re.compile(
        r"\b(?:details?|background|step by step|how it works|what happens|explanation|why|notes?|references?"
        r"|example\w*|when to|appendix"
        r"|before|context|overview|usage)\b",
        re.I,
    ),
}
