"""What only announces the next step is no news of its own; a finding is."""

from __future__ import annotations

import pytest

from aidevops_voice.languages import named
from aidevops_voice.narrator import Narration, Narrator
from aidevops_voice.narrator.answer import filler, herald
from aidevops_voice.narrator.repeats import Told
from aidevops_voice.ports import Ask, Text, TextEnded, ToolFinished, ToolStarted, Turn, TurnEnded

S, T = "s", "t"
ANNOUNCED = (
    "Checking the logs now.",
    "Running the linter over both packages.",
    "Now running the migrations.",
    "First, checking which of the queues is stuck.",
    "Quickly looking at how the cache is filled.",
    "Re-running the flaky spec to see whether it fails again.",
    "I'm reading the router now.",
    "We are going to rebuild the image.",
    "Let me have a look at the scheduler.",
    "Let's see what the scheduler does.",
    "Interesting, let me look closer.",
    "Next I'll wire the new endpoint.",
    "Okay, I'll begin with the schema.",
    "First, I need to see how the payments are stored.",
    "To find the slow query, I need to look at the planner's output.",
    "Before I touch anything, let me read the tests.",
    "Before changing the schema, I want to check the callers.",
    "I should verify that first.",
    "After that, I'll update the docs.",
    "Next, the migrations.",
    "Now for the front end.",
    "On to the second module.",
    "Starting with the parser.",
    "Time to run the benchmarks.",
    "One moment.",
    "Just a second, please.",
    "Hang on.",
    "On it.",
    "Voy a mirar los registros.",
    "Déjame revisar el archivo primero.",
    "Primero, voy a mirar el esquema.",
    "Revisando los registros ahora.",
    "Ejecutando todas las pruebas.",
    "Estoy comprobando la configuración.",
    "Primero necesito ver cómo se guardan los pagos.",
    "Antes de nada, voy a leer las pruebas.",
    "Empiezo por el módulo de pagos.",
    "Para entender el fallo, tengo que revisar los registros.",
    "Vamos con la segunda parte.",
    "Un momento.",
)
REASONED = (
    "The draft is two years old, so I'll rewrite it.",
    "Both queues are drained now, so let me stop the workers.",
    "Nobody uses that flag any more, and I'll drop it.",
    "El borrador es viejo, así que voy a rehacerlo.",
    "Nadie usa esas tablas, así que las elimino.",
)
FINDINGS = (
    "The header is missing from the archive.",
    "Running the suite twice fails with a lock error.",
    "Using a pool is twice as fast.",
    "Removing the cache fixes it.",
    "Building the image takes nine minutes.",
    "Nothing changed since Monday.",
    "Removing a seat that is sold will break the plan.",
    "Training loss, zero point two.",
    "Reading two columns, twelve seconds.",
    "Merging rewrites the index.",
    "Moving the cache breaks all of them.",
    "Everything passes.",
    "Missing semicolon in the config.",
    "The token is wrong, so I'll ask for another one.",
    "The certificate expired, so I'm going to renew it.",
    "I need your password for the registry.",
    "I need to know which database you use.",
    "If you want, I'll push it.",
    "Tell me which one, and I'll delete it.",
    "Now the tests pass.",
    "Next time it is cached.",
    "Next, restart the server.",
    "Let's use the smaller one.",
    "Let me know which of them you prefer.",
    "Borrar la caché lo arregla.",
    "El disco está libre, lo lento es la red.",
    "Falta una cabecera en el archivo.",
    "Ejecutando dos veces la prueba falla.",
    "Necesito tu contraseña.",
    "Si quieres, lo borro.",
    "Antes de seguir necesito una decisión.",
)


@pytest.mark.parametrize("sentence", ANNOUNCED)
def test_an_announcement_says_nothing_once_something_follows(sentence: str) -> None:
    assert filler(sentence, named("en"))
    assert herald(sentence, named("en"))


@pytest.mark.parametrize("sentence", REASONED)
def test_an_announcement_with_its_reason_waits_but_is_not_lost(sentence: str) -> None:
    assert herald(sentence, named("en"))
    assert not filler(sentence, named("en"))


