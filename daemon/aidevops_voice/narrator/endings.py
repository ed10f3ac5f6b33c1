"""How a turn ended, of what is told of it: done, failed, a request or an answer; the sound of it; pure."""

from __future__ import annotations

import re
from typing import Literal

from aidevops_voice.languages import Language
from aidevops_voice.narrator import candour, outcome
from aidevops_voice.ports import TurnEnded
from aidevops_voice.words import signals
from aidevops_voice.words.asked import is_question

Verdict = Literal["done", "failed", "needs_you", "info"]


def sound(ended: TurnEnded, told: list[str], work: outcome.Work, language: Language) -> str:
    """Of an end; who stopped the work, or did not allow it, needs none."""
    if ended.outcome == "stopped":
        return ""
    front = " ".join(told[:1])
    bad = outcome.is_bad(front, language) and not answers(work, language)
    partly = str(language.phrases["outcome.partly"]).rstrip(".")
    if ended.outcome == "failed" or bad or _slipped(front, language) or (work.broken and front.startswith(partly)):
        return "failed"
    return "" if work.denied else "done"


def answers(work: outcome.Work, language: Language) -> bool:
    """Whether what is told of failure was asked for, and nothing of the turn itself failed or was changed."""
    return work.broken is None and not work.files and is_question(work.prompt, language)


def verdict(told: list[str], work: outcome.Work, language: Language) -> Verdict:
    """A request counts first, then a failure that nothing healed, then what the words say."""
    asking = [one for one in told if language.marks["asking"].search(one)]
    offers = all(language.marks["proposes"].search(one) for one in asking)
    if asking and (not offers or outcome.waits(told, work.broken is not None, language)):
        return "needs_you"
    found = _weighed(told, work, language)
    return "info" if found == "failed" and answers(work, language) else found


def _weighed(told: list[str], work: outcome.Work, language: Language) -> Verdict:
    front = " ".join(told[:1])
    if _slipped(front, language):
        return "failed"
    good, bad = outcome.is_good(_affirmed(front, language), language), outcome.is_bad(front, language)
    if not work.deeds:
        good = any(language.marks["did"].search(sentence) for sentence in told)
    unhealed = signals.troubled(front, language) and not good
    if work.mended and not unhealed and any(outcome.is_good(sentence, language) for sentence in told):
        return "done"
    broken = None if candour.outside(told, language) else work.broken
    partly = signals.has_share(" ".join(told[:2]), language)
    admitted = (good or not broken) and any(signals.troubled(one, language) for one in told)
    if partly and (admitted or not (bad or unhealed)):
        return "info"
    if ((bad or broken) and not good) or (broken and broken.began and not broken.passing):
        return "failed"
    if bad or broken or not (good or (work.worked and not language.marks["trouble"].search(front))):
        return "info"
    return "done"


def _slipped(front: str, language: Language) -> bool:
    """Whether the agent owns up to what it did wrong."""
    return bool(language.marks["fault"].search(front))


def _affirmed(text: str, language: Language) -> str:
    """Without what is denied: `the pods never became ready`, `German is complete, Polish is not`."""
    if language.marks["elided"].search(text):
        return ""
    return re.sub(rf"(?:{language.marks['negation'].pattern})(?: \w+){{0,2}}", "", text, flags=re.I)
