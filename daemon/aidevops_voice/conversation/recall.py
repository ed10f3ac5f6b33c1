"""Questions about the last run, answered from the record without waking the agent; pure, clock and record handed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from aidevops_voice.chronicle import Account
from aidevops_voice.conversation import deeds, plan
from aidevops_voice.conversation.deeds import breaths, joined, say, sentence, told
from aidevops_voice.languages import Language, guess
from aidevops_voice.narrator import progress
from aidevops_voice.ports import Command
from aidevops_voice.words import speakable, wording

QUESTIONS = frozenset(
    {
        Command.MORE, Command.DETAILS, Command.FILES, Command.ERROR, Command.RAN, Command.TESTS, Command.FULL,
        Command.SPELL, Command.DOING, Command.ELAPSED, Command.TODO,
    }
)  # fmt: skip
"""What `answer` answers."""
AT_ONCE = 3
"""Sentences of one "more"."""
MOST = 40
"""Sentences of a whole answer, a few minutes of speech; what waits for the voice is bounded too."""
SPELLED = 3
"""Names."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when the question is asked."""

    now: float
    """Monotonic seconds, as the times of the accounts."""
    about: Account | None = None
    """The run that is asked about."""
    current: Account | None = None
    """The one that goes on."""
    last: Account | None = None
    """The one that ended last."""
    waiting: bool = False
    """The agent waits for the user."""
    heard: tuple[str, ...] = ()
    """Sentences said last."""
    read_in: Language | None = None
    """The language that every answer is read in, where one is set; else it is guessed from the answer."""


def answer(command: Command, scene: Scene, language: Language) -> list[str]:
    """Sentences of at most 20 words; never none."""
    match command:
        case Command.DOING:
            return _doing(scene, language)
        case Command.ELAPSED:
            return _elapsed(scene, language)
        case Command.TODO:
            return plan.told_of(scene.current, scene.last, language) or _doing(scene, language)
    if (account := scene.about) is None:
        return say(language, "recall.nothing_yet")
    return _ended_badly(account, scene, command, language) + _answer(command, account, scene, language)


def _answer(command: Command, account: Account, scene: Scene, language: Language) -> list[str]:
    match command:
        case Command.FILES:
            return deeds.files(account, language)
        case Command.ERROR:
            return deeds.error(account, language)
        case Command.RAN:
            return deeds.ran(account, language)
        case Command.TESTS:
            return deeds.tests(account, language)
        case Command.SPELL:
            return _spell(account, scene.heard, language)
        case Command.FULL:
            return _full(account, scene, language)
        case Command.MORE:
            return _more(account, scene, language)
        case _:
            return deeds.details(account, language)


def _ended_badly(account: Account, scene: Scene, command: Command, language: Language) -> list[str]:
    """A run that died with the daemon is told as one."""
    if command is not Command.DETAILS or account is scene.current or account.ended is not None:
        return []
    return say(language, "recall.cut_off")


# --- the answer's text ------------------------------------------------------------------------------------------


def _more(account: Account, scene: Scene, language: Language) -> list[str]:
    if rest := untold(account, scene, language):
        return rest[:AT_ONCE]
    if account is scene.current:
        return say(language, "recall.not_yet")
    if not account.text.strip() and not account.told:
        return deeds.details(account, language)
    sizes = [one for one in _sizes(account.text, language) if one not in account.told]
    return [*sizes, *say(language, "recall.all")]


def _full(account: Account, scene: Scene, language: Language) -> list[str]:
    said = _breathed(account.text, scene, language)
    if len(said) > MOST:
        return [*said[: MOST - 1], *say(language, "outcome.rest")]
    return [*said, *_sizes(account.text, language)] or say(language, "recall.no_text")


def untold(account: Account, scene: Scene, language: Language) -> list[str]:
    """Sentences of the answer that were not spoken yet."""
    heard = f" {' '.join(map(_bare, account.told))} "
    return [one for one in _breathed(account.text, scene, language) if f" {_bare(one)} " not in heard]


def _breathed(text: str, scene: Scene, language: Language) -> list[str]:
    said, _ = speakable.sentences(text, scene.read_in, language)
    return [one for whole in said for one in breaths(whole)]


_NOT_WORDS = re.compile(r"[^\w']+")


def _bare(text: str) -> str:
    return _NOT_WORDS.sub(" ", text.lower()).strip()


_FENCE = re.compile(r"^\s{0,3}(?:```+|~~~+)\s*([\w+-]*)")


