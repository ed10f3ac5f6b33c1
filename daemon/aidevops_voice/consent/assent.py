"""A request and what was said about it -> allow, always, deny, explain, wait, unclear, or nothing to do with it; pure.

An answer is a whole utterance: every word of it belongs to a form of yes, or it is none. A deny anywhere wins.
"""

from __future__ import annotations

from functools import cache

from aidevops_voice.consent import choosing
from aidevops_voice.consent.petition import (
    Cause as Cause,
    Judgement as Judgement,
    Request as Request,
    barred as barred,
    echoes,
    fingerprint as fingerprint,
)
from aidevops_voice.consent.tongues import ALWAYS, WAIT, YES, Tongue, tongues
from aidevops_voice.consent.utterance import Words, asks, numbered, pauses_before_last, words
from aidevops_voice.ports import Command, Heard

_BRIEF = 12
"""Words; a longer utterance that only holds a no somewhere in it is about something else."""
_ECHO = 4
"""Words; a no inside a longer run of the voice's own words is the voice's."""
_SCRAP = 3
"""Words; so few that nobody knows were no request, and may have been an answer."""
_REPEATED = 3
"""Times; said more often in a row it is a song."""
_TAIL = 8
"""Words of a command that may be repeated in a yes."""
_DECIDING = {
    Command.HUSH: {"stop", "para", "basta"}, Command.STOP_AGENT: {"abort", "aborta"},
    Command.DISCARD: None, Command.MORE: None, Command.REPEAT: None,
}  # fmt: skip
"""Commands that answer while a request waits: all of their forms, or these."""
_EDITS = {"edit", "write", "patch", "multiedit", "apply_patch"}


def judge(request: Request, heard: Heard, now: float) -> Judgement:
    """What one final utterance says about a request that waits; `now` in monotonic seconds; doubt is `unclear`."""
    if request.spent:
        return Judgement("not_consent", "the request is decided already", cause=Cause.SPENT)
    said = words(heard.text)
    if not _typed(said, heard) and (noise := _noise(said)):
        return noise
    if request.kind == "question":
        return choosing.judge(request, heard, said, now)
    return (
        _denied(said, heard, request)
        or _command(said)
        or _phrase(said, heard, request, now)
        or _echoed(said, heard, request)
        or _assented(said, heard, request, now)
        or _asked_back(said)
        or _other(said, heard, request)
    )


def _noise(said: Words) -> Judgement | None:
    if not said or any(_only(tongue, said, "noise", "phantom") for tongue in tongues()):
        return Judgement("not_consent", "no words, or words that recognisers make of noise", cause=Cause.NOISE)
    return None


def _typed(said: Words, heard: Heard) -> bool:
    """One letter, which only a key can mean."""
    return heard.source == "typed" and any(tongue.whole(said, "typed_yes", "typed_no") for tongue in tongues())


def _only(tongue: Tongue, said: Words, *names: str) -> bool:
    return not tongue.stripped(said, *names) or bool(tongue.first(said, "phantom"))


def _command(said: Words) -> Judgement | None:
    """A whole utterance that the listener acts on itself."""
    content = [(tongue, tongue.stripped(said, "around")) for tongue in tongues()]
    if any(tongue.whole(rest, "wait", "explain", "explain_whole") for tongue, rest in content):
        return None
    if said in _commands() or any(tongue.whole(rest, "orders") for tongue, rest in content):
        return Judgement("not_consent", "a command of its own", cause=Cause.COMMAND)
    return None


def answers(text: str) -> bool:
    """Whether the utterance is a yes, an always or a no, whatever it is said to."""
    said = words(text)
    laid = any(tongue.laid_out(said) & (YES | ALWAYS) for tongue in tongues())
    return laid or any(tongue.whole(said, "sounds_no") or tongue.denials(said) for tongue in tongues())


def once(text: str) -> bool:
    """Whether a yes is meant for this time alone."""
    return any(tongue.anywhere(words(text), "once") for tongue in tongues())


def warm() -> None:
    """Compile the tables now, some tenths of a second before the first answer needs them."""
    _commands()


@cache
def _commands() -> frozenset[Words]:
    return frozenset(
        words(phrase)
        for tongue in tongues()
        for name, phrases in tongue.language.commands.items()
        for phrase in phrases
        if Command(name) not in _DECIDING or phrase not in (_DECIDING[Command(name)] or phrases)
    )


# --- no -----------------------------------------------------------------------------------------------------------


def _denied(said: Words, heard: Heard, request: Request) -> Judgement | None:
    if heard.source == "typed" and any(tongue.whole(said, "typed_no") for tongue in tongues()):
        return Judgement("deny", "a no")
    bare = [(tongue, form) for tongue in tongues() for form in (said, tongue.stripped(said, "before"))]
    if any(tongue.whole(form, "sounds_no") for tongue, form in bare):
        return Judgement("deny", "sounds like a no")
    masked = said
    for tongue in tongues():
        masked = tongue.without(masked, "no_deny")
    for tongue in tongues():
        if found := tongue.denials(masked):
            return _weighed(said, found, heard, request)
    return None


