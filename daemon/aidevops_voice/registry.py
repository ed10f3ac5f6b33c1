"""Which adapters there are: a folder is a kind, a file in it is a provider, and its `ADAPTER` says how to build it."""

from __future__ import annotations

import ast
import difflib
import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from aidevops_voice.adapter import Adapter, Options
from aidevops_voice.errors import BadValue, ConfigError, MissingExtra, UnknownName

PACKAGE = "aidevops_voice_adapters"

Where = tuple[str, ...]
"""Path of a key in the settings."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What can be known of an adapter without importing it."""

    extra: str = ""
    capabilities: frozenset[str] = frozenset()
    secrets: tuple[str, ...] = ()


def kinds() -> tuple[str, ...]:
    """Folders of adapters: agent, stt, tts …"""
    return _modules(PACKAGE, packages_only=True)


def names(kind: str) -> tuple[str, ...]:
    """Providers of a kind, without importing any."""
    if kind not in kinds():
        raise unknown("kind of adapter", kind, kinds())
    return _modules(f"{PACKAGE}.{kind}")


def adapter(kind: str, name: str) -> Adapter[Any, Any]:
    """Import one provider; raises UnknownName, or MissingExtra that names the extra to install."""
    if name not in names(kind):
        raise unknown(f"{kind} adapter", name, names(kind))
    try:
        module = importlib.import_module(f"{PACKAGE}.{kind}.{name}")
    except ImportError as error:
        if _is_ours(error):
            raise
        raise _missing(kind, name, error) from error
    found = module.ADAPTER
    if not isinstance(found, Adapter):
        raise TypeError(f"{module.__name__}.ADAPTER is no Adapter")
    return found


def validate(adapter: Adapter[Any, Any], options: Mapping[str, Any], where: str = "") -> Options:
    """The adapter's settings; raises UnknownName or BadValue that names the key and `where` it stands."""
    try:
        valid: Options = adapter.options.model_validate(dict(options))
    except ValidationError as error:
        raise explain(error, adapter.options, lambda _: where) from error
    return valid


def declared(kind: str, name: str) -> Declared:
    """What a provider says of itself, read from its source because importing it may fail or take long."""
    spec = importlib.util.find_spec(f"{PACKAGE}.{kind}.{name}") if name in names(kind) else None
    if spec is None or spec.origin is None:
        return Declared()
    tree = ast.parse(Path(spec.origin).read_bytes())
    known = _constants(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Adapter") | ast.Subscript(value=ast.Name(id="Adapter")), keywords=keywords):
                words = {keyword.arg: _words(keyword.value, known) for keyword in keywords}
                extra = "".join(words.get("extra", ()))
                return Declared(extra, frozenset(words.get("capabilities", ())), tuple(words.get("secrets", ())))
    return Declared()


def install(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install 'aidevops-voice[{extra}]'" if extra else "pip install --force-reinstall aidevops-voice"


def unknown(what: str, name: str, known: Iterable[str], where: str = "") -> UnknownName:
    """An error that offers the nearest known name."""
    known = sorted(known)
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    at = f" ({where})" if where else ""
    return UnknownName(f"There is no {what} {name!r}{at}.", cure=f"{hint}Known: {', '.join(known) or 'none'}.")


def explain(error: ValidationError, model: type[BaseModel], at: Callable[[Where], str]) -> ConfigError:
    """The first mistake of a validation, without repeating the value: it could be a key in the wrong place."""
    first: ErrorDetails = error.errors(include_url=False, include_input=False)[0]
    where = tuple(str(part) for part in first["loc"])
    place = at(where)
    if first["type"] == "extra_forbidden":
        return unknown("setting", ".".join(where), _keys(model, where[:-1]), place)
    about = f"{'.'.join(where)} ({place})" if place else ".".join(where)
    return BadValue(f"{about}: {first['msg'].removeprefix('Value error, ')}.")


def _keys(model: type[BaseModel], where: Where) -> list[str]:
    """Full names of what may stand beside the key."""
    above = "".join(f"{part}." for part in where)
    found: Any = model
    for part in where:
        if isinstance(found, type) and issubclass(found, BaseModel):
            found = found.model_fields[part].annotation if part in found.model_fields else None
        else:
            found = (*get_args(found), None)[1]
    own = getattr(found, "keys", None)
    names = own() if callable(own) else getattr(found, "model_fields", ())
    return [above + name for name in names]


def _modules(package: str, *, packages_only: bool = False) -> tuple[str, ...]:
    found = pkgutil.iter_modules(importlib.import_module(package).__path__)
    return tuple(sorted(m.name for m in found if m.name[0] != "_" and (m.ispkg or not packages_only)))


def _is_ours(error: ImportError) -> bool:
    return (error.name or "").partition(".")[0] in {PACKAGE, "aidevops_voice"}


def _missing(kind: str, name: str, error: ImportError) -> MissingExtra:
    lacking = f" (no module {error.name!r})" if error.name else ""
    needs = declared(kind, name).extra
    return MissingExtra(f"The {kind} adapter {name!r} is not installed{lacking}.", cure=f"Run: {install(needs)}")


def _constants(tree: ast.Module) -> dict[str, str]:
    found = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))):
                found[name] = value
    return found


def _words(node: ast.expr, known: Mapping[str, str]) -> list[str]:
    found = []
    for part in ast.walk(node):
        match part:
            case ast.Constant(value=str(value)):
                found.append(value)
            case ast.Name(id=name) if name in known:
                found.append(known[name])
    return found
