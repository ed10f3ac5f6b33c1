"""Each measure of the bench catches a fault that was planted for it, and lets a faultless summary pass."""

from __future__ import annotations

import pytest
from speakbench import front, metrics
from speakbench.cases import Case
from speakbench.judging import judge
from speakbench.planted import GOOD, case, wrong
from speakbench.polarity import turned
from speakbench.systems import Spoken
from speakbench.words import language


def test_a_faultless_summary_passes_every_measure() -> None:
    assert wrong(GOOD) == set()


@pytest.mark.parametrize(
    ("kind", "spoken"),
    [
        ("backtick", "Fixed `parse` it."),
        ("markup", "Fixed **it**."),
        ("markup", "A | B"),
        ("url", "See https://example.com"),
        ("hex", "Commit 4aabc145238a294771"),
        ("brace", "It is {}"),
        ("control", "It is \x1b[31mred"),
        ("bidi", "It is \u202egnp"),
        ("emoji", "Fixed 🎉"),
        ("path", "In src/app/deep/main now"),
    ],
)
def test_written_characters_leak(kind: str, spoken: str) -> None:
    assert any(leak.startswith(kind) for leak in metrics.leaks(spoken))


def test_long_numbers_are_seen_though_no_hash() -> None:
    assert metrics.leaks("Nummer 4111111111111111")
    assert metrics.leaks("Nummer 41111111111a")
    assert not metrics.leaks("Nummer 141592653589")
    assert metrics.unvoiced(case(), "Number 141592653589")


def test_ordinary_speech_does_not_leak() -> None:
    assert not metrics.leaks("It's done, and deadbeefed cafes, either or, well-known: no.")


@pytest.mark.parametrize(
    "spoken", ["Fixed 12", "a/b", "so: it", "p\u0430ypal", "x²", "𝐛𝐨𝐥𝐝", "ﬁle", "nº", "z\u0351\u0352\u0353", "done。"]
)
def test_digits_signs_odd_letters_and_mixed_alphabets_are_not_vocalisable(spoken: str) -> None:
    assert metrics.unvoiced(case(), spoken)


@pytest.mark.parametrize("spoken", ["¿Está listo? ¡Sí, señor!", "Он готов.", "It's well-known, isn't it?"])
def test_accents_other_scripts_and_spanish_marks_are_vocalisable(spoken: str) -> None:
    assert not metrics.unvoiced(case(), spoken)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The build is done.", "en"),
        ("git push", "en"),
        ("Fallan tres pruebas.", "es"),
        ("Die Tests laufen und es ist nicht fertig.", "de"),
        ("Les tests ne passent pas.", "fr"),
        ("テストは12件です。", ""),
    ],
)
def test_digits_may_stay_only_in_a_language_without_rules(text: str, code: str) -> None:
    assert language(text) == code
    assert bool(metrics.unvoiced(case(text=text), "12")) == (code in ("en", "es"))
    assert metrics.unvoiced(case(text=text), "a_b")


@pytest.mark.parametrize(
    "spoken",
    ["word " * 31, "One. Two. Three. Four.", "it goes on " * 7],
    ids=["budget", "sentences", "long sentence"],
)
def test_length_is_limited_three_ways(spoken: str) -> None:
    assert "length" in wrong(spoken)


def test_an_outcome_after_the_twelfth_word_is_too_late() -> None:
    late = "In the file that you named there is a function of that name and I fixed it."
    assert front.outcome_comes_late(case(), late)
    assert not front.outcome_comes_late(case(), GOOD)


def test_an_answer_must_not_begin_with_a_filler() -> None:
    answer = case(kind="answer", outcome="info")
    assert front.outcome_comes_late(answer, "Great question! It is twelve.")
    assert not front.outcome_comes_late(answer, "It is twelve.")


def test_the_words_a_case_names_must_come_first() -> None:
    named = case(front=("twelve tests",))
    assert front.outcome_comes_late(named, "Fixed it.")
    assert not front.outcome_comes_late(named, "All 12 tests pass.")


