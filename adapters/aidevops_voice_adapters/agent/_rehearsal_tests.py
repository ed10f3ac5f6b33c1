"""How a project runs its tests, seen by its files, and what a test run says of itself at its end."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SMALL = 256 * 1024
"""Bytes; a larger project file is not looked into."""
LOOKED_AT = 200
"""Entries of a folder in which test files are looked for."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers that the run printed itself; None where it did not."""

    failed: int
    passed: int | None = None
    skipped: int = 0
    first: str = ""
    """The first failing test."""
    unit: str = "test"


def test_command(project: Path, environ: Mapping[str, str]) -> list[str] | None:
    """What runs the tests here, None when nothing says how; looks at files only."""
    if python := _python_tests(project, environ.get("PATH", "")):
        return python
    script = _npm_script(project / "package.json")
    if script and "no test specified" not in script:
        return ["npm", "test"]
    for mark, argv in (("go.mod", ["go", "test", "./..."]), ("Cargo.toml", ["cargo", "test"])):
        if (project / mark).is_file():
            return argv
    makefiles = (_small(project / name) for name in ("GNUmakefile", "makefile", "Makefile"))
    return ["make", "test"] if any(re.search(r"^test\s*:(?!=)", text, re.MULTILINE) for text in makefiles) else None


def _python_tests(project: Path, path: str) -> list[str] | None:
    marked = (
        any((project / name).is_file() for name in ("pytest.ini", "conftest.py", "tests/conftest.py"))
        or "[tool.pytest" in _small(project / "pyproject.toml")
        or "[pytest]" in _small(project / "tox.ini")
        or "[tool:pytest]" in _small(project / "setup.cfg")
    )
    if not marked and not _has_test_files(project):
        return None
    if pytest := _pytest(project, path):
        return pytest
    return ["python3", "-m", "pytest", "-q"] if marked else ["python3", "-m", "unittest", "discover"]


def _pytest(project: Path, path: str) -> list[str] | None:
    for folder in (".venv/bin", "venv/bin"):
        if (project / folder / "pytest").is_file():
            return [f"{folder}/python", "-m", "pytest", "-q"]
    return ["pytest", "-q"] if shutil.which("pytest", path=path) else None


def _has_test_files(project: Path) -> bool:
    for folder in (project, project / "tests", project / "test"):
        names = (entry.name for entry, _ in zip(_entries(folder), range(LOOKED_AT), strict=False))
        if any(re.fullmatch(r"test_\w+\.py|\w+_test\.py", name) for name in names):
            return True
    return False


def _entries(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _npm_script(package: Path) -> str:
    try:
        found = json.loads(_small(package) or "{}")
    except ValueError:
        return ""
    scripts = found.get("scripts") if isinstance(found, dict) else None
    script = scripts.get("test") if isinstance(scripts, dict) else None
    return script if isinstance(script, str) else ""


def _small(file: Path) -> str:
    """Text of a project file, empty when it is not there, not a plain file or very large."""
    if not file.is_file() or file.stat().st_size > SMALL:
        return ""
    return file.read_text(encoding="utf-8", errors="replace")


def tally(output: str, *, whole: bool) -> Tally | None:
    """Numbers of the summary; `whole` says that nothing of the output is missing, so that lines may be counted."""
    readers = (_pytest_tally, _unittest_tally, _jest_tally, _node_tally, _mocha_tally)
    counters: tuple[Callable[[str], Tally | None], ...] = (_cargo_tally, _go_tally) if whole else ()
    return next((found for reader in (*readers, *counters) if (found := reader(output))), None)


_COUNTS = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")


def _pytest_tally(output: str) -> Tally | None:
    lines = re.findall(r"^(?:=+ )?(\d+ [a-z]+(?:, \d+ [a-z]+)*) in \d[\d.]*s\b", output, re.MULTILINE)
    if not lines:
        return Tally(0, 0) if re.search(r"^(?:=+ )?no tests ran\b", output, re.MULTILINE) else None
    counts = {word.rstrip("s"): int(number) for number, word in _COUNTS.findall(lines[-1])}
    first = _first(r"^(?:FAILED|ERROR) (\S+)", output).split("::")[-1]
    failed = counts.get("failed", 0) + counts.get("error", 0)
    return Tally(failed, counts.get("passed", 0), counts.get("skipped", 0), first)


def _unittest_tally(output: str) -> Tally | None:
    match = re.search(r"^Ran (\d+) tests? in [^\n]*\n\n(OK|FAILED|NO TESTS RAN)([^\n]*)", output, re.MULTILINE)
    if not match:
        return None
    counts = {word: int(number) for word, number in re.findall(r"(\w+)=(\d+)", match[3])}
    failed, skipped = counts.get("failures", 0) + counts.get("errors", 0), counts.get("skipped", 0)
    passed = max(0, int(match[1]) - failed - skipped)
    return Tally(failed, passed, skipped, _first(r"^(?:FAIL|ERROR): (\S+)", output))


def _jest_tally(output: str) -> Tally | None:
    """Jest, and Vitest, which separates by a bar."""
    line = _first(r"^[ \t]*Tests:?[ \t]+(\d+ [^\n]*)", output)
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped)\b", line)}
    if not counts:
        return None
    first = re.split("[>›]", _first(r"^[ \t]*(?:●|FAIL) +([^\n]*[>›][^\n]*)", output))[-1].strip()
    return Tally(counts.get("failed", 0), counts.get("passed", 0), counts.get("skipped", 0), first)


