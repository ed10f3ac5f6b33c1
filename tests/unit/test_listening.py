"""What a listener must not stumble over: cut clauses, names without their verb, boasts beside a failure."""

from __future__ import annotations

import pytest

from aidevops_voice.narrator.narrated import narrate_events, narrate_text

TEXTS = [
    # A number that is the answer, behind the list of its parts.
    ("Based on last month, here is the cost:\n\n* **Storage:** 340 GB = $7.82\n* **Transfer:** 95 GB = $8.55\n\n"
     "**Total: about $16.37 per month**, down 38 % from $26.40. The saving comes from the new headers, which took two "
     "days to roll out everywhere.", "Total, about sixteen point three seven dollars per month"),
    # A small table is read, and counts come in front of what they count.
    ("The import is not complete.\n\n| Rows | Count |\n|---|---|\n| Imported | 1,497 |\n| Skipped | 3 |\n",
     "one thousand four hundred ninety-seven imported, three skipped"),
    # What stands under the name of a file is told with it.
    ("Two errors left.\n\n### billing.py\n1. Line 2: `total` returns a float.\n", "Billing dot py, line two"),
    # The titles of a plan are the plan.
    ("Nothing has been changed yet.\n\n**Phase 1: measure (half a day)**\n- Add a timer around the call\n- Collect one "
     "day of numbers\n\n**Phase 2: cache (one day)**\n- Keep it in memory for ten minutes, or until a change\n\n"
     "Should I start with phase 1?", "Two phases, measure, cache"),
    ("Claro, he ejecutado las pruebas: **3 pasan** y 1 falla.", "Tres pasan y uno falla."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), TEXTS)
def test_what_matters_is_said(text: str, said: str) -> None:
    assert said.lower() in " ".join(narrate_text(text).spoken).lower()


def test_an_elided_denial_is_no_success() -> None:
    assert narrate_text("German is complete, Polish is not.").outcome != "done"


def test_a_number_with_zeros_is_no_denial_of_failures() -> None:
    told = narrate_text("Migration 0007 failed and was rolled back.")
    assert told.outcome == "failed"


def test_of_a_stopped_text_only_whole_sentences_are_told() -> None:
    text = '{"type":"text","part":"p","delta":"I renamed two files. The others will now go"}'
    edit = ('{"type":"tool_finished","call":"c","tool":"edit","ok":true,"path":"a.ts",'
            '"files":[{"path":"a.ts","status":"changed"}]}')  # fmt: skip
    started = '{"type":"tool_started","call":"c","tool":"edit","path":"a.ts"}'
    told = narrate_events([started, edit, text, '{"type":"turn_ended","outcome":"stopped"}'])
    assert "I renamed two files." in told.spoken
    assert not any("will now go" in one for one in told.spoken)
