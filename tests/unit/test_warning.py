"""What the agent wrote that its request destroys is told beside the request, and only as more caution."""

from __future__ import annotations

import pytest

from aidevops_voice.consent.reading import read_back
from aidevops_voice.consent.warning import warning
from aidevops_voice.languages import named
from aidevops_voice.narrator.narrated import narrate_events
from aidevops_voice.ports import Ask


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("The disk is full. **This also deletes the old recordings.**", "this also deletes the old recordings"),
        ("I'd like to reset it. It can't be undone!", "it can't be undone"),
        ("That will erase everything on the card, so take a copy.", "that will erase everything on the card"),
        ("I'd clear the chip before writing; the stored tuning of the organ goes with it.", "the stored tuning of the"),
        ("Removing the volume takes the uploads with it.", "removing the volume takes the uploads with it"),
        ("I'll empty the archive. There is no copy of it anywhere.", "there is no copy of it"),
        ("Going ahead means you'd lose the drafts.", "going ahead means you'd lose the drafts"),
        (
            "To make room for the new index and the two exports that came in last night while nobody was looking, "
            "I would drop the old one, which cannot be undone.",
            "I would drop the old one, which cannot be undone",
        ),
        ("The types go in lib, and I take care of the rest with pleasure.", ""),
        ("I'll delete the build folder now.", ""),
        ("Shall I drop it? Would that wipe the data?", ""),
        ("The tests pass.", ""),
        ("", ""),
    ],
)
def test_only_a_loss_is_a_warning(written: str, told: str) -> None:
    assert warning(written, named("en")).startswith(told)
    assert bool(warning(written, named("en"))) == bool(told)


def test_a_warning_in_spanish() -> None:
    said = warning("Voy a formatear la tarjeta. Esto también borra las fotos.", named("es"))
    assert said == "esto también borra las fotos"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Voy a vaciar la tabla; los ajustes se van con ella.", "los ajustes se van con ella"),
        ("Borro el volumen y no hay vuelta atrás.", "borro el volumen y no hay vuelta atrás"),
        ("Si sigo perderás las fotos.", "si sigo perderás las fotos"),
        ("Uso la rama nueva.", ""),
    ],
)
def test_what_goes_with_it_in_spanish(written: str, told: str) -> None:
    assert warning(written, named("es")) == told


def asks(command: str) -> Ask:
    return Ask("a", "s", "permission", permission="bash", command=command)


def test_it_stands_behind_what_we_found_and_never_instead_of_it() -> None:
    loss = "this also deletes the old recordings"
    assert read_back(asks("flashtool --wipe"), loss=loss)[1] == "It says, this also deletes the old recordings."
    ours = read_back(asks("rm -rf build && git push --force origin main"))
    assert len(ours) == 3
    assert read_back(asks("rm -rf build && git push --force origin main"), loss=loss) == ours


BEGUN = (
    '{"type": "turn_started", "text": "flash it", "ours": true}',
    '{"type": "tool_started", "call": "c", "tool": "bash", "command": "lsusb"}',
    '{"type": "tool_finished", "call": "c", "tool": "bash", "command": "lsusb", "ok": true, "output": ""}',
    '{"type": "text_ended", "part": "p", "text": "It needs a full erase. This also wipes the pairing keys."}',
)
ASKED = '{"type": "ask", "id": "a", "kind": "permission", "permission": "bash", "command": "flashtool --wipe"}'


def test_the_text_in_front_of_a_request_counts_also_once_its_tool_has_started() -> None:
    started = '{"type": "tool_started", "call": "c", "tool": "bash", "command": "flashtool --wipe"}'
    for lines in ((*BEGUN, ASKED), (*BEGUN, started, ASKED)):
        assert "It says, this also wipes the pairing keys." in narrate_events(lines).spoken


def test_the_first_words_of_a_turn_count_too() -> None:
    begun = (BEGUN[0], BEGUN[-1], ASKED)
    assert "It says, this also wipes the pairing keys." in narrate_events(begun).spoken


def test_a_text_in_front_of_another_tool_does_not() -> None:
    other = (
        '{"type": "tool_started", "call": "c", "tool": "bash", "command": "ls"}',
        '{"type": "tool_finished", "call": "c", "tool": "bash", "command": "ls", "ok": true, "output": ""}',
    )
    assert not any("pairing" in said for said in narrate_events((*BEGUN, *other, ASKED)).spoken)
