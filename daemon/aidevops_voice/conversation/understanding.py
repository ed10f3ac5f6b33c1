"""What was heard and how it was understood: shown on the page, written to the journal, and if it was noise logged."""

from __future__ import annotations

import logging

from aidevops_voice.conversation.inquiries import Answered
from aidevops_voice.conversation.page import Page
from aidevops_voice.journal import Journal
from aidevops_voice.listener import Act, Draft, Hint, Ignored, SwitchTo, Understood
from aidevops_voice.ports import Heard

_log = logging.getLogger(__name__)

HEARD_CAP = 1000
"""Characters of one utterance in the journal; a prompt stands there in full besides."""
_STATES = {Act: "command", SwitchTo: "command", Answered: "reply", Draft: "draft", Hint: "ignored", Ignored: "ignored"}


def keep(page: Page, journal: Journal, id_: str, heard: Heard, understood: Understood | Answered) -> None:
    """A prompt is shown when it is sent."""
    why = getattr(understood, "reason", "")
    if state := _STATES.get(type(understood)):
        page.heard(id_, heard, state, understood.command.value if isinstance(understood, Act) else "", why)
    if isinstance(understood, Ignored):
        _log.info("ignored what was heard: %s", why)
    kind = type(understood).__name__.lower()
    journal.write("heard", text=heard.text[:HEARD_CAP], source=heard.source, understood=kind, why=why)