def _sizes(text: str, language: Language) -> list[str]:
    """How much code and diff stands beside the words."""
    counted = Counter(_kinds(text))
    what = [told(language, f"recall.{kind}", n) for kind, n in counted.items()]
    return say(language, "recall.also", what=joined(what, language)) if what else []


def _kinds(text: str) -> Iterator[str]:
    """What each line is that stands between fences."""
    inside = ""
    for line in text.splitlines():
        if fence := _FENCE.match(line):
            inside = "" if inside else "diff" if fence.group(1).lower() in ("diff", "patch") else "code"
        elif inside:
            yield inside


# --- names ------------------------------------------------------------------------------------------------------

_LATEST, _READ = 5, 2000
"""Tools, and characters of their outputs, in which names are looked for."""
_CODE = re.compile(r"`([^`\n]{1,80})`")
_IDENTIFIER = re.compile(r"\b[\w-]*(?:[A-Za-z]_\w|[a-z][A-Z]|[A-Za-z]\.[a-z])[\w.-]*\w")


def _spell(account: Account, heard: tuple[str, ...], language: Language) -> list[str]:
    said = f" {' '.join(map(_bare, heard))} "
    spoken = {
        raw: words for raw in _written(account) for words in _forms(raw, account, language) if f" {words} " in said
    }
    found = [raw for raw, words in spoken.items() if words]
    whole = [raw for raw in found if not any(_part_of(spoken[raw], spoken[other]) for other in found)]
    if not whole:
        return say(language, "recall.no_names")
    return [one for raw in whole[:SPELLED] for one in _spelled(raw, language)]


def _forms(raw: str, account: Account, language: Language) -> list[str]:
    """A name as it is said in our own language, and in that of the answer."""
    return [_bare(wording.name(raw, one)) for one in (language, guess(account.text, language))]


def _part_of(words: str, other: str) -> bool:
    return words != other and f" {words} " in f" {other} "


def _written(account: Account) -> list[str]:
    """Names as they are written: in code, or by their look, and the files that were used."""
    spans = [span for span in _CODE.findall(account.text) if " " not in span.strip()]
    paths = [path for tool in account.tools for path in (tool.path, *(file.path for file in tool.files)) if path]
    outputs = [name for tool in account.tools[-_LATEST:] for name in _IDENTIFIER.findall(tool.output[-_READ:])]
    names = [*spans, *_IDENTIFIER.findall(account.text), *paths, *outputs]
    return list(dict.fromkeys(name.strip("/").rsplit("/", 1)[-1].removesuffix("()") for name in names if name))


def _spelled(raw: str, language: Language) -> list[str]:
    return [sentence(wording.name(raw, language)), *breaths(sentence(wording.spelled(raw, language)))]


# --- time -------------------------------------------------------------------------------------------------------


def _doing(scene: Scene, language: Language) -> list[str]:
    account = scene.current
    if account is None:
        return _idle(scene, language)
    said = say(language, "recall.waits") if scene.waiting else _tool(account, scene.now, language)
    plan = next((item.text for item in account.todo if item.status == "in_progress"), "")
    if plan := wording.render(plan, language):
        said += say(language, "recall.todo", item=plan)
    return said + say(language, "recall.running_for", time=_lasting(scene.now - account.began, language))


def _tool(account: Account, now: float, language: Language) -> list[str]:
    for tool, since in reversed(account.running.values()):
        if what := progress.describe(tool, language):
            return say(language, "recall.doing", what=what, time=_lasting(now - since, language))
    return []


def _idle(scene: Scene, language: Language) -> list[str]:
    said = say(language, "recall.idle")
    if scene.last is None:
        return said
    if scene.last.ended is None:
        return said + say(language, "recall.cut_off")
    outcome = told(language, {"done": "recall.done", "stopped": "recall.ended_stopped"}.get(
        scene.last.outcome, "recall.ended_failed"))  # fmt: skip
    ago = _lasting(scene.now - scene.last.ended, language)
    return said + say(language, "recall.ended", time=ago, outcome=outcome)


def _elapsed(scene: Scene, language: Language) -> list[str]:
    if scene.current:
        return say(language, "recall.running_for", time=_lasting(scene.now - scene.current.began, language))
    last = scene.last
    if last is None or last.ended is None:
        return _idle(scene, language)
    took, ago = _lasting(last.ended - last.began, language), _lasting(scene.now - last.ended, language)
    return say(language, "recall.took", time=took, ago=ago)


def _lasting(seconds: float, language: Language) -> str:
    return wording.elapsed(max(1.0, seconds), language)