def _node_tally(output: str) -> Tally | None:
    """node:test, as TAP or as its spec reporter."""
    counts = {word: int(number) for word, number in re.findall(r"^(?:#|ℹ) (pass|fail|skipped) (\d+)$", output, re.M)}
    if "pass" not in counts or "fail" not in counts:
        return None
    first = _first(r"^ *not ok \d+ - ([^\n]+)", output) or _first(
        r"^ *✖ (?!failing tests)([^\n]+?)(?: \([\d.]+ms\))?$", output
    )
    return Tally(counts["fail"], counts["pass"], counts.get("skipped", 0), first)


def _mocha_tally(output: str) -> Tally | None:
    passing = _first(r"^ +(\d+) passing\b", output)
    if not passing:
        return None
    failing = _first(r"^ +(\d+) failing\b", output)
    return Tally(int(failing or 0), int(passing), 0, _first(r"^ +1\) ([^\n]+?):?$", output))


def _cargo_tally(output: str) -> Tally | None:
    lines = re.findall(r"^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored", output, re.MULTILINE)
    if not lines:
        return None
    passed, failed, skipped = (sum(map(int, column)) for column in zip(*lines, strict=True))
    return Tally(failed, passed, skipped, _first(r"^test (\S+) \.\.\. FAILED$", output))


def _go_tally(output: str) -> Tally | None:
    """Without -v it names failing tests and good packages, no good tests."""
    failed = re.findall(r"^--- FAIL: (\S+)", output, re.MULTILINE)
    good = re.findall(r"^ok  ?\t", output, re.MULTILINE)
    if failed:
        return Tally(len(failed), None, 0, failed[0])
    broken = re.findall(r"^FAIL\t(\S+)", output, re.MULTILINE)
    return Tally(len(broken), len(good), 0, broken[0] if broken else "", "package") if good or broken else None


def _first(pattern: str, output: str) -> str:
    match = re.search(pattern, output, re.MULTILINE)
    return match[1].strip() if match else ""


def sentence(found: Tally | None, exit_code: int) -> str:
    """The result first, true to the output and to the exit code."""
    if found is None:
        return "The tests passed." if exit_code == 0 else f"The tests failed with exit code {exit_code}."
    if not found.failed and not found.passed:
        return "No tests were found." if not found.skipped else f"All {_many(found.skipped, found.unit)} skipped."
    if found.failed:
        passed = "" if found.passed is None else f", {found.passed} passed"
        first = f" First failing: {found.first}." if found.first else ""
        return f"{_many(found.failed, found.unit)} failed{passed}{_skips(found)}.{first}"
    if exit_code:
        return f"{_many(found.passed or 0, found.unit)} passed, but the command ended with exit code {exit_code}."
    every = "All " if (found.passed or 0) > 1 and not found.skipped else ""
    return f"{every}{_many(found.passed or 0, found.unit)} passed{_skips(found)}."


def _skips(found: Tally) -> str:
    return f", {found.skipped} skipped" if found.skipped else ""


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