def _weighed(said: Words, found: set[int], heard: Heard, request: Request) -> Judgement | None:
    """A no that stands in the utterance: whether it is meant for the request."""
    if _commands_hold(said):
        return None
    if len(said) >= _ECHO and echoes(said, heard) and not _has_challenge(said, request):
        return Judgement("not_consent", "the voice's own words", cause=Cause.ECHO)
    first = _leads(said, "yes", "always", "wait") or not _beginnings(said).isdisjoint(found)
    if first or _has_challenge(said, request):
        return Judgement("deny", "a no, which wins")
    ending = len(said) - 1 in found
    if _leads(said, "question", "requests"):
        paused = pauses_before_last(heard.text, said[-1]) or len(said) - 2 in found
        if ending and paused:
            return Judgement("deny", "a no at the end, which wins")
        if _leads(said, "question"):
            return Judgement("unclear", "a no inside a question", cause=Cause.DOUBT)
        return Judgement("not_consent", "a no inside something else", cause=Cause.ELSE)
    if ending or len(said) <= _BRIEF:
        return Judgement("deny", "a no, which wins")
    return Judgement("unclear", "a no inside a long sentence", cause=Cause.DOUBT)


def _leads(said: Words, *names: str) -> bool:
    """Whether it begins, after what says nothing, with a phrase of these tables in any language."""
    return any(tongue.first(tongue.stripped(said, "before", "around"), *names) for tongue in tongues())


def _beginnings(said: Words) -> set[int]:
    return {len(said) - len(tongue.stripped(said, "before", "around")) for tongue in tongues()}


def _commands_hold(said: Words) -> bool:
    """`stop the agent` is no denial of its own."""
    return _command(said) is not None


def _has_challenge(said: Words, request: Request) -> bool:
    return bool(request.challenge) and any(_phrase_at(tongue, said, request) is not None for tongue in tongues())


# --- echo ---------------------------------------------------------------------------------------------------------


def _echoed(said: Words, heard: Heard, request: Request) -> Judgement | None:
    """The voice's own words decide nothing; the phrase that it told the user to say is judged as such."""
    if len(said) < 2 or not echoes(said, heard):
        return None
    for tongue in tongues():
        own = _own_words(tongue, request)
        if not tongue.laid_out(said, own):
            continue
        if any(said[-len(one) :] == one and not echoes(said[: -len(one)], heard) for one in own):
            return None
        return Judgement("unclear", "words that the voice itself just said", cause=Cause.ECHO)
    return Judgement("not_consent", "the voice's own words", cause=Cause.ECHO)


# --- the challenge phrase -----------------------------------------------------------------------------------------


def _phrase_at(tongue: Tongue, said: Words, request: Request) -> int | None:
    """Where the exact phrase begins."""
    wanted = _wanted(tongue, request)
    heard = numbered(said, tongue.language)
    return next((at for at in range(len(heard) - len(wanted) + 1) if heard[at : at + len(wanted)] == wanted), None)


def _wanted(tongue: Tongue, request: Request) -> Words:
    return numbered(words(" ".join(request.challenge or ())), tongue.language)


def _phrase(said: Words, heard: Heard, request: Request, now: float) -> Judgement | None:
    if not request.challenge:
        return None
    if any(_is_phrase(tongue, said, request) for tongue in tongues()) and not asks(heard.text):
        return barred(request, heard, now) or _allowed(request)
    for tongue in tongues():
        wanted, numbers = _wanted(tongue, request), numbered(said, tongue.language)
        if set(wanted) & set(numbers) or tongue.laid_out(said) & (YES | ALWAYS):
            late = barred(request, heard, now)
            if late and late.verdict == "deny":
                return late
            own = len(said) > len(wanted) and _phrase_at(tongue, said, request) is not None and echoes(said, heard)
            cause = Cause.ECHO if own else Cause.CHALLENGE
            return Judgement("unclear", "only the exact phrase allows this", cause=cause)
    return None


def _is_phrase(tongue: Tongue, said: Words, request: Request) -> bool:
    """The exact words in their order, with nothing but politeness around them."""
    wanted, at = _wanted(tongue, request), _phrase_at(tongue, said, request)
    if at is None or not wanted:
        return False
    around = (said[:at], said[at + len(wanted) :])
    return not any(tongue.stripped(part, "around", "before", "plain_yes") for part in around)


def _allowed(request: Request) -> Judgement:
    if not request.spoken or request.challenge == ():
        return Judgement("unclear", "only a click or a key allows this", cause=Cause.CLICK)
    return Judgement("allow", "the exact phrase" if request.challenge else "a yes")


# --- yes ----------------------------------------------------------------------------------------------------------


