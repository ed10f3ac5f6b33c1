"""One thing that a command destroyed, and several of a kind as one fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from aidevops_voice.languages import Saying

SHOWN = 3
"""Names that are told; of more the first two and how many there are."""
_LONG = 60
"""Characters of the names of one fact."""
_KNOWN = 12
"""Names that are looked for in what is said."""
_NAME = 60
"""Characters of one name; a longer one has no words for the ear."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What is gone; `key` names the phrase without its ending."""

    key: str
    names: tuple[str, ...] = ()
    """Raw, as written: paths, branches, tables."""
    n: int | None = None
    """How many, where that is not the number of names."""
    fields: Mapping[str, str] = field(default_factory=dict)
    lesser: bool = False
    """It can be made again at any time: build products, caches."""

    @property
    def kind(self) -> tuple[object, ...]:
        """Losses of one kind are told as one."""
        return self.key, self.lesser, *sorted(self.fields.items())

    def without(self, spared: Iterable[str]) -> Loss | None:
        """What is left of it when some names are none."""
        left = tuple(name for name in self.names if not any(_same(name, one) for one in spared))
        if left == self.names:
            return self
        return replace(self, names=left, n=None) if left else None


def _same(name: str, other: str) -> bool:
    """Whether two paths can be one, of which one may be relative."""
    one, two = name.strip("/").removeprefix("./"), other.strip("/").removeprefix("./")
    return one == two or one.endswith(f"/{two}") or two.endswith(f"/{one}")


def merged(found: Iterable[Loss]) -> list[Loss]:
    """Each kind once, in the order in which they came."""
    kinds: dict[tuple[object, ...], Loss] = {}
    for loss in found:
        old = kinds.get(loss.kind)
        kinds[loss.kind] = loss if old is None else _both(old, loss)
    return list(kinds.values())


def _both(old: Loss, new: Loss) -> Loss:
    names = tuple(dict.fromkeys((*old.names, *new.names)))
    if old.n is None and new.n is None:
        return replace(old, names=names)
    counts = [loss.n if loss.n is not None else len(loss.names) or 1 for loss in (old, new)]
    return replace(old, names=names, n=sum(counts))


def saying(loss: Loss) -> Saying:
    """The fact: `losses.branch` with {first} and {last}, `losses.branch_many` for more than are named."""
    names = [shown(name) for name in loss.names]
    names = list(dict.fromkeys(name for name in names if name and len(name) <= _NAME))
    n = loss.n if loss.n is not None else len(loss.names) or None
    fields: dict[str, str | int] = {name: shown(raw) for name, raw in loss.fields.items()}
    key = f"losses.{loss.key}"
    if not loss.names or (loss.fields and not names):
        return Saying(key, n, fields)
    if not names:
        return Saying("losses.things", n, fields)
    if n is not None and n <= len(names) <= SHOWN and len(", ".join(names)) <= _LONG:
        return Saying(key, n, {**fields, **_ends(names)})
    few = names[:2] if len(", ".join(names[:2])) <= _LONG else names[:1]
    rest = ", ".join(names[len(few) : _KNOWN])  # never said, but known by it whether they are
    return Saying(f"{key}_many", n, {**fields, "names": ", ".join(few), "rest": rest})


def _ends(names: list[str]) -> dict[str, str]:
    return {"first": ", ".join(names[:-1]) or names[-1], "last": names[-1]}


_PLAIN = re.compile(r"[\w.@/ +*-]+")
_COMMON = frozenset({"data", "src", "files", "db", "test", "tests", "docs", "images", "public", "config", "old", "new"})
"""Folders that tell nothing without the one that they are in."""


def shown(raw: str) -> str:
    """The end of a path, with the folder in front where it says too little alone."""
    parts = [part for part in raw.replace("\\", "/").strip().rstrip("/").split("/") if part not in ("", ".", "..", "~")]
    if not parts:
        return ""
    last = parts[-1].strip("\"'`[]")
    weak = last.isdecimal() or last in _COMMON
    if weak and len(parts) > 1 and not parts[-2].endswith(":"):
        return f"{parts[-2]} {last}"
    return last


def branch(raw: str) -> str:
    """A slash in a branch's name is not a folder."""
    return raw.removeprefix("refs/heads/").removeprefix("refs/tags/").replace("/", " ")
