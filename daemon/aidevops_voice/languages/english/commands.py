"""English: whole utterances that the listener acts on itself."""

from __future__ import annotations

from aidevops_voice.languages import forms

COMMANDS = {
    "hush": forms("hush, be quiet, stop, quiet, stop talking|speaking|reading, shut up, silence"),
    "stop_agent": forms(
        "stop the agent, stop agent, abort, abort|cancel the agent, stop working, stop what you_are|you're doing, "
        "stop everything"
    ),
    "repeat": forms(
        "repeat that, say that|it again, repeat |it, say again, what did you say, come again, once more, "
        "repeat the last answer, read that|it again, what was that, pardon"
    ),
    "goodbye": forms("goodbye, good bye, bye, bye bye, see you later, talk to you later, that_is|that's all"),
    "send": forms("send it, send |that, yes send it"),
    "discard": forms("discard |that|it, scratch that, forget it, drop it"),
    "more": forms(
        "more, tell me more, go on, read|say|a_bit|a_little more, read on, go_on|keep|continue reading, what else, "
        "|read|tell_me the rest"
    ),
    "details": forms(
        "what exactly, what |exactly did you do|change, |the|more|give_me_the details, in detail, "
        "what was done|changed, what have you done|changed, what did the agent do, tell me what you did, "
        "what |exactly happened, what |exactly went wrong"
    ),
    "files": forms(
        "which files, what files, which|what file|files did_you|did_it change|edit|touch, "
        "which|what file|files have_you changed|edited|touched, which|what files were changed|edited, "
        "which file |was_that, name the files, list the changed files"
    ),
    "error": forms(
        "read the error, what was|is the error|error_message, what's the error, the error, which|what error |was_it, "
        "|tell_me|read_me|read the error |again, read |me the error message, what error did you get"
    ),
    "ran": forms(
        "what did you run, which|what commands, which|what command|commands did_you|did_it|have_you run, what was run, "
        "what have you run, what did it run, which command was that"
    ),
    "tests": forms(
        "how many tests, how many |tests passed|failed|pass|fail, how many tests are passing|failing, "
        "how many tests did_you|have_you run, did |all |the tests pass, which|what test|tests failed, "
        "how did the tests go, |the|read_the|what_are_the test results"
    ),
    "full": forms(
        "read everything, read the last answer in full, read it all, read all of it, |read|read_me the whole|full "
        "answer, "
        "read the last answer, read it|the_answer in full, read me everything, read the whole thing"
    ),
    "spell": forms(
        "spell that, spell it, spell that|it |out, spell the|that name|names, how is that|it spelled|written, "
        "how do you spell that|it, letter by letter"
    ),
    "slower": forms(
        "slower, speak slower, talk slower, |speak|talk a_bit|a_little slower, |speak more slowly, slow down, not so "
        "fast, too fast, "
        "you_are|you're|you_speak too fast"
    ),
    "faster": forms(
        "faster, speak faster, talk faster, |speak|talk a_bit|a_little faster, speed up, speak more quickly, too slow, "
        "you_are|you're too slow, you speak too slowly"
    ),
    "doing": forms(
        "what are you doing, what_is|what's going_on|happening, what_is|what's it|the_agent doing, "
        "what are_you|is_it working on, are_you|is_it still working|running|there, are_you|is_it done|finished |yet, "
        "any progress"
    ),
    "elapsed": forms(
        "how long has it been, how long, how long did it|that take, how long has it|this been running, "
        "how long have you been working, how long is it running, how long has it taken, how much time has passed, "
        "how long ago was that"
    ),
    "quiet": forms(
        "tell me when it's done, quiet mode, tell_me|let_me_know when it's|it_is|you're|you_are done|finished|ready, "
        "only|just |tell_me the result|results, results|outcomes only, no |more updates, stop the updates"
    ),
    "normal": forms("normal updates, normal mode, back to normal, the usual updates"),
    "chatty": forms(
        "keep me posted, more updates, keep me updated|informed, give me more updates, chatty mode, talk me through "
        "it, tell me everything you do"
    ),
    "fewer": forms(
        "fewer updates, talk less, less updates, say less, less talking, fewer words, not so much, not so many "
        "updates, you talk too much, don't talk so much"
    ),
    "sounds_off": forms(
        "sounds off, turn off the sounds, turn the sounds off, no |more sounds, stop|mute the sounds, without sounds"
    ),
    "sounds_on": forms("sounds on, turn on the sounds, turn the sounds on, with sounds"),
    "sleep": forms("go to sleep, stop listening, sleep now, fall asleep, don't listen |now"),
    "wake": forms("wake up, start listening, listen again, are you awake"),
}
POLITE = forms("please, okay, ok, hey, now, so, well, can_you, could_you, would_you, thanks, thank_you")
