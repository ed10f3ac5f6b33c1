"""The answer to a question of the agent: by number, place, label or the user's own words; pure."""

from __future__ import annotations

from difflib import SequenceMatcher

from aidevops_voice.consent.petition import Cause, Judgement, Request, barred, echoes
from aidevops_voice.consent.tongues import ALWAYS, WAIT, YES, Tongue, tongues
from aidevops_voice.consent.utterance import Words, asks, bare, numbered, ordinals, starts, words
from aidevops_voice.ports import Heard, Question

_ECHO = 3
"""Words; a shorter run of the voice's own words may be a choice among what it read."""
_LIKE = 0.78
"""Of the letters, for a label that was misheard."""
_AHEAD = 0.08
"""By which the likest label must lead."""
_STEM = 4
"""Letters; so many of a label's beginning name it."""
_LONGEST = 40
"""Words of an answer in the user's own words."""

_MOST = 30
"""Choices that can be picked by voice."""

Picked = frozenset[int]


def judge(request: Request, heard: Heard, said: Words, now: float) -> Judgement:
    """What one utterance answers to the question that is put."""
    question = request.questions[request.at] if request.at < len(request.questions) else Question("")
    if _command(said):
        return Judgement("not_consent", "a command of its own", cause=Cause.COMMAND)
    if not asks(heard.text) and (answers := _chosen(question, said)):
        bar = barred(request, heard, now, choice=heard.certain and not _says_yes(*answers))
        return _drafted(bar, *answers) or Judgement("answer", "a choice", answers)
    if len(said) >= _ECHO and echoes(said, heard):
        return Judgement("not_consent", "the voice's own words", cause=Cause.ECHO)
    if back := _back(said):
        return back
    if _in_own_words(question, heard, said):
        if echoes(said, heard) or echoes(tuple(dict.fromkeys(said)), heard):
            return Judgement("unclear", "words that the voice itself just said", cause=Cause.ECHO)
        own = heard.text.strip().rstrip(".").strip()
        return _drafted(barred(request, heard, now), own) or Judgement("answer", "the user's own words", (own,))
    return _neither(heard, said)


def _says_yes(*own: str) -> bool:
    """Whether the answer is a yes, in whatever words it goes on."""
    return any(tongue.first(words(one), "plain_yes") for one in own for tongue in tongues())


def _drafted(bar: Judgement | None, *own: str) -> Judgement | None:
    """What an untrusted recogniser only guessed, or made of free words, is read back first; a yes is not taken."""
    if bar is None or bar.cause is not Cause.UNTRUSTED or _says_yes(*own):
        return bar
    return Judgement("unclear", bar.reason, own, Cause.DRAFT)


def _command(said: Words) -> bool:
    return any(tongue.whole(said, "orders") for tongue in tongues())


def _chosen(question: Question, said: Words) -> tuple[str, ...]:
    """Labels; none when no language's words, or the words of two differently, pick any."""
    if plain := _yes_or_no(question, said):
        return plain
    picks = {found for tongue in tongues() if (found := _picked(tongue, question, said))}
    if len(picks) != 1:
        return ()
    (found,) = picks
    if len(found) > 1 and not question.multiple:
        return ()
    return tuple(question.options[at].label for at in sorted(found))


def _yes_or_no(question: Question, said: Words) -> tuple[str, ...]:
    """`go ahead` picks `Yes, overwrite it`; only where one label says yes, or one says no."""
    meant = any(tongue.laid_out(said) & (YES | ALWAYS) == YES for tongue in tongues())
    for wanted, table in ((meant, "plain_yes"), (_is_no(said), "typed_no")):
        labels = [one.label for one in question.options if any(t.first(words(one.label), table) for t in tongues())]
        if wanted and len(labels) == 1:
            return tuple(labels)
    return ()


def _is_no(said: Words) -> bool:
    """Whether nothing else is said."""
    for tongue in tongues():
        denied = tongue.denials(said)
        rest = tuple(word for at, word in enumerate(said) if at not in denied)
        if denied and not tongue.stripped(rest, "before", "around", "object"):
            return True
    return False