def test_a_share_is_an_outcome_only_of_what_failed_and_only_in_part() -> None:
    failed = case(outcome="failed", front=())
    assert not front.outcome_comes_late(failed, "Two of the three targets are built.")
    assert front.outcome_comes_late(failed, "Three of the three targets are there.")
    assert front.outcome_comes_late(failed, "The three targets are there, two of the files too.")


def looked(**tool: object) -> Case:
    return case(events=({"type": "tool_finished", "ok": True, **tool},), text="", kind="work", outcome="done", front=())


def test_a_turn_that_only_looked_is_an_answer() -> None:
    answer = "The country is Spain, and the key is a live one."
    assert not front.outcome_comes_late(looked(tool="bash", command="cat .env"), answer)
    assert not front.outcome_comes_late(looked(tool="grep"), answer)
    assert front.outcome_comes_late(looked(tool="bash", command="cat .env"), "Sure, the country is Spain.")
    for command in ("cat a > b", "find . -delete", "git log; rm b", "make", "git diff | sh"):
        assert front.outcome_comes_late(looked(tool="bash", command=command), answer)
    assert front.outcome_comes_late(looked(tool="edit"), answer)


def test_silence_is_late_and_keeps_nothing() -> None:
    assert {"front", "lost facts"} <= wrong("")


def test_a_lost_fact_is_named() -> None:
    assert metrics.lost(case(), "Fixed parse config, the key was not changed.") == ["12"]


@pytest.mark.parametrize(
    "spoken",
    [
        "All 13 tests pass.",
        "All thirteen tests pass.",
        "Line forty three.",
        "The thirteenth test passes.",
        "Fixed setup dot py.",
        "Fixed load_config.",
        "Fixed loadConfig.",
    ],
)
def test_numbers_and_files_that_are_not_in_the_source_are_invented(spoken: str) -> None:
    assert metrics.invented(case(), spoken)


def test_a_file_that_begins_with_a_dot_ends_what_stands_before_it() -> None:
    dirty = case(text="`posts.py` is modified. `.env.local` and `.env` are not ignored, run `git add .env` for it.")
    for spoken in ("Posts dot py, modified. Dot env dot local is not ignored.", "The dot env file."):
        assert not metrics.invented(dirty, spoken)
    for spoken in ("Posts dot env is modified.", "Modified, secrets dot env."):
        assert metrics.invented(dirty, spoken)


@pytest.mark.parametrize("spoken", ["Line forty-two.", "Two things.", "Fixed main dot py.", "Fixed parseConfig."])
def test_what_is_in_the_source_or_counted_in_it_is_not_invented(spoken: str) -> None:
    assert not metrics.invented(case(), spoken)


@pytest.mark.parametrize(
    ("spoken", "outcome"),
    [
        ("All three tests passed.", ""),
        ("Five lines were removed.", ""),
        ("The key was changed, sk proj.", ""),
        ("It went well.", "failed"),
        ("Zero tests passed.", ""),
    ],
    ids=["passed for failed", "removed for added", "lost negation", "verdict", "made-up count"],
)
def test_turning_the_source_round_is_seen(spoken: str, outcome: str) -> None:
    source = case(text="3 tests failed. Five lines were added. The key `sk-proj` was not changed.")
    assert turned(source, spoken, outcome)


def test_a_date_beside_a_verdict_is_no_count() -> None:
    source = case(text="It does not know months, so `2026-02-31` passes. 3 tests failed in May.", outcome="info")
    assert not turned(source, "So February thirty-one, twenty twenty-six passes.")
    assert not turned(source, "So February thirty-first, twenty twenty-six passes.")
    assert turned(source, "So February thirty-one, twenty-six passes.")
    assert turned(source, "In May three passed.")


def test_a_share_is_read_by_its_part() -> None:
    source = case(text="Fixed. 6/6 tests pass, 3/4 checks failed on 12/05/2026.", outcome="info")
    assert not turned(source, "Six of six tests pass, three of four checks failed.")
    assert turned(source, "Five of six tests pass.")
    assert turned(source, "Three of four checks pass.")


def test_a_wrapped_line_is_one_sentence() -> None:
    wrapped = case(text="I stopped. I didn't want to\nforce anything over the work of a colleague.", outcome="failed")
    assert not turned(wrapped, "Rejected, I didn't want to force anything over the work of a colleague.")
    assert turned(wrapped, "Rejected, I did want to force anything over the work of a colleague.")


