"""Prompts on their way to the agent: a guess that waits for the user, and what was sent but not taken yet."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Literal

from aidevops_voice.conversation.delivery import Delivery
from aidevops_voice.conversation.telling import Telling
from aidevops_voice.conversation.turns import Record, new_id
from aidevops_voice.errors import VoiceError
from aidevops_voice.journal import Journal
from aidevops_voice.ports import Clock, CodingAgent, Heard, Turn, Utterance

JOIN_S = 2.0
"""What is said so soon after a prompt that waits to be sent belongs to it."""
Beside = Callable[[Awaitable[object], str], asyncio.Task[None]]


class Outbox:
    """Journal first, then the page, then the agent, which owns the turn from then on."""

    def __init__(
        self, telling: Telling, delivery: Delivery, journal: Journal, beside: Beside, clock: Clock, agent: CodingAgent
    ) -> None:
        self._telling, self._delivery, self._journal, self._beside = telling, delivery, journal, beside
        self._clock, self._agent = clock, agent
        self._sending: dict[str, tuple[Turn, asyncio.Task[None]]] = {}
        self._submitted = 0.0
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
        self._telling.page.heard(id_, heard, "sent")
        spoken = heard.source == "voice"
        if spoken and (before := self._joinable()):
            return self._send(replace(before, text=f"{before.text} {heard.text.strip()}"), heard, joins=True)
        mode = self._mode()
        if spoken and mode != "new" and not self._telling.quiet:
            self._telling.notice("notices.added" if mode == "steer" else "notices.queued")
        return self._send(Turn(new_id(), self._delivery.session_id, heard.text.strip(), mode, spoken), heard)

    def _mode(self) -> Literal["new", "steer", "queue"]:
        if not self._telling.running:
            return "new"
        return "steer" if self._agent.steers else "queue"

    def _joinable(self) -> Turn | None:
        """The last spoken prompt, taken back, if the agent cannot have seen it and it was said just now."""
        turn, sending = next(reversed(self._sending.values()), (None, None))
        soon = self._clock() - self._submitted <= JOIN_S
        if turn is None or sending is None or not (turn.spoken and soon) or self._delivery.given == turn.id:
            return None
        return turn if sending.cancel() else None

    def _send(self, turn: Turn, heard: Heard, *, joins: bool = False) -> Record:
        self._journal.write("prompt", turn=turn.id, text=turn.text, source=heard.source)
        record = self._telling.extended(turn) if joins else self._telling.submitted(turn)
        self._submitted = self._clock()
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
            if self._sending.get(turn.id, (turn,))[0] is turn:
                self._sending.pop(turn.id, None)
