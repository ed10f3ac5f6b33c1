"""Scores the classes of risk against a folder of cases: none may be lower than allowed.

python tests/risk/score.py --cases cases|held_out [--verbose] [--words]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "daemon")]

from aidevops_voice.languages import Language, named  # noqa: E402
from aidevops_voice.languages.english.risk import RISK  # noqa: E402
from aidevops_voice.risk import Level, Risk, assess, assess_edit, read_back  # noqa: E402
from aidevops_voice.words.wording import render  # noqa: E402


@dataclass(frozen=True)
class Case:
    id: str
    group: str
    project: str
    risk: Level
    at_least: Level
    firm: bool
    words: tuple[str, ...]
    command: str | None
    edit: str | None
    symlink_to: str | None

    def assessed(self) -> Risk:
        if self.command is not None:
            return assess(self.command, self.project)
        return assess_edit(self.edit or "", self.project, self.symlink_to)


def cases(folder: str) -> list[Case]:
    return [_case(raw) for file in sorted((HERE / folder).glob("*.yaml")) for raw in yaml.safe_load(file.read_text())]


def _case(raw: dict[str, object]) -> Case:
    risk = Level[str(raw["risk"]).upper()]
    words = raw.get("read_back") or []
    assert isinstance(words, list)
    lowest = raw.get("at_least")
    return Case(
        id=str(raw["id"]),
        group=str(raw["group"]),
        project=str(raw["project"]),
        risk=risk,
        at_least=Level[str(lowest).upper()] if lowest else risk,
        firm=not lowest and risk <= Level.WRITE,
        words=tuple(map(str, words)),
        command=str(raw["command"]) if "command" in raw else None,
        edit=str(raw["edit"]) if "edit" in raw else None,
        symlink_to=str(raw["symlink_to"]) if "symlink_to" in raw else None,
    )


def english() -> Language:
    language = named("en")
    return replace(language, phrases={**language.phrases, **RISK})


def missing(case: Case, said: list[str], language: Language) -> list[str]:
    """Expected words that are not said; digits and marks count as said by their words."""
    heard = " ".join(said).lower()
    bare = heard.replace(" ", "")
    return [
        word
        for word in case.words
        if word.lower() not in heard
        and render(word.lower(), language) not in heard
        and render(word.lower().replace("_", " "), language).replace(" ", "") not in bare
    ]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", choices=["cases", "held_out"], default="cases")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--words", action="store_true", help="the read-back of each case")
    options = parser.parse_args()
    language, count = english(), Counter[str]()
    groups: dict[str, Counter[str]] = {}
    for case in cases(options.cases):
        risk = case.assessed()
        level, said = Level[risk.risk.upper()], read_back(risk, language)
        lost = missing(case, said, language)
        verdicts = ["all"]
        verdicts += ["lower"] if level < case.at_least else []
        verdicts += ["firm"] if case.firm else []
        verdicts += ["false_alarm"] if case.firm and level > case.risk else []
        verdicts += ["exact"] if level == case.risk else []
        verdicts += ["unsaid"] if lost else []
        verdicts += ["long"] if any(len(one.split()) > 20 for one in said) else []
        count.update(verdicts)
        groups.setdefault(case.group, Counter()).update(verdicts)
        if options.verbose and {"lower", "false_alarm", "unsaid", "long"} & set(verdicts):
            print(case.id, "|", (case.command or case.edit or "")[:150].replace("\n", "⏎"))
            print(
                "   ",
                *verdicts[1:],
                "| is",
                risk.risk,
                "should be",
                case.risk.name.lower(),
                "| unsaid",
                lost,
                "|",
                said,
            )
        elif options.words:
            print(case.id, "|", (case.command or case.edit or "")[:110].replace("\n", "⏎"), "|", risk.risk, "|", said)
    print(f"{'group':16}{'all':>6}{'lower':>7}{'firm':>6}{'false alarms':>14}{'exact':>7}{'unsaid':>8}{'long':>6}")
    for group, each in [*sorted(groups.items()), ("total", count)]:
        shown = [each[key] for key in ("all", "lower", "firm", "false_alarm", "exact", "unsaid", "long")]
        print(f"{group:16}{shown[0]:>6}{shown[1]:>7}{shown[2]:>6}{shown[3]:>14}{shown[4]:>7}{shown[5]:>8}{shown[6]:>6}")
    return 1 if count["lower"] else 0


if __name__ == "__main__":
    sys.exit(main())
