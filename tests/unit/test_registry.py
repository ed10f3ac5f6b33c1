"""Adapters are found by file name, imported on use, and told plainly when they are unknown or not installed."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevops_voice import registry
from aidevops_voice.adapter import Adapter, Options
from aidevops_voice.errors import BadValue, ConfigError, MissingExtra, UnknownName

SOURCE = '''
"""A recogniser that exists only here."""
{imports}
from aidevops_voice.adapter import Adapter, Options

class EarOptions(Options):
    """Settings."""
    speed: float = 1.0
    """Times as fast as speech."""
    model: str = "small"
    """Name of a model."""

ADAPTER{annotation} = Adapter{subscript}(
    EarOptions, lambda options, workplace: options, "an ear",
    extra="ear-extra", capabilities=frozenset({{"local", "trusted"}}),
)
'''


def source(imports: str = "", annotation: str = "", subscript: str = "") -> str:
    return SOURCE.format(imports=imports, annotation=annotation, subscript=subscript)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files count as adapters of the kind stt."""
    kind = importlib.import_module("aidevops_voice_adapters.stt")
    before = set(sys.modules)
    monkeypatch.setattr(kind, "__path__", [*kind.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("aidevops_voice_adapters.stt."):
            del sys.modules[name]


def test_folders_are_kinds() -> None:
    assert {"agent", "stt", "tts"} <= set(registry.kinds())


def test_files_are_names_and_those_with_an_underscore_are_not(folder: Path) -> None:
    (folder / "ear.py").write_text("raise RuntimeError('listing must not import')")
    (folder / "_shared.py").write_text("")
    (folder / "notes.txt").write_text("")
    listed = registry.names("stt")
    assert "ear" in listed
    assert list(listed) == sorted(listed)
    assert not [name for name in listed if name.startswith("_") or name == "notes"]


def test_listing_imports_no_adapter() -> None:
    script = (
        "import sys; from aidevops_voice import registry; [registry.names(kind) for kind in registry.kinds()];"
        "names = [name for name in sys.modules if name.startswith('aidevops_voice_adapters.') and name.count('.') > 1];"
        "print(names, 'pipecat' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", script], env=_environ(), capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[] False"


def _environ() -> dict[str, str]:
    folders = [
        str(Path(importlib.import_module(name).__path__[0]).parent) for name in ("aidevops_voice", registry.PACKAGE)
    ]
    return {"PYTHONPATH": ":".join(folders)}


def test_an_adapter_is_imported_on_use(folder: Path) -> None:
    (folder / "ear.py").write_text(source())
    found = registry.adapter("stt", "ear")
    assert isinstance(found, Adapter)
    assert found.extra == "ear-extra"


@pytest.mark.parametrize(("name", "near"), [("eer", "ear"), ("EAR", "ear"), ("pocket-sphynx", None), ("", None)])
def test_an_unknown_name_is_answered_with_the_nearest(folder: Path, name: str, near: str | None) -> None:
    (folder / "ear.py").write_text(source())
    with pytest.raises(UnknownName) as caught:
        registry.adapter("stt", name)
    assert repr(name) in caught.value.message
    assert "ear" in caught.value.cure
    assert ("Did you mean 'ear'" in caught.value.cure) == (near == "ear")


@pytest.mark.parametrize("name", ["_shared", "../stt", "stt.ear", "os", "__init__"])
def test_nothing_but_a_listed_name_is_imported(folder: Path, name: str) -> None:
    (folder / "_shared.py").write_text("")
    with pytest.raises(UnknownName):
        registry.adapter("stt", name)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownName, match="'tss'") as caught:
        registry.names("tss")
    assert "Did you mean 'tts'" in caught.value.cure


@pytest.mark.parametrize(
    "imports",
    ["import no_such_vendor_module", "from json import no_such_name", "raise ImportError('Missing module: x')"],
)
@pytest.mark.parametrize(
    ("annotation", "subscript"), [("", ""), (": Adapter[EarOptions, object]", ""), ("", "[EarOptions, EarOptions]")]
)
def test_what_cannot_be_imported_names_the_extra(folder: Path, imports: str, annotation: str, subscript: str) -> None:
    (folder / "ear.py").write_text(source(imports, annotation, subscript))
    with pytest.raises(MissingExtra) as caught:
        registry.adapter("stt", "ear")
    assert caught.value.cure == "Run: pip install 'aidevops-voice[ear-extra]'"
    assert registry.declared("stt", "ear").capabilities == {"local", "trusted"}


def test_a_mistake_of_our_own_is_not_called_a_missing_extra(folder: Path) -> None:
    (folder / "ear.py").write_text(source("import aidevops_voice.no_such_module"))
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        registry.adapter("stt", "ear")


def test_a_file_without_an_adapter_is_a_mistake_of_ours(folder: Path) -> None:
    (folder / "ear.py").write_text("ADAPTER = 'no'")
    with pytest.raises(TypeError, match="is no Adapter"):
        registry.adapter("stt", "ear")


def test_what_is_not_there_declares_nothing() -> None:
    assert registry.declared("stt", "no_such_adapter") == registry.Declared()


# --- options ----------------------------------------------------------------------------------------------------


class Inner(Options):
    """Inner."""

    depth: int = 1
    """How deep."""


class Outer(Options):
    """Outer."""

    speed: float = 1.0
    """How fast."""
    inner: Inner = Inner()
    """More."""


OUTER = Adapter(Outer, lambda options, workplace: options, "for tests")


def test_options_are_checked_and_frozen() -> None:
    assert registry.validate(OUTER, {"speed": 2, "inner": {"depth": 3}}) == Outer(speed=2.0, inner=Inner(depth=3))


@pytest.mark.parametrize(
    ("options", "error", "message", "near"),
    [
        ({"spede": 2}, UnknownName, "'spede'", "'speed'"),
        ({"inner": {"dept": 2}}, UnknownName, "'inner.dept'", "'inner.depth'"),
        ({"speed": "fast"}, BadValue, "speed", ""),
        ({"inner": {"depth": "x"}}, BadValue, "inner.depth", ""),
        ({"inner": 1}, BadValue, "inner", ""),
    ],
)
def test_a_wrong_option_names_key_and_place(
    options: dict[str, object], error: type[ConfigError], message: str, near: str
) -> None:
    with pytest.raises(error) as caught:
        registry.validate(OUTER, options, "voice.yaml line 7")
    assert message in caught.value.message
    assert "(voice.yaml line 7)" in caught.value.message
    assert near in caught.value.cure


def test_a_wrong_value_is_not_repeated_as_it_could_be_a_key() -> None:
    with pytest.raises(BadValue) as caught:
        registry.validate(OUTER, {"speed": "sk-very-secret"})
    assert "very-secret" not in f"{caught.value} {caught.value.as_dict()}"
