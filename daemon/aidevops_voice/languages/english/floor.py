"""English: who has the floor; entries are runs of words, lower case, no punctuation."""

from __future__ import annotations

from aidevops_voice.languages import forms, listed

FLOOR = {
    # --- never said: whole utterances that recognisers invent from silence and noise --------------------------------
    "inventions": forms(
        "you, thank you |so_much|very_much for|from watching |this_video|my_video|and_see_you_next_time, thanks "
        "|so_much for watching, |please subscribe, please like and subscribe, |please|don't_forget_to like |comment "
        "|share and subscribe |to_my_channel|to_the_channel, subscribe to my|the|our channel, |i'll|i_will|and see "
        "you |in_the next time|video|one, thanks for listening, thank you for listening, music, applause, laughter, "
        "blank audio, inaudible, foreign, please see the complete disclaimer, bye bye bye"
    ),
    "credits": forms(
        "subtitles by, subtitled by, subtitles created|made|provided by, captions by, captioned by, captioning by, "
        "closed captioning by, transcript|transcription|transcribed by, translated by, translation by, "
        "for more information visit, copyright, this is a librivox recording, amara org"
    ),
    # Only where the recogniser is not sure: they are commands and manners besides.
    "unsure": forms("bye, bye bye, thank you, thanks, thank you very much, thank you so much, so, i, the, a, and, but"),
    "fillers": forms(
        "um, umm, uhm, uh, uhh, erm, er, hmm, hm, hmmm, mm, mmm, mhm, mmhm, mm hm, mm hmm, m hm, hm hm, mm mm, mhmm, "
        "uh huh, uhhuh, ah, aha, ahh, oh, ooh, eh, huh, ugh, phew, ahem, hmph, pff, tsk"
    ),
    # Said along while somebody speaks; nothing is meant by it.
    "along": forms(
        "okay, ok, right, yeah, yep, yes, i see, sure, got it, cool, nice, great, alright, all right, good, fine, "
        "interesting, understood, makes sense, wow, really, perfect, of course, exactly, true, fair enough"
    ),
    "replies": forms(
        "yes, yeah, yep, yup, no, nope, nah, okay, ok, sure, always, never, allow, deny, stop, cancel, wait, neither, "
        "both, all, none, either, uh huh, mhm, mm hm, go ahead, do it, don't, all of them, none of them, you decide"
    ),
    "denials": forms("no, nope, nah, don't |do_that|do_it, do not, stop|cancel|deny |it, never, no no, reject"),
    "urgent": forms("stop, hush, quiet, abort, wait, help, stop it, hey, no no"),
    # --- the turn ---------------------------------------------------------------------------------------------------
    "hold": forms(
        "hold on |a_second|a_moment|a_minute|please, hang on |a_second|a_moment|a_minute, let me think "
        "|about_that|about_it|for_a_second|for_a_moment|a_second|a_moment, i'm|i_am |still|just thinking, give "
        "me a|one second|moment|minute |to_think, i need a second|moment|minute, bear with me, let me see, one moment "
        "please, just a moment|second |please, i'm|i_am not done|finished |yet, let me finish, where was i"
    ),
    "hold_alone": forms(
        "wait |a_second|a_moment|a_minute|a_sec, wait wait, one|a second|moment|minute|sec, hold it, just a sec, "
        "how do i say this"
    ),
    "over": forms("over, over and out, send it, send that, send it now, send it off, end of message"),
    # What stands before `over` or `send it` where they belong to the sentence.
    "not_over": forms(
        "start, do, done, go, going, hand, take, taking, roll, carry, all, game, it, them, that, this, move, switch, "
        "loop, iterate, hover, left, turn, come, think, pull, push, bring, fall, run, cross, flip, and, then, to, or, "
        "not, don't, will, can, is, are, be, being, was, way, get, copy, please, mail, just, we, you, i, the, mouse, "
        "starts, starting, carried, handed, spill, spills, work, pass, falls, once, still, blow, voice"
    ),
    "unfinished": forms(
        "and, or, but, because, if, unless, when, while, although, whether, as, than, so that, such as, the, a, an, "
        "my, your, our, their, its, every, which|that is|are, and then|also, or else, instead of, rather than, i "
        "want|need |you to, i|we would like |you to, i'd like |you to, can|could|would|will you |please, please "
        "make_sure|add|change|run|use, make sure |that, let's, let us, um, uh, umm, uhm, erm, i mean, because of, "
        "due to, according to, in the file|function|class|method|module|folder|directory|test, from the "
        "file|folder|branch|directory, the file|function|class|method|branch|folder|variable called|named, except, "
        "is|are a|an|the, kind|sort|one|some|all|most of |the, a lot of"
    ),
    "loose": forms(
        "in, on, at, to, of, for, from, with, by, about, under, inside, onto, against, near, per, via, into, called, "
        "named, between, without"
    ),
    # A question may end in a preposition, and so may these verbs.
    "asking": forms(
        "what, what's, which, who, whom, whose, where, where's, how, when, why, is, are, was, were, do, does, did, "
        "and what, and which, so what, so which, tell me what|which|who|where|how, show me what|which|who|where|how, "
        "let me know what|which|who"
    ),
    "taking_loose": tuple(
        listed(
            "log sign check turn go going move carry switch work come put plug hook opt tune hold hang get keep it "
            "that them this him her these those logged signed turned switched plugged am is are was be depends "
            "relies depend listen look wait ask call deal stand fill zoom built kick break depending based and what "
            "who which spell cut step drop pass stop bring add join count move used supposed want need like have "
            "how where not to"
        )
    ),
    # --- corrections of the work under way --------------------------------------------------------------------------
    "steer": forms(
        "|no|oh|and actually, |no|oh wait |actually|no, hold|hang on, no hold on, no not that|this |one, not "
        "that|this one, no "
        "use|don't|do|try|make|change|put|take|edit|look|leave|keep|start|go|it|it's|just|only|the|in|with, no "
        "without|instead|rather, no |the other |one, no no, |no|sorry|no_sorry i meant|mean, sorry, correction, "
        "scratch that, forget|never_mind that, never mind, on second thought|thoughts, instead, change of "
        "plan|plans, stop |that and, stop, |no that's|that_is wrong, wrong file|folder|branch|one, don't touch, "
        "|and also"
    ),
    "not_steer": forms("wait for, wait until, wait till, wait on, stop the, stop it from, instead of"),
    # --- the wake phrase --------------------------------------------------------------------------------------------
    "hey": forms("hey, okay, hello, hi"),
    "like_hey": forms("hay, a, he, hi, eh, ay, aye, they, hei, hej, ok, oh kay, hallo"),
}
PHRASES = {
    "notices.asleep": "I am asleep. Say {phrase}, and I listen.",
    "notices.awake": "I am listening.",
    "notices.added": "Added to what it is doing.",
    "notices.queued": "Queued.",
}
"""What is said about it."""
