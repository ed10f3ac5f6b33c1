"""English: by what a text shows what is a statement, what weighs, what was lost and what is only offered."""

from __future__ import annotations

import re

SHAPE = {
    "elliptic": re.compile(
        r"^(?:yes|no|not|only|just|if|when|whenever|where|an? (?:little|bit|lot|few)|slightly|hardly|barely|rarely"
        r"|never|always|usually|sometimes|often|maybe|possibly|probably|about|around|up to|mostly|partly|almost)\b"
        r"(?!.*, (?:i|you|it|they|we|the|this|that|there|your|its|their|use|keep|take|set|run)\b)",
        re.I,
    ),
    "pronoun": re.compile(r"^(?!.*\bplease\b)(?:and |but )?(?:it|they|this|that|these|those)(?:'s|'re|'ll|'d)? ", re.I),
    "denied": re.compile(
        r"\b(?:(?:is|are|was|were|does|do|did)(?:n't| not)|not (?:because|due to|caused by|from))\b"
        r"(?! (?:(?:yet|only|just|work|run|build|pass|compile|start|finish|possible|available)\b|\w+(?:ed|ing)\b))",
        re.I,
    ),
    "to_user": re.compile(
        r"^(?:shall|should|may|can|could|do|would|will|want|ready|ok(?:ay)?|which|what)\b.*\b(?:i|we|you|your|me|us)\b"
        r"|^(?:want|ready|go ahead|proceed|continue|sounds|agreed|ok(?:ay)?|merge|deploy|apply|fix|your)\b"
        r"|\b(?:should|shall|may) (?:i|we)\b|\b(?:do|would) you (?:want|prefer|need|like|rather)\b",
        re.I,
    ),
    "onward": re.compile(
        r"^(?:and |but |so )?(?:if (?:that|so|this|it|not|you do)\b|in (?:that|this|which|either|both) cases?\b"
        r"|(?:for|in|on|with|at) (?:[\w'-]+ ){1,5}?(?:that|this)(?:'s| is| isn't| was| wasn't| rarely| hardly)\b"
        r"|otherwise\b|(?:then|instead)\b(?! of\b)(?!,? (?:i|we)\b)|(?:that|this) way\b"
        r"|(?:with|after|without) (?:all )?(?:that|this|those|these|both)"
        r"(?:$|,| (?:done|fixed|changes?|two|three|four)\b)"
        r"|(?:the )?(?:other|remaining|last|{n}) (?:{n} |more |others? )?(?:that|is|are|was|were|ha[sd]|have|needs?)\b"
        r"|{n} (?:more|others?)\b|(?:both|neither|all|none)(?: of (?:them|these|those))? (?:is|are|was|were|has|have)\b"
        r"|(?:both|neither|all|none|{n}) of (?:them|these|those)\b)".replace(
            "{n}", r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?)"
        ),
        re.I,
    ),
    "pointed": re.compile(
        r"\b(?:that one|this one|those|them|(?:can't|cannot|won't|doesn't|don't|didn't|would|will) (?:\w+ )?that)"
        r"(?: here| now| too| first| yet)?$"
        r"|^(?:so |and |but )?(?:i|we)(?:'ve|'d|'ll)? (?:(?:have|had|did|not|only|just|also|already|still|now|will"
        r"|would|could|can) )*\w+ (?:it|them)\b(?! (?:is|was|were|are|will|would|has|had|can|to be)\b)"
        r"|\b(?:of|in|from|to|on|with|for|by|under|into|out|remove|change|fix|drop) (?:that|those|these) \w+$"
        r"|^(?:so )?(?:tell me|let me know|say so|just say) if you(?:'d| would)? (?:want|like|need|prefer) (?:that"
        r"|this|it)$"
        r"|^(?:(?:i'd|i would|you'd|you may|you can|you should|please|do not|don't|better|just|also"
        r"|only) )+\w+ (?:it|them)\b"
        r"(?! (?:is|was|would|will|has)\b)",
        re.I,
    ),
    "announcing": re.compile(
        r"^(?:(?:and|but|also),? )?(?:there(?:'s|'re| is| are) (?:(?:also|still|just|only) )*)?"
        r"(?:(?:an?|one|two|three|four|some|another|few|more|last|final|other|good|simple|small|big|quick|important|side"
        r"|the only|my only|real|further|nice|handy|concrete|additional|that works well|known) )+"
        r"(?:notes?|things?|points?|costs?|catch(?:es)?|exceptions?|examples?|caveats?|reasons?|remarks?|differences?"
        r"|tricks?|hints?|tips?|details?|(?:down|up) ?sides?|drawbacks?|benefits?|advantages?|questions?|warnings?"
        r"|limits?|limitations?|analog(?:y|ies)|subtlet(?:y|ies)|consequences?|trade-?offs?|conditions?|observations?)"
        r"(?:,? (?:that|which|to|for|of|about|i|we|worth|you|here|though|in|on|with|from)\b[^,:]*)?$",
        re.I,
    ),
    "stated": re.compile(
        r"^(?!(?:what|why|how|when|where|which|who|whose|if|whether|things?|is|are|was|were|do|does|did|can|should"
        r"|could|will|would|has|have|ways?|reasons?|steps?|files?|places?|items?|everything|anything|something)\b)"
        r"(?:(?:yes|no|not (?:yet|quite|really))\b"
        r"|(?:[\w'.-]+ ){1,8}?(?:is|are|was|were|has|have|did|does|do|can|cannot|will|won't|isn't|aren't|wasn't"
        r"|weren't|hasn't|haven't|didn't|doesn't|don't|can't|couldn't|stopped|failed|fails?|crashed|broke|passed"
        r"|passes|works?|timed out|ran out|never)\b)",
        re.I,
    ),
    "outcome_title": re.compile(
        r"^(?:(?:not|never|only|already|still|partly|could not be|not yet) )?(?:\w{2,}ed|left out|left|kept|sent|built"
        r"|gone|done|made|set|lost|found|broken|written)(?: \w{2,8})?$"
        r"|^what to \w+(?: (?:off|on|out|up|down|back|away|in))?$",
        re.I,
    ),
    "leadin": re.compile(r"^(?:what|why|how|when|where|which|things?|reasons?|here|some|those|also|one)\b", re.I),
    "praise": re.compile(
        r"^(?:and |but )?(?:this|that|it)(?:'s| is)? one\b.*\b(?:people|everyone|everybody|teams?|developers|folks"
        r"|beginners)\b"
        r"|^(?:(?:what an? |that's an? |a )?(?:really |very |truly )?(?:great|good|excellent|nice|fantastic|wonderful"
        r"|awesome|lovely|classic|interesting|brilliant) (?:question|catch|point|observation|idea|thinking|find|eye"
        r"|instinct)|well spotted|good (?:spotting|on you))(?:,| and|!|\.)? "
        r"(?:and |because |since )?(?:(?:this|that|it|which|you're|you are|you)(?:'s| is)?(?: one)?|one|a|not|most|many"
        r"|lots|everyone|almost)\b"
        r"(?=.*(?:!$|\b(?:people|everyone|everybody|teams?|developers|folks|beginners|common|often|asked?|tricky"
        r"|confus\w+|trips?|catch(?:es)?|bites?|many|most|lots)\b))",
        re.I,
    ),
    "extra_title": re.compile(
        r"\b(?:also|worth (?:knowing|noting|mentioning)|style|nits?|nitpicks?|minor|cosmetic\w*|polish|extras?|bonus"
        r"|optional\w*|(?:other|further|additional|side) (?:\w+ )?(?:notes?|remarks?|observations?|findings?|ideas?"
        r"|thoughts?|improvements?)|while i was (?:there|at it)|findings? along the way|nice to have"
        r"|future (?:work|ideas?)|fyi)\b",
        re.I,
    ),
    "lost_title": re.compile(
        r"\b(?:went away|gone|deleted|removed|dropped|discarded|lost|destroyed|erased|wiped|thrown away|overwritten"
        r"|not (?:recoverable|recovered|backed up)|cannot be (?:undone|restored|recovered)"
        r"|no longer (?:there|exists?))\b",
        re.I,
    ),
    "fault": re.compile(
        r"\b(?:i (?:\w+ ){1,6}by (?:accident|mistake)|by (?:accident|mistake),? i"
        r"|i(?:'ve| have| had)? (?:accidentally|mistakenly|wrongly|inadvertently)"
        r"|(?:mistake|fault|error|slip) (?:of mine|on my (?:part|side))"
        r"|(?:was|is|that's) my (?:mistake|fault|error)|i(?:'ve| have)? made (?:a|an)(?: \w+)? (?:mistake|error)"
        r"|i (?:should not|shouldn't) have|i (?:misread|misunderstood)|i (?:have|need) to own up)\b",
        re.I,
    ),
    "warns": re.compile(
        r"\b(?:this|that|it|they|which|everything|anything|all of (?:it|them)) (?:\w+ ){0,3}?(?:delet|eras|wip|destroy"
        r"|remov|drop|overwrit|discard|los[et]|reset|purg|truncat|clear)\w*\b"
        r"|\b(?:cannot|can't|can not|never|couldn't|won't) (?:be )?(?:undone|undo|restored?|recover(?:ed)?|brought back"
        r"|taken? back|reversed|get \w+ \w+ back|get (?:it|them|that) back)\b"
        r"|\b(?:go|goes|going|gone) (?:away )?(?:along )?with (?:it|them|that)\b"
        r"|\btak(?:e|es|ing) (?:\w+ ){1,5}(?:along )?with (?:it|them)\b|\bno (?:way back|undo|copy of)\b"
        r"|\b(?:you|we)(?:'ll| will|'d| would)? (?:also )?lose\b"
        r"|\b(?:is|are|gets?) (?:then )?(?:lost|gone) (?:then|for good)\b"
        r"|\b(?:irreversibl\w+|permanent(?:ly)?|for good|no backup|not backed up)\b"
        r"|\b(?:will|would) (?:then |also )?be (?:\w+ )?(?:lost|gone|without|missing|incomplete|replaced)\b",
        re.I,
    ),
    "unsaved": re.compile(
        r"\b(?:(?:not|n't|never|un)[ -]?(?:been |be |get )?(?:backed up|committed|pushed|saved|recoverable|restor\w+"
        r"|recover\w*)|uncommitted|unpushed|unsaved|unrecoverable|irrecoverabl\w+|irreversibl\w+|gone for good"
        r"|(?:no|without an?|without|not (?:take|make|have|keep)(?: an?)?|n't (?:take|make|have|keep)(?: an?)?)"
        r" (?:backups?|copy|copies|snapshots?)|cannot be (?:restored|undone|recovered)"
        r"|can't be (?:restored|undone|recovered)|permanently (?:lost|gone|deleted|removed))\b",
        re.I,
    ),
    "future": re.compile(
        r"^(?:would you like|do you want|want me|shall i|should i|can i|may i|interested in)\b"
        r".*\b(?:automatic\w*|in (?:the )?future|from now on|next time|regularly|going forward|every (?:day|night"
        r"|week|month|time)|on a schedule|schedul\w+|polic(?:y|ies)|as well|too|also)\b",
        re.I,
    ),
    "perhaps": re.compile(
        r"\b(?:you|we) (?:may|might|could)(?: also| then| next)?(?: want to| like to| wish to| consider)?\b"
        r"|\b(?:would|will|could|might) also (?:work|do|help|be (?:fine|possible|an option))\b|\bis also (?:possible"
        r"|an option)\b"
        r"|^(?:and |but )?if (?:it|that|this|they|you)(?:'s| is)? (?:(?:still|really|do|does|doesn't|does not) )*"
        r"(?:fails?"
        r"|happens?|want|prefer|insist|like|persists?|helps?|works?)\b(?!.*\b(?:tell|let|say)\b)"
        r"|^(?:see|cf)\b,? (?:also )?(?:[\w-]+ ){0,5}?(?:dot|line|lines|section|docs|documentation|readme|page)\b"
        r"|^(?:consider|maybe|perhaps)\b|\bworth (?:considering|a look|exploring)\b",
        re.I,
    ),
    "compared": re.compile(
        r"\b(?:from|instead of|was|were|before) (?:about |around )?{n}\b.{0,60}\b(?:to|now|after)\b.{0,60}{n}"
        r"|{n}.{0,60}\b(?:instead of|rather than|versus|against|down from|up from"
        r"|compared (?:to|with)|before)\b.{0,60}{n}"
        r"|\b(?:falls?|fell|drops?|dropped|rises?|rose|climbs?|climbed|grows?|grew|goes|went|down|shrinks?|shrank"
        r"|improves?|improved) (?:back |down |up )?(?:to|from|by) (?:about |around |only |just )?{n}".replace(
            "{n}",
            r"(?:\d|(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty(?:-\w+)?"
            r"|one (?:point|hundred|thousand))\b)",
        ),
        re.I,
    ),
    "weighty": re.compile(
        r"^(?:(?:my |the )?(?:recommendation|recommended|advice|suggestion|verdict|conclusion|bottom line|answer"
        r"|short answer|result|solution|fix|cure|cause|root cause|reason|limitations?|limits?|drawbacks?"
        r"|downsides?|risks?|catch|impact|what to do|action|(?:moving|migrating|switching|upgrading) [\w ]+))(?:,|$)",
        re.I,
    ),
    "bound": re.compile(
        r"^(?:while|unless|if|only|except|until|without|but not|and not|in|on|from|to|by|for|of|at|than|as|before"
        r"|after|when)\b",
        re.I,
    ),
    "untried": re.compile(
        r"(?:n't|\bnot|\bnever)(?: yet)?(?: been)? (?:tried|tested|verified|measured|run|ran|checked|flashed"
        r"|deployed|installed|booted|benchmarked|profiled)\b|\buntested\b",
        re.I,
    ),
    "supposed": re.compile(r"^(?:and |but |so )?(?:if|unless|in case|should (?:it|this|that))\b", re.I),
    "spanning": re.compile(r"\bfrom (?:(?!to\b)\S+ ){0,7}\S*$", re.I),
    "left_open": re.compile(r"\b(?:so that|because|than|such|even)$", re.I),
    "causes": re.compile(
        r"\b(?:(?:classic |typical |clear |sure )?(?:sign|symptom) of|due to|caused by|because of|comes? from)\b", re.I
    ),
    "crux": re.compile(
        r"\b(?:(?:long|slow|hard|risky|tricky|dangerous|critical|big|main|difficult)(?:est)? (?:part|step|bit|one)"
        r"|(?:longest|slowest|hardest|riskiest|trickiest))\b",
        re.I,
    ),
    "hinge": re.compile(r"while|unless|until"),
    "cure": re.compile(
        r"^(?:so |and |then |but )?(?:the|a|an|my|your|one|its) (?:[\w-]+ ){0,2}?(?:fix|solution|cure|remedy"
        r"|workaround|way out"
        r"|answer)(?: here| for (?:this|that|it|both))?(?:,| (?:is|are|would be|will be)\b(?! (?:not|in|on|ready|done"
        r"|deployed|live|merged|pushed|complete)\b))"
        r"|^(?:so|therefore|hence|thus)\b.*\b(?:must|has to|have to|needs to) be\b"
        r"|^(?:instead,? (?:use|make|take|keep|pass|call|write|return)|you want)\b",
        re.I,
    ),
    "stands": re.compile(
        r"^(?!(?:if|when|once|until|unless|because|as|while)\b|.*\b(?:is|are|looks?|runs?) (?:\w+ )?(?:\w{4,}er"
        r"|more \w+|nice|clean) now\b)(?:[\w'.-]+ ){1,8}?(?:is|are|has|have|runs?|uses?|shows?|lives?"
        r"|points?|starts?|reads?|comes?)\b (?!(?:\w+ )?(?:not|no)\b)(?:[\w'.-]+ ){0,8}?now\b"
        r"|^(?:[\w'.-]+ ){1,6}?now (?:is|are|has|have|runs?|uses?|shows?|lives?|points?|starts?|reads?|comes?)\b",
        re.I,
    ),
    "to_remove": re.compile(
        r"^(?:(?:then|finally|later|now|next),? )?(?:remove|delete|drop|erase|uninstall|reset) (?:it|them|that|this)\b",
        re.I,
    ),
    "cure_title": re.compile(
        r"\b(?:recommend\w*|suggest\w*|(?:how to|the|smallest|quick(?:est)?|proposed|possible)"
        r" (?:fix|cure|solve)\w*|fix(?:es)?|solutions?|cure|remedy"
        r"|what (?:i'd|i would|to|you can|you should) (?:do|change|try))\b",
        re.I,
    ),
    "tip_title": re.compile(
        r"^\W*(?:(?:pro|quick|bonus|one last|final) )?(?:tips?|tricks?|fun facts?|did you know)\b", re.I
    ),
    "next_title": re.compile(r"\bnext steps?\b", re.I),
    "torn": re.compile(
        r"^(?:(?:but |and )?not (?:just |only |even |the |an? |in |on |from |for |to |by |at |with )"
        r"|rather than|instead of(?!.*,)|as well as|such as|including|except(?: for)?|apart from|compared (?:to|with)"
        r"|(?:up|down|away|apart) from|all (?:of (?:it|them)|[\w-]+(?: [\w-]+)* of (?:it|them))"
        r"|both of them|(?:each|most|some|one) of (?:them|which|whom)(?! \w+))\b(?!.*\b(?:is|are|was|were)\b)",
        re.I,
    ),
    "cure_lead": re.compile(
        r"^(?:so )?(?:what (?:i'd|i would|to|you (?:can|should)) (?:do|change|try)"
        r"|how to (?:fix|solve|cure|repair)(?: (?:it|this|that|them|both))?"
        r"|to (?:fix|solve|cure|repair) (?:it|this|that|them|both)"
        r"|(?:the |my )?(?:[\w-]+ )?(?:fix|cure|solution|remedy)"
        r"|(?:my |the )?recommend(?:ation|ed fix)s?|i(?:'d| would) (?:recommend|suggest|do|change|try)(?: this)?)\W*$",
        re.I,
    ),
}
