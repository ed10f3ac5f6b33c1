"""What every adapter owes, checked on each file that is there: a new one is tested by being added."""

from __future__ import annotations

import ast
import asyncio
import importlib
import inspect
import re
import socket
import threading
import tomllib
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

import aidevops_voice
from aidevops_voice import registry, secrets
from aidevops_voice.adapter import Adapter, Options, Probe, Workplace
from aidevops_voice.errors import ConfigError, MissingExtra, SetupError, UnknownName

TOP = Path(aidevops_voice.__file__).parents[2]
EVERY = [(kind, name) for kind in registry.kinds() for name in registry.names(kind)]
CAPABILITIES = {"local", "trusted", "rehearsal"}
SECONDS = 10

each = pytest.mark.parametrize(("kind", "name"), EVERY, ids=[f"{kind}/{name}" for kind, name in EVERY])


def load(kind: str, name: str) -> Adapter[Any, Any]:
    """The adapter; skips where what it imports is an extra that is not installed here."""
    try:
        return registry.adapter(kind, name)
    except MissingExtra as error:
        if not registry.declared(kind, name).extra:
            raise
        pytest.skip(error.message)


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    for folder in ("project", "state"):
        (tmp_path / folder).mkdir(mode=0o700)
    return Workplace(tmp_path / "project", tmp_path / "state")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Addresses that somebody tried to reach; reaching anything but a local socket fails."""
    tried: list[Any] = []
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            tried.append(address)
            raise ConnectionRefusedError(111, "no network in this test")
        real(self, address)

    # A probe must not reach out; this is the only place that sees every attempt of this process.
    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


def test_there_are_adapters_of_every_kind() -> None:
    assert {kind for kind, _ in EVERY} == set(registry.kinds())


@each
def test_it_says_what_it_is(kind: str, name: str) -> None:
    adapter = load(kind, name)
    assert issubclass(adapter.options, Options)
    assert adapter.options is not Options
    assert adapter.summary.strip()
    assert adapter.summary[-1] not in ".!"
    assert len(adapter.summary) < 100
    assert adapter.capabilities <= CAPABILITIES
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)


@each
def test_what_can_be_read_without_importing_is_the_same(kind: str, name: str) -> None:
    adapter = load(kind, name)
    assert registry.declared(kind, name) == registry.Declared(adapter.extra, adapter.capabilities, adapter.secrets)


@each
def test_its_extra_is_in_pyproject(kind: str, name: str) -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    extra = registry.declared(kind, name).extra
    assert not extra or extra in project["optional-dependencies"]


@each
def test_it_stands_in_a_file_with_a_docstring_and_ends_with_its_constant(kind: str, name: str) -> None:
    spec = importlib.util.find_spec(f"{registry.PACKAGE}.{kind}.{name}")
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text("utf-8"))
    assert ast.get_docstring(tree)
    last = tree.body[-1]
    targets = last.targets if isinstance(last, ast.Assign) else [last.target] if isinstance(last, ast.AnnAssign) else []
    assert [target.id for target in targets if isinstance(target, ast.Name)] == ["ADAPTER"]


@each
def test_its_secrets_plainly_name_credentials(kind: str, name: str) -> None:
    adapter = load(kind, name)
    assert [secret for secret in adapter.secrets if not secrets.allowed(secret)] == []
    assert not (adapter.secrets and "local" in adapter.capabilities)


# --- options ----------------------------------------------------------------------------------------------------


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The options and the models inside them."""
    yield model
    for info in model.model_fields.values():
        for part in parts(info.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from models(part)


def parts(annotation: Any) -> Iterator[Any]:
    inner = get_args(annotation) if get_origin(annotation) or isinstance(annotation, types.UnionType) else ()
    yield from (part for one in inner for part in parts(one))
    yield annotation


@each
def test_every_option_has_a_default_and_is_explained(kind: str, name: str) -> None:
    for model in models(load(kind, name).options):
        assert inspect.getdoc(model), model
        for field, info in model.model_fields.items():
            assert not info.is_required(), f"{field} has no default"
            assert (info.description or "").strip(), f"{field} has no docstring"


@each
def test_unknown_options_are_refused_with_the_nearest(kind: str, name: str) -> None:
    adapter = load(kind, name)
    assert adapter.options().model_config["frozen"]
    for field in adapter.options.model_fields:
        with pytest.raises(UnknownName) as caught:
            registry.validate(adapter, {f"{field}x": 1})
        assert f"'{field}'" in caught.value.cure
    with pytest.raises(ValidationError):
        adapter.options.model_validate({"no_such_option": 1})


@each
def test_its_defaults_are_valid_by_its_own_rules(kind: str, name: str) -> None:
    adapter = load(kind, name)
    assert registry.validate(adapter, adapter.options().model_dump()) == adapter.options()


@each
@pytest.mark.parametrize("value", [object(), [], {}, "\x00", -1e308, b"\xff"])
def test_a_nonsense_value_is_a_clear_error_or_taken(kind: str, name: str, value: object) -> None:
    adapter = load(kind, name)
    wrong = []
    for field in adapter.options.model_fields:
        try:
            registry.validate(adapter, {field: value}, "here")
        except ConfigError as error:
            wrong.append(error.message)
    assert [message for message in wrong if "(here)" not in message] == []


# --- probe and build --------------------------------------------------------------------------------------------


def traces(workplace: Workplace) -> tuple[list[Path], int]:
    """What a side effect would change."""
    return sorted(workplace.project.parent.rglob("*")), threading.active_count()


@each
def test_the_probe_answers_without_side_effects(
    kind: str, name: str, workplace: Workplace, no_network: list[Any]
) -> None:
    adapter = load(kind, name)
    before = traces(workplace)
    probe = adapter.probe(adapter.options(), workplace)
    assert isinstance(probe, Probe)
    assert probe.why.strip()
    assert probe.ready or probe.cure.strip()
    assert no_network == []
    assert traces(workplace) == before


@each
def test_the_probe_and_its_words_survive_an_empty_machine(
    kind: str, name: str, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = load(kind, name)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("HOME", "/nowhere")
    probe = adapter.probe(adapter.options(), workplace)
    assert probe.ready or probe.cure.strip()


@each
def test_keys_stay_out_of_what_it_says(kind: str, name: str, workplace: Workplace) -> None:
    adapter = load(kind, name)
    keys = {secret: f"do-not-tell-{number}" for number, secret in enumerate(adapter.secrets)}
    handed = Workplace(workplace.project, workplace.state, secrets=keys)
    probe = adapter.probe(adapter.options(), handed)
    assert "do-not-tell" not in f"{probe} {handed}"


@each
async def test_without_its_keys_it_is_built_or_says_which_is_missing(
    kind: str, name: str, workplace: Workplace, no_network: list[Any]
) -> None:
    adapter = load(kind, name)
    missing = None
    try:
        built = adapter.build(adapter.options(), workplace)
        async with asyncio.timeout(SECONDS):
            await built.aclose()
    except SetupError as error:
        missing = f"{error.message} {error.cure}"
    assert missing is None or any(secret in missing for secret in adapter.secrets), missing
    assert no_network == []


@each
async def test_building_starts_nothing_and_closing_is_idempotent(
    kind: str, name: str, workplace: Workplace, no_network: list[Any]
) -> None:
    adapter = load(kind, name)
    keys = dict.fromkeys(adapter.secrets, "k" * 32)
    threads, tasks = threading.active_count(), asyncio.all_tasks()
    built = adapter.build(adapter.options(), Workplace(workplace.project, workplace.state, secrets=keys))
    assert (threading.active_count(), asyncio.all_tasks()) == (threads, tasks)
    assert "kkkk" not in repr(built)
    expected = ("events", "open", "submit", "answer", "stop") if kind == "agent" else ("warm", "service")
    assert [method for method in expected if not callable(getattr(built, method, None))] == []
    async with asyncio.timeout(SECONDS):
        await built.aclose()
        await built.aclose()
    assert no_network == []