# --- picking ----------------------------------------------------------------------------------------------------------


def _picked(tongue: Tongue, question: Question, said: Words) -> Picked:
    labels = [numbered(words(option.label), tongue.language) for option in question.options[:_MOST]]
    if len(said) > _LONGEST // 2 or (_refuses(said) and numbered(said, tongue.language) not in labels):
        return frozenset()
    for core in _cores(tongue, said):
        if found := _one(tongue, labels, core) or _several(tongue, labels, core, question.multiple):
            return found
    return frozenset()


def _refuses(said: Words) -> bool:
    """`not the second one`; a label may hold such a word itself."""
    return any(tongue.denials(said) for tongue in tongues())


def _cores(tongue: Tongue, said: Words) -> list[Words]:
    """The utterance as it is, then with less and less of `I'd take … please` around it."""
    found = [said]
    while True:
        shorter = _shorter(tongue, said)
        if shorter == said or not shorter:
            return found
        found.append(shorter)
        said = shorter


def _shorter(tongue: Tongue, said: Words) -> Words:
    tails = sorted(tongue.phrases["tail"], key=len, reverse=True)
    end = next((len(tail) for tail in tails if len(tail) < len(said) and said[-len(tail) :] == tail), 0)
    return said[:-end] if end else said[tongue.first(said, "lead") :]


def _one(tongue: Tongue, labels: list[Words], said: Words) -> Picked:
    """A label, or a number or place; nothing where they contradict each other."""
    place, said = _place(tongue, len(labels), said), numbered(said, tongue.language)
    exact = frozenset(at for at, label in enumerate(labels) if label == said)
    if exact:
        return exact if len(exact) == 1 else frozenset()
    partly = frozenset(at for at, label in enumerate(labels) if _within(said, label))
    if place is not None:
        return frozenset() if partly - {place} else frozenset({place})
    if len(partly) == 1:
        return partly
    return frozenset() if partly else _likest(labels, said)


def _place(tongue: Tongue, many: int, said: Words) -> int | None:
    """`2`, `number two`, `the second one`, `the last`."""
    core = tongue.stripped(said, "index")
    while len(core) > 1 and (core[-1],) in tongue.phrases["tail"]:
        core = core[:-1]
    if len(core) != 1:
        return None
    (word,) = numbered(core, tongue.language)
    if tongue.whole(core, "last"):
        return many - 1 if many else None
    if tongue.whole(core, "middle"):
        return many // 2 if many % 2 else None
    number = int(word) if word.isdecimal() else ordinals(tongue.language).get(bare(word), 0)
    return number - 1 if 1 <= number <= many else None


def _within(said: Words, label: Words) -> bool:
    """Whether the words are some of the label's, in its order; a number alone names no label."""
    if not said or all(word.isdecimal() for word in said):
        return False
    return any(starts(label, said, at) for at in range(len(label) - len(said) + 1))


def _likest(labels: list[Words], said: Words) -> Picked:
    """The label that sounds like it: `post gres` is PostgreSQL."""
    text = "".join(said)
    if not text or len(text) < _STEM or text.isdecimal():
        return frozenset()
    stems = [at for at, label in enumerate(labels) if "".join(label).startswith(text)]
    if len(stems) == 1:
        return frozenset(stems)
    marks = sorted(
        ((SequenceMatcher(None, text, "".join(label), autojunk=False).ratio(), at) for at, label in enumerate(labels)),
        reverse=True,
    )
    if not marks or marks[0][0] < _LIKE or (len(marks) > 1 and marks[0][0] - marks[1][0] < _AHEAD):
        return frozenset()
    return frozenset({marks[0][1]})


