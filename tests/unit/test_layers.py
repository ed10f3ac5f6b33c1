"""Imports point one way, by the contracts in pyproject.toml; and each contract is shown to bite."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

import aidevops_voice
import aidevops_voice_adapters
from aidevops_voice import registry

DAEMON = Path(aidevops_voice.__file__).parents[1]
ADAPTERS = Path(aidevops_voice_adapters.__file__).parents[1]
TOP = DAEMON.parent


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    script = (
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=None, no_cache=True))"
    )
    environ = {"PYTHONPATH": f"{root / DAEMON.name}:{root / ADAPTERS.name}", "COLUMNS": "500"}
    return subprocess.run([sys.executable, "-c", script], cwd=root, env=environ, capture_output=True, text=True)


def loaded(statement: str) -> set[str]:
    """Top-level packages in memory after a statement, in a fresh process."""
    script = (
        f"{statement}\nimport json, sys; print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    )
    environ = {"PYTHONPATH": f"{DAEMON}:{ADAPTERS}"}
    result = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout))


def test_all_contracts_hold() -> None:
    result = lint(TOP)
    assert result.returncode == 0, result.stdout[result.stdout.find("Contracts") :]


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("daemon/aidevops_voice/paths.py", "import aidevops_voice.conversation", "imports point one way"),
        ("daemon/aidevops_voice/words/speakable.py", "from aidevops_voice import registry", None),
        ("daemon/aidevops_voice/words/speakable.py", "from aidevops_voice import narrator", "imports point one way"),
        ("daemon/aidevops_voice/words/cuts.py", "from aidevops_voice.words import choice", "words are made in one"),
        ("daemon/aidevops_voice/narrator/work.py", "from aidevops_voice.narrator import outcome", "told from its work"),
        ("daemon/aidevops_voice/brand_new.py", "import json", "imports point one way"),
        ("daemon/aidevops_voice/registry.py", "import aidevops_voice_adapters.stt", "the daemon names no adapter"),
        ("daemon/aidevops_voice/narrator/__init__.py", "import pipecat.frames.frames", "Pipecat and aiortc are known"),
        ("daemon/aidevops_voice/conversation/__init__.py", "import fastapi", "Pipecat and aiortc are known"),
        ("daemon/aidevops_voice/control.py", "import pydantic", "from outside stays light"),
        ("daemon/aidevops_voice/paths.py", "import yaml", "from outside stays light"),
        (
            "adapters/aidevops_voice_adapters/stt/soniox.py",
            "from aidevops_voice import secrets",
            "adapters know their shape",
        ),
        ("adapters/aidevops_voice_adapters/stt/soniox.py", "import aidevops_voice_adapters.tts", "kinds of adapters"),
        ("adapters/aidevops_voice_adapters/agent/rehearsal.py", "import pipecat", "agents know neither"),
    ],
)
def test_a_breach_is_found(tmp_path: Path, file: str, line: str, contract: str | None) -> None:
    for source in (DAEMON, ADAPTERS):
        shutil.copytree(source, tmp_path / source.name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(TOP / "pyproject.toml", tmp_path)
    with (tmp_path / file).open("a") as code:
        code.write(f"\n{line}\n")
    result = lint(tmp_path)
    broken = [row for row in result.stdout.splitlines() if " BROKEN" in row]
    assert bool(broken) == bool(contract), result.stdout + result.stderr
    assert not contract or any(contract in row for row in broken), broken


def test_every_kind_of_adapter_is_in_the_contract() -> None:
    contracts = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    independent = next(one["modules"] for one in contracts if one["type"] == "independence")
    assert set(independent) == {f"{registry.PACKAGE}.{kind}" for kind in registry.kinds()}


def test_a_provider_is_one_file_that_no_other_needs() -> None:
    graph = grimp.build_graph(registry.PACKAGE, cache_dir=None)
    providers = {
        kind: {f"{registry.PACKAGE}.{kind}.{name}" for name in registry.names(kind)} for kind in registry.kinds()
    }
    assert {
        (user, module)
        for modules in providers.values()
        for module in modules
        for user in graph.find_modules_that_directly_import(module)
        if user in modules
    } == set()


@pytest.mark.parametrize("module", ["control", "launch", "desktop", "cli", "cli.commands"])
def test_the_command_line_loads_no_framework(module: str) -> None:
    heavy = {"pipecat", "fastapi", "uvicorn", "pydantic", "yaml", "httpx", "numpy", "aiortc"}
    assert loaded(f"import aidevops_voice.{module}") & heavy == set()


@pytest.mark.parametrize("module", ["conversation", "config", "profiles", "log", "ports", "feed"])
def test_the_middle_loads_no_framework(module: str) -> None:
    assert loaded(f"import aidevops_voice.{module}") & {"pipecat", "fastapi", "uvicorn", "aiortc", "loguru"} == set()


@pytest.mark.parametrize("name", registry.names("agent"))
def test_an_agent_loads_no_framework(name: str) -> None:
    assert loaded(f"import {registry.PACKAGE}.agent.{name}") & {"pipecat", "fastapi", "uvicorn", "aiortc"} == set()
