"""English: what is said about a request of the agent; every entry is a whole run of words."""

from __future__ import annotations

from aidevops_voice.languages import forms

ASSENT = {
    # --- a permission: these count as a yes ------------------------------------------------------------------------
    "yes": forms(
        "yes|yeah|yep|yup|yea|yeh|yah|yess, sure |thing, fine, okay|ok|okey, oh kay, alright, all right, of course, "
        "absolutely, certainly, definitely, affirmative, totally, for sure, surely, naturally, go |right|on ahead "
        "|with_it|with_that|with_this, go a head, goahead, go ahed, go for it, |just do it|that|this|so, please do "
        "|so|it|that, go |right ahead and do|run|allow|make|start|execute|change|edit|apply it|that|this, go ahead "
        "and proceed, run|execute|start|apply it|that|this, run|execute the|that|this command, feel free, hell|heck "
        "yes|yeah, you_have|you've_got my approval|blessing|okay|ok|consent|go_ahead, make|apply the "
        "change|changes|edit, proceed |with_it|with_that|with_this, continue with it|that|this, "
        "|you_have|you've_got|you_got permission granted|given, granted, permission is granted|given, "
        "you_have|you've_got|you_got |my permission |to_do_it|to_do_that|to_run_it|to_proceed, i_give|i'm_giving "
        "you|it |my permission, i grant permission, |i|i'll|i_will|i_do "
        "allow|permit|approve|accept|authorize|authorise "
        "|it|that|this|this_one|the_command|the_edit|this_command|the_request, alow|allow|permit it|that|this, "
        "allow|permit|approve|accept |it|that|this|this_one|the_command|this_command|the_edit once, run it once, "
        "i|i'll|i_will allow |it|that|this once, i consent, i agree, agreed, accepted, authorized, authorised, "
        "|it|that|this|it's|it_is|that's|that_is|this_is|consider_it|consider_that "
        "approved|permitted|authorized|granted, approved, that's|it's|that_is|it_is|this_is allowed, "
        "you're|you_are|it's|it_is allowed to |do_it|do_that|run_it|do_so, just|only this|the once, just|only once, "
        "just|only this time, just|only one time, that's|it's|that_is|it_is|this_is "
        "|totally|perfectly|absolutely|completely|all|quite|just fine|okay|ok|good|alright|cool "
        "|with_me|by_me|for_me, fine|okay|ok|good|cool by|with|for me, it's|that's|that_is|it_is all right "
        "|with_me|by_me, all good, good to go, you're|you_are|we're|we_are good to go, |that|it|this "
        "sounds|looks|seems good|fine|great|okay|ok|perfect|alright |to_me, that works |for_me, |it|this works "
        "for_me, that_is|that's totally okay|ok, i'm|i_am |totally|perfectly fine|okay|ok|good|cool|happy with "
        "it|that|this, you may|can do|run|execute|allow|go_ahead_and_do|go_ahead_and_run it|that|this|so, you may|can "
        "|do |so|it, you may|can go_ahead|go_right_ahead|carry_on|go_on |with_it|with_that|with_this, you may|can "
        "proceed|continue, the_agent|it may|can do|run|execute it|that|this|so, the_agent|it may|can go_ahead|proceed "
        "|with_it|with_that|with_this, let it |please|just "
        "run|proceed|go_ahead|happen|do_it|do_that|do_this|continue|go_on|work|do_its_thing, let it, let the agent "
        "do|run it|that|this, let the agent proceed|go_ahead, by all means, make it so|happen, be my guest, green "
        "light, carry on, have at it, tell it yes|okay|ok|to_go_ahead|to_do_it, yes|okay|ok|yeah to "
        "that|this|it|this_one, roger |that, i|i'll|i_will confirm |it|that|this, confirmed, confirm |it|that|this, "
        "my|the answer is yes, that's|that_is|it's|it_is a yes, that would be fine|great|good|okay, let's|let_us go "
        "for_it|ahead, let's|let_us do it|that|this"
    ),
    "alone": (),
    "always": forms(
        "always, always for this|that |command|one|kind|request|tool|file|edit|pattern, always allow|permit|approve "
        "|it|that|this|this_one|this_command|that_command|this_kind|these|those, always run|do|accept "
        "it|that|this|this_command, allow|permit|approve|accept |it|that|this|this_command always|every_time, always "
        "yes|okay|ok, always go ahead |with_it|with_that|with_this, always yes for|to this|that, yes|okay always, all "
        "ways, you may|can always do|run it|that|this, allow it every time, from now on |for this|that |command, "
        "every time, allow it|this|that from now on, always say yes to this|that"
    ),
    "once": forms("once, one time, this time, only this, just this, only, just"),
    # --- what may stand around, and says nothing -------------------------------------------------------------------
    "before": forms(
        "um|umm|uhm|uh|uhh|er|erm|ah|oh|hmm|hm|mm|mmm|huh|eh, well, so, like, right, cool, great, good, nice, "
        "perfect, fine, uh huh, uhhuh, mm hm|hmm, mmhm|mmhmm|mhm|mhmm, you know |what, i mean, just, now, cough, "
        "coughs, coughing, sighs, laughs, actually, got it, i see, understood, okay so, please, thanks, thank you"
    ),
    "after": forms(
        "this time|once, but just|only once|this_once|this_time, just once, just this once, only once, i do, i am, "
        "i'm |quite|very|totally|absolutely sure, i am |quite|very sure, it can, it may, you can, you may, "
        "that's|that_is|it's|it_is correct|right|true, correct, exactly, indeed, for this|that one, this|that one, "
        "for this|that command|request, for now, right now|away, then, of course, continue, keep going, go on"
    ),
    "joint": forms("and, then, and then"),
    "around": forms("please, thanks |a_lot|very_much|so_much, thank you |very_much|so_much, now, cheers"),
    # --- a permission by the words of the request ------------------------------------------------------------------
    "run": forms("run, do, execute, go ahead and run, you can|may run"),
    "object": forms("it, that, this"),
    "edit": forms(
        "edit|change|write|update|save|modify it|that|the_file|that_file|this_file, make|apply|do the "
        "change|changes|edit|edits, you can|may edit|change the file"
    ),
    "tests": forms("run|do the|those tests, you can|may run the tests, test it"),
    "folder": forms("make|create the|that folder|directory"),
    # --- no --------------------------------------------------------------------------------------------------------
    "deny": forms(
        "no, nope, nah, naw, nay, not, never, none, neither, don't, dont, cannot, can't, cant, won't, wont, stop, "
        "nevermind, uhuh, nuhuh, didnt, doesnt, isnt, arent, wasnt, shouldnt, wouldnt, couldnt, aint, knope, knot, "
        "negative, quit, halt, nix"
    ),
    "deny_stems": forms(
        "cancel, reject, refus, declin, forbid, forbad, disallow, disapprov, deny, deni, abort, veto, prohibit"
    ),
    "deny_ends": ("n't",),
    "deny_phrases": forms(
        "never mind, forget it|that|about_it, skip it|that|this, drop it|that, leave it|that|this, leave it alone, "
        "leave it as it_is|was, leave it as_is, keep it as it_is|was, leave the file|folder alone|as_it_is, nuh uh, "
        "bad idea, too risky|dangerous, wrong file|command|one|folder|branch, hands off, back off, hell no, rather "
        "not, scratch that, over my dead body, the|my|your answer is no, tell it no|to_stop|not_to, say no, make it "
        "stop, can|could we|you not, i|i'd|i_would object, pass on that|this|it, i'll|i_will pass, fat chance, hold "
        "off, prefer not, block it|that|this, scrap it|that, dismiss |it|that, ignore it|that, thumbs down, abandon "
        "it|that, that's|it's wrong, not a chance, nay, no chance, that's|it's a no"
    ),
    "no_deny": forms(
        "why not, no problem|problems|worries|objection|objections|doubt|rush|hurry, i have no objection|objections, "
        "i don't|do_not know, don't|do_not know, not |really|quite|entirely|so|too sure, not so fast, no idea, "
        "don't|do_not ask |me |again, don't|do_not understand|get, didn't|did_not hear|catch|get|understand, "
        "can't|cannot|couldn't hear|understand|tell|decide, don't|do_not mind, not ready |yet, don't|do_not worry, "
        "not only, no matter, nothing else changes, nothing wrong with that|it, |not|isn't a problem"
    ),
    "sounds_no": forms(
        "now, know, knows, nor, noe, know know, know thanks, know thank you, i said know, oh know, uh uh, |i pass, "
        "skip, |i_will|i'll skip, dismiss"
    ),
    # --- doubt -----------------------------------------------------------------------------------------------------
    "hedge": forms(
        "maybe, probably, perhaps, possibly, i guess, i think, i suppose, i believe, whatever, might, kind of, sort "
        "of, don't know, no idea, not sure, could be, depends, unsure, undecided, i wonder, or"
    ),
    "condition": forms(
        "if, unless, when, whenever, once, until, till, after, before, provided, providing, assuming, as long as, "
        "only, except, but, but only, as soon as, while, in case, otherwise, later, tomorrow, because"
    ),
    "quote": forms(
        "said, says, say, told, tells, goes, answer, type, types, wrote, writes, word, words, called, claims"
    ),
    "question": forms(
        "what, why, who, whom, whose, how, which, where, is, are, was, were, does, did, do you, should, shall, would, "
        "could, can, may i, may we, will, has, have you, had, am i, what's, who's, how's, where's, isn't, aren't, "
        "doesn't, when"
    ),
    "consent": forms(
        "yes, yeah, yep, yup, sure, okay, ok, allow, allowed, approve, approved, permission, granted, always, "
        "confirm, confirmed, permit, accept, authorize, absolutely, definitely, affirmative, proceed, agree, agreed, "
        "go ahead, do it, i do, run it, go for it, that's fine, sounds good, uh huh, uhhuh, mmhm, mmhmm, mhm, mhmm, "
        "mm hm, mm hmm, no problem, no objection, no objections, not a problem, why not, all ways"
    ),
    # --- other answers ---------------------------------------------------------------------------------------------
    "explain": forms(
        "explain, explained, explanation, elaborate, details, more detail|details|information|info, what "
        "does|would|will|did|is|do it|that|this|these|those |command|edit|change|one |exactly "
        "do|change|delete|touch|mean|affect, what exactly does|would|will it|that|this, what it does|would_do, what "
        "will|would|does happen, what happens, what is|was |it|that|this for|about, what's it|that|this for|about|do, "
        "what is it|that|this going to, what's it going to, what is|are it|that|this|they, what's that|this|it, what "
        "exactly, what for, how come, why does|is|do|would|did|should|are|that|this, how does, which "
        "line|lines|file|files|folder|folders|branch|command|directory|options|ones, what "
        "line|lines|file|files|folder|changes, tell me more|about_it|about_that|what_it_does|first, say more, read "
        "it|that|them again|out|to_me, read me the, what did you say|ask, what are you asking|changing|trying, what "
        "are you going|about to, who is|'s asking, who's asking, can i undo|revert it|that|this, read |me the "
        "command|diff|request|details|edit, give me |the|more|some details|information|info, say again, what do i "
        "|have|need to say, what do i say, what's|what_is the phrase|words|word|code, say it|that|them again, repeat "
        "|it|that|them|the, come again, pardon, what was that, again please, is it|that|this "
        "safe|dangerous|risky|reversible|destructive, can it|that|this be undone, how risky|dangerous|safe, what are "
        "the options|choices|differences, the options, what's the|my difference|options|choices, what is the "
        "difference, difference between, didn't|did_not hear|catch|get|understand, don't|do_not understand|get, show "
        "me |the diff|details|command|change|changes, i need more information, walk me through, describe it|that, "
        "help me understand, what are the consequences, what changes, how many files|lines, where is it, where will "
        "it"
    ),
    "explain_whole": forms(
        "show me, which file|files|command|folder, what's it doing, what is it doing, more details, why, how, what, "
        "details, explanation, which, where, which one, why now, what else, huh what"
    ),
    "wh": forms("what, what's, whats, why, who, how, which, where"),
    "thing": forms(
        "it, that, this, command, edit, change, changes, changing, diff, line, lines, file, files, agent, risk, "
        "risks, doing it"
    ),
    "about_it": forms("is|does|did|will|would|can|could|has|was it|that|this|the_agent|the_command|the_edit"),
    "would_you": forms(
        "sorry, excuse me, can|could|would|will you |please|first|just|maybe, i want you to, i'd like you to, i need "
        "you to, but, and, first, just, before that, i want|need|would_like|have to know, i'd like to know, tell me"
    ),
    "wait": forms(
        "wait |up, hold on, hang on, hold up, hold it, weight, one second|sec|moment|minute|min, "
        "|just|wait|give_me|gimme|hold_on|hang_on a|one |quick sec|second|moment|minute|min|bit|few_seconds, "
        "give|gimme me a |little second|sec|moment|minute|bit|while, moment, in a second|sec|minute|moment, let me "
        "think |about_it|about_that|about_this|for_a_second|for_a_moment|it_over|first, let me check|look|see|read "
        "|it|that|this|at_it|at_that|at_the_page|the_page|the_diff|first|at_this, i'm|i_am |still "
        "thinking|looking|reading |about_it|about_that, not so fast, i need|want a |little|bit "
        "moment|minute|second|time|more_time, i need to think|check|look |about_it|first, i'm|i_am not ready |yet, "
        "stand by, bear with me, be right back, just wait, please wait, hold your horses, to think, not so quick, "
        "whoa"
    ),
    "wait_first": forms(
        "let me think|check|look|read|consider|review|finish|verify, let me have|take a |quick|closer look, let me "
        "ask|get, i need|want|have|would_like to think|check|look|read|consider|review|verify, give me two|five|ten "
        "minutes|seconds|minute, two|five|ten minutes|seconds"
    ),
    "wait_tail": forms(
        "let me, i'm, i am, i need, i want, i have to, i'll, until, while, till, for me, for a, for the"
    ),
    # --- not for us ------------------------------------------------------------------------------------------------
    "noise": forms(
        "um, umm, uhm, uh, uhh, er, erm, ah, oh, hmm, hm, mm, mmm, huh, eh, ooh, aha, ahem, cough, coughs, coughing, "
        "sneeze, achoo, sigh, sighs, laughs, laughter, music, applause, silence, the, a, an, so, i, you, and, it, he, "
        "she, we, they, thank you |very_much|so_much, thanks |a_lot|so_much|very_much, bye |bye, goodbye, blank "
        "audio, la, well, like, to, of, in, hello, hi, hey, good morning|evening|night, sorry, excuse me, oops, shh, "
        "s, b, c, d, e, f, g, h, j, l, m, o, p, q, r, t, u, v, w, x, z, hm hm, bless you, ha |ha, haha, wow, yawn, "
        "ugh, tsk"
    ),
    "phantom": forms(
        "thank|thanks you for watching|listening, thanks for watching|listening, |please|like_and|don't_forget_to "
        "subscribe, see you |in_the next video|time, subtitles by, subtitles, captions by, transcribed by, "
        "transcription by, coming up after the break, amara org, like and subscribe, we'll be right back, door "
        "closes|opens, phone ringing|rings, blank audio, inaudible"
    ),
    "orders": forms(
        "list |the|all|my sessions, which|what project |is_this|am_i_in, which|what session, switch to, new session, "
        "what is|'s running, what's running, next one |that_needs_me, where am i, go to sleep, wake up, mute, unmute, "
        "status, what is the status, hey devops, over, stop|cancel the agent, stop agent, stop talking, what are you "
        "doing |right_now|now, push to talk"
    ),
    "requests": forms(
        "add, write, rename, print, grep, put, show, list, create, build, fix, refactor, remove, delete, open, read, "
        "search, find, update, change, install, commit, push, merge, move, copy, replace, use, try, test, generate, "
        "implement, rewrite, document, check, look, count, tell, give, turn, set, make, run, deploy, start, format, "
        "lint, revert, switch, play, call, send, remind, type, the, a, an, is_there, ensure"
    ),
    # --- questions -------------------------------------------------------------------------------------------------
    "lead": forms(
        "um, uh, er, hmm, hm, mm, oh, ah, well, so, okay, ok, yes, yeah, sure, please, let's, let us, use, go with, "
        "go for, go ahead with, i'd|i_would like|go_with|take|pick|choose|say|prefer|rather_have, i'll|i_will "
        "take|have|go_with|pick|choose|use, i|we want|choose|pick|prefer|like|take|need|think|say, i'd, i'll, choose, "
        "pick, select, take, make it, give me, it's, it is, that's, that is, that would be, it should be, should be, "
        "the answer is, my answer is, answer, my choice is, definitely, just, only, probably, the, a, then, and, do, "
        "try, i guess, start with, set it to, call it, option, number, choice, let's say, say, we should use, we use, "
        "you should use, with, no_i_said, actually"
    ),
    "tail": forms(
        "please, thanks, thank you, i think, i guess, then, one, option, choice, of them, it is, for me, this time, "
        "now, sounds good, is fine, is good, would be good, will do, looks good, works, if you please, i'd say, for "
        "now, um, uh"
    ),
    "index": forms("option, number, choice, answer, the, no, item, numero, letter"),
    "strong_lead": forms(
        "use, let's, let us, go with, go for, i'd like, i would like, i'd prefer, i want, i prefer, my answer is, the "
        "answer is, call it, make it, set it to, something else, answer, i'll take, i'd take, choose, pick, take, we "
        "should, you should, it should, try"
    ),
    "free": forms(
        "instead, something else, other, rather, except, all but, everything but, everything except, mixture, "
        "combination"
    ),
    "none": forms(
        "neither |one|of_them|of_these|of_those, none |of_them|of_these|of_those|of_the_above, |no not any of them, "
        "no neither, nothing of that, neither nor, not any of them, nothing"
    ),
    "decide": forms(
        "you decide|choose|pick |one|for_me|it, your choice|call|decision|pick, |it's|that's|it_is up to you, "
        "whatever you think |is_best, whichever |you_like|you_prefer|you_want|one|is_best|is_better, |i|you_can "
        "don't|do_not care|mind, either |one |is_fine|works, any |of_them|one |is_fine|will_do, no preference, you "
        "can|may decide|choose|pick |that, i don't|do_not care|mind |which |one, surprise me, pick one |for_me, the "
        "best one, what do you recommend, what you recommend, whatever you recommend, use your judgement|judgment, "
        "what would you do, both are|work fine, doesn't matter, it doesn't matter, as you like|wish|think"
    ),
    "all": forms(
        "all |of_them|of_these|three|four|options|the_options, everything, every one |of_them, each |of_them, the lot"
    ),
    "both": forms("both |of_them|of_these|options, the both"),
    "last": forms("last, final, latter, bottom"),
    "middle": forms("middle, center, centre"),
    "and": forms("and, plus, also, as well as, and also"),
    # --- words of one letter, when typed ---------------------------------------------------------------------------
    "typed_yes": forms("y, k, yes"),
    "typed_no": forms("n, no"),
    # --- the phrase that allows ------------------------------------------------------------------------------------
    "sealed": forms("please, then, now"),
    "weak": forms("okay, ok, okey, oh kay, alright, all right, fine"),
    "plain_yes": forms("yes, yeah, yep, yup, okay, ok, sure, alright, all right"),
    "phrase": ("To let it happen, say: {words}.",),
    "confirm": ("confirm",),
    "challenge": forms(
        "maple, river, falcon, lantern, velvet, garden, dragon, penguin, thunder, rocket, puzzle, mountain, oyster, "
        "walnut, cactus, dolphin, turtle, monkey, zebra, camel, pigeon, lobster, spider, cookie, mango, pumpkin, "
        "tulip, blanket, compass, pencil, sweater, slipper, trumpet, guitar, drummer, teacher, farmer, wizard, "
        "planet, sunset, rainbow, whisper, picnic, station, airport, village, harvest, meadow, glacier"
    ),
    "challenge_numbers": forms("six, seven, twelve"),
}