def test_the_answer_no_denies_nothing_behind_it() -> None:
    answer = case(text="**No.** The route is registered before the middleware in the server.", outcome="info")
    assert not turned(answer, "No, the route is registered before the middleware in the server.")
    assert turned(answer, "No, the route is not registered before the middleware in the server.")
    plain = case(text="The route is registered before the middleware in the server.", outcome="info")
    assert turned(plain, "No, the route is registered before the middleware in the server.")


def test_what_unittest_leaves_uncounted_passed() -> None:
    ran = case(text="Ran 4 tests in 0.001s\n\nFAILED (failures=1, errors=1, skipped=1)\n", outcome="failed")
    assert not turned(ran, "One test failed, one passed.")
    assert turned(ran, "One test failed, two passed.")
    well = case(text="Ran 9 tests in 0.001s\n\nOK (skipped=2)\n", outcome="done")
    assert not turned(well, "Seven tests passed, two were skipped.")
    assert turned(well, "Eight tests passed, two were skipped.")
    assert not turned(case(text="Ran 9 tests in 0.001s\n\nOK\n", outcome="done"), "Nine tests passed.")


def test_the_files_that_a_removal_names_are_counted_without_its_directories() -> None:
    gone = case(text="Done.\nremoved 'a/x'\nremoved 'a/y'\nremoved directory 'a'\nremoved directory 'b'\n")
    assert not metrics.invented(gone, "Deleted two files.")
    assert metrics.invented(gone, "Deleted seven files.")


def test_one_choice_denies_no_other() -> None:
    asked = case(text="- MIT without the long word list\n- BSD with the long word list", outcome="info")
    assert not turned(asked, "Which licence, MIT without the long word list or BSD with the long word list?")
    assert turned(asked, "BSD without the long word list.")


def test_unequal_denies() -> None:
    source = case(text="The tile `kind !== wall` counted as free floor here.", outcome="info")
    assert not turned(source, "The tile kind is not wall, counted as free floor here.")


def test_a_panic_and_a_damaged_thing_are_failures() -> None:
    assert not turned(case(text="It panics.", outcome="failed"), "It panics at line eight.")
    damaged = case(text="The archive is damaged.", outcome="failed")
    assert not turned(damaged, "The archive is damaged.")
    assert turned(damaged, "The archive is unpacked.")


def test_an_article_may_stand_between_a_verdict_and_its_number() -> None:
    source = case(text="Ya está: pasan las 4 pruebas y fallan los 2 archivos.", outcome="info")
    assert not turned(source, "Cuatro pruebas pasaron.")
    assert turned(source, "Dos pruebas pasaron.")


def test_a_day_that_is_none_is_no_date() -> None:
    assert not turned(case(text="So 2026-02-99 passes.", outcome="info"), "Ninety-nine passes.")
    assert turned(case(text="So 2026-02-28 passes.", outcome="info"), "Twenty-eight passed.")


def test_what_passed_may_be_told_behind_the_failure() -> None:
    source = case(text="The web build failed. All 40 API tests pass.", outcome="failed")
    assert not turned(source, "The web build failed. All forty API tests pass.", "failed")
    assert turned(source, "All forty API tests pass.", "failed")


JOINED = "The job keeps backups for sixty days now instead of thirty. It isn't scheduled yet. The old key still works."


@pytest.mark.parametrize(
    "spoken",
    [
        "The job keeps backups for sixty days now instead of thirty, it isn't scheduled yet.",
        "The job keeps backups for sixty days now instead of thirty, It isn't scheduled yet, the old key still works.",
    ],
)
def test_two_sentences_joined_by_a_comma_are_no_turn(spoken: str) -> None:
    assert not turned(case(text=JOINED, outcome="info"), spoken)


