"""Which tests a project has, and what is said about a run: numbers as the runners print them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from aidevops_voice_adapters.agent._rehearsal_tests import sentence, tally, test_command as find_tests

PATH = {"PATH": "/nowhere"}


@pytest.mark.parametrize(("files", "command"), [
    ({}, None),
    ({"main.py": "", "README.md": "run make test"}, None),
    ({"pytest.ini": ""}, ["python3", "-m", "pytest", "-q"]),
    ({"pyproject.toml": "[tool.pytest.ini_options]"}, ["python3", "-m", "pytest", "-q"]),
    ({"tox.ini": "[pytest]"}, ["python3", "-m", "pytest", "-q"]),
    ({"setup.cfg": "[tool:pytest]"}, ["python3", "-m", "pytest", "-q"]),
    ({"tests/conftest.py": ""}, ["python3", "-m", "pytest", "-q"]),
    ({"tests/test_x.py": ""}, ["python3", "-m", "unittest", "discover"]),
    ({"tests/test_x.py": "", ".venv/bin/pytest": ""}, [".venv/bin/python", "-m", "pytest", "-q"]),
    ({"package.json": '{"scripts": {"test": "node --test"}}'}, ["npm", "test"]),
    ({"package.json": '{"scripts": {"test": "echo \\"Error: no test specified\\" && exit 1"}}'}, None),
    ({"package.json": '{"scripts": []}'}, None),
    ({"package.json": "{"}, None),
    ({"package.json": "[]"}, None),
    ({"go.mod": "module x"}, ["go", "test", "./..."]),
    ({"Cargo.toml": "[package]"}, ["cargo", "test"]),
    ({"Makefile": "all:\n\ntest: all\n\tdo"}, ["make", "test"]),
    ({"Makefile": "test := 1\ntests:\n"}, None),
])  # fmt: skip
def test_the_files_of_a_project_say_how_it_is_tested(
    tmp_path: Path, files: dict[str, str], command: list[str] | None
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert find_tests(tmp_path, PATH) == command


def test_pytest_on_the_path_is_used(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").touch()
    assert find_tests(tmp_path, {"PATH": str(Path(sys.executable).parent)}) == ["pytest", "-q"]


PYTEST = """
import pytest
def test_good(): pass
def test_parser(): assert 0
@pytest.mark.parametrize("n", [1, 2])
def test_many(n): assert n == 1
@pytest.mark.skip
def test_later(): pass
"""
UNITTEST = """
import unittest
class T(unittest.TestCase):
    def test_good(self): pass
    def test_parser(self): self.fail()
    def test_wrong(self): raise OSError
    @unittest.skip("later")
    def test_later(self): pass
"""
NODE = """
const { test } = require("node:test");
test("good", () => {});
test("parses a line", () => { throw new Error("no"); });
test("later", { skip: true }, () => {});
"""


def output_of(argv: list[str], cwd: Path, code: str, name: str) -> tuple[str, int]:
    (cwd / name).write_text(textwrap.dedent(code))
    environ = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(cwd), "NO_COLOR": "1", "CI": "1"}
    done = subprocess.run(
        argv, cwd=cwd, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout, done.returncode


@pytest.mark.parametrize(("argv", "code", "name", "said"), [
    ([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], PYTEST, "test_x.py",
     "2 tests failed, 2 passed, 1 skipped. First failing: test_parser."),
    ([sys.executable, "-m", "pytest", "-p", "no:cacheprovider"], "def test_a(): pass\ndef test_b(): pass", "test_x.py",
     "All 2 tests passed."),
    ([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], "import nothing_like_it", "test_x.py",
     "1 test failed, 0 passed. First failing: test_x.py."),
    ([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], "x = 1", "test_x.py", "No tests were found."),
    ([sys.executable, "-m", "unittest"], UNITTEST, "test_x.py",
     "2 tests failed, 1 passed, 1 skipped. First failing: test_wrong."),
    ([sys.executable, "-m", "unittest"], "", "test_x.py", "No tests were found."),
    (["node", "--test"], NODE, "x.test.js", "1 test failed, 1 passed, 1 skipped. First failing: parses a line."),
    (["node", "--test", "--test-reporter=spec"], NODE, "x.test.js",
     "1 test failed, 1 passed, 1 skipped. First failing: parses a line."),
])  # fmt: skip
def test_what_is_said_is_what_the_runner_printed(
    tmp_path: Path, argv: list[str], code: str, name: str, said: str
) -> None:
    if shutil.which(argv[0]) is None:
        pytest.fail(f"{argv[0]} is needed for this test")
    output, code_ = output_of(argv, tmp_path, code, name)
    assert sentence(tally(output, whole=True), code_) == said


JEST = """
  ● Parser › reads a line

    expect(received).toBe(expected)

Test Suites: 1 failed, 1 passed, 2 total
Tests:       1 failed, 2 skipped, 3 passed, 6 total
Snapshots:   0 total
"""
VITEST = """
 FAIL  src/x.test.ts > Parser > reads a line
 Test Files  1 failed (1)
      Tests  1 failed | 3 passed (4)
"""
MOCHA = """
  12 passing (10ms)
  1 failing

  1) reads a line:
"""
CARGO = """
test tests::good ... ok
test tests::parser ... FAILED
test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
"""
GO = (
    "--- FAIL: TestParser (0.00s)\n    --- FAIL: TestParser/one (0.00s)\nFAIL\nFAIL\tx/a\t0.1s\nok  \tx/b\t0.1s\nFAIL\n"
)


@pytest.mark.parametrize(("output", "code", "said"), [
    (JEST, 1, "1 test failed, 3 passed, 2 skipped. First failing: reads a line."),
    (VITEST, 1, "1 test failed, 3 passed. First failing: reads a line."),
    (MOCHA, 1, "1 test failed, 12 passed. First failing: reads a line."),
    (CARGO, 101, "1 test failed, 5 passed, 1 skipped. First failing: tests::parser."),
    (GO, 1, "1 test failed. First failing: TestParser."),
    ("ok  \tx/a\t0.1s\nok  \tx/b\t(cached)\n", 0, "All 2 packages passed."),
    ("FAIL\tx/a [build failed]\nok  \tx/b\t0.1s\n", 1, "1 package failed, 1 passed. First failing: x/a."),
    ("===== 3 passed in 0.01s =====\n", 1, "3 tests passed, but the command ended with exit code 1."),
    ("1 passed in 0.01s", 0, "1 test passed."),
    ("4 skipped in 0.01s", 0, "All 4 tests skipped."),
    ("it is fine", 0, "The tests passed."),
    ("make: *** No rule", 2, "The tests failed with exit code 2."),
])  # fmt: skip
def test_other_runners_and_no_runner(output: str, code: int, said: str) -> None:
    assert sentence(tally(output, whole=True), code) == said


@pytest.mark.parametrize("output", [CARGO, GO])
def test_nothing_is_counted_in_half_an_output(output: str) -> None:
    assert tally(output, whole=False) is None
    assert sentence(tally(output, whole=False), 1) == "The tests failed with exit code 1."