@pytest.mark.parametrize("sentence", FINDINGS)
def test_a_finding_is_news(sentence: str) -> None:
    assert not herald(sentence, named("en"))


def told(text: str, *after: object, at: float = 0.0) -> list[str]:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    said = [*narrator.feed(Text(S, T, "p", text), 0.0), *narrator.feed(TextEnded(S, T, "p", text), 0.0)]
    for event in after:
        said += narrator.feed(event, at)  # type: ignore[arg-type]
    return [one.text for one in said if one.text]


RUN = ToolStarted(S, T, "c", "bash", command="make"), ToolFinished(S, T, "c", "bash", True, command="make", exit_code=0)
DONE = TurnEnded(S, (T,), "done")


def test_only_the_finding_is_said_in_front_of_a_tool() -> None:
    assert told("The header is missing. Let me look at the archive first.", RUN[0]) == ["The header is missing."]
    assert told("Building the image again.", RUN[0]) == []
    assert told("Nobody uses that flag any more, so I'll drop it.", RUN[0]) == []


def test_what_nothing_follows_is_said_after_all() -> None:
    assert told("The header is missing. I'll add it tomorrow.", DONE) == [
        "The header is missing.",
        "I'll add it tomorrow.",
    ]


def test_what_a_request_is_for_is_said_in_front_of_it() -> None:
    ask = Ask("a", S, "permission", "bash", "npm test")
    assert told("Nobody uses that flag any more, so I'll drop it.", ask)[0].startswith("Nobody uses that flag")


@pytest.mark.parametrize(
    ("text", "progress"),
    [
        ("Building the image again.", "Building."),
        ("Let me look at the build.", "Building."),
        ("Nobody uses that flag any more, so I'll drop it.", "Nobody uses that flag any more, so I'll drop it."),
    ],
)
def test_progress_still_tells_what_is_done(text: str, progress: str) -> None:
    narrator = Narrator(Narration())
    narrator.submitted(Turn(T, S, ""), 0.0)
    for event in (TextEnded(S, T, "p", text), RUN[0]):
        narrator.feed(event, 0.1)
    said = [one.text for at in range(1, 15) for one in narrator.tick(float(at)) if one.kind == "progress"]
    assert said[0] == progress


@pytest.mark.parametrize(
    ("before", "after", "covered"),
    [
        ("The archive is missing the upload header.", "The upload header was missing from the archive.", True),
        ("Three parser tests fail.", "Two parser tests fail.", False),
        ("The parser tests fail on empty lines.", "The parser tests pass on empty lines.", False),
        ("The parser accepts empty lines.", "The parser does not accept empty lines.", False),
        ("The parser is slow.", "The parser is slow because it reads every page twice.", False),
        ("La tabla de clientes está vacía.", "Está vacía la tabla de los clientes.", True),
    ],
)
def test_what_tells_the_same_in_other_words(before: str, after: str, covered: bool) -> None:
    language = named("es" if "tabla" in before else "en")
    told_before = Told()
    told_before.add(before, language)
    assert told_before.covers(after, language) is covered


@pytest.mark.parametrize(("at", "sentences"), [(4.0, 3), (300.0, 4)])
def test_beside_a_finding_just_heard_the_outcome_is_shorter(at: float, sentences: int) -> None:
    outcome = "I added the header. The archive is valid again. Nothing was pushed."
    said = told("The header is missing.", *RUN, TextEnded(S, T, "q", outcome), DONE, at=at)
    assert len(said) == sentences
    assert said[0] == "The header is missing."
    assert said[1].startswith("I added the header")
    assert said[-1] == "Nothing was pushed."


def test_a_finding_just_heard_is_not_told_again() -> None:
    outcome = "The upload header was missing from the archive. I added it."
    said = told("The archive is missing the upload header.", *RUN, TextEnded(S, T, "q", outcome), DONE, at=4.0)
    assert said == ["The archive is missing the upload header.", "I added it."]