@pytest.mark.parametrize(
    "spoken",
    [
        "The job no longer keeps backups for sixty days now instead of thirty, it isn't scheduled yet.",
        "The old key still works, the job never keeps backups for sixty days now instead of thirty.",
        "The job keeps backups for sixty days now, not instead of thirty.",
    ],
    ids=["first clause", "second clause", "within one"],
)
def test_a_turn_is_seen_in_one_of_two_joined_sentences(spoken: str) -> None:
    assert turned(case(text=JOINED, outcome="info"), spoken)


def test_a_failure_told_as_success_is_seen() -> None:
    assert turned(case(outcome="failed"), "Done, it is all there.")
    assert not turned(case(outcome="failed"), "The build failed.")


@pytest.mark.parametrize("spoken", ["The first one failed.", "The first test failed.", "Which one failed?"])
def test_an_ordinal_is_no_count(spoken: str) -> None:
    assert not turned(case(text="1 passed, 2 failed", outcome="failed"), spoken)


def test_part_of_a_whole_is_read_as_the_part() -> None:
    assert not turned(case(text="3 failed, 17 passed"), "3 of the 20 tests failed.")


@pytest.mark.parametrize(
    "spoken",
    [
        "The key is sk-proj-m4d3UpK3yAbCdEfGh1jKlMn0.",
        "It ends in K3yAbCdEfGh1.",
        "It is s k dash p r o j dash m four d three U p K three y A b.",
        "It goes m four d three capital u p capital k three y.",
    ],
    ids=["whole", "part", "spelled", "with capitals"],
)
def test_a_secret_is_found_whole_in_part_and_spelled(spoken: str) -> None:
    assert metrics.betrayed(case(), spoken)


@pytest.mark.parametrize(
    "written",
    [
        "postgres://shop:Tr0ub4dor@db/shop",
        "password = hunter2hunter2",
        "AKIAM4DEUPKEY7EXMPL",
        "-----BEGIN PRIVATE KEY-----\nTWFkZVVwS2V5\n-----END PRIVATE KEY-----",
    ],
)
def test_secrets_are_known_by_their_shapes(written: str) -> None:
    assert metrics.secrets_of(case(text=written, never=()))


def test_letters_of_two_words_are_no_part_of_a_secret() -> None:
    secret = case(text="HTTPServer Tests: 1 failed. hf_M4deUpT0kenForTestsOnlyXyZ123456")
    assert not metrics.betrayed(secret, "HTTP Server Tests, one failed, a secret.")
    for spoken in ("It is for tests only.", "It is f o r t e s t s o n l y.", "Kenfortests", "Xfortestsonlyx y z one."):
        assert metrics.betrayed(secret, spoken), spoken


def test_each_secret_counts_and_a_case_may_name_one_without_a_shape() -> None:
    both = case(text="AKIAM4DEUPKEY7EXMPL and correct horse battery", secrets=("correct horse battery",))
    assert len(metrics.betrayed(both, "It is a k i a m four d e u p k e y, correct horse battery.")) == 2


def test_commits_and_error_codes_are_no_secrets() -> None:
    plain = "error TS2345 at bc39136e5a5d695bdddacf354661d79fcb2f7d60, token: undefined"
    assert not metrics.secrets_of(case(text=plain, never=("TS2345678", "bc39136e5a5d695bdddacf354661d79fcb2f7d60")))
    assert not metrics.secrets_of(case(text="pod thumbnailer-7d9f", never=("thumbnailer-7d9f",)))
    assert metrics.secrets_of(case(text="it is hunter2-7d9f", never=("hunter2-7d9f",)))


def test_forbidden_words_are_found_however_numbers_are_said() -> None:
    assert metrics.forbidden(case(never=("12 tests",)), "All twelve tests pass.")
    assert not metrics.forbidden(case(never=("388",)), "Job 13881.")
    assert not metrics.forbidden(case(never=("deleted 275",)), "One hundred thirty-seven deleted, 275 left.")
    assert metrics.forbidden(case(never=("deleted 275",)), "Done, deleted two hundred seventy-five.")
    assert metrics.forbidden(case(never=("yes it is safe",)), "Yes, it is safe.")


def test_a_summary_that_changes_when_told_again_is_seen() -> None:
    verdict = judge(case(), Spoken(GOOD), lambda text: "Done. " + text)
    assert set(verdict.wrong) == {"idempotence"}
