"""Whole turns on a clock: when which words and sounds are told, at each level, in both languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from aidevops_voice.narrator import Narration, Narrator
from aidevops_voice.ports import (
    AgentEvent,
    Ask,
    AskClosed,
    Compacting,
    FileChange,
    Retrying,
    Text,
    TextEnded,
    ToolFinished,
    ToolStarted,
    Turn,
    TurnEnded,
    Utterance,
)

S, T = "s", "t"
Timed = list[tuple[float, AgentEvent]]
Heard = list[tuple[float, str, str]]


def starts(call: str, command: str = "", *, path: str = "") -> AgentEvent:
    return ToolStarted(S, T, call, "edit" if path else "bash", command=command, path=path)


def ends(call: str, command: str = "", output: str = "", code: int = 0, *, path: str = "") -> AgentEvent:
    files = (FileChange(path),) if path else ()
    tool, exit_code = ("edit", None) if path else ("bash", code)
    return ToolFinished(S, T, call, tool, code == 0, "", command, path, output, exit_code, files)


def wrote(part: str, words: str) -> AgentEvent:
    return TextEnded(S, T, part, words)


DONE = TurnEnded(S, (T,), "done")
FAILING = "=== 3 failed, 9 passed in 0.42s ==="
PASSING = "=== 12 passed in 0.42s ==="


def tell(narrator: Narrator, events: Timed, until: float = 0.0, now: float = 0.0) -> Heard:
    """Hand everything over at its time, and tick whenever something is due."""
    heard: Heard = []

    def note(now: float, said: list[Utterance]) -> None:
        heard.extend((round(now, 2), u.kind, u.text or f"({u.earcon})") for u in said)

    for at, event in [*events, (until, None)]:
        while (due := narrator.due()) is not None and due < at:
            now = max(now, due)
            note(now, narrator.tick(now))
        now = at
        if event is not None:
            note(at, narrator.feed(event, at))
            if isinstance(event, Ask | AskClosed):
                narrator.asks_open(isinstance(event, Ask))
    return heard


def turn(narration: Narration, events: Timed, prompt: str = "please fix the parser and run the tests") -> Heard:
    narrator = Narrator(narration)
    narrator.submitted(Turn(T, S, prompt), 0.0)
    return tell(narrator, events)


WORK: Timed = [
    (1.0, wrote("p", "Let me run the tests first.")),
    (1.2, starts("a", "pytest -q")),
    (6.0, ends("a", "pytest -q", FAILING, 1)),
    (7.0, wrote("q", "The tokenizer drops the last comma. I will fix it in the parser.")),
    (7.1, starts("b", path="src/parser.py")),
    (7.2, ends("b", path="src/parser.py")),
    (13.0, starts("c", "pytest -q")),
    (100.0, ends("c", "pytest -q", PASSING)),
    (101.0, Text(S, T, "r", "I fixed the parser. ")),
    (103.0, wrote("r", "I fixed the parser. All 12 tests pass.")),
    (103.1, DONE),
]
OUTCOME: Heard = [
    (103.1, "outcome", "(done)"),
    (103.1, "outcome", "I fixed the parser."),
    (103.1, "outcome", "All twelve tests pass."),
]


def test_normal_tells_the_work_and_what_came_of_it() -> None:
    assert turn(Narration(), WORK) == [
        (0.05, "ack", "(working)"),
        (0.7, "ack", "On it."),
        (4.0, "progress", "Running the tests."),
        (10.0, "progress", "Three tests failed, nine passed. The tokenizer drops the last comma."),
        (19.0, "progress", "Running the tests."),
        (44.0, "progress", "Still running the tests, thirty-one seconds."),
        (81.5, "progress", "Still running the tests, one minute."),
        *OUTCOME,
    ]


def test_quiet_tells_the_outcome_only() -> None:
    assert turn(Narration(level="quiet"), WORK) == [(0.05, "ack", "(working)"), *OUTCOME]


def test_chatty_tells_every_step() -> None:
    assert turn(Narration(level="chatty"), WORK) == [
        (0.05, "ack", "(working)"),
        (0.7, "ack", "On it."),
        (2.0, "progress", "Let me run the tests first."),
        (6.0, "progress", "Three tests failed, nine passed."),
        (10.5, "progress", "The tokenizer drops the last comma. I will fix it in the parser."),
        (16.5, "progress", "Running the tests."),
        (31.5, "progress", "Still running the tests, eighteen seconds."),
        (54.0, "progress", "Still running the tests, forty-one seconds."),
        (87.75, "progress", "Still running the tests, one minute."),
        (100.0, "progress", "Twelve tests passed."),
        *OUTCOME,
    ]


def test_without_sounds_there_are_words_only() -> None:
    heard = turn(Narration(earcons=False), WORK)
    assert heard == [one for one in turn(Narration(), WORK) if not one[2].startswith("(")]
    assert turn(Narration(earcons=False, level="quiet"), WORK) == OUTCOME[1:]


SPANISH = "por favor corrige el parser y ejecuta las pruebas"
TRABAJO: Timed = [
    (1.2, starts("a", "pytest -q")),
    (40.0, ends("a", "pytest -q", FAILING, 1)),
    (41.0, starts("b", path="src/parser.py")),
    (41.1, ends("b", path="src/parser.py")),
    (50.0, starts("c", "pytest -q")),
    (55.0, ends("c", "pytest -q", PASSING)),
    (60.0, wrote("r", "He corregido el parser. Ahora pasan las 12 pruebas.")),
    (60.1, DONE),
]
FINAL: Heard = [
    (60.1, "outcome", "(done)"),
    (60.1, "outcome", "He corregido el parser."),
    (60.1, "outcome", "Ahora pasan las doce pruebas."),
]


def test_normal_in_spanish() -> None:
    told = turn(Narration(), TRABAJO, SPANISH)
    assert told == [
        (0.05, "ack", "(working)"),
        (0.7, "ack", "Voy."),
        (4.0, "progress", "Ejecutando las pruebas."),
        (29.0, "progress", "Sigue ejecutando las pruebas, veintisiete segundos."),
        (41.5, "progress", "Fallaron tres pruebas, pasaron nueve, editando parser punto py."),
        (50.5, "progress", "Ejecutando las pruebas."),
        *FINAL,
    ]
    assert turn(Narration(language="es"), TRABAJO, "please do it") == told, "the same where it is set"


def test_chatty_in_spanish() -> None:
    assert turn(Narration(level="chatty"), TRABAJO, SPANISH) == [
        (0.05, "ack", "(working)"),
        (0.7, "ack", "Voy."),
        (2.0, "progress", "Ejecutando las pruebas."),
        (17.0, "progress", "Sigue ejecutando las pruebas, quince segundos."),
        (39.5, "progress", "Sigue ejecutando las pruebas, treinta y ocho segundos."),
        (42.5, "progress", "Fallaron tres pruebas, pasaron nueve, editando parser punto py."),
        (50.5, "progress", "Ejecutando las pruebas."),
        (56.5, "progress", "Doce pruebas pasaron."),
        *FINAL,
    ]


def test_quiet_in_spanish() -> None:
    assert turn(Narration(level="quiet"), TRABAJO, SPANISH) == [(0.05, "ack", "(working)"), *FINAL]


def test_the_language_stays_until_a_prompt_has_another() -> None:
    narrator = Narrator(Narration())
    for prompt, code in ((SPANISH, "es"), ("ok", "es"), ("what is the branch that we are on", "en"), ("ok", "en")):
        narrator.submitted(Turn(T, S, prompt), 0.0)
        assert narrator.language.code == code, prompt
        narrator.feed(DONE, 0.0)


# --- what is told, and what not -----------------------------------------------------------------------------------


def progress(heard: Heard) -> list[tuple[float, str]]:
    return [(at, words) for at, kind, words in heard if kind == "progress"]


QUIETER: list[tuple[str, Timed, float, list[tuple[float, str]]]] = [
    ("a result is joined with what is done about it",
     [(0.5, starts("a", "pytest")), (5.0, ends("a", "pytest", FAILING, 1)), (6.0, starts("b", path="parser.py"))], 20,
     [(4.0, "Running the tests."), (10.0, "Three tests failed, nine passed, editing parser dot py.")]),
    ("the newest action replaces the one that waits",
     [(0.5, starts("a", path="a.py")), (0.6, ends("a", path="a.py")), (1.0, starts("b", path="b.py"))], 20,
     [(4.0, "Editing b dot py.")]),
    ("the same words are not told twice in a row",
     [(at, event) for n in range(6) for at, event in ((n * 2, starts(f"{n}", path="a.py")),
      (n * 2 + 1, ends(f"{n}", path="a.py")))],
     20, [(4.0, "Editing a dot py.")]),
    ("the same call that comes again is no news",
     [(0.5, starts("a", "make test")), (0.6, starts("a", "make test")), (6.0, starts("a", "make test"))], 20,
     [(4.0, "Running the tests.")]),
    ("more known of a call that was not told yet is",
     [(0.5, starts("a", "")), (0.6, starts("a", "make test"))], 20, [(4.0, "Running the tests.")]),
    ("what ended long ago is not told as going on",
     [(0.5, starts("a", "make test")), (4.5, starts("b", path="a.py")), (4.6, ends("b", path="a.py")),
      (4.7, starts("c", path="b.py")), (4.8, ends("c", path="b.py"))], 25, [(4.0, "Running the tests."),
      (10.0, "Editing b dot py.")]),
    ("looking is not worth a word", [(0.5, starts("a", "ls -la")), (0.6, ends("a", "ls -la"))], 20, []),
    ("a sign of life tells what goes on, not what is over",
     [(0.5, starts("a", "make test")), (10.0, ends("a", "make test", "ok"))], 40,
     [(4.0, "Running the tests."), (29.0, "Still working, twenty-nine seconds.")]),
    ("a result waits while the agent writes what comes of it",
     [(0.5, starts("a", "pytest")), (5.0, ends("a", "pytest", PASSING)),
      *((6.0 + n / 2, Text(S, T, "p", "All tests pass. ")) for n in range(20))], 15, [(4.0, "Running the tests.")]),
    ("a retry is told once it keeps the user waiting", [(0.5, Retrying(S, 1, "busy", 9.0))], 20,
     [(4.0, "The model does not answer, trying again.")]),
    ("and not when the answer comes", [(0.5, Retrying(S, 1, "busy", 1.0)), (2.0, starts("a", "make test"))], 20,
     [(4.0, "Running the tests.")]),
    ("tidying up is progress", [(0.5, Compacting(S, False))], 20, [(4.0, "Tidying up its memory.")]),
    ("while a request is open nothing else is told",
     [(0.5, starts("a", "make test")), (1.0, Ask("q", S, "permission", "bash", "make test"))], 300, []),
    ("what was denied is not told as going on",
     [(0.5, starts("a", path="a.py")), (1.0, Ask("q", S, "permission", "edit", path="a.py")),
      (9.0, AskClosed("q", S, "deny"))],
     20, []),
    ("what was allowed was told by its request",
     [(0.5, starts("a", path="a.py")), (1.0, Ask("q", S, "permission", "edit", path="a.py")),
      (9.0, AskClosed("q", S, "allow")), (9.5, ends("a", path="a.py")), (10.0, starts("b", path="b.py"))],
     20, [(10.5, "Editing b dot py.")]),
    ("what may have to ask first is told only once it goes on",
     [(3.9, starts("a", path="a.py")), (4.2, Ask("q", S, "permission", "edit", path="a.py"))], 20, []),
]  # fmt: skip


@pytest.mark.parametrize(("events", "until", "told"), [one[1:] for one in QUIETER], ids=[one[0] for one in QUIETER])
def test_progress(events: Timed, until: float, told: list[tuple[float, str]]) -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    assert progress(tell(narrator, events, until)) == told


def test_pieces_of_progress_get_rarer() -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    at = [at for at, _ in progress(tell(narrator, [(n / 2, starts(f"{n}", path=f"f{n}.py")) for n in range(400)], 200))]
    gaps = [later - earlier for earlier, later in pairwise(at)]
    assert gaps[0] < gaps[1] < gaps[2] <= max(gaps) <= 15.5
    assert 10 < len(at) < 20


def test_signs_of_life_get_rarer_and_say_how_long() -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    assert progress(tell(narrator, [], 240)) == [
        (25.0, "Still working, twenty-five seconds."),
        (62.5, "Still working, one minute."),
        (118.75, "Still working, one minute."),
        (203.12, "Still working, three minutes."),
    ]


def test_no_sign_of_life_when_none_is_wanted() -> None:
    narrator = Narrator(Narration(heartbeat_s=0))
    narrator.submitted(Turn(T, S, ""), 0.0)
    assert progress(tell(narrator, [(0.1, starts("a", "make test"))], 3600)) == [(4.0, "Running the tests.")]


def test_the_level_changes_in_the_middle_of_a_turn() -> None:
    narrator = Narrator(Narration(level="quiet"))
    narrator.submitted(Turn(T, S, ""), 0.0)
    assert tell(narrator, [(1.0, starts("a", "make test"))], 50) == [(0.05, "ack", "(working)")]
    narrator.use(Narration(level="chatty"))
    assert tell(narrator, [(51.0, starts("b", path="a.py"))], 60, now=50.0) == [
        (50.0, "progress", "Running the tests."),
        (53.0, "progress", "Editing a dot py."),
    ]
    narrator.use(Narration(level="quiet", earcons=False))
    assert narrator.due() is None
    assert tell(narrator, [(900.0, starts("c", "make")), (901.0, TurnEnded(S, (T,), "stopped"))]) == [
        (901.0, "outcome", "Stopped.")
    ]


def test_quiet_says_answers_failures_and_requests() -> None:
    quiet = Narration(level="quiet", earcons=False)
    answer: Timed = [(1.0, Text(S, T, "p", "It is main. ")), (9.0, wrote("p", "It is main. No more.")), (9.1, DONE)]
    assert turn(quiet, answer) == [(9.1, "answer", "It is main."), (9.1, "answer", "No more.")]
    long = "This sentence of the answer has exactly nine words here. " * 5
    assert [at for at, _, _ in turn(quiet, [(1.0, Text(S, T, "p", long))])] == [1.0] * 5, "so much is an answer"
    assert turn(quiet, [(1.0, Retrying(S, 1, "", 1)), (2.0, Retrying(S, 4, "", 60))]) == [
        (2.0, "notice", "The model does not answer, trying again.")
    ]
    asked = turn(quiet, [(1.0, wrote("p", "I am going to tidy.")), (2.0, Ask("a", S, "permission", "bash", "make"))])
    assert {kind for _, kind, _ in asked} == {"needs-you"}


# --- the clock ----------------------------------------------------------------------------------------------------

_EVENT = st.one_of(
    st.builds(starts, st.sampled_from("abc"), st.sampled_from(["", "pytest", "ls", "make"])),
    st.builds(ends, st.sampled_from("abc"), st.sampled_from(["pytest", "ls"]), st.sampled_from([FAILING, PASSING, ""])),
    st.builds(
        Text, st.just(S), st.just(T), st.sampled_from("pq"), st.sampled_from(["It is so. ", "Sure! ", "and ", "```\n"])
    ),
    st.builds(wrote, st.sampled_from("pq"), st.sampled_from(["It is so. And more.", "Let me see.", ""])),
    st.builds(Retrying, st.just(S), st.sampled_from([1, 2, 4]), st.just(""), st.just(1.0)),
    st.builds(Compacting, st.just(S), st.booleans()),
    st.builds(Ask, st.just("q"), st.just(S), st.just("permission"), st.just("bash"), st.just("make")),
    st.builds(AskClosed, st.just("q"), st.just(S), st.sampled_from(["allow", "deny"])),
    st.sampled_from([Narration(), Narration(level="quiet"), Narration(level="chatty", earcons=False)]),
    st.just(DONE),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 40), _EVENT), max_size=20))
def test_the_clock_never_spins(steps: list[tuple[float, AgentEvent | Narration]]) -> None:
    """What is due in the past says something, and after a few words nothing is."""
    narrator, now = Narrator(Narration()), 1000.0
    narrator.submitted(Turn(T, S, ""), now)
    for wait, step in steps:
        if isinstance(step, Narration):
            narrator.use(step)
        else:
            if isinstance(step, Ask | AskClosed):
                narrator.asks_open(isinstance(step, Ask))
            narrator.feed(step, now)
        now += wait
        for _ in range(5):
            said = narrator.tick(now)
            due = narrator.due()
            assert said or due is None or due > now
        assert not said
