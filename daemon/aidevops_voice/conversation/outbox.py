"""Prompts on their way to the agent: a guess that waits for the user, and what was sent but not taken yet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aidevops_voice.conversation.delivery import Delivery
from aidevops_voice.conversation.telling import Telling
from aidevops_voice.conversation.turns import Record, new_id
from aidevops_voice.errors import VoiceError
from aidevops_voice.journal import Journal
from aidevops_voice.ports import Heard, Turn, Utterance

Beside = Callable[[Awaitable[object], str], asyncio.Task[None]]


class Outbox:
    """Journal first, then the page, then the agent, which owns the turn from then on."""

    def __init__(self, telling: Telling, delivery: Delivery, journal: Journal, beside: Beside) -> None:
        self._telling, self._delivery, self._journal, self._beside = telling, delivery, journal, beside
        self._sending: dict[str, tuple[Turn, asyncio.Task[None]]] = {}
        self._draft: tuple[str, Heard] | None = None

    # --- the draft ----------------------------------------------------------------------------------------------

    @property
    def drafted(self) -> bool:
        """Whether a guess waits to be sent."""
        return self._draft is not None

    def draft(self, id_: str, heard: Heard, text: str) -> list[Utterance]:
        """Read a guess back; an older one is dropped."""
        self.drop_draft()
        self._draft = (id_, heard)
        return self._telling.notice("notices.draft", id_, text=text)

    def send_draft(self) -> None:
        """As it was heard."""
        if self._draft:
            self.submit(*self._draft)

    def drop_draft(self) -> None:
        """It is not sent."""
        if self._draft:
            self._telling.page.heard(*self._draft, "ignored", reason="dropped")
            self._telling.speaker.withdraw(self._draft[0])
            self._draft = None

    # --- sending ------------------------------------------------------------------------------------------------

    def submit(self, id_: str, heard: Heard) -> Record:
        """A prompt; the text of the draft is the draft."""
        if self._draft and self._draft[1].text.strip() == heard.text.strip():
            id_, heard = self._draft
            self._telling.speaker.withdraw(id_)
            self._draft = None
        self.drop_draft()
        spoken, steer = heard.source == "voice", self._telling.running
        turn = Turn(new_id(), self._delivery.session_id, heard.text.strip(), "steer" if steer else "new", spoken)
        self._journal.write("prompt", turn=turn.id, text=turn.text, source=heard.source)
        self._telling.page.heard(id_, heard, "sent")
        record = self._telling.submitted(turn)
        self._sending[turn.id] = (turn, self._beside(self._deliver(turn), f"deliver {turn.id}"))
        return record

    def call_back(self) -> list[Turn]:
        """Prompts that the agent has not taken, and now never gets."""
        return [turn for turn, sending in self._sending.values() if sending.cancel()]

    async def _deliver(self, turn: Turn) -> None:
        try:
            await self._delivery.deliver(turn)
        except VoiceError as error:
            self._telling.unsent(turn, error)
        finally:
            self._sending.pop(turn.id, None)
