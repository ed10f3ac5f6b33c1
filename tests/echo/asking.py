"""Many different requests, among them such as were named to be heard as a yes, each as it is really read aloud."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import yaml

from aidevops_voice.consent import challenge
from aidevops_voice.consent.appraisal import appraise
from aidevops_voice.consent.inquiry import Inquiry
from aidevops_voice.consent.rules import Rules
from aidevops_voice.conversation.putting import Putting
from aidevops_voice.languages import named
from aidevops_voice.ports import Ask, Option, Question

ENGLISH = named("en")
CASES = Path(__file__).parents[1] / "risk" / "cases"
PHRASES = tuple(challenge.draw(Random(number)) for number in range(12))
"""Few enough to be in a grammar of the recogniser, which knows them then as well as it ever can."""
YES = (
    "yes", "go ahead", "yes go ahead", "do it", "yes do it", "permission granted", "allow it", "okay", "sure", "always",
    "yes please", "go on", "proceed", "approved", "that is fine", "yeah", "confirm", "always allow",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A request, and what is said of it: its sentences and, after a pause, its phrase where it has one."""

    ask: Ask
    sentences: tuple[str, ...]
    challenge: tuple[str, ...]
    phrase: str


@cache
def commands() -> list[str]:
    """Those of the risk cases that fit into a line."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(CASES.glob("*.yaml"))]
    found = [case.get("command", "") for text in texts for case in yaml.load(text, yaml.CSafeLoader)]
    return [command for command in found if command and "\n" not in command and len(command) < 80]


def _asked(dice: Random, known: list[str]) -> Ask:
    word = dice.choice(YES)
    bash = Ask("per_1", "s", "permission", "bash", dice.choice(known))
    baited = (
        replace(bash, command=f"touch '{word}'"),
        replace(bash, command=f"mkdir '{word}' && rm -rf '{word}'"),
        replace(bash, command=f"rm -rf '{word}'"),
        replace(bash, command=f"git checkout -b {word.replace(' ', '-')}"),
        Ask("per_1", "s", "permission", "edit", path=f"{word.replace(' ', '_')}.py", diff="-a\n+b\n"),
        replace(bash, child=word),
        Ask("que_1", "s", "question", questions=(_question(dice, word),)),
    )
    return dice.choice(baited) if dice.random() < 0.5 else bash


def _question(dice: Random, word: str) -> Question:
    labels = [word, *dice.sample(("No", "Later", "The second one", "All of them", "Keep it as it is"), 2)]
    return Question(f"Shall I say {word} now?", options=tuple(map(Option, labels)))


def drawn(dice: Random, known: list[str]) -> Said:
    """One request that is read to the user."""
    ask = _asked(dice, known)
    look = appraise(ask)
    inquiry = Inquiry(ask, clock=lambda: 0.0, write=lambda _: None, spoken=True)
    mode = Rules(trusted=True).mode(look.level, look.risk.actions) if ask.kind == "permission" else "ask"
    words = dice.choice(PHRASES)
    put = Putting(inquiry, ask, look, look, [words])
    if mode == "challenge":
        put.guard()
    sentences = tuple(put.sentences(ENGLISH, trusted=True))
    return Said(ask, sentences, words if put.guarded else (), challenge.phrase(words) if put.guarded else "")
