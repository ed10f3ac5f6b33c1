"""Whether the outcome of work comes first, and an answer begins with the answer."""

from __future__ import annotations

import re

from speakbench.cases import Case
from speakbench.numerals import cardinals
from speakbench.words import is_spanish, says, tokens, word_set

FRONT_WORDS = 12
FRONTS = {
    "done": "done finished finish complete completed fixed added adds removed renamed updated changed created passed "
    "pass passes passing succeeded success clean works working ready built deployed pushed merged committed moved "
    "refactored optimized scaled reverted implemented enabled configured migrated resolved "
    "deleted installed nothing no yes replaced split wrote written reverted started reset found upgraded restored set "
    "put ran builds down up open closed cleaned exists matches now back hecho listo corregi corregido pasan "
    "terminado anadi agregue cambie borre borraron elimine eliminaron borrado borrada borrados borradas eliminado "
    "eliminada eliminados eliminadas actualizado instalado publicado creado anadido",
    "failed": "fail failed fails failing failure failures could cannot can't not couldn't error errors unable broken "
    "broke stopped crashed crash refused rejected missing conflict conflicts timed denied killed unreachable "
    "panic panics panicked wrong nothing empty partially partly still problem problems issues exits exited "
    "fallo fallan falla fallado error errores no pude",
    "needs_you": "need needs permission wants want may allow approve approval question asks should shall decide which "
    "waiting waits confirm choose prefer okay ok tell permiso quiere necesita puedo debo",
    "info": "",
}
FILLERS = re.compile(
    r"^\W*(sure|certainly|of course|great question|good question|absolutely|okay|ok|let me|i'?ll|i will|i'?m going to|"
    r"happy to|you'?re (absolutely )?right|excellent|perfect|claro|por supuesto|thanks|thank you|here'?s|here is)\b",
    re.I,
)


def outcome_comes_late(case: Case, spoken: str) -> bool:
    """Work that does not tell its outcome in the first words, or an answer that does not begin with the answer."""
    if not spoken.strip():
        return True
    first = " ".join(spoken.split()[:FRONT_WORDS])
    spanish = is_spanish(spoken)
    if case.front:
        return not says(first, case.front, spanish=spanish)
    if case.kind == "work" and case.outcome != "info" and not (case.outcome == "done" and _only_looked(case)):
        shared = case.outcome == "failed" and _has_share(first, spanish=spanish)
        return not (shared or says(first, FRONTS[case.outcome].split(), spanish=spanish))
    return bool(FILLERS.match(first))


SHARE = re.compile(r"\b(\d+) (?:out )?(?:of|de) (?:(?:the|los|las) )?(\d+)\b")
LOOKING_TOOLS = word_set("read grep glob list ls task webfetch websearch todowrite todoread")
LOOKING = re.compile(
    r"\s*(?:(?:cat|ls|grep|rg|head|tail|wc|file|stat|du|df|pwd|which|ps|date)\b|find\b(?!.*-(?:delete|exec))"
    r"|git (?:log|diff|status|show|blame|shortlog)\b)[^<>&;|$`\n]*$"
)


def _has_share(first: str, *, spanish: bool) -> bool:
    """Whether a part of all is counted: `two of the three`."""
    found = SHARE.search(" ".join(cardinals(tokens(first, spanish=spanish))))
    return bool(found and int(found[1]) < int(found[2]))


def _only_looked(case: Case) -> bool:
    """Whether the turn did no work, so that what it tells is an answer."""
    finished = [event for event in case.events if event["type"] == "tool_finished"]
    return bool(finished) and all(
        event["ok"] and (event["tool"] in LOOKING_TOOLS or bool(LOOKING.match(str(event.get("command") or "rm"))))
        for event in finished
    )