def _assented(said: Words, heard: Heard, request: Request, now: float) -> Judgement | None:
    """A yes, an always, or a wait: every word of the utterance is accounted for."""
    if heard.source == "typed" and any(tongue.whole(said, "typed_yes") for tongue in tongues()):
        flags = YES
    else:
        flags = max((tongue.laid_out(said, _own_words(tongue, request)) for tongue in tongues()), key=_weight)
    if flags & WAIT:
        return Judgement("wait", "the user wants time")
    if not flags:
        return None
    if asks(heard.text):
        return Judgement("unclear", "a question is not a yes", cause=Cause.DOUBT)
    if _acknowledges(said):
        return Judgement("unclear", "an okay that may only mean: I heard", cause=Cause.DOUBT)
    if _sung(said):
        return Judgement("unclear", "said too often to be meant", cause=Cause.DOUBT)
    if len(said) < 2 and echoes(said, heard):
        return Judgement("unclear", "a word that the voice itself just said", cause=Cause.ECHO)
    if bar := barred(request, heard, now):
        return bar
    if request.challenge:
        return Judgement("unclear", "only the exact phrase allows this", cause=Cause.CHALLENGE)
    allowed = _allowed(request)
    if not flags & ALWAYS or allowed.verdict != "allow":
        return allowed
    if not request.always:
        return Judgement("unclear", "the agent would remember nothing", cause=Cause.NO_ALWAYS)
    return Judgement("always", "an always for this request")


def _weight(flags: int) -> tuple[int, int, int]:
    return (flags & WAIT, flags & ALWAYS, flags)


def _acknowledges(said: Words) -> bool:
    """`oh okay`, `okay thanks`; `okay` alone is a yes."""
    return any(
        not tongue.stripped(said, "weak", "before", "around")
        and tongue.anywhere(said, "weak")
        and bool(tongue.stripped(said, "weak", "sealed"))
        for tongue in tongues()
    )


def _sung(said: Words) -> bool:
    return any(said[at : at + _REPEATED + 1].count(said[at]) > _REPEATED for at in range(len(said) - _REPEATED))


def _own_words(tongue: Tongue, request: Request) -> set[Words]:
    """What may follow a yes because it is the request itself: `yes, run npm test`."""
    phrases = tongue.phrases
    if request.permission in _EDITS:
        return set(phrases["edit"])
    command = words(request.command)
    own: set[Words] = set()
    if 0 < len(command) <= _TAIL and not tongue.anywhere(command, "condition", "quote", "question", "deny", "consent"):
        own |= {command} | {(*run, *command) for run in phrases["run"]}
    own |= {(verb, *what) for verb in command[:2] if verb.isalpha() for what in phrases["object"]}
    if any(word.endswith("test") or word == "tests" for word in command):
        own |= phrases["tests"]
    if "mkdir" in command:
        own |= phrases["folder"]
    return own


# --- other answers ------------------------------------------------------------------------------------------------


def _asked_back(said: Words) -> Judgement | None:
    """The user wants to know more, or wants time."""
    for tongue in tongues():
        content = tongue.stripped(said, "before", "around", "plain_yes")
        waits = tongue.first(content, "wait")
        if tongue.laid_out(tongue.stripped(content, "would_you")) & WAIT:
            return Judgement("wait", "the user wants time")
        delays = tongue.first(content, "wait_first") and not tongue.anywhere(content, "consent")
        if delays or (waits and tongue.first(content[waits:], "wait_tail")):
            return Judgement("wait", "the user wants time")
        if len(said) <= _BRIEF and _explains(tongue, said, content):
            return Judgement("explain", "the user asks about the request")
    return None


def _explains(tongue: Tongue, said: Words, content: Words) -> bool:
    asked = tongue.stripped(content, "yes", "would_you", "before", "wait")
    if any(each and tongue.first(each, "explain") == len(each) for each in (content, asked)):
        return True
    if tongue.anywhere(said, "quote"):
        return False
    if tongue.first(content, "explain") or tongue.first(asked, "explain") or tongue.whole(asked, "explain_whole"):
        return True
    about = tongue.first(asked, "about_it") or (tongue.first(asked, "wh") and tongue.anywhere(asked, "thing"))
    return bool(about) and not tongue.anywhere(said, "consent", "hedge")


def _other(said: Words, heard: Heard, request: Request) -> Judgement:
    doubtful = any(tongue.anywhere(said, "consent", "hedge") for tongue in tongues())
    if doubtful:
        return Judgement("unclear", "a yes only as part of something else, or half-hearted", cause=Cause.DOUBT)
    asked_for = any(tongue.first(said, "requests") for tongue in tongues())
    scrap = len(request.challenge) + _SCRAP if request.challenge else _SCRAP
    if len(said) <= scrap and heard.source == "voice" and not asked_for:
        return Judgement("unclear", "too little to be understood", cause=Cause.DOUBT)
    return Judgement("not_consent", "about something else", cause=Cause.ELSE)
