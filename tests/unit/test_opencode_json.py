"""Reading JSON in pieces: equal to the whole when small, bounded when large, never torn."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from aidevops_voice_adapters.agent._opencode_json import CUT, STEP, Broken, Documents, Frames, parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine draws documents slowly."""


def pieces(data: bytes, cuts: Sequence[int]) -> Iterator[bytes]:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    for begin, end in itertools.pairwise(places):
        yield data[begin:end]


def framed(value: object, ascii_only: bool) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=ascii_only).encode() + b"\n\n"


@UNHURRIED
@given(st.lists(DOCUMENTS, max_size=4), st.booleans(), st.lists(st.integers(0, 5000), max_size=30))
def test_frames_are_read_however_they_are_cut(values: list[Any], ascii_only: bool, cuts: list[int]) -> None:
    data = b": hello\r\n\r\nevent: x\n" + b"".join(framed(value, ascii_only) for value in values)
    reader = Frames()
    found = [document for piece in pieces(data, cuts) for document in reader.feed(piece)]
    assert [parse(document) for document in found if document is not None] == values
    assert None not in found


@UNHURRIED
@given(st.lists(DOCUMENTS, max_size=5), st.lists(st.integers(0, 5000), max_size=30))
def test_elements_of_a_list_come_one_by_one(values: list[Any], cuts: list[int]) -> None:
    reader = Documents(level=1)
    found = [parse(d) for piece in pieces(json.dumps(values, indent=1).encode(), cuts) for d in reader.feed(piece)]
    assert found == values


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=10))
def test_any_bytes_leave_the_reader_usable(noise: bytes, cuts: list[int]) -> None:
    reader = Frames()
    for piece in pieces(noise, cuts):
        for document in reader.feed(piece):
            try_to_parse(document)
    list(reader.feed(b"\n\n"))
    assert [parse(d) for d in reader.feed(b'data: {"a": 1}\n\n') if d] == [{"a": 1}]


def try_to_parse(document: bytes | None) -> None:
    try:
        parse(document or b"{}")
    except Broken:
        return


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("unit", ["a", "\n", "\\", '"', "é", "\U0001f600", 'a\U0001f600\\"é\x01'])
@pytest.mark.parametrize("shift", range(7))
def test_long_strings_keep_whole_characters_at_both_ends(unit: str, ascii_only: bool, shift: int) -> None:
    whole = "s" * shift + unit * (300_000 // len(unit))
    data = framed({"a": [whole, "after"]}, ascii_only)
    reader = Frames()
    found = [d for at in range(0, len(data), STEP) for d in reader.feed(data[at : at + STEP])]
    assert found[0] is not None
    assert len(found[0]) < 70_000
    squeezed, after = parse(found[0])["a"]
    head, cut, tail = squeezed.partition(CUT)
    assert after == "after"
    assert cut
    assert len(head) > 2000
    assert whole.startswith(head)
    assert whole.endswith(tail)


BROKEN = [b"data: nonsense\n\n", b'data: {"a": \n\n', b"data: }\n\n", b"data: {" * 200 + b"\n\n"]


@pytest.mark.parametrize("data", BROKEN)
def test_a_broken_frame_is_reported_and_the_next_is_read(data: bytes) -> None:
    reader = Frames()
    assert list(reader.feed(data)) == [None]
    assert list(reader.feed(b'data: {"b":2}\n\n')) == [b'{"b":2}']


def test_a_document_of_endless_structure_is_given_up() -> None:
    reader = Frames()
    assert list(reader.feed(b"data: [" + b"1," * 600_000 + b"1]\n\n")) == [None]


def test_lone_surrogates_do_not_travel() -> None:
    assert parse(b'{"a": "\\ud800 x", "b": ["\\ud83d\\ude00"]}') == {"a": "\ufffd x", "b": ["\U0001f600"]}
