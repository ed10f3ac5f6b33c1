"""English: what says nothing, promises or boasts, and what a text never means by itself."""

from __future__ import annotations

import re

CHATTER = {
    "filler": re.compile(
        r"^(?:sure|certainly|of course|absolutely|gladly|great|good|excellent|perfect|awesome|nice|okay|ok|all ?right"
        r"|thanks?"
        r"|thank you|no problem|you're welcome|got it|understood)\b(?: (?:question|news|catch|point|idea|thing|job"
        r"|work|you"
        r"|for|asking|sharing|that|this|the|waiting|so|much|very)\b){0,4}[.!,]*$"
        r"|^(?:let me|i'll|i will|i'm going to|i am going to"
        r"|(?:now|first|next|then|so),? (?:i'll|i will|i'm going to|i am going to|let me))\b"
        r"(?! know (?:which|whether|when|what|how|who|if)\b)"
        r"|^let's (?:break|dive|walk|take a (?:\w+ )?look|look at|have a look|unpack)\b[^,]*$"
        r"|^(?:great|good|nice|excellent|amazing|fantastic|wonderful|awesome|perfect|brilliant|superb|lovely|beautiful"
        r"|solid|smooth|sweet|wow|yay|woohoo|hooray|phew|boom|voil\w+|congrat\w+|almost there|so close"
        r"|(?:here|there) (?:we|you) go)\b(?:,? [\w'-]+){0,3}!$"
        r"|^(?:feel free|hope (?:this|that) helps|i hope (?:this|that|it)|if you have (?:any|more)"
        r"|(?:just )?let me know if (?:(?:there|anything)\b|you(?!(?:'d| would)? (?:like|want|prefer|need) me to "
        r"(?:commit|push|deploy|merge|release|publish|apply|roll|revert|restart|delete|run)\b))"
        r"|(?:just )?(?:let me know|tell me) (?:what|which|how|where|when)(?: \w+){0,2} you(?:'d| would|'ll| will)?"
        r"(?: like| want| wish| prefer)? (?:to )?(?:tackle|do|work on|see|build|go|try|add|start|explore|know"
        r"|continue|focus on|have)"
        r"(?: \w+){0,2}? (?:next|now|from here|today|then)\b"
        r"|if you need (?:any|more)|don't hesitate|do not hesitate|happy to (?:help|explain|answer|adjust)"
        r"|is there anything else"
        r"|anything else)\b|^that(?:'s| is) (?:it|all)[.!]*$"
        r"|^(?:nice|great|good|solid) (?:work|job|stuff|start) (?:overall|here|so far|on this)[.!]*$"
        r"|^(?:just )?say the word[.!]*$|^(?:i|we)(?:'d| would) (?:\w+ ){1,3}to[.!]*$"
        r"|^(?:fix|do|address|take|start with|see) (?:items?|points?|numbers?) (?:one|two|three|four|five|\d)\b"
        r"|^(?:you|i) can \w+ (?:[\w-]+ ){0,6}when(?:ever)? you(?:'re| are)? (?:ready|like|want)[.!]*$"
        r"|^if you(?:'d| would)? (?:want|like|prefer|wish),? i can \b"
        r"|^(?:[^,.]{1,60}, )?here(?:'s| is| are)\b(?! not)[^,]{1,120}\.$"
        r"|^(?:i [\w ]{2,30}(?:,| and) )?(?:the )?(?:cause|reason|problem|answer|picture|situation) is"
        r" (?:now |quite |pretty |very )?(?:clear|simple)[.!:]*$"
        r"|^(?:would you like|do you want)(?: me)?(?: to)?(?: also)?(?: see| show)?(?: you)? (?:an? |some |more |any )?"
        r"(?:\w+ )?(?:examples?|details?|information|samples?|snippets?|explanations?|demos?)\?$"
        r"|^(?:below (?:is|are)|this is) (?:a|an|the|your|my|our|what|how|some)\b[^.]*(?:\b(?:summary|overview"
        r"|breakdown"
        r"|details|changes|result|output|log|diff|code|list|look|plan|answer|response|version|example|i (?:did|found"
        r"|changed)"
        r"|changed|happened))\.?$"
        r"|^you(?:'re| are)(?: (?:absolutely|completely|totally|quite))? right\b(?:[.!]*$|.*\b(?:apologi[sz]e"
        r"|apologies|sorry|confusion|thanks?"
        r"|catch\w*|pointing)\b)"
        r"|^(?:happy|enjoy(?: your| the)?|have (?:fun|a (?:great|good|nice))|good luck|cheers)\b(?: \w+){0,3}[.!,]*$"
        r"|^(?:you(?:'re| are) (?:all set|good|ready)(?: to go)?|all set|that's all(?: \w+)?|enjoy)[.!,]*$"
        r"|^(?:please )?(?:see|check|refer to|look at) (?:the )?(?:output|log|details|results"
        r"|above)\b[^,]*\b(?:above|below|for)\b"
        r"|^(?:would you like|do you want|want|shall i|should i)(?: me)?(?: to)?(?: also)? (?:write|document"
        r"|draft|explain|summari[sz]e"
        r"|walk|elaborate|turn|put together|go (?:into|deeper)|show|create a (?:summary|runbook|diagram"
        r"|document|cheat))\b[^,]*\?$"
        r"|^(?:would you like|do you want) me to [^,]*\b(?:too|as well)\?$"
        r"|^(?:i apologi[sz]e|my apologies|apologies|sorry) (?:for|about) (?:the|that|any|this)\b",
        re.I,
    ),
    "boast": re.compile(
        r"\b(?:all (?:set|done|good|green|clean(?:ed up)?|clear|sorted(?: out)?"
        r"|tidied up|wrapped up|in order)|good to go"
        r"|ready (?:to|for) (?:go|merge|ship|use|roll|deploy\w*|review|release|production)"
        r"|(?:every|all|both)(?: of)?(?: (?:the|your|my|our))?(?: [\w-]+){0,3}? (?:pass(?:es|ed|ing)?|works?"
        r"|succeed\w*|are green)"
        r"|everything(?: [\w']+){0,2} (?:works?|pass(?:es|ed)|green|fine|good|in order|ready|in place|running|set)"
        r"|nothing (?:is|was|has been|got|went) (?:broken|wrong)|works? (?:perfectly|fine|great|like a charm)"
        r"|(?:great|good|excellent|perfect|tip-?top|fine) (?:shape|condition|order)|nice and \w+"
        r"|(?:squeaky|almost|nearly|all|now|is|are) clean|tidy|flawless\w*|fully \w+"
        r"|(?:is|are)(?: now| all| both)* (?:complete|polished|live)"
        r"|now (?:much |far |even |so )?(?:\w{3,}er|more \w+)|(?:\w{3,}er|more \w+),? and (?:\w{3,}er|more \w+|better)"
        r"|up and running|(?:without|no) (?:any )?(?:problems|issues|a hitch)|smooth(?:ly)?|success\w*|100 %|and enjoy"
        r"|you(?:'re| are|'ll be) (?:all set|ready|good|done|safe)|safe to (?:merge|deploy|ship|release)|rock.solid"
        r"|(?:looks?|looking|went|going) (?:good|great|fine|perfect\w*|well))\b"
        r"|\b(?:is|are) (?:all |now )?green\b|\bcoming along\b"
        r"|\b(?:works?|builds?|runs?|compiles?) (?:nicely|cleanly|perfectly|beautifully|smoothly|like a charm)\b"
        r"|^you can (?:now [^,]+|[^,]+ now)[.!]*$"
        r"|^(?:[\w-]+ ){0,3}(?:done|finished|fixed|completed?|perfect|great|success\w*|ready|hooray|voil\S+)[.,!]*$",
        re.I,
    ),
    "began": re.compile(
        r"^(?:(?:i|we)(?:'ve| have)? (?:now |just )?(?:started|launched|kicked off|begun|began|triggered)"
        r"|(?:now |just )?(?:ran|running|started|starting|configuring|building|installing|checking|testing|deploying"
        r"|executing|launching|looking|preparing|setting up|working on|trying|compiling|fetching|downloading"
        r"|uploading"
        r"|pushing|merging|migrating)\b)(?!.*\b(?:found|fail|pass|error|but|not)\w*\b)",
        re.I,
    ),
    "opener": re.compile(
        r"^(?:(?:sure|certainly|of course|absolutely|great|great question|good question|excellent|perfect|awesome"
        r"|okay|ok"
        r"|all ?right|thanks|thank you|great news|good news|got it|understood|so|well|in summary"
        r"|to summari[sz]e)[,!] "
        r"|you(?:'re| are)(?: absolutely| completely| totally)? right[,!] (?:and |but )?"
        r"|here(?:'s| is) how (?=(?:i|we|you)(?:'d| would| can|'ll| will)\b)"
        r"|here(?:'s| is| are) (?:what i(?:'d| would|'ve)? (?:found|did|do|changed)"
        r"|(?:a|an|the|my|your|our) (?:[\w-]+ ){0,4}?(?:summary|overview|answer|result|plan|list|breakdown|state|status"
        r"|estimate|costs?|numbers|proposal))s?(?: [^,]{0,40})?, "
        r"|(?:i|we)(?:'ve| have)? (?:just |now )?(?:ran|run|executed|checked|looked at|reviewed|inspected|went through"
        r"|tested|tried)(?: [\w'-]+){1,8}, (?=(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
        r"|\w+teen|\w+ty(?:-\w+)?|all|both|none|no|every|nothing)\b))",
        re.I,
    ),
    "helpless": re.compile(
        r", (?:(?:because|since|as|and|but) )?(?:i have no (?:way|means|permission)|i (?:can't|cannot|can not"
        r"|couldn't|am not able|don't have)) [^,.]*\b(?:myself|for you|from here|on my own)\.$",
        re.I,
    ),
    "announce": re.compile(
        r"\b(?:following|below|these|here|like this|as follows|output|example|command|snippet|code|steps|ends with"
        r"|it says|shows|prints|output)\b",
        re.I,
    ),
    "hostile": re.compile(
        r"^['\"]?(?:system|assistant)(?: message| prompt| note| override)?[:,] (?:you|ignore|do|say|tell"
        r"|please|always|never"
        r"|from now|stop|disregard|forget|reveal|print|run)\b"
        r"|\b(?:ignore|disregard|forget|override) (?:all |any )?(?:of )?(?:the |your )?(?:previous|prior"
        r"|above|earlier|preceding)"
        r" (?:\w+ )?(?:instruction|prompt|rule|message|direction)s?\b"
        r"|^['\"]?you (?:are now|must now|will now)\b",
        re.I,
    ),
}
