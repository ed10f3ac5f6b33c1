"""What stands under `voice:` in a YAML file, and in which line: bounded, no aliases, no key twice."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from aidevops_voice.errors import BadValue
from aidevops_voice.registry import Where

VERSION = 1
MAX_FILE_BYTES = 64 * 1024
MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Layer:
    """Values of one source of settings, and what to call the place where each was set."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[Where, str] = field(default_factory=dict)


def read(path: Path, *, required: bool = False) -> Layer:
    """Empty where there is no file, unless it is required; raises BadValue naming file and line."""
    text = _text(path, required)
    try:
        _refuse_bombs(text, path)
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
        return _Reader(loader, path).layer(root) if root is not None else Layer()
    except yaml.MarkedYAMLError as error:
        line = f" line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise BadValue(f"{path}{line}: {error.problem}.", cure="Correct the YAML.") from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadValue(f"{path} is not YAML that can be read.", cure="Correct the YAML.") from error


def _refuse_bombs(text: str, path: Path) -> None:
    """A few lines of aliases can stand for gigabytes, and deep nesting takes the parser quadratic time."""
    depth = 0
    for event in yaml.parse(text, yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
            what = "aliases (*) are" if depth <= MAX_DEPTH else "such deep nesting is"
            line = f" line {event.start_mark.line + 1}" if event.start_mark else ""
            raise BadValue(f"{path}{line}: {what} not used here.", cure="Write the values out plainly.")


def _text(path: Path, required: bool) -> str:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_FILE_BYTES:
            raise BadValue(f"{path} is not a file of at most {MAX_FILE_BYTES // 1024} KB.")
        return path.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        if required:
            raise BadValue(f"There is no file {path}.") from error
        return ""
    except UnicodeDecodeError as error:
        raise BadValue(f"{path} is not UTF-8 text.") from error
    except OSError as error:
        raise BadValue(f"{path} cannot be read ({error.strerror}).") from error


@dataclass(frozen=True, slots=True)
class _Reader:
    loader: yaml.SafeLoader
    path: Path

    def layer(self, root: yaml.Node) -> Layer:
        layer = Layer()
        for key, line, node in self._entries(root):
            if key == "version" and self.loader.construct_object(node) != VERSION:
                raise BadValue(f"{self.path} line {line}: this program knows version {VERSION} of its configuration.")
            if key == "voice" and node.value:
                layer.values.update(self._mapping(node, (), layer.places))
        return layer

    def _entries(self, node: yaml.Node) -> Iterator[tuple[str, int, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise self._wrong(node, "expected `key: value`")
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._wrong(key, "a key must be a word")
            if key.value in seen:
                raise self._wrong(key, f"{key.value!r} stands here twice")
            seen.add(key.value)
            yield key.value, key.start_mark.line + 1, value

    def _mapping(self, node: yaml.Node, above: Where, places: dict[Where, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, line, child in self._entries(node):
            where = (*above, key)
            places[where] = f"{self.path} line {line}"
            value = (
                self._mapping(child, where, places)
                if isinstance(child, yaml.MappingNode)
                else self.loader.construct_object(child, deep=True)
            )
            # A key whose content is commented out counts as not there.
            if value is not None:
                values[key] = value
        return values

    def _wrong(self, node: yaml.Node, why: str) -> BadValue:
        return BadValue(f"{self.path} line {node.start_mark.line + 1}: {why}.", cure="Correct the YAML.")
