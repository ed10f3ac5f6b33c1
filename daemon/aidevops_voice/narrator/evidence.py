"""What the tools of a turn tell of it without the agent's words; pure."""

from __future__ import annotations

from aidevops_voice import risk
from aidevops_voice.consent.appraisal import NOWHERE
from aidevops_voice.languages import Language, Saying
from aidevops_voice.narrator import commands
from aidevops_voice.narrator.work import Deed, Work
from aidevops_voice.reports import Report
from aidevops_voice.risk.steps import steps
from aidevops_voice.words import signals
from aidevops_voice.words.asked import asked
from aidevops_voice.words.choice import SENTENCES, lowered
from aidevops_voice.words.cuts import cut
from aidevops_voice.words.speakable import LONGEST, render, words
from aidevops_voice.words.wording import told

_READ = 1000
"""Characters of a command; what is cut counts as dangerous."""
_BESIDE, _ALONE = 8, 14
"""Words of a command beside what came of it, and where nothing else is known."""
_SILENT = 36
"""Words for an agent that says nothing itself."""
_SHARED = 45
"""Words with which a part of the whole is told together with the rest."""


def facts(work: Work, language: Language) -> list[str]:
    """What the last command tells of itself, the files, or else what was run."""
    open_, told_ = work.broken, (one for one in reversed(work.reports) if one.sayings)
    telling = (one for one in told_ if one.verdict != "bad" or (open_ and one.kind != "exit"))
    found = next(telling, None)
    facts = [told(each, language) for each in found.sayings] if found else []
    if found and found.kind == "sum" and found.sayings[0].key == "items.share":
        facts[0] = f"{told(Saying('outcome.partly'), language)}, {facts[0]}"
    if work.files:
        facts.append(_changed(work, language))
    last = next((deed for deed in reversed(work.deeds) if deed.command), None)
    if (
        last
        and not work.ledger.sayings(lesser=True)
        and (found is None or found.kind != "exit")
        and (not facts or (_reaches(last.command) and not _tells(found, last)))
        and (ran := commands.spoken(last.command, language, _BESIDE if facts else _ALONE))
    ):
        # The result tells more than the command.
        facts.append(told(Saying("outcome.ran", fields={"what": ran}), language))
    return facts


def _tells(found: Report | None, last: Deed) -> bool:
    """Whether a result says what was done: `main was pushed`."""
    own = found is not None and last.report is found and (found.kind, found.verdict) == ("git", "good")
    return own and len(steps(last.command[:_READ])) == 1


def _reaches(command: str) -> bool:
    """Whether it may have done more than look and change the project."""
    return risk.assess(command[:_READ], NOWHERE).risk not in ("read", "write")


def _changed(work: Work, language: Language) -> str:
    names = list(work.files)
    new = "new_" if set(work.files.values()) == {"added"} else ""
    if len(names) == 1:
        return told(Saying(f"outcome.{new}file", fields={"file": names[0]}), language)
    if len(names) == 2:
        return told(Saying(f"outcome.{new}two", fields={"first": names[0], "second": names[1]}), language)
    return told(Saying(f"outcome.{new}files", len(names)), language)


def together(facts: list[str], language: Language) -> list[str]:
    """Clauses as at most three sentences, the short ones side by side."""
    said: list[str] = []
    for fact in facts:
        part = cut(fact, LONGEST, language)[0]
        room = _SILENT - sum(map(words, said))
        if words(part) > room:
            break
        if len(said) < SENTENCES:
            said.append(sentence(part))
    return said or [sentence(cut(facts[0], LONGEST, language)[0])]


def packed(said: list[str], most: int, language: Language) -> list[str]:
    """At most so many sentences, the first short ones put together; the last ones go where that is not enough."""
    said = list(said)
    while len(said) > most and language.code:
        fits = [at for at in range(len(said) - 1) if words(said[at]) + words(said[at + 1]) <= LONGEST]
        if not fits:
            return said[:most]
        at = fits[0]
        said[at : at + 2] = [f"{said[at].rstrip('.!')}, {lowered(said[at + 1], language)}"]
    return said[:most]


def shared(part: str, said: list[str], work: Work, language: Language) -> list[str]:
    """With how much of it went through: behind what admits that it was not all, else in front of it."""
    part = sentence(part)
    honest = [one for one in said if signals.troubled(one, language) or language.marks["negation"].search(one)]
    if len(said) < SENTENCES and honest:
        return [*said, part]
    kept = said if honest else [one for one in said if not language.marks["boast"].search(one)]
    names = [
        str(raw) for one in work.reports if one.kind == "sum" for say in one.sayings[1:] for raw in say.fields.values()
    ]
    heard = [render(name, language).lower() for name in names]
    while kept and (len(kept) >= SENTENCES or sum(map(words, (part, *kept))) > _SHARED):
        least = min(range(len(kept)), key=lambda at: (_weight(kept[at], heard, language), -at))
        kept = [*kept[:least], *kept[least + 1 :]]
    return [part, *_left_out([part, *kept], work, language), *kept]


def _left_out(said: list[str], work: Work, language: Language) -> list[str]:
    """By name what did not go through, where there is room and none of it is said."""
    summed = next((one for one in reversed(work.reports) if one.kind == "sum"), None)
    named = summed.sayings[1] if summed and len(summed.sayings) > 1 else None
    if named is None or len(said) >= SENTENCES:
        return []
    names = [render(str(named.fields[key]), language).lower() for key in ("name", "first") if key in named.fields]
    if any(name in " ".join(said).lower() for name in names):
        return []
    clause = sentence(told(named, language))
    return [clause] if sum(map(words, (*said, clause))) <= _SHARED else []


def result(work: Work, said: list[str], language: Language) -> list[str]:
    """With the number that the last command printed, where nothing is said of it and there is room, or it was asked."""
    sayings = work.reports[-1].sayings if work.reports else ()
    found = next((one for one in sayings if one.key in _VALUES), None)
    if found is None or said[-1].endswith("?"):
        return said
    number = language.cardinal(found.n) if found.n else str(found.fields.get("size") or found.fields.get("number"))
    own = sentence(told(found, language))
    if render(number, language).lower() in " ".join(said).lower():
        return said
    if len(said) < SENTENCES:
        return said if sum(map(words, (*said, own))) > _SHARED else [*said, own]
    prompt = asked(work.prompt, language)
    least = min(range(1, len(said)), key=lambda at: _weight(said[at], [], language))
    wanted = prompt is not None and prompt.count and "size" in prompt.near and not _weight(said[least], [], language)
    return [*said[:least], own, *said[least + 1 :]] if wanted else said


_VALUES = frozenset({"values.bytes", "values.size", "values.number"})


def _weight(sentence: str, names: list[str], language: Language) -> int:
    """What a sentence is worth beside the part: what was left out, what is to be done, what is not so."""
    due = sentence.endswith("?") or any(language.marks[mark].search(sentence) for mark in ("due", "asking", "step"))
    trouble = signals.troubled(sentence, language) or bool(language.marks["negation"].search(sentence))
    return 4 * any(name in sentence.lower() for name in names) + 2 * due + trouble


def already(work: Work, language: Language) -> list[str]:
    """The files of a turn that came to no end."""
    if not work.files:
        return []
    first, *others = work.files
    if len(others) == 1:
        return [sentence(told(Saying("outcome.edited_two", fields={"first": first, "second": others[0]}), language))]
    return [sentence(told(Saying("outcome.edited", len(work.files), {} if others else {"file": first}), language))]


def sentence(text: str) -> str:
    """With a capital and a stop."""
    text = text.strip().rstrip(",")
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?", "!")) else ".")
