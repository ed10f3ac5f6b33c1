"""The settings and where they come from: flag > environment > project's file > user's file > shipped defaults."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, Literal, get_origin

from pydantic import BaseModel, ValidationError

from aidevops_voice import paths, registry
from aidevops_voice.errors import BadValue, NotAProject, UnsafeBind
from aidevops_voice.registry import Where
from aidevops_voice.settings import Settings
from aidevops_voice.yaml_file import Layer, read

PREFIX = "AIDEVOPS_VOICE_"

PROJECT_MAY: tuple[Where, ...] = (
    ("profile",),
    ("agent",),
    ("narration", "*"),
    ("hearing", "*"),
    ("listening", "*"),
    *(("profiles", "*", "*", option) for option in ("language", "languages", "rate", "speed")),
)
"""What an untrusted project's file may set; anything else must be the user's own word."""


# --- loading ----------------------------------------------------------------------------------------------------


def load(
    project: Path, flags: Mapping[str, Any], environ: Mapping[str, str], config_file: Path | None = None
) -> Settings:
    """Merge all sources; `config_file` stands in for the user's file; raises ConfigError."""
    project = _project(project)
    shipped = read(paths.shipped_config())
    user = read(config_file or paths.user_config(environ), required=config_file is not None)
    own = paths.project_config(project)
    theirs = Layer() if _same(own, paths.shipped_config()) else read(own)
    above = [_environment(environ), _flags(flags)]
    _settings(project, [shipped, user, theirs, *above])
    theirs = Layer(_permitted(theirs, shipped, paths.user_config(environ)), theirs.places)
    settings = _settings(project, [shipped, user, theirs, *above])
    _check(settings)
    own_words = _leaves(user.values)
    overruled = {where for layer in above for where in _leaves(layer.values)}
    wishes = {where for where, value in _leaves(theirs.values).items() if own_words.get(where, _ABSENT) != value}
    return settings.model_copy(update={"wishes": frozenset(wishes - overruled), "insisted": frozenset(overruled)})


def _same(one: Path, other: Path) -> bool:
    """In the checkout the project's file is the one with our defaults."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _project(project: Path) -> Path:
    try:
        found = project.expanduser().resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise NotAProject(f"There is no folder {project}.") from error
    if not found.is_dir():
        raise NotAProject(f"{project} is not a folder.")
    return found


def _settings(project: Path, layers: list[Layer]) -> Settings:
    merged: dict[str, Any] = {}
    origins: dict[Where, str] = {}
    for layer in layers:
        _merge(merged, layer.values)
        origins |= layer.places
    for key in merged.keys() - set(Settings.keys()):
        raise registry.unknown("setting", key, Settings.keys(), _origin(origins, (key,)))
    try:
        return Settings.model_validate({**merged, "project": project, "origins": origins})
    except ValidationError as error:
        raise registry.explain(error, Settings, lambda where: _origin(origins, where)) from error


def _origin(origins: Mapping[Where, str], where: Where) -> str:
    while where and where not in origins:
        where = where[:-1]
    return origins.get(where, "")


def _merge(base: dict[str, Any], values: Mapping[str, Any]) -> None:
    for key, new in values.items():
        old = base.get(key)
        old = {"use": old} if isinstance(old, str) and isinstance(new, dict) else old
        # Another adapter in a stage starts afresh: the options were those of the old one.
        if isinstance(old, dict) and isinstance(new, dict) and "use" not in new:
            base[key] = merged = dict(old)
            _merge(merged, new)
        else:
            base[key] = deepcopy(new)


def _leaves(values: Mapping[str, Any], above: Where = ()) -> dict[Where, Any]:
    found: dict[Where, Any] = {}
    for key, value in values.items():
        found |= _leaves(value, (*above, key)) if isinstance(value, dict) and value else {(*above, key): value}
    return found


def _permitted(theirs: Layer, shipped: Layer, user_file: Path) -> dict[str, Any]:
    """The project's values without what it may not set; raises BadValue unless that changes nothing."""
    defaults = _leaves(shipped.values)
    kept: dict[str, Any] = {}
    for where, value in _leaves(theirs.values).items():
        if any(_matches(where, may) for may in PROJECT_MAY):
            _put(kept, where, value)
        elif defaults.get(where, _ABSENT) != value:
            key, place = ".".join(where), _origin(theirs.places, where)
            cure = f"Put it into {user_file} under voice:, or use a flag; a project's file is not trusted with it."
            raise BadValue(f"A project's file may not set {key} ({place}).", cure=cure)
    return kept


_ABSENT = object()


def _matches(where: Where, pattern: Where) -> bool:
    return len(where) == len(pattern) and all(p in ("*", w) for w, p in zip(where, pattern, strict=True))


def _put(values: dict[str, Any], where: Where, value: Any) -> None:
    for key in where[:-1]:
        values = values.setdefault(key, {})
    values[where[-1]] = value


def _check(settings: Settings) -> None:
    def at(*where: str) -> str:
        return _origin(settings.origins, where)

    if settings.profile not in (known := ("auto", *settings.profiles)):
        raise registry.unknown("profile", settings.profile, known, at("profile"))
    agents = registry.names("agent")
    if settings.agent not in (known := ("auto", *agents)):
        raise registry.unknown("agent", settings.agent, known, at("agent"))
    for name in settings.agents:
        if name not in agents:
            raise registry.unknown("agent", name, agents, at("agents", name))
    if not _is_loopback(settings.host):
        raise UnsafeBind(f"{settings.host} is not a loopback address ({at('host')}).")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


# --- flags and environment --------------------------------------------------------------------------------------


def _flags(flags: Mapping[str, Any]) -> Layer:
    values = {key: value for key, value in flags.items() if value is not None}
    return Layer(values, {(key,): f"--{key.replace('_', '-')}" for key in values})


def _environment(environ: Mapping[str, str]) -> Layer:
    layer = Layer({})
    for where in _scalars(Settings):
        name = PREFIX + "_".join(where).upper()
        if value := environ.get(name):
            _put(layer.values, where, value)
            layer.places[where] = name
    return layer


def _scalars(model: type[BaseModel], above: Where = ()) -> Iterator[Where]:
    for name, info in model.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from _scalars(info.annotation, (*above, name))
        elif info.annotation in (str, int, float, bool) or get_origin(info.annotation) is Literal:
            yield (*above, name)