def _several(tongue: Tongue, labels: list[Words], said: Words, multiple: bool) -> Picked:
    """`one and three`, `all of them`; each part has to be a choice."""
    if tongue.whole(said, "all") or (len(labels) == 2 and tongue.whole(said, "both")):
        return frozenset(range(len(labels))) if multiple else frozenset()
    if multiple and (run := _run(tongue, len(labels), said)):
        return run
    parts = _parts(tongue, said, multiple)
    if len(parts) < 2:
        return frozenset()
    found = [next(filter(None, (_one(tongue, labels, core) for core in _cores(tongue, part))), None) for part in parts]
    return frozenset().union(*(one for one in found if one)) if all(found) else frozenset()


def _run(tongue: Tongue, many: int, said: Words) -> Picked:
    """`the first two`."""
    core = numbered(tongue.stripped(said, "index"), tongue.language)
    if len(core) != 2 or not core[1].isdecimal() or not 1 < int(core[1]) <= many:
        return frozenset()
    if ordinals(tongue.language).get(bare(core[0])) == 1:
        return frozenset(range(int(core[1])))
    return frozenset(range(many - int(core[1]), many)) if tongue.whole(core[:1], "last") else frozenset()


def _parts(tongue: Tongue, said: Words, multiple: bool) -> list[Words]:
    parts: list[list[str]] = [[]]
    for word in said:
        if (word,) in tongue.phrases["and"]:
            parts.append([])
        elif multiple and parts[-1] and all(_is_number(tongue, each) for each in (word, parts[-1][-1])):
            parts.append([word])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts if part]


def _is_number(tongue: Tongue, word: str) -> bool:
    return numbered((word,), tongue.language)[0].isdecimal()


# --- everything else --------------------------------------------------------------------------------------------------


def _back(said: Words) -> Judgement | None:
    """Time, an explanation, or a refusal to answer."""
    for tongue in tongues():
        content = tongue.stripped(said, "before", "around")
        if tongue.laid_out(said) & WAIT or (
            (waits := tongue.first(content, "wait")) and tongue.first(content[waits:], "wait_tail")
        ):
            return Judgement("wait", "the user wants time")
        if tongue.first(content, "explain"):
            return Judgement("explain", "the user asks about the choices")
        if tongue.whole(content, "none", "decide"):
            return None
        if _is_no(said):
            return Judgement("deny", "the user will not answer")
    return None


def _in_own_words(question: Question, heard: Heard, said: Words) -> bool:
    """Whether the words themselves are the answer: something of them says that they are meant as one."""
    if not question.custom or len(said) > _LONGEST:
        return False
    for tongue in tongues():
        content = tongue.stripped(said, "before", "around")
        if tongue.whole(content, "none", "decide", "all", "both") or tongue.whole(said, "none", "decide"):
            return True
    if asks(heard.text) or _doubtful(said):
        return False
    if not question.options:
        return len(said) > 1 or heard.source == "typed"
    labels = [words(option.label) for option in question.options[:_MOST]]
    for tongue in tongues():
        content = tongue.stripped(said, "before", "around")
        if tongue.first(content, "strong_lead") or tongue.anywhere(content, "free"):
            return len(content) > 1
        if heard.source == "typed" and len(said) > 1:
            return not tongue.first(content, "requests")
    return any(_within(label, said) and len(said) > len(label) for label in labels) and _named(labels, said) == 1


def _doubtful(said: Words) -> bool:
    """A question, a refusal, a yes or no: not an answer in words."""
    return any(
        tongue.first(tongue.stripped(said, "before"), "question")
        or tongue.laid_out(said) & (YES | ALWAYS)
        or tongue.whole(said, "sounds_no")
        or tongue.first(said, "deny")
        for tongue in tongues()
    )


def _named(labels: list[Words], said: Words) -> int:
    return sum(_within(label, said) for label in labels)


def _neither(heard: Heard, said: Words) -> Judgement:
    for tongue in tongues():
        if tongue.first(said, "requests") and not tongue.anywhere(said, "consent", "hedge"):
            return Judgement("not_consent", "about something else", cause=Cause.ELSE)
    return Judgement("unclear", "none of the choices, or more than one", cause=Cause.DOUBT)
