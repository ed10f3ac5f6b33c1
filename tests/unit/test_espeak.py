"""The settings of the embedded voice."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from aidevops_voice.adapter import Workplace
from aidevops_voice_adapters.tts.espeak import ADAPTER, EspeakOptions


@pytest.mark.parametrize("bad", [{"rate": 20}, {"pitch": 100}, {"volume": -1}, {"speed": 175}])
def test_bad_options_are_refused(bad: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        EspeakOptions.model_validate(bad)


def test_it_is_local_and_ready(tmp_path: Path) -> None:
    assert ADAPTER.capabilities == {"local"}
    assert ADAPTER.probe(EspeakOptions(), Workplace(tmp_path, tmp_path)).ready
