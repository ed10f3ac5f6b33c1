"""What a prompt asks for, and which sentence answers it."""

from __future__ import annotations

import json

import pytest

from aidevops_voice.languages import named
from aidevops_voice.narrator.narrated import narrate_events
from aidevops_voice.words.asked import Asked, asked, is_question

EN, ES = named("en"), named("es")


def weigh(prompt: str, sentence: str) -> float:
    language = ES if prompt.startswith("¿") or "cuánto" in prompt else EN
    found = asked(prompt, language)
    return found.weight(sentence, language) if found else 0.0


@pytest.mark.parametrize(
    ("prompt", "answer", "other"),
    [
        ("build the sensor image and tell me how big it is", "It has five hundred kilobytes.", "I wrote a README."),
        ("make the search faster", "A query takes nine milliseconds.", "I moved the index into a module."),
        ("how many orders were dropped", "Twelve orders were dropped today.", "The orders page is served by nginx."),
        ("why do the nightly imports stop", "The imports stop because the disk is full.", "The imports run at nine."),
        ("which files use the old logger", "Two use the logger, one is till dot py.", "The logger is old."),
        ("what does the cluster cost us", "It comes to ninety dollars.", "It has three nodes."),
        ("is anything left to do", "Two steps are still pending.", "I renamed the module."),
        ("¿cuánto pesa el paquete?", "El paquete ocupa nueve megabytes.", "He cambiado el nombre."),
        ("¿por qué se para el servicio?", "Se para porque el servicio no tiene memoria.", "Añadí una prueba."),
    ],
)
def test_the_answer_weighs_more(prompt: str, answer: str, other: str) -> None:
    assert weigh(prompt, answer) > weigh(prompt, other)
    assert weigh(prompt, answer) <= 3.0


@pytest.mark.parametrize("prompt", ["", "go on", "ok", "yes please", "sí"])
def test_a_prompt_that_asks_for_nothing_weighs_nothing(prompt: str) -> None:
    assert weigh(prompt, "The import took nine seconds.") == 0.0


def test_a_title_answers_nothing() -> None:
    assert weigh("review it for security", "Security, one finding.") == 0.0
    assert weigh("review it for security", "The login is a security risk.") > 0.0


def test_a_long_prompt_is_read_in_part() -> None:
    found = asked("why is it slow " + "word " * 10_000, EN)
    assert isinstance(found, Asked)
    assert found.cause


@pytest.mark.parametrize(
    ("prompt", "question"),
    [
        ("how many of the jobs failed", True),
        ("tell me which of the hosts is down", True),
        ("did last night's backup work?", True),
        ("What went wrong?", True),
        ("the deploy is stuck, isn't it?", True),
        ("can this fail?", True),
        ("¿cuántas pruebas fallan?", True),
        ("por qué falla el despliegue", True),
        ("fix the failing test", False),
        ("can you run the tests?", False),
        ("could you fix the parser and tell me how many fail?", False),
        ("run it and count the errors", False),
        ("¿puedes arreglarlo?", False),
        ("arregla las pruebas", False),
        ("", False),
    ],
)
def test_a_question_wants_an_answer(prompt: str, question: bool) -> None:
    assert is_question(prompt, ES if "¿" in prompt or "falla" in prompt or "arregla" in prompt else EN) is question


def _turn(prompt: str, text: str, code: int, output: str) -> str:
    events: list[dict[str, object]] = [
        {"type": "turn_started", "text": prompt, "ours": True},
        {"type": "tool_finished", "call": "c", "tool": "bash", "ok": code == 0, "command": "python3 count.py",
         "exit_code": code, "output": output},
        {"type": "text_ended", "part": "p", "text": text},
        {"type": "turn_ended", "outcome": "done"},
    ]  # fmt: skip
    return narrate_events([json.dumps({"session": "s", "turn": "t", **one}) for one in events]).outcome


@pytest.mark.parametrize(
    ("prompt", "text", "code", "output", "verdict"),
    [
        ("how many of the uploads failed", "40 uploads failed, all at noon.", 0, "40\n", "info"),
        ("import the uploads", "The import failed: the disk is full.", 0, "", "failed"),
        ("how many of the uploads failed", "The script failed: the log is gone.", 1, "Traceback\nOSError: gone",
         "failed"),
        ("do the tests pass", "Two tests failed.", 1, "=== 2 failed, 3 passed in 0.1s ===", "failed"),
    ],
)  # fmt: skip
def test_an_answer_about_failures_is_no_failure(prompt: str, text: str, code: int, output: str, verdict: str) -> None:
    assert _turn(prompt, text, code, output) == verdict
