"""What has another form than expected: said by its place, never by its value."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

_LOG = logging.getLogger(__name__)
V = TypeVar("V")


class Drifted(ValueError):
    """A known kind of frame in a form that is not known."""


def known(adapter: TypeAdapter[V], found: Iterable[Any]) -> list[V]:
    """Those that have a known form."""
    good = []
    for each in found:
        try:
            good.append(adapter.validate_python(each))
        except ValidationError as error:
            _LOG.warning("left out of a list: %s", where(error))
    return good


def where(error: ValidationError) -> str:
    """The places that have another form; never the values."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return ", ".join(".".join(map(str, each["loc"])) for each in found[:3])
